//! The player: how a learner likes it, what is said in a film and when, and what of it is still to be watched.

mod likes;
mod transcript;

pub use self::{
    likes::{Beside, Captions, Change, Preferences, Quality, Speed, Unknown},
    transcript::{
        Cue, Paragraph, Transcript, joins_without_blank, paragraphs, transcript_language,
    },
};
use crate::progress::Coverage;

/// Milliseconds. What is shorter is no gap that anybody would want to see.
const MIN_GAP_MS: u64 = 1_000;

/// What of a medium was not watched yet, in order.
#[must_use]
pub fn gaps(coverage: &Coverage, duration_ms: u64) -> Vec<(u64, u64)> {
    let all = Coverage::from(vec![(0, duration_ms)]);
    let left: Vec<(u64, u64)> = all.minus(coverage).into();
    left.into_iter()
        .filter(|(from, to)| to - from >= MIN_GAP_MS)
        .collect()
}

/// Which of the languages is exactly this one.
fn position(languages: &[&str], tag: &str) -> Option<usize> {
    languages.iter().position(|language| *language == tag)
}

/// Which of them is this one in another script or for another region.
fn same(languages: &[&str], tag: &str) -> Option<usize> {
    let is_same = |language: &&str| crate::course::same_language(language, tag);
    languages.iter().position(is_same)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn gaps_are_what_is_not_covered() {
        let watched = Coverage::from(vec![(0, 10_000), (10_500, 60_000), (90_000, 120_000)]);
        assert_eq!(
            gaps(&watched, 130_000),
            [(60_000, 90_000), (120_000, 130_000)]
        );
        assert_eq!(gaps(&Coverage::default(), 5_000), [(0, 5_000)]);
        assert!(gaps(&Coverage::default(), 0).is_empty());
    }

    proptest! {
        #[test]
        fn gaps_and_coverage_do_not_overlap(stretches in prop::collection::vec((0..90_000_u64, 0..90_000_u64), 0..30), duration in 0..100_000_u64) {
            let coverage = Coverage::from(stretches);
            for (from, to) in gaps(&coverage, duration) {
                prop_assert!(to <= duration && from < to);
                prop_assert_eq!(Coverage::from(vec![(from, to)]).minus(&coverage).total(), to - from);
            }
        }
    }
}
