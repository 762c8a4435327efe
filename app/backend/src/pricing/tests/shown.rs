use domain::{checkout::offer::ShownPrice, money::Money};

use super::*;

fn cny(minor: i64) -> Money {
    Money {
        minor,
        currency: Currency::CNY,
    }
}

async fn shown(backend: &Backend, course: &str) -> Option<ShownPrice> {
    let courses = [slug("rest"), slug(course), slug("nowhere")];
    let mut shown = backend.shown_prices(&courses, None).await.expect("prices");
    assert!(shown.len() <= 1, "what is free has no price");
    shown.remove(&slug(course))
}

fn days(count: u64) -> std::time::Duration {
    std::time::Duration::from_secs(count * 86_400)
}

#[tokio::test]
async fn a_page_shows_what_a_course_costs_and_its_lowest_price() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "rest", None).await;
        sell(backend, "walk", Some("100.00")).await;
        let plain = shown(backend, "walk").await.expect("a price");
        let expected = ShownPrice {
            list: cny(10_000),
            now: cny(10_000),
            promotion: None,
            lowest: Some(cny(10_000)),
        };
        assert_eq!(plain, expected, "{}", test.kind);
        backend.clock.advance(days(10));
        sell(backend, "walk", Some("120.00")).await;
        let id = backend
            .add_promotion(promotion(percent(20)), None)
            .await
            .expect("added");
        backend.clock.advance(days(1));
        let lowered = shown(backend, "walk").await.expect("a price");
        assert_eq!((lowered.list, lowered.now), (cny(12_000), cny(9_600)));
        assert_eq!(lowered.lowest, Some(cny(10_000)), "before the reduction");
        let named = lowered.promotion.expect("a promotion");
        assert_eq!(
            (named.name.as_str(), named.ends),
            ("Spring sale", Some(moment("2026-04-01T00:00:00Z")))
        );
        backend.stop_promotion(id).await.expect("stopped");
        backend.clock.advance(days(1));
        let after = shown(backend, "walk").await.expect("a price");
        assert_eq!((after.now, after.lowest), (cny(12_000), Some(cny(9_600))));
        let steps = backend.price_steps(&slug("walk")).await.expect("steps");
        let paid: Vec<i64> = steps.iter().map(|step| step.paid).collect();
        assert_eq!(paid, [10_000, 9_600, 12_000]);
    }
}

#[tokio::test]
async fn importing_the_same_price_again_is_no_change() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        for price in [Some("100.00"), Some("100.00"), None, Some("100.00")] {
            sell(backend, "walk", price).await;
            backend.clock.advance(days(1));
        }
        let mut tx = backend.db.read().await.expect("a transaction");
        let prices: i64 =
            crate::db::scalar!(&mut tx, fetch_one, "SELECT COUNT(*) FROM price_history")
                .expect("a count");
        assert_eq!(prices, 3, "{}", test.kind);
    }
}

#[tokio::test]
async fn what_nobody_could_buy_was_no_price() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let draft = sample_course("walk", Some("1.00"));
        let import = backend.import(draft, ImportOptions::default()).await;
        import.expect("imported");
        backend.clock.advance(days(1));
        sell(backend, "walk", Some("100.00")).await;
        let walk = shown(backend, "walk").await.expect("a price");
        assert_eq!(walk.lowest, Some(cny(10_000)), "{}", test.kind);
        // Published as it is, without a change of price.
        let draft = sample_course("swim", Some("2.00"));
        let import = backend.import(draft, ImportOptions::default()).await;
        import.expect("imported");
        backend.clock.advance(days(1));
        sell(backend, "swim", Some("2.00")).await;
        let steps = backend.price_steps(&slug("swim")).await.expect("steps");
        assert_eq!(steps[0].from, backend.clock.now());
    }
}

#[tokio::test]
async fn what_a_learner_has_is_not_offered_to_them() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", None).await;
        let mei = learner(backend, "mei@example.com").await;
        backend.enrol(mei, &slug("walk")).await.expect("enrolled");
        sell(backend, "walk", Some("100.00")).await;
        let courses = [slug("walk")];
        let theirs = backend
            .shown_prices(&courses, Some(mei))
            .await
            .expect("prices");
        assert_eq!(theirs.len(), 0, "{}", test.kind);
        let basket = priced(backend, &["walk"], None, Some(mei))
            .await
            .expect("a price");
        assert_eq!(basket.basket.learner.enrolled, slugs(&["walk"]));
    }
}

#[tokio::test]
async fn promotions_change_by_versions_and_are_checked() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("100.00")).await;
        let id = backend
            .add_promotion(promotion(percent(20)), None)
            .await
            .expect("added");
        let staff = backend
            .add_user(
                "staff@example.com",
                "Ada",
                Role::Marketer,
                "walnut trail compass rain",
            )
            .await
            .expect("an account");
        backend.clock.advance(days(1));
        let (listed, _) = backend.promotion(id).await.expect("found");
        let better = Promotion {
            effect: Effect::Price { off: percent(30) },
            ..listed.promotion.clone()
        };
        let version = backend
            .change_promotion(better.clone(), Some(staff.id))
            .await;
        assert_eq!(version.expect("changed"), 2, "{}", test.kind);
        let late = backend.change_promotion(better, None).await;
        assert_eq!(wrong(late), says("", "error-changed-meanwhile"));
        let (listed, versions) = backend.promotion(id).await.expect("found");
        assert_eq!((listed.promotion.version, versions.len()), (2, 2));
        assert_eq!(versions[0].by.as_deref(), Some("Ada"));
        assert_eq!(
            shown(backend, "walk").await.expect("a price").now,
            cny(7_000)
        );
        let steps = backend.price_steps(&slug("walk")).await.expect("steps");
        let paid: Vec<i64> = steps.iter().map(|step| step.paid).collect();
        assert_eq!(paid, [8_000, 7_000], "each version while it was the one");
        let nothing = backend.add_promotion(promotion(percent(0)), None).await;
        assert_eq!(wrong(nothing), says("percent", "error-rule-percent"));
        let elsewhere = Promotion {
            scope: Scope::AllBut(slugs(&["nowhere"])),
            ..promotion(percent(10))
        };
        let refused = backend.add_promotion(elsewhere, None).await;
        assert_eq!(wrong(refused), says("courses", "error-course-unknown"));
    }
}
