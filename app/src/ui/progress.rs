use domain::{lesson::CourseProgress, progress::Coverage};
use leptos::prelude::*;

use crate::t;

/// How far a course is, as a bar and in words.
#[component]
pub fn Progress(progress: CourseProgress) -> impl IntoView {
    let percent = progress.percent;
    view! {
        <p class="progress">
            <progress value=percent max="100" aria-label=t!("progress")>{percent}"%"</progress>
            <span class="progress-text">
                <b data-testid="course-progress">{percent}"%"</b>
                " "
                <span>{t!("lessons-done", "done" => progress.done, "total" => progress.total)}</span>
            </span>
        </p>
    }
}

/// The trail of a medium: drawn where it was walked, dotted where it was not.
#[component]
pub fn CoverageLine(coverage: Coverage, position_ms: u64, duration_ms: u64) -> impl IntoView {
    let percent = move |at: u64| {
        format!(
            "{:.2}%",
            at.min(duration_ms) as f64 * 100.0 / duration_ms.max(1) as f64
        )
    };
    let walked: Vec<_> = coverage
        .intervals()
        .iter()
        .map(|&(from, to)| view! { <line class="coverage-walked" x1=percent(from) x2=percent(to) y1="6.5" y2="6.5"/> })
        .collect();
    view! {
        <svg class="coverage-line" height="13" aria-hidden="true">
            <line class="coverage-ahead" x1="0" x2="100%" y1="6.5" y2="6.5"/>
            {walked}
            <svg x=percent(position_ms) y="6.5" overflow="visible">
                <path class="coverage-here" d="M0-6.5 4.5 0 0 6.5-4.5 0z"/>
            </svg>
        </svg>
    }
}
