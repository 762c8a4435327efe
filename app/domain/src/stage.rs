//! Stages: the test at the end of a section, which opens the sections behind it.

mod shown;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    course::{AnswerKey, Question, Quiz, Rules, Stage},
    ids::Slug,
    quiz::{self, Answers, Given, Score},
};

pub use shown::{AnswerText, Reviewed, ReviewedAnswer, ReviewedQuestion, Sheet, StagePage};

/// A stage on a learner's way through a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Position of the section that it ends, from 0.
    pub section: u32,
    /// Slug of that section.
    pub slug: Slug,
    pub title: String,
    /// The learner has passed it, or the school has opened it for them.
    pub cleared: bool,
}

/// The first stage that shuts a section to a learner. A section in which they have begun stays open, whatever
/// stages a later version puts before it: nobody loses what they had.
#[must_use]
pub fn shut_by(posts: &[Post], section: u32, begun: bool) -> Option<&Post> {
    posts
        .iter()
        .filter(|post| !begun && !post.cleared && post.section < section)
        .min_by_key(|post| post.section)
}

/// What a learner has done at a stage so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct History {
    /// Attempts that were handed in.
    pub submitted: u32,
    pub last_submitted_at: Option<Timestamp>,
    /// An attempt was begun and not handed in.
    pub going: bool,
    pub passed: bool,
    /// The school has opened the way.
    pub opened: bool,
}

/// Whether a learner may begin an attempt, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Admission {
    Passed,
    /// By the school.
    Opened,
    /// One is going on.
    Going,
    /// `left`: attempts, with the one that may begin; `None`: any number.
    Ready {
        left: Option<u32>,
    },
    Waiting {
        until: Timestamp,
        left: Option<u32>,
    },
    /// Every attempt was used.
    Spent,
}

#[must_use]
pub fn admission(rules: &Rules, history: &History, now: Timestamp) -> Admission {
    if history.passed {
        return Admission::Passed;
    }
    if history.opened {
        return Admission::Opened;
    }
    // What was begun may be ended, even where a new version allows fewer attempts.
    if history.going {
        return Admission::Going;
    }
    let left = rules
        .attempts
        .map(|attempts| attempts.saturating_sub(history.submitted));
    if left == Some(0) {
        return Admission::Spent;
    }
    let pause = SignedDuration::from_secs(i64::from(rules.cool_down_minutes) * 60);
    let until = history
        .last_submitted_at
        .map(|last| last.checked_add(pause).unwrap_or(Timestamp::MAX));
    match until {
        Some(until) if until > now => Admission::Waiting { until, left },
        _ => Admission::Ready { left },
    }
}

/// A question of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its place in the pool.
    pub question: usize,
    /// The author's number of each option, in the order in which they are shown. Empty for typed answers.
    pub options: Vec<usize>,
}

/// Draws and shuffles the questions of an attempt: the same for the same pool and seed. Each concept of the pool
/// is asked for, as long as there are as many questions as concepts.
#[must_use]
pub fn draw(stage: &Stage, seed: u64) -> Vec<Drawn> {
    let mut dice = Dice(seed);
    let pool = &stage.questions;
    let count = stage.rules.draw.map_or(pool.len(), |draw| {
        usize::try_from(draw).unwrap_or(usize::MAX).min(pool.len())
    });
    let mut rest: Vec<usize> = (0..pool.len()).collect();
    dice.shuffle(&mut rest);
    let names: BTreeSet<&String> = pool
        .iter()
        .flat_map(|question| &question.concepts)
        .collect();
    let mut concepts: Vec<&String> = names.into_iter().collect();
    dice.shuffle(&mut concepts);
    let mut taken: Vec<usize> = Vec::with_capacity(count);
    for concept in concepts {
        let asks = |at: &usize| pool[*at].concepts.contains(concept);
        if taken.len() == count || taken.iter().any(asks) {
            continue;
        }
        if let Some(place) = rest.iter().position(asks) {
            taken.push(rest.remove(place));
        }
    }
    let missing = count - taken.len();
    taken.extend(rest.into_iter().take(missing));
    dice.shuffle(&mut taken);
    taken
        .into_iter()
        .map(|question| {
            let mut options: Vec<usize> = (0..option_count(&pool[question].answer)).collect();
            dice.shuffle(&mut options);
            Drawn { question, options }
        })
        .collect()
}

fn option_count(answer: &AnswerKey) -> usize {
    match answer {
        AnswerKey::Choice { options }
        | AnswerKey::Dropdown { options }
        | AnswerKey::Choices { options } => options.len(),
        AnswerKey::Text { .. } | AnswerKey::Number { .. } => 0,
    }
}

impl Drawn {
    /// What was given on the page, by the author's numbers of the options. What names no option is dropped.
    #[must_use]
    pub fn given(&self, key: &AnswerKey, shown: &[String]) -> Given {
        if option_count(key) == 0 {
            return quiz::possible(key, shown);
        }
        let numbers = shown.iter().filter_map(|text| text.parse::<usize>().ok());
        let original: Vec<String> = numbers
            .filter_map(|number| self.options.get(number))
            .map(ToString::to_string)
            .collect();
        quiz::possible(key, &original)
    }

    /// Whether the question was left out. Of checkboxes none may be right, so they never are.
    #[must_use]
    pub fn is_blank(key: &AnswerKey, given: &[String]) -> bool {
        match key {
            AnswerKey::Choices { .. } => false,
            _ => given.iter().all(|answer| answer.trim().is_empty()),
        }
    }
}

/// How much of a concept was right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConceptScore {
    pub concept: String,
    pub right: u32,
    pub of: u32,
}

/// Marks an attempt; `answers` are by the author's numbers of the options.
#[must_use]
pub fn mark(stage: &Stage, drawn: &[Drawn], answers: &Answers) -> (Score, Vec<ConceptScore>) {
    let questions: Vec<Question> = drawn
        .iter()
        .filter_map(|drawn| stage.questions.get(drawn.question).cloned())
        .collect();
    let mut concepts: Vec<ConceptScore> = Vec::new();
    for question in &questions {
        let right = answers
            .get(&question.key)
            .is_some_and(|given| quiz::is_right(&question.answer, given));
        // One that is named twice counts once.
        for concept in question.concepts.iter().collect::<BTreeSet<_>>() {
            let at = concepts.iter().position(|known| known.concept == *concept);
            let at = at.unwrap_or_else(|| {
                concepts.push(ConceptScore {
                    concept: concept.clone(),
                    right: 0,
                    of: 0,
                });
                concepts.len() - 1
            });
            concepts[at].of += 1;
            concepts[at].right += u32::from(right);
        }
    }
    concepts.sort_by(|a, b| a.concept.cmp(&b.concept));
    let quiz = Quiz {
        title: String::new(),
        pass_percent: stage.rules.pass_percent,
        questions,
        cue: None,
    };
    (quiz::mark(&quiz, answers), concepts)
}

/// SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", 2014): small, the same on
/// every machine for ever, and good enough to shuffle questions.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `limit`, by the high half of a product, which is even enough for a page of questions.
    fn below(&mut self, limit: usize) -> usize {
        let product = u128::from(self.next()) * limit as u128;
        // Less than `limit`, so it fits.
        (product >> 64) as usize
    }

    /// Fisher and Yates.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
