//! Hashing passwords with Argon2id, and judging new ones with zxcvbn.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString, rand_core::OsRng},
};
use domain::{account::Password, form::FieldError};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::{Error, Result};

/// How passwords are hashed, and how many at a time: each takes 19 MiB.
#[derive(Clone, Debug)]
pub struct Hashing {
    argon2: Argon2<'static>,
    at_once: Arc<Semaphore>,
}

impl Default for Hashing {
    /// The first choice of OWASP's Password Storage Cheat Sheet.
    fn default() -> Self {
        Self::with(Params::new(19 * 1024, 2, 1, None).expect("within Argon2's limits"))
    }
}

impl Hashing {
    /// Weak and quick, for tests.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn cheap() -> Self {
        Self::with(Params::new(Params::MIN_M_COST, 1, 1, None).expect("within Argon2's limits"))
    }

    fn with(params: Params) -> Self {
        Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            at_once: Arc::new(Semaphore::new(3)),
        }
    }

    pub(super) async fn hash(&self, password: Password) -> Result<String> {
        self.run(move |argon2| {
            let salt = SaltString::generate(&mut OsRng);
            argon2
                .hash_password(password.reveal().as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(Error::internal)
        })
        .await
    }

    /// Without a hash it works as long, and says no.
    pub(super) async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        self.run(move |argon2| match hash {
            Some(hash) => {
                let hash = PasswordHash::new(&hash).map_err(Error::internal)?;
                Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok())
            }
            None => {
                let salt = SaltString::generate(&mut OsRng);
                argon2
                    .hash_password(password.as_bytes(), &salt)
                    .map_err(Error::internal)?;
                Ok(false)
            }
        })
        .await
    }

    /// Judges a new password, apart from the threads that answer requests.
    pub(super) async fn strong(
        &self,
        text: &str,
        field: &'static str,
        about: &[&str],
    ) -> Result<std::result::Result<Password, FieldError>> {
        let text = text.to_owned();
        let about: Vec<String> = about.iter().map(ToString::to_string).collect();
        self.run(move |_| {
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            Ok(strong(&text, field, &about))
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _turn = self.at_once.acquire().await.map_err(Error::internal)?;
        let argon2 = self.argon2.clone();
        tokio::task::spawn_blocking(move || work(&argon2))
            .await
            .map_err(Error::internal)?
    }
}

/// A password that takes long to guess, even by someone who knows the person.
fn strong(text: &str, field: &str, about: &[&str]) -> std::result::Result<Password, FieldError> {
    let password = Password::parse(text, field)?;
    // zxcvbn's time grows steeply with length, and what is longer is not guessed anyway.
    let start: String = text.chars().take(32).collect();
    let estimate = zxcvbn(&start, about);
    if estimate.score() >= Score::Three {
        return Ok(password);
    }
    let warning = estimate
        .feedback()
        .and_then(zxcvbn::feedback::Feedback::warning);
    Err(FieldError::new(
        field,
        warning.map_or("error-password-weak", advice),
    ))
}

/// What makes the password weak, so that the next one is better.
fn advice(warning: zxcvbn::feedback::Warning) -> &'static str {
    use zxcvbn::feedback::Warning;
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess => "error-password-keyboard",
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "error-password-repeats",
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => "error-password-common",
        Warning::SequencesLikeAbcAreEasyToGuess => "error-password-sequence",
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => {
            "error-password-date"
        }
        Warning::AWordByItselfIsEasyToGuess => "error-password-word",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => "error-password-name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_told_why() {
        let message = |text: &str| {
            strong(text, "password", &["Mei Chen", "mei@example.com"])
                .expect_err(text)
                .message
        };
        assert_eq!(message("short"), "error-password-short");
        assert_eq!(message("aaaaaaaaaaaa"), "error-password-repeats");
        assert_eq!(message("abcdefghijkl"), "error-password-sequence");
        assert!(strong("walnut trail compass rain", "password", &[]).is_ok());
        assert!(
            strong("mei@example.com", "password", &["mei@example.com"]).is_err(),
            "known to everyone who knows her"
        );
    }
}
