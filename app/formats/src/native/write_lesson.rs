//! Writes activities. Each is written in the plainest form that is read as the same activity again: whether it is
//! one is found out by reading it.

use domain::{
    block::{Block as Interactive, Cue},
    course::{Activity, ActivityBody, AnswerKey, Choice, MediaKind, Question, Quiz, Text},
};

use super::{
    answer::Kind,
    blocks::colons,
    cue, exact, interactive,
    lesson::{HEAD, read, run_key},
    log::Log,
    media, quote,
};

/// `folder` is the folder that the lesson lies in.
pub fn activities(activities: &[Activity], folder: &str) -> String {
    let mut out = String::new();
    let mut runs = 0;
    // Two runs behind each other would be one.
    let mut is_behind_run = false;
    for activity in activities {
        let run = as_run(activity, runs).filter(|_| !is_behind_run);
        is_behind_run = run.is_some();
        runs += usize::from(is_behind_run);
        out.push('\n');
        out.push_str(&run.unwrap_or_else(|| as_block(activity, folder)));
    }
    out
}

/// A text that can stand outside of blocks, behind `runs` others that do.
fn as_run(activity: &Activity, runs: usize) -> Option<String> {
    let ActivityBody::Text {
        text: Text::Markdown(source),
    } = &activity.body
    else {
        return None;
    };
    let run = format!("{source}\n");
    let first = Activity {
        key: run_key(1),
        body: activity.body.clone(),
    };
    (activity.key == run_key(runs + 1) && reads_as(&run, &first)).then_some(run)
}

fn as_block(activity: &Activity, folder: &str) -> String {
    match &activity.body {
        ActivityBody::Text { text } => text_block(activity, text),
        ActivityBody::Media { media } => {
            let name = match media.kind {
                MediaKind::Video => "video",
                MediaKind::Audio => "audio",
            };
            block(name, &media::write(&activity.key, media, folder))
        }
        ActivityBody::Quiz { quiz } => quiz_block(&activity.key, quiz),
        ActivityBody::Block { block } => interactive_block(activity, block),
    }
}

/// Whether the text is read as this activity and nothing else, without a problem.
fn reads_as(text: &str, activity: &Activity) -> bool {
    let log = Log::new("");
    // As text files are read.
    let text = text.replace("\r\n", "\n");
    let lesson = read(&format!("{HEAD}\ntitle = \"-\"\n{HEAD}\n{text}"), "", &log);
    log.is_empty() && lesson.activities.as_slice() == std::slice::from_ref(activity)
}

fn text_block(activity: &Activity, text: &Text) -> String {
    let (name, source) = match text {
        Text::Markdown(source) => ("text", source),
        Text::Html(source) => ("html", source),
    };
    let head = format!("{name} #{}", quote::word(&activity.key));
    let plain = block(&head, &format!("{source}\n"));
    if reads_as(&plain, activity) {
        plain
    } else {
        block(&format!("{head} form=toml"), &exact::of_text(source))
    }
}

fn interactive_block(activity: &Activity, interactive: &Interactive) -> String {
    let head = interactive::head(&activity.key, interactive);
    let plain = block(&head, &interactive::plain(&interactive.body));
    if reads_as(&plain, activity) {
        plain
    } else {
        let body = interactive::toml(&interactive.body);
        block(&format!("{head} form=toml"), &body)
    }
}

/// A block around lines, with as many colons as keep it apart from what it holds.
fn block(head: &str, body: &str) -> String {
    let inside = body
        .split('\n')
        .filter_map(|line| colons(line))
        .map(|(count, _)| count)
        .max();
    let marks = ":".repeat(inside.map_or(3, |count| count + 1));
    format!("{marks} {head}\n{body}{marks}\n")
}

fn quiz_block(key: &str, quiz: &Quiz) -> String {
    if let [only] = quiz.questions.as_slice()
        && only.key == key
        && *quiz == alone(only, quiz.cue.as_ref())
    {
        return question_block(only, quiz.cue.as_ref());
    }
    let mut head = format!("quiz #{}", quote::word(key));
    if quiz.pass_percent != Quiz::DEFAULT_PASS_PERCENT {
        head.push_str(&format!(" pass={}%", quiz.pass_percent));
    }
    if !quiz.title.is_empty() {
        head.push_str(&format!(" title={}", quote::line(&quiz.title)));
    }
    head.push_str(&cue::write(quiz.cue.as_ref()));
    let questions = quiz.questions.iter();
    let questions: String = questions
        .map(|question| question_block(question, None))
        .collect();
    block(&head, &questions)
}

/// The quiz that a question outside of quizzes makes.
fn alone(question: &Question, cue: Option<&Cue>) -> Quiz {
    Quiz {
        title: String::new(),
        pass_percent: Quiz::DEFAULT_PASS_PERCENT,
        questions: vec![question.clone()],
        cue: cue.cloned(),
    }
}

fn question_block(question: &Question, cue: Option<&Cue>) -> String {
    let head = format!(
        "question {} #{}",
        Kind::of(&question.answer).name(),
        quote::word(&question.key)
    );
    let head = format!("{head}{}", cue::write(cue));
    let plain = block(&format!("{head}{}", attributes(question)), &plain(question));
    let body = ActivityBody::Quiz {
        quiz: alone(question, cue),
    };
    if reads_as(
        &plain,
        &Activity {
            key: question.key.clone(),
            body,
        },
    ) {
        return plain;
    }
    block(&format!("{head} form=toml"), &exact::of_question(question))
}

/// The pool of a stage.
pub fn questions(pool: &[Question]) -> String {
    pool.iter()
        .map(|question| question_block(question, None))
        .collect::<Vec<_>>()
        .join("\n")
}

fn attributes(question: &Question) -> String {
    let mut out = String::new();
    if !question.concepts.is_empty() {
        out.push_str(&format!(
            " concepts={}",
            quote::word(&question.concepts.join(","))
        ));
    }
    if question.weight != 1 {
        out.push_str(&format!(" weight={}", question.weight));
    }
    out
}

/// The body of a question as people write it. Nothing in it is kept from being taken for a mark.
fn plain(question: &Question) -> String {
    let mut out = format!("{}\n\n", question.prompt);
    match &question.answer {
        AnswerKey::Choice { options } | AnswerKey::Dropdown { options } => {
            options
                .iter()
                .for_each(|option| out.push_str(&plain_option(option, ["( )", "(x)"])));
        }
        AnswerKey::Choices { options } => {
            options
                .iter()
                .for_each(|option| out.push_str(&plain_option(option, ["[ ]", "[x]"])));
        }
        AnswerKey::Text { accepted } => {
            accepted
                .iter()
                .for_each(|answer| out.push_str(&format!("= {answer}\n")));
        }
        AnswerKey::Number { value, tolerance } => out.push_str(&plain_number(*value, *tolerance)),
    }
    for hint in &question.hints {
        out.push_str(&format!("\n? {hint}\n"));
    }
    if let Some(explanation) = &question.explanation {
        out.push_str(&format!("\n! {explanation}\n"));
    }
    out
}

fn plain_option(option: &Choice, [wrong, right]: [&str; 2]) -> String {
    let mark = if option.right { right } else { wrong };
    let mut out = format!("{mark} {}\n", option.text);
    for line in option
        .feedback
        .iter()
        .flat_map(|feedback| feedback.split('\n'))
    {
        let indent = if line.is_empty() { "" } else { "    " };
        out.push_str(&format!("{indent}{line}\n"));
    }
    out
}

fn plain_number(value: f64, tolerance: f64) -> String {
    let short = |number: f64| {
        let digits = quote::number(number);
        digits
            .strip_suffix(".0")
            .map_or(digits.clone(), str::to_owned)
    };
    if tolerance == 0.0 {
        format!("= {}\n", short(value))
    } else {
        format!("= {} +- {}\n", short(value), short(tolerance))
    }
}
