//! People: what may be a name, an address, a password, and what a role allows.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{form::FieldError, ids::UserId};

/// A signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub id: UserId,
    pub email: Email,
    pub name: PersonName,
    pub role: Role,
    pub email_confirmed: bool,
    /// BCP 47 tag of the interface's language, where one was chosen.
    pub language: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Learner,
    Instructor,
    Marketer,
    Admin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a role is one of learner, instructor, marketer, admin")]
pub struct InvalidRole;

impl Role {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Instructor => "instructor",
            Self::Marketer => "marketer",
            Self::Admin => "admin",
        }
    }

    /// Whether the person sees lessons without having enrolled: those who teach and those who run the school.
    #[must_use]
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Instructor | Self::Admin)
    }

    /// Whether the console is open to the person: those who bring learners and those who run the school.
    #[must_use]
    pub fn has_console(self) -> bool {
        matches!(self, Self::Marketer | Self::Admin)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = InvalidRole;

    fn from_str(text: &str) -> Result<Self, InvalidRole> {
        [Self::Learner, Self::Instructor, Self::Marketer, Self::Admin]
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(InvalidRole)
    }
}

/// An address that a mail could reach. Whether it does, only a mail can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// RFC 5321 limits a path to 256 octets with its brackets.
    const MAX: usize = 254;

    /// # Errors
    /// The message for the field `email`.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        let plausible = text.len() <= Self::MAX
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"".contains(c))
            && text
                .rsplit_once('@')
                .is_some_and(|(local, domain)| is_local_part(local) && is_domain(domain));
        if plausible {
            Ok(Self(text.to_owned()))
        } else {
            Err(FieldError::new("email", "error-email-invalid"))
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes two addresses the same account.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Atoms with dots between them (RFC 5322, 3.2.3), letters of any script allowed (RFC 6531). Quoted ones are not.
fn is_local_part(local: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.len() <= 64
        && local
            .split('.')
            .all(|atom| !atom.is_empty() && atom.chars().all(fits))
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

/// What a person is called: 1 to 80 characters, at least one of them a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonName(String);

impl PersonName {
    const MAX: usize = 80;

    /// # Errors
    /// The message for the field `name`.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let text = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.contains(char::is_alphanumeric) || text.chars().any(char::is_control) {
            Err(FieldError::new("name", "error-name-missing"))
        } else if text.chars().count() > Self::MAX {
            Err(FieldError::new("name", "error-name-long"))
        } else {
            Ok(Self(text))
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that take no room or turn the reading direction: a name made of them could pose as another.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A password of a length that can be strong and can be hashed. It never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    pub const MIN: usize = 10;
    pub const MAX: usize = 128;

    /// # Errors
    /// The message for `field`.
    pub fn parse(text: &str, field: &str) -> Result<Self, FieldError> {
        match text.chars().count() {
            0..Self::MIN => Err(FieldError::new(field, "error-password-short")),
            Self::MIN..=Self::MAX => Ok(Self(text.to_owned())),
            _ => Err(FieldError::new(field, "error-password-long")),
        }
    }

    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_a_mail_could_reach() {
        for good in ["a@b.co", " mei.chen+waymark@example.com ", "名@例子.公司"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "a@@b.co",
            "a b@c.de",
            "@b.co",
            "a@.co",
            "a@b..co",
            "a@-b.co",
            "a@b.co>",
            "a.@b.co",
            ".a@b.co",
            "a..b@b.co",
            "a\u{200b}b@b.co",
            &format!("{}@b.co", "a".repeat(65)),
        ] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            Email::parse("Mei@Example.com").expect("an address").key(),
            "mei@example.com"
        );
    }

    #[test]
    fn an_unknown_role_is_no_role() {
        assert_eq!("admin".parse(), Ok(Role::Admin));
        assert_eq!("Admin".parse::<Role>(), Err(InvalidRole));
        assert_eq!("".parse::<Role>(), Err(InvalidRole));
    }

    #[test]
    fn the_console_is_open_to_two_roles() {
        let open = |role: Role| (role.has_console(), role.is_staff());
        assert_eq!(open(Role::Learner), (false, false));
        assert_eq!(open(Role::Instructor), (false, true));
        assert_eq!(open(Role::Marketer), (true, false));
        assert_eq!(open(Role::Admin), (true, true));
    }

    #[test]
    fn a_password_keeps_itself_secret() {
        let password = Password::parse("correct horse battery", "password").expect("long enough");
        assert!(!format!("{password:?}").contains("horse"));
        assert!(Password::parse("short", "password").is_err());
        assert!(Password::parse(&"x".repeat(129), "password").is_err());
    }

    #[test]
    fn names_lose_their_outer_spaces() {
        assert_eq!(
            PersonName::parse("  陈  梅 ").expect("a name").as_str(),
            "陈 梅"
        );
        assert!(PersonName::parse(" \t").is_err());
        assert!(PersonName::parse("\u{200b}").is_err());
        assert_eq!(
            PersonName::parse("Mei\u{202e}").expect("a name").as_str(),
            "Mei"
        );
        assert!(PersonName::parse(&"x".repeat(81)).is_err());
    }
}
