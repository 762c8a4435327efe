//! What reconciliation found: money that the gateway and the orders did not agree on.

use domain::{
    checkout::finding::Details,
    console::{FindingRow, Seat},
    ids::OrderId,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{SettleFinding, look_at_findings, take_seat},
    frame::{Frame, part_table},
    words::{found, moment},
};
use crate::{
    i18n, t,
    ui::{Form, FormError, Hidden, Submit, TextBox, field_error, page},
    visit::{Visit, locale},
};

#[component]
pub fn FindingsPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let findings = look_at_findings().await?;
        Ok(view! {
            <Frame seat=seat.clone() part="findings" title=t!("console-part-findings")>
                <p class="console-lead">{t!("console-findings-text")}</p>
                {finding_table(&seat, &findings, None)}
            </Frame>
        }
        .into_any())
    })
    .into_any()
}

/// `order`: on whose page the table stands.
pub fn finding_table(seat: &Seat, findings: &[FindingRow], order: Option<OrderId>) -> AnyView {
    let row = |finding: &FindingRow| {
        let settle = finding.is_open().then(|| settle(finding, order));
        view! {
            <tr>
                <th scope="row"><a href=format!("/console/orders/{}", finding.order)>{finding.number.clone()}</a></th>
                <td class="console-wide">{state(seat, finding)}{settle}</td>
                <td>{kind(&finding.kind)}</td>
                <td class="console-wide">{details(&finding.details)}</td>
                <td>{moment(seat, finding.at)}</td>
            </tr>
        }
        .into_any()
    };
    // What there is to do stands where a phone shows it.
    let head = [
        "console-number",
        "console-state",
        "console-finding",
        "console-details",
        "console-at",
    ];
    let head = head.map(|key| (key, false));
    let rows = findings.iter().map(row).collect();
    part_table("findings", head, rows)
}

/// In words where there are any, else the machine's word.
fn kind(kind: &str) -> String {
    let key = format!("console-finding-{kind}");
    if i18n::has_message(locale(), &key) {
        t!(key.as_str())
    } else {
        kind.to_owned()
    }
}

fn details(details: &Details) -> AnyView {
    let sentences = match details {
        Details::Typed(finding) => found(finding),
        Details::Text(text) => vec![text.clone()],
    };
    let sentences: Vec<_> = sentences
        .into_iter()
        .map(|sentence| view! { <p>{sentence}</p> })
        .collect();
    sentences.into_any()
}

/// Whether it waits for somebody, and else who saw to it.
fn state(seat: &Seat, finding: &FindingRow) -> AnyView {
    let (word, state) = match finding.settled {
        _ if finding.healed => (t!("console-healed"), "paid"),
        Some(_) => (t!("console-settled"), "paid"),
        None => (t!("console-not-healed"), "failed"),
    };
    let settled = finding.settled.as_ref().map(|settled| {
        let by = settled.by.clone();
        let by = by.map(|name| view! { <span>{t!("console-settled-by", "name" => name)}</span> });
        let note = settled.note.clone().map(|note| view! { <p>{note}</p> });
        view! {
            <p class="meta"><span>{moment(seat, settled.at)}</span>{by}</p>
            {note}
        }
    });
    view! { <span class="console-state" data-state=state>{word}</span>{settled} }.into_any()
}

/// The page has such a form for each finding that is open: what was typed belongs to one of them.
fn settle(finding: &FindingRow, order: Option<OrderId>) -> AnyView {
    let id = finding.id.to_string();
    let visit = Visit::current();
    let posted = visit
        .posted(SettleFinding::url())
        .filter(|form| form.value("finding") == Some(id.as_str()));
    let note = posted.and_then(|form| form.value("note"));
    let note = note.unwrap_or_default().to_owned();
    let error = field_error(posted, "note");
    let open = posted.is_some();
    let order = order.map(|order| order.to_string()).unwrap_or_default();
    view! {
        <details class="console-more" open=open>
            <summary>{t!("console-settle")}</summary>
            <Form action=SettleFinding::url()>
                {open.then(|| view! { <FormError/> })}
                <Hidden name="finding" value=id.clone()/>
                <Hidden name="order" value=order.clone()/>
                <TextBox
                    id=format!("note-{id}")
                    name="note"
                    label=t!("console-settle-note")
                    hint=Some(t!("console-settle-hint"))
                    value=note.clone()
                    error=error.clone()
                    rows=3
                    max=Some(500)
                    optional=true
                />
                <Submit label=t!("console-settle-now") class="button"/>
            </Form>
        </details>
    }
    .into_any()
}
