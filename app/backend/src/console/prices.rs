//! The price calendar: what courses cost, have cost, and will cost if nothing changes.

use domain::{
    Timestamp,
    checkout::{
        history::{Step, lowest},
        promotion::Promotion,
    },
    console::{PricePart, PriceTimeline, PromotionBar},
    ids::Slug,
};

use super::{Eyes, store};
use crate::{Backend, Result, pricing};

/// Days before and after today.
pub const DAYS: i64 = 60;
/// Courses on one page.
const MOST: usize = 12;

impl Backend {
    /// Courses that cost something with their prices of the last and the next 60 days; `course`: of that one alone.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn price_calendar(
        &self,
        _: Eyes,
        course: Option<&Slug>,
    ) -> Result<Vec<PriceTimeline>> {
        let now = self.clock.now();
        let reach = jiff::SignedDuration::from_hours(DAYS * 24);
        let (since, until) = (now - reach, now + reach);
        let mut tx = self.db.read().await?;
        let mut timelines = Vec::new();
        for (id, slug, title, price) in store::courses(&mut tx).await? {
            if timelines.len() == MOST || course.is_some_and(|course| *course != slug) {
                continue;
            }
            let Some(price) = price else { continue };
            let (steps, ran) = pricing::planned(&mut tx, id, &slug, now, until).await?;
            let mut bars = Vec::new();
            let counts = |promotion: &Promotion| {
                let foreign = promotion.currency.is_some_and(|own| own != price.currency);
                promotion.covers(&slug) && !foreign
            };
            for one in ran.iter().filter(|one| counts(&one.promotion)) {
                let window = one.promotion.window;
                let from = Some(one.from).max(window.starts);
                let to = [one.until, window.ends].into_iter().flatten().min();
                let seen = from.is_none_or(|from| from < until) && to.is_none_or(|to| to > since);
                if seen && to.is_none_or(|to| from.is_none_or(|from| from < to)) {
                    let (id, name) = (one.promotion.id, one.promotion.name.clone());
                    bars.push(PromotionBar { id, name, from, to });
                }
            }
            timelines.push(PriceTimeline {
                parts: parts(&steps, since, price.currency),
                slug,
                title,
                currency: price.currency,
                bars,
            });
        }
        Ok(timelines)
    }
}

/// Steps as parts of the time that is looked at: what held at its beginning counts from then.
fn parts(steps: &[Step], since: Timestamp, currency: domain::money::Currency) -> Vec<PricePart> {
    let mut parts = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let next = steps.get(place + 1);
        if step.list.currency != currency || next.is_some_and(|next| next.from <= since) {
            continue;
        }
        let from = step.from.max(since);
        let lowest = lowest(&steps[..=place], from);
        parts.push(PricePart {
            from,
            list: step.list.minor,
            paid: step.paid,
            lowest: lowest.map(|money| money.minor),
        });
    }
    parts
}
