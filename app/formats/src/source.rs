//! Where a course is read from: a folder, or an archive unpacked into a temporary one.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{Bundle, Problem, Problems, native, olx, unpack::unpack};

const MAX_FILES: usize = 20_000;
pub const MAX_TOTAL: u64 = 4 << 30;
pub const MAX_FILE: u64 = 1 << 30;
/// Folders around a file.
pub const MAX_DEPTH: usize = 20;
/// Of a file that is read as text.
pub const MAX_TEXT: u64 = 2 << 20;

/// A course's folder. An unpacked archive is deleted when this is dropped.
#[derive(Debug)]
pub struct Source {
    root: PathBuf,
    /// Keeps an unpacked archive alive.
    _unpacked: Option<tempfile::TempDir>,
}

impl Source {
    /// # Errors
    /// A path that is neither a folder nor a safe archive.
    pub fn open(path: &Path) -> Result<Self, Problems> {
        let name = path.display().to_string();
        if path.is_dir() {
            return Ok(Self {
                root: path.to_owned(),
                _unpacked: None,
            });
        }
        if !path.is_file() {
            return Err(Problem::new(name, None, "there is no such file or folder").into());
        }
        if !(name.ends_with(".tar.gz") || name.ends_with(".tgz")) {
            return Err(
                Problem::new(name, None, "a course is a folder or a .tar.gz archive").into(),
            );
        }
        let folder = tempfile::tempdir()
            .map_err(|error| Problem::new(&name, None, format!("cannot unpack: {error}")))?;
        unpack(path, folder.path()).map_err(|problem| Problems(vec![problem]))?;
        Ok(Self {
            root: folder.path().to_owned(),
            _unpacked: Some(folder),
        })
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Name of the folder, where it has one that people gave it.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let root = self
            .root
            .canonicalize()
            .unwrap_or_else(|_| self.root.clone());
        root.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    }

    /// Goes down while there is nothing but one folder, as archives often have.
    pub(crate) fn enter_single_folder(&mut self, marker: &[&str]) {
        for _ in 0..3 {
            if marker.iter().any(|file| self.root.join(file).is_file()) {
                return;
            }
            let mut folders = fs::read_dir(&self.root)
                .into_iter()
                .flatten()
                .flatten()
                .filter(|entry| !is_hidden(&entry.file_name().to_string_lossy()));
            match (folders.next(), folders.next()) {
                (Some(only), None) if only.path().is_dir() => self.root = only.path(),
                _ => return,
            }
        }
    }

    /// Every file but hidden ones, by its path with `/` between names.
    ///
    /// # Errors
    /// More than a course may have, or a link that leads out of the folder.
    pub fn files(&self) -> Result<BTreeMap<String, PathBuf>, Problems> {
        let root = self
            .root
            .canonicalize()
            .map_err(|error| Problem::new(".", None, error.to_string()))?;
        let mut files = BTreeMap::new();
        let (mut total, mut folders) = (0_u64, vec![(String::new(), root.clone())]);
        while let Some((prefix, folder)) = folders.pop() {
            let entries = fs::read_dir(&folder)
                .map_err(|error| Problem::new(&prefix, None, error.to_string()))?;
            for entry in entries {
                let entry =
                    entry.map_err(|error| Problem::new(&prefix, None, error.to_string()))?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if is_hidden(&name) {
                    continue;
                }
                let path = format!("{prefix}{name}");
                let real = entry
                    .path()
                    .canonicalize()
                    .map_err(|error| Problem::new(&path, None, error.to_string()))?;
                if !real.starts_with(&root) {
                    return Err(Problem::new(path, None, "leads out of the course's folder").into());
                }
                if real.is_dir() {
                    if prefix.matches('/').count() > MAX_DEPTH || entry.path().is_symlink() {
                        return Err(
                            Problem::new(path, None, "folders are nested too deeply").into()
                        );
                    }
                    folders.push((format!("{path}/"), real));
                    continue;
                }
                let size = size_of_plain(&path, &real)?;
                total = total.saturating_add(size);
                limit(&path, size, total, files.len() + 1)
                    .map_err(|problem| Problems(vec![problem]))?;
                files.insert(path, real);
            }
        }
        Ok(files)
    }

    /// A text file, in UTF-8.
    ///
    /// # Errors
    /// Missing, too large, or in another encoding.
    pub fn read_text(&self, path: &str) -> Result<String, Problem> {
        let Some(path) = resolve("", path) else {
            return Err(Problem::new(path, None, "leads out of the course's folder"));
        };
        let file = self.root.join(&path);
        if size_of_plain(&path, &file)? > MAX_TEXT {
            return Err(Problem::new(
                path,
                None,
                format!("is larger than {} MiB", MAX_TEXT >> 20),
            ));
        }
        let bytes =
            fs::read(&file).map_err(|error| Problem::new(&path, None, error.to_string()))?;
        decode(&path, bytes)
    }
}

/// Size of a file. Opening anything else, such as a pipe, could wait forever.
fn size_of_plain(path: &str, file: &Path) -> Result<u64, Problem> {
    match fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => Ok(metadata.len()),
        Ok(_) => Err(Problem::new(path, None, "is no plain file")),
        Err(_) => Err(Problem::new(path, None, "is missing")),
    }
}

/// Bytes to text, without the mark that some editors put in front.
///
/// # Errors
/// Another encoding than UTF-8, with the line of the first wrong byte.
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Problem::new(path, None, "is in UTF-16; save it as UTF-8"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        Problem::new(path, line, "is not in UTF-8; save it as UTF-8")
    })?;
    let text = text
        .strip_prefix('\u{feff}')
        .map_or(text.clone(), str::to_owned);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || matches!(name, "Thumbs.db" | "desktop.ini" | "__MACOSX")
}

pub fn limit(path: &str, size: u64, total: u64, count: usize) -> Result<(), Problem> {
    if size > MAX_FILE {
        return Err(Problem::new(path, None, "is larger than 1 GiB"));
    }
    if total > MAX_TOTAL {
        return Err(Problem::new(
            path,
            None,
            "makes the course larger than 4 GiB",
        ));
    }
    if count > MAX_FILES {
        return Err(Problem::new(
            path,
            None,
            format!("makes more than {MAX_FILES} files"),
        ));
    }
    Ok(())
}

/// Joins a reference to the folder that it is relative to. `None` for what is absolute or leads out of the course.
#[must_use]
pub fn resolve(folder: &str, reference: &str) -> Option<String> {
    let path = reference.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode(path);
    if path.is_empty()
        || path.contains('\\')
        || path.contains(char::is_control)
        || path.contains("//")
        || has_scheme(&path)
    {
        return None;
    }
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Whether a reference names its protocol, like `https:` or `mailto:`.
#[must_use]
pub fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let hex = text
            .get(index + 1..index + 3)
            .filter(|_| bytes[index] == b'%');
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            index += 3;
        } else {
            out.push(bytes[index]);
            index += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Reads a course in whichever form it has.
///
/// # Errors
/// See [`native::read`] and [`olx::read`].
pub fn open(path: &Path) -> Result<(Source, Bundle), Problems> {
    let mut source = Source::open(path)?;
    source.enter_single_folder(&["course.toml", "course.xml"]);
    let bundle = if source.root.join("course.toml").is_file() {
        native::read(&source)?
    } else if source.root.join("course.xml").is_file() {
        olx::read(&source)?
    } else {
        let message = "has neither course.toml (native form) nor course.xml (OLX)";
        return Err(Problem::new(path.display().to_string(), None, message).into());
    };
    Ok((source, bundle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_in_a_folder_may_not_lead_out() {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("a.md")).expect("a link");
        assert!(
            Source::open(folder.path())
                .expect("a folder")
                .files()
                .is_err()
        );
    }

    #[test]
    fn only_plain_files_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("01-s").join("p.png");
        fs::create_dir(folder.path().join("01-s")).expect("a folder");
        let _socket = std::os::unix::net::UnixListener::bind(path).expect("a socket");
        let source = Source::open(folder.path()).expect("a folder");
        let problem = Problem::new("01-s/p.png", None, "is no plain file");
        assert_eq!(source.files(), Err(problem.clone().into()));
        assert_eq!(source.read_text("01-s/p.png"), Err(problem));
    }

    #[test]
    fn references_stay_in_the_course() {
        assert_eq!(resolve("01-a", "b.svg").as_deref(), Some("01-a/b.svg"));
        assert_eq!(
            resolve("01-a", "../static/b%20c.svg?x#y").as_deref(),
            Some("static/b c.svg")
        );
        assert_eq!(resolve("01-a", "/b.svg").as_deref(), Some("b.svg"));
        for out in [
            "../../b",
            "https://x.y/z",
            "//x.y/z",
            "",
            "mailto:a@b.c",
            "..",
            "a\\b",
            "a%00b",
        ] {
            assert_eq!(resolve("01-a", out), None, "{out}");
        }
    }

    #[test]
    fn encodings_are_named() {
        assert_eq!(
            decode("a.md", b"\xef\xbb\xbfhi\r\n".to_vec()).expect("text"),
            "hi\n"
        );
        assert_eq!(decode("a.md", b"a\rb".to_vec()).expect("text"), "a\nb");
        assert!(
            decode("a.md", b"\xff\xfeh\0".to_vec())
                .expect_err("UTF-16")
                .message
                .contains("UTF-16")
        );
        assert_eq!(
            decode("a.md", b"one\ntwo \xe9".to_vec())
                .expect_err("Latin-1")
                .line,
            Some(2)
        );
    }
}
