//! Payments, refunds and notices of an order.

use domain::{
    checkout::shown::OrderPage,
    console::{Behind, NoticeRow, PaymentRow, RefundRow, Seat},
    money::Currency,
};
use leptos::prelude::*;

use super::{
    findings::finding_table,
    frame::{section, table_section},
    words::{maybe_moment, moment, money, word, yes_no},
};
use crate::t;

pub fn behind_view(seat: &Seat, order: &OrderPage, behind: &Behind) -> AnyView {
    let payments = (!behind.payments.is_empty()).then(|| payments(seat, &behind.payments));
    let refunds =
        (!behind.refunds.is_empty()).then(|| refunds(seat, &behind.refunds, order.currency));
    let notices = (!behind.notices.is_empty()).then(|| notices(seat, &behind.notices));
    let findings = (!behind.findings.is_empty()).then(|| {
        section(
            "findings",
            t!("console-part-findings"),
            finding_table(seat, &behind.findings, Some(order.id)),
        )
    });
    view! { {payments}{refunds}{notices}{findings} }.into_any()
}

fn payments(seat: &Seat, payments: &[PaymentRow]) -> AnyView {
    let row = |payment: &PaymentRow| {
        let captured = payment
            .captured
            .map(|minor| money(minor, payment.amount.currency));
        view! {
            <tr>
                <th scope="row">{word("console-gateway", &payment.gateway)}</th>
                <td>{word("console-payment", &payment.state)}</td>
                <td class="console-number">{money(payment.amount.minor, payment.amount.currency)}</td>
                <td class="console-number">{captured}</td>
                <td>{moment(seat, payment.begun_at)}</td>
                <td>{maybe_moment(seat, payment.captured_at)}</td>
                <td>{payment.reference.clone()}</td>
                <td>{payment.capture.clone()}</td>
            </tr>
        }
        .into_any()
    };
    let head = [
        ("console-gateway", false),
        ("console-state", false),
        ("console-amount", true),
        ("console-arrived", true),
        ("console-begun", false),
        ("console-paid-at", false),
        ("console-reference", false),
        ("console-capture", false),
    ];
    let rows = payments.iter().map(row).collect();
    table_section("payments", t!("console-payments"), head, rows)
}

fn refunds(seat: &Seat, refunds: &[RefundRow], currency: Currency) -> AnyView {
    let row = |refund: &RefundRow| {
        let excess = refund
            .excess
            .then(|| format!(" ({})", t!("console-excess")));
        view! {
            <tr>
                <td>{moment(seat, refund.created_at)}</td>
                <td class="console-number">{money(refund.amount, currency)}</td>
                <td>{word("console-refund", &refund.state)}{excess}</td>
                <td class="console-wide">{reason(refund)}</td>
                <td>{yes_no(refund.ends_access)}</td>
                <td>{refund.by.clone()}</td>
                <td class="console-number">{refund.tries}</td>
                <td>{refund.reference.clone()}</td>
            </tr>
        }
        .into_any()
    };
    let head = [
        ("console-at", false),
        ("console-amount", true),
        ("console-state", false),
        ("console-reason", false),
        ("console-ends-access", false),
        ("console-by-whom", false),
        ("console-tries", true),
        ("console-reference", false),
    ];
    let rows = refunds.iter().map(row).collect();
    table_section("refunds", t!("console-refunds"), head, rows)
}

/// Staff's are their own words; nobody's name stands beside the machine's.
fn reason(refund: &RefundRow) -> String {
    match refund.by {
        Some(_) => refund.reason.clone(),
        None => word("console-why", &refund.reason),
    }
}

fn notices(seat: &Seat, notices: &[NoticeRow]) -> AnyView {
    let row = |notice: &NoticeRow| {
        let outcome = notice.outcome.as_deref();
        let outcome = outcome.map(|came| word("console-came", came));
        view! {
            <tr>
                <td>{moment(seat, notice.received_at)}</td>
                <th scope="row">{notice.event.clone()}</th>
                <td>{maybe_moment(seat, notice.processed_at)}</td>
                <td class="console-wide">{outcome}</td>
            </tr>
        }
        .into_any()
    };
    let head = [
        "console-received",
        "console-notice",
        "console-processed",
        "console-outcome",
    ];
    let head = head.map(|key| (key, false));
    let rows = notices.iter().map(row).collect();
    table_section("notices", t!("console-notices"), head, rows)
}
