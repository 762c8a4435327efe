//! Receipts as files, and what mail programs post by themselves.

use app::{error::AppError, server::Client, visit::Visit};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{FromRequest, Path, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use backend::{Error, checkout::Asker};
use domain::{account::Role, ids::OrderId};

use super::pages;
use crate::Host;

pub fn router() -> Router<Host> {
    Router::new()
        .route("/orders/{order}/receipt.pdf", get(pdf))
        .route("/unsubscribe/{token}", get(pages::page).post(unsubscribe))
}

/// For the buyer, with an account or with the key that a cookie holds, and for admins.
async fn pdf(State(host): State<Host>, Path(order): Path<String>, request: Request) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let visit = visit.unwrap_or_default();
    let askers = askers(&visit, &request);
    match receipt(&host, &order, &visit, askers).await {
        Ok(bytes) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            for (name, value) in [
                (header::CONTENT_TYPE, "application/pdf"),
                (
                    header::CONTENT_DISPOSITION,
                    "inline; filename=\"receipt.pdf\"",
                ),
                (header::CACHE_CONTROL, "private, no-store"),
                (HeaderName::from_static("x-robots-tag"), "noindex"),
                // Without the sandbox of other files: viewers of PDF do not open in one.
                (
                    header::CONTENT_SECURITY_POLICY,
                    "default-src 'none'; frame-ancestors 'none'",
                ),
            ] {
                headers.insert(name, HeaderValue::from_static(value));
            }
            response
        }
        Err(error) => pages::failure(&host, request, AppError::from(error)).await,
    }
}

async fn receipt(
    host: &Host,
    order: &str,
    visit: &Visit,
    askers: Vec<Asker>,
) -> Result<Vec<u8>, Error> {
    let order: OrderId = order.parse().map_err(|_| Error::NotFound)?;
    let (language, zone) = (visit.locale.tag(), visit.zone.as_deref());
    for asker in askers {
        match host
            .backend
            .receipt_pdf(&asker, order, language, zone)
            .await
        {
            Err(Error::NotFound) => {}
            other => return other,
        }
    }
    Err(Error::NotFound)
}

/// As whom the visitor may ask, the likeliest first.
fn askers(visit: &Visit, request: &Request) -> Vec<Asker> {
    let mut askers = Vec::new();
    if let Some(user) = &visit.user {
        askers.push(Asker::User(user.id));
        if user.role == Role::Admin {
            askers.push(Asker::Staff(user.id));
        }
    }
    let keys = request.extensions().get::<Client>();
    let keys = keys.map(|client| client.keys.clone()).unwrap_or_default();
    let guests = [keys.order, keys.buyer].into_iter().flatten();
    askers.extend(guests.map(|key| Asker::Guest { key }));
    askers
}

/// A press of the page's button, or the one click of a mail program, which brings no cookies and wants no page
/// (RFC 8058).
async fn unsubscribe(
    State(host): State<Host>,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let read = Request::from_parts(parts.clone(), body);
    let Ok(body) = Bytes::from_request(read, &()).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    if !is_one_click(&body) {
        return pages::page(State(host), Request::from_parts(parts, Body::from(body))).await;
    }
    let client = parts.extensions.get::<Client>();
    let address = client.map(|client| client.visitor.address.clone());
    let stopped = host
        .backend
        .stop_reminders(&token, &address.unwrap_or_default())
        .await;
    match stopped {
        Ok(()) => StatusCode::OK.into_response(),
        Err(Error::Invalid(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(AppError::from(error).status());
            status
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response()
        }
    }
}

/// `List-Unsubscribe=One-Click`, as a form of either kind.
fn is_one_click(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    text.contains("List-Unsubscribe") && text.contains("One-Click")
}
