use domain::{
    access::Access,
    lesson::{
        LessonPage as Lesson, LessonState, QuizResult, ShownActivity, ShownBody, ShownQuiz,
        ShownSource,
    },
    progress::Completion,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{AnswerQuiz, CompleteLesson, lesson_page},
    blocks,
    player::player,
    quiz::{Quiz, QuizPlace},
};
use crate::{
    certificate,
    checkout::price::{buy_url, price_now},
    note::NotePanel,
    offline::{Made, SyncLines},
    param,
    progress::LeftOfLesson,
    stage::{NextStage, ShutByStage, next_url},
    t,
    ui::{
        Cover, Form, FormError, Hidden, Html, Icon, IconName, LiveForms, Page, Progress, Submit,
        Trail, page,
    },
    visit::{Visit, encode},
};

#[component]
pub fn LessonPage() -> impl IntoView {
    let (course, lesson) = (param("course"), param("lesson"));
    page(async move {
        let mut lesson = lesson_page(course, lesson).await?;
        blocks::turn_page(&mut lesson).await?;
        let title = format!("{} · {}", lesson.title, lesson.course.title);
        let description = lesson.course.summary.clone();
        let open = lesson.access.is_open();
        let picture = poster(&lesson);
        let made = made_here(&lesson);
        // Locked and learners' lessons are no pages for search engines; trial and preview lessons are.
        let private = !matches!(lesson.access, Access::Trial | Access::Preview);
        Ok(view! {
            <Page title=title description=description picture=picture private=private>
                <div class="lesson">
                    <Syllabus lesson=lesson.clone()/>
                    <article class="lesson-page">
                        <header class="lesson-head" lang=lesson.course.language.clone()>
                            <p class="lesson-place">
                                {lesson.section.clone()}
                                <span lang=crate::visit::locale().tag()>
                                    {t!("lesson-of", "number" => lesson.number, "total" => lesson.course.lessons)}
                                </span>
                                {crate::note::jump(&lesson)}
                            </p>
                            <h1 class="lesson-title">{lesson.title.clone()}</h1>
                        </header>
                        {if open {
                            view! { <Activities lesson=lesson.clone()/> <End lesson=lesson.clone()/> }.into_any()
                        } else if lesson.access == Access::Stage {
                            view! { <ShutByStage lesson=lesson.clone()/> }.into_any()
                        } else {
                            view! { <Locked lesson=lesson.clone()/> }.into_any()
                        }}
                        <Steps lesson=lesson.clone()/>
                        <NotePanel lesson/>
                        <SyncLines made/>
                        <LiveForms/>
                    </article>
                </div>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

fn poster(lesson: &Lesson) -> Option<String> {
    lesson
        .activities
        .iter()
        .find_map(|activity| match &activity.body {
            ShownBody::Media { media } => media.poster.clone(),
            _ => None,
        })
}

/// The side column on a wide screen and the sheet on a phone.
#[component]
fn Syllabus(lesson: Lesson) -> impl IntoView {
    let course = lesson.course;
    view! {
        <aside class="lesson-syllabus" id="syllabus" popover aria-label=t!("lessons-in-course")>
            <div class="sheet-head">
                <p class="lesson-course" lang=course.language.clone()><a href=format!("/courses/{}", course.slug)>{course.title}</a></p>
                <button class="tool sheet-close" type="button" popovertarget="syllabus" popovertargetaction="hide">
                    <Icon name=IconName::X/>
                    <span class="visually-hidden">{t!("close")}</span>
                </button>
            </div>
            {course.progress.map(|progress| view! { <Progress progress/> })}
            <Trail course=course.slug language=course.language sections=lesson.syllabus here=Some(lesson.slug) heading=2/>
        </aside>
    }
}

#[component]
fn Activities(lesson: Lesson) -> impl IntoView {
    let activities: Vec<_> = lesson
        .activities
        .iter()
        .map(|activity| shown(&lesson, activity))
        .collect();
    view! { {activities} {blocks::live(&lesson)} }
}

fn shown(lesson: &Lesson, activity: &ShownActivity) -> AnyView {
    let language = lesson.course.language.clone();
    let view = match activity.body.clone() {
        ShownBody::Text { html } => {
            let key = activity.key.clone();
            let id = text_id(lesson, &key);
            view! { <div class="lesson-text" id=id lang=language data-activity=key><Html html class="prose"/></div> }.into_any()
        }
        ShownBody::Media { media } => {
            player(lesson, &activity.key, media, activity.transcript.clone())
        }
        ShownBody::Quiz { quiz } => quiz_view(lesson, &activity.key, quiz),
        ShownBody::Block { block } => blocks::block_view(lesson, &activity.key, block),
    };
    blocks::at_its_moment(lesson, activity, view)
}

/// Names a text on the page; keys may hold what no id may.
pub fn text_id(lesson: &Lesson, key: &str) -> String {
    let number = lesson
        .activities
        .iter()
        .position(|activity| activity.key == key);
    format!("lesson-text-{}", number.unwrap_or_default())
}

fn quiz_view(lesson: &Lesson, key: &str, mut quiz: ShownQuiz) -> AnyView {
    // Posted without JavaScript: what came of it is shown with the page.
    let visit = Visit::current();
    let posted = visit
        .posted(AnswerQuiz::url())
        .filter(|form| form.value("activity") == Some(key));
    let mut error = None;
    match posted.map(|form| &form.outcome) {
        Some(Ok(json)) => {
            quiz.result = serde_json::from_str::<QuizResult>(json)
                .ok()
                .or(quiz.result);
        }
        Some(Err(failure)) => error = Some(crate::ui::error_text(failure)),
        None => {}
    }
    let place = QuizPlace {
        course: lesson.course.slug.to_string(),
        lesson: lesson.slug.to_string(),
        activity: key.to_owned(),
        language: lesson.course.language.clone(),
        error,
    };
    view! { <div class="lesson-quiz"><Quiz quiz place/></div> }.into_any()
}

/// What may be made on the lesson's page. But for notes, only what enrolled learners do is kept anywhere.
fn made_here(lesson: &Lesson) -> Vec<Made> {
    let learns = lesson.access.is_open() && lesson.course.progress.is_some();
    let is_film = |activity: &ShownActivity| match &activity.body {
        ShownBody::Media { media } => !matches!(media.source, ShownSource::YouTube { .. }),
        _ => false,
    };
    let asks = |activity: &ShownActivity| {
        matches!(
            activity.body,
            ShownBody::Quiz { .. } | ShownBody::Block { .. }
        )
    };
    let made = [
        (
            Made::Watching,
            learns && lesson.activities.iter().any(is_film),
        ),
        (Made::Answers, learns && lesson.activities.iter().any(asks)),
        (Made::Completion, learns),
        (Made::Notes, lesson.notes.is_some()),
    ];
    let here = made.into_iter().filter(|(_, here)| *here);
    here.map(|(made, _)| made).collect()
}

/// Exactly one next step.
#[component]
fn End(lesson: Lesson) -> impl IntoView {
    let enrolled = lesson.course.progress.is_some();
    let done = lesson.state == LessonState::Done;
    // For who looks again while a film plays.
    let state = (!done).then(|| lesson.left.len().to_string());
    let step = match (enrolled, lesson.completion) {
        (false, _) => guest_step(&lesson),
        (true, _) if done => done_line(&lesson, false),
        (true, Completion::Button) => complete_form(&lesson).into_any(),
        (true, Completion::Tasks { .. }) => {
            let form = lesson.completion != Completion::Tasks { left: 0 };
            let path = format!("/courses/{}/lessons/{}", lesson.course.slug, lesson.slug);
            view! {
                <div class="lesson-left" data-when="left">
                    <span class="blaze" data-state="begun" aria-hidden="true"></span>
                    <div>
                        <p>{t!("lesson-left")}</p>
                        <LeftOfLesson lesson=path language=lesson.course.language.clone() left=lesson.left.clone()/>
                    </div>
                </div>
                {done_line(&lesson, true)}
                // Without scripts nobody sees what was watched: the learner says so, the clock agrees.
                {form.then(|| view! { <noscript>{complete_form(&lesson)}</noscript> })}
            }
            .into_any()
        }
    };
    view! {
        <div class="lesson-end" id="lesson-end" data-state=state.unwrap_or_else(|| "done".to_owned())>
            {step}
            {enrolled.then(|| view! { <NextStage lesson/> })}
        </div>
    }
}

fn complete_form(lesson: &Lesson) -> impl IntoView + use<> {
    let (course, slug) = (lesson.course.slug.to_string(), lesson.slug.to_string());
    view! {
        <Form action=CompleteLesson::url() class="lesson-complete">
            <FormError/>
            <Hidden name="course" value=course.clone()/>
            <Hidden name="lesson" value=slug.clone()/>
            <Submit label=t!("mark-complete") class="button button-main button-big"/>
        </Form>
    }
}

/// `waiting`: hidden until an island finds the lesson done.
fn done_line(lesson: &Lesson, waiting: bool) -> AnyView {
    let left = lesson
        .syllabus
        .iter()
        .find(|section| {
            section
                .lessons
                .iter()
                .any(|other| other.slug == lesson.slug)
        })
        .map_or(0, |section| {
            section
                .lessons
                .iter()
                .filter(|other| other.slug != lesson.slug && other.state != LessonState::Done)
                .count()
        });
    let all_done = lesson
        .course
        .progress
        .as_ref()
        .is_some_and(|progress| progress.percent == 100);
    let words = if all_done {
        t!("course-done")
    } else {
        t!("lesson-done", "left" => left)
    };
    view! {
        <p class="lesson-left" role="status" data-when="done" hidden=waiting>
            <span class="blaze" data-state="done" aria-hidden="true"></span>
            {words}
        </p>
        {(!waiting).then(|| lesson.course.progress.as_ref().and_then(|progress| certificate::link(&lesson.course.slug, progress)))}
    }
    .into_any()
}

fn guest_step(lesson: &Lesson) -> AnyView {
    let signed_in = Visit::current().user.is_some();
    let course = format!("/courses/{}", lesson.course.slug);
    let (text, url, label) = if lesson.course.price.is_some() {
        (
            t!("trial-next-paid", "count" => lesson.course.lessons),
            course,
            t!("see-course"),
        )
    } else if signed_in {
        (t!("trial-next-free"), course, t!("see-course"))
    } else {
        (
            t!("trial-next-join"),
            format!("/join?next={}", encode(&course)),
            t!("create-account"),
        )
    };
    view! {
        <div class="next-step" data-testid="trial-next-step">
            <p class="next-step-text">{text}</p>
            <a class="button button-main" href=url>{label}</a>
        </div>
    }
    .into_any()
}

/// What a lesson says whose door is shut.
#[component]
fn Locked(lesson: Lesson) -> impl IntoView {
    let card = lesson.course;
    let course = format!("/courses/{}", card.slug);
    let trial = card
        .trial_lesson
        .clone()
        .map(|trial| format!("{course}/lessons/{trial}"));
    let buy = card.price.is_some().then(|| buy_url(&card));
    let label = if buy.is_some() {
        t!("buy-for", "price" => price_now(&card))
    } else {
        t!("to-enrol")
    };
    let main = if trial.is_some() {
        "button"
    } else {
        "button button-main"
    };
    view! {
        <div class="locked">
            <Cover slug=card.slug.clone()/>
            <div class="locked-text">
                <p class="locked-line"><Icon name=IconName::Lock/>{if card.ended { t!("locked-ended") } else { t!("locked") }}</p>
                <p>{if card.ended {
                    t!("locked-ended-text")
                } else if trial.is_some() {
                    t!("locked-trial")
                } else {
                    t!("locked-enrol")
                }}</p>
                <p class="actions">
                    {trial.map(|url| view! { <a class="button button-main" href=url>{t!("start-trial")}</a> " " })}
                    <a class=main href=buy.unwrap_or(course)>{label}</a>
                </p>
            </div>
        </div>
    }
}

/// The bar at the bottom of a phone.
#[component]
fn Steps(lesson: Lesson) -> impl IntoView {
    let url = |slug: &domain::ids::Slug| format!("/courses/{}/lessons/{slug}", lesson.course.slug);
    let previous = lesson.previous.as_ref().map(url);
    let next = lesson.next.as_ref();
    let stage = next.and_then(|next| next_url(&lesson, next));
    let next = next.map(url);
    let done = lesson.state == LessonState::Done;
    view! {
        <nav class="lesson-nav" id="lesson-nav" aria-label=t!("nav-lessons") data-next=done.then_some("main")>
            {previous.map(|url| view! {
                <a class="lesson-step lesson-previous" rel="prev" href=url><Icon name=IconName::ArrowLeft/><span>{t!("previous-lesson")}</span></a>
            })}
            <button class="lesson-step lesson-list" type="button" popovertarget="syllabus"><Icon name=IconName::List/><span>{t!("lessons-button")}</span></button>
            {match stage.clone().or(next) {
                Some(url) if stage.is_some() => view! {
                    <a class="lesson-step lesson-next" href=url><span>{t!("stage-take")}</span><Icon name=IconName::ArrowRight/></a>
                }.into_any(),
                Some(url) => view! {
                    <a class="lesson-step lesson-next" rel="next" href=url><span>{t!("next-lesson")}</span><Icon name=IconName::ArrowRight/></a>
                }.into_any(),
                None => view! {
                    <a class="lesson-step lesson-next" href=format!("/courses/{}", lesson.course.slug)><span>{t!("back-to-course")}</span><Icon name=IconName::ArrowRight/></a>
                }.into_any(),
            }}
        </nav>
    }
}
