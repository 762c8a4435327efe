//! One line a request, and the numbers behind `/metrics`.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

/// Logs method, path (never the query: it may hold what a person searched for), status and milliseconds.
pub async fn request(request: Request, next: Next) -> Response {
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let method = request.method().clone();
    let path = without_secrets(request.uri().path());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("page", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", %id, %method, %path);
    async move {
        let start = Instant::now();
        let response = next.run(request).await;
        let (status, took) = (response.status().as_u16(), start.elapsed());
        metrics::counter!("http_requests_total", "method" => label(&method), "route" => route.clone(), "status" => status.to_string())
            .increment(1);
        metrics::histogram!("http_request_duration_seconds", "route" => route).record(took);
        let ms = took.as_secs_f64() * 1000.0;
        if status >= 500 {
            tracing::warn!(status, ms, "answered");
        } else {
            tracing::info!(status, ms, "answered");
        }
        response
    }
    .instrument(span)
    .await
}

/// Anyone can make up methods; each would be a series for ever.
fn label(method: &Method) -> &'static str {
    const KNOWN: [&str; 5] = ["GET", "HEAD", "POST", "OPTIONS", "PUT"];
    KNOWN
        .into_iter()
        .find(|known| *known == method.as_str())
        .unwrap_or("other")
}

/// Links that were mailed carry a secret in their path.
fn without_secrets(path: &str) -> String {
    [
        "/reset-password/",
        "/confirm-email/",
        "/welcome/",
        "/unsubscribe/",
        "/sandbox/pay/",
    ]
    .iter()
    .find(|prefix| path.starts_with(*prefix))
    .map_or_else(|| path.to_owned(), |prefix| format!("{prefix}…"))
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn mailed_keys_are_not_logged() {
        for page in [
            "/reset-password/",
            "/confirm-email/",
            "/welcome/",
            "/unsubscribe/",
            "/sandbox/pay/",
        ] {
            let logged = without_secrets(&format!("{page}secret"));
            assert_eq!(logged, format!("{page}…"));
        }
        assert_eq!(without_secrets("/courses/walk"), "/courses/walk");
    }
}
