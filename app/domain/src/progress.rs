//! What counts as learned: watched coverage, and when a lesson and a course are complete.

pub mod active;
mod explain;
pub mod ledger;
pub mod watching;

use serde::{Deserialize, Serialize};

pub use explain::{Evidence, Left, StillLeft, explain};

/// The highest playback speed that the player offers and the server believes.
pub const MAX_RATE: u64 = 3;

/// Parts of a medium that were watched: disjoint intervals in milliseconds, in order, none empty.
///
/// A set, so that order, repetition and device of the reports do not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(u64, u64)>", into = "Vec<(u64, u64)>")]
pub struct Coverage(Vec<(u64, u64)>);

impl Coverage {
    #[must_use]
    pub fn intervals(&self) -> &[(u64, u64)] {
        &self.0
    }

    /// Milliseconds that were watched, each once.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(from, to)| to - from).sum()
    }

    /// The union with another coverage.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.0.iter().chain(&other.0).copied().collect()
    }

    /// Without what lies behind the end.
    #[must_use]
    pub fn within(&self, duration: u64) -> Self {
        self.0
            .iter()
            .map(|&(from, to)| (from, to.min(duration)))
            .collect()
    }

    /// Without everything after the first `total` milliseconds watched.
    #[must_use]
    pub fn first(&self, total: u64) -> Self {
        let mut left = total;
        self.0
            .iter()
            .map(|&(from, to)| {
                let length = left.min(to - from);
                left -= length;
                (from, from + length)
            })
            .collect()
    }

    /// What `self` has and `other` has not.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let (mut rest, mut gaps) = (Vec::new(), other.0.iter().peekable());
        for &(mut from, to) in &self.0 {
            while let Some(&&(gap_from, gap_to)) = gaps.peek() {
                if gap_from >= to {
                    break;
                }
                rest.push((from, gap_from));
                from = from.max(gap_to);
                // A gap that reaches beyond may take from the next interval too.
                if gap_to > to {
                    break;
                }
                gaps.next();
            }
            rest.push((from, to));
        }
        rest.into_iter().collect()
    }

    /// Whether enough was watched: all but what is [`forgiven`].
    #[must_use]
    pub fn is_watched(&self, duration: u64) -> bool {
        duration > 0 && self.within(duration).total() + forgiven(duration) >= duration
    }

    /// Milliseconds that have to be watched before it counts as watched.
    #[must_use]
    pub fn missing(&self, duration: u64) -> u64 {
        duration
            .saturating_sub(forgiven(duration))
            .saturating_sub(self.within(duration).total())
    }

    /// Share of the medium in whole percent; 100 only when it counts as watched.
    #[must_use]
    pub fn percent(&self, duration: u64) -> u8 {
        if self.is_watched(duration) {
            return 100;
        }
        percent(self.within(duration).total(), duration).min(99)
    }
}

/// What may be missing of a medium that counts as watched, in milliseconds: with `d` for its length `d / 10`, but at
/// least three seconds and at most a minute; of a clip of twenty seconds 3 s, of five minutes 30 s, of an hour 60 s.
///
/// The source is what goes wrong with one number. A fixed share alone (Open edX takes 95 % of a video for the whole)
/// forgives three minutes of an hour, a chapter; a fixed time alone completes a clip by its title. Titles and credits,
/// which people skip, are a tenth of a short film and do not grow with a long one; three seconds are what a player
/// that stops a little early, or a tab that is killed, can cost.
fn forgiven(duration: u64) -> u64 {
    (duration / 10).clamp(3_000, 60_000)
}

/// Takes intervals in any order, overlapping or not. Empty and reversed ones are dropped.
impl FromIterator<(u64, u64)> for Coverage {
    fn from_iter<I: IntoIterator<Item = (u64, u64)>>(intervals: I) -> Self {
        let mut sorted: Vec<_> = intervals
            .into_iter()
            .filter(|(from, to)| from < to)
            .collect();
        sorted.sort_unstable();
        let mut merged: Vec<(u64, u64)> = Vec::with_capacity(sorted.len());
        for (from, to) in sorted {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }
}

impl From<Vec<(u64, u64)>> for Coverage {
    fn from(intervals: Vec<(u64, u64)>) -> Self {
        intervals.into_iter().collect()
    }
}

impl From<Coverage> for Vec<(u64, u64)> {
    fn from(coverage: Coverage) -> Self {
        coverage.0
    }
}

/// Parts per hundred, rounded down; nothing of nothing is nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> u8 {
    // At most 100 after `min`, so it fits.
    (u128::from(part.min(whole)) * 100 / u128::from(whole.max(1))) as u8
}

/// One thing in a lesson that has to be done, and whether it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A medium of known length.
    Media {
        watched: bool,
    },
    Quiz {
        passed: bool,
    },
    /// A poll, chain, … that has to be answered.
    Block {
        answered: bool,
    },
}

impl Task {
    #[must_use]
    pub fn is_done(self) -> bool {
        match self {
            Self::Media { watched: done }
            | Self::Quiz { passed: done }
            | Self::Block { answered: done } => done,
        }
    }
}

/// How a lesson is completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Completion {
    /// By the learner's button: there is nothing that could be measured.
    Button,
    /// By watching and passing; so much of it is left.
    Tasks { left: u32 },
}

#[must_use]
pub fn completion(tasks: &[Task]) -> Completion {
    if tasks.is_empty() {
        return Completion::Button;
    }
    let left = tasks.iter().filter(|task| !task.is_done()).count();
    Completion::Tasks {
        left: u32::try_from(left).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn coverage(intervals: &[(u64, u64)]) -> Coverage {
        intervals.iter().copied().collect()
    }

    #[test]
    fn intervals_merge() {
        assert_eq!(
            coverage(&[(5, 9), (0, 5), (20, 30), (25, 26), (7, 7), (9, 8)]).intervals(),
            [(0, 9), (20, 30)]
        );
    }

    #[test]
    fn scrubbing_to_the_end_watches_nothing() {
        assert!(!coverage(&[(0, 2_000), (118_000, 120_000)]).is_watched(120_000));
        assert!(coverage(&[(0, 60_000), (60_000, 109_000)]).is_watched(120_000));
        assert!(
            !coverage(&[]).is_watched(0),
            "a medium of unknown length is never watched"
        );
    }

    #[test]
    fn a_lesson_without_tasks_has_a_button() {
        assert_eq!(completion(&[]), Completion::Button);
        assert_eq!(
            completion(&[Task::Quiz { passed: true }, Task::Media { watched: false }]),
            Completion::Tasks { left: 1 }
        );
    }

    fn any_coverage() -> impl Strategy<Value = Coverage> {
        prop::collection::vec((0..1_000_u64, 0..1_000_u64), 0..20).prop_map(Coverage::from)
    }

    proptest! {
        #[test]
        fn union_does_not_care_about_order_or_repetition(a in any_coverage(), b in any_coverage(), c in any_coverage()) {
            prop_assert_eq!(a.union(&b), b.union(&a));
            prop_assert_eq!(a.union(&b).union(&c), a.union(&b.union(&c)));
            prop_assert_eq!(a.union(&a), a.clone());
            prop_assert!(a.union(&b).total() <= a.total() + b.total());
        }

        #[test]
        fn never_longer_than_the_medium(a in any_coverage(), duration in 0..500_u64) {
            prop_assert!(a.within(duration).total() <= duration);
            prop_assert!(a.percent(duration) <= 100);
        }

        #[test]
        fn what_is_taken_away_and_added_again_is_the_union(a in any_coverage(), b in any_coverage()) {
            let fresh = a.minus(&b);
            prop_assert_eq!(fresh.total() + b.total(), a.union(&b).total());
            prop_assert_eq!(fresh.union(&b), a.union(&b));
        }
    }
}
