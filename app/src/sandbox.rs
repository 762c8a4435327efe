//! The payment page of the built-in gateway. It stands in for the page of a bank, so it knows nothing of orders, and
//! it says on everything that no money moves. With a real gateway there is no such page.

use domain::checkout::sandbox::{Delivery, SandboxPayment, SandboxState};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    error::AppError,
    i18n, param, t,
    ui::{Form, FormError, Hidden, Page, Submit, page},
    visit::{Visit, locale},
};

#[server]
pub async fn look_at_payment(reference: String) -> Result<SandboxPayment, AppError> {
    Ok(crate::server::backend()?
        .sandbox_payment(&reference)
        .await?)
}

/// `notify`: when the notice of it arrives, a word of [`Delivery`].
#[server]
pub async fn pay_in_sandbox(
    reference: String,
    #[server(default)] notify: String,
) -> Result<(), AppError> {
    let delivery = Delivery::from_word(&notify).unwrap_or_default();
    let next = crate::server::backend()?
        .pay_in_sandbox(&reference, delivery)
        .await?;
    crate::server::redirect(&next);
    Ok(())
}

#[server]
pub async fn decline_in_sandbox(reference: String) -> Result<(), AppError> {
    let next = crate::server::backend()?
        .decline_in_sandbox(&reference)
        .await?;
    crate::server::redirect(&next);
    Ok(())
}

#[component]
pub fn SandboxPage() -> impl IntoView {
    let reference = param("reference");
    page(async move {
        let payment = look_at_payment(reference.clone()).await?;
        let state = payment.state;
        let back = payment.return_url.clone();
        Ok(view! {
            <Page title=t!("sandbox-title") private=true>
                <div class="gate">
                    <h1>{t!("sandbox-title")}</h1>
                    <div class="notice"><p>{t!("sandbox-test")}</p></div>
                    <p>{payment.description}</p>
                    <p class="price" data-testid="order-total">{i18n::money(locale(), payment.amount)}</p>
                    {match state {
                        SandboxState::Open => view! { <Answers reference/> }.into_any(),
                        SandboxState::Paid => view! { <p>{t!("sandbox-paid")}</p> }.into_any(),
                        SandboxState::Ended => view! { <p>{t!("sandbox-ended")}</p> }.into_any(),
                    }}
                    <p class="actions"><a class="button" href=back>{t!("sandbox-back")}</a></p>
                </div>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

#[component]
fn Answers(reference: String) -> impl IntoView {
    let pay = StoredValue::new(reference.clone());
    let decline = StoredValue::new(reference);
    let visit = Visit::current();
    let chosen = visit
        .posted(PayInSandbox::url())
        .and_then(|form| Delivery::from_word(form.value("notify")?))
        .unwrap_or_default();
    view! {
        <Form action=PayInSandbox::url()>
            <FormError/>
            <Hidden name="reference" value=pay.get_value()/>
            <fieldset class="choices">
                <legend>{t!("sandbox-notify")}</legend>
                {Delivery::ALL.map(|way| view! {
                    <label class="choice">
                        <input type="radio" name="notify" value=way.as_str() checked={way == chosen}/>
                        <span>{t!(format!("sandbox-notify-{}", way.as_str()).as_str())}</span>
                    </label>
                }).collect_view()}
            </fieldset>
            <Submit label=t!("sandbox-pay")/>
        </Form>
        <Form action=DeclineInSandbox::url()>
            <FormError/>
            <Hidden name="reference" value=decline.get_value()/>
            <Submit label=t!("sandbox-decline") class="button"/>
        </Form>
    }
}
