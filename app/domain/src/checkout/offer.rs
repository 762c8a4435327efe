//! What pages show of prices and coupons.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{coupon::Terms, promotion::Theme};
use crate::{ids::CouponId, money::Money};

/// What one course costs everybody, bought by itself without a coupon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPrice {
    pub list: Money,
    pub now: Money,
    /// What lowers it now.
    pub promotion: Option<ShownPromotion>,
    /// The lowest price of 30 days: while it is lowered, of those before it was, as article 6a of the directive
    /// 98/6/EC asks for; else of the last ones. `None` where there was no price before.
    pub lowest: Option<Money>,
}

/// A promotion as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPromotion {
    pub name: String,
    /// When it is over. What is shown about it must not say anything else.
    pub ends: Option<Timestamp>,
    pub theme: Option<Theme>,
    /// What the banner says, by BCP 47 tag.
    pub banner: BTreeMap<String, String>,
}

impl ShownPrice {
    #[must_use]
    pub fn is_lowered(&self) -> bool {
        self.now.minor < self.list.minor
    }
}

/// A coupon that a learner was given a code for, which works once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gift {
    pub code: String,
    pub coupon: CouponId,
    pub terms: Terms,
    pub given_at: Timestamp,
}
