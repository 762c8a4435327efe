//! Style sheet, scripts and icons.

use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::{Next, from_fn},
    response::Response,
};
use tower_http::services::{ServeDir, ServeFile};

use crate::Host;

/// Files beside the package that keep their names.
const FILES: [&str; 9] = [
    "favicon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable-512.png",
    "apple-touch-icon.png",
    "hls.js",
    "offline.js",
    "sw.js",
    "zone.js",
];

/// What the service worker may do: answer for this site's pages from this site's files.
const WORKER_POLICY: &str =
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";

/// Files whose name carries their hash never change; icons may.
pub fn router(host: &Host) -> Router<Host> {
    let site = &host.settings.site;
    let files = |folder: std::path::PathBuf| {
        ServeDir::new(folder)
            .precompressed_br()
            .precompressed_gzip()
    };
    let package = host.leptos.site_pkg_dir.to_string();
    let mut router = Router::new()
        .nest_service(&format!("/{package}"), files(site.join(&package)))
        .nest_service("/worker", files(site.join("worker")));
    for file in FILES {
        let file_on_disk = ServeFile::new(site.join(file))
            .precompressed_br()
            .precompressed_gzip();
        router = router.route_service(&format!("/{file}"), file_on_disk);
    }
    router.layer(from_fn(cache))
}

async fn cache(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let hashed = path.starts_with("/pkg/")
        && path
            .split('/')
            .next_back()
            .is_some_and(|name| name.split('.').count() > 2);
    let script = path == "/offline.js" || path == "/sw.js" || path.starts_with("/worker/");
    let worker = script && path != "/offline.js";
    let mut response = next.run(request).await;
    if !response.status().is_success() {
        return response;
    }
    let headers = response.headers_mut();
    let value = match (hashed, script) {
        (true, _) => "public, max-age=31536000, immutable",
        // The worker's parts have to be of one build.
        (_, true) => "no-cache",
        _ => "public, max-age=3600",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    if worker {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(WORKER_POLICY),
        );
        headers.insert(
            HeaderName::from_static("service-worker-allowed"),
            HeaderValue::from_static("/"),
        );
    }
    response
}
