use domain::{
    ids::Slug,
    note::{Note, NoteKind, NotePage},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// The words that a note is about, as its form has them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PassageFields {
    #[serde(default)]
    quote: String,
    #[serde(default)]
    before: String,
}

/// Writes a note, a highlight or a bookmark of a second, whichever it is by what it holds. `place` names a lesson
/// and, for a time, its medium: `course/lesson` or `course/lesson/activity`. With `kind` `bookmark` the text may be
/// missing, but not the time. `id` is a UUID of the sender's: sent again with it, the note is written once.
/// `waited_ms` is added by the service worker.
#[server]
pub async fn add_note(
    place: String,
    #[server(default)] id: String,
    #[server(default)] body: String,
    #[server(default)] time: String,
    #[server(flatten)] passage: PassageFields,
    #[server(default)] kind: String,
    #[server(default)] waited_ms: u64,
) -> Result<(), AppError> {
    crate::server::learner()?;
    let typed = backend::note::Typed {
        place,
        id,
        body,
        time,
        quote: passage.quote,
        before: passage.before,
        kind,
        waited_ms,
    };
    let (course, lesson, draft) = typed.parse()?;
    let note = crate::server::backend()?
        .add_note(crate::server::viewer(), &course, &lesson, draft)
        .await?;
    crate::server::redirect(&note.beside_lesson(note.kind.as_str()));
    Ok(())
}

/// `on`: `true` sets the bookmark of a lesson as a whole, `false` takes it away. Either is done once.
#[server]
pub async fn set_bookmark(place: String, on: bool) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    let (course, lesson, _) = backend::note::parse_place(&place)?;
    let backend = crate::server::backend()?;
    let done = if on {
        backend
            .bookmark_lesson(crate::server::viewer(), &course, &lesson)
            .await?;
        "bookmark"
    } else {
        backend.unbookmark_lesson(user.id, &course, &lesson).await?;
        "deleted"
    };
    crate::server::redirect(&format!(
        "/courses/{course}/lessons/{lesson}?noted={done}#notes"
    ));
    Ok(())
}

/// `base`: the moment of the text that was edited, in microseconds, so that no other edit is overwritten.
#[server]
pub async fn edit_note(
    note: String,
    base: i64,
    #[server(default)] body: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    let base = domain::Timestamp::from_microsecond(base).map_err(|_| AppError::NotFound)?;
    let id = note.parse().map_err(|_| AppError::NotFound)?;
    let note = crate::server::backend()?
        .edit_note(user.id, id, base, &body)
        .await?;
    let back = crate::visit::safe_next(&next).map_or_else(
        || "/notes?notice=note-edited".to_owned(),
        |_| note.beside_lesson("edited"),
    );
    crate::server::redirect(&back);
    Ok(())
}

/// `next`: where the note was seen.
#[server]
pub async fn delete_note(note: String, #[server(default)] next: String) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    let id = note.parse().map_err(|_| AppError::NotFound)?;
    crate::server::backend()?.delete_note(user.id, id).await?;
    let next = crate::visit::safe_next(&next);
    crate::server::redirect(next.unwrap_or("/notes?notice=note-deleted"));
    Ok(())
}

#[server]
pub async fn my_note(note: String) -> Result<Note, AppError> {
    let user = crate::server::learner()?;
    let id = note.parse().map_err(|_| AppError::NotFound)?;
    Ok(crate::server::backend()?.note(user.id, id).await?)
}

#[server]
pub async fn find_notes(
    #[server(default)] query: String,
    #[server(default)] course: Option<Slug>,
    #[server(default)] kind: Option<NoteKind>,
    #[server(default)] after: Option<String>,
) -> Result<NotePage, AppError> {
    let user = crate::server::learner()?;
    let filter = backend::note::NoteFilter {
        query: query.chars().take(200).collect(),
        course,
        kind,
        after,
    };
    Ok(crate::server::backend()?.notes(user.id, &filter).await?)
}
