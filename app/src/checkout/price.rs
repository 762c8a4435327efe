//! Prices as the catalogue, courses and the front page show them.

use domain::{
    checkout::{
        offer::{ShownPrice, ShownPromotion},
        promotion::Theme,
    },
    lesson::CourseCard,
};
use leptos::prelude::*;

use crate::{
    i18n, t,
    visit::{Visit, encode, locale, moment},
};

/// What a course costs now, and what it cost before where that is more.
pub fn price(card: &CourseCard) -> AnyView {
    let Some(list) = card.price else {
        return t!("free").into_any();
    };
    let list_words = i18n::money(locale(), list);
    match card.offer.as_ref().filter(|offer| offer.is_lowered()) {
        None => list_words.into_any(),
        Some(offer) => view! {
            <s class="price-was"><span class="visually-hidden">{t!("price-was")}" "</span>{list_words}</s>
            " "
            <span class="visually-hidden">{t!("price-now")}" "</span>
            {i18n::money(locale(), offer.now)}
        }
        .into_any(),
    }
}

/// The price now, in words alone.
pub fn price_now(card: &CourseCard) -> String {
    let now = card.offer.as_ref().map(|offer| offer.now).or(card.price);
    now.map_or_else(|| t!("free"), |price| i18n::money(locale(), price))
}

/// Why a price is lowered, until when, and how low it was before.
pub fn terms(card: &CourseCard) -> Option<impl IntoView + use<>> {
    let offer: &ShownPrice = card.offer.as_ref().filter(|offer| offer.is_lowered())?;
    let why = offer.promotion.clone().map(|promotion| {
        let until = promotion.ends.map(|ends| view! {
            " " <time datetime=ends.to_string()>{t!("price-until", "until" => moment(ends))}</time>
        });
        view! { <span class="price-why"><b>{promotion.name}</b>{until}</span> }
    });
    let lowest = offer
        .lowest
        .map(|lowest| view! { <span>{t!("price-lowest", "price" => i18n::money(locale(), lowest))}</span> });
    Some(view! { <p class="price-terms">{why}{lowest}</p> })
}

/// The checkout of a course, with the coupon that a link has brought.
pub fn buy_url(card: &CourseCard) -> String {
    match Visit::current().coupon {
        Some(code) => format!("/checkout/{}?coupon={}", card.slug, encode(&code)),
        None => format!("/checkout/{}", card.slug),
    }
}

/// The promotion that has something to announce, of those that lower these prices.
pub fn banner(cards: &[CourseCard]) -> Option<impl IntoView + use<>> {
    let promotion = cards
        .iter()
        .filter(|card| card.progress.is_none())
        .filter_map(|card| card.offer.as_ref()?.promotion.clone())
        .find(|promotion| promotion.theme.is_some())?;
    Some(view! { <Banner promotion/> })
}

/// A strip above the page. The occasion shows in its pattern, not in colours of its own.
#[component]
fn Banner(promotion: ShownPromotion) -> impl IntoView {
    let theme = promotion.theme.unwrap_or(Theme::Plain);
    let words = promotion
        .banner
        .get(locale().tag())
        .or_else(|| promotion.banner.get("en"))
        .cloned()
        .unwrap_or(promotion.name);
    let until = promotion.ends.map(|ends| {
        view! {
            " " <time datetime=ends.to_string()>{t!("price-until", "until" => moment(ends))}</time>
        }
    });
    view! {
        <p class="banner">
            <svg class="banner-pattern" aria-hidden="true">
                <defs>
                    <pattern id="banner-pattern" width="24" height="24" patternUnits="userSpaceOnUse">
                        <path d=pattern(theme)/>
                    </pattern>
                </defs>
                <rect width="100%" height="100%" fill="url(#banner-pattern)"/>
            </svg>
            <span class="banner-words">{words}{until}</span>
        </p>
    }
}

/// A tile of 24 by 24.
fn pattern(theme: Theme) -> &'static str {
    match theme {
        // Blazes.
        Theme::Plain => "M12 4l5 8-5 8-5-8z",
        // Rays of a first morning.
        Theme::NewYear => "M12 24V8M12 24L2 10M12 24L22 10M12 24L0 18M12 24L24 18",
        // A fret, as on window lattices.
        Theme::SpringFestival => "M0 20h20V4H6v10h8v-4M24 4v16",
        // A squared exercise book.
        Theme::BackToSchool => "M0 6h24M0 14h24M0 22h24M6 0v24M14 0v24M22 0v24",
        // The full moon over waves.
        Theme::MidAutumn => "M18 9a6 6 0 1 1-12 0 6 6 0 0 1 12 0M0 21q6-5 12 0t12 0",
        // Ones, side by side.
        Theme::Singles => "M4 3v18M10 3v18M16 3v18M22 3v18",
        // Tracks in the snow.
        Theme::YearEnd => "M0 20l6-6 6 6 6-6 6 6M0 10l6-6 6 6 6-6 6 6",
    }
}
