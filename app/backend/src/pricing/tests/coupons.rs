use super::*;

#[tokio::test]
async fn a_code_is_found_however_it_is_typed() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("100.00")).await;
        let id = add(backend, "WELCOME10", terms(percent(10))).await;
        for typed in [
            "WELCOME10",
            " welcome-10 ",
            "WELC0MEI0",
            "ｗｅｌｃｏｍｅ１０",
        ] {
            assert_eq!(with_code(backend, typed, None).await.0, 9_000, "{typed}");
        }
        let used = priced(backend, &["walk"], Some("welcome10"), None).await;
        let used = used.expect("a price").coupon.expect("a coupon to hold");
        assert_eq!((used.id, used.version), (id, 1), "{}", test.kind);
        assert_eq!(used.code_key.as_str(), "WE1C0ME10");
        let taken = backend
            .add_coupon(coupon(Some("WELC0ME1O"), terms(percent(5))), None)
            .await;
        assert_eq!(wrong(taken), says("code", "error-code-taken"));
        assert_eq!(
            backend.coupons().await.expect("listed").len(),
            1,
            "nothing is left of it"
        );
        assert_eq!(
            backend.coupon_of_code("welc0me10").await.expect("found"),
            id
        );
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_coupon_is_said() {
    let test = TestBackend::sqlite().await;
    let mut bad = coupon(Some("10%"), terms(percent(0)));
    bad.name = " ".into();
    let errors = wrong(test.backend.add_coupon(bad, None).await);
    let fields: Vec<&str> = errors.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["percent", "name", "code"]);
    let mut elsewhere = terms(percent(10));
    elsewhere.scope = Scope::These(slugs(&["nowhere"]));
    let unknown = test.backend.add_coupon(coupon(None, elsewhere), None).await;
    assert_eq!(wrong(unknown), says("courses", "error-course-unknown"));
}

#[tokio::test]
async fn codes_that_cannot_be_used_are_answered_alike() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("100.00")).await;
        let with = |change: fn(&mut Terms)| {
            let mut terms = terms(percent(10));
            change(&mut terms);
            terms
        };
        add(
            backend,
            "EARLY",
            with(|terms| terms.window.starts = Some(moment("2026-03-03T00:00:00Z"))),
        )
        .await;
        add(
            backend,
            "OVER",
            with(|terms| terms.window.ends = Some(moment("2026-03-02T09:00:00Z"))),
        )
        .await;
        let stopped = add(backend, "STOPPED", terms(percent(10))).await;
        backend.stop_coupon(stopped).await.expect("stopped");
        let gone = add(backend, "GONE", with(|terms| terms.limit = Some(3))).await;
        let mut tx = backend.db.write().await.expect("a transaction");
        crate::db::execute!(
            &mut tx,
            "UPDATE coupon SET held = 1, redeemed = 2 WHERE id = $1",
            gone.0
        )
        .expect("used up");
        tx.commit().await.expect("committed");
        let mut answers = BTreeSet::new();
        for code in ["EARLY", "OVER", "STOPPED", "GONE", "UNKNOWN", "10 % !"] {
            let priced = priced(backend, &["walk"], Some(code), None)
                .await
                .expect("a price");
            assert_eq!(priced.coupon, None);
            let said = serde_json::to_string(&(priced.basket, priced.quote)).expect("JSON");
            answers.insert(said.replace(code, "CODE"));
        }
        assert_eq!(answers.len(), 1, "{}: {answers:?}", test.kind);
    }
}

#[tokio::test]
async fn a_change_is_a_new_version_and_undoes_nobody_s() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("100.00")).await;
        let id = add(backend, "SPRING", terms(percent(10))).await;
        let tasks: Vec<_> = (20..28)
            .map(|off| {
                let backend = backend.clone();
                tokio::spawn(async move {
                    backend
                        .change_coupon(id, 1, "spring", &terms(percent(off)), None)
                        .await
                })
            })
            .collect();
        let mut changed = Vec::new();
        for task in tasks {
            match task.await.expect("no panic") {
                Ok(version) => changed.push(version),
                refused => assert_eq!(wrong(refused), says("", "error-changed-meanwhile")),
            }
        }
        assert_eq!(changed, [2], "{}", test.kind);
        let (coupon, versions) = backend.coupon(id).await.expect("found");
        assert_eq!((coupon.version, versions.len()), (2, 2));
        assert_eq!(
            versions[1].terms,
            terms(percent(10)),
            "the first stays as it was"
        );
        assert_eq!(with_code(backend, "SPRING", None).await.1, Outcome::Applied);
        let mut typo = terms(percent(5));
        typo.scope = Scope::These(slugs(&["wlak"]));
        let typo = backend.change_coupon(id, 2, "spring", &typo, None).await;
        assert_eq!(wrong(typo), says("courses", "error-course-unknown"));
        assert_eq!(backend.coupon(id).await.expect("found").0.version, 2);
        let nowhere = CouponId(Uuid::now_v7());
        let missing = backend
            .change_coupon(nowhere, 1, "x", &terms(percent(5)), None)
            .await;
        assert!(matches!(missing, Err(Error::NotFound)));
        assert!(matches!(
            backend.stop_coupon(nowhere).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn campaigns_are_counted_over_their_coupons() {
    let test = TestBackend::sqlite().await;
    let backend = &test.backend;
    let one = add(backend, "ONE", terms(percent(10))).await;
    add(backend, "TWO", terms(percent(20))).await;
    let mut tx = backend.db.write().await.expect("a transaction");
    crate::db::execute!(
        &mut tx,
        "UPDATE coupon SET redeemed = 7 WHERE id = $1",
        one.0
    )
    .expect("used");
    tx.commit().await.expect("committed");
    let coupons = backend.coupons().await.expect("listed");
    assert_eq!(
        super::super::by_campaign(&coupons),
        BTreeMap::from([("spring", 7)])
    );
}
