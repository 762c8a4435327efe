//! Notes, highlights and bookmarks: beside a lesson, all together, and as a file to take away.

mod api;
mod edit;
mod export;
mod item;
mod marker;
mod page;
mod panel;

pub use api::*;
pub use edit::EditNotePage;
pub use export::markdown;
pub use page::NotesPage;
pub use panel::{NotePanel, jump};
