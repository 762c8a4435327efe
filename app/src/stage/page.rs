use domain::{
    Timestamp,
    stage::{Admission, StagePage as Stage},
    study::TimeZone,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{OpenStage, StartStage, look_at_stage},
    result::{Outcome, Review},
    sheet::Sheet,
};
use crate::{
    i18n, param, t,
    ui::{Field, Form, FormError, Hidden, Page, Submit, error_text, page},
    visit::{Visit, locale},
};

#[component]
pub fn StagePage() -> impl IntoView {
    let (course, section) = (param("course"), param("section"));
    page(async move {
        let stage = look_at_stage(course, section).await?;
        let title = format!("{} · {}", stage.title, stage.course.title);
        let language = stage.course.language.clone();
        let going = stage.sheet.is_some();
        // While an attempt is going on, the last one would only be in the way.
        let last = stage.last.clone().filter(|_| !going);
        Ok(view! {
            <Page title=title private=true>
                <article class="stage-test">
                    <Head stage=stage.clone()/>
                    {last.clone().map(|last| view! { <Outcome stage=stage.clone() last/> })}
                    {match stage.sheet.clone() {
                        Some(sheet) => view! { <Sheet stage=stage.clone() sheet/> }.into_any(),
                        None => view! { <Step stage=stage.clone()/> }.into_any(),
                    }}
                    {last.map(|last| view! { <Review language last/> })}
                    {stage.staff.then(|| view! { <OpenForm stage=stage.clone()/> })}
                </article>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

#[component]
fn Head(stage: Stage) -> impl IntoView {
    let rules = stage.rules;
    let pause = (rules.cool_down_minutes > 0)
        .then(|| t!("stage-pause", "time" => span(u64::from(rules.cool_down_minutes))));
    view! {
        <header class="stage-head" lang=stage.course.language.clone()>
            <nav class="breadcrumb" aria-label=t!("breadcrumb")>
                <a href=format!("/courses/{}", stage.course.slug)>{stage.course.title.clone()}</a>
            </nav>
            <h1 class="lesson-title">{stage.title.clone()}</h1>
            <div lang=locale().tag()>
                <p class="stage-place">{t!("stage-place", "section" => stage.section_title.clone())}</p>
                <p class="meta">
                    <span>{t!("stage-questions", "count" => stage.questions)}</span>
                    <span>{t!("stage-pass", "percent" => i64::from(rules.pass_percent))}</span>
                    {rules.attempts.map(|count| view! { <span>{t!("stage-attempts", "count" => count)}</span> })}
                    {pause.map(|words| view! { <span>{words}</span> })}
                </p>
            </div>
        </header>
    }
}

/// The one thing to do, or why there is nothing.
#[component]
fn Step(stage: Stage) -> AnyView {
    let course = format!("/courses/{}", stage.course.slug);
    if let Some((section, title)) = stage.shut_by.clone() {
        let url = format!("{course}/stages/{section}");
        return said(
            t!("stage-shut", "title" => title),
            Some((url, t!("stage-take"))),
        );
    }
    let Some(standing) = stage.standing else {
        return if stage.staff {
            said(t!("stage-staff"), None)
        } else {
            said(t!("stage-not-enrolled"), Some((course, t!("see-course"))))
        };
    };
    match standing {
        Admission::Passed => said(t!("stage-passed"), Some(behind(&stage))),
        Admission::Opened => said(t!("stage-opened"), Some(behind(&stage))),
        Admission::Ready { left } => view! { <Begin stage left/> }.into_any(),
        Admission::Waiting { until, left } => {
            let words = [
                Some(wait(until, &stage)),
                left.map(|count| t!("stage-left", "count" => count)),
            ];
            view! {
                <div class="next-step">
                    {refused()}
                    {words.into_iter().flatten().map(|words| view! { <p class="next-step-text">{words}</p> }).collect::<Vec<_>>()}
                </div>
            }
            .into_any()
        }
        Admission::Spent => view! { {refused()} {said(t!("stage-spent"), None)} }.into_any(),
        // Its questions stand on the page.
        Admission::Going => ().into_any(),
    }
}

/// Why an attempt was not begun, where the page has no form for it any more.
fn refused() -> Option<impl IntoView> {
    let visit = Visit::current();
    let error = visit.posted(StartStage::url())?.outcome.clone().err()?;
    Some(view! { <div class="notice notice-error" role="alert"><p>{error_text(&error)}</p></div> })
}

fn said(words: String, link: Option<(String, String)>) -> AnyView {
    view! {
        <div class="next-step">
            <p class="next-step-text">{words}</p>
            {link.map(|(url, label)| view! { <a class="button button-main" href=url>{label}</a> })}
        </div>
    }
    .into_any()
}

fn behind(stage: &Stage) -> (String, String) {
    let course = format!("/courses/{}", stage.course.slug);
    match stage.behind.clone() {
        Some((slug, title)) => (
            format!("{course}/lessons/{slug}"),
            t!("stage-go-on", "title" => title),
        ),
        None => (course, t!("back-to-course")),
    }
}

#[component]
fn Begin(stage: Stage, left: Option<u32>) -> impl IntoView {
    let (course, section) = (stage.course.slug.to_string(), stage.section.to_string());
    let again = stage.last.is_some();
    view! {
        <div class="stage-begin">
            <p class="stage-how">{t!("stage-how")}</p>
            {left.map(|count| view! { <p>{t!("stage-left", "count" => count)}</p> })}
            <Form action=StartStage::url()>
                <FormError/>
                <Hidden name="course" value=course.clone()/>
                <Hidden name="section" value=section.clone()/>
                <Submit
                    label=if again { t!("stage-begin-again") } else { t!("stage-begin") }
                    class="button button-main button-big"
                />
            </Form>
        </div>
    }
}

#[component]
fn OpenForm(stage: Stage) -> impl IntoView {
    let (course, section) = (stage.course.slug.to_string(), stage.section.to_string());
    view! {
        <section class="stage-open" aria-labelledby="stage-open-title">
            <h2 id="stage-open-title">{t!("stage-open-title")}</h2>
            <p>{t!("stage-open-text")}</p>
            <Form action=OpenStage::url()>
                <FormError/>
                <Hidden name="course" value=course.clone()/>
                <Hidden name="section" value=section.clone()/>
                <Field name="email" kind="email" label=t!("stage-open-email") max=254/>
                <Field name="reason" label=t!("stage-open-reason") max=500/>
                <Submit label=t!("stage-open-submit") class="button"/>
            </Form>
        </section>
    }
}

/// When the next attempt may begin: how long, and the moment by the learner's clock.
fn wait(until: Timestamp, stage: &Stage) -> String {
    let seconds = u64::try_from(until.as_second() - stage.now.as_second()).unwrap_or(0);
    let zone = TimeZone::get(&stage.zone).unwrap_or(TimeZone::UTC);
    let clock = until.to_zoned(zone);
    t!(
        "stage-wait",
        "time" => span(seconds.div_ceil(60).max(1)),
        "date" => i18n::day(locale(), clock.date()),
        "clock" => format!("{:02}:{:02}", clock.hour(), clock.minute()),
        "zone" => stage.zone.replace('_', " "),
    )
}

/// So many minutes in the unit that people would say it in, rounded up.
fn span(minutes: u64) -> String {
    match minutes {
        0..120 if !minutes.is_multiple_of(60) => t!("stage-minutes", "count" => minutes),
        0..2880 => t!("stage-hours", "count" => minutes.div_ceil(60)),
        _ => t!("stage-days", "count" => minutes.div_ceil(1440)),
    }
}
