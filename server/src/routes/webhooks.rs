//! Notices of payment gateways: `POST /webhooks/{provider}`.
//!
//! They come from no browser, so neither the check of the origin nor a session stands before them: a signature does.
//! What is wrong with one is in the log and not in the answer.

use axum::{
    body::to_bytes,
    extract::{Path, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::Error;

use crate::{Host, MAX_BODY, middleware::visit};

pub async fn take(
    State(host): State<Host>,
    Path(provider): Path<String>,
    request: Request,
) -> Response {
    let address = visit::address(&host, &request);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return answer(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let taken = host
        .backend
        .take_notice(&provider, &parts.headers, &body, &address)
        .await;
    answer(match taken {
        Ok(()) => StatusCode::OK,
        Err(Error::NotFound) => StatusCode::NOT_FOUND,
        Err(Error::Forbidden) => StatusCode::UNAUTHORIZED,
        Err(Error::Invalid(_)) => StatusCode::BAD_REQUEST,
        Err(Error::TooManyAttempts { .. }) => StatusCode::TOO_MANY_REQUESTS,
        // The gateway comes again.
        Err(error) => {
            tracing::warn!(%error, provider, "a payment notice was not taken");
            StatusCode::SERVICE_UNAVAILABLE
        }
    })
}

fn answer(status: StatusCode) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}
