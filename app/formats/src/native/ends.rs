//! Where blocks end, and what is wrong with their ends.

use super::{
    blocks::{Kind, Lines, colons},
    fence::Fence,
    log::Log,
};

/// Lines of fenced code that are passed over in a question. Where code does not end, the search for its end would
/// else go to the end of the file, for every question.
const MAX_CODE: usize = 1000;

/// Leaves out a block that is not known, if it ends before the next one begins.
pub fn behind_unknown(lines: Lines<'_>, from: usize, count: usize) -> usize {
    let rest = lines.part(from, lines.all.len());
    let next = rest
        .all
        .iter()
        .position(|line| colons(line).is_some_and(|(other, _)| other >= count));
    let closing =
        next.filter(|at| rest.all.get(*at).and_then(|line| colons(line)) == Some((count, "")));
    closing.map_or(from, |at| from + at + 1)
}

/// Where a block ends: with the line that closes it, or open before a line.
#[derive(Clone, Copy, Debug)]
pub enum End {
    Closed(usize),
    Open(usize),
}

/// What a block without blocks in it looks like.
#[derive(Debug)]
pub struct Inside {
    /// Of colons that open and close it.
    pub count: usize,
    /// Of colons that close the quiz around it.
    pub quiz: Option<usize>,
    /// Its fenced code holds no marks.
    pub is_markdown: bool,
}

impl Inside {
    /// Where the block ends that opens on line `at`, after it was said what is wrong with the end.
    pub fn end_of(&self, lines: Lines<'_>, at: usize, log: &Log) -> End {
        let mut found = self.end(lines, at + 1, self.is_markdown);
        if let (End::Open(_), true) = (found, self.is_markdown)
            && let End::Closed(closed) = self.end(lines, at + 1, false)
        {
            if let Some(fence) = open_fence(lines.part(at + 1, closed)) {
                log.say(fence, "this fenced code does not end within the block: close it with a line of the same marks");
            }
            found = End::Closed(closed);
        }
        if let End::Closed(closed) = found {
            same_colons(lines, at, closed, log);
        }
        found
    }

    /// A line of as many colons closes, and one of more is meant to. A block that opens with as many shows that the
    /// line was forgotten, because blocks inside have fewer.
    fn end(&self, lines: Lines<'_>, from: usize, is_markdown: bool) -> End {
        let mut fence = Fence::default();
        let mut code = 0;
        for (at, line) in lines.all.iter().enumerate().skip(from) {
            if is_markdown && fence.holds(line) {
                code += 1;
                if code > MAX_CODE {
                    break;
                }
                continue;
            }
            code = 0;
            match colons(line) {
                Some((count, "")) if count != self.count && Some(count) == self.quiz => {
                    return End::Open(at);
                }
                Some((count, "")) if count >= self.count => return End::Closed(at),
                Some((count, rest)) if count >= self.count && Kind::of(rest).is_some() => {
                    return End::Open(at);
                }
                _ => {}
            }
        }
        End::Open(lines.all.len())
    }
}

pub fn same_colons(lines: Lines<'_>, open: usize, closed: usize, log: &Log) {
    let count = |at: usize| {
        lines
            .all
            .get(at)
            .and_then(|line| colons(line))
            .map_or(0, |(count, _)| count)
    };
    let (opening, closing) = (count(open), count(closed));
    if opening != closing {
        let line = lines.first + open;
        let message = format!(
            "the block on line {line} opens with {opening} colons, so it cannot close with {closing}"
        );
        log.say(lines.first + closed, message);
    }
}

/// The line of the fence that is still open at the end.
fn open_fence(lines: Lines<'_>) -> Option<usize> {
    let mut fence = Fence::default();
    let mut opened = None;
    for (number, line) in lines.numbered() {
        if !fence.is_open() {
            opened = Some(number);
        }
        fence.holds(line);
    }
    opened.filter(|_| fence.is_open())
}
