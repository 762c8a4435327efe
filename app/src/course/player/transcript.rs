//! The transcript: it follows the film, is searched, and changes its language without stopping anything.

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Timeout;
use js_sys::JsString;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomParser, Element, HtmlElement, HtmlInputElement, Response, SupportedType};

use super::{
    dom::{self, on},
    film::Film,
    likes,
};

/// The transcript that is open, and the words under way.
#[derive(Default)]
pub struct Following {
    /// Empty while it is closed: then nothing is looked for.
    cues: RefCell<Vec<(f64, HtmlElement)>>,
    /// Number of the cues that have begun.
    begun: Cell<usize>,
    /// Cues that the search has found, and which of them was gone to last.
    found: RefCell<Vec<usize>>,
    at: Cell<usize>,
    search: Cell<Option<Timeout>>,
}

pub fn listen(film: &Film) {
    let Some(details) = dom::find::<Element>(&film.root, ".transcript") else {
        return;
    };
    let (toggled, box_) = (film.clone(), details.clone());
    let stands = Cell::new(details.has_attribute("open"));
    open_or_close(film, stands.get());
    on(&details, "toggle", move |_| {
        let open = box_.has_attribute("open");
        // What stands open from the beginning is told, too, and was asked for by nobody.
        if stands.replace(open) != open {
            let said = if open { "data-opened" } else { "data-shut" };
            likes::keep(&toggled, "beside", &dom::text(&box_, said));
            open_or_close(&toggled, open);
        }
    });
    let searched = film.clone();
    on(&details, "input", move |event| {
        if dom::closest(event, "[type=search]").is_some() {
            let film = searched.clone();
            let timeout = Timeout::new(150, move || search(&film));
            searched.transcript.search.set(Some(timeout));
        }
    });
    let typed = film.clone();
    dom::on_instead(&details, "keydown", move |event| {
        // Enter goes to the next place, and does not send the page anywhere.
        if dom::closest(event, "[type=search]").is_some()
            && dom::get(event, "key").as_string().as_deref() == Some("Enter")
        {
            event.prevent_default();
            go_on(&typed);
        }
    });
    let clicked = film.clone();
    dom::on_instead(&details, "click", move |event| {
        if dom::closest(event, "[data-do=next-found]").is_some() {
            go_on(&clicked);
        } else if let Some(button) = dom::closest(event, "[name=transcript]") {
            event.prevent_default();
            change_language(&clicked, &dom::text(&button, "value"));
        }
    });
}

fn open_or_close(film: &Film, open: bool) {
    let following = &film.transcript;
    let cues = if open {
        dom::find_all(&film.root, "[data-cue]")
            .into_iter()
            .filter_map(|cue| {
                // One stop a paragraph is enough for the keyboard; a reader still finds every link.
                let first = cue.has_attribute("data-first");
                let from = dom::number(&cue, "data-seek-ms")?;
                let cue = cue.dyn_into::<HtmlElement>().ok()?;
                if !first {
                    cue.set_tab_index(-1);
                }
                Some((from, cue))
            })
            .collect()
    } else {
        Vec::new()
    };
    following.cues.replace(cues);
    following.begun.set(0);
    moved(film, film.at_ms());
}

pub fn moved(film: &Film, at_ms: f64) {
    let following = &film.transcript;
    let cues = following.cues.borrow();
    let now = cues.partition_point(|(from, _)| *from <= at_ms + 50.0);
    let before = following.begun.replace(now);
    if before == now {
        return;
    }
    if let Some((_, cue)) = before.checked_sub(1).and_then(|last| cues.get(last)) {
        dom::mark(cue, "aria-current", false);
    }
    if let Some((_, cue)) = now.checked_sub(1).and_then(|now| cues.get(now)) {
        dom::mark(cue, "aria-current", true);
        if follows(film) {
            bring(film, cue);
        }
    }
}

fn follows(film: &Film) -> bool {
    dom::find::<HtmlInputElement>(&film.root, "[data-role=follow]")
        .is_some_and(|follow| follow.checked())
}

/// Scrolls the transcript's own box, never the page.
fn bring(film: &Film, cue: &HtmlElement) {
    if let Some(text) = dom::find::<HtmlElement>(&film.root, ".transcript-text") {
        text.set_scroll_top(cue.offset_top() - text.client_height() / 3);
    }
}

/// Looks for what was typed, over the ends of cues, without letter case.
fn search(film: &Film) {
    let Some(input) = dom::find::<HtmlInputElement>(&film.root, ".transcript [type=search]") else {
        return;
    };
    let wanted = lower(input.value().trim());
    let following = &film.transcript;
    let cues = following.cues.borrow();
    let mut found = Vec::new();
    if wanted.length() > 0 {
        let (text, ends) = joined(&cues);
        let sought = String::from(&wanted);
        let mut from = 0;
        while let Ok(at) = u32::try_from(text.index_of(&sought, from)) {
            let end = at + wanted.length();
            let first = ends.partition_point(|cue_end| *cue_end <= at);
            let last = ends.partition_point(|cue_end| *cue_end < end);
            found.extend(first..=last);
            from = end.cast_signed();
        }
        found.dedup();
    }
    for (number, (_, cue)) in cues.iter().enumerate() {
        dom::mark(cue, "data-found", found.binary_search(&number).is_ok());
    }
    let count = found.len();
    following.found.replace(found);
    following.at.set(usize::MAX);
    drop(cues);
    tell_found(film, count, wanted.length() > 0);
    if count > 0 {
        go_on(film);
    }
}

/// The text of all cues in lower case, and where each of them ends in it.
fn joined(cues: &[(f64, HtmlElement)]) -> (JsString, Vec<u32>) {
    let mut text = JsString::from("");
    let mut ends = Vec::with_capacity(cues.len());
    for (_, cue) in cues {
        text = text.concat(&lower(&cue.text_content().unwrap_or_default()).into());
        // A blank between two cues belongs to the first.
        if cue.next_sibling().is_some_and(|next| next.node_type() == 3) {
            text = text.concat(&JsValue::from(" "));
        }
        ends.push(text.length());
    }
    (text, ends)
}

/// The browser's own tables know every script.
fn lower(text: &str) -> JsString {
    JsString::from(text).to_lower_case()
}

fn tell_found(film: &Film, count: usize, asked: bool) {
    if let Some(line) = dom::find::<Element>(&film.root, "[data-role=found]") {
        let words = match (asked, count) {
            (false, _) => String::new(),
            (true, 0) => dom::text(&line, "data-none"),
            (true, count) => dom::text(&line, "data-count").replace("{count}", &count.to_string()),
        };
        dom::say(&line, &words);
    }
    if let Some(button) = dom::find::<Element>(&film.root, "[data-do=next-found]") {
        dom::show(&button, count > 1);
    }
}

/// To the next place that was found, in the transcript alone: the film stays where it is.
fn go_on(film: &Film) {
    let following = &film.transcript;
    let found = following.found.borrow();
    let cues = following.cues.borrow();
    let before = following.at.get();
    if let Some((_, cue)) = found.get(before).and_then(|cue| cues.get(*cue)) {
        dom::mark(cue, "data-found-here", false);
    }
    let next = before.wrapping_add(1);
    let next = if next < found.len() { next } else { 0 };
    following.at.set(next);
    if let Some((_, cue)) = found.get(next).and_then(|cue| cues.get(*cue)) {
        dom::mark(cue, "data-found-here", true);
        bring(film, cue);
    }
}

/// Fetches this page with the transcript in another language, and takes only that from it.
fn change_language(film: &Film, language: &str) {
    likes::keep(film, "transcript", language);
    let place = window().location();
    let (path, film) = (place.pathname().unwrap_or_default(), film.clone());
    let url = format!("{path}?transcript={language}");
    spawn_local(async move {
        if replace(&film, &url).await.is_none() {
            let _ = window().location().assign(&url);
        }
    });
}

async fn replace(film: &Film, url: &str) -> Option<()> {
    let response = JsFuture::from(window().fetch_with_str(url)).await.ok()?;
    let response: Response = response.dyn_into().ok().filter(Response::ok)?;
    let page = JsFuture::from(response.text().ok()?).await.ok()?;
    let page = DomParser::new()
        .ok()?
        .parse_from_string(&page.as_string()?, SupportedType::TextHtml)
        .ok()?;
    let selector = format!("#{} ~ .transcript .transcript-body", film.stage.id());
    let new = page.query_selector(&selector).ok()??;
    let old = dom::find::<Element>(&film.root, ".transcript-body")?;
    old.replace_with_with_node_1(&new).ok()?;
    open_or_close(film, true);
    // Where the button was, its successor keeps the focus.
    if let Some(button) =
        dom::find::<HtmlElement>(&film.root, "[name=transcript][aria-pressed=true]")
    {
        let _ = button.focus();
    }
    Some(())
}
