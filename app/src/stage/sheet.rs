//! The questions of an attempt, as a form.

use domain::{
    lesson::{QuizResult, ShownQuestion},
    quiz::{Answers, Score},
    stage::{Sheet as Questions, StagePage as Stage},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::SubmitStage;
use crate::{
    course::question_view,
    error::AppError,
    t,
    ui::{Form, FormError, Hidden, Submit},
    visit::{PostedForm, Visit},
};

#[component]
pub fn Sheet(stage: Stage, sheet: Questions) -> impl IntoView {
    let language = stage.course.language.clone();
    let (course, section) = (stage.course.slug.to_string(), stage.section.to_string());
    view! {
        <section class="stage-going" aria-labelledby="stage-questions">
            <h2 id="stage-questions">{t!("stage-attempt", "number" => sheet.number)}</h2>
            <p class="stage-how">{t!("stage-how")}</p>
            <Form action=SubmitStage::url() class="quiz">
                <Hidden name="course" value=course.clone()/>
                <Hidden name="section" value=section.clone()/>
                <Hidden name="number" value=sheet.number.to_string()/>
                <FormError/>
                <div class="quiz-questions" lang=language.clone()>{questions(&sheet)}</div>
                {with_blanks()}
                <Submit label=t!("stage-submit") class="button button-main button-big"/>
            </Form>
        </section>
    }
}

fn posted() -> Option<PostedForm> {
    Visit::current().posted(SubmitStage::url()).cloned()
}

fn questions(sheet: &Questions) -> Vec<AnyView> {
    let posted = posted();
    let given = QuizResult {
        score: Score {
            earned: 0,
            possible: 0,
            passed: false,
        },
        given: typed(posted.as_ref(), &sheet.questions),
        verdicts: Vec::new(),
        lesson_done: false,
    };
    sheet
        .questions
        .iter()
        .enumerate()
        .map(|(number, question)| {
            let error = error(posted.as_ref(), &format!("answers[{number}][]"));
            view! {
                <div class="stage-question">
                    {question_view("stage", number, question, Some(&given))}
                    {error.map(|error| view! {
                        <p class="field-error" role="alert" lang=crate::visit::locale().tag()>{error}</p>
                    })}
                </div>
            }
            .into_any()
        })
        .collect()
}

/// What was answered before something was found wrong.
fn typed(posted: Option<&PostedForm>, questions: &[ShownQuestion]) -> Answers {
    let Some(form) = posted else {
        return Answers::new();
    };
    let of = |number: usize| {
        let name = format!("answers[{number}][]");
        let fields = form.fields.iter().filter(|(field, _)| *field == name);
        fields.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    questions
        .iter()
        .enumerate()
        .map(|(number, question)| (question.key.clone(), of(number)))
        .collect()
}

fn error(posted: Option<&PostedForm>, field: &str) -> Option<String> {
    match posted.map(|form| &form.outcome) {
        Some(Err(AppError::Invalid(fields))) => fields
            .iter()
            .find(|error| error.field == field)
            .map(|error| t!(error.message.as_str())),
        _ => None,
    }
}

/// Offered once it is known that something was left out.
fn with_blanks() -> Option<impl IntoView> {
    let posted = posted()?;
    let blank = |fields: &Vec<domain::form::FieldError>| {
        fields
            .iter()
            .any(|error| error.message == "error-stage-blanks")
    };
    let offered = matches!(&posted.outcome, Err(AppError::Invalid(fields)) if blank(fields));
    offered.then(|| {
        view! {
            <label class="choice">
                <input type="checkbox" name="blanks" value="1"/>
                {t!("stage-with-blanks")}
            </label>
        }
    })
}
