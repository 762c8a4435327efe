//! Splits a lesson into runs of Markdown and blocks between lines of colons.

use super::{fence::Fence, head::Head, log::Log};

/// Some lines of a file.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'a> {
    /// Number of the first one in the file.
    pub first: usize,
    pub all: &'a [&'a str],
}

#[derive(Debug)]
pub enum Item<'a> {
    Text { line: usize, source: String },
    Block(Block<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Video,
    Audio,
    Html,
    Text,
    Question,
    Quiz,
}

#[derive(Debug)]
pub struct Block<'a> {
    pub kind: Kind,
    pub head: Head,
    /// The content is TOML though the block has another form, too.
    pub is_toml: bool,
    pub body: Lines<'a>,
    /// What a quiz holds.
    pub questions: Vec<Block<'a>>,
}

impl<'a> Lines<'a> {
    fn part(self, from: usize, to: usize) -> Self {
        Self {
            first: self.first + from,
            all: self.all.get(from..to).unwrap_or_default(),
        }
    }

    pub fn join(self) -> String {
        self.all.join("\n")
    }

    /// The lines with their numbers.
    pub fn numbered(self) -> impl Iterator<Item = (usize, &'a str)> {
        (self.first..).zip(self.all.iter().copied())
    }
}

impl Kind {
    const NAMES: [(&'static str, Self); 6] = [
        ("video", Self::Video),
        ("audio", Self::Audio),
        ("html", Self::Html),
        ("text", Self::Text),
        ("question", Self::Question),
        ("quiz", Self::Quiz),
    ];

    /// What a head opens, by its first word.
    fn of(head: &str) -> Option<Self> {
        let name = head.split_whitespace().next()?;
        Some(Self::NAMES.iter().find(|(known, _)| *known == name)?.1)
    }
}

/// How many colons a line begins with, if they are enough, and what stands behind them.
pub fn colons(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(':');
    let count = line.len() - rest.len();
    (count >= 3).then_some((count, rest.trim()))
}

pub fn split<'a>(lines: Lines<'a>, log: &Log) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut fence = Fence::default();
    let (mut at, mut run, mut fenced) = (0, 0, lines.first);
    while let Some(line) = lines.all.get(at) {
        if !fence.is_open() {
            fenced = lines.first + at;
        }
        if fence.holds(line) {
            at += 1;
            continue;
        }
        let Some((_, rest)) = colons(line) else {
            misplaced(line, lines.first + at, log);
            at += 1;
            continue;
        };
        items.extend(text(lines.part(run, at)));
        if rest.is_empty() {
            log.say(
                lines.first + at,
                "there is no open block that these colons could close",
            );
            at += 1;
        } else {
            let (block, next) = block(lines, at, None, log);
            items.extend(block.map(Item::Block));
            at = next;
        }
        run = at;
    }
    if fence.is_open() {
        log.say(
            fenced,
            "this fenced code does not end: close it with a line of the same marks",
        );
    }
    items.extend(text(lines.part(run, at)));
    items
}

/// Blocks that would be shown as text though somebody meant them.
fn misplaced(line: &str, number: usize, log: &Log) {
    let inner = line.trim_start();
    let blanks = line.len() - inner.len();
    if inner.starts_with("：：：") {
        log.say(number, "a block begins with ASCII colons, :::");
    } else if (1..4).contains(&blanks)
        && colons(inner).is_some_and(|(_, rest)| Kind::of(rest).is_some())
    {
        log.say(
            number,
            "a block begins at the start of its line: take the blanks away",
        );
    }
}

/// Markdown without the blank lines around it, if there is any.
fn text(lines: Lines<'_>) -> Option<Item<'_>> {
    let is_text = |line: &&str| !line.trim().is_empty();
    let first = lines.all.iter().position(is_text)?;
    let last = lines.all.iter().rposition(is_text)?;
    let lines = lines.part(first, last + 1);
    Some(Item::Text {
        line: lines.first,
        source: lines.join(),
    })
}

/// The block that opens at a line, unless it is beyond help, and where to go on.
/// `quiz` is the number of colons around the quiz that it stands in.
fn block<'a>(
    lines: Lines<'a>,
    at: usize,
    quiz: Option<usize>,
    log: &Log,
) -> (Option<Block<'a>>, usize) {
    let (count, rest) = lines
        .all
        .get(at)
        .and_then(|line| colons(line))
        .unwrap_or_default();
    let line = lines.first + at;
    let Some(kind) = Kind::of(rest) else {
        let known = Kind::NAMES.map(|(name, _)| name).join(", ");
        log.say(
            line,
            format!("there is no block `{rest}`; blocks are {known}"),
        );
        return (None, behind_unknown(lines, at + 1, count));
    };
    let mut head = Head::read(rest, line, log);
    head.word();
    let is_toml = matches!(kind, Kind::Html | Kind::Text | Kind::Question)
        && head.value("form").is_some_and(|form| {
            if form != "toml" {
                log.say(line, format!("there is no form `{form}`, only form=toml"));
            }
            form == "toml"
        });
    let inside = Inside {
        count,
        quiz,
        is_markdown: kind == Kind::Question && !is_toml,
    };
    let (questions, end) = match kind {
        Kind::Quiz => questions(lines, at, count, log),
        _ => (Vec::new(), inside.end_of(lines, at, log)),
    };
    let end = match end {
        End::Closed(end) => end,
        End::Open(next) => {
            let colons = ":".repeat(count);
            log.say(
                line,
                format!("this block does not end: close it with a line {colons}"),
            );
            return (None, next);
        }
    };
    let body = lines.part(at + 1, end);
    let block = Block {
        kind,
        head,
        is_toml,
        body,
        questions,
    };
    (Some(block), end + 1)
}

/// Leaves out a block that is not known, if it ends before the next one begins.
fn behind_unknown(lines: Lines<'_>, from: usize, count: usize) -> usize {
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
enum End {
    Closed(usize),
    Open(usize),
}

/// What a block without blocks in it looks like.
struct Inside {
    /// Of colons that open and close it.
    count: usize,
    /// Of colons that close the quiz around it.
    quiz: Option<usize>,
    /// Its fenced code holds no marks.
    is_markdown: bool,
}

impl Inside {
    /// Where the block ends that opens on line `at`, after it was said what is wrong with the end.
    fn end_of(&self, lines: Lines<'_>, at: usize, log: &Log) -> End {
        let mut found = self.end(lines, at + 1, self.is_markdown);
        if let (End::Open(_), true) = (&found, self.is_markdown)
            && let End::Closed(closed) = self.end(lines, at + 1, false)
            && let Some(fence) = open_fence(lines.part(at + 1, closed))
        {
            log.say(fence, "this fenced code does not end within the block: close it with a line of the same marks");
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
        for (at, line) in lines.all.iter().enumerate().skip(from) {
            if is_markdown && fence.holds(line) {
                continue;
            }
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

fn same_colons(lines: Lines<'_>, open: usize, closed: usize, log: &Log) {
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

/// What the quiz holds that opens on line `open` with `count` colons, and where it ends.
fn questions<'a>(lines: Lines<'a>, open: usize, count: usize, log: &Log) -> (Vec<Block<'a>>, End) {
    let mut questions = Vec::new();
    let mut at = open + 1;
    // Each mistake is said once for all lines that follow each other.
    let (mut is_same_told, mut is_text_told) = (false, false);
    while let Some(line) = lines.all.get(at) {
        match colons(line) {
            Some((other, "")) if other >= count => {
                same_colons(lines, open, at, log);
                return (questions, End::Closed(at));
            }
            Some((other, rest)) if Kind::of(rest) == Some(Kind::Question) => {
                if other >= count && !is_same_told {
                    let more = ":".repeat(other + 1);
                    let message = format!(
                        "a quiz takes more colons than its questions: open and close it with {more}"
                    );
                    log.say(lines.first + open, message);
                    is_same_told = true;
                }
                let (question, next) = block(lines, at, Some(count), log);
                questions.extend(question);
                (at, is_text_told) = (next, false);
                continue;
            }
            Some((other, rest)) if other >= count && Kind::of(rest).is_some() => {
                return (questions, End::Open(at));
            }
            _ if line.trim().is_empty() || is_text_told => {}
            _ => {
                let message =
                    "a quiz holds nothing but questions: move this out of it, or into one";
                log.say(lines.first + at, message);
                is_text_told = true;
            }
        }
        at += 1;
    }
    (questions, End::Open(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Vec<String>, Vec<String>) {
        let log = Log::new("a.md");
        let all: Vec<&str> = source.split('\n').collect();
        let items = split(
            Lines {
                first: 1,
                all: &all,
            },
            &log,
        );
        let shown = items.into_iter().map(|item| match item {
            Item::Text { line, source } => format!("{line}: {source}"),
            Item::Block(block) => {
                let questions = block.questions.iter().map(|question| question.body.join());
                let inside: Vec<String> = questions.collect();
                format!(
                    "{}: {:?} {} {inside:?}",
                    block.head.line,
                    block.kind,
                    block.body.join()
                )
            }
        });
        let shown = shown.collect();
        (
            shown,
            log.into_problems()
                .iter()
                .map(ToString::to_string)
                .collect(),
        )
    }

    #[test]
    fn text_and_blocks_follow_each_other() {
        let (items, problems) = read(
            "\na\n\n::: html #x\n<p>\n:::\nb\n\n:::: quiz #q\n::: question choice #a\nA\n:::\n\n::::\n",
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            items,
            [
                "2: a",
                "4: Html <p> []",
                "7: b",
                "9: Quiz ::: question choice #a\nA\n:::\n [\"A\"]"
            ]
        );
    }

    #[test]
    fn code_holds_no_blocks() {
        let code = "```\n::: video\n:::\n```";
        assert_eq!(read(code), (vec![format!("1: {code}")], vec![]));
        let (items, problems) = read(&format!("::: question text #a\n{code}\n:::"));
        assert_eq!(problems, [""; 0]);
        assert_eq!(items, [format!("1: Question {code} []")]);
    }

    #[test]
    fn what_is_not_closed_is_found() {
        for (source, expected) in [
            (
                "a\n::: html #a\n<p>",
                "a.md:2: this block does not end: close it with a line :::",
            ),
            (
                "::: html #a\n::: video\n:::",
                "a.md:1: this block does not end: close it with a line :::",
            ),
            (
                "::: html #a\n::::",
                "a.md:2: the block on line 1 opens with 3 colons, so it cannot close with 4",
            ),
            (
                ":::",
                "a.md:1: there is no open block that these colons could close",
            ),
            (
                "a\n```\n::: html #a\n:::",
                "a.md:2: this fenced code does not end: close it with a line of the same marks",
            ),
            (
                "::: question text #a\n~~~\n:::\nb",
                "a.md:2: this fenced code does not end within the block: close it with a line of the same marks",
            ),
            (
                "::: quiz #q\n::: question text #a\n:::\n::: question text #b\n:::\n:::\na",
                "a.md:1: a quiz takes more colons than its questions: open and close it with ::::",
            ),
        ] {
            assert_eq!(read(source).1, [expected], "{source}");
        }
    }

    #[test]
    fn what_was_meant_as_a_block_is_found() {
        for (source, expected) in [
            (
                "::: vidoe\n:::",
                "a.md:1: there is no block `vidoe`; blocks are video, audio, html, text, question, quiz",
            ),
            (
                "  ::: video\n",
                "a.md:1: a block begins at the start of its line: take the blanks away",
            ),
            (
                "：：： video",
                "a.md:1: a block begins with ASCII colons, :::",
            ),
            (
                ":::: quiz #q\none\ntwo\n::::",
                "a.md:2: a quiz holds nothing but questions: move this out of it, or into one",
            ),
        ] {
            assert_eq!(read(source).1, [expected], "{source}");
        }
    }
}
