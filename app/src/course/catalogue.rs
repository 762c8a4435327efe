use domain::{course::Level, lesson::CourseCard};
use leptos::prelude::*;

use super::api::find_courses;
use crate::{
    certificate,
    checkout::price::{banner, price, terms},
    t,
    ui::{Cover, Icon, IconName, Page, Progress, page},
    visit::{Visit, encode},
};

const LEVELS: [(Level, &str); 3] = [
    (Level::Beginner, "beginner"),
    (Level::Intermediate, "intermediate"),
    (Level::Advanced, "advanced"),
];

#[component]
pub fn CataloguePage() -> impl IntoView {
    page(async {
        let visit = Visit::current();
        let filter = Filter {
            query: visit.query("q").unwrap_or_default().trim().chars().take(200).collect(),
            category: visit.query("category").filter(|text| !text.is_empty()).map(str::to_owned),
            level: LEVELS.iter().find(|(_, name)| visit.query("level") == Some(name)).copied(),
        };
        let found = find_courses(filter.query.clone(), filter.category.clone(), filter.level.map(|(level, _)| level)).await?;
        let empty = found.cards.is_empty();
        let count = found.cards.len();
        Ok(view! {
            <Page title=t!("courses") description=t!("catalogue-description")>
                {banner(&found.cards)}
                <div class="page-head">
                    <h1>{t!("courses")}</h1>
                    <Search query=filter.query.clone()/>
                </div>
                <div class="catalogue">
                    <Filters filter=filter.clone() categories=found.categories/>
                    <section class="catalogue-results" aria-label=t!("results")>
                        <p class="catalogue-count" role="status">{t!("courses-found", "count" => count)}</p>
                        {if empty {
                            view! {
                                <div class="empty">
                                    <p>{t!("nothing-found")}</p>
                                    <p class="actions"><a class="button button-main" href="/courses">{t!("all-courses")}</a></p>
                                </div>
                            }.into_any()
                        } else {
                            view! { <CourseList cards=found.cards heading=2/> }.into_any()
                        }}
                    </section>
                </div>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

#[derive(Clone)]
struct Filter {
    query: String,
    category: Option<String>,
    level: Option<(Level, &'static str)>,
}

impl Filter {
    fn url(&self) -> String {
        let pairs = [
            ("q", (!self.query.is_empty()).then_some(self.query.as_str())),
            ("category", self.category.as_deref()),
            ("level", self.level.map(|(_, name)| name)),
        ];
        let pairs: Vec<String> = pairs
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", encode(value?))))
            .collect();
        if pairs.is_empty() {
            "/courses".to_owned()
        } else {
            format!("/courses?{}", pairs.join("&"))
        }
    }
}

#[component]
fn Search(query: String) -> impl IntoView {
    view! {
        <form class="search" role="search" action="/courses">
            <label class="visually-hidden" for="q">{t!("search-courses")}</label>
            <input
                class="search-input"
                id="q"
                name="q"
                type="search"
                value=query
                placeholder=t!("search-courses")
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
fn Filters(filter: Filter, categories: Vec<String>) -> impl IntoView {
    let choice = |filter: Filter, chosen: bool, label: String| {
        view! { <li><a href=filter.url() aria-current=chosen.then_some("true")>{label}</a></li> }
    };
    let by_category: Vec<_> = std::iter::once(None)
        .chain(categories.into_iter().map(Some))
        .map(|category| {
            let label = category.clone().unwrap_or_else(|| t!("category-all"));
            let chosen = category == filter.category;
            choice(
                Filter {
                    category,
                    ..filter.clone()
                },
                chosen,
                label,
            )
        })
        .collect();
    let by_level: Vec<_> = std::iter::once(None)
        .chain(LEVELS.into_iter().map(Some))
        .map(|level| {
            let label = level.map_or_else(
                || t!("level-any"),
                |(_, name)| t!(format!("level-{name}").as_str()),
            );
            let chosen = level.map(|(level, _)| level) == filter.level.map(|(level, _)| level);
            choice(
                Filter {
                    level,
                    ..filter.clone()
                },
                chosen,
                label,
            )
        })
        .collect();
    view! {
        <div class="filters">
            <nav class="filter" aria-labelledby="filter-category">
                <h2 class="filter-title" id="filter-category">{t!("category")}</h2>
                <ul>{by_category}</ul>
            </nav>
            <nav class="filter" aria-labelledby="filter-level">
                <h2 class="filter-title" id="filter-level">{t!("level")}</h2>
                <ul>{by_level}</ul>
            </nav>
        </div>
    }
}

/// Courses, one below the other. `heading`: level of their titles.
#[component]
pub fn CourseList(cards: Vec<CourseCard>, heading: u8) -> impl IntoView {
    let items: Vec<_> = cards
        .into_iter()
        .map(|card| view! { <CatalogueItem card heading/> })
        .collect();
    view! { <ul class="course-list">{items}</ul> }
}

#[component]
pub fn CatalogueItem(card: CourseCard, heading: u8) -> impl IntoView {
    let percent = card.progress.as_ref().map(|progress| progress.percent);
    let url = format!("/courses/{}", card.slug);
    let transition = format!("title-{}", card.slug);
    let language = card.language.clone();
    let link = view! { <a href=url>{card.title.clone()}</a> };
    let title = if heading == 2 {
        view! { <h2 class="course-item-title" lang=language.clone() data-vt=transition>{link}</h2> }
            .into_any()
    } else {
        view! { <h3 class="course-item-title" lang=language.clone() data-vt=transition>{link}</h3> }
            .into_any()
    };
    let end = match card.progress.clone() {
        Some(progress) => {
            let certificate = certificate::link(&card.slug, &progress);
            view! { <div class="course-item-end"><Progress progress/>{certificate}</div> }
                .into_any()
        }
        None => view! {
            <div class="course-item-end"><p class="price">{price(&card)}</p>{terms(&card)}</div>
        }
        .into_any(),
    };
    view! {
        <li class="course-item">
            {percent.map_or_else(
                || view! { <Cover slug=card.slug.clone() shared=true/> }.into_any(),
                |percent| view! { <Cover slug=card.slug.clone() progress=percent shared=true/> }.into_any(),
            )}
            <div class="course-item-body">
                {title}
                <p class="course-item-line" lang=language>{card.summary.clone()}</p>
                <p class="meta">
                    <span>{card.category.clone()}</span>
                    <span>{level(card.level)}</span>
                    <span>{t!("lessons", "count" => card.lessons)}</span>
                    <span>{t!("minutes", "count" => card.minutes)}</span>
                </p>
            </div>
            {end}
        </li>
    }
}

pub fn level(level: Level) -> String {
    let name = LEVELS
        .iter()
        .find(|(candidate, _)| *candidate == level)
        .map_or("beginner", |(_, name)| name);
    t!(format!("level-{name}").as_str())
}
