//! The price calendar: what each course has cost and will cost, drawn, with a table beside it.

use domain::console::{PricePart, PriceTimeline, PromotionBar, Seat};
use leptos::prelude::*;

use super::{
    api::{DrawnPrices, look_at_prices, take_seat},
    frame::{Frame, Table},
    words::{moment, money},
};
use crate::{
    t,
    ui::{Chart, Drawing, page},
    visit::Visit,
};

#[component]
pub fn PricesPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let course = Visit::current().query("course").map(str::to_owned);
        let one = course.is_some();
        let DrawnPrices { timelines, drawings } = look_at_prices(course).await?;
        let none = timelines.is_empty();
        let views: Vec<_> = timelines
            .iter()
            .zip(drawings)
            .map(|(timeline, drawing)| timeline_view(&seat, timeline, drawing))
            .collect();
        Ok(view! {
            <Frame seat=seat.clone() part="prices" title=t!("console-part-prices")>
                <p class="console-lead">{t!("console-prices-text")}</p>
                {one.then(|| view! { <p><a href="/console/prices">{t!("console-all-courses")}</a></p> })}
                {key()}
                {if none { view! { <p class="empty">{t!("console-no-prices")}</p> }.into_any() } else { views.into_any() }}
            </Frame>
        }
        .into_any())
    })
    .into_any()
}

fn key() -> AnyView {
    let inks = ["list", "price", "lowest", "offer"].map(|ink| {
        let label = t!(format!("console-ink-{ink}").as_str());
        view! { <li><span class="console-key" data-ink=ink aria-hidden="true"></span>{label}</li> }
    });
    view! { <ul class="console-inks" aria-label=t!("console-key")>{inks.into_iter().collect_view()}</ul> }.into_any()
}

fn timeline_view(seat: &Seat, timeline: &PriceTimeline, drawing: Drawing) -> AnyView {
    let currency = timeline.currency;
    let row = |part: &PricePart| {
        let lowest = part.lowest.map(|lowest| money(lowest, currency));
        view! {
            <tr>
                <th scope="row">{moment(seat, part.from)}</th>
                <td class="console-number">{money(part.list, currency)}</td>
                <td class="console-number">{money(part.paid, currency)}</td>
                <td class="console-number">{lowest}</td>
            </tr>
        }
        .into_any()
    };
    let rows = timeline.parts.iter().map(row).collect();
    let head = [
        ("console-from-on", false),
        ("console-ink-list", true),
        ("console-ink-price", true),
        ("console-ink-lowest", true),
    ];
    let bar = |bar: &PromotionBar| {
        view! {
            <li>
                <a href=format!("/console/promotions/{}", bar.id)>{bar.name.clone()}</a>
                " "{bar.from.map(|from| moment(seat, from))}" – "{bar.to.map(|to| moment(seat, to))}
            </li>
        }
    };
    let bars: Vec<_> = timeline.bars.iter().map(bar).collect();
    let heading = format!("prices-{}", timeline.slug);
    view! {
        <section class="console-revenue" aria-labelledby=heading.clone()>
            <div>
                <h2 id=heading.clone()><a href=format!("/console/prices?course={}", timeline.slug)>{timeline.title.clone()}</a></h2>
                <Chart drawing/>
                {(!bars.is_empty()).then(|| view! { <ul class="console-bars">{bars}</ul> })}
            </div>
            <Table label=timeline.title.clone() head rows/>
        </section>
    }
    .into_any()
}
