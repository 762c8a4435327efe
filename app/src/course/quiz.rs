//! The quiz: a form that works by itself, and answers without leaving the page where scripts run.

use domain::lesson::{
    Input, OptionMark, OptionVerdict, QuizResult, ShownQuestion, ShownQuiz, Verdict,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::AnswerQuiz;
use crate::{
    t,
    ui::{Html, Icon, IconName},
};

/// Where the quiz stands.
pub struct QuizPlace {
    pub course: String,
    pub lesson: String,
    pub activity: String,
    pub language: String,
    pub error: Option<String>,
}

#[component]
pub fn Quiz(quiz: ShownQuiz, place: QuizPlace) -> impl IntoView {
    let id = format!("quiz-{}", place.activity);
    let heading = format!("{id}-title");
    let marked = quiz.result.as_ref();
    let questions: Vec<_> = quiz
        .questions
        .iter()
        .enumerate()
        .map(|(number, question)| question_view(&id, number, question, marked))
        .collect();
    let score = marked.map(|marked| score_view(marked, quiz.pass_percent));
    let title = (!quiz.title.is_empty()).then_some(quiz.title);
    let labelled = title.is_some().then(|| heading.clone());
    view! {
        <form
            class="quiz"
            id=id.clone()
            method="post"
            action=format!("#{id}")
            novalidate=true
            aria-labelledby=labelled
            data-live=format!("{id} lesson-end lesson-nav syllabus")
            data-unsent=t!("error-offline")
        >
            <input type="hidden" name="_fn" value=AnswerQuiz::url()/>
            <input type="hidden" name="course" value=place.course/>
            <input type="hidden" name="lesson" value=place.lesson/>
            <input type="hidden" name="activity" value=place.activity/>
            {title.map(|title| view! { <h2 class="quiz-title" id=heading lang=place.language.clone()>{title}</h2> })}
            {score}
            <div class="quiz-questions" lang=place.language>{questions}</div>
            <div class="field-error" role="alert">{place.error}</div>
            <button class="button button-main" type="submit">{t!("check-answers")}</button>
        </form>
    }
}

fn score_view(marked: &QuizResult, pass_percent: u8) -> impl IntoView + use<> {
    let (earned, possible) = (marked.score.earned, marked.score.possible);
    let text = if marked.score.passed {
        t!("quiz-passed", "earned" => earned, "possible" => possible)
    } else {
        t!("quiz-failed", "earned" => earned, "possible" => possible, "percent" => i64::from(pass_percent))
    };
    view! { <div class="quiz-result" role="status" tabindex="-1" data-answer=true><p class="quiz-score">{text}</p></div> }
}

fn mark(right: bool) -> &'static str {
    if right { "right" } else { "wrong" }
}

/// A question to be answered, with what was given for it and what came of that.
pub fn question_view(
    prefix: &str,
    number: usize,
    question: &ShownQuestion,
    marked: Option<&QuizResult>,
) -> AnyView {
    let verdict = marked.and_then(|marked| marked.verdicts.get(number));
    let given = marked
        .and_then(|marked| marked.given.get(&question.key))
        .cloned()
        .unwrap_or_default();
    let name = format!("answers[{number}][]");
    let id = format!("{prefix}-{number}");
    let choose_all = matches!(question.input, Input::Checkboxes(_)).then(|| t!("choose-all"));
    let prompt = view! {
        <span class="question-number">{number + 1}</span>
        <span class="question-prompt">
            <Html html=question.prompt_html.clone() inline=true/>
            {choose_all.map(|text| view! { " " <span class="question-hint">{text}</span> })}
        </span>
    };
    let data_mark = verdict.map(|verdict| mark(verdict.right));
    let after = view! {
        {hints(&question.hints_html)}
        {verdict.map(verdict_view)}
    };
    match &question.input {
        Input::Radio(options) | Input::Checkboxes(options) => {
            let several = matches!(question.input, Input::Checkboxes(_));
            let kind = if several { "checkbox" } else { "radio" };
            let options: Vec<_> = options
                .iter()
                .enumerate()
                .map(|(index, html)| {
                    let chosen = given.contains(&index.to_string());
                    let remark = verdict.and_then(|verdict| verdict.options.get(index));
                    option_view(
                        &OptionField {
                            kind,
                            name: &name,
                            id: format!("{id}-{index}"),
                            index,
                            chosen,
                        },
                        html,
                        remark,
                    )
                })
                .collect();
            view! {
                <fieldset class="question" data-mark=data_mark>
                    <legend class="question-text">{prompt}</legend>
                    <div class="options">{options}</div>
                    {after}
                </fieldset>
            }
            .into_any()
        }
        Input::Dropdown(options) => {
            let options: Vec<_> = options
                .iter()
                .enumerate()
                .map(|(index, text)| {
                    let chosen = given.contains(&index.to_string());
                    view! { <option value=index selected=chosen>{text.clone()}</option> }
                })
                .collect();
            view! {
                <div class="question" data-mark=data_mark>
                    <label class="question-text" for=id.clone()>{prompt}</label>
                    <select id=id name=name><option value="">{t!("choose")}</option>{options}</select>
                    {after}
                </div>
            }
            .into_any()
        }
        Input::Text | Input::Number => {
            let is_number = question.input == Input::Number;
            let invalid = verdict.is_some_and(|verdict| !verdict.right);
            view! {
                <div class="question" data-mark=data_mark>
                    <label class="question-text" for=id.clone()>{prompt}</label>
                    <input
                        class=if is_number { "question-input question-number-input" } else { "question-input" }
                        id=id
                        name=name
                        type="text"
                        inputmode=is_number.then_some("decimal")
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        maxlength="2000"
                        value=given.first().cloned().unwrap_or_default()
                        aria-invalid=invalid.then_some("true")
                    />
                    {after}
                </div>
            }
            .into_any()
        }
    }
}

struct OptionField<'a> {
    kind: &'static str,
    name: &'a str,
    id: String,
    index: usize,
    chosen: bool,
}

fn option_view(field: &OptionField<'_>, html: &str, remark: Option<&OptionVerdict>) -> AnyView {
    let (data_mark, words) = match remark.map(|remark| remark.mark) {
        Some(OptionMark::Right) => (Some("right"), Some(t!("answer-right"))),
        Some(OptionMark::Wrong) => (Some("wrong"), Some(t!("answer-not-right"))),
        Some(OptionMark::None) | None => (None, None),
    };
    let why = remark.and_then(|remark| remark.feedback_html.clone());
    let why_id = format!("{}-why", field.id);
    view! {
        <div class="option" data-mark=data_mark>
            <input
                type=field.kind
                id=field.id.clone()
                name=field.name.to_owned()
                value=field.index
                checked=field.chosen
                aria-describedby=why.is_some().then(|| why_id.clone())
            />
            <label for=field.id.clone()>
                <Html html=html.to_owned() inline=true/>
                {words.map(|words| view! { " " <span class="option-mark">{words}</span> })}
            </label>
            {why.map(|html| view! { <div class="option-why" id=why_id><Html html inline=true/></div> })}
        </div>
    }
    .into_any()
}

fn hints(hints: &[String]) -> Vec<AnyView> {
    hints
        .iter()
        .map(|html| {
            let html = html.clone();
            view! {
                <details class="question-help">
                    <summary>{t!("hint")}</summary>
                    <Html html/>
                </details>
            }
            .into_any()
        })
        .collect()
}

fn verdict_view(verdict: &Verdict) -> impl IntoView + use<> {
    let (icon, words) = if verdict.right {
        (IconName::CircleCheck, t!("verdict-right"))
    } else {
        (IconName::CircleAlert, t!("verdict-wrong"))
    };
    let explanation = verdict.explanation_html.clone();
    view! {
        <div class="verdict" data-mark=mark(verdict.right)>
            <Icon name=icon/>
            <div>
                <b>{words}</b>
                " "
                {explanation.map(|html| view! { <Html html inline=true/> })}
            </div>
        </div>
    }
}
