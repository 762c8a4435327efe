//! What Stripe's events and answers mean. Written after <https://docs.stripe.com/api>; how the adapter talks to a
//! server that keeps books is tested over HTTP, in `server/tests/it/stripe.rs`.

use domain::{
    ids::{OrderId, PaymentId, RefundId},
    money::Money,
};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    super::{BadNotice, Begin, News, PaidBack, Standing, Which, signature},
    Failed, Settings, Stripe, answer, failed, name, read, session, wire,
};
use crate::Error;

const PAYMENT: Uuid = Uuid::from_u128(7);

fn stripe() -> Stripe {
    Stripe::new(Settings {
        secret_key: "sk_test_1".to_owned(),
        webhook_secrets: vec!["whsec_old".to_owned(), "whsec_new".to_owned()],
        api_base: "http://127.0.0.1:9".to_owned(),
    })
    .expect("a client")
}

fn money(amount: &str, code: &str) -> Money {
    Money::parse(amount, code).expect("an amount")
}

fn event(kind: &str, object: Value) -> Result<News, BadNotice> {
    let event =
        json!({ "id": "evt_1", "object": "event", "type": kind, "data": { "object": object } });
    read(event.to_string().as_bytes()).map(|notice| notice.news)
}

fn checkout(status: &str, payment_status: &str, intent: Value) -> Value {
    json!({
        "id": "cs_test_1", "object": "checkout.session", "status": status, "payment_status": payment_status,
        "amount_total": 19900, "currency": "cny", "client_reference_id": PAYMENT.to_string(),
        "payment_intent": intent, "metadata": { "order": "x", "payment": PAYMENT.to_string() }, "url": null,
    })
}

fn standing(status: &str, payment_status: &str, intent: Value) -> Option<Standing> {
    let session: wire::Session =
        serde_json::from_value(checkout(status, payment_status, intent)).expect("a session");
    session.standing()
}

#[test]
fn a_session_stands_as_its_payment_does() {
    let captured = |capture: &str| {
        Some(Standing::Captured {
            capture: capture.to_owned(),
            amount: money("199.00", "CNY"),
        })
    };
    let intent = |status: &str| json!({ "id": "pi_1", "status": status, "new": 1 });
    assert_eq!(
        standing("open", "unpaid", Value::Null),
        Some(Standing::Open)
    );
    assert_eq!(
        standing("complete", "paid", json!("pi_1")),
        captured("pi_1")
    );
    assert_eq!(
        standing("complete", "paid", intent("succeeded")),
        captured("pi_1")
    );
    let free = standing("complete", "no_payment_required", Value::Null);
    assert_eq!(free, captured(""));
    assert_eq!(
        standing("expired", "unpaid", Value::Null),
        Some(Standing::Ended)
    );
    // A bank that takes days.
    for status in ["processing", "requires_action"] {
        let waiting = standing("complete", "unpaid", intent(status));
        assert_eq!(waiting, Some(Standing::Open), "{status}");
    }
    assert_eq!(
        standing("complete", "unpaid", json!("pi_1")),
        Some(Standing::Open)
    );
    let failed = standing("complete", "unpaid", intent("requires_payment_method"));
    assert_eq!(failed, Some(Standing::Ended));
    assert_eq!(standing("complete", "half-paid", Value::Null), None);
}

#[test]
fn events_about_the_money_are_understood() {
    let which = Which {
        reference: Some("cs_test_1".to_owned()),
        payment: Some(PaymentId(PAYMENT)),
    };
    let captured = Standing::Captured {
        capture: "pi_1".to_owned(),
        amount: money("199.00", "CNY"),
    };
    for kind in [
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
    ] {
        let news = event(kind, checkout("complete", "paid", json!("pi_1")));
        let (which, standing) = (which.clone(), captured.clone());
        assert_eq!(news, Ok(News::Payment { which, standing }), "{kind}");
    }
    for (kind, standing) in [
        ("checkout.session.completed", Standing::Open),
        ("checkout.session.async_payment_failed", Standing::Ended),
    ] {
        let news = event(kind, checkout("complete", "unpaid", json!("pi_1")));
        let which = which.clone();
        assert_eq!(news, Ok(News::Payment { which, standing }), "{kind}");
    }
    let expired = event(
        "checkout.session.expired",
        checkout("expired", "unpaid", Value::Null),
    );
    let standing = Standing::Ended;
    assert_eq!(expired, Ok(News::Payment { which, standing }));
    let intent = json!({
        "id": "pi_1", "amount": 19900, "amount_received": 19900, "currency": "cny",
        "metadata": { "payment": PAYMENT.to_string() },
    });
    let which = Which {
        reference: None,
        payment: Some(PaymentId(PAYMENT)),
    };
    let declined = event("payment_intent.payment_failed", intent.clone());
    assert_eq!(
        declined,
        Ok(News::Declined {
            which: which.clone()
        })
    );
    let succeeded = event("payment_intent.succeeded", intent);
    assert_eq!(
        succeeded,
        Ok(News::Payment {
            which,
            standing: captured
        })
    );
}

#[test]
fn events_about_money_that_goes_back_are_understood() {
    let id = RefundId(Uuid::from_u128(9));
    let refund = |status: &str| {
        json!({
            "id": "re_1", "object": "refund", "status": status, "amount": 5000, "currency": "jpy",
            "payment_intent": "pi_1", "metadata": { "refund": id.to_string() },
        })
    };
    let news = |done| {
        Ok(News::Refund {
            reference: "re_1".to_owned(),
            refund: Some(id),
            capture: Some("pi_1".to_owned()),
            amount: money("5000", "JPY"),
            done,
        })
    };
    assert_eq!(event("refund.updated", refund("succeeded")), news(true));
    assert_eq!(
        event("charge.refund.updated", refund("failed")),
        news(false)
    );
    assert_eq!(event("refund.failed", refund("canceled")), news(false));
    assert_eq!(event("refund.created", refund("pending")), Ok(News::Other));
    let dispute = |status: &str| json!({ "id": "dp_1", "amount": 5000, "currency": "jpy", "status": status, "payment_intent": "pi_1" });
    let capture = || "pi_1".to_owned();
    let opened = News::DisputeOpened {
        capture: capture(),
        amount: money("5000", "JPY"),
    };
    let created = event("charge.dispute.created", dispute("needs_response"));
    assert_eq!(created, Ok(opened));
    for (status, won) in [("won", true), ("warning_closed", true), ("lost", false)] {
        let closed = event("charge.dispute.closed", dispute(status));
        let capture = capture();
        assert_eq!(closed, Ok(News::DisputeClosed { capture, won }), "{status}");
    }
    let odd = event("charge.dispute.closed", dispute("invented-tomorrow"));
    assert_eq!(odd, Err(BadNotice::Content));
}

#[test]
fn what_is_none_of_our_business_says_nothing() {
    let foreign = json!({ "id": "pi_1", "amount": 1, "currency": "usd", "metadata": {} });
    for kind in ["payment_intent.succeeded", "payment_intent.payment_failed"] {
        assert_eq!(event(kind, foreign.clone()), Ok(News::Other), "{kind}");
    }
    assert_eq!(event("customer.created", json!({})), Ok(News::Other));
    assert_eq!(
        event("checkout.session.completed", json!({})),
        Err(BadNotice::Content)
    );
    let setup = json!({ "id": "cs_1", "payment_status": "no_payment_required", "metadata": null });
    let setup = event("checkout.session.completed", setup);
    assert_eq!(setup, Ok(News::Other));
    for body in [&b"{}"[..], b"", b"[]", b"{\"id\":1}", b"\xff"] {
        assert_eq!(read(body), Err(BadNotice::Content));
    }
}

#[test]
fn notices_are_believed_by_either_secret() {
    let body = br#"{"id":"evt_1","type":"customer.created","data":{"object":{}}}"#;
    let now = "2026-03-02T09:00:00Z".parse().expect("a moment");
    let verify = |header: Option<String>| {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert("stripe-signature", header.parse().expect("a header"));
        }
        stripe().verify(&headers, body, now)
    };
    for secret in ["whsec_old", "whsec_new"] {
        let header = signature::sign(secret.as_bytes(), body, now);
        assert_eq!(verify(Some(header)).as_deref(), Ok("evt_1"));
    }
    let forged = signature::sign(b"whsec_guessed", body, now);
    assert_eq!(verify(Some(forged)), Err(BadNotice::Signature));
    assert_eq!(verify(None), Err(BadNotice::Signature));
}

#[test]
fn refunds_are_done_pending_or_refused() {
    let paid_back = |status: &str| {
        let refund = json!({
            "id": "re_1", "status": status, "amount": 1, "currency": "usd", "failure_reason": "lost_or_stolen_card",
        });
        let refund: wire::Refund = serde_json::from_value(refund).expect("a refund");
        refund.paid_back()
    };
    let reference = || "re_1".to_owned();
    assert_eq!(
        paid_back("succeeded"),
        PaidBack::Done {
            reference: reference()
        }
    );
    for status in ["pending", "requires_action", "invented-tomorrow"] {
        assert_eq!(
            paid_back(status),
            PaidBack::Pending {
                reference: reference()
            }
        );
    }
    let why = "lost_or_stolen_card".to_owned();
    assert_eq!(paid_back("failed"), PaidBack::Refused { why });
}

#[test]
fn failures_are_told_apart() {
    let fail = |status: u16, code: &str| {
        let body = json!({ "error": { "type": "x", "code": code, "message": "m" } });
        let status = StatusCode::from_u16(status).expect("a status");
        answer::<Value>(status, body.to_string().as_bytes()).expect_err("a failure")
    };
    for (status, code) in [
        (500, ""),
        (503, "api_error"),
        (409, "idempotency_key_in_use"),
        (429, "rate_limit"),
        (429, "lock_timeout"),
        (400, "balance_insufficient"),
    ] {
        let failure = fail(status, code);
        assert!(matches!(failure, Failed::Passing(_)), "{status} {code}");
        assert!(matches!(failed(failure), Error::Busy(_)), "{status} {code}");
    }
    assert!(matches!(
        failed(fail(404, "resource_missing")),
        Error::NotFound
    ));
    for (status, code) in [
        (401, ""),
        (400, "parameter_missing"),
        (402, "card_declined"),
    ] {
        let failure = fail(status, code);
        assert!(
            matches!(failed(failure), Error::Internal(_)),
            "{status} {code}"
        );
    }
    let page = answer::<Value>(StatusCode::BAD_GATEWAY, b"<html>").expect_err("a failure");
    assert!(matches!(page, Failed::Passing(_)), "{page:?}");
    let odd = answer::<Value>(StatusCode::OK, b"<html>").expect_err("a failure");
    assert!(matches!(odd, Failed::Strange(_)), "{odd:?}");
}

#[test]
fn a_session_is_the_same_for_the_same_payment() {
    let begin = Begin {
        payment: PaymentId(PAYMENT),
        order: OrderId(Uuid::from_u128(8)),
        amount: money("1500", "JPY"),
        description: "学".repeat(400),
        email: "mei@example.com".to_owned(),
        language: "zh-Hant".to_owned(),
        return_url: "https://school.example/orders/8".to_owned(),
        expires_at: "2026-03-02T09:30:00Z".parse().expect("a moment"),
    };
    let fields = session(&begin, 1500);
    let field = |name: &str| {
        let found = fields.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    assert_eq!(field("line_items[0][price_data][currency]"), "jpy");
    assert_eq!(field("line_items[0][price_data][unit_amount]"), "1500");
    assert_eq!(field("locale"), "zh-TW");
    assert_eq!(field("metadata[payment]"), PAYMENT.to_string());
    let name = field("line_items[0][price_data][product_data][name]");
    assert_eq!(name.chars().count(), 250);
    // Half an hour from any moment at which the order is still held, and not a day.
    let expires: i64 = field("expires_at").parse().expect("a number");
    assert_eq!(expires - begin.expires_at.as_second(), 31 * 60);
    assert_eq!(fields, session(&begin, 1500));
}

#[test]
fn what_stripe_never_takes_is_said_without_asking() {
    for (amount, code, takes) in [
        ("199.00", "CNY", true),
        ("1.250", "KWD", true),
        // 15 % less.
        ("1.062", "KWD", false),
        ("0", "CNY", false),
    ] {
        let taken = stripe().takes(money(amount, code));
        assert_eq!(taken, takes, "{amount} {code}");
    }
}

#[test]
fn only_names_get_into_a_path() {
    assert!(name("cs_test_a1-B2").is_ok());
    for bad in ["", "../refunds", "cs_1?x", "cs 1", "cs/1"] {
        assert!(matches!(name(bad), Err(Error::NotFound)), "{bad}");
    }
}
