//! A learner's notes as files to take away.

use app::{
    error::AppError,
    visit::{Visit, encode},
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::note::Note;
use serde_json::json;

use super::pages;
use crate::Host;

pub async fn markdown(State(host): State<Host>, request: Request) -> Response {
    export(&host, request, "notes.md", |visit, notes| {
        let text = app::note::markdown(visit.locale, notes);
        (
            [(header::CONTENT_TYPE, "text/markdown; charset=utf-8")],
            text,
        )
            .into_response()
    })
    .await
}

/// Every note with all that is known of it, in a form that other programs can read.
pub async fn json(State(host): State<Host>, request: Request) -> Response {
    export(&host, request, "notes.json", |_, notes| {
        Json(json!({ "format": "waymark-notes-1", "notes": notes })).into_response()
    })
    .await
}

async fn export(
    host: &Host,
    request: Request,
    file: &str,
    write: fn(&Visit, &[Note]) -> Response,
) -> Response {
    let visit = request
        .extensions()
        .get::<Visit>()
        .cloned()
        .unwrap_or_default();
    let Some(user) = &visit.user else {
        return Redirect::to(&format!("/sign-in?next={}", encode(&visit.here()))).into_response();
    };
    let notes = match host.backend.all_notes(user.id).await {
        Ok(notes) => notes,
        Err(error) => return pages::failure(host, request, AppError::from(error)).await,
    };
    let mut response = write(&visit, &notes);
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
