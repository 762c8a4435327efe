use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::Host;

/// The process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The database answers too, and has every migration.
pub async fn ready(State(host): State<Host>) -> Response {
    match host.backend.db.is_ready().await {
        Ok(true) => "ready\n".into_response(),
        Ok(false) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database is not migrated\n",
        )
            .into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
                .into_response()
        }
    }
}

/// In Prometheus' text format.
pub async fn metrics(State(host): State<Host>) -> Response {
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4")],
        host.metrics.render(),
    )
        .into_response()
}
