//! Catalogue and course page.

use domain::account::Role;

use crate::harness::TestApp;

#[tokio::test]
async fn the_catalogue_is_searched_by_a_plain_form() {
    for app in TestApp::both().await {
        app.with_course("walk", None).await;
        app.with_course("climb", Some("199.00")).await;
        let browser = app.browser();
        let all = browser.get("/courses").await;
        assert_eq!(all.status, 200);
        assert_eq!(
            all.texts(".course-item-title a"),
            ["Course walk", "Course climb"],
            "{}",
            app.test.kind
        );
        assert!(
            all.has("Free") && all.has("CN¥199"),
            "{:?}",
            all.texts(".price")
        );
        let found = browser.get("/courses?q=CLIMB").await;
        assert_eq!(found.texts(".course-item-title a"), ["Course climb"]);
        assert_eq!(
            found.attribute("input[name=q]", "value").as_deref(),
            Some("CLIMB")
        );
        let none = browser.get("/courses?q=%22%3E%3Cscript%3E").await;
        assert_eq!(none.status, 200);
        assert!(none.text(".empty").is_some() && !none.body.contains("\"><script>"));
        for odd in [
            "/courses?level=nonsense",
            "/courses?category=",
            "/courses?q=%ff%fe",
            "/courses?lang=xx",
        ] {
            assert_eq!(browser.get(odd).await.status, 200, "{odd}");
        }
    }
}

#[tokio::test]
async fn a_free_course_is_joined_with_a_button() {
    for app in TestApp::both().await {
        app.with_course("walk", None).await;
        app.with_user("mei@example.com", Role::Learner).await;
        let stranger = app.browser();
        let door = stranger.get("/courses/walk").await;
        assert!(
            door.has("Start trial lesson") && door.has("What you will be able to do"),
            "{}",
            app.test.kind
        );
        let browser = app.signed_in("mei@example.com").await;
        let course = browser.get("/courses/walk").await;
        let enrolled = course.submit("Enrol", &[]).await;
        assert_eq!(enrolled.path, "/courses/walk?notice=enrolled");
        assert!(enrolled.has("Continue learning"));
        assert_eq!(
            enrolled.text("[data-testid=course-progress]").as_deref(),
            Some("0%")
        );
        // A double click, or the back button.
        assert_eq!(
            course.submit("Enrol", &[]).await.path,
            "/courses/walk?notice=enrolled"
        );
        let mine = browser.get("/learning").await;
        assert!(mine.has("Course walk") && mine.has("Continue learning"));
    }
}

#[tokio::test]
async fn a_paid_course_is_not_had_by_posting_the_free_form() {
    for app in TestApp::both().await {
        app.with_course("walk", None).await;
        app.with_course("climb", Some("199.00")).await;
        app.with_user("mei@example.com", Role::Learner).await;
        let browser = app.signed_in("mei@example.com").await;
        let (path, fields) = browser.get("/courses/walk").await.form("Enrol", &[]);
        let forged: Vec<_> = fields
            .into_iter()
            .map(|(name, value)| {
                if name == "course" {
                    (name, "climb".to_owned())
                } else {
                    (name, value)
                }
            })
            .collect();
        let answer = browser.post(&path, &forged).await;
        assert_eq!(answer.status, 403, "{}", app.test.kind);
        assert!(browser.get("/courses/climb").await.has("Buy this course"));
        assert!(!browser.get("/learning").await.has("Course climb"));
    }
}

#[tokio::test]
async fn search_engines_and_social_cards_find_what_they_need() {
    for app in TestApp::both().await {
        app.with_course("walk", Some("199.00")).await;
        let page = app.browser().get("/courses/walk?lang=zh-Hans").await;
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("zh-Hans"));
        assert_eq!(
            page.attribute("link[rel=canonical]", "href").as_deref(),
            Some("https://school.example/courses/walk"),
            "{}",
            app.test.kind
        );
        assert_eq!(
            page.html()
                .select(&crate::harness::css("link[rel=alternate][hreflang]"))
                .count(),
            3
        );
        assert_eq!(
            page.attribute("meta[property='og:title']", "content")
                .as_deref(),
            Some("Course walk")
        );
        assert!(
            page.attribute("meta[name=description]", "content")
                .is_some()
        );
        let json = page.texts("script[type='application/ld+json']").remove(0);
        let data: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(
            (&data["@type"], &data["offers"]["priceCurrency"]),
            (&"Course".into(), &"CNY".into())
        );
        let map = app.browser().get("/sitemap.xml").await;
        assert!(
            map.body
                .contains("<loc>https://school.example/courses/walk</loc>"),
            "{}",
            map.body
        );
        let robots = app.browser().get("/robots.txt").await;
        assert!(
            robots
                .body
                .contains("Sitemap: https://school.example/sitemap.xml")
        );
        assert!(!robots.body.contains("/courses"));
    }
}
