//! The host's side of the pages: who asks, and the backend that answers.

pub mod buyer;
pub mod chart;
pub mod checkout;
pub mod money_chart;
pub mod price_chart;

use backend::{Backend, account::Visitor, course::Viewer};
use domain::{
    account::{Role, User},
    ids::SessionId,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::{error::AppError, ui::Host, visit::Visit};

/// Who sends the request, as far as the host found out. Provided as a context beside [`Visit`].
#[derive(Clone, Debug)]
pub struct Client {
    pub visitor: Visitor,
    /// The browser fetches ahead of the reader: nothing has been seen yet.
    pub prefetch: bool,
    pub secure: bool,
    /// What opens orders without an account.
    pub keys: buyer::Keys,
}

/// # Errors
/// `Internal` outside a request: a defect of the host.
pub fn backend() -> Result<Backend, AppError> {
    use_context().ok_or(AppError::Internal)
}

/// # Errors
/// `Internal` outside a request: a defect of the host.
pub fn client() -> Result<Client, AppError> {
    use_context().ok_or(AppError::Internal)
}

/// Whoever it is, known or not.
#[must_use]
pub fn viewer() -> Viewer {
    let user = Visit::current().user;
    Viewer {
        user: user.as_ref().map(|user| user.id),
        staff: user.is_some_and(|user| user.role.is_staff()),
    }
}

/// A signed-in person: holding one is the proof.
///
/// # Errors
/// `SignInRequired`.
pub fn learner() -> Result<User, AppError> {
    Visit::current().user.ok_or(AppError::SignInRequired)
}

/// Somebody to whom the console is open. It does not exist for other people who are signed in.
///
/// # Errors
/// `SignInRequired`, `NotFound`.
pub fn marketer() -> Result<User, AppError> {
    let user = learner()?;
    user.role
        .has_console()
        .then_some(user)
        .ok_or(AppError::NotFound)
}

/// Somebody who runs the school: may give money back and see whom it went to.
///
/// # Errors
/// `SignInRequired`, `NotFound`.
pub fn admin() -> Result<User, AppError> {
    let user = learner()?;
    (user.role == Role::Admin)
        .then_some(user)
        .ok_or(AppError::NotFound)
}

/// A key for a form that must do what it does only once.
#[must_use]
pub fn new_key() -> String {
    backend::new_key().to_string()
}

/// The session of a signed-in person.
///
/// # Errors
/// `SignInRequired`.
pub fn session() -> Result<SessionId, AppError> {
    client()?.visitor.session.ok_or(AppError::SignInRequired)
}

/// Keeps the time zone that the browser says it is in. That this fails is no reason not to let anybody in.
pub async fn note_zone(user: &User) {
    let (Some(zone), Ok(backend)) = (Visit::current().zone, backend()) else {
        return;
    };
    if let Err(error) = backend.note_zone(user.id, &zone).await {
        tracing::warn!(%error, "a time zone is not noted");
    }
}

/// Where the browser goes next.
pub fn redirect(path: &str) {
    leptos_axum::redirect(path);
}

/// Sets a cookie for a year; `value` empty: deletes it.
pub fn set_preference(name: &str, value: &str) {
    let age = if value.is_empty() { 0 } else { 31_536_000 };
    set_cookie(&format!(
        "{name}={value}; Path=/; Max-Age={age}; SameSite=Lax{}",
        secure()
    ));
}

/// Name of the session's cookie.
pub const SESSION_COOKIE: &str = "waymark_session";

/// Hands the browser its session, or takes it away with an empty token.
pub fn set_session(token: &str) {
    let age = if token.is_empty() { 0 } else { 30 * 86_400 };
    set_cookie(&format!(
        "{SESSION_COOKIE}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{}",
        secure()
    ));
}

/// Browsers that come by https never show the cookie to anyone else.
fn secure() -> &'static str {
    if client().is_ok_and(|client| client.secure) {
        "; Secure"
    } else {
        ""
    }
}

fn set_cookie(cookie: &str) {
    use axum::http::{HeaderValue, header::SET_COOKIE};
    if let (Some(response), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(cookie),
    ) {
        response.append_header(SET_COOKIE, value);
    }
}

/// What pages may tell this host.
pub const HOST: Host = Host {
    redirect: leptos_axum::redirect,
    set_status: |status| {
        if let (Some(response), Ok(status)) = (
            use_context::<ResponseOptions>(),
            axum::http::StatusCode::from_u16(status),
        ) {
            response.set_status(status);
        }
    },
};

/// A failure of the backend as the browser may know it. Defects are logged here, once.
impl From<backend::Error> for AppError {
    fn from(error: backend::Error) -> Self {
        use backend::Error;
        match error {
            Error::NotFound => Self::NotFound,
            Error::SignInRequired => Self::SignInRequired,
            Error::Forbidden => Self::Forbidden,
            Error::Invalid(fields) => Self::Invalid(fields),
            Error::TooManyAttempts {
                retry_after_seconds,
            } => Self::TooManyAttempts {
                retry_after_seconds,
            },
            Error::Busy(cause) => {
                tracing::warn!(%cause, "busy");
                Self::Busy
            }
            error @ (Error::Setup(_) | Error::Internal(_)) => {
                tracing::error!(%error, "internal error");
                Self::Internal
            }
        }
    }
}
