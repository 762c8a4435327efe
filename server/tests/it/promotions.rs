//! Promotions on the pages that sell.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    checkout::{
        Off, Scope, Window,
        promotion::{Effect, Promotion, Theme, Tier},
    },
    ids::PromotionId,
    money::Currency,
};

use crate::harness::TestApp;

const HOUR: Duration = Duration::from_secs(3_600);

/// A course for CNY 199, another one, and a promotion of an hour.
async fn shop(app: &TestApp, effect: Effect, other: Option<&str>) {
    app.with_course("walk", Some("199.00")).await;
    app.with_course("climb", other).await;
    let backend = &app.test.backend;
    let is_amount = matches!(effect, Effect::Tiers { .. });
    let promotion = Promotion {
        id: PromotionId(uuid::Uuid::nil()),
        version: 0,
        name: "Spring".into(),
        effect,
        currency: is_amount.then_some(Currency::CNY),
        scope: Scope::All,
        window: Window {
            starts: None,
            ends: Some(backend.clock.now() + HOUR),
        },
        priority: 0,
        with_coupons: false,
        theme: Some(Theme::SpringFestival),
        banner: BTreeMap::from([
            ("en".to_owned(), "A fresh start".to_owned()),
            ("zh-Hans".to_owned(), "新春开课".to_owned()),
        ]),
    };
    let added = backend.add_promotion(promotion, None).await;
    added.expect("a promotion");
}

#[tokio::test]
async fn a_lower_price_shows_wherever_the_course_is_sold_and_ends_when_it_says() {
    for app in TestApp::both().await {
        let off = Off::Percent {
            percent: 20,
            cap: None,
        };
        shop(&app, Effect::Price { off }, Some("99.00")).await;
        let guest = app.browser();
        for path in ["/", "/courses", "/courses/walk"] {
            let page = guest.get(path).await;
            let banner = page.text(".banner").unwrap_or_default();
            assert!(banner.contains("A fresh start"), "{path} {}", app.test.kind);
            assert!(banner.contains("until"), "{path}: {banner}");
            assert!(page.has("CN¥159.20") && page.has("CN¥199"), "{path}");
        }
        let course = guest.get("/courses/walk").await;
        let terms = course.text(".price-terms").unwrap_or_default();
        assert!(
            terms.contains("Spring") && terms.contains("CN¥199"),
            "{terms}"
        );
        let chinese = guest.get("/courses/walk?lang=zh-Hans").await;
        assert_eq!(
            chinese
                .text(".banner-words")
                .map(|words| words.contains("新春开课")),
            Some(true)
        );
        guest.get("/?lang=en").await;
        let checkout = guest.get("/checkout/walk").await;
        assert_eq!(checkout.total(), "CN¥159.20");
        let line = checkout.text("[data-testid=discount-line]");
        assert!(line.is_some_and(|line| line.contains("Spring")));

        app.test.backend.clock.advance(HOUR);
        for path in ["/", "/courses", "/courses/walk"] {
            let page = guest.get(path).await;
            assert_eq!(page.text(".banner"), None, "{path}");
            assert_eq!(page.text(".price-was"), None, "{path}");
        }
        let course = guest.get("/courses/walk").await;
        let history = course.texts(".price-history li").join("; ");
        let (now, before) = history.split_once("; ").expect("what it cost before");
        assert!(
            now.contains("CN¥199") && before.contains("CN¥159.20"),
            "{history}"
        );
        assert_eq!(guest.get("/checkout/walk").await.total(), "CN¥199");
    }
}

#[tokio::test]
async fn who_spends_more_saves_and_is_shown_the_way() {
    for app in TestApp::both().await {
        let tiers = vec![Tier {
            spend: 25_000,
            save: 5_000,
        }];
        shop(&app, Effect::Tiers { tiers }, Some("99.00")).await;
        let guest = app.browser();
        let alone = guest.get("/checkout/walk").await;
        assert_eq!(alone.total(), "CN¥199", "{}", app.test.kind);
        let hint = alone.text("#price-cheaper").unwrap_or_default();
        assert!(hint.contains("CN¥51") && hint.contains("CN¥50"), "{hint}");
        let way = alone.attribute(".basket-others a", "href");
        let way = way.expect("a way to another course");
        let both = guest.get(&way).await;
        assert_eq!(both.total(), "CN¥248");
        let line = both.text("[data-testid=discount-line]").unwrap_or_default();
        assert!(line.contains("Spring") && line.contains("50"), "{line}");
        assert_eq!(both.text(".basket-others"), None, "there is no third");
    }
}

/// A hint that nobody can follow is none.
#[tokio::test]
async fn where_nothing_else_is_sold_nobody_is_told_to_spend_more() {
    for app in TestApp::both().await {
        let tiers = vec![Tier {
            spend: 25_000,
            save: 5_000,
        }];
        shop(&app, Effect::Tiers { tiers }, None).await;
        let page = app.browser().get("/checkout/walk").await;
        let hint = page.text("#price-cheaper").unwrap_or_default();
        assert_eq!(hint.trim(), "", "{}", app.test.kind);
        assert_eq!(page.text(".basket-others"), None);
    }
}
