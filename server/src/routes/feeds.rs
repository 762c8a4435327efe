//! Documents for machines.

use app::{error::AppError, i18n::Locale, visit::Visit};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::Host;

pub async fn sitemap(State(host): State<Host>) -> Response {
    let entries = match host.backend.sitemap().await {
        Ok(entries) => entries,
        Err(error) => {
            return StatusCode::from_u16(AppError::from(error).status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response();
        }
    };
    let origin = &host.settings.public_url;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for (path, changed) in [("/", None), ("/courses", None)]
        .into_iter()
        .map(|(path, changed)| (path.to_owned(), changed))
        .chain(
            entries
                .into_iter()
                .map(|entry| (entry.path, Some(entry.changed_at))),
        )
    {
        xml.push_str(&format!("<url><loc>{origin}{path}</loc>"));
        if let Some(changed) = changed {
            xml.push_str(&format!("<lastmod>{changed:.0}</lastmod>"));
        }
        for locale in Locale::ALL {
            let tag = locale.tag();
            xml.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{origin}{path}?lang={tag}\"/>"));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    (
        [(header::CONTENT_TYPE, "application/xml; charset=utf-8")],
        xml,
    )
        .into_response()
}

pub async fn robots(State(host): State<Host>) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /account\nDisallow: /learning\nDisallow: /notes\nDisallow: /checkout/\nDisallow: /orders\nDisallow: /api/\n\nSitemap: {}/sitemap.xml\n",
        host.settings.public_url
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// What makes the portal installable, in the visitor's language.
pub async fn manifest(request: Request) -> Response {
    let locale = request
        .extensions()
        .get::<Visit>()
        .map(|visit| visit.locale)
        .unwrap_or_default();
    let say = |key| app::i18n::message(locale, key, &[]);
    let icon = |src: &str, sizes: &str, purpose: &str| json!({ "src": src, "sizes": sizes, "type": "image/png", "purpose": purpose });
    let shortcut = |name, url: &str| json!({ "name": say(name), "url": url, "icons": [icon("/icon-192.png", "192x192", "any")] });
    let manifest = json!({
        "name": say("school"),
        "short_name": say("school"),
        "description": say("front-description"),
        "lang": locale.tag(),
        "dir": "ltr",
        "id": "/",
        "scope": "/",
        "start_url": "/",
        "display": "standalone",
        "categories": ["education"],
        "background_color": "#FBFAF6",
        "theme_color": "#FBFAF6",
        "icons": [
            icon("/icon-192.png", "192x192", "any"),
            icon("/icon-512.png", "512x512", "any"),
            icon("/icon-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            shortcut("continue-learning", "/learning/continue"),
            shortcut("my-learning", "/learning"),
            shortcut("courses", "/courses"),
        ],
    });
    (
        [(header::CONTENT_TYPE, "application/manifest+json")],
        manifest.to_string(),
    )
        .into_response()
}
