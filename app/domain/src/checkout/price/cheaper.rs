//! What would make it cheaper: answered by working out the price as it would be then.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Cheaper, Item, WAIT,
    settle::{Settled, settle},
    weigh::Sale,
};
use crate::{
    checkout::{
        Moment, Scope,
        promotion::{Effect, Promotion, Tier},
    },
    ids::Slug,
};

/// Every way that saves something, the biggest saving first. `more`: what could be added.
pub fn ways(sale: &Sale<'_>, more: &[Item], now: &Settled<'_>) -> Vec<Cheaper> {
    let mut ways: Vec<(i64, &Promotion, Cheaper)> = sale
        .promotions
        .iter()
        .filter_map(|promotion| {
            let way = way(sale, more, now, promotion)?;
            Some((saving(&way), *promotion, way))
        })
        .filter(|(saves, ..)| *saves > 0)
        .collect();
    ways.sort_by(|(a, first, _), (b, second, _)| b.cmp(a).then(first.id.cmp(&second.id)));
    ways.into_iter().map(|(.., way)| way).collect()
}

fn way(
    sale: &Sale<'_>,
    more: &[Item],
    now: &Settled<'_>,
    promotion: &Promotion,
) -> Option<Cheaper> {
    match (promotion.window.place(sale.at), &promotion.effect) {
        (Moment::After, _) => None,
        (Moment::Before(starts), _) => wait(sale, now, promotion, starts),
        (Moment::Within, _) if sale.is_foreign(promotion.currency) => None,
        (Moment::Within, Effect::Price { .. }) => None,
        (Moment::Within, Effect::Tiers { tiers }) => spend_more(sale, promotion, tiers),
        (Moment::Within, Effect::Bundle { courses, .. }) => {
            complete(sale, more, promotion, courses)
        }
    }
}

fn saving(way: &Cheaper) -> i64 {
    match way {
        Cheaper::Bundle { saves, .. }
        | Cheaper::SpendMore { saves, .. }
        | Cheaper::Wait { saves, .. } => *saves,
    }
}

/// The same basket when the promotion begins: others may be over then, and the coupon too.
fn wait(
    sale: &Sale<'_>,
    now: &Settled<'_>,
    promotion: &Promotion,
    starts: Timestamp,
) -> Option<Cheaper> {
    if starts.duration_since(sale.at) > WAIT {
        return None;
    }
    let sale = Sale {
        at: starts,
        ..sale.clone()
    };
    let then = settle(&sale);
    then.uses(promotion).then(|| Cheaper::Wait {
        name: promotion.name.clone(),
        starts,
        saves: now.total() - then.total(),
    })
}

/// The basket with as much more as the next tier asks for, against the same without that tier. What is added is
/// unknown: it counts as one more course like the first that the promotion covers.
fn spend_more(sale: &Sale<'_>, promotion: &Promotion, tiers: &[Tier]) -> Option<Cheaper> {
    let covered = |item: &&&Item| promotion.covers(&item.slug);
    let first: &Item = sale.items.iter().find(covered)?;
    let sum: i64 = sale
        .items
        .iter()
        .filter(covered)
        .map(|item| item.list)
        .sum();
    let next = tiers.iter().filter(|tier| tier.spend > sum).min()?;
    if !has_more(sale, promotion) {
        return None;
    }
    let added = Item {
        list: next.spend - sum,
        ..first.clone()
    };
    let reached = tiers.iter().filter(|tier| tier.spend <= sum).copied();
    let before = Promotion {
        effect: Effect::Tiers {
            tiers: reached.collect(),
        },
        ..promotion.clone()
    };
    let mut grown = sale.clone();
    grown.items.push(&added);
    in_order(&mut grown);
    let then = settle(&grown);
    let (used, total) = (then.uses(promotion), then.total());
    for other in &mut grown.promotions {
        if other.id == promotion.id {
            *other = &before;
        }
    }
    used.then(|| Cheaper::SpendMore {
        name: promotion.name.clone(),
        missing: added.list,
        saves: settle(&grown).total() - total,
    })
}

/// As a basket's items are, on which the odd minor unit depends.
fn in_order(sale: &mut Sale<'_>) {
    sale.items.sort_by(|a, b| a.slug.cmp(&b.slug));
}

/// Whether there may be a course that counts and that the learner neither has nor is about to buy.
fn has_more(sale: &Sale<'_>, promotion: &Promotion) -> bool {
    let Scope::These(courses) = &promotion.scope else {
        return true;
    };
    let is_here = |course: &Slug| sale.items.iter().any(|item| item.slug == *course);
    let mut courses = courses.iter();
    courses.any(|course| !is_here(course) && !sale.learner.enrolled.contains(course))
}

/// The bundle with what it lacks, against the same courses without it. Nothing is suggested that the learner has.
fn complete<'a>(
    sale: &Sale<'a>,
    more: &'a [Item],
    promotion: &Promotion,
    courses: &BTreeSet<Slug>,
) -> Option<Cheaper> {
    let is_here = |course: &Slug| sale.items.iter().any(|item| item.slug == *course);
    let missing: BTreeSet<Slug> = courses
        .iter()
        .filter(|course| !is_here(course))
        .cloned()
        .collect();
    if missing.is_empty()
        || missing.len() == courses.len()
        || !missing.is_disjoint(&sale.learner.enrolled)
    {
        return None;
    }
    let added: Vec<&Item> = more
        .iter()
        .filter(|item| missing.contains(&item.slug))
        .collect();
    if added.len() != missing.len() {
        return None;
    }
    let mut sale = sale.clone();
    sale.items.extend(added);
    in_order(&mut sale);
    let with = settle(&sale);
    let used = with.uses(promotion);
    let with = with.total();
    sale.promotions.retain(|other| other.id != promotion.id);
    used.then(|| Cheaper::Bundle {
        name: promotion.name.clone(),
        add: missing,
        saves: settle(&sale).total() - with,
    })
}
