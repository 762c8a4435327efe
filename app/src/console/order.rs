//! One order: how its price came about, all that happened to it, and giving money back.

use domain::{
    checkout::{
        order::Event,
        price::{Line, Outcome, Rule},
        shown::{Happened, OrderPage as Order},
    },
    console::{Behind, Seat},
    money::Currency,
};
use leptos::prelude::*;

use super::{
    api::{look_at_order, take_seat},
    behind::behind_view,
    frame::{Frame, audit, table_section},
    refund::refund_view,
    words::{maybe_moment, moment, moment_text, money, returned, state, word, yes_no},
};
use crate::{param, t, ui::page};

#[component]
pub fn OrderPage() -> impl IntoView {
    let id = param("order");
    page(async move {
        let seat = take_seat().await?;
        let shown = look_at_order(id).await?;
        let (order, behind) = (&shown.page, &shown.behind);
        let title = t!("console-order", "number" => order.number.clone());
        let content = view! {
            {head(&seat, order)}
            {refund_view(&seat, &shown)}
            {items(order)}
            {price(&seat, order)}
            {trail(&seat, order)}
            {behind_view(&seat, order, behind)}
            {audit(&seat, &behind.audit)}
        }
        .into_any();
        Ok(view! { <Frame seat part="orders" title>{content}</Frame> }.into_any())
    })
    .into_any()
}

fn head(seat: &Seat, order: &Order) -> AnyView {
    let facts = [
        (t!("console-placed"), moment(seat, order.placed_at)),
        (t!("console-paid-at"), maybe_moment(seat, order.paid_at)),
        (t!("console-buyer"), buyer(order)),
        (t!("console-total"), money(order.quote.total, order.currency).into_any()),
        (t!("console-refunded"), money(order.refunded, order.currency).into_any()),
        (
            t!("console-agreement"),
            view! { <a href=format!("/agreement/{}", order.agreement.version)>{t!("console-version", "version" => order.agreement.version)}</a> }.into_any(),
        ),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> })
        .collect();
    let asked = order
        .refund_requested
        .then(|| view! { <span class="console-flag">{t!("console-state-refund-asked")}</span> });
    // Above it the page says so for the whole school.
    let test = (order.test && !seat.test).then(|| view! { <span>{t!("receipt-test")}</span> });
    view! {
        <p class="meta"><span>{state(order.state)}</span>{asked.map(|asked| view! { <span>{asked}</span> })}{test}</p>
        <dl class="console-facts">{facts}</dl>
    }
    .into_any()
}

fn buyer(order: &Order) -> AnyView {
    let name = order.name.clone().map(|name| format!("{name}, "));
    let guest = order.guest.then(|| format!(" ({})", t!("console-guest")));
    view! { {name}{order.email.clone()}{guest} }.into_any()
}

fn items(order: &Order) -> AnyView {
    let rows: Vec<_> = order
        .items
        .iter()
        .map(|item| {
            view! {
                <tr>
                    <th scope="row" class="console-wide"><a href=format!("/courses/{}", item.slug)>{item.title.clone()}</a></th>
                    <td class="console-number">{money(item.list, order.currency)}</td>
                    <td class="console-number">{money(item.paid, order.currency)}</td>
                    <td>{yes_no(item.open)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let head = [
        ("console-course", false),
        ("console-ink-list", true),
        ("console-to-pay", true),
        ("console-access", false),
    ];
    table_section("items", t!("console-items"), head, rows)
}

/// Each rule that was looked at, with what it did or why it did nothing.
fn price(seat: &Seat, order: &Order) -> AnyView {
    let row = |line: &Line| {
        let rule = match &line.rule {
            Rule::Promotion { name, version, .. } => {
                format!("{name} ({})", t!("console-version", "version" => *version))
            }
            Rule::Coupon { code, .. } => t!("rule-coupon", "code" => code.clone()),
        };
        view! {
            <tr>
                <th scope="row" class="console-wide">{rule}</th>
                <td class="console-wide">{reason(seat, &line.outcome, order.currency)}</td>
                <td class="console-number">{money(line.effect, order.currency)}</td>
            </tr>
        }
        .into_any()
    };
    let mut rows: Vec<_> = order.quote.lines.iter().map(row).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let total = money(order.quote.total, order.currency);
    rows.push(
        view! { <tr><th scope="row">{t!("console-total")}</th><td></td><td class="console-number">{total}</td></tr> }
            .into_any(),
    );
    let head = [
        ("console-rule", false),
        ("console-outcome", false),
        ("console-effect", true),
    ];
    table_section("price", t!("console-price"), head, rows)
}

fn reason(seat: &Seat, outcome: &Outcome, currency: Currency) -> String {
    match outcome {
        Outcome::Applied => t!("console-applied"),
        Outcome::NotValid => t!("reason-not-valid"),
        Outcome::NotYet { starts } => {
            t!("reason-not-yet", "starts" => moment_text(seat, *starts))
        }
        Outcome::OtherCourses => t!("reason-other-courses"),
        Outcome::OtherCurrency => t!("reason-other-currency"),
        Outcome::BelowMinimum { missing } => {
            t!("reason-below", "missing" => money(*missing, currency))
        }
        Outcome::Incomplete { missing } => {
            let names: Vec<&str> = missing.iter().map(domain::ids::Slug::as_str).collect();
            t!("reason-incomplete", "courses" => names.join(&t!("list-comma")))
        }
        Outcome::NewLearnersOnly => t!("reason-new"),
        Outcome::AlreadyUsed => t!("reason-used"),
        Outcome::Beaten { by } => t!("reason-beaten", "name" => by.clone()),
        Outcome::NotTogether { with } => t!("reason-not-together", "name" => with.clone()),
        Outcome::NothingLeft => t!("reason-nothing-left"),
    }
}

/// Every event with who did it.
fn trail(seat: &Seat, order: &Order) -> AnyView {
    let row = |happened: &Happened| {
        view! {
            <tr>
                <td>{moment(seat, happened.at)}</td>
                <td class="console-wide">{event(&happened.event, order.currency)}</td>
                <td>{happened.by.clone()}</td>
            </tr>
        }
        .into_any()
    };
    let rows = order.timeline.iter().map(row).collect();
    let head = ["console-at", "console-event", "console-by-whom"];
    let head = head.map(|key| (key, false));
    table_section("trail", t!("console-trail"), head, rows)
}

fn event(event: &Event, currency: Currency) -> String {
    let amount = |minor: &i64| money(*minor, currency);
    match event {
        Event::Placed { total } => t!("console-event-placed", "amount" => amount(total)),
        Event::PaymentBegun { gateway } => {
            t!("console-event-begun", "gateway" => word("console-gateway", gateway))
        }
        Event::Declined => t!("console-event-declined"),
        Event::Captured { amount: minor } => {
            t!("console-event-captured", "amount" => amount(minor))
        }
        Event::Cancelled => t!("console-event-cancelled"),
        Event::Expired => t!("console-event-expired"),
        Event::Resumed { total } => t!("console-event-resumed", "amount" => amount(total)),
        Event::LateCapture { amount: minor } => t!("console-event-late", "amount" => amount(minor)),
        Event::Returned { amount: minor, why } => {
            t!("console-event-returned", "amount" => amount(minor), "why" => returned(*why))
        }
        Event::RefundRequested { reason } => t!("console-event-asked", "reason" => reason.clone()),
        Event::RefundDeclined { reason } => t!("console-event-refused", "reason" => reason.clone()),
        Event::RefundBegun { amount: minor } => {
            t!("console-event-refund-begun", "amount" => amount(minor))
        }
        Event::Refunded {
            amount: minor,
            left,
        } => {
            t!("console-event-refunded", "amount" => amount(minor), "left" => amount(left))
        }
        Event::RefundFailed { amount: minor } => {
            t!("console-event-refund-failed", "amount" => amount(minor))
        }
        Event::DisputeOpened { amount: minor } => {
            t!("console-event-dispute", "amount" => amount(minor))
        }
        Event::DisputeClosed { won: true } => t!("console-event-dispute-won"),
        Event::DisputeClosed { won: false } => t!("console-event-dispute-lost"),
        Event::Reminded => t!("console-event-reminded"),
        Event::Healed => t!("console-event-healed"),
    }
}

/// An order with all that stands behind it, as the server function hands it over.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct ShownOrder {
    pub page: Order,
    pub behind: Behind,
    /// Minor units that can still be given back.
    pub left: i64,
    /// For the forms on the page.
    pub form_keys: [String; 2],
}
