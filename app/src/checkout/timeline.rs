//! What happened to an order, in sentences for who bought.

use domain::{
    checkout::{
        order::{Event, WhyReturned},
        shown::Happened,
    },
    money::{Currency, Money},
};
use leptos::prelude::*;

use crate::{i18n, t, visit};

#[component]
pub fn Timeline(happened: Vec<Happened>, currency: Currency) -> impl IntoView {
    let steps: Vec<_> = happened
        .into_iter()
        .map(|step| {
            let words = match &step.event {
                Event::RefundRequested { reason } | Event::RefundDeclined { reason } if !reason.is_empty() => {
                    Some(reason.clone())
                }
                _ => None,
            };
            view! {
                <li class="order-step">
                    <time class="meta" datetime=step.at.to_string()>{visit::moment(step.at)}</time>
                    <p>{sentence(&step.event, currency)}</p>
                    {words.map(|words| view! { <blockquote class="order-words">{words}</blockquote> })}
                </li>
            }
        })
        .collect();
    view! { <ol class="order-steps">{steps}</ol> }
}

fn sentence(event: &Event, currency: Currency) -> String {
    let money = |minor: i64| i18n::money(visit::locale(), Money { minor, currency });
    match event {
        Event::Placed { total } => t!("event-placed", "amount" => money(*total)),
        Event::PaymentBegun { .. } => t!("event-payment-begun"),
        Event::Declined => t!("event-declined"),
        Event::Captured { amount: 0 } => t!("event-captured-nothing"),
        Event::Captured { amount } => t!("event-captured", "amount" => money(*amount)),
        Event::Cancelled => t!("event-cancelled"),
        Event::Expired => t!("event-expired"),
        Event::Resumed { total } => t!("event-resumed", "amount" => money(*total)),
        Event::LateCapture { amount } => t!("event-late-capture", "amount" => money(*amount)),
        Event::Returned { amount, why } => returned(*why, money(*amount)),
        Event::RefundRequested { .. } => t!("event-refund-requested"),
        Event::RefundDeclined { .. } => t!("event-refund-declined"),
        Event::RefundBegun { amount } => t!("event-refund-begun", "amount" => money(*amount)),
        Event::Refunded { amount, .. } => t!("event-refunded", "amount" => money(*amount)),
        Event::RefundFailed { amount } => t!("event-refund-failed", "amount" => money(*amount)),
        Event::DisputeOpened { amount } => t!("event-dispute-opened", "amount" => money(*amount)),
        Event::DisputeClosed { won: true } => t!("event-dispute-won"),
        Event::DisputeClosed { won: false } => t!("event-dispute-lost"),
        Event::Reminded => t!("event-reminded"),
        Event::Healed => t!("event-healed"),
    }
}

fn returned(why: WhyReturned, amount: String) -> String {
    match why {
        WhyReturned::PaidTwice => t!("event-returned-paid-twice", "amount" => amount),
        WhyReturned::LimitReached => t!("event-returned-limit-reached", "amount" => amount),
        WhyReturned::WrongAmount => t!("event-returned-wrong-amount", "amount" => amount),
        WhyReturned::HasCourse => t!("event-returned-has-course", "amount" => amount),
    }
}
