//! Receipts and what mails about orders lead to, over HTTP.

use backend::{
    checkout::{Buyer, BuyerKey, Next, Place},
    ports::{mail::Mail, payment::sandbox::Delivery},
};
use domain::{
    account::{Email, Role},
    ids::{OrderId, Slug},
};
use reqwest::{StatusCode, header};
use uuid::Uuid;

use crate::harness::{Browser, PASSWORD, TestApp};

const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);

/// Places an order for `walk` without an account, and gives the key that the browser would hold.
async fn place(app: &TestApp, email: &str) -> (OrderId, String, Next) {
    let backend = &app.test.backend;
    let version = backend.agreement_terms().await.expect("terms").version;
    let key = BuyerKey::random();
    let placed = backend
        .place_order(Place {
            buyer: Buyer {
                user: None,
                email: Email::parse(email).expect("an address"),
                key: key.clone(),
                language: "en".into(),
            },
            courses: vec![Slug::parse("walk").expect("a slug")],
            code: None,
            expected_total: 19_900,
            agreement: version,
            form_key: Uuid::now_v7(),
            visitor: backend::account::Visitor::default(),
        })
        .await
        .expect("placed");
    (placed.order, key.as_str().to_owned(), placed.next)
}

/// Pays; the reconciliation learns of it.
async fn pay(app: &TestApp, next: &Next) {
    let backend = &app.test.backend;
    let Next::PayAt(url) = next else {
        panic!("nothing to pay")
    };
    let reference = url.rsplit('/').next().unwrap_or_default();
    let sandbox = backend.gateway.sandbox().expect("the sandbox");
    sandbox.pay(reference, Delivery::Never).await.expect("paid");
    backend.clock.advance(HOUR / 10);
    backend.run_checkout_jobs().await;
}

async fn mail(app: &TestApp, to: &str) -> Mail {
    app.test.backend.send_order_mails().await.expect("sent");
    let sent = app.test.backend.mailer.sent().into_iter().rev();
    let mut to_them = sent.filter(|mail| mail.to == to);
    to_them.next().expect("a mail")
}

/// The path of a link in a mail that begins so.
fn link(mail: &Mail, path: &str) -> String {
    let words = mail.text.split_whitespace();
    let mut paths = words.filter_map(|word| word.strip_prefix("http://localhost"));
    let found = paths.find(|word| word.starts_with(path));
    found.expect("a link").to_owned()
}

async fn pdf(browser: &Browser, order: OrderId, cookie: &str) -> reqwest::Response {
    let url = format!("{}/orders/{order}/receipt.pdf", browser.url);
    let request = browser.client.get(url).header(header::COOKIE, cookie);
    request.send().await.expect("an answer")
}

#[tokio::test]
async fn a_receipt_is_for_its_buyer_and_for_admins() {
    for app in TestApp::both().await {
        app.with_course("walk", Some("199.00")).await;
        let (order, key, next) = place(&app, "mei@example.com").await;
        let cookie = format!("waymark_buyer={key}");
        let browser = app.browser();
        assert_eq!(
            pdf(&browser, order, &cookie).await.status(),
            404,
            "not paid yet"
        );
        pay(&app, &next).await;
        let response = pdf(&browser, order, &cookie).await;
        assert_eq!(response.status(), StatusCode::OK, "{}", app.test.kind);
        let headers = response.headers();
        assert_eq!(headers["content-type"], "application/pdf");
        assert_eq!(headers["cache-control"], "private, no-store");
        let bytes = response.bytes().await.expect("a document");
        assert!(bytes.starts_with(b"%PDF-"));

        // Until there is an account, joining in that browser says what waits.
        let join = browser.client.get(format!("{}/join", browser.url));
        let join = browser
            .send(join.header(header::COOKIE, &cookie), "/join")
            .await;
        assert!(join.has("Course walk waits for you."), "{}", app.test.kind);
        assert!(!app.browser().get("/join").await.has("waits for you"));

        let path = format!("/orders/{order}/receipt.pdf");
        let stranger = app.browser().get(&path).await;
        assert_eq!(stranger.status, 404);
        app.with_user("eve@example.com", Role::Learner).await;
        app.with_user("mark@example.com", Role::Marketer).await;
        for other in ["eve@example.com", "mark@example.com"] {
            assert_eq!(
                app.signed_in(other).await.get(&path).await.status,
                404,
                "{other}"
            );
        }
        app.with_user("ada@example.com", Role::Admin).await;
        assert_eq!(
            app.signed_in("ada@example.com")
                .await
                .get(&path)
                .await
                .status,
            200
        );
        for nothing in [
            "/orders/x/receipt.pdf",
            "/orders/00000000-0000-0000-0000-000000000000/receipt.pdf",
        ] {
            assert_eq!(app.browser().get(nothing).await.status, 404);
        }
    }
}

#[tokio::test]
async fn a_receipt_that_cannot_be_given_is_told_on_a_page_in_the_visitor_s_language() {
    for app in TestApp::both().await {
        app.with_course("walk", Some("199.00")).await;
        let (order, key, _) = place(&app, "mei@example.com").await;
        let browser = app.browser();
        browser.get("/courses?lang=zh-Hans").await;
        let path = format!("/orders/{order}/receipt.pdf");
        let page = browser.get(&path).await;
        assert_eq!(page.status, 404, "{}", app.test.kind);
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("zh-Hans"));
        assert_eq!(page.text("h1").as_deref(), Some("这里没有内容"));
        assert!(page.attribute(".site-mark", "href").is_some());

        app.test.backend.db.close().await;
        let cookie = format!("waymark_buyer={key}; lang=zh-Hant");
        let request = browser.client.get(format!("{}{path}", app.url));
        let request = request.header(header::COOKIE, cookie);
        let page = browser.send(request, &path).await;
        assert_eq!(page.status, 503, "{}", app.test.kind);
        assert_eq!(page.text("h1").as_deref(), Some("沒有成功"));
    }
}

#[tokio::test]
async fn the_mailed_link_makes_the_account_and_leads_into_the_course() {
    for app in TestApp::both().await {
        app.with_course("walk", Some("199.00")).await;
        let (order, _, next) = place(&app, "mei@example.com").await;
        pay(&app, &next).await;
        let path = link(&mail(&app, "mei@example.com").await, "/welcome/");
        let browser = app.browser();
        let page = browser.get(&path).await;
        assert!(
            page.has("For mei@example.com.") && page.has("Course walk"),
            "{}",
            page.body
        );
        assert_eq!(
            page.attribute("meta[name=robots]", "content").as_deref(),
            Some("noindex")
        );
        let wrong = page
            .submit(
                "Make the account",
                &[("name", "Mei"), ("password", "short")],
            )
            .await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.attribute("#name", "value").as_deref(), Some("Mei"));
        assert_eq!(wrong.alerts().len(), 1);
        let fields = [("name", "Mei Chen"), ("password", PASSWORD)];
        let inside = page.submit("Make the account", &fields).await;
        assert_eq!(
            inside.path, "/courses/walk?notice=welcome",
            "{}",
            app.test.kind
        );
        assert!(inside.has("Your account is ready, and the course is yours."));
        assert!(
            inside.has("Continue learning") || inside.has("Start"),
            "{}",
            inside.body
        );
        // The receipt is theirs without any key now.
        let receipt = browser.get(&format!("/orders/{order}/receipt.pdf")).await;
        assert_eq!(receipt.status, 200);

        let again = app.browser().get(&path).await;
        assert!(again.has("You have an account with this address already"));
        let nowhere = app.browser().get("/welcome/abc").await;
        assert_eq!(nowhere.status, 404);
        assert!(nowhere.has("This link leads nowhere."));
    }
}

#[tokio::test]
async fn reminders_are_stopped_by_a_button_or_by_the_mail_program() {
    for app in TestApp::both().await {
        app.with_course("walk", Some("199.00")).await;
        let backend = &app.test.backend;
        for email in ["button@example.com", "program@example.com"] {
            place(&app, email).await;
        }
        backend.clock.advance(HOUR * 2);
        backend.run_checkout_jobs().await;
        assert_eq!(
            backend.due_reminders().await.expect("reminders"),
            2,
            "{}",
            app.test.kind
        );

        let path = link(&mail(&app, "button@example.com").await, "/unsubscribe/");
        let page = app.browser().get(&path).await;
        let done = page.submit("Stop reminders", &[]).await;
        assert_eq!(done.path, "/unsubscribe/done");
        assert!(done.has("Reminders are stopped for this address."));

        let path = link(&mail(&app, "program@example.com").await, "/unsubscribe/");
        let click = [("List-Unsubscribe".to_owned(), "One-Click".to_owned())];
        assert_eq!(app.browser().post(&path, &click).await.status, 200);
        assert_eq!(
            app.browser().post("/unsubscribe/abc", &click).await.status,
            404
        );
        let unknown = app.browser().get("/unsubscribe/abc").await;
        let refused = unknown.submit("Stop reminders", &[]).await;
        assert_eq!((refused.status.as_u16(), refused.alerts().len()), (422, 1));

        for email in ["button@example.com", "program@example.com"] {
            place(&app, email).await;
        }
        backend.clock.advance(HOUR * 2);
        backend.run_checkout_jobs().await;
        assert_eq!(backend.due_reminders().await.expect("none"), 0);
    }
}
