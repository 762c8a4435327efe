//! What pages of the console show.

use serde::{Deserialize, Serialize};

use super::{Cursor, Revenue};
use crate::{
    Timestamp,
    checkout::order::State,
    ids::{CouponId, OrderId, Slug},
    money::{Currency, Money},
};

/// Who sits at the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// May give money back and see whom it went to.
    pub admin: bool,
    /// Name of the school's time zone: days and moments of the console are its.
    pub zone: String,
}

/// What somebody did, and to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    pub at: Timestamp,
    /// Name of who did it; `None` once the account is gone.
    pub by: Option<String>,
    pub action: String,
    /// Names and values, as they were.
    pub details: Vec<(String, String)>,
}

/// A course that a filter or a rule can name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseChoice {
    pub slug: Slug,
    pub title: String,
    /// `None`: it is free.
    pub price: Option<Money>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    pub state: State,
    /// Masked for who may not see it.
    pub email: String,
    /// Title of the first course, and how many there are.
    pub title: String,
    pub courses: i64,
    pub currency: Currency,
    pub total: i64,
    pub refunded: i64,
    pub placed_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    pub refund_asked_at: Option<Timestamp>,
    /// The coupon's code, as it is matched.
    pub code: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderList {
    pub rows: Vec<OrderRow>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRow {
    pub gateway: String,
    pub reference: Option<String>,
    pub capture: Option<String>,
    pub state: String,
    pub amount: Money,
    /// Minor units that arrived.
    pub captured: Option<i64>,
    pub begun_at: Timestamp,
    pub captured_at: Option<Timestamp>,
    pub checked_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRow {
    /// Minor units.
    pub amount: i64,
    pub reason: String,
    pub ends_access: bool,
    pub state: String,
    pub reference: Option<String>,
    pub by: Option<String>,
    pub created_at: Timestamp,
    pub tries: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    pub gateway: String,
    pub event: String,
    pub received_at: Timestamp,
    pub processed_at: Option<Timestamp>,
    pub outcome: Option<String>,
}

/// What reconciliation found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRow {
    pub order: OrderId,
    pub number: String,
    pub at: Timestamp,
    pub kind: String,
    pub details: String,
    pub healed: bool,
}

/// What stands behind an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behind {
    pub payments: Vec<PaymentRow>,
    pub refunds: Vec<RefundRow>,
    pub notices: Vec<NoticeRow>,
    pub findings: Vec<FindingRow>,
    pub audit: Vec<Audited>,
}

/// A coupon that is about to run out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueCoupon {
    pub id: CouponId,
    pub name: String,
    /// How often it can still be redeemed; `None`: without a limit.
    pub left: Option<i64>,
    pub ends: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    pub revenue: Vec<Revenue>,
    pub open: i64,
    /// Orders whose refund was asked for: the oldest of them, and how many.
    pub asked: Vec<OrderRow>,
    pub asked_count: i64,
    /// Of reconciliation, not healed; `None` for who may not see them.
    pub findings: Option<i64>,
    pub due: Vec<DueCoupon>,
}
