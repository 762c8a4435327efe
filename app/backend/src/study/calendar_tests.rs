use std::time::Duration;

use domain::{
    Timestamp,
    account::{Role, User},
    ids::{Slug, UserId},
    quiz::Answers,
    study::{Date, DayState, Record, RestDays},
};

use super::{Reach, SetStudy, zone_choices};
use crate::{
    Backend, Error,
    course::{ImportOptions, Viewer},
    progress::Late,
    testing::{TestBackend, sample_course},
};

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn viewer(user: UserId) -> Viewer {
    Viewer {
        user: Some(user),
        staff: false,
    }
}

async fn mei(backend: &Backend) -> User {
    backend
        .add_user(
            "mei@example.com",
            "Mei",
            Role::Learner,
            "walnut trail compass rain",
        )
        .await
        .expect("an account")
}

/// Completes a lesson of a course of its own.
async fn complete(backend: &Backend, user: UserId, course: &str) {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend
        .import(sample_course(course, None), options)
        .await
        .expect("imported");
    backend.enrol(user, &slug(course)).await.expect("enrolled");
    backend
        .complete_lesson(viewer(user), &slug(course), &slug("intro"))
        .await
        .expect("completed");
}

async fn record(backend: &Backend, user: &User) -> Record {
    backend
        .record(user, None, Reach::Weeks(2))
        .await
        .expect("a record")
}

async fn days_in_a_row(backend: &Backend, user: &User) -> (u32, bool) {
    let streak = record(backend, user).await.streak.expect("a streak");
    (streak.days, streak.today)
}

async fn choose(backend: &Backend, user: UserId, zone: &str, rest: &[u8]) {
    let chosen = SetStudy {
        time_zone: zone.into(),
        rest: rest.to_vec(),
        streak: true,
    };
    backend.set_study(user, chosen).await.expect("kept");
}

fn later(backend: &Backend, seconds: u64) {
    backend.clock.advance(Duration::from_secs(seconds));
}

/// Notes active time, in seconds since 1970.
async fn active(backend: &Backend, user: UserId, from: i64, seconds: u64) {
    let mut tx = backend.db.write().await.expect("a transaction");
    let to = from + seconds.cast_signed();
    super::record(&mut tx, user, from * 1_000, to * 1_000)
        .await
        .expect("recorded");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn completed_lessons_and_minutes_make_days() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        assert!(record(backend, &mei).await.is_empty(), "{}", test.kind);
        complete(backend, mei.id, "one").await;
        let monday = backend.clock.now().as_second();
        active(backend, mei.id, monday, 90).await;
        later(backend, DAY);
        active(backend, mei.id, monday + 86_400, 301).await;
        let record = record(backend, &mei).await;
        assert_eq!(record.zone, "UTC");
        let week = record.weeks[1];
        assert_eq!(
            (week[0].date, week[0].day.minutes(), week[0].day.lessons),
            (date("2026-03-02"), 1, 1)
        );
        assert_eq!((week[1].day.minutes(), week[1].state), (5, DayState::Done));
        assert_eq!(week[2].state, DayState::Ahead);
        let totals = record.this_week();
        assert_eq!(
            (totals.active_ms, totals.lessons, totals.days),
            (392_000, 1, 2),
            "and a second for completing"
        );
        assert_eq!(days_in_a_row(backend, &mei).await, (2, true));
    }
}

#[tokio::test]
async fn a_quiz_counts_when_it_is_passed_first() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        complete(backend, mei.id, "one").await;
        let pass = async || {
            let given = Answers::from([
                ("0".into(), vec!["1".into()]),
                ("1".into(), vec!["42".into()]),
            ]);
            backend
                .answer_quiz(
                    viewer(mei.id),
                    &slug("one"),
                    &slug("check"),
                    "basics",
                    given,
                )
                .await
                .expect("marked");
        };
        later(backend, DAY);
        pass().await;
        assert_eq!(
            days_in_a_row(backend, &mei).await,
            (2, true),
            "{}",
            test.kind
        );
        later(backend, DAY);
        pass().await;
        assert_eq!(days_in_a_row(backend, &mei).await, (2, false));
        let day = record(backend, &mei).await.weeks[1][1].day;
        // The quiz was all that its lesson asked for.
        assert_eq!((day.activities, day.lessons), (1, 1));
    }
}

#[tokio::test]
async fn the_weekend_is_free_until_the_learner_says_otherwise() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        later(backend, 4 * DAY);
        complete(backend, mei.id, "friday").await;
        later(backend, 3 * DAY);
        assert_eq!(
            days_in_a_row(backend, &mei).await,
            (1, false),
            "{}",
            test.kind
        );
        complete(backend, mei.id, "monday").await;
        assert_eq!(days_in_a_row(backend, &mei).await, (2, true));
        choose(backend, mei.id, "UTC", &[]).await;
        assert_eq!(days_in_a_row(backend, &mei).await, (1, true));
        // A day that arrives late repairs it.
        let saturday = backend.clock.now().as_second() - 2 * 86_400;
        active(backend, mei.id, saturday, 400).await;
        active(backend, mei.id, saturday + 86_400, 400).await;
        assert_eq!(days_in_a_row(backend, &mei).await, (4, true));
    }
}

#[tokio::test]
async fn a_long_streak_is_counted_to_its_beginning() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        let now = backend.clock.now().as_second();
        for day in 0..200 {
            active(backend, mei.id, now - day * 86_400, 600).await;
        }
        assert_eq!(
            days_in_a_row(backend, &mei).await,
            (200, true),
            "{}",
            test.kind
        );
        let everything = Reach::Everything { weeks: 1 };
        let record = backend.record(&mei, None, everything).await.expect("one");
        assert_eq!((record.totals.days, record.weeks.len()), (200, 1));
    }
}

#[tokio::test]
async fn days_begin_where_the_learner_lives() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mut mei = mei(backend).await;
        later(backend, 9 * HOUR);
        // 18:00 on Monday in UTC is Tuesday in Shanghai.
        complete(backend, mei.id, "one").await;
        let today = async |user: &User, browser| {
            backend
                .record(user, browser, Reach::Weeks(1))
                .await
                .expect("one")
                .today
        };
        assert_eq!(today(&mei, None).await, date("2026-03-02"), "{}", test.kind);
        assert_eq!(today(&mei, Some("Asia/Tokyo")).await, date("2026-03-03"));
        assert_eq!(today(&mei, Some("Mars/Base")).await, date("2026-03-02"));
        mei.language = Some("zh-Hans".into());
        assert_eq!(record(backend, &mei).await.zone, "Asia/Shanghai");
        // What the browser said when they signed in goes before the language, what they chose before everything.
        backend
            .note_zone(mei.id, "America/New_York")
            .await
            .expect("noted");
        backend.note_zone(mei.id, "nowhere").await.expect("ignored");
        assert_eq!(record(backend, &mei).await.zone, "America/New_York");
        choose(backend, mei.id, "Asia/Shanghai", &[6, 7]).await;
        backend
            .note_zone(mei.id, "Europe/Paris")
            .await
            .expect("ignored");
        let record = record(backend, &mei).await;
        assert_eq!(
            (record.zone.as_str(), record.today),
            ("Asia/Shanghai", date("2026-03-03"))
        );
        // The first choice holds for what was before it.
        assert_eq!(record.weeks[1][1].day.lessons, 1);
    }
}

#[tokio::test]
async fn moving_leaves_days_that_have_passed_alone() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        choose(backend, mei.id, "America/New_York", &[]).await;
        later(backend, 5 * HOUR);
        complete(backend, mei.id, "monday-morning").await;
        later(backend, 36 * HOUR);
        complete(backend, mei.id, "tuesday-night").await;
        later(backend, 12 * HOUR);
        choose(backend, mei.id, "Asia/Shanghai", &[]).await;
        later(backend, HOUR);
        complete(backend, mei.id, "wednesday").await;
        assert_eq!(
            days_in_a_row(backend, &mei).await,
            (3, true),
            "{}",
            test.kind
        );
        // A second thought within a day corrects the first.
        choose(backend, mei.id, "Asia/Tokyo", &[]).await;
        let mut tx = backend.db.read().await.expect("a transaction");
        let zones = super::calendar_store::zones(&mut tx, mei.id)
            .await
            .expect("zones");
        let names: Vec<_> = zones.iter().map(|row| row.time_zone.as_str()).collect();
        assert_eq!(names, ["America/New_York", "Asia/Tokyo"]);
    }
}

#[tokio::test]
async fn the_streak_can_be_switched_off() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        complete(backend, mei.id, "one").await;
        let off = SetStudy {
            time_zone: "Europe/Berlin".into(),
            rest: vec![3],
            streak: false,
        };
        backend.set_study(mei.id, off).await.expect("kept");
        let record = record(backend, &mei).await;
        assert_eq!(record.streak, None, "{}", test.kind);
        assert_eq!(Some(record.settings.rest), RestDays::new([3]));
        assert!(!record.settings.streak);
    }
}

#[tokio::test]
async fn what_is_no_zone_and_no_rest_is_refused() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        for (zone, rest, field) in [
            ("Mars/Base", vec![], "time_zone"),
            ("", vec![], "time_zone"),
            ("UTC", (1..=7).collect(), "rest"),
            ("UTC", vec![0], "rest"),
        ] {
            let chosen = SetStudy {
                time_zone: zone.into(),
                rest,
                streak: true,
            };
            match backend.set_study(mei.id, chosen).await {
                Err(Error::Invalid(errors)) => assert_eq!(errors[0].field, field),
                other => panic!("{zone} on {}: {other:?}", test.kind),
            }
        }
        assert_eq!(
            record(backend, &mei).await.settings,
            domain::study::Settings::default()
        );
    }
}

#[tokio::test]
async fn two_browsers_may_save_at_once() {
    for test in TestBackend::both().await {
        let mei = mei(&test.backend).await;
        let saves = ["Asia/Tokyo", "Asia/Seoul", "UTC", "Europe/Rome"].map(|zone| {
            let backend = test.backend.clone();
            tokio::spawn(async move {
                choose(&backend, mei.id, zone, &[7]).await;
                backend.note_zone(mei.id, zone).await.expect("ignored");
            })
        });
        for save in saves {
            save.await.expect("kept");
        }
        let mut tx = test.backend.db.read().await.expect("a transaction");
        let zones = super::calendar_store::zones(&mut tx, mei.id)
            .await
            .expect("zones");
        assert_eq!(zones.len(), 1, "{}", test.kind);
    }
}

#[test]
fn zones_come_with_the_program() {
    let summer: Timestamp = "2026-07-01T00:00:00Z".parse().expect("a moment");
    let choices = zone_choices(summer);
    let ahead = |name: &str| {
        let choice = choices.iter().find(|choice| choice.name == name);
        choice.map(|choice| choice.ahead)
    };
    assert_eq!(ahead("Asia/Shanghai"), Some(480));
    assert_eq!(ahead("Europe/Berlin"), Some(120));
    assert_eq!(ahead("UTC"), Some(0));
    assert_eq!(ahead("Etc/GMT+8"), None);
    assert!(choices.len() > 300);
}

#[tokio::test]
async fn a_lesson_that_was_completed_without_a_network_repairs_its_day() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = mei(backend).await;
        complete(backend, mei.id, "one").await;
        later(backend, 2 * DAY);
        assert_eq!(days_in_a_row(backend, &mei).await, (0, false));
        let late = Late::waited(DAY * 1_000);
        backend
            .complete_lesson_late(viewer(mei.id), &slug("one"), &slug("deep"), late)
            .await
            .expect("completed");
        assert_eq!(
            days_in_a_row(backend, &mei).await,
            (2, false),
            "{}",
            test.kind
        );
    }
}
