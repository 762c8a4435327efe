//! Which day a moment belongs to.

use jiff::{SignedDuration, ToSpan, civil::Date, tz::TimeZone};

use crate::Timestamp;

/// A day that was shorter than this was cut by a journey; the shortest day that daylight saving makes has 23 hours.
const WHOLE_DAY: SignedDuration = SignedDuration::from_hours(20);

/// The time zones that a learner has lived in, in order. A moment belongs to the day that the clock on their wall
/// showed, so moving does not tear apart days that have passed.
#[derive(Clone, Debug)]
pub struct Zones {
    /// Until the first move, and ever before.
    first: TimeZone,
    moves: Vec<(Timestamp, TimeZone)>,
}

impl Zones {
    /// `moves` in any order.
    #[must_use]
    pub fn new(first: TimeZone, mut moves: Vec<(Timestamp, TimeZone)>) -> Self {
        moves.sort_by_key(|(since, _)| *since);
        Self { first, moves }
    }

    #[must_use]
    pub fn always(zone: TimeZone) -> Self {
        Self::new(zone, Vec::new())
    }

    /// The day of a moment.
    #[must_use]
    pub fn day(&self, moment: Timestamp) -> Date {
        self.at(moment).0.to_datetime(moment).date()
    }

    /// Parts of a stretch of time by day, each with its length in milliseconds.
    #[must_use]
    pub fn split(&self, from: Timestamp, to: Timestamp) -> Vec<(Date, u64)> {
        let (mut parts, mut at) = (Vec::new(), from);
        while at < to {
            let (zone, moves_on) = self.at(at);
            let date = zone.to_datetime(at).date();
            let end = next_midnight(zone, date, at).min(moves_on).min(to);
            parts.push((date, milliseconds(end.duration_since(at))));
            at = end;
        }
        parts
    }

    /// Whether a journey left less of this day than a day has: nobody can be asked to learn on a day that they
    /// hardly had. Flying east over the date line takes a whole one.
    #[must_use]
    pub fn is_cut_short(&self, date: Date) -> bool {
        let Ok(after) = date.tomorrow() else {
            return false;
        };
        let mut lived = SignedDuration::ZERO;
        let mut since = Timestamp::MIN;
        let ends = self.moves.iter().map(|(until, _)| *until);
        let zones = std::iter::once(&self.first).chain(self.moves.iter().map(|(_, zone)| zone));
        for (zone, until) in zones.zip(ends.chain([Timestamp::MAX])) {
            let (Some(from), Some(to)) = (midnight(zone, date), midnight(zone, after)) else {
                return false;
            };
            let (from, to) = (from.max(since), to.min(until));
            if from < to {
                lived += to.duration_since(from);
            }
            since = until;
        }
        lived < WHOLE_DAY
    }

    /// The zone of a moment, and when the next one begins.
    fn at(&self, moment: Timestamp) -> (&TimeZone, Timestamp) {
        let past = self.moves.partition_point(|(since, _)| *since <= moment);
        let zone = past
            .checked_sub(1)
            .map_or(&self.first, |index| &self.moves[index].1);
        let until = self
            .moves
            .get(past)
            .map_or(Timestamp::MAX, |(since, _)| *since);
        (zone, until)
    }
}

/// The first moment of a day. Where clocks jump over midnight, the moment of the jump.
fn midnight(zone: &TimeZone, date: Date) -> Option<Timestamp> {
    let midnight = zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0));
    midnight.compatible().ok()
}

/// The first midnight behind a moment of that day. Where clocks go back over midnight, the day begins twice.
fn next_midnight(zone: &TimeZone, date: Date, moment: Timestamp) -> Timestamp {
    let Ok(after) = date.tomorrow() else {
        return Timestamp::MAX;
    };
    let twice = zone.to_ambiguous_timestamp(after.at(0, 0, 0, 0));
    [twice.compatible(), twice.later()]
        .into_iter()
        .flatten()
        .find(|midnight| *midnight > moment)
        // No zone on earth comes here; a day later is always further on.
        .or_else(|| moment.checked_add(24.hours()).ok())
        .unwrap_or(Timestamp::MAX)
}

fn milliseconds(duration: SignedDuration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const HOUR: u64 = 3_600_000;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone")
    }

    fn at(moment: &str) -> Timestamp {
        moment.parse().expect("a moment")
    }

    #[test]
    fn days_of_daylight_saving_have_23_and_25_hours() {
        let zones = Zones::always(zone("Europe/Berlin"));
        let lengths = |from: &str, to: &str| zones.split(at(from), at(to));
        assert_eq!(
            lengths("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
            [(date(2026, 3, 29), 23 * HOUR)]
        );
        assert_eq!(
            lengths("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
            [(date(2026, 10, 25), 25 * HOUR)]
        );
        assert!(!zones.is_cut_short(date(2026, 3, 29)));
    }

    #[test]
    fn clocks_that_jump_at_midnight_do_not_confuse() {
        // Clocks went from 00:00 to 01:00: the day began at 01:00.
        let beirut = Zones::always(zone("Asia/Beirut"));
        assert_eq!(
            beirut.split(at("2022-03-26T21:30:00Z"), at("2022-03-26T22:30:00Z")),
            [(date(2022, 3, 26), HOUR / 2), (date(2022, 3, 27), HOUR / 2)]
        );
        // At one minute past midnight they went back to 23:01: the day began, ended and began again.
        let johns = Zones::always(zone("America/St_Johns"));
        let parts = johns.split(at("2010-11-07T02:00:00Z"), at("2010-11-07T04:00:00Z"));
        assert_eq!(
            parts.iter().map(|(_, length)| length).sum::<u64>(),
            2 * HOUR
        );
        assert_eq!(parts.first().map(|part| part.0), Some(date(2010, 11, 6)));
        assert_eq!(parts.last().map(|part| part.0), Some(date(2010, 11, 7)));
    }

    #[test]
    fn a_moment_keeps_the_day_that_it_had_where_it_was_lived() {
        let moved = at("2026-05-05T12:00:00Z");
        let zones = Zones::new(zone("America/New_York"), vec![(moved, zone("Asia/Tokyo"))]);
        assert_eq!(zones.day(at("2026-05-05T01:00:00Z")), date(2026, 5, 4));
        assert_eq!(zones.day(at("2026-05-05T13:00:00Z")), date(2026, 5, 5));
        assert_eq!(zones.day(at("2026-05-05T16:00:00Z")), date(2026, 5, 6));
        // The fifth had 8 hours in New York and 3 in Tokyo.
        assert!(zones.is_cut_short(date(2026, 5, 5)));
        assert!(!zones.is_cut_short(date(2026, 5, 4)) && !zones.is_cut_short(date(2026, 5, 6)));
        // Samoa went from the 29th to the 31st.
        let samoa = Zones::always(zone("Pacific/Apia"));
        assert!(samoa.is_cut_short(date(2011, 12, 30)));
    }

    fn any_zone() -> impl Strategy<Value = TimeZone> {
        prop::sample::select(vec![
            "UTC",
            "Asia/Shanghai",
            "Europe/Berlin",
            "America/New_York",
            "America/Sao_Paulo",
            "Asia/Beirut",
            "America/St_Johns",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Pacific/Honolulu",
            "Asia/Kathmandu",
        ])
        .prop_map(zone)
    }

    fn any_moment() -> impl Strategy<Value = Timestamp> {
        (0..2_000_000_000_000_i64).prop_map(|ms| Timestamp::from_millisecond(ms).expect("a moment"))
    }

    proptest! {
        #[test]
        fn no_time_is_lost_or_made(
            first in any_zone(),
            moves in prop::collection::vec((any_moment(), any_zone()), 0..4),
            from in any_moment(),
            length in 0..400_000_000_u64,
        ) {
            let zones = Zones::new(first, moves);
            let to = from + SignedDuration::from_millis(length as i64);
            let parts = zones.split(from, to);
            prop_assert_eq!(parts.iter().map(|(_, length)| length).sum::<u64>(), length);
            if let Some((date, _)) = parts.first() {
                prop_assert_eq!(*date, zones.day(from));
            }
        }
    }
}
