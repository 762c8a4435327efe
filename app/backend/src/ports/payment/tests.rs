//! The sandbox keeps what the port promises, on both databases.

use std::time::Duration;

use domain::{
    checkout::sandbox::{Delivery, SandboxState},
    ids::{OrderId, PaymentId, RefundId},
    money::Money,
};
use uuid::Uuid;

use super::{
    BadNotice, Begin, News, PaidBack, PayBack, Standing,
    sandbox::{LATE, Sandbox},
};
use crate::{Error, testing::TestBackend};

fn sandbox(test: &TestBackend) -> &Sandbox {
    test.backend.gateway.sandbox().expect("tests have it")
}

fn money(amount: &str) -> Money {
    Money::parse(amount, "CNY").expect("an amount")
}

fn begin(test: &TestBackend) -> Begin {
    Begin {
        payment: PaymentId(Uuid::now_v7()),
        order: OrderId(Uuid::now_v7()),
        amount: money("199.00"),
        description: "Git with confidence".to_owned(),
        email: "mei@example.com".to_owned(),
        language: "en".to_owned(),
        return_url: "http://localhost/orders/1".to_owned(),
        expires_at: test.backend.clock.now() + Duration::from_secs(1800),
    }
}

#[tokio::test]
async fn a_payment_is_begun_once_for_its_key() {
    for test in TestBackend::both().await {
        let gateway = &test.backend.gateway;
        let payment = begin(&test);
        let tries = (0..8).map(|_| gateway.begin(&payment));
        let begun = futures::future::try_join_all(tries).await.expect("begun");
        assert!(
            begun.windows(2).all(|two| two[0] == two[1]),
            "{}",
            test.kind
        );
        let other = gateway.begin(&begin(&test)).await.expect("begun");
        assert_ne!(other.reference, begun[0].reference);
        assert_eq!(
            gateway.standing(&other.reference).await.expect("known"),
            Standing::Open
        );
        let unknown = gateway.standing("sandbox_made-up").await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{}", test.kind);
    }
}

#[tokio::test]
async fn what_is_over_cannot_be_paid_and_what_is_paid_cannot_be_ended() {
    for test in TestBackend::both().await {
        let gateway = &test.backend.gateway;
        let (first, second, third) = (begin(&test), begin(&test), begin(&test));
        let begun = |payment: Begin| async move { gateway.begin(&payment).await.expect("begun") };
        let (first, second, third) = (begun(first).await, begun(second).await, begun(third).await);
        let pay = async |reference: &str| {
            sandbox(&test)
                .pay(reference, Delivery::First)
                .await
                .expect("an answer")
                .is_some()
        };
        assert!(pay(&first.reference).await);
        assert!(!pay(&first.reference).await, "twice");
        let captured = Standing::Captured {
            capture: first.reference.clone(),
            amount: money("199.00"),
        };
        assert_eq!(
            gateway.end(&first.reference).await.expect("known"),
            captured
        );
        let ended = gateway.end(&second.reference).await.expect("known");
        assert_eq!(ended, Standing::Ended);
        assert!(!pay(&second.reference).await, "ended");
        test.backend.clock.advance(Duration::from_secs(1800));
        let expired = gateway.standing(&third.reference).await.expect("known");
        assert_eq!(expired, Standing::Ended);
        assert!(!pay(&third.reference).await, "expired");
        let page = sandbox(&test).look(&third.reference).await.expect("known");
        assert_eq!(page.state, SandboxState::Ended);
        assert_eq!(page.return_url, "/orders/1");
    }
}

#[tokio::test]
async fn money_goes_back_once_and_never_more_than_came() {
    for test in TestBackend::both().await {
        let gateway = &test.backend.gateway;
        let begun = gateway.begin(&begin(&test)).await.expect("begun");
        let back = |amount: &str| PayBack {
            refund: RefundId(Uuid::now_v7()),
            capture: begun.reference.clone(),
            amount: money(amount),
            tries: 0,
        };
        let unpaid = gateway.pay_back(&back("1.00")).await.expect("an answer");
        assert!(matches!(unpaid, PaidBack::Refused { .. }), "{unpaid:?}");
        sandbox(&test)
            .pay(&begun.reference, Delivery::Never)
            .await
            .expect("paid");
        let part = back("150.00");
        for _ in 0..3 {
            let done = gateway.pay_back(&part).await.expect("an answer");
            let PaidBack::Done { reference } = done else {
                panic!("{done:?}");
            };
            let again = gateway.paid_back(&reference).await.expect("known");
            assert_eq!(again, PaidBack::Done { reference });
        }
        let too_much = gateway.pay_back(&back("49.01")).await.expect("an answer");
        assert!(matches!(too_much, PaidBack::Refused { .. }), "{too_much:?}");
        let rest = gateway.pay_back(&back("49.00")).await.expect("an answer");
        assert!(matches!(rest, PaidBack::Done { .. }), "{rest:?}");
        let notices = sandbox(&test).due().await.expect("notices");
        assert_eq!(notices.len(), 2, "one for each refund");
    }
}

#[tokio::test]
async fn notices_come_when_they_were_ordered_and_are_signed() {
    let test = TestBackend::sqlite().await;
    let due = async || sandbox(&test).due().await.expect("notices");
    for (delivery, now, later) in [
        (Delivery::First, 1, 1),
        (Delivery::After, 1, 1),
        (Delivery::Twice, 1, 2),
        (Delivery::Late, 0, 1),
        (Delivery::Never, 0, 0),
    ] {
        let payment = begin(&test);
        let begun = test.backend.gateway.begin(&payment).await.expect("begun");
        sandbox(&test)
            .pay(&begun.reference, delivery)
            .await
            .expect("paid");
        assert_eq!(due().await.len(), now, "{delivery:?}");
        test.backend.clock.advance(LATE);
        let notices = due().await;
        assert_eq!(notices.len(), later, "{delivery:?}");
        let moment = test.backend.clock.now();
        for (id, body) in notices {
            let headers = sandbox(&test).sign(body.as_bytes()).expect("signed");
            let verify = |body: &str| {
                let gateway = &test.backend.gateway;
                gateway.verify(&headers, body.as_bytes(), moment)
            };
            verify(&body).expect("believed");
            let notice = test.backend.gateway.read(body.as_bytes());
            let notice = notice.expect("understood");
            let News::Payment { which, standing } = notice.news else {
                panic!("{notice:?}");
            };
            assert_eq!(which.payment, Some(payment.payment));
            assert_eq!(which.reference.as_deref(), Some(&*begun.reference));
            assert!(matches!(standing, Standing::Captured { .. }));
            let forged = verify(&body.replace("19900", "19901"));
            assert_eq!(forged, Err(BadNotice::Signature));
            sandbox(&test).delivered(id).await.expect("noted");
        }
    }
}

#[tokio::test]
async fn the_key_outlives_the_process() {
    let test = TestBackend::sqlite().await;
    let file = test.folder.path().join("data").join("sandbox-key");
    let bank = || {
        let (db, clock) = (test.backend.db.clone(), test.backend.clock.clone());
        Sandbox::new(db, clock, "http://localhost".into(), Some(file.clone()))
    };
    let headers = bank().sign(b"{}").expect("signed");
    let now = test.backend.clock.now();
    // Believed, and then not understood.
    let verified = bank().verify(&headers, b"{}", now);
    assert_eq!(verified, Err(BadNotice::Content));
    let other = sandbox(&test).verify(&headers, b"{}", now);
    assert_eq!(other, Err(BadNotice::Signature));
}
