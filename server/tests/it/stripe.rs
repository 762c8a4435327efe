//! The way by Stripe: against stand-ins that others have written, and, for what those do not have, against a few
//! answers as Stripe documents them (the making of sessions, keys, failures).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State as Shared,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use backend::{
    Clock, Error,
    checkout::{Asker, Buyer, BuyerKey, Next, Place},
    ports::payment::{
        Begin, Gateway, PaidBack, PayBack, Standing, signature,
        stripe::{API_VERSION, Settings, Stripe},
    },
    testing::{
        TestBackend,
        shop::{number, run},
    },
};
use domain::{
    account::Email,
    checkout::order::State,
    ids::{OrderId, PaymentId, RefundId, Slug, UserId},
    money::Money,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    harness::TestApp,
    stand_in::{KEY, StandIn},
};

const SECRET: &str = "whsec_waymark";

fn stripe(url: &str) -> Gateway {
    let settings = Settings {
        secret_key: KEY.to_owned(),
        webhook_secrets: vec!["whsec_before".to_owned(), SECRET.to_owned()],
        api_base: url.to_owned(),
    };
    Gateway::Stripe(Stripe::new(settings).expect("a client"))
}

/// Schools on both databases that are paid by what answers at `url`. Their clock is the machine's, as the stand-in's.
async fn schools(url: &str) -> Vec<TestApp> {
    let mut apps = Vec::new();
    for mut test in TestBackend::both().await {
        test.backend.clock = Clock::System;
        test.backend.gateway = stripe(url);
        let app = TestApp::over(test).await;
        app.with_course("walk", Some("199.00")).await;
        apps.push(app);
    }
    apps
}

fn begin() -> Begin {
    Begin {
        payment: PaymentId(Uuid::now_v7()),
        order: OrderId(Uuid::now_v7()),
        amount: money("199.00"),
        description: "学会 Git & more".to_owned(),
        email: "mei@example.com".to_owned(),
        language: "zh-Hans".to_owned(),
        return_url: "https://school.example/orders/1".to_owned(),
        expires_at: Clock::System.now() + Duration::from_secs(1800),
    }
}

fn money(amount: &str) -> Money {
    Money::parse(amount, "CNY").expect("an amount")
}

async fn place(app: &TestApp) -> (OrderId, Next) {
    let backend = &app.test.backend;
    backend.agreement(None, "en").await.expect("an agreement");
    let email = format!("{}@example.com", Uuid::now_v7().simple());
    let place = Place {
        buyer: Buyer {
            user: None,
            email: Email::parse(&email).expect("an address"),
            key: BuyerKey::random(),
            language: "en".to_owned(),
        },
        courses: vec![Slug::parse("walk").expect("a slug")],
        code: None,
        expected_total: 19_900,
        agreement: 1,
        form_key: Uuid::now_v7(),
        visitor: backend::account::Visitor::default(),
    };
    let placed = backend.place_order(place).await.expect("placed");
    (placed.order, placed.next)
}

async fn state(app: &TestApp, order: OrderId) -> State {
    let staff = Asker::Staff(UserId(Uuid::nil()));
    let page = app.test.backend.order_page(&staff, order).await;
    page.expect("an order").state
}

/// Until it is so; the stand-in sends its events when it likes.
async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("never: {what}");
}

/// A payment that stands at localstripe for the order of the school, made with the payer's card.
async fn pay_at(bank: &StandIn, payment: &str, card: &str) -> Value {
    bank.post(
        "/v1/payment_intents",
        &[
            ("amount", "19900"),
            ("currency", "cny"),
            ("payment_method", card),
            ("confirm", "true"),
            ("metadata[payment]", payment),
        ],
    )
    .await
}

#[tokio::test]
async fn a_real_stand_in_pays_an_order_by_its_signed_events_and_pays_it_back() {
    let bank = StandIn::localstripe().await;
    let sessions = Sessions::serve().await;
    // Sessions are made where there are sessions; money moves where there is money.
    for app in schools(&sessions.url).await {
        let hook = format!("/_config/webhooks/{}", app.test.kind);
        let url = format!("{}/webhooks/stripe", app.url);
        bank.post(&hook, &[("url", &url), ("secret", SECRET)]).await;
        let (order, next) = place(&app).await;
        assert!(matches!(next, Next::PayAt(url) if url.starts_with("https://")));
        let payment = sessions.last("metadata[payment]");

        pay_at(&bank, &payment, "pm_card_chargeCustomerFail").await;
        let declined = "SELECT COUNT(*) FROM purchase_event WHERE event LIKE '%declined%'";
        eventually("declined", async || {
            number(&app.test.backend, declined).await == 1
        })
        .await;
        assert_eq!(state(&app, order).await, State::AwaitingPayment);

        let intent = pay_at(&bank, &payment, "pm_card_visa").await;
        eventually("paid", async || state(&app, order).await == State::Paid).await;

        let gateway = stripe(&bank.url);
        let part = PayBack {
            refund: RefundId(Uuid::now_v7()),
            capture: intent["id"].as_str().expect("an id").to_owned(),
            amount: money("49.00"),
            tries: 0,
        };
        let done = gateway.pay_back(&part).await.expect("an answer");
        let PaidBack::Done { reference } = done else {
            panic!("{done:?}");
        };
        let kept = bank.get(&format!("/v1/refunds/{reference}")).await;
        assert_eq!(kept["amount"], 4900);
        assert_eq!(kept["metadata"]["refund"], part.refund.to_string());
        let asked = gateway.paid_back(&reference).await.expect("known");
        assert_eq!(asked, PaidBack::Done { reference });
        let unknown = PayBack {
            capture: "pi_unknown".to_owned(),
            ..part
        };
        let refused = gateway.pay_back(&unknown).await.expect("an answer");
        assert!(matches!(refused, PaidBack::Refused { .. }), "{refused:?}");
        bank.post(&hook, &[("url", "http://127.0.0.1:9/"), ("secret", SECRET)])
            .await;
    }
}

#[tokio::test]
async fn events_of_a_real_stand_in_with_another_secret_are_not_believed() {
    let bank = StandIn::localstripe().await;
    let sessions = Sessions::serve().await;
    let app = schools(&sessions.url).await.remove(0);
    let (order, _) = place(&app).await;
    let payment = sessions.last("metadata[payment]");
    for (name, secret) in [("forger", "whsec_guessed"), ("after", SECRET)] {
        let hook = format!("/_config/webhooks/{name}");
        // The second hook only tells when the first one has been heard.
        let url = format!("{}/webhooks/stripe", app.url);
        bank.post(&hook, &[("url", &url), ("secret", secret)]).await;
        pay_at(&bank, &payment, "pm_card_visa").await;
        if secret == SECRET {
            eventually("paid", async || state(&app, order).await == State::Paid).await;
        } else {
            let attempts = "SELECT COUNT(*) FROM rate_limit WHERE attempts > 0";
            eventually("refused", async || {
                number(&app.test.backend, attempts).await == 1
            })
            .await;
            assert_eq!(state(&app, order).await, State::AwaitingPayment);
        }
    }
}

#[tokio::test]
async fn sessions_of_a_real_stand_in_are_asked_for_and_ended() {
    let bank = StandIn::emulate().await;
    let gateway = stripe(&bank.url);
    let product = bank.post("/v1/products", &[("name", "Walk")]).await;
    let product = product["id"].as_str().expect("an id").to_owned();
    let price = [
        ("currency", "cny"),
        ("unit_amount", "19900"),
        ("product", &*product),
    ];
    let price = bank.post("/v1/prices", &price).await;
    let price = price["id"].as_str().expect("an id").to_owned();
    let fields = [
        ("mode", "payment"),
        ("line_items[0][price]", &*price),
        ("line_items[0][quantity]", "1"),
    ];
    let session = bank.post("/v1/checkout/sessions", &fields).await;
    let session = session["id"].as_str().expect("an id");
    let standing = async || gateway.standing(session).await.expect("known");
    assert_eq!(standing().await, Standing::Open);
    for _ in 0..2 {
        let ended = gateway.end(session).await.expect("known");
        assert_eq!(ended, Standing::Ended);
    }
    assert_eq!(standing().await, Standing::Ended);
    for unknown in ["cs_unknown", "../products"] {
        assert!(matches!(
            gateway.standing(unknown).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(gateway.end(unknown).await, Err(Error::NotFound)));
    }
}

/// Makes sessions as Stripe documents it, once for a key, and answers otherwise when it is told to.
#[derive(Clone)]
struct Sessions {
    url: String,
    books: Arc<Mutex<Books>>,
}

#[derive(Default)]
struct Books {
    asked: Vec<(HeaderMap, HashMap<String, String>)>,
    made: HashMap<String, (Vec<u8>, Value)>,
    /// Answers to be given first.
    failures: Vec<(u16, &'static str)>,
    refunds: Vec<Value>,
    /// Keys of refunds that were answered with a failure.
    failed: Vec<String>,
}

impl Sessions {
    async fn serve() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let sessions = Self {
            url: format!("http://{}", listener.local_addr().expect("its address")),
            books: Arc::default(),
        };
        let router = Router::new()
            .route("/v1/checkout/sessions", post(make))
            .route(
                "/v1/checkout/sessions/{id}",
                get(|| async { Json(json!({ "id": "cs_1", "url": null, "status": "open", "payment_status": "unpaid" })) }),
            )
            .route("/v1/refunds", get(listed).post(pay_back))
            .with_state(sessions.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        sessions
    }

    fn fail(&self, failures: &[(u16, &'static str)]) {
        self.books.lock().expect("books").failures = failures.to_vec();
    }

    fn asked(&self) -> Vec<(HeaderMap, HashMap<String, String>)> {
        self.books.lock().expect("books").asked.clone()
    }

    /// A field of the last session that was asked for.
    fn last(&self, field: &str) -> String {
        let asked = self.asked();
        let (_, fields) = asked.last().expect("a session");
        fields.get(field).cloned().unwrap_or_default()
    }

    /// Name of the session that was made for a payment.
    fn made(&self, payment: &str) -> String {
        let books = self.books.lock().expect("books");
        let (_, session) = &books.made[payment];
        session["id"].as_str().expect("an id").to_owned()
    }
}

async fn listed(Shared(sessions): Shared<Sessions>) -> Json<Value> {
    let books = sessions.books.lock().expect("books");
    Json(json!({ "object": "list", "data": books.refunds, "has_more": false }))
}

/// A failure is the answer to its key from then on, as Stripe's are for a day; the rest of keys is forgotten at once.
async fn pay_back(
    Shared(sessions): Shared<Sessions>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    let mut books = sessions.books.lock().expect("books");
    let fields: HashMap<String, String> = serde_urlencoded::from_bytes(&body).expect("a form");
    let key = headers["idempotency-key"].to_str().expect("a key");
    if !books.failures.is_empty() {
        books.failures.clear();
        books.failed.push(key.to_owned());
    }
    if books.failed.iter().any(|failed| failed == key) {
        let error = json!({ "error": { "code": "balance_insufficient" } });
        return (StatusCode::BAD_REQUEST, Json(error));
    }
    let refund = json!({
        "id": format!("re_{}", books.refunds.len() + 1), "status": "succeeded", "currency": "cny",
        "amount": fields["amount"].parse::<i64>().expect("a number"), "payment_intent": fields["payment_intent"],
        "metadata": { "refund": fields["metadata[refund]"] },
    });
    books.refunds.push(refund.clone());
    (StatusCode::OK, Json(refund))
}

async fn make(
    Shared(sessions): Shared<Sessions>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Json<Value>) {
    let mut books = sessions.books.lock().expect("books");
    let fields: HashMap<String, String> = serde_urlencoded::from_bytes(&body).expect("a form");
    books.asked.push((headers.clone(), fields));
    if !books.failures.is_empty() {
        let (status, code) = books.failures.remove(0);
        let status = StatusCode::from_u16(status).expect("a status");
        return (status, Json(json!({ "error": { "code": code } })));
    }
    let key = headers["idempotency-key"]
        .to_str()
        .expect("a key")
        .to_owned();
    let number = books.made.len() + 1;
    let (first, session) = books.made.entry(key).or_insert_with(|| {
        let id = format!("cs_test_{number}_{}", Uuid::now_v7().simple());
        let url = format!("https://checkout.stripe.com/c/pay/{id}");
        (
            body.to_vec(),
            json!({ "id": id, "url": url, "object": "checkout.session" }),
        )
    });
    if first != &body {
        let error = json!({ "error": { "type": "idempotency_error" } });
        return (StatusCode::BAD_REQUEST, Json(error));
    }
    (StatusCode::OK, Json(session.clone()))
}

#[tokio::test]
async fn a_session_is_made_once_with_all_that_stripe_wants_to_know() {
    let sessions = Sessions::serve().await;
    let gateway = stripe(&sessions.url);
    let payment = begin();
    let first = gateway.begin(&payment).await.expect("begun");
    let again = gateway.begin(&payment).await.expect("begun");
    assert_eq!(first, again);
    let other = gateway.begin(&begin()).await.expect("begun");
    assert_ne!(first, other);
    let (headers, fields) = sessions.asked().remove(0);
    assert_eq!(headers["stripe-version"], API_VERSION);
    assert_eq!(headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(headers["idempotency-key"], payment.payment.to_string());
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    assert_eq!(field("mode"), "payment");
    assert_eq!(field("line_items[0][price_data][unit_amount]"), "19900");
    assert_eq!(field("line_items[0][price_data][currency]"), "cny");
    assert_eq!(
        field("line_items[0][price_data][product_data][name]"),
        payment.description
    );
    assert_eq!(
        field("success_url"),
        format!("{}?paid=1", payment.return_url)
    );
    assert_eq!(
        field("payment_intent_data[metadata][payment]"),
        payment.payment.to_string()
    );
    assert_eq!(field("locale"), "zh");
    let expires: i64 = field("expires_at").parse().expect("a number");
    let minutes = (expires - Clock::System.now().as_second()) / 60;
    assert!((31..=24 * 60).contains(&minutes), "{minutes} minutes");
}

#[tokio::test]
async fn a_refund_is_done_once_though_its_key_is_forgotten() {
    let sessions = Sessions::serve().await;
    let gateway = stripe(&sessions.url);
    let refund = |tries| PayBack {
        refund: RefundId(Uuid::from_u128(9)),
        capture: "pi_1".to_owned(),
        amount: money("49.00"),
        tries,
    };
    // There is no money to give yet; asked with the same key it would be said for a day.
    sessions.fail(&[(400, "balance_insufficient")]);
    let busy = gateway.pay_back(&refund(0)).await;
    assert!(matches!(busy, Err(Error::Busy(_))), "{busy:?}");
    let done = PaidBack::Done {
        reference: "re_1".to_owned(),
    };
    // The answer may have been lost, and the day be over.
    for tries in 1..4 {
        let answer = gateway.pay_back(&refund(tries)).await;
        assert_eq!(answer.expect("an answer"), done);
    }
    let other = PayBack {
        refund: RefundId(Uuid::from_u128(10)),
        ..refund(1)
    };
    let answer = gateway.pay_back(&other).await.expect("an answer");
    assert_ne!(answer, done, "another refund of the payment");
}

/// Stripe's event, signed now. What was answered.
async fn tell(app: &TestApp, id: &str, kind: &str, object: Value) -> StatusCode {
    let body = json!({ "id": id, "object": "event", "type": kind, "data": { "object": object } });
    let body = body.to_string();
    let signature = signature::sign(SECRET.as_bytes(), body.as_bytes(), Clock::System.now());
    let request = reqwest::Client::new()
        .post(format!("{}/webhooks/stripe", app.url))
        .header("stripe-signature", signature)
        .body(body);
    request.send().await.expect("an answer").status()
}

#[tokio::test]
async fn what_is_signed_is_kept_whether_it_is_understood_or_not() {
    let sessions = Sessions::serve().await;
    for app in schools(&sessions.url).await {
        let backend = &app.test.backend;
        let (order, _) = place(&app).await;
        let payment = sessions.last("metadata[payment]");
        // A session by which the school keeps a card, and one of another shop.
        let setup = json!({
            "id": "cs_setup", "mode": "setup", "status": "complete", "payment_status": "no_payment_required",
            "amount_total": null, "currency": null, "metadata": null,
        });
        let told = tell(&app, "evt_1", "checkout.session.completed", setup).await;
        assert_eq!(told, StatusCode::OK, "{}", app.test.kind);
        let intent = json!({ "id": "pi_2", "amount": 1, "currency": "cny", "metadata": null });
        let told = tell(&app, "evt_2", "payment_intent.succeeded", intent).await;
        assert_eq!(told, StatusCode::OK);
        let noted = "SELECT COUNT(*) FROM payment_notice WHERE outcome = 'noted'";
        assert_eq!(number(backend, noted).await, 2);
        let dispute = json!({
            "id": "dp_1", "amount": 1, "currency": "xxx", "status": "needs_response", "payment_intent": "pi_2",
        });
        let told = tell(&app, "evt_3", "charge.dispute.created", dispute).await;
        assert_eq!(told, StatusCode::OK);
        let given_up = "SELECT COUNT(*) FROM payment_notice WHERE outcome = 'not-understood' AND processed_at IS NOT NULL";
        assert_eq!(number(backend, given_up).await, 1);
        // What completes our own session pays the order.
        let session = json!({
            "id": "cs_of_another_name", "status": "complete", "payment_status": "paid", "amount_total": 19900,
            "currency": "cny", "payment_intent": "pi_1", "metadata": { "payment": &payment },
        });
        let told = tell(&app, "evt_4", "checkout.session.completed", session.clone()).await;
        assert_eq!(told, StatusCode::OK);
        assert_eq!(state(&app, order).await, State::AwaitingPayment, "not ours");
        let mut ours = session;
        ours["id"] = sessions.made(&payment).into();
        let told = tell(&app, "evt_5", "checkout.session.completed", ours).await;
        assert_eq!(told, StatusCode::OK);
        assert_eq!(state(&app, order).await, State::Paid);
    }
}

/// The payer is done with a session that cannot be ended any more, and their bank takes days.
#[tokio::test]
async fn an_order_that_ran_out_waits_for_a_payment_that_is_under_way() {
    let sessions = Sessions::serve().await;
    for app in schools(&sessions.url).await {
        let backend = &app.test.backend;
        let (order, _) = place(&app).await;
        let payment = sessions.last("metadata[payment]");
        run(backend, "UPDATE purchase SET held_until = 1").await;
        assert_eq!(state(&app, order).await, State::Expired);
        let staff = Asker::Staff(UserId(Uuid::nil()));
        let resumed = backend.resume_order(&staff, order).await;
        assert!(
            matches!(resumed, Err(Error::Busy(_))),
            "{}: {resumed:?}",
            app.test.kind
        );
        assert_eq!(number(backend, "SELECT COUNT(*) FROM payment").await, 1);
        assert_eq!(state(&app, order).await, State::Expired);
        let paid = json!({
            "id": sessions.made(&payment), "status": "complete", "payment_status": "paid", "amount_total": 19900,
            "currency": "cny", "payment_intent": "pi_1", "metadata": { "payment": payment },
        });
        let event = format!("evt_{payment}");
        tell(
            &app,
            &event,
            "checkout.session.async_payment_succeeded",
            paid,
        )
        .await;
        assert_eq!(state(&app, order).await, State::Paid);
        let resumed = backend.resume_order(&staff, order).await;
        assert_eq!(resumed.expect("paid"), Next::Done);
    }
}

#[tokio::test]
async fn a_session_that_asked_for_nothing_pays_nothing_and_nothing_goes_back() {
    let sessions = Sessions::serve().await;
    for app in schools(&sessions.url).await {
        let backend = &app.test.backend;
        let (order, next) = place(&app).await;
        let payment = sessions.last("metadata[payment]");
        // As after a discount that somebody made at Stripe.
        let session = json!({
            "id": sessions.made(&payment), "status": "complete", "payment_status": "no_payment_required",
            "amount_total": 0, "currency": "cny", "payment_intent": null, "metadata": { "payment": payment },
        });
        for event in ["evt_1", "evt_2"] {
            let told = tell(&app, event, "checkout.session.completed", session.clone()).await;
            assert_eq!(told, StatusCode::OK, "{}", app.test.kind);
        }
        assert_eq!(state(&app, order).await, State::AwaitingPayment);
        let findings = "SELECT COUNT(*) FROM payment_finding WHERE kind = 'no-payment-required' AND NOT healed";
        assert_eq!(number(backend, findings).await, 1, "told once");
        for nothing in [
            "SELECT COUNT(*) FROM refund",
            "SELECT COUNT(*) FROM purchase_event WHERE event LIKE '%returned%'",
            "SELECT COUNT(*) FROM entitlement",
        ] {
            assert_eq!(number(backend, nothing).await, 0, "{nothing}");
        }
        // The order can still be paid, by another session.
        let staff = Asker::Staff(UserId(Uuid::nil()));
        let other = backend.pay_order(&staff, order).await.expect("begun");
        assert_ne!(other, next);
        let payment = sessions.last("metadata[payment]");
        let paid = json!({
            "id": sessions.made(&payment), "status": "complete", "payment_status": "paid", "amount_total": 19900,
            "currency": "cny", "payment_intent": "pi_1", "metadata": { "payment": payment },
        });
        tell(&app, "evt_3", "checkout.session.completed", paid).await;
        assert_eq!(state(&app, order).await, State::Paid);
    }
}

#[tokio::test]
async fn a_refund_that_is_heard_of_before_its_payment_waits_for_it() {
    let sessions = Sessions::serve().await;
    for app in schools(&sessions.url).await {
        let backend = &app.test.backend;
        let (order, _) = place(&app).await;
        let payment = sessions.last("metadata[payment]");
        let refund = json!({
            "id": "re_1", "status": "succeeded", "amount": 19900, "currency": "cny", "payment_intent": "pi_1",
            "metadata": {},
        });
        let told = tell(&app, "evt_1", "refund.updated", refund).await;
        assert_eq!(told, StatusCode::OK, "{}", app.test.kind);
        let session = json!({
            "id": sessions.made(&payment), "status": "complete", "payment_status": "paid", "amount_total": 19900,
            "currency": "cny", "payment_intent": "pi_1", "metadata": { "payment": payment },
        });
        tell(&app, "evt_2", "checkout.session.completed", session).await;
        assert_eq!(state(&app, order).await, State::Paid);
        run(backend, "UPDATE payment_notice SET received_at = 0").await;
        backend.process_notices().await.expect("processed");
        assert_eq!(state(&app, order).await, State::Refunded);
    }
}

#[tokio::test]
async fn a_session_that_was_completed_and_is_told_of_eight_times_at_once_pays_once() {
    let sessions = Sessions::serve().await;
    for app in schools(&sessions.url).await {
        let (order, _) = place(&app).await;
        let payment = sessions.last("metadata[payment]");
        let session = json!({
            "id": sessions.made(&payment), "status": "complete", "payment_status": "paid", "amount_total": 19900,
            "currency": "cny", "payment_intent": "pi_1", "metadata": { "payment": payment },
        });
        let tell = |n: i32| {
            // Some of them the same event, some another.
            let (event, session) = (format!("evt_{}", n % 4), session.clone());
            let app = &app;
            async move { tell(app, &event, "checkout.session.completed", session).await }
        };
        let told = futures::future::join_all((0..8).map(tell)).await;
        assert!(told.iter().all(|told| *told == StatusCode::OK), "{told:?}");
        assert_eq!(state(&app, order).await, State::Paid);
        let captures = "SELECT COUNT(*) FROM purchase_event WHERE event LIKE '%captured%'";
        assert_eq!(number(&app.test.backend, captures).await, 1);
    }
}

#[tokio::test]
async fn what_fails_for_a_moment_is_tried_once_more_and_then_later() {
    let sessions = Sessions::serve().await;
    let gateway = stripe(&sessions.url);
    for failure in [
        (500, ""),
        (429, "rate_limit"),
        (409, "idempotency_key_in_use"),
    ] {
        sessions.fail(&[failure]);
        gateway.begin(&begin()).await.expect("the second time");
        sessions.fail(&[failure, failure]);
        let payment = begin();
        let busy = gateway.begin(&payment).await;
        assert!(matches!(busy, Err(Error::Busy(_))), "{failure:?} {busy:?}");
        gateway.begin(&payment).await.expect("later");
    }
    let nobody = stripe("http://127.0.0.1:9").begin(&begin()).await;
    assert!(matches!(nobody, Err(Error::Busy(_))), "{nobody:?}");
}

#[tokio::test]
async fn what_stripe_refuses_is_told_to_whom_it_concerns() {
    let sessions = Sessions::serve().await;
    let gateway = stripe(&sessions.url);
    sessions.fail(&[(400, "amount_too_small")]);
    let refused = gateway.begin(&begin()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    sessions.fail(&[(401, "")]);
    let refused = gateway.begin(&begin()).await;
    assert!(matches!(refused, Err(Error::Internal(_))), "{refused:?}");
    // An address that Stripe does not like is typed there by the payer.
    sessions.fail(&[(400, "email_invalid")]);
    let payment = begin();
    gateway.begin(&payment).await.expect("without the address");
    assert_eq!(sessions.last("customer_email"), "");
    assert_eq!(
        sessions.last("client_reference_id"),
        payment.payment.to_string()
    );
}

#[tokio::test]
async fn with_stripe_there_is_no_sandbox() {
    let sessions = Sessions::serve().await;
    let app = schools(&sessions.url).await.remove(0);
    let page = app.browser().get("/sandbox/pay/sandbox_x").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let client = reqwest::Client::new();
    for (path, status) in [("sandbox", 404), ("stripe", 401)] {
        let response = client.post(format!("{}/webhooks/{path}", app.url));
        let response = response.body("{}").send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), status, "{path}");
    }
}
