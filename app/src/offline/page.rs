use leptos::prelude::*;

use crate::{t, ui::Page};

/// What is shown without a network instead of a page that this device has no copy of. The service worker keeps it in
/// every language, asks for it as nobody, and fills in the list of courses.
#[component]
pub fn OfflinePage() -> impl IntoView {
    view! {
        <Page title=t!("offline-title") private=true>
            <div class="lost" id="offline">
                <svg class="lost-picture" viewBox="0 0 320 120" aria-hidden="true">
                    <path class="coverage-walked" d="M0 96C60 96 70 60 120 62"/>
                    <path class="coverage-ahead" d="M120 62C180 64 200 30 320 28"/>
                    <path class="lost-blaze" d="M120 40 135 62 120 84 105 62z"/>
                </svg>
                <h1>{t!("offline-title")}</h1>
                <p>{t!("offline-text")}</p>
                <p class="actions"><a class="button button-main" href="">{t!("try-again")}</a></p>
                <section class="page-section offline-kept" aria-labelledby="offline-kept">
                    <h2 id="offline-kept">{t!("kept-title")}</h2>
                    <ul class="kept-list" id="kept-list"></ul>
                    <p class="offline-none">{t!("kept-none")}</p>
                </section>
            </div>
        </Page>
    }
    .into_any()
}
