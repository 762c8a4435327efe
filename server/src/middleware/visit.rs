//! Who visits, in which language, and how pages should look to them.

use std::net::SocketAddr;

use app::{
    i18n::Locale,
    server::{
        Client, SESSION_COOKIE,
        buyer::{BUYER_COOKIE, Keys, ORDER_COOKIE},
    },
    visit::{Appearance, Visit},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use backend::account::Visitor;
use domain::{account::User, ids::SessionId, player::Preferences};

use super::coupon;
use crate::{
    Host,
    routes::{offline, pages},
};

/// Makes the [`Visit`] and the [`Client`] that pages and server functions ask for.
pub async fn identify(State(host): State<Host>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let token = jar
        .get(SESSION_COOKIE)
        .map(|cookie| cookie.value().to_owned());
    let session = match token {
        None => None,
        Some(token) => match host.backend.session(&token).await {
            Ok(session) => session,
            // Without the database nobody is known: better say so than show a stranger's page.
            Err(error) => {
                return pages::failure(&host, request, error.into())
                    .await
                    .into_response();
            }
        },
    };
    let (session, user) = session.map(|session| (session.id, session.user)).unzip();
    let query: Vec<(String, String)> =
        serde_urlencoded::from_str(request.uri().query().unwrap_or_default()).unwrap_or_default();
    let asked = query
        .iter()
        .find(|(key, _)| key == "lang")
        .and_then(|(_, tag)| Locale::from_tag(tag));
    let locale = asked
        .or_else(|| Locale::from_tag(jar.get("lang")?.value()))
        .or_else(|| {
            Locale::from_tag(
                user.as_ref()
                    .and_then(|user: &User| user.language.as_deref())?,
            )
        })
        .unwrap_or_else(|| Locale::negotiate(text(request.headers(), header::ACCEPT_LANGUAGE)));
    let account = user
        .as_ref()
        .map(|user: &User| backend::offline::account_tag(user.id));
    let brought = coupon::brought(&query);
    let visit = Visit {
        account: account.clone(),
        user,
        locale,
        appearance: appearance(&jar),
        zone: jar
            .get("zone")
            .map(|cookie| cookie.value().chars().take(64).collect()),
        preferences: jar
            .get("player")
            .map(|cookie| Preferences::from_text(cookie.value()))
            .unwrap_or_default(),
        now: host.backend.clock.now(),
        coupon: coupon::code(brought.as_deref(), &jar),
        save_data: text(request.headers(), "save-data").eq_ignore_ascii_case("on"),
        phone: is_phone(request.headers()),
        path: request.uri().path().to_owned(),
        query,
        origin: host.settings.public_url.clone(),
        request_id: text(request.headers(), "x-request-id").to_owned(),
        form: None,
        failure: None,
    };
    let client = Client {
        visitor: visitor(&host, &request, session),
        prefetch: text(request.headers(), "sec-purpose").starts_with("prefetch")
            || request.headers().contains_key(offline::KEEP),
        secure: host.settings.secure(),
        keys: Keys {
            buyer: jar
                .get(BUYER_COOKIE)
                .map(|cookie| cookie.value().to_owned()),
            order: jar
                .get(ORDER_COOKIE)
                .map(|cookie| cookie.value().to_owned()),
        },
    };
    request.extensions_mut().insert(visit);
    request.extensions_mut().insert(client);
    let mut response = next.run(request).await;
    offline::name_account(&mut response, account.as_deref());
    let secure = if host.settings.secure() {
        "; Secure"
    } else {
        ""
    };
    let language = asked.map(|locale| {
        format!(
            "lang={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}",
            locale.tag()
        )
    });
    let brought = brought.map(|code| coupon::cookie(&code, secure));
    for cookie in language.into_iter().chain(brought) {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Only values that the style sheet knows.
fn appearance(jar: &CookieJar) -> Appearance {
    let one_of = |name: &str, values: &[&'static str]| {
        let value = jar.get(name)?.value();
        values.iter().copied().find(|known| *known == value)
    };
    Appearance {
        theme: one_of("theme", &Appearance::THEMES),
        text: one_of("text", &Appearance::TEXT_SIZES),
        motion: one_of("motion", &Appearance::MOTION),
    }
}

/// Chromium says it in a hint of its own, the others in their names.
fn is_phone(headers: &HeaderMap) -> bool {
    match text(headers, "sec-ch-ua-mobile") {
        "" => text(headers, header::USER_AGENT).contains("Mobi"),
        hint => hint == "?1",
    }
}

fn visitor(host: &Host, request: &Request, session: Option<SessionId>) -> Visitor {
    let user_agent = text(request.headers(), header::USER_AGENT)
        .chars()
        .take(300)
        .collect();
    Visitor {
        user_agent,
        address: address(host, request),
        session,
    }
}

/// Where a request comes from, as far as that can be known.
pub fn address(host: &Host, request: &Request) -> String {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| peer.0.ip().to_string());
    // The last address is the one that our proxy saw; those before it anyone may have written.
    let forwarded = text(request.headers(), "x-forwarded-for")
        .rsplit(',')
        .next()
        .map(str::trim)
        .filter(|ip| !ip.is_empty());
    let address = match forwarded.filter(|_| host.settings.behind_proxy) {
        Some(address) => address.to_owned(),
        None => peer.unwrap_or_default(),
    };
    address.chars().take(64).collect()
}
