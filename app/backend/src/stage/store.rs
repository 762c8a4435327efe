//! SQL for stages, attempts at them and the ways that the school opens.

use domain::{
    Timestamp,
    ids::{CourseId, Slug, UserId, VersionId},
    quiz::Score,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Result, Tx,
    course::PreparedStage,
    db::{Micros, execute, rows, scalar},
};

pub async fn insert(
    tx: &mut Tx,
    version: VersionId,
    section_position: i64,
    section: &Slug,
    stage: &PreparedStage,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO stage (version_id, section_position, section_slug, title, source, rendered)
         VALUES ($1, $2, $3, $4, $5, $6)",
        version.0,
        section_position,
        section.as_str(),
        &stage.title,
        &stage.source,
        &stage.rendered,
    )?;
    Ok(())
}

/// Section and source.
pub async fn sources(tx: &mut Tx, version: VersionId) -> Result<Vec<(String, String)>> {
    rows!(
        tx,
        fetch_all as (String, String),
        "SELECT section_slug, source FROM stage WHERE version_id = $1",
        version.0,
    )
}

#[derive(Debug, FromRow)]
pub struct StageRow {
    pub source: String,
    pub rendered: String,
}

pub async fn stage(tx: &mut Tx, version: VersionId, section: &Slug) -> Result<Option<StageRow>> {
    rows!(
        tx,
        fetch_optional as StageRow,
        "SELECT source, rendered FROM stage WHERE version_id = $1 AND section_slug = $2",
        version.0,
        section.as_str(),
    )
}

#[derive(Debug, FromRow)]
pub struct PostRow {
    pub section_position: i64,
    pub section_slug: String,
    pub title: String,
    pub passed: bool,
    pub opened: bool,
    pub going: bool,
}

/// The stages of a version in order, with what one learner (nobody: the nil id) has done at them.
pub async fn posts(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    version: VersionId,
) -> Result<Vec<PostRow>> {
    rows!(
        tx,
        fetch_all as PostRow,
        "SELECT s.section_position, s.section_slug, s.title,
             EXISTS (SELECT 1 FROM stage_attempt a WHERE a.user_id = $1 AND a.course_id = $2
                 AND a.section_slug = s.section_slug AND a.passed) AS passed,
             EXISTS (SELECT 1 FROM stage_override o WHERE o.user_id = $1 AND o.course_id = $2
                 AND o.section_slug = s.section_slug) AS opened,
             EXISTS (SELECT 1 FROM stage_attempt a WHERE a.user_id = $1 AND a.course_id = $2
                 AND a.section_slug = s.section_slug AND a.submitted_at IS NULL) AS going
         FROM stage s WHERE s.version_id = $3 ORDER BY s.section_position",
        user.0,
        course.0,
        version.0,
    )
}

/// Course, section (position and slug), title, and whether it is cleared, of every stage that a learner's courses have
/// today.
pub async fn posts_of(tx: &mut Tx, user: UserId) -> Result<Vec<(Uuid, i64, String, String, bool)>> {
    rows!(
        tx,
        fetch_all as (Uuid, i64, String, String, bool),
        "SELECT e.course_id, s.section_position, s.section_slug, s.title,
             EXISTS (SELECT 1 FROM stage_attempt a WHERE a.user_id = e.user_id AND a.course_id = e.course_id
                 AND a.section_slug = s.section_slug AND a.passed)
             OR EXISTS (SELECT 1 FROM stage_override o WHERE o.user_id = e.user_id AND o.course_id = e.course_id
                 AND o.section_slug = s.section_slug) AS cleared
         FROM enrolment e
         JOIN course c ON c.id = e.course_id
         JOIN stage s ON s.version_id = c.version_id
         WHERE e.user_id = $1 AND e.ended_at IS NULL
         ORDER BY e.course_id, s.section_position",
        user.0,
    )
}

/// Whether the learner has opened a lesson of the section that is not open to everyone anyway.
pub async fn has_begun(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    version: VersionId,
    section_position: i64,
) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM lesson l
             JOIN course_version v ON v.id = l.version_id
             JOIN lesson_progress p ON p.user_id = $1 AND p.course_id = $2 AND p.lesson_slug = l.slug
             WHERE l.version_id = $3 AND l.section_position = $4 AND NOT l.preview
                 AND (v.trial_lesson IS NULL OR v.trial_lesson <> l.slug))",
        user.0,
        course.0,
        version.0,
        section_position,
    )
}

/// Section and title of the stages that count for completion and are not cleared: those of the version at
/// enrolment that the course still has. Of one course, or of all that the learner is enrolled in.
pub async fn left(
    tx: &mut Tx,
    user: UserId,
    only: Option<(CourseId, VersionId)>,
) -> Result<Vec<(Uuid, String, String)>> {
    let (course, version) = only.unwrap_or((CourseId(Uuid::nil()), VersionId(Uuid::nil())));
    rows!(
        tx,
        fetch_all as (Uuid, String, String),
        "SELECT e.course_id, s.section_slug, s.title
         FROM enrolment e
         JOIN course c ON c.id = e.course_id
         JOIN stage s ON s.version_id = c.version_id
         WHERE e.user_id = $1 AND e.ended_at IS NULL AND ($2 OR e.course_id = $3)
             AND EXISTS (SELECT 1 FROM stage then_ WHERE then_.section_slug = s.section_slug
                 AND then_.version_id = CASE WHEN $2 THEN e.version_id ELSE $4 END)
             AND NOT EXISTS (SELECT 1 FROM stage_attempt a WHERE a.user_id = e.user_id AND a.course_id = e.course_id
                 AND a.section_slug = s.section_slug AND a.passed)
             AND NOT EXISTS (SELECT 1 FROM stage_override o WHERE o.user_id = e.user_id AND o.course_id = e.course_id
                 AND o.section_slug = s.section_slug)
         ORDER BY e.course_id, s.section_position",
        user.0,
        only.is_none(),
        course.0,
        version.0,
    )
}

/// Locks the enrolment until the transaction ends, so that attempts of one learner come one after the other.
/// Gives whether there is one.
pub async fn lock(tx: &mut Tx, user: UserId, course: CourseId) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE enrolment SET last_seen_at = last_seen_at
         WHERE user_id = $1 AND course_id = $2 AND ended_at IS NULL",
        user.0,
        course.0,
    )?;
    Ok(touched > 0)
}

/// Learner, course and the section that the stage ends.
#[derive(Clone, Copy)]
pub struct Whose<'a> {
    pub user: UserId,
    pub course: CourseId,
    pub section: &'a Slug,
}

#[derive(Debug, FromRow)]
pub struct AttemptRow {
    pub number: i64,
    version_id: Uuid,
    seed: i64,
    submitted_at: Option<Micros>,
    pub answers: Option<String>,
    pub earned: Option<i64>,
    pub possible: Option<i64>,
    pub passed: Option<bool>,
    pub concepts: Option<String>,
}

impl AttemptRow {
    pub fn version(&self) -> VersionId {
        VersionId(self.version_id)
    }

    pub fn seed(&self) -> u64 {
        self.seed.cast_unsigned()
    }

    pub fn submitted_at(&self) -> Option<Timestamp> {
        self.submitted_at.map(Into::into)
    }
}

/// The attempt that is going on.
pub async fn going(tx: &mut Tx, whose: Whose<'_>) -> Result<Option<AttemptRow>> {
    rows!(
        tx,
        fetch_optional as AttemptRow,
        "SELECT number, version_id, seed, submitted_at, answers, earned, possible, passed, concepts FROM stage_attempt
         WHERE user_id = $1 AND course_id = $2 AND section_slug = $3 AND submitted_at IS NULL",
        whose.user.0,
        whose.course.0,
        whose.section.as_str(),
    )
}

/// The last attempt that was handed in.
pub async fn last(tx: &mut Tx, whose: Whose<'_>) -> Result<Option<AttemptRow>> {
    rows!(
        tx,
        fetch_optional as AttemptRow,
        "SELECT number, version_id, seed, submitted_at, answers, earned, possible, passed, concepts FROM stage_attempt
         WHERE user_id = $1 AND course_id = $2 AND section_slug = $3 AND submitted_at IS NOT NULL
         ORDER BY number DESC LIMIT 1",
        whose.user.0,
        whose.course.0,
        whose.section.as_str(),
    )
}

pub async fn attempt(tx: &mut Tx, whose: Whose<'_>, number: u32) -> Result<Option<AttemptRow>> {
    rows!(
        tx,
        fetch_optional as AttemptRow,
        "SELECT number, version_id, seed, submitted_at, answers, earned, possible, passed, concepts FROM stage_attempt
         WHERE user_id = $1 AND course_id = $2 AND section_slug = $3 AND number = $4",
        whose.user.0,
        whose.course.0,
        whose.section.as_str(),
        i64::from(number),
    )
}

pub async fn count_submitted(tx: &mut Tx, whose: Whose<'_>) -> Result<i64> {
    scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM stage_attempt
         WHERE user_id = $1 AND course_id = $2 AND section_slug = $3 AND submitted_at IS NOT NULL",
        whose.user.0,
        whose.course.0,
        whose.section.as_str(),
    )
}

/// Begins an attempt, unless one is going on.
pub async fn start(
    tx: &mut Tx,
    whose: Whose<'_>,
    version: VersionId,
    seed: u64,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO stage_attempt (user_id, course_id, section_slug, number, version_id, seed, started_at)
         SELECT $1, $2, $3, COALESCE(MAX(number), 0) + 1, $4, $5, $6 FROM stage_attempt
         WHERE user_id = $1 AND course_id = $2 AND section_slug = $3
         ON CONFLICT DO NOTHING",
        whose.user.0,
        whose.course.0,
        whose.section.as_str(),
        version.0,
        seed.cast_signed(),
        Micros::from(now),
    )?;
    Ok(())
}

pub struct Submitted<'a> {
    pub number: u32,
    pub answers: &'a str,
    pub score: Score,
    pub concepts: &'a str,
}

/// An attempt is handed in once: what comes later changes nothing.
pub async fn submit(
    tx: &mut Tx,
    whose: Whose<'_>,
    submitted: &Submitted<'_>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE stage_attempt SET submitted_at = $1, answers = $2, earned = $3, possible = $4, passed = $5, concepts = $6
         WHERE user_id = $7 AND course_id = $8 AND section_slug = $9 AND number = $10 AND submitted_at IS NULL",
        Micros::from(now),
        submitted.answers,
        i64::from(submitted.score.earned),
        i64::from(submitted.score.possible),
        submitted.score.passed,
        submitted.concepts,
        whose.user.0,
        whose.course.0,
        whose.section.as_str(),
        i64::from(submitted.number),
    )?;
    Ok(())
}

/// Opens the way; the first reason stays.
pub async fn open(
    tx: &mut Tx,
    whose: Whose<'_>,
    reason: &str,
    actor: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO stage_override (user_id, course_id, section_slug, reason, actor, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (user_id, course_id, section_slug) DO NOTHING",
        whose.user.0,
        whose.course.0,
        whose.section.as_str(),
        reason,
        actor,
        Micros::from(now),
    )?;
    Ok(())
}

/// The learner with this address, if they are enrolled.
pub async fn learner(tx: &mut Tx, email_key: &str, course: CourseId) -> Result<Option<UserId>> {
    let found: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT u.id FROM user_account u JOIN enrolment e ON e.user_id = u.id
         WHERE u.email_key = $1 AND e.course_id = $2 AND e.ended_at IS NULL",
        email_key,
        course.0,
    )?;
    Ok(found.map(UserId))
}

/// Who opened a learner's stages, and why.
#[cfg(test)]
pub async fn overrides(tx: &mut Tx, user: UserId) -> Result<Vec<(String, String)>> {
    rows!(
        tx,
        fetch_all as (String, String),
        "SELECT actor, reason FROM stage_override WHERE user_id = $1",
        user.0,
    )
}
