//! The first page: what came in, and what waits for somebody.

use domain::{
    console::{Moment, OrderFilter, Overview, Per, Period, Revenue, Seat, Standing},
    money::Currency,
};
use leptos::prelude::*;

use super::{
    api::{look_over, take_seat},
    frame::{Frame, Table, section, table_section},
    list::order_table,
    words::{maybe_moment, money, orders_url},
};
use crate::{
    i18n, t,
    ui::{Chart, Drawing, page},
    visit::{Visit, locale},
};

#[component]
pub fn OverviewPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let per = Visit::current().query("per").and_then(Per::from_word).unwrap_or_default();
        let drawn = look_over(per).await?;
        let overview = &drawn.overview;
        let revenues: Vec<_> = overview
            .revenue
            .iter()
            .zip(drawn.drawings)
            .map(|(revenue, drawing)| revenue_view(overview, revenue, drawing))
            .collect();
        let none = revenues.is_empty();
        Ok(view! {
            <Frame seat=seat.clone() part="overview" title=t!("console-part-overview")>
                {waiting(&drawn.overview)}
                {asked(&seat, &drawn.overview)}
                {due(&seat, &drawn.overview)}
                <section class="page-section" aria-labelledby="revenue">
                    <div class="section-head">
                        <h2 id="revenue">{t!("console-revenue")}</h2>
                        {periods(per)}
                    </div>
                    {if none { view! { <p class="empty">{t!("console-no-revenue")}</p> }.into_any() } else { revenues.into_any() }}
                </section>
            </Frame>
        }
        .into_any())
    })
    .into_any()
}

/// Days, weeks or months.
fn periods(chosen: Per) -> AnyView {
    let links: Vec<_> = Per::ALL
        .into_iter()
        .map(|per| {
            let label = t!(format!("console-per-{}", per.as_str()).as_str());
            let current = (per == chosen).then_some("true");
            view! { <li><a href=format!("/console?per={}#revenue", per.as_str()) aria-current=current>{label}</a></li> }
        })
        .collect();
    view! { <ul class="console-choices" aria-label=t!("console-per")>{links}</ul> }.into_any()
}

/// What waits, as figures that lead to it.
fn waiting(overview: &Overview) -> AnyView {
    let with = |standing| {
        orders_url(&OrderFilter {
            standing: Some(standing),
            ..OrderFilter::default()
        })
    };
    let mut figures = vec![
        (
            t!("console-open-orders"),
            overview.open,
            with(Standing::Open),
        ),
        (
            t!("console-refunds-asked"),
            overview.asked_count,
            with(Standing::Asked),
        ),
    ];
    if let Some(findings) = overview.findings {
        figures.push((
            t!("console-unhealed"),
            findings,
            "/console/findings".to_owned(),
        ));
    }
    let figures: Vec<_> = figures
        .into_iter()
        .map(|(label, count, url)| {
            view! { <div class="figure"><dt>{label}</dt><dd><a href=url>{count}</a></dd></div> }
        })
        .collect();
    view! { <dl class="figures">{figures}</dl> }.into_any()
}

fn asked(seat: &Seat, overview: &Overview) -> Option<AnyView> {
    (!overview.asked.is_empty()).then(|| {
        let orders = order_table(seat, &overview.asked);
        section("asked", t!("console-refunds-asked"), orders)
    })
}

/// Coupons that end soon, or of which few are left.
fn due(seat: &Seat, overview: &Overview) -> Option<AnyView> {
    let rows: Vec<_> = overview
        .due
        .iter()
        .map(|coupon| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/console/coupons/{}", coupon.id)>{coupon.name.clone()}</a></th>
                    <td class="console-number">{coupon.left.map(|left| left.to_string())}</td>
                    <td>{maybe_moment(seat, coupon.ends)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let head = [
        ("console-coupon", false),
        ("console-left", true),
        ("console-ends", false),
    ];
    (!rows.is_empty()).then(|| table_section("due", t!("console-due"), head, rows))
}

/// One currency: a picture, and the same in a table whose figures lead to their orders.
fn revenue_view(overview: &Overview, revenue: &Revenue, drawing: Drawing) -> AnyView {
    let currency = revenue.currency;
    let label = t!("console-revenue-in", "currency" => currency.code());
    let rows: Vec<_> = revenue
        .periods
        .iter()
        .rev()
        .map(|period| period_row(overview, period, currency))
        .collect();
    let head = [
        ("console-period", false),
        ("console-orders-paid", true),
        ("console-paid", true),
        ("console-refunded", true),
        ("console-net", true),
    ];
    view! {
        <div class="console-revenue">
            <div>
                <h3>{label.clone()}</h3>
                <Chart drawing/>
                <p class="chart-key">
                    <span class="console-key" data-ink="paid" aria-hidden="true"></span>{t!("console-paid")}
                    <span class="console-key" data-ink="back" aria-hidden="true"></span>{t!("console-refunded")}
                </p>
            </div>
            <Table label head rows/>
        </div>
    }
    .into_any()
}

fn period_row(overview: &Overview, period: &Period, currency: Currency) -> AnyView {
    let name = if period.first == period.last {
        i18n::day(locale(), period.first)
    } else {
        t!("console-days", "first" => period.first.to_string(), "last" => period.last.to_string())
    };
    let link = |moment: Moment, text: String| {
        let filter = OrderFilter {
            moment,
            from: Some(period.first),
            to: Some(period.last),
            currency: Some(currency),
            without_tests: overview.tests_left_out,
            ..OrderFilter::default()
        };
        view! { <a href=orders_url(&filter)>{text}</a> }
    };
    let refunded =
        (period.refunded != 0).then(|| link(Moment::Refunded, money(period.refunded, currency)));
    let paid = (period.orders > 0).then(|| {
        (
            link(Moment::Paid, period.orders.to_string()),
            link(Moment::Paid, money(period.paid, currency)),
        )
    });
    let (orders, paid) = paid.unzip();
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="console-number">{orders}</td>
            <td class="console-number">{paid}</td>
            <td class="console-number">{refunded}</td>
            <td class="console-number">{(period.paid != 0 || period.refunded != 0).then(|| money(period.net(), currency))}</td>
        </tr>
    }
    .into_any()
}
