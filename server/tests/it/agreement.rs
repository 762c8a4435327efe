//! The course agreement over HTTP.

use domain::checkout::{agreement::Draft, refund::RefundRule};

use crate::harness::TestApp;

#[tokio::test]
async fn the_agreement_is_read_in_one_s_language_and_by_version() {
    for app in TestApp::both().await {
        let front = app.browser().get("/").await;
        let link = front.attribute(".site-footer a[href='/agreement']", "href");
        assert!(link.is_some(), "{}", app.test.kind);
        let page = app.browser().get("/agreement").await;
        assert_eq!(page.text("h1").as_deref(), Some("Course agreement"));
        assert!(page.has("Version 1, for orders since 2 March 2026"));
        assert!(
            page.has("within 14 days of paying") && page.has("no more than 30 % of the course")
        );
        let chinese = app.browser_in("zh-TW").get("/agreement").await;
        assert!(chinese.has("付款後 14 天內"));
        assert_eq!(chinese.texts("article h2").len(), 5);

        let texts = [("en".to_owned(), "No refunds, {days} days.".to_owned())];
        let refund = RefundRule {
            days: 0,
            max_progress: 0,
        };
        let texts = texts.into();
        let draft = Draft { texts, refund };
        let made = app.test.backend.set_agreement(None, draft).await;
        assert_eq!(made.expect("a version"), 2);
        assert!(
            app.browser()
                .get("/agreement")
                .await
                .has("No refunds, 0 days.")
        );
        let old = app.browser().get("/agreement/1").await;
        assert!(old.has("within 14 days of paying") && old.has("This is an earlier version."));
        let foreign = app.browser_in("zh-CN").get("/agreement/2").await;
        assert!(foreign.has("本校还没有这份协议的中文版。"));
        assert_eq!(
            foreign.attribute(".agreement [lang]", "lang").as_deref(),
            Some("en")
        );
        for unknown in ["/agreement/3", "/agreement/x", "/agreement/-1"] {
            assert_eq!(app.browser().get(unknown).await.status, 404, "{unknown}");
        }
    }
}
