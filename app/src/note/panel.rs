use domain::{
    ids::NoteId,
    lesson::{LessonPage as Lesson, ShownBody, ShownSource},
    note::{MAX_BODY, MAX_QUOTE},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{AddNote, SetBookmark},
    item::{Shelf, item},
    marker::Marker,
};
use crate::{
    course::text_id,
    i18n, t,
    ui::{Field, Form, FormError, Hidden, Icon, IconName, Submit, TextArea},
    visit::Visit,
};

/// The learner's notes under a lesson. Nothing for those who are not signed in, or before a shut door.
#[component]
pub fn NotePanel(lesson: Lesson) -> impl IntoView {
    let notes = lesson.notes.clone()?;
    let place = format!("{}/{}", lesson.course.slug, lesson.slug);
    let back = format!(
        "/courses/{}/lessons/{}?noted=deleted#notes",
        lesson.course.slug, lesson.slug
    );
    let live = live(&lesson);
    let shelf = Shelf::Lesson {
        back: &back,
        live: &live,
    };
    let items: Vec<_> = notes.notes.iter().map(|note| item(note, shelf)).collect();
    let list = (!items.is_empty())
        .then(|| view! { <ul class="notes-list" aria-label=t!("note-list")>{items}</ul> });
    Some(view! {
        <section class="notes" id="notes" aria-labelledby="notes-title">
            <div class="notes-head">
                <h2 id="notes-title">{t!("notes")}</h2>
                <BookmarkForm place=place.clone() on=!notes.bookmarked live=live.clone()/>
                <a class="button button-quiet" href="/notes">{t!("notes-all")}</a>
            </div>
            {said()}
            {list}
            <NoteForm lesson=lesson.clone() place=place.clone() new=notes.ids[0] live=live.clone()/>
            <HighlightForm place new=notes.ids[1] live=texts_first(&live)/>
        </section>
        <Marker name=t!("marker") highlight=t!("marker-highlight") note=t!("marker-note")/>
    })
}

/// From the top of a lesson to its notes.
pub fn jump(lesson: &Lesson) -> Option<impl IntoView + use<>> {
    let count = lesson.notes.as_ref()?.notes.len();
    let words = t!("notes-jump", "count" => count);
    Some(view! { <a class="note-jump" href="#notes" lang=crate::visit::locale().tag()>{words}</a> })
}

/// What a form here changes: the notes, and the texts with their highlights.
fn live(lesson: &Lesson) -> String {
    let texts = lesson
        .activities
        .iter()
        .filter(|activity| matches!(activity.body, ShownBody::Text { .. }))
        .map(|activity| text_id(lesson, &activity.key));
    let ids: Vec<String> = std::iter::once("notes".to_owned()).chain(texts).collect();
    ids.join(" ")
}

/// Who highlights goes on reading: the focus follows what comes first.
fn texts_first(live: &str) -> String {
    match live.split_once(' ') {
        Some((notes, texts)) => format!("{texts} {notes}"),
        None => live.to_owned(),
    }
}

/// What the last form did. It takes the focus when the page was not loaded anew for it.
fn said() -> Option<impl IntoView + use<>> {
    let visit = Visit::current();
    let key = format!("noted-{}", visit.query("noted")?);
    i18n::has_message(visit.locale, &key).then(|| {
        view! {
            <div class="notice" role="status" tabindex="-1" data-answer=true>
                <Icon name=IconName::CircleCheck/>
                <p>{t!(key.as_str())}</p>
            </div>
        }
    })
}

#[component]
fn BookmarkForm(place: String, on: bool, live: String) -> impl IntoView {
    let label = if on {
        t!("bookmark-lesson")
    } else {
        t!("bookmark-remove")
    };
    let value = if on { "true" } else { "false" };
    view! {
        <Form action=SetBookmark::url() class="note-form" live=Some(live.clone())>
            <FormError/>
            <Hidden name="place" value=place.clone()/>
            <Hidden name="on" value=value/>
            <button class="button button-quiet notes-bookmark" type="submit" data-on=(!on).then_some("")>
                <Icon name=IconName::Bookmark/>{label.clone()}
            </button>
        </Form>
    }
}

/// The lesson's recordings whose seconds can be named: key and title.
fn media(lesson: &Lesson) -> Vec<(String, String)> {
    let medium = |activity: &domain::lesson::ShownActivity| match &activity.body {
        ShownBody::Media { media } if !matches!(media.source, ShownSource::YouTube { .. }) => {
            Some((activity.key.clone(), media.title.clone()))
        }
        _ => None,
    };
    lesson.activities.iter().filter_map(medium).collect()
}

/// Open where something was typed already.
#[component]
fn NoteForm(lesson: Lesson, place: String, new: NoteId, live: String) -> impl IntoView {
    let visit = Visit::current();
    let posted = visit.posted(AddNote::url());
    let open = posted.is_some();
    let chosen = posted
        .and_then(|form| form.value("place"))
        .map(str::to_owned);
    let before = posted
        .and_then(|form| form.value("before"))
        .unwrap_or_default();
    let before = before.to_owned();
    let media = media(&lesson);
    let has_text = lesson
        .activities
        .iter()
        .any(|activity| matches!(activity.body, ShownBody::Text { .. }));
    let language = lesson.course.language.clone();
    view! {
        <details class="note-new" open=open>
            <summary class="button">{t!("note-write")}</summary>
            <Form action=AddNote::url() id="note-form" live=Some(live.clone())>
                <FormError/>
                <Hidden name="id" value=new.to_string()/>
                <TextArea name="body" id="note-body" label=t!("note-body") hint=t!("note-body-hint") max=MAX_BODY as u16 optional=true/>
                {medium_field(&media, &place, chosen.as_deref(), &language)}
                {(!media.is_empty()).then(|| view! {
                    <Field name="time" id="note-time" label=t!("note-time") hint=t!("note-time-hint") max=12 autocomplete="off" optional=true/>
                })}
                {has_text.then(|| view! {
                    <TextArea name="quote" id="note-quote" label=t!("note-quote") hint=t!("note-quote-hint") rows=2 max=MAX_QUOTE as u16 optional=true/>
                    <Hidden name="before" value=before.clone()/>
                })}
                <div class="note-buttons">
                    <Submit label=t!("note-save")/>
                    {(!media.is_empty()).then(|| view! {
                        <button class="button" type="submit" name="kind" value="bookmark"><Icon name=IconName::Bookmark/>{t!("note-bookmark-second")}</button>
                    })}
                </div>
            </Form>
        </details>
    }
}

/// Names the lesson, and with it the recording that a time belongs to.
fn medium_field(
    media: &[(String, String)],
    place: &str,
    chosen: Option<&str>,
    language: &str,
) -> AnyView {
    match media {
        [] => view! { <Hidden name="place" value=place/> }.into_any(),
        [(key, _)] => view! { <Hidden name="place" value=format!("{place}/{key}")/> }.into_any(),
        several => {
            let options: Vec<_> = several
                .iter()
                .map(|(key, title)| {
                    let value = format!("{place}/{key}");
                    let selected = chosen == Some(value.as_str());
                    view! { <option value=value selected=selected lang=language.to_owned()>{title.clone()}</option> }
                })
                .collect();
            view! {
                <div class="field">
                    <label for="note-medium">{t!("note-medium")}</label>
                    <select id="note-medium" name="place">{options}</select>
                </div>
            }
            .into_any()
        }
    }
}

/// Filled in and sent by [`Marker`]; without it the passage goes by the form above.
#[component]
fn HighlightForm(place: String, new: NoteId, live: String) -> impl IntoView {
    view! {
        <Form action=AddNote::url() id="highlight-form" class="note-form" live=Some(live.clone())>
            <Hidden name="id" value=new.to_string()/>
            <Hidden name="place" value=place.clone()/>
            <Hidden name="quote" value=""/>
            <Hidden name="before" value=""/>
        </Form>
    }
}
