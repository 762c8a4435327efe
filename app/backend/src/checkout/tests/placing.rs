//! Placing orders: forms, open orders, what may not be bought.

use std::time::Duration;

use domain::money::Money;

use super::*;
use crate::checkout::{HOLD, payment_store as payments, store};

#[tokio::test]
async fn an_order_is_placed_paid_and_opens_its_course() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        let page = shop.page(order).await;
        assert_eq!(page.state, State::AwaitingPayment);
        assert_eq!(page.quote.total, PRICE);
        assert!(page.test && !page.guest && page.held_until.is_some());
        assert!(!shop.is_enrolled(&mei, "walk").await);
        shop.pay(&next).await;
        assert_eq!(shop.hear_all().await, [Came::Paid]);
        let page = shop.page(order).await;
        assert_eq!(page.state, State::Paid);
        let gateway = "sandbox".to_owned();
        assert_eq!(
            kinds(&page),
            [
                &Event::Placed { total: PRICE },
                &Event::PaymentBegun { gateway },
                &Event::Captured { amount: PRICE },
            ]
        );
        assert!(shop.is_enrolled(&mei, "walk").await);
        let backend = &shop.test.backend;
        let mine = backend.orders_of(mei.id).await.expect("orders");
        assert_eq!(
            (mine.len(), mine[0].id, mine[0].state),
            (1, order, State::Paid)
        );
        assert_eq!(mine[0].titles, ["Course walk"]);
        let again = backend.pay_order(&Asker::User(mei.id), order).await;
        assert_eq!(again.expect("nothing to do"), Next::Done);
        shop.check().await;
    }
}

#[tokio::test]
async fn the_same_form_places_one_order_however_often_it_is_sent() {
    for shop in Shop::both().await {
        let buyer = guest("li@example.com");
        let wish = Shop::wish(buyer, &["walk"], PRICE);
        let sent: Vec<_> = (0..8)
            .map(|_| {
                let (backend, wish) = (shop.test.backend.clone(), wish.clone());
                tokio::spawn(async move { backend.place_order(wish).await.expect("placed") })
            })
            .collect();
        let mut placed = Vec::new();
        for task in sent {
            placed.push(task.await.expect("a task"));
        }
        assert!(placed.iter().all(|other| *other == placed[0]), "{placed:?}");
        let orders = shop::number(&shop.test.backend, "SELECT COUNT(*) FROM purchase").await;
        assert_eq!(orders, 1, "{}", shop.test.kind);
        // A browser that sent it twice at once, before it had a key.
        let twice = Place {
            buyer: guest("li@example.com"),
            ..wish.clone()
        };
        let second = key_of(&twice.buyer);
        assert_eq!(shop.place(twice).await.0, placed[0].order);
        for key in [second, key_of(&wish.buyer)] {
            let page = shop.test.backend.order_page(&key, placed[0].order).await;
            assert!(page.is_ok(), "{key:?}");
        }
        let foreign = Place {
            buyer: guest("eve@example.com"),
            ..wish
        };
        assert!(matches!(
            shop.test.backend.place_order(foreign).await,
            Err(Error::NotFound)
        ));
        shop.check().await;
    }
}

#[tokio::test]
async fn two_forms_of_one_buyer_make_one_open_order() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let sent: Vec<_> = (0..6)
            .map(|_| {
                let backend = shop.test.backend.clone();
                let wish = Shop::wish(by(&mei), &["walk"], PRICE);
                tokio::spawn(async move { backend.place_order(wish).await.expect("placed") })
            })
            .collect();
        let mut placed = Vec::new();
        for task in sent {
            placed.push(task.await.expect("a task"));
        }
        assert!(placed.iter().all(|other| *other == placed[0]), "{placed:?}");
        shop.check().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_payment_is_begun_once_however_often_it_is_pressed() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let mei = shop.learner("mei").await;
        let wish = Shop::wish(by(&mei), &["walk"], PRICE);
        let order = backend.place_or_retry(&wish).await.expect("placed");
        // All of them have looked, and found no page to go to yet.
        let mut tx = backend.db.read().await.expect("a transaction");
        let row = store::order(&mut tx, order).await.expect("an answer");
        let row = row.expect("an order");
        let attempts = payments::of_order(&mut tx, order).await;
        let payment = attempts.expect("an answer")[0].id();
        drop(tx);
        let presses: Vec<_> = (0..8)
            .map(|_| {
                let (backend, row) = (backend.clone(), row.clone());
                tokio::spawn(async move { backend.begin_payment(&row, payment).await })
            })
            .collect();
        let mut ways = Vec::new();
        for press in presses {
            ways.push(press.await.expect("a task").expect("a way on"));
        }
        ways.dedup();
        assert_eq!(ways.len(), 1, "{}: one page", shop.test.kind);
        let page = shop.page(order).await;
        let gateway = "sandbox".to_owned();
        assert_eq!(
            kinds(&page),
            [
                &Event::Placed { total: PRICE },
                &Event::PaymentBegun { gateway },
            ],
            "{}",
            shop.test.kind
        );
        shop.pay(&ways[0]).await;
        assert_eq!(shop.hear_all().await, [Came::Paid]);
        shop.check().await;
    }
}

/// The gateway's page was over before the order, and several windows want another.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn in_the_place_of_a_payment_that_ended_there_is_one_other() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let mei = shop.learner("mei").await;
        let (order, first) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        backend.end_payments(order).await;
        let presses: Vec<_> = (0..8)
            .map(|_| {
                let (backend, asker) = (backend.clone(), Asker::User(mei.id));
                tokio::spawn(async move { backend.pay_order(&asker, order).await })
            })
            .collect();
        let mut ways = Vec::new();
        for press in presses {
            ways.push(press.await.expect("a task").expect("a way on"));
        }
        ways.dedup();
        assert_eq!(ways.len(), 1, "{}: one page", shop.test.kind);
        assert_ne!(ways[0], first);
        shop.pay(&ways[0]).await;
        assert!(shop.hear_all().await.contains(&Came::Paid));
        shop.check().await;
    }
}

#[tokio::test]
async fn another_wish_takes_the_place_of_an_open_order() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let coupon = shop::coupon(&shop.test.backend, "TEN", &percent_off(10)).await;
        let (first, _) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        let with_code = Place {
            code: Some("ten".into()),
            ..Shop::wish(by(&mei), &["walk"], PRICE * 9 / 10)
        };
        let (second, next) = shop.place(with_code.clone()).await;
        assert_ne!(first, second);
        assert_eq!(shop.state(first).await, State::Cancelled);
        assert_eq!(shop::counts(&shop.test.backend, coupon).await.held, 1);
        let again = Place {
            form_key: Uuid::now_v7(),
            ..with_code
        };
        assert_eq!(shop.place(again).await, (second, next));
        let both = Shop::wish(by(&mei), &["swim", "walk"], PRICE + 5_000);
        let (third, _) = shop.place(both).await;
        assert_eq!(shop.state(second).await, State::Cancelled);
        assert_eq!(shop.page(third).await.items.len(), 2);
        assert_eq!(shop::counts(&shop.test.backend, coupon).await.held, 0);
        shop.check().await;
    }
}

#[tokio::test]
async fn a_price_that_changed_is_shown_before_anything_is_ordered() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let backend = &shop.test.backend;
        let (open, _) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        for wish in [
            Shop::wish(by(&mei), &["walk"], PRICE - 1),
            Place {
                code: Some("GONE".into()),
                ..Shop::wish(by(&mei), &["walk"], PRICE / 2)
            },
        ] {
            assert_eq!(
                refusal(backend.place_order(wish).await),
                "error-price-changed"
            );
        }
        let old = Place {
            agreement: 7,
            ..Shop::wish(by(&mei), &["walk"], PRICE)
        };
        assert_eq!(
            refusal(backend.place_order(old).await),
            "error-agreement-changed"
        );
        assert_eq!(shop.state(open).await, State::AwaitingPayment, "as it was");
        shop.check().await;
    }
}

#[tokio::test]
async fn what_is_not_for_sale_or_owned_already_is_not_ordered() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let backend = &shop.test.backend;
        shop.buy(by(&mei), "walk", PRICE).await;
        let again = Shop::wish(by(&mei), &["walk"], PRICE);
        assert_eq!(
            refusal(backend.place_order(again).await),
            "error-has-course"
        );
        let hidden = ImportOptions::default();
        let course = sample_course("hidden", Some("9.00"));
        backend.import(course, hidden).await.expect("imported");
        for courses in [&["hidden"][..], &["nowhere"], &[]] {
            let wish = Shop::wish(by(&mei), courses, 900);
            assert!(matches!(
                backend.place_order(wish).await,
                Err(Error::NotFound)
            ));
        }
    }
}

#[tokio::test]
async fn a_course_that_became_free_is_not_sold() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let backend = &shop.test.backend;
        let free = sample_course("walk", None);
        backend
            .import(free, ImportOptions::default())
            .await
            .expect("imported");
        let wish = Shop::wish(by(&mei), &["walk"], PRICE);
        assert!(matches!(
            backend.place_order(wish).await,
            Err(Error::NotFound)
        ));
        backend
            .enrol(mei.id, &slug("walk"))
            .await
            .expect("enrolled");
    }
}

#[tokio::test]
async fn a_coupon_of_a_hundred_percent_opens_the_course_at_once() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let coupon = shop::coupon(&shop.test.backend, "GIFT", &percent_off(100)).await;
        let wish = Place {
            code: Some("GIFT".into()),
            ..Shop::wish(by(&mei), &["walk"], 0)
        };
        let (order, next) = shop.place(wish).await;
        assert_eq!(next, Next::Done);
        assert_eq!(shop.state(order).await, State::Paid);
        assert!(shop.is_enrolled(&mei, "walk").await);
        assert_eq!(shop::counts(&shop.test.backend, coupon).await.redeemed, 1);
        shop.check().await;
    }
}

#[tokio::test]
async fn an_amount_that_the_gateway_never_takes_is_not_ordered() {
    for shop in Shop::both().await {
        let (mei, li) = (shop.learner("mei").await, shop.learner("li").await);
        let backend = &shop.by_stripe();
        let mut course = sample_course("dive", None);
        course.course.price = Some(Money::parse("1.250", "KWD").expect("an amount"));
        let options = ImportOptions {
            publish: true,
            ..ImportOptions::default()
        };
        backend.import(course, options).await.expect("imported");
        let coupon = shop::coupon(backend, "LESS", &percent_off(15)).await;
        let whole = Shop::wish(by(&mei), &["dive"], 1_250);
        let whole = backend.place_or_retry(&whole).await.expect("placed");
        // KWD 1.062: Stripe wants a zero at the end.
        let wish = Place {
            code: Some("LESS".into()),
            ..Shop::wish(by(&mei), &["dive"], 1_062)
        };
        let refused = backend.place_order(wish.clone()).await;
        assert_eq!(refusal(refused), "error-amount-not-taken");
        let orders = shop::number(backend, "SELECT COUNT(*) FROM purchase").await;
        assert_eq!(orders, 1, "{}", shop.test.kind);
        assert_eq!(shop.state(whole).await, State::Draft, "as it was");
        assert_eq!(shop::counts(backend, coupon).await.held, 0);

        // Another gateway takes it, until the school changes to this one.
        let (order, _) = shop.place(wish).await;
        assert_eq!(shop::counts(backend, coupon).await.held, 1);
        shop.wait(HOLD);
        let resumed = backend.resume_order(&Asker::User(mei.id), order).await;
        assert_eq!(refusal(resumed), "error-amount-not-taken");
        assert_eq!(shop.state(order).await, State::Expired);
        assert_eq!(shop::counts(backend, coupon).await.held, 0);

        // Nothing is asked about nothing.
        shop::coupon(backend, "GIFT", &percent_off(100)).await;
        let gift = Place {
            code: Some("GIFT".into()),
            ..Shop::wish(by(&li), &["dive"], 0)
        };
        let placed = backend.place_order(gift).await.expect("placed");
        assert_eq!(placed.next, Next::Done);
        shop.check().await;
    }
}

#[tokio::test]
async fn an_order_is_seen_by_its_buyer_alone() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, eve) = (shop.learner("mei").await, shop.learner("eve").await);
        let li = guest("li@example.com");
        let (of_mei, _) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        let (of_li, _) = shop.place(Shop::wish(li.clone(), &["walk"], PRICE)).await;
        for (asker, order, sees) in [
            (Asker::User(mei.id), of_mei, true),
            (Asker::User(eve.id), of_mei, false),
            (Asker::User(eve.id), of_li, false),
            (key_of(&li), of_li, true),
            (key_of(&li), of_mei, false),
            (key_of(&guest("li@example.com")), of_li, false),
            (Asker::Guest { key: String::new() }, of_li, false),
        ] {
            let seen = backend.order_page(&asker, order).await;
            assert_eq!(seen.is_ok(), sees, "{asker:?}");
            if !sees {
                assert!(matches!(seen, Err(Error::NotFound)));
                assert!(matches!(
                    backend.cancel_order(&asker, order).await,
                    Err(Error::NotFound)
                ));
                assert!(matches!(
                    backend.pay_order(&asker, order).await,
                    Err(Error::NotFound)
                ));
                let asked = backend.request_refund(&asker, order, "mine").await;
                assert!(matches!(asked, Err(Error::NotFound)));
            }
        }
    }
}

#[tokio::test]
async fn an_order_whose_beginning_was_lost_goes_on() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let backend = &shop.test.backend;
        // As it is after a crash between the commit and the gateway's answer.
        let wish = Shop::wish(by(&mei), &["walk"], PRICE);
        let order = backend.place_or_retry(&wish).await.expect("placed");
        assert_eq!(shop.state(order).await, State::Draft);
        let next = backend
            .pay_order(&Asker::User(mei.id), order)
            .await
            .expect("begun");
        assert_eq!(shop.state(order).await, State::AwaitingPayment);
        assert_eq!(shop.place(wish).await, (order, next.clone()));
        shop.pay(&next).await;
        shop.hear_all().await;
        assert_eq!(shop.state(order).await, State::Paid);
        let other = shop.learner("li").await;
        let wish = Shop::wish(by(&other), &["walk"], PRICE);
        let order = backend.place_or_retry(&wish).await.expect("placed");
        shop.wait(Duration::from_secs(200));
        backend.run_checkout_jobs().await;
        assert_eq!(
            shop.state(order).await,
            State::AwaitingPayment,
            "by the job"
        );
        shop.check().await;
    }
}

#[tokio::test]
async fn an_order_is_a_test_by_the_gateway_that_was_paid_whichever_is_set_up_now() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let paid = shop.buy(by(&mei), "walk", PRICE).await;
        shop.wait(Duration::from_secs(1));
        let other = Shop::wish(by(&mei), &["swim"], 5_000);
        let (open, _) = shop.place(other).await;
        // Both were to be paid elsewhere too, or instead.
        shop.second_attempt(paid).await;
        let elsewhere = "UPDATE payment SET gateway = 'stripe' WHERE state = 'begun'";
        shop::run(&shop.test.backend, elsewhere).await;
        let backend = &Backend {
            gateway: shop::silent_gateway(),
            ..shop.test.backend.clone()
        };
        let mine = backend.orders_of(mei.id).await.expect("orders");
        let mut tests = Vec::new();
        for order in [open, paid] {
            let page = backend.order_page(&staff(), order).await.expect("an order");
            tests.push((order, page.test));
        }
        let listed: Vec<_> = mine.iter().map(|order| (order.id, order.test)).collect();
        assert_eq!(listed, tests, "{}", shop.test.kind);
        assert_eq!(tests, [(open, false), (paid, true)]);
    }
}
