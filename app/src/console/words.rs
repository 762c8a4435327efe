//! How the console writes moments, amounts and states, on pages and in files.

use domain::{
    Timestamp,
    checkout::{
        finding::{Arrived, Disputed, Fault, Finding},
        order::{State, WhyReturned},
    },
    console::{Life, OrderFilter, OrderRow, Seat, row},
    money::{Currency, Money},
    study::TimeZone,
};
use leptos::prelude::*;

use crate::{
    i18n::{self, Locale},
    t,
    visit::{encode, locale},
};

/// The school's zone. A name that the server does not know cannot come this far.
pub fn zone(seat: &Seat) -> TimeZone {
    TimeZone::get(&seat.zone).unwrap_or(TimeZone::UTC)
}

/// A moment where the school is: `2026-11-25 09:30`, short and sortable, with the machine's form behind it.
pub fn moment(seat: &Seat, at: Timestamp) -> AnyView {
    view! { <time datetime=at.to_string()>{moment_text(seat, at)}</time> }.into_any()
}

/// The same as a part of a sentence.
pub fn moment_text(seat: &Seat, at: Timestamp) -> String {
    let at = zone(seat).to_datetime(at);
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

pub fn maybe_moment(seat: &Seat, at: Option<Timestamp>) -> AnyView {
    at.map_or_else(|| "–".into_any(), |at| moment(seat, at))
}

pub fn money(minor: i64, currency: Currency) -> String {
    // The sign stands before the currency, as on the learner's pages.
    let sign = if minor < 0 { "−" } else { "" };
    let minor = minor.saturating_abs();
    format!("{sign}{}", i18n::money(locale(), Money { minor, currency }))
}

pub fn yes_no(yes: bool) -> String {
    if yes {
        t!("console-yes")
    } else {
        t!("console-no")
    }
}

/// What can be done with an order's word: its state, with the machine's word on it.
pub fn state(state: State) -> AnyView {
    let word = t!(format!("console-state-{state}").as_str());
    view! { <span class="console-state" data-state=state.as_str()>{word}</span> }.into_any()
}

/// A machine's word in words, where there are any.
pub fn word(prefix: &str, word: &str) -> String {
    let key = format!("{prefix}-{word}");
    if i18n::has_message(locale(), &key) {
        t!(key.as_str())
    } else {
        word.to_owned()
    }
}

/// Why money goes back by itself.
pub fn returned(why: WhyReturned) -> String {
    match why {
        WhyReturned::PaidTwice => t!("console-why-paid-twice"),
        WhyReturned::LimitReached => t!("console-why-limit-reached"),
        WhyReturned::WrongAmount => t!("console-why-wrong-amount"),
        WhyReturned::HasCourse => t!("console-why-has-course"),
    }
}

/// What was found, in sentences.
pub fn found(finding: &Finding) -> Vec<String> {
    let written = |amount: &Money| money(amount.minor, amount.currency);
    match finding {
        Finding::MissedCapture { came } => vec![match came {
            Arrived::Paid => t!("console-found-paid"),
            Arrived::Late => t!("console-found-late"),
            Arrived::Returned(why) => t!("console-found-returned", "why" => returned(*why)),
        }],
        Finding::RefundRefused { amount, why } => with_reason(
            t!("console-found-refused", "amount" => written(amount)),
            why,
        ),
        Finding::RefundCameBack { amount, why } => with_reason(
            t!("console-found-came-back", "amount" => written(amount)),
            why,
        ),
        Finding::RefundWaits { amount, tries, why } => {
            let amount = written(amount);
            with_reason(
                t!("console-found-waits", "amount" => amount, "tries" => *tries),
                why,
            )
        }
        Finding::RefundElsewhere { amount } => {
            vec![t!("console-found-elsewhere", "amount" => written(amount))]
        }
        Finding::Dispute { stage } => vec![match stage {
            Disputed::Opened { amount } => {
                t!("console-found-disputed", "amount" => written(amount))
            }
            Disputed::Won => t!("console-found-dispute-won"),
            Disputed::Lost => t!("console-found-dispute-lost"),
        }],
        Finding::NoPaymentRequired => vec![t!("console-found-nothing-due")],
        Finding::ReceiptMismatch { currency, faults } => {
            faults.iter().map(|one| fault(*one, *currency)).collect()
        }
    }
}

fn with_reason(sentence: String, why: &str) -> Vec<String> {
    let why = (!why.is_empty()).then(|| t!("console-found-why", "why" => why.to_owned()));
    std::iter::once(sentence).chain(why).collect()
}

fn fault(fault: Fault, currency: Currency) -> String {
    let said = |minor| money(minor, currency);
    match fault {
        Fault::Price { now, then } if now == then => t!("console-fault-way"),
        Fault::Price { now, then } => {
            t!("console-fault-price", "now" => said(now), "then" => said(then))
        }
        Fault::Total { order, price } => {
            t!("console-fault-total", "order" => said(order), "price" => said(price))
        }
        Fault::Kept { came, due } => {
            t!("console-fault-kept", "came" => said(came), "due" => said(due))
        }
        Fault::Refunded { events, order } => {
            t!("console-fault-refunded", "events" => said(events), "order" => said(order))
        }
    }
}

/// Where a coupon or promotion is in its life.
pub fn life(life: Life) -> AnyView {
    let word = t!(format!("console-life-{}", life.as_str()).as_str());
    let state = match life {
        Life::Running => "paid",
        Life::Planned => "draft",
        Life::UsedUp | Life::Over | Life::Stopped => "expired",
    };
    view! { <span class="console-state" data-state=state>{word}</span> }.into_any()
}

/// An address with its query; none where there are no pairs.
pub fn url(path: &str, pairs: &[(&'static str, String)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if pairs.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", pairs.join("&"))
    }
}

pub fn orders_url(filter: &OrderFilter) -> String {
    url("/console/orders", &filter.pairs())
}

/// The first course, and how many more there are.
pub fn courses(order: &OrderRow) -> String {
    match order.courses {
        0 | 1 => order.title.clone(),
        count => t!("console-and-more", "title" => order.title.clone(), "count" => count - 1),
    }
}

/// Head of the file of orders.
fn csv_head(locale: Locale, zone: &str) -> String {
    let word = |key: &str| i18n::message(locale, key, &[]);
    row(&[
        word("console-number"),
        word("console-state"),
        format!("{} ({zone})", word("console-placed")),
        format!("{} ({zone})", word("console-paid-at")),
        word("console-email"),
        word("console-course"),
        word("console-courses-count"),
        word("console-currency"),
        word("console-total"),
        word("console-refunded"),
        word("console-coupon-code"),
        word("console-id"),
        word("console-test"),
    ])
}

/// Lines of the file of orders; `head`: with the names of the columns before them. Amounts are decimals without
/// their currency, so that they can be added up.
#[must_use]
pub fn orders_csv(locale: Locale, zone: &TimeZone, orders: &[OrderRow], head: bool) -> String {
    let name = zone.iana_name().unwrap_or("UTC");
    let mut text = if head {
        format!("{}{}", domain::console::BOM, csv_head(locale, name))
    } else {
        String::new()
    };
    let at = |at: Timestamp| {
        zone.to_datetime(at)
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string()
    };
    let yes_or_no = |yes: bool| {
        let key = if yes { "console-yes" } else { "console-no" };
        i18n::message(locale, key, &[])
    };
    for order in orders {
        let amount = |minor| {
            let currency = order.currency;
            Money { minor, currency }.decimal()
        };
        text.push_str(&row(&[
            order.number.clone(),
            i18n::message(locale, &format!("console-state-{}", order.state), &[]),
            at(order.placed_at),
            order.paid_at.map(at).unwrap_or_default(),
            order.email.clone(),
            order.title.clone(),
            order.courses.to_string(),
            order.currency.code().to_owned(),
            amount(order.total),
            amount(order.refunded),
            order.code.clone().unwrap_or_default(),
            order.id.to_string(),
            yes_or_no(order.test),
        ]));
    }
    text
}

#[cfg(test)]
mod tests {
    use backend::checkout::Came;
    use domain::{checkout::order::WhyReturned, console::Seat};

    use super::moment_text;
    use crate::i18n::{Locale, has_message};

    #[test]
    fn a_moment_is_that_of_the_school() {
        let seat = Seat {
            admin: false,
            zone: "Asia/Shanghai".to_owned(),
            test: false,
        };
        let at = "2026-11-24T17:30:05Z".parse().expect("a moment");
        assert_eq!(moment_text(&seat, at), "2026-11-25 01:30");
    }

    #[test]
    fn every_word_of_the_machine_is_said_in_words() {
        let whys = [
            WhyReturned::PaidTwice,
            WhyReturned::LimitReached,
            WhyReturned::WrongAmount,
            WhyReturned::HasCourse,
        ];
        let mut keys: Vec<String> = whys
            .iter()
            .filter_map(|why| Some(serde_json::to_value(why).ok()?.as_str()?.to_owned()))
            .chain(["gateway", "dispute"].map(str::to_owned))
            .map(|why| format!("console-why-{why}"))
            .collect();
        assert_eq!(keys.len(), 6);
        let came = [
            Came::Paid,
            Came::PaidLate,
            Came::Noted,
            Came::Known,
            Came::Unknown,
        ];
        let came = came.into_iter().chain(whys.map(Came::Returned));
        let came = came.map(Came::as_str);
        let came = came.chain(["failed", "given-up", "not-understood"]);
        keys.extend(came.map(|came| format!("console-came-{came}")));
        let gateways = ["sandbox", "stripe"];
        keys.extend(gateways.map(|name| format!("console-gateway-{name}")));
        for locale in Locale::ALL {
            for key in &keys {
                assert!(has_message(locale, key), "{key} in {}", locale.tag());
            }
        }
    }
}
