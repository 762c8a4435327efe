//! What was done without a network, and is heard of later.

use std::time::Duration;

use domain::{Timestamp, ids::UserId};

use super::{
    Late,
    tests::{enrolled, slug, viewer, watch},
};
use crate::{Backend, Error, db::Micros, testing::TestBackend};

const HOUR: u64 = 3_600;

/// When a lesson was completed.
async fn completed(backend: &Backend, user: UserId, lesson: &str) -> Option<Timestamp> {
    let mut tx = backend.db.read().await.expect("a connection");
    let at: Option<Option<Micros>> = crate::db::scalar!(
        &mut tx,
        fetch_optional,
        "SELECT completed_at FROM lesson_progress WHERE user_id = $1 AND lesson_slug = $2",
        user.0,
        lesson,
    )
    .expect("a moment");
    at.flatten().map(Into::into)
}

/// Where the learner was last.
async fn last_lesson(backend: &Backend, user: UserId) -> String {
    let mut tx = backend.db.read().await.expect("a connection");
    crate::db::scalar!(
        &mut tx,
        fetch_one,
        "SELECT last_lesson FROM enrolment WHERE user_id = $1",
        user.0,
    )
    .expect("a lesson")
}

async fn send(
    backend: &Backend,
    user: UserId,
    lesson: &str,
    waited: Duration,
) -> Result<(), Error> {
    let waited_ms = u64::try_from(waited.as_millis()).expect("fits");
    let late = Late::waited(waited_ms);
    backend
        .complete_lesson_late(viewer(user), &slug("walk"), &slug(lesson), late)
        .await
}

#[tokio::test]
async fn a_late_word_counts_from_when_it_was_given() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let enrolled_at = backend.clock.now();
        backend.clock.advance(Duration::from_secs(30 * HOUR));
        let now = backend.clock.now();
        let yesterday = Duration::from_secs(26 * HOUR);

        // Eight times at once, as a network does that loses the answers.
        let sent = (0..8).map(|_| send(backend, mei, "intro", yesterday));
        for result in futures::future::join_all(sent).await {
            result.expect("completed");
        }
        assert_eq!(
            completed(backend, mei, "intro").await,
            Some(now - yesterday),
            "{}",
            test.kind
        );
        // It says nothing of where the learner is now.
        backend
            .visit(viewer(mei), &slug("walk"), &slug("film"))
            .await
            .expect("visited");
        let week = Duration::from_secs(7 * 24 * HOUR);
        send(backend, mei, "deep", week).await.expect("completed");
        assert_eq!(
            completed(backend, mei, "deep").await,
            Some(enrolled_at),
            "never before the enrolment: {}",
            test.kind
        );
        assert_eq!(last_lesson(backend, mei).await, "film", "{}", test.kind);
    }
}

#[tokio::test]
async fn waiting_watches_no_film() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        backend.clock.advance(Duration::from_secs(HOUR));
        for waited in [HOUR, 40 * 24 * HOUR] {
            let refused = send(backend, mei, "film", Duration::from_secs(waited)).await;
            assert!(
                matches!(refused, Err(Error::Invalid(_))),
                "{refused:?}: {}",
                test.kind
            );
        }
        // Watched half an hour ago; the word from before that completes it no sooner.
        backend.clock.advance(Duration::from_secs(HOUR));
        watch(backend, mei, 120_000, &[(0, 120_000)]).await;
        let watched = completed(backend, mei, "film").await.expect("complete");
        send(backend, mei, "film", Duration::from_secs(2 * HOUR))
            .await
            .expect("known");
        assert_eq!(completed(backend, mei, "film").await, Some(watched));
        assert_eq!(watched, backend.clock.now(), "{}", test.kind);
    }
}
