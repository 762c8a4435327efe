use std::time::Duration;

use domain::{
    account::Role,
    ids::{Slug, UserId},
    lesson::{LessonState, ShownBody},
    offline::Size,
    quiz::Answers,
};
use uuid::Uuid;

use super::account_tag;
use crate::{
    Backend, Error,
    course::{ImportOptions, Viewer},
    progress::Late,
    testing::{TestBackend, sample_course},
};

fn walk() -> Slug {
    Slug::parse("walk").expect("a slug")
}

async fn learner(backend: &Backend, email: &str) -> UserId {
    backend
        .add_user(email, "Mei", Role::Learner, "walnut trail compass rain")
        .await
        .expect("an account")
        .id
}

fn viewer(user: UserId) -> Viewer {
    Viewer {
        user: Some(user),
        staff: false,
    }
}

#[tokio::test]
async fn a_learner_keeps_the_whole_course_and_nobody_else_any_of_it() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let options = ImportOptions {
            publish: true,
            ..ImportOptions::default()
        };
        backend
            .import(sample_course("walk", None), options)
            .await
            .expect("imported");
        let mei = learner(backend, "mei@example.com").await;
        let tom = learner(backend, "tom@example.com").await;
        backend.enrol(mei, &walk()).await.expect("enrolled");

        let list = backend
            .keep_list(viewer(mei), &walk())
            .await
            .expect("a list");
        let lessons = ["intro", "film", "check", "deep"];
        let pages = lessons.map(|lesson| format!("/courses/walk/lessons/{lesson}"));
        assert_eq!(list.pages[0], "/courses/walk", "{}", test.kind);
        assert_eq!(list.pages[1..], pages);
        assert_eq!(list.account, account_tag(mei));
        let film = list
            .files
            .iter()
            .find(|file| {
                file.url
                    .starts_with("/media/walk/film/01-start/film.mp4?v=")
            })
            .expect("the film");
        assert_eq!((film.bytes, film.size), (1_000, Size::Both));
        assert!(
            list.files
                .iter()
                .any(|file| file.url.contains("/deep/02-more/dot.svg?v="))
        );
        assert!(list.bytes(Size::Full) > 1_000);

        for other in [viewer(tom), Viewer::default()] {
            let refused = backend.keep_list(other, &walk()).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{}", test.kind);
        }
    }
}

/// Answers that were given without a network come when they come, some of them twice.
#[tokio::test]
async fn late_answers_count_once_and_from_when_they_were_given() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let options = ImportOptions {
            publish: true,
            ..ImportOptions::default()
        };
        backend
            .import(sample_course("walk", None), options)
            .await
            .expect("imported");
        let mei = learner(backend, "mei@example.com").await;
        let tom = learner(backend, "tom@example.com").await;
        for user in [mei, tom] {
            backend.enrol(user, &walk()).await.expect("enrolled");
        }
        backend.clock.advance(Duration::from_secs(7_200));
        let (check, attempt) = (Slug::parse("check").expect("a slug"), Uuid::now_v7());
        let send = |user, letter: &str, attempt, waited_ms| {
            let given = Answers::from([
                ("0".to_owned(), vec![letter.to_owned()]),
                ("1".to_owned(), vec!["42".to_owned()]),
            ]);
            let late = Late {
                attempt: Some(attempt),
                waited_ms,
            };
            let (walk, check) = (walk(), check.clone());
            async move {
                backend
                    .answer_quiz_late(viewer(user), &walk, &check, "basics", given, late)
                    .await
            }
        };
        // Sent eight times at once, as a network does that loses the answers.
        let sent = (0..8).map(|_| send(mei, "1", attempt, 3_600_000));
        for result in futures::future::join_all(sent).await {
            assert!(result.expect("marked").score.passed, "{}", test.kind);
        }
        let repeated = send(mei, "0", attempt, 0).await.expect("marked");
        assert!(repeated.score.passed, "the first is what counts");
        // Given before the other, sent after it: the later answer is the last.
        let earlier = send(mei, "0", Uuid::now_v7(), 5_000_000).await;
        assert!(!earlier.expect("marked").score.passed);
        let page = backend
            .lesson_page(viewer(mei), &walk(), &check)
            .await
            .expect("a page");
        let ShownBody::Quiz { quiz } = &page.activities[0].body else {
            panic!("a quiz");
        };
        assert!(
            quiz.result
                .as_ref()
                .is_some_and(|result| result.score.passed)
        );
        assert_eq!(page.state, LessonState::Done, "{}", test.kind);

        let foreign = send(tom, "1", attempt, 0).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "{}", test.kind);
        let ages = send(tom, "1", Uuid::now_v7(), u64::MAX).await;
        assert!(ages.expect("marked").score.passed, "no overflow");
    }
}

#[test]
fn tags_tell_accounts_apart_and_say_nothing_of_them() {
    let [one, other] = [1, 2].map(|number| UserId(Uuid::from_u128(number)));
    assert_eq!(account_tag(one), account_tag(one));
    assert_ne!(account_tag(one), account_tag(other));
    assert_eq!(account_tag(one).len(), 16);
    assert!(
        account_tag(one)
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit())
    );
}
