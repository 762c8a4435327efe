//! A learner's days: calendar, streak, and the settings that they are counted by.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    Timestamp,
    account::User,
    ids::UserId,
    study::{self, Date, Day, Record, RestDays, Settings, TimeZone, Zones},
};

use super::calendar_store::{self as store, ZoneRow};
use crate::{Backend, Error, Result, Tx, rate_limit::Limit};

const DAY_MS: i64 = 86_400_000;
/// How far back is looked at first: longer than most streaks.
const FIRST_LOOK_DAYS: i64 = 70;
/// A streak that comes this near to the edge of what was looked at may go on behind it.
const EDGE_DAYS: i64 = 14;
/// A zone that is corrected within this time was a mistake, not a journey.
const SECOND_THOUGHTS: Duration = Duration::from_secs(24 * 3_600);
const CHANGES: Limit = Limit {
    name: "study-settings",
    attempts: 100,
    window: Duration::from_secs(3_600),
};

/// How much of a record is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The last weeks, and the streak.
    Weeks(u16),
    /// Those weeks, with totals since the beginning.
    Everything { weeks: u16 },
}

/// What the learner chose about their days, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct SetStudy {
    pub time_zone: String,
    /// 1 (Monday) to 7.
    pub rest: Vec<u8>,
    pub streak: bool,
}

/// A time zone to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneChoice {
    pub name: &'static str,
    /// Minutes that its clocks are ahead of UTC.
    pub ahead: i32,
}

impl Backend {
    /// The learner's days, as they are now. `browser`: the zone that the browser says it is in; it holds until one is
    /// kept.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn record(&self, user: &User, browser: Option<&str>, reach: Reach) -> Result<Record> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let settings = store::settings(&mut tx, user.id).await?;
        let kept = store::zones(&mut tx, user.id).await?;
        let (name, zones) = zones(&kept, user, browser);
        let today = zones.day(now);
        let (weeks, mut from) = match reach {
            Reach::Weeks(weeks) => {
                let days = FIRST_LOOK_DAYS.max(i64::from(weeks) * 7 + EDGE_DAYS);
                (weeks, now.as_millisecond() - days * DAY_MS)
            }
            Reach::Everything { weeks } => (weeks, 0),
        };
        let mut days = by_day(&mut tx, user.id, &zones, from).await?;
        let mut streak = study::streak(&days, &zones, settings.rest, today);
        let near = moment(from + EDGE_DAYS * DAY_MS);
        if settings.streak && from > 0 && streak.since.is_some_and(|since| since <= zones.day(near))
        {
            from = 0;
            days = by_day(&mut tx, user.id, &zones, from).await?;
            streak = study::streak(&days, &zones, settings.rest, today);
        }
        Ok(Record {
            settings,
            zone: name,
            today,
            streak: settings.streak.then_some(streak),
            weeks: study::weeks(&days, settings.rest, today, weeks),
            totals: days.into_values().collect(),
        })
    }

    /// Name of the zone that the learner lives in now. `browser`: as for [`Backend::record`].
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn zone(&self, user: &User, browser: Option<&str>) -> Result<String> {
        let mut tx = self.db.look().await?;
        let kept = store::zones(&mut tx, user.id).await?;
        Ok(zones(&kept, user, browser).0)
    }

    /// Keeps what the learner chose. Another zone holds from now on; the first one that is chosen, and one that is
    /// corrected within a day, also for what it replaces.
    ///
    /// # Errors
    /// `Error::Invalid` for a zone that is none, and for seven days of rest.
    pub async fn set_study(&self, user: UserId, chosen: SetStudy) -> Result<()> {
        self.attempt(CHANGES, &user.to_string()).await?;
        let zone = known_zone(&chosen.time_zone)
            .ok_or_else(|| Error::invalid("time_zone", "error-time-zone"))?;
        let rest =
            RestDays::new(chosen.rest).ok_or_else(|| Error::invalid("rest", "error-rest-days"))?;
        let settings = Settings {
            rest,
            streak: chosen.streak,
        };
        let mut tx = self.db.write().await?;
        store::set_settings(&mut tx, user, settings).await?;
        let kept = store::zones(&mut tx, user).await?;
        let now = self.clock.now();
        if !kept.iter().any(|row| row.chosen) {
            store::delete_zones_since(&mut tx, user, Timestamp::UNIX_EPOCH).await?;
            store::set_zone(&mut tx, user, now, zone, true).await?;
        } else if let Some(last) = kept.last() {
            move_to(&mut tx, user, last, zone, true, now).await?;
        }
        tx.commit().await
    }

    /// Notes the zone that a browser says it is in. What the learner chose is never overruled; what is no zone is
    /// ignored, because nobody typed it.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn note_zone(&self, user: UserId, browser: &str) -> Result<()> {
        let Some(zone) = known_zone(browser) else {
            return Ok(());
        };
        let mut tx = self.db.write().await?;
        let kept = store::zones(&mut tx, user).await?;
        let now = self.clock.now();
        match kept.last() {
            None => store::set_zone(&mut tx, user, now, zone, false).await?,
            Some(last) if !last.chosen => {
                move_to(&mut tx, user, last, zone, false, now).await?;
            }
            Some(_) => return Ok(()),
        }
        tx.commit().await
    }
}

async fn move_to(
    tx: &mut Tx,
    user: UserId,
    last: &ZoneRow,
    zone: &str,
    chosen: bool,
    now: Timestamp,
) -> Result<()> {
    if last.time_zone == zone && last.chosen == chosen {
        return Ok(());
    }
    let correction =
        last.time_zone == zone || now.duration_since(last.since()).unsigned_abs() < SECOND_THOUGHTS;
    let since = if correction { last.since() } else { now };
    store::set_zone(tx, user, since, zone, chosen).await
}

/// The learner's zones and the name of today's. Where none is kept: the browser's, else what the language suggests.
fn zones(kept: &[ZoneRow], user: &User, browser: Option<&str>) -> (String, Zones) {
    let guess = browser
        .and_then(known_zone)
        .unwrap_or_else(|| study::zone_of_language(user.language.as_deref().unwrap_or_default()));
    let mut rows = kept.iter();
    let first = rows.next();
    let name = kept.last().map_or(guess, |row| row.time_zone.as_str());
    let moves = rows
        .map(|row| (row.since(), zone(&row.time_zone)))
        .collect();
    let first = zone(first.map_or(guess, |row| row.time_zone.as_str()));
    (name.to_owned(), Zones::new(first, moves))
}

/// The clock of a learner at this time; of others the browser's, else what the language suggests.
pub(crate) async fn zone_now(
    tx: &mut Tx,
    user: Option<UserId>,
    language: &str,
    browser: Option<&str>,
) -> Result<TimeZone> {
    let kept = match user {
        Some(user) => store::zones(tx, user).await?,
        None => Vec::new(),
    };
    let guess = browser
        .and_then(known_zone)
        .unwrap_or_else(|| study::zone_of_language(language));
    Ok(zone(
        kept.last().map_or(guess, |row| row.time_zone.as_str()),
    ))
}

/// A zone by its name. One that was renamed since it was kept is UTC.
fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The name as we write it, for what anybody may have sent.
fn known_zone(name: &str) -> Option<&'static str> {
    let choices = zone_names();
    choices.into_iter().find(|known| *known == name.trim())
}

/// Names of places, and UTC. The rest of the database is older names for the same, and zones of no place.
fn zone_names() -> Vec<&'static str> {
    const AREAS: [&str; 9] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    static NAMES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        let names = jiff::tz::db().available().map(|name| name.to_string());
        let place = |name: &String| AREAS.iter().any(|area| name.starts_with(area));
        let mut names: Vec<String> = names.filter(place).collect();
        names.sort_unstable();
        names.push("UTC".into());
        names
    });
    NAMES.iter().map(String::as_str).collect()
}

/// The zones that a learner can choose, by name.
#[must_use]
pub fn zone_choices(now: Timestamp) -> Vec<ZoneChoice> {
    zone_names()
        .into_iter()
        .map(|name| ZoneChoice {
            name,
            ahead: zone(name).to_offset(now).seconds() / 60,
        })
        .collect()
}

/// Everything since a moment (milliseconds since 1970), by day.
async fn by_day(
    tx: &mut Tx,
    user: UserId,
    zones: &Zones,
    from: i64,
) -> Result<BTreeMap<Date, Day>> {
    let first = from.div_euclid(DAY_MS);
    let mut active = Vec::new();
    for (day, stretches) in store::active_since(tx, user, first).await? {
        for &(from, to) in stretches.intervals() {
            let at = |ms: u64| moment((day * DAY_MS).saturating_add_unsigned(ms));
            active.push((at(from), at(to)));
        }
    }
    let done = store::done_since(tx, user, moment(first * DAY_MS)).await?;
    Ok(study::days(zones, &active, &done))
}

fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
