//! Questions as people write them.

use domain::course::{AnswerKey, Choice, Question};

use super::{
    answer::{Draft, Kind},
    blocks::{Block, Lines, colons},
    exact,
    fence::Fence,
    fields::At,
    log::Log,
};

/// `None` when nobody could tell what is asked for.
pub fn read(block: Block<'_>, log: &Log) -> Option<Question> {
    let mut head = block.head;
    let line = head.line;
    let name = head.word();
    let kind = name.as_deref().and_then(Kind::parse);
    if kind.is_none() {
        let found = name.map_or("the kind of question is missing".to_owned(), |name| {
            format!("there is no kind of question `{name}`")
        });
        log.say(line, format!("{found}; kinds are {}", Kind::names()));
    }
    let key = head.id();
    if key.is_none() {
        log.say(
            line,
            "a question needs an id: write a # and a name that no other question of the lesson has",
        );
    }
    let (weight, concepts) = if block.is_toml {
        (1, Vec::new())
    } else {
        let concepts = head.value("concepts").map(|concepts| listed(&concepts));
        (
            weight(head.value("weight"), line, log),
            concepts.unwrap_or_default(),
        )
    };
    head.finish(log);
    let kind = kind?;
    let draft = if block.is_toml {
        exact::question(kind, block.body, line, log)?
    } else {
        let draft = Draft {
            weight,
            concepts,
            ..Draft::default()
        };
        plain(kind, block.body, line, draft, log)
    };
    Some(draft.finish(kind, key.unwrap_or_default(), line, log))
}

fn weight(value: Option<String>, line: usize, log: &Log) -> u32 {
    let Some(value) = value else { return 1 };
    value.parse().unwrap_or_else(|_| {
        log.say(
            line,
            format!("weight is `{value}`, but has to be a whole number"),
        );
        1
    })
}

fn listed(concepts: &str) -> Vec<String> {
    let names = concepts.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    Prompt,
    Option { right: bool, square: bool },
    Answer,
    Hint,
    Explanation,
}

/// What a mark begins, up to the next one.
pub struct Piece<'a> {
    pub mark: Mark,
    pub line: usize,
    /// The first line without its mark.
    pub lines: Vec<&'a str>,
}

fn plain(kind: Kind, body: Lines<'_>, line: usize, mut draft: Draft, log: &Log) -> Draft {
    for piece in pieces(body, "question", Some(Mark::Explanation), log) {
        match piece.mark {
            Mark::Prompt => draft.prompt = without_blank_ends(&piece.lines),
            Mark::Option { right, square } => {
                draft
                    .options
                    .extend(option(kind, &piece, right, square, log));
            }
            Mark::Answer => answer(kind, &piece, &mut draft, log),
            Mark::Hint => draft.hints.push(remark("hint", &piece, log)),
            Mark::Explanation => draft.explanation = Some(remark("explanation", &piece, log)),
        }
    }
    if draft.prompt.is_empty() {
        log.say(
            line,
            "this question asks nothing: write what is asked before the answers",
        );
    }
    draft
}

/// What the marks part the lines of a block into; the piece of the mark `last` runs to the end.
pub fn pieces<'a>(body: Lines<'a>, block: &str, last: Option<Mark>, log: &Log) -> Vec<Piece<'a>> {
    let mut piece = Piece {
        mark: Mark::Prompt,
        line: body.first,
        lines: Vec::new(),
    };
    let mut pieces = Vec::new();
    let mut fence = Fence::default();
    for (line, text) in body.numbered() {
        if fence.is_open() {
            fence.holds(text);
            piece.lines.push(text);
            continue;
        }
        if colons(text).is_some() {
            log.say(line, format!("a {block} holds no other blocks"));
        }
        let marked = if last == Some(piece.mark) {
            None
        } else {
            marked(text)
        };
        let rest = marked.map_or(text, |(_, rest)| rest);
        if let Some((mark, _)) = marked {
            let begun = Piece {
                mark,
                line,
                lines: Vec::new(),
            };
            pieces.push(std::mem::replace(&mut piece, begun));
        }
        fence.holds(rest);
        piece.lines.push(rest);
    }
    pieces.push(piece);
    pieces
}

/// The mark at the start of a line, and what is behind it.
fn marked(line: &str) -> Option<(Mark, &str)> {
    const MARKS: [(&str, Mark); 9] = [
        (
            "( )",
            Mark::Option {
                right: false,
                square: false,
            },
        ),
        (
            "(x)",
            Mark::Option {
                right: true,
                square: false,
            },
        ),
        (
            "(X)",
            Mark::Option {
                right: true,
                square: false,
            },
        ),
        (
            "[ ]",
            Mark::Option {
                right: false,
                square: true,
            },
        ),
        (
            "[x]",
            Mark::Option {
                right: true,
                square: true,
            },
        ),
        (
            "[X]",
            Mark::Option {
                right: true,
                square: true,
            },
        ),
        ("=", Mark::Answer),
        ("?", Mark::Hint),
        ("!", Mark::Explanation),
    ];
    MARKS.iter().find_map(|(sign, mark)| {
        let rest = line.strip_prefix(sign)?;
        let ends = rest.is_empty() || rest.starts_with([' ', '\t']);
        ends.then(|| (*mark, rest.trim_start()))
    })
}

fn option(
    kind: Kind,
    piece: &Piece<'_>,
    right: bool,
    square: bool,
    log: &Log,
) -> Option<At<Choice>> {
    if !kind.has_options() {
        let message = format!(
            "a {} question has no options: write its right answer behind a =",
            kind.name()
        );
        log.say(piece.line, message);
        return None;
    }
    if square != (kind == Kind::Choices) {
        let (wanted, found) = if square {
            ("( )", "[ ]")
        } else {
            ("[ ]", "( )")
        };
        let message = format!(
            "options of a {} question are marked with {wanted}, not {found}",
            kind.name()
        );
        log.say(piece.line, message);
    }
    let (first, feedback) = piece.lines.split_first()?;
    let text = first.trim().to_owned();
    if text.is_empty() {
        log.say(
            piece.line,
            "this option is empty: write what it says behind its mark",
        );
    }
    let mut fence = Fence::default();
    for (line, text) in (piece.line + 1..).zip(feedback) {
        let is_code = fence.holds(text);
        if !is_code && !text.trim().is_empty() && !text.starts_with([' ', '\t']) {
            log.say(
                line,
                "this line belongs to nothing: indent it if it is feedback on the option above",
            );
            break;
        }
    }
    let feedback = without_blank_ends(&outdented(feedback));
    let feedback = (!feedback.is_empty()).then_some(feedback);
    Some(At {
        line: piece.line,
        value: Choice {
            text,
            right,
            feedback,
        },
    })
}

fn answer(kind: Kind, piece: &Piece<'_>, draft: &mut Draft, log: &Log) {
    let (first, more) = piece.lines.split_first().unwrap_or((&"", &[]));
    let text = first.trim();
    for (line, _) in (piece.line + 1..)
        .zip(more)
        .filter(|(_, text)| !text.trim().is_empty())
        .take(1)
    {
        log.say(line, "this line belongs to nothing: an answer has one line");
    }
    match kind {
        Kind::Choice | Kind::Choices | Kind::Dropdown => {
            log.say(
                piece.line,
                format!(
                    "a {} question has options, not an answer behind =",
                    kind.name()
                ),
            );
        }
        Kind::Text if text.is_empty() => log.say(piece.line, "the answer behind = is missing"),
        Kind::Text => draft.accepted.push(text.to_owned()),
        Kind::Number => {
            let value = number(text).unwrap_or_else(|| {
                log.say(
                    piece.line,
                    format!(
                        "`{text}` is no number: write it like = 42, = 3.14 +- 0.01 or = 200 +- 5%"
                    ),
                );
                (0.0, 0.0)
            });
            draft.numbers.push(At {
                line: piece.line,
                value,
            });
        }
    }
}

/// A number and its tolerance.
fn number(text: &str) -> Option<(f64, f64)> {
    let decimal = |text: &str| {
        let digits = text.trim();
        let is_plain = digits
            .chars()
            .all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
        digits
            .parse::<f64>()
            .ok()
            .filter(|value| is_plain && value.is_finite())
    };
    let Some((value, tolerance)) = text.split_once("+-").or_else(|| text.split_once('±')) else {
        return Some((decimal(text)?, 0.0));
    };
    let value = decimal(value)?;
    let tolerance = match tolerance.trim().strip_suffix('%') {
        Some(percent) => decimal(percent)? * value.abs() / 100.0,
        None => decimal(tolerance)?,
    };
    Some((value, tolerance))
}

pub fn remark(what: &str, piece: &Piece<'_>, log: &Log) -> String {
    let (first, more) = piece.lines.split_first().unwrap_or((&"", &[]));
    let mut lines = vec![*first];
    lines.extend(outdented(more));
    let text = without_blank_ends(&lines);
    if text.is_empty() {
        log.say(
            piece.line,
            format!("this {what} says nothing: write it behind the mark"),
        );
    }
    text
}

/// The lines without the blanks that all of them begin with.
fn outdented<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let written = lines.iter().filter(|line| !line.trim().is_empty());
    let indents = written.map(|line| &line[..line.len() - line.trim_start().len()]);
    let common = indents.reduce(|one, other| {
        let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
        &one[..same.map(|(a, _)| a.len_utf8()).sum()]
    });
    let common = common.unwrap_or_default();
    lines
        .iter()
        .map(|line| line.strip_prefix(common).unwrap_or(line.trim_start()))
        .collect()
}

pub fn without_blank_ends(lines: &[&str]) -> String {
    let is_text = |line: &&str| !line.trim().is_empty();
    let first = lines.iter().position(is_text).unwrap_or(0);
    let last = lines.iter().rposition(is_text).map_or(0, |last| last + 1);
    lines.get(first..last).unwrap_or_default().join("\n")
}

/// Every text of a question that may refer to files and lessons.
pub fn texts(question: &Question) -> impl Iterator<Item = &String> {
    let options: &[Choice] = match &question.answer {
        AnswerKey::Choice { options }
        | AnswerKey::Choices { options }
        | AnswerKey::Dropdown { options } => options,
        AnswerKey::Text { .. } | AnswerKey::Number { .. } => &[],
    };
    let remarks = question.hints.iter().chain(&question.explanation);
    let options = options
        .iter()
        .flat_map(|option| std::iter::once(&option.text).chain(&option.feedback));
    std::iter::once(&question.prompt)
        .chain(options)
        .chain(remarks)
}
