//! Orders that ran out and are taken up again.

use super::*;
use crate::checkout::HOLD;

/// An order for `walk` with a coupon, left until its time was over.
async fn left(shop: &Shop, buyer: &Buyer, code: &str) -> OrderId {
    let wish = Place {
        code: Some(code.to_owned()),
        ..Shop::wish(buyer.clone(), &["walk"], PRICE / 2)
    };
    let (order, _) = shop.place(wish).await;
    shop.wait(HOLD);
    shop.test.backend.run_checkout_jobs().await;
    assert_eq!(shop.state(order).await, State::Expired);
    order
}

#[tokio::test]
async fn an_order_that_ran_out_goes_on_as_the_same_order() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let terms = Terms {
            limit: Some(1),
            ..percent_off(50)
        };
        let coupon = shop::coupon(backend, "HALF", &terms).await;
        let buyer = guest("mei@example.com");
        let order = left(&shop, &buyer, "half").await;
        let number = shop.page(order).await.number;
        assert_eq!(shop::counts(backend, coupon).await.held, 0);

        // Pressed in several windows at once.
        let presses: Vec<_> = (0..6)
            .map(|_| {
                let (backend, asker) = (backend.clone(), key_of(&buyer));
                tokio::spawn(async move { backend.resume_order(&asker, order).await })
            })
            .collect();
        let mut ways = Vec::new();
        for press in presses {
            ways.push(press.await.expect("a task").expect("a way on"));
        }
        ways.dedup();
        assert_eq!(ways.len(), 1, "{}: one payment", shop.test.kind);
        let page = shop.page(order).await;
        assert_eq!((page.state, page.number), (State::AwaitingPayment, number));
        assert_eq!(page.held_until, Some(backend.clock.now() + HOLD));
        let resumed = Event::Resumed { total: PRICE / 2 };
        let times = page.timeline.iter().filter(|step| step.event == resumed);
        assert_eq!(times.count(), 1);
        assert_eq!(shop::counts(backend, coupon).await.held, 1);
        shop.check().await;

        shop.pay(&ways[0]).await;
        assert!(shop.hear_all().await.contains(&Came::Paid));
        assert_eq!(shop.state(order).await, State::Paid);
        assert_eq!(shop::counts(backend, coupon).await.redeemed, 1);
        shop.check().await;
    }
}

#[tokio::test]
async fn it_runs_out_and_goes_on_again() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let coupon = shop::coupon(backend, "HALF", &percent_off(50)).await;
        let buyer = guest("mei@example.com");
        let order = left(&shop, &buyer, "half").await;
        for _ in 0..2 {
            let way = backend.resume_order(&key_of(&buyer), order).await;
            assert!(matches!(way, Ok(Next::PayAt(_))), "{}", shop.test.kind);
            assert_eq!(shop::counts(backend, coupon).await.held, 1);
            shop.wait(HOLD);
        }
        backend.run_checkout_jobs().await;
        assert_eq!(shop.state(order).await, State::Expired);
        assert_eq!(shop::counts(backend, coupon).await.held, 0);
        shop.check().await;
    }
}

#[tokio::test]
async fn nothing_goes_on_at_another_price_or_without_its_coupon() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let terms = Terms {
            limit: Some(1),
            ..percent_off(50)
        };
        let coupon = shop::coupon(backend, "HALF", &terms).await;
        let buyer = guest("mei@example.com");
        let order = left(&shop, &buyer, "half").await;
        let wish = Place {
            code: Some("HALF".into()),
            ..Shop::wish(guest("li@example.com"), &["walk"], PRICE / 2)
        };
        shop.place(wish).await;
        let asker = key_of(&buyer);
        let refused = backend.resume_order(&asker, order).await;
        assert_eq!(
            refusal(refused),
            "error-order-changed",
            "{}",
            shop.test.kind
        );
        assert_eq!(shop.state(order).await, State::Expired);
        assert_eq!(shop::counts(backend, coupon).await.held, 1);

        let (plain, _) = shop
            .place(Shop::wish(guest("an@example.com"), &["swim"], 5_000))
            .await;
        shop.wait(HOLD);
        let options = ImportOptions {
            publish: true,
            ..ImportOptions::default()
        };
        let dearer = sample_course("swim", Some("60.00"));
        backend.import(dearer, options).await.expect("imported");
        let refused = backend.resume_order(&staff(), plain).await;
        assert_eq!(
            refusal(refused),
            "error-order-changed",
            "{}",
            shop.test.kind
        );
        shop.check().await;
    }
}

#[tokio::test]
async fn only_its_buyer_goes_on_and_only_with_what_ran_out() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        shop::coupon(backend, "HALF", &percent_off(50)).await;
        let buyer = guest("mei@example.com");
        let order = left(&shop, &buyer, "half").await;
        let stranger = key_of(&guest("mei@example.com"));
        let refused = backend.resume_order(&stranger, order).await;
        assert!(
            matches!(refused, Err(Error::NotFound)),
            "{}",
            shop.test.kind
        );

        // The same wanted anew: that order is the one.
        let (other, _) = shop
            .place(Shop::wish(buyer.clone(), &["walk"], PRICE))
            .await;
        let refused = backend.resume_order(&key_of(&buyer), order).await;
        assert_eq!(refusal(refused), "error-order-other");
        backend
            .cancel_order(&key_of(&buyer), other)
            .await
            .expect("cancelled");
        let refused = backend.resume_order(&key_of(&buyer), other).await;
        assert_eq!(refusal(refused), "error-order-over");
        let way = backend.resume_order(&key_of(&buyer), order).await;
        shop.pay(&way.expect("a way on")).await;
        shop.hear_all().await;
        let paid = backend.resume_order(&key_of(&buyer), order).await;
        assert_eq!(paid.expect("paid"), Next::Done);
        shop.check().await;
    }
}

/// The payer has paid, and nothing was heard of it.
#[tokio::test]
async fn money_for_what_was_begun_before_pays_the_order() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let buyer = guest("mei@example.com");
        let (order, next) = shop
            .place(Shop::wish(buyer.clone(), &["walk"], PRICE))
            .await;
        shop.pay(&next).await;
        shop.wait(HOLD);
        let way = backend.resume_order(&key_of(&buyer), order).await;
        assert_eq!(way.expect("paid"), Next::Done, "{}", shop.test.kind);
        shop.hear_all().await;
        assert_eq!(shop.state(order).await, State::Paid);
        assert_eq!(shop.sandbox_refunded().await, 0);
        shop.check().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn windows_that_place_and_resume_at_once_are_all_answered() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        for course in ["swim", "walk"] {
            let seats = backend.set_seats(&slug(course), Some(100)).await;
            seats.expect("places");
        }
        let buyer = guest("mei@example.com");
        for _ in 0..6 {
            let (order, _) = shop
                .place(Shop::wish(buyer.clone(), &["swim"], 5_000))
                .await;
            shop.wait(HOLD);
            backend.run_checkout_jobs().await;
            let mut windows = Vec::new();
            for _ in 0..3 {
                let (backend, asker) = (backend.clone(), key_of(&buyer));
                windows.push(tokio::spawn(async move {
                    backend.resume_order(&asker, order).await.map(drop)
                }));
                let backend = shop.test.backend.clone();
                let wish = Shop::wish(buyer.clone(), &["swim", "walk"], PRICE + 5_000);
                windows.push(tokio::spawn(async move {
                    backend.place_order(wish).await.map(drop)
                }));
            }
            for window in windows {
                let answer = window.await.expect("a task");
                assert!(
                    matches!(answer, Ok(()) | Err(Error::Invalid(_))),
                    "{}: {answer:?}",
                    shop.test.kind
                );
            }
            shop.check().await;
            shop.wait(HOLD);
            backend.run_checkout_jobs().await;
        }
    }
}
