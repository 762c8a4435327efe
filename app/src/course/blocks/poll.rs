use domain::{block::shares, lesson::ShownOption};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::AnswerBlock,
    form::{BlockForm, Spot},
};
use crate::{t, ui::Html};

pub struct Poll {
    pub prompt_html: String,
    pub options: Vec<ShownOption>,
    /// Empty: nothing is said to those who have chosen.
    pub feedback_html: String,
    /// How the others chose is shown to staff only.
    pub private: bool,
}

pub fn view(spot: &Spot, poll: Poll, counts: Option<Vec<u64>>, mine: Option<String>) -> AnyView {
    // What a stranger answered is not kept: the results are shown once.
    let posted = spot.posted(AnswerBlock::url());
    let shown = posted
        .as_ref()
        .and_then(|form| form.outcome.as_ref().ok())
        .and_then(|json| serde_json::from_str::<Vec<u64>>(json).ok());
    let guest = shown.is_some();
    let chosen = posted.and_then(|form| form.value("choice").map(str::to_owned));
    let chosen = chosen.or(mine.clone());
    let form = question(spot, &poll.prompt_html, &poll.options, chosen.as_deref());
    let own = chosen.filter(|_| guest || mine.is_some());
    let results = match shown.or(counts).filter(|counts| !counts.is_empty()) {
        Some(counts) => results(spot, &poll, &counts, own.as_deref()).into_any(),
        // What was chosen is kept, and how the others chose is for staff.
        None if poll.private && own.is_some() => answered(spot, &poll, own.as_deref()).into_any(),
        None => return form,
    };
    let feedback = own.is_some().then(|| feedback(spot, &poll)).flatten();
    let again = if own.is_some() {
        t!("poll-again")
    } else {
        t!("poll-take-part")
    };
    view! {
        {results}
        {feedback}
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

fn feedback(spot: &Spot, poll: &Poll) -> Option<impl IntoView + use<>> {
    let (html, language) = (poll.feedback_html.clone(), spot.language.clone());
    (!html.is_empty()).then(|| view! { <div lang=language><Html html class="prose"/></div> })
}

fn answered(spot: &Spot, poll: &Poll, own: Option<&str>) -> impl IntoView + use<> {
    let options = poll.options.iter();
    let own = options.filter(|option| own == Some(option.key.as_str()));
    let own: Vec<_> = own
        .map(|option| {
            view! {
                <li class="poll-result" data-own="">
                    <span lang=spot.language.clone()><Html html=option.html.clone() inline=true/></span>
                    " "
                    <span class="poll-own">{t!("poll-own")}</span>
                </li>
            }
        })
        .collect();
    view! {
        <div class="poll-results" tabindex="-1" data-answer=true>
            <div class="question-text" lang=spot.language.clone()><Html html=poll.prompt_html.clone() inline=true/></div>
            <ul class="poll-lines" role="list">{own}</ul>
            <p class="poll-total">{t!("poll-private")}</p>
        </div>
    }
}

/// The figures are brought up to date by [`super::live`].
fn results(spot: &Spot, poll: &Poll, counts: &[u64], own: Option<&str>) -> impl IntoView + use<> {
    let (total, prompt_html) = (counts.iter().sum::<u64>(), poll.prompt_html.clone());
    let lines: Vec<_> = poll
        .options
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
    let private = poll
        .private
        .then(|| view! { <p class="meta">{t!("poll-private-staff")}</p> });
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
            {private}
        </div>
    }
}
