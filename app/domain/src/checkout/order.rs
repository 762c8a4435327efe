//! The life of an order, as one machine: every change of state is an event, and no event changes it otherwise.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Placed, holds taken, but no gateway has it yet.
    Draft,
    AwaitingPayment,
    Paid,
    PartlyRefunded,
    Refunded,
    Cancelled,
    Expired,
}

/// What can happen to an order. Amounts are minor units of its currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    Placed {
        total: i64,
    },
    /// A gateway has it and waits for the money.
    PaymentBegun {
        gateway: String,
    },
    /// The payer or their bank said no. They may try again.
    Declined,
    /// The whole total has arrived; also for a total of zero.
    Captured {
        amount: i64,
    },
    Cancelled,
    Expired,
    /// The money came after the order had ended, and the limits allowed to honour it.
    LateCapture {
        amount: i64,
    },
    /// Money that could not be honoured, or came twice, goes back by itself.
    Returned {
        amount: i64,
        why: WhyReturned,
    },
    RefundRequested {
        reason: String,
    },
    RefundDeclined {
        reason: String,
    },
    /// The gateway was told to pay back.
    RefundBegun {
        amount: i64,
    },
    Refunded {
        amount: i64,
    },
    RefundFailed {
        amount: i64,
    },
    DisputeOpened {
        amount: i64,
    },
    DisputeClosed {
        won: bool,
    },
    Reminded,
    /// Reconciliation found the gateway ahead of the order.
    Healed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyReturned {
    /// The order was paid already.
    PaidTwice,
    /// The coupon's limit or the last seat went to somebody else meanwhile.
    LimitReached,
    /// The gateway took another amount than was asked for.
    WrongAmount,
    /// The learner has the course by another order.
    HasCourse,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl State {
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::AwaitingPayment,
        Self::Paid,
        Self::PartlyRefunded,
        Self::Refunded,
        Self::Cancelled,
        Self::Expired,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingPayment => "awaiting-payment",
            Self::Paid => "paid",
            Self::PartlyRefunded => "partly-refunded",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// `None` for a word that is no state.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Holds are kept, and money is waited for.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::AwaitingPayment)
    }
}
