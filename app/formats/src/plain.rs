//! Control characters: no page shows them, and the database cannot hold all of them.

use std::borrow::Cow;

/// Whether a text may hold it.
pub fn is_plain(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\t')
}

/// The text without what it may not hold.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_plain(*c)).collect())
    }
}
