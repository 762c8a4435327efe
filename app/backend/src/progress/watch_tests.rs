//! What players report: late, twice, at once, by the thousand, and with wrong clocks.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    account::Role,
    ids::UserId,
    lesson::ShownBody,
    progress::{
        Coverage,
        watching::{Event, Report},
    },
};
use futures::future::join_all;
use uuid::Uuid;

use super::tests::{enrolled, publish, report, slug, viewer, watch};
use crate::{
    Backend, Db, Error,
    testing::{TestBackend, sample_course},
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn send(backend: &Backend, user: UserId, report: Report) -> crate::Result<super::Watched> {
    backend
        .report_watching(viewer(user), &slug("walk"), &slug("film"), "film", report)
        .await
}

/// Learners enrolled in `walk`, beside the first.
async fn learners(backend: &Backend, count: usize) -> Vec<UserId> {
    let mut users = vec![enrolled(backend).await];
    for number in 1..count {
        let email = format!("l{number}@example.com");
        let user = backend
            .add_user(&email, "Li", Role::Learner, "walnut trail compass rain")
            .await
            .expect("an account")
            .id;
        backend.enrol(user, &slug("walk")).await.expect("enrolled");
        users.push(user);
    }
    users
}

async fn covered(backend: &Backend, user: UserId) -> Coverage {
    let page = backend
        .lesson_page(viewer(user), &slug("walk"), &slug("film"))
        .await
        .expect("a page");
    match &page.activities[0].body {
        ShownBody::Media { media } => media.coverage.clone(),
        _ => panic!("a medium"),
    }
}

/// Active seconds of the days in UTC.
async fn active(backend: &Backend, user: UserId) -> BTreeMap<i64, u64> {
    let mut tx = backend.db.read().await.expect("a transaction");
    let rows = crate::db::rows!(
        &mut tx,
        fetch_all as (i64, String),
        "SELECT utc_day, active FROM study_time WHERE user_id = $1",
        user.0,
    );
    rows.expect("days")
        .into_iter()
        .map(|(day, active)| {
            let active: Coverage = serde_json::from_str(&active).expect("a set");
            (day, active.total() / 1_000)
        })
        .collect()
}

async fn completed_at(backend: &Backend, user: UserId) -> Option<i64> {
    let mut tx = backend.db.read().await.expect("a transaction");
    let moment: Option<i64> = crate::db::scalar!(
        &mut tx,
        fetch_one,
        "SELECT completed_at FROM lesson_progress WHERE user_id = $1 AND lesson_slug = 'film'",
        user.0,
    )
    .expect("a moment");
    moment.map(|micros| micros / 1_000)
}

#[tokio::test]
async fn an_offline_week_arrives_late_from_a_phone_with_a_wrong_clock() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let start = backend.clock.now().as_millisecond();
        backend.clock.advance(Duration::from_secs(8 * 86_400));
        // Twenty seconds on each of six evenings; the phone believes that it is 1971.
        let event = |day: u64| Event {
            id: Uuid::now_v7().to_string(),
            from_ms: (day - 1) * 20_000,
            to_ms: day * 20_000,
            rate: 2.0,
            at_ms: 400 * DAY + day.cast_signed() * DAY,
        };
        let late = Report {
            position_ms: Some(119_000),
            sent_at_ms: 408 * DAY,
            events: (1..=6).rev().map(event).collect(),
        };
        let watched = send(backend, mei, late).await.expect("taken in");
        assert_eq!(watched.coverage.total(), 120_000, "{}", test.kind);
        assert!(watched.lesson_done);
        // All but a tenth was watched on the sixth evening, not today.
        assert_eq!(completed_at(backend, mei).await, Some(start + 6 * DAY));
        let first = start.div_euclid(DAY);
        let days = active(backend, mei).await;
        assert!(
            (1..=6).all(|day| days.get(&(first + day)) == Some(&10)),
            "{days:?}"
        );
        assert_eq!(days.get(&(first + 8)), None);
    }
}

#[tokio::test]
async fn a_replay_counts_once_even_when_it_comes_later() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        backend.clock.advance(Duration::from_secs(600));
        let twice = report(30_000, &[(0, 30_000)]);
        let first = send(backend, mei, twice.clone()).await.expect("taken in");
        let spent = active(backend, mei).await;
        backend.clock.advance(Duration::from_secs(60));
        let second = send(backend, mei, twice).await.expect("taken in");
        assert_eq!(first, second, "{}", test.kind);
        assert_eq!(active(backend, mei).await, spent);
        assert_eq!(
            spent.values().sum::<u64>(),
            31,
            "the film and opening its page"
        );
    }
}

#[tokio::test]
async fn an_older_report_does_not_move_the_place() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        backend.clock.advance(Duration::from_secs(600));
        watch(backend, mei, 80_000, &[(60_000, 80_000)]).await;
        let mut late = report(20_000, &[(0, 20_000)]);
        late.events[0].at_ms = -300_000;
        send(backend, mei, late).await.expect("taken in");
        let card = backend.learning(mei).await.expect("a list").remove(0);
        let place = card
            .progress
            .expect("enrolled")
            .next
            .expect("a lesson")
            .position_ms;
        assert_eq!(place, Some(80_000), "{}", test.kind);
        assert_eq!(covered(backend, mei).await.total(), 40_000);
    }
}

#[tokio::test]
async fn a_flood_is_refused_and_an_honest_learner_never() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let users = learners(backend, 2).await;
        backend.clock.advance(Duration::from_secs(120));
        watch(backend, users[0], 0, &[]).await;
        let flood =
            join_all((0..1_300).map(|_| send(backend, users[0], report(1, &[(0, 5_000)])))).await;
        let taken = flood.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(taken, 1_199, "{}", test.kind);
        let refused = flood
            .iter()
            .filter(|outcome| matches!(outcome, Err(Error::TooManyAttempts { .. })));
        assert_eq!(refused.count(), 101);
        assert!(
            send(backend, users[1], report(1, &[(0, 5_000)]))
                .await
                .is_ok()
        );
        backend.clock.advance(Duration::from_secs(61));
        assert!(
            send(backend, users[0], report(1, &[(0, 5_000)]))
                .await
                .is_ok()
        );
    }
}

#[tokio::test]
async fn reports_of_many_are_written_together() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let users = learners(backend, 40).await;
        backend.clock.advance(Duration::from_secs(120));
        let reports = users.iter().flat_map(|user| {
            (0..6).map(move |part| {
                send(
                    backend,
                    *user,
                    report(0, &[(part * 20_000, (part + 1) * 20_000)]),
                )
            })
        });
        for outcome in join_all(reports).await {
            outcome.expect("taken in");
        }
        for user in users {
            assert_eq!(
                covered(backend, user).await.total(),
                120_000,
                "{}",
                test.kind
            );
            assert!(completed_at(backend, user).await.is_some());
        }
    }
}

#[tokio::test]
async fn two_processes_share_one_database() {
    for test in TestBackend::both().await {
        let users = learners(&test.backend, 12).await;
        let mut other = test.backend.clone();
        other.db = Db::connect(&test.database).await.expect("a database");
        other.reports = super::Reports::default();
        test.backend.clock.advance(Duration::from_secs(120));
        let (here, there) = (&test.backend, &other);
        let reports = (0..6_u64).flat_map(|part| {
            let users = users.clone();
            users
                .into_iter()
                .enumerate()
                .map(move |(number, user)| async move {
                    let backend = if (number as u64 + part).is_multiple_of(2) {
                        here
                    } else {
                        there
                    };
                    send(
                        backend,
                        user,
                        report(0, &[(part * 20_000, (part + 1) * 20_000)]),
                    )
                    .await
                })
        });
        for outcome in join_all(reports).await {
            outcome.expect("taken in");
        }
        for user in users {
            assert_eq!(covered(here, user).await.total(), 120_000, "{}", test.kind);
        }
    }
}

#[tokio::test]
async fn one_report_is_no_other_s_harm() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let users = learners(backend, 8).await;
        backend.clock.advance(Duration::from_secs(120));
        for user in &users {
            watch(backend, *user, 0, &[(0, 5_000)]).await;
        }
        // The gate has let them through, and then their account is gone.
        let mut tx = backend.db.write().await.expect("a transaction");
        crate::db::execute!(
            &mut tx,
            "DELETE FROM user_account WHERE id = $1",
            users[3].0
        )
        .expect("deleted");
        tx.commit().await.expect("committed");
        let all = join_all(
            users
                .iter()
                .map(|user| send(backend, *user, report(0, &[(5_000, 9_000)]))),
        )
        .await;
        for (number, outcome) in all.into_iter().enumerate() {
            assert_eq!(outcome.is_ok(), number != 3, "{number} on {}", test.kind);
        }
    }
}

#[tokio::test]
async fn a_course_imported_anew_is_asked_for_again() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        backend.clock.advance(Duration::from_secs(120));
        watch(backend, mei, 0, &[(0, 5_000)]).await;
        let mut changed = sample_course("walk", None);
        changed.course.title = "Another title".into();
        publish(backend, changed).await;
        let watched = watch(backend, mei, 0, &[(5_000, 9_000)]).await;
        assert_eq!(watched.coverage.total(), 9_000, "{}", test.kind);
        let mut without = sample_course("walk", None);
        without.course.sections[0].lessons.remove(1);
        publish(backend, without).await;
        let gone = send(backend, mei, report(0, &[(9_000, 12_000)])).await;
        assert!(matches!(gone, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn the_end_writes_what_waits() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let users = learners(backend, 20).await;
        backend.clock.advance(Duration::from_secs(120));
        let reports = users.iter().map(|user| {
            let (backend, user) = (backend.clone(), *user);
            tokio::spawn(async move { send(&backend, user, report(0, &[(0, 5_000)])).await })
        });
        let reports: Vec<_> = reports.collect();
        tokio::task::yield_now().await;
        backend.reports.end().await;
        for (report, user) in reports.into_iter().zip(&users) {
            let is_written = covered(backend, *user).await.total() == 5_000;
            match report.await.expect("no panic") {
                Ok(_) => assert!(is_written, "{}", test.kind),
                Err(error) => assert!(matches!(error, Error::Busy(_)) && !is_written),
            }
        }
        let late = send(backend, users[0], report(0, &[(5_000, 9_000)])).await;
        assert!(matches!(late, Err(Error::Busy(_))), "{}", test.kind);
    }
}
