//! Access that orders grant and end.

use std::time::Duration;

use domain::checkout::refund::Refundable;

use super::*;
use crate::{checkout::claim, course::Viewer};

fn viewer(user: &User) -> Viewer {
    Viewer {
        user: Some(user.id),
        staff: false,
    }
}

#[tokio::test]
async fn who_buys_with_another_s_address_learns_nothing_of_the_account() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let mei = shop.learner("mei").await;
        let buyer = guest(mei.email.as_str());
        let order = shop.buy(buyer.clone(), "walk", PRICE).await;
        shop::run(backend, "UPDATE agreement SET refund_max_progress = 0").await;
        let walk = slug("walk");
        for lesson in [slug("intro"), slug("deep")] {
            let visited = backend.visit(viewer(&mei), &walk, &lesson).await;
            visited.expect("visited");
            let done = backend.complete_lesson(viewer(&mei), &walk, &lesson).await;
            done.expect("done");
        }
        let page = async |asker| backend.order_page(&asker, order).await.expect("a page");
        let own = page(Asker::User(mei.id)).await;
        assert_eq!(own.name.as_deref(), Some("Mei Chen"));
        assert!(matches!(
            own.refundable,
            Some(Refundable::TooFar { percent: Some(1..) })
        ));
        let by_key = page(key_of(&buyer)).await;
        assert_eq!(by_key.name, None, "{}", shop.test.kind);
        let percent = None;
        assert_eq!(by_key.refundable, Some(Refundable::TooFar { percent }));
    }
}

#[tokio::test]
async fn what_was_learned_stays_when_access_ends_and_is_there_when_it_begins_again() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let order = shop.buy(by(&mei), "walk", PRICE).await;
        let (walk, intro, deep) = (slug("walk"), slug("intro"), slug("deep"));
        backend
            .visit(viewer(&mei), &walk, &deep)
            .await
            .expect("visited");
        let done = backend.complete_lesson(viewer(&mei), &walk, &deep).await;
        done.expect("done");
        backend
            .refund_order(staff.id, order, None, true, "as asked")
            .await
            .expect("refunded");
        // Shut everywhere.
        let page = backend
            .lesson_page(viewer(&mei), &walk, &deep)
            .await
            .expect("a page");
        assert!(!page.access.is_open());
        assert!(page.activities.is_empty());
        let card = backend
            .course_page(viewer(&mei), &walk)
            .await
            .expect("a page")
            .card;
        assert_eq!(card.progress, None);
        assert_eq!(backend.learning(mei.id).await.expect("courses").len(), 0);
        for lesson in [&intro, &deep] {
            let done = backend.complete_lesson(viewer(&mei), &walk, lesson).await;
            assert!(matches!(done, Err(Error::NotFound)), "{lesson}");
        }
        let media = backend
            .media(viewer(&mei), &walk, "deep", "02-more/dot.svg")
            .await;
        assert!(matches!(media, Err(Error::NotFound)));
        let kept = backend.keep_list(viewer(&mei), &walk).await;
        assert!(matches!(kept, Err(Error::NotFound)));
        let left = backend
            .left_of_course(mei.id, &walk)
            .await
            .expect("what is left");
        assert_eq!(left, domain::lesson::CourseLeft::default());
        // And open again, as it was.
        shop.buy(by(&mei), "walk", PRICE).await;
        let card = backend
            .course_page(viewer(&mei), &walk)
            .await
            .expect("a page")
            .card;
        assert_eq!(card.progress.expect("progress").done, 1);
    }
}

#[tokio::test]
async fn a_course_that_another_order_opened_too_stays_open() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let order = shop.buy(by(&mei), "walk", PRICE).await;
        // A basket of two, ordered elsewhere before the first was paid.
        let other = guest(mei.email.as_str());
        let both = shop
            .place(Shop::wish(other, &["swim", "walk"], PRICE + 5_000))
            .await;
        shop.pay(&both.1).await;
        assert_eq!(shop.hear_all().await, [Came::Paid]);
        backend
            .refund_order(staff.id, order, None, true, "twice")
            .await
            .expect("refunded");
        assert!(shop.is_enrolled(&mei, "walk").await);
        backend
            .refund_order(staff.id, both.0, None, true, "too")
            .await
            .expect("refunded");
        assert!(!shop.is_enrolled(&mei, "walk").await);
        assert!(!shop.is_enrolled(&mei, "swim").await);
    }
}

#[tokio::test]
async fn a_guest_s_course_waits_for_the_account_with_their_confirmed_address() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let li = guest("Li@example.com");
        let order = shop.buy(li.clone(), "walk", PRICE).await;
        let page = backend
            .order_page(&key_of(&li), order)
            .await
            .expect("a page");
        assert!(page.guest);
        // An account alone proves nothing.
        let join = crate::account::Join {
            name: "Li".into(),
            email: "li@example.com".into(),
            password: PASSWORD.into(),
            language: None,
        };
        let visitor = Visitor::default();
        let user = backend.join(join, &visitor).await.expect("joined").user;
        backend.run_checkout_jobs().await;
        assert!(!shop.is_enrolled(&user, "walk").await);
        for _ in 0..2 {
            let mut tx = backend.db.write().await.expect("a transaction");
            let now = backend.clock.now();
            claim(&mut tx, user.id, &user.email.key(), now)
                .await
                .expect("claimed");
            tx.commit().await.expect("committed");
        }
        assert!(shop.is_enrolled(&user, "walk").await);
        assert_eq!(backend.orders_of(user.id).await.expect("orders").len(), 1);
        // The browser that bought goes on to see the order.
        assert!(backend.order_page(&key_of(&li), order).await.is_ok());
        shop.check().await;
    }
}

#[tokio::test]
async fn the_version_at_the_first_purchase_stays_pinned() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let order = shop.buy(by(&mei), "walk", PRICE).await;
        let lessons =
            |card: Vec<domain::lesson::CourseCard>| card[0].progress.as_ref().map(|p| p.total);
        let before = lessons(backend.learning(mei.id).await.expect("courses"));
        backend
            .refund_order(staff.id, order, None, true, "as asked")
            .await
            .expect("refunded");
        let mut course = sample_course("walk", Some("199.00"));
        let mut added = course.course.sections[1].lessons[0].clone();
        added.slug = slug("later");
        course.course.sections[1].lessons.push(added);
        backend
            .import(course, ImportOptions::default())
            .await
            .expect("imported");
        shop.wait(Duration::from_secs(60));
        shop.buy(by(&mei), "walk", PRICE).await;
        let after = lessons(backend.learning(mei.id).await.expect("courses"));
        assert_eq!(after, before);
    }
}
