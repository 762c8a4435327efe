//! The design system's components: no data, no requests.

mod cover;
mod form;
mod icon;
mod live;
mod page;
mod progress;
mod trail;

pub use cover::Cover;
pub use form::{Field, Form, FormError, Hidden, Submit, error_text};
pub use icon::{Icon, IconName};
pub use live::LiveForms;
pub use page::{Host, Html, Notice, Page, error_page, page};
pub use progress::{CoverageLine, Progress};
pub use trail::Trail;
