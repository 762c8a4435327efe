//! Nobody else's page may post here in a reader's name.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::Host;

/// Lets only safe methods and requests from this site's own pages through. Session cookies are `SameSite=Lax`
/// besides; a program that sends no `Origin` has no reader's cookies to misuse.
pub async fn check(State(host): State<Host>, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || is_own(&host.settings.public_url, request.headers()) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "This request came from another site's page.\n",
    )
        .into_response()
}

fn is_own(public_url: &str, headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("?"))
    };
    if text("sec-fetch-site".parse().unwrap_or(header::ORIGIN))
        .is_some_and(|site| site == "cross-site")
    {
        return false;
    }
    match text(header::ORIGIN) {
        None => true,
        Some(origin) if origin == public_url => true,
        // On a machine of one's own the portal is reached by more than one name.
        Some(origin) => {
            let host = text(header::HOST).unwrap_or_default();
            !host.is_empty()
                && origin
                    .split_once("://")
                    .is_some_and(|(_, authority)| authority == host)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| {
                (
                    name.parse().expect("a name"),
                    value.parse().expect("a value"),
                )
            })
            .collect();
        is_own("https://school.example", &headers)
    }

    #[test]
    fn only_own_pages_may_post() {
        assert!(own(&[("origin", "https://school.example")]));
        assert!(own(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ]));
        assert!(own(&[]), "no browser");
        assert!(!own(&[
            ("origin", "https://evil.example"),
            ("host", "school.example")
        ]));
        assert!(!own(&[("origin", "null"), ("host", "school.example")]));
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
    }
}
