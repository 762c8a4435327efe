//! Completion explains itself: what is left of a lesson, and why.

use serde::{Deserialize, Serialize};

use super::Coverage;

/// Milliseconds. A shorter gap is a jump's crumb: nobody misses anything in it.
const MIN_GAP: u64 = 1_000;

/// What is known of one thing that has to be done.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// A medium of known length in milliseconds.
    Media {
        duration: u64,
        coverage: &'a Coverage,
    },
    Quiz {
        passed: bool,
        pass_percent: u8,
        /// Points of all questions.
        possible: u32,
        /// Points of the best attempt so far.
        best: Option<u32>,
    },
}

/// What is left to do, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum Left {
    Watch {
        /// Milliseconds that have to be watched before the medium counts as watched.
        at_least: u64,
        /// Where they can be found: everything that was not watched, in order, in milliseconds.
        gaps: Vec<(u64, u64)>,
    },
    Pass {
        /// Points that it takes.
        needed: u32,
        possible: u32,
        best: Option<u32>,
    },
    /// A block that is required has no answer yet.
    Answer,
}

/// One thing that is left in a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StillLeft {
    /// The activity's key.
    pub activity: String,
    pub title: String,
    pub left: Left,
}

/// What is left of it; `None`: it is done.
#[must_use]
pub fn explain(evidence: Evidence<'_>) -> Option<Left> {
    match evidence {
        Evidence::Media { duration, coverage } => {
            if coverage.is_watched(duration) {
                return None;
            }
            Some(Left::Watch {
                at_least: coverage.missing(duration),
                gaps: gaps(duration, coverage),
            })
        }
        Evidence::Quiz { passed: true, .. } => None,
        Evidence::Quiz {
            pass_percent,
            possible,
            best,
            ..
        } => Some(Left::Pass {
            needed: needed(pass_percent, possible),
            possible,
            best,
        }),
    }
}

/// The parts that were not watched. Crumbs are left out, unless there is nothing else.
fn gaps(duration: u64, coverage: &Coverage) -> Vec<(u64, u64)> {
    let missing = Coverage::from(vec![(0, duration)]).minus(coverage);
    let long: Vec<_> = missing
        .intervals()
        .iter()
        .copied()
        .filter(|(from, to)| to - from >= MIN_GAP)
        .collect();
    if long.is_empty() {
        missing.intervals().to_vec()
    } else {
        long
    }
}

/// The fewest points with which `quiz::mark` lets pass.
fn needed(pass_percent: u8, possible: u32) -> u32 {
    let points = (u64::from(possible) * u64::from(pass_percent)).div_ceil(100);
    u32::try_from(points).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn coverage(intervals: &[(u64, u64)]) -> Coverage {
        intervals.iter().copied().collect()
    }

    fn media(duration: u64, coverage: &Coverage) -> Option<Left> {
        explain(Evidence::Media { duration, coverage })
    }

    #[test]
    fn gaps_are_named_and_crumbs_are_not() {
        let seen = coverage(&[(0, 180_000), (250_000, 300_000), (300_500, 360_000)]);
        assert_eq!(
            media(600_000, &seen),
            Some(Left::Watch {
                at_least: 600_000 - 60_000 - 180_000 - 50_000 - 59_500,
                gaps: vec![(180_000, 250_000), (360_000, 600_000)],
            })
        );
    }

    #[test]
    fn what_is_done_has_nothing_left() {
        assert_eq!(media(120_000, &coverage(&[(0, 120_000)])), None);
        let quiz = |passed, best| Evidence::Quiz {
            passed,
            pass_percent: 70,
            possible: 3,
            best,
        };
        assert_eq!(explain(quiz(true, Some(3))), None);
        assert_eq!(
            explain(quiz(false, Some(1))),
            Some(Left::Pass {
                needed: 3,
                possible: 3,
                best: Some(1),
            })
        );
    }

    proptest! {
        #[test]
        fn watching_as_much_of_the_gaps_as_it_asks_for_is_enough(
            intervals in prop::collection::vec((0..900_000_u64, 0..900_000_u64), 0..8),
            duration in 1_000..900_000_u64,
        ) {
            let seen = Coverage::from(intervals);
            if let Some(Left::Watch { at_least, gaps }) = media(duration, &seen) {
                prop_assert!(at_least > 0);
                let all = seen.union(&Coverage::from(gaps));
                prop_assert!(all.is_watched(duration) || all.within(duration).total() + 8_000 >= duration);
                let more = Coverage::from(vec![(0, duration)]).minus(&seen).first(at_least);
                prop_assert!(seen.union(&more).is_watched(duration));
                let fewer = Coverage::from(vec![(0, duration)]).minus(&seen).first(at_least - 1);
                prop_assert!(!seen.union(&fewer).is_watched(duration));
            } else {
                prop_assert!(seen.is_watched(duration));
            }
        }

        #[test]
        fn the_points_asked_for_are_the_fewest_that_pass(pass_percent in 0..=100_u8, possible in 0..5_000_u32) {
            let passes = |earned: u32| u64::from(earned) * 100 >= u64::from(possible) * u64::from(pass_percent);
            let needed = needed(pass_percent, possible);
            prop_assert!(passes(needed) && needed <= possible);
            prop_assert!(needed == 0 || !passes(needed - 1));
        }
    }
}
