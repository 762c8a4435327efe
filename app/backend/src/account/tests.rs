use std::time::Duration;

use domain::{account::Role, ids::SessionId};

use super::{Join, SignedIn, Visitor, store};
use crate::{Backend, Error, testing::TestBackend};

const PASSWORD: &str = "walnut trail compass rain";
const DAY: Duration = Duration::from_secs(86_400);

fn visitor() -> Visitor {
    Visitor {
        user_agent: "Test/1".into(),
        address: "203.0.113.7".into(),
        session: None,
    }
}

async fn join(backend: &Backend, email: &str) -> SignedIn {
    let join = Join {
        name: "Mei Chen".into(),
        email: email.into(),
        password: PASSWORD.into(),
        language: Some("zh-Hans".into()),
    };
    backend.join(join, &visitor()).await.expect("joined")
}

async fn session_of(backend: &Backend, signed_in: &SignedIn) -> SessionId {
    backend
        .session(signed_in.token.as_str())
        .await
        .expect("a database")
        .expect("a session")
        .id
}

/// The path of the link in the last mail, once it has been sent.
async fn mailed_token(backend: &Backend, prefix: &str) -> String {
    for _ in 0..200 {
        let sent = backend.mailer.sent();
        let link = sent
            .iter()
            .rev()
            .find_map(|mail| mail.text.split_once(&format!("http://localhost/{prefix}/")));
        if let Some((_, rest)) = link {
            return rest.split_whitespace().next().expect("a token").to_owned();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no mail with a link to /{prefix}/ came")
}

fn messages(error: &Error) -> Vec<&str> {
    match error {
        Error::Invalid(fields) => fields.iter().map(|field| field.message.as_str()).collect(),
        other => panic!("{other} is no invalid input"),
    }
}

#[tokio::test]
async fn whoever_joins_is_signed_in_until_they_sign_out() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let joined = join(backend, "mei@example.com").await;
        let session = backend
            .session(joined.token.as_str())
            .await
            .expect("a database")
            .expect("a session");
        assert_eq!(session.user.name.as_str(), "Mei Chen", "{}", test.kind);
        assert_eq!(session.user.role, Role::Learner);
        assert!(!session.user.email_confirmed);
        backend.sign_out(session.id).await.expect("signed out");
        assert!(
            backend
                .session(joined.token.as_str())
                .await
                .expect("a database")
                .is_none()
        );
        assert!(
            backend
                .session("nonsense")
                .await
                .expect("a database")
                .is_none()
        );
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once() {
    for test in TestBackend::both().await {
        let join = Join {
            name: " ".into(),
            email: "nobody".into(),
            password: "short".into(),
            language: None,
        };
        let error = test
            .backend
            .join(join, &visitor())
            .await
            .expect_err("refused");
        assert_eq!(
            messages(&error),
            [
                "error-name-missing",
                "error-email-invalid",
                "error-password-short"
            ]
        );
        let mut tx = test.backend.db.read().await.expect("a transaction");
        assert_eq!(store::count_users(&mut tx).await.expect("a count"), 0);
    }
}

#[tokio::test]
async fn an_address_has_one_account_whatever_its_letters() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        join(backend, "mei@example.com").await;
        let again = Join {
            name: "Eve".into(),
            email: "MEI@example.com".into(),
            password: "another fine password".into(),
            language: None,
        };
        let error = backend.join(again, &visitor()).await.expect_err("taken");
        assert_eq!(messages(&error), ["error-email-taken"]);
        // A double click, or someone who forgot that they had joined.
        assert!(!join(backend, "Mei@Example.com").await.joined);
        let mut tx = backend.db.read().await.expect("a transaction");
        assert_eq!(store::count_users(&mut tx).await.expect("a count"), 1);
    }
}

#[tokio::test]
async fn joining_twice_at_the_same_moment_makes_one_account() {
    for test in TestBackend::both().await {
        let tries = (0..8).map(|_| {
            let backend = test.backend.clone();
            tokio::spawn(async move { join(&backend, "mei@example.com").await })
        });
        for joined in futures::future::join_all(tries).await {
            joined.expect("every click signs in");
        }
        let mut tx = test.backend.db.read().await.expect("a transaction");
        assert_eq!(
            store::count_users(&mut tx).await.expect("a count"),
            1,
            "{}",
            test.kind
        );
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        join(backend, "mei@example.com").await;
        let wrong = backend
            .sign_in("mei@example.com", "wrong password", &visitor())
            .await
            .expect_err("refused");
        let unknown = backend
            .sign_in("who@example.com", PASSWORD, &visitor())
            .await
            .expect_err("refused");
        let no_address = backend
            .sign_in("?", PASSWORD, &visitor())
            .await
            .expect_err("refused");
        assert_eq!(messages(&wrong), ["error-sign-in-failed"]);
        assert_eq!(messages(&unknown), messages(&wrong));
        assert_eq!(messages(&no_address), messages(&wrong));
        backend
            .sign_in(" MEI@example.com ", PASSWORD, &visitor())
            .await
            .expect("the right one");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_and_forgotten_after_a_while() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        join(backend, "mei@example.com").await;
        let mut refused = 0;
        for _ in 0..12 {
            match backend
                .sign_in("mei@example.com", "wrong password", &visitor())
                .await
            {
                Err(Error::TooManyAttempts {
                    retry_after_seconds,
                }) => {
                    assert!(
                        (1..=900).contains(&retry_after_seconds),
                        "{retry_after_seconds}"
                    );
                    refused += 1;
                }
                other => assert_eq!(
                    messages(&other.expect_err("wrong")),
                    ["error-sign-in-failed"]
                ),
            }
        }
        assert_eq!(refused, 4, "eight guesses are free on {}", test.kind);
        let right = backend
            .sign_in("mei@example.com", PASSWORD, &visitor())
            .await;
        assert!(
            matches!(right, Err(Error::TooManyAttempts { .. })),
            "not even the right one: the guesser would know"
        );
        // Someone else at another address is not shut out by it.
        let elsewhere = Visitor {
            address: "198.51.100.1".into(),
            ..visitor()
        };
        backend
            .sign_in("mei@example.com", PASSWORD, &elsewhere)
            .await
            .expect("the owner");
        backend.clock.advance(DAY * 2);
        backend.purge().await.expect("purged");
        let error = backend
            .sign_in("mei@example.com", "wrong password", &visitor())
            .await
            .expect_err("wrong");
        assert_eq!(messages(&error), ["error-sign-in-failed"]);
    }
}

/// Who asks at once is asked for together, and those who give up meanwhile take nobody's answer along.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everybody_who_asks_at_once_is_told_who_they_are() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mut people = Vec::new();
        for number in 0..4 {
            people.push(join(backend, &format!("m{number}@example.com")).await);
        }
        let nobody = super::SessionToken::random();
        let mut asking = Vec::new();
        for number in 0..200 {
            let backend = backend.clone();
            let (token, user) = match people.get(number % 6) {
                Some(person) => (person.token.as_str().to_owned(), Some(person.user.id)),
                None => (nobody.as_str().to_owned(), None),
            };
            let task = tokio::spawn(async move {
                let session = backend.session(&token).await.expect("a database");
                assert_eq!(session.map(|session| session.user.id), user);
            });
            match number % 7 {
                0 => task.abort(),
                _ => asking.push(task),
            }
        }
        for task in asking {
            task.await.expect("the right one");
        }
        let last = backend.sign_out(session_of(backend, &people[0]).await);
        last.await.expect("signed out");
        let token = people[0].token.as_str();
        let gone = backend.session(token).await.expect("a database");
        assert!(
            gone.is_none(),
            "{}: no answer is older than its question",
            test.kind
        );
    }
}

#[tokio::test]
async fn a_session_ends_by_itself_and_lives_on_by_use() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let token = join(backend, "mei@example.com").await.token;
        for _ in 0..3 {
            backend.clock.advance(DAY * 20);
            assert!(
                backend
                    .session(token.as_str())
                    .await
                    .expect("a database")
                    .is_some(),
                "in use"
            );
        }
        backend.clock.advance(DAY * 31);
        assert!(
            backend
                .session(token.as_str())
                .await
                .expect("a database")
                .is_none(),
            "a month without use"
        );
        backend.purge().await.expect("purged");
    }
}

#[tokio::test]
async fn signing_in_anew_takes_the_old_session_s_place() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let first = join(backend, "mei@example.com").await;
        let again = Visitor {
            session: Some(session_of(backend, &first).await),
            ..visitor()
        };
        let second = backend.sign_in("mei@example.com", PASSWORD, &again).await;
        assert_ne!(
            second.expect("signed in").token.as_str(),
            first.token.as_str()
        );
        let old = backend
            .session(first.token.as_str())
            .await
            .expect("a database");
        assert!(old.is_none(), "{}", test.kind);
    }
}

#[tokio::test]
async fn sessions_are_listed_and_can_be_ended_by_their_owner_alone() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let here = join(backend, "mei@example.com").await;
        let phone = Visitor {
            user_agent: "Phone/1".into(),
            ..visitor()
        };
        let there = backend
            .sign_in("mei@example.com", PASSWORD, &phone)
            .await
            .expect("signed in");
        let stranger = join(backend, "eve@example.com").await;
        let listed = backend.sessions(here.user.id).await.expect("a list");
        assert_eq!(listed.len(), 2);
        assert!(
            listed
                .iter()
                .any(|session| session.user_agent == "Phone/1" && session.address == "203.0.113.7")
        );

        let theirs = session_of(backend, &there).await;
        assert!(matches!(
            backend.revoke_session(stranger.user.id, theirs).await,
            Err(Error::NotFound)
        ));
        backend
            .revoke_session(here.user.id, theirs)
            .await
            .expect("ended");
        assert!(
            backend
                .session(there.token.as_str())
                .await
                .expect("a database")
                .is_none()
        );

        let keep = session_of(backend, &here).await;
        backend
            .sign_in("mei@example.com", PASSWORD, &phone)
            .await
            .expect("signed in");
        backend
            .revoke_other_sessions(here.user.id, keep)
            .await
            .expect("ended");
        let left = backend.sessions(here.user.id).await.expect("a list");
        assert_eq!(
            left.iter().map(|session| session.id).collect::<Vec<_>>(),
            [keep]
        );
    }
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let here = join(backend, "mei@example.com").await;
        let there = backend
            .sign_in("mei@example.com", PASSWORD, &visitor())
            .await
            .expect("signed in");
        let session = session_of(backend, &here).await;
        let new = "seven quiet lanterns above";
        let change = |current: &'static str, new: &'static str| {
            backend.change_password(here.user.id, session, current, new)
        };
        assert_eq!(
            messages(&change("wrong", new).await.expect_err("refused")),
            ["error-password-wrong"]
        );
        assert_eq!(
            messages(&change(PASSWORD, "aaaaaaaaaaaa").await.expect_err("refused")),
            ["error-password-repeats"]
        );
        change(PASSWORD, new).await.expect("changed");
        assert!(
            backend
                .session(here.token.as_str())
                .await
                .expect("a database")
                .is_some()
        );
        assert!(
            backend
                .session(there.token.as_str())
                .await
                .expect("a database")
                .is_none()
        );
        backend
            .sign_in("mei@example.com", PASSWORD, &visitor())
            .await
            .expect_err("the old one");
        backend
            .sign_in("mei@example.com", new, &visitor())
            .await
            .expect("the new one");
    }
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_a_link_that_works_once() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let before = join(backend, "mei@example.com").await;
        backend
            .request_reset("who@example.com", &visitor())
            .await
            .expect("the same answer for strangers");
        backend
            .request_reset("mei@example.com", &visitor())
            .await
            .expect("requested");
        let token = mailed_token(backend, "reset-password").await;
        let new = "seven quiet lanterns above";
        let weak = backend
            .reset_password(&token, "password12", &visitor())
            .await
            .expect_err("weak");
        assert!(
            messages(&weak)[0].starts_with("error-password-"),
            "the link still works after that"
        );
        let after = backend
            .reset_password(&token, new, &visitor())
            .await
            .expect("set");
        assert!(
            after.user.email_confirmed,
            "the mail has reached its reader"
        );
        assert!(
            backend
                .session(before.token.as_str())
                .await
                .expect("a database")
                .is_none(),
            "every session ends"
        );
        let again = backend
            .reset_password(&token, new, &visitor())
            .await
            .expect_err("used");
        assert_eq!(messages(&again), ["error-link-used"]);
        backend
            .sign_in("mei@example.com", new, &visitor())
            .await
            .expect("the new one");
        assert!(
            backend
                .mailer
                .sent()
                .iter()
                .all(|mail| mail.to != "who@example.com")
        );
    }
}

#[tokio::test]
async fn a_reset_link_expires() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        join(backend, "mei@example.com").await;
        backend
            .request_reset("mei@example.com", &visitor())
            .await
            .expect("requested");
        let token = mailed_token(backend, "reset-password").await;
        backend.clock.advance(Duration::from_secs(3601));
        let late = backend
            .reset_password(&token, "seven quiet lanterns above", &visitor())
            .await
            .expect_err("late");
        assert_eq!(messages(&late), ["error-link-used"]);
    }
}

#[tokio::test]
async fn an_address_is_confirmed_by_its_mail() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let joined = join(backend, "mei@example.com").await;
        let token = mailed_token(backend, "confirm-email").await;
        assert!(
            backend
                .reset_password(&token, "seven quiet lanterns above", &visitor())
                .await
                .is_err(),
            "each link has one purpose"
        );
        backend.confirm_email(&token).await.expect("confirmed");
        assert_eq!(
            messages(&backend.confirm_email(&token).await.expect_err("used")),
            ["error-link-used"]
        );
        let session = backend
            .session(joined.token.as_str())
            .await
            .expect("a database")
            .expect("a session");
        assert!(session.user.email_confirmed);
        let sent = backend.mailer.sent().len();
        backend
            .request_confirmation(joined.user.id)
            .await
            .expect("nothing to do");
        assert_eq!(backend.mailer.sent().len(), sent);
    }
}

#[tokio::test]
async fn name_and_language_are_the_person_s_own() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let joined = join(backend, "mei@example.com").await;
        backend
            .change_name(joined.user.id, " 陈 梅 ")
            .await
            .expect("changed");
        assert_eq!(
            messages(
                &backend
                    .change_name(joined.user.id, "")
                    .await
                    .expect_err("empty")
            ),
            ["error-name-missing"]
        );
        backend
            .change_language(joined.user.id, Some("zh-Hans"))
            .await
            .expect("changed");
        let user = backend
            .session(joined.token.as_str())
            .await
            .expect("a database")
            .expect("a session")
            .user;
        assert_eq!(
            (user.name.as_str(), user.language.as_deref()),
            ("陈 梅", Some("zh-Hans"))
        );
    }
}

#[tokio::test]
async fn the_command_line_makes_accounts_in_any_role() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let user = backend
            .add_user("ada@example.com", "Ada", Role::Admin, PASSWORD)
            .await
            .expect("added");
        assert!(user.role.is_staff() && user.email_confirmed);
        let twice = backend
            .add_user("ADA@example.com", "Ada", Role::Learner, PASSWORD)
            .await
            .expect_err("taken");
        assert_eq!(messages(&twice), ["error-email-taken"]);
        let signed_in = backend
            .sign_in("ada@example.com", PASSWORD, &visitor())
            .await
            .expect("signed in");
        assert_eq!(signed_in.user.role, Role::Admin);
    }
}
