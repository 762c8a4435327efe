//! Money that goes back.

use std::time::Duration;

use domain::{
    checkout::{
        finding::{Details, Finding},
        refund::Refundable,
    },
    ids::RefundId,
    money::Money,
    progress::watching,
};

use super::*;
use crate::course::Viewer;

const DAY: Duration = Duration::from_secs(86_400);

#[tokio::test]
async fn a_refund_within_the_rule_is_given_at_once_and_shuts_the_course() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let mei = shop.learner("mei").await;
        let coupon = shop::coupon(backend, "TEN", &percent_off(10)).await;
        let wish = Place {
            code: Some("TEN".into()),
            ..Shop::wish(by(&mei), &["walk"], PRICE * 9 / 10)
        };
        let (order, next) = shop.place(wish).await;
        shop.pay(&next).await;
        shop.hear_all().await;
        let asker = Asker::User(mei.id);
        let page = backend.order_page(&asker, order).await.expect("a page");
        assert!(matches!(page.refundable, Some(Refundable::Until(_))));
        assert!(page.items[0].open);
        assert_eq!(
            refusal(backend.request_refund(&asker, order, " ").await),
            "error-reason-missing"
        );
        backend
            .request_refund(&asker, order, "not for me")
            .await
            .expect("asked");
        let page = backend.order_page(&asker, order).await.expect("a page");
        assert_eq!(
            (page.state, page.refunded),
            (State::Refunded, PRICE * 9 / 10)
        );
        assert_eq!(page.refundable, None);
        assert!(!page.items[0].open);
        assert_eq!(shop.sandbox_refunded().await, PRICE * 9 / 10);
        assert!(!shop.is_enrolled(&mei, "walk").await);
        let counts = shop::counts(backend, coupon).await;
        assert_eq!((counts.held, counts.redeemed), (0, 0), "the coupon is back");
        assert_eq!(shop.hear_all().await, [Came::Known], "the notice of it");
        // Buying again opens it again.
        shop.buy(by(&mei), "walk", PRICE).await;
        assert!(shop.is_enrolled(&mei, "walk").await);
        shop.check().await;
    }
}

/// Takes two minutes, and reports that the film of `walk`, which is as long, was watched from its beginning.
async fn watch(shop: &Shop, user: &User, to_ms: u64) {
    shop.wait(Duration::from_secs(120));
    let event = watching::Event {
        id: Uuid::now_v7().to_string(),
        from_ms: 0,
        to_ms,
        rate: 1.0,
        at_ms: 0,
    };
    let report = watching::Report {
        position_ms: Some(to_ms),
        sent_at_ms: 0,
        events: vec![event],
    };
    let viewer = Viewer {
        user: Some(user.id),
        staff: false,
    };
    shop.test
        .backend
        .report_watching(viewer, &slug("walk"), &slug("film"), "film", report)
        .await
        .expect("taken in");
}

#[tokio::test]
async fn who_has_watched_the_films_has_had_the_course_without_a_quiz() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let mei = shop.learner("mei").await;
        let order = shop.buy(by(&mei), "walk", PRICE).await;
        let asker = Asker::User(mei.id);
        let refundable = async || {
            let page = backend.order_page(&asker, order).await.expect("a page");
            page.refundable.expect("a paid order")
        };
        // Thirty percent are allowed, and thirty are watched.
        watch(&shop, &mei, 36_900).await;
        assert!(matches!(refundable().await, Refundable::Until(_)));
        watch(&shop, &mei, 37_200).await;
        let too_far = Refundable::TooFar { percent: Some(31) };
        assert_eq!(refundable().await, too_far, "{}", shop.test.kind);
        watch(&shop, &mei, 120_000).await;
        // Of the four lessons one is complete: the film's.
        let all = Refundable::TooFar { percent: Some(100) };
        assert_eq!(refundable().await, all, "{}", shop.test.kind);
        backend
            .request_refund(&asker, order, "I have seen it all")
            .await
            .expect("asked");
        let page = shop.page(order).await;
        assert_eq!((page.state, page.refund_requested), (State::Paid, true));
        assert!(shop.is_enrolled(&mei, "walk").await);
    }
}

#[tokio::test]
async fn a_refund_that_is_asked_for_twice_is_given_once() {
    const MAILS: &str = "SELECT COUNT(*) FROM order_mail";
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let mei = shop.learner("mei").await;
        let asker = Asker::User(mei.id);
        let wish = Shop::wish(by(&mei), &["swim"], 5_000);
        let (open, _) = shop.place(wish).await;
        let unpaid = backend.request_refund(&asker, open, "not for me").await;
        assert_eq!(refusal(unpaid), "error-refund-nothing");

        let order = shop.buy(by(&mei), "walk", PRICE).await;
        let mails = shop::number(backend, MAILS).await;
        // The gateway is away: the refund is on its way and stays so.
        let away = Backend {
            gateway: shop::silent_gateway(),
            ..backend.clone()
        };
        for _ in 0..2 {
            let asked = away.request_refund(&asker, order, "not for me").await;
            asked.expect("asked");
        }
        assert_eq!(shop.state(order).await, State::Paid);
        shop.wait(DAY);
        backend.run_checkout_jobs().await;
        assert_eq!(shop.state(order).await, State::Refunded);
        let presses = (0..4).map(|_| backend.request_refund(&asker, order, "not for me"));
        for asked in futures::future::join_all(presses).await {
            asked.expect("asked");
        }
        assert_eq!(shop.sandbox_refunded().await, PRICE, "{}", shop.test.kind);
        let page = shop.page(order).await;
        assert_eq!(page.timeline.len(), 6, "{:?}", page.timeline);
        assert_eq!(shop::number(backend, MAILS).await, mails + 1);
    }
}

#[tokio::test]
async fn outside_of_the_rule_staff_decides() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let order = shop.buy(by(&mei), "walk", PRICE).await;
        shop.wait(DAY * 14);
        let asker = Asker::User(mei.id);
        let page = backend.order_page(&asker, order).await.expect("a page");
        assert!(matches!(page.refundable, Some(Refundable::TooLate { .. })));
        for _ in 0..3 {
            backend
                .request_refund(&asker, order, "please")
                .await
                .expect("asked");
        }
        let page = backend.order_page(&asker, order).await.expect("a page");
        assert_eq!((page.state, page.refund_requested), (State::Paid, true));
        assert_eq!(page.timeline.len(), 4, "asked once");
        backend
            .decline_refund(staff.id, order, "too late")
            .await
            .expect("declined");
        let none = backend.decline_refund(staff.id, order, "too late").await;
        assert!(matches!(none, Err(Error::NotFound)));
        assert!(!shop.page(order).await.refund_requested);
        let by_whom = |page: OrderPage| page.timeline.last().and_then(|step| step.by.clone());
        assert_eq!(by_whom(shop.page(order).await), Some("Mei Chen".into()));
        let page = backend.order_page(&asker, order).await.expect("a page");
        assert_eq!(by_whom(page), None, "learners do not learn who");
        assert!(shop.is_enrolled(&mei, "walk").await);
    }
}

#[tokio::test]
async fn parts_are_paid_back_until_nothing_is_left() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let order = shop.buy(by(&mei), "walk", PRICE).await;
        let refund = |amount| backend.refund_order(staff.id, order, amount, false, "goodwill");
        for wrong in [0, -1, PRICE + 1] {
            assert_eq!(refusal(refund(Some(wrong)).await), "error-refund-amount");
        }
        refund(Some(5_000)).await.expect("refunded");
        let page = shop.page(order).await;
        assert_eq!((page.state, page.refunded), (State::PartlyRefunded, 5_000));
        assert!(shop.is_enrolled(&mei, "walk").await, "a part shuts nothing");
        assert_eq!(
            refusal(refund(Some(PRICE - 4_999)).await),
            "error-refund-amount"
        );
        refund(None).await.expect("refunded");
        let page = shop.page(order).await;
        assert_eq!((page.state, page.refunded), (State::Refunded, PRICE));
        assert!(!shop.is_enrolled(&mei, "walk").await, "all of it does");
        assert_eq!(refusal(refund(None).await), "error-refund-nothing");
        shop.check().await;
    }
}

#[tokio::test]
async fn ten_refunds_at_once_give_back_what_there_is() {
    for shop in Shop::both().await {
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let order = shop.buy(by(&mei), "walk", PRICE).await;
        let tasks: Vec<_> = (0..10)
            .map(|_| {
                let backend = shop.test.backend.clone();
                let part = Some(PRICE / 3);
                tokio::spawn(async move {
                    backend
                        .refund_order(staff.id, order, part, false, "goodwill")
                        .await
                })
            })
            .collect();
        let mut given = 0;
        for task in tasks {
            match task.await.expect("a task") {
                Ok(()) => given += 1,
                refused => {
                    let why = refusal(refused);
                    assert!(
                        why == "error-refund-amount" || why == "error-refund-nothing",
                        "{why}"
                    );
                }
            }
        }
        assert_eq!(given, 3, "{}", shop.test.kind);
        shop.test.backend.run_checkout_jobs().await;
        assert_eq!(shop.page(order).await.refunded, PRICE / 3 * 3);
        assert_eq!(shop.sandbox_refunded().await, PRICE / 3 * 3);
        shop.check().await;
    }
}

#[tokio::test]
async fn an_order_that_cost_nothing_is_taken_back_without_money() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        shop::coupon(backend, "GIFT", &percent_off(100)).await;
        let wish = Place {
            code: Some("GIFT".into()),
            ..Shop::wish(by(&mei), &["walk"], 0)
        };
        let (order, _) = shop.place(wish).await;
        let refund = backend
            .refund_order(staff.id, order, None, true, "a mistake")
            .await;
        refund.expect("taken back");
        assert_eq!(shop.state(order).await, State::Refunded);
        assert!(!shop.is_enrolled(&mei, "walk").await);
        shop.check().await;
    }
}

#[tokio::test]
async fn a_refund_that_the_gateway_refuses_is_told_to_staff() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let order = shop.buy(by(&mei), "walk", PRICE).await;
        shop::empty_sandbox(backend).await;
        let refund = backend
            .refund_order(staff.id, order, None, true, "as asked")
            .await;
        refund.expect("written down");
        let page = shop.page(order).await;
        assert_eq!(page.state, State::Paid);
        assert_eq!(
            kinds(&page).last(),
            Some(&&Event::RefundFailed { amount: PRICE })
        );
        assert!(
            shop.is_enrolled(&mei, "walk").await,
            "who was not paid back keeps the course"
        );
        let findings = "SELECT COUNT(*) FROM payment_finding WHERE kind = 'refund-refused'";
        assert_eq!(shop::number(backend, findings).await, 1);
        backend.run_checkout_jobs().await;
        assert_eq!(shop::number(backend, findings).await, 1);
        let found = backend.console_findings(crate::console::Eyes::Admin).await;
        let Details::Typed(Finding::RefundRefused { amount, why }) =
            found.expect("findings").remove(0).details
        else {
            panic!("{}: of another kind", shop.test.kind);
        };
        assert_eq!(amount, page.total());
        assert!(!why.is_empty());
    }
}

/// What the gateway says of a refund that was made from here.
fn news_of(refund: RefundId, payment: &Next, amount: Money, done: bool) -> News {
    News::Refund {
        reference: "re_1".into(),
        refund: Some(refund),
        capture: Some(reference(payment)),
        amount,
        done,
    }
}

async fn only_refund(shop: &Shop) -> RefundId {
    let mut tx = shop.test.backend.db.read().await.expect("a transaction");
    let id: Uuid = crate::db::scalar!(&mut tx, fetch_one, "SELECT id FROM refund").expect("one");
    RefundId(id)
}

#[tokio::test]
async fn a_refund_that_comes_back_is_told_to_staff_once() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        shop.pay(&next).await;
        shop.hear_all().await;
        let refund = backend.refund_order(staff.id, order, None, true, "as asked");
        refund.await.expect("paid back");
        let amount = shop.page(order).await.total();
        let failed = news_of(only_refund(&shop).await, &next, amount, false);
        assert_eq!(shop.hear(&failed).await, Came::Noted, "{}", shop.test.kind);
        assert_eq!(shop.hear(&failed).await, Came::Known);
        let findings =
            "SELECT COUNT(*) FROM payment_finding WHERE kind = 'refund-came-back' AND NOT healed";
        assert_eq!(shop::number(backend, findings).await, 1);
        assert_eq!(shop.state(order).await, State::Refunded);
    }
}

#[tokio::test]
async fn a_refund_that_failed_is_not_settled_by_an_older_notice() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        shop.pay(&next).await;
        shop.hear_all().await;
        let amount = shop.page(order).await.total();
        shop::empty_sandbox(backend).await;
        let refund = backend.refund_order(staff.id, order, None, true, "as asked");
        refund.await.expect("written down");
        // As if the gateway had only taken it as a task.
        shop::run(backend, "UPDATE refund SET state = 'sent'").await;
        let id = only_refund(&shop).await;
        let failed = news_of(id, &next, amount, false);
        assert_eq!(shop.hear(&failed).await, Came::Noted, "{}", shop.test.kind);
        let done = news_of(id, &next, amount, true);
        assert_eq!(shop.hear(&done).await, Came::Known);
        assert_eq!(shop.state(order).await, State::Paid);
        assert!(shop.is_enrolled(&mei, "walk").await);
    }
}

#[tokio::test]
async fn a_dispute_that_is_lost_is_a_refund_by_the_bank() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let (mei, staff) = (shop.learner("mei").await, shop.learner("staff").await);
        let coupon = shop::coupon(backend, "TEN", &percent_off(10)).await;
        let total = PRICE * 9 / 10;
        let wish = Place {
            code: Some("TEN".into()),
            ..Shop::wish(by(&mei), &["walk"], total)
        };
        let (order, next) = shop.place(wish).await;
        shop.pay(&next).await;
        shop.hear_all().await;
        let part = backend.refund_order(staff.id, order, Some(1_000), false, "goodwill");
        part.await.expect("paid back");
        shop.hear_all().await;
        let lost = News::DisputeClosed {
            capture: reference(&next),
            won: false,
        };
        for _ in 0..2 {
            assert_eq!(shop.hear(&lost).await, Came::Noted, "{}", shop.test.kind);
            let page = shop.page(order).await;
            assert_eq!((page.state, page.refunded), (State::Refunded, total));
        }
        assert!(!shop.is_enrolled(&mei, "walk").await);
        assert_eq!(
            shop::counts(backend, coupon).await.redeemed,
            1,
            "it is used"
        );
        let by_bank = "SELECT amount_minor FROM refund WHERE reason = 'dispute' AND state = 'done'";
        assert_eq!(shop::number(backend, by_bank).await, total - 1_000);
        assert_eq!(shop.sandbox_refunded().await, 1_000, "nothing is sent");
        shop.check().await;
    }
}

#[tokio::test]
async fn money_that_was_paid_back_at_the_gateway_counts() {
    for shop in Shop::both().await {
        let mei = shop.learner("mei").await;
        let (order, next) = shop.place(Shop::wish(by(&mei), &["walk"], PRICE)).await;
        shop.pay(&next).await;
        shop.hear_all().await;
        let amount = shop.page(order).await.total();
        let refunded = News::Refund {
            reference: "made-there".into(),
            refund: None,
            capture: Some(reference(&next)),
            amount,
            done: true,
        };
        assert_eq!(shop.hear(&refunded).await, Came::Noted);
        assert_eq!(shop.hear(&refunded).await, Came::Known);
        let page = shop.page(order).await;
        assert_eq!((page.state, page.refunded), (State::Refunded, PRICE));
        assert!(!shop.is_enrolled(&mei, "walk").await);
    }
}
