use super::*;

#[tokio::test]
async fn a_basket_is_what_the_school_sells_now() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("199.00")).await;
        sell(backend, "swim", Some("49.00")).await;
        sell(backend, "rest", None).await;
        let both = priced(backend, &["swim", "walk", "swim"], None, None)
            .await
            .expect("a price");
        assert_eq!(both.quote.items, [4_900, 19_900], "{}", test.kind);
        assert_eq!(both.basket.items[1].title, "Course walk");
        let with_free = priced(backend, &["rest", "walk"], None, None).await;
        assert_eq!(with_free.expect("a price").quote.items, [0, 19_900]);
        for courses in [&["rest"][..], &["nowhere"], &["walk", "nowhere"], &[]] {
            let refused = priced(backend, courses, None, None).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{courses:?}");
        }
        let hidden = sample_course("hidden", Some("9.00"));
        let import = backend.import(hidden, ImportOptions::default()).await;
        import.expect("imported");
        let refused = priced(backend, &["hidden"], None, None).await;
        assert!(matches!(refused, Err(Error::NotFound)), "not published");
    }
}

#[tokio::test]
async fn one_basket_has_one_currency_and_a_limit() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("199.00")).await;
        let options = ImportOptions {
            publish: true,
            price: domain::money::Money::parse("20", "USD").ok(),
            ..ImportOptions::default()
        };
        let bundle = sample_course("swim", None);
        backend.import(bundle, options).await.expect("imported");
        let mixed = priced(backend, &["walk", "swim"], None, None).await;
        assert_eq!(wrong(mixed), says("", "error-basket-currencies"));
        let names: Vec<String> = (0..21).map(|number| format!("course-{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let many = priced(backend, &names, None, None).await;
        assert_eq!(wrong(many), says("", "error-basket-large"));
    }
}

#[tokio::test]
async fn promotions_that_could_matter_are_in_the_basket_and_no_others() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        for course in ["walk", "swim"] {
            sell(backend, course, Some("100.00")).await;
        }
        let mut ids = Vec::new();
        for (name, starts, scope) in [
            ("now", "2026-03-01T00:00:00Z", Scope::All),
            ("soon", "2026-03-09T09:00:00Z", Scope::All),
            ("later", "2026-03-09T09:00:01Z", Scope::All),
            (
                "others",
                "2026-03-01T00:00:00Z",
                Scope::These(slugs(&["swim"])),
            ),
        ] {
            let mut promotion = promotion(percent(10));
            promotion.name = name.into();
            promotion.window.starts = Some(moment(starts));
            promotion.scope = scope;
            ids.push(backend.add_promotion(promotion, None).await.expect("added"));
        }
        let bundle = Promotion {
            name: "both".into(),
            effect: Effect::Bundle {
                courses: slugs(&["walk", "swim"]),
                off: Off::To { minor: 12_000 },
            },
            currency: Some(Currency::CNY),
            ..promotion(percent(10))
        };
        backend.add_promotion(bundle, None).await.expect("added");
        let basket = priced(backend, &["walk"], None, None)
            .await
            .expect("a price");
        let names: Vec<&str> = basket
            .basket
            .promotions
            .iter()
            .map(|own| own.name.as_str())
            .collect();
        assert_eq!(names, ["now", "soon", "both"], "{}", test.kind);
        assert_eq!(basket.basket.more.len(), 1, "what the bundle lacks");
        assert_eq!(basket.quote.total, 9_000);
        backend.stop_promotion(ids[0]).await.expect("stopped");
        let basket = priced(backend, &["walk"], None, None)
            .await
            .expect("a price");
        assert_eq!(basket.quote.total, 10_000);
        let whole = priced(backend, &["walk", "swim"], None, None).await;
        assert_eq!(whole.expect("a price").quote.total, 12_000);
    }
}

#[tokio::test]
async fn wrong_codes_are_counted_and_right_ones_are_not() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("100.00")).await;
        add(backend, "WELCOME10", terms(percent(10))).await;
        let mei = learner(backend, "mei@example.com").await;
        for _ in 0..30 {
            let (total, _) = with_code(backend, "welcome10", Some(mei)).await;
            assert_eq!(total, 9_000);
        }
        for guess in 0..20 {
            let (_, outcome) = with_code(backend, &format!("GUESS{guess}"), Some(mei)).await;
            assert_eq!(outcome, Outcome::NotValid);
        }
        let refused = priced(backend, &["walk"], Some("WELCOME10"), Some(mei)).await;
        assert!(
            matches!(refused, Err(Error::TooManyAttempts { .. })),
            "{}",
            test.kind
        );
        let without = priced(backend, &["walk"], None, Some(mei)).await;
        assert!(without.is_ok(), "the price itself is nobody's secret");
        // Somebody else at the same address may go on, up to the limit of the address.
        let bo = learner(backend, "bo@example.com").await;
        assert_eq!(with_code(backend, "WELCOME10", Some(bo)).await.0, 9_000);
        for guess in 0..40 {
            priced(backend, &["walk"], Some(&format!("GUESS{guess}")), None)
                .await
                .expect("a price");
        }
        let refused = priced(backend, &["walk"], Some("WELCOME10"), Some(bo)).await;
        assert!(matches!(refused, Err(Error::TooManyAttempts { .. })));
        backend.clock.advance(std::time::Duration::from_secs(900));
        assert_eq!(with_code(backend, "WELCOME10", Some(mei)).await.0, 9_000);
    }
}

#[tokio::test]
async fn a_bundle_with_a_course_that_is_not_published_is_nobody_s_business() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("100.00")).await;
        let secret = sample_course("secret", Some("9.00"));
        let import = backend.import(secret, ImportOptions::default()).await;
        import.expect("imported");
        let bundle = Promotion {
            effect: Effect::Bundle {
                courses: slugs(&["walk", "secret"]),
                off: percent(50),
            },
            ..promotion(percent(10))
        };
        backend.add_promotion(bundle, None).await.expect("added");
        let priced = priced(backend, &["walk"], None, None)
            .await
            .expect("a price");
        let told = serde_json::to_string(&(&priced.basket, &priced.quote)).expect("JSON");
        assert!(!told.contains("secret"), "{told}");
    }
}
