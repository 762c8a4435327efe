use std::time::Duration;

use domain::progress::watching::{Event, Report};
use domain::{
    account::Role,
    course::{Activity, ActivityBody, Lesson, Text},
    ids::{Slug, UserId},
    lesson::{CourseProgress, LessonState, ShownBody},
    progress::{Completion, Coverage},
    quiz::Answers,
};
use formats::Bundle;
use uuid::Uuid;

use crate::{
    Backend, Error,
    course::{ImportOptions, Viewer},
    testing::{TestBackend, sample_course},
};

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

pub async fn publish(backend: &Backend, bundle: Bundle) {
    backend
        .import(
            bundle,
            ImportOptions {
                publish: true,
                ..ImportOptions::default()
            },
        )
        .await
        .expect("imported");
}

/// A learner enrolled in the course `walk`.
pub async fn enrolled(backend: &Backend) -> UserId {
    publish(backend, sample_course("walk", None)).await;
    let user = backend
        .add_user(
            "mei@example.com",
            "Mei",
            Role::Learner,
            "walnut trail compass rain",
        )
        .await
        .expect("an account")
        .id;
    backend.enrol(user, &slug("walk")).await.expect("enrolled");
    backend
        .visit(viewer(user), &slug("walk"), &slug("film"))
        .await
        .expect("visited");
    user
}

pub fn viewer(user: UserId) -> Viewer {
    Viewer {
        user: Some(user),
        staff: false,
    }
}

/// A report of stretches that end now, by a phone whose clock stands at zero.
pub fn report(position_ms: u64, stretches: &[(u64, u64)]) -> Report {
    let event = |&(from_ms, to_ms): &(u64, u64)| Event {
        id: Uuid::now_v7().to_string(),
        from_ms,
        to_ms,
        rate: 1.0,
        at_ms: 0,
    };
    Report {
        position_ms: Some(position_ms),
        sent_at_ms: 0,
        events: stretches.iter().map(event).collect(),
    }
}

pub async fn watch(
    backend: &Backend,
    user: UserId,
    position_ms: u64,
    stretches: &[(u64, u64)],
) -> super::Watched {
    let report = report(position_ms, stretches);
    backend
        .report_watching(viewer(user), &slug("walk"), &slug("film"), "film", report)
        .await
        .expect("taken in")
}

async fn answer(
    backend: &Backend,
    user: UserId,
    letter: &str,
    number: &str,
) -> domain::lesson::QuizResult {
    let given = Answers::from([
        ("0".into(), vec![letter.into()]),
        ("1".into(), vec![number.into()]),
    ]);
    backend
        .answer_quiz(viewer(user), &slug("walk"), &slug("check"), "basics", given)
        .await
        .expect("marked")
}

async fn progress(backend: &Backend, user: UserId) -> CourseProgress {
    let card = backend
        .course_page(viewer(user), &slug("walk"))
        .await
        .expect("a page")
        .card;
    card.progress.expect("enrolled")
}

pub fn message(error: &Error) -> &str {
    match error {
        Error::Invalid(fields) => &fields[0].message,
        other => panic!("{other} is no invalid input"),
    }
}

#[tokio::test]
async fn text_by_the_button_video_by_watching_quiz_by_passing() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let walk = slug("walk");
        assert_eq!(progress(backend, mei).await.percent, 0);
        backend
            .complete_lesson(viewer(mei), &walk, &slug("intro"))
            .await
            .expect("completed");
        backend
            .complete_lesson(viewer(mei), &walk, &slug("intro"))
            .await
            .expect("twice is once");
        assert_eq!(progress(backend, mei).await.percent, 25, "{}", test.kind);

        assert!(!answer(backend, mei, "0", "42").await.lesson_done);
        assert!(answer(backend, mei, "1", "42").await.lesson_done);
        assert_eq!(progress(backend, mei).await.percent, 50);

        backend.clock.advance(Duration::from_secs(60));
        assert!(
            !watch(backend, mei, 60_000, &[(0, 60_000)])
                .await
                .lesson_done
        );
        backend.clock.advance(Duration::from_secs(60));
        assert!(
            watch(backend, mei, 120_000, &[(60_000, 120_000)])
                .await
                .lesson_done
        );
        assert_eq!(progress(backend, mei).await.percent, 75);

        backend
            .complete_lesson(viewer(mei), &walk, &slug("deep"))
            .await
            .expect("completed");
        let all = progress(backend, mei).await;
        assert_eq!((all.percent, all.done, all.total), (100, 4, 4));
        assert!(all.completed_at.is_some());
        let page = backend
            .lesson_page(viewer(mei), &walk, &slug("film"))
            .await
            .expect("a page");
        assert_eq!(
            (page.state, page.completion),
            (LessonState::Done, Completion::Tasks { left: 0 })
        );
    }
}

#[tokio::test]
async fn scrubbing_to_the_end_completes_nothing() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let watched = watch(backend, mei, 119_900, &[(0, 1_000), (118_000, 120_000)]).await;
        assert!(!watched.lesson_done);
        // A report of the whole film after no time at all: only as much as the clock allows is believed.
        let watched = watch(backend, mei, 120_000, &[(0, 120_000)]).await;
        assert!(!watched.lesson_done, "{}", test.kind);
        assert!(watched.coverage.total() <= 10_000);
        let error = backend
            .complete_lesson(viewer(mei), &slug("walk"), &slug("film"))
            .await
            .expect_err("not by the button");
        assert_eq!(message(&error), "error-watch-first");
    }
}

#[tokio::test]
async fn two_devices_cannot_spend_the_same_minute() {
    for test in TestBackend::both().await {
        let mei = enrolled(&test.backend).await;
        test.backend.clock.advance(Duration::from_secs(5));
        let reports = (0..8_u64).map(|part| {
            let backend = test.backend.clone();
            tokio::spawn(async move {
                watch(&backend, mei, 0, &[(part * 15_000, (part + 1) * 15_000)]).await
            })
        });
        for report in futures::future::join_all(reports).await {
            report.expect("taken in");
        }
        let page = test
            .backend
            .lesson_page(viewer(mei), &slug("walk"), &slug("film"))
            .await
            .expect("a page");
        let ShownBody::Media { media } = &page.activities[0].body else {
            panic!("a medium")
        };
        assert_eq!(media.coverage.total(), 10_000 + 3 * 5_000, "{}", test.kind);
    }
}

#[tokio::test]
async fn reports_may_come_twice_and_in_any_order() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        backend.clock.advance(Duration::from_secs(120));
        let expected = Coverage::from(vec![(0, 30_000), (60_000, 90_000)]);
        for intervals in [[(60_000, 90_000)], [(0, 30_000)], [(60_000, 90_000)]] {
            watch(backend, mei, 1_000, &intervals).await;
        }
        assert_eq!(
            watch(backend, mei, 2_000, &[(10_000, 20_000), (9, 5)])
                .await
                .coverage,
            expected,
            "{}",
            test.kind
        );
    }
}

#[tokio::test]
async fn where_they_stopped_is_where_they_go_on() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let walk = slug("walk");
        watch(backend, mei, 12_345, &[(0, 12_345)]).await;
        let next = progress(backend, mei).await.next.expect("a lesson");
        assert_eq!(
            (next.slug, next.position_ms),
            (slug("film"), Some(12_345)),
            "{}",
            test.kind
        );
        // Behind a finished lesson the next one waits.
        backend
            .complete_lesson(viewer(mei), &walk, &slug("intro"))
            .await
            .expect("completed");
        assert_eq!(
            progress(backend, mei).await.next.expect("a lesson").slug,
            slug("film")
        );
        let mine = backend.learning(mei).await.expect("a list");
        assert_eq!(mine.len(), 1);
    }
}

#[tokio::test]
async fn a_lesson_added_later_takes_nothing_away() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let walk = slug("walk");
        backend
            .complete_lesson(viewer(mei), &walk, &slug("intro"))
            .await
            .expect("completed");
        backend
            .complete_lesson(viewer(mei), &walk, &slug("deep"))
            .await
            .expect("completed");
        answer(backend, mei, "1", "42").await;
        backend.clock.advance(Duration::from_secs(120));
        watch(backend, mei, 0, &[(0, 120_000)]).await;
        let mut longer = sample_course("walk", None);
        let text = ActivityBody::Text {
            text: Text::Markdown("New.".into()),
        };
        let activities = vec![Activity {
            key: "text-1".into(),
            body: text,
        }];
        let added = Lesson {
            slug: slug("new"),
            title: "New".into(),
            minutes: None,
            preview: false,
            activities,
        };
        longer.course.sections[1].lessons.insert(0, added);
        publish(backend, longer).await;
        let after = progress(backend, mei).await;
        assert_eq!((after.percent, after.total), (100, 4), "{}", test.kind);
        assert!(after.completed_at.is_some());
        assert_eq!(
            after.next.expect("a lesson").slug,
            slug("new"),
            "what is new is offered"
        );
    }
}

#[tokio::test]
async fn without_scripts_the_clock_stands_in_for_the_player() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let (walk, film) = (slug("walk"), slug("film"));
        backend
            .visit(viewer(mei), &walk, &film)
            .await
            .expect("visited");
        backend.clock.advance(Duration::from_secs(100));
        let early = backend
            .complete_lesson(viewer(mei), &walk, &film)
            .await
            .expect_err("too early");
        assert_eq!(message(&early), "error-watch-first");
        backend.clock.advance(Duration::from_secs(20));
        backend
            .complete_lesson(viewer(mei), &walk, &film)
            .await
            .expect("completed");
        let unpassed = backend
            .complete_lesson(viewer(mei), &walk, &slug("check"))
            .await
            .expect_err("a quiz is passed");
        assert_eq!(message(&unpassed), "error-pass-first", "{}", test.kind);
    }
}

#[tokio::test]
async fn answers_are_explained_once_they_are_right() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let half = answer(backend, mei, "1", "41").await;
        assert_eq!(
            (half.score.earned, half.score.possible, half.score.passed),
            (1, 2, false)
        );
        assert!(
            half.verdicts[0]
                .explanation_html
                .as_deref()
                .is_some_and(|html| html.contains("The reason for letter"))
        );
        assert_eq!(
            half.verdicts[1].explanation_html, None,
            "no answer is given away"
        );
        let page = backend
            .lesson_page(viewer(mei), &slug("walk"), &slug("check"))
            .await
            .expect("a page");
        let ShownBody::Quiz { quiz } = &page.activities[0].body else {
            panic!("a quiz")
        };
        assert_eq!(
            quiz.result
                .as_ref()
                .map(|result| &result.given["answer"][0]),
            Some(&"41".to_owned()),
            "{}",
            test.kind
        );
        // Once passed, it stays passed.
        answer(backend, mei, "1", "42").await;
        assert!(!answer(backend, mei, "0", "0").await.score.passed);
        assert_eq!(progress(backend, mei).await.done, 1);
    }
}

#[tokio::test]
async fn a_stranger_may_try_a_quiz_that_is_open_and_leaves_no_trace() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mut open = sample_course("walk", Some("199.00"));
        open.course.sections[0].lessons[2].preview = true;
        publish(backend, open).await;
        let given = Answers::from([
            ("0".into(), vec!["1".into()]),
            ("1".into(), vec!["42".into()]),
        ]);
        let (walk, check) = (slug("walk"), slug("check"));
        let result = backend
            .answer_quiz(Viewer::default(), &walk, &check, "basics", given.clone())
            .await
            .expect("marked");
        assert!(result.score.passed && !result.lesson_done);
        let page = backend
            .lesson_page(Viewer::default(), &walk, &check)
            .await
            .expect("a page");
        let ShownBody::Quiz { quiz } = &page.activities[0].body else {
            panic!("a quiz")
        };
        assert_eq!(quiz.result, None, "{}", test.kind);
    }
}

#[tokio::test]
async fn nothing_is_taken_in_behind_a_shut_gate() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, sample_course("walk", Some("199.00"))).await;
        let eve = backend
            .add_user(
                "eve@example.com",
                "Eve",
                Role::Learner,
                "walnut trail compass rain",
            )
            .await
            .expect("an account")
            .id;
        let (walk, film) = (slug("walk"), slug("film"));
        assert!(
            matches!(backend.enrol(eve, &walk).await, Err(Error::Forbidden)),
            "it costs money"
        );
        assert!(matches!(
            backend.enrol(eve, &slug("none")).await,
            Err(Error::NotFound)
        ));
        let report = || report(0, &[(0, 1_000)]);
        let refused = backend
            .report_watching(viewer(eve), &walk, &film, "film", report())
            .await;
        assert!(matches!(refused, Err(Error::NotFound)), "{}", test.kind);
        // The trial lesson is open, but progress is kept only of those who are enrolled.
        assert!(matches!(
            backend
                .complete_lesson(viewer(eve), &walk, &slug("intro"))
                .await,
            Err(Error::NotFound)
        ));
        let anonymous = backend
            .report_watching(Viewer::default(), &walk, &film, "film", report())
            .await;
        assert!(matches!(anonymous, Err(Error::SignInRequired)));
        assert!(matches!(
            backend
                .answer_quiz(viewer(eve), &walk, &slug("check"), "basics", Answers::new())
                .await,
            Err(Error::NotFound)
        ));
        backend
            .visit(viewer(eve), &walk, &slug("intro"))
            .await
            .expect("no trace");
        assert!(backend.learning(eve).await.expect("a list").is_empty());
    }
}

#[tokio::test]
async fn reports_that_no_player_makes_are_refused() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let (walk, film) = (slug("walk"), slug("film"));
        let mut bad: Vec<Report> = [f64::NAN, f64::INFINITY, -1.0, 0.0, 3.5]
            .map(|rate| {
                let mut bad = report(0, &[(0, 5_000)]);
                bad.events[0].rate = rate;
                bad
            })
            .into();
        bad.push(report(0, &vec![(0, 5_000); 501]));
        bad.push(report(u64::MAX, &[]));
        bad.push(report(0, &[(u64::MAX - 5, u64::MAX)]));
        for bad in bad {
            let refused = backend
                .report_watching(viewer(mei), &walk, &film, "film", bad)
                .await
                .expect_err("refused");
            assert_eq!(message(&refused), "error-report");
        }
        let odd = [(500_000, 600_000), (9_000, 3_000), (100_000, 100_100)];
        let none = watch(backend, mei, 0, &odd).await;
        assert_eq!(none.coverage.total(), 0, "on {}", test.kind);
        assert!(matches!(
            backend
                .report_watching(viewer(mei), &walk, &film, "none", report(0, &[]))
                .await,
            Err(Error::NotFound)
        ));
        let crumbs = (0..500).map(|n| (n * 200, n * 200 + 1)).collect::<Vec<_>>();
        assert_eq!(watch(backend, mei, 0, &crumbs).await.coverage.total(), 0);
        let long = Answers::from([("0".into(), vec!["x".repeat(2_001)])]);
        let refused = backend
            .answer_quiz(viewer(mei), &walk, &slug("check"), "basics", long)
            .await
            .expect_err("refused");
        assert_eq!(message(&refused), "error-answer-long");
    }
}
