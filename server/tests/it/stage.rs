//! Stages, without JavaScript: the gate, the test, what came of it, and the school's way around.

use std::time::Duration;

use backend::{
    course::ImportOptions,
    testing::{sample_course, with_stage},
};
use domain::account::Role;

use crate::harness::{Browser, Page, TestApp, css};

const STAGE: &str = "/courses/climb/stages/start";

/// A learner enrolled in a course with a stage.
async fn enrolled(app: &TestApp) -> Browser {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    let bundle = with_stage(sample_course("climb", None));
    app.test
        .backend
        .import(bundle, options)
        .await
        .expect("imported");
    app.with_user("mei@example.com", Role::Learner).await;
    let browser = app.signed_in("mei@example.com").await;
    browser
        .get("/courses/climb")
        .await
        .submit("Enrol", &[])
        .await;
    browser
}

/// What somebody fills in who knows everything, or nothing.
fn answers(page: &Page, knows: bool) -> Vec<(String, String)> {
    let html = page.html();
    let mut given = Vec::new();
    for question in html.select(&css(".stage-question")) {
        let option = |element: scraper::ElementRef<'_>| {
            element.text().collect::<String>().contains("right") == knows
        };
        if let Some(row) = question.select(&css(".option")).find(|row| option(*row)) {
            let input = row.select(&css("input")).next().expect("an input");
            let of = |name| input.attr(name).expect("it is there").to_owned();
            given.push((of("name"), of("value")));
        } else if let Some(list) = question.select(&css("select")).next() {
            let all = css("option");
            let mut items = list.select(&all).skip(1);
            let item = items.find(|item| option(*item)).expect("an item");
            let value = item.attr("value").expect("a value").to_owned();
            given.push((list.attr("name").expect("a name").to_owned(), value));
        } else {
            let input = question.select(&css("input")).next().expect("an input");
            let answer = match (knows, input.attr("inputmode")) {
                (true, Some(_)) => "42",
                (true, None) => "trail",
                (false, _) => "7",
            };
            given.push((
                input.attr("name").expect("a name").to_owned(),
                answer.to_owned(),
            ));
        }
    }
    given
}

async fn hand_in(page: &Page, given: &[(String, String)]) -> Page {
    let given: Vec<(&str, &str)> = given
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    page.submit("Hand in", &given).await
}

#[tokio::test]
async fn a_lesson_behind_a_stage_says_what_opens_it() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let shut = browser.get("/courses/climb/lessons/deep").await;
        assert_eq!(shut.status, 200, "{}", app.test.kind);
        assert!(shut.has("A stage test opens this lesson."));
        assert!(!shut.has("The secret of the locked lesson"));
        assert_eq!(
            shut.attribute(".locked a.button", "href").as_deref(),
            Some(STAGE)
        );
        let media = browser.get("/media/climb/deep/02-more/dot.svg").await;
        assert_eq!(media.status, 404);
        // The last lesson of the section leads to the test, and so does the trail.
        let last = browser.get("/courses/climb/lessons/check").await;
        assert_eq!(
            last.attribute(".lesson-next", "href").as_deref(),
            Some(STAGE)
        );
        assert_eq!(
            last.attribute(".stage-step a", "href").as_deref(),
            Some(STAGE)
        );
        let course = browser.get("/courses/climb").await;
        assert_eq!(
            course
                .attribute(".trail-stop[data-kind=stage] a", "href")
                .as_deref(),
            Some(STAGE)
        );
    }
}

#[tokio::test]
async fn a_stage_is_taken_by_plain_forms() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let before = browser.get(STAGE).await;
        assert!(before.has("4 questions") && before.has("70% to pass"));
        assert!(before.has("4 hours between attempts") && before.has("You have 3 attempts left."));
        let going = before.submit("Begin the test", &[]).await;
        assert_eq!(going.path, STAGE, "{}", app.test.kind);
        for secret in ["Why ", "About ", "A hint"] {
            assert!(!going.body.contains(secret), "{secret}");
        }
        // Something is left out: nothing is lost, and nothing is marked.
        let right = answers(&going, true);
        let half = hand_in(&going, &right[..2]).await;
        assert_eq!(half.status, 422);
        // One for the form, and one beside each question, but for checkboxes, of which none may be right.
        assert!(
            (2..=3).contains(&half.alerts().len()),
            "{:?}",
            half.alerts()
        );
        for (name, value) in &right[..2] {
            let kept = format!(
                "[name=\"{name}\"][value=\"{value}\"], [name=\"{name}\"] [value=\"{value}\"]"
            );
            assert!(half.html().select(&css(&kept)).next().is_some(), "{kept}");
        }
        assert!(half.has("Hand in with questions left out"));

        let wrong = hand_in(&half, &answers(&half, false)).await;
        assert_eq!(wrong.path, format!("{STAGE}?done=1#stage-result"));
        assert!(wrong.has("Not passed yet") && wrong.has("0 of 4 points"));
        assert_eq!(wrong.texts(".stage-concept-name"), ["testing", "on foot"]);
        let scores = wrong.texts(".stage-concept-score");
        assert!(scores.iter().all(|score| score.starts_with("0 of ")));
        assert!(
            wrong.has("The next attempt may begin in 4 hours, on 2 March 2026 at 13:00 (UTC).")
        );
        assert!(wrong.has("You have 2 attempts left."));
        // By the clock of wherever the learner is.
        let account = browser.get("/account").await;
        let zone = [("time_zone", "Asia/Shanghai")];
        account.submit("Save learning settings", &zone).await;
        let abroad = browser.get(STAGE).await;
        assert!(abroad.has("on 2 March 2026 at 21:00 (Asia/Shanghai)."));
        assert_eq!(wrong.texts(".stage-review article").len(), 4);
        // What was chosen and what would have been right is said in words.
        for review in wrong.texts(".stage-review article") {
            assert!(review.contains("Your answer, not right"), "{review}");
            assert!(review.contains("Right, and not in your answer"), "{review}");
        }
        assert!(
            wrong
                .texts(".stage-review article")
                .iter()
                .all(|text| text.contains("Why "))
        );
        assert_eq!(
            wrong.attribute(".stage-lessons a", "href").as_deref(),
            Some("/courses/climb/lessons/check")
        );
        // The forms of two pages that are still open elsewhere.
        let early = before.submit("Begin the test", &[]).await;
        assert_eq!(early.status, 422);
        assert!(early.alerts()[0].starts_with("It is too early"));
        let twice = hand_in(&going, &right).await;
        assert!(twice.has("0 of 4 points"), "the first to arrive counts");

        app.test
            .backend
            .clock
            .advance(Duration::from_secs(4 * 3600));
        let second = browser
            .get(STAGE)
            .await
            .submit("Begin another attempt", &[])
            .await;
        let passed = hand_in(&second, &answers(&second, true)).await;
        assert!(
            passed.has("Passed") && passed.has("4 of 4 points"),
            "{}",
            passed.body
        );
        let on = passed.attribute(".next-step a", "href").expect("a way on");
        assert!(
            browser
                .get(&on)
                .await
                .has("The secret of the locked lesson")
        );
    }
}

#[tokio::test]
async fn a_teacher_opens_the_way_and_nobody_else_can() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        app.with_user("ada@example.com", Role::Instructor).await;
        let ada = app.signed_in("ada@example.com").await;
        let page = ada.get(STAGE).await;
        let fields = [("email", "tom@example.com"), ("reason", "She knows it.")];
        let unknown = page.submit("Open the way", &fields).await;
        assert_eq!(unknown.status, 422, "{}", app.test.kind);
        assert_eq!(
            unknown.attribute("#reason", "value").as_deref(),
            Some("She knows it.")
        );
        let fields = [("email", "mei@example.com"), ("reason", "She knows it.")];
        // A learner who sends the same form is told that there is nothing.
        let (_, sent) = page.form("Open the way", &fields);
        assert_eq!(browser.post(STAGE, &sent).await.status, 404);
        assert!(browser.get(STAGE).await.has("Begin the test"));

        let opened = page.submit("Open the way", &fields).await;
        assert!(opened.has("The way is open for this learner."));
        assert!(
            browser
                .get(STAGE)
                .await
                .has("The school has opened the way for you.")
        );
        let lesson = browser.get("/courses/climb/lessons/deep").await;
        assert!(lesson.has("The secret of the locked lesson"));
    }
}

#[tokio::test]
async fn those_who_are_not_enrolled_read_the_rules() {
    for app in TestApp::both().await {
        enrolled(&app).await;
        let stranger = app.browser();
        let page = stranger.get(STAGE).await;
        assert_eq!(page.status, 200, "{}", app.test.kind);
        assert!(page.has("It is open to those who are enrolled.") && !page.has("Begin the test"));
        assert_eq!(
            page.attribute("meta[name=robots]", "content").as_deref(),
            Some("noindex")
        );
        for nowhere in [
            "/courses/climb/stages/more",
            "/courses/none/stages/start",
            "/courses/climb/stages/A%20B",
        ] {
            assert_eq!(stranger.get(nowhere).await.status, 404, "{nowhere}");
        }
    }
}

#[tokio::test]
async fn to_go_on_is_to_take_the_stage_that_shuts_the_next_lesson() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let check = browser.get("/courses/climb/lessons/check").await;
        let given = [("answers[0][]", "1"), ("answers[1][]", "42")];
        check.submit("Check answers", &given).await;
        assert_eq!(browser.get("/learning/continue").await.path, STAGE);
        for page in ["/", "/learning", "/courses/climb"] {
            let page = browser.get(page).await;
            let on = page.html();
            let all = css("main a.button-main");
            let mut links = on.select(&all);
            let on = links.find(|link| link.text().any(|text| text.contains("Continue learning")));
            assert_eq!(
                on.and_then(|link| link.attr("href")),
                Some(STAGE),
                "{}: {}",
                page.path,
                app.test.kind
            );
        }
    }
}
