//! What people type to use a coupon, made comparable.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A code without what eyes and keyboards do not tell apart: two codes with the same key are the same code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeKey(String);

impl CodeKey {
    /// Characters of a key.
    pub const MAX: usize = 32;

    /// One that the database has kept.
    #[must_use]
    pub fn stored(key: &str) -> Self {
        Self(key.to_owned())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CodeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Longer texts are no codes, and not worth looking at.
const MAX_TYPED: usize = 200;

/// Latin characters, and those of other scripts that look like them, by what they are taken for.
const LOOK_ALIKES: [(&str, char); 23] = [
    ("OQ\u{39f}\u{41e}", '0'),
    ("IL\u{399}\u{406}", '1'),
    ("Z\u{396}", '2'),
    ("S\u{405}", '5'),
    ("B\u{392}\u{412}", '8'),
    ("\u{391}\u{410}", 'A'),
    ("\u{3f9}\u{421}", 'C'),
    ("\u{395}\u{415}", 'E'),
    ("\u{397}\u{41d}", 'H'),
    ("\u{408}", 'J'),
    ("\u{39a}\u{41a}", 'K'),
    ("\u{39c}\u{41c}", 'M'),
    ("\u{39d}", 'N'),
    ("\u{3a1}\u{420}", 'P'),
    ("\u{3a4}\u{422}", 'T'),
    ("U", 'V'),
    ("\u{3a7}\u{425}", 'X'),
    ("\u{3a5}\u{423}\u{4ae}", 'Y'),
    ("\u{50c}", 'G'),
    ("\u{500}", 'D'),
    ("\u{51a}", '0'),
    ("\u{51c}", 'W'),
    ("\u{4c0}", '1'),
];

/// The key of a code as it was typed or pasted; `None` for what can be none.
///
/// Compatibility forms become plain (NFKC: `Ａ` is `A`), letters become capital, white space, dashes and characters
/// without width go, and look-alikes are one: `O`, `Q` and `0`; `I`, `L` and `1`; `Z` and `2`; `S` and `5`; `B` and
/// `8`; `U` and `V`; and the Greek and Cyrillic capitals that are drawn like Latin ones. What remains must be 1 to 32
/// letters and digits, of any script.
#[must_use]
pub fn code_key(typed: &str) -> Option<CodeKey> {
    if typed.len() > MAX_TYPED {
        return None;
    }
    let key: String = typed
        .nfkc()
        .flat_map(char::to_uppercase)
        .nfkc()
        .filter(|c| !is_dropped(*c))
        .map(look_alike)
        .collect();
    let count = key.chars().count();
    let fits = (1..=CodeKey::MAX).contains(&count) && key.chars().all(char::is_alphanumeric);
    fits.then_some(CodeKey(key))
}

fn is_dropped(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '_'
                | '\u{2010}'..='\u{2015}'
                | '\u{2212}'
                | '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2060}'
                | '\u{feff}'
        )
}

fn look_alike(c: char) -> char {
    let found = LOOK_ALIKES.iter().find(|(alike, _)| alike.contains(c));
    found.map_or(c, |(_, taken_for)| *taken_for)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CodeKey, code_key};

    fn key(typed: &str) -> String {
        code_key(typed).map_or_else(String::new, |key| key.to_string())
    }

    #[test]
    fn what_looks_alike_is_the_same_code() {
        for (a, b) in [
            ("WELCOME10", "welcome10"),
            ("WELCOME10", " WELC0ME - IO "),
            ("WELCOME10", "ＷＥＬＣＯＭＥ１０"),
            ("WELCOME10", "we\u{200b}lcome\u{2011}1\u{41e}"),
            ("SUMMER", "5ummer"),
            ("MATHE", "\u{41c}\u{410}\u{422}\u{41d}\u{415}"),
            ("开学 季", "开学季"),
            ("KU8", "kvb"),
        ] {
            assert_eq!(code_key(a), code_key(b), "{a} {b}");
            assert!(code_key(a).is_some());
        }
        assert_ne!(key("SPRING1"), key("SPRING2"));
    }

    #[test]
    fn what_can_be_no_code_has_no_key() {
        for typed in [
            "",
            "  ",
            "---",
            "a'b",
            "100%",
            "a/b",
            "💚",
            &"A".repeat(33),
            &"-".repeat(500),
        ] {
            assert_eq!(code_key(typed), None, "{typed}");
        }
        assert!(code_key(&"A".repeat(CodeKey::MAX)).is_some());
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(typed in "\\PC{0,40}") {
            if let Some(once) = code_key(&typed) {
                prop_assert_eq!(code_key(once.as_str()), Some(once));
            }
        }
    }
}
