//! Media: byte ranges, and the gate.

use domain::account::Role;

use crate::harness::TestApp;

#[tokio::test]
async fn ranges_are_sent_to_those_who_may_see_the_lesson() {
    for app in TestApp::both().await {
        app.with_course("climb", Some("199.00")).await;
        app.with_user("ada@example.com", Role::Admin).await;
        let ada = app.signed_in("ada@example.com").await;
        let path = ada
            .get("/courses/climb/lessons/film")
            .await
            .attribute("video source", "src")
            .expect("a source");
        let whole = ada.get(&path).await;
        assert_eq!(
            (whole.status.as_u16(), whole.body.len()),
            (200, 1000),
            "{}",
            app.test.kind
        );
        assert_eq!(whole.headers["accept-ranges"], "bytes");
        assert_eq!(whole.headers["content-type"], "video/mp4");
        let request = ada
            .client
            .get(format!("{}{path}", app.url))
            .header("range", "bytes=990-");
        let part = ada.send(request, &path).await;
        assert_eq!(
            (part.status.as_u16(), part.body.as_str()),
            (206, "0123456789")
        );
        assert_eq!(part.headers["content-range"], "bytes 990-999/1000");
        let beyond = ada
            .client
            .get(format!("{}{path}", app.url))
            .header("range", "bytes=1000-");
        assert_eq!(ada.send(beyond, &path).await.status, 416);
        let etag = whole.headers["etag"].clone();
        let again = ada
            .client
            .get(format!("{}{path}", app.url))
            .header("if-none-match", etag);
        assert_eq!(ada.send(again, &path).await.status, 304);

        let stranger = app.browser();
        let refused = stranger.get(&path).await;
        assert_eq!((refused.status.as_u16(), refused.body.as_str()), (404, ""));
        assert_eq!(refused.headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn nothing_else_of_the_disk_is_served() {
    for app in TestApp::both().await {
        app.with_course("walk", None).await;
        app.with_user("ada@example.com", Role::Admin).await;
        let ada = app.signed_in("ada@example.com").await;
        for path in [
            "/media/walk/film/%2e%2e/%2e%2e/waymark.db",
            "/media/walk/film/..%2f..%2fwaymark.db",
            "/media/walk/film//etc/passwd",
            "/media/walk/-/01-start/film.mp4",
            "/media/walk/deep/01-start/film.mp4",
            "/media/%00/film/x",
            "/pkg/../waymark.db",
            "/pkg/%2e%2e/waymark.db",
        ] {
            let page = ada.get(path).await;
            assert_eq!(page.status, 404, "{path} on {}", app.test.kind);
        }
    }
}
