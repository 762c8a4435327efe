//! The course agreement: its latest version, and those that older orders were placed under.

mod api;
mod page;

pub use api::*;
pub use page::AgreementPage;
