//! Certificates as files, and what others need to check them: the school's profile, its keys, what was revoked.

use app::{error::AppError, server::Client, visit::Visit};
use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use backend::Error;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::certificate::Code;

use super::pages;
use crate::Host;

pub fn router() -> Router<Host> {
    Router::new()
        .route("/certificates/{code}", get(pdf).post(pages::page))
        .route("/certificates/{code}/credential.jwt", get(token))
        .route("/certificates/{code}/credential.json", get(readable))
        .route("/certificates/keys/{id}", get(key))
        .route("/certificates/status/{number}", get(status_list))
        .route("/.well-known/jwks.json", get(key_set))
        .route("/school/issuer.json", get(issuer))
}

/// `/certificates/{code}.pdf`; without the ending it is a page.
async fn pdf(State(host): State<Host>, Path(name): Path<String>, request: Request) -> Response {
    let Some(code) = name.strip_suffix(".pdf") else {
        return pages::page(State(host), request).await;
    };
    let client = request.extensions().get::<Client>();
    let address = client.map(|client| client.visitor.address.clone());
    let drawn = async {
        let code = parse(code)?;
        let address = address.unwrap_or_default();
        Ok((host.backend.certificate_pdf(&code, &address).await?, code))
    };
    match drawn.await {
        Ok((bytes, code)) => {
            let mut response = typed("application/pdf", bytes);
            let name = format!("inline; filename=\"certificate-{code}.pdf\"");
            if let Ok(name) = HeaderValue::from_str(&name) {
                response
                    .headers_mut()
                    .insert(header::CONTENT_DISPOSITION, name);
            }
            unlisted(response)
        }
        Err(error) => failure(error),
    }
}

/// The credential as it was signed: a JWT.
async fn token(State(host): State<Host>, Path(code): Path<String>) -> Response {
    let credential = async { host.backend.credential(&parse(&code)?).await };
    match credential.await {
        Ok(token) => unlisted(open(typed("application/vc+jwt", token))),
        Err(error) => failure(error),
    }
}

/// What the credential says, for people and programs that only read.
async fn readable(State(host): State<Host>, Path(code): Path<String>) -> Response {
    let claims = async {
        let token = host.backend.credential(&parse(&code)?).await?;
        let claims = token.split('.').nth(1).unwrap_or_default();
        URL_SAFE_NO_PAD.decode(claims).map_err(Error::internal)
    };
    match claims.await {
        Ok(claims) => unlisted(open(typed("application/json", claims))),
        Err(error) => failure(error),
    }
}

async fn key(State(host): State<Host>, Path(id): Path<String>) -> Response {
    match host.backend.public_key(&id).await {
        Ok(key) => open(typed("application/jwk+json", key.to_string())),
        Err(error) => failure(error),
    }
}

async fn key_set(State(host): State<Host>) -> Response {
    match host.backend.key_set().await {
        Ok(keys) => open(typed("application/jwk-set+json", keys.to_string())),
        Err(error) => failure(error),
    }
}

/// Short-lived in every cache: a certificate may be revoked at any time.
async fn status_list(State(host): State<Host>, Path(number): Path<String>) -> Response {
    let list = async {
        let number = number.parse().map_err(|_| Error::NotFound)?;
        host.backend.status_list(number).await
    };
    match list.await {
        Ok(token) => open(typed("application/vc+jwt", token)),
        Err(error) => failure(error),
    }
}

async fn issuer(State(host): State<Host>, request: Request) -> Response {
    let visit = request.extensions().get::<Visit>();
    let locale = visit.map(|visit| visit.locale).unwrap_or_default();
    open(Json(host.backend.issuer_profile(locale.tag())).into_response())
}

fn parse(code: &str) -> Result<Code, Error> {
    Code::parse(code).map_err(|_| Error::NotFound)
}

fn typed(kind: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// For programs of other sites, and for five minutes.
fn open(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "public, max-age=300"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whoever has the address may see it; search engines are not told.
fn unlisted(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    // A certificate may be revoked at any time.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

fn failure(error: Error) -> Response {
    let status = StatusCode::from_u16(AppError::from(error).status());
    (
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        [(header::CACHE_CONTROL, "no-store")],
    )
        .into_response()
}
