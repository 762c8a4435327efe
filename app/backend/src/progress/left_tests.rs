use std::time::Duration;

use domain::{
    account::Role,
    course::{Activity, ActivityBody, Lesson, Text},
    ids::{Slug, UserId},
    lesson::CourseLeft,
    progress::Left,
    quiz::Answers,
};
use formats::Bundle;

use super::tests::report;
use crate::{
    Backend,
    course::{ImportOptions, Viewer},
    testing::{TestBackend, sample_course},
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn viewer(user: UserId) -> Viewer {
    Viewer {
        user: Some(user),
        staff: false,
    }
}

async fn publish(backend: &Backend, bundle: Bundle) {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend.import(bundle, options).await.expect("imported");
}

async fn enrolled(backend: &Backend) -> UserId {
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

/// The sample course with a lesson more, or without one.
fn changed(add: bool, remove: Option<&str>) -> Bundle {
    let mut bundle = sample_course("walk", None);
    let lessons = &mut bundle.course.sections[0].lessons;
    if let Some(remove) = remove {
        lessons.retain(|lesson| lesson.slug != slug(remove));
        bundle.files.retain(|path, _| !path.contains("film"));
    }
    if add {
        lessons.push(Lesson {
            slug: slug("later"),
            title: "Added later".into(),
            minutes: None,
            preview: false,
            activities: vec![Activity {
                key: "text-1".into(),
                body: ActivityBody::Text {
                    text: Text::Markdown("More.".into()),
                },
            }],
        });
    }
    bundle
}

async fn left(backend: &Backend, user: UserId) -> CourseLeft {
    backend
        .left_of_course(user, &slug("walk"))
        .await
        .expect("a list")
}

async fn left_of(backend: &Backend, user: UserId, lesson: &str) -> Vec<Left> {
    let page = backend
        .lesson_page(viewer(user), &slug("walk"), &slug(lesson))
        .await
        .expect("a page");
    page.left.into_iter().map(|left| left.left).collect()
}

async fn complete(backend: &Backend, user: UserId, lesson: &str) {
    backend
        .complete_lesson(viewer(user), &slug("walk"), &slug(lesson))
        .await
        .expect("completed");
}

async fn answer(backend: &Backend, user: UserId, letter: &str) {
    let given = Answers::from([
        ("0".into(), vec![letter.into()]),
        ("1".into(), vec!["42".into()]),
    ]);
    backend
        .answer_quiz(viewer(user), &slug("walk"), &slug("check"), "basics", given)
        .await
        .expect("marked");
}

#[tokio::test]
async fn a_lesson_says_what_is_left_and_why() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        assert!(left_of(backend, mei, "intro").await.is_empty());
        backend.clock.advance(Duration::from_secs(60));
        watch(backend, mei, &[(0, 30_000), (60_000, 80_000)]).await;
        assert_eq!(
            left_of(backend, mei, "film").await,
            [Left::Watch {
                at_least: 58_000,
                gaps: vec![(30_000, 60_000), (80_000, 120_000)],
            }],
            "{}",
            test.kind
        );
        let pass = |best| Left::Pass {
            needed: 2,
            possible: 2,
            best,
        };
        assert_eq!(left_of(backend, mei, "check").await, [pass(None)]);
        answer(backend, mei, "0").await;
        assert_eq!(left_of(backend, mei, "check").await, [pass(Some(1))]);
        answer(backend, mei, "1").await;
        answer(backend, mei, "0").await;
        assert!(
            left_of(backend, mei, "check").await.is_empty(),
            "once passed"
        );
    }
}

#[tokio::test]
async fn a_course_says_what_is_left_in_it() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let list = left(backend, mei).await;
        let told: Vec<_> = list
            .lessons
            .iter()
            .map(|lesson| {
                let slug = lesson.slug.as_str();
                (slug, lesson.begun, lesson.watch_ms, lesson.quizzes)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("intro", false, 0, 0),
                ("film", true, 108_000, 0),
                ("check", false, 0, 1),
                ("deep", false, 0, 0),
            ],
            "{}",
            test.kind
        );
        complete(backend, mei, "intro").await;
        assert_eq!(left(backend, mei).await.lessons[0].slug, slug("film"));
        let eve = UserId(uuid::Uuid::nil());
        assert_eq!(left(backend, eve).await, CourseLeft::default());
    }
}

#[tokio::test]
async fn lessons_that_come_later_are_new_and_take_nothing_away() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        for lesson in ["intro", "deep"] {
            complete(backend, mei, lesson).await;
        }
        answer(backend, mei, "1").await;
        publish(backend, changed(true, None)).await;
        let progress = progress(backend, mei).await;
        assert_eq!((progress.percent, progress.added), (75, 1), "{}", test.kind);
        let list = left(backend, mei).await;
        assert_eq!((list.lessons.len(), list.added.len()), (1, 1));
        assert_eq!(list.added[0].title, "Added later");
        let page = backend
            .course_page(viewer(mei), &slug("walk"))
            .await
            .expect("a page");
        let marked: Vec<_> = page
            .syllabus
            .iter()
            .flat_map(|section| &section.lessons)
            .filter(|lesson| lesson.added)
            .map(|lesson| lesson.slug.as_str())
            .collect();
        assert_eq!(marked, ["later"]);
        let stranger = backend
            .course_page(Viewer::default(), &slug("walk"))
            .await
            .expect("a page");
        let lessons = stranger
            .syllabus
            .iter()
            .flat_map(|section| &section.lessons);
        assert!(lessons.into_iter().all(|lesson| !lesson.added));
    }
}

#[tokio::test]
async fn lessons_that_the_school_removes_count_neither_way() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        for lesson in ["intro", "deep"] {
            complete(backend, mei, lesson).await;
        }
        answer(backend, mei, "1").await;
        publish(backend, changed(false, Some("film"))).await;
        let after = progress(backend, mei).await;
        assert_eq!(
            (after.percent, after.done, after.total),
            (100, 3, 3),
            "{}",
            test.kind
        );
        // Nothing was left to complete, so the next visit does.
        backend
            .visit(viewer(mei), &slug("walk"), &slug("deep"))
            .await
            .expect("visited");
        assert!(progress(backend, mei).await.completed_at.is_some());
        // It comes back: what is complete stays so.
        publish(backend, sample_course("walk", None)).await;
        assert_eq!(progress(backend, mei).await.percent, 100);
    }
}

async fn progress(backend: &Backend, user: UserId) -> domain::lesson::CourseProgress {
    let page = backend.course_page(viewer(user), &slug("walk")).await;
    page.expect("a page").card.progress.expect("enrolled")
}

async fn watch(backend: &Backend, user: UserId, intervals: &[(u64, u64)]) {
    let report = report(0, intervals);
    backend
        .report_watching(viewer(user), &slug("walk"), &slug("film"), "film", report)
        .await
        .expect("taken in");
}
