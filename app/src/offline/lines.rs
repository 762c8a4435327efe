use leptos::{attr::custom::custom_attribute, prelude::*};

use crate::t;

/// Colours of the browser's own bars: paper, as `style/_tokens.scss` has it.
#[component]
pub fn ThemeColour(#[prop(optional_no_strip)] theme: Option<&'static str>) -> impl IntoView {
    const LIGHT: &str = "#fbfaf6";
    const DARK: &str = "#14171a";
    let one = |colour: &'static str| view! { <meta name="theme-color" content=colour/> }.into_any();
    match theme {
        Some("dark") => one(DARK),
        Some("eye-care") => one("#f3ead7"),
        Some(_) => one(LIGHT),
        None => view! {
            <meta name="theme-color" content={LIGHT} {..custom_attribute("media", "(prefers-color-scheme: light)")}/>
            <meta name="theme-color" content={DARK} {..custom_attribute("media", "(prefers-color-scheme: dark)")}/>
        }
        .into_any(),
    }
}

/// Says that a page is the copy of an earlier visit, and what became of a form that was sent from it. The service
/// worker marks such pages; on all others nothing is seen of this.
#[component]
pub fn CopyLine() -> impl IntoView {
    view! {
        <div class="copy-line">
            <p class="copy-line-copy">{t!("offline-copy")}</p>
            <p class="copy-line-kept">{t!("offline-form-kept")}</p>
        </div>
    }
}

/// What was made by the learner and has to reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    Watching,
    /// That a lesson is complete, by the learner's word.
    Completion,
    Answers,
    Notes,
}

impl Made {
    /// As `public/worker/outbox.js` names it.
    fn name(self) -> &'static str {
        match self {
            Self::Watching => "watching",
            Self::Completion => "completion",
            Self::Answers => "answers",
            Self::Notes => "notes",
        }
    }
}

/// Whether what was made on a page is saved: of each one sentence at a time, and none while there is nothing to say.
/// Stands once on a page, however many forms and films it has, and outside of what answers replace.
#[component]
pub fn SyncLines(made: Vec<Made>) -> impl IntoView {
    let next = crate::visit::encode(&crate::visit::Visit::current().here());
    let lines: Vec<_> = made
        .into_iter()
        .map(|made| sync_line(made, &next))
        .collect();
    view! { <div class="sync" aria-live="polite">{lines}</div> }
}

fn sync_line(made: Made, next: &str) -> AnyView {
    let words = match made {
        Made::Watching => t!("sync-here-watching"),
        Made::Completion => t!("error-kept"),
        Made::Answers => t!("sync-here-answers"),
        Made::Notes => t!("sync-here-notes"),
    };
    view! {
        <div data-sync=made.name()>
            <p class="sync-here">{words}</p>
            <p class="sync-sending">{t!("sync-sending")}</p>
            <p class="sync-saved">{t!("sync-saved")}</p>
            <p class="sync-sign-in">
                {t!("sync-sign-in")} " " <a href=format!("/sign-in?next={next}")>{t!("sign-in")}</a>
            </p>
            <p class="sync-refused">{t!("sync-refused")}</p>
        </div>
    }
    .into_any()
}
