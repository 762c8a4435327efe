//! Notes, highlights and bookmarks, without JavaScript.

use backend::{course::ImportOptions, testing::sample_course};
use domain::account::Role;

use crate::harness::{Browser, Page, TestApp, css};

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

/// The page again, as it is after the form.
async fn write(page: &Page, fields: &[(&str, &str)]) -> Page {
    page.submit("Save note", fields).await
}

#[tokio::test]
async fn a_note_is_written_edited_and_deleted_by_plain_forms() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let lesson = browser.get("/courses/walk/lessons/intro").await;
        assert!(lesson.has("Write a note"), "{}", app.test.kind);
        let empty = write(&lesson, &[("body", "  ")]).await;
        assert_eq!((empty.status.as_u16(), empty.alerts().len()), (422, 1));
        assert!(empty.attribute(".note-new", "open").is_some());

        let hostile = "Before **bold** <script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>";
        let written = write(&lesson, &[("body", hostile)]).await;
        assert_eq!(written.status, 200);
        assert!(
            written
                .path
                .starts_with("/courses/walk/lessons/intro?noted=note#note-"),
            "{}",
            written.path
        );
        assert_eq!(written.text(".note-text strong").as_deref(), Some("bold"));
        let html = written.html();
        let shown = html
            .select(&css(".note-text"))
            .next()
            .expect("a text")
            .html();
        for bad in ["alert(1)", "javascript:", "onerror"] {
            assert!(!shown.contains(bad), "{shown}");
        }
        assert_eq!(html.select(&css("main script")).count(), 0);
        // The same form sent again, as a browser does that goes back.
        write(&lesson, &[("body", hostile)]).await;
        let again = browser.get("/courses/walk/lessons/intro").await;
        assert_eq!(again.texts(".note").len(), 1);

        let edit = again
            .attribute(".note a[href^='/notes/']", "href")
            .expect("a way to edit");
        let form = browser.get(&edit).await;
        assert_eq!(
            form.html()
                .select(&css("textarea"))
                .next()
                .expect("a field")
                .text()
                .collect::<String>(),
            hostile
        );
        let breaking = "</textarea><script>alert(4)</script>";
        let saved = form.submit("Save changes", &[("body", breaking)]).await;
        assert!(saved.path.contains("?noted=edited#note-"), "{}", saved.path);
        // Another window still has the first text.
        let refused = form
            .submit("Save changes", &[("body", "from the other window")])
            .await;
        assert_eq!(refused.status, 422);
        assert!(refused.has("changed elsewhere") && refused.has("What is stored now"));
        assert!(
            refused.has("from the other window"),
            "what was typed is still there"
        );
        assert!(!browser.get(&edit).await.body.contains("<script>alert(4)"));
        let kept = refused.submit("Save changes", &[]).await;
        assert!(kept.has("from the other window"), "knowingly");

        let gone = kept.submit_note("Delete for good").await;
        assert_eq!(gone.path, "/courses/walk/lessons/intro?noted=deleted#notes");
        assert!(gone.texts(".note").is_empty() && gone.has("It is deleted."));
        assert_eq!(browser.get(&edit).await.status, 404);
    }
}

impl Page {
    /// The delete button also says of which note it is.
    async fn submit_note(&self, label: &str) -> Page {
        let button = self
            .texts(".note button")
            .into_iter()
            .find(|text| text.starts_with(label))
            .unwrap_or_else(|| panic!("no button {label} on {}", self.body));
        self.submit(&button, &[]).await
    }
}

#[tokio::test]
async fn a_time_and_a_passage_are_places() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let film = browser.get("/courses/walk/lessons/film").await;
        let wrong = write(&film, &[("body", "kept"), ("time", "1:75")]).await;
        assert_eq!(wrong.status, 422, "{}", app.test.kind);
        assert!(wrong.has("kept") && wrong.text("#note-time-error").is_some());
        assert!(
            write(&film, &[("body", "late"), ("time", "9:00")])
                .await
                .text("#note-time-error")
                .is_some()
        );
        let noted = write(&wrong, &[("body", "Look here"), ("time", "1:15")]).await;
        assert_eq!(
            noted.attribute(".note-seek", "href").as_deref(),
            Some("/courses/walk/lessons/film?t=75&film=film")
        );
        assert_eq!(
            noted.attribute(".note-seek", "data-seek-ms").as_deref(),
            Some("75000")
        );
        let started = browser.get("/courses/walk/lessons/film?t=75").await;
        assert!(
            started
                .attribute("video source", "src")
                .is_some_and(|src| src.ends_with("#t=75"))
        );

        let (path, mut bookmark) = film.form("Save note", &[("time", "0:05")]);
        bookmark.push(("kind".into(), "bookmark".into()));
        let marked = browser.post(&path, &bookmark).await;
        assert!(marked.has("The bookmark is set.") && marked.texts(".note").len() == 2);
        bookmark.retain(|(name, _)| name != "time");
        assert!(browser.post(&path, &bookmark).await.has("Which time?"));

        let text = browser.get("/courses/walk/lessons/intro").await;
        let nowhere = write(&text, &[("quote", "No such words")]).await;
        assert!(nowhere.text("#note-quote-error").is_some() && nowhere.has("No such words"));
        let highlight = write(&text, &[("quote", "Then  watch")]).await;
        assert!(
            highlight.path.contains("?noted=highlight#mark-"),
            "{}",
            highlight.path
        );
        assert_eq!(highlight.texts(".lesson-text mark"), ["Then", "watch"]);
        assert_eq!(highlight.texts(".note-quote"), ["Then watch"]);
        let plain = highlight.submit_note("Remove").await;
        assert!(plain.texts(".lesson-text mark").is_empty());
    }
}

#[tokio::test]
async fn a_second_is_that_of_its_own_film() {
    for app in TestApp::both().await {
        let mut bundle = sample_course("walk", None);
        let activities = &mut bundle.course.sections[0].lessons[1].activities;
        let mut second = activities[0].clone();
        // Keys of courses from elsewhere may hold anything.
        second.key = "film & more".into();
        activities.push(second);
        let options = ImportOptions {
            publish: true,
            ..ImportOptions::default()
        };
        let import = app.test.backend.import(bundle, options);
        import.await.expect("imported");
        app.with_user("mei@example.com", Role::Learner).await;
        let browser = app.signed_in("mei@example.com").await;
        let course = browser.get("/courses/walk").await;
        course.submit("Enrol", &[]).await;
        let page = browser.get("/courses/walk/lessons/film").await;
        let (path, mut fields) = page.form("Save note", &[("body", "Here"), ("time", "1:15")]);
        fields.retain(|(name, _)| name != "place");
        fields.push(("place".into(), "walk/film/film & more".into()));
        let noted = browser.post(&path, &fields).await;
        let link = |attribute| noted.attribute(".note-seek", attribute);
        assert_eq!(
            link("data-seek-activity").as_deref(),
            Some("film & more"),
            "{}",
            app.test.kind
        );
        assert!(
            noted
                .attribute("[data-player][data-activity='film & more']", "data-kind")
                .is_some()
        );
        let there = browser.get(&link("href").expect("a link")).await;
        let start = |stage: &str| there.attribute(&format!("#{stage} video source"), "src");
        assert!(start("film-1").is_some_and(|src| src.ends_with("#t=75")));
        assert!(start("film-0").is_some_and(|src| !src.contains("#t=")));
        // Chapters too, where there are several films.
        let chapter = there.attribute(".chapters li:nth-child(2) a", "href");
        assert_eq!(chapter.as_deref(), Some("?t=75&film=film#film-0"));
    }
}

#[tokio::test]
async fn a_lesson_is_bookmarked_with_one_button() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let lesson = browser.get("/courses/walk/lessons/film").await;
        let on = lesson.submit("Bookmark this lesson", &[]).await;
        assert!(on.has("Remove bookmark"), "{}", app.test.kind);
        lesson.submit("Bookmark this lesson", &[]).await;
        let all = browser.get("/notes?kind=bookmark").await;
        assert_eq!(all.texts(".note").len(), 1);
        let off = on.submit("Remove bookmark", &[]).await;
        assert!(off.has("Bookmark this lesson"));
        assert!(browser.get("/notes").await.has("You have no notes yet"));
    }
}

#[tokio::test]
async fn all_notes_are_searched_filtered_and_taken_away() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        app.with_course("climb", None).await;
        browser
            .get("/courses/climb")
            .await
            .submit("Enrol", &[])
            .await;
        for (course, body) in [
            ("walk", "100% sure"),
            ("walk", "100 sure"),
            ("climb", "间隔复习"),
        ] {
            let lesson = browser
                .get(&format!("/courses/{course}/lessons/intro"))
                .await;
            write(&lesson, &[("body", body)]).await;
        }
        for (query, found) in [
            ("", 3),
            ("?q=100%25", 1),
            ("?q=%E5%A4%8D%E4%B9%A0", 1),
            ("?q=_", 0),
            ("?course=walk", 2),
            ("?kind=highlight", 0),
            ("?kind=x&course=..", 3),
        ] {
            let page = browser.get(&format!("/notes{query}")).await;
            assert_eq!(
                (page.status.as_u16(), page.texts(".note").len()),
                (200, found),
                "{}: {query}",
                app.test.kind
            );
        }
        assert_eq!(browser.get("/notes?after=x").await.status, 404);

        let markdown = browser.get("/notes/export.md").await;
        assert_eq!(
            markdown.headers["content-disposition"],
            "attachment; filename=\"notes.md\""
        );
        assert!(
            markdown
                .body
                .contains("## Course climb\n\n### Introduction\n")
                && markdown.body.contains("间隔复习")
        );
        let json = browser.get("/notes/export.json").await;
        let value: serde_json::Value = serde_json::from_str(&json.body).expect("JSON");
        assert_eq!(value["notes"].as_array().map(Vec::len), Some(3));
        assert_eq!(value["notes"][0]["body"], "间隔复习");
        assert_eq!(json.headers["cache-control"], "private, no-store");
    }
}

#[tokio::test]
async fn notes_are_their_owner_s_alone() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let lesson = browser.get("/courses/walk/lessons/intro").await;
        let mine = write(&lesson, &[("body", "mine alone")]).await;
        let edit = mine
            .attribute(".note a[href^='/notes/']", "href")
            .expect("a way to edit");
        let form = browser.get(&edit).await;

        app.with_user("eve@example.com", Role::Learner).await;
        let eve = app.signed_in("eve@example.com").await;
        assert_eq!(eve.get(&edit).await.status, 404, "{}", app.test.kind);
        let (path, fields) = form.form("Save changes", &[("body", "hers now")]);
        assert_eq!(eve.post(&path, &fields).await.status, 404);
        let (path, fields) = form.form("Delete for good", &[]);
        assert_eq!(eve.post(&path, &fields).await.status, 404);
        assert!(
            !eve.get("/notes/export.md")
                .await
                .body
                .contains("mine alone")
        );
        assert!(
            !eve.get("/courses/walk/lessons/intro")
                .await
                .has("mine alone")
        );
        assert!(browser.get("/notes").await.has("mine alone"));

        let stranger = app.browser();
        for path in [
            "/notes",
            "/notes/export.md",
            "/notes/export.json",
            edit.as_str(),
        ] {
            assert!(
                stranger.get(path).await.path.starts_with("/sign-in?next="),
                "{path}"
            );
        }
        assert!(
            !stranger
                .get("/courses/walk/lessons/intro")
                .await
                .has("Write a note")
        );
        let (path, fields) = lesson.form("Save note", &[("body", "x")]);
        assert!(
            stranger
                .post(&path, &fields)
                .await
                .path
                .starts_with("/sign-in")
        );
    }
}
