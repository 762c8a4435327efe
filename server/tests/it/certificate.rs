//! Certificates over HTTP: earned by plain forms, seen by whoever has the address, checked by anybody.

use domain::account::Role;
use reqwest::StatusCode;
use serde_json::Value;

use crate::harness::{Browser, Page, TestApp};

/// Finishes the sample course as a browser without JavaScript does it.
async fn finish(app: &TestApp, browser: &Browser) -> Page {
    browser
        .get("/courses/walk")
        .await
        .submit("Enrol", &[])
        .await;
    browser.get("/courses/walk/lessons/film").await;
    app.test
        .backend
        .clock
        .advance(std::time::Duration::from_secs(130));
    let quiz = browser.get("/courses/walk/lessons/check").await;
    quiz.submit(
        "Check answers",
        &[("answers[0][]", "1"), ("answers[1][]", "42")],
    )
    .await;
    for lesson in ["intro", "film"] {
        let page = browser
            .get(&format!("/courses/walk/lessons/{lesson}"))
            .await;
        page.submit("Mark as complete", &[]).await;
    }
    let last = browser.get("/courses/walk/lessons/deep").await;
    last.submit("Mark as complete", &[]).await
}

async fn earned(app: &TestApp) -> (Browser, Page) {
    app.with_course("walk", None).await;
    app.with_user("mei@example.com", Role::Learner).await;
    let browser = app.signed_in("mei@example.com").await;
    let done = finish(app, &browser).await;
    let link = done
        .attribute(".lesson-end a[href$='/certificate']", "href")
        .expect("a link at the end of the last lesson");
    let page = browser.get(&link).await;
    (browser, page)
}

async fn bytes(browser: &Browser, path: &str) -> (reqwest::Response, Option<String>) {
    let url = format!("{}{path}", browser.url);
    let response = browser.client.get(url).send().await.expect("an answer");
    let kind = response
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .map(str::to_owned);
    (response, kind)
}

async fn json(browser: &Browser, path: &str) -> Value {
    let (response, _) = bytes(browser, path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.json().await.expect("JSON")
}

#[tokio::test]
async fn finishing_a_course_leads_to_its_certificate() {
    for app in TestApp::both().await {
        let (browser, page) = earned(&app).await;
        assert!(
            page.path.starts_with("/certificates/"),
            "{} {}",
            page.path,
            app.test.kind
        );
        assert_eq!(page.text("h1").as_deref(), Some("Mei Chen"));
        assert_eq!(
            page.text(".certificate-course").as_deref(),
            Some("Course walk")
        );
        assert_eq!(
            page.text(".standing-title").as_deref(),
            Some("Valid, signed by this school")
        );
        assert_eq!(
            page.attribute("meta[name=robots]", "content").as_deref(),
            Some("noindex")
        );
        assert!(page.has("Share this page") && page.has("2 March 2026"));
        for place in ["/learning", "/courses/walk", "/courses"] {
            let link = browser
                .get(place)
                .await
                .attribute("a[href='/courses/walk/certificate']", "href");
            assert!(link.is_some(), "{place}");
        }

        // Anybody with the address sees it, and none of what is for the learner.
        let seen = app.browser_in("zh-CN").get(&page.path).await;
        assert_eq!(seen.status, 200);
        assert_eq!(seen.text("h1").as_deref(), Some("Mei Chen"));
        assert!(
            seen.has("有效，由本校签发"),
            "around it the reader's language"
        );
        assert!(
            seen.has("Certificate of completion"),
            "on it the course's language"
        );
        assert!(!seen.has("分享本页"));
        assert!(
            seen.attribute(
                "meta[name='og:title'], meta[property='og:title']",
                "content"
            )
            .is_some()
        );
    }
}

#[tokio::test]
async fn those_who_have_not_finished_have_none() {
    for app in TestApp::both().await {
        app.with_course("walk", None).await;
        app.with_user("eve@example.com", Role::Learner).await;
        let eve = app.signed_in("eve@example.com").await;
        assert_eq!(
            eve.get("/courses/walk/certificate").await.status,
            404,
            "{}",
            app.test.kind
        );
        let stranger = app.browser().get("/courses/walk/certificate").await;
        assert!(
            stranger.path.starts_with("/sign-in?next="),
            "{}",
            stranger.path
        );
        let nothing = "0".repeat(26);
        for unknown in [
            format!("/certificates/{nothing}"),
            "/certificates/hello".to_owned(),
            format!("/certificates/{nothing}.pdf"),
            "/certificates/hello.pdf".to_owned(),
            format!("/certificates/{nothing}/credential.jwt"),
            format!("/certificates/{nothing}/credential.json"),
            "/certificates/keys/none".to_owned(),
            "/certificates/status/7".to_owned(),
            "/certificates/status/x".to_owned(),
        ] {
            assert_eq!(eve.get(&unknown).await.status, 404, "{unknown}");
        }
    }
}

#[tokio::test]
async fn it_is_a_file_for_people_and_for_machines() {
    for app in TestApp::both().await {
        let (_, page) = earned(&app).await;
        let anyone = app.browser();
        let (pdf, kind) = bytes(&anyone, &format!("{}.pdf", page.path)).await;
        assert_eq!(
            (pdf.status(), kind.as_deref()),
            (StatusCode::OK, Some("application/pdf"))
        );
        assert_eq!(pdf.headers()["x-robots-tag"], "noindex");
        let drawn = pdf.bytes().await.expect("a document");
        assert!(drawn.starts_with(b"%PDF-"), "{}", app.test.kind);

        let (token, kind) = bytes(&anyone, &format!("{}/credential.jwt", page.path)).await;
        assert_eq!(kind.as_deref(), Some("application/vc+jwt"));
        assert_eq!(token.headers()["access-control-allow-origin"], "*");
        assert_eq!(token.text().await.expect("text").split('.').count(), 3);
        let credential = json(&anyone, &format!("{}/credential.json", page.path)).await;
        assert_eq!(credential["type"][1], "OpenBadgeCredential");

        // Everything that it names is there. The tests' backend knows itself by another name than localhost's port.
        let path = |value: &Value| {
            let url = value.as_str().expect("an address");
            url.strip_prefix("http://localhost")
                .expect("our own")
                .to_owned()
        };
        let issuer = json(&anyone, &path(&credential["issuer"]["id"])).await;
        assert_eq!(issuer["id"], credential["iss"]);
        let keys = json(&anyone, "/.well-known/jwks.json").await;
        let key = json(&anyone, &path(&keys["keys"][0]["kid"])).await;
        assert_eq!(key, keys["keys"][0]);
        assert!(key["d"].is_null(), "the private half stays at home");
        let (list, kind) = bytes(
            &anyone,
            &path(&credential["credentialStatus"]["statusListCredential"]),
        )
        .await;
        assert_eq!(
            (list.status(), kind.as_deref()),
            (StatusCode::OK, Some("application/vc+jwt"))
        );
    }
}

#[tokio::test]
async fn what_somebody_brings_is_checked_on_a_plain_form() {
    for app in TestApp::both().await {
        let (_, page) = earned(&app).await;
        let anyone = app.browser();
        let (response, _) = bytes(&anyone, &format!("{}/credential.jwt", page.path)).await;
        let token = response.text().await.expect("a token");
        let form = anyone.get("/certificates/verify").await;
        let check = async |text: &str| form.submit("Check", &[("credential", text)]).await;

        let valid = check(&token).await;
        assert_eq!(
            valid.text(".standing-title").as_deref(),
            Some("Valid, signed by this school")
        );
        assert_eq!(
            valid.text(".verify-course").as_deref(),
            Some("Course walk"),
            "{}",
            app.test.kind
        );
        let code = page.path.rsplit('/').next().expect("a code").to_uppercase();
        assert!(check(&code).await.has("Valid, signed by this school"));

        let mut altered = token.clone().into_bytes();
        let middle = token.find('.').expect("a dot") + 40;
        altered[middle] = if altered[middle] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).expect("text");
        let said = check(&altered).await.text(".standing-title");
        assert!(
            matches!(said.as_deref(), Some("Altered" | "Not readable")),
            "{said:?}"
        );
        let (body, _) = token.rsplit_once('.').expect("a signature");
        assert_eq!(
            check(&format!("{body}.AAAA"))
                .await
                .text(".standing-title")
                .as_deref(),
            Some("Altered")
        );
        let other = "eyJhbGciOiJSUzI1NiIsImtpZCI6Imh0dHBzOi8vb3RoZXIuZXhhbXBsZS9rIn0.eyJpc3MiOiJodHRwczovL290aGVyLmV4YW1wbGUifQ.AAAA";
        let foreign = check(other).await;
        assert_eq!(
            foreign.text(".standing-title").as_deref(),
            Some("Not from this school")
        );
        assert!(foreign.has("https://other.example"));
        assert!(check("hello").await.has("Not readable"));
        assert!(check(&"0".repeat(26)).await.has("Not known"));
        let empty = check(" ").await;
        assert_eq!((empty.status.as_u16(), empty.alerts().len()), (422, 1));
        assert_eq!(check(&"x".repeat(17_000)).await.status, 422);
    }
}

#[tokio::test]
async fn a_revoked_certificate_says_so_everywhere() {
    for app in TestApp::both().await {
        let (_, page) = earned(&app).await;
        let code = page.path.rsplit('/').next().expect("a code");
        app.test
            .backend
            .revoke_certificate(&code.parse().expect("a code"), "Issued <b>by mistake</b>.")
            .await
            .expect("revoked");
        let seen = app.browser().get(&page.path).await;
        assert_eq!(seen.status, 200);
        assert_eq!(
            seen.text(".standing-title").as_deref(),
            Some("Revoked on 2 March 2026")
        );
        assert!(
            seen.has("Issued <b>by mistake</b>."),
            "shown as it was typed"
        );
        assert_eq!(
            seen.text(".certificate-revoked").as_deref(),
            Some("Revoked on 2 March 2026")
        );
        let (pdf, _) = bytes(&app.browser(), &format!("{}.pdf", page.path)).await;
        assert_eq!(pdf.status(), StatusCode::OK, "{}", app.test.kind);
    }
}
