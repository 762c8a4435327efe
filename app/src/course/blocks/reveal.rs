use domain::block::OPENED;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::AnswerBlock,
    form::{BlockForm, Spot},
};
use crate::{t, ui::Html};

/// Nothing but the browser's own disclosure; where it is required, opening it is a form, so that it can be kept.
pub fn view(spot: &Spot, title: String, html: String, required: bool, answered: bool) -> AnyView {
    let language = spot.language.clone();
    if required && !answered {
        return view! {
            <BlockForm spot=spot.clone() action=AnswerBlock::url() class="block-form">
                <p class="reveal-title" lang=language.clone()>{title}</p>
                <input type="hidden" name="choice" value=OPENED/>
                <button class="button button-main" type="submit">{t!("reveal-show")}</button>
            </BlockForm>
        }
        .into_any();
    }
    view! {
        <details class="reveal" open=required && answered lang=language>
            <summary data-answer=true>{title}</summary>
            <Html html class="prose"/>
        </details>
    }
    .into_any()
}
