//! What came of an attempt, topic by topic and question by question.

use domain::{
    lesson::OptionMark,
    stage::{
        AnswerText, ConceptScore, Reviewed, ReviewedAnswer, ReviewedQuestion, StagePage as Stage,
    },
};
use leptos::prelude::*;

use crate::{
    t,
    ui::{Html, Icon, IconName},
};

/// The result; `stage.last` is the attempt that it is about.
#[component]
pub fn Outcome(stage: Stage, last: Reviewed) -> impl IntoView {
    let title = if last.score.passed {
        t!("stage-passed-title")
    } else {
        t!("stage-failed-title")
    };
    let language = stage.course.language.clone();
    let missed = last
        .concepts
        .iter()
        .any(|concept| concept.right < concept.of);
    let lessons = last.lessons.clone();
    view! {
        <section class="stage-result" id="stage-result" aria-labelledby="stage-result-title">
            <h2 class="stage-result-title" id="stage-result-title">
                <span class="blaze" data-state=if last.score.passed { "done" } else { "begun" } aria-hidden="true"></span>
                {title}
            </h2>
            <p data-testid="stage-score">
                {t!("stage-score", "earned" => last.score.earned, "possible" => last.score.possible, "percent" => i64::from(stage.rules.pass_percent))}
            </p>
            {concepts(last.concepts, &language)}
            {(missed && !lessons.is_empty()).then(|| view! {
                <h3>{t!("stage-lessons")}</h3>
                <ul class="stage-lessons" lang=language>
                    {lessons.into_iter().map(|(slug, title)| view! {
                        <li><a href=format!("/courses/{}/lessons/{slug}", stage.course.slug)>{title}</a></li>
                    }).collect::<Vec<_>>()}
                </ul>
            })}
        </section>
    }
}

fn concepts(concepts: Vec<ConceptScore>, language: &str) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = concepts
        .into_iter()
        .map(|found| {
            let name = found.concept;
            view! {
                <li class="stage-concept">
                    <span class="stage-concept-name" lang=language.to_owned()>{name}</span>
                    <progress value=found.right max=found.of aria-hidden="true"></progress>
                    <span class="stage-concept-score">{t!("stage-concept", "right" => found.right, "of" => found.of)}</span>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{t!("stage-concepts")}</h3>
            <ul class="stage-concepts">{rows}</ul>
        }
    })
}

/// Mistakes in full; what was right waits behind one press.
#[component]
pub fn Review(language: String, last: Reviewed) -> impl IntoView {
    let numbered = (1_usize..).zip(last.questions);
    let (right, wrong): (Vec<_>, Vec<_>) = numbered.partition(|(_, question)| question.right);
    let count = right.len();
    let shown = |questions: Vec<(usize, ReviewedQuestion)>| {
        questions
            .into_iter()
            .map(|(number, question)| reviewed(number, question))
            .collect::<Vec<_>>()
    };
    view! {
        <section class="stage-review" aria-labelledby="stage-review-title">
            <h2 id="stage-review-title">{t!("stage-review")}</h2>
            <div class="quiz-questions" lang=language.clone()>{shown(wrong)}</div>
            {(count > 0).then(|| view! {
                <details class="question-help">
                    <summary>{t!("stage-right-ones", "count" => count)}</summary>
                    <div class="quiz-questions" lang=language>{shown(right)}</div>
                </details>
            })}
        </section>
    }
}

fn reviewed(number: usize, question: ReviewedQuestion) -> AnyView {
    let mark = if question.right { "right" } else { "wrong" };
    let (icon, words) = if question.right {
        (IconName::CircleCheck, t!("verdict-right"))
    } else {
        (IconName::CircleAlert, t!("verdict-wrong"))
    };
    let locale = crate::visit::locale().tag();
    let nothing = question
        .given
        .is_empty()
        .then(|| view! { <p class="stage-given" lang=locale>{t!("stage-no-answer")}</p> });
    let answers = question.given.into_iter().chain(question.missed);
    let answers: Vec<_> = answers.map(answer_view).collect();
    view! {
        <article class="question" data-mark=mark>
            <div class="question-text">
                <span class="question-number">{number}</span>
                <span class="question-prompt"><Html html=question.prompt_html inline=true/></span>
            </div>
            {nothing}
            {answers}
            <div class="verdict" data-mark=mark>
                <Icon name=icon/>
                <div>
                    <b lang=locale>{words}</b>
                    " "
                    {question.explanation_html.map(|html| view! { <Html html inline=true/> })}
                </div>
            </div>
        </article>
    }
    .into_any()
}

/// Colours only repeat what the words say.
fn answer_view(answer: ReviewedAnswer) -> impl IntoView {
    let (mark, words) = match answer.mark {
        OptionMark::Right => ("right", t!("stage-chosen-right")),
        OptionMark::Wrong => ("wrong", t!("stage-chosen-wrong")),
        OptionMark::None => ("missed", t!("stage-missed")),
    };
    let text = match answer.text {
        AnswerText::Html(html) => view! { <Html html inline=true/> }.into_any(),
        AnswerText::Plain(text) => view! { <span>{text}</span> }.into_any(),
    };
    view! {
        <div class="stage-given" data-mark=mark>
            <p>{text} " " <span class="option-mark" lang=crate::visit::locale().tag()>{words}</span></p>
            {answer.feedback_html.map(|html| view! { <div class="option-why"><Html html inline=true/></div> })}
        </div>
    }
}
