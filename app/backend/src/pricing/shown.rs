//! Prices as the catalogue and course pages show them.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    checkout::{
        history::{Listed, Ran, lowest},
        offer::{ShownPrice, ShownPromotion},
        price::{Item, alone},
        promotion::Promotion,
    },
    ids::{CourseId, Slug, UserId},
    money::{Currency, Money},
};

use super::{history, history_store, promotion_store, store};
use crate::{Backend, Error, Result};

impl Backend {
    /// What courses cost now, bought alone, in as many queries for one as for many. Courses that are free, unknown or
    /// not published have no entry, nor have those that are open to `user`: nobody buys them twice.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn shown_prices(
        &self,
        courses: &[Slug],
        user: Option<UserId>,
    ) -> Result<BTreeMap<Slug, ShownPrice>> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let mut sold = Vec::new();
        for row in store::courses(&mut tx, courses).await? {
            if let Some(price) = row.price()? {
                sold.push((row.id(), row.slug()?, price));
            }
        }
        if let (Some(user), false) = (user, sold.is_empty()) {
            let own = store::enrolled(&mut tx, user).await?;
            sold.retain(|(_, slug, _)| !own.contains(slug));
        }
        if sold.is_empty() {
            return Ok(BTreeMap::new());
        }
        let ids: Vec<CourseId> = sold.iter().map(|(id, ..)| *id).collect();
        let mut lists: BTreeMap<CourseId, Vec<Listed>> = BTreeMap::new();
        for (course, listed) in history_store::lists(&mut tx, &ids).await? {
            lists.entry(course).or_default().push(listed);
        }
        let ran = promotion_store::ran(&mut tx, history::horizon(now), now).await?;
        let shown = sold.into_iter().map(|(id, slug, price)| {
            let lists = lists.remove(&id).unwrap_or_default();
            let shown = one((id, &slug), price, &lists, &ran, now);
            (slug, shown)
        });
        Ok(shown.collect())
    }

    /// Courses that can be bought together with these: a few, with their list prices in minor units of the currency.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn sold_beside(
        &self,
        courses: &[Slug],
        currency: Currency,
        user: Option<UserId>,
    ) -> Result<Vec<(Slug, String, i64)>> {
        let limit = i64::try_from(BESIDE + courses.len()).unwrap_or(i64::MAX);
        let mut tx = self.db.read().await?;
        let rows = store::for_sale(&mut tx, currency, user, limit).await?;
        let mut others = Vec::with_capacity(rows.len());
        for (slug, title, list) in rows {
            let slug = Slug::parse(&slug).map_err(Error::internal)?;
            if !courses.contains(&slug) {
                others.push((slug, title, list));
            }
        }
        others.truncate(BESIDE);
        Ok(others)
    }
}

/// Courses that are offered beside a basket: more are found in the catalogue.
const BESIDE: usize = 12;

fn one(
    (id, slug): (CourseId, &Slug),
    list: Money,
    lists: &[Listed],
    ran: &[Ran],
    now: Timestamp,
) -> ShownPrice {
    let item = Item {
        course: id,
        slug: slug.clone(),
        title: String::new(),
        list: list.minor,
    };
    let current = ran.iter().filter(|ran| ran.until.is_none());
    let current = current.map(|ran| &ran.promotion).collect();
    let (paid, promotion) = alone(&item, list.currency, current, now);
    let steps = history::of_course(id, slug, lists, ran, now);
    ShownPrice {
        list,
        now: Money {
            minor: paid,
            ..list
        },
        promotion: promotion.map(shown),
        lowest: lowest(&steps, now),
    }
}

fn shown(promotion: &Promotion) -> ShownPromotion {
    ShownPromotion {
        name: promotion.name.clone(),
        ends: promotion.window.ends,
        theme: promotion.theme,
        banner: promotion.banner.clone(),
    }
}
