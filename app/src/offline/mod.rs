//! What is there without a network: the words for it. Who acts is the service worker (`public/sw.js` and
//! `public/worker/`), and its half in the page (`public/offline.js`), which shows the elements made here when their
//! time comes. No WASM is needed for any of it.

mod draft;
mod keep;
mod lines;
mod page;

pub use draft::leave_draft;
pub use keep::{KeepPanel, KeptCourses, course_to_keep};
pub use lines::{CopyLine, Made, SyncLines, ThemeColour};
pub use page::OfflinePage;
