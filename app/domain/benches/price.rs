//! The price of a basket with far more promotions than any school runs at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    hint::black_box,
};

use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    Timestamp,
    checkout::{
        Off, Scope, Window,
        coupon::{Coupon, Terms},
        price::{Basket, Item, Learner, Presented, RULES, quote},
        promotion::{Effect, Promotion, Tier},
    },
    ids::{CouponId, CourseId, PromotionId, Slug},
    money::Currency,
};
use uuid::Uuid;

fn slug(number: u32) -> Slug {
    Slug::parse(&format!("course-{number}")).expect("a slug")
}

fn item(number: u32) -> Item {
    Item {
        course: CourseId(Uuid::from_u128(u128::from(number))),
        slug: slug(number),
        title: format!("Course {number}"),
        list: i64::from(9_900 + 1_000 * number),
    }
}

/// Of every kind in turn, some of which begin soon and some of which do not go together with coupons.
fn promotion(number: u32) -> Promotion {
    let percent = Off::Percent {
        percent: u8::try_from(5 + number % 40).expect("a percentage"),
        cap: None,
    };
    let effect = match number % 3 {
        0 => Effect::Price { off: percent },
        1 => Effect::Tiers {
            tiers: (1..=5)
                .map(|tier| Tier {
                    spend: 20_000 * tier,
                    save: 1_000 * tier,
                })
                .collect(),
        },
        _ => Effect::Bundle {
            courses: BTreeSet::from([slug(0), slug(1), slug(number % 6)]),
            off: percent,
        },
    };
    let later = (number.is_multiple_of(5)).then(|| at() + jiff::SignedDuration::from_hours(48));
    Promotion {
        id: PromotionId(Uuid::from_u128(u128::from(number))),
        version: 1,
        name: format!("Promotion {number}"),
        effect,
        currency: None,
        scope: Scope::All,
        window: Window {
            starts: later,
            ends: None,
        },
        priority: 0,
        with_coupons: !number.is_multiple_of(4),
        theme: None,
        banner: BTreeMap::new(),
    }
}

fn at() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().expect("a moment")
}

fn basket() -> Basket {
    let terms = Terms {
        off: Off::Percent {
            percent: 10,
            cap: None,
        },
        currency: None,
        scope: Scope::All,
        min_spend: None,
        window: Window::default(),
        limit: None,
        per_learner: None,
        new_learners: false,
    };
    Basket {
        rules: RULES,
        currency: Currency::CNY,
        items: (0..4).map(item).collect(),
        more: (4..6).map(item).collect(),
        promotions: (0..50).map(promotion).collect(),
        coupon: Some(Presented {
            code: "WELCOME10".into(),
            coupon: Some(Coupon {
                id: CouponId(Uuid::nil()),
                version: 1,
                name: "Welcome".into(),
                terms,
            }),
            used_up: false,
            by_learner: 0,
        }),
        learner: Learner::default(),
        at: at(),
    }
}

fn price(criterion: &mut Criterion) {
    let basket = basket();
    criterion.bench_function(
        "quote 4 courses with 50 promotions and a coupon",
        |bencher| {
            bencher.iter(|| quote(black_box(&basket)));
        },
    );
}

criterion_group!(benches, price);
criterion_main!(benches);
