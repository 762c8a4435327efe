use domain::certificate::Finding;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::CheckCredential,
    page::{Note, StandingNote},
};
use crate::{
    t,
    ui::{Field, Form, FormError, IconName, Page, Submit},
    visit::Visit,
};

/// Checks a code or a credential that somebody brings.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let visit = Visit::current();
    let outcome = visit
        .posted(CheckCredential::url())
        .and_then(|form| form.outcome.as_ref().ok());
    let finding = outcome.and_then(|json| serde_json::from_str::<Finding>(json).ok());
    view! {
        <Page title=t!("certificate-verify-title") description=t!("certificate-verify-lead")>
            <div class="verify">
                <h1>{t!("certificate-verify-title")}</h1>
                <p class="verify-lead">{t!("certificate-verify-lead")}</p>
                {finding.map(found)}
                <Form action=CheckCredential::url()>
                    <FormError/>
                    <Field
                        name="credential"
                        label=t!("certificate-verify-field")
                        hint=t!("certificate-verify-hint")
                        autocomplete="off"
                        max=16384
                    />
                    <Submit label=t!("certificate-verify")/>
                </Form>
            </div>
        </Page>
    }
    .into_any()
}

fn found(finding: Finding) -> AnyView {
    let alert = |state, title, text| {
        view! { <div role="status"><Note state icon=IconName::CircleAlert title text/></div> }
            .into_any()
    };
    match finding {
        Finding::Found { certificate } => {
            let url = format!("/certificates/{}", certificate.code);
            let course = certificate.course.clone();
            let language = certificate.language.clone();
            view! {
                <div class="verify-found" role="status">
                    <StandingNote certificate=*certificate/>
                    <p class="verify-course" lang=language>{course}</p>
                    <p><a href=url>{t!("certificate-see-it")}</a></p>
                </div>
            }
            .into_any()
        }
        Finding::Altered => alert(
            "broken",
            t!("certificate-altered"),
            t!("certificate-altered-text"),
        ),
        Finding::Foreign { issuer } => {
            let named = issuer.map(|issuer| t!("certificate-foreign-issuer", "issuer" => issuer));
            let text = [Some(t!("certificate-foreign-text")), named];
            let text: Vec<String> = text.into_iter().flatten().collect();
            alert("unknown", t!("certificate-foreign"), text.join(" "))
        }
        Finding::Unknown => alert(
            "unknown",
            t!("certificate-unknown"),
            t!("certificate-unknown-text"),
        ),
        Finding::Unreadable => alert(
            "unknown",
            t!("certificate-unreadable"),
            t!("certificate-unreadable-text"),
        ),
    }
}
