use std::time::Duration;

use domain::{
    access::Access,
    account::Role,
    ids::{Slug, UserId},
    lesson::{CourseProgress, Input, LessonPage, StageState},
    quiz::Answers,
    stage::{Admission, AnswerText, ReviewedQuestion, Sheet, StagePage},
};
use formats::Bundle;

use super::{Actor, HandedIn};
use crate::{
    Backend, Error,
    course::{ImportOptions, Viewer},
    testing::{TestBackend, sample_course, with_stage},
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

async fn person(backend: &Backend, name: &str, role: Role) -> UserId {
    let email = format!("{name}@example.com");
    let user = backend
        .add_user(&email, name, role, "walnut trail compass rain")
        .await;
    user.expect("an account").id
}

/// A learner enrolled in the course `climb`, which has a stage.
async fn enrolled(backend: &Backend) -> UserId {
    publish(backend, with_stage(sample_course("climb", None))).await;
    let user = person(backend, "mei", Role::Learner).await;
    backend.enrol(user, &slug("climb")).await.expect("enrolled");
    user
}

async fn page(backend: &Backend, user: UserId) -> StagePage {
    backend
        .stage_page(viewer(user), &slug("climb"), &slug("start"))
        .await
        .expect("a page")
}

async fn start(backend: &Backend, user: UserId) -> Result<(), Error> {
    backend
        .start_stage(viewer(user), &slug("climb"), &slug("start"))
        .await
}

async fn submit(backend: &Backend, user: UserId, handed_in: HandedIn) -> Result<(), Error> {
    backend
        .submit_stage(viewer(user), &slug("climb"), &slug("start"), handed_in)
        .await
}

/// What a learner who knows everything, or nothing, would answer.
fn answered(sheet: &Sheet, knows: bool) -> HandedIn {
    let mut given = Answers::new();
    for (place, question) in sheet.questions.iter().enumerate() {
        let answer = match &question.input {
            Input::Radio(options) | Input::Checkboxes(options) | Input::Dropdown(options) => {
                options
                    .iter()
                    .position(|option| option.contains("right") == knows)
                    .expect("an option")
                    .to_string()
            }
            Input::Number => if knows { "42" } else { "7" }.to_owned(),
            Input::Text => if knows { "Trail" } else { "road" }.to_owned(),
        };
        given.insert(place.to_string(), vec![answer]);
    }
    HandedIn {
        number: sheet.number,
        given,
        with_blanks: false,
    }
}

async fn take(backend: &Backend, user: UserId, knows: bool) {
    start(backend, user).await.expect("begun");
    let sheet = page(backend, user).await.sheet.expect("questions");
    submit(backend, user, answered(&sheet, knows))
        .await
        .expect("handed in");
}

async fn deep(backend: &Backend, user: UserId) -> LessonPage {
    backend
        .lesson_page(viewer(user), &slug("climb"), &slug("deep"))
        .await
        .expect("a page")
}

async fn progress(backend: &Backend, user: UserId) -> CourseProgress {
    page(backend, user).await.course.progress.expect("enrolled")
}

fn message(result: Result<(), Error>) -> String {
    match result {
        Err(Error::Invalid(fields)) => fields.last().expect("a reason").message.clone(),
        other => panic!("{other:?} is no invalid input"),
    }
}

#[tokio::test]
async fn a_stage_shuts_what_is_behind_it_until_it_is_passed() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let (climb, lesson) = (slug("climb"), slug("deep"));
        let shut = deep(backend, mei).await;
        assert_eq!(
            (shut.access, shut.activities.len()),
            (Access::Stage, 0),
            "{}",
            test.kind
        );
        let stage = shut.syllabus[0].stage.clone().expect("a stage");
        assert_eq!((stage.state, stage.open), (StageState::Ahead, true));
        assert!(
            shut.syllabus[0]
                .lessons
                .iter()
                .all(|lesson| lesson.access == Access::Enrolled)
        );
        for refused in [
            backend.visit(viewer(mei), &climb, &lesson).await,
            backend.complete_lesson(viewer(mei), &climb, &lesson).await,
            backend
                .media(viewer(mei), &climb, "deep", "02-more/dot.svg")
                .await
                .map(drop),
        ] {
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }

        take(backend, mei, true).await;
        let open = deep(backend, mei).await;
        assert_eq!((open.access, open.activities.len()), (Access::Enrolled, 1));
        assert_eq!(
            open.syllabus[0].stage.clone().expect("a stage").state,
            StageState::Cleared
        );
        backend
            .visit(viewer(mei), &climb, &lesson)
            .await
            .expect("open");
        backend
            .media(viewer(mei), &climb, "deep", "02-more/dot.svg")
            .await
            .expect("open");
        assert_eq!(page(backend, mei).await.standing, Some(Admission::Passed));
    }
}

#[tokio::test]
async fn an_attempt_is_the_same_however_often_it_is_looked_at() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        assert_eq!(
            page(backend, mei).await.standing,
            Some(Admission::Ready { left: Some(3) })
        );
        start(backend, mei).await.expect("begun");
        let first = page(backend, mei).await;
        start(backend, mei)
            .await
            .expect("beginning again changes nothing");
        let again = page(backend, mei).await;
        let sheet = first.sheet.clone().expect("questions");
        assert_eq!(
            (sheet.number, sheet.questions.len()),
            (1, 4),
            "{}",
            test.kind
        );
        assert_eq!(first.sheet, again.sheet);
        assert_eq!(first.standing, Some(Admission::Going));
        let sent = serde_json::to_string(&first).expect("JSON");
        for secret in ["Why", "About ", "A hint"] {
            assert!(!sent.contains(secret), "{secret} in {sent}");
        }
        // A new version does not change what was begun.
        let mut bundle = with_stage(sample_course("climb", None));
        let stage = bundle.course.sections[0].stage.as_mut().expect("a stage");
        stage.questions.truncate(1);
        stage.rules.draw = None;
        publish(backend, bundle).await;
        assert_eq!(page(backend, mei).await.sheet, Some(sheet.clone()));
        submit(backend, mei, answered(&sheet, true))
            .await
            .expect("handed in");
        assert_eq!(page(backend, mei).await.standing, Some(Admission::Passed));
    }
}

#[tokio::test]
async fn mistakes_are_reviewed_and_another_attempt_takes_time() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        take(backend, mei, false).await;
        let failed = page(backend, mei).await;
        let last = failed.last.expect("a result");
        assert_eq!(
            (last.score.earned, last.score.possible, last.score.passed),
            (0, 4, false)
        );
        let concepts: Vec<_> = last
            .concepts
            .iter()
            .map(|found| found.concept.as_str())
            .collect();
        assert_eq!(concepts, ["testing", "on foot"], "{}", test.kind);
        assert!(
            last.questions
                .iter()
                .all(|question| !question.right && question.explanation_html.is_some())
        );
        assert!(
            last.questions
                .iter()
                .all(|question| question.given.len() == 1)
        );
        let missed = |question: &ReviewedQuestion| match &question.missed[..] {
            [one] => match &one.text {
                AnswerText::Html(text) | AnswerText::Plain(text) => {
                    text.contains("right") || ["42", "trail"].contains(&text.as_str())
                }
            },
            _ => false,
        };
        assert!(last.questions.iter().all(missed), "{:?}", last.questions);
        let lessons: Vec<_> = last.lessons.iter().map(|(slug, _)| slug.as_str()).collect();
        assert_eq!(lessons, ["check"], "its quiz asks for testing");
        let now = backend.clock.now();
        let until = now + Duration::from_secs(4 * 3600);
        assert_eq!(
            failed.standing,
            Some(Admission::Waiting {
                until,
                left: Some(2)
            })
        );
        assert_eq!(message(start(backend, mei).await), "error-stage-early");

        for _ in 0..2 {
            backend.clock.advance(Duration::from_secs(4 * 3600));
            take(backend, mei, false).await;
        }
        backend.clock.advance(Duration::from_secs(400 * 3600));
        assert_eq!(page(backend, mei).await.standing, Some(Admission::Spent));
        assert_eq!(message(start(backend, mei).await), "error-stage-spent");
    }
}

#[tokio::test]
async fn what_is_left_out_has_to_be_meant() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        start(backend, mei).await.expect("begun");
        let sheet = page(backend, mei).await.sheet.expect("questions");
        let mut blank = HandedIn {
            number: 1,
            ..HandedIn::default()
        };
        assert_eq!(
            message(submit(backend, mei, blank.clone()).await),
            "error-stage-blanks"
        );
        assert_eq!(
            page(backend, mei).await.sheet,
            Some(sheet.clone()),
            "{}",
            test.kind
        );
        let long = HandedIn {
            given: Answers::from([("0".into(), vec!["x".repeat(2_001)])]),
            ..blank.clone()
        };
        assert_eq!(
            message(submit(backend, mei, long).await),
            "error-answer-long"
        );
        let unknown = HandedIn {
            number: 2,
            ..answered(&sheet, true)
        };
        assert!(matches!(
            submit(backend, mei, unknown).await,
            Err(Error::NotFound)
        ));
        blank.with_blanks = true;
        submit(backend, mei, blank).await.expect("handed in");
        assert!(
            !page(backend, mei)
                .await
                .last
                .expect("a result")
                .score
                .passed
        );
        // The same attempt again, from another tab.
        submit(backend, mei, answered(&sheet, true))
            .await
            .expect("nothing happens");
        assert!(
            !page(backend, mei)
                .await
                .last
                .expect("a result")
                .score
                .passed
        );
    }
}

#[tokio::test]
async fn two_tabs_and_double_clicks_make_one_attempt() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let begun = futures::future::join_all((0..12).map(|_| {
            let backend = backend.clone();
            tokio::spawn(async move { start(&backend, mei).await })
        }))
        .await;
        assert!(
            begun
                .into_iter()
                .all(|done| done.expect("no panic").is_ok()),
            "{}",
            test.kind
        );
        let sheet = page(backend, mei).await.sheet.expect("questions");
        assert_eq!(sheet.number, 1);
        // Half of the tabs know better: only the first to arrive counts.
        let handed = futures::future::join_all((0..12).map(|tab| {
            let backend = backend.clone();
            let handed_in = answered(&sheet, tab % 2 == 0);
            tokio::spawn(async move { submit(&backend, mei, handed_in).await })
        }))
        .await;
        assert!(
            handed
                .into_iter()
                .all(|done| done.expect("no panic").is_ok()),
            "{}",
            test.kind
        );
        let after = page(backend, mei).await;
        let last = after.last.expect("a result");
        assert!(last.score.earned == 0 || last.score.earned == 4);
        match after.standing {
            Some(Admission::Passed) => assert!(last.score.passed),
            Some(Admission::Waiting { left, .. }) => assert_eq!(left, Some(2)),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn nobody_loses_what_they_had_when_a_stage_comes() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, sample_course("climb", None)).await;
        let (mei, tom) = (
            person(backend, "mei", Role::Learner).await,
            person(backend, "tom", Role::Learner).await,
        );
        for user in [mei, tom] {
            backend.enrol(user, &slug("climb")).await.expect("enrolled");
            let open = if user == mei { "deep" } else { "film" };
            backend
                .visit(viewer(user), &slug("climb"), &slug(open))
                .await
                .expect("visited");
        }
        publish(backend, with_stage(sample_course("climb", None))).await;
        assert_eq!(
            deep(backend, mei).await.access,
            Access::Enrolled,
            "{}",
            test.kind
        );
        backend
            .visit(viewer(mei), &slug("climb"), &slug("deep"))
            .await
            .expect("open");
        assert_eq!(deep(backend, tom).await.access, Access::Stage);
        // It was not there when they enrolled, so completing the course does not wait for it.
        assert_eq!(progress(backend, mei).await.total, 4);
        let left = backend.db.read().await.map(|tx| (tx, mei));
        let (mut tx, mei) = left.expect("a transaction");
        let left = super::courses_with_stages_left(&mut tx, mei)
            .await
            .expect("read");
        assert!(left.is_empty());
    }
}

#[tokio::test]
async fn a_trial_lesson_behind_a_stage_is_open_and_opens_nothing() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mut bundle = with_stage(sample_course("climb", None));
        let mut free = bundle.course.sections[1].lessons[0].clone();
        (free.slug, free.preview) = (slug("free"), true);
        bundle.course.sections[1].lessons.push(free);
        publish(backend, bundle).await;
        let mei = person(backend, "mei", Role::Learner).await;
        backend.enrol(mei, &slug("climb")).await.expect("enrolled");
        backend
            .visit(viewer(mei), &slug("climb"), &slug("free"))
            .await
            .expect("open");
        assert_eq!(
            deep(backend, mei).await.access,
            Access::Stage,
            "{}",
            test.kind
        );
        let refused = backend
            .visit(viewer(mei), &slug("climb"), &slug("deep"))
            .await;
        assert!(matches!(refused, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn the_school_opens_the_way_and_says_why() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let ada = person(backend, "ada", Role::Instructor).await;
        let (climb, start) = (slug("climb"), slug("start"));
        let open = async |actor, email: &str, reason: &str| {
            backend
                .open_stage(actor, email, (&climb, &start), reason)
                .await
        };
        assert!(matches!(Actor::staff(viewer(mei)), Err(Error::NotFound)));
        let staff = Actor::staff(Viewer {
            user: Some(ada),
            staff: true,
        })
        .expect("staff");
        assert_eq!(
            message(open(staff, "mei@example.com", "  ").await),
            "error-stage-reason"
        );
        assert_eq!(
            message(open(staff, "ada@example.com", "why").await),
            "error-stage-learner"
        );
        assert_eq!(deep(backend, mei).await.access, Access::Stage);
        open(
            Actor::CommandLine,
            "Mei@Example.com",
            "She knows it from work.",
        )
        .await
        .expect("opened");
        open(staff, "mei@example.com", "Again.")
            .await
            .expect("twice is once");
        assert_eq!(
            deep(backend, mei).await.access,
            Access::Enrolled,
            "{}",
            test.kind
        );
        assert_eq!(page(backend, mei).await.standing, Some(Admission::Opened));
        let mut tx = backend.db.read().await.expect("a transaction");
        let kept = super::store::overrides(&mut tx, mei).await.expect("read");
        let kept: Vec<_> = kept
            .iter()
            .map(|(actor, reason)| (actor.as_str(), reason.as_str()))
            .collect();
        assert_eq!(kept, [("command line", "She knows it from work.")]);
        let nowhere = backend
            .open_stage(staff, "mei@example.com", (&climb, &slug("more")), "why")
            .await;
        assert!(matches!(nowhere, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_course_is_complete_when_its_stages_are_cleared() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        // A stage at the end shuts nothing, and counts all the same.
        let mut bundle = with_stage(sample_course("climb", None));
        bundle.course.sections.truncate(1);
        bundle.course.sections[0].lessons.truncate(1);
        bundle.files.retain(|path, _| path.ends_with(".svg"));
        publish(backend, bundle).await;
        let mei = person(backend, "mei", Role::Learner).await;
        backend.enrol(mei, &slug("climb")).await.expect("enrolled");
        backend
            .complete_lesson(viewer(mei), &slug("climb"), &slug("intro"))
            .await
            .expect("done");
        let before = progress(backend, mei).await;
        assert_eq!(
            (before.done, before.percent, before.completed_at),
            (1, 99, None),
            "{}",
            test.kind
        );
        take(backend, mei, true).await;
        let after = progress(backend, mei).await;
        assert_eq!((after.percent, after.completed_at.is_some()), (100, true));
    }
}

#[tokio::test]
async fn strangers_and_the_unenrolled_see_the_rules_and_nothing_else() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        enrolled(backend).await;
        let (climb, section) = (slug("climb"), slug("start"));
        let tom = person(backend, "tom", Role::Learner).await;
        for looks in [Viewer::default(), viewer(tom)] {
            let seen = backend
                .stage_page(looks, &climb, &section)
                .await
                .expect("a page");
            assert_eq!((seen.questions, seen.standing, seen.sheet), (4, None, None));
        }
        let begin = backend.start_stage(viewer(tom), &climb, &section).await;
        assert!(matches!(begin, Err(Error::NotFound)), "{}", test.kind);
        let begin = backend
            .start_stage(Viewer::default(), &climb, &section)
            .await;
        assert!(matches!(begin, Err(Error::SignInRequired)));
        let none = backend.stage_page(viewer(tom), &climb, &slug("more")).await;
        assert!(matches!(none, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn an_export_has_the_stage_again() {
    for test in TestBackend::both().await {
        let bundle = with_stage(sample_course("climb", None));
        let course = bundle.course.clone();
        publish(&test.backend, bundle).await;
        let exported = test.backend.export(&slug("climb")).await.expect("exported");
        assert_eq!(exported.course, course, "{}", test.kind);
    }
}

/// The one step that a learner is shown.
async fn step(backend: &Backend, user: UserId) -> (String, String) {
    let courses = backend.learning(user).await.expect("courses");
    let progress = courses[0].progress.as_ref().expect("enrolled");
    let next = progress.next.as_ref().expect("a step");
    (next.path(&courses[0].slug), next.heading().to_owned())
}

#[tokio::test]
async fn the_next_step_is_the_stage_where_it_shuts_the_next_lesson() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        assert_eq!(step(backend, mei).await.0, "/courses/climb/lessons/intro");
        let given = Answers::from([
            ("0".to_owned(), vec!["1".to_owned()]),
            ("1".to_owned(), vec!["42".to_owned()]),
        ]);
        let marked = backend
            .answer_quiz(viewer(mei), &slug("climb"), &slug("check"), "basics", given)
            .await
            .expect("marked");
        assert!(marked.lesson_done);
        let stage = (
            "/courses/climb/stages/start".to_owned(),
            "The first rest".to_owned(),
        );
        assert_eq!(step(backend, mei).await, stage, "{}", test.kind);
        take(backend, mei, true).await;
        let lesson = (
            "/courses/climb/lessons/deep".to_owned(),
            "Deeper".to_owned(),
        );
        assert_eq!(step(backend, mei).await, lesson, "{}", test.kind);
    }
}
