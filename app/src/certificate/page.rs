use domain::certificate::{Certificate, Qr, Standing, interface_language};
use fluent_bundle::FluentValue;
use leptos::prelude::*;

use super::api::{fetch_certificate, my_certificate};
use crate::{
    error::AppError,
    i18n::{self, Locale},
    param, t,
    ui::{Host, Icon, IconName, Page, page},
    visit::encode,
};

/// Blazes on the trail beside the text: one a lesson, and no more than fit.
const MOST_BLAZES: u32 = 24;

/// `/courses/{course}/certificate`: an address that every finished course has, without its code.
#[component]
pub fn MyCertificatePage() -> impl IntoView {
    let course = param("course");
    page(async move {
        my_certificate(course).await?;
        Ok(().into_any())
    })
    .into_any()
}

#[component]
pub fn CertificatePage() -> impl IntoView {
    let code = param("code");
    page(async move {
        match fetch_certificate(code).await {
            Err(AppError::NotFound) => Ok(view! { <Unknown/> }.into_any()),
            other => Ok(view! { <Shown certificate=other?/> }.into_any()),
        }
    })
    .into_any()
}

#[component]
fn Shown(certificate: Certificate) -> impl IntoView {
    let title = t!("certificate-of", "name" => certificate.learner.clone());
    let description = format!("{} · {}", certificate.course, t!("certificate-title"));
    let picture = Some("/icon-512.png".to_owned());
    let mine = certificate.mine;
    view! {
        <Page title=title description=description picture=picture private=true>
            <div class="certificate-page">
                <StandingNote certificate=certificate.clone()/>
                <Sheet certificate=certificate.clone()/>
                <Actions certificate=certificate.clone()/>
                {mine.then(|| view! { <Share url=certificate.url.clone()/> })}
                <p class="certificate-other"><a href="/certificates/verify">{t!("certificate-check-another")}</a></p>
            </div>
        </Page>
    }
}

/// Whether it counts, in words, with a sign.
#[component]
pub fn StandingNote(certificate: Certificate) -> impl IntoView {
    let locale = crate::visit::locale();
    let (state, icon, title, text) = match certificate.standing {
        Standing::Valid => (
            "valid",
            IconName::ShieldCheck,
            t!("certificate-valid"),
            t!("certificate-valid-text", "name" => certificate.learner, "date" => i18n::date(locale, certificate.completed_at)),
        ),
        Standing::Revoked { at, reason } => (
            "revoked",
            IconName::CircleAlert,
            t!("certificate-revoked-on", "date" => i18n::date(locale, at)),
            t!("certificate-revoked-text", "reason" => reason),
        ),
        Standing::Broken => (
            "broken",
            IconName::CircleAlert,
            t!("certificate-broken"),
            t!("certificate-broken-text"),
        ),
    };
    view! { <Note state icon title text/> }
}

/// What came of a check.
#[component]
pub fn Note(state: &'static str, icon: IconName, title: String, text: String) -> impl IntoView {
    view! {
        <section class="standing" data-standing=state aria-label=t!("certificate-standing") data-testid="certificate-standing">
            <Icon name=icon/>
            <div>
                <p class="standing-title"><strong>{title}</strong></p>
                <p>{text}</p>
            </div>
        </section>
    }
}

/// The certificate itself, in the language of its course.
#[component]
fn Sheet(certificate: Certificate) -> impl IntoView {
    let locale = Locale::from_tag(interface_language(&certificate.language)).unwrap_or_default();
    let say = move |key: &str, args: &[(&'static str, FluentValue<'static>)]| {
        i18n::message(locale, key, args)
    };
    let facts = facts(&certificate, locale);
    let number = say(
        "certificate-number",
        &[("code", certificate.code.grouped().into())],
    );
    let revoked = match &certificate.standing {
        Standing::Revoked { at, .. } => Some(say(
            "certificate-revoked-on",
            &[("date", i18n::date(locale, *at).into())],
        )),
        _ => None,
    };
    let blazes: Vec<_> = (0..certificate.lessons.clamp(1, MOST_BLAZES))
        .map(|_| view! { <span class="blaze" data-state="done"></span> })
        .collect();
    view! {
        <article class="certificate" lang=locale.tag() aria-labelledby="certificate-name">
            <div class="certificate-trail" aria-hidden="true">
                <svg class="certificate-mark" viewBox="0 0 20 28"><path d="M10 1 19 14 10 27 1 14z"/></svg>
                {blazes}
            </div>
            <div class="certificate-text">
                <p class="certificate-label">{say("certificate-title", &[])}</p>
                {revoked.map(|revoked| view! { <p class="certificate-revoked">{revoked}</p> })}
                <p class="certificate-small">{say("certificate-this-certifies", &[])}</p>
                <h1 class="certificate-name" id="certificate-name">{certificate.learner.clone()}</h1>
                <p class="certificate-small">{say("certificate-has-completed", &[])}</p>
                <p class="certificate-course" lang=certificate.language.clone()>{certificate.course.clone()}</p>
                {facts}
            </div>
            <div class="certificate-foot">
                <div>
                    <p class="certificate-school">{say("school", &[])}</p>
                    <p class="certificate-small">{say("certificate-check-at", &[])}</p>
                    <p class="certificate-address">{certificate.url.clone()}</p>
                    <p class="certificate-small">{number}</p>
                </div>
                <QrCode qr=certificate.qr/>
            </div>
        </article>
    }
}

fn facts(certificate: &Certificate, locale: Locale) -> Vec<AnyView> {
    let say = |key: &str, args: &[(&'static str, FluentValue<'static>)]| {
        let text = i18n::message(locale, key, args);
        view! { <p class="certificate-small">{text}</p> }.into_any()
    };
    let mut facts = vec![
        say(
            "certificate-extent",
            &[
                ("count", certificate.lessons.into()),
                ("minutes", certificate.minutes.into()),
            ],
        ),
        say(
            "certificate-completed-on",
            &[("date", i18n::date(locale, certificate.completed_at).into())],
        ),
    ];
    if !certificate.instructors.is_empty() {
        let comma = i18n::message(locale, "list-comma", &[]);
        let names = certificate.instructors.join(&comma);
        facts.push(say("certificate-taught-by", &[("names", names.into())]));
    }
    facts
}

/// Dark on light in every theme, with the margin that readers of the code need.
#[component]
fn QrCode(qr: Qr) -> impl IntoView {
    let side = qr.size + 8;
    view! {
        <svg class="certificate-qr" viewBox=format!("-4 -4 {side} {side}") role="img" aria-label=t!("certificate-qr")>
            <path d=qr.path()/>
        </svg>
    }
}

#[component]
fn Actions(certificate: Certificate) -> impl IntoView {
    let own = format!("/certificates/{}", certificate.code);
    let linkedin = linkedin(&certificate);
    let mine = certificate.mine;
    view! {
        <div class="certificate-actions">
            <p class="actions">
                <a class="button button-main" href=format!("{own}.pdf")><Icon name=IconName::FileText/>{t!("certificate-pdf")}</a>
                {mine.then(|| view! { " " <a class="button" href=linkedin rel="noopener">{t!("certificate-linkedin")}</a> })}
            </p>
            <ul>
                <li><a href=format!("{own}/credential.jwt")>{t!("certificate-credential")}</a></li>
                <li><a href=format!("{own}/credential.json")>{t!("certificate-readable")}</a></li>
                <li>{t!("certificate-print")}</li>
            </ul>
        </div>
    }
}

/// LinkedIn's own form, filled in: <https://addtoprofile.linkedin.com>.
fn linkedin(certificate: &Certificate) -> String {
    let day = certificate.completed_at.to_zoned(jiff::tz::TimeZone::UTC);
    format!(
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name={}&organizationName={}&issueYear={}&issueMonth={}&certUrl={}&certId={}",
        encode(&certificate.course),
        encode(&t!("school")),
        day.year(),
        day.month(),
        encode(&certificate.url),
        certificate.code,
    )
}

#[component]
fn Share(url: String) -> impl IntoView {
    view! {
        <section class="certificate-share" aria-labelledby="share">
            <h2 id="share">{t!("certificate-share")}</h2>
            <p>{t!("certificate-share-text")}</p>
            <input class="certificate-share-url" type="text" readonly=true value=url aria-labelledby="share"/>
            <p class="certificate-frozen">{t!("certificate-frozen")}</p>
        </section>
    }
}

/// A code that nobody was given.
#[component]
fn Unknown() -> impl IntoView {
    if let Some(host) = use_context::<Host>() {
        (host.set_status)(404);
    }
    view! {
        <Page title=t!("certificate-unknown") private=true>
            <div class="gate">
                <h1>{t!("certificate-unknown")}</h1>
                <p>{t!("certificate-unknown-text")}</p>
                <p class="actions"><a class="button button-main" href="/certificates/verify">{t!("certificate-verify-title")}</a></p>
            </div>
        </Page>
    }
}
