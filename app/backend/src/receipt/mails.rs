//! What mails about orders say, in the language in which the order was placed.

use domain::{
    checkout::{
        order::WhyReturned,
        price::{Basket, Quote},
    },
    ids::OrderId,
    money::Money,
};
use fluent_bundle::FluentValue;

use super::{MailKind, School, key::Key, store::OrderRow};
use crate::{Error, Result, ports::mail::Mail, words::Words};

/// An order, to write about.
pub struct Letter<'a> {
    pub id: OrderId,
    pub order: &'a OrderRow,
    pub public_url: &'a str,
    pub school: &'a School,
    /// Of the links in this mail.
    pub open: &'a Key,
    pub stop: &'a Key,
    pub words: Words,
    /// No money moves for this order.
    pub test: bool,
}

impl Letter<'_> {
    pub fn write(&self, kind: &MailKind) -> Result<Mail> {
        let basket: Basket = serde_json::from_str(&self.order.basket).map_err(Error::internal)?;
        let quote: Quote = serde_json::from_str(&self.order.quote).map_err(Error::internal)?;
        let titles: Vec<&str> = basket
            .items
            .iter()
            .map(|item| item.title.as_str())
            .collect();
        let money = |minor| {
            let currency = quote.currency;
            self.words.money(Money { minor, currency })
        };
        let (name, mut parts) = match kind {
            MailKind::Paid => ("paid", self.paid(&titles, quote.total, &money(quote.total))),
            MailKind::Refunded { amount, reason } => {
                ("refunded", self.refunded(*amount, &money(*amount), reason))
            }
            MailKind::Returned { amount, why } => {
                let key = format!("event-returned-{}", word(*why));
                let why = self.say(&key, &[("amount", &money(*amount))]);
                (
                    "returned",
                    vec![self.say("mail-returned-text", &[("why", &why)])],
                )
            }
            MailKind::RefundDeclined { reason } => {
                let said = self.say("mail-declined-text", &[]);
                ("declined", vec![said, self.reason(reason)])
            }
            MailKind::Reminder => ("reminder", self.reminder(&titles)),
        };
        let hello = match &self.order.name {
            Some(name) => self.say("mail-order-hello", &[("name", name)]),
            None => self.say("mail-order-hello-guest", &[]),
        };
        parts.insert(0, hello);
        if self.test {
            parts.insert(1, self.say("receipt-test", &[]));
        }
        parts.push(self.school.name_or(&self.words));
        parts.retain(|part| !part.is_empty());
        let first = titles.first().copied().unwrap_or_default();
        let subject = self.say(&format!("mail-{name}-subject"), &[("title", first)]);
        Ok(Mail {
            unsubscribe: matches!(kind, MailKind::Reminder).then(|| self.stop_link()),
            ..Mail::plain(&self.order.email, &subject, &parts.join("\n\n"))
        })
    }

    fn paid(&self, titles: &[&str], total: i64, amount: &str) -> Vec<String> {
        let key = if total == 0 {
            "mail-paid-nothing"
        } else {
            "mail-paid-text"
        };
        let courses = list(titles);
        let mut parts = vec![self.say(key, &[("amount", amount), ("courses", &courses)])];
        if self.order.user().is_none() {
            let link = format!("{}/welcome/{}", self.public_url, self.open.as_str());
            parts.insert(1, self.say("mail-paid-guest", &[("link", &link)]));
        }
        parts
    }

    fn refunded(&self, amount: i64, said: &str, reason: &str) -> Vec<String> {
        let key = if amount == 0 {
            "mail-refunded-nothing"
        } else {
            "mail-refunded-text"
        };
        vec![self.say(key, &[("amount", said)]), self.reason(reason)]
    }

    fn reason(&self, reason: &str) -> String {
        if reason.trim().is_empty() {
            return String::new();
        }
        self.say("mail-order-reason", &[("reason", reason.trim())])
    }

    fn reminder(&self, titles: &[&str]) -> Vec<String> {
        let courses = list(titles);
        vec![
            self.say("mail-reminder-text", &[("courses", &courses)]),
            self.say("mail-reminder-stop", &[]),
            self.stop_link(),
        ]
    }

    /// Whoever has an account signs in to see an order; others have a key to it.
    fn link(&self) -> String {
        let page = format!("{}/orders/{}", self.public_url, self.id);
        match self.order.user() {
            Some(_) => page,
            None => format!("{page}?key={}", self.open.as_str()),
        }
    }

    fn stop_link(&self) -> String {
        format!("{}/unsubscribe/{}", self.public_url, self.stop.as_str())
    }

    /// Every message may name the order and its page.
    fn say(&self, key: &str, args: &[(&'static str, &str)]) -> String {
        let mut all: Vec<(&'static str, FluentValue<'static>)> = vec![
            ("number", self.order.number.clone().into()),
            ("link", self.link().into()),
        ];
        for (name, value) in args {
            all.retain(|(known, _)| known != name);
            all.push((name, (*value).to_owned().into()));
        }
        self.words.say(key, &all)
    }
}

fn list(titles: &[&str]) -> String {
    let lines: Vec<String> = titles.iter().map(|title| format!("- {title}")).collect();
    lines.join("\n")
}

fn word(why: WhyReturned) -> &'static str {
    match why {
        WhyReturned::PaidTwice => "paid-twice",
        WhyReturned::LimitReached => "limit-reached",
        WhyReturned::WrongAmount => "wrong-amount",
        WhyReturned::HasCourse => "has-course",
    }
}
