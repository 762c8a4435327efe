//! What a page shows of a stage: the questions of an attempt without a word of what is right, and afterwards what
//! there is to learn from it.

use std::collections::{BTreeSet, HashSet};

use domain::{
    Timestamp,
    course::{AnswerKey, Question, Stage},
    ids::Slug,
    lesson::{Input, OptionMark, ShownQuestion},
    quiz::{self, Answers, Score},
    stage::{
        self, AnswerText, ConceptScore, Drawn, Reviewed, ReviewedAnswer, ReviewedQuestion, Sheet,
        StagePage,
    },
};
use serde::{Deserialize, Serialize};

use super::{Place, store};
use crate::{
    Error, Result, Tx,
    course::{self, Remarks, Rendered, Viewer},
    progress,
};

/// What the database holds of a stage, beside its source.
#[derive(Debug, Serialize, Deserialize)]
pub struct RenderedStage {
    /// The whole pool, in the author's order.
    pub quiz: Rendered,
    /// The lessons that teach what is asked for, with their concepts, in the order of the course.
    pub lessons: Vec<(Slug, BTreeSet<String>)>,
}

impl RenderedStage {
    fn parts(&self) -> Result<(&[ShownQuestion], &[Remarks])> {
        match &self.quiz {
            Rendered::Quiz { quiz, remarks } => Ok((&quiz.questions, remarks)),
            _ => Err(Error::internal("a stage that is no quiz")),
        }
    }
}

pub async fn page(tx: &mut Tx, viewer: Viewer, place: &Place, now: Timestamp) -> Result<StagePage> {
    let (stage, _) = place.stage(tx, place.course.version()).await?;
    let user = viewer.user.filter(|_| place.enrolled);
    let shut_by = place
        .way
        .shut_by(place.post.section)
        .filter(|_| user.is_some() && !viewer.staff);
    let (mut standing, mut sheet, mut last) = (None, None, None);
    if let (Some(user), None) = (user, shut_by) {
        standing = Some(place.admission(tx, user, now).await?);
        let whose = place.whose(user);
        if let Some(attempt) = store::going(tx, whose).await? {
            sheet = Some(going(tx, place, &attempt).await?);
        }
        if let Some(attempt) = store::last(tx, whose).await? {
            last = Some(reviewed(tx, place, &attempt).await?);
        }
    }
    let mut cards = [course::card(&place.course)?];
    if let Some(user) = viewer.user {
        progress::add_progress(tx, user, &mut cards).await?;
    }
    let [card] = cards;
    let sections = course::sections(tx, place.course.version()).await?;
    let section = sections
        .into_iter()
        .find(|section| section.slug == place.post.slug.as_str());
    Ok(StagePage {
        course: card,
        section: place.post.slug.clone(),
        section_title: section.map(|section| section.title).unwrap_or_default(),
        title: stage.title.clone(),
        rules: stage.rules,
        questions: questions(&stage),
        staff: viewer.staff,
        standing,
        shut_by: shut_by.map(|post| (post.slug.clone(), post.title.clone())),
        sheet,
        last,
        now,
        zone: "UTC".to_owned(),
        behind: behind(place)?,
    })
}

fn behind(place: &Place) -> Result<Option<(Slug, String)>> {
    let mut lessons = place.lessons.iter();
    lessons
        .find(|lesson| course::count(lesson.section_position) > place.post.section)
        .map(|lesson| {
            let slug = Slug::parse(&lesson.slug).map_err(Error::internal)?;
            Ok((slug, lesson.title.clone()))
        })
        .transpose()
}

async fn going(tx: &mut Tx, place: &Place, attempt: &store::AttemptRow) -> Result<Sheet> {
    let (stage, rendered) = place.stage(tx, attempt.version()).await?;
    let (shown, _) = rendered.parts()?;
    let drawn = stage::draw(&stage, attempt.seed());
    let questions = drawn.iter().enumerate().map(|(number, drawn)| {
        let question = shown
            .get(drawn.question)
            .ok_or_else(|| Error::internal("a question that was not rendered"))?;
        Ok(ShownQuestion {
            // The author's word for a question could tell what is asked for.
            key: number.to_string(),
            prompt_html: question.prompt_html.clone(),
            input: shuffled(&question.input, &drawn.options),
            // A test gives no hints.
            hints_html: Vec::new(),
        })
    });
    Ok(Sheet {
        number: course::count(attempt.number),
        questions: questions.collect::<Result<_>>()?,
    })
}

fn shuffled(input: &Input, order: &[usize]) -> Input {
    let in_order = |options: &[String]| {
        order
            .iter()
            .filter_map(|number| options.get(*number).cloned())
            .collect()
    };
    match input {
        Input::Radio(options) => Input::Radio(in_order(options)),
        Input::Checkboxes(options) => Input::Checkboxes(in_order(options)),
        Input::Dropdown(options) => Input::Dropdown(in_order(options)),
        Input::Text => Input::Text,
        Input::Number => Input::Number,
    }
}

async fn reviewed(tx: &mut Tx, place: &Place, attempt: &store::AttemptRow) -> Result<Reviewed> {
    let (stage, rendered) = place.stage(tx, attempt.version()).await?;
    let unfinished = || Error::internal("an attempt that was handed in without a result");
    let answers: Answers = parse(attempt.answers.as_deref().ok_or_else(unfinished)?)?;
    let concepts: Vec<ConceptScore> = parse(attempt.concepts.as_deref().ok_or_else(unfinished)?)?;
    let (shown, remarks) = rendered.parts()?;
    let drawn = stage::draw(&stage, attempt.seed());
    let questions = drawn.iter().map(|drawn| {
        let at = drawn.question;
        let (Some(question), Some(shown), Some(remarks)) =
            (stage.questions.get(at), shown.get(at), remarks.get(at))
        else {
            return Err(Error::internal("a question that was not rendered"));
        };
        let given = answers.get(&question.key).cloned().unwrap_or_default();
        Ok(review(question, shown, remarks, drawn, &given))
    });
    Ok(Reviewed {
        number: course::count(attempt.number),
        submitted_at: attempt.submitted_at().ok_or_else(unfinished)?,
        score: Score {
            earned: course::count(attempt.earned.unwrap_or_default()),
            possible: course::count(attempt.possible.unwrap_or_default()),
            passed: attempt.passed.unwrap_or_default(),
        },
        questions: questions.collect::<Result<_>>()?,
        lessons: lessons(place, &rendered, &concepts),
        concepts: named(&stage, concepts),
    })
}

/// As learners call the concepts.
fn named(stage: &Stage, concepts: Vec<ConceptScore>) -> Vec<ConceptScore> {
    concepts
        .into_iter()
        .map(|found| ConceptScore {
            concept: stage.name(&found.concept),
            ..found
        })
        .collect()
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(Error::internal)
}

/// The lessons that teach what was missed, as far as the course still has them.
fn lessons(
    place: &Place,
    rendered: &RenderedStage,
    concepts: &[ConceptScore],
) -> Vec<(Slug, String)> {
    let missed: HashSet<&String> = concepts
        .iter()
        .filter(|concept| concept.right < concept.of)
        .map(|concept| &concept.concept)
        .collect();
    let teaching = rendered
        .lessons
        .iter()
        .filter(|(_, taught)| taught.iter().any(|concept| missed.contains(concept)));
    teaching
        .filter_map(|(slug, _)| {
            let mut lessons = place.lessons.iter();
            let lesson = lessons.find(|lesson| lesson.slug == slug.as_str())?;
            Some((slug.clone(), lesson.title.clone()))
        })
        .collect()
}

fn review(
    question: &Question,
    shown: &ShownQuestion,
    remarks: &Remarks,
    drawn: &Drawn,
    given: &[String],
) -> ReviewedQuestion {
    let right = quiz::is_right(&question.answer, given);
    let mark = |right| {
        if right {
            OptionMark::Right
        } else {
            OptionMark::Wrong
        }
    };
    let (given, missed) = match &question.answer {
        AnswerKey::Text { .. } | AnswerKey::Number { .. } => {
            let typed = given.iter().filter(|text| !text.trim().is_empty());
            let expected = quiz::expected(&question.answer).filter(|_| !right);
            (
                typed.map(|text| plain(text.clone(), mark(right))).collect(),
                expected
                    .map(|text| plain(text, OptionMark::None))
                    .into_iter()
                    .collect(),
            )
        }
        AnswerKey::Choice { options }
        | AnswerKey::Choices { options }
        | AnswerKey::Dropdown { options } => {
            let one = |number: usize, mark| {
                Some(ReviewedAnswer {
                    text: option_text(&shown.input, number)?,
                    mark,
                    feedback_html: remarks.feedback(number).cloned(),
                })
            };
            let is_right = |number: usize| options.get(number).is_some_and(|option| option.right);
            let (chosen, rest): (Vec<usize>, Vec<usize>) = drawn
                .options
                .iter()
                .partition(|number| given.contains(&number.to_string()));
            let missed = rest.into_iter().filter(|number| is_right(*number));
            (
                chosen
                    .into_iter()
                    .filter_map(|number| one(number, mark(is_right(number))))
                    .collect(),
                missed
                    .filter_map(|number| one(number, OptionMark::None))
                    .collect(),
            )
        }
    };
    ReviewedQuestion {
        prompt_html: shown.prompt_html.clone(),
        right,
        given,
        missed,
        explanation_html: remarks.explanation().cloned(),
    }
}

fn plain(text: String, mark: OptionMark) -> ReviewedAnswer {
    ReviewedAnswer {
        text: AnswerText::Plain(text),
        mark,
        feedback_html: None,
    }
}

fn option_text(input: &Input, number: usize) -> Option<AnswerText> {
    match input {
        Input::Radio(options) | Input::Checkboxes(options) => {
            options.get(number).cloned().map(AnswerText::Html)
        }
        Input::Dropdown(options) => options.get(number).cloned().map(AnswerText::Plain),
        Input::Text | Input::Number => None,
    }
}

/// How many questions an attempt has.
fn questions(stage: &Stage) -> u32 {
    let pool = u32::try_from(stage.questions.len()).unwrap_or(u32::MAX);
    stage.rules.draw.map_or(pool, |draw| draw.min(pool))
}
