//! Forms that answer without leaving the page.
//!
//! A form with `data-live="quiz-1 lesson-end"` is posted in the background, and of the page that comes back the
//! elements with these ids take the place of those that are shown. The answer is the page that a browser without
//! scripts would have been sent: one way to render it, and next to nothing in the WASM.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, FormData, HtmlElement, HtmlFormElement};

/// Stands once on a page that has such forms.
///
/// What a form shows when it cannot be sent is written in its `data-unsent`, and appears in its `role="alert"`. The
/// answer is read out where the element marked `data-answer` takes the focus.
#[island]
pub fn LiveForms() -> impl IntoView {
    Effect::new(|_| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document(), "submit", options, |event| {
            let form = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
            if let Some(form) = form
                && let Some(ids) = form.get_attribute("data-live")
            {
                event.prevent_default();
                if !form.has_attribute("aria-busy") {
                    spawn_local(send(form, ids, pressed(event)));
                }
            }
        })
        // It lives as long as the page.
        .forget();
    });
}

/// Name and value of the button that sends the form, where it says more than the others.
fn pressed(event: &web_sys::Event) -> Option<(String, String)> {
    let button = js_sys::Reflect::get(event, &"submitter".into()).ok()?;
    let button = button.dyn_into::<Element>().ok()?;
    Some((
        button.get_attribute("name")?,
        button.get_attribute("value")?,
    ))
}

async fn send(form: HtmlFormElement, ids: String, pressed: Option<(String, String)>) {
    let _ = form.set_attribute("aria-busy", "true");
    if post(&form, &ids, pressed).await.is_err() {
        say(
            &form,
            &form.get_attribute("data-unsent").unwrap_or_default(),
        );
    }
    let _ = form.remove_attribute("aria-busy");
}

/// Fails when there is no answer, or none of a server that is well.
async fn post(
    form: &HtmlFormElement,
    ids: &str,
    pressed: Option<(String, String)>,
) -> Result<(), JsValue> {
    let fields = FormData::new_with_form(form)?;
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    let body = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&fields)?;
    if let Some((name, value)) = pressed {
        body.append(&name, &value);
    }
    init.set_body(&body);
    let here = window().location().href()?;
    let response = JsFuture::from(window().fetch_with_str_and_init(&here, &init)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    // The service worker keeps it, and shows the answer when it has come.
    if response.status() == 202 {
        say(form, "");
        // What was written is not to be sent twice; answers stay to be seen.
        if form.query_selector("textarea")?.is_some() {
            form.reset();
        }
        return Ok(());
    }
    let text = JsFuture::from(response.text()?).await?.as_string();
    let fresh = DomParser::new()?
        .parse_from_string(&text.unwrap_or_default(), web_sys::SupportedType::TextHtml)?;
    if swap(&fresh, ids) {
        return Ok(());
    }
    if response.status() >= 500 {
        return Err(JsValue::NULL);
    }
    // Sent elsewhere, to sign in again for one: the browser follows.
    window().location().assign(&response.url())
}

/// Fetches the page anew, and takes over the element with this id if its `data-state` is another one.
///
/// # Errors
/// Without an answer.
pub async fn look_again(id: &str) -> Result<(), JsValue> {
    let here = window().location().href()?;
    let response = JsFuture::from(window().fetch_with_str(&here)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string();
    let fresh = DomParser::new()?
        .parse_from_string(&text.unwrap_or_default(), web_sys::SupportedType::TextHtml)?;
    let state = |page: &Document| page.get_element_by_id(id)?.get_attribute("data-state");
    if state(&fresh) != state(&document()) {
        swap(&fresh, id);
    }
    Ok(())
}

/// Whether the page had the first of the elements; the others may be missing on either side.
fn swap(fresh: &Document, ids: &str) -> bool {
    let mut found = None;
    for (number, id) in ids.split(' ').enumerate() {
        match (
            document().get_element_by_id(id),
            fresh.get_element_by_id(id),
        ) {
            (Some(old), Some(new)) => {
                let _ = old.replace_with_with_node_1(&new);
                found = found.or(Some(new));
            }
            _ if number == 0 => return false,
            _ => {}
        }
    }
    found.as_ref().is_some_and(focus_answer)
}

fn focus_answer(element: &Element) -> bool {
    if let Ok(Some(answer)) = element.query_selector("[data-answer]")
        && let Some(answer) = answer.dyn_ref::<HtmlElement>()
    {
        let _ = answer.focus();
    }
    true
}

fn say(form: &HtmlFormElement, words: &str) {
    if let Ok(Some(place)) = form.query_selector("[role=alert]") {
        place.set_text_content(Some(words));
    }
}
