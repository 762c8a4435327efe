//! Files that the console gives away.

use app::{
    error::AppError,
    visit::{Visit, encode},
};
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use backend::console::Eyes;
use domain::console::OrderFilter;

use super::pages;
use crate::Host;

pub fn router() -> Router<Host> {
    Router::new()
        .route("/console/orders.csv", get(orders))
        .route("/console/coupons/{coupon}/codes.csv", get(codes))
}

/// Who asks, and how much they see; else the answer that they get.
async fn eyes(host: &Host, request: Request) -> Result<(Visit, Eyes), Response> {
    let visit = request
        .extensions()
        .get::<Visit>()
        .cloned()
        .unwrap_or_default();
    let Some(user) = &visit.user else {
        let next = format!("/sign-in?next={}", encode(&visit.here()));
        return Err(Redirect::to(&next).into_response());
    };
    match Eyes::of(user) {
        Ok(eyes) => Ok((visit, eyes)),
        Err(error) => Err(pages::failure(host, request, AppError::from(error)).await),
    }
}

/// The orders that a filter leaves, piece by piece, so that no number of them fills the memory. What fails after the
/// first piece breaks the connection off: a file that ends too early must not look whole.
async fn orders(State(host): State<Host>, request: Request) -> Response {
    let (visit, eyes) = match eyes(&host, request).await {
        Ok(known) => known,
        Err(answer) => return answer,
    };
    let mut filter = OrderFilter::of(&visit.query);
    filter.after = None;
    let first = Some((filter, true));
    let pieces = futures::stream::try_unfold(first, move |state| {
        let backend = host.backend.clone();
        async move {
            let Some((mut filter, head)) = state else {
                return Ok::<_, backend::Error>(None);
            };
            let list = backend.console_orders_piece(eyes, &filter).await?;
            let text = app::console::orders_csv(visit.locale, &backend.zone, &list.rows, head);
            filter.after = list.next;
            let next = list.next.map(|_| (filter, false));
            Ok(Some((text, next)))
        }
    });
    file("orders.csv", Body::from_stream(pieces))
}

/// Codes of a batch that each work once.
async fn codes(State(host): State<Host>, Path(coupon): Path<String>, request: Request) -> Response {
    let (visit, _) = match eyes(&host, request).await {
        Ok(known) => known,
        Err(answer) => return answer,
    };
    let Ok(coupon) = coupon.parse() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let batch = visit.query("batch").unwrap_or_default();
    file(
        "codes.csv",
        Body::from_stream(host.backend.batch_csv(coupon, batch)),
    )
}

fn file(name: &str, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
