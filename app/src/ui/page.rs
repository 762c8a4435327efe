use std::future::Future;

use leptos::{prelude::*, tachys::html::InertElement};
use leptos_meta::{Link, Meta, Title};

use super::{Icon, IconName, form::error_text};
use crate::{
    error::AppError,
    i18n::{self, Locale},
    t,
    visit::{Visit, encode},
};

/// Title and description of a page, for browsers, search engines and social cards.
#[component]
pub fn Page(
    title: String,
    #[prop(optional, into)] description: Option<String>,
    /// Path of a picture for social cards.
    #[prop(optional_no_strip)]
    picture: Option<String>,
    /// A page that search engines should not list.
    #[prop(optional)]
    private: bool,
    children: Children,
) -> impl IntoView {
    let visit = Visit::current();
    let canonical = format!("{}{}", visit.origin, visit.path);
    let alternates = Locale::ALL.map(|locale| view! { <Link rel="alternate" hreflang=locale.tag() href=i18n::in_language(&visit, locale)/> });
    view! {
        <Title text=format!("{title} · {}", t!("school"))/>
        {description.map(|text| view! {
            <Meta name="description" content=text.clone()/>
            <Meta property="og:description" content=text/>
        })}
        <Meta property="og:title" content=title/>
        <Meta property="og:site_name" content=t!("school")/>
        <Meta property="og:url" content=canonical.clone()/>
        {picture.map(|path| view! { <Meta property="og:image" content=format!("{}{path}", visit.origin)/> })}
        {if private {
            view! { <Meta name="robots" content="noindex"/> }.into_any()
        } else {
            view! { <Link rel="canonical" href=canonical/> {alternates.collect_view()} }.into_any()
        }}
        {notice(&visit)}
        {children()}
    }
}

/// What the last form did, said on the page that it led to.
fn notice(visit: &Visit) -> Option<impl IntoView + use<>> {
    let key = format!("notice-{}", visit.query("notice")?);
    i18n::has_message(visit.locale, &key).then(|| view! { <Notice text=t!(key.as_str())/> })
}

#[component]
pub fn Notice(text: String) -> impl IntoView {
    view! {
        <div class="notice" role="status">
            <Icon name=IconName::CircleCheck/>
            <p>{text}</p>
        </div>
    }
}

/// HTML that the server has rendered and sanitised. The only place where markup comes from a string.
#[component]
pub fn Html(
    html: String,
    #[prop(optional, into)] class: Option<&'static str>,
    #[prop(optional)] inline: bool,
) -> impl IntoView {
    if inline {
        view! { <span class=class inner_html=html></span> }.into_any()
    } else {
        view! { <div class=class inner_html=html></div> }.into_any()
    }
}

/// A page whose content has to be fetched. It is complete when it is sent, so it needs no JavaScript; what goes
/// wrong becomes an error page with its status.
///
/// Not inside a `<Suspense>`: that would ask for the content twice, and there is nothing to fall back to.
pub fn page<F>(content: F) -> impl IntoView
where
    F: Future<Output = Result<AnyView, AppError>> + Send + 'static,
{
    Suspend::new(async move {
        let view = match content.await {
            Ok(view) => view,
            Err(error) => error_page(&error),
        };
        // Rendered here, where the owner is this request's. Left to the stream it would be rendered on any thread,
        // and would find no contexts there, or those of another request.
        InertElement::new(view.to_html())
    })
}

/// Says what happened and what to do. A visitor who only has to sign in is sent there and comes back.
pub fn error_page(error: &AppError) -> AnyView {
    if *error == AppError::SignInRequired {
        redirect(&format!(
            "/sign-in?next={}",
            encode(&Visit::current().here())
        ));
    } else {
        // After a redirect a status of its own would keep browsers from following it.
        set_status(error.status());
    }
    let reference = (*error == AppError::Internal).then(|| Visit::current().request_id);
    let (title, text) = match error {
        AppError::NotFound => (t!("not-found-title"), t!("not-found-text")),
        other => (t!("error-title"), error_text(other)),
    };
    view! {
        <Page title=title.clone() private=true>
            <div class="lost">
                <svg class="lost-picture" viewBox="0 0 320 120" aria-hidden="true">
                    <path class="coverage-walked" d="M0 96C60 96 70 60 120 62"/>
                    <path class="coverage-ahead" d="M120 62C180 64 200 30 320 28"/>
                    <path class="lost-blaze" d="M120 40 135 62 120 84 105 62z"/>
                </svg>
                <h1>{title}</h1>
                <p>{text}</p>
                {reference.map(|id| view! { <p class="meta">{t!("error-reference", "id" => id)}</p> })}
                <p class="actions">
                    <a class="button button-main" href="/">{t!("to-front")}</a>
                    " "
                    <a class="button" href="/courses">{t!("all-courses")}</a>
                </p>
            </div>
        </Page>
    }
    .into_any()
}

/// The host's answer to a redirect or a status; nothing on the browser's side.
pub fn redirect(path: &str) {
    if let Some(host) = use_context::<Host>() {
        (host.redirect)(path);
    }
}

fn set_status(status: u16) {
    if let Some(host) = use_context::<Host>() {
        (host.set_status)(status);
    }
}

/// What pages may tell the host, which provides it as a context. Functions, so that pages need not know axum.
#[derive(Clone, Copy)]
pub struct Host {
    pub redirect: fn(&str),
    pub set_status: fn(u16),
}
