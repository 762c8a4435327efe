//! SQL for the time that learners were active.

use domain::{ids::UserId, progress::Coverage};

use crate::{
    Error, Result, Tx,
    db::{execute, rows},
};

/// Locks what is known of the learner until the transaction ends.
pub async fn lock(tx: &mut Tx, user: UserId) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO watch_state (user_id, seen, window_start, reports) VALUES ($1, '', 0, 0)
         ON CONFLICT (user_id) DO UPDATE SET user_id = excluded.user_id",
        user.0,
    )?;
    Ok(())
}

/// The days in UTC from `first` to `last` that have something.
pub async fn days(
    tx: &mut Tx,
    user: UserId,
    first: i64,
    last: i64,
) -> Result<Vec<(i64, Coverage)>> {
    let rows = rows!(
        tx,
        fetch_all as (i64, String),
        "SELECT utc_day, active FROM study_time WHERE user_id = $1 AND utc_day BETWEEN $2 AND $3 ORDER BY utc_day",
        user.0,
        first,
        last,
    )?;
    rows.into_iter()
        .map(|(day, active)| Ok((day, serde_json::from_str(&active).map_err(Error::internal)?)))
        .collect()
}

pub async fn set_day(tx: &mut Tx, user: UserId, day: i64, active: &Coverage) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO study_time (user_id, utc_day, active) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, utc_day) DO UPDATE SET active = excluded.active",
        user.0,
        day,
        serde_json::to_string(active).map_err(Error::internal)?,
    )?;
    Ok(())
}
