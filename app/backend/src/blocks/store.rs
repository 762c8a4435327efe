//! SQL of answers to blocks and of chains.

use domain::{
    Timestamp,
    block::Given,
    ids::{CourseId, EntryId, UserId},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// A block through all versions of its course.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub course: CourseId,
    pub lesson: &'a str,
    pub activity: &'a str,
}

#[derive(Debug, FromRow)]
pub struct GivenRow {
    pub activity_key: String,
    pub part: String,
    pub choice: String,
}

/// Everything that the learner answered in a lesson.
pub async fn given(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    lesson: &str,
) -> Result<Vec<GivenRow>> {
    rows!(
        tx,
        fetch_all as GivenRow,
        "SELECT activity_key, part, choice FROM block_answer
         WHERE user_id = $1 AND course_id = $2 AND lesson_slug = $3",
        user.0,
        course.0,
        lesson,
    )
}

/// The last answer counts, in whichever order they come.
pub async fn answer(
    tx: &mut Tx,
    user: UserId,
    place: Place<'_>,
    given: Given<'_>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO block_answer (user_id, course_id, lesson_slug, activity_key, part, choice, answered_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (user_id, course_id, lesson_slug, activity_key, part) DO UPDATE SET
             choice = excluded.choice, answered_at = excluded.answered_at
         WHERE block_answer.answered_at <= excluded.answered_at",
        user.0,
        place.course.0,
        place.lesson,
        place.activity,
        given.part,
        given.choice,
        Micros::from(now),
    )?;
    Ok(())
}

/// How many learners chose what.
pub async fn counts(tx: &mut Tx, place: Place<'_>) -> Result<Vec<(String, i64)>> {
    rows!(
        tx,
        fetch_all as (String, i64),
        "SELECT choice, COUNT(*) FROM block_answer
         WHERE course_id = $1 AND lesson_slug = $2 AND activity_key = $3 AND part = ''
         GROUP BY choice",
        place.course.0,
        place.lesson,
        place.activity,
    )
}

#[derive(Debug, FromRow)]
pub struct EntryRow {
    id: Uuid,
    pub entry: String,
    pub named: bool,
    /// The learner's, in full.
    pub name: String,
    pub hidden: bool,
    added_at: Micros,
}

impl EntryRow {
    pub fn id(&self) -> EntryId {
        EntryId(self.id)
    }

    pub fn added_at(&self) -> Timestamp {
        self.added_at.into()
    }
}

/// Whose entries are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// Their own entry is none of the others'.
    pub user: UserId,
    /// Sees what is hidden from learners.
    pub staff: bool,
}

/// Entries of others that are older than one of them, the latest first.
pub async fn entries(
    tx: &mut Tx,
    place: Place<'_>,
    reader: Reader,
    before: EntryId,
    limit: i64,
) -> Result<Vec<EntryRow>> {
    rows!(
        tx,
        fetch_all as EntryRow,
        "SELECT e.id, e.entry, e.named, u.name, e.hidden_at IS NOT NULL AS hidden, e.added_at
         FROM chain_entry e JOIN user_account u ON u.id = e.user_id
         WHERE e.course_id = $1 AND e.lesson_slug = $2 AND e.activity_key = $3 AND e.id < $4
             AND e.entry <> '' AND e.user_id <> $5 AND (e.hidden_at IS NULL OR $6)
         ORDER BY e.id DESC LIMIT $7",
        place.course.0,
        place.lesson,
        place.activity,
        before.0,
        reader.user.0,
        reader.staff,
        limit,
    )
}

pub async fn entry_of(tx: &mut Tx, user: UserId, place: Place<'_>) -> Result<Option<EntryRow>> {
    rows!(
        tx,
        fetch_optional as EntryRow,
        "SELECT e.id, e.entry, e.named, u.name, e.hidden_at IS NOT NULL AS hidden, e.added_at
         FROM chain_entry e JOIN user_account u ON u.id = e.user_id
         WHERE e.user_id = $1 AND e.course_id = $2 AND e.lesson_slug = $3 AND e.activity_key = $4 AND e.entry <> ''",
        user.0,
        place.course.0,
        place.lesson,
        place.activity,
    )
}

/// Entries that learners see.
pub async fn total(tx: &mut Tx, place: Place<'_>) -> Result<i64> {
    scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM chain_entry
         WHERE course_id = $1 AND lesson_slug = $2 AND activity_key = $3 AND entry <> '' AND hidden_at IS NULL",
        place.course.0,
        place.lesson,
        place.activity,
    )
}

/// The chains of a lesson in which the learner has an entry.
pub async fn entered(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    lesson: &str,
) -> Result<Vec<String>> {
    scalar!(
        tx,
        fetch_all,
        "SELECT activity_key FROM chain_entry
         WHERE user_id = $1 AND course_id = $2 AND lesson_slug = $3 AND entry <> ''",
        user.0,
        course.0,
        lesson,
    )
}

pub struct NewEntry<'a> {
    pub id: EntryId,
    pub entry: &'a str,
    pub named: bool,
}

/// Adds the learner's entry, or changes it, unless it was changed or taken back later than `now`. What was hidden stays
/// hidden, and what was taken back is new when it comes again.
pub async fn put_entry(
    tx: &mut Tx,
    user: UserId,
    place: Place<'_>,
    new: &NewEntry<'_>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO chain_entry (id, user_id, course_id, lesson_slug, activity_key, entry, named, added_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (user_id, course_id, lesson_slug, activity_key) DO UPDATE SET
             id = CASE WHEN chain_entry.entry = '' AND chain_entry.hidden_at IS NULL THEN excluded.id
                 ELSE chain_entry.id END,
             added_at = CASE WHEN chain_entry.entry = '' THEN excluded.added_at ELSE chain_entry.added_at END,
             entry = excluded.entry, named = excluded.named, changed_at = excluded.changed_at
         WHERE chain_entry.changed_at <= excluded.changed_at",
        new.id.0,
        user.0,
        place.course.0,
        place.lesson,
        place.activity,
        new.entry,
        new.named,
        Micros::from(now),
        Micros::from(now),
    )?;
    Ok(())
}

/// Takes the learner's entry back, unless it was changed later than `now`. That it was is remembered, for what an
/// older request may still bring.
pub async fn remove_entry(
    tx: &mut Tx,
    user: UserId,
    place: Place<'_>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE chain_entry SET entry = '', changed_at = $1
         WHERE user_id = $2 AND course_id = $3 AND lesson_slug = $4 AND activity_key = $5 AND changed_at <= $1",
        Micros::from(now),
        user.0,
        place.course.0,
        place.lesson,
        place.activity,
    )?;
    Ok(())
}

/// Hides an entry, or shows it again with `None`. Whether there is such an entry in this chain.
pub async fn hide_entry(
    tx: &mut Tx,
    place: Place<'_>,
    entry: EntryId,
    hidden: Option<(UserId, Timestamp)>,
) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE chain_entry SET hidden_by = $1, hidden_at = $2
         WHERE id = $3 AND course_id = $4 AND lesson_slug = $5 AND activity_key = $6",
        hidden.map(|(by, _)| by.0),
        hidden.map(|(_, at)| Micros::from(at)),
        entry.0,
        place.course.0,
        place.lesson,
        place.activity,
    )?;
    Ok(touched > 0)
}
