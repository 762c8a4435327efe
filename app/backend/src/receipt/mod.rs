//! Receipts, and the mails about orders.
//!
//! A receipt is worked out again from what the order was priced with, and compared with what was charged: where they
//! do not agree, staff are told. Mails are written down in the transaction of what they tell of, and sent afterwards.

mod figures;
mod key;
mod mails;
mod outbox;
mod reminder;
mod reminder_store;
mod sheet;
mod store;
#[cfg(test)]
mod tests;
mod waiting;

use std::time::Duration;

use domain::{
    checkout::finding::Finding,
    ids::{OrderId, Slug},
};
use jiff::tz::TimeZone;

pub use outbox::{MailKind, queue_mail};
pub use waiting::Welcome;
pub(crate) use waiting::{Bought, bought_with};

use crate::{Backend, Error, Result, Tx, checkout::Asker, rate_limit::Limit, study, words::Words};
use figures::{Parts, Receipt};

/// How often a receipt may be drawn: fonts are large.
const DRAWINGS: Limit = Limit {
    name: "receipt-pdf",
    attempts: 40,
    window: Duration::from_secs(600),
};

/// The school, as its papers name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct School {
    /// `None`: as the pages do.
    pub name: Option<String>,
    /// May have several lines.
    pub address: Option<String>,
    pub tax_id: Option<String>,
}

impl School {
    pub(crate) fn name_or(&self, words: &Words) -> String {
        self.name
            .clone()
            .unwrap_or_else(|| words.say("school", &[]))
    }
}

impl Backend {
    /// The receipt of a paid order as PDF, for who may see the order, in the reader's language. `zone`: the clock that
    /// the reader's browser says it has, for buyers of whom none is known.
    ///
    /// # Errors
    /// `Error::NotFound` for another's order and for one that was never paid; `Error::TooManyAttempts`.
    pub async fn receipt_pdf(
        &self,
        asker: &Asker,
        order: OrderId,
        language: &str,
        zone: Option<&str>,
    ) -> Result<Vec<u8>> {
        let page = self.order_page(asker, order).await?;
        if page.paid_at.is_none() {
            return Err(Error::NotFound);
        }
        self.attempt(DRAWINGS, &order.to_string()).await?;
        Ok(self
            .draw_receipt(Some(asker), order, language, zone)
            .await?
            .1)
    }

    /// Without an `asker` for the address of the order.
    async fn draw_receipt(
        &self,
        asker: Option<&Asker>,
        id: OrderId,
        language: &str,
        zone: Option<&str>,
    ) -> Result<(Receipt, Vec<u8>)> {
        let (parts, zone) = {
            let mut tx = self.db.read().await?;
            let mut parts = parts(&mut tx, id).await?;
            if matches!(asker, Some(Asker::Guest { .. })) {
                // Anybody may buy with anybody's address: the account's name is not for who holds the order's key.
                parts.order.name = None;
            }
            let zone = zone_of(&mut tx, &parts, language, zone).await?;
            (parts, zone)
        };
        self.note_faults(id, &parts).await?;
        let url = format!("{}/orders/{id}", self.public_url);
        let receipt = parts.receipt(language, zone, url)?;
        let (school, shown) = (self.school.clone(), receipt.clone());
        let drawn = tokio::task::spawn_blocking(move || sheet::draw(&shown, &school));
        Ok((receipt, drawn.await.map_err(Error::internal)?))
    }

    /// That a receipt does not agree with its order is a defect: it is logged, and a finding for staff.
    async fn note_faults(&self, order: OrderId, parts: &Parts) -> Result<()> {
        let faults = parts.faults();
        if faults.is_empty() {
            return Ok(());
        }
        tracing::error!(%order, ?faults, "a receipt does not agree with its order");
        let finding = Finding::ReceiptMismatch {
            currency: parts.quote.currency,
            faults,
        };
        let mut tx = self.db.write().await?;
        store::find(&mut tx, order, &finding, self.clock.now()).await?;
        tx.commit().await
    }
}

async fn parts(tx: &mut Tx, id: OrderId) -> Result<Parts> {
    let order = store::order(tx, id).await?.ok_or(Error::NotFound)?;
    let payments = store::payments(tx, id).await?;
    Parts::new(order, payments, store::events(tx, id).await?)
}

/// The clock of the buyer.
async fn zone_of(
    tx: &mut Tx,
    parts: &Parts,
    language: &str,
    browser: Option<&str>,
) -> Result<TimeZone> {
    let user = parts.order.user();
    study::zone_now(tx, user, language, browser).await
}

fn slug(text: &str) -> Result<Slug> {
    Slug::parse(text).map_err(Error::internal)
}
