//! Forms that work without JavaScript.
//!
//! A form posts to the page it stands on and names its server function in a hidden field; the host calls the
//! function and shows the page again when something is wrong, with what was typed (see `server/src/routes/forms.rs`).

use leptos::prelude::*;

use crate::{error::AppError, t, visit::Visit};

/// The server function that the fields inside belong to.
#[derive(Clone)]
pub(super) struct Function(pub(super) &'static str);

/// `action` is a server function's URL: `<Form action=SignIn::url()>`.
#[component]
pub fn Form(
    action: &'static str,
    #[prop(optional, into)] class: Option<&'static str>,
    #[prop(optional)] id: Option<&'static str>,
    /// Ids of what is taken over from the page that answers, see [`super::LiveForms`].
    #[prop(optional_no_strip)]
    live: Option<String>,
    children: ChildrenFn,
) -> impl IntoView {
    provide_context(Function(action));
    let unsent = live.as_ref().map(|_| t!("error-offline"));
    let alert = live
        .is_some()
        .then(|| view! { <div class="field-error form-unsent" role="alert"></div> });
    view! {
        <form method="post" class=class.unwrap_or("form") id=id data-live=live data-unsent=unsent>
            <input type="hidden" name="_fn" value=action/>
            {children()}
            {alert}
        </form>
    }
}

/// What is wrong with the form as a whole.
#[component]
pub fn FormError() -> impl IntoView {
    let visit = Visit::current();
    let function = use_context::<Function>().map_or("", |function| function.0);
    let error = visit
        .posted(function)
        .and_then(|form| form.outcome.as_ref().err());
    // Errors of single fields stand beside them.
    let error = error.filter(|error| !matches!(error, AppError::Invalid(fields) if fields.iter().all(|field| !field.field.is_empty())));
    error.map(|error| view! { <div class="notice notice-error" role="alert"><p>{error_text(error)}</p></div> })
}

/// An error in the reader's language.
pub fn error_text(error: &AppError) -> String {
    match error {
        AppError::TooManyAttempts {
            retry_after_seconds,
        } => {
            t!("error-too-many-attempts", "minutes" => retry_after_seconds.div_ceil(60))
        }
        other => t!(other.message()),
    }
}

#[component]
pub fn Hidden(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

#[component]
pub fn Submit(label: String, #[prop(optional, into)] class: Option<&'static str>) -> impl IntoView {
    view! { <button class=class.unwrap_or("button button-main") type="submit">{label}</button> }
}

/// One line of input with its label, hint and error. Keeps what was typed; passwords are typed again.
#[component]
pub fn Field(
    name: &'static str,
    label: String,
    #[prop(optional, into)] kind: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    #[prop(optional)] max: Option<u16>,
    /// The form can be sent without it.
    #[prop(optional)]
    optional: bool,
    /// Told apart from a field of the same name in another form of the page.
    #[prop(optional, into)]
    id: Option<&'static str>,
) -> impl IntoView {
    let visit = Visit::current();
    let function = use_context::<Function>().map_or("", |function| function.0);
    let posted = visit.posted(function);
    let value = posted
        .and_then(|form| form.value(name))
        .map(str::to_owned)
        .or(value);
    let error = field_error(posted, name);
    let id = id.unwrap_or(name);
    let described = [
        hint.is_some().then(|| format!("{id}-hint")),
        error.is_some().then(|| format!("{id}-error")),
    ];
    let described: Vec<String> = described.into_iter().flatten().collect();
    let kind = kind.unwrap_or("text");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            <input
                id=id
                name=name
                type=kind
                value=(kind != "password").then_some(value)
                required=!optional
                autocomplete=autocomplete
                maxlength=max
                aria-invalid=error.is_some().then_some("true")
                data-answer=error.is_some()
                aria-describedby=(!described.is_empty()).then(|| described.join(" "))
                autocapitalize=(kind == "email").then_some("none")
                spellcheck=(kind == "email").then_some("false")
            />
            {error.map(|error| view! { <p class="field-error" id=format!("{id}-error") role="alert">{error}</p> })}
        </div>
    }
}

/// What is wrong with a field of a form that was posted, in the reader's language.
pub fn field_error(posted: Option<&crate::visit::PostedForm>, name: &str) -> Option<String> {
    match posted.map(|form| &form.outcome) {
        Some(Err(AppError::Invalid(fields))) => fields
            .iter()
            .find(|error| error.field == name)
            .map(|error| t!(error.message.as_str())),
        _ => None,
    }
}
