//! No more reminders.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    error::AppError,
    param, t,
    ui::{Form, FormError, Hidden, Page, Submit},
    visit::Visit,
};

#[server]
pub async fn stop_reminders(token: String) -> Result<(), AppError> {
    let address = crate::server::client()?.visitor.address;
    crate::server::backend()?
        .stop_reminders(&token, &address)
        .await?;
    crate::server::redirect("/unsubscribe/done");
    Ok(())
}

/// `/unsubscribe/{token}`: a button, because mail programs open links on their own. What they may do on their own is
/// a POST that says so (RFC 8058); the host takes that.
#[component]
pub fn UnsubscribePage() -> impl IntoView {
    let token = param("token");
    let done = Visit::current().path == "/unsubscribe/done";
    view! {
        <Page title=t!("unsubscribe-title") private=true>
            <div class="gate">
                <h1>{t!("unsubscribe-title")}</h1>
                {if done {
                    view! { <p role="status">{t!("unsubscribe-done")}</p> }.into_any()
                } else {
                    view! {
                        <p class="gate-lead">{t!("unsubscribe-lead")}</p>
                        <Form action=StopReminders::url()>
                            <FormError/>
                            <Hidden name="token" value=token.clone()/>
                            <Submit label=t!("unsubscribe-button")/>
                        </Form>
                    }.into_any()
                }}
            </div>
        </Page>
    }
    .into_any()
}
