use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::course::Choice;

const RULES: Rules = Rules {
    draw: Some(3),
    pass_percent: 70,
    attempts: Some(2),
    cool_down_minutes: 240,
};

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn question(key: usize, options: usize, concepts: &[&str]) -> Question {
    let choice = |number: usize| Choice {
        text: number.to_string(),
        right: number == 0,
        feedback: None,
    };
    Question {
        key: format!("q{key}"),
        prompt: String::new(),
        answer: AnswerKey::Choice {
            options: (0..options).map(choice).collect(),
        },
        hints: vec![],
        explanation: None,
        concepts: concepts.iter().map(ToString::to_string).collect(),
        weight: 1,
    }
}

fn post(section: u32, cleared: bool) -> Post {
    Post {
        section,
        slug: Slug::parse("a").expect("a slug"),
        title: String::new(),
        cleared,
    }
}

#[test]
fn a_stage_shuts_what_is_behind_it_and_nothing_else() {
    let posts = [post(2, false), post(0, true), post(1, false)];
    for open in [0, 1] {
        assert_eq!(shut_by(&posts, open, false), None, "{open}");
    }
    for shut in [2, 3, 9] {
        let post = shut_by(&posts, shut, false).expect("shut");
        assert_eq!(post.section, 1, "the first that is not cleared");
        assert_eq!(shut_by(&posts, shut, true), None, "begun stays open");
    }
}

#[test]
fn attempts_run_out_and_need_a_pause() {
    let now = moment("2026-03-02T12:00:00Z");
    let after = |submitted, last: Option<&str>| History {
        submitted,
        last_submitted_at: last.map(moment),
        ..History::default()
    };
    let fresh = after(0, None);
    assert_eq!(
        admission(&RULES, &fresh, now),
        Admission::Ready { left: Some(2) }
    );
    let pausing = after(1, Some("2026-03-02T08:00:01Z"));
    let until = moment("2026-03-02T12:00:01Z");
    let waiting = Admission::Waiting {
        until,
        left: Some(1),
    };
    assert_eq!(admission(&RULES, &pausing, now), waiting);
    assert_eq!(
        admission(&RULES, &pausing, until),
        Admission::Ready { left: Some(1) }
    );
    let spent = after(2, Some("2026-03-01T00:00:00Z"));
    assert_eq!(admission(&RULES, &spent, now), Admission::Spent);
    let endless = Rules {
        attempts: None,
        cool_down_minutes: 0,
        ..RULES
    };
    assert_eq!(
        admission(&endless, &after(999, Some("2026-03-02T12:00:00Z")), now),
        Admission::Ready { left: None }
    );
    let forever = Rules {
        cool_down_minutes: u32::MAX,
        ..RULES
    };
    let waiting = admission(&forever, &pausing, now);
    assert!(matches!(waiting, Admission::Waiting { .. }));
}

#[test]
fn what_was_reached_is_not_asked_for_again() {
    let now = moment("2026-03-02T12:00:00Z");
    let history = History {
        submitted: 2,
        going: true,
        ..History::default()
    };
    assert_eq!(admission(&RULES, &history, now), Admission::Going);
    let opened = History {
        opened: true,
        ..history
    };
    assert_eq!(admission(&RULES, &opened, now), Admission::Opened);
    let passed = History {
        passed: true,
        ..opened
    };
    assert_eq!(admission(&RULES, &passed, now), Admission::Passed);
}

#[test]
fn the_result_is_told_by_concept() {
    let stage = Stage {
        title: String::new(),
        names: BTreeMap::new(),
        rules: Rules {
            draw: None,
            ..RULES
        },
        questions: vec![
            question(0, 2, &["b", "a", "b"]),
            question(1, 2, &["a"]),
            question(2, 2, &[]),
        ],
    };
    let answers = Answers::from([
        ("q0".into(), vec!["0".into()]),
        ("q1".into(), vec!["1".into()]),
    ]);
    let (score, concepts) = mark(&stage, &draw(&stage, 7), &answers);
    assert_eq!((score.earned, score.possible, score.passed), (1, 3, false));
    let told: Vec<_> = concepts
        .iter()
        .map(|found| (found.concept.as_str(), found.right, found.of))
        .collect();
    assert_eq!(told, [("a", 1, 2), ("b", 1, 1)]);
}

#[test]
fn what_is_typed_is_no_option() {
    let drawn = Drawn {
        question: 0,
        options: vec![],
    };
    let key = AnswerKey::Text {
        accepted: vec!["a".into()],
    };
    assert_eq!(drawn.given(&key, &["7".into(), "b".into()]), ["7"]);
    assert!(Drawn::is_blank(&key, &["  ".into()]));
    let boxes = AnswerKey::Choices { options: vec![] };
    assert!(!Drawn::is_blank(&boxes, &[]));
}

fn any_stage() -> impl Strategy<Value = Stage> {
    let concepts = prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "d"]), 0..3);
    let questions = prop::collection::vec((0..6_usize, concepts), 0..20);
    (questions, prop::option::of(0..25_u32)).prop_map(|(questions, draw)| Stage {
        title: String::new(),
        names: BTreeMap::new(),
        rules: Rules { draw, ..RULES },
        questions: questions
            .into_iter()
            .enumerate()
            .map(|(key, (options, concepts))| question(key, options, &concepts))
            .collect(),
    })
}

/// Attempts hold a seed, not questions: should this ever change, so would every test that is going on.
#[test]
fn a_draw_is_the_same_for_ever() {
    let stage = Stage {
        title: String::new(),
        names: BTreeMap::new(),
        rules: RULES,
        questions: (0..8)
            .map(|key| question(key, 3, &[["a", "b"][key % 2]]))
            .collect(),
    };
    let drawn = |seed| {
        let drawn = draw(&stage, seed).into_iter();
        drawn
            .map(|drawn| (drawn.question, drawn.options))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        format!("{:?}", drawn(1)),
        "[(7, [0, 2, 1]), (3, [0, 2, 1]), (0, [2, 0, 1])]"
    );
    assert_eq!(
        format!("{:?}", drawn(u64::MAX)),
        "[(0, [2, 1, 0]), (5, [2, 1, 0]), (3, [2, 1, 0])]"
    );
}

proptest! {
    #[test]
    fn a_draw_is_the_same_for_the_same_seed(stage in any_stage(), seed: u64) {
        prop_assert_eq!(draw(&stage, seed), draw(&stage, seed));
    }

    #[test]
    fn a_draw_holds_each_question_once_and_as_many_as_it_should(stage in any_stage(), seed: u64) {
        let drawn = draw(&stage, seed);
        let wanted = stage.rules.draw.map_or(stage.questions.len(), |draw| draw as usize);
        prop_assert_eq!(drawn.len(), wanted.min(stage.questions.len()));
        let mut places: Vec<usize> = drawn.iter().map(|drawn| drawn.question).collect();
        places.sort_unstable();
        places.dedup();
        prop_assert_eq!(places.len(), drawn.len());
        for found in &drawn {
            let mut options = found.options.clone();
            options.sort_unstable();
            let all: Vec<usize> = (0..option_count(&stage.questions[found.question].answer)).collect();
            prop_assert_eq!(options, all);
        }
    }

    #[test]
    fn every_concept_is_asked_for_if_there_is_room(stage in any_stage(), seed: u64) {
        let concepts = |places: &[usize]| {
            let found = places.iter().flat_map(|place| stage.questions[*place].concepts.clone());
            found.collect::<BTreeSet<String>>()
        };
        let all = concepts(&(0..stage.questions.len()).collect::<Vec<_>>());
        let drawn: Vec<usize> = draw(&stage, seed).iter().map(|drawn| drawn.question).collect();
        if drawn.len() >= all.len() {
            prop_assert_eq!(concepts(&drawn), all);
        }
    }

    #[test]
    fn what_was_chosen_on_the_page_is_found_in_the_author_s_order(stage in any_stage(), seed: u64) {
        for drawn in draw(&stage, seed) {
            let key = &stage.questions[drawn.question].answer;
            for (shown, original) in drawn.options.iter().enumerate() {
                prop_assert_eq!(drawn.given(key, &[shown.to_string()]), vec![original.to_string()]);
            }
            prop_assert!(drawn.given(key, &["99".into(), "-1".into(), "x".into()]).is_empty());
        }
    }

    #[test]
    fn answering_all_right_passes_and_nothing_does_not(stage in any_stage(), seed: u64) {
        prop_assume!(stage.questions.iter().all(|question| option_count(&question.answer) > 0));
        let drawn = draw(&stage, seed);
        let right: Answers = stage.questions.iter().map(|question| (question.key.clone(), vec!["0".into()])).collect();
        let (score, concepts) = mark(&stage, &drawn, &right);
        prop_assert!(score.passed && score.earned == score.possible);
        prop_assert!(concepts.iter().all(|found| found.right == found.of));
        let (score, _) = mark(&stage, &drawn, &Answers::new());
        prop_assert!(drawn.is_empty() || !score.passed);
    }
}
