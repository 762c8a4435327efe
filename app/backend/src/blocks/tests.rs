use domain::{
    account::Role,
    block::{Block, BlockBody, Card, Given, KNOWN, MAX_ENTRY, NOT_YET, OPENED, key},
    course::{Activity, ActivityBody, Lesson},
    ids::{EntryId, Slug, UserId},
    lesson::{Chain, LessonPage, LessonState, ShownBlock, ShownBlockBody, ShownBody},
    progress::Completion,
};
use formats::Bundle;

use super::{Answered, Case};
use crate::{
    Backend, Error,
    course::{ImportOptions, Viewer},
    progress::Late,
    testing::{TestBackend, sample_course},
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn poll(options: &[&str]) -> BlockBody {
    BlockBody::Poll {
        prompt: "Which *one*?".into(),
        options: options.iter().map(|text| (*text).to_owned()).collect(),
        feedback: None,
        private: false,
    }
}

fn cards() -> BlockBody {
    let card = |front: &str| Card {
        front: front.into(),
        back: format!("Back of {front}"),
    };
    BlockBody::Cards {
        title: "Words".into(),
        cards: vec![card("one"), card("two")],
    }
}

fn chain() -> BlockBody {
    BlockBody::Chain {
        prompt: "Tell of one.".into(),
        example: Some("Like this.".into()),
    }
}

fn reveal() -> BlockBody {
    BlockBody::Reveal {
        title: "Why?".into(),
        text: "Because.".into(),
    }
}

/// The course `walk` with a lesson `together`; `intro` is its trial lesson and has a poll and a chain, too.
fn course(required: bool, options: &[&str]) -> Bundle {
    let mut bundle = sample_course("walk", None);
    let activity = |key: &str, body: BlockBody| Activity {
        key: key.into(),
        body: ActivityBody::Block {
            block: Block {
                body,
                required,
                cue: None,
            },
        },
    };
    let start = &mut bundle.course.sections[0].lessons;
    start[0].activities.push(activity("tea", poll(options)));
    start[0].activities.push(activity("told", chain()));
    start.push(Lesson {
        slug: slug("together"),
        title: "Together".into(),
        minutes: None,
        preview: false,
        activities: vec![
            activity("poll", poll(options)),
            activity("chain", chain()),
            activity("why", reveal()),
            activity("words", cards()),
        ],
    });
    bundle
}

async fn publish(backend: &Backend, bundle: Bundle) {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend.import(bundle, options).await.expect("imported");
}

async fn user(backend: &Backend, name: &str) -> UserId {
    let email = format!("{}@example.com", key(name));
    let password = "walnut trail compass rain";
    let user = backend.add_user(&email, name, Role::Learner, password);
    user.await.expect("an account").id
}

async fn enrolled(backend: &Backend, name: &str) -> Viewer {
    let user = user(backend, name).await;
    backend.enrol(user, &slug("walk")).await.expect("enrolled");
    learner(user)
}

fn learner(user: UserId) -> Viewer {
    Viewer {
        user: Some(user),
        staff: false,
    }
}

async fn staff(backend: &Backend) -> Viewer {
    Viewer {
        staff: true,
        ..learner(user(backend, "Staff").await)
    }
}

async fn page(backend: &Backend, viewer: Viewer, lesson: &str) -> LessonPage {
    let (course, lesson) = (slug("walk"), slug(lesson));
    let page = backend.lesson_page(viewer, &course, &lesson).await;
    page.expect("a page")
}

async fn shown(backend: &Backend, viewer: Viewer, lesson: &str, activity: &str) -> ShownBlock {
    let page = page(backend, viewer, lesson).await;
    let mut activities = page.activities.into_iter();
    match activities.find(|found| found.key == activity) {
        Some(domain::lesson::ShownActivity {
            body: ShownBody::Block { block },
            ..
        }) => block,
        other => panic!("{other:?}"),
    }
}

async fn answer(
    backend: &Backend,
    viewer: Viewer,
    activity: &str,
    part: &str,
    choice: &str,
) -> Result<Answered, Error> {
    let given = Given { part, choice };
    backend
        .answer_block(viewer, &slug("walk"), &slug("together"), activity, given)
        .await
}

async fn put(backend: &Backend, viewer: Viewer, text: &str, named: bool) -> Result<(), Error> {
    backend
        .put_entry(
            viewer,
            &slug("walk"),
            &slug("together"),
            "chain",
            case(text, named),
        )
        .await
}

fn case(text: &str, named: bool) -> Case<'_> {
    Case {
        text,
        named,
        late: Late::default(),
    }
}

async fn chain_of(backend: &Backend, viewer: Viewer) -> Chain {
    match shown(backend, viewer, "together", "chain").await.body {
        ShownBlockBody::Chain { chain, .. } => chain,
        other => panic!("{other:?}"),
    }
}

async fn votes(
    backend: &Backend,
    viewer: Viewer,
    lesson: &str,
    activity: &str,
) -> Option<Vec<u64>> {
    match shown(backend, viewer, lesson, activity).await.body {
        ShownBlockBody::Poll { counts, .. } => counts,
        other => panic!("{other:?}"),
    }
}

fn message(error: &Error) -> &str {
    match error {
        Error::Invalid(fields) => &fields[0].message,
        other => panic!("{other} is no invalid input"),
    }
}

#[tokio::test]
async fn a_poll_shows_its_results_to_those_who_chose() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let (mei, ada) = (
            enrolled(backend, "Mei").await,
            enrolled(backend, "Ada").await,
        );
        let (yes, no) = (key("Yes"), key("No"));
        answer(backend, mei, "poll", "", &yes).await.expect("kept");
        assert_eq!(
            votes(backend, ada, "together", "poll").await,
            None,
            "{}",
            test.kind
        );
        let refused = backend
            .poll_counts(ada, &slug("walk"), &slug("together"), "poll")
            .await;
        assert!(matches!(refused, Err(Error::NotFound)));
        answer(backend, ada, "poll", "", &yes).await.expect("kept");
        answer(backend, ada, "poll", "", &no).await.expect("kept");
        assert_eq!(
            votes(backend, mei, "together", "poll").await,
            Some(vec![1, 1])
        );
        let live = backend
            .poll_counts(mei, &slug("walk"), &slug("together"), "poll")
            .await;
        assert_eq!(live.expect("counts"), [1, 1]);
        let block = shown(backend, ada, "together", "poll").await;
        assert!(block.answered);
        assert!(
            matches!(&block.body, ShownBlockBody::Poll { mine: Some(mine), .. } if *mine == no)
        );
    }
}

#[tokio::test]
async fn the_results_of_a_private_poll_are_for_staff() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mut bundle = course(false, &["Yes", "No"]);
        let lessons = bundle.course.sections.iter_mut();
        for activity in lessons
            .flat_map(|section| &mut section.lessons)
            .flat_map(|lesson| &mut lesson.activities)
        {
            if let ActivityBody::Block { block } = &mut activity.body
                && let BlockBody::Poll {
                    private, feedback, ..
                } = &mut block.body
            {
                *private = true;
                *feedback = Some("Thank *you*.".into());
            }
        }
        publish(backend, bundle).await;
        let mei = enrolled(backend, "Mei").await;
        let yes = key("Yes");
        answer(backend, mei, "poll", "", &yes).await.expect("kept");
        let (lesson, walk) = (slug("together"), slug("walk"));
        let shown = shown(backend, mei, "together", "poll").await;
        let ShownBlockBody::Poll {
            counts,
            mine,
            feedback_html,
            ..
        } = shown.body
        else {
            panic!("a poll")
        };
        assert_eq!((counts, mine), (None, Some(yes.clone())), "{}", test.kind);
        assert_eq!(feedback_html.trim(), "<p>Thank <em>you</em>.</p>");
        let counted = backend.poll_counts(mei, &walk, &lesson, "poll").await;
        assert!(matches!(counted, Err(Error::NotFound)));
        let staff = Viewer {
            user: None,
            staff: true,
        };
        let counted = backend.poll_counts(staff, &walk, &lesson, "poll").await;
        assert_eq!(counted.expect("counts"), [1, 0]);
        let intro = slug("intro");
        let given = Given {
            part: "",
            choice: &yes,
        };
        let guest = backend
            .answer_block(Viewer::default(), &walk, &intro, "tea", given)
            .await;
        assert_eq!(guest.expect("taken"), Answered::Counts(Vec::new()));
    }
}

#[tokio::test]
async fn votes_stay_with_the_words_that_were_chosen() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let (mei, ada) = (
            enrolled(backend, "Mei").await,
            enrolled(backend, "Ada").await,
        );
        answer(backend, mei, "poll", "", &key("Yes"))
            .await
            .expect("kept");
        answer(backend, ada, "poll", "", &key("No"))
            .await
            .expect("kept");
        publish(backend, course(false, &["Perhaps", "Yes"])).await;
        assert_eq!(
            votes(backend, mei, "together", "poll").await,
            Some(vec![0, 1]),
            "{}",
            test.kind
        );
        assert_eq!(
            votes(backend, ada, "together", "poll").await,
            None,
            "whose option is gone chooses again"
        );
        let gone = answer(backend, ada, "poll", "", &key("No")).await;
        assert_eq!(message(&gone.expect_err("gone")), "error-choice-gone");
        let none = answer(backend, ada, "poll", "", "").await;
        assert_eq!(
            message(&none.expect_err("nothing chosen")),
            "error-choice-none"
        );
    }
}

#[tokio::test]
async fn of_strangers_nothing_is_kept() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let mei = enrolled(backend, "Mei").await;
        let (walk, intro, yes) = (slug("walk"), slug("intro"), key("Yes"));
        let given = Given {
            part: "",
            choice: &yes,
        };
        backend
            .answer_block(mei, &walk, &intro, "tea", given)
            .await
            .expect("kept");
        let signed_in = learner(user(backend, "Bo").await);
        let staff = staff(backend).await;
        for viewer in [Viewer::default(), signed_in, staff] {
            let counts = backend
                .answer_block(viewer, &walk, &intro, "tea", given)
                .await;
            assert_eq!(counts.expect("shown"), Answered::Counts(vec![1, 0]));
        }
        for viewer in [Viewer::default(), signed_in] {
            assert_eq!(votes(backend, viewer, "intro", "tea").await, None);
            let locked = answer(backend, viewer, "poll", "", &yes).await;
            assert!(matches!(locked, Err(Error::NotFound)), "{}", test.kind);
        }
        // The names and cases of learners are for learners.
        let told = backend
            .put_entry(mei, &walk, &intro, "told", case("Mine", true))
            .await;
        told.expect("kept");
        for viewer in [Viewer::default(), signed_in] {
            let block = shown(backend, viewer, "intro", "told").await;
            assert!(
                matches!(block.body, ShownBlockBody::Chain { chain, .. } if chain == Chain::default())
            );
            let older = backend
                .older_entries(viewer, &walk, &intro, "told", EntryId(uuid::Uuid::max()))
                .await;
            assert!(matches!(older, Err(Error::NotFound)));
        }
        let put = backend
            .put_entry(signed_in, &walk, &intro, "told", case("x", true))
            .await;
        assert!(matches!(put, Err(Error::NotFound)));
        let put = backend
            .put_entry(Viewer::default(), &walk, &intro, "told", case("x", true))
            .await;
        assert!(matches!(put, Err(Error::SignInRequired)));
    }
}

#[tokio::test]
async fn what_is_no_answer_of_a_block_is_refused() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let mei = enrolled(backend, "Mei").await;
        for (activity, part, choice) in [
            ("poll", "x", key("Yes").as_str()),
            ("why", "", KNOWN),
            ("words", "", KNOWN),
            ("words", &key("three"), KNOWN),
            ("words", &key("one"), OPENED),
        ]
        .map(|(a, b, c)| (a, b.to_owned(), c.to_owned()))
        {
            let refused = answer(backend, mei, activity, &part, &choice).await;
            assert_eq!(message(&refused.expect_err(activity)), "error-choice-gone");
        }
        for activity in ["chain", "nothing", "a\0b", "text-1"] {
            let refused = answer(backend, mei, activity, "", "x").await;
            assert!(matches!(refused, Err(Error::NotFound)), "{activity}");
        }
        for (text, expected) in [
            (" \r\n".to_owned(), "error-entry-empty"),
            ("学".repeat(MAX_ENTRY + 1), "error-entry-long"),
        ] {
            let refused = put(backend, mei, &text, true).await;
            assert_eq!(message(&refused.expect_err("refused")), expected);
        }
    }
}

#[tokio::test]
async fn each_learner_adds_one_case() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let mei = enrolled(backend, "Mei Lin").await;
        let ada = enrolled(backend, "Ada L.").await;
        put(backend, mei, " First\r\nline ", true)
            .await
            .expect("kept");
        put(backend, ada, "Mine", false).await.expect("kept");
        put(backend, mei, "Second", true).await.expect("changed");
        let seen = chain_of(backend, ada).await;
        let texts: Vec<_> = seen
            .entries
            .iter()
            .map(|entry| (entry.text.as_str(), entry.name.as_deref()))
            .collect();
        assert_eq!(texts, [("Second", Some("Mei"))], "{}", test.kind);
        assert_eq!((seen.total, seen.older), (2, None));
        let mine = seen.mine.expect("an entry");
        assert_eq!((mine.text.as_str(), mine.name), ("Mine", None));
        for _ in 0..2 {
            backend
                .remove_entry(
                    mei,
                    &slug("walk"),
                    &slug("together"),
                    "chain",
                    Late::default(),
                )
                .await
                .expect("taken back");
        }
        let seen = chain_of(backend, ada).await;
        assert_eq!((seen.entries.len(), seen.total), (0, 1));
    }
}

#[tokio::test]
async fn staff_hide_what_should_not_be_read() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let (mei, ada) = (
            enrolled(backend, "Mei").await,
            enrolled(backend, "Ada").await,
        );
        let staff = staff(backend).await;
        put(backend, mei, "Rude", true).await.expect("kept");
        let entry = chain_of(backend, ada).await.entries[0].id;
        let (walk, together) = (slug("walk"), slug("together"));
        let hide = async |viewer, entry, hidden| {
            backend
                .hide_entry(viewer, &walk, &together, "chain", entry, hidden)
                .await
        };
        for (viewer, entry) in [
            (ada, entry),
            (Viewer::default(), entry),
            (staff, EntryId(uuid::Uuid::nil())),
        ] {
            assert!(matches!(
                hide(viewer, entry, true).await,
                Err(Error::NotFound)
            ));
        }
        hide(staff, entry, true).await.expect("hidden");
        hide(staff, entry, true).await.expect("hidden still");
        assert_eq!(
            chain_of(backend, ada).await,
            Chain::default(),
            "{}",
            test.kind
        );
        assert!(chain_of(backend, staff).await.entries[0].hidden);
        assert!(chain_of(backend, mei).await.mine.expect("their own").hidden);
        // Changing or taking back and adding again does not bring it back.
        put(backend, mei, "Rude again", true)
            .await
            .expect("changed");
        backend
            .remove_entry(mei, &walk, &together, "chain", Late::default())
            .await
            .expect("taken back");
        assert_eq!(chain_of(backend, mei).await.mine, None);
        put(backend, mei, "And again", true).await.expect("added");
        assert_eq!(chain_of(backend, ada).await.entries, []);
        hide(staff, entry, false).await.expect("shown");
        assert_eq!(chain_of(backend, ada).await.entries[0].text, "And again");
    }
}

#[tokio::test]
async fn long_chains_have_pages() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let reader = enrolled(backend, "Reader").await;
        for number in 0..25 {
            let learner = enrolled(backend, &format!("Learner{number}")).await;
            put(backend, learner, &format!("Case {number}"), false)
                .await
                .expect("kept");
        }
        let first = chain_of(backend, reader).await;
        assert_eq!(
            (first.entries.len(), first.total),
            (20, 25),
            "{}",
            test.kind
        );
        assert_eq!(first.entries[0].text, "Case 24");
        let older = first.older.expect("there are more");
        let rest = backend
            .older_entries(reader, &slug("walk"), &slug("together"), "chain", older)
            .await
            .expect("a page");
        let texts: Vec<&str> = rest
            .entries
            .iter()
            .map(|entry| entry.text.as_str())
            .collect();
        assert_eq!(texts, ["Case 4", "Case 3", "Case 2", "Case 1", "Case 0"]);
        assert_eq!(rest.older, None);
    }
}

#[tokio::test]
async fn what_is_required_completes_the_lesson() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(true, &["Yes", "No"])).await;
        let mei = enrolled(backend, "Mei").await;
        let (walk, together) = (slug("walk"), slug("together"));
        let left = async || page(backend, mei, "together").await.completion;
        assert_eq!(left().await, Completion::Tasks { left: 4 }, "{}", test.kind);
        let refused = backend.complete_lesson(mei, &walk, &together).await;
        assert_eq!(
            message(&refused.expect_err("too early")),
            "error-answer-first"
        );
        put(backend, mei, "Mine", true).await.expect("kept");
        answer(backend, mei, "poll", "", &key("Yes"))
            .await
            .expect("kept");
        answer(backend, mei, "words", &key("one"), NOT_YET)
            .await
            .expect("kept");
        answer(backend, mei, "words", &key("two"), KNOWN)
            .await
            .expect("kept");
        assert_eq!(left().await, Completion::Tasks { left: 1 });
        let user = mei.user.expect("a learner");
        let of_course = backend.left_of_course(user, &walk).await.expect("left");
        let still: Vec<_> = of_course
            .lessons
            .iter()
            .filter(|lesson| lesson.slug == together)
            .map(|lesson| lesson.blocks)
            .collect();
        assert_eq!(still, [1], "the course says it as the lesson does");
        let last = answer(backend, mei, "why", "", OPENED).await.expect("kept");
        assert_eq!(last, Answered::Kept { lesson_done: true });
        let page = page(backend, mei, "together").await;
        assert_eq!(page.state, LessonState::Done);
        match &shown(backend, mei, "together", "words").await.body {
            ShownBlockBody::Cards { cards, .. } => {
                assert_eq!(cards[0].known, Some(false));
                assert_eq!(cards[1].known, Some(true));
                assert!(cards[0].back_html.contains("Back of one"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_not_required_leaves_the_button() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let mei = enrolled(backend, "Mei").await;
        let kept = answer(backend, mei, "poll", "", &key("Yes")).await;
        assert_eq!(kept.expect("kept"), Answered::Kept { lesson_done: false });
        let page = page(backend, mei, "together").await;
        assert_eq!(page.completion, Completion::Button, "{}", test.kind);
        assert_eq!(page.state, LessonState::Begun);
        backend
            .complete_lesson(mei, &slug("walk"), &slug("together"))
            .await
            .expect("complete");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_at_the_same_moment_count_once() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(true, &["Yes", "No"])).await;
        let mut viewers = Vec::new();
        for number in 0..6 {
            viewers.push(enrolled(backend, &format!("Learner{number}")).await);
        }
        let mut tasks = tokio::task::JoinSet::new();
        for viewer in viewers.iter().copied().flat_map(|viewer| [viewer; 4]) {
            let backend = backend.clone();
            tasks.spawn(async move {
                answer(&backend, viewer, "poll", "", &key("Yes"))
                    .await
                    .expect("kept");
                put(&backend, viewer, "At once", true).await.expect("kept");
                answer(&backend, viewer, "words", &key("one"), KNOWN)
                    .await
                    .expect("kept");
                answer(&backend, viewer, "words", &key("two"), KNOWN)
                    .await
                    .expect("kept");
                answer(&backend, viewer, "why", "", OPENED)
                    .await
                    .expect("kept");
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.expect("answered");
        }
        let counts = votes(backend, viewers[0], "together", "poll").await;
        assert_eq!(counts, Some(vec![6, 0]), "{}", test.kind);
        assert_eq!(chain_of(backend, viewers[0]).await.total, 6);
        for viewer in viewers {
            let page = page(backend, viewer, "together").await;
            assert_eq!(page.state, LessonState::Done);
        }
    }
}

#[tokio::test]
async fn an_answer_that_comes_late_does_not_undo_a_later_one() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let mei = enrolled(backend, "Mei").await;
        backend.clock.advance(std::time::Duration::from_secs(7_200));
        let (yes, no) = (key("Yes"), key("No"));
        answer(backend, mei, "poll", "", &yes).await.expect("kept");
        let given = Given {
            part: "",
            choice: &no,
        };
        let late = Late::waited(3_600_000);
        backend
            .answer_block_late(mei, &slug("walk"), &slug("together"), "poll", given, late)
            .await
            .expect("kept");
        assert_eq!(
            votes(backend, mei, "together", "poll").await,
            Some(vec![1, 0]),
            "{}",
            test.kind
        );
    }
}

#[tokio::test]
async fn a_case_that_comes_late_or_twice_undoes_nothing() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend, course(false, &["Yes", "No"])).await;
        let mei = enrolled(backend, "Mei").await;
        let (walk, together) = (slug("walk"), slug("together"));
        let text = async || chain_of(backend, mei).await.mine.map(|mine| mine.text);
        let late = async |text, waited_ms| {
            let late = Late::waited(waited_ms);
            let case = Case {
                late,
                ..case(text, false)
            };
            let put = backend.put_entry(mei, &walk, &together, "chain", case);
            put.await.expect("taken in");
        };
        let remove = async |waited_ms| {
            let late = Late::waited(waited_ms);
            let gone = backend.remove_entry(mei, &walk, &together, "chain", late);
            gone.await.expect("taken in");
        };
        backend.clock.advance(std::time::Duration::from_secs(7_200));
        late("On the train", 3_600_000).await;
        let mine = chain_of(backend, mei).await.mine.expect("a case");
        let written = backend.clock.now().as_millisecond() - 3_600_000;
        assert_eq!(mine.added_at.as_millisecond(), written, "{}", test.kind);
        put(backend, mei, "At home", false).await.expect("changed");
        late("On the train", 3_600_000).await;
        remove(1_800_000).await;
        assert_eq!(text().await.as_deref(), Some("At home"));
        remove(0).await;
        late("On the train", 3_600_000).await;
        assert_eq!(text().await, None, "what was taken back stays away");
        put(backend, mei, "Anew", false).await.expect("added");
        let anew = chain_of(backend, mei).await.mine.expect("a case");
        assert_eq!(anew.text, "Anew");
        assert!(anew.id != mine.id && anew.added_at > mine.added_at);
    }
}

#[tokio::test]
async fn writing_has_a_limit() {
    let test = TestBackend::sqlite().await;
    let backend = &test.backend;
    publish(backend, course(false, &["Yes", "No"])).await;
    let mei = enrolled(backend, "Mei").await;
    for _ in 0..30 {
        put(backend, mei, "Again", true).await.expect("kept");
    }
    assert!(matches!(
        put(backend, mei, "Again", true).await,
        Err(Error::TooManyAttempts { .. })
    ));
}

#[tokio::test]
async fn blocks_survive_export() {
    let test = TestBackend::sqlite().await;
    let bundle = course(true, &["Yes", "No"]);
    let lessons = bundle.course.sections[0].lessons.clone();
    publish(&test.backend, bundle).await;
    let exported = test.backend.export(&slug("walk")).await.expect("exported");
    assert_eq!(exported.course.sections[0].lessons, lessons);
}
