use domain::{
    form::FieldError,
    ids::{NoteId, Slug},
    note::{NoteKind, NotePlace, parse_body, parse_passage, parse_time},
};

use super::Draft;
use crate::{Error, Result, progress::Late};

/// A note as a form brings it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// `course/lesson`, or `course/lesson/activity`.
    pub place: String,
    /// What is no id is none: a note is not lost for it.
    pub id: String,
    pub body: String,
    pub time: String,
    pub quote: String,
    pub before: String,
    /// `bookmark` where the time is kept even without a text.
    pub kind: String,
    /// Milliseconds for which the device has kept it.
    pub waited_ms: u64,
}

impl Typed {
    /// Course, lesson, and what to write there.
    ///
    /// # Errors
    /// `Error::NotFound` for a place that cannot be, `Error::Invalid` for fields that are wrong.
    pub fn parse(self) -> Result<(Slug, Slug, Draft)> {
        let (course, lesson, activity) = parse_place(&self.place)?;
        let place = NotePlace {
            activity,
            at_ms: parse_time(&self.time).map_err(invalid)?,
            passage: parse_passage(&self.quote, &self.before).map_err(invalid)?,
        };
        let body = parse_body(&self.body).map_err(invalid)?;
        if place.at_ms.is_some() && place.passage.is_some() {
            return Err(Error::invalid("quote", "error-note-both"));
        }
        let bookmark = self.kind == NoteKind::Bookmark.as_str();
        if bookmark && place.at_ms.is_none() {
            return Err(Error::invalid("time", "error-note-time-missing"));
        }
        // A note says something, or has a place that is worth keeping.
        if body.is_empty() && place.passage.is_none() && !bookmark {
            return Err(Error::invalid("body", "error-note-empty"));
        }
        let id: Option<NoteId> = self.id.parse().ok();
        let draft = Draft {
            id,
            place,
            body,
            late: Late::waited(self.waited_ms),
        };
        Ok((course, lesson, draft))
    }
}

fn invalid(error: FieldError) -> Error {
    Error::Invalid(vec![error])
}

/// Course, lesson and, where there is one, the activity, whose key may hold anything.
///
/// # Errors
/// `Error::NotFound` for what names no lesson.
pub fn parse_place(text: &str) -> Result<(Slug, Slug, Option<String>)> {
    let mut parts = text.splitn(3, '/');
    let mut slug = || {
        let part = parts.next().ok_or(Error::NotFound)?;
        Slug::parse(part).map_err(|_| Error::NotFound)
    };
    let (course, lesson) = (slug()?, slug()?);
    let activity = parts.next().filter(|key| !key.is_empty());
    Ok((course, lesson, activity.map(str::to_owned)))
}
