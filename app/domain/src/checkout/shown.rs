//! What pages show of orders.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    order::{Event, State},
    price::Quote,
    refund::{RefundRule, Refundable},
};
use crate::{
    ids::{OrderId, Slug},
    money::{Currency, Money},
};

/// An order, for who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    pub id: OrderId,
    /// What people quote: short, in capital letters and digits.
    pub number: String,
    pub state: State,
    pub email: String,
    pub name: Option<String>,
    pub items: Vec<OrderItem>,
    pub quote: Quote,
    pub currency: Currency,
    pub refunded: i64,
    pub placed_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    /// Until when coupon and price are kept while it is open.
    pub held_until: Option<Timestamp>,
    pub agreement: AcceptedAgreement,
    /// Whether the learner may ask for the money back; `None` while there is nothing to ask for.
    pub refundable: Option<Refundable>,
    /// Asked for and not yet answered.
    pub refund_requested: bool,
    pub timeline: Vec<Happened>,
    /// The gateway is the built-in one: no money moves.
    pub test: bool,
    /// The buyer has no account yet: it is made by the mailed link.
    pub guest: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    pub slug: Slug,
    pub title: String,
    pub list: i64,
    pub paid: i64,
    /// The learner may study it now.
    pub open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedAgreement {
    pub version: u32,
    pub accepted_at: Timestamp,
    pub refund: RefundRule,
}

/// One step of an order's life. `by`: name of the member of staff who did it, for staff only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    pub at: Timestamp,
    pub event: Event,
    pub by: Option<String>,
}

impl OrderPage {
    #[must_use]
    pub fn total(&self) -> Money {
        Money {
            minor: self.quote.total,
            currency: self.currency,
        }
    }
}

/// An order in the list of its buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSummary {
    pub id: OrderId,
    pub number: String,
    pub state: State,
    /// Titles of the courses.
    pub titles: Vec<String>,
    pub total: Money,
    /// Minor units that went back.
    pub refunded: i64,
    pub placed_at: Timestamp,
    /// The built-in gateway has its payment: no money moves.
    pub test: bool,
}
