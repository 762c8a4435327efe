//! Buying: the price and its reasons, coupons and promotions, and the life of an order.
//!
//! All money is whole minor units of one currency a basket. What the browser previews is computed by the function
//! with which the server charges ([`price::quote`]), and an order keeps the function's input, so that its receipt
//! can be worked out again for ever.

pub mod agreement;
mod checks;
pub mod code;
pub mod coupon;
pub mod finding;
pub mod history;
pub mod offer;
pub mod order;
pub mod price;
pub mod promotion;
pub mod refund;
pub mod sandbox;
pub mod shown;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::Slug;

/// Courses that a rule is about. Slugs name courses for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    #[default]
    All,
    These(BTreeSet<Slug>),
    AllBut(BTreeSet<Slug>),
}

impl Scope {
    #[must_use]
    pub fn holds(&self, course: &Slug) -> bool {
        match self {
            Self::All => true,
            Self::These(courses) => courses.contains(course),
            Self::AllBut(courses) => !courses.contains(course),
        }
    }

    /// Whether it is about the courses that it names, and no others.
    #[must_use]
    pub fn is_these(&self) -> bool {
        matches!(self, Self::These(_))
    }

    /// The courses that it names, to hold or to leave out.
    #[must_use]
    pub fn named(&self) -> Option<&BTreeSet<Slug>> {
        match self {
            Self::All => None,
            Self::These(courses) | Self::AllBut(courses) => Some(courses),
        }
    }
}

/// When a rule is in force: from `starts` on, until just before `ends`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::optional")]
    pub starts: Option<Timestamp>,
    #[serde(with = "jiff::fmt::serde::timestamp::microsecond::optional")]
    pub ends: Option<Timestamp>,
}

/// Where a moment lies to a [`Window`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Before(Timestamp),
    Within,
    After,
}

impl Window {
    #[must_use]
    pub fn place(self, at: Timestamp) -> Moment {
        match self {
            Self {
                starts: Some(starts),
                ..
            } if at < starts => Moment::Before(starts),
            Self {
                ends: Some(ends), ..
            } if at >= ends => Moment::After,
            _ => Moment::Within,
        }
    }
}

/// How a rule lowers a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Off {
    /// A share, 1 to 100 percent, at most `cap` minor units.
    Percent { percent: u8, cap: Option<i64> },
    /// Minor units; never more than there is to pay.
    Amount { minor: i64 },
    /// The price becomes this many minor units, where it is higher.
    To { minor: i64 },
}

impl Off {
    /// By how many minor units it lowers an amount: from nothing to all of it. Percentages are rounded half up to
    /// whole minor units.
    #[must_use]
    pub fn cut(self, amount: i64) -> i64 {
        let cut = match self {
            Self::Percent { percent, cap } => {
                let percent = i64::from(percent.min(100));
                // Hundreds apart from the rest: the product of amount and percent could be too large.
                let cut = amount / 100 * percent + (amount % 100 * percent + 50) / 100;
                cap.map_or(cut, |cap| cut.min(cap))
            }
            Self::Amount { minor } => minor,
            Self::To { minor } => amount.saturating_sub(minor),
        };
        cut.clamp(0, amount.max(0))
    }

    /// Whether it speaks of amounts, which are of some currency.
    #[must_use]
    pub fn has_amount(self) -> bool {
        !matches!(self, Self::Percent { cap: None, .. })
    }
}
