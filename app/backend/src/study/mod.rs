//! The time that learners were active.
//!
//! Two things make time active. Watching does while it lasts: [`record`]. Other acts of learning (opening a lesson,
//! answering, completing, writing) do by following each other: [`act`]. Both are sets of the server's wall clock, so
//! that what comes twice, or from two devices at once, counts once.

mod calendar;
mod calendar_store;
#[cfg(test)]
mod calendar_tests;
mod store;
#[cfg(test)]
mod tests;

use domain::{
    Timestamp,
    ids::UserId,
    progress::{
        Coverage,
        active::{self, DAY_MS, JITTER_MS},
    },
};

pub use calendar::{Reach, SetStudy, ZoneChoice, zone_choices};

use crate::{Result, Tx};

pub(crate) use calendar::zone_now;
pub(crate) use store::lock;

/// Makes a stretch active; milliseconds since 1970 by the server's clock. Locks the learner.
pub async fn record(tx: &mut Tx, user: UserId, from_ms: i64, to_ms: i64) -> Result<()> {
    lock(tx, user).await?;
    let parts: Vec<_> = active::by_day(from_ms, to_ms).collect();
    let (Some((first, _)), Some((last, _))) = (parts.first(), parts.last()) else {
        return Ok(());
    };
    let known = store::days(tx, user, *first, *last).await?;
    for (day, stretch) in parts {
        let before = known
            .iter()
            .find(|(known, _)| *known == day)
            .map(|(_, active)| active.clone())
            .unwrap_or_default();
        let after = before
            .union(&Coverage::from(vec![stretch]))
            .closed(JITTER_MS);
        if after != before {
            store::set_day(tx, user, day, &after).await?;
        }
    }
    Ok(())
}

/// Notes an act of learning other than watching. If the learner was active no more than five minutes ago, the time
/// since then was active too; else the act counts as one second. Locks the learner.
pub async fn act(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<()> {
    lock(tx, user).await?;
    let now = now.as_millisecond();
    let (today, _) = active::day_of(now);
    let known = store::days(tx, user, today - 1, today).await?;
    let previous = known
        .iter()
        .flat_map(|(day, active)| {
            let start = day * DAY_MS;
            let ms = move |ms: u64| start.saturating_add_unsigned(ms);
            active
                .intervals()
                .iter()
                .map(move |&(from, to)| (ms(from), ms(to)))
        })
        .take_while(|(from, _)| *from <= now)
        .last()
        .map(|(_, to)| to);
    let (from, to) = active::act(previous, now);
    record(tx, user, from, to).await
}
