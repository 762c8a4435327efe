//! `problem` blocks: each becomes a quiz, each of its responses a question.

mod answers;
mod editor;
mod options;
mod parts;
mod pattern;
pub mod prose;
mod script;
mod table;
mod walk;

use domain::course::{Activity, ActivityBody, AnswerKey, Question, Quiz};

use super::{
    blocks,
    context::Context,
    dom, html, naming,
    outline::Block,
    pieces,
    xml::{Child, Element},
};
use answers::Place;
use walk::Draft;

/// More than a quiz of one problem needs, less than a weight can do harm.
const MAX_WEIGHT: f64 = 100.0;

pub fn activities(context: &mut Context<'_>, block: &Block) -> Vec<Activity> {
    let key = blocks::key(block);
    let name = if block.title.is_empty() {
        &key
    } else {
        &block.title
    };
    let what = format!("problem “{name}”");
    let from_editor = block
        .element
        .value("markdown")
        .filter(|_| block.element.is_empty());
    let from_editor = from_editor.map(|text| editor::parse(&block.file, text));
    let root = from_editor.as_ref().unwrap_or(&block.element);
    let refusal = if root.is_empty() {
        Some("it is empty")
    } else if script::has_variables(root) {
        Some("a script makes its texts and answers anew for each learner")
    } else {
        None
    };
    if let Some(why) = refusal {
        context.record.left_out(&block.file, &what, why);
        return Vec::new();
    }
    let place = Place {
        file: &block.file,
        key: &key,
        name,
    };
    let found = walk::walk(context, place, root);
    let asks = !found.drafts.is_empty();
    if !asks {
        let nothing = pieces::is_blank(&found.before) && pieces::is_blank(&found.after);
        unanswerable(context, place, nothing);
    }
    let text_key = if asks {
        format!("{key}-text")
    } else {
        key.clone()
    };
    let mut activities = text(context, place, &text_key, found.before);
    if asks {
        quiz(
            context,
            block,
            place,
            (found.drafts, found.hints),
            &mut activities,
        );
    }
    activities.extend(text(context, place, &text_key, found.after));
    activities
}

/// Says that nothing of a problem is asked.
fn unanswerable(context: &mut Context<'_>, place: Place<'_>, nothing: bool) {
    let what = format!("problem “{}”", place.name);
    if nothing {
        context
            .record
            .left_out(place.file, &what, "nothing of it can be answered here");
    } else {
        let why = "it has no question that can be answered here; its text stays, without hints and explanation";
        context.record.converted(place.file, &what, why);
    }
}

/// What is only to be read.
fn text(
    context: &mut Context<'_>,
    place: Place<'_>,
    key: &str,
    children: Vec<Child>,
) -> Vec<Activity> {
    let clean = html::clean(
        context,
        place.file,
        place.key,
        pieces::without_outer_breaks(children),
    );
    if clean.is_blank() {
        Vec::new()
    } else {
        blocks::from_clean(context, key, clean)
    }
}

/// Puts the quiz behind the activities, and before it the media that stood in its prompts.
fn quiz(
    context: &mut Context<'_>,
    block: &Block,
    place: Place<'_>,
    (drafts, hints): (Vec<Draft>, Vec<Vec<Child>>),
    activities: &mut Vec<Activity>,
) {
    let alone = drafts.len() == 1;
    let weight = block
        .element
        .value("weight")
        .and_then(|weight| weight.parse::<f64>().ok())
        .filter(|_| alone)
        .unwrap_or(1.0);
    let mut questions = Vec::new();
    let mut hints: Vec<String> = hints
        .into_iter()
        .map(|hint| prose::markdown(context, place.file, place.key, hint).0)
        .collect();
    hints.retain(|hint| !hint.is_empty());
    for draft in drafts {
        let (mut question, media) = question(context, place, draft);
        // In range, so that it fits; what is no number becomes 0.
        question.weight = weight.round().clamp(1.0, MAX_WEIGHT) as u32;
        // The hints of a problem are about all of it; the first question is where people begin.
        question.hints = std::mem::take(&mut hints);
        for media in media {
            activities.push(blocks::media(
                context,
                &format!("{}-video", place.key),
                media,
            ));
        }
        context.record.keep("question");
        questions.push(question);
    }
    let title = if naming::is_generic_component(&block.title) {
        String::new()
    } else {
        block.title.clone()
    };
    let quiz = Quiz {
        title,
        pass_percent: Quiz::DEFAULT_PASS_PERCENT,
        questions,
        cue: None,
    };
    context.record.keep("quiz");
    activities.push(Activity {
        key: context.keys.unique(place.key),
        body: ActivityBody::Quiz { quiz },
    });
}

fn question(
    context: &mut Context<'_>,
    place: Place<'_>,
    draft: Draft,
) -> (Question, Vec<domain::course::Media>) {
    let (prompt, media) = prose::markdown(context, place.file, place.key, draft.prompt);
    let label = draft.label.map(|label| prose::plain(&label));
    let prompt = [Some(prompt), label, Some(prose::plain(place.name))]
        .into_iter()
        .flatten()
        .find(|prompt| !prompt.is_empty());
    let (explanation, _) = prose::markdown(
        context,
        place.file,
        place.key,
        without_heading(draft.explanation),
    );
    let parts: Vec<String> = std::iter::once(explanation)
        .chain(draft.remarks)
        .filter(|part| !part.is_empty())
        .collect();
    let question = Question {
        key: context.questions.unique(place.key),
        prompt: prompt.unwrap_or_default(),
        answer: draft.answer,
        hints: Vec::new(),
        explanation: (!parts.is_empty()).then(|| parts.join("\n\n")),
        concepts: Vec::new(),
        weight: 1,
    };
    debug_assert!(
        is_answerable(&question.answer),
        "every question has a right answer"
    );
    (question, media)
}

fn is_answerable(answer: &AnswerKey) -> bool {
    match answer {
        AnswerKey::Choice { options } | AnswerKey::Dropdown { options } => {
            options.iter().filter(|option| option.right).count() == 1
        }
        AnswerKey::Choices { options } => !options.is_empty(),
        AnswerKey::Text { accepted } => !accepted.is_empty(),
        AnswerKey::Number { value, tolerance } => value.is_finite() && tolerance.is_finite(),
    }
}

/// An explanation without the word “Explanation” that Studio puts above it: the portal has a heading of its own.
fn without_heading(mut children: Vec<Child>) -> Vec<Child> {
    fn is_heading(element: &Element) -> bool {
        const WORDS: [&str; 8] = [
            "explanation",
            "solution",
            "answer",
            "explicación",
            "explication",
            "解释",
            "解析",
            "答案",
        ];
        let text = dom::visible_text(&element.children).to_lowercase();
        WORDS.contains(&text.trim_end_matches([':', '：', '.']).trim())
    }
    let first = children
        .iter()
        .position(|child| !matches!(child, Child::Text(text) if text.trim().is_empty()));
    if let Some(Child::Element(element)) = first.and_then(|at| children.get_mut(at)) {
        if is_heading(element) {
            return children.split_off(first.unwrap_or_default() + 1);
        }
        if matches!(element.tag.as_str(), "div" | "section" | "span" | "text") {
            element.children = without_heading(std::mem::take(&mut element.children));
        }
    }
    children
}
