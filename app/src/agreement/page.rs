use domain::checkout::agreement::Agreement;
use leptos::prelude::*;

use super::api::fetch_agreement;
use crate::{
    i18n, param, t,
    ui::{Html, Page, page},
};

/// `/agreement` and `/agreement/{version}`.
#[component]
pub fn AgreementPage() -> impl IntoView {
    let version = param("version");
    page(async move {
        let agreement = fetch_agreement(version).await?;
        Ok(view! { <Shown agreement/> }.into_any())
    })
    .into_any()
}

#[component]
fn Shown(agreement: Agreement) -> impl IntoView {
    let locale = crate::visit::locale();
    let old = agreement.version < agreement.latest;
    let since = i18n::date(locale, agreement.since);
    let foreign = agreement.language != locale.tag();
    view! {
        <Page title=t!("agreement-title") description=t!("agreement-lead") private=old>
            <article class="agreement">
                <h1>{t!("agreement-title")}</h1>
                <p class="agreement-facts">{t!("agreement-version", "version" => agreement.version, "date" => since)}</p>
                {old.then(|| view! {
                    <p>{t!("agreement-old")}" "<a href="/agreement">{t!("agreement-newest")}</a></p>
                })}
                {foreign.then(|| view! { <p class="agreement-facts">{t!("agreement-foreign")}</p> })}
                <div lang=agreement.language.clone()><Html html=agreement.html class="prose"/></div>
            </article>
        </Page>
    }
}
