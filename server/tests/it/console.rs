use backend::testing::checkout::{WrittenOrder, write_order, write_trouble};
use domain::account::Role;

use crate::harness::{Browser, TestApp};

/// A school with two orders, and somebody of each role who is signed in: learner, instructor, marketer, admin.
async fn staffed(app: &TestApp) -> [Browser; 4] {
    app.with_course("walk", Some("199")).await;
    let order = write_order(&app.test.backend, WrittenOrder::default()).await;
    write_trouble(&app.test.backend, order, app.test.backend.clock.now()).await;
    let other = WrittenOrder {
        number: "W-0002",
        email: "=cmd@example.com",
        reference: "ref-2",
        ..WrittenOrder::default()
    };
    write_order(&app.test.backend, other).await;
    let mut browsers = Vec::new();
    for role in [Role::Learner, Role::Instructor, Role::Marketer, Role::Admin] {
        let email = format!("{role}@example.com");
        app.with_user(&email, role).await;
        browsers.push(app.signed_in(&email).await);
    }
    browsers.try_into().unwrap_or_else(|_| panic!("four"))
}

#[tokio::test]
async fn the_console_does_not_exist_for_learners() {
    for app in TestApp::both().await {
        let [learner, instructor, marketer, admin] = staffed(&app).await;
        for path in ["/console", "/console/orders", "/console/orders.csv"] {
            for browser in [&learner, &instructor] {
                assert_eq!(browser.get(path).await.status, 404, "{path}");
            }
            for browser in [&marketer, &admin] {
                assert_eq!(browser.get(path).await.status, 200, "{path}");
            }
            let door = app.browser().get(path).await;
            assert!(door.path.starts_with("/sign-in?next="), "{}", door.path);
        }
        assert_eq!(marketer.get("/console/findings").await.status, 404);
        assert_eq!(admin.get("/console/findings").await.status, 200);

        let link = ".site-nav a[href='/console']";
        assert_eq!(learner.get("/").await.text(link), None);
        assert_eq!(admin.get("/").await.text(link).as_deref(), Some("Console"));
        let page = marketer.get("/console").await;
        assert!(!page.body.contains(".wasm"));
        assert_eq!(page.texts(".console-parts a").len(), 5);
        assert_eq!(page.headers["cache-control"], "private, no-store");
    }
}

#[tokio::test]
async fn an_overview_leads_to_what_is_behind_its_figures() {
    for app in TestApp::both().await {
        let [_, _, marketer, admin] = staffed(&app).await;
        let page = admin.get("/console").await;
        assert_eq!(
            page.texts(".figures dd"),
            ["0", "1", "1"],
            "{}",
            app.test.kind
        );
        let behind = page
            .attribute(".console-revenue tbody a", "href")
            .expect("a figure");
        let list = admin.get(&behind).await;
        assert_eq!(list.texts("tbody th"), ["W-0002", "W-0001"], "{behind}");
        let asked = admin.get("/console/orders?state=refund-asked").await;
        assert_eq!(asked.texts("tbody th"), ["W-0001"]);
        assert!(asked.has("mei.chen@example.com"));
        let masked = marketer.get("/console/orders?state=refund-asked").await;
        assert!(masked.has("m…@example.com") && !masked.body.contains("mei.chen"));
        for language in ["zh-Hans", "zh-Hant"] {
            let page = admin
                .get(&format!("/console?lang={language}&per=month"))
                .await;
            assert_eq!(page.status, 200);
            assert!(!page.body.contains("console-p\">"), "{language}");
        }
        let nothing = admin.get("/console/orders?lang=en&q=nowhere").await;
        assert!(nothing.has("No order fits."));
        assert_eq!(nothing.attribute("#q", "value").as_deref(), Some("nowhere"));
    }
}

#[tokio::test]
async fn a_file_of_orders_runs_nothing_and_shows_no_more_than_the_page() {
    for app in TestApp::both().await {
        let [_, _, marketer, admin] = staffed(&app).await;
        let file = admin.get("/console/orders.csv?q=W-0002").await;
        assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
        assert!(
            file.headers["content-disposition"]
                .to_str()
                .is_ok_and(|name| name.contains("orders.csv"))
        );
        let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 2, "{}", file.body);
        assert!(lines[0].starts_with("Number,State,"), "{}", lines[0]);
        assert!(
            lines[1].starts_with("W-0002,Paid,2026-03-02 09:00:01,2026-03-02 09:00:01,'=cmd@example.com,Course walk,1,CNY,199.00,0.00,"),
            "{}",
            lines[1]
        );
        let whole = marketer.get("/console/orders.csv").await;
        assert_eq!(whole.body.lines().count(), 3);
        assert!(!whole.body.contains("mei.chen") && !whole.body.contains("cmd"));
    }
}
