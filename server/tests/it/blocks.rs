//! Polls, chains, cards and what is shown on demand, by plain forms.

use backend::{blocks::Case, course::ImportOptions, progress::Late};
use domain::{
    account::Role,
    block::{Block, BlockBody, Card, Cue, MAX_ENTRY},
    course::{Activity, ActivityBody, Lesson},
    ids::Slug,
};

use crate::harness::{Browser, Page, TestApp};

const LESSON: &str = "/courses/walk/lessons/together";

fn activity(key: &str, required: bool, body: BlockBody) -> Activity {
    Activity {
        key: key.into(),
        body: ActivityBody::Block {
            block: Block {
                body,
                required,
                cue: None,
            },
        },
    }
}

fn poll() -> BlockBody {
    BlockBody::Poll {
        prompt: "Tea or *coffee*?".into(),
        options: vec!["Tea".into(), "Coffee".into()],
        feedback: None,
        private: false,
    }
}

/// Its results are for staff.
fn private_poll() -> BlockBody {
    BlockBody::Poll {
        prompt: "Was it hard?".into(),
        options: vec!["Yes".into(), "No".into()],
        feedback: Some("We will **see**.".into()),
        private: true,
    }
}

/// The sample course with a lesson of blocks, a poll in its trial lesson and a question in its film.
async fn with_blocks(app: &TestApp) {
    let mut bundle = backend::testing::sample_course("walk", None);
    let card = |front: &str, back: &str| Card {
        front: front.into(),
        back: back.into(),
    };
    let chain = BlockBody::Chain {
        prompt: "Tell of a mistake.".into(),
        example: Some("I once **forgot** it.".into()),
    };
    let reveal = BlockBody::Reveal {
        title: "Why is that?".into(),
        text: "The hidden reason.".into(),
    };
    let cards = BlockBody::Cards {
        title: "Words".into(),
        cards: vec![card("one", "eins"), card("two", "zwei")],
    };
    let lessons = &mut bundle.course.sections[0].lessons;
    lessons[0].activities.push(activity("tea", false, poll()));
    let mut test = lessons[2].activities[0].clone();
    if let ActivityBody::Quiz { quiz } = &mut test.body {
        quiz.cue = Some(Cue {
            media: "film".into(),
            seconds: 83,
        });
    }
    lessons[1].activities.push(test);
    lessons.push(Lesson {
        slug: Slug::parse("together").expect("a slug"),
        title: "Together".into(),
        minutes: None,
        preview: false,
        activities: vec![
            activity("poll", true, poll()),
            activity("chain", true, chain),
            activity("why", true, reveal),
            activity("words", true, cards),
        ],
    });
    publish(app, bundle).await;
}

async fn publish(app: &TestApp, bundle: formats::Bundle) {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    let imported = app.test.backend.import(bundle, options).await;
    imported.expect("imported");
}

async fn enrolled(app: &TestApp, email: &str) -> Browser {
    app.with_user(email, Role::Learner).await;
    let browser = app.signed_in(email).await;
    let course = browser.get("/courses/walk").await;
    course.submit("Enrol", &[]).await;
    browser
}

fn option(page: &Page, number: usize) -> String {
    let field = format!("#block-poll-{number}");
    page.attribute(&field, "value").expect("an option")
}

#[tokio::test]
async fn a_lesson_of_blocks_is_done_by_plain_forms() {
    for app in TestApp::both().await {
        with_blocks(&app).await;
        let browser = enrolled(&app, "mei@example.com").await;
        let page = browser.get(LESSON).await;
        assert_eq!(page.texts(".block-required").len(), 4, "{}", app.test.kind);
        assert!(!page.has("The hidden reason."));

        let none = page.submit("Send my answer", &[]).await;
        assert_eq!(none.status, 422);
        assert_eq!(none.alerts(), ["Choose one of the answers first."]);
        let tea = option(&page, 0);
        let voted = page.submit("Send my answer", &[("choice", &tea)]).await;
        assert_eq!(voted.path, format!("{LESSON}#block-poll"));
        assert_eq!(
            voted.texts(".poll-result"),
            ["Tea your answer 100% · 1", "Coffee 0% · 0"]
        );

        let empty = voted.submit("Add my case", &[("entry", " \n")]).await;
        assert_eq!(empty.status, 422);
        assert_eq!(empty.alerts(), ["Write your case first."]);
        let long = "x".repeat(MAX_ENTRY + 1);
        let long = voted
            .submit("Add my case", &[("entry", &long), ("named", "true")])
            .await;
        assert!(long.body.contains(&"x".repeat(MAX_ENTRY + 1)), "it stays");
        assert!(long.attribute("input[name=named]", "checked").is_some());
        let told = long
            .submit("Add my case", &[("entry", "</textarea>Mine & yours\n2")])
            .await;
        assert_eq!(
            told.text(".chain-own .chain-text").as_deref(),
            Some("</textarea>Mine & yours 2")
        );

        let shown = told.submit("Show the answer", &[]).await;
        assert!(shown.has("The hidden reason."));
        assert!(shown.attribute("details.reveal", "open").is_some());

        // The buttons of the first card that is not turned yet, then of the second.
        let first = shown.submit("Not yet", &[]).await;
        assert_eq!(first.text(".cards-state").as_deref(), Some("0 of 2 known"));
        let part = first.texts(".card").len();
        assert_eq!(part, 2);
        let keys: Vec<String> = {
            let html = first.html();
            let fields = crate::harness::css(".card input[name=part]");
            let values = html.select(&fields).filter_map(|field| field.attr("value"));
            values.map(str::to_owned).collect()
        };
        let done = first
            .submit("I know it", &[("part", keys.last().expect("a card"))])
            .await;
        assert_eq!(done.text(".cards-state").as_deref(), Some("1 of 2 known"));
        assert!(done.texts(".block-required").is_empty());
        assert!(done.has("Lesson complete."), "{}", done.path);
    }
}

#[tokio::test]
async fn a_page_says_once_what_became_of_all_that_was_made_on_it() {
    for app in TestApp::both().await {
        with_blocks(&app).await;
        let mei = enrolled(&app, "mei@example.com").await;
        let made = |page: &Page| {
            let html = page.html();
            let lines = crate::harness::css(".sync[aria-live=polite] > [data-sync]");
            let names = html
                .select(&lines)
                .filter_map(|line| line.attr("data-sync"));
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        // Four blocks, and a quiz below a film.
        let blocks = mei.get(LESSON).await;
        assert_eq!(
            made(&blocks),
            ["answers", "completion", "notes"],
            "{}",
            app.test.kind
        );
        let film = mei.get("/courses/walk/lessons/film").await;
        assert_eq!(made(&film), ["watching", "answers", "completion", "notes"]);
        for page in [&blocks, &film] {
            assert_eq!(page.body.matches("data-sync=").count(), made(page).len());
        }
        let stranger = app.browser().get("/courses/walk/lessons/intro").await;
        assert_eq!(made(&stranger), Vec::<String>::new());
    }
}

#[tokio::test]
async fn learners_read_each_other_and_staff_can_hide() {
    for app in TestApp::both().await {
        with_blocks(&app).await;
        let mei = enrolled(&app, "mei@example.com").await;
        let ada = enrolled(&app, "ada@example.com").await;
        let page = mei.get(LESSON).await;
        page.submit(
            "Add my case",
            &[("entry", "<b>First</b>"), ("named", "true")],
        )
        .await;
        let seen = ada.get(LESSON).await;
        assert_eq!(
            seen.text(".chain-entry .chain-text").as_deref(),
            Some("<b>First</b>"),
            "{}",
            app.test.kind
        );
        assert!(
            seen.text(".chain-entry .meta")
                .expect("a line")
                .starts_with("Mei")
        );
        assert!(!seen.body.contains("Hide from learners"));

        app.with_user("staff@example.com", Role::Instructor).await;
        let staff = app.signed_in("staff@example.com").await;
        let hidden = staff
            .get(LESSON)
            .await
            .submit("Hide from learners", &[])
            .await;
        assert!(hidden.has("Hidden"));
        assert!(!ada.get(LESSON).await.has("<b>First</b>"));
        let own = mei.get(LESSON).await;
        assert!(own.has("The school has hidden it."));
        let gone = own.submit("Delete my case", &[]).await;
        assert!(gone.text(".chain-own").is_none());
        // A learner who sends the staff's form finds nothing there.
        let (_, mut fields) = hidden.form("Show to learners", &[]);
        fields.retain(|(name, _)| name != "hidden");
        assert_eq!(ada.post(LESSON, &fields).await.status, 404);
    }
}

#[tokio::test]
async fn a_stranger_sees_results_and_leaves_none() {
    for app in TestApp::both().await {
        with_blocks(&app).await;
        let stranger = app.browser();
        let trial = "/courses/walk/lessons/intro";
        let page = stranger.get(trial).await;
        let tea = page.attribute("#block-tea-0", "value").expect("an option");
        for _ in 0..2 {
            let counted = page.submit("Send my answer", &[("choice", &tea)]).await;
            assert_eq!(counted.status, 200);
            assert!(counted.has("Only answers of learners in this course are counted."));
            assert_eq!(
                counted.texts(".poll-result"),
                ["Tea your answer 0% · 0", "Coffee 0% · 0"],
                "{}",
                app.test.kind
            );
        }
        // Behind a shut door there are no blocks, and no answers to them.
        let (_, mut fields) = page.form("Send my answer", &[("choice", &tea)]);
        for (name, value) in &mut fields {
            match name.as_str() {
                "lesson" => "together".clone_into(value),
                "activity" => "poll".clone_into(value),
                _ => {}
            }
        }
        assert_eq!(stranger.post(trial, &fields).await.status, 404);
        assert!(!stranger.get(LESSON).await.has("Tell of a mistake."));
    }
}

#[tokio::test]
async fn a_private_poll_thanks_and_shows_no_figures() {
    for app in TestApp::both().await {
        let mut bundle = backend::testing::sample_course("walk", None);
        let lessons = &mut bundle.course.sections[0].lessons;
        lessons[0]
            .activities
            .push(activity("poll", false, private_poll()));
        publish(&app, bundle).await;
        let browser = enrolled(&app, "mei@example.com").await;
        let page = browser.get("/courses/walk/lessons/intro").await;
        assert!(!page.has("We will"), "{}", app.test.kind);
        let yes = option(&page, 0);
        let voted = page.submit("Send my answer", &[("choice", &yes)]).await;
        assert_eq!(voted.texts(".poll-result"), ["Yes your answer"]);
        assert!(voted.has("We will see."));
        assert!(voted.has("Only the course’s team sees how everybody chose."));
        let stranger = app.browser().get("/courses/walk/lessons/intro").await;
        let seen = stranger.submit("Send my answer", &[("choice", &yes)]).await;
        assert_eq!(seen.texts(".poll-result"), ["Yes your answer"]);
        app.with_user("staff@example.com", Role::Instructor).await;
        let staff = app.signed_in("staff@example.com").await;
        let counted = staff.get("/courses/walk/lessons/intro").await;
        assert_eq!(counted.texts(".poll-result"), ["Yes 100% · 1", "No 0% · 0"]);
        assert!(counted.has("Learners do not see these results."));
    }
}

#[tokio::test]
async fn what_interrupts_a_film_stands_below_it_with_its_moment() {
    for app in TestApp::both().await {
        with_blocks(&app).await;
        let browser = enrolled(&app, "mei@example.com").await;
        let page = browser.get("/courses/walk/lessons/film").await;
        assert_eq!(
            page.attribute(".moment", "data-at-ms").as_deref(),
            Some("83000")
        );
        assert_eq!(
            page.attribute(".moment", "data-for").as_deref(),
            Some("film")
        );
        assert_eq!(
            page.text(".moment-time a").as_deref(),
            Some("At 1:23 in the film"),
            "{}",
            app.test.kind
        );
        assert!(page.text(".moment .quiz").is_some());
        assert!(page.attribute(".moment-go", "hidden").is_some());
    }
}

#[tokio::test]
async fn long_chains_are_paged_by_links() {
    let apps = TestApp::both().await;
    let app = &apps[0];
    with_blocks(app).await;
    let backend = &app.test.backend;
    let (course, lesson) = (
        Slug::parse("walk").expect("a slug"),
        Slug::parse("together").expect("a slug"),
    );
    for number in 0..22 {
        let user = app
            .with_user(&format!("l{number}@example.com"), Role::Learner)
            .await;
        backend.enrol(user, &course).await.expect("enrolled");
        let viewer = backend::course::Viewer {
            user: Some(user),
            staff: false,
        };
        let text = format!("Case {number}");
        let case = Case {
            text: &text,
            named: false,
            late: Late::default(),
        };
        let put = backend.put_entry(viewer, &course, &lesson, "chain", case);
        put.await.expect("kept");
    }
    let browser = enrolled(app, "mei@example.com").await;
    let first = browser.get(LESSON).await;
    assert_eq!(first.texts(".chain-entry").len(), 20);
    assert!(first.has("22 cases so far"));
    let older = first.attribute(".actions a[rel=nofollow]", "href");
    let older = older.expect("a link to older ones");
    let second = browser.get(&format!("{LESSON}{older}")).await;
    assert_eq!(second.texts(".chain-text"), ["Case 1", "Case 0"]);
    assert!(second.has("Latest cases"));
    let nonsense = browser.get(&format!("{LESSON}?chain=chain&older=x")).await;
    assert_eq!(nonsense.status, 404);
}
