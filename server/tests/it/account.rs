//! Joining, signing in and the account, by forms alone.

use domain::account::Role;

use crate::harness::{PASSWORD, TestApp};

#[tokio::test]
async fn a_stranger_joins_and_comes_back() {
    for app in TestApp::both().await {
        let browser = app.browser();
        let form = browser.get("/join").await;
        let fields = [
            ("name", "Mei Chen"),
            ("email", "mei@example.com"),
            ("password", PASSWORD),
        ];
        let page = form.submit("Create account", &fields).await;
        assert_eq!(
            page.path,
            "/?notice=joined",
            "{}: {}",
            app.test.kind,
            page.alerts().join(" ")
        );
        assert!(page.has("Mei Chen") && page.has("Sign out"));
        assert!(
            page.text("[role=status]").is_some(),
            "the notice is announced"
        );

        let out = page.submit("Sign out", &[]).await;
        assert!(!out.has("Mei Chen") && out.has("Sign in"));
        let wrong = browser
            .get("/sign-in")
            .await
            .submit(
                "Sign in",
                &[("email", "mei@example.com"), ("password", "wrong password")],
            )
            .await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.alerts().len(), 1);
        assert_eq!(
            wrong.attribute("input[name=email]", "value").as_deref(),
            Some("mei@example.com"),
            "what was typed is kept"
        );
        assert!(
            !wrong.body.contains("wrong password"),
            "but not the password"
        );
        let back = wrong.submit("Sign in", &[("password", PASSWORD)]).await;
        assert_eq!(back.path, "/");
        assert!(back.has("Mei Chen"));
    }
}

#[tokio::test]
async fn mistakes_stand_beside_their_fields_and_nothing_is_lost() {
    for app in TestApp::both().await {
        app.with_user("mei@example.com", Role::Learner).await;
        let form = app.browser().get("/join").await;
        let page = form
            .submit(
                "Create account",
                &[("name", "Eve"), ("email", "eve"), ("password", "short")],
            )
            .await;
        assert_eq!(page.status, 422, "{}", app.test.kind);
        assert!(page.text("#email-error").is_some() && page.text("#password-error").is_some());
        assert_eq!(
            page.attribute("input[name=name]", "value").as_deref(),
            Some("Eve")
        );
        assert_eq!(
            page.attribute("input[name=email]", "aria-invalid")
                .as_deref(),
            Some("true")
        );
        let taken = page
            .submit(
                "Create account",
                &[
                    ("email", "Mei@example.com"),
                    ("password", "another fine password"),
                ],
            )
            .await;
        assert!(taken.text("#email-error").is_some(), "{}", taken.body);
    }
}

#[tokio::test]
async fn signing_in_leads_back_to_where_one_was() {
    for app in TestApp::both().await {
        app.with_user("mei@example.com", Role::Learner).await;
        let browser = app.browser();
        let door = browser.get("/account").await;
        assert_eq!(door.path, "/sign-in?next=%2Faccount", "{}", app.test.kind);
        let inside = door
            .submit(
                "Sign in",
                &[("email", "mei@example.com"), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(inside.path, "/account");
        // Another site is no way back.
        let trap = app.browser().get("/sign-in?next=%2F%2Fevil.example").await;
        let safe = trap
            .submit(
                "Sign in",
                &[("email", "mei@example.com"), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(safe.path, "/");
    }
}

#[tokio::test]
async fn the_session_cookie_is_out_of_reach_and_new_with_each_sign_in() {
    for app in TestApp::both().await {
        app.with_user("mei@example.com", Role::Learner).await;
        let browser = app.browser();
        let mut tokens = Vec::new();
        for _ in 0..2 {
            let (path, fields) = browser.get("/sign-in").await.form(
                "Sign in",
                &[("email", "mei@example.com"), ("password", PASSWORD)],
            );
            let request = browser
                .client
                .post(format!("{}{path}", app.url))
                .form(&fields);
            let answer = browser.send(request, &path).await;
            assert_eq!(answer.status, 303, "{}", app.test.kind);
            let cookie = answer
                .headers
                .get("set-cookie")
                .and_then(|cookie| cookie.to_str().ok())
                .expect("a cookie")
                .to_owned();
            for part in [
                "waymark_session=",
                "HttpOnly",
                "SameSite=Lax",
                "Secure",
                "Path=/",
            ] {
                assert!(cookie.contains(part), "{cookie}");
            }
            tokens.push(cookie.split(';').next().unwrap_or_default().to_owned());
        }
        assert_ne!(tokens[0], tokens[1]);
    }
}

#[tokio::test]
async fn the_account_page_changes_name_password_and_sessions() {
    for app in TestApp::both().await {
        app.with_user("mei@example.com", Role::Learner).await;
        let (here, there) = (
            app.signed_in("mei@example.com").await,
            app.signed_in("mei@example.com").await,
        );
        let account = here.get("/account").await;
        let renamed = account.submit("Save name", &[("name", "陈梅")]).await;
        assert_eq!(renamed.path, "/account?notice=saved", "{}", app.test.kind);
        assert_eq!(
            renamed.attribute("input[name=name]", "value").as_deref(),
            Some("陈梅")
        );

        let wrong = renamed
            .submit(
                "Change password",
                &[
                    ("current", "not it at all"),
                    ("new", "seven quiet lanterns above"),
                ],
            )
            .await;
        assert!(wrong.text("#current-error").is_some(), "{}", wrong.body);
        assert_eq!(
            there.get("/account").await.path,
            "/account",
            "still signed in there"
        );
        let right = wrong
            .submit(
                "Change password",
                &[("current", PASSWORD), ("new", "seven quiet lanterns above")],
            )
            .await;
        assert_eq!(right.path, "/account?notice=password-changed");
        assert!(
            there.get("/account").await.path.starts_with("/sign-in"),
            "signed out there"
        );
    }
}

#[tokio::test]
async fn a_forgotten_password_is_mailed_for() {
    for app in TestApp::both().await {
        app.with_user("mei@example.com", Role::Learner).await;
        let browser = app.browser();
        let form = browser.get("/forgot-password").await;
        let known = form
            .submit("Send the link", &[("email", "mei@example.com")])
            .await;
        let unknown = form
            .submit("Send the link", &[("email", "who@example.com")])
            .await;
        assert_eq!(
            known.path,
            "/forgot-password?sent=1",
            "{}",
            known.alerts().join(" ")
        );
        assert_eq!(
            known.text("main"),
            unknown.text("main"),
            "nobody learns who has an account"
        );
        let token = loop {
            let sent = app.test.backend.mailer.sent();
            if let Some((_, rest)) = sent
                .iter()
                .find_map(|mail| mail.text.split_once("http://localhost/reset-password/"))
            {
                break rest.split_whitespace().next().expect("a token").to_owned();
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        };
        let page = browser.get(&format!("/reset-password/{token}")).await;
        let done = page
            .submit(
                "Change password",
                &[("password", "seven quiet lanterns above")],
            )
            .await;
        assert_eq!(
            done.path, "/account?notice=password-changed",
            "{}",
            app.test.kind
        );
        let again = page
            .submit(
                "Change password",
                &[("password", "seven quiet lanterns above")],
            )
            .await;
        assert_eq!(again.alerts().len(), 1, "the link works once");
    }
}

#[tokio::test]
async fn guessing_gets_slower_for_everyone_the_same() {
    for app in TestApp::both().await {
        app.with_user("mei@example.com", Role::Learner).await;
        for email in ["mei@example.com", "nobody@example.com"] {
            let form = app.browser().get("/sign-in").await;
            let mut last = None;
            for _ in 0..10 {
                last = Some(
                    form.submit(
                        "Sign in",
                        &[("email", email), ("password", "wrong password")],
                    )
                    .await,
                );
            }
            let last = last.expect("ten answers");
            assert_eq!(
                (last.status.as_u16(), last.alerts().len()),
                (429, 1),
                "{email} on {}",
                app.test.kind
            );
            assert_eq!(
                last.attribute("input[name=email]", "value").as_deref(),
                Some(email)
            );
        }
    }
}

#[tokio::test]
async fn another_site_cannot_post_here() {
    for app in TestApp::both().await {
        app.with_user("mei@example.com", Role::Learner).await;
        let browser = app.signed_in("mei@example.com").await;
        let (path, fields) = browser
            .get("/account")
            .await
            .form("Save name", &[("name", "Eve")]);
        let request = browser
            .client
            .post(format!("{}{path}", app.url))
            .form(&fields)
            .header("origin", "https://evil.example");
        assert_eq!(
            browser.send(request, &path).await.status,
            403,
            "{}",
            app.test.kind
        );
        assert!(!browser.get("/account").await.body.contains("value=\"Eve\""));
    }
}
