//! Chapters of a film: `[[chapter]]` with the time at which it begins and its title.

use domain::course::Chapter;

use super::{
    fields::{At, Fields},
    log::Log,
    quote,
};

/// More parts than this help nobody to find anything.
const MAX: usize = 200;

pub fn read(fields: &mut Fields<'_>, seconds: Option<u32>, log: &Log) -> Vec<Chapter> {
    let found = fields.tables("chapter", |fields| {
        let at = fields.needed("at");
        let title = fields.said("title");
        Some((at?, title))
    });
    let mut chapters: Vec<Chapter> = Vec::new();
    for (At { line, value }, title) in found.into_iter().filter_map(|found| found.value) {
        let Some(at) = read_clock(&value) else {
            log.say(
                line,
                format!("`{value}` is no time: write minutes and seconds, like 1:05"),
            );
            continue;
        };
        if chapters.last().is_some_and(|last| last.at >= at) {
            log.say(line, "chapters stand in the order of their time: this one begins no later than the one before");
        }
        if seconds.is_some_and(|seconds| at >= seconds) {
            log.say(line, "this chapter begins after the end: see `seconds`");
        }
        if chapters.len() == MAX {
            log.say(line, format!("there are more than {MAX} chapters"));
            break;
        }
        chapters.push(Chapter { at, title });
    }
    chapters
}

/// What [`read`] reads.
pub fn write(chapters: &[Chapter]) -> String {
    let table = |chapter: &Chapter| {
        format!(
            "[[chapter]]\nat = \"{}\"\ntitle = {}\n",
            clock(chapter.at),
            quote::line(&chapter.title)
        )
    };
    chapters.iter().map(table).collect()
}

/// Seconds in `1:05` or `1:02:03`.
fn read_clock(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let below_sixty = |text: &str| number(text).filter(|number| *number < 60);
    match parts.as_slice() {
        [minutes, seconds] => number(minutes)?
            .checked_mul(60)?
            .checked_add(below_sixty(seconds)?),
        [hours, minutes, seconds] => number(hours)?
            .checked_mul(3600)?
            .checked_add(below_sixty(minutes)? * 60 + below_sixty(seconds)?),
        _ => None,
    }
}

fn clock(at: u32) -> String {
    let (hours, minutes, seconds) = (at / 3600, at / 60 % 60, at % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}
