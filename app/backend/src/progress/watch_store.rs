//! SQL for what players report: every statement over many learners at once.

use std::sync::LazyLock;

use domain::{
    ids::{CourseId, UserId, VersionId},
    progress::Coverage,
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{ManyRows, Micros, execute, execute_many, rows_many},
};

static LOCK: LazyLock<ManyRows> = LazyLock::new(|| {
    ManyRows::new(
        "INSERT INTO watch_state (user_id, window_start, reports, seen)",
        4,
        "ON CONFLICT (user_id) DO UPDATE SET
             reports = CASE WHEN watch_state.window_start <= excluded.window_start - 60000000
                 THEN excluded.reports ELSE watch_state.reports + excluded.reports END,
             window_start = CASE WHEN watch_state.window_start <= excluded.window_start - 60000000
                 THEN excluded.window_start ELSE watch_state.window_start END
         RETURNING user_id, seen, window_start, reports",
    )
});

#[derive(Debug, FromRow)]
pub struct LearnerRow {
    user_id: Uuid,
    pub seen: String,
    pub window_start: Micros,
    /// In the window, with those that were just added.
    pub reports: i64,
}

impl LearnerRow {
    pub fn user(&self) -> UserId {
        UserId(self.user_id)
    }
}

/// Locks learners until the transaction ends, in the order given, and counts their reports in a window of a minute.
pub async fn lock(tx: &mut Tx, learners: &[(UserId, i64)], now: Micros) -> Result<Vec<LearnerRow>> {
    Ok(rows_many!(
        tx,
        LearnerRow,
        LOCK,
        learners,
        |(user, reports)| user.0,
        now,
        *reports,
        ""
    ))
}

static SEE: LazyLock<ManyRows> = LazyLock::new(|| {
    ManyRows::new(
        "INSERT INTO watch_state (user_id, window_start, reports, seen)",
        4,
        "ON CONFLICT (user_id) DO UPDATE SET seen = excluded.seen",
    )
});

pub async fn set_seen(tx: &mut Tx, learners: &[(UserId, &str)]) -> Result<()> {
    execute_many!(
        tx,
        SEE,
        learners,
        |(user, seen)| user.0,
        0_i64,
        0_i64,
        *seen
    );
    Ok(())
}

/// One medium of one learner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub user: UserId,
    pub course: CourseId,
    pub lesson: String,
    pub activity: String,
}

static MEDIA: LazyLock<ManyRows> = LazyLock::new(|| {
    // LEFT, so that both databases go from the values to the tables.
    ManyRows::new(
        "SELECT want.column1 AS number, e.enrolled_at, e.last_lesson, e.last_seen_at, c.version_id,
             p.opened_at, p.completed_at, m.position_ms, m.coverage, m.watched_at, m.updated_at
         FROM (",
        5,
        ") AS want
         LEFT JOIN enrolment e ON e.user_id = want.column2 AND e.course_id = want.column3 AND e.ended_at IS NULL
         LEFT JOIN course c ON c.id = want.column3
         LEFT JOIN lesson_progress p ON p.user_id = want.column2 AND p.course_id = want.column3
             AND p.lesson_slug = want.column4
         LEFT JOIN media_progress m ON m.user_id = want.column2 AND m.course_id = want.column3
             AND m.lesson_slug = want.column4 AND m.activity_key = want.column5",
    )
});

#[derive(Debug, FromRow)]
pub struct MediaRow {
    /// Place of the key in the question.
    number: i64,
    pub enrolled_at: Option<Micros>,
    pub last_lesson: Option<String>,
    pub last_seen_at: Option<Micros>,
    version_id: Option<Uuid>,
    pub opened_at: Option<Micros>,
    pub completed_at: Option<Micros>,
    pub position_ms: Option<i64>,
    coverage: Option<String>,
    pub watched_at: Option<Micros>,
    pub updated_at: Option<Micros>,
}

impl MediaRow {
    /// The version that the course shows.
    pub fn version(&self) -> Option<VersionId> {
        self.version_id.map(VersionId)
    }

    pub fn coverage(&self) -> Result<Coverage> {
        self.coverage
            .as_deref()
            .map_or_else(|| Ok(Coverage::default()), parse)
    }
}

/// Where learners stand, in the order of the keys.
pub async fn media(tx: &mut Tx, keys: &[&Key]) -> Result<Vec<MediaRow>> {
    let numbered: Vec<_> = (0_i64..).zip(keys).collect();
    let mut rows = rows_many!(
        tx,
        MediaRow,
        MEDIA,
        &numbered,
        |(number, key)| *number,
        key.user.0,
        key.course.0,
        key.lesson.as_str(),
        key.activity.as_str()
    );
    rows.sort_by_key(|row| row.number);
    Ok(rows)
}

pub struct Media<'a> {
    pub key: &'a Key,
    pub position: i64,
    pub coverage: &'a Coverage,
    pub watched_at: Option<Micros>,
    pub updated_at: Micros,
}

static SET_MEDIA: LazyLock<ManyRows> = LazyLock::new(|| {
    ManyRows::new(
        "INSERT INTO media_progress (user_id, course_id, lesson_slug, activity_key, position_ms, coverage, watched_at, updated_at)",
        8,
        "ON CONFLICT (user_id, course_id, lesson_slug, activity_key) DO UPDATE SET
             position_ms = excluded.position_ms, coverage = excluded.coverage, watched_at = excluded.watched_at,
             updated_at = excluded.updated_at",
    )
});

pub async fn set_media(tx: &mut Tx, media: &[Media<'_>]) -> Result<()> {
    let mut rows = Vec::with_capacity(media.len());
    for one in media {
        rows.push((one, json(one.coverage)?));
    }
    execute_many!(
        tx,
        SET_MEDIA,
        &rows,
        |(media, coverage)| media.key.user.0,
        media.key.course.0,
        media.key.lesson.as_str(),
        media.key.activity.as_str(),
        media.position,
        coverage.as_str(),
        media.watched_at,
        media.updated_at
    );
    Ok(())
}

static DAYS: LazyLock<ManyRows> = LazyLock::new(|| {
    ManyRows::new(
        "SELECT s.user_id, s.utc_day, s.active, s.claimed FROM (",
        2,
        ") AS want JOIN study_time s ON s.user_id = want.column1 AND s.utc_day = want.column2",
    )
});

/// A learner's day in UTC.
pub struct Day {
    pub user: UserId,
    pub day: i64,
    pub active: Coverage,
    /// Slots of a minute since the day began, with milliseconds of media; see `domain::progress::ledger`.
    pub claimed: Vec<(u32, u64)>,
}

/// The days of learners that have something.
pub async fn days(tx: &mut Tx, days: &[(UserId, i64)]) -> Result<Vec<Day>> {
    let rows = rows_many!(
        tx,
        (Uuid, i64, String, String),
        DAYS,
        days,
        |(user, day)| user.0,
        *day
    );
    rows.into_iter()
        .map(|(user, day, active, claimed)| {
            Ok(Day {
                user: UserId(user),
                day,
                active: parse(&active)?,
                claimed: parse(&claimed)?,
            })
        })
        .collect()
}

static SET_DAYS: LazyLock<ManyRows> = LazyLock::new(|| {
    ManyRows::new(
        "INSERT INTO study_time (user_id, utc_day, active, claimed)",
        4,
        "ON CONFLICT (user_id, utc_day) DO UPDATE SET active = excluded.active, claimed = excluded.claimed",
    )
});

pub async fn set_days(tx: &mut Tx, days: &[Day]) -> Result<()> {
    let mut rows = Vec::with_capacity(days.len());
    for day in days {
        rows.push((day.user.0, day.day, json(&day.active)?, json(&day.claimed)?));
    }
    execute_many!(
        tx,
        SET_DAYS,
        &rows,
        |(user, day, active, claimed)| *user,
        *day,
        active.as_str(),
        claimed.as_str()
    );
    Ok(())
}

/// Notes that a lesson was opened, unless that is known.
pub async fn open_lesson(tx: &mut Tx, key: &Key, opened: Micros) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO lesson_progress (user_id, course_id, lesson_slug, opened_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, course_id, lesson_slug) DO NOTHING",
        key.user.0,
        key.course.0,
        key.lesson.as_str(),
        opened,
    )?;
    Ok(())
}

/// Notes where the learner was, unless they have been elsewhere since.
pub async fn be_in(tx: &mut Tx, key: &Key, moment: Micros) -> Result<()> {
    execute!(
        tx,
        "UPDATE enrolment SET last_lesson = $1, last_seen_at = $2
         WHERE user_id = $3 AND course_id = $4 AND last_seen_at <= $2",
        key.lesson.as_str(),
        moment,
        key.user.0,
        key.course.0,
    )?;
    Ok(())
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}
