//! SQL for notes.

use domain::{
    Timestamp,
    ids::{NoteId, Slug, UserId},
    note::{Note, NoteKind, NotePlace, Passage},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::NoteFilter;
use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// Notes with whether their lessons are still there. `$1` is the learner, without whom nothing is read.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT n.id, n.kind, n.course_slug, n.course_title, n.lesson_slug, n.lesson_title, n.language,
                 n.activity_key, n.at_ms, n.quote, n.quote_before, n.body, n.html, n.created_at, n.edited_at,
                 l.slug IS NOT NULL AS lesson_exists
             FROM note n
             LEFT JOIN course c ON c.slug = n.course_slug
             LEFT JOIN lesson l ON l.version_id = c.version_id AND l.slug = n.lesson_slug
             WHERE n.user_id = $1 AND n.deleted_at IS NULL ",
            $rest
        )
    };
}

#[derive(Debug, FromRow)]
struct NoteRow {
    id: Uuid,
    kind: String,
    course_slug: String,
    course_title: String,
    lesson_slug: String,
    lesson_title: String,
    language: String,
    activity_key: Option<String>,
    at_ms: Option<i64>,
    quote: Option<String>,
    quote_before: Option<String>,
    body: String,
    html: String,
    created_at: Micros,
    edited_at: Micros,
    lesson_exists: bool,
}

impl NoteRow {
    fn note(self) -> Result<Note> {
        let passage = self.quote.map(|quote| Passage {
            quote,
            before: self.quote_before.unwrap_or_default(),
        });
        Ok(Note {
            id: NoteId(self.id),
            kind: NoteKind::from_name(&self.kind)
                .ok_or_else(|| Error::internal("an unknown kind of note"))?,
            course: Slug::parse(&self.course_slug).map_err(Error::internal)?,
            course_title: self.course_title,
            lesson: Slug::parse(&self.lesson_slug).map_err(Error::internal)?,
            lesson_title: self.lesson_title,
            language: self.language,
            place: NotePlace {
                activity: self.activity_key,
                at_ms: self.at_ms.and_then(|at| u64::try_from(at).ok()),
                passage,
            },
            body: self.body,
            html: self.html,
            created_at: self.created_at.into(),
            edited_at: self.edited_at.into(),
            lesson_exists: self.lesson_exists,
        })
    }
}

fn notes(rows: Vec<NoteRow>) -> Result<Vec<Note>> {
    rows.into_iter().map(NoteRow::note).collect()
}

/// One writer for each learner, so that limits are counted rightly on both databases.
pub async fn lock_owner(tx: &mut Tx, user: UserId) -> Result<()> {
    execute!(
        tx,
        "UPDATE user_account SET name = name WHERE id = $1",
        user.0
    )?;
    Ok(())
}

/// A request that was seen before: what it asked for, and whether its note was deleted since.
#[derive(Debug, FromRow)]
pub struct Seen {
    pub request: String,
    pub deleted: bool,
}

pub async fn seen(tx: &mut Tx, user: UserId, id: NoteId) -> Result<Option<Seen>> {
    rows!(
        tx,
        fetch_optional as Seen,
        "SELECT request, deleted_at IS NOT NULL AS deleted FROM note WHERE user_id = $1 AND id = $2",
        user.0,
        id.0,
    )
}

/// How many there are, and how many characters they have.
pub async fn size(tx: &mut Tx, user: UserId) -> Result<(i64, i64)> {
    rows!(
        tx,
        fetch_one as (i64, i64),
        "SELECT COUNT(*), CAST(COALESCE(SUM(LENGTH(body)), 0) AS BIGINT) FROM note
         WHERE user_id = $1 AND deleted_at IS NULL",
        user.0,
    )
}

/// `false`: the place has a bookmark. `request` is what tells a repetition from another note.
pub async fn insert(
    tx: &mut Tx,
    user: UserId,
    note: &Note,
    request: &str,
    search: &str,
) -> Result<bool> {
    let place = &note.place;
    let passage = place.passage.as_ref();
    let added = execute!(
        tx,
        "INSERT INTO note (user_id, id, kind, course_slug, course_title, lesson_slug, lesson_title, language,
             activity_key, at_ms, quote, quote_before, body, html, search_text, request, created_at, edited_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         ON CONFLICT DO NOTHING",
        user.0,
        note.id.0,
        note.kind.as_str(),
        note.course.as_str(),
        note.course_title.as_str(),
        note.lesson.as_str(),
        note.lesson_title.as_str(),
        note.language.as_str(),
        place.activity.as_deref(),
        place.at_ms.and_then(|at| i64::try_from(at).ok()),
        passage.map(|passage| passage.quote.as_str()),
        passage.map(|passage| passage.before.as_str()),
        note.body.as_str(),
        note.html.as_str(),
        search,
        request,
        Micros::from(note.created_at),
        Micros::from(note.edited_at),
    )?;
    Ok(added == 1)
}

/// `false`: it was edited since `base`, or is gone.
pub async fn update(
    tx: &mut Tx,
    user: UserId,
    note: &Note,
    base: Timestamp,
    search: &str,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE note SET kind = $1, body = $2, html = $3, search_text = $4, edited_at = $5
         WHERE user_id = $6 AND id = $7 AND edited_at = $8 AND deleted_at IS NULL",
        note.kind.as_str(),
        note.body.as_str(),
        note.html.as_str(),
        search,
        Micros::from(note.edited_at),
        user.0,
        note.id.0,
        Micros::from(base),
    )?;
    Ok(changed == 1)
}

/// Takes the words away and keeps the id.
pub async fn delete(tx: &mut Tx, user: UserId, id: NoteId, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "UPDATE note SET deleted_at = $1, body = '', html = '', search_text = '', quote = NULL, quote_before = NULL
         WHERE user_id = $2 AND id = $3 AND deleted_at IS NULL",
        Micros::from(now),
        user.0,
        id.0,
    )?;
    Ok(())
}

/// The bookmark of a lesson as a whole.
pub async fn lesson_bookmark(
    tx: &mut Tx,
    user: UserId,
    course: &Slug,
    lesson: &Slug,
) -> Result<Option<NoteId>> {
    let id: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT id FROM note WHERE user_id = $1 AND course_slug = $2 AND lesson_slug = $3 AND kind = 'bookmark'
             AND activity_key IS NULL AND at_ms IS NULL AND deleted_at IS NULL",
        user.0,
        course.as_str(),
        lesson.as_str(),
    )?;
    Ok(id.map(NoteId))
}

pub async fn note(tx: &mut Tx, user: UserId, id: NoteId) -> Result<Option<Note>> {
    rows!(
        tx,
        fetch_optional as NoteRow,
        select!("AND n.id = $2"),
        user.0,
        id.0
    )?
    .map(NoteRow::note)
    .transpose()
}

/// Those of one lesson, by the second they belong to, then by age; not more than a page can show.
pub async fn of_lesson(
    tx: &mut Tx,
    user: UserId,
    course: &Slug,
    lesson: &Slug,
) -> Result<Vec<Note>> {
    notes(rows!(
        tx,
        fetch_all as NoteRow,
        select!(
            "AND n.course_slug = $2 AND n.lesson_slug = $3
             ORDER BY n.at_ms IS NULL, n.at_ms, n.created_at, n.id LIMIT 200"
        ),
        user.0,
        course.as_str(),
        lesson.as_str(),
    )?)
}

/// The newest that fit, at most `limit`; `after` is where the last page ended. Five words are looked for: no search
/// needs more.
pub async fn find(
    tx: &mut Tx,
    user: UserId,
    filter: &NoteFilter,
    after: Option<(Timestamp, NoteId)>,
    limit: i64,
) -> Result<Vec<Note>> {
    let patterns = patterns(&filter.query);
    let (moment, id) = after.map_or((i64::MAX, Uuid::nil()), |(moment, id)| {
        (moment.as_microsecond(), id.0)
    });
    notes(rows!(
        tx,
        fetch_all as NoteRow,
        select!(
            "AND (n.created_at < $2 OR (n.created_at = $2 AND n.id < $3))
             AND ($4 = '' OR n.course_slug = $4) AND ($5 = '' OR n.kind = $5)
             AND n.search_text LIKE $6 ESCAPE '!' AND n.search_text LIKE $7 ESCAPE '!'
             AND n.search_text LIKE $8 ESCAPE '!' AND n.search_text LIKE $9 ESCAPE '!'
             AND n.search_text LIKE $10 ESCAPE '!'
             ORDER BY n.created_at DESC, n.id DESC LIMIT $11"
        ),
        user.0,
        moment,
        id,
        filter.course.as_ref().map_or("", Slug::as_str),
        filter.kind.map_or("", NoteKind::as_str),
        patterns[0].as_str(),
        patterns[1].as_str(),
        patterns[2].as_str(),
        patterns[3].as_str(),
        patterns[4].as_str(),
        limit,
    )?)
}

/// Everything, course by course, lesson by lesson, in the order in which one learns.
pub async fn all(tx: &mut Tx, user: UserId) -> Result<Vec<Note>> {
    notes(rows!(
        tx,
        fetch_all as NoteRow,
        select!(
            "ORDER BY n.course_title, n.course_slug, l.position IS NULL, l.position, n.lesson_slug,
                 n.at_ms IS NULL, n.at_ms, n.created_at, n.id"
        ),
        user.0,
    )?)
}

/// Courses with notes: slug and title.
pub async fn courses(tx: &mut Tx, user: UserId) -> Result<Vec<(Slug, String)>> {
    let found = rows!(
        tx,
        fetch_all as (String, String),
        "SELECT course_slug, MAX(course_title) FROM note WHERE user_id = $1 AND deleted_at IS NULL
         GROUP BY course_slug ORDER BY 2, 1",
        user.0,
    )?;
    found
        .into_iter()
        .map(|(slug, title)| Ok((Slug::parse(&slug).map_err(Error::internal)?, title)))
        .collect()
}

/// The first five words as patterns; `%` fits everything.
fn patterns(query: &str) -> [String; 5] {
    // Not every database can be asked for every control character.
    let query = query.to_lowercase().replace(char::is_control, " ");
    let mut words = query.split_whitespace();
    std::array::from_fn(|_| {
        let Some(word) = words.next() else {
            return "%".to_owned();
        };
        let mut pattern = String::from("%");
        for c in word.chars() {
            if matches!(c, '!' | '%' | '_') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
        pattern
    })
}
