//! Notices as they come from a gateway: signed, kept, and processed once.

use std::time::Duration;

use domain::checkout::{order::State, sandbox::Delivery};
use http::HeaderMap;

use super::{Asker, Shop, by, guest, reference};
use crate::{
    Error,
    testing::shop::{number, run},
};

const OPEN: &str = "SELECT COUNT(*) FROM payment_notice WHERE processed_at IS NULL";

impl Shop {
    /// What the bank says about a payment that was made, and how it signs that.
    async fn paid_notice(&self, next: &super::Next) -> (String, HeaderMap) {
        let body = self
            .sandbox()
            .pay(&reference(next), Delivery::Never)
            .await
            .expect("paid")
            .expect("open");
        let headers = self.sandbox().sign(body.as_bytes()).expect("signed");
        (body, headers)
    }
}

#[tokio::test]
async fn a_notice_that_could_not_be_processed_is_kept_and_tried_again() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let wish = Shop::wish(guest("mei@example.com"), &["walk"], super::PRICE);
        let (order, next) = shop.place(wish).await;
        let (body, headers) = shop.paid_notice(&next).await;
        // A defect of ours, found only when the money is there.
        run(
            backend,
            "ALTER TABLE entitlement RENAME TO entitlement_gone",
        )
        .await;
        let taken = backend
            .take_notice("sandbox", &headers, body.as_bytes(), "")
            .await;
        taken.expect("safe");
        assert_eq!(number(backend, OPEN).await, 1, "{}", shop.test.kind);
        let tries = "SELECT tries FROM payment_notice";
        assert_eq!(number(backend, tries).await, 1);
        run(
            backend,
            "ALTER TABLE entitlement_gone RENAME TO entitlement",
        )
        .await;
        // Not over and over.
        backend.process_notices().await.expect("nothing to do");
        assert_eq!(number(backend, OPEN).await, 1, "{}", shop.test.kind);
        shop.wait(Duration::from_secs(30));
        backend.process_notices().await.expect("done");
        assert_eq!(number(backend, OPEN).await, 0, "{}", shop.test.kind);
        assert_eq!(shop.state(order).await, State::Paid);
        shop.check().await;
    }
}

#[tokio::test]
async fn a_notice_that_never_can_be_processed_is_given_up() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let wish = Shop::wish(guest("mei@example.com"), &["walk"], super::PRICE);
        let (order, next) = shop.place(wish).await;
        let (body, headers) = shop.paid_notice(&next).await;
        run(
            backend,
            "ALTER TABLE entitlement RENAME TO entitlement_gone",
        )
        .await;
        let taken = backend
            .take_notice("sandbox", &headers, body.as_bytes(), "")
            .await;
        taken.expect("safe");
        for _ in 0..super::super::notice_store::MAX_TRIES {
            shop.wait(Duration::from_secs(6 * 3600));
            backend.process_notices().await.expect("tried");
        }
        assert_eq!(number(backend, OPEN).await, 0, "{}", shop.test.kind);
        run(
            backend,
            "ALTER TABLE entitlement_gone RENAME TO entitlement",
        )
        .await;
        // The gateway is asked instead.
        backend.run_checkout_jobs().await;
        assert_eq!(shop.state(order).await, State::Paid);
    }
}

#[tokio::test]
async fn only_the_gateway_that_the_school_is_paid_by_is_heard() {
    let shop = Shop::both().await.remove(0);
    let backend = &shop.test.backend;
    for gateway in ["stripe", "", "Sandbox"] {
        let taken = backend
            .take_notice(gateway, &HeaderMap::new(), b"{}", "1.2.3.4")
            .await;
        assert!(matches!(taken, Err(Error::NotFound)), "{gateway}");
    }
}

#[tokio::test]
async fn the_job_delivers_what_the_sandbox_has_to_say_once() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        for (delivery, at_once, later) in [
            (Delivery::First, State::Paid, State::Paid),
            (Delivery::Twice, State::Paid, State::Paid),
            (Delivery::After, State::AwaitingPayment, State::Paid),
            (Delivery::Late, State::AwaitingPayment, State::Paid),
        ] {
            let email = format!("{}@example.com", delivery.as_str());
            let wish = Shop::wish(guest(&email), &["walk"], super::PRICE);
            let (order, next) = shop.place(wish).await;
            let back = backend.pay_in_sandbox(&reference(&next), delivery).await;
            assert_eq!(back.expect("paid"), format!("/orders/{order}?paid=1"));
            assert_eq!(shop.page(order).await.state, at_once, "{delivery:?}");
            for _ in 0..3 {
                shop.wait(Duration::from_secs(20));
                backend.run_checkout_jobs().await;
            }
            assert_eq!(shop.page(order).await.state, later, "{delivery:?}");
        }
        assert_eq!(
            number(backend, "SELECT COUNT(*) FROM sandbox_notice").await,
            0
        );
        assert_eq!(
            number(backend, "SELECT COUNT(*) FROM payment_notice").await,
            4
        );
        shop.check().await;
    }
}

#[tokio::test]
async fn payments_of_a_gateway_that_is_not_set_up_stay_as_they_are() {
    const BEGUN: &str = "SELECT COUNT(*) FROM payment WHERE state = 'begun' AND gateway = 'stripe'";
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let mei = shop.learner("mei").await;
        let (order, _) = shop
            .place(Shop::wish(by(&mei), &["walk"], super::PRICE))
            .await;
        run(backend, "UPDATE payment SET gateway = 'stripe'").await;
        shop.wait(Duration::from_secs(240));
        backend.run_checkout_jobs().await;
        assert_eq!(number(backend, BEGUN).await, 1, "{}", shop.test.kind);
        // Until then it is paid here.
        let asker = Asker::User(mei.id);
        let next = backend.pay_order(&asker, order).await.expect("a way");
        shop.pay(&next).await;
        shop.hear_all().await;
        assert_eq!(shop.state(order).await, State::Paid);
        let other = Shop::wish(by(&mei), &["swim"], 5_000);
        let (order, _) = shop.place(other).await;
        run(
            backend,
            "UPDATE payment SET gateway = 'stripe' WHERE state = 'begun'",
        )
        .await;
        backend
            .cancel_order(&asker, order)
            .await
            .expect("cancelled");
        assert_eq!(number(backend, BEGUN).await, 2);
    }
}

#[tokio::test]
async fn a_gateway_that_does_not_answer_is_asked_once_a_turn() {
    const ASKED: &str = "SELECT COUNT(*) FROM payment WHERE checked_at > begun_at";
    // One try counts when it begins and when it is put off.
    const TWICE: &str = "SELECT COUNT(*) FROM refund WHERE tries > 2";
    for shop in Shop::both().await {
        let staff = shop.learner("staff").await;
        let backend = &shop.by_stripe();
        let mut orders = Vec::new();
        for n in 0..3 {
            let buyer = || guest(&format!("g{n}@example.com"));
            shop.place(Shop::wish(buyer(), &["swim"], 5_000)).await;
            orders.push(shop.buy(buyer(), "walk", super::PRICE).await);
        }
        run(backend, "UPDATE payment SET gateway = 'stripe'").await;
        for order in orders {
            let refund = backend.refund_order(staff.id, order, None, true, "as asked");
            refund.await.expect("written down");
        }
        assert_eq!(number(backend, TWICE).await, 0);
        shop.wait(Duration::from_secs(240));
        backend.run_checkout_jobs().await;
        assert_eq!(number(backend, ASKED).await, 1, "{}", shop.test.kind);
        assert_eq!(number(backend, TWICE).await, 1, "{}", shop.test.kind);
    }
}

#[tokio::test]
async fn a_payment_that_the_gateway_does_not_know_is_over() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let wish = Shop::wish(guest("mei@example.com"), &["walk"], super::PRICE);
        shop.place(wish).await;
        run(backend, "UPDATE payment SET reference = 'gone'").await;
        shop.wait(Duration::from_secs(3600));
        backend.run_checkout_jobs().await;
        let ended = "SELECT COUNT(*) FROM payment WHERE state = 'ended'";
        assert_eq!(number(backend, ended).await, 1, "{}", shop.test.kind);
    }
}

#[tokio::test]
async fn money_that_nobody_told_of_is_found_by_asking() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let wish = Shop::wish(guest("mei@example.com"), &["walk"], super::PRICE);
        let (order, next) = shop.place(wish).await;
        backend
            .pay_in_sandbox(&reference(&next), Delivery::Never)
            .await
            .expect("paid");
        backend.run_checkout_jobs().await;
        assert_eq!(shop.state(order).await, State::AwaitingPayment);
        shop.wait(Duration::from_secs(240));
        backend.run_checkout_jobs().await;
        assert_eq!(shop.state(order).await, State::Paid, "{}", shop.test.kind);
    }
}
