//! What the service worker relies on: headers, the list of what a course takes, and whose a page is.

use domain::account::Role;

use crate::harness::{Browser, Page, TestApp};

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

fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    page.headers
        .get(name)
        .map_or("", |value| value.to_str().expect("text"))
}

#[tokio::test]
async fn the_worker_is_asked_for_anew_and_may_answer_for_every_page() {
    for app in TestApp::both().await {
        let browser = app.browser();
        for (path, is_worker) in [
            ("/sw.js", true),
            ("/worker/store.js", true),
            ("/offline.js", false),
        ] {
            let script = browser.get(path).await;
            assert_eq!(script.status, 200, "{path}");
            assert_eq!(header(&script, "cache-control"), "no-cache", "{path}");
            assert_eq!(header(&script, "content-type"), "text/javascript", "{path}");
            let allowed = header(&script, "service-worker-allowed") == "/";
            assert_eq!(allowed, is_worker, "{path}");
            let policy = header(&script, "content-security-policy");
            assert_eq!(policy.contains("connect-src 'self'"), is_worker, "{path}");
            assert!(policy.starts_with("default-src 'none'"), "{path}");
        }
        assert_eq!(browser.get("/worker/../sw.jsx").await.status, 404);
        let page = browser.get("/").await;
        assert!(header(&page, "content-security-policy").contains("worker-src 'self'"));
        assert_eq!(
            page.attribute("script[src]", "src").as_deref(),
            Some("/offline.js")
        );
    }
}

#[tokio::test]
async fn the_manifest_speaks_the_reader_s_language() {
    for app in TestApp::both().await {
        for (language, words) in [
            ("en", "Continue learning"),
            ("zh-CN", "继续学习"),
            ("zh-TW", "繼續學習"),
        ] {
            let manifest = app
                .browser_in(language)
                .get("/manifest.webmanifest")
                .await
                .body;
            let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
            assert_eq!(manifest["id"], "/");
            assert_eq!(manifest["start_url"], "/");
            let first = &manifest["shortcuts"][0];
            assert_eq!(first["url"], "/learning/continue");
            assert_eq!(first["name"], words, "{language}");
        }
    }
}

#[tokio::test]
async fn every_page_says_whose_it_is() {
    for app in TestApp::both().await {
        let stranger = app.browser().get("/courses").await;
        assert_eq!(header(&stranger, "waymark-account"), "none");
        assert_eq!(stranger.attribute("html", "data-account"), None);

        let browser = enrolled(&app).await;
        let page = browser.get("/courses/walk").await;
        let tag = header(&page, "waymark-account").to_owned();
        assert_eq!(tag.len(), 16, "{}", app.test.kind);
        assert_eq!(page.attribute("html", "data-account"), Some(tag.clone()));

        // What Mei did without a network is not taken in another's name.
        app.with_user("tom@example.com", Role::Learner).await;
        let tom = app.signed_in("tom@example.com").await;
        let path = "/api/app/course/api/complete_lesson";
        let call = |browser: &Browser| {
            browser
                .client
                .post(format!("{}{path}", app.url))
                .header("accept", "application/json")
                .header("waymark-account", &tag)
                .form(&[("course", "walk"), ("lesson", "intro")])
        };
        let refused = tom.send(call(&tom), path).await;
        assert_eq!(
            (refused.status.as_u16(), refused.body.as_str()),
            (401, "\"SignInRequired\"")
        );
        let nobody = app.browser();
        assert_eq!(nobody.send(call(&nobody), path).await.status, 401);
        assert_eq!(browser.send(call(&browser), path).await.status, 200);
    }
}

#[tokio::test]
async fn what_a_course_takes_is_said_to_its_learners_only() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let path = "/courses/walk/offline.json";
        let list = browser.get(path).await;
        assert_eq!(list.status, 200, "{}", app.test.kind);
        assert_eq!(header(&list, "cache-control"), "private, no-store");
        let list: serde_json::Value = serde_json::from_str(&list.body).expect("JSON");
        for page in list["pages"].as_array().expect("pages") {
            let page = page.as_str().expect("a path");
            assert_eq!(browser.get(page).await.status, 200, "{page}");
        }
        let files = list["files"].as_array().expect("files");
        assert_eq!(files.len(), 3);
        for file in files {
            let url = file["url"].as_str().expect("a path");
            let answer = browser.get(url).await;
            assert_eq!(answer.status, 200, "{url}");
            assert_eq!(Some(answer.body.len() as u64), file["bytes"].as_u64());
        }
        let panel = browser.get("/courses/walk").await;
        assert_eq!(
            panel.attribute("#keep", "data-version").as_deref(),
            list["version"].as_str()
        );

        assert_eq!(app.browser().get(path).await.status, 401);
        app.with_user("tom@example.com", Role::Learner).await;
        let tom = app.signed_in("tom@example.com").await;
        assert_eq!(tom.get(path).await.status, 404);
        assert_eq!(
            tom.get("/courses/walk").await.attribute("#keep", "id"),
            None
        );
        assert_eq!(browser.get("/courses/no/offline.json").await.status, 404);
    }
}

#[tokio::test]
async fn a_page_that_is_only_kept_was_not_visited() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let path = "/courses/walk/lessons/deep";
        let kept = browser
            .client
            .get(format!("{}{path}", app.url))
            .header("waymark-keep", "1");
        assert_eq!(browser.send(kept, path).await.status, 200);
        let resume = browser
            .get("/learning")
            .await
            .attribute(".continue .button-main", "href");
        assert_eq!(resume.as_deref(), Some("/courses/walk/lessons/intro"));
        browser.get(path).await;
        let resume = browser
            .get("/learning")
            .await
            .attribute(".continue .button-main", "href");
        assert_eq!(resume.as_deref(), Some(path), "{}", app.test.kind);
    }
}

#[tokio::test]
async fn the_page_for_no_network_holds_nothing_of_anybody() {
    for app in TestApp::both().await {
        for language in ["en", "zh-Hans", "zh-Hant"] {
            let page = app
                .browser()
                .get(&format!("/offline?lang={language}"))
                .await;
            assert_eq!(page.status, 200, "{}", app.test.kind);
            assert_eq!(page.attribute("html", "lang").as_deref(), Some(language));
            assert_eq!(page.attribute("html", "data-account"), None);
            // The service worker fills the list in.
            assert!(
                page.body.contains("id=\"kept-list\"></ul>")
                    || page.body.contains("class=\"kept-list\"></ul>")
            );
        }
    }
}
