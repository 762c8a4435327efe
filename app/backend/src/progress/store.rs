//! SQL for enrolment and progress.

use domain::{
    Timestamp,
    ids::{CourseId, Slug, UserId, VersionId},
    progress::Coverage,
    quiz::Score,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// An enrolment that had ended goes on as it was.
pub async fn enrol(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    version: VersionId,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO enrolment (user_id, course_id, version_id, enrolled_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (user_id, course_id) DO UPDATE SET ended_at = NULL WHERE enrolment.ended_at IS NOT NULL",
        user.0,
        course.0,
        version.0,
        Micros::from(now),
    )?;
    Ok(())
}

/// When the learner enrolled.
pub async fn enrolled_at(tx: &mut Tx, user: UserId, course: CourseId) -> Result<Option<Timestamp>> {
    let enrolled: Option<Micros> = scalar!(
        tx,
        fetch_optional,
        "SELECT enrolled_at FROM enrolment WHERE user_id = $1 AND course_id = $2 AND ended_at IS NULL",
        user.0,
        course.0,
    )?;
    Ok(enrolled.map(Into::into))
}

/// Marks the lesson as opened, and as the place where the learner is unless they have been elsewhere since. Gives when it was
/// opened first.
pub async fn open_lesson(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    lesson: &Slug,
    now: Timestamp,
) -> Result<Timestamp> {
    execute!(
        tx,
        "INSERT INTO lesson_progress (user_id, course_id, lesson_slug, opened_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, course_id, lesson_slug) DO NOTHING",
        user.0,
        course.0,
        lesson.as_str(),
        Micros::from(now),
    )?;
    execute!(
        tx,
        "UPDATE enrolment SET last_lesson = $1, last_seen_at = $2
         WHERE user_id = $3 AND course_id = $4 AND last_seen_at <= $2",
        lesson.as_str(),
        Micros::from(now),
        user.0,
        course.0,
    )?;
    let opened: Micros = scalar!(
        tx,
        fetch_one,
        "SELECT opened_at FROM lesson_progress WHERE user_id = $1 AND course_id = $2 AND lesson_slug = $3",
        user.0,
        course.0,
        lesson.as_str(),
    )?;
    Ok(opened.into())
}

/// A lesson is completed once; the moment does not move.
pub async fn complete_lesson(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    lesson: &Slug,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE lesson_progress SET completed_at = $1
         WHERE user_id = $2 AND course_id = $3 AND lesson_slug = $4 AND completed_at IS NULL",
        Micros::from(now),
        user.0,
        course.0,
        lesson.as_str(),
    )?;
    Ok(())
}

/// When the last of a lesson's tasks was done: a medium watched, a quiz passed first, a block answered.
pub async fn last_done(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    lesson: &Slug,
) -> Result<Option<Timestamp>> {
    let last: Option<Micros> = scalar!(
        tx,
        fetch_one,
        "SELECT MAX(done_at) FROM (
             SELECT watched_at AS done_at FROM media_progress
             WHERE user_id = $1 AND course_id = $2 AND lesson_slug = $3
             UNION ALL
             SELECT MIN(created_at) AS done_at FROM quiz_attempt
             WHERE user_id = $1 AND course_id = $2 AND lesson_slug = $3 AND passed
             GROUP BY activity_key
             UNION ALL
             SELECT answered_at AS done_at FROM block_answer
             WHERE user_id = $1 AND course_id = $2 AND lesson_slug = $3
             UNION ALL
             SELECT added_at AS done_at FROM chain_entry
             WHERE user_id = $1 AND course_id = $2 AND lesson_slug = $3 AND entry <> ''
         ) AS tasks",
        user.0,
        course.0,
        lesson.as_str(),
    )?;
    Ok(last.map(Into::into))
}

/// A course is complete with the last of its lessons, whenever that is heard of.
pub async fn complete_course(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE enrolment SET completed_at = COALESCE(
             (SELECT MAX(completed_at) FROM lesson_progress WHERE user_id = $2 AND course_id = $3), $1)
         WHERE user_id = $2 AND course_id = $3 AND completed_at IS NULL",
        Micros::from(now),
        user.0,
        course.0,
    )?;
    Ok(())
}

#[derive(Debug, FromRow)]
pub struct EnrolmentRow {
    course_id: Uuid,
    pub slug: String,
    enrolled_at: Micros,
    last_seen_at: Micros,
    completed_at: Option<Micros>,
    pub last_lesson: Option<String>,
}

impl EnrolmentRow {
    pub fn course(&self) -> CourseId {
        CourseId(self.course_id)
    }

    pub fn enrolled_at(&self) -> Timestamp {
        self.enrolled_at.into()
    }

    pub fn last_seen_at(&self) -> Timestamp {
        self.last_seen_at.into()
    }

    pub fn completed_at(&self) -> Option<Timestamp> {
        self.completed_at.map(Into::into)
    }
}

/// Those that have not ended.
pub async fn enrolments(tx: &mut Tx, user: UserId) -> Result<Vec<EnrolmentRow>> {
    rows!(
        tx,
        fetch_all as EnrolmentRow,
        "SELECT e.course_id, c.slug, e.enrolled_at, e.last_seen_at, e.completed_at, e.last_lesson
         FROM enrolment e JOIN course c ON c.id = e.course_id
         WHERE e.user_id = $1 AND e.ended_at IS NULL
         ORDER BY e.last_seen_at DESC",
        user.0,
    )
}

#[derive(Debug, FromRow)]
pub struct LessonRow {
    course_id: Uuid,
    pub slug: String,
    pub title: String,
    pub completed: bool,
    /// Was there when the learner enrolled.
    pub pinned: bool,
    pub section_position: i64,
    pub opened: bool,
    /// The trial lesson, or a preview.
    pub open_to_all: bool,
}

impl LessonRow {
    pub fn course(&self) -> CourseId {
        CourseId(self.course_id)
    }
}

/// The lessons of the learner's courses (or of one) in order, as they are shown today.
pub async fn lessons_of(
    tx: &mut Tx,
    user: UserId,
    only: Option<CourseId>,
) -> Result<Vec<LessonRow>> {
    rows!(
        tx,
        fetch_all as LessonRow,
        "SELECT e.course_id, l.slug, l.title, p.completed_at IS NOT NULL AS completed,
             EXISTS (SELECT 1 FROM lesson then_ WHERE then_.version_id = e.version_id AND then_.slug = l.slug) AS pinned,
             l.section_position, p.opened_at IS NOT NULL AS opened,
             (l.preview OR COALESCE(v.trial_lesson, '') = l.slug) AS open_to_all
         FROM enrolment e
         JOIN course c ON c.id = e.course_id
         JOIN course_version v ON v.id = c.version_id
         JOIN lesson l ON l.version_id = c.version_id
         LEFT JOIN lesson_progress p ON p.user_id = e.user_id AND p.course_id = e.course_id AND p.lesson_slug = l.slug
         WHERE e.user_id = $1 AND ($2 OR e.course_id = $3)
         ORDER BY e.course_id, l.position",
        user.0,
        only.is_none(),
        only.map_or(Uuid::nil(), |course| course.0),
    )
}

#[derive(Debug, FromRow)]
pub struct PlaceRow {
    course_id: Uuid,
    pub lesson_slug: String,
    pub position_ms: Option<i64>,
    pub rendered: String,
}

impl PlaceRow {
    pub fn course(&self) -> CourseId {
        CourseId(self.course_id)
    }
}

/// The media of the lessons that the learner was in last, with their positions.
pub async fn last_places(tx: &mut Tx, user: UserId) -> Result<Vec<PlaceRow>> {
    rows!(
        tx,
        fetch_all as PlaceRow,
        "SELECT e.course_id, l.slug AS lesson_slug, m.position_ms, a.rendered
         FROM enrolment e
         JOIN course c ON c.id = e.course_id
         JOIN lesson l ON l.version_id = c.version_id AND l.slug = e.last_lesson
         JOIN activity a ON a.version_id = l.version_id AND a.lesson_position = l.position AND a.kind = 'media'
         LEFT JOIN media_progress m ON m.user_id = e.user_id AND m.course_id = e.course_id
             AND m.lesson_slug = l.slug AND m.activity_key = a.activity_key
         WHERE e.user_id = $1
         ORDER BY m.updated_at IS NULL, m.updated_at DESC, a.position",
        user.0,
    )
}

fn parse(coverage: &str) -> Result<Coverage> {
    serde_json::from_str(coverage).map_err(Error::internal)
}

/// Activity, position in milliseconds, coverage.
pub async fn media_of_lesson(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    lesson: &str,
) -> Result<Vec<(String, u64, Coverage)>> {
    let rows = rows!(
        tx,
        fetch_all as (String, i64, String),
        "SELECT activity_key, position_ms, coverage FROM media_progress
         WHERE user_id = $1 AND course_id = $2 AND lesson_slug = $3",
        user.0,
        course.0,
        lesson,
    )?;
    rows.into_iter()
        .map(|(activity, position, coverage)| {
            Ok((
                activity,
                u64::try_from(position).unwrap_or(0),
                parse(&coverage)?,
            ))
        })
        .collect()
}

pub struct Attempt<'a> {
    pub id: Uuid,
    pub lesson: &'a Slug,
    pub activity: &'a str,
    pub answers: &'a str,
    pub score: Score,
}

/// Gives whether it is new.
pub async fn insert_attempt(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    attempt: &Attempt<'_>,
    now: Timestamp,
) -> Result<bool> {
    let inserted = execute!(
        tx,
        "INSERT INTO quiz_attempt (id, user_id, course_id, lesson_slug, activity_key, answers, earned, possible, passed, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (id) DO NOTHING",
        attempt.id,
        user.0,
        course.0,
        attempt.lesson.as_str(),
        attempt.activity,
        attempt.answers,
        i64::from(attempt.score.earned),
        i64::from(attempt.score.possible),
        attempt.score.passed,
        Micros::from(now),
    )?;
    Ok(inserted > 0)
}

/// What was given in an attempt that is there already, if it is one of this learner at this quiz.
pub async fn answers_of(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    attempt: &Attempt<'_>,
) -> Result<Option<String>> {
    scalar!(
        tx,
        fetch_optional,
        "SELECT answers FROM quiz_attempt
         WHERE id = $1 AND user_id = $2 AND course_id = $3 AND lesson_slug = $4 AND activity_key = $5",
        attempt.id,
        user.0,
        course.0,
        attempt.lesson.as_str(),
        attempt.activity,
    )
}

#[derive(Debug, FromRow)]
pub struct AttemptRow {
    pub activity_key: String,
    pub answers: String,
    /// This or an earlier attempt passed.
    pub ever_passed: bool,
    /// Points of the best attempt.
    pub best: i64,
}

/// The last attempt at each quiz of a lesson.
pub async fn last_attempts(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    lesson: &str,
) -> Result<Vec<AttemptRow>> {
    rows!(
        tx,
        fetch_all as AttemptRow,
        "SELECT a.activity_key, a.answers,
             EXISTS (SELECT 1 FROM quiz_attempt p WHERE p.user_id = a.user_id AND p.course_id = a.course_id
                 AND p.lesson_slug = a.lesson_slug AND p.activity_key = a.activity_key AND p.passed) AS ever_passed,
             (SELECT MAX(b.earned) FROM quiz_attempt b WHERE b.user_id = a.user_id AND b.course_id = a.course_id
                 AND b.lesson_slug = a.lesson_slug AND b.activity_key = a.activity_key) AS best
         FROM quiz_attempt a
         WHERE a.user_id = $1 AND a.course_id = $2 AND a.lesson_slug = $3
             AND NOT EXISTS (SELECT 1 FROM quiz_attempt n WHERE n.user_id = a.user_id AND n.course_id = a.course_id
                 AND n.lesson_slug = a.lesson_slug AND n.activity_key = a.activity_key
                 AND (n.created_at > a.created_at OR (n.created_at = a.created_at AND n.id > a.id)))",
        user.0,
        course.0,
        lesson,
    )
}
