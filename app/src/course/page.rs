use domain::{
    lesson::{CourseCard, CourseLeft, CoursePage as Course},
    offline::KeepList,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{Enrol, course_page},
    catalogue::level,
};
use crate::{
    certificate,
    checkout::{
        price::{banner, buy_url, price, terms},
        price_history, ways_to_pay_less,
    },
    i18n,
    offline::{KeepPanel, course_to_keep},
    param,
    progress::{LeftOfCourse, whats_left},
    t,
    ui::{
        Cover, Form, FormError, Hidden, Html, Icon, IconName, Page, Progress, Submit, Trail, page,
    },
    visit::{Visit, encode},
};

#[component]
pub fn CoursePage() -> impl IntoView {
    let slug = param("course");
    page(async move {
        let course = course_page(slug.clone()).await?;
        let left = match &course.card.progress {
            Some(_) => Some(whats_left(slug).await?),
            None => None,
        };
        let card = course.card.clone();
        let picture = None;
        let for_sale = card.price.is_some() && card.progress.is_none();
        let prices = if for_sale {
            let slug = card.slug.to_string();
            Prices {
                ways: ways_to_pay_less(slug.clone()).await?,
                history: price_history(slug).await?,
            }
        } else {
            Prices::default()
        };
        let keep = match card.progress {
            // Without it the page is still worth showing.
            Some(_) => course_to_keep(card.slug.to_string()).await.ok(),
            None => None,
        };
        Ok(view! {
            <Page title=card.title.clone() description=card.summary.clone() picture=picture>
                <StructuredData course=course.clone()/>
                {banner(std::slice::from_ref(&card))}
                <article class="course">
                    <header class="course-head" lang=card.language.clone()>
                        <nav class="breadcrumb" aria-label=t!("breadcrumb")>
                            <a href="/courses" lang=crate::visit::locale().tag()>{t!("courses")}</a>
                            " "
                            <a href=format!("/courses?category={}", encode(&card.category))>{card.category.clone()}</a>
                        </nav>
                        <h1 class="course-title" data-vt=format!("title-{}", card.slug)>{card.title.clone()}</h1>
                        <p class="course-line">{card.summary.clone()}</p>
                        <p class="meta" lang=crate::visit::locale().tag()>
                            <span>{level(card.level)}</span>
                            <span>{t!("lessons", "count" => card.lessons)}</span>
                            <span>{t!("minutes", "count" => card.minutes)}</span>
                            <span>{i18n::language_name(crate::visit::locale(), &card.language)}</span>
                        </p>
                    </header>
                    <Offer course=course.clone() prices keep/>
                    <Body course left/>
                </article>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

/// Of a course for sale, in words.
#[derive(Clone, Default)]
struct Prices {
    /// To pay less together with other courses: what that saves, and its checkout.
    ways: Vec<(String, String)>,
    /// What it has cost, and since when.
    history: Vec<(String, String)>,
}

/// Price and the way in: at the side, on a phone a bar at the bottom.
#[component]
fn Offer(
    course: Course,
    prices: Prices,
    #[prop(optional_no_strip)] keep: Option<KeepList>,
) -> impl IntoView {
    let card = course.card.clone();
    let ways: Vec<_> = prices
        .ways
        .into_iter()
        .map(|(words, url)| view! { <li>{words} " " <a href=url rel="nofollow">{t!("price-see-bundle")}</a></li> })
        .collect();
    let percent = card.progress.as_ref().map(|progress| progress.percent);
    view! {
        <aside class="offer" aria-label=t!("offer")>
            {percent.map_or_else(
                || view! { <Cover slug=card.slug.clone() shared=true/> }.into_any(),
                |percent| view! { <Cover slug=card.slug.clone() progress=percent shared=true/> }.into_any(),
            )}
            <div class="offer-act">
                <Act card=card.clone()/>
                {card.progress.is_none().then(|| terms(&card))}
                {price_steps(prices.history)}
                {trial(&card)}
                {(!ways.is_empty()).then(|| view! { <ul class="price-cheaper">{ways}</ul> })}
            </div>
            {card.progress.as_ref().and_then(|progress| certificate::link(&card.slug, progress))}
            <ul class="offer-included" aria-label=t!("included")>
                {(course.videos > 0).then(|| view! { <li><Icon name=IconName::Play/>{t!("included-videos", "count" => course.videos)}</li> })}
                <li><Icon name=IconName::FileText/>{t!("included-lessons", "count" => card.lessons, "minutes" => card.minutes)}</li>
                {(course.quizzes > 0).then(|| view! { <li><Icon name=IconName::CircleCheck/>{t!("included-quizzes", "count" => course.quizzes)}</li> })}
                <li><Icon name=IconName::ShieldCheck/>{t!("included-progress")}</li>
            </ul>
            {keep.map(|list| view! { <KeepPanel list/> })}
        </aside>
    }
}

/// Honest prices have nothing to hide: what was asked for before, and since when.
fn price_steps(history: Vec<(String, String)>) -> Option<impl IntoView + use<>> {
    let steps: Vec<_> = history
        .into_iter()
        .map(|(day, paid)| view! { <li>{t!("price-since", "day" => day)} " " <span class="price">{paid}</span></li> })
        .collect();
    (!steps.is_empty()).then(|| {
        view! {
            <details class="price-history">
                <summary>{t!("price-history")}</summary>
                <ul>{steps}</ul>
            </details>
        }
    })
}

/// The trial lesson, for those who have not got the course.
fn trial(card: &CourseCard) -> Option<impl IntoView + use<>> {
    let trial = card
        .trial_lesson
        .clone()
        .filter(|_| card.progress.is_none())?;
    let url = format!("/courses/{}/lessons/{trial}", card.slug);
    Some(view! { <a class="button" href=url>{t!("start-trial")}</a> })
}

/// The one thing to do: continue, enrol or buy.
#[component]
fn Act(card: CourseCard) -> AnyView {
    if let Some(progress) = card.progress.clone() {
        let next = progress.next.as_ref().map(|next| next.path(&card.slug));
        return view! {
            <div class="offer-bar">
                <Progress progress/>
                {next.map(|url| view! { <a class="button button-main" href=url>{t!("continue-learning")}</a> })}
            </div>
        }
        .into_any();
    }
    if card.price.is_some() {
        return view! {
            <div class="offer-bar">
                <p class="offer-price price">{price(&card)}</p>
                <a class="button button-main" href=buy_url(&card) rel="nofollow">{t!("buy-course")}</a>
            </div>
        }
        .into_any();
    }
    let slug = card.slug.to_string();
    view! {
        <div class="offer-bar">
            <p class="offer-price price">{price(&card)}</p>
            <Form action=Enrol::url() class="offer-form">
                <FormError/>
                <Hidden name="course" value=slug.clone()/>
                <Submit label=t!("enrol")/>
            </Form>
        </div>
    }
    .into_any()
}

#[component]
fn Body(course: Course, left: Option<CourseLeft>) -> impl IntoView {
    let card = course.card;
    let finished = card
        .progress
        .as_ref()
        .is_some_and(|progress| progress.percent == 100);
    let language = card.language.clone();
    let list = |items: Vec<String>| {
        items
            .into_iter()
            .map(|item| view! { <li>{item}</li> })
            .collect::<Vec<_>>()
    };
    let has = |items: &[String]| !items.is_empty();
    let (has_outcomes, has_prerequisites) = (has(&course.outcomes), has(&course.prerequisites));
    let has_overview = !course.overview_html.trim().is_empty();
    let teachers: Vec<_> = course
        .instructors
        .into_iter()
        .map(|person| {
            view! {
                <div class="teacher">
                    <p class="teacher-name">{person.name}</p>
                    <p class="teacher-role">{person.credentials}</p>
                    <p>{person.bio}</p>
                </div>
            }
        })
        .collect();
    let locale = crate::visit::locale().tag();
    let summary = format!(
        "{}{}{}",
        t!("lessons", "count" => card.lessons),
        t!("list-comma"),
        t!("minutes", "count" => card.minutes),
    );
    view! {
        <div class="course-body" lang=language>
            {left.map(|left| view! { <LeftOfCourse course=card.slug.clone() language=card.language.clone() left finished/> })}
            {has_outcomes.then(|| view! {
                <section class="course-section" aria-labelledby="outcomes">
                    <h2 id="outcomes" lang=locale>{t!("outcomes")}</h2>
                    <ul class="dashes">{list(course.outcomes)}</ul>
                </section>
            })}
            {has_overview.then(|| view! {
                <section class="course-section" aria-labelledby="about-course">
                    <h2 id="about-course" lang=locale>{t!("about-course")}</h2>
                    <Html html=course.overview_html class="prose"/>
                </section>
            })}
            <section class="course-section" aria-labelledby="syllabus">
                <h2 id="syllabus" lang=locale>{t!("trail")} " " <span class="trail-note">{summary}</span></h2>
                <Trail course=card.slug language=card.language sections=course.syllabus here=None heading=3/>
            </section>
            {(!teachers.is_empty()).then(|| view! {
                <section class="course-section" aria-labelledby="teacher">
                    <h2 id="teacher" lang=locale>{t!("teachers", "count" => teachers.len())}</h2>
                    {teachers}
                </section>
            })}
            {has_prerequisites.then(|| view! {
                <section class="course-section" aria-labelledby="before">
                    <h2 id="before" lang=locale>{t!("prerequisites")}</h2>
                    <ul class="dashes">{list(course.prerequisites)}</ul>
                </section>
            })}
        </div>
    }
}

/// What search engines read: schema.org `Course`.
#[component]
fn StructuredData(course: Course) -> impl IntoView {
    let card = course.card;
    let visit = Visit::current();
    let url = format!("{}/courses/{}", visit.origin, card.slug);
    let now = card.offer.as_ref().map(|offer| offer.now).or(card.price);
    let price = now.map_or_else(|| "0".to_owned(), domain::money::Money::decimal);
    let currency = now.map_or("USD", |price| price.currency.code());
    let until = card
        .offer
        .as_ref()
        .and_then(|offer| Some(offer.promotion.as_ref()?.ends?.to_string()));
    let data = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Course",
        "name": card.title,
        "description": card.summary,
        "url": url,
        "inLanguage": card.language,
        "educationalLevel": level(card.level),
        "teaches": course.outcomes,
        "coursePrerequisites": course.prerequisites,
        "provider": { "@type": "Organization", "name": t!("school"), "url": visit.origin },
        "offers": {
            "@type": "Offer",
            "category": if card.price.is_some() { "Paid" } else { "Free" },
            "price": price,
            "priceCurrency": currency,
            "priceValidUntil": until,
            "availability": "https://schema.org/InStock",
            "url": url,
        },
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": format!("PT{}M", card.minutes),
            "instructor": course.instructors.iter().map(|person| serde_json::json!({
                "@type": "Person", "name": person.name, "description": person.credentials,
            })).collect::<Vec<_>>(),
        },
    });
    // A closing tag inside a text would end the script.
    let data = data.to_string().replace('<', "\\u003c");
    let nonce = use_nonce();
    view! { <script type="application/ld+json" nonce=nonce>{data}</script> }
}

/// A poster that opens a lesson, playing.
#[component]
pub fn Stage(
    #[prop(optional_no_strip)] poster: Option<String>,
    url: String,
    label: String,
) -> impl IntoView {
    poster.map(|poster| {
        view! {
            <a class="stage stage-link" href=url aria-label=label data-vt="stage">
                <img src=poster alt="" width="1280" height="720" fetchpriority="high"/>
                <span class="stage-play" aria-hidden="true"><Icon name=IconName::Play/></span>
            </a>
        }
    })
}
