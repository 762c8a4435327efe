//! What a receipt says: worked out again from what the order was priced with, and compared with what was charged.

use domain::{
    Timestamp,
    checkout::{
        finding::Fault,
        order::Event,
        price::{Basket, Line, Quote, quote},
    },
    money::{Currency, Money},
};
use jiff::tz::TimeZone;

use super::store::{OrderRow, PaymentRow};
use crate::{Error, Result};

/// A paid order, on paper.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub number: String,
    pub name: Option<String>,
    pub email: String,
    pub placed_at: Timestamp,
    pub paid_at: Timestamp,
    /// The clock on which moments are shown.
    pub zone: TimeZone,
    /// Locale of its words, a BCP 47 tag.
    pub language: String,
    pub currency: Currency,
    /// Titles and list prices.
    pub items: Vec<(String, i64)>,
    pub list: i64,
    pub lines: Vec<Line>,
    pub total: i64,
    /// What went back, and when.
    pub refunds: Vec<(Timestamp, i64)>,
    /// Name of the gateway; `None`: nothing was to pay.
    pub gateway: Option<String>,
    pub agreement: u32,
    pub agreed_at: Timestamp,
    /// The order's page.
    pub url: String,
}

/// What an order is made of, as the database has it.
pub struct Parts {
    pub order: OrderRow,
    pub basket: Basket,
    pub quote: Quote,
    /// Payments whose money came and was kept.
    pub payments: Vec<PaymentRow>,
    pub refunds: Vec<(Timestamp, i64)>,
}

impl Parts {
    pub fn new(
        order: OrderRow,
        payments: Vec<PaymentRow>,
        events: Vec<(Timestamp, String)>,
    ) -> Result<Self> {
        let basket = serde_json::from_str(&order.basket).map_err(Error::internal)?;
        let quote = serde_json::from_str(&order.quote).map_err(Error::internal)?;
        let mut refunds = Vec::new();
        for (at, event) in events {
            let event = serde_json::from_str(&event).map_err(Error::internal)?;
            if let Event::Refunded { amount, .. } = event
                && amount > 0
            {
                refunds.push((at, amount));
            }
        }
        Ok(Self {
            order,
            basket,
            quote,
            payments,
            refunds,
        })
    }

    /// Where the calculation, the order and the money do not agree. Nothing: all is well.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let again = quote(&self.basket);
        if again != self.quote {
            let (now, then) = (again.total, self.quote.total);
            faults.push(Fault::Price { now, then });
        }
        let order = &self.order;
        if order.total_minor != self.quote.total {
            let (order, price) = (order.total_minor, self.quote.total);
            faults.push(Fault::Total { order, price });
        }
        let came: i64 = self.payments.iter().map(|paid| paid.captured_minor).sum();
        if came != order.total_minor {
            let due = order.total_minor;
            faults.push(Fault::Kept { came, due });
        }
        let events: i64 = self.refunds.iter().map(|(_, amount)| amount).sum();
        if events != order.refunded_minor {
            let order = order.refunded_minor;
            faults.push(Fault::Refunded { events, order });
        }
        faults
    }

    /// `NotFound` for an order that was never paid.
    pub fn receipt(self, language: &str, zone: TimeZone, url: String) -> Result<Receipt> {
        let order = self.order;
        let items = self.basket.items.into_iter();
        Ok(Receipt {
            paid_at: order.paid_at().ok_or(Error::NotFound)?,
            placed_at: order.placed_at(),
            agreed_at: order.agreed_at(),
            agreement: u32::try_from(order.agreement_version).map_err(Error::internal)?,
            number: order.number,
            name: order.name,
            email: order.email,
            zone,
            language: language.to_owned(),
            currency: self.quote.currency,
            items: items.map(|item| (item.title, item.list)).collect(),
            list: self.quote.list,
            lines: self.quote.lines,
            total: self.quote.total,
            refunds: self.refunds,
            gateway: self.payments.into_iter().next().map(|paid| paid.gateway),
            url,
        })
    }
}

impl Receipt {
    pub fn money(&self, minor: i64) -> Money {
        Money {
            minor,
            currency: self.currency,
        }
    }
}
