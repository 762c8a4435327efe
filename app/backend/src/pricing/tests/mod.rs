//! Prices, coupons and promotions on both databases.

mod basket;
mod codes;
mod coupons;
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    account::Role,
    checkout::{
        Off, Scope, Window,
        coupon::Terms,
        price::{Line, Outcome, Quote, Rule},
        promotion::{Effect, Promotion},
    },
    ids::{CouponId, PromotionId, Slug, UserId},
    money::Currency,
};
use uuid::Uuid;

use super::{Ask, NewCoupon, Priced};
use crate::{
    Backend, Error, Result,
    account::Visitor,
    course::ImportOptions,
    testing::{TestBackend, sample_course},
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn slugs(all: &[&str]) -> BTreeSet<Slug> {
    all.iter().map(|text| slug(text)).collect()
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// Publishes a course at a price in CNY; `None`: it is free.
async fn sell(backend: &Backend, course: &str, price: Option<&str>) {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    let bundle = sample_course(course, price);
    backend.import(bundle, options).await.expect("imported");
}

async fn learner(backend: &Backend, email: &str) -> UserId {
    backend
        .add_user(email, "Mei", Role::Learner, "walnut trail compass rain")
        .await
        .expect("an account")
        .id
}

fn percent(percent: u8) -> Off {
    Off::Percent { percent, cap: None }
}

fn terms(off: Off) -> Terms {
    Terms {
        off,
        currency: off.has_amount().then_some(Currency::CNY),
        scope: Scope::All,
        min_spend: None,
        window: Window::default(),
        limit: None,
        per_learner: None,
        new_learners: false,
    }
}

fn coupon(code: Option<&str>, terms: Terms) -> NewCoupon {
    NewCoupon {
        name: "spring".into(),
        code: code.map(str::to_owned),
        terms,
        task: None,
    }
}

async fn add(backend: &Backend, code: &str, terms: Terms) -> CouponId {
    let added = backend.add_coupon(coupon(Some(code), terms), None).await;
    added.expect("a coupon")
}

/// A lowered price for all courses, from 2026-03-01 to 2026-04-01.
fn promotion(off: Off) -> Promotion {
    Promotion {
        id: PromotionId(Uuid::nil()),
        version: 0,
        name: "Spring sale".into(),
        effect: Effect::Price { off },
        currency: off.has_amount().then_some(Currency::CNY),
        scope: Scope::All,
        window: Window {
            starts: Some(moment("2026-03-01T00:00:00Z")),
            ends: Some(moment("2026-04-01T00:00:00Z")),
        },
        priority: 0,
        with_coupons: true,
        theme: None,
        banner: BTreeMap::new(),
    }
}

fn visitor() -> Visitor {
    Visitor {
        address: "203.0.113.7".into(),
        ..Visitor::default()
    }
}

async fn priced(
    backend: &Backend,
    courses: &[&str],
    code: Option<&str>,
    user: Option<UserId>,
) -> Result<Priced> {
    let courses: Vec<Slug> = courses.iter().map(|course| slug(course)).collect();
    let ask = Ask {
        courses: &courses,
        code,
        user,
        ..Ask::default()
    };
    backend.priced(&ask, &visitor()).await
}

/// What one course costs with a code, and what is said about the code.
async fn with_code(backend: &Backend, code: &str, user: Option<UserId>) -> (i64, Outcome) {
    let quote = priced(backend, &["walk"], Some(code), user)
        .await
        .expect("a price")
        .quote;
    (quote.total, coupon_line(&quote).outcome.clone())
}

fn coupon_line(quote: &Quote) -> &Line {
    let is_coupon = |line: &&Line| matches!(line.rule, Rule::Coupon { .. });
    quote.lines.iter().find(is_coupon).expect("a line")
}

/// Fields and messages.
fn wrong<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, String)> {
    match result {
        Err(Error::Invalid(errors)) => errors
            .into_iter()
            .map(|error| (error.field, error.message))
            .collect(),
        other => panic!("not invalid: {other:?}"),
    }
}

fn says(field: &str, message: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), message.to_owned())]
}
