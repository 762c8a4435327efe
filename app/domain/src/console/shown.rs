//! What pages of the console show.

use serde::{Deserialize, Serialize};

use super::{Cursor, Revenue};
use crate::{
    Timestamp,
    checkout::{
        Moment, Window,
        coupon::{Task, Terms},
        finding::Details,
        order::State,
        promotion::Promotion,
    },
    ids::{CouponId, FindingId, OrderId, PromotionId, Slug},
    money::{Currency, Money},
};

/// Who sits at the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// May give money back and see whom it went to.
    pub admin: bool,
    /// Name of the school's time zone: days and moments of the console are its.
    pub zone: String,
    /// The built-in gateway stands in: no money moves.
    pub test: bool,
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
    /// The built-in gateway has its payment: no money moves.
    pub test: bool,
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
    /// Money that came in excess goes back by itself; it is no part of what the order cost.
    pub excess: bool,
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
    pub id: FindingId,
    pub order: OrderId,
    pub number: String,
    pub at: Timestamp,
    pub kind: String,
    pub details: Details,
    /// By itself.
    pub healed: bool,
    pub settled: Option<Settled>,
}

impl FindingRow {
    /// Whether it waits for somebody.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.healed && self.settled.is_none()
    }
}

/// That a member of staff saw to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub at: Timestamp,
    /// Name of who did; `None` once the account is gone.
    pub by: Option<String>,
    pub note: Option<String>,
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
    /// What the built-in gateway was paid is no revenue, because there is a real one.
    pub tests_left_out: bool,
    pub open: i64,
    /// Orders whose refund was asked for: the oldest of them, and how many.
    pub asked: Vec<OrderRow>,
    pub asked_count: i64,
    /// Of reconciliation, neither healed nor settled; `None` for who may not see them.
    pub findings: Option<i64>,
    pub due: Vec<DueCoupon>,
}

/// Where a coupon or promotion is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Life {
    Planned,
    Running,
    UsedUp,
    Over,
    Stopped,
}

impl Life {
    /// `left`: how often it can still be used, where that is limited.
    #[must_use]
    pub fn of(window: Window, stopped: bool, left: Option<i64>, now: Timestamp) -> Self {
        match window.place(now) {
            _ if stopped => Self::Stopped,
            Moment::After => Self::Over,
            _ if left.is_some_and(|left| left <= 0) => Self::UsedUp,
            Moment::Before(_) => Self::Planned,
            Moment::Within => Self::Running,
        }
    }

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::UsedUp => "used-up",
            Self::Over => "over",
            Self::Stopped => "stopped",
        }
    }
}

/// A coupon as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouponRow {
    pub id: CouponId,
    pub name: String,
    pub version: u32,
    /// The public code, where there is one.
    pub code: Option<String>,
    pub terms: Terms,
    pub life: Life,
    pub held: i64,
    pub redeemed: i64,
    /// Whoever completes it is given a code of their own.
    pub task: Option<Task>,
    /// Learners who were given one.
    pub given: i64,
    /// What orders with it brought, currency by currency.
    pub revenue: Vec<Money>,
}

/// A version of a rule, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version<T> {
    pub version: u32,
    pub at: Timestamp,
    /// `None`: the command line, or somebody who is gone.
    pub by: Option<String>,
    pub rule: T,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    pub name: String,
    pub codes: i64,
    pub held: i64,
    pub redeemed: i64,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouponPage {
    pub coupon: CouponRow,
    /// The newest first.
    pub versions: Vec<Version<Terms>>,
    pub batches: Vec<BatchRow>,
    pub audit: Vec<Audited>,
    /// An absolute address that brings the code along.
    pub link: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromotionRow {
    pub promotion: Promotion,
    pub life: Life,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromotionPage {
    pub row: PromotionRow,
    pub versions: Vec<Version<Promotion>>,
    pub audit: Vec<Audited>,
}

/// What a course costs from a moment on. Minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePart {
    pub from: Timestamp,
    pub list: i64,
    pub paid: i64,
    /// The lowest of 30 days, as pages say it then.
    pub lowest: Option<i64>,
}

/// When a promotion holds for a course; `None`: without a beginning, without an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromotionBar {
    pub id: PromotionId,
    pub name: String,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// The prices of a course, those that are planned too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceTimeline {
    pub slug: Slug,
    pub title: String,
    pub currency: Currency,
    pub parts: Vec<PricePart>,
    pub bars: Vec<PromotionBar>,
}
