//! The strip under the film: speed, captions, size, full screen, and what else can be set. It is a form, so that what
//! a browser can do without scripts is kept without scripts too.

use std::sync::Arc;

use domain::{
    course::MediaKind,
    player::{Quality, Speed},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{SetPlayer, view::Shown};
use crate::{
    i18n, t,
    ui::{Form, Hidden, Icon, IconName},
};

pub fn strip(shown: &Arc<Shown>) -> impl IntoView + use<> {
    let shown = shown.clone();
    view! {
        <Form action=SetPlayer::url() class="player-strip">
            <Hidden name="whole" value="true"/>
            {speeds(&shown)}
            {captions(&shown)}
            {sizes(&shown)}
            {tools(&shown)}
            {more(&shown)}
            <button class="button player-save" type="submit">{t!("player-save")}</button>
        </Form>
    }
}

fn speeds(shown: &Shown) -> impl IntoView + use<> {
    let chosen = shown.likes.speed;
    let options = Speed::ALL.map(|speed| {
        view! { <option value=speed.percent() selected=speed == chosen>{rate(speed)}</option> }
    });
    view! {
        <label class="strip-choice strip-speed">
            <span>{t!("player-speed")}</span>
            <select name="speed">{options.collect_view()}</select>
        </label>
    }
}

/// `1.25×`
fn rate(speed: Speed) -> String {
    let percent = speed.percent();
    let text = format!("{}.{:02}", percent / 100, percent % 100);
    format!("{}×", text.trim_end_matches('0').trim_end_matches('.'))
}

/// Words cannot lie over a sound.
fn captions(shown: &Shown) -> Option<impl IntoView + use<>> {
    let media = &shown.media;
    let has_any = !media.captions.is_empty() && media.kind == MediaKind::Video;
    let chosen = shown.captions;
    let languages: Vec<_> = media
        .captions
        .iter()
        .enumerate()
        .map(|(number, caption)| {
            let name = i18n::language_name(crate::visit::locale(), &caption.language);
            view! { <option value=caption.language.clone() selected=chosen == Some(number)>{name}</option> }
        })
        .collect();
    has_any.then(|| {
        view! {
            <label class="strip-choice">
                <span>{t!("player-captions")}</span>
                <select name="captions">
                    <option value="off" selected=chosen.is_none()>{t!("captions-off")}</option>
                    {languages}
                </select>
            </label>
        }
    })
}

/// How many megabytes the film costs, before it is played; and the choice, where there are two files.
fn sizes(shown: &Shown) -> Option<AnyView> {
    let bytes = shown.media.bytes?;
    let Some(small) = shown.media.small_bytes else {
        return Some(view! { <p class="strip-size">{megabytes(bytes)}</p> }.into_any());
    };
    let chosen = shown.likes.quality;
    let name = |quality| match quality {
        Quality::Auto => t!("quality-auto"),
        Quality::Small => t!("quality-small", "size" => megabytes(small)),
        Quality::Full => t!("quality-full", "size" => megabytes(bytes)),
    };
    let options = Quality::ALL.map(|quality| {
        view! { <option value=quality.text() selected=quality == chosen>{name(quality)}</option> }
    });
    let select = view! {
        <label class="strip-choice">
            <span>{t!("player-quality")}</span>
            <select name="quality">{options.collect_view()}</select>
        </label>
    };
    Some(select.into_any())
}

/// One decimal below ten, as people round.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    let size = if tenths < 100 {
        format!("{}.{}", tenths / 10, tenths % 10)
    } else {
        (tenths / 10).to_string()
    };
    t!("megabytes", "size" => size)
}

fn tools(shown: &Shown) -> impl IntoView + use<> {
    let film = shown.media.kind == MediaKind::Video;
    let more = format!("{}-more", shown.stage);
    let button = |role: &'static str, icon, label: String, hidden: bool| {
        view! {
            <button class="tool" type="button" data-do=role hidden=hidden>
                <Icon name=icon/>
                <span class="visually-hidden">{label}</span>
            </button>
        }
    };
    view! {
        <span class="strip-tools">
            {film.then(|| button("picture", IconName::PictureInPicture, t!("player-picture"), true))}
            {film.then(|| button("full", IconName::Maximize, t!("player-full"), false))}
            <button class="tool strip-more" type="button" popovertarget=more>
                <Icon name=IconName::Settings/>
                <span class="visually-hidden">{t!("player-more")}</span>
            </button>
        </span>
    }
}

fn more(shown: &Shown) -> impl IntoView + use<> {
    let (title, labelled) = {
        let title = format!("{}-more-title", shown.stage);
        (title.clone(), title)
    };
    let tick = |name: &'static str, checked: bool, label: String| {
        view! {
            <label class="choice">
                <input type="checkbox" name=name value="on" checked=checked/>
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <div class="player-more" id=format!("{}-more", shown.stage) popover role="dialog" aria-labelledby=labelled>
            <h2 class="player-more-title" id=title>{t!("player-more")}</h2>
            {tick("auto_next", shown.likes.auto_next, t!("player-auto-next"))}
            {tick("keys", shown.likes.keys, t!("player-keys"))}
            <dl class="player-keys">{keys().into_iter().map(key).collect_view()}</dl>
        </div>
    }
}

/// Keys, and what they do.
fn keys() -> Vec<(&'static [&'static str], String)> {
    vec![
        (&["K"], t!("key-play")),
        (&["←", "→"], t!("key-5")),
        (&["J", "L"], t!("key-10")),
        (&["↑", "↓"], t!("key-volume")),
        (&["M"], t!("key-mute")),
        (&["C"], t!("key-captions")),
        (&["T"], t!("key-transcript")),
        (&["F"], t!("key-full")),
        (&["I"], t!("key-picture")),
        (&["<", ">"], t!("key-speed")),
        (&["0", "9"], t!("key-tenth")),
        (&["N"], t!("key-next")),
        (&["?"], t!("key-help")),
    ]
}

fn key((keys, what): (&'static [&'static str], String)) -> impl IntoView {
    let keys: Vec<_> = keys
        .iter()
        .map(|key| view! { <kbd>{*key}</kbd> " " })
        .collect();
    view! { <div><dt>{keys}</dt><dd>{what}</dd></div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_and_sizes_are_written_short() {
        let rates: Vec<String> = Speed::ALL.into_iter().map(rate).collect();
        assert_eq!(rates.join(" "), "0.5× 0.75× 1× 1.25× 1.5× 1.75× 2× 2.5× 3×");
        assert_eq!(megabytes(453_451), "0.5 MB");
        assert_eq!(megabytes(12_345_678), "12 MB");
    }
}
