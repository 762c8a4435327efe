//! Polls, chains, cards and what is shown on demand: how they are read and written.

use std::collections::HashSet;

use domain::block::{Block as Interactive, BlockBody, Card, key};

use super::{
    blocks::{Block, Kind, Lines},
    cue, exact,
    fence::Fence,
    fields::{self, At},
    log::Log,
    question::{self, Mark, Piece},
    quote,
};

const MAX_OPTIONS: usize = 20;
const MAX_CARDS: usize = 200;

/// Everything of a block but its id, which is the activity's. `None` when it is no TOML.
pub fn read(block: &mut Block<'_>, log: &Log) -> Option<Interactive> {
    let line = block.head.line;
    let title = match block.kind {
        Kind::Reveal | Kind::Cards => block.head.value("title"),
        _ => None,
    };
    if block.kind == Kind::Reveal && title.as_deref().is_none_or(|title| title.trim().is_empty()) {
        let message = "what is shown on demand needs a title to ask for it by: write title=\"…\"";
        log.say(line, message);
    }
    let cue = cue::read(&mut block.head, log);
    let required = flag("required", block.head.value("required"), line, log);
    let is_private = match block.kind {
        Kind::Poll => flag("private", block.head.value("private"), line, log),
        _ => false,
    };
    let title = title.unwrap_or_default();
    let mut body = if block.is_toml {
        of_toml(block.kind, block.body, line, title, log)?
    } else {
        of_lines(block.kind, block.body, line, title, log)
    };
    if let BlockBody::Poll { private, .. } = &mut body {
        *private = is_private;
    }
    Some(Interactive {
        body,
        required,
        cue,
    })
}

fn flag(name: &str, value: Option<String>, line: usize, log: &Log) -> bool {
    match value.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => {
            log.say(
                line,
                format!("{name} is `{other}`, but has to be true or false"),
            );
            false
        }
    }
}

fn of_lines(kind: Kind, body: Lines<'_>, line: usize, title: String, log: &Log) -> BlockBody {
    match kind {
        Kind::Poll => poll(body, line, log),
        Kind::Chain => chain(body, line, log),
        Kind::Cards => cards(body, line, title, log),
        _ => {
            let text = shown(body, log);
            if text.trim().is_empty() {
                log.say(line, "there is nothing here to show");
            }
            BlockBody::Reveal { title, text }
        }
    }
}

/// Markdown as it stands there.
fn shown(body: Lines<'_>, log: &Log) -> String {
    let mut fence = Fence::default();
    for (line, text) in body.numbered() {
        if !fence.holds(text) && super::blocks::colons(text).is_some() {
            log.say(line, "what is shown on demand holds no other blocks");
        }
    }
    body.join()
}

fn poll(body: Lines<'_>, line: usize, log: &Log) -> BlockBody {
    let (mut prompt, mut options, mut feedback) = (String::new(), Vec::new(), None);
    for piece in question::pieces(body, "poll", Some(Mark::Explanation), log) {
        match piece.mark {
            Mark::Prompt => prompt = question::without_blank_ends(&piece.lines),
            Mark::Option {
                right: false,
                square: false,
            } => options.push(poll_option(&piece, log)),
            Mark::Option { .. } => log.say(
                piece.line,
                "a poll has no right answer: mark its options with ( )",
            ),
            Mark::Explanation => feedback = Some(question::remark("feedback", &piece, log)),
            _ => log.say(
                piece.line,
                "a poll holds nothing but what is asked, options behind ( ) and feedback behind !",
            ),
        }
    }
    asked(&prompt, "this poll asks nothing", line, log);
    finish_poll(prompt, options, feedback, line, log)
}

fn poll_option(piece: &Piece<'_>, log: &Log) -> At<String> {
    let (first, more) = piece.lines.split_first().unwrap_or((&"", &[]));
    if first.trim().is_empty() {
        log.say(
            piece.line,
            "this option is empty: write what it says behind its mark",
        );
    }
    let next = more.iter().position(|text| !text.trim().is_empty());
    if let Some(next) = next {
        log.say(
            piece.line + 1 + next,
            "this line belongs to nothing: an option of a poll has one line",
        );
    }
    At {
        line: piece.line,
        value: first.trim().to_owned(),
    }
}

fn finish_poll(
    prompt: String,
    options: Vec<At<String>>,
    feedback: Option<String>,
    line: usize,
    log: &Log,
) -> BlockBody {
    if !(2..=MAX_OPTIONS).contains(&options.len()) {
        let message = format!(
            "a poll has 2 to {MAX_OPTIONS} options, each behind ( ), here are {}",
            options.len()
        );
        log.say(line, message);
    }
    distinct(&options, "two options of this poll say the same", log);
    BlockBody::Poll {
        prompt,
        options: options.into_iter().map(|option| option.value).collect(),
        feedback,
        private: false,
    }
}

fn chain(body: Lines<'_>, line: usize, log: &Log) -> BlockBody {
    let (mut prompt, mut example) = (String::new(), None);
    for piece in question::pieces(body, "chain", Some(Mark::Explanation), log) {
        match piece.mark {
            Mark::Prompt => prompt = question::without_blank_ends(&piece.lines),
            Mark::Explanation => example = Some(question::remark("example", &piece, log)),
            _ => log.say(
                piece.line,
                "a chain holds nothing but what is asked and an example behind !",
            ),
        }
    }
    asked(&prompt, "this chain asks for nothing", line, log);
    BlockBody::Chain { prompt, example }
}

fn asked(prompt: &str, message: &str, line: usize, log: &Log) {
    if prompt.is_empty() {
        log.say(line, message);
    }
}

fn cards(body: Lines<'_>, line: usize, title: String, log: &Log) -> BlockBody {
    let mut cards: Vec<(At<String>, Option<String>)> = Vec::new();
    for piece in question::pieces(body, "card", None, log) {
        let behind = cards.last_mut().filter(|(_, back)| back.is_none());
        match (piece.mark, behind) {
            (Mark::Prompt, _) => {
                let text = piece.lines.iter().position(|text| !text.trim().is_empty());
                if let Some(at) = text {
                    let message = "this line belongs to nothing: a card begins with ?";
                    log.say(piece.line + at, message);
                }
            }
            (Mark::Hint, behind) => {
                if let Some((front, _)) = behind {
                    log.say(front.line, NO_BACK);
                }
                let value = question::remark("front of a card", &piece, log);
                let line = piece.line;
                cards.push((At { line, value }, None));
            }
            (Mark::Explanation, Some((_, back))) => {
                *back = Some(question::remark("back of a card", &piece, log));
            }
            (Mark::Explanation, None) => {
                log.say(
                    piece.line,
                    "there is no front to this back: write one behind ? before it",
                );
            }
            _ => log.say(
                piece.line,
                "cards hold nothing but fronts behind ? and backs behind !",
            ),
        }
    }
    if let Some((front, None)) = cards.last() {
        log.say(front.line, NO_BACK);
    }
    let whole = cards.into_iter().map(|(front, back)| {
        let back = back.unwrap_or_default();
        (front, back)
    });
    finish_cards(title, whole.collect(), line, log)
}

const NO_BACK: &str = "this card has no back: write it behind ! below the front";

fn finish_cards(
    title: String,
    cards: Vec<(At<String>, String)>,
    line: usize,
    log: &Log,
) -> BlockBody {
    if !(1..=MAX_CARDS).contains(&cards.len()) {
        let message = format!(
            "a deck has 1 to {MAX_CARDS} cards, each with a front behind ?, here are {}",
            cards.len()
        );
        log.say(line, message);
    }
    let (fronts, backs): (Vec<_>, Vec<_>) = cards.into_iter().unzip();
    distinct(&fronts, "two cards have the same front", log);
    let cards = fronts.into_iter().zip(backs).map(|(front, back)| Card {
        front: front.value,
        back,
    });
    BlockBody::Cards {
        title,
        cards: cards.collect(),
    }
}

/// What is kept of an answer is told apart by the words that were answered to.
fn distinct(texts: &[At<String>], message: &str, log: &Log) {
    let mut known = HashSet::new();
    for text in texts {
        if !known.insert(key(&text.value)) {
            log.say(text.line, message);
        }
    }
}

fn of_toml(
    kind: Kind,
    body: Lines<'_>,
    line: usize,
    title: String,
    log: &Log,
) -> Option<BlockBody> {
    if kind == Kind::Reveal {
        let text = exact::text(body, line, log);
        return Some(BlockBody::Reveal { title, text });
    }
    fields::read(
        &body.join(),
        body.first,
        Some(line),
        log,
        |fields| match kind {
            Kind::Poll => {
                let prompt = exact::needed(fields, "prompt");
                let options = fields.texts("options").into_iter();
                let options = options.map(|value| At { line, value }).collect();
                let feedback = fields.text("feedback").map(|text| text.value);
                finish_poll(prompt, options, feedback, line, log)
            }
            Kind::Cards => {
                let cards = fields.tables("card", |fields| {
                    (
                        exact::needed(fields, "front"),
                        exact::needed(fields, "back"),
                    )
                });
                let sides = cards.into_iter().map(|card| {
                    let (value, back) = card.value;
                    let line = card.line;
                    (At { line, value }, back)
                });
                finish_cards(title, sides.collect(), line, log)
            }
            _ => BlockBody::Chain {
                prompt: exact::needed(fields, "prompt"),
                example: fields.text("example").map(|text| text.value),
            },
        },
    )
}

/// The head of a block, up to `form=toml`.
pub fn head(id: &str, block: &Interactive) -> String {
    let mut out = format!("{} #{}", block.body.name(), quote::word(id));
    if let BlockBody::Reveal { title, .. } | BlockBody::Cards { title, .. } = &block.body
        && !title.is_empty()
    {
        out.push_str(&format!(" title={}", quote::line(title)));
    }
    out.push_str(&cue::write(block.cue.as_ref()));
    if let BlockBody::Poll { private: true, .. } = &block.body {
        out.push_str(" private=true");
    }
    if block.required {
        out.push_str(" required=true");
    }
    out
}

/// As people write it. Nothing in it is kept from being taken for a mark.
pub fn plain(body: &BlockBody) -> String {
    match body {
        BlockBody::Poll {
            prompt,
            options,
            feedback,
            ..
        } => {
            let options: String = options
                .iter()
                .map(|option| format!("( ) {option}\n"))
                .collect();
            let feedback = feedback.as_ref().map(|said| format!("\n! {said}\n"));
            format!("{prompt}\n\n{options}{}", feedback.unwrap_or_default())
        }
        BlockBody::Chain { prompt, example } => match example {
            Some(example) => format!("{prompt}\n\n! {example}\n"),
            None => format!("{prompt}\n"),
        },
        BlockBody::Reveal { text, .. } => format!("{text}\n"),
        BlockBody::Cards { cards, .. } => {
            let card = |card: &Card| format!("? {}\n! {}\n", card.front, card.back);
            cards.iter().map(card).collect::<Vec<_>>().join("\n")
        }
    }
}

/// With every text as it is.
pub fn toml(body: &BlockBody) -> String {
    match body {
        BlockBody::Poll {
            prompt,
            options,
            feedback,
            ..
        } => {
            let prompt = quote::lines(prompt);
            let mut out = format!("prompt = {prompt}\n{}", quote::list("options", options));
            if let Some(said) = feedback {
                out.push_str(&format!("feedback = {}\n", quote::lines(said)));
            }
            out
        }
        BlockBody::Chain { prompt, example } => {
            let mut out = format!("prompt = {}\n", quote::lines(prompt));
            if let Some(example) = example {
                out.push_str(&format!("example = {}\n", quote::lines(example)));
            }
            out
        }
        BlockBody::Reveal { text, .. } => exact::of_text(text),
        BlockBody::Cards { cards, .. } => {
            let card = |card: &Card| {
                let (front, back) = (quote::lines(&card.front), quote::lines(&card.back));
                format!("[[card]]\nfront = {front}\nback = {back}\n")
            };
            cards.iter().map(card).collect::<Vec<_>>().join("\n")
        }
    }
}
