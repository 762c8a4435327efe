//! Promotions: prices that are lowered for everybody for a while.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Off, Scope, Window};
use crate::{
    ids::{PromotionId, Slug},
    money::Currency,
};

/// What a promotion does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Effect {
    /// Each course in scope costs less for a while.
    Price { off: Off },
    /// Spend and save: the highest tier that the courses in scope reach together.
    Tiers { tiers: Vec<Tier> },
    /// All of these courses in one basket cost less together.
    Bundle { courses: BTreeSet<Slug>, off: Off },
}

/// Who spends `spend` minor units saves `save` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tier {
    pub spend: i64,
    pub save: i64,
}

/// A version of a promotion. Never changes once it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    pub id: PromotionId,
    pub version: u32,
    pub name: String,
    pub effect: Effect,
    /// Of the amounts in `effect`; `None` where there are none.
    pub currency: Option<Currency>,
    pub scope: Scope,
    pub window: Window,
    /// Of several that apply, the highest are compared, and the one that saves most wins.
    pub priority: i32,
    /// Whether a coupon may lower the price further.
    pub with_coupons: bool,
    /// Look of the banner; `None`: there is no banner.
    pub theme: Option<Theme>,
    /// What the banner says, by BCP 47 tag.
    pub banner: BTreeMap<String, String>,
}

/// Occasions that have a look of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    Plain,
    NewYear,
    SpringFestival,
    BackToSchool,
    MidAutumn,
    Singles,
    YearEnd,
}

impl Promotion {
    /// Whether it is about this course: a bundle about those that it names, others about their scope.
    #[must_use]
    pub fn covers(&self, course: &Slug) -> bool {
        match &self.effect {
            Effect::Bundle { courses, .. } => courses.contains(course),
            Effect::Price { .. } | Effect::Tiers { .. } => self.scope.holds(course),
        }
    }
}
