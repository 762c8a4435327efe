//! What every page has around it.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::MetaTags;

use crate::{
    App,
    account::{SetPreferences, SignOut},
    console::ConsoleLink,
    i18n::Locale,
    offline, t,
    ui::{Form, Icon, IconName},
    visit::{Appearance, Visit, encode},
};

/// The document. Only lessons, checkout and orders that are waited for have islands, so only they load WASM. The doors
/// and whatever tells the time ask the browser where it is.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let visit = Visit::current();
    let appearance = visit.appearance.clone();
    let has_islands = visit.path.contains("/lessons/")
        || visit.path.starts_with("/checkout/")
        || (visit.path.starts_with("/orders/") && visit.query("paid").is_some());
    let kind = page_kind(&visit);
    view! {
        <!DOCTYPE html>
        <html
            lang=visit.locale.tag()
            data-theme=appearance.theme
            data-text=appearance.text
            data-motion=appearance.motion
            data-account=visit.account.clone()
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <offline::ThemeColour theme=appearance.theme/>
                <link rel="stylesheet" href=stylesheet(&options)/>
                <script src="/offline.js" defer=true></script>
                {has_islands.then(|| view! { <HydrationScripts options islands=true/> })}
                {matches!(kind, "gate" | "course" | "checkout" | "orders").then(|| view! { <script src="/zone.js" defer=true></script> })}
                <MetaTags/>
            </head>
            <body data-page=kind>
                <App/>
            </body>
        </html>
    }
}

/// Path of the style sheet; its name carries its hash where the build made one.
fn stylesheet(options: &LeptosOptions) -> String {
    static HASH: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
    let hash = HASH.get_or_init(|| {
        let folder = std::env::current_exe().ok()?.parent()?.to_owned();
        let hashes = std::fs::read_to_string(folder.join(options.hash_file.as_ref())).ok()?;
        let hash = hashes
            .lines()
            .find_map(|line| line.trim().strip_prefix("css:"))?;
        Some(hash.trim().to_owned())
    });
    let name = &options.output_name;
    match hash.as_ref().filter(|_| options.hash_files) {
        Some(hash) => format!("/{}/{name}.{hash}.css", options.site_pkg_dir),
        None => format!("/{}/{name}.css", options.site_pkg_dir),
    }
}

fn page_kind(visit: &Visit) -> &'static str {
    let parts: Vec<&str> = visit.path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        [""] if visit.user.is_some() => "today",
        [""] => "front",
        ["courses"] => "catalogue",
        ["courses", _] => "course",
        ["checkout", _] => "checkout",
        ["orders", ..] => "orders",
        ["courses", _, "lessons", _] => "lesson",
        ["learning"] => "learning",
        ["certificates", "verify"] => "verify",
        ["certificates", _] => "certificate",
        ["notes", ..] => "notes",
        ["account"] => "account",
        ["agreement", ..] => "agreement",
        ["console", ..] => "console",
        ["offline"] => "lost",
        [
            "join" | "sign-in" | "sign-out" | "forgot-password" | "reset-password"
            | "confirm-email" | "welcome" | "unsubscribe",
            ..,
        ] => "gate",
        _ => "lost",
    }
}

#[component]
pub fn Header() -> impl IntoView {
    let visit = Visit::current();
    let current = |path: &str| (visit.path == path).then_some("page");
    let signed_in = visit.user.is_some();
    // Staff have the console there; there is no room for both.
    let user = visit.user.as_ref();
    let is_learner = user.is_some_and(|user| !user.role.has_console());
    view! {
        <header class="site-header">
            <a class="site-mark" href="/" aria-label=t!("to-front-mark")>
                <svg class="mark" viewBox="0 0 20 28" aria-hidden="true"><path d="M10 1 19 14 10 27 1 14z"/></svg>
                <span class="site-name">{t!("school")}</span>
            </a>
            <nav class="site-nav" aria-label=t!("nav-main")>
                <a href="/courses" aria-current=current("/courses")>{t!("courses")}</a>
                {signed_in.then(|| view! { <a href="/learning" aria-current=current("/learning")>{t!("my-learning")}</a> })}
                <ConsoleLink user=visit.user.clone()/>
            </nav>
            <div class="site-tools">
                {is_learner.then(|| view! {
                    <a class="tool tool-continue" href="/learning/continue" title=t!("to-my-place")>
                        <Icon name=IconName::Play/>
                        <span class="visually-hidden">{t!("to-my-place")}</span>
                    </a>
                })}
                <button class="tool tool-language" type="button" popovertarget="language-menu">
                    <Icon name=IconName::Globe/>
                    <span class="visually-hidden">{t!("language")}</span>
                </button>
                <div class="menu menu-language" id="language-menu" popover>
                    <Languages class="menu-list"/>
                </div>
                <button class="tool tool-appearance" type="button" popovertarget="appearance-menu">
                    <Icon name=IconName::ALargeSmall/>
                    <span class="visually-hidden">{t!("appearance")}</span>
                </button>
                <div class="menu menu-appearance" id="appearance-menu" popover>
                    <AppearanceMenu appearance=visit.appearance.clone()/>
                </div>
                {if signed_in {
                    view! {
                        <a class="tool tool-account" href="/account" aria-current=current("/account")>
                            <Icon name=IconName::User/>
                            <span class="tool-text">{t!("account")}</span>
                        </a>
                        <Form action=SignOut::url() class="sign-out sign-out-header">
                            <button class="tool tool-plain" type="submit">{t!("sign-out")}</button>
                        </Form>
                    }.into_any()
                } else {
                    view! { <a class="tool tool-plain" href=sign_in_url(&visit)>{t!("sign-in")}</a> }.into_any()
                }}
            </div>
        </header>
    }
}

/// Signing in leads back here, unless this is a place where one does not want to return to.
fn sign_in_url(visit: &Visit) -> String {
    match page_kind(visit) {
        "gate" | "lost" | "front" => "/sign-in".to_owned(),
        _ => format!("/sign-in?next={}", encode(&visit.here())),
    }
}

#[component]
fn Languages(class: &'static str) -> impl IntoView {
    let visit = Visit::current();
    let kept: Vec<String> = visit
        .query
        .iter()
        .filter(|(key, _)| key != "lang" && key != "notice")
        .map(|(key, value)| format!("&{}={}", encode(key), encode(value)))
        .collect();
    let kept = kept.concat();
    let items = Locale::ALL.map(|locale| {
        let tag = locale.tag();
        view! {
            <li>
                <a
                    href=format!("?lang={tag}{kept}")
                    hreflang=tag
                    lang=tag
                    rel="nofollow"
                    aria-current=(locale == visit.locale).then_some("true")
                >{locale.name()}</a>
            </li>
        }
    });
    view! { <ul class=class>{items.collect_view()}</ul> }
}

#[component]
fn AppearanceMenu(appearance: Appearance) -> impl IntoView {
    let theme = appearance.theme.unwrap_or("system");
    let text = appearance.text.unwrap_or("m");
    view! {
        <Form action=SetPreferences::url() class="menu-form">
            <fieldset class="menu-group"><legend>{t!("theme")}</legend>{themes(theme)}</fieldset>
            <fieldset class="menu-group menu-group-row"><legend>{t!("text-size")}</legend>{sizes(text)}</fieldset>
        </Form>
    }
}

fn themes(chosen: &str) -> Vec<AnyView> {
    let values = std::iter::once("system").chain(Appearance::THEMES);
    let button = |value: &'static str| {
        let label = t!(format!("theme-{value}").as_str());
        view! { <button name="theme" value=value aria-pressed=pressed(value == chosen)>{label}</button> }
    };
    values.map(|value| button(value).into_any()).collect()
}

fn sizes(chosen: &str) -> Vec<AnyView> {
    let button = |value: &'static str| {
        let label = t!(format!("text-{value}").as_str());
        view! { <button name="text" value=value aria-pressed=pressed(value == chosen) aria-label=label>"A"</button> }
    };
    Appearance::TEXT_SIZES
        .into_iter()
        .map(|value| button(value).into_any())
        .collect()
}

fn pressed(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

#[component]
pub fn Footer() -> impl IntoView {
    let signed_in = Visit::current().user.is_some();
    view! {
        <footer class="site-footer">
            <p class="site-footer-about">{t!("about")}</p>
            <nav class="site-footer-links" aria-label=t!("nav-footer")>
                <ul>
                    <li><a href="/courses">{t!("all-courses")}</a></li>
                    <li><a href="/agreement">{t!("agreement-title")}</a></li>
                    {signed_in.then(|| view! { <li><a href="/notes">{t!("my-notes")}</a></li> })}
                </ul>
                <Languages class="site-footer-languages"/>
            </nav>
            {signed_in.then(|| view! {
                <Form action=SignOut::url() class="sign-out sign-out-footer">
                    <button class="button button-quiet" type="submit"><Icon name=IconName::LogOut/>{t!("sign-out")}</button>
                </Form>
            })}
        </footer>
    }
}
