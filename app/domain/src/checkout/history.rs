//! What a course has cost, and the lowest of it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    price::{Item, alone},
    promotion::Promotion,
};
use crate::money::Money;

/// The list price from a moment on; `None`: it is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub from: Timestamp,
    pub price: Option<Money>,
}

/// A version of a promotion, and how long it was the one that counted: until another took its place, or staff stopped
/// it. Its window limits it further.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ran {
    pub promotion: Promotion,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

/// What a course cost from a moment on, bought alone and without a coupon. Minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub from: Timestamp,
    pub list: Money,
    /// With the best promotion.
    pub paid: i64,
    /// When it became free, if it did: otherwise it was so until the next step.
    #[serde(default)]
    pub ended: Option<Timestamp>,
}

/// The period of article 6a of the directive 98/6/EC.
const PERIOD: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Ran {
    fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// Every change of what a course cost, from the last before `since` up to `now`, the earliest first. `lists` in the
/// order of time, `ran` in any. Times in which it was free have no step, they end the one before; neither has what came
/// before it was sold.
#[must_use]
pub fn steps(
    item: &Item,
    lists: &[Listed],
    ran: &[Ran],
    since: Timestamp,
    now: Timestamp,
) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for at in changes(lists, ran, since, now) {
        let listed = lists.iter().rev().find(|listed| listed.from <= at);
        let Some(list) = listed.and_then(|listed| listed.price) else {
            if let Some(last) = steps.last_mut() {
                last.ended = last.ended.or(Some(at));
            }
            continue;
        };
        let promotions = ran.iter().filter(|ran| ran.holds(at));
        let promotions = promotions.map(|ran| &ran.promotion).collect();
        let item = Item {
            list: list.minor,
            ..item.clone()
        };
        let (paid, _) = alone(&item, list.currency, promotions, at);
        if steps
            .last()
            .is_none_or(|last| last.ended.is_some() || (last.list, last.paid) != (list, paid))
        {
            steps.push(Step {
                from: at,
                list,
                paid,
                ended: None,
            });
        }
    }
    steps
}

/// The moments at which a price may change. What changed before `since` counts as changed then.
fn changes(lists: &[Listed], ran: &[Ran], since: Timestamp, now: Timestamp) -> BTreeSet<Timestamp> {
    let of_rules = ran.iter().flat_map(|ran| {
        let window = ran.promotion.window;
        [Some(ran.from), ran.until, window.starts, window.ends]
    });
    let lists = lists.iter().map(|listed| Some(listed.from));
    let moments = lists.chain(of_rules).flatten();
    moments
        .filter(|at| *at <= now)
        .map(|at| at.max(since))
        .collect()
}

/// The lowest price of 30 days, as [`super::offer::ShownPrice::lowest`] is shown. `steps` must reach back 30 days
/// before the present price began.
///
/// Whoever announces a reduction in the European Union has to show the lowest price of at least 30 days before it was
/// applied: article 6a of the directive 98/6/EC, which article 2 of the directive (EU) 2019/2161 brought. A further
/// reduction counts as one of its own here: its prior price is the lowest too, so the exception that member states
/// may make for prices that go down step by step is not needed. A course that was never sold before has no such price.
#[must_use]
pub fn lowest(steps: &[Step], now: Timestamp) -> Option<Money> {
    let current = steps.last()?;
    if current.paid < current.list.minor {
        let before = &steps[..steps.len() - 1];
        within(before, current.from, current)
    } else {
        within(steps, now, current)
    }
}

/// The lowest of the prices that held at any moment of the period before `end`.
fn within(steps: &[Step], end: Timestamp, current: &Step) -> Option<Money> {
    let start = end.checked_sub(PERIOD).unwrap_or(Timestamp::MIN);
    let ends = steps.iter().skip(1).map(|next| next.from).chain([end]);
    let held = steps
        .iter()
        .zip(ends)
        .filter(|(step, ended)| step.ended.unwrap_or(*ended) > start);
    let comparable = held.filter(|(step, _)| step.list.currency == current.list.currency);
    let lowest = comparable.map(|(step, _)| step.paid).min()?;
    Some(Money {
        minor: lowest,
        currency: current.list.currency,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        checkout::{
            Off, Scope, Window,
            promotion::{Effect, Tier},
        },
        ids::{CourseId, PromotionId, Slug},
        money::Currency,
    };

    /// So many days after the first of January.
    fn day(number: i64) -> Timestamp {
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a moment");
        start + SignedDuration::from_hours(24 * number)
    }

    fn item() -> Item {
        Item {
            course: CourseId(uuid::Uuid::nil()),
            slug: Slug::parse("walk").expect("a slug"),
            title: "Walk".into(),
            list: 0,
        }
    }

    fn cny(minor: i64) -> Money {
        Money {
            minor,
            currency: Currency::CNY,
        }
    }

    fn listed(at: i64, minor: i64) -> Listed {
        Listed {
            from: day(at),
            price: Some(cny(minor)),
        }
    }

    fn ran(percent: u8, starts: i64, ends: i64) -> Ran {
        let off = Off::Percent { percent, cap: None };
        let promotion = Promotion {
            id: PromotionId(uuid::Uuid::from_u128(u128::from(percent))),
            version: 1,
            name: "sale".into(),
            effect: Effect::Price { off },
            currency: None,
            scope: Scope::All,
            window: Window {
                starts: Some(day(starts)),
                ends: Some(day(ends)),
            },
            priority: 0,
            with_coupons: true,
            theme: None,
            banner: BTreeMap::new(),
        };
        Ran {
            promotion,
            from: day(0),
            until: None,
        }
    }

    fn of(lists: &[Listed], ran: &[Ran], now: i64) -> Vec<Step> {
        steps(&item(), lists, ran, day(-400), day(now))
    }

    fn paid(steps: &[Step]) -> Vec<(Timestamp, i64)> {
        steps.iter().map(|step| (step.from, step.paid)).collect()
    }

    #[test]
    fn lists_and_promotions_make_steps() {
        let lists = [listed(0, 10_000), listed(20, 12_000), listed(25, 12_000)];
        let steps = of(&lists, &[ran(10, 5, 10), ran(30, 8, 30)], 40);
        let expected = [
            (day(0), 10_000),
            (day(5), 9_000),
            (day(8), 7_000),
            (day(20), 8_400),
            (day(30), 12_000),
        ];
        assert_eq!(paid(&steps), expected);
    }

    #[test]
    fn what_was_stopped_or_replaced_ends_there() {
        let stopped = Ran {
            until: Some(day(7)),
            ..ran(10, 5, 10)
        };
        let steps = of(&[listed(0, 10_000)], &[stopped], 40);
        assert_eq!(
            paid(&steps),
            [(day(0), 10_000), (day(5), 9_000), (day(7), 10_000)]
        );
    }

    #[test]
    fn a_promotion_of_one_course_counts_whatever_its_kind() {
        let tiers = Effect::Tiers {
            tiers: vec![Tier {
                spend: 10_000,
                save: 500,
            }],
        };
        let mut saved = ran(10, 5, 10);
        saved.promotion.effect = tiers;
        saved.promotion.currency = Some(Currency::CNY);
        assert_eq!(
            paid(&of(&[listed(0, 10_000)], &[saved], 6))[1],
            (day(5), 9_500)
        );
    }

    #[test]
    fn a_reduction_is_measured_against_the_30_days_before_it_began() {
        let lists = [listed(0, 8_000), listed(10, 10_000)];
        let sale = ran(20, 50, 90);
        // 8,000 was more than 30 days before, however long the sale has run.
        for now in [50, 79, 89] {
            let steps = of(&lists, std::slice::from_ref(&sale), now);
            assert_eq!(lowest(&steps, day(now)), Some(cny(10_000)));
        }
        let early = ran(20, 39, 90);
        assert_eq!(lowest(&of(&lists, &[early], 60), day(60)), Some(cny(8_000)));
        let last_day = ran(20, 40, 90);
        assert_eq!(
            lowest(&of(&lists, &[last_day], 60), day(60)),
            Some(cny(10_000))
        );
    }

    #[test]
    fn a_price_that_was_raised_for_the_sale_is_seen_through() {
        let lists = [listed(0, 10_000), listed(45, 20_000)];
        let steps = of(&lists, &[ran(50, 50, 60)], 55);
        assert_eq!(lowest(&steps, day(55)), Some(cny(10_000)));
    }

    #[test]
    fn the_sale_before_this_sale_counts() {
        let steps = of(
            &[listed(0, 10_000)],
            &[ran(50, 40, 45), ran(20, 60, 70)],
            65,
        );
        assert_eq!(lowest(&steps, day(65)), Some(cny(5_000)));
    }

    #[test]
    fn without_a_reduction_it_is_the_lowest_of_the_last_30_days() {
        let lists = [listed(0, 10_000)];
        let sale = ran(20, 50, 60);
        let at = |now| lowest(&of(&lists, std::slice::from_ref(&sale), now), day(now));
        assert_eq!(at(89), Some(cny(8_000)));
        assert_eq!(at(90), Some(cny(10_000)));
    }

    #[test]
    fn what_was_never_sold_before_has_no_lowest_price() {
        let steps = of(&[listed(50, 10_000)], &[ran(20, 40, 60)], 55);
        assert_eq!(paid(&steps), [(day(50), 8_000)]);
        assert_eq!(lowest(&steps, day(55)), None);
        assert_eq!(lowest(&[], day(55)), None);
        let free = Listed {
            from: day(0),
            price: None,
        };
        assert_eq!(of(&[free], &[], 10), []);
    }

    #[test]
    fn what_it_cost_before_it_was_free_ended_then() {
        let free = Listed {
            from: day(10),
            price: None,
        };
        let lists = [listed(0, 5_000), free, listed(50, 10_000)];
        let steps = of(&lists, &[], 60);
        assert_eq!(steps[0].ended, Some(day(10)));
        assert_eq!(lowest(&steps, day(60)), Some(cny(10_000)));
        assert_eq!(lowest(&steps[..1], day(39)), Some(cny(5_000)));
        // The same price again is a step of its own.
        let again = of(&[listed(0, 5_000), free, listed(50, 5_000)], &[], 60);
        assert_eq!(paid(&again), [(day(0), 5_000), (day(50), 5_000)]);
    }

    #[test]
    fn prices_of_another_currency_are_not_compared() {
        let dollars = Money {
            minor: 100,
            currency: Currency::USD,
        };
        let lists = [
            Listed {
                from: day(0),
                price: Some(dollars),
            },
            listed(10, 10_000),
        ];
        assert_eq!(lowest(&of(&lists, &[], 12), day(12)), Some(cny(10_000)));
        assert_eq!(
            lowest(&of(&lists, &[ran(20, 11, 20)], 12), day(12)),
            Some(cny(10_000))
        );
    }

    #[test]
    fn what_began_before_the_time_that_is_looked_at_counts_from_then() {
        let steps = steps(&item(), &[listed(0, 10_000)], &[], day(100), day(120));
        assert_eq!(paid(&steps), [(day(100), 10_000)]);
    }
}
