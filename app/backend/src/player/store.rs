//! SQL of the player.

use domain::{
    Timestamp,
    ids::{Slug, UserId, VersionId},
    player::{Beside, Captions, Change, Preferences, Quality, Speed},
};
use sqlx::FromRow;

use crate::{
    Result, Tx,
    db::{Micros, execute, rows},
};

#[derive(FromRow)]
struct PreferenceRow {
    speed: Option<i64>,
    captions: Option<String>,
    transcript: Option<String>,
    beside: Option<String>,
    quality: Option<String>,
    auto_next: Option<bool>,
    keys: Option<bool>,
}

/// What an older or newer release has written and this one does not know is as if it had never been said.
pub async fn preferences(tx: &mut Tx, user: UserId) -> Result<Preferences> {
    let row = rows!(
        tx,
        fetch_optional as PreferenceRow,
        "SELECT speed, captions, transcript, beside, quality, auto_next, keys FROM player_preference WHERE user_id = $1",
        user.0,
    )?;
    let Some(row) = row else {
        return Ok(Preferences::default());
    };
    let speed = row
        .speed
        .and_then(|percent| Speed::from_percent(u16::try_from(percent).ok()?));
    let known = [
        ("captions", row.captions),
        ("transcript", row.transcript),
        ("beside", row.beside),
        ("quality", row.quality),
    ];
    let liked = known
        .iter()
        .filter_map(|(name, value)| Change::parse([(*name, value.as_deref()?)]).ok())
        .fold(Preferences::default(), Preferences::with);
    Ok(liked.with(Change {
        speed,
        auto_next: row.auto_next,
        keys: row.keys,
        ..Change::default()
    }))
}

/// Writes what changes; two devices that change different things do not undo each other.
pub async fn change(tx: &mut Tx, user: UserId, change: &Change, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO player_preference (user_id, speed, captions, transcript, beside, quality, auto_next, keys, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (user_id) DO UPDATE SET
             speed = COALESCE(excluded.speed, player_preference.speed),
             captions = COALESCE(excluded.captions, player_preference.captions),
             transcript = COALESCE(excluded.transcript, player_preference.transcript),
             beside = COALESCE(excluded.beside, player_preference.beside),
             quality = COALESCE(excluded.quality, player_preference.quality),
             auto_next = COALESCE(excluded.auto_next, player_preference.auto_next),
             keys = COALESCE(excluded.keys, player_preference.keys),
             updated_at = excluded.updated_at",
        user.0,
        change.speed.map(|speed| i64::from(speed.percent())),
        change.captions.as_ref().map(Captions::text),
        change.transcript.as_deref(),
        change.beside.map(Beside::text),
        change.quality.map(Quality::text),
        change.auto_next,
        change.keys,
        Micros::from(now),
    )?;
    Ok(())
}

/// A file that a lesson shows.
#[derive(FromRow)]
pub struct LessonFileRow {
    pub path: String,
    pub sha256: String,
    pub bytes: i64,
}

pub async fn lesson_files(
    tx: &mut Tx,
    version: VersionId,
    lesson: &Slug,
) -> Result<Vec<LessonFileRow>> {
    rows!(
        tx,
        fetch_all as LessonFileRow,
        "SELECT f.path, f.sha256, f.bytes FROM course_file f
         JOIN lesson_file l ON l.version_id = f.version_id AND l.path = f.path
         WHERE f.version_id = $1 AND l.lesson_slug = $2",
        version.0,
        lesson.as_str(),
    )
}
