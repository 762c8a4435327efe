//! Money that arrives: in time, late, twice, wrong, and with nobody telling.

use std::time::Duration;

use domain::{
    checkout::{
        finding::{Details, Disputed, Finding},
        order::WhyReturned,
    },
    money::Money,
};

use super::*;
use crate::{
    checkout::HOLD,
    ports::payment::{Standing, Which},
};

const LONGER: Duration = Duration::from_secs(HOLD.as_secs() + 1);

fn declined(next: &Next) -> News {
    News::Declined {
        which: Which {
            reference: Some(reference(next)),
            payment: None,
        },
    }
}

#[tokio::test]
async fn payment_notices_replayed_reordered_late_and_for_unknown_orders() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        assert_eq!(shop.hear(&declined(&next)).await, Came::Noted);
        shop.pay(&next).await;
        let news = shop.news().await.remove(0);
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (backend, news) = (shop.test.backend.clone(), news.clone());
                tokio::spawn(async move {
                    let mut tx = backend.db.write().await.expect("a transaction");
                    let came = take_in(&mut tx, "sandbox", &news, backend.clock.now()).await;
                    tx.commit().await.expect("committed");
                    came.expect("taken in")
                })
            })
            .collect();
        let mut came = Vec::new();
        for task in tasks {
            came.push(task.await.expect("a task"));
        }
        came.sort_by_key(|came| came.as_str());
        assert_eq!(came.iter().filter(|came| **came == Came::Paid).count(), 1);
        assert_eq!(came.iter().filter(|came| **came == Came::Known).count(), 7);
        for _ in 0..100 {
            assert_eq!(shop.hear(&news).await, Came::Known);
        }
        // What happened before the payment is heard of after it.
        assert_eq!(shop.hear(&declined(&next)).await, Came::Known);
        let ended = News::Payment {
            which: Which {
                reference: Some(reference(&next)),
                payment: None,
            },
            standing: Standing::Ended,
        };
        shop.hear(&ended).await;
        assert_eq!(shop.state(order).await, State::Paid);
        let foreign = News::Payment {
            which: Which {
                reference: Some("nobody's".into()),
                payment: Some(domain::ids::PaymentId(Uuid::now_v7())),
            },
            standing: Standing::Ended,
        };
        assert_eq!(shop.hear(&foreign).await, Came::Unknown);
        assert_eq!(shop.page(order).await.timeline.len(), 4);
        shop.check().await;
    }
}

#[tokio::test]
async fn expiry_during_payment() {
    for shop in Shop::both().await {
        let (mei, li) = (shop.learner("mei").await, shop.learner("li").await);
        let backend = &shop.test.backend;
        let terms = Terms {
            limit: Some(1),
            ..percent_off(10)
        };
        let coupon = shop::coupon(backend, "LAST", &terms).await;
        let wish = |user: &User| Place {
            code: Some("LAST".into()),
            ..Shop::wish(by(user), &["walk"], PRICE * 9 / 10)
        };
        let (first, next) = shop.place(wish(&mei)).await;
        // Paid in the last second, heard of when the order is over and its coupon is somebody else's.
        shop.pay(&next).await;
        shop.wait(LONGER);
        let (second, _) = shop.place(wish(&li)).await;
        assert_eq!(shop.state(first).await, State::Expired);
        let back = Came::Returned(WhyReturned::LimitReached);
        assert_eq!(shop.hear_all().await, [back]);
        assert_eq!(shop.state(first).await, State::Expired);
        assert!(!shop.is_enrolled(&mei, "walk").await);
        backend.run_checkout_jobs().await;
        assert_eq!(shop.sandbox_refunded().await, PRICE * 9 / 10);
        assert_eq!(shop.state(second).await, State::AwaitingPayment);
        assert_eq!(shop::counts(backend, coupon).await.held, 1);
        shop.check().await;
    }
}

#[tokio::test]
async fn a_capture_that_arrives_late() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let backend = &shop.test.backend;
        let coupon = shop::coupon(backend, "TEN", &percent_off(10)).await;
        let wish = Place {
            code: Some("TEN".into()),
            ..Shop::wish(by(&mei), &["walk"], PRICE * 9 / 10)
        };
        let (order, next) = shop.place(wish).await;
        shop.pay(&next).await;
        let news = shop.news().await.remove(0);
        shop.wait(LONGER);
        assert_eq!(shop.state(order).await, State::Expired);
        assert_eq!(shop::counts(backend, coupon).await.held, 0);
        assert_eq!(shop.hear(&news).await, Came::PaidLate);
        let page = shop.page(order).await;
        assert_eq!(page.state, State::Paid);
        let late = Event::LateCapture {
            amount: PRICE * 9 / 10,
        };
        assert!(kinds(&page).contains(&&late));
        assert!(shop.is_enrolled(&mei, "walk").await);
        let counts = shop::counts(backend, coupon).await;
        assert_eq!((counts.held, counts.redeemed), (0, 1));
        shop.check().await;
    }
}

#[tokio::test]
async fn a_double_payment_of_one_order_is_paid_back() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        shop.pay(&next).await;
        // A second attempt was begun before the first was heard of.
        let second = shop.second_attempt(order).await;
        shop.pay(&second).await;
        let came = shop.hear_all().await;
        assert_eq!(came, [Came::Paid, Came::Returned(WhyReturned::PaidTwice)]);
        shop.test.backend.run_checkout_jobs().await;
        let page = shop.page(order).await;
        assert_eq!((page.state, page.refunded), (State::Paid, 0));
        assert_eq!(shop.sandbox_refunded().await, PRICE);
        assert!(shop.is_enrolled(&mei, "walk").await);
        shop.hear_all().await;
        assert_eq!(shop.state(order).await, State::Paid);
        shop.check().await;
    }
}

#[tokio::test]
async fn a_wrong_amount_pays_nothing_and_goes_back() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        let standing = |minor, currency| Standing::Captured {
            capture: format!("wrong-{minor}"),
            amount: Money { minor, currency },
        };
        let cny = domain::money::Currency::CNY;
        let news = News::Payment {
            which: Which {
                reference: Some(reference(&next)),
                payment: None,
            },
            standing: standing(1, cny),
        };
        let back = Came::Returned(WhyReturned::WrongAmount);
        assert_eq!(shop.hear(&news).await, back);
        assert_eq!(shop.state(order).await, State::AwaitingPayment);
        assert!(!shop.is_enrolled(&mei, "walk").await);
        // The order can still be paid, by another attempt.
        let asker = Asker::User(mei.id);
        let next = shop
            .test
            .backend
            .pay_order(&asker, order)
            .await
            .expect("begun");
        shop.pay(&next).await;
        assert_eq!(shop.hear_all().await, [Came::Paid]);
    }
}

#[tokio::test]
async fn reconciliation_heals_what_nobody_told() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let backend = &shop.test.backend;
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        let sandbox = shop.sandbox();
        sandbox
            .pay(&reference(&next), Delivery::Never)
            .await
            .expect("paid");
        backend.run_checkout_jobs().await;
        assert_eq!(
            shop.state(order).await,
            State::AwaitingPayment,
            "too early to ask"
        );
        shop.wait(Duration::from_secs(200));
        backend.run_checkout_jobs().await;
        let page = shop.page(order).await;
        assert_eq!(page.state, State::Paid);
        assert_eq!(kinds(&page).last(), Some(&&Event::Healed));
        assert!(shop.is_enrolled(&mei, "walk").await);
        let findings =
            "SELECT COUNT(*) FROM payment_finding WHERE healed AND kind = 'missed-capture'";
        assert_eq!(shop::number(backend, findings).await, 1);
        backend.run_checkout_jobs().await;
        assert_eq!(shop::number(backend, findings).await, 1);
        shop.check().await;
    }
}

#[tokio::test]
async fn an_order_that_ends_cannot_be_paid_any_more() {
    for shop in Shop::both().await {
        let (mei, li) = (shop.learner("mei").await, shop.learner("li").await);
        let backend = &shop.test.backend;
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        let asker = Asker::User(mei.id);
        backend
            .cancel_order(&asker, order)
            .await
            .expect("cancelled");
        assert_eq!(shop.state(order).await, State::Cancelled);
        shop.pay(&next).await;
        assert_eq!(shop.hear_all().await, [], "the page was ended");
        assert_eq!(
            refusal(backend.cancel_order(&asker, order).await),
            "error-order-over"
        );
        assert_eq!(
            refusal(backend.pay_order(&asker, order).await),
            "error-order-over"
        );
        // So is the page of one whose time is over, as soon as the job has been there.
        let (_, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        shop.wait(LONGER);
        backend.run_checkout_jobs().await;
        backend.run_checkout_jobs().await;
        shop.pay(&next).await;
        assert_eq!(shop.hear_all().await, []);
        // One that was paid while it was cancelled is paid.
        let (order, next) = shop.place(Shop::wish(by(&li), &["walk"], PRICE)).await;
        shop.pay(&next).await;
        let cancelled = backend.cancel_order(&Asker::User(li.id), order).await;
        assert_eq!(refusal(cancelled), "error-order-over");
        assert_eq!(shop.state(order).await, State::Paid);
        assert_eq!(shop.hear_all().await, [Came::Known]);
        shop.check().await;
    }
}

#[tokio::test]
async fn a_course_that_came_by_another_order_is_paid_back() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let (first, at_home) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        // On another device, without signing in.
        let other = guest(mei.email.as_str());
        let (second, elsewhere) = shop.place(Shop::wish(other, &["walk"], PRICE)).await;
        shop.pay(&at_home).await;
        shop.pay(&elsewhere).await;
        let back = Came::Returned(WhyReturned::HasCourse);
        assert_eq!(shop.hear_all().await, [Came::Paid, back]);
        assert_eq!(shop.state(first).await, State::Paid);
        assert_eq!(shop.state(second).await, State::Cancelled);
        shop.test.backend.run_checkout_jobs().await;
        assert_eq!(shop.sandbox_refunded().await, PRICE);
        shop.check().await;
    }
}

#[tokio::test]
async fn two_orders_of_one_buyer_that_are_paid_at_once_count_once() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let mei = shop.learner("mei").await;
        for (first, second) in [
            (by(&mei), guest(mei.email.as_str())),
            (guest("li@example.com"), guest("li@example.com")),
        ] {
            let (_, at_home) = shop.place(Shop::wish(first, &["walk"], PRICE)).await;
            let (_, elsewhere) = shop.place(Shop::wish(second, &["walk"], PRICE)).await;
            shop.pay(&at_home).await;
            shop.pay(&elsewhere).await;
            let news = shop.news().await;
            let now = backend.clock.now();
            let mut tx = backend.db.write().await.expect("a transaction");
            let came = take_in(&mut tx, "sandbox", &news[0], now).await;
            assert_eq!(came.expect("taken in"), Came::Paid);
            let other = tokio::spawn({
                let (backend, news) = (backend.clone(), news[1].clone());
                async move {
                    let mut tx = backend.db.write().await.expect("a transaction");
                    let came = take_in(&mut tx, "sandbox", &news, now).await;
                    tx.commit().await.expect("committed");
                    came.expect("taken in")
                }
            });
            // Time for it to look, if nothing held it.
            tokio::time::sleep(Duration::from_millis(300)).await;
            tx.commit().await.expect("committed");
            let back = Came::Returned(WhyReturned::HasCourse);
            assert_eq!(other.await.expect("a task"), back, "{}", shop.test.kind);
        }
        shop.test.backend.run_checkout_jobs().await;
        shop.check().await;
    }
}

#[tokio::test]
async fn a_dispute_is_written_down() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        shop.pay(&next).await;
        shop.hear_all().await;
        let amount = shop.page(order).await.total();
        let capture = reference(&next);
        let opened = News::DisputeOpened {
            capture: capture.clone(),
            amount,
        };
        assert_eq!(shop.hear(&opened).await, Came::Noted);
        let closed = News::DisputeClosed {
            capture,
            won: false,
        };
        assert_eq!(shop.hear(&closed).await, Came::Noted);
        let page = shop.page(order).await;
        assert_eq!(page.state, State::Refunded);
        let closed = Event::DisputeClosed { won: false };
        assert!(kinds(&page).contains(&&closed));
        let backend = &shop.test.backend;
        let found = backend.console_findings(crate::console::Eyes::Admin).await;
        let found = found.expect("findings").into_iter();
        // At the same moment, so in either order.
        let details: Vec<Details> = found.map(|one| one.details).collect();
        for stage in [Disputed::Opened { amount }, Disputed::Lost] {
            let finding = Details::Typed(Finding::Dispute { stage });
            assert!(details.contains(&finding), "{details:?}");
        }
        let unknown = News::DisputeClosed {
            capture: "nobody's".into(),
            won: true,
        };
        assert_eq!(shop.hear(&unknown).await, Came::Unknown);
    }
}
