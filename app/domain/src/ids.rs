//! Identifiers. Each is a type of its own, so that no function takes a lesson's for a learner's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person with an account, whatever their role.
    UserId,
    /// A signed-in browser.
    SessionId,
    /// A course through all its versions.
    CourseId,
    /// One import of a course. Never changed once written.
    VersionId,
    /// A note, highlight or bookmark. Made by whoever writes it, so that sending it twice makes one.
    NoteId,
    /// What a learner added to a chain.
    EntryId,
    /// A purchase, from the moment it is placed.
    OrderId,
    /// One attempt to pay an order at a gateway.
    PaymentId,
    /// Money on its way back.
    RefundId,
    /// Something about an order's money that did not agree.
    FindingId,
    /// A coupon through all its versions and codes.
    CouponId,
    /// A promotion through all its versions.
    PromotionId,
}

/// Part of a URL that names a course, section or lesson for ever: `a-z`, `0-9` and `-`, 1 to 80 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a slug consists of a-z, 0-9 and -, at most {} characters", Slug::MAX)]
pub struct InvalidSlug;

impl Slug {
    pub const MAX: usize = 80;

    /// # Errors
    /// `InvalidSlug` if the text is no slug as it stands. See [`Slug::from_words`] to make one.
    pub fn parse(text: &str) -> Result<Self, InvalidSlug> {
        let fits = !text.is_empty()
            && text.len() <= Self::MAX
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidSlug)
        }
    }

    /// The nearest slug to any words; `None` where they hold no letter or digit of ASCII.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let mut slug = String::new();
        for c in words.chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            if slug.len() == Self::MAX {
                break;
            }
        }
        Self::parse(slug.trim_end_matches('-')).ok()
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn a_slug_is_what_a_url_carries_unescaped() {
        for good in ["a", "git-with-confidence", "30-minutes"] {
            assert_eq!(Slug::parse(good).expect("a slug").as_str(), good);
        }
        for bad in [
            "",
            "-a",
            "a-",
            "A",
            "a b",
            "a/b",
            "..",
            "课",
            &"a".repeat(81),
        ] {
            assert!(Slug::parse(bad).is_err(), "{bad} was taken for a slug");
        }
    }

    #[test]
    fn words_become_a_slug() {
        assert_eq!(
            Slug::from_words("  Week 1: The Basics! ")
                .expect("a slug")
                .as_str(),
            "week-1-the-basics"
        );
        assert_eq!(Slug::from_words("学习"), None);
        assert_eq!(
            Slug::from_words(&"ab ".repeat(60))
                .expect("a slug")
                .as_str()
                .len(),
            80
        );
    }
}
