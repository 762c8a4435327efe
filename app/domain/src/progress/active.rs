//! When a learner was active, in the wall clock of the server.

use super::Coverage;

/// Milliseconds of a day in UTC, which has no summer time and, for computers, no leap seconds.
pub const DAY_MS: i64 = 86_400_000;
/// Two acts of learning no further apart than this, and the learner was active in between: time to read a page,
/// not to have lunch.
pub const PAUSE_MS: i64 = 300_000;
/// An act takes a moment itself, so that a single one is remembered.
pub const ACT_MS: i64 = 1_000;
/// Gaps in watching shorter than this are none: players report that often, and networks delay.
pub const JITTER_MS: u64 = 10_000;

/// The day in UTC since 1970-01-01, and the milliseconds since it began.
#[must_use]
pub fn day_of(ms: i64) -> (i64, u64) {
    (ms.div_euclid(DAY_MS), ms.rem_euclid(DAY_MS).unsigned_abs())
}

/// A stretch of the wall clock by days in UTC, each with its part in milliseconds since the day began. A stretch
/// of more than a month is no one's: only its last month is given.
pub fn by_day(from_ms: i64, to_ms: i64) -> impl Iterator<Item = (i64, (u64, u64))> {
    let mut from = from_ms.max(to_ms.saturating_sub(31 * DAY_MS));
    std::iter::from_fn(move || {
        if from >= to_ms {
            return None;
        }
        let (day, begin) = day_of(from);
        let end = to_ms.min((day + 1).saturating_mul(DAY_MS));
        let length = (end - from).unsigned_abs();
        from = end;
        Some((day, (begin, begin + length)))
    })
}

/// What an act of learning at `now` makes active, in milliseconds of the wall clock: the time since the learner was
/// active last, if that is no more than [`PAUSE_MS`] ago, else only the act itself.
#[must_use]
pub fn act(previous: Option<i64>, now: i64) -> (i64, i64) {
    let alone = now.saturating_sub(ACT_MS);
    match previous {
        Some(end) if now.saturating_sub(end) <= PAUSE_MS => (end.min(alone), now),
        _ => (alone, now),
    }
}

impl Coverage {
    /// With gaps of less than `gap` filled. The order of filling and merging does not matter.
    #[must_use]
    pub fn closed(&self, gap: u64) -> Self {
        let mut closed: Vec<(u64, u64)> = Vec::with_capacity(self.0.len());
        for &(from, to) in &self.0 {
            match closed.last_mut() {
                Some(last) if from - last.1 < gap => last.1 = to,
                _ => closed.push((from, to)),
            }
        }
        Self(closed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn midnight_divides() {
        let parts: Vec<_> = by_day(DAY_MS - 5, DAY_MS + 7).collect();
        assert_eq!(parts, [(0, (86_399_995, 86_400_000)), (1, (0, 7))]);
        assert_eq!(
            by_day(-3, 2).collect::<Vec<_>>()[0],
            (-1, (86_399_997, 86_400_000))
        );
        assert_eq!(by_day(9, 9).count(), 0);
        assert_eq!(by_day(9, 3).count(), 0);
        assert_eq!(by_day(i64::MIN, i64::MAX).count(), 32, "the last month");
    }

    #[test]
    fn an_act_soon_after_another_makes_the_time_between_active() {
        assert_eq!(act(None, 60_000), (59_000, 60_000));
        assert_eq!(act(Some(30_000), 60_000), (30_000, 60_000));
        assert_eq!(act(Some(0), PAUSE_MS), (0, PAUSE_MS));
        assert_eq!(act(Some(0), PAUSE_MS + 1), (PAUSE_MS - 999, PAUSE_MS + 1));
        assert_eq!(
            act(Some(70_000), 60_000),
            (59_000, 60_000),
            "while watching"
        );
    }

    proptest! {
        #[test]
        fn days_hold_the_whole_stretch(from in -400_000_000_i64..400_000_000, length in 0..900_000_000_i64) {
            let parts: Vec<_> = by_day(from, from + length).collect();
            let total: u64 = parts.iter().map(|(_, (from, to))| to - from).sum();
            prop_assert_eq!(total, length.unsigned_abs());
            prop_assert!(parts.iter().all(|(_, (from, to))| from < to && *to <= DAY_MS.unsigned_abs()));
        }

        #[test]
        fn closing_may_wait(
            a in prop::collection::vec((0..500_u64, 0..500_u64), 0..20),
            b in prop::collection::vec((0..500_u64, 0..500_u64), 0..20),
        ) {
            let (a, b) = (Coverage::from(a), Coverage::from(b));
            prop_assert_eq!(a.closed(10).union(&b).closed(10), a.union(&b).closed(10));
        }
    }
}
