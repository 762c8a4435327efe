use domain::{
    ids::Slug,
    note::{NoteKind, NotePage},
};
use leptos::prelude::*;

use super::{
    api::find_notes,
    item::{Shelf, item},
};
use crate::{
    t,
    ui::{Icon, IconName, Page, page},
    visit::{Visit, encode},
};

/// All notes across courses.
#[component]
pub fn NotesPage() -> impl IntoView {
    page(async {
        let filter = Filter::of(&Visit::current());
        let found = find_notes(
            filter.query.clone(),
            filter.course.clone(),
            filter.kind,
            filter.after.clone(),
        )
        .await?;
        let none = found.total == 0;
        Ok(view! {
            <Page title=t!("my-notes") private=true>
                <div class="page-head">
                    <h1>{t!("my-notes")}</h1>
                    {(!none).then(|| view! { <Search filter=filter.clone()/> })}
                </div>
                {if none {
                    view! {
                        <div class="empty">
                            <p>{t!("notes-none")}</p>
                            <p class="actions"><a class="button button-main" href="/learning">{t!("my-learning")}</a></p>
                        </div>
                    }.into_any()
                } else {
                    view! {
                        <div class="notes-page">
                            <Filters filter=filter.clone() courses=found.courses.clone()/>
                            <Found filter found/>
                        </div>
                    }.into_any()
                }}
            </Page>
        }
        .into_any())
    })
    .into_any()
}

#[derive(Clone, Default)]
struct Filter {
    query: String,
    course: Option<Slug>,
    kind: Option<NoteKind>,
    after: Option<String>,
}

impl Filter {
    /// What makes no sense is left out.
    fn of(visit: &Visit) -> Self {
        let query = visit.query("q").unwrap_or_default().trim();
        Self {
            query: query.chars().take(200).collect(),
            course: visit
                .query("course")
                .and_then(|text| Slug::parse(text).ok()),
            kind: visit.query("kind").and_then(NoteKind::from_name),
            after: visit
                .query("after")
                .filter(|text| !text.is_empty())
                .map(str::to_owned),
        }
    }

    fn url(&self) -> String {
        let pairs = [
            (
                "q",
                Some(self.query.as_str()).filter(|query| !query.is_empty()),
            ),
            ("course", self.course.as_ref().map(Slug::as_str)),
            ("kind", self.kind.map(NoteKind::as_str)),
            ("after", self.after.as_deref()),
        ];
        let pairs: Vec<String> = pairs
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", encode(value?))))
            .collect();
        if pairs.is_empty() {
            "/notes".to_owned()
        } else {
            format!("/notes?{}", pairs.join("&"))
        }
    }
}

/// A search keeps what was chosen beside it.
#[component]
fn Search(filter: Filter) -> impl IntoView {
    let kept = [
        ("course", filter.course.map(String::from)),
        ("kind", filter.kind.map(|kind| kind.as_str().to_owned())),
    ];
    let kept: Vec<_> = kept
        .into_iter()
        .filter_map(|(name, value)| Some(view! { <input type="hidden" name=name value=value?/> }))
        .collect();
    view! {
        <form class="search" role="search" action="/notes">
            {kept}
            <label class="visually-hidden" for="q">{t!("notes-search")}</label>
            <input
                class="search-input"
                id="q"
                name="q"
                type="search"
                value=filter.query
                placeholder=t!("notes-search")
                autocomplete="off"
                enterkeyhint="search"
                maxlength="200"
            />
            <button class="search-button" type="submit">
                <Icon name=IconName::Search/>
                <span class="visually-hidden">{t!("search")}</span>
            </button>
        </form>
    }
}

#[component]
fn Filters(filter: Filter, courses: Vec<(Slug, String)>) -> impl IntoView {
    // The first page of another choice.
    let filter = Filter {
        after: None,
        ..filter
    };
    let choice = |to: Filter, chosen: bool, label: String| {
        view! { <li><a href=to.url() aria-current=chosen.then_some("true")>{label}</a></li> }
    };
    let kinds: Vec<_> = std::iter::once(None)
        .chain(NoteKind::ALL.map(Some))
        .map(|kind| {
            let label = kind.map_or_else(
                || t!("notes-kind-all"),
                |kind: NoteKind| t!(format!("note-kind-{}", kind.as_str()).as_str()),
            );
            choice(
                Filter {
                    kind,
                    ..filter.clone()
                },
                kind == filter.kind,
                label,
            )
        })
        .collect();
    let by_course: Vec<_> = std::iter::once((None, t!("notes-course-all")))
        .chain(courses.into_iter().map(|(slug, title)| (Some(slug), title)))
        .map(|(course, label)| {
            let chosen = course == filter.course;
            choice(
                Filter {
                    course,
                    ..filter.clone()
                },
                chosen,
                label,
            )
        })
        .collect();
    view! {
        <div class="notes-filters">
            <nav class="notes-filter" aria-labelledby="notes-kind">
                <h2 class="notes-filter-title" id="notes-kind">{t!("notes-kind")}</h2>
                <ul>{kinds}</ul>
            </nav>
            <nav class="notes-filter" aria-labelledby="notes-course">
                <h2 class="notes-filter-title" id="notes-course">{t!("notes-course")}</h2>
                <ul>{by_course}</ul>
            </nav>
            <div class="notes-filter">
                <h2 class="notes-filter-title" id="notes-export">{t!("notes-export")}</h2>
                <ul>
                    <li><a href="/notes/export.md" download="" rel="external"><Icon name=IconName::Download/>{t!("notes-markdown")}</a></li>
                    <li><a href="/notes/export.json" download="" rel="external"><Icon name=IconName::Download/>{t!("notes-json")}</a></li>
                </ul>
            </div>
        </div>
    }
}

#[component]
fn Found(filter: Filter, found: NotePage) -> impl IntoView {
    let items: Vec<_> = found
        .notes
        .iter()
        .map(|note| item(note, Shelf::All))
        .collect();
    let older = found.next.map(|after| {
        let after = Some(after);
        let url = Filter { after, ..filter }.url();
        view! { <p class="actions"><a class="button" rel="next" href=url>{t!("notes-older")}</a></p> }
    });
    view! {
        <section aria-label=t!("notes-results")>
            {if items.is_empty() {
                view! {
                    <div class="empty">
                        <p>{t!("notes-not-found")}</p>
                        <p class="actions"><a class="button" href="/notes">{t!("notes-kind-all")}</a></p>
                    </div>
                }.into_any()
            } else {
                view! { <ul class="notes-list">{items}</ul> }.into_any()
            }}
            {older}
        </section>
    }
}
