//! The design system's components: no data, no requests.

pub mod chart;
mod cover;
mod form;
mod icon;
mod live;
mod page;
mod progress;
mod text_area;
mod trail;

pub use chart::{Chart, Drawing};
pub use cover::Cover;
pub use form::{Field, Form, FormError, Hidden, Submit, error_text, field_error};
pub use icon::{Icon, IconName};
pub use live::{LiveForms, look_again};
pub use page::{Host, Html, Notice, Page, error_page, page, redirect};
pub use progress::{CoverageLine, Progress};
pub use text_area::{TextArea, TextBox};
pub use trail::Trail;
