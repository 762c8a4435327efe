//! What players report, as it comes over the wire.

use std::time::Duration;

use domain::account::Role;
use reqwest::StatusCode;

use crate::harness::{Browser, Page, TestApp};

const PATH: &str = "/api/app/course/api/report_watching";
const ID: &str = "3f2c9f0e-7a53-4d0e-9f8e-0242ac120002";

async fn enrolled(app: &TestApp) -> Browser {
    app.with_course("walk", None).await;
    app.with_user("mei@example.com", Role::Learner).await;
    let browser = app.signed_in("mei@example.com").await;
    browser
        .get("/courses/walk")
        .await
        .submit("Enrol", &[])
        .await;
    browser.get("/courses/walk/lessons/film").await;
    app.test.backend.clock.advance(Duration::from_secs(60));
    browser
}

async fn post(browser: &Browser, body: String) -> Page {
    let request = browser
        .client
        .post(format!("{}{PATH}", browser.url))
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .body(body);
    browser.send(request, PATH).await
}

/// A report of `walk` with these events, sent when the client's clock shows 5000.
async fn report(browser: &Browser, events: &str) -> Page {
    post(
        browser,
        format!(
            r#"{{"report":{{"course":"walk","lesson":"film","activity":"film","position_ms":50000,"sent_at_ms":5000,"events":{events}}}}}"#
        ),
    )
    .await
}

fn id(number: usize) -> String {
    ID.replace("0002", &format!("000{number}"))
}

fn event(id: &str, from: &str, to: &str, rate: &str, at: &str) -> String {
    format!(r#"{{"id":"{id}","from_ms":{from},"to_ms":{to},"rate":{rate},"at_ms":{at}}}"#)
}

#[tokio::test]
async fn the_player_reports_through_its_server_function() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let stretch = format!("[{}]", event(ID, "0", "50000", "1.25", "5000"));
        for _ in 0..2 {
            let taken = report(&browser, &stretch).await;
            assert_eq!(
                (taken.status.as_u16(), taken.body.as_str()),
                (200, r#"{"intervals":[[0,50000]],"lesson_done":false}"#),
                "{}",
                app.test.kind
            );
        }
        let mine = browser.get("/learning").await;
        let back = mine
            .attribute(".continue a.button", "href")
            .expect("one tap");
        let source = browser
            .get(&back)
            .await
            .attribute("video source", "src")
            .expect("a source");
        assert!(source.ends_with("#t=50"), "to the second: {source}");
        let nowhere = r#"{"report":{"course":"walk","lesson":"film","activity":"film","position_ms":null,"sent_at_ms":1,"events":[]}}"#;
        assert_eq!(post(&browser, nowhere.into()).await.status, 200);
        assert_eq!(
            post(&browser, nowhere.replace("\"walk\"", "\"none\""))
                .await
                .status,
            404
        );
        let stranger = app.browser();
        assert_eq!(post(&stranger, nowhere.into()).await.status, 401);
        app.with_user("eve@example.com", Role::Learner).await;
        let eve = app.signed_in("eve@example.com").await;
        assert_eq!(report(&eve, &stretch).await.status, 404, "not enrolled");
        let get = browser.client.get(format!("{}{PATH}", app.url));
        assert_eq!(browser.send(get, PATH).await.status, 405);
    }
}

#[tokio::test]
async fn bad_input_has_its_answer() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let refused = [
            event(ID, "-1", "5000", "1", "5000"),
            event(ID, "0", "5000", "NaN", "5000"),
            event(ID, "0", "5000", "null", "5000"),
            event(ID, "0", "5000", "1e999", "5000"),
            event(ID, "0", "5000", "0", "5000"),
            event(ID, "0", "5000", "-1", "5000"),
            event(ID, "0", "5000", "3.5", "5000"),
            event(ID, "0", "1.5", "1", "5000"),
            event(ID, "0", "18446744073709551615", "1", "5000"),
            event(ID, "0", "99999999999999999999999", "1", "5000"),
            event(ID, "0", "5000", "1", "9223372036854775807"),
            event("17", "0", "5000", "1", "5000"),
            vec![event(ID, "0", "5000", "1", "5000"); 501].join(","),
        ];
        for events in refused {
            let page = report(&browser, &format!("[{events}]")).await;
            assert_eq!(
                page.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{events} on {}",
                app.test.kind
            );
        }
        assert_eq!(report(&browser, "\"x\"").await.status, 422);
        assert_eq!(post(&browser, "{".into()).await.status, 422);
        // Without effect, but no reason to refuse what is sent with it: reversed, behind the end, a crumb, from the
        // future; and what is in order, out of order and overlapping.
        let mixed: Vec<_> = [
            ("9000", "3000", "5000"),
            ("500000", "600000", "5000"),
            ("50000", "50100", "5000"),
            ("20000", "30000", "4000"),
            ("0", "10000", "5000"),
            ("5000", "12000", "3000"),
        ]
        .iter()
        .enumerate()
        .map(|(number, (from, to, at))| event(&id(number), from, to, "1", at))
        .collect();
        let taken = report(&browser, &format!("[{}]", mixed.join(","))).await;
        assert_eq!(
            (taken.status.as_u16(), taken.body.as_str()),
            (
                200,
                r#"{"intervals":[[0,12000],[20000,30000]],"lesson_done":false}"#
            ),
            "{}",
            app.test.kind
        );
        let future = event(&id(9), "30000", "31000", "1", "99999999");
        let taken = report(&browser, &format!("[{future}]")).await;
        assert!(taken.body.contains("[20000,31000]"), "{}", taken.body);
    }
}
