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
    /// 0 where the percentage is not for the one who asks.
    TooFar {
        percent: u8,
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
            Refundable::TooFar { percent }
        } else {
            Refundable::Until(until)
        }
    }
}
