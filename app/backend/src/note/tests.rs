use std::{collections::BTreeSet, time::Duration};

use domain::{
    account::Role,
    course::{ActivityBody, Text},
    ids::{NoteId, Slug, UserId},
    lesson::{LessonPage, ShownBody},
    note::{MAX_BODY, Note, NoteKind, NotePlace, Passage},
};
use uuid::Uuid;

use super::{Draft, NoteFilter};
use crate::{
    Backend, Error,
    course::{ImportOptions, Viewer},
    progress::Late,
    testing::{TestBackend, sample_course},
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

async fn publish(backend: &Backend, course: &str, price: Option<&str>) {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend
        .import(sample_course(course, price), options)
        .await
        .expect("imported");
}

async fn learner(backend: &Backend, email: &str) -> UserId {
    backend
        .add_user(email, "Mei", Role::Learner, "walnut trail compass rain")
        .await
        .expect("an account")
        .id
}

/// A learner enrolled in the course `walk`.
async fn enrolled(backend: &Backend) -> UserId {
    publish(backend, "walk", None).await;
    let user = learner(backend, "mei@example.com").await;
    backend.enrol(user, &slug("walk")).await.expect("enrolled");
    user
}

fn viewer(user: UserId) -> Viewer {
    Viewer {
        user: Some(user),
        staff: false,
    }
}

fn text(body: &str) -> Draft {
    Draft {
        body: body.into(),
        ..Draft::default()
    }
}

fn passage(quote: &str) -> Draft {
    let passage = Passage {
        quote: quote.into(),
        before: String::new(),
    };
    Draft {
        place: NotePlace {
            passage: Some(passage),
            ..NotePlace::default()
        },
        ..Draft::default()
    }
}

fn second(at_ms: u64) -> Draft {
    Draft {
        place: NotePlace {
            activity: Some("film".into()),
            at_ms: Some(at_ms),
            passage: None,
        },
        ..Draft::default()
    }
}

async fn add(backend: &Backend, user: UserId, lesson: &str, draft: Draft) -> Note {
    backend.clock.advance(Duration::from_secs(1));
    backend
        .add_note(viewer(user), &slug("walk"), &slug(lesson), draft)
        .await
        .expect("written")
}

async fn found(backend: &Backend, user: UserId, query: &str) -> Vec<String> {
    let filter = NoteFilter {
        query: query.into(),
        ..NoteFilter::default()
    };
    let page = backend.notes(user, &filter).await.expect("a page");
    page.notes.into_iter().map(|note| note.body).collect()
}

async fn lesson(backend: &Backend, user: UserId, lesson: &str) -> LessonPage {
    backend
        .lesson_page(viewer(user), &slug("walk"), &slug(lesson))
        .await
        .expect("a lesson")
}

fn html(page: &LessonPage) -> &str {
    match &page.activities[0].body {
        ShownBody::Text { html } => html,
        other => panic!("{other:?} is no text"),
    }
}

fn message(error: &Error) -> &str {
    match error {
        Error::Invalid(fields) => &fields[0].message,
        other => panic!("{other} is no invalid input"),
    }
}

#[tokio::test]
async fn notes_of_every_kind_stand_beside_their_lesson() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let late = add(
            backend,
            mei,
            "film",
            Draft {
                body: "Look **again**".into(),
                ..second(75_000)
            },
        )
        .await;
        assert_eq!(late.url(), "/courses/walk/lessons/film?t=75&film=film");
        assert!(
            late.html.contains("<strong>again</strong>"),
            "{}",
            test.kind
        );
        assert_eq!(
            add(backend, mei, "film", second(5_000)).await.kind,
            NoteKind::Bookmark
        );
        add(backend, mei, "film", second(5_000)).await;
        let notes = lesson(backend, mei, "film").await.notes.expect("signed in");
        let seconds: Vec<_> = notes.notes.iter().map(|note| note.place.at_ms).collect();
        assert_eq!(
            seconds,
            [Some(5_000), Some(75_000)],
            "a second is bookmarked once"
        );
        assert!(!notes.bookmarked);

        let (walk, film) = (slug("walk"), slug("film"));
        for _ in 0..2 {
            backend
                .bookmark_lesson(viewer(mei), &walk, &film)
                .await
                .expect("bookmarked");
        }
        let notes = lesson(backend, mei, "film").await.notes.expect("signed in");
        assert!(notes.bookmarked && notes.notes.len() == 2);
        for _ in 0..2 {
            backend
                .unbookmark_lesson(mei, &walk, &film)
                .await
                .expect("taken away");
        }
        let notes = lesson(backend, mei, "film").await.notes.expect("signed in");
        assert!(!notes.bookmarked && notes.notes.len() == 2);

        let other = learner(backend, "eve@example.com").await;
        let theirs = lesson_of_anyone(backend, other).await;
        assert!(theirs.notes.is_some_and(|notes| notes.notes.is_empty()));
        let stranger = backend
            .lesson_page(Viewer::default(), &walk, &slug("intro"))
            .await
            .expect("the trial lesson");
        assert_eq!(stranger.notes, None);
    }
}

async fn lesson_of_anyone(backend: &Backend, user: UserId) -> LessonPage {
    lesson(backend, user, "intro").await
}

#[tokio::test]
async fn a_highlight_is_seen_in_the_text_and_follows_it() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let note = add(backend, mei, "intro", passage("Then watch")).await;
        assert_eq!(
            (note.kind, note.place.activity.as_deref()),
            (NoteKind::Highlight, Some("text-1"))
        );
        let page = lesson(backend, mei, "intro").await;
        let mark = format!("<span id=\"mark-{}\"></span><mark>Then</mark> <a", note.id);
        assert!(
            html(&page).contains(&mark),
            "{}: {}",
            test.kind,
            html(&page)
        );

        let nowhere = backend
            .add_note(
                viewer(mei),
                &slug("walk"),
                &slug("intro"),
                passage("Not there"),
            )
            .await
            .expect_err("not in the text");
        assert_eq!(message(&nowhere), "error-quote-missing");

        // The next version of the course says more before it, and then no longer says it.
        for (body, marks) in [("New. Welcome. Then watch.", 1), ("Other words.", 0)] {
            let mut bundle = sample_course("walk", None);
            bundle.course.sections[0].lessons[0].activities[0].body = ActivityBody::Text {
                text: Text::Markdown(body.into()),
            };
            backend
                .import(bundle, ImportOptions::default())
                .await
                .expect("imported");
            let page = lesson(backend, mei, "intro").await;
            assert_eq!(html(&page).matches("<mark>").count(), marks, "{body}");
            assert_eq!(page.notes.expect("signed in").notes.len(), 1);
        }
    }
}

#[tokio::test]
async fn the_same_request_makes_one_note_and_another_text_is_not_lost() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let draft = |body: &str| Draft {
            id: Some(NoteId(Uuid::from_u128(7))),
            ..text(body)
        };
        let (walk, intro) = (slug("walk"), slug("intro"));
        let requests = (0..16).map(|number| {
            let body = if number % 2 == 0 { "one" } else { "two" };
            backend.add_note(viewer(mei), &walk, &intro, draft(body))
        });
        for result in futures::future::join_all(requests).await {
            result.expect("written");
        }
        let kept: BTreeSet<String> = found(backend, mei, "").await.into_iter().collect();
        assert_eq!(
            kept,
            BTreeSet::from(["one".into(), "two".into()]),
            "{}",
            test.kind
        );
        assert_eq!(found(backend, mei, "").await.len(), 2);

        // Another learner under the same id has a note of their own.
        let eve = learner(backend, "eve@example.com").await;
        let hers = add(backend, eve, "intro", draft("hers")).await;
        assert_eq!(hers.id, NoteId(Uuid::from_u128(7)));
        assert_eq!(found(backend, mei, "hers").await.len(), 0);

        // What was deleted is not brought back by a request that comes late.
        backend.delete_note(eve, hers.id).await.expect("deleted");
        backend
            .delete_note(eve, hers.id)
            .await
            .expect("deleted again");
        let late = backend
            .add_note(viewer(eve), &walk, &intro, draft("hers"))
            .await
            .expect_err("deleted");
        assert_eq!(message(&late), "error-note-deleted");
        assert_eq!(found(backend, eve, "").await.len(), 0);
    }
}

#[tokio::test]
async fn two_edits_of_one_text_never_replace_each_other() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let note = add(backend, mei, "intro", text("first")).await;
        let edit = async |body: &str| backend.edit_note(mei, note.id, note.edited_at, body).await;
        let bodies: Vec<String> = (0..8).map(|number| format!("edit {number}")).collect();
        let results =
            futures::future::join_all(bodies.iter().map(|body| edit(body.as_str()))).await;
        let taken: Vec<&Note> = results.iter().flatten().collect();
        assert_eq!(taken.len(), 1, "{}", test.kind);
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            assert_eq!(message(error), "error-note-changed");
        }
        let now = backend.note(mei, note.id).await.expect("a note");
        assert_eq!(now.body, taken[0].body);
        edit(&now.body).await.expect("what it says already");
        let newer = backend
            .edit_note(mei, note.id, now.edited_at, "knowingly")
            .await
            .expect("edited");
        assert!(newer.edited_at > now.edited_at && newer.created_at == note.created_at);
        let empty = backend.edit_note(mei, note.id, newer.edited_at, "").await;
        assert_eq!(message(&empty.expect_err("empty")), "error-note-empty");
    }
}

#[tokio::test]
async fn what_is_another_s_does_not_exist() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let note = add(backend, mei, "intro", text("mine")).await;
        let eve = learner(backend, "eve@example.com").await;
        assert!(matches!(
            backend.note(eve, note.id).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            backend.delete_note(eve, note.id).await,
            Err(Error::NotFound)
        ));
        let edited = backend
            .edit_note(eve, note.id, note.edited_at, "hers")
            .await;
        assert!(matches!(edited, Err(Error::NotFound)), "{}", test.kind);
        assert!(backend.all_notes(eve).await.expect("hers").is_empty());
        assert_eq!(backend.all_notes(mei).await.expect("mine").len(), 1);

        publish(backend, "climb", Some("199.00")).await;
        for (course, lesson) in [("climb", "deep"), ("walk", "none"), ("none", "intro")] {
            let shut = backend
                .add_note(viewer(eve), &slug(course), &slug(lesson), text("x"))
                .await;
            assert!(matches!(shut, Err(Error::NotFound)), "{course}/{lesson}");
        }
        let unknown = Draft {
            place: NotePlace {
                activity: Some("none\0".into()),
                at_ms: Some(1),
                passage: None,
            },
            ..Draft::default()
        };
        let unknown = backend
            .add_note(viewer(mei), &slug("walk"), &slug("film"), unknown)
            .await;
        assert!(matches!(unknown, Err(Error::NotFound)));
        let behind = backend
            .add_note(viewer(mei), &slug("walk"), &slug("film"), second(121_000))
            .await;
        assert_eq!(
            message(&behind.expect_err("too late")),
            "error-note-time-late"
        );
    }
}

#[tokio::test]
async fn search_takes_words_as_they_are() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        for body in [
            "100% sure",
            "100 sure",
            "snake_case",
            "snakeXcase",
            "间隔复习最省时间",
            "Ärger! Überall",
            r"back\slash",
        ] {
            add(backend, mei, "intro", text(body)).await;
        }
        for (query, expected) in [
            ("100%", &["100% sure"][..]),
            ("snake_", &["snake_case"]),
            ("复习", &["间隔复习最省时间"]),
            ("überall ÄRGER", &["Ärger! Überall"]),
            ("r!", &["Ärger! Überall"]),
            (r"\s", &[r"back\slash"]),
            ("sure 100", &["100 sure", "100% sure"]),
            ("sure snake", &[]),
            (
                "\0",
                &[
                    "back\\slash",
                    "Ärger! Überall",
                    "间隔复习最省时间",
                    "snakeXcase",
                    "snake_case",
                    "100 sure",
                    "100% sure",
                ],
            ),
        ] {
            assert_eq!(
                found(backend, mei, query).await,
                expected,
                "{}: {query}",
                test.kind
            );
        }
        assert_eq!(
            found(backend, mei, "introduction").await.len(),
            7,
            "the lesson's title"
        );
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        for number in 0..65 {
            // Several in the same moment.
            let draft = text(&format!("note {number}"));
            backend
                .add_note(viewer(mei), &slug("walk"), &slug("intro"), draft)
                .await
                .expect("written");
        }
        add(backend, mei, "film", second(1_000)).await;
        let mut filter = NoteFilter::default();
        let mut seen = BTreeSet::new();
        let mut pages = 0;
        loop {
            let page = backend.notes(mei, &filter).await.expect("a page");
            assert_eq!((page.total, page.courses.len()), (66, 1));
            pages += 1;
            seen.extend(page.notes.iter().map(|note| note.id));
            filter.after = page.next;
            if filter.after.is_none() {
                break;
            }
        }
        assert_eq!((pages, seen.len()), (3, 66), "{}", test.kind);
        let only = |kind, course: Option<&str>| NoteFilter {
            kind,
            course: course.map(slug),
            ..NoteFilter::default()
        };
        let bookmarks = backend
            .notes(mei, &only(Some(NoteKind::Bookmark), Some("walk")))
            .await
            .expect("a page");
        assert_eq!(bookmarks.notes.len(), 1);
        let elsewhere = backend.notes(mei, &only(None, Some("climb"))).await;
        assert!(elsewhere.expect("a page").notes.is_empty());
        filter.after = Some("x".into());
        assert!(matches!(
            backend.notes(mei, &filter).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn notes_outlive_their_lesson_and_limits_hold() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        add(backend, mei, "deep", text("kept")).await;
        let mut bundle = sample_course("walk", None);
        bundle.course.sections.pop();
        backend
            .import(bundle, ImportOptions::default())
            .await
            .expect("imported");
        let kept = backend.all_notes(mei).await.expect("all");
        assert!(
            !kept[0].lesson_exists && kept[0].html.is_empty(),
            "{}",
            test.kind
        );
        assert_eq!(
            (kept[0].lesson_title.as_str(), kept[0].course_title.as_str()),
            ("Deeper", "Course walk")
        );

        let long = "字".repeat(MAX_BODY);
        for number in 0..100 {
            let draft = text(&format!("{number}{}", &long[..long.len() - 6]));
            add(backend, mei, "intro", draft).await;
        }
        let room = add(backend, mei, "intro", text("room")).await;
        let full = backend
            .add_note(viewer(mei), &slug("walk"), &slug("intro"), text(&long))
            .await;
        assert_eq!(message(&full.expect_err("full")), "error-notes-full");
        let full = backend.edit_note(mei, room.id, room.edited_at, &long).await;
        assert_eq!(message(&full.expect_err("full")), "error-notes-full");

        let eve = learner(backend, "eve@example.com").await;
        let busy = async || {
            for number in 0..400 {
                let draft = text(&format!("{number}"));
                backend
                    .add_note(viewer(eve), &slug("walk"), &slug("intro"), draft)
                    .await?;
            }
            Ok(())
        };
        assert!(matches!(busy().await, Err(Error::TooManyAttempts { .. })));
    }
}

#[tokio::test]
async fn a_note_that_comes_late_carries_the_moment_at_which_it_was_written() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mei = enrolled(backend).await;
        let enrolled_at = backend.clock.now();
        backend.clock.advance(Duration::from_secs(7_200));
        // `add` takes a second.
        let now = backend.clock.now() + Duration::from_secs(1);
        for (waited_ms, written) in [
            (3_600_000, now.as_millisecond() - 3_600_000),
            // Nobody wrote anything beside a lesson before they were enrolled.
            (u64::MAX, enrolled_at.as_millisecond()),
            (0, now.as_millisecond() + 2_000),
        ] {
            let draft = Draft {
                late: Late::waited(waited_ms),
                ..text(&format!("{waited_ms}"))
            };
            let note = add(backend, mei, "film", draft).await;
            assert_eq!(note.created_at.as_millisecond(), written, "{}", test.kind);
            assert_eq!(note.edited_at, note.created_at);
        }
    }
}
