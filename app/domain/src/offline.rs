//! What a device takes to keep a course, so that it can be learned without a network.

use serde::{Deserialize, Serialize};

/// Everything of a course that its learner may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepList {
    /// Whose it is: see `backend::offline::account_tag`.
    pub account: String,
    pub course: String,
    pub title: String,
    pub language: String,
    /// Changes when anything of the course does.
    pub version: String,
    /// Paths of pages.
    pub pages: Vec<String>,
    pub files: Vec<KeepFile>,
    /// Media that come in two sizes: URL of the full one and of the small one.
    pub smaller: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepFile {
    pub url: String,
    pub bytes: u64,
    pub size: Size,
}

/// Which choice of quality a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// Needed whatever is chosen.
    Both,
    Full,
    Small,
}

/// Bytes that a page takes, about: what it weighs is known only once it is made.
const PAGE_BYTES: u64 = 40_000;

impl KeepList {
    /// Bytes on the device, about.
    #[must_use]
    pub fn bytes(&self, quality: Size) -> u64 {
        let wanted = |file: &&KeepFile| file.size == Size::Both || file.size == quality;
        let files: u64 = self
            .files
            .iter()
            .filter(wanted)
            .fold(0, |sum, file| sum.saturating_add(file.bytes));
        let pages = u64::try_from(self.pages.len()).unwrap_or(u64::MAX);
        files.saturating_add(pages.saturating_mul(PAGE_BYTES))
    }

    /// Whether there is anything to choose between.
    #[must_use]
    pub fn has_sizes(&self) -> bool {
        self.bytes(Size::Full) != self.bytes(Size::Small)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quality_counts_its_own_files_and_those_of_both() {
        let file = |bytes, size| KeepFile {
            url: format!("/media/{bytes}"),
            bytes,
            size,
        };
        let list = KeepList {
            account: String::new(),
            course: "walk".into(),
            title: "Walk".into(),
            language: "en".into(),
            version: "1".into(),
            pages: vec!["/courses/walk".into()],
            files: vec![
                file(1_000, Size::Both),
                file(50_000, Size::Full),
                file(9_000, Size::Small),
            ],
            smaller: Vec::new(),
        };
        assert_eq!(list.bytes(Size::Full), PAGE_BYTES + 51_000);
        assert_eq!(list.bytes(Size::Small), PAGE_BYTES + 10_000);
        assert!(list.has_sizes());
        let same = KeepList {
            files: vec![file(u64::MAX, Size::Both)],
            ..list
        };
        assert_eq!(same.bytes(Size::Full), u64::MAX, "no overflow");
        assert!(!same.has_sizes());
    }
}
