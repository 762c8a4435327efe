//! What holds for every basket.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    Basket, Cheaper, Item, Line, MAX_LIST, Outcome, Presented, Quote, Rule, quote,
    tests::{basket, item, moment, presented, promotion, slugs},
};
use crate::{
    checkout::{
        Off, Scope, Window,
        promotion::{Effect, Promotion, Tier},
    },
    money::Currency,
};

fn off() -> impl Strategy<Value = Off> {
    let cap = prop::option::of(1_i64..5_000);
    prop_oneof![
        (1_u8..=100, cap).prop_map(|(percent, cap)| Off::Percent { percent, cap }),
        (1_i64..20_000).prop_map(|minor| Off::Amount { minor }),
        (0_i64..20_000).prop_map(|minor| Off::To { minor }),
    ]
}

fn courses() -> impl Strategy<Value = BTreeSet<crate::ids::Slug>> {
    prop::sample::subsequence(vec!["a", "b", "c", "d", "e"], 1..4).prop_map(|names| slugs(&names))
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        3 => Just(Scope::All),
        1 => courses().prop_map(Scope::These),
        1 => courses().prop_map(Scope::AllBut),
    ]
}

fn effect() -> impl Strategy<Value = Effect> {
    let tier = (1_i64..20_000, 1_i64..4_000);
    prop_oneof![
        off().prop_map(|off| Effect::Price { off }),
        prop::collection::vec(tier, 1..4).prop_map(|tiers| Effect::Tiers {
            tiers: tiers
                .into_iter()
                .map(|(spend, save)| Tier {
                    spend,
                    save: save.min(spend)
                })
                .collect(),
        }),
        (courses(), off()).prop_map(|(courses, off)| Effect::Bundle { courses, off }),
    ]
}

fn window() -> impl Strategy<Value = Window> {
    let at = |hours: i64| moment("2026-03-02T09:00:00Z") + jiff::SignedDuration::from_hours(hours);
    let always = Just(Window::default());
    let some = (
        prop::option::of(-300_i64..300),
        prop::option::of(-300_i64..300),
    )
        .prop_map(move |(starts, ends)| Window {
            starts: starts.map(at),
            ends: ends.map(at),
        });
    prop_oneof![2 => always, 1 => some]
}

/// Of a rule now and then: no basket here is in dollars.
fn foreign() -> impl Strategy<Value = Option<Currency>> {
    prop_oneof![6 => Just(None), 1 => Just(Some(Currency::USD))]
}

prop_compose! {
    fn rule()(
        effect in effect(),
        scope in scope(),
        window in window(),
        priority in prop_oneof![3 => Just(0), 1 => -2..3],
        with_coupons in any::<bool>(),
        currency in foreign(),
    ) -> Promotion {
        Promotion { scope, window, priority, with_coupons, currency, ..promotion(0, effect) }
    }
}

prop_compose! {
    fn code()(
        off in off(),
        scope in scope(),
        window in window(),
        min_spend in prop::option::of(1_i64..30_000),
        (per_learner, by_learner) in (prop::option::of(1_u32..3), 0_u32..3),
        currency in foreign(),
        (new_learners, used_up, known) in (any::<bool>(), prop::bool::weighted(0.1), prop::bool::weighted(0.9)),
    ) -> Presented {
        let mut presented = Presented { used_up, by_learner, ..presented(off) };
        if let Some(coupon) = &mut presented.coupon {
            coupon.terms.scope = scope;
            coupon.terms.currency = currency;
            coupon.terms.window = window;
            coupon.terms.min_spend = min_spend;
            coupon.terms.per_learner = per_learner;
            coupon.terms.new_learners = new_learners;
        }
        presented.coupon = presented.coupon.filter(|_| known);
        presented
    }
}

fn price() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 0_i64..20_000, 1 => 0_i64..100, 1 => MAX_LIST - 100..=MAX_LIST]
}

prop_compose! {
    fn any_basket()(
        currency in prop::sample::select(vec![Currency::JPY, Currency::CNY, Currency::KWD]),
        prices in prop::collection::vec(price(), 1..5),
        rules in prop::collection::vec(rule(), 0..6),
        coupon in prop::option::weighted(0.8, code()),
        new in any::<bool>(),
        beside in price(),
    ) -> Basket {
        let mut basket = basket(currency, &prices);
        basket.promotions = rules;
        for (number, promotion) in (1_u128..).zip(&mut basket.promotions) {
            promotion.id.0 = uuid::Uuid::from_u128(number);
            promotion.name = format!("promotion {number}");
        }
        basket.coupon = coupon;
        basket.learner.new = new;
        basket.more = vec![item("e", beside)];
        basket
    }
}

/// What is paid, apart from what is said about it.
fn paid(quote: &Quote) -> (i64, Vec<i64>) {
    (quote.total, quote.items.clone())
}

/// The basket without a rule that did nothing.
fn without(mut basket: Basket, rule: &Rule) -> Basket {
    match rule {
        Rule::Promotion { id, .. } => basket.promotions.retain(|promotion| promotion.id != *id),
        Rule::Coupon { .. } => basket.coupon = None,
    }
    basket
}

fn is_of(line: &Line, promotion: &Promotion) -> bool {
    matches!(line.rule, Rule::Promotion { id, version, .. } if (id, version) == (promotion.id, promotion.version))
}

fn is_applied_coupon(line: &Line) -> bool {
    matches!(line.rule, Rule::Coupon { .. }) && line.outcome == Outcome::Applied
}

fn bigger(off: Off, by: i64) -> Off {
    match off {
        Off::Percent { percent, cap } => Off::Percent {
            percent: percent
                .saturating_add(u8::try_from(by % 100).unwrap_or(0))
                .min(100),
            cap: cap.map(|cap| cap + by),
        },
        Off::Amount { minor } => Off::Amount { minor: minor + by },
        Off::To { minor } => Off::To {
            minor: (minor - by).max(0),
        },
    }
}

/// The basket of somebody who did what a hint says, what it is to be cheaper than, the promotion and its saving.
fn follow(basket: &Basket, way: &Cheaper) -> (Basket, Basket, String, i64) {
    let mut followed = basket.clone();
    let (name, saves) = match way {
        Cheaper::Wait {
            name,
            starts,
            saves,
        } => {
            followed.at = *starts;
            return (followed, basket.clone(), name.clone(), *saves);
        }
        Cheaper::Bundle { name, add, saves } => {
            let added = basket.more.iter().filter(|item| add.contains(&item.slug));
            followed.items.extend(added.cloned());
            (name, *saves)
        }
        Cheaper::SpendMore {
            name,
            missing,
            saves,
        } => {
            // One more like the first that counts.
            let mut promotions = basket.promotions.iter();
            let own = promotions.find(|own| own.name == *name).expect("it");
            let covered = basket.items.iter().filter(|item| own.covers(&item.slug));
            let first = covered.min_by(|a, b| a.slug.cmp(&b.slug)).expect("one");
            let more = Item {
                list: *missing,
                ..first.clone()
            };
            followed.items.push(more);
            (name, *saves)
        }
    };
    let mut otherwise = followed.clone();
    otherwise
        .promotions
        .retain_mut(|own| match &mut own.effect {
            _ if own.name != *name => true,
            Effect::Tiers { tiers } => {
                let covers = |item: &&Item| own.scope.holds(&item.slug);
                let spent: i64 = basket
                    .items
                    .iter()
                    .filter(covers)
                    .map(|item| item.list)
                    .sum();
                tiers.retain(|tier| tier.spend <= spent);
                true
            }
            _ => false,
        });
    (followed, otherwise, name.clone(), saves)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_costs_less_than_nothing_or_more_than_its_list_price(basket in any_basket()) {
        let quote = quote(&basket);
        prop_assert_eq!(quote.items.len(), basket.items.len());
        for (paid, item) in quote.items.iter().zip(&basket.items) {
            prop_assert!((0..=item.list).contains(paid), "{} of {}", paid, item.list);
        }
        prop_assert_eq!(quote.items.iter().sum::<i64>(), quote.total);
        prop_assert_eq!(quote.list, basket.items.iter().map(|item| item.list).sum::<i64>());
    }

    #[test]
    fn lines_add_up_and_no_discount_is_above_what_it_lowers(basket in any_basket()) {
        let quote = quote(&basket);
        let mut left = quote.list;
        for line in &quote.lines {
            prop_assert!(line.effect <= 0 && -line.effect <= left);
            prop_assert_eq!(line.effect < 0, line.outcome == Outcome::Applied);
            left += line.effect;
        }
        prop_assert_eq!(left, quote.total);
        let applied = quote.lines.iter().take_while(|line| line.outcome == Outcome::Applied).count();
        prop_assert!(quote.lines[applied..].iter().all(|line| line.outcome != Outcome::Applied));
        prop_assert!(applied <= 2, "one promotion and one coupon");
    }

    #[test]
    fn the_order_of_rules_means_nothing(
        (basket, shuffled) in any_basket().prop_flat_map(|basket| {
            let promotions = Just(basket.promotions.clone()).prop_shuffle();
            (Just(basket), promotions)
        }),
    ) {
        let other = Basket { promotions: shuffled, ..basket.clone() };
        prop_assert_eq!(quote(&basket), quote(&other));
    }

    #[test]
    fn the_order_of_items_means_nothing(basket in any_basket()) {
        let mut turned = basket.clone();
        turned.items.reverse();
        let (one, mut other) = (quote(&basket), quote(&turned));
        other.items.reverse();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_basket_on_its_way_through_a_browser_costs_the_same(basket in any_basket()) {
        let sent = serde_json::to_string(&basket).expect("JSON");
        let arrived: Basket = serde_json::from_str(&sent).expect("a basket");
        prop_assert_eq!(&arrived, &basket);
        let answer = serde_json::to_string(&quote(&arrived)).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Quote>(&answer).expect("a quote"), quote(&basket));
    }

    /// Only the promotion that comes first, where it made way for a coupon, may leave its place to another: what that
    /// one costs by itself is a price that counts then.
    #[test]
    fn without_a_refused_rule_nothing_changes(basket in any_basket()) {
        let before = quote(&basket);
        let first = quote(&Basket { coupon: None, ..basket.clone() }).lines.into_iter().next();
        for line in &before.lines {
            let is_first = first.as_ref().is_some_and(|first| first.rule == line.rule);
            if line.outcome != Outcome::Applied && !is_first {
                let after = quote(&without(basket.clone(), &line.rule));
                prop_assert_eq!(paid(&before), paid(&after), "without {:?}", line);
            }
        }
    }

    #[test]
    fn a_coupon_never_makes_it_dearer_and_a_bigger_one_neither(basket in any_basket(), by in 0_i64..2_000) {
        let with = quote(&basket).total;
        let mut changed = basket.clone();
        if let Some(coupon) = changed.coupon.as_mut().and_then(|presented| presented.coupon.as_mut()) {
            coupon.terms.off = bigger(coupon.terms.off, by);
        }
        prop_assert!(quote(&changed).total <= with);
        changed.coupon = None;
        prop_assert!(with <= quote(&changed).total);
    }

    #[test]
    fn a_coupon_comes_after_the_first_promotion_or_else_the_cheapest_holds(basket in any_basket()) {
        let with = |promotions: Vec<Promotion>| quote(&Basket { promotions, ..basket.clone() });
        let bare = quote(&Basket { coupon: None, ..basket.clone() });
        let first = bare.lines.iter().find(|line| line.outcome == Outcome::Applied);
        let first: Vec<Promotion> = basket
            .promotions
            .iter()
            .filter(|promotion| promotion.with_coupons)
            .filter(|promotion| first.is_some_and(|line| is_of(line, promotion)))
            .cloned()
            .collect();
        if !first.is_empty() {
            let together = with(first);
            if together.lines.iter().any(is_applied_coupon) {
                prop_assert_eq!(quote(&basket).total, together.total);
                return Ok(());
            }
        }
        let stacking = basket.promotions.iter().filter(|promotion| promotion.with_coupons);
        let cheapest = stacking
            .map(|promotion| with(vec![promotion.clone()]))
            .chain([with(Vec::new())])
            .filter(|together| together.lines.iter().any(is_applied_coupon))
            .chain([quote(&Basket { coupon: None, ..basket.clone() })])
            .map(|quote| quote.total)
            .min();
        prop_assert_eq!(Some(quote(&basket).total), cheapest);
    }

    #[test]
    fn who_follows_a_hint_saves_what_it_promised(basket in any_basket()) {
        for way in quote(&basket).cheaper {
            let (followed, otherwise, name, saves) = follow(&basket, &way);
            let then = quote(&followed);
            let holds = |line: &Line| {
                let Rule::Promotion { name: own, .. } = &line.rule else { return false };
                *own == name && line.outcome == Outcome::Applied
            };
            prop_assert!(then.lines.iter().any(holds), "{:?}", way);
            prop_assert!(saves > 0);
            prop_assert_eq!(quote(&otherwise).total - then.total, saves, "{:?}", way);
        }
    }
}
