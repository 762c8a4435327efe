//! Notes, highlights and bookmarks. They are their owner's alone, and outlive course and access: the gate is asked
//! only when one is written.

mod shown;
mod store;
#[cfg(test)]
mod tests;
mod typed;

use std::time::Duration;

use domain::{
    Timestamp,
    course::Text,
    ids::{NoteId, Slug, UserId},
    note::{MAX_NOTES, MAX_TOTAL, Note, NoteKind, NotePage, NotePlace, parse_body},
};
use formats::render::{self, mark};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Backend, Error, Result, Tx,
    course::{self, Open, Rendered, Viewer},
    ports::files::hex,
    progress::Late,
    rate_limit::Limit,
};

pub use typed::{Typed, parse_place};

pub(crate) use shown::{mark_texts, of_lesson};

/// How often a learner may write.
const WRITES: Limit = Limit {
    name: "note",
    attempts: 300,
    window: Duration::from_secs(600),
};
/// How often a learner may take all notes away.
const EXPORTS: Limit = Limit {
    name: "note-export",
    attempts: 20,
    window: Duration::from_secs(600),
};
/// Notes on one page.
const PAGE: usize = 30;

/// A note as it is handed in: its parts are parsed, its place is not yet looked at.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Whoever writes it may bring one: then sending it again makes no second note.
    pub id: Option<NoteId>,
    pub place: NotePlace,
    pub body: String,
    /// How long the device has kept it.
    pub late: Late,
}

impl Draft {
    /// Says of two drafts whether they ask for the same.
    fn digest(&self, course: &Slug, lesson: &Slug) -> Result<String> {
        let parts = (course, lesson, &self.place, &self.body);
        let json = serde_json::to_vec(&parts).map_err(Error::internal)?;
        Ok(hex(&Sha256::digest(json)))
    }
}

/// Which notes a page shows.
#[derive(Clone, Debug, Default)]
pub struct NoteFilter {
    /// Words that have to occur, in any order.
    pub query: String,
    pub course: Option<Slug>,
    pub kind: Option<NoteKind>,
    /// [`NotePage::next`] of the page before.
    pub after: Option<String>,
}

impl Backend {
    /// Writes a note, a highlight or a bookmark. The same request again changes nothing; another text under an id
    /// that is taken becomes a note of its own, so that nothing typed is lost.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate or for an unknown medium, `Error::Invalid` for a passage that is not in
    /// the lesson, for a note that was deleted meanwhile, and beyond the limits.
    pub async fn add_note(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        mut draft: Draft,
    ) -> Result<Note> {
        let user = viewer.user.ok_or(Error::SignInRequired)?;
        self.attempt(WRITES, &user.to_string()).await?;
        let mut id = draft.id.unwrap_or_else(|| NoteId(Uuid::now_v7()));
        let html = rendered(id, &draft.body).await?;
        let mut tx = self.db.write().await?;
        store::lock_owner(&mut tx, user).await?;
        let open = course::require_open(&mut tx, viewer, course, lesson).await?;
        place_in(&mut tx, &open, &mut draft.place).await?;
        let request = draft.digest(course, lesson)?;
        if let Some(other) = seen_otherwise(&mut tx, user, id, &request).await? {
            id = other;
        }
        if let Some(note) = repeated(&mut tx, user, id).await? {
            return Ok(note);
        }
        refuse_beyond_limits(&mut tx, user, &draft.body).await?;
        let titles = course::titles(&mut tx, &open).await?;
        let now = draft
            .late
            .moment(&mut tx, user, open.course, self.clock.now())
            .await?;
        let note = Note {
            id,
            kind: draft.place.kind(&draft.body),
            course: course.clone(),
            course_title: titles.course,
            lesson: lesson.clone(),
            lesson_title: titles.lesson,
            language: titles.language,
            place: draft.place,
            body: draft.body,
            html,
            created_at: now,
            edited_at: now,
            lesson_exists: true,
        };
        // A place that is bookmarked already needs no second bookmark.
        store::insert(&mut tx, user, &note, &request, &search_text(&note)).await?;
        tx.commit().await?;
        Ok(note)
    }

    /// Writes the text anew. `base` is [`Note::edited_at`] of the text that was edited: when there is a newer one,
    /// neither replaces the other.
    ///
    /// # Errors
    /// `Error::NotFound` for what is not the learner's, `Error::Invalid` when the text was changed meanwhile, is
    /// empty where there is nothing else, or is beyond the limits.
    pub async fn edit_note(
        &self,
        user: UserId,
        id: NoteId,
        base: Timestamp,
        body: &str,
    ) -> Result<Note> {
        let body = parse_body(body).map_err(|error| Error::Invalid(vec![error]))?;
        self.attempt(WRITES, &user.to_string()).await?;
        let html = rendered(id, &body).await?;
        let mut tx = self.db.write().await?;
        store::lock_owner(&mut tx, user).await?;
        let mut note = store::note(&mut tx, user, id)
            .await?
            .ok_or(Error::NotFound)?;
        if note.body == body {
            return Ok(note);
        }
        if body.is_empty() && note.place.passage.is_none() {
            return Err(Error::invalid("body", "error-note-empty"));
        }
        let (_, total) = store::size(&mut tx, user).await?;
        if total + length(&body) - length(&note.body) > MAX_TOTAL {
            return Err(Error::invalid("", "error-notes-full"));
        }
        note.kind = note.place.kind(&body);
        (note.body, note.html) = (body, html);
        // Two edits in the same microsecond must not look like one.
        let next = Timestamp::from_microsecond(note.edited_at.as_microsecond() + 1)
            .map_err(Error::internal)?;
        note.edited_at = self.clock.now().max(next);
        if !store::update(&mut tx, user, &note, base, &search_text(&note)).await? {
            return Err(Error::invalid("body", "error-note-changed"));
        }
        tx.commit().await?;
        Ok(note)
    }

    /// Deletes; deleting again changes nothing.
    ///
    /// # Errors
    /// `Error::NotFound` for what never was the learner's.
    pub async fn delete_note(&self, user: UserId, id: NoteId) -> Result<()> {
        let mut tx = self.db.write().await?;
        if store::seen(&mut tx, user, id).await?.is_none() {
            return Err(Error::NotFound);
        }
        store::delete(&mut tx, user, id, self.clock.now()).await?;
        tx.commit().await
    }

    /// Bookmarks a lesson.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate, `Error::Invalid` beyond the limits.
    pub async fn bookmark_lesson(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
    ) -> Result<()> {
        self.add_note(viewer, course, lesson, Draft::default())
            .await?;
        Ok(())
    }

    /// Takes a lesson's bookmark away, if there is one. Not through the gate: it is the learner's.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn unbookmark_lesson(
        &self,
        user: UserId,
        course: &Slug,
        lesson: &Slug,
    ) -> Result<()> {
        let mut tx = self.db.write().await?;
        if let Some(id) = store::lesson_bookmark(&mut tx, user, course, lesson).await? {
            store::delete(&mut tx, user, id, self.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// # Errors
    /// `Error::NotFound` for what is not the learner's.
    pub async fn note(&self, user: UserId, id: NoteId) -> Result<Note> {
        let mut tx = self.db.read().await?;
        store::note(&mut tx, user, id).await?.ok_or(Error::NotFound)
    }

    /// A page of the learner's notes, the newest first.
    ///
    /// # Errors
    /// `Error::NotFound` for a page that no page leads to.
    pub async fn notes(&self, user: UserId, filter: &NoteFilter) -> Result<NotePage> {
        let after = filter.after.as_deref().map(parse_cursor).transpose()?;
        let mut tx = self.db.read().await?;
        let limit = i64::try_from(PAGE + 1).map_err(Error::internal)?;
        let mut notes = store::find(&mut tx, user, filter, after, limit).await?;
        let more = notes.len() > PAGE;
        notes.truncate(PAGE);
        let last = notes.last().filter(|_| more);
        let next = last.map(|note| format!("{}.{}", note.created_at.as_microsecond(), note.id));
        let (total, _) = store::size(&mut tx, user).await?;
        Ok(NotePage {
            notes,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            courses: store::courses(&mut tx, user).await?,
            next,
        })
    }

    /// Everything, to take away: without HTML, in the order of courses and lessons.
    ///
    /// # Errors
    /// `Error::TooManyAttempts` for a learner in a great hurry.
    pub async fn all_notes(&self, user: UserId) -> Result<Vec<Note>> {
        self.attempt(EXPORTS, &user.to_string()).await?;
        let mut tx = self.db.read().await?;
        let mut notes = store::all(&mut tx, user).await?;
        for note in &mut notes {
            note.html.clear();
        }
        Ok(notes)
    }
}

/// Outside the transaction: nobody waits for the writer's place while code is highlighted.
async fn rendered(id: NoteId, body: &str) -> Result<String> {
    if body.is_empty() {
        return Ok(String::new());
    }
    let text = Text::Markdown(body.to_owned());
    let render = move || render::text(&text, &|_| None, &format!("n-{id}"));
    tokio::task::spawn_blocking(render)
        .await
        .map_err(Error::internal)
}

/// Looks whether the lesson has the place, and names the text that a passage is in.
async fn place_in(tx: &mut Tx, open: &Open, place: &mut NotePlace) -> Result<()> {
    let activities = course::activities(tx, open.version, open.lesson_position).await?;
    let named = |key: &str| activities.iter().find(|row| row.activity_key == key);
    if let Some(passage) = &place.passage {
        let mut found = None;
        for row in &activities {
            let rendered = serde_json::from_str(&row.rendered).map_err(Error::internal)?;
            if let Rendered::Text { html } = rendered
                && mark::contains(&html, &passage.quote)
                && (found.is_none() || place.activity.as_ref() == Some(&row.activity_key))
            {
                found = Some(row.activity_key.clone());
            }
        }
        place.activity = Some(found.ok_or_else(|| Error::invalid("quote", "error-quote-missing"))?);
        place.at_ms = None;
    } else if let Some(at) = place.at_ms {
        let key = place.activity.as_deref().ok_or(Error::NotFound)?;
        let medium = named(key)
            .filter(|row| row.kind == "media")
            .ok_or(Error::NotFound)?;
        let duration = medium.duration_ms.and_then(|ms| u64::try_from(ms).ok());
        if duration.is_some_and(|duration| at > duration) {
            return Err(Error::invalid("time", "error-note-time-late"));
        }
    } else {
        place.activity = None;
    }
    Ok(())
}

/// Another id where this one already stands for something else. It follows from the request, so that a repetition
/// finds it again.
async fn seen_otherwise(
    tx: &mut Tx,
    user: UserId,
    id: NoteId,
    request: &str,
) -> Result<Option<NoteId>> {
    let seen = store::seen(tx, user, id).await?;
    Ok(seen.filter(|seen| seen.request != request).map(|_| {
        let hash = Sha256::digest(format!("{id}:{request}"));
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        NoteId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }))
}

/// The note that this request has made before.
async fn repeated(tx: &mut Tx, user: UserId, id: NoteId) -> Result<Option<Note>> {
    match store::seen(tx, user, id).await? {
        Some(seen) if seen.deleted => Err(Error::invalid("", "error-note-deleted")),
        Some(_) => store::note(tx, user, id).await,
        None => Ok(None),
    }
}

async fn refuse_beyond_limits(tx: &mut Tx, user: UserId, body: &str) -> Result<()> {
    let (count, total) = store::size(tx, user).await?;
    if count >= MAX_NOTES || total + length(body) > MAX_TOTAL {
        return Err(Error::invalid("", "error-notes-full"));
    }
    Ok(())
}

fn length(body: &str) -> i64 {
    i64::try_from(body.chars().count()).unwrap_or(i64::MAX)
}

/// What a search looks through.
fn search_text(note: &Note) -> String {
    let quote = note
        .place
        .passage
        .as_ref()
        .map_or("", |passage| &passage.quote);
    [&note.body, quote, &note.lesson_title, &note.course_title]
        .join("\n")
        .to_lowercase()
}

/// A moment in microseconds and the id of a note.
fn parse_cursor(text: &str) -> Result<(Timestamp, NoteId)> {
    let (moment, id) = text.split_once('.').ok_or(Error::NotFound)?;
    let moment = moment.parse().map_err(|_| Error::NotFound)?;
    let moment = Timestamp::from_microsecond(moment).map_err(|_| Error::NotFound)?;
    Ok((moment, id.parse().map_err(|_| Error::NotFound)?))
}
