use domain::{
    block::{KNOWN, NOT_YET},
    lesson::ShownCard,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::AnswerBlock,
    form::{BlockForm, Spot},
};
use crate::{t, ui::Html};

pub fn view(spot: &Spot, title: String, cards: Vec<ShownCard>) -> AnyView {
    let known = cards.iter().filter(|card| card.known == Some(true)).count();
    let total = cards.len();
    // Behind an answer comes the next card without one; behind the last, how many are known.
    let next = cards.iter().position(|card| card.known.is_none());
    let lines: Vec<_> = cards
        .into_iter()
        .enumerate()
        .map(|(index, card)| card_view(spot, card, next == Some(index)))
        .collect();
    let state = spot.enrolled.then(|| {
        view! {
            <p class="cards-state" tabindex="-1" data-answer=next.is_none().then_some("")>
                {t!("cards-state", "known" => known, "total" => total)}
            </p>
        }
    });
    let title = (!title.is_empty())
        .then(|| view! { <h2 class="block-title" lang=spot.language.clone()>{title}</h2> });
    view! {
        {title}
        {state}
        <ol class="cards" role="list">{lines}</ol>
    }
    .into_any()
}

/// The front is the name of the disclosure, the back what it opens. One of a deck is open at a time.
fn card_view(spot: &Spot, card: ShownCard, next: bool) -> impl IntoView + use<> {
    let language = spot.language.clone();
    let mark = card.known.map(|known| if known { KNOWN } else { NOT_YET });
    let words = card.known.map(|known| {
        let words = if known {
            t!("cards-is-known")
        } else {
            t!("cards-is-not-yet")
        };
        view! { " " <span class="card-mark">{words}</span> }
    });
    let forms = spot.enrolled.then(|| {
        let form = |choice: &'static str, label: String| {
            view! {
                <BlockForm spot=spot.clone() action=AnswerBlock::url() part=card.key.clone()>
                    <input type="hidden" name="choice" value=choice/>
                    <button class="button" type="submit">{label}</button>
                </BlockForm>
            }
        };
        view! {
            <div class="card-choice">
                {form(KNOWN, t!("cards-known"))}
                {form(NOT_YET, t!("cards-not-yet"))}
            </div>
        }
    });
    view! {
        <li class="card" data-mark=mark>
            <details name=format!("{}-cards", spot.id())>
                <summary data-answer=next.then_some("")>
                    <span lang=language.clone()><Html html=card.front_html inline=true/></span>
                    {words}
                </summary>
                <div class="card-back">
                    <div lang=language><Html html=card.back_html class="prose"/></div>
                    {forms}
                </div>
            </details>
        </li>
    }
}
