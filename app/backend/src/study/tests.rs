use std::time::Duration;

use domain::{
    Timestamp,
    account::Role,
    ids::UserId,
    progress::{Coverage, active::DAY_MS},
};

use super::{act, record, store};
use crate::{Backend, testing::TestBackend};

async fn mei(backend: &Backend) -> UserId {
    backend
        .add_user(
            "mei@example.com",
            "Mei",
            Role::Learner,
            "walnut trail compass rain",
        )
        .await
        .expect("an account")
        .id
}

/// A moment of the day at which a test's clock stands.
fn at(time: &str) -> Timestamp {
    format!("2026-03-02T{time}Z").parse().expect("a moment")
}

async fn active(backend: &Backend, user: UserId) -> Vec<(i64, u64)> {
    let mut tx = backend.db.read().await.expect("a transaction");
    store::days(&mut tx, user, 0, 100_000)
        .await
        .expect("days")
        .into_iter()
        .map(|(day, active)| (day, active.total() / 1000))
        .collect()
}

async fn record_at(backend: &Backend, user: UserId, from: Timestamp, to: Timestamp) {
    let mut tx = backend.db.write().await.expect("a transaction");
    record(&mut tx, user, from.as_millisecond(), to.as_millisecond())
        .await
        .expect("recorded");
    tx.commit().await.expect("committed");
}

async fn act_at(backend: &Backend, user: UserId, now: Timestamp) {
    let mut tx = backend.db.write().await.expect("a transaction");
    act(&mut tx, user, now).await.expect("noted");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn what_overlaps_counts_once_and_midnight_divides() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        let today = at("00:00:00").as_millisecond().div_euclid(DAY_MS);
        for _ in 0..2 {
            record_at(backend, mei, at("10:00:00"), at("10:10:00")).await;
            record_at(backend, mei, at("10:05:00"), at("10:15:00")).await;
        }
        assert_eq!(active(backend, mei).await, [(today, 900)], "{}", test.kind);
        let midnight = at("23:59:00");
        record_at(backend, mei, midnight, midnight + Duration::from_secs(180)).await;
        assert_eq!(active(backend, mei).await, [(today, 960), (today + 1, 120)]);
        record_at(backend, mei, at("12:00:00"), at("11:00:00")).await;
        assert_eq!(active(backend, mei).await[0].1, 960, "backwards is nothing");
    }
}

#[tokio::test]
async fn acts_that_follow_each_other_make_the_time_between_active() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        let seconds = async || active(backend, mei).await[0].1;
        act_at(backend, mei, at("10:00:00")).await;
        assert_eq!(seconds().await, 1, "{}", test.kind);
        act_at(backend, mei, at("10:04:00")).await;
        assert_eq!(seconds().await, 241);
        act_at(backend, mei, at("10:10:00")).await;
        assert_eq!(seconds().await, 242, "that was a pause");
        record_at(backend, mei, at("10:10:00"), at("10:20:00")).await;
        act_at(backend, mei, at("10:15:00")).await;
        assert_eq!(seconds().await, 842, "while watching nothing is added");
        act_at(backend, mei, at("10:22:00")).await;
        assert_eq!(seconds().await, 962, "watching counts as the act before");
        let tomorrow = at("23:58:00");
        act_at(backend, mei, tomorrow).await;
        act_at(backend, mei, tomorrow + Duration::from_secs(240)).await;
        assert_eq!(active(backend, mei).await[1].1, 120, "over midnight");
    }
}

#[tokio::test]
async fn nothing_is_lost_when_many_record_at_once() {
    for test in TestBackend::both().await {
        let mei = mei(&test.backend).await;
        let tasks = (0..16_i64).map(|minute| {
            let backend = test.backend.clone();
            tokio::spawn(async move {
                let from = at("10:00:00") + Duration::from_secs(120 * minute.unsigned_abs());
                record_at(&backend, mei, from, from + Duration::from_secs(60)).await;
            })
        });
        for task in futures::future::join_all(tasks).await {
            task.expect("recorded");
        }
        let all: Vec<_> = active(&test.backend, mei).await;
        assert_eq!(all[0].1, 16 * 60, "{}", test.kind);
    }
}

#[test]
fn days_are_stored_as_sets() {
    let day = Coverage::from(vec![(0, 1_000), (500, 2_000)]);
    assert_eq!(
        serde_json::to_string(&day).expect("JSON"),
        "[[0,2000]]",
        "the form that is promised to readers"
    );
}
