//! What is kept of a learner's reports stays small, however many there are.

use std::time::Duration;

use domain::{
    ids::UserId,
    progress::{
        Coverage,
        watching::{Event, KEY, Report},
    },
};
use futures::future::join_all;
use uuid::Uuid;

use super::{
    Watched,
    batch::MAX_KEPT,
    tests::{enrolled, slug, viewer},
};
use crate::{
    Backend, Db,
    course::ImportOptions,
    testing::{TestBackend, sample_course},
};

/// A learner enrolled in a course whose film takes an hour.
async fn learner(backend: &Backend) -> UserId {
    let mei = enrolled(backend).await;
    let mut bundle = sample_course("walk", None);
    let film = &mut bundle.course.sections[0].lessons[1].activities[0];
    if let domain::course::ActivityBody::Media { media } = &mut film.body {
        media.seconds = Some(3_600);
    }
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend.import(bundle, options).await.expect("imported");
    mei
}

/// Reports stretches that ended one second after the other, the last one now.
async fn watch(backend: &Backend, user: UserId, stretches: &[(u64, u64)]) -> Watched {
    let event = |(at_ms, &(from_ms, to_ms)): (i64, &(u64, u64))| Event {
        id: Uuid::now_v7().to_string(),
        from_ms,
        to_ms,
        rate: 1.0,
        at_ms: at_ms * 1_000,
    };
    let report = Report {
        position_ms: Some(0),
        sent_at_ms: i64::try_from(stretches.len()).expect("few") * 1_000,
        events: (1..).zip(stretches).map(event).collect(),
    };
    backend
        .report_watching(viewer(user), &slug("walk"), &slug("film"), "film", report)
        .await
        .expect("taken in")
}

#[tokio::test]
async fn beyond_a_thousand_stretches_only_what_joins_them_counts() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = learner(backend).await;
        backend.clock.advance(Duration::from_secs(3_600));
        // Half a second of every three.
        let all: Vec<(u64, u64)> = (0..1_150).map(|n| (n * 3_000, n * 3_000 + 500)).collect();
        for some in all.chunks(500) {
            backend.clock.advance(Duration::from_secs(600));
            watch(backend, mei, some).await;
        }
        let kept = Coverage::from(all[..MAX_KEPT].to_vec());
        // One more is taken in, though it counts for nothing, and what it comes with does count.
        let joined = (500, 3_000);
        let watched = watch(backend, mei, &[(3_590_000, 3_595_000), joined]).await;
        let expected = kept.union(&Coverage::from(vec![joined]));
        assert_eq!(watched.coverage, expected, "{}", test.kind);
        // That made room, and the whole can still be watched.
        let watched = watch(backend, mei, &[(3_590_000, 3_595_000)]).await;
        assert_eq!(watched.coverage.intervals().len(), MAX_KEPT);
        backend.clock.advance(Duration::from_secs(3_600));
        let end = backend.clock.now();
        let whole = watch(backend, mei, &[(0, 3_600_000)]).await;
        assert_eq!(whole.coverage.intervals(), [(0, 3_600_000)], "{end}");
        assert!(whole.lesson_done);
    }
}

/// Rows and characters that are kept of the reports of the only learner.
#[derive(Debug, PartialEq, Eq)]
struct Size {
    rows: i64,
    seen: i64,
    coverage: i64,
    active: i64,
    claimed: i64,
}

async fn size(db: &Db) -> Size {
    let mut tx = db.read().await.expect("a transaction");
    let (rows, seen, coverage, active, claimed) = crate::db::rows!(
        &mut tx,
        fetch_one as (i64, i64, i64, i64, i64),
        "SELECT (SELECT COUNT(*) FROM watch_state) + (SELECT COUNT(*) FROM media_progress)
             + (SELECT COUNT(*) FROM lesson_progress) + (SELECT COUNT(*) FROM study_time),
             (SELECT CAST(MAX(LENGTH(seen)) AS BIGINT) FROM watch_state),
             (SELECT CAST(MAX(LENGTH(coverage)) AS BIGINT) FROM media_progress),
             (SELECT CAST(MAX(LENGTH(active)) AS BIGINT) FROM study_time),
             (SELECT CAST(MAX(LENGTH(claimed)) AS BIGINT) FROM study_time)",
    )
    .expect("sizes");
    Size {
        rows,
        seen,
        coverage,
        active,
        claimed,
    }
}

#[tokio::test]
async fn twenty_thousand_reports_of_a_learner_leave_no_more_than_five_thousand_do() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = learner(backend).await;
        let mut sizes = Vec::new();
        // A hundred reports in each of two hundred minutes, from every second place of the film, over and over.
        for minute in 0..200_u64 {
            backend.clock.advance(Duration::from_secs(61));
            let reports = (0..100_u64).map(|number| {
                let from = (minute * 100 + number) * 2_000 % 3_600_000;
                async move { watch(backend, mei, &[(from, from + 1_000)]).await }
            });
            let answers = join_all(reports).await;
            assert!(
                answers
                    .iter()
                    .all(|known| known.coverage.intervals().len() <= MAX_KEPT)
            );
            if minute % 50 == 49 {
                sizes.push(size(&backend.db).await);
            }
        }
        // The film's places are all known after 1,800 reports: what comes later is neither rows nor characters.
        let Size {
            rows,
            seen,
            coverage,
            claimed,
            ..
        } = sizes[0];
        assert!(seen <= 48 * KEY as i64 && coverage < 20_000 && claimed < 20 * 1_440);
        for later in &sizes {
            let same = (later.rows, later.seen, later.coverage, later.claimed);
            assert_eq!(same, (rows, seen, coverage, claimed), "{}", test.kind);
            // Minutes that were active are one stretch each at the most.
            assert!(later.active < 20 * 1_440, "{later:?}");
        }
    }
}
