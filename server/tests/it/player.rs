//! The player without JavaScript: settings by a plain form, transcript, chapters, and the way back to one's place.

use domain::account::Role;

use crate::harness::{Browser, TestApp};

const FILM: &str = "/courses/walk/lessons/film";

async fn enrolled(app: &TestApp) -> Browser {
    app.with_course("walk", None).await;
    app.with_user("mei@example.com", Role::Learner).await;
    let browser = app.signed_in("mei@example.com").await;
    let course = browser.get("/courses/walk").await;
    course.submit("Enrol", &[]).await;
    browser
}

#[tokio::test]
async fn what_is_liked_is_kept_on_every_device() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let page = browser.get(FILM).await;
        assert_eq!(page.attribute("video track", "default"), None);
        let saved = page
            .submit("Save settings", &[("captions", "en"), ("speed", "150")])
            .await;
        assert_eq!(saved.status, 200, "{}", app.test.kind);
        let elsewhere = app.signed_in("mei@example.com").await.get(FILM).await;
        let chosen = |name: &str| {
            elsewhere.attribute(&format!("select[name={name}] option[selected]"), "value")
        };
        assert_eq!(chosen("speed").as_deref(), Some("150"));
        assert_eq!(chosen("captions").as_deref(), Some("en"));
        assert!(elsewhere.attribute("video track", "default").is_some());
        // A box without its tick says no.
        let (action, mut fields) = elsewhere.form("Save settings", &[]);
        fields.retain(|(name, _)| name != "auto_next");
        let off = browser.post(&action, &fields).await;
        assert_eq!(off.attribute("input[name=auto_next]", "checked"), None);
        assert!(off.attribute("input[name=keys]", "checked").is_some());
    }
}

#[tokio::test]
async fn a_stranger_s_browser_keeps_it_itself() {
    let app = TestApp::both().await.remove(0);
    app.with_course("walk", None).await;
    let browser = app.browser();
    let url = "/api/app/course/player/api/set_player";
    // As the island sends it: nothing is shown for an answer.
    let set = async |name: &'static str, value: &'static str| {
        let request = browser
            .client
            .post(format!("{}{url}", app.url))
            .header("accept", "application/json")
            .form(&[(name, value)]);
        browser.send(request, url).await
    };
    assert!(set("quality", "small").await.status.is_success());
    let kept = set("speed", "200").await;
    let cookie = kept.headers["set-cookie"].to_str().expect("a cookie");
    assert!(cookie.starts_with("player=speed=200&"), "{cookie}");
    assert!(cookie.contains("quality=small"), "{cookie}");
    for (name, value) in [
        ("speed", "9000"),
        ("captions", "<script>"),
        ("quality", "huge"),
    ] {
        assert_eq!(set(name, value).await.status, 422, "{name}={value}");
    }
}

#[tokio::test]
async fn what_is_said_can_be_read_and_leads_to_its_second() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let page = browser.get(FILM).await;
        assert_eq!(
            page.texts(".transcript .cue"),
            ["Hello"],
            "{}",
            app.test.kind
        );
        let chapters = page.texts(".chapters a");
        assert_eq!(chapters, ["0:00 Hello", "1:15 Goodbye"]);
        let link = page
            .attribute(".chapters li:nth-child(2) a", "href")
            .expect("a link");
        assert_eq!(link, "?t=75#film-0");
        let there = browser.get(&format!("{FILM}?t=75")).await;
        let source = there.attribute("video source", "src").expect("a source");
        assert!(source.ends_with("#t=75"), "{source}");
        assert_eq!(there.text(".strip-size").as_deref(), Some("0.0 MB"));
    }
}

#[tokio::test]
async fn the_transcript_stands_open_but_on_phones_until_somebody_says_otherwise() {
    for app in TestApp::both().await {
        let browser = enrolled(&app).await;
        let open = async |mobile: Option<&str>| {
            let mut request = browser.client.get(format!("{}{FILM}", app.url));
            if let Some(mobile) = mobile {
                request = request.header("sec-ch-ua-mobile", mobile);
            }
            let page = browser.send(request, FILM).await;
            page.attribute(".transcript", "open").is_some()
        };
        let phone = async || {
            let request = browser.client.get(format!("{}{FILM}", app.url));
            let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148";
            let page = browser
                .send(request.header("user-agent", iphone), FILM)
                .await;
            page.attribute(".transcript", "open").is_some()
        };
        assert!(
            open(None).await && open(Some("?0")).await,
            "{}",
            app.test.kind
        );
        assert!(!open(Some("?1")).await && !phone().await);
        let set = async |value: &'static str| {
            let url = "/api/app/course/player/api/set_player";
            let request = browser.client.post(format!("{}{url}", app.url));
            let request = request.header("accept", "application/json");
            let sent = browser.send(request.form(&[("beside", value)]), url).await;
            sent.status.as_u16()
        };
        assert_eq!(set("shut").await, 200);
        assert!(!open(None).await && !phone().await);
        assert_eq!(set("open").await, 200);
        assert!(open(None).await && phone().await);
        assert_eq!(set("ajar").await, 422);
    }
}

#[tokio::test]
async fn one_tap_leads_back_to_the_place() {
    for app in TestApp::both().await {
        let stranger = app.browser().get("/learning/continue").await;
        assert!(
            stranger.path.starts_with("/sign-in?next="),
            "{}",
            stranger.path
        );
        app.with_user("bo@example.com", Role::Learner).await;
        let bo = app.signed_in("bo@example.com").await;
        assert_eq!(bo.get("/learning/continue").await.path, "/learning");
        let mei = enrolled(&app).await;
        mei.get(FILM).await;
        let back = mei.get("/learning/continue").await;
        assert_eq!((back.path.as_str(), back.status.as_u16()), (FILM, 200));
    }
}
