//! The refund rule: who may have their money back, and until when.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Part of the course agreement; an order keeps the one that was accepted with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRule {
    /// Days after paying within which a learner may ask for the money back.
    pub days: u32,
    /// Percent of the course beyond which they may not.
    pub max_progress: u8,
}

impl Default for RefundRule {
    fn default() -> Self {
        Self {
            days: 14,
            max_progress: 30,
        }
    }
}

/// Whether a learner may ask now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Refundable {
    Until(Timestamp),
    TooLate {
        since: Timestamp,
    },
    /// `None` where the percentage is not for the one who asks.
    TooFar {
        percent: Option<u8>,
    },
}

impl RefundRule {
    /// `percent`: how much the learner has had of the order's courses, the furthest of them: of its lessons completed
    /// or of its films watched, whichever is more.
    #[must_use]
    pub fn ask(self, paid_at: Timestamp, percent: u8, now: Timestamp) -> Refundable {
        let until = paid_at
            .checked_add(jiff::SignedDuration::from_hours(24 * i64::from(self.days)))
            .unwrap_or(Timestamp::MAX);
        if now >= until {
            Refundable::TooLate { since: until }
        } else if percent > self.max_progress {
            Refundable::TooFar {
                percent: Some(percent),
            }
        } else {
            Refundable::Until(until)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    const RULE: RefundRule = RefundRule {
        days: 14,
        max_progress: 30,
    };

    fn paid() -> Timestamp {
        "2026-03-02T09:00:00Z".parse().expect("a moment")
    }

    fn days_later(days: i64) -> Timestamp {
        paid() + SignedDuration::from_hours(24 * days)
    }

    #[test]
    fn the_time_is_over_at_the_moment_that_is_named() {
        let until = days_later(14);
        let before = until - SignedDuration::from_micros(1);
        let ask = |now| RULE.ask(paid(), 0, now);
        assert_eq!(ask(paid()), Refundable::Until(until));
        assert_eq!(ask(before), Refundable::Until(until));
        assert_eq!(ask(until), Refundable::TooLate { since: until });
    }

    #[test]
    fn the_percentage_that_is_named_is_not_too_far() {
        let ask = |percent| RULE.ask(paid(), percent, paid());
        assert_eq!(ask(30), Refundable::Until(days_later(14)));
        let percent = Some(31);
        assert_eq!(ask(31), Refundable::TooFar { percent });
    }

    #[test]
    fn who_is_too_late_is_not_told_how_far_they_came() {
        let since = days_later(14);
        assert_eq!(RULE.ask(paid(), 100, since), Refundable::TooLate { since });
    }

    #[test]
    fn no_days_are_too_late_from_the_beginning_and_no_progress_is_too_far_from_the_first_percent() {
        let none = RefundRule {
            days: 0,
            max_progress: 0,
        };
        let late = Refundable::TooLate { since: paid() };
        assert_eq!(none.ask(paid(), 0, paid()), late);
        let one = RefundRule { days: 1, ..none };
        let percent = Some(1);
        assert_eq!(one.ask(paid(), 0, paid()), Refundable::Until(days_later(1)));
        assert_eq!(one.ask(paid(), 1, paid()), Refundable::TooFar { percent });
    }
}
