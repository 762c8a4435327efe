use domain::note::{MAX_BODY, Note, NoteKind};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::{DeleteNote, EditNote, my_note};
use crate::{
    error::AppError,
    i18n, param, t,
    ui::{Form, FormError, Hidden, Html, Page, Submit, TextArea, page},
    visit::{self, Visit},
};

/// A note's own page: to edit and to delete.
#[component]
pub fn EditNotePage() -> impl IntoView {
    let id = param("note");
    page(async move {
        let note = my_note(id).await?;
        // Nothing can be written into a bookmark.
        if note.kind == NoteKind::Bookmark {
            return Err(AppError::NotFound);
        }
        let next = Visit::current()
            .query("next")
            .and_then(visit::safe_next)
            .unwrap_or_default()
            .to_owned();
        let title = t!("note-edit-title");
        Ok(view! {
            <Page title=title.clone() private=true>
                <h1>{title}</h1>
                <div class="note-page">
                    {place(&note)}
                    <EditForm note=note.clone() next=next.clone()/>
                    {stored(&note)}
                    <details class="note-delete">
                        <summary class="button button-quiet">{t!("note-delete-title")}</summary>
                        <p>{t!("note-delete-text")}</p>
                        <Form action=DeleteNote::url() class="note-form">
                            <FormError/>
                            <Hidden name="note" value=note.id.to_string()/>
                            <Hidden name="next" value=next.clone()/>
                            <Submit label=t!("note-delete-sure") class="button"/>
                        </Form>
                    </details>
                </div>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

fn place(note: &Note) -> impl IntoView + use<> {
    let time = note.place.at_ms.map(|at| format!(" · {}", i18n::clock(at)));
    let quote = note
        .place
        .passage
        .as_ref()
        .map(|passage| passage.quote.clone());
    let lesson = if note.lesson_exists {
        view! { <a href=note.url()>{note.lesson_title.clone()}</a> }.into_any()
    } else {
        note.lesson_title.clone().into_any()
    };
    view! {
        <div lang=note.language.clone()>
            <p class="note-course">{note.course_title.clone()}</p>
            <p class="note-lesson">{lesson}{time}</p>
            {quote.map(|quote| view! { <blockquote class="note-quote">{quote}</blockquote> })}
        </div>
    }
}

/// `base` is always that of the stored text: who sends again after a refusal has seen it.
#[component]
fn EditForm(note: Note, next: String) -> impl IntoView {
    let optional = note.place.passage.is_some();
    view! {
        <Form action=EditNote::url()>
            <FormError/>
            <Hidden name="note" value=note.id.to_string()/>
            <Hidden name="base" value=note.edited_at.as_microsecond().to_string()/>
            <Hidden name="next" value=next.clone()/>
            <TextArea name="body" id="note-body" label=t!("note-body") hint=t!("note-body-hint") value=note.body.clone() rows=12 max=MAX_BODY as u16 optional=optional/>
            <Submit label=t!("note-keep")/>
        </Form>
    }
}

/// What is stored, while the form holds something else.
fn stored(note: &Note) -> Option<impl IntoView + use<>> {
    let visit = Visit::current();
    let posted = visit.posted(EditNote::url())?;
    let differs = posted.outcome.is_err() && posted.value("body") != Some(note.body.as_str());
    let html = note.html.clone();
    differs.then(|| {
        view! {
            <section class="note-stored" aria-labelledby="note-now">
                <h2 id="note-now">{t!("note-now")}</h2>
                <Html html class="prose note-text"/>
            </section>
        }
    })
}
