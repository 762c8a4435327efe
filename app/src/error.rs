//! The only error that crosses the wire.

use domain::form::FieldError;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What a browser may know of a failure. The rest is in the server's log, under the request's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("not found")]
    NotFound,
    #[error("sign-in required")]
    SignInRequired,
    #[error("forbidden")]
    Forbidden,
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    #[error("too many attempts")]
    TooManyAttempts { retry_after_seconds: u32 },
    /// Try again later; nothing was changed.
    #[error("busy")]
    Busy,
    /// The server could not be reached.
    #[error("no connection")]
    Offline,
    /// The server could not be reached; the device keeps what was sent, and sends it again. Said by the service
    /// worker, never by the server.
    #[error("kept on the device")]
    Kept,
    #[error("internal error")]
    Internal,
}

impl AppError {
    /// Key of the sentence that says it.
    #[must_use]
    pub fn message(&self) -> &str {
        match self {
            Self::NotFound => "error-not-found",
            Self::SignInRequired => "error-sign-in-required",
            Self::Forbidden => "error-forbidden",
            Self::Invalid(fields) => fields
                .iter()
                .find(|error| error.field.is_empty())
                .map_or("error-form", |error| error.message.as_str()),
            Self::TooManyAttempts { .. } => "error-too-many-attempts",
            Self::Busy => "error-busy",
            Self::Offline => "error-offline",
            Self::Kept => "error-kept",
            Self::Internal => "error-internal",
        }
    }

    /// HTTP status of a page that says it.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignInRequired => 401,
            Self::Forbidden => 403,
            Self::Invalid(_) => 422,
            Self::TooManyAttempts { .. } => 429,
            Self::Busy | Self::Offline | Self::Kept => 503,
            Self::Internal => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid(vec![FieldError::new("", "error-form")])
            }
            _ => Self::Internal,
        }
    }
}
