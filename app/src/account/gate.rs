//! The doors: join, sign in, sign out, and what mailed links open.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{ConfirmEmail, Join, RequestReset, ResetPassword, SignIn, SignOut},
    welcome::waiting_titles,
};
use crate::{
    param, t,
    ui::{Field, Form, FormError, Hidden, Page, Submit, page},
    visit::{Visit, encode, safe_next},
};

fn next() -> String {
    let visit = Visit::current();
    visit
        .query("next")
        .and_then(safe_next)
        .map(str::to_owned)
        .unwrap_or_default()
}

/// The same place behind another door.
fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?next={}", encode(next))
    }
}

#[component]
pub fn JoinPage() -> impl IntoView {
    page(async {
        let titles = waiting_titles().await?;
        Ok(view! { <JoinForm titles/> }.into_any())
    })
    .into_any()
}

/// `titles`: of courses that were bought in this browser and wait for an account.
#[component]
fn JoinForm(titles: Vec<String>) -> impl IntoView {
    let next = next();
    let sign_in = with_next("/sign-in", &next);
    let courses = titles.join(&t!("list-comma"));
    let waiting =
        (!titles.is_empty()).then(|| view! { <p>{t!("join-waiting", "courses" => courses)}</p> });
    view! {
        <Page title=t!("join-title") private=true>
            <div class="gate">
                <h1>{t!("join-title")}</h1>
                <p class="gate-lead">{t!("join-lead")}</p>
                {waiting}
                <Form action=Join::url()>
                    <FormError/>
                    <Hidden name="next" value=next.clone()/>
                    <Field name="name" label=t!("name") autocomplete="name" max=80/>
                    <Field name="email" label=t!("email") kind="email" autocomplete="username" max=254/>
                    <Field name="password" label=t!("password") kind="password" hint=t!("password-hint") autocomplete="new-password" max=128/>
                    <Submit label=t!("create-account")/>
                </Form>
                <p class="gate-other">{t!("have-account")}" "<a href=sign_in>{t!("sign-in")}</a></p>
            </div>
        </Page>
    }
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let next = next();
    let join = with_next("/join", &next);
    view! {
        <Page title=t!("sign-in") private=true>
            <div class="gate">
                <h1>{t!("sign-in")}</h1>
                <Form action=SignIn::url()>
                    <FormError/>
                    <Hidden name="next" value=next.clone()/>
                    <Field name="email" label=t!("email") kind="email" autocomplete="username" max=254/>
                    <Field name="password" label=t!("password") kind="password" autocomplete="current-password" max=128/>
                    <Submit label=t!("sign-in")/>
                </Form>
                <p class="gate-other"><a href="/forgot-password">{t!("forgot")}</a></p>
                <p class="gate-other">{t!("new-here")}" "<a href=join>{t!("create-account")}</a></p>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
pub fn SignOutPage() -> impl IntoView {
    view! {
        <Page title=t!("sign-out") private=true>
            <div class="gate">
                <h1>{t!("sign-out-title")}</h1>
                <p class="gate-lead">{t!("sign-out-lead")}</p>
                <Form action=SignOut::url()>
                    <FormError/>
                    <Submit label=t!("sign-out-here")/>
                </Form>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
pub fn ForgotPage() -> impl IntoView {
    if Visit::current().query("sent").is_some() {
        return view! {
            <Page title=t!("sent-title") private=true>
                <div class="gate">
                    <h1>{t!("sent-title")}</h1>
                    <p>{t!("sent-text")}</p>
                    <p class="gate-other"><a href="/forgot-password">{t!("sent-again")}</a></p>
                </div>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title=t!("forgot-title") private=true>
            <div class="gate">
                <h1>{t!("forgot-title")}</h1>
                <p class="gate-lead">{t!("forgot-lead")}</p>
                <Form action=RequestReset::url()>
                    <FormError/>
                    <Field name="email" label=t!("email") kind="email" autocomplete="username" max=254/>
                    <Submit label=t!("forgot-send")/>
                </Form>
                <p class="gate-other"><a href="/sign-in">{t!("back-to-sign-in")}</a></p>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
pub fn ResetPage() -> impl IntoView {
    let token = param("token");
    view! {
        <Page title=t!("reset-title") private=true>
            <div class="gate">
                <h1>{t!("reset-title")}</h1>
                <Form action=ResetPassword::url()>
                    <FormError/>
                    <Hidden name="token" value=token.clone()/>
                    <Field name="password" label=t!("new-password") kind="password" hint=t!("password-hint") autocomplete="new-password" max=128/>
                    <Submit label=t!("change-password")/>
                </Form>
            </div>
        </Page>
    }
    .into_any()
}

/// A button, because mail programs open links on their own.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let token = param("token");
    view! {
        <Page title=t!("confirm-title") private=true>
            <div class="gate">
                <h1>{t!("confirm-title")}</h1>
                <p class="gate-lead">{t!("confirm-lead")}</p>
                <Form action=ConfirmEmail::url()>
                    <FormError/>
                    <Hidden name="token" value=token.clone()/>
                    <Submit label=t!("confirm")/>
                </Form>
            </div>
        </Page>
    }
    .into_any()
}
