//! The HTTP host: routes and what stands before them. It holds no rules of the portal.

pub mod config;
pub mod demo;
pub mod listen;
mod middleware;
mod routes;
mod state;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, post},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate, predicate::NotForContentType},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
};

pub use state::{Host, Settings};

/// A form or a server function's arguments: nothing the portal takes in is larger.
const MAX_BODY: usize = 256 * 1024;

/// Everything that the portal answers.
pub fn router(host: Host) -> Router {
    // Pages are rendered on tokio's threads; a second router in one process finds this done.
    let _ = any_spawner::Executor::init_tokio();
    let request_id = HeaderName::from_static("x-request-id");
    let timeout = TimeoutLayer::with_status_code(
        StatusCode::SERVICE_UNAVAILABLE,
        std::time::Duration::from_secs(30),
    );
    let compressed = CompressionLayer::new().compress_when(
        DefaultPredicate::new()
            .and(NotForContentType::const_new("video/"))
            .and(NotForContentType::const_new("audio/")),
    );

    let pages = Router::new()
        .route("/api/{*function}", any(routes::pages::server_function))
        .route("/media/{course}/{lesson}/{*path}", get(routes::media::file))
        .merge(routes::certificates::router())
        .merge(routes::console::router())
        .merge(routes::receipts::router())
        .route("/notes/export.md", get(routes::notes::markdown))
        .route("/notes/export.json", get(routes::notes::json))
        .route("/sitemap.xml", get(routes::feeds::sitemap))
        .route("/robots.txt", get(routes::feeds::robots))
        .route(
            "/courses/{course}/offline.json",
            get(routes::offline::keep_list),
        )
        .route("/manifest.webmanifest", get(routes::feeds::manifest))
        .fallback(routes::pages::page)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(
            host.clone(),
            middleware::visit::identify,
        ))
        .layer(from_fn_with_state(host.clone(), middleware::origin::check));

    Router::new()
        .route("/healthz", get(routes::health::live))
        .route("/readyz", get(routes::health::ready))
        .route("/metrics", get(routes::health::metrics))
        .route("/webhooks/{provider}", post(routes::webhooks::take))
        .merge(routes::assets::router(&host))
        .fallback_service(pages.with_state(host.clone()))
        .with_state(host.clone())
        .layer(compressed)
        .layer(timeout)
        .layer(CatchPanicLayer::custom(middleware::panic::answer))
        .layer(from_fn_with_state(host, middleware::headers::add))
        .layer(from_fn(middleware::log::request))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .layer(
            tower_http::sensitive_headers::SetSensitiveHeadersLayer::new([
                header::COOKIE,
                header::AUTHORIZATION,
                header::SET_COOKIE,
            ]),
        )
}
