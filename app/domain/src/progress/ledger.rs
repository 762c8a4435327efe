//! How much watching the wall clock allows one learner, over all devices.
//!
//! Whatever is newly watched must have been watched at some time, and says at which. Time is divided into slots of
//! a minute; each pays for as much of media as fits into it at the highest playback speed, and a little more for
//! networks and clocks that are not exact. Since slots do not care which report, which device or which order their
//! claims come in, an honest learner gets everything whatever happens to the reports, and a late offline week is paid
//! by that week. Nobody gets an hour out of the minute that has passed: an hour that is said to end now needs the
//! time before now, and what it has paid for once it does not pay for again.
//!
//! What a forger who lies about the time can still get is what could have been watched since the enrolment: without
//! a second witness a server cannot tell that from a week without a network.
//!
//! Who watches without a player can only say that they did, not when. Their word spends the same slots, but only time
//! in which nothing else was watched, and no faster than it passes.

use std::collections::BTreeMap;

use super::{
    Coverage, MAX_RATE,
    active::DAY_MS,
    watching::{Claim, earliest},
};

/// Milliseconds of the wall clock; a day has a whole number of them.
const SLOT_MS: i64 = 60_000;
const SLOTS_A_DAY: i64 = DAY_MS / SLOT_MS;
/// Milliseconds of media that a slot pays for beyond its time.
pub const SLACK_MS: u64 = 10_000;

/// Milliseconds of media that each slot (counted since 1970) has paid for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<i64, u64>);

impl Ledger {
    /// Adds what is stored of a day in UTC: slots since its beginning, with milliseconds.
    pub fn load(&mut self, day: i64, slots: &[(u32, u64)]) {
        let first = day * SLOTS_A_DAY;
        self.0.extend(
            slots
                .iter()
                .map(|&(slot, ms)| (first + i64::from(slot), ms)),
        );
    }

    /// What is to be stored of a day.
    #[must_use]
    pub fn day(&self, day: i64) -> Vec<(u32, u64)> {
        let first = day * SLOTS_A_DAY;
        self.0
            .range(first..first + SLOTS_A_DAY)
            // Less than 1,440.
            .map(|(slot, ms)| ((slot - first) as u32, *ms))
            .collect()
    }

    /// What of a claim is new and can be paid for by someone enrolled at `since`; all in milliseconds. What was
    /// known before costs nothing.
    pub fn pay(&mut self, claim: &Claim, known: &Coverage, since: i64, now: i64) -> Coverage {
        let since = earliest(since, now);
        let fresh = Coverage::from(vec![(claim.from, claim.to)]).minus(known);
        let mut paid = Vec::new();
        for &(from, to) in fresh.intervals() {
            let mut at = from;
            while at < to {
                let slot = claim.moment(at).div_euclid(SLOT_MS);
                let next = claim.position((slot + 1) * SLOT_MS).clamp(at + 1, to);
                let used = self.0.entry(slot).or_default();
                let taken = (next - at).min(capacity(slot, since, now).saturating_sub(*used));
                *used += taken;
                paid.push((at, at + taken));
                at = next;
            }
        }
        self.0.retain(|_, used| *used > 0);
        paid.into_iter().collect()
    }

    /// Spends up to `wanted` milliseconds that have passed between two moments and paid for nothing, for somebody who
    /// cannot say when they watched. Gives how many there were.
    ///
    /// The earliest go first: of several media, they are of use only to those that were opened first.
    pub fn spend(&mut self, wanted: u64, since: i64, now: i64) -> u64 {
        let since = earliest(since, now);
        let mut left = wanted;
        for slot in since.div_euclid(SLOT_MS)..=now.div_euclid(SLOT_MS) {
            if left == 0 {
                break;
            }
            let (begin, end) = (slot * SLOT_MS, ((slot + 1) * SLOT_MS).min(now));
            let used = self.0.get(&slot).copied().unwrap_or_default();
            let free = (end - begin).unsigned_abs().saturating_sub(used);
            let taken = left.min(free).min((end - begin.max(since)).unsigned_abs());
            if taken > 0 {
                *self.0.entry(slot).or_default() += taken;
            }
            left -= taken;
        }
        wanted - left
    }
}

/// What a slot can pay for, as far as it lies behind the enrolment and has passed.
fn capacity(slot: i64, since: i64, now: i64) -> u64 {
    let (begin, end) = (slot * SLOT_MS, (slot + 1) * SLOT_MS);
    let passed = end.min(now) - begin.max(since);
    u64::try_from(passed).map_or(0, |passed| passed * MAX_RATE + SLACK_MS)
}

impl Claim {
    /// When a position was played; it is inside the claim.
    fn moment(&self, position: u64) -> i64 {
        let share = i128::from(position - self.from) * i128::from(self.end - self.start);
        self.start + (share / i128::from((self.to - self.from).max(1))) as i64
    }

    /// The position that was played at a moment behind the start, or the claim's end.
    fn position(&self, moment: i64) -> u64 {
        if moment >= self.end {
            return self.to;
        }
        let share = i128::from(moment - self.start) * i128::from(self.to - self.from);
        let length = i128::from(self.end - self.start).max(1);
        // Rounded up, so that it does not lie in the slot before.
        self.from + ((share + length - 1) / length) as u64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: u64 = 3_600_000;

    fn claim(from: u64, to: u64, end: i64, rate: u64) -> Claim {
        let length = i64::try_from((to - from) / rate).expect("short");
        Claim {
            end,
            start: end - length,
            from,
            to,
            key: String::new(),
        }
    }

    /// What is known after claims were paid for one after another.
    fn watch(ledger: &mut Ledger, claims: &[Claim], since: i64, now: i64) -> Coverage {
        let mut known = Coverage::default();
        for claim in claims {
            let paid = ledger.pay(claim, &known, since, now);
            known = known.union(&paid);
        }
        known
    }

    #[test]
    fn nobody_gets_an_hour_out_of_a_minute() {
        let mut ledger = Ledger::default();
        // Enrolled a minute ago, and the hour is said to have been watched at the highest speed.
        let known = watch(&mut ledger, &[claim(0, HOUR, 60_000, 60)], 0, 60_000);
        assert_eq!(known.total(), 3 * 60_000 + SLACK_MS);
        assert!(watch(&mut ledger, &[claim(HOUR, 2 * HOUR, 60_000, 60)], 0, 60_000).total() == 0);
    }

    #[test]
    fn an_old_account_needs_the_hour_too() {
        let now = 30 * DAY_MS + 17;
        let mut ledger = Ledger::default();
        // Twenty minutes at triple speed: they have passed, so one such hour is possible, but no second.
        let hours: Vec<_> = (0..5)
            .map(|n| claim(n * HOUR, (n + 1) * HOUR, now, 3))
            .collect();
        let known = watch(&mut ledger, &hours, 0, now);
        assert!(known.total() >= HOUR);
        assert!(
            known.total() <= HOUR + 22 * SLACK_MS + 2 * 180_000,
            "{}",
            known.total()
        );
    }

    #[test]
    fn a_late_week_is_paid_by_that_week() {
        let now = 20 * DAY_MS;
        let mut ledger = Ledger::default();
        let evenings: Vec<_> = (0..7_u64)
            .map(|n| {
                claim(
                    n * 2 * HOUR,
                    (n + 1) * 2 * HOUR,
                    (12 + i64::try_from(n).expect("a day")) * DAY_MS,
                    1,
                )
            })
            .collect();
        assert_eq!(watch(&mut ledger, &evenings, 0, now).total(), 14 * HOUR);
    }

    #[test]
    fn days_are_stored_apart() {
        let mut ledger = Ledger::default();
        watch(
            &mut ledger,
            &[claim(0, 120_000, DAY_MS + 60_000, 1)],
            0,
            2 * DAY_MS,
        );
        assert_eq!(
            (ledger.day(0), ledger.day(1)),
            (vec![(1439, 60_000)], vec![(0, 60_000)])
        );
        let mut again = Ledger::default();
        again.load(0, &ledger.day(0));
        again.load(1, &ledger.day(1));
        assert_eq!(again, ledger);
    }

    #[test]
    fn the_same_time_is_spent_once() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.spend(100_000, 17, 120_017), 100_000);
        assert_eq!(ledger.spend(100_000, 17, 120_017), 20_017);
        assert_eq!(ledger.spend(100_000, 17, 120_017), 0);
        assert_eq!(ledger.spend(100_000, 17, 220_017), 100_000);
        assert_eq!(ledger.spend(1, 500_000, 400_000), 0, "opened later");
    }

    #[test]
    fn what_a_player_has_spent_is_spent() {
        let mut ledger = Ledger::default();
        watch(&mut ledger, &[claim(0, 180_000, 60_000, 3)], 0, 120_000);
        assert_eq!(ledger.spend(100_000, 0, 120_000), 60_000);
        // And a player that reports later still gets what it has shown.
        let late = claim(0, 60_000, 120_000, 1);
        assert_eq!(watch(&mut ledger, &[late], 0, 120_000).total(), 60_000);
    }

    /// Stretches of a day, each of whole seconds: place in the medium, end, length, rate.
    fn any_claims() -> impl Strategy<Value = Vec<Claim>> {
        let one = (0..7_200_u64, 1..2_000_u64, 0..86_400_i64, 1..=3_u64).prop_map(
            |(from, length, end, rate)| {
                claim(from * 1_000, (from + length) * 1_000, end * 1_000, rate)
            },
        );
        prop::collection::vec(one, 1..25)
    }

    proptest! {
        #[test]
        fn never_more_than_the_wall_clock_allows(claims in any_claims(), since in 0..86_400_000_i64, passed in 0..86_400_000_i64) {
            let now = since + passed;
            let mut ledger = Ledger::default();
            let known = watch(&mut ledger, &claims, since, now);
            let slots = (now.div_euclid(SLOT_MS) - since.div_euclid(SLOT_MS) + 1).unsigned_abs();
            prop_assert!(known.total() <= passed.unsigned_abs() * MAX_RATE + slots * SLACK_MS);
            prop_assert_eq!(known.total(), ledger.0.values().sum::<u64>());
        }

        #[test]
        fn replays_cost_nothing_and_bring_nothing(claims in any_claims()) {
            let mut ledger = Ledger::default();
            let known = watch(&mut ledger, &claims, 0, DAY_MS);
            let before = ledger.clone();
            for claim in &claims {
                let inside = Coverage::from(vec![(claim.from, claim.to)]).minus(&known).total() == 0;
                if inside {
                    prop_assert_eq!(ledger.pay(claim, &known, 0, DAY_MS).total(), 0);
                }
            }
            prop_assert_eq!(ledger, before);
        }

        #[test]
        fn words_get_no_more_than_the_time_that_has_passed(
            words in prop::collection::vec((0..7_200_000_i64, 0..7_200_000_i64, 0..3_600_000_u64), 1..20),
        ) {
            let mut ledger = Ledger::default();
            let (mut total, mut first, mut last) = (0_u64, i64::MAX, 0_i64);
            for (since, passed, wanted) in words {
                let now = since + passed;
                let spent = ledger.spend(wanted, since, now);
                prop_assert!(spent <= wanted.min(passed.unsigned_abs()));
                total += spent;
                (first, last) = (first.min(since), last.max(now));
            }
            let whole = last - first.div_euclid(SLOT_MS) * SLOT_MS;
            prop_assert!(total <= whole.unsigned_abs());
            prop_assert_eq!(total, ledger.0.values().sum::<u64>());
        }

        /// Media that were watched one after the other, each as soon as it was opened, are all paid for, in whatever
        /// order the words come.
        #[test]
        fn an_honest_word_is_taken(media in prop::collection::vec((any::<u16>(), 1..1_200_000_u64), 1..20)) {
            let (mut opened, mut at) = (Vec::new(), 777_i64);
            for (order, length) in media {
                opened.push((order, at, length));
                at += i64::try_from(length).expect("short");
            }
            opened.sort_unstable();
            let mut ledger = Ledger::default();
            for (_, since, length) in opened {
                prop_assert_eq!(ledger.spend(length, since, at), length);
            }
        }

        /// Three devices that play different media at once, in one go or in pieces, reported in any order: everything
        /// counts, and the slots have paid the same.
        #[test]
        fn an_honest_learner_gets_everything(
            cuts in prop::collection::vec(1..1_200_u64, 0..30),
            order in prop::collection::vec(any::<u16>(), 100),
        ) {
            let length = 1_200_000_u64;
            let whole: Vec<_> = (0..3_u64).map(|device| claim(device * length, (device + 1) * length, 1_200_777, 1)).collect();
            let mut edges: Vec<u64> = cuts.iter().map(|cut| cut * 1_000).chain([0, length]).collect();
            edges.sort_unstable();
            edges.dedup();
            let mut pieces: Vec<_> = whole
                .iter()
                .flat_map(|claim| edges.windows(2).map(|edge| Claim {
                    from: claim.from + edge[0],
                    to: claim.from + edge[1],
                    start: claim.start + i64::try_from(edge[0]).expect("short"),
                    end: claim.start + i64::try_from(edge[1]).expect("short"),
                    key: String::new(),
                }))
                .collect();
            let (mut one, mut many) = (Ledger::default(), Ledger::default());
            let together = watch(&mut one, &whole, 0, 1_300_000);
            let places: BTreeMap<u64, u16> = pieces.iter().map(|piece| piece.from).zip(order.iter().copied().cycle()).collect();
            pieces.sort_by_key(|piece| places[&piece.from]);
            let apart = watch(&mut many, &pieces, 0, 1_300_000);
            prop_assert_eq!(together.total(), 3 * length);
            prop_assert_eq!(together, apart);
            prop_assert_eq!(one, many);
        }
    }
}
