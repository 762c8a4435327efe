//! Prices as the catalogue and course pages show them.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    checkout::{
        offer::{ShownPrice, ShownPromotion},
        price::{Basket, Item, Learner, Outcome, Quote, RULES, Rule, quote},
        promotion::Promotion,
    },
    ids::{CourseId, Slug, UserId},
    money::Money,
};

use super::store;
use crate::{Backend, Result};

impl Backend {
    /// What courses cost now, bought alone. Courses that are free, unknown or not published have no entry.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn shown_prices(
        &self,
        courses: &[Slug],
        _user: Option<UserId>,
    ) -> Result<BTreeMap<Slug, ShownPrice>> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let promotions = store::promotions_until(&mut tx, now, now).await?;
        let mut shown = BTreeMap::new();
        for slug in courses {
            let Some(row) = store::course(&mut tx, slug).await? else {
                continue;
            };
            if let Some(list) = row.price()? {
                shown.insert(slug.clone(), one(row.id(), slug, list, &promotions, now));
            }
        }
        Ok(shown)
    }
}

fn one(
    course: CourseId,
    slug: &Slug,
    list: Money,
    promotions: &[Promotion],
    now: Timestamp,
) -> ShownPrice {
    let quote = alone(course, slug, list, promotions, now);
    ShownPrice {
        list,
        now: Money {
            minor: quote.total,
            ..list
        },
        promotion: applied(&quote, promotions),
        lowest: None,
    }
}

/// The price of one course by itself, for anybody.
fn alone(
    course: CourseId,
    slug: &Slug,
    list: Money,
    promotions: &[Promotion],
    at: Timestamp,
) -> Quote {
    quote(&Basket {
        rules: RULES,
        currency: list.currency,
        items: vec![Item {
            course,
            slug: slug.clone(),
            title: String::new(),
            list: list.minor,
        }],
        more: Vec::new(),
        promotions: promotions.to_vec(),
        coupon: None,
        learner: Learner::default(),
        at,
    })
}

fn applied(quote: &Quote, promotions: &[Promotion]) -> Option<ShownPromotion> {
    let first = quote.lines.first()?;
    let Rule::Promotion { id, .. } = &first.rule else {
        return None;
    };
    let promotion = promotions.iter().find(|promotion| promotion.id == *id)?;
    (first.outcome == Outcome::Applied).then(|| ShownPromotion {
        name: promotion.name.clone(),
        ends: promotion.window.ends,
        theme: promotion.theme,
        banner: promotion.banner.clone(),
    })
}
