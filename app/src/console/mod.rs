//! The console: what those who run the school see and do. Plain pages and forms; no script takes part.

mod api;
mod findings;
mod frame;
mod list;
mod overview;
mod words;

pub use findings::FindingsPage;
pub use frame::ConsoleLink;
pub use list::OrderListPage;
pub use overview::OverviewPage;
pub use words::orders_csv;
