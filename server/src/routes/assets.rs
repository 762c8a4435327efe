//! Style sheet, scripts and icons.

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{Next, from_fn},
    response::Response,
};
use tower_http::services::ServeDir;

use crate::Host;

/// Files whose name carries their hash never change; icons may.
pub fn router(host: &Host) -> Router<Host> {
    let site = &host.settings.site;
    let files = |folder: std::path::PathBuf| {
        ServeDir::new(folder)
            .precompressed_br()
            .precompressed_gzip()
    };
    let package = host.leptos.site_pkg_dir.to_string();
    let mut router = Router::new().nest_service(&format!("/{package}"), files(site.join(&package)));
    for file in [
        "favicon.svg",
        "icon-192.png",
        "icon-512.png",
        "icon-maskable-512.png",
        "apple-touch-icon.png",
        "zone.js",
    ] {
        router = router.route_service(
            &format!("/{file}"),
            tower_http::services::ServeFile::new(site.join(file)),
        );
    }
    router.layer(from_fn(cache))
}

async fn cache(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/pkg/")
        && request
            .uri()
            .path()
            .split('/')
            .next_back()
            .is_some_and(|name| name.split('.').count() > 2);
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let value = if hashed {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=3600"
        };
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    }
    response
}
