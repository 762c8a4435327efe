//! The life of an order, as one machine: every change of state is an event, and no event changes it otherwise.
//!
//! [`Event::Placed`] makes a draft. From then on, with `.` for an event that is noted and changes nothing, and a
//! blank for one that cannot happen:
//!
//! | event \ state | draft | awaiting | paid | partly ref. | refunded | cancelled | expired |
//! |---|---|---|---|---|---|---|---|
//! | payment begun | awaiting | . | | | | | |
//! | declined | | . | | | | | |
//! | captured | paid | paid | | | | | |
//! | cancelled | cancelled | cancelled | | | | | |
//! | expired | expired | expired | | | | | |
//! | late capture | | | | | | paid | paid |
//! | resumed | | | | | | | draft |
//! | refund requested, declined, begun | | | . | . | | | |
//! | refunded, something is left | | | partly ref. | . | | | |
//! | refunded, nothing is left | | | refunded | refunded | | | |
//! | reminded | . | . | | | | . | . |
//! | returned, refund failed, dispute, healed | . | . | . | . | . | . | . |
//!
//! What has run out can be resumed, because nobody said that they did not want it; what was cancelled cannot.
//! So money that has arrived is never waited for again, and what was refunded stays refunded.

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
    /// The buyer came back to an order that had run out: it waits for `total` once more.
    Resumed {
        total: i64,
    },
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
    /// Money is back with the payer; `left` is what the school still has of the order.
    Refunded {
        amount: i64,
        left: i64,
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

/// The event cannot happen to an order in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this cannot happen to an order that is {state}")]
pub struct Refused {
    pub state: State,
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

    /// The total has arrived and at least a part of it is still with the school.
    #[must_use]
    pub fn is_paid(self) -> bool {
        matches!(self, Self::Paid | Self::PartlyRefunded)
    }

    /// The state after an event: see the table at the top of this file.
    ///
    /// # Errors
    /// [`Refused`] where the event cannot happen. Nothing may be written then.
    pub fn after(self, event: &Event) -> Result<Self, Refused> {
        let next = match event {
            Event::Placed { .. } => None,
            Event::PaymentBegun { .. } => self.is_open().then_some(Self::AwaitingPayment),
            Event::Declined => (self == Self::AwaitingPayment).then_some(self),
            Event::Captured { .. } => self.is_open().then_some(Self::Paid),
            Event::Cancelled => self.is_open().then_some(Self::Cancelled),
            Event::Expired => self.is_open().then_some(Self::Expired),
            Event::Resumed { .. } => (self == Self::Expired).then_some(Self::Draft),
            Event::LateCapture { .. } => {
                matches!(self, Self::Cancelled | Self::Expired).then_some(Self::Paid)
            }
            Event::RefundRequested { .. }
            | Event::RefundDeclined { .. }
            | Event::RefundBegun { .. } => self.is_paid().then_some(self),
            Event::Refunded { left, .. } => self.is_paid().then_some(if *left > 0 {
                Self::PartlyRefunded
            } else {
                Self::Refunded
            }),
            Event::Reminded => (!self.is_paid() && self != Self::Refunded).then_some(self),
            Event::Returned { .. }
            | Event::RefundFailed { .. }
            | Event::DisputeOpened { .. }
            | Event::DisputeClosed { .. }
            | Event::Healed => Some(self),
        };
        next.ok_or(Refused { state: self })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Event, Refused, State, WhyReturned};

    /// The table at the top of this file: every event, and what it makes of the states in the order of
    /// [`State::ALL`]; `.` where nothing changes, `-` where it cannot happen.
    fn table() -> Vec<(Event, &'static str)> {
        let reason = || String::from("a reason");
        let gateway = || String::from("sandbox");
        let why = WhyReturned::PaidTwice;
        vec![
            (Event::Placed { total: 5 }, "- - - - - - -"),
            (
                Event::PaymentBegun { gateway: gateway() },
                "awaiting-payment . - - - - -",
            ),
            (Event::Declined, "- . - - - - -"),
            (Event::Captured { amount: 5 }, "paid paid - - - - -"),
            (Event::Cancelled, "cancelled cancelled - - - - -"),
            (Event::Expired, "expired expired - - - - -"),
            (Event::LateCapture { amount: 5 }, "- - - - - paid paid"),
            (Event::Resumed { total: 5 }, "- - - - - - draft"),
            (Event::RefundRequested { reason: reason() }, "- - . . - - -"),
            (Event::RefundDeclined { reason: reason() }, "- - . . - - -"),
            (Event::RefundBegun { amount: 5 }, "- - . . - - -"),
            (
                Event::Refunded { amount: 4, left: 1 },
                "- - partly-refunded . - - -",
            ),
            (
                Event::Refunded { amount: 5, left: 0 },
                "- - refunded refunded - - -",
            ),
            (Event::Reminded, ". . - - - . ."),
            (Event::Returned { amount: 5, why }, ". . . . . . ."),
            (Event::RefundFailed { amount: 5 }, ". . . . . . ."),
            (Event::DisputeOpened { amount: 5 }, ". . . . . . ."),
            (Event::DisputeClosed { won: false }, ". . . . . . ."),
            (Event::Healed, ". . . . . . ."),
        ]
    }

    #[test]
    fn every_event_does_in_every_state_what_the_table_says() {
        for (event, row) in table() {
            let cells: Vec<&str> = row.split(' ').collect();
            assert_eq!(cells.len(), State::ALL.len(), "{event:?}");
            for (state, cell) in State::ALL.into_iter().zip(cells) {
                let next = match cell {
                    "-" => None,
                    "." => Some(state),
                    word => Some(State::from_word(word).expect("a state")),
                };
                let says = next.ok_or(Refused { state });
                assert_eq!(state.after(&event), says, "{state}, {event:?}");
            }
        }
    }

    fn event() -> impl Strategy<Value = Event> {
        let events: Vec<Event> = table().into_iter().map(|(event, _)| event).collect();
        prop::sample::select(events)
    }

    proptest! {
        #[test]
        fn no_sequence_of_events_leaves_the_machine(events in prop::collection::vec(event(), 0..60)) {
            let (mut state, mut paid, mut refunded) = (State::Draft, false, false);
            for event in events {
                let Ok(next) = state.after(&event) else { continue };
                prop_assert!(!paid || !next.is_open(), "{state} became {next} by {event:?}");
                prop_assert!(!paid || next.is_paid() || next == State::Refunded, "{state} became {next}");
                prop_assert!(!refunded || next == State::Refunded, "{state} became {next}");
                if state == State::Cancelled && next != state {
                    prop_assert!(next == State::Paid, "{state} became {next} by {event:?}");
                }
                if state == State::Expired && next != state {
                    let resumed = matches!(event, Event::Resumed { .. });
                    let wanted = if resumed { State::Draft } else { State::Paid };
                    prop_assert!(next == wanted, "{state} became {next} by {event:?}");
                }
                paid |= next.is_paid();
                refunded |= next == State::Refunded;
                state = next;
            }
        }

        #[test]
        fn the_same_news_twice_changes_nothing_more(start in prop::sample::select(State::ALL.to_vec()), event in event()) {
            if let Ok(once) = start.after(&event) {
                prop_assert!(once.after(&event).is_err() || once.after(&event) == Ok(once));
            }
        }
    }

    #[test]
    fn words_and_states_are_one_to_one() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.as_str()), Some(state));
        }
        assert_eq!(State::from_word("Paid"), None);
    }
}
