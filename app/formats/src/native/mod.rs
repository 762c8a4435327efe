//! The native form: a folder of TOML and Markdown. The crate's README describes it.

use std::path::Path;

use crate::{Bundle, Problems, source::Source};

/// # Errors
/// Everything that is wrong with the folder, with file and line.
pub fn read(_source: &Source) -> Result<Bundle, Problems> {
    Err(Problems(vec![]))
}

/// Writes a course so that [`read`] gives the same course.
///
/// # Errors
/// Input and output errors; `folder` must be empty or absent.
pub fn write(_bundle: &Bundle, _folder: &Path) -> std::io::Result<()> {
    Ok(())
}
