//! Lessons, without JavaScript: reading, answering, completing, and the gate.

use domain::account::Role;

use crate::harness::{Browser, TestApp};

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

#[tokio::test]
async fn a_course_is_studied_by_plain_forms() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let text = browser.get("/courses/walk/lessons/intro").await;
        assert!(text.has("Welcome. Then watch."), "{}", app.test.kind);
        let done = text.submit("Mark as complete", &[]).await;
        assert_eq!(done.path, "/courses/walk/lessons/intro?done=1#lesson-end");
        assert!(!done.has("Mark as complete"));
        assert_eq!(
            browser
                .get("/courses/walk")
                .await
                .text("[data-testid=course-progress]")
                .as_deref(),
            Some("25%")
        );

        let quiz = browser.get("/courses/walk/lessons/check").await;
        let wrong = quiz
            .submit(
                "Check answers",
                &[("answers[0][]", "0"), ("answers[1][]", "42")],
            )
            .await;
        assert_eq!(wrong.status, 200);
        assert!(
            wrong.has("About a.")
                && wrong.has("The reason for answer")
                && !wrong.has("The reason for letter")
        );
        assert_eq!(
            wrong
                .attribute("input[name='answers[1][]']", "value")
                .as_deref(),
            Some("42"),
            "answers stay in the form"
        );
        let right = wrong
            .submit(
                "Check answers",
                &[("answers[0][]", "1"), ("answers[1][]", "42")],
            )
            .await;
        assert!(right.has("The reason for letter"));
        assert_eq!(
            browser
                .get("/courses/walk")
                .await
                .text("[data-testid=course-progress]")
                .as_deref(),
            Some("50%")
        );
        assert!(
            right
                .attribute("a[rel=prev]", "href")
                .is_some_and(|url| url == "/courses/walk/lessons/film")
        );
        assert!(
            right
                .attribute("a[rel=next]", "href")
                .is_some_and(|url| url == "/courses/walk/lessons/deep")
        );
    }
}

#[tokio::test]
async fn a_video_is_a_native_element_with_captions() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let page = browser.get("/courses/walk/lessons/film").await;
        let source = page.attribute("video source", "src").expect("a source");
        assert!(source.starts_with("/media/walk/film/"), "{source}");
        assert_eq!(
            page.attribute("video", "controls").as_deref(),
            Some(""),
            "{}",
            app.test.kind
        );
        let captions = page.attribute("video track", "src").expect("captions");
        assert!(browser.get(&captions).await.body.starts_with("WEBVTT"));
        // Not watched: the word alone is not taken.
        let early = page.submit("Mark as complete", &[]).await;
        assert_eq!((early.status.as_u16(), early.alerts().len()), (422, 1));
        app.test
            .backend
            .clock
            .advance(std::time::Duration::from_secs(130));
        assert_eq!(page.submit("Mark as complete", &[]).await.status, 200);
    }
}

#[tokio::test]
async fn the_gate_is_the_same_for_page_and_form() {
    for app in TestApp::both().await {
        app.with_course("climb", Some("199.00")).await;
        let stranger = app.browser();
        let trial = stranger.get("/courses/climb/lessons/intro").await;
        assert!(trial.has("Welcome."), "{}", app.test.kind);
        assert!(trial.text("[data-testid=trial-next-step]").is_some());
        let locked = stranger.get("/courses/climb/lessons/deep").await;
        assert_eq!(locked.status, 200, "its title may be seen");
        assert!(!locked.has("The secret of the locked lesson") && locked.has("Start trial lesson"));
        assert_eq!(
            locked.attribute("meta[name=robots]", "content").as_deref(),
            Some("noindex")
        );

        app.with_user("eve@example.com", Role::Learner).await;
        app.with_user("ada@example.com", Role::Instructor).await;
        let eve = app.signed_in("eve@example.com").await;
        assert!(
            !eve.get("/courses/climb/lessons/deep")
                .await
                .has("The secret of the locked lesson")
        );
        let ada = app.signed_in("ada@example.com").await;
        assert!(
            ada.get("/courses/climb/lessons/deep")
                .await
                .has("The secret of the locked lesson")
        );
        for unknown in [
            "/courses/none",
            "/courses/climb/lessons/none",
            "/courses/none/lessons/intro",
            "/courses/%2e%2e/lessons/x",
        ] {
            let page = eve.get(unknown).await;
            assert_eq!(page.status, 404, "{unknown}");
            assert!(page.has("Sign out"), "an error page is a page");
        }
    }
}

#[tokio::test]
async fn an_ended_session_loses_nothing_but_itself() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let text = browser.get("/courses/walk/lessons/intro").await;
        browser.get("/").await.submit("Sign out", &[]).await;
        let door = text.submit("Mark as complete", &[]).await;
        assert_eq!(
            door.path, "/sign-in?next=%2Fcourses%2Fwalk%2Flessons%2Fintro",
            "{}",
            app.test.kind
        );
        assert_eq!(door.status, 200);
    }
}
