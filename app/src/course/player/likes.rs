//! Speed, captions and size of the file as the learner likes them. The form holds the state; what changes is sent at
//! once, one value at a time, so that devices do not undo each other.

use domain::player::Quality;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlInputElement, HtmlSelectElement, TextTrack, TextTrackMode, UrlSearchParams,
};

use super::{
    dom::{self, call, get, on},
    film::Film,
    screen, trouble,
};

pub fn listen(film: &Film) {
    if rate_of(film).is_some_and(|rate| rate != 1.0) {
        set_rate(film);
    }
    // Before anything was loaded, where that is possible. By the screen, the sources choose themselves.
    let chosen = film.select("quality").map(|select| select.value());
    if chosen.is_some_and(|chosen| chosen != Quality::Auto.text()) || is_slow() {
        set_size(film);
    }
    let Some(form) = dom::find::<Element>(&film.root, ".player-strip") else {
        return;
    };
    let changed = film.clone();
    on(&form, "change", move |event| {
        let Some(field) = event.target() else { return };
        if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            match select.name().as_str() {
                "speed" => set_rate(&changed),
                "captions" => set_captions(&changed),
                _ => set_size(&changed),
            }
            keep(&changed, &select.name(), &select.value());
        } else if let Some(box_) = field.dyn_ref::<HtmlInputElement>() {
            let value = if box_.checked() { "on" } else { "off" };
            keep(&changed, &box_.name(), value);
        }
    });
    let rate = film.clone();
    on(&film.video, "ratechange", move |_| follow_rate(&rate));
    if let Some(tracks) = film.video.text_tracks() {
        let film = film.clone();
        on(&tracks, "change", move |_| follow_captions(&film));
    }
    tools(film);
}

/// Sends one value; it arrives even if the page is left now.
pub fn keep(film: &Film, name: &str, value: &str) {
    let Some(function) = dom::find::<HtmlInputElement>(&film.root, ".player-strip [name=_fn]")
    else {
        return;
    };
    if let Ok(pairs) = UrlSearchParams::new() {
        pairs.append(name, value);
        let navigator = window().navigator();
        let _ = navigator.send_beacon_with_opt_url_search_params(&function.value(), Some(&pairs));
    }
}

fn rate_of(film: &Film) -> Option<f64> {
    let percent: u16 = film.select("speed")?.value().parse().ok()?;
    Some(f64::from(percent) / 100.0)
}

fn set_rate(film: &Film) {
    if let Some(rate) = rate_of(film) {
        // A file that is loaded anew plays at the default rate.
        film.video.set_default_playback_rate(rate);
        film.video.set_playback_rate(rate);
    }
}

/// One step faster or slower.
pub fn step_rate(film: &Film, step: i32) {
    let Some(select) = film.select("speed") else {
        return;
    };
    let last = select.length().cast_signed() - 1;
    select.set_selected_index((select.selected_index() + step).clamp(0, last));
    set_rate(film);
    keep(film, "speed", &select.value());
    let name = select
        .selected_options()
        .item(0)
        .and_then(|option| option.text_content());
    film.note(&name.unwrap_or_default());
}

/// The browser's own menu may have changed it.
fn follow_rate(film: &Film) {
    let rate = film.video.playback_rate();
    if rate_of(film) == Some(rate) {
        return;
    }
    let percent = ((rate * 100.0).round() as u16).to_string();
    if let Some(select) = film.select("speed")
        && has(&select, &percent)
    {
        select.set_value(&percent);
        film.video.set_default_playback_rate(rate);
        keep(film, "speed", &percent);
    }
}

fn has(select: &HtmlSelectElement, value: &str) -> bool {
    dom::find::<Element>(select, &format!("[value=\"{value}\"]")).is_some()
}

fn captions(film: &Film) -> Vec<TextTrack> {
    let tracks = film.video.text_tracks();
    let count = tracks.as_ref().map_or(0, web_sys::TextTrackList::length);
    (0..count)
        .filter_map(|index| tracks.as_ref()?.get(index))
        .collect()
}

fn set_captions(film: &Film) {
    let wanted = film.select("captions").map(|select| select.value());
    for track in captions(film) {
        let mode = if Some(track.language()) == wanted {
            TextTrackMode::Showing
        } else {
            TextTrackMode::Disabled
        };
        track.set_mode(mode);
    }
}

fn follow_captions(film: &Film) {
    let Some(select) = film.select("captions") else {
        return;
    };
    let shown = captions(film)
        .into_iter()
        .find(|track| track.mode() == TextTrackMode::Showing)
        .map_or_else(|| "off".to_owned(), |track| track.language());
    if shown != select.value() && has(&select, &shown) {
        select.set_value(&shown);
        keep(film, "captions", &shown);
    }
}

/// On in the first language of the list, or off.
pub fn toggle_captions(film: &Film) {
    if let Some(select) = film.select("captions") {
        let index = i32::from(select.selected_index() == 0);
        select.set_selected_index(index);
        set_captions(film);
        keep(film, "captions", &select.value());
    }
}

/// Plays the file that is wanted, from the same second on.
fn set_size(film: &Film) {
    let Some(select) = film.select("quality") else {
        return;
    };
    let wanted = match select.value().as_str() {
        "small" => "data-small",
        "full" => "data-full",
        _ if is_slow() || is_narrow() => "data-small",
        _ => "data-full",
    };
    let url = dom::text(&film.video, wanted);
    if !url.is_empty() && !film.video.current_src().contains(&url) {
        trouble::load(film, Some(&url));
    }
}

/// Whether the learner asks for little data, or the network cannot carry more.
fn is_slow() -> bool {
    let connection = get(&window().navigator(), "connection");
    let saves = get(&connection, "saveData").is_truthy();
    let kind = get(&connection, "effectiveType").as_string();
    saves || matches!(kind.as_deref(), Some("slow-2g" | "2g" | "3g"))
}

/// Whether the screen takes the small file, as the sources say it.
fn is_narrow() -> bool {
    let query = super::view::NARROW.into();
    call(&window(), "matchMedia", &[query]).is_some_and(|found| get(&found, "matches").is_truthy())
}

/// Buttons for what not every browser can do are shown where it can.
fn tools(film: &Film) {
    if let Some(button) = dom::find::<Element>(&film.root, "[data-do=picture]")
        && screen::has_picture(&film.video)
    {
        dom::show(&button, true);
        let film = film.clone();
        on(&button, "click", move |_| screen::picture(&film));
    }
    if let Some(button) = dom::find::<Element>(&film.root, "[data-do=full]") {
        let film = film.clone();
        on(&button, "click", move |_| screen::full_screen(&film));
    }
}
