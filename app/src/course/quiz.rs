//! The quiz: a form that works by itself, and answers at once where the island is awake.

use std::collections::HashMap;

use domain::lesson::{
    Input, OptionMark, OptionVerdict, QuizResult, ShownQuestion, ShownQuiz, Verdict,
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::{api::answer_quiz, player::mark_lesson_done};
use crate::{
    error::AppError,
    ui::{Html, Icon, IconName},
};

/// Where the quiz stands.
#[derive(Clone, Serialize, Deserialize)]
pub struct QuizPlace {
    pub course: String,
    pub lesson: String,
    pub activity: String,
    pub language: String,
    /// URL of the server function, for the form.
    pub action: String,
    pub error: Option<String>,
}

/// Words in the reader's language. `{earned}` and `{possible}` are filled in here.
#[derive(Clone, Serialize, Deserialize)]
pub struct QuizLabels {
    pub check: String,
    pub checking: String,
    pub choose: String,
    pub choose_all: String,
    pub hint: String,
    pub right: String,
    pub not_right: String,
    pub verdict_right: String,
    pub verdict_wrong: String,
    pub passed: String,
    pub failed: String,
    pub offline: String,
    pub busy: String,
    pub other: String,
}

#[island]
pub fn Quiz(quiz: ShownQuiz, place: QuizPlace, labels: QuizLabels) -> impl IntoView {
    let result = RwSignal::new(quiz.result.clone());
    let error = RwSignal::new(place.error.clone());
    let busy = RwSignal::new(false);
    let submit = {
        let (place, labels) = (place.clone(), labels.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            let Some(form) = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok())
            else {
                return;
            };
            let given = answers(&form);
            let (place, labels) = (place.clone(), labels.clone());
            busy.set(true);
            spawn_local(async move {
                match answer_quiz(place.course, place.lesson, place.activity, given).await {
                    Ok(marked) => {
                        error.set(None);
                        if marked.lesson_done {
                            mark_lesson_done();
                        }
                        result.set(Some(marked));
                    }
                    Err(failure) => error.set(Some(words(&failure, &labels))),
                }
                busy.set(false);
            });
        }
    };
    let id = format!("quiz-{}", place.activity);
    let (title, heading) = (quiz.title.clone(), format!("{id}-title"));
    let labelled = (!title.is_empty()).then(|| heading.clone());
    let (check, checking) = (labels.check.clone(), labels.checking.clone());
    let questions = {
        let (quiz, labels, prefix) = (quiz.clone(), labels.clone(), id.clone());
        move || {
            let marked = result.get();
            quiz.questions
                .iter()
                .enumerate()
                .map(|(number, question)| {
                    question_view(&prefix, number, question, marked.as_ref(), &labels)
                })
                .collect::<Vec<_>>()
        }
    };
    let score = {
        let labels = labels.clone();
        move || result.get().map(|marked| score_view(&marked, &labels))
    };
    let target = format!("#{id}");
    view! {
        <form class="quiz" id=id method="post" action=target novalidate=true on:submit=submit aria-labelledby=labelled>
            <input type="hidden" name="_fn" value=place.action/>
            <input type="hidden" name="course" value=place.course/>
            <input type="hidden" name="lesson" value=place.lesson/>
            <input type="hidden" name="activity" value=place.activity/>
            {(!title.is_empty()).then(|| view! { <h2 class="quiz-title" id=heading lang=place.language.clone()>{title}</h2> })}
            <div class="quiz-result" role="status">{score}</div>
            <div class="quiz-questions" lang=place.language>{questions}</div>
            <div role="alert">{move || error.get().map(|text| view! { <p class="field-error">{text}</p> })}</div>
            <button class="button button-main" type="submit" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { checking.clone() } else { check.clone() }}
            </button>
        </form>
    }
}

/// What was given, by the question's number.
fn answers(form: &web_sys::HtmlFormElement) -> HashMap<String, Vec<String>> {
    let mut given: HashMap<String, Vec<String>> = HashMap::new();
    let Ok(data) = web_sys::FormData::new_with_form(form) else {
        return given;
    };
    for entry in js_sys::try_iter(&data)
        .ok()
        .flatten()
        .into_iter()
        .flatten()
        .flatten()
    {
        let pair = js_sys::Array::from(&entry);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string())
            && let Some(number) = name
                .strip_prefix("answers[")
                .and_then(|name| name.strip_suffix("][]"))
        {
            given.entry(number.to_owned()).or_default().push(value);
        }
    }
    given
}

fn words(failure: &AppError, labels: &QuizLabels) -> String {
    match failure {
        AppError::Offline => labels.offline.clone(),
        AppError::Busy => labels.busy.clone(),
        _ => labels.other.clone(),
    }
}

fn score_view(marked: &QuizResult, labels: &QuizLabels) -> impl IntoView + use<> {
    let pattern = if marked.score.passed {
        &labels.passed
    } else {
        &labels.failed
    };
    let text = pattern
        .replace("{earned}", &marked.score.earned.to_string())
        .replace("{possible}", &marked.score.possible.to_string());
    view! { <p class="quiz-score">{text}</p> }
}

fn mark(right: bool) -> &'static str {
    if right { "right" } else { "wrong" }
}

fn question_view(
    prefix: &str,
    number: usize,
    question: &ShownQuestion,
    marked: Option<&QuizResult>,
    labels: &QuizLabels,
) -> AnyView {
    let verdict = marked.and_then(|marked| marked.verdicts.get(number));
    let given = marked
        .and_then(|marked| marked.given.get(&question.key))
        .cloned()
        .unwrap_or_default();
    let name = format!("answers[{number}][]");
    let id = format!("{prefix}-{number}");
    let choose_all =
        matches!(question.input, Input::Checkboxes(_)).then(|| labels.choose_all.clone());
    let prompt = view! {
        <span class="question-number">{number + 1}</span>
        <span class="question-prompt">
            <Html html=question.prompt_html.clone() inline=true/>
            {choose_all.map(|text| view! { " " <span class="question-hint">{text}</span> })}
        </span>
    };
    let data_mark = verdict.map(|verdict| mark(verdict.right));
    let after = view! {
        {hints(&question.hints_html, labels)}
        {verdict.map(|verdict| verdict_view(verdict, labels))}
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
                        labels,
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
                    <select id=id name=name><option value="">{labels.choose.clone()}</option>{options}</select>
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

fn option_view(
    field: &OptionField<'_>,
    html: &str,
    remark: Option<&OptionVerdict>,
    labels: &QuizLabels,
) -> AnyView {
    let (data_mark, words) = match remark.map(|remark| remark.mark) {
        Some(OptionMark::Right) => (Some("right"), Some(labels.right.clone())),
        Some(OptionMark::Wrong) => (Some("wrong"), Some(labels.not_right.clone())),
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

fn hints(hints: &[String], labels: &QuizLabels) -> Vec<AnyView> {
    hints
        .iter()
        .map(|html| {
            let html = html.clone();
            view! {
                <details class="question-help">
                    <summary>{labels.hint.clone()}</summary>
                    <Html html/>
                </details>
            }
            .into_any()
        })
        .collect()
}

fn verdict_view(verdict: &Verdict, labels: &QuizLabels) -> impl IntoView + use<> {
    let (icon, words) = if verdict.right {
        (IconName::CircleCheck, labels.verdict_right.clone())
    } else {
        (IconName::CircleAlert, labels.verdict_wrong.clone())
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
