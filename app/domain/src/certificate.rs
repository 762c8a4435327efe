//! Certificates: what a school says about somebody who finished a course, and how it is found and checked.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Timestamp, ids::Slug};

/// Names a certificate for everybody who was given it: 128 random bits, which nobody guesses. Written in
/// Crockford's base 32 (<https://www.crockford.com/base32.html>), so that it survives being read from paper: no
/// letter looks like a digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a certificate's code consists of {} letters and digits", Code::LENGTH)]
pub struct InvalidCode;

impl Code {
    /// 26 × 5 bits hold 128.
    pub const LENGTH: usize = 26;
    const ALPHABET: &'static [u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

    #[must_use]
    pub fn from_random(bits: u128) -> Self {
        let letter = |place: usize| {
            let digit = usize::try_from((bits >> (5 * place)) & 31).unwrap_or_default();
            char::from(Self::ALPHABET[digit])
        };
        Self((0..Self::LENGTH).rev().map(letter).collect())
    }

    /// Reads what a person typed: capitals, spaces and dashes do not matter, and what looks like a digit is one.
    ///
    /// # Errors
    /// `InvalidCode` for what can be no code.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        let mut code = String::with_capacity(Self::LENGTH);
        for c in text
            .chars()
            .filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2014}'))
        {
            let c = match c.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                other => other,
            };
            if code.len() == Self::LENGTH
                || !Self::ALPHABET.iter().any(|known| char::from(*known) == c)
            {
                return Err(InvalidCode);
            }
            code.push(c);
        }
        if code.len() == Self::LENGTH {
            Ok(Self(code))
        } else {
            Err(InvalidCode)
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups, for people: `7k3m-9q2x-…`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let mut text = String::new();
        for (index, c) in self.0.chars().enumerate() {
            if index > 0 && index % 5 == 0 && index < 25 {
                text.push('-');
            }
            text.push(c);
        }
        text
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Code {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Code {
    type Error = InvalidCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

/// A certificate as everybody who has its code may see it. What it says was settled on the day of completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub code: Code,
    pub learner: String,
    pub course: String,
    pub course_slug: Slug,
    /// BCP 47 tag of the course, and so of the certificate.
    pub language: String,
    pub instructors: Vec<String>,
    pub lessons: u32,
    pub minutes: u32,
    /// Number of the course's version that was completed.
    pub version: u32,
    pub completed_at: Timestamp,
    pub standing: Standing,
    /// Address of the page that everybody can check it on.
    pub url: String,
    pub qr: Qr,
    /// Whether it is the certificate of the one who looks.
    pub mine: bool,
}

/// Whether it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "lowercase")]
pub enum Standing {
    /// The signature is the school's and covers what is shown.
    Valid,
    Revoked {
        at: Timestamp,
        reason: String,
    },
    /// What is stored is not what was signed.
    Broken,
}

/// The language of the interface that a text in `language` (BCP 47) is shown with: Chinese by its script or region,
/// English for all that the interface does not speak.
#[must_use]
pub fn interface_language(language: &str) -> &'static str {
    let mut parts = language.split(['-', '_']);
    if !parts
        .next()
        .is_some_and(|part| part.eq_ignore_ascii_case("zh"))
    {
        return "en";
    }
    for part in parts {
        match part.to_ascii_lowercase().as_str() {
            "hant" | "tw" | "hk" | "mo" => return "zh-Hant",
            "hans" => return "zh-Hans",
            _ => {}
        }
    }
    "zh-Hans"
}

/// Squares of a QR code, without its margin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    /// Squares along one side.
    pub size: u16,
    /// Dark stretches of the rows: column, row, length.
    pub dark: Vec<(u16, u16, u16)>,
}

impl Qr {
    /// The dark squares as data of an SVG path, one unit each.
    #[must_use]
    pub fn path(&self) -> String {
        let stretch = |(x, y, length): &(u16, u16, u16)| format!("M{x} {y}h{length}v1h-{length}z");
        self.dark.iter().map(stretch).collect()
    }
}

/// What came of checking a credential, or of looking for a code, that somebody brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "lowercase")]
pub enum Finding {
    /// Ours; its standing is the certificate's.
    Found { certificate: Box<Certificate> },
    /// It names a key of this school, but that key did not sign this text.
    Altered,
    /// Signed with a key that is not this school's. `issuer` is what it says of itself, unproven.
    Foreign { issuer: Option<String> },
    /// Well formed, or even signed by us, but not in the register.
    Unknown,
    /// Neither a code nor a credential.
    Unreadable,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::from_random(u128::MAX / 3);
        assert_eq!(code.as_str().len(), Code::LENGTH);
        assert_eq!(Code::parse(&code.grouped()), Ok(code.clone()));
        assert_eq!(Code::parse(&code.as_str().to_uppercase()), Ok(code));
        let zeros = Code::from_random(0);
        assert_eq!(Code::parse(&"O".repeat(26)), Ok(zeros.clone()));
        assert_eq!(zeros.grouped(), "00000-00000-00000-00000-000000");
        for bad in [
            "",
            "0",
            &"0".repeat(25),
            &"0".repeat(27),
            &"u".repeat(26),
            &"é".repeat(13),
        ] {
            assert_eq!(Code::parse(bad), Err(InvalidCode), "{bad}");
        }
    }

    #[test]
    fn a_certificate_speaks_its_course_s_language() {
        for (tag, language) in [
            ("en", "en"),
            ("de-DE", "en"),
            ("zh", "zh-Hans"),
            ("zh-CN", "zh-Hans"),
            ("zh-TW", "zh-Hant"),
            ("zh-Hant-HK", "zh-Hant"),
            ("zh-Hans-TW", "zh-Hans"),
        ] {
            assert_eq!(interface_language(tag), language, "{tag}");
        }
    }

    #[test]
    fn a_qr_code_is_one_path() {
        let qr = Qr {
            size: 3,
            dark: vec![(0, 0, 2), (2, 1, 1)],
        };
        assert_eq!(qr.path(), "M0 0h2v1h-2zM2 1h1v1h-1z");
    }

    proptest! {
        #[test]
        fn different_bits_make_different_codes(a: u128, b: u128) {
            prop_assert_eq!(a == b, Code::from_random(a) == Code::from_random(b));
            let code = Code::from_random(a);
            prop_assert_eq!(Code::parse(code.as_str()), Ok(code));
        }

        #[test]
        fn any_text_is_answered(text: String) {
            let _ = Code::parse(&text);
        }
    }
}
