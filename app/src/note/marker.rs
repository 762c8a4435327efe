//! What the notes of a lesson can do with scripts: words that are selected can be highlighted or written about, and
//! the time of the film goes into its field. All of it fills in the forms that the server has made, so there is one
//! way to write a note.

use gloo_events::EventListener;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlMediaElement};

/// Characters of a passage, as `domain::note` has it.
const MAX_QUOTE: usize = domain::note::MAX_QUOTE;
const MAX_BEFORE: usize = domain::note::MAX_BEFORE;

/// Words that are selected in one of the lesson's texts.
#[derive(Clone)]
struct Chosen {
    quote: String,
    before: String,
    activity: String,
}

#[island]
pub fn Marker(name: String, highlight: String, note: String) -> impl IntoView {
    let chosen = RwSignal::new(None::<Chosen>);
    Effect::new(move |_| listen(chosen));
    let mark = move |_| {
        if let Some(words) = chosen.get_untracked() {
            mark(&words);
        }
    };
    let write = move |_| {
        if let Some(words) = chosen.get_untracked() {
            write(&words);
        }
    };
    view! {
        // A press must not take the selection away before it is used.
        <div
            class="marker"
            role="group"
            aria-label=name
            hidden=move || chosen.with(Option::is_none)
            on:mousedown=|event| event.prevent_default()
        >
            <button class="button button-main" type="button" on:click=mark>{highlight}</button>
            <button class="button" type="button" on:click=write>{note}</button>
        </div>
    }
}

/// The listeners live as long as the page.
fn listen(chosen: RwSignal<Option<Chosen>>) {
    let page = document();
    EventListener::new(&page, "selectionchange", move |_| {
        let now = selected();
        if now.is_some() || chosen.with_untracked(Option::is_some) {
            chosen.set(now);
        }
    })
    .forget();
    EventListener::new(&page, "focusin", |event| {
        if target(event).is_some_and(|element| element.id() == "note-body") {
            fill_time();
        }
    })
    .forget();
    EventListener::new(&page, "click", |event| {
        let button =
            target(event).and_then(|element| element.closest("#note-form [name=kind]").ok()?);
        if button.is_some() {
            fill_time();
        }
    })
    .forget();
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn value(selector: &str) -> Option<String> {
    Reflect::get(find(selector)?.as_ref(), &"value".into())
        .ok()?
        .as_string()
}

fn set_value(selector: &str, value: &str) {
    if let Some(field) = find(selector) {
        let _ = Reflect::set(&field, &"value".into(), &value.into());
    }
}

fn selected() -> Option<Chosen> {
    let selection = window().get_selection().ok()??;
    if selection.is_collapsed() {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let node = range.common_ancestor_container().ok()?;
    let inner = node.dyn_ref::<Element>().cloned();
    let text = inner
        .or_else(|| node.parent_element())?
        .closest(".lesson-text")
        .ok()??;
    let quote = String::from(range.to_string());
    if quote.trim().is_empty() || quote.chars().count() > MAX_QUOTE {
        return None;
    }
    let start = document().create_range().ok()?;
    start.select_node_contents(&text).ok()?;
    start
        .set_end(&range.start_container().ok()?, range.start_offset().ok()?)
        .ok()?;
    let before = String::from(start.to_string());
    let surplus = before.chars().count().saturating_sub(MAX_BEFORE);
    Some(Chosen {
        quote,
        before: before.chars().skip(surplus).collect(),
        activity: text.get_attribute("data-activity")?,
    })
}

/// Highlights by the form that is there for it.
fn mark(words: &Chosen) {
    let Some(form) =
        find("#highlight-form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
    else {
        return;
    };
    // Course and lesson stand there already.
    let place = value("#highlight-form [name=place]").unwrap_or_default();
    let mut parts = place.splitn(3, '/');
    if let (Some(course), Some(lesson)) = (parts.next(), parts.next()) {
        set_value(
            "#highlight-form [name=place]",
            &[course, lesson, &words.activity].join("/"),
        );
    }
    set_value("#highlight-form [name=quote]", &words.quote);
    set_value("#highlight-form [name=before]", &words.before);
    if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.remove_all_ranges();
    }
    let _ = form.request_submit();
}

/// Opens the form with the passage in it.
fn write(words: &Chosen) {
    set_value("#note-quote", &words.quote);
    set_value("#note-form [name=before]", &words.before);
    set_value("#note-time", "");
    if let Some(details) = find(".note-new") {
        let _ = details.set_attribute("open", "");
    }
    focus("#note-body");
}

fn focus(selector: &str) {
    let element = find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// The time of the film, where the note is about nothing else yet.
fn fill_time() {
    let free = value("#note-time").is_some_and(|time| time.is_empty())
        && value("#note-quote").is_none_or(|quote| quote.is_empty());
    let film = find("video").and_then(|film| film.dyn_into::<HtmlMediaElement>().ok());
    if let (true, Some(film)) = (free, film) {
        let seconds = film.current_time() as u32;
        if seconds > 0 {
            set_value(
                "#note-time",
                &domain::note::clock(u64::from(seconds) * 1_000),
            );
        }
    }
}
