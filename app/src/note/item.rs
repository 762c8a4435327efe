use domain::note::{Note, NoteKind};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::DeleteNote;
use crate::{
    i18n, t,
    ui::{Form, Hidden, Html, Icon, IconName},
    visit::{self, encode},
};

/// Where a note is shown, which decides what has to be said of its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shelf<'a> {
    /// Under its lesson: where its forms lead, and what of the page they change.
    Lesson {
        back: &'a str,
        live: &'a str,
    },
    All,
}

impl Shelf<'_> {
    fn is_all(self) -> bool {
        self == Self::All
    }

    fn back(self) -> String {
        match self {
            Self::Lesson { back, .. } => back.to_owned(),
            Self::All => String::new(),
        }
    }

    fn live(self) -> Option<String> {
        match self {
            Self::Lesson { live, .. } => Some(live.to_owned()),
            Self::All => None,
        }
    }
}

/// One note: its place, its passage, its text, and what can be done with it.
pub fn item(note: &Note, shelf: Shelf<'_>) -> AnyView {
    let id = note.id.to_string();
    let html = note.html.clone();
    let date = i18n::date(visit::locale(), note.edited_at);
    view! {
        <li class="note" id=format!("note-{id}") data-kind=note.kind.as_str()>
            {shelf.is_all().then(|| lesson_line(note))}
            {time_line(note, shelf)}
            {quote(note, shelf)}
            {(!html.is_empty()).then(|| view! { <Html html class="prose note-text"/> })}
            <div class="note-foot">
                <span class="note-date">{date}</span>
                {actions(note, shelf)}
            </div>
        </li>
    }
    .into_any()
}

fn lesson_line(note: &Note) -> AnyView {
    let title = if note.lesson_exists {
        let url = note.url();
        view! { <a href=url>{note.lesson_title.clone()}</a> }.into_any()
    } else {
        let (gone, locale) = (t!("note-lesson-gone"), visit::locale().tag());
        view! { {note.lesson_title.clone()} " " <span class="note-gone" lang=locale>"("{gone}")"</span> }.into_any()
    };
    view! {
        <div class="note-place" lang=note.language.clone()>
            <h3 class="note-lesson">{title}</h3>
            <p class="note-course">{note.course_title.clone()}</p>
        </div>
    }
    .into_any()
}

/// The second: a link that works by itself, and that an awake player answers without leaving the page.
fn time_line(note: &Note, shelf: Shelf<'_>) -> Option<AnyView> {
    let bookmark = note.kind == NoteKind::Bookmark;
    let Some(at) = note.place.at_ms else {
        return (bookmark && shelf.is_all()).then(|| {
            view! { <p class="note-time"><Icon name=IconName::Bookmark/>{t!("note-is-bookmark")}</p> }.into_any()
        });
    };
    let clock = i18n::clock(at);
    let icon = if bookmark {
        IconName::Bookmark
    } else {
        IconName::Play
    };
    let body = if note.lesson_exists {
        let label = t!("note-play", "time" => clock.clone());
        view! {
            <a class="note-seek" href=note.url() aria-label=label data-seek-ms=at.to_string() data-seek-activity=note.place.activity.clone()>
                <Icon name=icon/>{clock}
            </a>
        }
        .into_any()
    } else {
        view! { <span class="note-seek"><Icon name=icon/>{clock}</span> }.into_any()
    };
    Some(view! { <p class="note-time">{body}</p> }.into_any())
}

fn quote(note: &Note, shelf: Shelf<'_>) -> Option<AnyView> {
    let quote = note.place.passage.as_ref()?.quote.clone();
    let language = note.language.clone();
    // Beside its lesson the quote leads to where it stands.
    let words = if !shelf.is_all() {
        view! { <a href=format!("#mark-{}", note.id)>{quote}</a> }.into_any()
    } else {
        quote.into_any()
    };
    Some(view! { <blockquote class="note-quote" lang=language>{words}</blockquote> }.into_any())
}

/// A text is deleted in two steps, because nothing brings it back; a place in one.
fn actions(note: &Note, shelf: Shelf<'_>) -> AnyView {
    let id = note.id.to_string();
    let about = about(note);
    let delete = {
        let (id, back, live) = (id.clone(), shelf.back(), shelf.live());
        move |label: String, class: &'static str| {
            let (id, back, about) = (id.clone(), back.clone(), about.clone());
            view! {
                <Form action=DeleteNote::url() class="note-form" live=live.clone()>
                    <Hidden name="note" value=id.clone()/>
                    <Hidden name="next" value=back.clone()/>
                    <button class=class type="submit">{label.clone()} " " <span class="visually-hidden">{about.clone()}</span></button>
                </Form>
            }
        }
    };
    if note.kind != NoteKind::Note {
        return delete(t!("note-remove"), "button button-quiet").into_any();
    }
    let edit = format!("/notes/{id}?next={}", encode(&shelf.back()));
    let about = about_note(note);
    view! {
        <a class="button button-quiet" href=edit>{t!("note-edit")} " " <span class="visually-hidden">{about.clone()}</span></a>
        <details class="note-delete">
            <summary class="button button-quiet">{t!("note-delete")} " " <span class="visually-hidden">{about}</span></summary>
            {delete(t!("note-delete-sure"), "button")}
        </details>
    }
    .into_any()
}

/// Tells one button from the others to who hears them.
fn about(note: &Note) -> String {
    match (&note.place.passage, note.place.at_ms) {
        _ if note.kind == NoteKind::Note => about_note(note),
        (Some(passage), _) => short(&passage.quote),
        (None, Some(at)) => i18n::clock(at),
        (None, None) => note.lesson_title.clone(),
    }
}

fn about_note(note: &Note) -> String {
    short(note.body.lines().next().unwrap_or_default())
}

fn short(text: &str) -> String {
    const MAX: usize = 40;
    match text.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
