//! What one rule would do to a basket: which items it makes cheaper, and by how much, or why it does nothing.

use jiff::Timestamp;

use super::{Basket, Item, Learner, Outcome, Presented, spread::spread};
use crate::{
    checkout::{
        Moment, Off,
        coupon::Coupon,
        promotion::{Effect, Promotion, Tier},
    },
    ids::Slug,
    money::Currency,
};

/// A basket, borrowed, so that hints can ask what would be if it were a little different.
#[derive(Clone)]
pub struct Sale<'a> {
    /// As [`Basket::rules`].
    pub rules: u16,
    pub currency: Currency,
    pub items: Vec<&'a Item>,
    pub promotions: Vec<&'a Promotion>,
    pub coupon: Option<&'a Presented>,
    pub learner: &'a Learner,
    pub at: Timestamp,
}

/// Minor units by which each item gets cheaper, in the sale's order; or why none of them does.
pub type Cuts = Result<Vec<i64>, Outcome>;

impl<'a> Sale<'a> {
    /// With the items in the order of their slugs, and the place in the basket of each.
    pub fn of(basket: &'a Basket) -> (Self, Vec<usize>) {
        let mut places: Vec<usize> = (0..basket.items.len()).collect();
        places.sort_by_key(|place| &basket.items[*place].slug);
        let sale = Self {
            rules: basket.rules,
            currency: basket.currency,
            items: places.iter().map(|place| &basket.items[*place]).collect(),
            promotions: basket.promotions.iter().collect(),
            coupon: basket.coupon.as_ref(),
            learner: &basket.learner,
            at: basket.at,
        };
        (sale, places)
    }

    /// List price of each item.
    pub fn list(&self) -> Vec<i64> {
        self.items.iter().map(|item| item.list).collect()
    }

    /// Whether a rule's amounts are of another currency. One without amounts goes with all.
    pub fn is_foreign(&self, currency: Option<Currency>) -> bool {
        currency.is_some_and(|currency| currency != self.currency)
    }

    /// The amounts of the items in scope; of the others zero. `None` where none is in scope.
    pub fn parts(&self, amounts: &[i64], in_scope: impl Fn(&Slug) -> bool) -> Option<Vec<i64>> {
        let scope: Vec<bool> = self.items.iter().map(|item| in_scope(&item.slug)).collect();
        let part = |(amount, held): (&i64, &bool)| if *held { *amount } else { 0 };
        scope
            .contains(&true)
            .then(|| amounts.iter().zip(&scope).map(part).collect())
    }
}

/// What a promotion does to the list prices. `None`: it is over, and no rule any more.
pub fn promotion(sale: &Sale<'_>, promotion: &Promotion) -> Option<Cuts> {
    match promotion.window.place(sale.at) {
        Moment::After => None,
        Moment::Before(starts) => Some(Err(Outcome::NotYet { starts })),
        Moment::Within if sale.is_foreign(promotion.currency) => Some(Err(Outcome::OtherCurrency)),
        Moment::Within => Some(effect(sale, promotion).and_then(something)),
    }
}

fn effect(sale: &Sale<'_>, promotion: &Promotion) -> Cuts {
    let list = sale.list();
    let parts = sale
        .parts(&list, |course| promotion.covers(course))
        .ok_or(Outcome::OtherCourses)?;
    match &promotion.effect {
        Effect::Price { off } => Ok(parts.iter().map(|part| off.cut(*part)).collect()),
        Effect::Tiers { tiers } => {
            let tier = reached(tiers, parts.iter().sum())?;
            let off = Off::Amount { minor: tier.save };
            Ok(together(off, &parts))
        }
        Effect::Bundle { courses, off } => {
            let is_here = |course: &&Slug| sale.items.iter().any(|item| item.slug == **course);
            let missing: Vec<&Slug> = courses.iter().filter(|course| !is_here(course)).collect();
            if missing.is_empty() {
                Ok(together(*off, &parts))
            } else {
                let missing = missing.into_iter().cloned().collect();
                Err(Outcome::Incomplete { missing })
            }
        }
    }
}

/// The highest tier that a sum reaches.
fn reached(tiers: &[Tier], sum: i64) -> Result<Tier, Outcome> {
    let highest = tiers.iter().filter(|tier| tier.spend <= sum).max();
    let lowest = tiers.iter().map(|tier| tier.spend).min();
    highest.copied().ok_or(Outcome::BelowMinimum {
        missing: lowest.unwrap_or(i64::MAX) - sum,
    })
}

/// What a presented coupon does to what is `left` to pay for each item.
pub fn coupon(sale: &Sale<'_>, presented: &Presented, left: &[i64]) -> Cuts {
    let terms = &usable(sale, presented).ok_or(Outcome::NotValid)?.terms;
    if sale.is_foreign(terms.currency) {
        return Err(Outcome::OtherCurrency);
    }
    // Who has got a course for nothing with it has not paid, and is not new to it either.
    if terms.new_learners && (!sale.learner.new || presented.by_learner > 0) {
        return Err(Outcome::NewLearnersOnly);
    }
    if terms
        .per_learner
        .is_some_and(|most| presented.by_learner >= most)
    {
        return Err(Outcome::AlreadyUsed);
    }
    let parts = sale
        .parts(left, |course| terms.scope.holds(course))
        .ok_or(Outcome::OtherCourses)?;
    let sum: i64 = parts.iter().sum();
    match terms.min_spend {
        Some(least) if sum < least => Err(Outcome::BelowMinimum {
            missing: least - sum,
        }),
        _ => something(together(terms.off, &parts)),
    }
}

/// The coupon, if it can be used at all now. Why it cannot be is not said.
fn usable<'a>(sale: &Sale<'_>, presented: &'a Presented) -> Option<&'a Coupon> {
    let coupon = presented.coupon.as_ref()?;
    let now = coupon.terms.window.place(sale.at) == Moment::Within;
    (now && !presented.used_up).then_some(coupon)
}

/// One discount for all parts together.
fn together(off: Off, parts: &[i64]) -> Vec<i64> {
    spread(off.cut(parts.iter().sum()), parts)
}

fn something(cuts: Vec<i64>) -> Cuts {
    if cuts.iter().any(|cut| *cut > 0) {
        Ok(cuts)
    } else {
        Err(Outcome::NothingLeft)
    }
}
