//! What was found not to agree about an order's money: told to staff, in words that are made when it is shown.

use serde::{Deserialize, Serialize};

use super::order::WhyReturned;
use crate::money::{Currency, Money};

/// One thing that was found, as it is kept beside its order. `why`: in the words of who refused; empty where there are
/// none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Finding {
    /// Money had arrived, and nothing was heard of it before the gateway was asked.
    MissedCapture {
        came: Arrived,
    },
    RefundRefused {
        amount: Money,
        why: String,
    },
    /// It had been paid back, and came back to the school.
    RefundCameBack {
        amount: Money,
        why: String,
    },
    /// It was tried in vain, and is tried on.
    RefundWaits {
        amount: Money,
        tries: i64,
        why: String,
    },
    /// Somebody paid back at the gateway itself.
    RefundElsewhere {
        amount: Money,
    },
    Dispute {
        stage: Disputed,
    },
    /// The gateway asked the payer for nothing, which does not pay the order.
    NoPaymentRequired,
    /// Amounts of the faults are in this currency.
    ReceiptMismatch {
        currency: Currency,
        faults: Vec<Fault>,
    },
}

/// What money that was missed was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrived {
    Paid,
    /// The order had ended, and is paid nevertheless.
    Late,
    Returned(WhyReturned),
}

/// How a dispute stands at the payer's bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disputed {
    Opened {
        amount: Money,
    },
    /// For the school.
    Won,
    /// For the payer.
    Lost,
}

/// Where calculation, order and money do not agree. Minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum Fault {
    /// What it is when worked out again, and what it was. The same twice: it comes about in another way.
    Price { now: i64, then: i64 },
    /// What the order says, and what its price says.
    Total { order: i64, price: i64 },
    /// What was kept of its payments, and what the order says.
    Kept { came: i64, due: i64 },
    /// What went back by the events, and what the order says.
    Refunded { events: i64, order: i64 },
}

impl Finding {
    /// The word for its kind, by which findings are told apart in the database.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MissedCapture { .. } => "missed-capture",
            Self::RefundRefused { .. } => "refund-refused",
            Self::RefundCameBack { .. } => "refund-came-back",
            Self::RefundWaits { .. } => "refund-waits",
            Self::RefundElsewhere { .. } => "refund-elsewhere",
            Self::Dispute { .. } => "dispute",
            Self::NoPaymentRequired => "no-payment-required",
            Self::ReceiptMismatch { .. } => "receipt-mismatch",
        }
    }

    /// Whether the orders agree again by themselves, so that nobody has to see to it.
    #[must_use]
    pub fn is_healed(&self) -> bool {
        matches!(
            self,
            Self::MissedCapture { .. }
                | Self::RefundElsewhere { .. }
                | Self::Dispute {
                    stage: Disputed::Won
                }
        )
    }
}

/// What stands beside the kind of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Details {
    Typed(Finding),
    /// A sentence that an earlier program wrote, shown as it is.
    Text(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_back_and_its_kind_is_its_tag() {
        let amount = Money {
            minor: 19_900,
            currency: Currency::CNY,
        };
        let why = String::from("expired card");
        let findings = [
            Finding::MissedCapture {
                came: Arrived::Returned(WhyReturned::PaidTwice),
            },
            Finding::RefundRefused {
                amount,
                why: why.clone(),
            },
            Finding::RefundCameBack {
                amount,
                why: String::new(),
            },
            Finding::RefundWaits {
                amount,
                tries: 5,
                why,
            },
            Finding::RefundElsewhere { amount },
            Finding::Dispute {
                stage: Disputed::Opened { amount },
            },
            Finding::Dispute {
                stage: Disputed::Lost,
            },
            Finding::ReceiptMismatch {
                currency: Currency::CNY,
                faults: vec![Fault::Price {
                    now: 19_900,
                    then: 18_900,
                }],
            },
        ];
        for finding in findings {
            let json = serde_json::to_string(&finding).expect("JSON");
            let tag = format!("{{\"kind\":\"{}\"", finding.kind());
            assert!(json.starts_with(&tag), "{json}");
            let read: Finding = serde_json::from_str(&json).expect("a finding");
            assert_eq!(read, finding);
        }
    }

    /// Rows that were written are read for ever.
    #[test]
    fn the_stored_form_stays_as_it_is() {
        for json in [
            r#"{"kind":"missed-capture","came":"late"}"#,
            r#"{"kind":"missed-capture","came":{"returned":"limit-reached"}}"#,
            r#"{"kind":"refund-elsewhere","amount":{"minor":5000,"currency":"CNY"}}"#,
            r#"{"kind":"dispute","stage":"won"}"#,
            r#"{"kind":"dispute","stage":{"opened":{"amount":{"minor":5000,"currency":"USD"}}}}"#,
            r#"{"kind":"receipt-mismatch","currency":"JPY","faults":[{"fault":"kept","came":0,"due":1500}]}"#,
        ] {
            let finding: Finding = serde_json::from_str(json).expect("a finding");
            assert_eq!(serde_json::to_string(&finding).expect("JSON"), json);
        }
    }
}
