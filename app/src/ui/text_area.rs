use leptos::prelude::*;

use super::form::{Function, field_error};
use crate::visit::Visit;

/// Several lines of input with their label, hint and error. Keeps what was typed.
#[component]
pub fn TextArea(
    name: &'static str,
    label: String,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] rows: Option<u8>,
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
    let typed = posted.and_then(|form| form.value(name)).map(str::to_owned);
    let value = typed.or(value).unwrap_or_default();
    let error = field_error(posted, name);
    view! {
        <TextBox
            id=id.unwrap_or(name).to_owned()
            name=name
            label=label
            hint=hint
            value=value
            error=error
            rows=rows.unwrap_or(5)
            max=max
            optional=optional
        />
    }
}

/// The same for who knows what was typed and what is wrong with it: where a page has several such forms.
///
/// The only `<textarea>` there is: leptos writes the content of one as it stands, so it is escaped here.
#[component]
pub fn TextBox(
    id: String,
    name: &'static str,
    label: String,
    hint: Option<String>,
    value: String,
    error: Option<String>,
    rows: u8,
    /// Characters.
    max: Option<u16>,
    #[prop(optional)] optional: bool,
    /// Tag of the language that is probably written in it.
    #[prop(optional, into)]
    language: Option<String>,
) -> impl IntoView {
    let described = [
        hint.is_some().then(|| format!("{id}-hint")),
        error.is_some().then(|| format!("{id}-error")),
    ];
    let described: Vec<String> = described.into_iter().flatten().collect();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
            <textarea
                id=id.clone()
                name=name
                rows=rows
                required=!optional
                maxlength=max
                lang=language
                aria-invalid=error.is_some().then_some("true")
                data-answer=error.is_some()
                aria-describedby=(!described.is_empty()).then(|| described.join(" "))
            >{content(&value)}</textarea>
            {error.map(|error| view! { <p class="field-error" id=format!("{id}-error") role="alert">{error}</p> })}
        </div>
    }
}

/// Browsers drop a line end right behind the tag, so there is always one that they may have.
fn content(value: &str) -> String {
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
    format!("\n{escaped}")
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::TextArea;

    #[test]
    fn no_text_leaves_its_field() {
        let owner = Owner::new();
        let html = owner.with(|| {
            let value = "\n</textarea><script>alert(1)</script> &lt; \"";
            view! { <TextArea name="body" label="Text".to_owned() value=value/> }.to_html()
        });
        assert!(
            html.contains(
                ">\n\n&lt;/textarea>&lt;script>alert(1)&lt;/script> &amp;lt; \"</textarea>"
            ),
            "{html}"
        );
        assert_eq!(html.matches("</textarea").count(), 1);
    }
}
