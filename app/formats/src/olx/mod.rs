//! Open edX's OLX: a folder or an archive of XML files.

use crate::{Bundle, Problems, source::Source};

/// # Errors
/// Only for what makes the whole course unreadable; everything else that cannot be carried is in the report.
pub fn read(_source: &Source) -> Result<Bundle, Problems> {
    Err(Problems(vec![]))
}
