//! Stages: the test at the end of a section, and how lessons lead to it.

mod api;
mod lesson;
mod page;
mod result;
mod sheet;

pub use api::*;
pub use lesson::{NextStage, ShutByStage, next_url};
pub use page::StagePage;
