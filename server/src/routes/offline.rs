//! What the service worker asks, and is told about whose a page is.

use app::{error::AppError, visit::Visit};
use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::course::Viewer;
use domain::ids::Slug;

use crate::Host;

/// On every answer: the account it was made for, or `none`. On a call: the account that it was made by.
const ACCOUNT: HeaderName = HeaderName::from_static("waymark-account");
/// On a request for a page that is only to be kept: nobody looks at it now.
pub const KEEP: HeaderName = HeaderName::from_static("waymark-keep");

pub fn name_account(response: &mut Response, account: Option<&str>) {
    if let Ok(account) = HeaderValue::from_str(account.unwrap_or("none")) {
        response.headers_mut().insert(ACCOUNT, account);
    }
}

/// What one person did without a network is not taken in another's name, should they have signed in meanwhile.
pub fn is_of_another(request: &Request) -> bool {
    let account = request
        .extensions()
        .get::<Visit>()
        .and_then(|visit| visit.account.as_deref());
    request
        .headers()
        .get(ACCOUNT)
        .is_some_and(|named| Some(named.as_bytes()) != account.map(str::as_bytes))
}

/// `/courses/{course}/offline.json`: what a device takes to keep the course.
pub async fn keep_list(
    State(host): State<Host>,
    Path(course): Path<String>,
    request: Request,
) -> Response {
    let user = request
        .extensions()
        .get::<Visit>()
        .and_then(|visit| visit.user.clone());
    let Some(user) = user else {
        return refused(&AppError::SignInRequired);
    };
    let viewer = Viewer {
        user: Some(user.id),
        staff: user.role.is_staff(),
    };
    let Ok(course) = Slug::parse(&course) else {
        return refused(&AppError::NotFound);
    };
    match host.backend.keep_list(viewer, &course).await {
        Ok(list) => ([(header::CACHE_CONTROL, "private, no-store")], Json(list)).into_response(),
        Err(error) => refused(&AppError::from(error)),
    }
}

fn refused(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}
