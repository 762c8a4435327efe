//! Coupons: what they give, to whom and until when.

use serde::{Deserialize, Serialize};

use super::{Off, Scope, Window};
use crate::{ids::CouponId, money::Currency};

/// What a coupon promises. A version of it never changes once it is written; orders point at one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub off: Off,
    /// Of the amounts in `off` and `min_spend`; `None` where there are none.
    pub currency: Option<Currency>,
    pub scope: Scope,
    /// Minor units that the courses in scope must cost together, after promotions.
    pub min_spend: Option<i64>,
    pub window: Window,
    /// Redemptions by everybody together.
    pub limit: Option<u32>,
    /// Redemptions by one learner.
    pub per_learner: Option<u32>,
    /// Only for who has never paid for a course.
    pub new_learners: bool,
}

/// A version of a coupon, as a basket and an order hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    pub id: CouponId,
    pub version: u32,
    /// For people: the campaign's name.
    pub name: String,
    pub terms: Terms,
}
