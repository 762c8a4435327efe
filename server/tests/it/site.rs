//! What holds for every page: headers, languages, errors, health.

use crate::harness::{TestApp, css};

#[tokio::test]
async fn every_answer_is_guarded() {
    for app in TestApp::both().await {
        let page = app.browser().get("/").await;
        let policy = page.headers["content-security-policy"]
            .to_str()
            .expect("text")
            .to_owned();
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        for name in [
            "x-content-type-options",
            "referrer-policy",
            "strict-transport-security",
            "permissions-policy",
            "x-request-id",
        ] {
            assert!(
                page.headers.contains_key(name),
                "{name} on {}",
                app.test.kind
            );
        }
        // Pages without islands load nothing to run but what starts the service worker; two lines of empty data are
        // leptos' own.
        assert_eq!(
            page.html()
                .select(&css(
                    "script[src]:not([src='/offline.js']), script[type=module], link[rel=modulepreload]"
                ))
                .count(),
            0
        );
        assert!(
            page.texts("script:not([type], [src])")
                .iter()
                .all(|script| script.starts_with("__") && script.len() < 120)
        );
        assert!(
            !page.body.contains("style=\""),
            "the policy would refuse it"
        );
        assert_eq!(page.headers["cache-control"], "private, no-cache");
        let hashed = app.browser().get("/pkg/waymark.abc.css").await;
        assert_eq!(
            hashed.headers["cache-control"],
            "public, max-age=31536000, immutable"
        );
    }
}

#[tokio::test]
async fn the_reader_s_language_is_asked_for_once_and_remembered() {
    for app in TestApp::both().await {
        for (header, language) in [
            ("en", "en"),
            ("zh-CN,zh;q=0.9", "zh-Hans"),
            ("zh-TW", "zh-Hant"),
            ("de", "en"),
        ] {
            let page = app.browser_in(header).get("/").await;
            assert_eq!(
                page.attribute("html", "lang").as_deref(),
                Some(language),
                "{}",
                app.test.kind
            );
            assert_eq!(page.headers["content-language"], language);
        }
        let browser = app.browser();
        browser.get("/?lang=zh-Hant").await;
        assert_eq!(
            browser
                .get("/courses")
                .await
                .attribute("html", "lang")
                .as_deref(),
            Some("zh-Hant")
        );
    }
}

#[tokio::test]
async fn appearance_is_chosen_by_a_form_and_kept() {
    for app in TestApp::both().await {
        let browser = app.browser();
        let (path, mut fields) = browser.get("/courses").await.form("Dark", &[]);
        fields.push(("theme".into(), "dark".into()));
        let page = browser.post(&path, &fields).await;
        assert_eq!(page.path, "/courses", "{}", app.test.kind);
        assert_eq!(
            page.attribute("html", "data-theme").as_deref(),
            Some("dark")
        );
        let (path, mut fields) = page.form("Dark", &[]);
        fields.push(("theme".into(), "\"><script>".into()));
        assert_eq!(browser.post(&path, &fields).await.status, 422);
        assert_eq!(
            browser
                .get("/courses")
                .await
                .attribute("html", "data-theme")
                .as_deref(),
            Some("dark")
        );
    }
}

#[tokio::test]
async fn forms_that_nobody_sent_are_answered_clearly() {
    for app in TestApp::both().await {
        let browser = app.browser();
        let pairs = |fields: &[(&str, &str)]| {
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect::<Vec<_>>()
        };
        for fields in [
            pairs(&[]),
            pairs(&[("_fn", "")]),
            pairs(&[("_fn", "/api/none")]),
            pairs(&[("_fn", "https://evil.example/")]),
            pairs(&[("_fn", "/api/app/account/api/sign_in")]),
            pairs(&[
                ("_fn", "/api/app/account/api/sign_in"),
                ("email", "a"),
                ("email", "b"),
                ("password", "c"),
            ]),
        ] {
            let page = browser.post("/sign-in", &fields).await;
            assert_eq!(
                page.status, 422,
                "{fields:?} on {}: {}",
                app.test.kind, page.body
            );
        }
        let large = vec![
            ("_fn".to_owned(), "/api/app/account/api/sign_in".to_owned()),
            ("email".to_owned(), "x".repeat(300_000)),
        ];
        let page = browser.post("/sign-in", &large).await;
        assert_eq!(page.status, 422, "{}", page.body);
        let broken = browser
            .client
            .post(format!("{}/sign-in", app.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(&b"email=\xff\xfe&_fn=%ff"[..]);
        assert_eq!(browser.send(broken, "/sign-in").await.status, 422);
    }
}

#[tokio::test]
async fn a_form_never_leads_to_another_site() {
    for app in TestApp::both().await {
        let browser = app.browser();
        for astray in ["//evil.example/", "/%5Cevil.example/"] {
            let path = format!("{astray}?x=1");
            let (_, mut fields) = browser.get("/courses").await.form("Dark", &[]);
            fields.push(("theme".into(), "dark".into()));
            let request = browser
                .client
                .post(format!("{}{path}", app.url))
                .form(&fields);
            let answer = browser.send(request, &path).await;
            let location = answer.headers["location"]
                .to_str()
                .expect("text")
                .to_owned();
            assert!(
                location.starts_with('/')
                    && !location.starts_with("//")
                    && !location.starts_with("/\\"),
                "{location} on {}",
                app.test.kind
            );
        }
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_the_reader_s_language() {
    for app in TestApp::both().await {
        let page = app.browser_in("zh-CN").get("/nowhere").await;
        assert_eq!(page.status, 404, "{}", app.test.kind);
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("zh-Hans"));
        assert!(page.text("h1").is_some());
        assert!(
            page.attribute("main a[href='/courses']", "href").is_some(),
            "a way on"
        );
    }
}

#[tokio::test]
async fn health_is_told_apart_from_readiness() {
    for app in TestApp::both().await {
        let browser = app.browser();
        assert_eq!(browser.get("/healthz").await.status, 200);
        assert_eq!(
            browser.get("/readyz").await.status,
            200,
            "{}",
            app.test.kind
        );
        assert_eq!(browser.get("/metrics").await.status, 200);
        app.test.backend.db.close().await;
        assert_eq!(browser.get("/healthz").await.status, 200);
        assert_eq!(browser.get("/readyz").await.status, 503);
        let page = browser.get("/courses").await;
        assert_eq!(page.status, 503, "no database, and a clear answer");
        assert!(page.text("h1").is_some());
    }
}

#[tokio::test]
async fn every_page_has_one_heading_and_its_landmarks() {
    for app in TestApp::both().await {
        app.with_course("walk", None).await;
        let browser = app.browser();
        for path in [
            "/",
            "/courses",
            "/courses/walk",
            "/courses/walk/lessons/intro",
            "/join",
            "/sign-in",
            "/forgot-password",
            "/sign-out",
        ] {
            let page = browser.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(
                page.html().select(&css("h1")).count(),
                1,
                "{path} on {}",
                app.test.kind
            );
            assert_eq!(page.html().select(&css("main")).count(), 1, "{path}");
            assert!(
                page.text("title").is_some_and(|title| title.contains('·')),
                "{path}"
            );
        }
    }
}

/// Pages are rendered on many threads at once; none may see another's visitor.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_that_are_rendered_at_once_do_not_mix() {
    for app in TestApp::both().await {
        app.with_course("walk", None).await;
        app.with_user("mei@example.com", domain::account::Role::Learner)
            .await;
        let known = app.signed_in("mei@example.com").await;
        let visits = (0..60).map(|number| {
            let language = ["en", "zh-Hans", "zh-Hant"][number % 3];
            let path = [
                "/courses/walk",
                "/courses",
                "/courses/walk/lessons/intro",
                "/",
            ][number % 4];
            let browser = if number % 2 == 0 {
                known.clone()
            } else {
                app.browser_in(language)
            };
            tokio::spawn(async move {
                let page = browser.get(path).await;
                let signed_in = page
                    .attribute(".site-header a[href='/account']", "href")
                    .is_some();
                assert_eq!(signed_in, number % 2 == 0, "{path}");
                if number % 2 == 1 {
                    assert_eq!(
                        page.attribute("html", "lang").as_deref(),
                        Some(language),
                        "{path}"
                    );
                }
                let canonical = page
                    .attribute("meta[property='og:url']", "content")
                    .expect("an address");
                assert_eq!(canonical, format!("https://school.example{path}"));
                assert_eq!(page.html().select(&css("title")).count(), 1, "{path}");
            })
        });
        for visit in futures::future::join_all(visits).await {
            visit.expect("a page of its own");
        }
    }
}
