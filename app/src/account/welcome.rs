//! The account that a mail about an order makes.

use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    param, t,
    ui::{Field, Form, FormError, Hidden, Host, Page, Submit, page},
};

/// What a mailed link offers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bought {
    pub email: String,
    pub titles: Vec<String>,
    /// There is nothing to make: the owner of the address has an account.
    pub known: bool,
}

#[server]
pub async fn fetch_bought(key: String) -> Result<Bought, AppError> {
    let welcome = crate::server::backend()?.welcome(&key).await?;
    Ok(Bought {
        email: welcome.email,
        titles: welcome.titles,
        known: welcome.known,
    })
}

#[server]
pub async fn open_account(key: String, name: String, password: String) -> Result<(), AppError> {
    let client = crate::server::client()?;
    let open = backend::account::OpenAccount {
        key,
        name,
        password,
    };
    let (signed_in, course) = crate::server::backend()?
        .open_account(open, &client.visitor)
        .await?;
    crate::server::set_session(signed_in.token.as_str());
    crate::server::note_zone(&signed_in.user).await;
    crate::server::redirect(&format!("/courses/{course}?notice=welcome"));
    Ok(())
}

/// Titles of what this browser has bought without an account, and no account has yet.
#[server]
pub async fn waiting_titles() -> Result<Vec<String>, AppError> {
    let Some(key) = crate::server::buyer::held() else {
        return Ok(Vec::new());
    };
    Ok(crate::server::backend()?
        .waiting_titles(key.as_str())
        .await?)
}

/// `/welcome/{key}`: the key came with the mail.
#[component]
pub fn WelcomePage() -> impl IntoView {
    let key = param("key");
    page(async move {
        match fetch_bought(key.clone()).await {
            Err(AppError::NotFound) => Ok(view! { <Nowhere/> }.into_any()),
            other => Ok(view! { <Offer bought=other? key/> }.into_any()),
        }
    })
    .into_any()
}

#[component]
fn Offer(bought: Bought, key: String) -> impl IntoView {
    let Bought {
        email,
        titles,
        known,
    } = bought;
    let titles: Vec<_> = titles
        .into_iter()
        .map(|title| view! { <li>{title}</li> })
        .collect();
    let next = if known {
        view! {
            <p>{t!("welcome-known")}</p>
            <p class="actions"><a class="button button-main" href="/sign-in?next=%2Flearning">{t!("sign-in")}</a></p>
        }
        .into_any()
    } else {
        view! {
            <Form action=OpenAccount::url()>
                <FormError/>
                <Hidden name="key" value=key.clone()/>
                <Field name="name" label=t!("name") autocomplete="name" max=80/>
                <Field name="password" label=t!("password") kind="password" hint=t!("password-hint") autocomplete="new-password" max=128/>
                <Submit label=t!("welcome-button")/>
            </Form>
        }
        .into_any()
    };
    view! {
        <Page title=t!("welcome-title") private=true>
            <div class="gate">
                <h1>{t!("welcome-title")}</h1>
                <p class="gate-lead">{t!("welcome-lead", "email" => email)}</p>
                <ul class="gate-list">{titles}</ul>
                {next}
            </div>
        </Page>
    }
}

/// A key that was never mailed.
#[component]
fn Nowhere() -> impl IntoView {
    if let Some(host) = use_context::<Host>() {
        (host.set_status)(404);
    }
    view! {
        <Page title=t!("welcome-title") private=true>
            <div class="gate">
                <h1>{t!("welcome-title")}</h1>
                <p>{t!("welcome-over")}</p>
            </div>
        </Page>
    }
}
