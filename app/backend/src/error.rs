use domain::form::FieldError;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for the one who asks: no one learns which.
    #[error("not found")]
    NotFound,
    #[error("sign-in required")]
    SignInRequired,
    #[error("forbidden")]
    Forbidden,
    /// The input is wrong, and how.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<FieldError>),
    #[error("too many attempts, wait {retry_after_seconds} s")]
    TooManyAttempts { retry_after_seconds: u32 },
    /// The database or the disk cannot take it right now. Nothing was changed; later may work.
    #[error("database or disk cannot take it now: {0}")]
    Busy(Box<dyn std::error::Error + Send + Sync>),
    /// A setting, a file or the command line is wrong: a sentence for the operator.
    #[error("{0}")]
    Setup(String),
    /// A defect. Logged where it is met, never shown.
    #[error("internal: {0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    #[must_use]
    pub fn invalid(field: &str, message: &str) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }

    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let passing = match &error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_) => true,
            sqlx::Error::Database(database) => {
                database.code().is_some_and(|code| is_passing(&code))
            }
            _ => false,
        };
        if passing {
            Self::Busy(Box::new(error))
        } else {
            Self::Internal(Box::new(error))
        }
    }
}

/// Codes that say "not now" rather than "never": SQLite's BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN (the low
/// byte of the extended code) and PostgreSQL's classes 08 connection, 40 rollback, 53 resources, 57 operator.
fn is_passing(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(sqlite) if code.len() != 5 => matches!(sqlite & 0xff, 5 | 6 | 8 | 10 | 13 | 14),
        _ => matches!(code.get(..2), Some("08" | "40" | "53" | "57")),
    }
}

#[cfg(test)]
mod tests {
    use super::is_passing;

    #[test]
    fn a_full_disk_is_not_a_defect() {
        for code in ["5", "13", "261", "40001", "53100", "57P01"] {
            assert!(is_passing(code), "{code}");
        }
        for code in ["1", "2067", "23505", "42601"] {
            assert!(!is_passing(code), "{code}");
        }
    }
}
