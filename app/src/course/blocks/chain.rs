use domain::{
    block::{MAX_ENTRY, first_name},
    lesson::{Chain, ChainEntry},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{HideEntry, PutEntry, RemoveEntry},
    form::{BlockForm, Spot, field_error},
};
use crate::{
    i18n, t,
    ui::{Html, TextBox},
    visit::{self, Visit, encode},
};

/// The others' cases come first: a learner adds one after having seen them.
pub fn view(
    spot: &Spot,
    prompt_html: String,
    example_html: Option<String>,
    chain: Chain,
) -> AnyView {
    let language = spot.language.clone();
    let example = example_html.map(|html| {
        view! {
            <div class="chain-example">
                <p class="meta">{t!("chain-example")}</p>
                <div lang=language.clone()><Html html class="prose"/></div>
            </div>
        }
    });
    let others = (spot.enrolled || spot.staff).then(|| others(spot, &chain));
    let own = if spot.enrolled {
        own(spot, chain.mine)
    } else {
        view! { <p class="meta">{t!("chain-guest")}</p> }.into_any()
    };
    view! {
        <div lang=language><Html html=prompt_html class="prose"/></div>
        {example}
        {others}
        {own}
    }
    .into_any()
}

fn others(spot: &Spot, chain: &Chain) -> AnyView {
    let paged = Visit::current().query("chain") == Some(spot.key.as_str());
    if chain.entries.is_empty() && !paged {
        return chain
            .mine
            .is_none()
            .then(|| view! { <p class="chain-first">{t!("chain-first")}</p> })
            .into_any();
    }
    let entries: Vec<_> = chain
        .entries
        .iter()
        .map(|entry| entry_view(spot, entry))
        .collect();
    let id = spot.id();
    let older = chain
        .older
        .map(|older| format!("?chain={}&older={older}#{id}", encode(&spot.key)));
    view! {
        <h3 class="chain-heading">{t!("chain-others", "count" => chain.total)}</h3>
        <ol class="chain" role="list">{entries}</ol>
        <p class="actions">
            {paged.then(|| view! { <a class="button button-quiet" href=format!("?#{id}")>{t!("chain-latest")}</a> })}
            {older.map(|url| view! { <a class="button button-quiet" rel="nofollow" href=url>{t!("chain-older")}</a> })}
        </p>
    }
    .into_any()
}

fn entry_view(spot: &Spot, entry: &ChainEntry) -> impl IntoView + use<> {
    let name = entry.name.clone().unwrap_or_else(|| t!("chain-learner"));
    let staff = spot.staff.then(|| {
        let label = if entry.hidden {
            t!("chain-show")
        } else {
            t!("chain-hide")
        };
        let hidden = if entry.hidden { "false" } else { "true" };
        view! {
            <BlockForm spot=spot.clone() action=HideEntry::url() part=entry.id.to_string()>
                <input type="hidden" name="hidden" value=hidden/>
                <button class="button button-quiet" type="submit">{label}</button>
            </BlockForm>
        }
    });
    view! {
        <li class="chain-entry" data-hidden=entry.hidden.then_some("")>
            <p class="chain-text">{entry.text.clone()}</p>
            <p class="meta">
                <span>{name}</span>
                <span>{i18n::date(visit::locale(), entry.added_at)}</span>
                {entry.hidden.then(|| view! { <span>{t!("chain-is-hidden")}</span> })}
            </p>
            {staff}
        </li>
    }
}

/// The learner's own case, or the form for it.
fn own(spot: &Spot, mine: Option<ChainEntry>) -> AnyView {
    let Some(mine) = mine else {
        return entry_form(spot, None);
    };
    // A change that was refused is shown with what was typed.
    let open = spot.posted(PutEntry::url()).is_some();
    let name = mine.name.clone();
    let signed = name.unwrap_or_else(|| t!("chain-learner"));
    view! {
        <div class="chain-own" tabindex="-1" data-answer=true>
            <h3 class="chain-heading">{t!("chain-own")}</h3>
            <p class="chain-text">{mine.text.clone()}</p>
            <p class="meta"><span>{signed}</span><span>{i18n::date(visit::locale(), mine.added_at)}</span></p>
            {mine.hidden.then(|| view! { <p class="chain-note">{t!("chain-own-hidden")}</p> })}
        </div>
        <details class="block-more" open=open>
            <summary>{t!("chain-change")}</summary>
            {entry_form(spot, Some(mine))}
            <BlockForm spot=spot.clone() action=RemoveEntry::url() class="block-form">
                <button class="button button-quiet" type="submit">{t!("chain-remove")}</button>
            </BlockForm>
        </details>
    }
    .into_any()
}

fn entry_form(spot: &Spot, mine: Option<ChainEntry>) -> AnyView {
    let posted = spot.posted(PutEntry::url());
    let typed = posted.as_ref().and_then(|form| form.value("entry"));
    let kept = mine.as_ref().map(|mine| mine.text.as_str());
    let value = typed.or(kept).unwrap_or_default().to_owned();
    let error = field_error(posted.as_ref(), "entry");
    let named = match (&posted, &mine) {
        (Some(form), _) => form.value("named").is_some(),
        (None, Some(mine)) => mine.name.is_some(),
        (None, None) => false,
    };
    let user = Visit::current().user;
    let name = user.map(|user| first_name(user.name.as_str()).to_owned());
    let (id, language) = (spot.id(), spot.language.clone());
    let label = if mine.is_some() {
        t!("chain-save")
    } else {
        t!("chain-add")
    };
    view! {
        <BlockForm spot=spot.clone() action=PutEntry::url() class="block-form" own="entry">
            <TextBox
                id=format!("{id}-entry")
                name="entry"
                label=t!("chain-label")
                hint=Some(t!("chain-hint", "count" => MAX_ENTRY))
                value=value
                error=error
                rows=4
                max=u16::try_from(MAX_ENTRY).ok()
                language=language
            />
            <label class="choice">
                <input type="checkbox" name="named" value="true" checked=named/>
                {t!("chain-named", "name" => name.unwrap_or_default())}
            </label>
            <button class="button button-main" type="submit">{label}</button>
        </BlockForm>
    }
    .into_any()
}
