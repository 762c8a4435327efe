use domain::{block::shares, lesson::ShownOption};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::AnswerBlock,
    form::{BlockForm, Spot},
};
use crate::{t, ui::Html};

pub fn view(
    spot: &Spot,
    prompt_html: String,
    options: Vec<ShownOption>,
    counts: Option<Vec<u64>>,
    mine: Option<String>,
) -> AnyView {
    // What a stranger answered is not kept: the results are shown once.
    let posted = spot.posted(AnswerBlock::url());
    let shown = posted
        .as_ref()
        .and_then(|form| form.outcome.as_ref().ok())
        .and_then(|json| serde_json::from_str::<Vec<u64>>(json).ok());
    let guest = shown.is_some();
    let chosen = posted.and_then(|form| form.value("choice").map(str::to_owned));
    let chosen = chosen.or(mine.clone());
    let form = question(spot, &prompt_html, &options, chosen.as_deref());
    let Some(counts) = shown.or(counts) else {
        return form;
    };
    let own = chosen.filter(|_| guest || mine.is_some());
    let results = results(spot, prompt_html, &options, &counts, own.as_deref());
    let again = if own.is_some() {
        t!("poll-again")
    } else {
        t!("poll-take-part")
    };
    view! {
        {results}
        {(!spot.enrolled).then(|| view! { <p class="meta">{t!("poll-guest")}</p> })}
        <details class="block-more"><summary>{again}</summary>{form}</details>
    }
    .into_any()
}

fn question(
    spot: &Spot,
    prompt_html: &str,
    options: &[ShownOption],
    chosen: Option<&str>,
) -> AnyView {
    let id = spot.id();
    let (language, prompt) = (spot.language.clone(), prompt_html.to_owned());
    let options: Vec<_> = options
        .iter()
        .enumerate()
        .map(|(index, option)| {
            let field = format!("{id}-{index}");
            let checked = chosen == Some(option.key.as_str());
            view! {
                <div class="option">
                    <input type="radio" id=field.clone() name="choice" value=option.key.clone() checked=checked required=true/>
                    <label for=field><Html html=option.html.clone() inline=true/></label>
                </div>
            }
        })
        .collect();
    view! {
        <BlockForm spot=spot.clone() action=AnswerBlock::url() class="block-form">
            <fieldset class="question" lang=language>
                <legend class="question-text"><Html html=prompt inline=true/></legend>
                <div class="options">{options}</div>
            </fieldset>
            <button class="button button-main" type="submit">{t!("poll-send")}</button>
        </BlockForm>
    }
    .into_any()
}

/// The figures are brought up to date by [`super::live`].
fn results(
    spot: &Spot,
    prompt_html: String,
    options: &[ShownOption],
    counts: &[u64],
    own: Option<&str>,
) -> impl IntoView + use<> {
    let total: u64 = counts.iter().sum();
    let lines: Vec<_> = options
        .iter()
        .zip(counts.iter().zip(shares(counts)))
        .map(|(option, (count, share))| {
            let is_own = own == Some(option.key.as_str());
            view! {
                <li class="poll-result" data-own=is_own.then_some("")>
                    <span class="poll-option">
                        <span lang=spot.language.clone()><Html html=option.html.clone() inline=true/></span>
                        {is_own.then(|| view! { " " <span class="poll-own">{t!("poll-own")}</span> })}
                    </span>
                    " "
                    <span class="poll-figure"><b data-share=true>{share}"%"</b> " · " <span data-count=true>{*count}</span></span>
                    <progress class="poll-bar" max="100" value=share aria-hidden="true"></progress>
                </li>
            }
        })
        .collect();
    // Who has chosen, and staff, may ask again.
    let ask = (spot.enrolled || spot.staff).then(|| {
        serde_json::json!({ "course": spot.course, "lesson": spot.lesson, "activity": spot.key })
            .to_string()
    });
    view! {
        <div class="poll-results" tabindex="-1" data-answer=true data-ask=ask>
            <div class="question-text" lang=spot.language.clone()><Html html=prompt_html inline=true/></div>
            <ul class="poll-lines" role="list">{lines}</ul>
            <p class="poll-total">{t!("poll-total")} " " <b data-total=true>{total}</b></p>
        </div>
    }
}
