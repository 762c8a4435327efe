use backend::{
    pricing::ListedCoupon,
    testing::{
        TestBackend,
        checkout::{WrittenOrder, write_order, write_trouble},
        shop::silent_gateway,
    },
};
use domain::account::Role;

use crate::harness::{Browser, TestApp};

/// A school with two orders, and somebody of each role who is signed in: learner, instructor, marketer, admin.
pub async fn staffed(app: &TestApp) -> [Browser; 4] {
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
        assert_eq!(
            list.texts("tbody td:nth-child(3)"),
            ["Paid Test", "Paid Refund asked for Test"]
        );
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
        assert!(lines[0].ends_with(",Id,Test") && lines[1].ends_with(",Yes"));
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

#[tokio::test]
async fn a_test_is_told_beside_a_real_gateway_too_and_is_no_revenue() {
    for mut test in TestBackend::both().await {
        test.backend.gateway = silent_gateway();
        let app = TestApp::over(test).await;
        let [_, _, _, admin] = staffed(&app).await;
        let list = admin.get("/console/orders").await;
        let order = list.attribute("tbody th a", "href").expect("an order");
        let page = admin.get(&order).await;
        assert!(
            page.has("Test order: no money has moved.") && !page.has("This is a test"),
            "{}: {}",
            app.test.kind,
            page.body
        );
        let overview = admin.get("/console").await;
        assert!(overview.has("Nothing was paid in this time."));
    }
}

#[tokio::test]
async fn money_goes_back_after_a_second_look_and_once() {
    for app in TestApp::both().await {
        let [_, _, marketer, admin] = staffed(&app).await;
        let list = admin.get("/console/orders?q=W-0002").await;
        let order = list.attribute("tbody th a", "href").expect("an order");
        let page = admin.get(&order).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.has("Order W-0002") && page.has("=cmd@example.com"));
        assert!(page.has("This is a test") && !page.has("Test order"));
        assert_eq!(
            page.texts("section[aria-labelledby=payments] tbody th"),
            ["Sandbox (test)"]
        );
        let seen = marketer.get(&order).await;
        assert!(
            !seen.body.contains("cmd@") && !seen.has("Look at it again"),
            "{}",
            app.test.kind
        );

        let wrong = page
            .submit(
                "Look at it again",
                &[("amount", "999"), ("reason", "A gift")],
            )
            .await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.attribute("#amount", "value").as_deref(), Some("999"));
        assert!(wrong.texts("textarea")[0].contains("A gift"));

        let sure = page
            .submit(
                "Look at it again",
                &[("amount", "50.00"), ("reason", "A gift")],
            )
            .await;
        assert!(sure.has("CN¥50 goes back to =cmd@example.com. Access to the courses stays."));
        let (path, fields) = sure.form("Give back CN¥50", &[("then", "sure")]);
        for _ in 0..3 {
            let done = admin.post(&path, &fields).await;
            assert_eq!(done.status, 200, "{}", done.body);
        }
        let page = admin.get(&order).await;
        assert_eq!(
            page.texts("section[aria-labelledby=refunds] tbody tr")
                .len(),
            1,
            "{}: {}",
            app.test.kind,
            page.body
        );
        assert!(page.has("A gift") && page.has("What staff did"));
        // A marketer who forges the form is told that there is none.
        let (path, fields) = page.form("Look at it again", &[("reason", "Mine")]);
        assert_eq!(marketer.post(&path, &fields).await.status, 404);
    }
}

#[tokio::test]
async fn a_coupon_is_made_once_changed_by_versions_and_stopped() {
    for app in TestApp::both().await {
        let [learner, _, marketer, _] = staffed(&app).await;
        assert_eq!(learner.get("/console/coupons/new").await.status, 404);
        let form = marketer.get("/console/coupons/new").await;
        let wrong = form
            .submit("Save", &[("name", "Spring"), ("percent", "101")])
            .await;
        assert_eq!(wrong.status, 422, "{}", wrong.body);
        assert_eq!(wrong.attribute("#name", "value").as_deref(), Some("Spring"));
        assert_eq!(wrong.alerts().len(), 1, "{:?}", wrong.alerts());
        let fields = [
            ("name", "Spring"),
            ("code", "SPRING-20"),
            ("percent", "20"),
            ("limit", "50"),
            ("starts", "2026-03-01T00:00"),
            ("ends", "2026-03-31T00:00"),
        ];
        let (path, sent) = form.form("Save", &fields);
        let saved = marketer.post(&path, &sent).await;
        assert!(
            saved.has("Saved.") && saved.has("20% off"),
            "{}",
            saved.body
        );
        let again = marketer.post(&path, &sent).await;
        assert_eq!(again.path, saved.path);
        assert!(
            saved
                .attribute("#share", "value")
                .is_some_and(|link| link.contains("/courses?coupon=SPRING")),
            "{}",
            saved.body
        );

        let terms = [
            ("percent", "30"),
            ("min-spend", "100"),
            ("currency", "CNY"),
            ("per-learner", "2"),
            ("new-learners", "1"),
        ];
        let changed = saved.submit("Save as a new version", &terms).await;
        assert!(
            changed.has("30% off") && changed.has("version 2"),
            "{}",
            changed.body
        );
        let newest = "section[aria-labelledby=versions] tbody tr:first-child td";
        let newest = changed.texts(newest);
        assert_eq!(newest[2..5], ["30% off", "All courses", "CN¥100"]);
        assert_eq!(newest[6..], ["50", "2", "Yes"]);
        let stale = saved
            .submit("Save as a new version", &[("percent", "40")])
            .await;
        assert_eq!(stale.status, 422);

        let made = changed
            .submit("Make the codes", &[("name", "Fair"), ("count", "25")])
            .await;
        let file = made
            .attribute("a[href*='codes.csv']", "href")
            .expect("a file");
        assert_eq!(marketer.get(&file).await.body.lines().count(), 26);
        assert_eq!(learner.get(&file).await.status, 404);

        let stopped = changed.submit("Stop this coupon", &[]).await;
        assert!(stopped.has("It is stopped."), "{}", stopped.body);
        let list = marketer.get("/console/coupons").await;
        assert_eq!(list.texts(".console-state"), ["Stopped"]);
        let actions = stopped.texts("section[aria-labelledby=audit] tbody td:nth-child(3)");
        assert_eq!(
            actions,
            [
                "Coupon stopped",
                "Codes made",
                "Coupon changed",
                "Coupon made"
            ]
        );
    }
}

#[tokio::test]
async fn a_coupon_is_made_that_is_handed_out_for_completing_a_course() {
    for app in TestApp::both().await {
        let [_, _, marketer, _] = staffed(&app).await;
        let form = marketer.get("/console/coupons/new").await;
        let chosen = "#task option[selected]";
        assert_eq!(form.attribute(chosen, "value").as_deref(), Some(""));
        let fields = [("name", "Well done"), ("percent", "0"), ("task", "walk")];
        let wrong = form.submit("Save", &fields).await;
        assert_eq!(wrong.status, 422, "{}: {}", app.test.kind, wrong.body);
        assert_eq!(wrong.attribute(chosen, "value").as_deref(), Some("walk"));
        for unknown in ["nowhere", "walk/nowhere", "A walk"] {
            let fields = [("name", "Well done"), ("percent", "20"), ("task", unknown)];
            let refused = form.submit("Save", &fields).await;
            assert_eq!(refused.status, 422, "{unknown}");
            let error = refused.text("#task-error").expect("beside the field");
            assert!(error.starts_with("There is no such course"), "{error}");
        }

        let saved = wrong
            .submit("Save", &[("percent", "20"), ("task", "walk")])
            .await;
        let words = "Handed out to those who complete walk";
        assert!(saved.has(words), "{}", saved.body);
        assert_eq!(
            saved.texts(".figures dt").last().map(String::as_str),
            Some("Handed out")
        );
        // A new version leaves it as it is.
        assert_eq!(saved.attribute("#task", "name"), None);
        let changed = saved
            .submit("Save as a new version", &[("percent", "30")])
            .await;
        assert!(
            changed.has("version 2") && changed.has(words),
            "{}",
            changed.body
        );
        let list = marketer.get("/console/coupons").await;
        assert!(list.texts("tbody td").contains(&"walk".to_owned()));
        let made = app.test.backend.coupons().await.expect("listed");
        let task = |one: ListedCoupon| Some(one.task?.to_string());
        let tasks: Vec<String> = made.into_iter().filter_map(task).collect();
        assert_eq!(tasks, ["walk"]);
    }
}

#[tokio::test]
async fn a_promotion_is_looked_at_before_it_is_saved_and_shows_in_the_calendar() {
    for app in TestApp::both().await {
        let [_, _, marketer, _] = staffed(&app).await;
        let form = marketer.get("/console/promotions/new?kind=price").await;
        let fields = [
            ("name", "Spring sale"),
            ("percent", "50"),
            ("starts", "2026-03-10T00:00"),
            ("ends", "2026-03-20T00:00"),
            ("theme", "plain"),
            ("banner-en", "Half price until the 20th"),
        ];
        let mut preview = fields.to_vec();
        preview.push(("then", "preview"));
        let seen = form.submit("Preview", &preview).await;
        assert_eq!(
            seen.text(".console-banner").as_deref(),
            Some("Half price until the 20th"),
            "{}",
            seen.body
        );
        assert!(
            marketer
                .get("/console/promotions")
                .await
                .has("There is no promotion yet.")
        );
        let saved = seen.submit("Save", &[("then", "save")]).await;
        assert!(
            saved.has("Spring sale") && saved.has("50% off"),
            "{}",
            saved.body
        );

        let prices = marketer.get("/console/prices").await;
        let rows = prices.texts(".console-table tbody tr");
        assert!(rows.iter().any(|row| row.contains("CN¥99.50")), "{rows:?}");
        assert!(prices.body.contains("chart-offer"));
        assert_eq!(
            marketer.get("/console/prices?course=nowhere").await.status,
            200
        );

        for (kind, fields) in [
            (
                "tiers",
                &[
                    ("name", "More is less"),
                    ("tiers", "300 30\n600 80"),
                    ("currency", "CNY"),
                ][..],
            ),
            ("bundle", &[("name", "Both"), ("percent", "30")]),
        ] {
            let form = marketer
                .get(&format!("/console/promotions/new?kind={kind}"))
                .await;
            let mut fields = fields.to_vec();
            fields.push(("then", "save"));
            let answer = form.submit("Save", &fields).await;
            // A bundle needs two courses, and the school sells one.
            let good = if kind == "bundle" { 422 } else { 200 };
            assert_eq!(answer.status, good, "{kind}: {}", answer.body);
        }
        let stopped = saved.submit("Stop this promotion", &[]).await;
        assert!(stopped.has("Stopped"));
    }
}
