//! A learner's days over HTTP, without JavaScript: my learning, the front page, the settings, what is left.

use std::time::Duration;

use backend::{course::ImportOptions, testing::sample_course};
use domain::account::Role;

use crate::harness::{Browser, Page, TestApp};

const DAY: Duration = Duration::from_secs(86_400);

async fn enrolled(app: &TestApp) -> Browser {
    app.with_course("walk", None).await;
    app.with_user("mei@example.com", Role::Learner).await;
    let browser = app.signed_in("mei@example.com").await;
    browser
        .get("/courses/walk")
        .await
        .submit("Enrol", &[])
        .await;
    browser
}

async fn complete(browser: &Browser, lesson: &str) -> Page {
    let page = browser
        .get(&format!("/courses/walk/lessons/{lesson}"))
        .await;
    page.submit("Mark as complete", &[]).await
}

fn streak(page: &Page) -> Option<String> {
    page.text("[data-testid=streak-days]")
}

#[tokio::test]
async fn my_learning_begins_with_a_step_and_shows_the_week() {
    for app in TestApp::both().await {
        app.with_user("eve@example.com", Role::Learner).await;
        let eve = app.signed_in("eve@example.com").await;
        let empty = eve.get("/learning").await;
        assert!(empty.has("You have no courses yet."), "{}", app.test.kind);
        assert_eq!(
            empty
                .html()
                .select(&crate::harness::css(".calendar, .chart"))
                .count(),
            0
        );

        let browser = enrolled(&app).await;
        let page = browser.get("/learning").await;
        assert_eq!(streak(&page).as_deref(), Some("0"));
        assert!(page.has("A streak begins with one finished lesson"));
        complete(&browser, "intro").await;
        let page = browser.get("/learning").await;
        assert_eq!(streak(&page).as_deref(), Some("1"));
        assert!(page.has("Today counts."));
        let week = page.texts(".week-day .visually-hidden");
        assert_eq!(week.len(), 7);
        assert!(week[0].starts_with("Monday: today, done"), "{week:?}");
        assert_eq!(week[5], "Saturday: rest day");
        // The same as numbers, and the days as a table.
        assert!(
            page.texts("caption")
                .iter()
                .any(|caption| caption == "This week, day by day")
        );
        assert_eq!(page.texts("table tbody th[scope=row]")[0], "Monday");
        assert_eq!(page.texts(".calendar tbody tr").len(), 7);
        let today = page.attribute(".calendar [data-today]", "title");
        assert!(today.is_some_and(
            |title| title.starts_with("2 March 2026: ") && title.ends_with("1 lesson done")
        ));
        assert!(page.attribute("svg.chart", "viewBox").is_some());
        assert!(
            page.texts(".chart-label")
                .iter()
                .any(|label| label == "Wed")
        );
        assert!(!page.body.contains("style=\""));
        let front = browser.get("/").await;
        assert_eq!(streak(&front).as_deref(), Some("1"));
        assert!(front.has("1 lesson done"));
    }
}

#[tokio::test]
async fn one_tap_leads_back_from_every_page() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        complete(&browser, "intro").await;
        for path in ["/", "/courses", "/courses/walk", "/account", "/notes"] {
            let page = browser.get(path).await;
            let link = page.attribute(".site-header .tool-continue", "href");
            assert_eq!(link.as_deref(), Some("/learning/continue"), "{path}");
        }
        let back = browser.get("/learning/continue").await;
        let there = back.path.starts_with("/courses/walk/lessons/film");
        assert!(there, "{} on {}", back.path, app.test.kind);
        let stranger = app.browser().get("/courses").await;
        assert_eq!(stranger.attribute(".tool-continue", "href"), None);
        app.with_user("ada@example.com", Role::Admin).await;
        let staff = app.signed_in("ada@example.com").await.get("/courses").await;
        assert_eq!(staff.attribute(".tool-continue", "href"), None);
    }
}

#[tokio::test]
async fn the_weekend_is_free_and_the_learner_may_change_that() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        app.test.backend.clock.advance(DAY * 4);
        complete(&browser, "intro").await;
        app.test.backend.clock.advance(DAY * 3);
        let monday = browser.get("/learning").await;
        assert_eq!(streak(&monday).as_deref(), Some("1"), "{}", app.test.kind);
        assert!(monday.has("Today is still open"));
        complete(&browser, "deep").await;
        assert_eq!(
            streak(&browser.get("/learning").await).as_deref(),
            Some("2")
        );

        let account = browser.get("/account").await;
        let (path, mut fields) =
            account.form("Save learning settings", &[("time_zone", "Asia/Shanghai")]);
        assert_eq!(
            fields.iter().filter(|(name, _)| name == "rest[]").count(),
            2
        );
        assert!(fields.contains(&("streak".into(), "on".into())));
        fields.retain(|(name, _)| name != "rest[]");
        let saved = browser.post(&path, &fields).await;
        assert_eq!(saved.path, "/account?notice=saved#learning");
        assert_eq!(
            saved
                .attribute("select[name=time_zone] option[selected]", "value")
                .as_deref(),
            Some("Asia/Shanghai")
        );
        assert_eq!(
            streak(&browser.get("/learning").await).as_deref(),
            Some("1")
        );

        fields.retain(|(name, _)| name != "streak");
        browser.post(&path, &fields).await;
        for path in ["/learning", "/"] {
            let page = browser.get(path).await;
            assert_eq!(streak(&page), None);
            assert!(!page.has("in a row"), "switched off, it is nowhere");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_beside_its_field() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let account = browser.get("/account").await;
        let (path, mut fields) = account.form("Save learning settings", &[("time_zone", "UTC")]);
        fields.retain(|(name, _)| name != "rest[]" && name != "streak");
        let all = (1..=7).map(|day| ("rest[]".to_owned(), day.to_string()));
        let refused = browser
            .post(
                &path,
                &fields.iter().cloned().chain(all).collect::<Vec<_>>(),
            )
            .await;
        assert_eq!(refused.status, 422, "{}", app.test.kind);
        assert_eq!(refused.alerts(), ["Leave at least one day for learning."]);
        // What was chosen is still chosen.
        let kept = refused.html();
        let checked = kept
            .select(&crate::harness::css("[name='rest[]'][checked]"))
            .count();
        assert_eq!(checked, 7);
        assert!(
            refused
                .attribute("[name=streak][checked]", "value")
                .is_none()
        );
        for field in &mut fields {
            if field.0 == "time_zone" {
                field.1 = "Mars/Base".into();
            }
        }
        let refused = browser.post(&path, &fields).await;
        assert_eq!(refused.alerts(), ["Choose a time zone from the list."]);
        let strangers = app.browser().post(&path, &fields).await;
        assert!(strangers.path.starts_with("/sign-in"), "{}", strangers.path);
    }
}

#[tokio::test]
async fn the_browser_says_where_it_is_when_its_owner_comes_in() {
    for app in TestApp::both().await {
        app.with_user("mei@example.com", Role::Learner).await;
        let browser = app.browser();
        let door = browser.get("/sign-in").await;
        assert_eq!(
            door.attribute("script[src=\"/zone.js\"]", "src").as_deref(),
            Some("/zone.js")
        );
        let (_, mut fields) = door.form("Sign in", &[("email", "mei@example.com")]);
        for field in &mut fields {
            if field.0 == "password" {
                field.1 = crate::harness::PASSWORD.into();
            }
        }
        let request = browser
            .client
            .post(format!("{}/sign-in", browser.url))
            .header("cookie", "zone=America/New_York")
            .form(&fields);
        browser.send(request, "/sign-in").await;
        let account = browser.get("/account").await;
        assert_eq!(
            account
                .attribute("select[name=time_zone] option[selected]", "value")
                .as_deref(),
            Some("America/New_York"),
            "{}",
            app.test.kind
        );
        // Readers of Chinese whose browser says nothing live eight hours east of Greenwich.
        let chinese = app.browser_in("zh-CN");
        let joined = chinese
            .get("/join")
            .await
            .submit(
                "创建账号",
                &[
                    ("name", "陈梅"),
                    ("email", "chen@example.com"),
                    ("password", crate::harness::PASSWORD),
                ],
            )
            .await;
        assert_eq!(joined.status, 200);
        let account = chinese.get("/account").await;
        assert_eq!(
            account
                .attribute("select[name=time_zone] option[selected]", "value")
                .as_deref(),
            Some("Asia/Shanghai")
        );
    }
}

#[tokio::test]
async fn a_lesson_and_a_course_say_what_is_left() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let film = browser.get("/courses/walk/lessons/film").await;
        assert!(
            film.has("A film: watch at least 1:48 more. Not watched yet: 0:00–2:00"),
            "{}",
            app.test.kind
        );
        assert_eq!(
            film.attribute(".left-gap", "href").as_deref(),
            Some("/courses/walk/lessons/film?t=0&film=film")
        );
        let quiz = browser.get("/courses/walk/lessons/check").await;
        assert!(quiz.has("Basics: get 2 of 2 points to pass."));
        quiz.submit(
            "Check answers",
            &[("answers[0][]", "0"), ("answers[1][]", "42")],
        )
        .await;
        let quiz = browser.get("/courses/walk/lessons/check").await;
        assert!(quiz.has("Your best so far: 1."));

        let course = browser.get("/courses/walk").await;
        assert!(course.has("What is left"));
        let needs = course.texts(".left-lesson .trail-note");
        assert_eq!(
            needs,
            [
                "read it and mark it as complete",
                "1:48 to watch",
                "1 quiz to pass",
                "read it and mark it as complete"
            ]
        );
        let stranger = app.browser().get("/courses/walk").await;
        assert!(!stranger.has("What is left"));
    }
}

#[tokio::test]
async fn a_lesson_added_after_the_end_is_new_and_takes_nothing_away() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        for lesson in ["intro", "deep"] {
            complete(&browser, lesson).await;
        }
        let quiz = browser.get("/courses/walk/lessons/check").await;
        quiz.submit(
            "Check answers",
            &[("answers[0][]", "1"), ("answers[1][]", "42")],
        )
        .await;
        browser.get("/courses/walk/lessons/film").await;
        app.test.backend.clock.advance(Duration::from_secs(130));
        complete(&browser, "film").await;

        let mut grown = sample_course("walk", None);
        let mut lesson = grown.course.sections[1].lessons[0].clone();
        lesson.slug = domain::ids::Slug::parse("later").expect("a slug");
        lesson.title = "Added later".into();
        grown.course.sections[1].lessons.push(lesson);
        let options = ImportOptions {
            publish: true,
            ..ImportOptions::default()
        };
        app.test
            .backend
            .import(grown, options)
            .await
            .expect("imported");

        let course = browser.get("/courses/walk").await;
        assert_eq!(
            course.text("[data-testid=course-progress]").as_deref(),
            Some("100%"),
            "{}",
            app.test.kind
        );
        assert!(course.has("New since you finished") && course.has("The course stays complete"));
        assert_eq!(course.texts(".left-lesson a"), ["Added later"]);
        assert_eq!(course.texts(".trail-new"), ["New"]);
        let learning = browser.get("/learning").await;
        assert!(learning.has("New since you finished") && learning.has("1 new lesson"));
        assert_eq!(learning.texts("#finished").len(), 1);
    }
}
