//! Splits a lesson into runs of Markdown and blocks between lines of colons.

use super::{
    ends::{End, Inside, behind_unknown, same_colons},
    fence::Fence,
    head::Head,
    log::Log,
};

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
    Poll,
    Chain,
    Reveal,
    Cards,
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
    pub fn part(self, from: usize, to: usize) -> Self {
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
    const NAMES: [(&'static str, Self); 10] = [
        ("video", Self::Video),
        ("audio", Self::Audio),
        ("html", Self::Html),
        ("text", Self::Text),
        ("question", Self::Question),
        ("quiz", Self::Quiz),
        ("poll", Self::Poll),
        ("chain", Self::Chain),
        ("reveal", Self::Reveal),
        ("cards", Self::Cards),
    ];

    /// What a head opens, by its first word.
    pub fn of(head: &str) -> Option<Self> {
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
    let has_forms = !matches!(kind, Kind::Video | Kind::Audio | Kind::Quiz);
    let is_toml = has_forms
        && head.value("form").is_some_and(|form| {
            if form != "toml" {
                log.say(line, format!("there is no form `{form}`, only form=toml"));
            }
            form == "toml"
        });
    let inside = Inside {
        count,
        quiz,
        is_markdown: !is_toml && has_forms && !matches!(kind, Kind::Html | Kind::Text),
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
                "a.md:1: there is no block `vidoe`; blocks are video, audio, html, text, question, quiz, poll, chain, reveal, cards",
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
