//! What every page of the console has around it.

use domain::{
    account::User,
    console::{Audited, Seat},
};
use leptos::prelude::*;

use super::words::moment;
use crate::{checkout::test_notice, t, ui::Page, visit::Visit};

/// The parts, by the last step of their path. The last one is an admin's.
const PARTS: [&str; 6] = [
    "overview",
    "orders",
    "coupons",
    "promotions",
    "prices",
    "findings",
];

/// A page of the console: the ways to its parts, its title, its content.
#[component]
pub fn Frame(
    seat: Seat,
    /// One of the parts.
    part: &'static str,
    title: String,
    /// What stands beside the title.
    #[prop(optional_no_strip)]
    aside: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let here = Visit::current().path;
    let links: Vec<_> = PARTS
        .into_iter()
        .filter(|part| *part != "findings" || seat.admin)
        .map(|one| {
            let url = match one {
                "overview" => "/console".to_owned(),
                other => format!("/console/{other}"),
            };
            let current = (one == part).then_some(if url == here { "page" } else { "true" });
            let label = t!(format!("console-part-{one}").as_str());
            view! { <li><a href=url aria-current=current>{label}</a></li> }
        })
        .collect();
    view! {
        <Page title=title.clone() private=true>
            <nav class="console-parts" aria-label=t!("console")><ul>{links}</ul></nav>
            <div class="console">
                <div class="page-head console-head">
                    <h1>{title}</h1>
                    {aside}
                </div>
                {seat.test.then(test_notice)}
                {children()}
                <p class="meta">{t!("console-zone", "zone" => seat.zone.replace('_', " "))}</p>
            </div>
        </Page>
    }
}

/// The way to the console, for those to whom it is open.
#[component]
pub fn ConsoleLink(user: Option<User>) -> impl IntoView {
    let here = Visit::current().path;
    let current = (here == "/console" || here.starts_with("/console/")).then_some("true");
    user.filter(|user| user.role.has_console())
        .map(|_| view! { <a href="/console" aria-current=current>{t!("console")}</a> })
}

/// What staff did here, the newest first.
pub fn audit(seat: &Seat, audited: &[Audited]) -> Option<AnyView> {
    let row = |one: &Audited| {
        let details: Vec<String> = one
            .details
            .iter()
            .map(|(name, value)| {
                let name = t!(format!("console-detail-{name}").as_str());
                format!("{name}{}{value}", t!("list-colon"))
            })
            .collect();
        view! {
            <tr>
                <td>{moment(seat, one.at)}</td>
                <td>{one.by.clone()}</td>
                <td>{t!(format!("console-did-{}", one.action).as_str())}</td>
                <td class="console-wide">{details.join(&t!("list-comma"))}</td>
            </tr>
        }
        .into_any()
    };
    let head = [
        "console-at",
        "console-by-whom",
        "console-did",
        "console-details",
    ];
    let head = head.map(|key| (key, false));
    let rows: Vec<_> = audited.iter().map(row).collect();
    (!rows.is_empty()).then(|| table_section("audit", t!("console-audit"), head, rows))
}

/// What belongs together, under its heading.
pub fn section(id: &'static str, title: String, content: AnyView) -> AnyView {
    view! {
        <section class="page-section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {content}
        </section>
    }
    .into_any()
}

/// A table under its heading.
pub fn table_section(
    id: &'static str,
    title: String,
    head: impl Into<Vec<Column>>,
    rows: Vec<AnyView>,
) -> AnyView {
    let table = view! { <Table label=title.clone() head rows/> };
    section(id, title, table.into_any())
}

/// All that there is of a part in a table, or that there is nothing.
pub fn part_table(part: &'static str, head: impl Into<Vec<Column>>, rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        let none = t!(format!("console-no-{part}").as_str());
        return view! { <p class="empty">{none}</p> }.into_any();
    }
    let label = t!(format!("console-part-{part}").as_str());
    view! { <Table label head rows/> }.into_any()
}

/// The heading of a column, as a key of the locales, and whether there are numbers below it.
pub type Column = (&'static str, bool);

/// A table that scrolls by itself where it is wider than the screen. `label` is said to those who do not see it.
#[component]
pub fn Table(label: String, #[prop(into)] head: Vec<Column>, rows: Vec<AnyView>) -> impl IntoView {
    let head: Vec<_> = head
        .into_iter()
        .map(|(key, number)| {
            view! { <th scope="col" class=number.then_some("console-number")>{t!(key)}</th> }
        })
        .collect();
    // What scrolls has to be reached by the keyboard.
    view! {
        <div class="console-scroll" role="region" aria-label=label.clone() tabindex="0">
            <table class="console-table">
                <caption class="visually-hidden">{label.clone()}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
