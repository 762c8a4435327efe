//! Blocks in which learners take part. They are plain forms; where scripts run, they answer without leaving the page.

mod api;
mod cards;
mod chain;
mod form;
mod live;
mod poll;
mod reveal;

use domain::{
    access::Access,
    block::Cue,
    course::MediaKind,
    lesson::{LessonPage as Lesson, ShownActivity, ShownBlock, ShownBlockBody, ShownBody, of_film},
};
use leptos::prelude::*;

pub use api::*;
use form::Spot;
use live::LivePolls;

use crate::{error::AppError, i18n, t, visit::Visit};

/// Where the reader turned a chain's page, it shows what stands behind.
///
/// # Errors
/// `NotFound` for an entry that is no id.
pub async fn turn_page(lesson: &mut Lesson) -> Result<(), AppError> {
    let visit = Visit::current();
    let (Some(key), Some(older)) = (visit.query("chain"), visit.query("older")) else {
        return Ok(());
    };
    let (course, slug) = (lesson.course.slug.to_string(), lesson.slug.to_string());
    let shown = lesson.activities.iter_mut().find(|found| found.key == key);
    if let Some(ShownBody::Block { block }) = shown.map(|found| &mut found.body)
        && let ShownBlockBody::Chain { chain, .. } = &mut block.body
    {
        *chain = older_entries(course, slug, key.to_owned(), older.to_owned()).await?;
    }
    Ok(())
}

pub fn block_view(lesson: &Lesson, key: &str, block: ShownBlock) -> AnyView {
    let spot = Spot {
        course: lesson.course.slug.to_string(),
        lesson: lesson.slug.to_string(),
        key: key.to_owned(),
        language: lesson.course.language.clone(),
        enrolled: lesson.course.progress.is_some(),
        staff: lesson.access == Access::Staff,
    };
    let (required, answered) = (block.required && spot.enrolled, block.answered);
    let (kind, name, content) = match block.body {
        ShownBlockBody::Poll {
            prompt_html,
            options,
            feedback_html,
            private,
            counts,
            mine,
        } => {
            let poll = poll::Poll {
                prompt_html,
                options,
                feedback_html,
                private,
            };
            (
                "poll",
                t!("poll-kind"),
                poll::view(&spot, poll, counts, mine),
            )
        }
        ShownBlockBody::Chain {
            prompt_html,
            example_html,
            chain,
        } => (
            "chain",
            t!("chain-kind"),
            chain::view(&spot, prompt_html, example_html, chain),
        ),
        ShownBlockBody::Reveal { title, html } => (
            "reveal",
            t!("reveal-kind"),
            reveal::view(&spot, title, html, required, answered),
        ),
        ShownBlockBody::Cards { title, cards } => {
            ("cards", t!("cards-kind"), cards::view(&spot, title, cards))
        }
    };
    let id = spot.id();
    let label = format!("{id}-kind");
    let todo = required && !answered;
    view! {
        <section class="block" id=id data-block=kind data-answered=answered.then_some("") aria-labelledby=label.clone()>
            <p class="block-kind" id=label.clone()>
                {name}
                {todo.then(|| view! { <span class="block-required">{t!("block-required")}</span> })}
            </p>
            {content}
        </section>
    }
    .into_any()
}

/// A block or a quiz that interrupts a medium stands below it with its moment; the player brings it up.
pub fn at_its_moment(lesson: &Lesson, activity: &ShownActivity, view: AnyView) -> AnyView {
    let Some(Cue { media, seconds }) = activity.cue.clone() else {
        return view;
    };
    let audio = lesson.activities.iter().any(|other| {
        other.key == media
            && matches!(&other.body, ShownBody::Media { media } if media.kind == MediaKind::Audio)
    });
    let at_ms = u64::from(seconds) * 1000;
    let time = i18n::clock(at_ms);
    let words = if audio {
        t!("cue-in-recording", "time" => time)
    } else {
        t!("cue-in-film", "time" => time)
    };
    let label = format!("moment-{}", form::fragment(&activity.key));
    let url = format!("?t={seconds}{}", of_film(&media));
    view! {
        <div class="moment" data-at-ms=at_ms data-for=media.clone() aria-labelledby=label.clone()>
            <p class="moment-time" id=label.clone()><a href=url data-seek-ms=at_ms data-seek-activity=media.clone()>{words}</a></p>
            {view}
            <p class="moment-go" hidden=true><button class="button" type="button">{t!("cue-continue")}</button></p>
        </div>
    }
    .into_any()
}

/// Keeps polls up to date, on pages that have one.
pub fn live(lesson: &Lesson) -> Option<impl IntoView + use<>> {
    let is_poll = |activity: &ShownActivity| {
        matches!(
            &activity.body,
            ShownBody::Block {
                block: ShownBlock {
                    body: ShownBlockBody::Poll { .. },
                    ..
                }
            }
        )
    };
    lesson
        .activities
        .iter()
        .any(is_poll)
        .then(|| view! { <LivePolls/> })
}
