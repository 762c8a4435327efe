//! What checkout asks of the backend.

use std::collections::BTreeSet;

use backend::{
    checkout::{Buyer, Next},
    pricing::{Ask, Priced},
};
use domain::{
    Timestamp,
    account::Email,
    checkout::{
        history::Step,
        price::{Basket, MAX_COURSES},
        shown::OrderPage,
    },
    form::FieldError,
    ids::{OrderId, Slug},
    lesson::CourseCard,
    money::Money,
};
use uuid::Uuid;

use super::{backend, buyer, client, redirect};
use crate::{
    checkout::{
        Checkout,
        lines::{Preview, address, words},
    },
    error::AppError,
    i18n,
    visit::{self, Visit},
};

/// What courses that the visitor has not got cost now.
pub async fn add_offers(cards: impl IntoIterator<Item = &mut CourseCard>) -> Result<(), AppError> {
    let mut cards: Vec<&mut CourseCard> = cards.into_iter().collect();
    cards.retain(|card| card.price.is_some() && card.progress.is_none());
    if cards.is_empty() {
        return Ok(());
    }
    let courses: Vec<Slug> = cards.iter().map(|card| card.slug.clone()).collect();
    let user = Visit::current().user.map(|user| user.id);
    let mut prices = backend()?.shown_prices(&courses, user).await?;
    for card in cards {
        card.offer = prices.remove(&card.slug);
    }
    Ok(())
}

/// What buying it together with others saves, and the checkout of that.
pub async fn ways(course: &Slug) -> Result<Vec<(String, String)>, AppError> {
    let price = match price(std::slice::from_ref(course), "", "").await {
        // Shown to staff before it is published.
        Err(AppError::NotFound) => return Ok(Vec::new()),
        other => preview_of(other?.basket),
    };
    let code = Visit::current().coupon;
    let together = price
        .say()
        .cheaper
        .into_iter()
        .filter(|(_, add)| !add.is_empty());
    Ok(together
        .map(|(words, add)| {
            let courses: Vec<Slug> = std::iter::once(course.clone()).chain(add).collect();
            (words, address(&courses, code.as_deref()))
        })
        .collect())
}

/// What a course has cost, in words.
pub async fn history(course: &Slug) -> Result<Vec<(String, String)>, AppError> {
    /// Older ones say nothing about today's.
    const SHOWN: usize = 8;
    let steps = match backend()?.price_steps(course).await {
        // Shown to staff before it is published.
        Err(backend::Error::NotFound) => return Ok(Vec::new()),
        steps => steps?,
    };
    if steps.len() < 2 {
        return Ok(Vec::new());
    }
    let words = |step: &Step| {
        let paid = Money {
            minor: step.paid,
            ..step.list
        };
        (visit::day(step.from), i18n::money(visit::locale(), paid))
    };
    Ok(steps.iter().rev().take(SHOWN).map(words).collect())
}

/// The checkout page of these courses.
pub async fn look(courses: &[Slug], code: &str, email: &str) -> Result<Checkout, AppError> {
    let backend = backend()?;
    let (priced, refused) = match price(courses, code, email).await {
        // Guessing codes does not close the shop.
        Err(error @ AppError::TooManyAttempts { .. }) if !code.is_empty() => {
            (price(courses, "", email).await?, Some(error))
        }
        other => (other?, None),
    };
    let terms = backend.agreement_terms().await?;
    let mut price = preview_of(priced.basket);
    let user = Visit::current().user.map(|user| user.id);
    let chosen = price.courses();
    let currency = price.basket.currency;
    let beside = match chosen.len() < MAX_COURSES {
        true => backend.sold_beside(&chosen, currency, user).await?,
        false => Vec::new(),
    };
    price.grows = !beside.is_empty();
    Ok(Checkout {
        price,
        beside,
        code: code.to_owned(),
        refused,
        agreement: terms.version,
        refund: terms.refund,
        form_key: Uuid::now_v7(),
        test: backend.gateway.is_test(),
    })
}

pub async fn preview(courses: &[Slug], code: &str, grows: bool) -> Result<Preview, AppError> {
    let preview = preview_of(price(courses, code, "").await?.basket);
    Ok(Preview { grows, ..preview })
}

/// Courses that cannot be bought with the first one are left out.
async fn price(courses: &[Slug], code: &str, email: &str) -> Result<Priced, AppError> {
    let (backend, client) = (backend()?, client()?);
    let user = Visit::current().user;
    let email_key = match &user {
        Some(user) => Some(user.email.key()),
        None => Email::parse(email).ok().map(|email| email.key()),
    };
    let buyer = match &user {
        Some(user) => Some(user.id.to_string()),
        None => buyer::held().map(|key| key.hash()),
    };
    let ask = |courses| Ask {
        courses,
        code: Some(code).filter(|code| !code.is_empty()),
        user: user.as_ref().map(|user| user.id),
        email_key: email_key.as_deref(),
        buyer: buyer.as_deref(),
    };
    let courses = &courses[..courses.len().min(MAX_COURSES)];
    match backend.priced(&ask(courses), &client.visitor).await {
        Err(backend::Error::NotFound | backend::Error::Invalid(_)) if courses.len() > 1 => {
            Ok(backend.priced(&ask(&courses[..1]), &client.visitor).await?)
        }
        other => Ok(other?),
    }
}

fn preview_of(mut basket: Basket) -> Preview {
    // What staff call a coupon and how many of it there are is no buyer's business, and the price does not ask.
    if let Some(coupon) = basket.coupon.as_mut().and_then(|own| own.coupon.as_mut()) {
        coupon.name.clear();
        coupon.terms.limit = None;
    }
    let moments = moments(&basket)
        .into_iter()
        .map(|at| (at.as_second(), visit::moment(at)))
        .collect();
    Preview {
        words: words(basket.currency),
        grows: true,
        moments,
        basket,
    }
}

/// Every moment that may be spoken of.
fn moments(basket: &Basket) -> BTreeSet<Timestamp> {
    let windows = basket.promotions.iter().map(|promotion| promotion.window);
    windows
        .flat_map(|window| [window.starts, window.ends])
        .flatten()
        .collect()
}

/// Who buys, by the form.
pub fn buyer(email: &str, agreed: bool) -> Result<Buyer, AppError> {
    let user = Visit::current().user;
    let mut faults = Vec::new();
    let email = match &user {
        Some(user) => Some(user.email.clone()),
        None => Email::parse(email).map_err(|fault| faults.push(fault)).ok(),
    };
    if !agreed {
        faults.push(FieldError::new("agree", "error-agree"));
    }
    match email.filter(|_| faults.is_empty()) {
        Some(email) => Ok(Buyer {
            user,
            email,
            key: buyer::key()?,
            language: visit::locale().tag().to_owned(),
        }),
        None => Err(AppError::Invalid(faults)),
    }
}

/// To the page of the gateway, or to the order where there is nothing to pay.
pub fn go_on(order: OrderId, next: Next) {
    match next {
        // The built-in gateway's page is our own, whatever name the school has for this browser.
        Next::PayAt(url) => redirect(url.strip_prefix(&Visit::current().origin).unwrap_or(&url)),
        Next::Done => redirect(&format!("/orders/{order}")),
    }
}

pub async fn order_page(order: OrderId, key: Option<String>) -> Result<OrderPage, AppError> {
    let backend = backend()?;
    if let Some(key) = key {
        let asker = backend::checkout::Asker::Guest { key: key.clone() };
        let page = backend.order_page(&asker, order).await?;
        buyer::keep_order_key(order, &key);
        return Ok(page);
    }
    let ask = |asker| {
        let backend = backend.clone();
        async move { backend.order_page(&asker, order).await }
    };
    buyer::as_any(ask).await
}
