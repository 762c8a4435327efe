//! What a player reports of what was watched, and when that was by the server's clock.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::MAX_RATE;

/// Events in one report. A longer one was not made by the player.
pub const MAX_EVENTS: usize = 500;
/// Milliseconds of a medium. A stretch shorter than this is a jump's crumb: nobody sees anything in it.
pub const MIN_STRETCH: u64 = 250;
/// Milliseconds. No one watches for longer than a day without a break, and no medium is longer than seven weeks.
pub const MAX_STRETCH: u64 = 86_400_000;
pub const MAX_POSITION: u64 = u32::MAX as u64;
/// Milliseconds. What is reported later than this counts as watched this long ago.
pub const MAX_LATE: i64 = 31 * super::active::DAY_MS;
/// The last moment that browsers know, in milliseconds.
const MAX_CLOCK: i64 = 8_640_000_000_000_000;
/// At a lower rate than this nobody watches: it would only make time look active.
const SLOWEST: f64 = 0.25;
/// Hexadecimal digits by which an event is remembered.
pub const KEY: usize = 12;

/// A stretch that was played without a break and at one speed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// A UUID, made once: a retry brings the same.
    pub id: String,
    /// Milliseconds of the medium.
    pub from_ms: u64,
    pub to_ms: u64,
    /// Playback rate: above 0, at most [`MAX_RATE`].
    pub rate: f64,
    /// When the stretch ended, in milliseconds of the client's clock.
    pub at_ms: i64,
}

/// What was watched of one medium since the last report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Where the medium stands, in milliseconds; `None`: not known.
    pub position_ms: Option<u64>,
    /// When it is sent, in milliseconds of the client's clock.
    pub sent_at_ms: i64,
    pub events: Vec<Event>,
}

/// A report that no player makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no player makes such a report")]
pub struct InvalidReport;

/// An event with its time by the server's clock, in milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The end first, so that claims are ordered by the time at which they were complete.
    pub end: i64,
    pub start: i64,
    /// Milliseconds of the medium.
    pub from: u64,
    pub to: u64,
    /// Short form of the event's id.
    pub key: String,
}

impl Report {
    /// A report with a number that no player can produce was made by something else, and is refused as a whole.
    /// Events that are only without effect (reversed, crumbs, from the future, behind the medium's end, more than
    /// the clock allows) are taken in and count for nothing: their report is acknowledged, and what else is in it
    /// counts.
    ///
    /// # Errors
    /// `InvalidReport`.
    pub fn check(&self) -> Result<(), InvalidReport> {
        let clock = |ms: i64| ms.unsigned_abs() <= MAX_CLOCK.unsigned_abs();
        let fits = |event: &Event| {
            event.rate > 0.0
                && event.rate <= MAX_RATE as f64
                && event.from_ms.max(event.to_ms) <= MAX_POSITION
                && event.to_ms.saturating_sub(event.from_ms) <= MAX_STRETCH
                && clock(event.at_ms)
                && Uuid::try_parse(&event.id).is_ok()
        };
        let valid = self.events.len() <= MAX_EVENTS
            && self.position_ms.is_none_or(|ms| ms <= MAX_POSITION)
            && clock(self.sent_at_ms)
            && self.events.iter().all(fits);
        if valid { Ok(()) } else { Err(InvalidReport) }
    }

    /// The events of a report that was checked, in the order of their time by the server's clock: an event happened
    /// as long before `now` as the client says that it happened before sending. Only differences of the client's
    /// clock count, so it may be wrong by years. Nothing happened after `now` or before `since`, the enrolment;
    /// what is said to have happened before is moved behind it.
    ///
    /// A client whose clock was set back in the meantime seems to have watched in the future. Then the last of its
    /// events is the present, and the others keep their distance from it.
    #[must_use]
    pub fn claims(&self, since: i64, now: i64) -> Vec<Claim> {
        let (since, present) = (earliest(since, now), self.present());
        let mut claims: Vec<Claim> = self
            .events
            .iter()
            .filter(|event| event.to_ms.saturating_sub(event.from_ms) >= MIN_STRETCH)
            .map(|event| {
                let played = (event.to_ms - event.from_ms) as f64 / event.rate.max(SLOWEST);
                // At most four days, so it fits.
                let length = (played as i64).min(now - since);
                let end = (now - (present - event.at_ms)).max(since + length);
                Claim {
                    end,
                    start: end - length,
                    from: event.from_ms,
                    to: event.to_ms,
                    key: key(&event.id),
                }
            })
            .collect();
        claims.sort_unstable();
        claims
    }

    /// The moment that the report speaks of, by the server's clock: when its last event ended, or now.
    #[must_use]
    pub fn moment(&self, now: i64) -> i64 {
        let last = self.events.iter().map(|event| event.at_ms).max();
        last.map_or(now, |at| now - (self.present() - at).min(MAX_LATE))
    }

    /// What the client's clock showed when it was now.
    fn present(&self) -> i64 {
        let events = self.events.iter().map(|event| event.at_ms);
        events.fold(self.sent_at_ms, i64::max)
    }
}

/// The events of a learner that came last, by their short forms: what a retry brings again is known. What a set of
/// intervals takes in twice does no harm, but a retry that comes later by the network's mood would seem to be
/// watched a little later, and time to be spent twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(pub String);

impl Seen {
    /// So many are remembered: more than are under way at once.
    const MAX: usize = 48;

    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.0
            .as_bytes()
            .chunks(KEY)
            .any(|seen| seen == key.as_bytes())
    }

    pub fn add(&mut self, key: &str) {
        self.0.push_str(key);
        let surplus = self.0.len().saturating_sub(Self::MAX * KEY);
        self.0.drain(..surplus);
    }
}

/// The earliest moment at which something that is reported now may have been watched by someone enrolled at `since`.
#[must_use]
pub fn earliest(since: i64, now: i64) -> i64 {
    since.clamp(now - MAX_LATE, now)
}

/// Digits from the end: those at the beginning of some kinds of UUID are a clock's.
fn key(id: &str) -> String {
    let digits = Uuid::try_parse(id).unwrap_or_default().simple().to_string();
    digits[digits.len() - KEY..].to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(from_ms: u64, to_ms: u64, rate: f64, at_ms: i64) -> Event {
        Event {
            id: "3f2c9f0e-7a53-4d0e-9f8e-0242ac120002".into(),
            from_ms,
            to_ms,
            rate,
            at_ms,
        }
    }

    fn report(sent_at_ms: i64, events: Vec<Event>) -> Report {
        Report {
            position_ms: None,
            sent_at_ms,
            events,
        }
    }

    fn times(report: &Report, since: i64, now: i64) -> Vec<(i64, i64)> {
        let claims = report.claims(since, now);
        claims
            .iter()
            .map(|claim| (claim.start, claim.end))
            .collect()
    }

    #[test]
    fn numbers_that_no_player_makes_are_refused() {
        let good = event(0, 1_000, 1.0, 5);
        assert_eq!(report(5, vec![good.clone(); MAX_EVENTS]).check(), Ok(()));
        assert!(
            report(5, vec![good.clone(); MAX_EVENTS + 1])
                .check()
                .is_err()
        );
        for rate in [0.0, -1.0, 3.01, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(
                report(5, vec![event(0, 1_000, rate, 5)]).check().is_err(),
                "{rate}"
            );
        }
        for huge in [
            event(0, u64::MAX, 1.0, 5),
            event(u64::MAX - 9, u64::MAX, 1.0, 5),
            event(0, MAX_STRETCH + 1, 1.0, 5),
            event(0, 9, 1.0, i64::MAX),
            event(0, 9, 1.0, i64::MIN),
            Event {
                id: "17".into(),
                ..good
            },
        ] {
            assert!(report(5, vec![huge.clone()]).check().is_err(), "{huge:?}");
        }
        assert!(report(i64::MIN, vec![]).check().is_err());
        let far = Report {
            position_ms: Some(u64::MAX),
            ..report(5, vec![])
        };
        assert!(far.check().is_err());
        assert_eq!(
            report(5, vec![event(9, 3, 1.0, 5)]).check(),
            Ok(()),
            "reversed, without effect"
        );
    }

    #[test]
    fn the_server_s_clock_decides() {
        // The phone is years late, the stretch ended two seconds before sending, at double speed.
        let late = report(10_000, vec![event(0, 4_000, 2.0, 8_000)]);
        assert_eq!(times(&late, 0, 1_000_000), [(996_000, 998_000)]);
        // From the future: the last event is the present, the one before keeps its distance.
        let future = report(
            0,
            vec![
                event(0, 1_000, 1.0, 50_000),
                event(1_000, 2_000, 1.0, 60_000),
            ],
        );
        assert_eq!(
            times(&future, 0, 1_000_000),
            [(989_000, 990_000), (999_000, 1_000_000)]
        );
        // Before the enrolment nothing was watched.
        let early = report(0, vec![event(0, 1_000, 1.0, -500_000)]);
        assert_eq!(times(&early, 900_000, 1_000_000), [(900_000, 901_000)]);
        assert_eq!(
            times(&early, 1_000_000, 1_000_000),
            [(1_000_000, 1_000_000)]
        );
        // Crumbs and reversed stretches are nothing.
        let crumbs = report(0, vec![event(0, 249, 1.0, 0), event(9, 3, 1.0, 0)]);
        assert_eq!(times(&crumbs, 0, 1_000), []);
    }

    #[test]
    fn only_the_last_events_are_remembered() {
        let mut seen = Seen::default();
        for n in 0..100_u32 {
            seen.add(&format!("{n:012}"));
        }
        assert!(seen.contains("000000000099") && seen.contains("000000000052"));
        assert!(!seen.contains("000000000051") && !seen.contains("000000520000"));
        assert_eq!(seen.0.len(), 48 * KEY);
    }

    proptest! {
        #[test]
        fn a_wrong_clock_changes_nothing(
            events in prop::collection::vec((0..100_000_u64, 0..100_000_u64, 0.1..3.0_f64, -1_000_000..1_000_000_i64), 0..20),
            wrong in -1_000_000_000_000_i64..1_000_000_000_000,
        ) {
            let with = |offset: i64| {
                report(500_000 + offset, events.iter().map(|&(from, to, rate, at)| event(from, to, rate, at + offset)).collect())
            };
            let (right, skewed) = (with(0).claims(7, 2_000_000), with(wrong).claims(7, 2_000_000));
            prop_assert_eq!(&right, &skewed);
            for claim in right {
                prop_assert!(7 <= claim.start && claim.start <= claim.end && claim.end <= 2_000_000);
            }
        }
    }
}
