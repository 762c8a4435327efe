//! Coupons that a learner was given, with codes that work once.

use domain::{
    checkout::{Off, coupon::Terms, offer::Gift},
    money::Money,
};
use leptos::prelude::*;

use crate::{
    error::AppError,
    i18n, t,
    visit::{encode, locale, moment},
};

#[server]
pub async fn my_gifts() -> Result<Vec<Gift>, AppError> {
    let user = crate::server::learner()?;
    Ok(crate::server::backend()?.gifts(user.id).await?)
}

/// Nothing where there are none. Each leads to the courses, and the link keeps the code in mind.
pub fn gifts(gifts: Vec<Gift>) -> Option<impl IntoView> {
    let items: Vec<_> = gifts.into_iter().map(item).collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="page-section" aria-labelledby="gifts">
                <h2 id="gifts">{t!("gifts-title")}</h2>
                <ul class="left-lessons">{items}</ul>
            </section>
        }
    })
}

fn item(gift: Gift) -> impl IntoView {
    let url = format!("/courses?coupon={}", encode(&gift.code));
    let until = gift.terms.window.ends.map(|ends| {
        view! { " " <time datetime=ends.to_string()>{t!("price-until", "until" => moment(ends))}</time> }
    });
    view! {
        <li class="left-lesson">
            <span class="blaze" data-state="ahead" aria-hidden="true"></span>
            <a href=url>{t!("gift-use", "off" => off(&gift.terms))}</a>
            <span class="trail-note"><code>{gift.code}</code>{until}</span>
        </li>
    }
}

/// What it takes off, in words.
fn off(terms: &Terms) -> String {
    let amount = |minor: i64| {
        let money = terms.currency.map(|currency| Money { minor, currency });
        money.map_or_else(String::new, |money| i18n::money(locale(), money))
    };
    match terms.off {
        Off::Percent { percent, cap: None } => t!("gift-percent", "percent" => i64::from(percent)),
        Off::Percent {
            percent,
            cap: Some(cap),
        } => {
            t!("gift-percent-capped", "percent" => i64::from(percent), "cap" => amount(cap))
        }
        Off::Amount { minor } => t!("gift-amount", "amount" => amount(minor)),
        Off::To { minor } => t!("gift-to", "amount" => amount(minor)),
    }
}
