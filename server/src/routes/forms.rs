//! Forms without JavaScript.
//!
//! A form posts to the page that it stands on and names its server function in `_fn`. The function is called as an
//! island would call it. On success the browser is sent on (post, redirect, get); on failure the same page is
//! rendered again with the error beside its field and everything that was typed, passwords excepted.

use app::{
    error::AppError,
    visit::{PostedForm, Visit, encode},
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::form::FieldError;
use leptos::server_fn::error::FromServerFnError;

use super::pages;
use crate::Host;

pub async fn post(host: &Host, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let read = Request::from_parts(parts.clone(), body);
    let Ok(body) = Bytes::from_request(read, &()).await else {
        return show(
            host,
            parts,
            String::new(),
            Vec::new(),
            Err(invalid("error-form-large")),
        )
        .await;
    };
    let fields: Result<Vec<(String, String)>, _> = serde_urlencoded::from_bytes(&body);
    let Ok(fields) = fields else {
        return show(
            host,
            parts,
            String::new(),
            Vec::new(),
            Err(invalid("error-form")),
        )
        .await;
    };
    let function = fields
        .iter()
        .find(|(name, _)| name == "_fn")
        .map(|(_, url)| url.clone())
        .unwrap_or_default();
    if !is_function(&function) {
        return show(host, parts, function, fields, Err(invalid("error-form"))).await;
    }
    let response = pages::call(host, call_of(&parts, &function, body)).await;
    let cookies: Vec<HeaderValue> = response
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .cloned()
        .collect();
    let mut answer = answer(host, parts, function, fields, response).await;
    for cookie in cookies {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

fn invalid(message: &str) -> AppError {
    AppError::Invalid(vec![FieldError::new("", message)])
}

/// Only paths below `/api/`: the field comes from outside.
fn is_function(url: &str) -> bool {
    url.strip_prefix("/api/").is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'/'))
    })
}

/// The request that an island would have sent.
fn call_of(parts: &Parts, function: &str, body: Bytes) -> Request {
    let mut call = Request::new(Body::from(body));
    call.method_mut().clone_from(&parts.method);
    *call.uri_mut() = function.parse().unwrap_or_default();
    *call.headers_mut() = parts.headers.clone();
    call.headers_mut()
        .insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    call.headers_mut().remove(header::REFERER);
    *call.extensions_mut() = parts.extensions.clone();
    call
}

async fn answer(
    host: &Host,
    parts: Parts,
    function: String,
    fields: Vec<(String, String)>,
    response: Response,
) -> Response {
    if let Some(location) = response
        .headers()
        .get(header::LOCATION)
        .and_then(|location| location.to_str().ok())
    {
        return Redirect::to(location).into_response();
    }
    let failed = !response.status().is_success();
    let body = axum::body::to_bytes(response.into_body(), 1024 * 1024)
        .await
        .unwrap_or_default();
    if failed {
        let error = AppError::de(body);
        if error == AppError::SignInRequired {
            let here = parts
                .extensions
                .get::<Visit>()
                .map(Visit::here)
                .unwrap_or_default();
            return Redirect::to(&format!("/sign-in?next={}", encode(&here))).into_response();
        }
        return show(host, parts, function, fields, Err(error)).await;
    }
    let value = String::from_utf8_lossy(&body).into_owned();
    // A function without a value has done its work: the page is fetched anew.
    if matches!(value.as_str(), "null" | "") {
        let here = parts
            .extensions
            .get::<Visit>()
            .map_or_else(|| "/".to_owned(), Visit::here);
        return Redirect::to(&here).into_response();
    }
    show(host, parts, function, fields, Ok(value)).await
}

/// The page again, with what was typed.
async fn show(
    host: &Host,
    mut parts: Parts,
    function: String,
    mut fields: Vec<(String, String)>,
    outcome: Result<String, AppError>,
) -> Response {
    const SECRET: [&str; 3] = ["password", "current", "new"];
    fields.retain(|(name, _)| !SECRET.contains(&name.as_str()));
    parts.headers.remove(header::CONTENT_LENGTH);
    let request = Request::from_parts(parts, Body::empty());
    let form = PostedForm {
        function,
        fields,
        outcome,
    };
    pages::render(host, request, Some(form)).await
}
