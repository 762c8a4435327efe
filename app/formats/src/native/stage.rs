//! The test at the end of a section: a table in `section.toml` and questions in `stage.md`.

use std::collections::{BTreeMap, HashMap};

use domain::course::{Question, Quiz, Rules, Stage, Text};

use super::{
    blocks::{self, Item, Kind, Lines},
    fields::{At, Fields},
    lesson::{Mention, percent, unique},
    log::Log,
    question, quote,
};

/// A year: nobody waits longer for another attempt.
pub const MAX_COOL_DOWN: u32 = 525_600;

/// What stands in the table.
#[derive(Debug)]
pub struct Head {
    pub line: Option<usize>,
    title: String,
    rules: Rules,
    names: BTreeMap<String, String>,
}

pub fn head(fields: &mut Fields<'_>, log: &Log) -> Head {
    let title = fields.said("title");
    let draw = fields.count("draw");
    let pass = fields.text("pass");
    let attempts = fields.weight("attempts").filter(|attempts| *attempts > 0);
    let cool_down = fields.text("cool_down");
    let names = fields.named("names").into_iter();
    Head {
        names: names.map(|(tag, name)| (tag, name.value)).collect(),
        line: fields.line(),
        title,
        rules: Rules {
            draw,
            pass_percent: pass.map_or(Quiz::DEFAULT_PASS_PERCENT, |pass| {
                percent(&pass.value, pass.line, log)
            }),
            attempts,
            cool_down_minutes: cool_down.map_or(0, |text| minutes(&text, log)),
        },
    }
}

/// `90m`, `4h` or `2d`.
fn minutes(text: &At<String>, log: &Log) -> u32 {
    let units = [("m", 1), ("h", 60), ("d", 1440)];
    let found = units.into_iter().find_map(|(unit, minutes)| {
        let number: u32 = text.value.strip_suffix(unit)?.trim().parse().ok()?;
        number.checked_mul(minutes)
    });
    found
        .filter(|minutes| *minutes <= MAX_COOL_DOWN)
        .unwrap_or_else(|| {
            let message = format!(
                "cool_down is `{}`, but has to be minutes, hours or days like 30m, 4h or 2d, at most 365d",
                text.value
            );
            log.say(text.line, message);
            0
        })
}

/// The questions of the file, and what they refer to.
pub fn questions(source: &str, log: &Log) -> (Vec<Question>, Vec<Mention>) {
    let lines: Vec<&str> = source.split('\n').collect();
    let (mut questions, mut mentions) = (Vec::new(), Vec::new());
    let mut keys = HashMap::new();
    let all = Lines {
        first: 1,
        all: &lines,
    };
    for item in blocks::split(all, log) {
        let block = match item {
            Item::Block(block) if block.kind == Kind::Question => block,
            Item::Block(block) => {
                log.say(block.head.line, ONLY_QUESTIONS);
                continue;
            }
            Item::Text { line, .. } => {
                log.say(line, ONLY_QUESTIONS);
                continue;
            }
        };
        let line = block.head.line;
        let Some(question) = question::read(block, log) else {
            continue;
        };
        unique(&mut keys, &question.key, line, log);
        mentions.extend(question::texts(&question).map(|text| {
            let value = Text::Markdown(text.clone());
            Mention::Text(At { line, value })
        }));
        questions.push(question);
    }
    (questions, mentions)
}

const ONLY_QUESTIONS: &str =
    "a stage holds blocks ::: question and nothing else: put the rest into a lesson";

/// The table and the questions together, if they fit.
pub fn stage(head: Head, questions: Vec<Question>, log: &Log) -> Stage {
    let Head {
        title,
        rules,
        names,
        ..
    } = head;
    if questions.is_empty() && log.is_empty() {
        log.say(1, "this stage has no question");
    }
    if let Some(draw) = rules.draw
        && u64::from(draw) > questions.len() as u64
        && log.is_empty()
    {
        let message = format!(
            "draw is {draw}, but there are only {} questions: write more, or draw fewer",
            questions.len()
        );
        log.say(None, message);
    }
    Stage {
        title,
        rules,
        questions,
        names,
    }
}

/// The table in `section.toml`.
pub fn table(stage: &Stage) -> String {
    let mut out = format!("\n[stage]\ntitle = {}\n", quote::lines(&stage.title));
    let Rules {
        draw,
        pass_percent,
        attempts,
        cool_down_minutes,
    } = stage.rules;
    if let Some(draw) = draw {
        out.push_str(&format!("draw = {draw}\n"));
    }
    if pass_percent != Quiz::DEFAULT_PASS_PERCENT {
        out.push_str(&format!("pass = \"{pass_percent}%\"\n"));
    }
    if let Some(attempts) = attempts {
        out.push_str(&format!("attempts = {attempts}\n"));
    }
    if cool_down_minutes > 0 {
        let (number, unit) = match cool_down_minutes {
            days if days.is_multiple_of(1440) => (days / 1440, 'd'),
            hours if hours.is_multiple_of(60) => (hours / 60, 'h'),
            minutes => (minutes, 'm'),
        };
        out.push_str(&format!("cool_down = \"{number}{unit}\"\n"));
    }
    for (tag, name) in &stage.names {
        let (tag, name) = (quote::key(tag), quote::lines(name));
        out.push_str(&format!("names.{tag} = {name}\n"));
    }
    out
}
