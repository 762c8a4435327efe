//! Pages and server functions.

use app::{
    error::AppError,
    server::{Client, HOST},
    visit::{PostedForm, Visit},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;

use super::{forms, offline};
use crate::Host;

/// Provides what `app` asks its host for.
fn context(host: &Host, visit: Visit, client: Client) -> impl Fn() + Clone + Send + Sync + 'static {
    let backend = host.backend.clone();
    move || {
        provide_context(HOST);
        provide_context(backend.clone());
        provide_context(visit.clone());
        provide_context(client.clone());
    }
}

/// A page, or a form that was posted to it.
pub async fn page(State(host): State<Host>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => render(&host, request, None).await,
        Method::POST => forms::post(&host, request).await,
        _ => (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD, POST")],
        )
            .into_response(),
    }
}

/// Renders the page of the request's path, after a form with what came of it.
pub async fn render(host: &Host, mut request: Request, form: Option<PostedForm>) -> Response {
    let status = form
        .as_ref()
        .and_then(|form| form.outcome.as_ref().err())
        .map(AppError::status);
    let mut visit = request
        .extensions_mut()
        .remove::<Visit>()
        .unwrap_or_default();
    let Some(client) = request.extensions_mut().remove::<Client>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    visit.form = form;
    let private = visit.user.is_some() || visit.form.is_some();
    let language = visit.locale.tag();
    let options = host.leptos.clone();
    let provide = context(host, visit, client);
    let handler = leptos_axum::render_app_async_with_context(
        move || {
            provide();
            policy();
        },
        move || app::shell::shell(options.clone()),
    );
    let mut response = handler(request).await;
    if let (StatusCode::OK, Some(status)) = (
        response.status(),
        status.and_then(|status| StatusCode::from_u16(status).ok()),
    ) {
        *response.status_mut() = status;
    }
    let headers = response.headers_mut();
    // Language, theme and person decide what a page holds.
    let cache = if private {
        "private, no-store"
    } else {
        "private, no-cache"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Cookie, Accept-Language, Save-Data"),
    );
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language));
    response
}

/// The content security policy of a page: its own scripts by nonce, its own everything else.
fn policy() {
    use leptos::prelude::use_context;
    let nonce = leptos::nonce::use_nonce()
        .map(|nonce| format!(" 'nonce-{nonce}'"))
        .unwrap_or_default();
    let forms = form_targets();
    let policy = format!(
        "default-src 'self'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' https: data:; \
         media-src 'self' https: blob:; connect-src 'self'; worker-src 'self'; frame-src https://www.youtube-nocookie.com; object-src 'none'; \
         base-uri 'none'; form-action {forms}; frame-ancestors 'none'"
    );
    if let (Some(response), Ok(policy)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        HeaderValue::from_str(&policy),
    ) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Where forms may lead. Those that pay lead to the gateway's page, by a redirect that browsers hold to this too.
fn form_targets() -> &'static str {
    use leptos::prelude::use_context;
    let path = use_context::<Visit>().unwrap_or_default().path;
    let pays = path.starts_with("/checkout/") || path.starts_with("/orders/");
    let is_elsewhere =
        use_context::<backend::Backend>().is_some_and(|backend| pays && !backend.gateway.is_test());
    if is_elsewhere {
        "'self' https:"
    } else {
        "'self'"
    }
}

/// A server function, called by an island.
pub async fn server_function(State(host): State<Host>, request: Request) -> Response {
    if offline::is_of_another(&request) {
        return error_response(&AppError::SignInRequired);
    }
    call(&host, request).await
}

/// Runs the server function that the request's path names.
pub async fn call(host: &Host, mut request: Request) -> Response {
    let visit = request
        .extensions_mut()
        .remove::<Visit>()
        .unwrap_or_default();
    let Some(client) = request.extensions_mut().remove::<Client>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if *request.method() != Method::POST {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")]).into_response();
    }
    let response =
        leptos_axum::handle_server_fns_with_context(context(host, visit, client), request).await;
    let mut response = response.into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The error's own status, so that logs, metrics and clients see what happened.
    if response.headers().contains_key("serverfnerror") {
        return with_status(response).await;
    }
    response
}

fn error_response(error: &AppError) -> Response {
    use leptos::server_fn::error::FromServerFnError;
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (
        status,
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        error.ser(),
    )
        .into_response()
}

async fn with_status(response: Response) -> Response {
    use leptos::server_fn::error::FromServerFnError;
    let (mut parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 64 * 1024)
        .await
        .unwrap_or_default();
    let error = AppError::de(bytes.clone());
    parts.status =
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Response::from_parts(parts, Body::from(bytes))
}

/// The portal's error page in the place of a file; a short answer where not even the visitor could be found out.
pub async fn failure(host: &Host, mut request: Request, error: AppError) -> Response {
    if let Some(visit) = request.extensions_mut().get_mut::<Visit>() {
        visit.failure = Some(error);
        // The file's own path may be that of a page too; this one is nobody's.
        *request.uri_mut() = Uri::from_static("/failure");
        return render(host, request, None).await;
    }
    let language = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let locale = app::i18n::Locale::negotiate(language);
    let text = app::i18n::message(locale, error.message(), &[]);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (
        status,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        format!("{text}\n"),
    )
        .into_response()
}
