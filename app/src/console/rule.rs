//! What pages of coupons and of promotions have in common: both are rules that change by versions and end for good.

use domain::console::Life;
use leptos::prelude::*;

use super::{api::new_form_key, frame::section};
use crate::{
    error::AppError,
    t,
    ui::{Form, FormError, Hidden, Submit},
};

/// The way to end a rule, unless it has ended so. `kind`: `coupon` or `promotion`; `action`: the server function, which
/// takes the id under this name.
pub async fn stop_view(
    kind: &'static str,
    id: String,
    life: Life,
    action: &'static str,
) -> Result<Option<AnyView>, AppError> {
    if life == Life::Stopped {
        return Ok(None);
    }
    let key = new_form_key().await?;
    let text = t!(format!("console-{kind}-stop-text").as_str());
    let label = t!(format!("console-{kind}-stop").as_str());
    let view = view! {
        <details class="console-more">
            <summary>{t!("console-stop")}</summary>
            <Form action=action>
                <FormError/>
                <p>{text.clone()}</p>
                <Hidden name=kind value=id.clone()/>
                <Hidden name="form_key" value=key.clone()/>
                <Submit label=label.clone() class="button"/>
            </Form>
        </details>
    };
    Ok(Some(view.into_any()))
}

/// The form that makes a new version.
pub fn change(editor: AnyView) -> AnyView {
    let content = view! {
        <p class="console-lead">{t!("console-versions-text")}</p>
        {editor}
    };
    section("change", t!("console-change"), content.into_any())
}
