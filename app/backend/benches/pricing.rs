//! How long the price for a page takes, from the question to the answer, on both databases: 100 courses for sale, 50
//! promotions, a coupon, a learner. `cargo bench -p backend --bench pricing`.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use backend::{
    Backend,
    account::Visitor,
    course::ImportOptions,
    pricing::{Ask, NewCoupon},
    testing::{TestBackend, sample_course},
};
use domain::{
    account::Role,
    checkout::{
        Off, Scope, Window,
        coupon::Terms,
        promotion::{Effect, Promotion},
    },
    ids::{PromotionId, Slug},
};
use uuid::Uuid;

const COURSES: usize = 100;
const PROMOTIONS: u8 = 50;
const QUESTIONS: usize = 500;

const fn percent(percent: u8) -> Off {
    Off::Percent { percent, cap: None }
}

fn slug(number: usize) -> Slug {
    Slug::parse(&format!("course-{number}")).expect("a slug")
}

async fn fill(backend: &Backend) {
    let bundles = (0..COURSES).map(|number| {
        let options = ImportOptions {
            publish: true,
            ..ImportOptions::default()
        };
        (
            sample_course(slug(number).as_str(), Some("199.00")),
            options,
        )
    });
    let imported = backend.import_all(bundles.collect()).await;
    imported.expect("imported");
    for number in 1..=PROMOTIONS {
        let promotion = Promotion {
            id: PromotionId(Uuid::nil()),
            version: 0,
            name: format!("Promotion {number}"),
            effect: Effect::Price {
                off: percent(number),
            },
            currency: None,
            scope: Scope::All,
            window: Window::default(),
            priority: 0,
            with_coupons: number % 4 != 0,
            theme: None,
            banner: BTreeMap::new(),
        };
        backend.add_promotion(promotion, None).await.expect("added");
    }
    let welcome = NewCoupon {
        name: "Welcome".into(),
        code: Some("WELCOME10".into()),
        terms: Terms {
            off: percent(10),
            currency: None,
            scope: Scope::All,
            min_spend: None,
            window: Window::default(),
            limit: Some(1_000),
            per_learner: Some(1),
            new_learners: true,
        },
        task: None,
    };
    backend.add_coupon(welcome, None).await.expect("a coupon");
}

/// The median and the worst of a hundred.
fn said(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: usize| times[times.len() * share / 100];
    format!(
        "half within {:.2?}, 99 of 100 within {:.2?}",
        at(50),
        at(99)
    )
}

#[tokio::main]
async fn main() {
    // Cargo runs benches of a test build too, to see whether they work.
    let questions = if std::env::args().any(|arg| arg == "--bench") {
        QUESTIONS
    } else {
        1
    };
    for test in TestBackend::both().await {
        let backend = &test.backend;
        fill(backend).await;
        let user = backend
            .add_user(
                "mei@example.com",
                "Mei",
                Role::Learner,
                "walnut trail compass rain",
            )
            .await
            .expect("an account");
        let courses = [slug(1), slug(2), slug(3)];
        let ask = Ask {
            courses: &courses,
            code: Some("welcome10"),
            user: Some(user.id),
            ..Ask::default()
        };
        let visitor = Visitor::default();
        let mut baskets = Vec::with_capacity(questions);
        for _ in 0..questions {
            let start = Instant::now();
            let priced = backend.priced(&ask, &visitor).await.expect("a price");
            baskets.push(start.elapsed());
            assert!(priced.coupon.is_some());
        }
        let all: Vec<Slug> = (0..COURSES).map(slug).collect();
        let mut pages = Vec::with_capacity(questions);
        for _ in 0..questions.min(50) {
            let start = Instant::now();
            let shown = backend.shown_prices(&all, Some(user.id)).await;
            pages.push(start.elapsed());
            assert_eq!(shown.expect("prices").len(), COURSES);
        }
        println!(
            "{}: a basket of 3 courses with a coupon, {PROMOTIONS} promotions: {}",
            test.kind,
            said(baskets)
        );
        println!(
            "{}: prices of {COURSES} courses for the catalogue: {}",
            test.kind,
            said(pages)
        );
    }
}
