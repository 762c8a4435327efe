//! SQL that courses are read with.

use domain::{
    Timestamp,
    ids::{CourseId, Slug, UserId, VersionId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::view::Open;
use crate::{
    Result, Tx,
    db::{Micros, rows, scalar},
};

/// A course with its shown version.
#[derive(Debug, FromRow)]
pub struct CourseRow {
    id: Uuid,
    version_id: Uuid,
    pub slug: String,
    pub published: bool,
    pub title: String,
    pub summary: String,
    pub language: String,
    pub level: String,
    pub category: String,
    pub price_minor: Option<i64>,
    pub currency: Option<String>,
    pub trial_lesson: Option<String>,
    pub minutes: i64,
    pub lessons: i64,
    pub details: String,
    pub search_text: String,
    changed_at: Micros,
}

impl CourseRow {
    pub fn id(&self) -> CourseId {
        CourseId(self.id)
    }

    pub fn version(&self) -> VersionId {
        VersionId(self.version_id)
    }

    pub fn changed_at(&self) -> Timestamp {
        self.changed_at.into()
    }
}

pub async fn course_by_slug(tx: &mut Tx, slug: &Slug) -> Result<Option<CourseRow>> {
    rows!(
        tx,
        fetch_optional as CourseRow,
        "SELECT c.id, v.id AS version_id, c.slug, c.published, v.title, v.summary, v.language, v.level, v.category,
             v.price_minor, v.currency, v.trial_lesson, v.minutes, v.lessons, v.details, v.search_text,
             v.created_at AS changed_at
         FROM course c JOIN course_version v ON v.id = c.version_id
         WHERE c.slug = $1",
        slug.as_str(),
    )
}

/// Newest courses last, so that a catalogue keeps its order when a course is added.
pub async fn published_courses(tx: &mut Tx) -> Result<Vec<CourseRow>> {
    rows!(
        tx,
        fetch_all as CourseRow,
        "SELECT c.id, v.id AS version_id, c.slug, c.published, v.title, v.summary, v.language, v.level, v.category,
             v.price_minor, v.currency, v.trial_lesson, v.minutes, v.lessons, v.details, v.search_text,
             v.created_at AS changed_at
         FROM course c JOIN course_version v ON v.id = c.version_id
         WHERE c.published
         ORDER BY c.created_at, c.slug",
    )
}

/// The courses that a learner is enrolled in, published or not.
pub async fn courses_of(tx: &mut Tx, user: UserId) -> Result<Vec<CourseRow>> {
    rows!(
        tx,
        fetch_all as CourseRow,
        "SELECT c.id, v.id AS version_id, c.slug, c.published, v.title, v.summary, v.language, v.level, v.category,
             v.price_minor, v.currency, v.trial_lesson, v.minutes, v.lessons, v.details, v.search_text,
             v.created_at AS changed_at
         FROM enrolment e JOIN course c ON c.id = e.course_id JOIN course_version v ON v.id = c.version_id
         WHERE e.user_id = $1 AND e.ended_at IS NULL
         ORDER BY e.last_seen_at DESC",
        user.0,
    )
}

/// What the gate has to know of a course: without its texts, because media ask for every range.
#[derive(Debug, FromRow)]
pub struct CourseFacts {
    id: Uuid,
    version_id: Uuid,
    pub published: bool,
    pub trial_lesson: Option<String>,
}

impl CourseFacts {
    pub fn id(&self) -> CourseId {
        CourseId(self.id)
    }

    pub fn version(&self) -> VersionId {
        VersionId(self.version_id)
    }
}

pub async fn course_facts(tx: &mut Tx, slug: &Slug) -> Result<Option<CourseFacts>> {
    rows!(
        tx,
        fetch_optional as CourseFacts,
        "SELECT c.id, v.id AS version_id, c.published, v.trial_lesson
         FROM course c JOIN course_version v ON v.id = c.version_id WHERE c.slug = $1",
        slug.as_str(),
    )
}

#[derive(Debug, FromRow)]
pub struct LessonFacts {
    pub position: i64,
    pub section_position: i64,
    pub preview: bool,
}

pub async fn lesson_facts(
    tx: &mut Tx,
    version: VersionId,
    slug: &Slug,
) -> Result<Option<LessonFacts>> {
    rows!(
        tx,
        fetch_optional as LessonFacts,
        "SELECT position, section_position, preview FROM lesson WHERE version_id = $1 AND slug = $2",
        version.0,
        slug.as_str(),
    )
}

/// Whether somebody had the course and has it no more.
pub async fn has_ended(tx: &mut Tx, user: UserId, course: CourseId) -> Result<bool> {
    let found: Option<i64> = scalar!(
        tx,
        fetch_optional,
        "SELECT ended_at FROM enrolment WHERE user_id = $1 AND course_id = $2 AND ended_at IS NOT NULL",
        user.0,
        course.0,
    )?;
    Ok(found.is_some())
}

/// The version at enrolment; `None` for who is not enrolled, or not any more.
pub async fn enrolled_version(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
) -> Result<Option<VersionId>> {
    let version: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT version_id FROM enrolment WHERE user_id = $1 AND course_id = $2 AND ended_at IS NULL",
        user.0,
        course.0,
    )?;
    Ok(version.map(VersionId))
}

#[derive(Debug, FromRow)]
pub struct SectionRow {
    pub slug: String,
    pub title: String,
    pub folder: String,
}

pub async fn sections(tx: &mut Tx, version: VersionId) -> Result<Vec<SectionRow>> {
    rows!(
        tx,
        fetch_all as SectionRow,
        "SELECT slug, title, folder FROM section WHERE version_id = $1 ORDER BY position",
        version.0,
    )
}

#[derive(Debug, FromRow)]
pub struct LessonRow {
    pub position: i64,
    pub section_position: i64,
    pub slug: String,
    pub title: String,
    pub kind: String,
    pub minutes: i64,
    pub preview: bool,
    pub opened: bool,
    pub completed: bool,
    /// Came after the learner had enrolled.
    pub added: bool,
}

/// The lessons of a version with one learner's marks on them (nobody's: the nil id).
pub async fn lessons(
    tx: &mut Tx,
    course: CourseId,
    version: VersionId,
    user: Uuid,
) -> Result<Vec<LessonRow>> {
    rows!(
        tx,
        fetch_all as LessonRow,
        "SELECT l.position, l.section_position, l.slug, l.title, l.kind, l.minutes, l.preview,
             p.opened_at IS NOT NULL AS opened, p.completed_at IS NOT NULL AS completed,
             e.version_id IS NOT NULL AND pin.slug IS NULL AS added
         FROM lesson l
         LEFT JOIN enrolment e ON e.user_id = $1 AND e.course_id = $2 AND e.ended_at IS NULL
         LEFT JOIN lesson pin ON pin.version_id = e.version_id AND pin.slug = l.slug
         LEFT JOIN lesson_progress p ON p.user_id = $1 AND p.course_id = $2 AND p.lesson_slug = l.slug
         WHERE l.version_id = $3
         ORDER BY l.position",
        user,
        course.0,
        version.0,
    )
}

#[derive(Debug, FromRow)]
pub struct LessonSourceRow {
    pub position: i64,
    pub section_position: i64,
    pub slug: String,
    pub title: String,
    pub author_minutes: Option<i64>,
    pub preview: bool,
}

pub async fn lesson_sources(tx: &mut Tx, version: VersionId) -> Result<Vec<LessonSourceRow>> {
    rows!(
        tx,
        fetch_all as LessonSourceRow,
        "SELECT position, section_position, slug, title, author_minutes, preview
         FROM lesson WHERE version_id = $1 ORDER BY position",
        version.0,
    )
}

/// Key and source.
pub async fn activity_sources(
    tx: &mut Tx,
    version: VersionId,
    lesson: i64,
) -> Result<Vec<(String, String)>> {
    rows!(
        tx,
        fetch_all as (String, String),
        "SELECT activity_key, source FROM activity WHERE version_id = $1 AND lesson_position = $2 ORDER BY position",
        version.0,
        lesson,
    )
}

#[derive(Debug, FromRow)]
pub struct ActivityRow {
    pub activity_key: String,
    pub kind: String,
    pub duration_ms: Option<i64>,
    /// Only of quizzes, for marking, and of blocks in which learners take part.
    pub source: Option<String>,
    pub rendered: String,
}

pub async fn activities(tx: &mut Tx, version: VersionId, lesson: i64) -> Result<Vec<ActivityRow>> {
    rows!(
        tx,
        fetch_all as ActivityRow,
        "SELECT activity_key, kind, duration_ms, CASE WHEN kind IN ('quiz', 'block') THEN source END AS source, rendered
         FROM activity WHERE version_id = $1 AND lesson_position = $2 ORDER BY position",
        version.0,
        lesson,
    )
}

/// A key with a NUL, which PostgreSQL cannot even be asked for, names nothing.
pub async fn activity(
    tx: &mut Tx,
    version: VersionId,
    lesson: i64,
    key: &str,
) -> Result<Option<ActivityRow>> {
    if key.contains('\0') {
        return Ok(None);
    }
    rows!(
        tx,
        fetch_optional as ActivityRow,
        "SELECT activity_key, kind, duration_ms, source, rendered
         FROM activity WHERE version_id = $1 AND lesson_position = $2 AND activity_key = $3",
        version.0,
        lesson,
        key,
    )
}

/// Path and hash.
pub async fn files(tx: &mut Tx, version: VersionId) -> Result<Vec<(String, String)>> {
    rows!(
        tx,
        fetch_all as (String, String),
        "SELECT path, sha256 FROM course_file WHERE version_id = $1 ORDER BY path",
        version.0
    )
}

#[derive(Debug, FromRow)]
pub struct FileRow {
    pub sha256: String,
    pub mime: String,
    pub bytes: i64,
}

pub async fn lesson_file(
    tx: &mut Tx,
    version: VersionId,
    lesson: &Slug,
    path: &str,
) -> Result<Option<FileRow>> {
    if path.contains('\0') {
        return Ok(None);
    }
    rows!(
        tx,
        fetch_optional as FileRow,
        "SELECT f.sha256, f.mime, f.bytes FROM course_file f
         JOIN lesson_file l ON l.version_id = f.version_id AND l.path = f.path
         WHERE f.version_id = $1 AND l.lesson_slug = $2 AND f.path = $3",
        version.0,
        lesson.as_str(),
        path,
    )
}

pub async fn public_file(tx: &mut Tx, version: VersionId, path: &str) -> Result<Option<FileRow>> {
    if path.contains('\0') {
        return Ok(None);
    }
    rows!(
        tx,
        fetch_optional as FileRow,
        "SELECT sha256, mime, bytes FROM course_file WHERE version_id = $1 AND path = $2 AND public",
        version.0,
        path,
    )
}

/// What a version calls its course and one of its lessons.
#[derive(Debug, FromRow)]
pub struct Titles {
    pub course: String,
    pub lesson: String,
    /// Of the course.
    pub language: String,
}

pub async fn titles(tx: &mut Tx, open: &Open) -> Result<Titles> {
    rows!(
        tx,
        fetch_one as Titles,
        "SELECT v.title AS course, l.title AS lesson, v.language
         FROM lesson l JOIN course_version v ON v.id = l.version_id
         WHERE l.version_id = $1 AND l.position = $2",
        open.version.0,
        open.lesson_position,
    )
}
