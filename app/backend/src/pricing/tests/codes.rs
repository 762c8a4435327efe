use domain::checkout::coupon::Task;
use futures::TryStreamExt;

use super::*;
use crate::course::Viewer;

#[tokio::test]
async fn ten_thousand_codes_are_different_and_each_works() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("100.00")).await;
        let new = coupon(None, terms(percent(10)));
        let id = backend.add_coupon(new, None).await.expect("a coupon");
        let batch = backend
            .add_batch(id, "flyers", 10_000)
            .await
            .expect("a batch");
        assert_eq!(
            backend.batches(id).await.expect("listed"),
            [batch],
            "{}",
            test.kind
        );
        let csv: String = backend
            .batch_csv(id, "flyers")
            .try_collect()
            .await
            .expect("a file");
        let mut lines = csv.split_terminator("\r\n");
        assert_eq!(lines.next(), Some("code,state"));
        let codes: BTreeSet<&str> = lines
            .map(|line| line.strip_suffix(",free").expect("free"))
            .collect();
        assert_eq!(codes.len(), 10_000);
        let code = codes.first().expect("a code");
        assert_eq!(code.len(), 17);
        assert_eq!(
            with_code(backend, &code.to_lowercase(), None).await.0,
            9_000
        );
        assert_eq!(backend.coupon_of_code(code).await.expect("found"), id);
        for (name, count, field) in [
            ("more", 0, "count"),
            ("more", 10_001, "count"),
            (" ", 5, "name"),
        ] {
            assert_eq!(wrong(backend.add_batch(id, name, count).await)[0].0, field);
        }
        let nowhere = backend.add_batch(CouponId(Uuid::now_v7()), "x", 1).await;
        assert!(matches!(nowhere, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_form_sent_many_times_makes_one_batch() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let new = coupon(None, terms(percent(10)));
        let id = backend.add_coupon(new, None).await.expect("a coupon");
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let backend = backend.clone();
                tokio::spawn(async move { backend.add_batch(id, "flyers", 200).await })
            })
            .collect();
        let mut made = 0;
        for task in tasks {
            match task.await.expect("no panic") {
                Ok(_) => made += 1,
                refused => assert_eq!(wrong(refused), says("name", "error-batch-taken")),
            }
        }
        let batches = backend.batches(id).await.expect("listed");
        assert_eq!(
            (made, batches.len(), batches[0].codes),
            (1, 1, 200),
            "{}",
            test.kind
        );
    }
}

#[tokio::test]
async fn a_code_that_works_once_tells_only_those_who_may_use_it() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", Some("100.00")).await;
        let picky = Terms {
            min_spend: Some(20_000),
            currency: Some(Currency::CNY),
            ..terms(percent(10))
        };
        let id = add(backend, "PUBLIC", picky).await;
        backend.add_batch(id, "flyers", 1).await.expect("a batch");
        let csv: String = backend
            .batch_csv(id, "flyers")
            .try_collect()
            .await
            .expect("a file");
        let code = csv
            .lines()
            .nth(1)
            .and_then(|line| line.split(',').next())
            .expect("a code");
        let missing = Outcome::BelowMinimum { missing: 10_000 };
        assert_eq!(
            with_code(backend, "PUBLIC", None).await.1,
            missing,
            "{}",
            test.kind
        );
        let hidden = priced(backend, &["walk"], Some(code), None)
            .await
            .expect("a price");
        assert_eq!(coupon_line(&hidden.quote).outcome, Outcome::NotValid);
        let json = |priced: &Priced, code: &str| {
            let told = serde_json::to_string(&(&priced.basket, &priced.quote)).expect("JSON");
            told.replace(code, "CODE")
        };
        let unknown = priced(backend, &["walk"], Some("NO-SUCH-CODE"), None).await;
        let unknown = json(&unknown.expect("a price"), "NO-SUCH-CODE");
        assert_eq!(json(&hidden, code), unknown, "nothing leaves");
    }
}

#[tokio::test]
async fn a_learner_is_given_one_code_for_a_reason() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = learner(backend, "mei@example.com").await;
        let new = coupon(None, terms(percent(10)));
        let id = backend.add_coupon(new, None).await.expect("a coupon");
        let tasks: Vec<_> = (0..16)
            .map(|_| {
                let backend = backend.clone();
                tokio::spawn(async move { backend.hand_out(mei, id, "survey").await })
            })
            .collect();
        let mut codes = BTreeSet::new();
        for task in tasks {
            codes.insert(task.await.expect("no panic").expect("a code"));
        }
        assert_eq!(codes.len(), 1, "{}", test.kind);
        let other = backend.hand_out(mei, id, "friend").await.expect("a code");
        assert!(!codes.contains(&other));
        let gifts = backend.gifts(mei).await.expect("listed");
        assert_eq!(gifts.len(), 2);
        assert_eq!(
            backend.batches(id).await.expect("listed"),
            [],
            "gifts are no batch"
        );
        backend.stop_coupon(id).await.expect("stopped");
        assert_eq!(backend.gifts(mei).await.expect("listed"), []);
        let stopped = backend.hand_out(mei, id, "late").await;
        assert!(matches!(stopped, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn no_more_are_given_than_can_be_redeemed() {
    let test = TestBackend::sqlite().await;
    let backend = &test.backend;
    let mei = learner(backend, "mei@example.com").await;
    let two = Terms {
        limit: Some(2),
        ..terms(percent(10))
    };
    let id = backend
        .add_coupon(coupon(None, two), None)
        .await
        .expect("a coupon");
    for reason in ["one", "two"] {
        backend.hand_out(mei, id, reason).await.expect("a code");
    }
    let third = backend.hand_out(mei, id, "three").await;
    assert!(matches!(third, Err(Error::NotFound)));
}

#[tokio::test]
async fn completing_a_lesson_or_a_course_gives_a_code() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        sell(backend, "walk", None).await;
        sell(backend, "swim", Some("100.00")).await;
        let mei = learner(backend, "mei@example.com").await;
        let viewer = Viewer {
            user: Some(mei),
            staff: false,
        };
        backend.enrol(mei, &slug("walk")).await.expect("enrolled");
        for (off, lesson) in [(10, Some("intro")), (20, Some("deep")), (50, None)] {
            let task = Task {
                course: slug("walk"),
                lesson: lesson.map(slug),
            };
            let new = NewCoupon {
                task: Some(task.clone()),
                ..coupon(None, terms(percent(off)))
            };
            let id = backend.add_coupon(new, None).await.expect("a coupon");
            let (listed, _) = backend.coupon(id).await.expect("found");
            assert_eq!((listed.task, listed.given), (Some(task), 0));
        }
        for _ in 0..2 {
            let done = backend
                .complete_lesson(viewer, &slug("walk"), &slug("intro"))
                .await;
            done.expect("completed");
        }
        let gifts = backend.gifts(mei).await.expect("listed");
        assert_eq!(gifts.len(), 1, "{}", test.kind);
        assert_eq!(gifts[0].terms.off, percent(10));
        let courses = [slug("swim")];
        let ask = Ask {
            courses: &courses,
            code: Some(&gifts[0].code),
            user: Some(mei),
            ..Ask::default()
        };
        let priced = backend.priced(&ask, &visitor()).await.expect("a price");
        assert_eq!(priced.quote.total, 9_000);
    }
    let test = TestBackend::sqlite().await;
    let unknown = NewCoupon {
        task: Some(Task {
            course: slug("nowhere"),
            lesson: None,
        }),
        ..coupon(None, terms(percent(10)))
    };
    let refused = test.backend.add_coupon(unknown, None).await;
    assert_eq!(wrong(refused), says("task", "error-task-unknown"));
}
