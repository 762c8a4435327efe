//! What a learner's word completes, and what it costs.

use std::time::Duration;

use domain::{
    course::ActivityBody,
    ids::UserId,
    lesson::{LessonState, ShownBody},
    progress::Coverage,
};
use formats::Bundle;

use super::tests::{enrolled, message, publish, slug, viewer, watch};
use crate::{
    Backend, Result,
    testing::{TestBackend, sample_course},
};

/// The sample course with two lessons that show a film of so many seconds each, `film` and `sequel`.
fn two_films(seconds: u32) -> Bundle {
    let mut bundle = sample_course("walk", None);
    let lessons = &mut bundle.course.sections[0].lessons;
    if let ActivityBody::Media { media } = &mut lessons[1].activities[0].body {
        media.seconds = Some(seconds);
    }
    let mut sequel = lessons[1].clone();
    sequel.slug = slug("sequel");
    lessons.insert(2, sequel);
    bundle
}

/// A learner who has opened two lessons with a film of a hundred seconds each, in the same moment.
async fn opened_both(backend: &Backend) -> UserId {
    let mei = enrolled(backend).await;
    publish(backend, two_films(100)).await;
    backend
        .visit(viewer(mei), &slug("walk"), &slug("sequel"))
        .await
        .expect("visited");
    mei
}

async fn word(backend: &Backend, user: UserId, lesson: &str) -> Result<()> {
    backend
        .complete_lesson(viewer(user), &slug("walk"), &slug(lesson))
        .await
}

/// What the lesson's page says: whether it is done, and what was watched.
async fn shown(backend: &Backend, user: UserId, lesson: &str) -> (LessonState, Coverage) {
    let page = backend
        .lesson_page(viewer(user), &slug("walk"), &slug(lesson))
        .await
        .expect("a page");
    match &page.activities[0].body {
        ShownBody::Media { media } => (page.state, media.coverage.clone()),
        _ => panic!("a medium"),
    }
}

fn pass(backend: &Backend, seconds: u64) {
    backend.clock.advance(Duration::from_secs(seconds));
}

#[tokio::test]
async fn the_same_time_is_taken_for_one_film_only() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = opened_both(backend).await;
        let whole = Coverage::from(vec![(0, 100_000)]);
        pass(backend, 120);
        word(backend, mei, "film").await.expect("completed");
        let film = shown(backend, mei, "film").await;
        assert_eq!(film, (LessonState::Done, whole.clone()), "{}", test.kind);
        let refused = word(backend, mei, "sequel").await.expect_err("spent");
        assert_eq!(message(&refused), "error-watch-first");
        let sequel = shown(backend, mei, "sequel").await;
        assert_eq!(sequel, (LessonState::Begun, Coverage::default()));
        pass(backend, 100);
        word(backend, mei, "sequel").await.expect("completed");
        let sequel = shown(backend, mei, "sequel").await;
        assert_eq!(sequel, (LessonState::Done, whole), "{}", test.kind);
    }
}

#[tokio::test]
async fn words_of_the_same_moment_share_the_time() {
    for test in TestBackend::both().await {
        let mei = opened_both(&test.backend).await;
        pass(&test.backend, 120);
        let words = ["film", "sequel", "film", "sequel"].map(|lesson| {
            let backend = test.backend.clone();
            tokio::spawn(async move { (lesson, word(&backend, mei, lesson).await.is_ok()) })
        });
        let mut taken = Vec::new();
        for word in futures::future::join_all(words).await {
            let (lesson, is_taken) = word.expect("no panic");
            if is_taken {
                taken.push(lesson);
            }
        }
        // One of them, and the same again.
        assert_eq!(taken.len(), 2, "{taken:?} on {}", test.kind);
        assert_eq!(taken[0], taken[1], "{}", test.kind);
    }
}

#[tokio::test]
async fn who_watched_one_film_after_the_other_is_believed_in_any_order() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        publish(backend, two_films(100)).await;
        pass(backend, 100);
        backend
            .visit(viewer(mei), &slug("walk"), &slug("sequel"))
            .await
            .expect("visited");
        pass(backend, 100);
        for lesson in ["sequel", "film"] {
            word(backend, mei, lesson).await.expect("completed");
            let (_, coverage) = shown(backend, mei, lesson).await;
            assert_eq!(coverage.total(), 100_000, "{lesson} on {}", test.kind);
        }
    }
}

#[tokio::test]
async fn half_by_the_player_and_the_rest_by_word() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        pass(backend, 60);
        watch(backend, mei, 60_000, &[(0, 60_000)]).await;
        for wait in [0, 20] {
            pass(backend, wait);
            let refused = word(backend, mei, "film").await.expect_err("too early");
            assert_eq!(message(&refused), "error-watch-first", "{}", test.kind);
        }
        let (_, coverage) = shown(backend, mei, "film").await;
        assert_eq!(coverage.total(), 60_000, "a refused word leaves nothing");
        pass(backend, 40);
        word(backend, mei, "film").await.expect("completed");
        let film = shown(backend, mei, "film").await;
        let whole = Coverage::from(vec![(0, 120_000)]);
        assert_eq!(film, (LessonState::Done, whole), "{}", test.kind);
    }
}

#[tokio::test]
async fn a_word_for_what_is_complete_costs_nothing() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = opened_both(backend).await;
        pass(backend, 100);
        word(backend, mei, "film").await.expect("completed");
        // The film is longer now.
        publish(backend, two_films(3_600)).await;
        word(backend, mei, "film").await.expect("known");
        publish(backend, two_films(100)).await;
        pass(backend, 100);
        word(backend, mei, "sequel").await.expect("completed");
        let (_, coverage) = shown(backend, mei, "sequel").await;
        assert_eq!(coverage.total(), 100_000, "{}", test.kind);
    }
}
