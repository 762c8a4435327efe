//! Coupons and promotions from the command line.

use std::process::{Command, Output};

use backend::testing::{TestBackend, sample_course};
use serde_json::Value;

/// Runs `waymark` over the test's database.
fn waymark(test: &TestBackend, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waymark"))
        .args(["--database", &test.database])
        .args(args)
        .env("WAYMARK_DATA", test.folder.path())
        .output()
        .expect("the program")
}

fn text(test: &TestBackend, args: &[&str]) -> String {
    let output = waymark(test, args);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

fn json(test: &TestBackend, args: &[&str]) -> Value {
    serde_json::from_str(&text(test, args)).expect("one JSON document")
}

/// The one line that says why not.
fn refusal(test: &TestBackend, args: &[&str]) -> String {
    let output = waymark(test, args);
    assert!(!output.status.success(), "{args:?}");
    String::from_utf8(output.stderr).expect("text")
}

async fn school() -> [TestBackend; 2] {
    let tests = TestBackend::both().await;
    for test in &tests {
        for course in ["walk", "swim"] {
            let options = backend::course::ImportOptions {
                publish: true,
                ..Default::default()
            };
            let bundle = sample_course(course, Some("199.00"));
            let imported = test.backend.import(bundle, options).await;
            imported.expect("imported");
        }
    }
    tests
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_made_listed_and_stopped() {
    for test in &school().await {
        let added = json(
            test,
            &[
                "coupon",
                "add",
                "SPRING",
                "--amount",
                "20.00",
                "--currency",
                "CNY",
                "--course",
                "walk",
                "--course",
                "swim",
                "--min-spend",
                "100",
                "--limit",
                "50",
                "--per-learner",
                "1",
                "--starts",
                "2026-03-01",
                "--ends",
                "2099-03-31",
                "--new-learners",
                "--for-completing",
                "walk/intro",
                "--json",
            ],
        );
        let terms = &added["terms"];
        assert_eq!(terms["off"]["amount"]["minor"], 2_000, "{}", test.kind);
        assert_eq!(terms["scope"]["these"], serde_json::json!(["swim", "walk"]));
        assert_eq!(
            (&terms["min_spend"], &terms["limit"]),
            (&10_000.into(), &50.into())
        );
        assert_eq!(
            terms["window"]["ends"], "2099-04-01T00:00:00Z",
            "the whole day"
        );
        assert_eq!(added["task"]["lesson"], "intro");
        let listed = json(test, &["coupon", "list", "--json"]);
        assert_eq!(listed.as_array().map(Vec::len), Some(1));
        assert!(text(test, &["coupon", "list"]).starts_with("SPRING  SPRING  CNY 20.00 off"));
        text(test, &["coupon", "stop", "5pring"]);
        let listed = json(test, &["coupon", "list", "--json"]);
        assert!(listed[0]["stopped_at"].is_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_work_once_come_as_csv() {
    for test in &school().await {
        let added = [
            "coupon",
            "add",
            "--name",
            "Flyers",
            "--percent",
            "15",
            "--json",
        ];
        let id = json(test, &added)["id"].as_str().expect("an id").to_owned();
        let batch = ["coupon", "batch", &id, "--name", "March", "--count", "300"];
        let made = text(test, &batch);
        assert_eq!(made.lines().count(), 301, "{}", test.kind);
        assert_eq!(
            text(test, &["coupon", "codes", &id, "--batch", "March"]),
            made
        );
        assert!(refusal(test, &batch).contains("already has a batch"));
        let nowhere = refusal(test, &["coupon", "codes", "NOWHERE", "--batch", "March"]);
        assert_eq!(nowhere, "waymark: there is no coupon NOWHERE\n");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_coupon_is_said_in_one_line() {
    let test = &school().await[0];
    for (args, why) in [
        (&["coupon", "add", "A", "--percent", "101"][..], "1 to 100"),
        (
            &["coupon", "add", "A", "--amount", "1", "--currency", "XXQ"],
            "ISO 4217",
        ),
        (
            &[
                "coupon",
                "add",
                "A",
                "--amount",
                "1.234",
                "--currency",
                "CNY",
            ],
            "decimal places",
        ),
        (
            &["coupon", "add", "A%", "--percent", "10"],
            "letters and digits",
        ),
        (
            &[
                "coupon",
                "add",
                "A",
                "--percent",
                "10",
                "--course",
                "nowhere",
            ],
            "no such course",
        ),
        (
            &[
                "coupon",
                "add",
                "A",
                "--percent",
                "10",
                "--starts",
                "2026-03-02",
                "--ends",
                "2026-03-01",
            ],
            "later end",
        ),
        (&["coupon", "add", "A"], "required"),
        (
            &["coupon", "add", "A", "--percent", "10", "--ends", "soon"],
            "2026-03-01",
        ),
        (
            &[
                "promotion",
                "add-tiers",
                "A",
                "--currency",
                "CNY",
                "--tier",
                "300:400",
            ],
            "climb",
        ),
        (
            &["promotion", "stop", "018f0000-0000-7000-8000-000000000001"],
            "no promotion",
        ),
    ] {
        let said = refusal(test, args);
        assert!(said.contains(why), "{args:?}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn promotions_of_every_kind_are_made_listed_and_stopped() {
    for test in &school().await {
        let price = json(
            test,
            &[
                "promotion",
                "add-price",
                "Sale",
                "--percent",
                "20",
                "--all-but",
                "swim",
                "--starts",
                "2026-03-01",
                "--ends",
                "2099-03-31",
                "--priority",
                "-1",
                "--no-coupons",
                "--theme",
                "back-to-school",
                "--banner",
                "en=Back to school",
                "--banner",
                "zh-Hans=开学季",
                "--json",
            ],
        );
        assert_eq!(
            (&price["theme"], &price["with_coupons"]),
            (&"back-to-school".into(), &false.into())
        );
        assert_eq!(
            (&price["banner"]["zh-Hans"], &price["priority"]),
            (&"开学季".into(), &(-1).into())
        );
        text(
            test,
            &[
                "promotion",
                "add-tiers",
                "More",
                "--currency",
                "CNY",
                "--tier",
                "300:40",
                "--tier",
                "600:100",
            ],
        );
        text(
            test,
            &[
                "promotion",
                "add-bundle",
                "Both",
                "--to",
                "299",
                "--currency",
                "CNY",
                "--course",
                "walk",
                "swim",
            ],
        );
        let listed = text(test, &["promotion", "list"]);
        assert_eq!(listed.lines().count(), 3, "{}", test.kind);
        assert!(
            listed.contains("spend CNY 300.00 save CNY 40.00, spend CNY 600.00 save CNY 100.00")
        );
        assert!(listed.contains("swim + walk together for CNY 299.00"));
        let id = price["id"].as_str().expect("an id");
        text(test, &["promotion", "stop", id]);
        let listed = json(test, &["promotion", "list", "--json"]);
        let stopped = listed
            .as_array()
            .expect("a list")
            .iter()
            .filter(|own| own["stopped_at"].is_string());
        assert_eq!(stopped.count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_school_makes_its_offers_once() {
    let test = TestBackend::sqlite().await;
    for _ in 0..2 {
        server::demo::load(&test.backend).await.expect("loaded");
    }
    assert_eq!(test.backend.coupons().await.expect("listed").len(), 1);
    assert_eq!(test.backend.promotions().await.expect("listed").len(), 1);
}
