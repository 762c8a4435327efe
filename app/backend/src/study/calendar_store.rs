//! SQL that a learner's days are read with, and the settings that they are counted by.

use domain::{
    Timestamp,
    ids::UserId,
    progress::Coverage,
    study::{Done, RestDays, Settings},
};
use sqlx::FromRow;

use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows},
};

pub async fn settings(tx: &mut Tx, user: UserId) -> Result<Settings> {
    let row = rows!(
        tx,
        fetch_optional as (i64, bool),
        "SELECT rest_days, streak FROM study_setting WHERE user_id = $1",
        user.0,
    )?;
    Ok(
        row.map_or_else(Settings::default, |(rest, streak)| Settings {
            rest: u8::try_from(rest)
                .ok()
                .and_then(RestDays::from_bits)
                .unwrap_or(RestDays::WEEKEND),
            streak,
        }),
    )
}

pub async fn set_settings(tx: &mut Tx, user: UserId, settings: Settings) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO study_setting (user_id, rest_days, streak) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET rest_days = excluded.rest_days, streak = excluded.streak",
        user.0,
        i64::from(settings.rest.bits()),
        settings.streak,
    )?;
    Ok(())
}

#[derive(Debug, FromRow)]
pub struct ZoneRow {
    since: Micros,
    pub time_zone: String,
    pub chosen: bool,
}

impl ZoneRow {
    pub fn since(&self) -> Timestamp {
        self.since.into()
    }
}

/// The zones that the learner has lived in, in order.
pub async fn zones(tx: &mut Tx, user: UserId) -> Result<Vec<ZoneRow>> {
    rows!(
        tx,
        fetch_all as ZoneRow,
        "SELECT since, time_zone, chosen FROM study_zone WHERE user_id = $1 ORDER BY since",
        user.0,
    )
}

pub async fn set_zone(
    tx: &mut Tx,
    user: UserId,
    since: Timestamp,
    zone: &str,
    chosen: bool,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO study_zone (user_id, since, time_zone, chosen) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, since) DO UPDATE SET time_zone = excluded.time_zone, chosen = excluded.chosen",
        user.0,
        Micros::from(since),
        zone,
        chosen,
    )?;
    Ok(())
}

/// Forgets where the learner lived from that moment on.
pub async fn delete_zones_since(tx: &mut Tx, user: UserId, since: Timestamp) -> Result<()> {
    execute!(
        tx,
        "DELETE FROM study_zone WHERE user_id = $1 AND since >= $2",
        user.0,
        Micros::from(since),
    )?;
    Ok(())
}

/// Days since 1970 in UTC from `first` on, with what was active in them.
pub async fn active_since(tx: &mut Tx, user: UserId, first: i64) -> Result<Vec<(i64, Coverage)>> {
    let rows = rows!(
        tx,
        fetch_all as (i64, String),
        "SELECT utc_day, active FROM study_time WHERE user_id = $1 AND utc_day >= $2 ORDER BY utc_day",
        user.0,
        first,
    )?;
    rows.into_iter()
        .map(|(day, active)| Ok((day, serde_json::from_str(&active).map_err(Error::internal)?)))
        .collect()
}

/// When what was completed since a moment. Of a quiz that was passed often, the first time.
pub async fn done_since(
    tx: &mut Tx,
    user: UserId,
    since: Timestamp,
) -> Result<Vec<(Timestamp, Done)>> {
    let rows = rows!(
        tx,
        fetch_all as (Micros, String),
        "SELECT completed_at AS done_at, 'lesson' AS kind FROM lesson_progress
         WHERE user_id = $1 AND completed_at >= $2
         UNION ALL
         SELECT watched_at, 'media' FROM media_progress WHERE user_id = $1 AND watched_at >= $2
         UNION ALL
         SELECT MIN(created_at), 'quiz' FROM quiz_attempt WHERE user_id = $1 AND passed
         GROUP BY course_id, lesson_slug, activity_key HAVING MIN(created_at) >= $2",
        user.0,
        Micros::from(since),
    )?;
    let done = |kind: &str| match kind {
        "lesson" => Done::Lesson,
        _ => Done::Activity,
    };
    Ok(rows
        .into_iter()
        .map(|(at, kind)| (at.into(), done(&kind)))
        .collect())
}
