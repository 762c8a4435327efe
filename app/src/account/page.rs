use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{
        ChangeName, ChangePassword, RequestConfirmation, RevokeOtherSessions, RevokeSession,
        SetPreferences, SignedInBrowser, signed_in_browsers,
    },
    study::{StudyForm, study_choices},
};
use crate::{
    error::AppError,
    i18n::{self, Locale},
    t,
    ui::{Field, Form, FormError, Hidden, Icon, IconName, Page, Submit, page},
    visit::{Appearance, Visit},
};

#[component]
pub fn AccountPage() -> impl IntoView {
    page(async {
        let browsers = signed_in_browsers().await?;
        let study = study_choices().await?;
        let visit = Visit::current();
        let user = visit.user.clone().ok_or(AppError::SignInRequired)?;
        Ok(view! {
            <Page title=t!("account") private=true>
                <h1>{t!("account")}</h1>
                <div class="account">
                    <section class="account-section" aria-labelledby="you">
                        <h2 id="you">{t!("you")}</h2>
                        <NameForm name=user.name.as_str().to_owned()/>
                        <p><a href="/orders">{t!("orders-title")}</a></p>
                        <EmailRow email=user.email.as_str().to_owned() confirmed=user.email_confirmed/>
                    </section>
                    <section class="account-section" aria-labelledby="preferences">
                        <h2 id="preferences">{t!("preferences")}</h2>
                        <Preferences/>
                    </section>
                    <section class="account-section" aria-labelledby="learning">
                        <h2 id="learning">{t!("study-settings")}</h2>
                        <StudyForm study/>
                    </section>
                    <section class="account-section" aria-labelledby="password-title">
                        <h2 id="password-title">{t!("password")}</h2>
                        <Form action=ChangePassword::url()>
                            <FormError/>
                            // So that password managers know whose password changes.
                            <input type="text" autocomplete="username" value=user.email.as_str().to_owned() hidden=true/>
                            <Field name="current" label=t!("current-password") kind="password" autocomplete="current-password" max=128/>
                            <Field name="new" label=t!("new-password") kind="password" hint=t!("password-hint") autocomplete="new-password" max=128/>
                            <Submit label=t!("change-password") class="button"/>
                        </Form>
                    </section>
                    <section class="account-section" aria-labelledby="sessions">
                        <h2 id="sessions">{t!("sessions")}</h2>
                        <Browsers browsers/>
                    </section>
                </div>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

#[component]
fn NameForm(name: String) -> impl IntoView {
    view! {
        <Form action=ChangeName::url()>
            <FormError/>
            <Field name="name" label=t!("name") value=name.clone() autocomplete="name" max=80/>
            <Submit label=t!("save-name") class="button"/>
        </Form>
    }
}

#[component]
fn EmailRow(email: String, confirmed: bool) -> impl IntoView {
    let state = if confirmed { "done" } else { "waiting" };
    let icon = if confirmed {
        IconName::CircleCheck
    } else {
        IconName::Mail
    };
    let words = if confirmed {
        t!("email-confirmed")
    } else {
        t!("email-waiting")
    };
    view! {
        <div class="account-row">
            <div>
                <p class="account-label">{t!("email")}</p>
                <p>{email}</p>
                <p class="account-state" data-state=state><Icon name=icon/>{words}</p>
            </div>
            {(!confirmed).then(|| view! {
                <Form action=RequestConfirmation::url()>
                    <FormError/>
                    <Submit label=t!("send-again") class="button"/>
                </Form>
            })}
        </div>
    }
}

#[component]
fn Preferences() -> impl IntoView {
    view! {
        <Form action=SetPreferences::url()>
            <FormError/>
            {preference_fields()}
            <Submit label=t!("save-preferences") class="button"/>
        </Form>
    }
}

fn preference_fields() -> impl IntoView {
    let visit = Visit::current();
    let named = |prefix: &str, values: &[&'static str]| {
        std::iter::once("system")
            .chain(values.iter().copied())
            .map(|value| (value, t!(format!("{prefix}-{value}").as_str())))
            .collect::<Vec<_>>()
    };
    let languages = Locale::ALL
        .map(|locale| (locale.tag(), locale.name().to_owned()))
        .to_vec();
    let sizes = Appearance::TEXT_SIZES
        .map(|size| (size, t!(format!("text-{size}").as_str())))
        .to_vec();
    let appearance = visit.appearance;
    view! {
        {choices("lang", t!("language"), languages, visit.locale.tag())}
        {choices("theme", t!("theme"), named("theme", &Appearance::THEMES), appearance.theme.unwrap_or("system"))}
        {choices("text", t!("text-size"), sizes, appearance.text.unwrap_or("m"))}
        {choices("motion", t!("motion"), named("motion", &Appearance::MOTION), appearance.motion.unwrap_or("system"))}
    }
}

fn choices(
    name: &'static str,
    legend: String,
    values: Vec<(&'static str, String)>,
    chosen: &str,
) -> impl IntoView + use<> {
    let values: Vec<_> = values
        .into_iter()
        .map(|(value, label)| {
            let language = (name == "lang").then_some(value);
            view! {
                <label class="choice">
                    <input type="radio" name=name value=value checked={value == chosen}/>
                    <span lang=language>{label}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="choices">
            <legend>{legend}</legend>
            <div class="choice-row">{values}</div>
        </fieldset>
    }
}

#[component]
fn Browsers(browsers: Vec<SignedInBrowser>) -> impl IntoView {
    let others = browsers.iter().any(|browser| !browser.this);
    let rows: Vec<_> = browsers
        .into_iter()
        .map(|browser| view! { <Browser browser/> })
        .collect();
    view! {
        <ul class="sessions">{rows}</ul>
        {others.then(|| view! {
            <Form action=RevokeOtherSessions::url()>
                <Submit label=t!("sign-out-elsewhere") class="button"/>
            </Form>
        })}
    }
}

#[component]
fn Browser(browser: SignedInBrowser) -> impl IntoView {
    let (name, phone) = describe(&browser.user_agent);
    let locale = crate::visit::locale();
    let icon = if phone {
        IconName::Smartphone
    } else {
        IconName::Monitor
    };
    let when = if browser.this {
        t!("since", "date" => i18n::date(locale, browser.since))
    } else {
        t!("last-used", "date" => i18n::date(locale, browser.last_used))
    };
    let id = browser.id.to_string();
    let revoke = (!browser.this).then(|| {
        let label = name.clone();
        view! {
            <Form action=RevokeSession::url() class="session-form">
                <Hidden name="session" value=id.clone()/>
                <button class="button button-quiet" type="submit">
                    {t!("sign-out-there")} <span class="visually-hidden">{label.clone()}</span>
                </button>
            </Form>
        }
    });
    view! {
        <li class="session">
            <Icon name=icon/>
            <div>
                <p>{name} {browser.this.then(|| view! { " " <b class="session-this">{t!("this-one")}</b> })}</p>
                <p class="account-label">{when}</p>
            </div>
            {revoke}
        </li>
    }
}

/// Browser and system as far as their owner needs them to tell two apart, and whether it is a phone.
fn describe(user_agent: &str) -> (String, bool) {
    let first = |table: &[(&str, &'static str)]| {
        table
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("MicroMessenger", "WeChat"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    let name = match (browser, system) {
        (Some(browser), Some(system)) => t!("browser-on", "browser" => browser, "system" => system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => t!("browser-unknown"),
    };
    (
        name,
        matches!(system, Some("iPhone" | "HarmonyOS" | "Android")),
    )
}
