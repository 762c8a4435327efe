//! The price: one function, its input and its answer.
//!
//! 1. Every price begins as the sum of the list prices.
//! 2. Of the promotions that apply and lower it, one does: the highest priority comes first, then the biggest
//!    saving, then the smaller id. In which order rules come in has no influence.
//! 3. One coupon lowers what is left, where the promotion goes together with coupons.
//! 4. Where it does not, or where it leaves less than the coupon's minimum, the cheapest of these holds: that promotion
//!    by itself, the coupon without promotion, and the coupon with another promotion that goes together with coupons.
//!    So nobody pays more for a promotion than with the coupon alone. When they cost the same, the promotion that
//!    comes first holds.
//!
//! Rounding: a percentage is taken of the amount that it lowers, and the discount is rounded half up to whole minor
//! units, in the buyer's favour. A lowered price is a matter of each course, and is rounded for each, so that a
//! course costs in the basket what its page says. Tiers, bundles and coupons are a matter of all their courses
//! together: rounded once, then spread over them in proportion to what each costs, by largest remainder; of equal
//! remainders that of the course whose slug comes first in the alphabet. So nothing is lost between the lines and the
//! items, nothing ever costs less than nothing, and in which order courses come in has no influence either.
//!
//! These are the rules 2. By the rules 1, where the first promotion goes together with coupons, nothing was compared:
//! it held, and the coupon lowered what it left or did nothing. The whole [`Quote`] of an order's basket is compared
//! with the one that was kept, so what never changes for a set of rules is not only the price, but also its lines and
//! the hints in [`Quote::cheaper`]: another hint is another set of rules.

mod cheaper;
#[cfg(test)]
mod laws;
mod settle;
mod spread;
#[cfg(test)]
mod tests;
mod weigh;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{coupon::Coupon, promotion::Promotion};
use crate::{
    ids::{CouponId, CourseId, PromotionId, Slug},
    money::Currency,
};

/// Everything that the price depends on. An order keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basket {
    /// Which rules of computation hold, so that old receipts stay what they were: [`RULES`] for new ones. A basket of
    /// rules that this build does not know cannot be read: it would be priced by others in silence.
    #[serde(deserialize_with = "known_rules")]
    pub rules: u16,
    pub currency: Currency,
    pub items: Vec<Item>,
    /// Courses that are not in the basket, but would complete a bundle: only [`Quote::cheaper`] looks at them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Item>,
    /// Those that could matter: in any order.
    pub promotions: Vec<Promotion>,
    /// What was typed as a coupon's code, and what it turned out to be.
    pub coupon: Option<Presented>,
    pub learner: Learner,
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub at: Timestamp,
}

/// The rules of computation of new baskets; baskets of all before them, from 1 on, are worked out by their own.
pub const RULES: u16 = 2;

fn known_rules<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    match u16::deserialize(from)? {
        known @ 1..=RULES => Ok(known),
        other => Err(serde::de::Error::custom(format_args!(
            "there are no rules {other}"
        ))),
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub course: CourseId,
    pub slug: Slug,
    pub title: String,
    /// List price in minor units, at most [`MAX_LIST`].
    pub list: i64,
}

/// Bigger prices are no prices: sums of them, and the shares of a discount, must fit into their types.
pub const MAX_LIST: i64 = 1_000_000_000_000_000;

/// Courses in one basket, and in one order.
pub const MAX_COURSES: usize = 20;

/// Characters of a code that are kept with a basket.
pub const MAX_CODE: usize = 64;

/// Promotions that begin later are no reason to wait.
pub const WAIT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A coupon's code as it was typed, at most [`MAX_CODE`] characters of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presented {
    pub code: String,
    /// `None`: no coupon has this code, or none that may be talked about.
    pub coupon: Option<Coupon>,
    /// All redemptions that the coupon or the code allows are taken or held.
    pub used_up: bool,
    /// How often this learner has redeemed or holds it.
    pub by_learner: u32,
}

impl Presented {
    /// A code that no coupon has, or none that may be talked about.
    #[must_use]
    pub fn unknown(typed: &str) -> Self {
        Self {
            code: typed.chars().take(MAX_CODE).collect(),
            coupon: None,
            used_up: false,
            by_learner: 0,
        }
    }

    /// Whether it asks if the learner is new.
    #[must_use]
    pub fn is_for_new_learners(&self) -> bool {
        let coupon = self.coupon.as_ref();
        coupon.is_some_and(|coupon| coupon.terms.new_learners)
    }
}

/// What rules ask about the buyer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learner {
    /// Has never paid for a course.
    pub new: bool,
    /// Has these courses already.
    pub enrolled: BTreeSet<Slug>,
}

/// Works out the price of a basket, and the reasons for it.
#[must_use]
pub fn quote(basket: &Basket) -> Quote {
    let (sale, places) = weigh::Sale::of(basket);
    let settled = settle::settle(&sale);
    let mut items = vec![0; places.len()];
    for (place, left) in places.iter().zip(&settled.left) {
        items[*place] = *left;
    }
    Quote {
        currency: basket.currency,
        list: sale.list().iter().sum(),
        total: settled.total(),
        cheaper: cheaper::ways(&sale, &basket.more, &settled),
        lines: settled.lines(&sale),
        items,
    }
}

/// What one course costs anybody, bought alone and without a coupon, and the promotion that lowers it.
#[must_use]
pub fn alone<'a>(
    item: &Item,
    currency: Currency,
    promotions: Vec<&'a Promotion>,
    at: Timestamp,
) -> (i64, Option<&'a Promotion>) {
    let learner = Learner::default();
    let sale = weigh::Sale {
        rules: RULES,
        currency,
        items: vec![item],
        promotions: promotions.clone(),
        coupon: None,
        learner: &learner,
        at,
    };
    let settled = settle::settle(&sale);
    let used = promotions
        .into_iter()
        .find(|promotion| settled.uses(promotion));
    (settled.total(), used)
}

/// The answer: the same basket has the same one, always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub currency: Currency,
    /// Sum of the list prices.
    pub list: i64,
    /// Every rule that was looked at, those that apply first, in the order in which they were applied.
    pub lines: Vec<Line>,
    /// What is to pay for each item, in the basket's order. Adds up to `total`.
    pub items: Vec<i64>,
    pub total: i64,
    /// What would make it cheaper.
    pub cheaper: Vec<Cheaper>,
}

/// What one rule did, or why it did nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub rule: Rule,
    /// Minor units by which the price changed: zero or less.
    pub effect: i64,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Rule {
    Promotion {
        id: PromotionId,
        version: u32,
        name: String,
        ends: Option<Timestamp>,
    },
    /// `id`: `None` for a code that is none.
    Coupon { id: Option<CouponId>, code: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
    Applied,
    /// No coupon with this code can be used now: unknown, not yet begun, over or used up. Which of them is not
    /// said, or codes could be guessed.
    NotValid,
    /// Promotions only.
    NotYet {
        starts: Timestamp,
    },
    OtherCourses,
    OtherCurrency,
    /// So many minor units are missing.
    BelowMinimum {
        missing: i64,
    },
    /// A bundle lacks these courses.
    Incomplete {
        missing: BTreeSet<Slug>,
    },
    NewLearnersOnly,
    AlreadyUsed,
    /// Only one promotion holds, and it is that of this name: by priority, saving or id, or because the coupon makes it
    /// cheaper with that one.
    Beaten {
        by: String,
    },
    /// It does not go together with the promotion of this name, with which the buyer pays no more, or with the coupon
    /// of this code, with which they pay less than with the promotion that comes first. A promotion that goes together
    /// with coupons gets this answer where it would leave less than the coupon asks for, or nothing for it to lower.
    NotTogether {
        with: String,
    },
    /// There is nothing left to lower.
    NothingLeft,
}

/// A way to pay less. `saves`: by so many minor units the same courses are cheaper that way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cheaper {
    /// With these courses in the basket, the promotion of this name saves so much of what they all cost now.
    Bundle {
        name: String,
        add: BTreeSet<Slug>,
        saves: i64,
    },
    /// With courses of its scope for `missing` minor units more, the promotion of this name saves so much more of what
    /// they all cost.
    SpendMore {
        name: String,
        missing: i64,
        saves: i64,
    },
    /// From that moment on this promotion holds.
    Wait {
        name: String,
        starts: Timestamp,
        saves: i64,
    },
}
