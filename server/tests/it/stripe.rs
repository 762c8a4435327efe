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
        Begin, Gateway, PaidBack, PayBack, Standing,
        stripe::{API_VERSION, Settings, Stripe},
    },
    testing::{TestBackend, shop::number},
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
