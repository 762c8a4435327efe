//! What reconciliation found: money that the gateway and the orders did not agree on.

use domain::console::{FindingRow, Seat};
use leptos::prelude::*;

use super::{
    api::{look_at_findings, take_seat},
    frame::{Frame, Table},
    words::moment,
};
use crate::{i18n, t, ui::page, visit::locale};

#[component]
pub fn FindingsPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let findings = look_at_findings().await?;
        Ok(view! {
            <Frame seat=seat.clone() part="findings" title=t!("console-part-findings")>
                <p class="console-lead">{t!("console-findings-text")}</p>
                {if findings.is_empty() {
                    view! { <p class="empty">{t!("console-no-findings")}</p> }.into_any()
                } else {
                    finding_table(&seat, &findings)
                }}
            </Frame>
        }
        .into_any())
    })
    .into_any()
}

pub fn finding_table(seat: &Seat, findings: &[FindingRow]) -> AnyView {
    let row = |finding: &FindingRow| {
        let healed = if finding.healed {
            t!("console-healed")
        } else {
            t!("console-not-healed")
        };
        view! {
            <tr>
                <td>{moment(seat, finding.at)}</td>
                <th scope="row"><a href=format!("/console/orders/{}", finding.order)>{finding.number.clone()}</a></th>
                <td>{kind(&finding.kind)}</td>
                <td class="console-wide">{finding.details.clone()}</td>
                <td><span class="console-state" data-state=if finding.healed { "paid" } else { "failed" }>{healed}</span></td>
            </tr>
        }
        .into_any()
    };
    let head = [
        "console-at",
        "console-number",
        "console-finding",
        "console-details",
        "console-state",
    ];
    let head = head.map(|key| (t!(key), false)).to_vec();
    let rows = findings.iter().map(row).collect();
    view! { <Table label=t!("console-part-findings") head rows/> }.into_any()
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
