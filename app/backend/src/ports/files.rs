//! Media files, stored once under the hash of their content.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// A folder of files named by their SHA-256.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
}

impl Files {
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(root: PathBuf) -> Result<Self> {
        fs::create_dir_all(&root).map_err(|error| {
            Error::Setup(format!(
                "cannot write to the data folder {}: {error}",
                root.display()
            ))
        })?;
        Ok(Self { root })
    }

    /// Stores the content and gives its hash. Content that is there already costs a read. The file appears whole
    /// or not at all: it is written aside and renamed.
    ///
    /// # Errors
    /// `Error::Busy` when the disk does not take it.
    pub fn store(&self, mut content: impl io::Read) -> Result<Stored> {
        let mut aside = tempfile::NamedTempFile::new_in(&self.root).map_err(busy)?;
        let mut hasher = Hashing {
            inner: &mut aside,
            hash: Sha256::new(),
            bytes: 0,
        };
        io::copy(&mut content, &mut hasher).map_err(busy)?;
        let Hashing { hash, bytes, .. } = hasher;
        let sha256 = hex(&hash.finalize());
        let path = self.path(&sha256);
        if !path.exists() {
            fs::create_dir_all(path.parent().unwrap_or(&self.root)).map_err(busy)?;
            aside.as_file().sync_all().map_err(busy)?;
            aside.persist(&path).map_err(|error| busy(error.error))?;
        }
        Ok(Stored { sha256, bytes })
    }

    /// Where the content with this hash lies.
    #[must_use]
    pub fn path(&self, sha256: &str) -> PathBuf {
        let folder = sha256.get(..2).unwrap_or("__");
        self.root
            .join(folder)
            .join(Path::new(sha256).file_name().unwrap_or_default())
    }
}

#[derive(Debug)]
pub struct Stored {
    pub sha256: String,
    pub bytes: u64,
}

/// Hashes what it passes on.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: io::Write> io::Write for Hashing<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.hash.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn busy(error: io::Error) -> Error {
    Error::Busy(Box::new(error))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_stored_once() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = Files::open(folder.path().join("media")).expect("a folder");
        let first = files.store(&b"hello"[..]).expect("stored");
        let second = files.store(&b"hello"[..]).expect("stored");
        assert_eq!(first.sha256, second.sha256);
        assert_eq!(first.bytes, 5);
        assert_eq!(
            first.sha256,
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        );
        assert_eq!(
            fs::read(files.path(&first.sha256)).expect("there"),
            b"hello"
        );
    }
}
