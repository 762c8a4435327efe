//! Notes as a lesson's page shows them.

use domain::{
    ids::{NoteId, Slug, UserId},
    lesson::{ShownActivity, ShownBody},
    note::{LessonNotes, Note, NoteKind, NotePlace},
};
use formats::render::mark::{self, Mark};
use uuid::Uuid;

use super::store;
use crate::{Result, Tx};

/// The learner's notes in a lesson.
pub async fn of_lesson(
    tx: &mut Tx,
    user: UserId,
    course: &Slug,
    lesson: &Slug,
) -> Result<LessonNotes> {
    let notes = store::of_lesson(tx, user, course, lesson).await?;
    let whole = |note: &Note| note.kind == NoteKind::Bookmark && note.place == NotePlace::default();
    let (bookmarks, notes): (Vec<Note>, Vec<Note>) = notes.into_iter().partition(whole);
    Ok(LessonNotes {
        notes,
        bookmarked: !bookmarks.is_empty(),
        ids: [NoteId(Uuid::now_v7()), NoteId(Uuid::now_v7())],
    })
}

/// Marks the passages of notes in the lesson's texts. A passage that a new version of the course has moved into
/// another text is found there; one that is gone is only quoted beside its note.
pub fn mark_texts(activities: &mut [ShownActivity], notes: &[Note]) {
    let mut passages: Vec<(&Note, bool)> = notes
        .iter()
        .filter(|note| note.place.passage.is_some())
        .map(|note| (note, false))
        .collect();
    if passages.is_empty() {
        return;
    }
    // First where each was written, then wherever its words are.
    for own in [true, false] {
        for activity in activities.iter_mut() {
            let ShownBody::Text { html } = &mut activity.body else {
                continue;
            };
            let mut marks = Vec::new();
            for (note, found) in passages.iter_mut().filter(|(_, found)| !found) {
                let Some(passage) = &note.place.passage else {
                    continue;
                };
                let here = note.place.activity.as_ref() == Some(&activity.key);
                if here == own && mark::contains(html, &passage.quote) {
                    *found = true;
                    marks.push((note.id.to_string(), passage));
                }
            }
            let marks: Vec<Mark<'_>> = marks
                .iter()
                .map(|(id, passage)| Mark {
                    id,
                    quote: &passage.quote,
                    before: &passage.before,
                })
                .collect();
            if !marks.is_empty() {
                *html = mark::mark(html, &marks);
            }
        }
    }
}
