//! Notices of the payment gateway over HTTP: forged, stale, replayed, reordered, late, huge, unknown, in parallel.

use std::time::Duration;

use backend::{
    Backend, Db,
    checkout::{Asker, Buyer, BuyerKey, Next, Place},
    testing::{shop::number, wrong_books},
};
use domain::{
    account::Email,
    checkout::{
        order::{Event, State},
        sandbox::Delivery,
        shown::OrderPage,
    },
    ids::{OrderId, Slug, UserId},
};
use reqwest::{StatusCode, header::HeaderMap};
use uuid::Uuid;

use crate::harness::TestApp;

const PATH: &str = "/webhooks/sandbox";
const KEPT: &str = "SELECT COUNT(*) FROM payment_notice";

/// An order that waits for its money, and its name at the sandbox.
struct Waiting {
    order: OrderId,
    reference: String,
}

/// A notice as the sandbox would send it.
#[derive(Clone)]
struct Sent {
    body: String,
    headers: HeaderMap,
}

async fn waiting(app: &TestApp) -> Waiting {
    let backend = &app.test.backend;
    backend.agreement(None, "en").await.expect("an agreement");
    let place = Place {
        buyer: Buyer {
            user: None,
            email: Email::parse(&format!("{}@example.com", Uuid::now_v7().simple()))
                .expect("an address"),
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
    let Next::PayAt(url) = placed.next else {
        panic!("there is something to pay");
    };
    Waiting {
        order: placed.order,
        reference: url.trim_start_matches("/sandbox/pay/").to_owned(),
    }
}

/// Signed with the sandbox's key, now.
fn signed(app: &TestApp, body: &str) -> Sent {
    let sandbox = app.test.backend.gateway.sandbox().expect("the sandbox");
    Sent {
        body: body.to_owned(),
        headers: sandbox.sign(body.as_bytes()).expect("signed"),
    }
}

/// The payer has paid, and this is what the bank says.
async fn paid(app: &TestApp, waiting: &Waiting) -> Sent {
    let sandbox = app.test.backend.gateway.sandbox().expect("the sandbox");
    let body = sandbox
        .pay(&waiting.reference, Delivery::Never)
        .await
        .expect("an answer")
        .expect("it was open");
    signed(app, &body)
}

async fn send(url: &str, sent: &Sent) -> StatusCode {
    let response = reqwest::Client::new()
        .post(format!("{url}{PATH}"))
        .headers(sent.headers.clone())
        .body(sent.body.clone())
        .send()
        .await
        .expect("an answer");
    let status = response.status();
    let said = response.text().await.expect("a body");
    assert_eq!(said, "", "nobody is told more than that");
    status
}

async fn page(app: &TestApp, order: OrderId) -> OrderPage {
    let staff = Asker::Staff(UserId(Uuid::nil()));
    let page = app.test.backend.order_page(&staff, order).await;
    page.expect("an order")
}

async fn state(app: &TestApp, order: OrderId) -> State {
    page(app, order).await.state
}

async fn captures(app: &TestApp, order: OrderId) -> usize {
    let timeline = page(app, order).await.timeline;
    timeline
        .iter()
        .filter(|step| {
            matches!(
                step.event,
                Event::Captured { .. } | Event::LateCapture { .. }
            )
        })
        .count()
}

async fn check(app: &TestApp) {
    let backend = &app.test.backend;
    let wrong = wrong_books(backend, backend.clock.now()).await;
    assert_eq!(wrong, [], "{}", app.test.kind);
}

async fn schools() -> Vec<TestApp> {
    let apps = TestApp::both().await;
    for app in &apps {
        app.with_course("walk", Some("199.00")).await;
    }
    apps
}

#[tokio::test]
async fn a_forged_notice_changes_nothing() {
    for app in schools().await {
        let waiting = waiting(&app).await;
        let genuine = paid(&app, &waiting).await;
        let unsigned = Sent {
            headers: HeaderMap::new(),
            ..genuine.clone()
        };
        let altered = Sent {
            body: genuine.body.replace("19900", "19901"),
            ..genuine.clone()
        };
        let mut guessed = genuine.clone();
        let value = format!("t=1,v1={}", "0".repeat(64));
        guessed
            .headers
            .insert("waymark-signature", value.parse().expect("a header"));
        for forged in [unsigned, altered, guessed] {
            let status = send(&app.url, &forged).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{}", app.test.kind);
        }
        let garbage = signed(&app, "{\"id\":7}");
        assert_eq!(send(&app.url, &garbage).await, StatusCode::BAD_REQUEST);
        assert_eq!(number(&app.test.backend, KEPT).await, 0);
        assert_eq!(state(&app, waiting.order).await, State::AwaitingPayment);
        assert_eq!(send(&app.url, &genuine).await, StatusCode::OK);
        assert_eq!(state(&app, waiting.order).await, State::Paid);
    }
}

#[tokio::test]
async fn another_gateway_and_another_method_do_not_exist() {
    let app = schools().await.remove(0);
    let client = reqwest::Client::new();
    for path in ["/webhooks/stripe", "/webhooks/alipay", "/webhooks/a%2Fb"] {
        let response = client.post(format!("{}{path}", app.url)).body("{}");
        let status = response.send().await.expect("an answer").status();
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    let response = client.get(format!("{}{PATH}", app.url));
    let status = response.send().await.expect("an answer").status();
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_stale_notice_is_not_believed() {
    for app in schools().await {
        let waiting = waiting(&app).await;
        let genuine = paid(&app, &waiting).await;
        app.test.backend.clock.advance(Duration::from_secs(301));
        let status = send(&app.url, &genuine).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{}", app.test.kind);
        assert_eq!(number(&app.test.backend, KEPT).await, 0);
        // Signed anew, as gateways do when they try again.
        let again = signed(&app, &genuine.body);
        assert_eq!(send(&app.url, &again).await, StatusCode::OK);
        assert_eq!(state(&app, waiting.order).await, State::Paid);
    }
}

#[tokio::test]
async fn a_notice_replayed_a_hundred_times_pays_once() {
    for app in schools().await {
        let waiting = waiting(&app).await;
        let genuine = paid(&app, &waiting).await;
        for _ in 0..100 {
            assert_eq!(send(&app.url, &genuine).await, StatusCode::OK);
        }
        assert_eq!(captures(&app, waiting.order).await, 1, "{}", app.test.kind);
        assert_eq!(number(&app.test.backend, KEPT).await, 1);
        check(&app).await;
    }
}

#[tokio::test]
async fn parallel_notices_at_two_nodes_pay_once() {
    for app in schools().await {
        let other = Backend {
            db: Db::connect(&app.test.database).await.expect("a database"),
            ..app.test.backend.clone()
        };
        let other = app.second_node(other).await;
        let mut orders = Vec::new();
        let mut sending = Vec::new();
        for _ in 0..4 {
            let waiting = waiting(&app).await;
            let genuine = paid(&app, &waiting).await;
            for node in [&app.url, &other] {
                for _ in 0..6 {
                    let (node, genuine) = (node.clone(), genuine.clone());
                    sending.push(tokio::spawn(async move { send(&node, &genuine).await }));
                }
            }
            orders.push(waiting.order);
        }
        for status in sending {
            assert_eq!(status.await.expect("sent"), StatusCode::OK);
        }
        // What two nodes did to each other, the job of either does again.
        app.test.backend.clock.advance(Duration::from_secs(30));
        app.test.backend.run_checkout_jobs().await;
        for order in orders {
            assert_eq!(captures(&app, order).await, 1, "{}", app.test.kind);
        }
        assert_eq!(number(&app.test.backend, KEPT).await, 4);
        check(&app).await;
    }
}

#[tokio::test]
async fn notices_in_any_order_come_to_the_same() {
    for app in schools().await {
        let waiting = waiting(&app).await;
        let sandbox = app.test.backend.gateway.sandbox().expect("the sandbox");
        let declined = sandbox.decline(&waiting.reference).await;
        let declined = signed(&app, &declined.expect("an answer").expect("it was open"));
        let genuine = paid(&app, &waiting).await;
        assert_eq!(send(&app.url, &genuine).await, StatusCode::OK);
        assert_eq!(send(&app.url, &declined).await, StatusCode::OK);
        assert_eq!(state(&app, waiting.order).await, State::Paid);
        assert_eq!(captures(&app, waiting.order).await, 1);
        check(&app).await;
    }
}

#[tokio::test]
async fn a_late_notice_finds_an_order_that_has_ended() {
    for app in schools().await {
        let waiting = waiting(&app).await;
        let genuine = paid(&app, &waiting).await;
        app.test.backend.clock.advance(Duration::from_secs(3600));
        // Told by the page or by the notice, whichever is first: the money counts once.
        let late = signed(&app, &genuine.body);
        assert_eq!(send(&app.url, &late).await, StatusCode::OK);
        assert_eq!(state(&app, waiting.order).await, State::Paid);
        app.test.backend.run_checkout_jobs().await;
        assert_eq!(captures(&app, waiting.order).await, 1, "{}", app.test.kind);
        check(&app).await;
    }
}

#[tokio::test]
async fn a_notice_for_an_unknown_order_is_kept_and_harmless() {
    for app in schools().await {
        let waiting = waiting(&app).await;
        let genuine = paid(&app, &waiting).await;
        let body: serde_json::Value = serde_json::from_str(&genuine.body).expect("JSON");
        let mut unknown = body.clone();
        unknown["id"] = Uuid::now_v7().to_string().into();
        unknown["reference"] = "sandbox_unknown".into();
        unknown["payment"] = Uuid::now_v7().to_string().into();
        let sent = signed(&app, &unknown.to_string());
        for _ in 0..2 {
            assert_eq!(send(&app.url, &sent).await, StatusCode::OK);
        }
        let outcomes = "SELECT COUNT(*) FROM payment_notice WHERE outcome = 'unknown' AND processed_at IS NOT NULL";
        assert_eq!(number(&app.test.backend, outcomes).await, 1);
        // Another payment's name does not open this order either.
        let mut mixed = body;
        mixed["id"] = Uuid::now_v7().to_string().into();
        mixed["reference"] = "sandbox_unknown".into();
        let sent = signed(&app, &mixed.to_string());
        assert_eq!(send(&app.url, &sent).await, StatusCode::OK);
        assert_eq!(state(&app, waiting.order).await, State::AwaitingPayment);
    }
}

#[tokio::test]
async fn a_huge_notice_is_not_read() {
    let app = schools().await.remove(0);
    let huge = signed(&app, &"x".repeat(300 * 1024));
    let status = send(&app.url, &huge).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(number(&app.test.backend, KEPT).await, 0);
}

#[tokio::test]
async fn forgers_are_stopped_and_the_gateway_is_not() {
    for app in schools().await {
        let waiting = waiting(&app).await;
        let mut genuine = paid(&app, &waiting).await;
        let mut forged = genuine.clone();
        forged.body.push(' ');
        for sent in [&mut genuine, &mut forged] {
            let address = "203.0.113.9".parse().expect("a header");
            sent.headers.insert("x-forwarded-for", address);
        }
        for _ in 0..30 {
            assert_eq!(send(&app.url, &forged).await, StatusCode::UNAUTHORIZED);
        }
        let stopped = send(&app.url, &forged).await;
        assert_eq!(stopped, StatusCode::TOO_MANY_REQUESTS, "{}", app.test.kind);
        // From the same address, behind a proxy perhaps.
        assert_eq!(send(&app.url, &genuine).await, StatusCode::OK);
        assert_eq!(state(&app, waiting.order).await, State::Paid);
    }
}

#[tokio::test]
async fn the_sandbox_has_a_page_that_says_it_is_a_test() {
    for app in schools().await {
        let waiting = waiting(&app).await;
        let path = format!("/sandbox/pay/{}", waiting.reference);
        let browser = app.browser();
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.has("no money moves"), "{}", page.body);
        assert_eq!(
            page.text("[data-testid=order-total]").as_deref(),
            Some("CN¥199")
        );
        assert_eq!(
            browser.get("/sandbox/pay/made-up").await.status,
            StatusCode::NOT_FOUND
        );
        page.submit("Decline", &[]).await;
        let timeline = self::page(&app, waiting.order).await.timeline;
        assert!(timeline.iter().any(|step| step.event == Event::Declined));
        let sent = page.submit("Pay", &[("notify", "first")]).await;
        assert!(
            sent.path.starts_with(&format!("/orders/{}", waiting.order)),
            "{}",
            sent.path
        );
        assert_eq!(state(&app, waiting.order).await, State::Paid);
        let again = browser.get(&path).await;
        assert!(again.has("has been made"), "{}", again.body);
        // A second press comes too late, and is harmless.
        page.submit("Pay", &[("notify", "twice")]).await;
        assert_eq!(captures(&app, waiting.order).await, 1);
    }
}
