//! Orders: placing, paying, refunding, and the access that they grant.
//!
//! An order changes by events of [`domain::checkout::order`], each written in the transaction of what it is about.
//! Access is an entitlement that the order grants when the money is there, whoever told us so; nothing depends on the
//! buyer's browser coming back. No gateway is asked anything inside a transaction.

mod buyer;
mod capture;
mod entitlement;
mod entitlement_store;
mod hold_store;
mod holds;
mod jobs;
mod notice_store;
mod notices;
mod payment_store;
mod place;
mod refunds;
mod resume;
mod sandbox;
mod shown;
mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use domain::{
    Timestamp,
    checkout::order::Event,
    ids::{OrderId, PaymentId, Slug},
};
use uuid::Uuid;

pub use buyer::{Asker, Buyer, BuyerKey, tag as buyer_tag};
pub use capture::{Came, take_in};
pub use entitlement::claim;

use crate::{
    Backend, Error, Result, Tx,
    account::Visitor,
    ports::payment::{Begin, Begun, Standing},
};
use payment_store::{self as payments, PaymentRow};
use shown::visible;
use store::OrderRow;

/// How long an order keeps what it reserved.
pub const HOLD: Duration = Duration::from_secs(30 * 60);

/// What a buyer wants, and what they saw.
#[derive(Clone, Debug)]
pub struct Place {
    pub buyer: Buyer,
    pub courses: Vec<Slug>,
    /// As it was typed.
    pub code: Option<String>,
    /// Minor units that the page said.
    pub expected_total: i64,
    /// Version of the agreement that was ticked.
    pub agreement: u32,
    /// Made with the form, so that sending it twice places one order.
    pub form_key: Uuid,
    /// From where: wrong codes are counted.
    pub visitor: Visitor,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub order: OrderId,
    pub next: Next,
}

/// Where the buyer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// To the gateway's page: an absolute address, or a path of this site.
    PayAt(String),
    /// To the order's page: there is nothing to pay.
    Done,
}

impl Backend {
    /// Goes on with paying an order that was left.
    ///
    /// # Errors
    /// `Error::NotFound` for another's; `Error::Invalid` with `error-order-over` for one that has ended; `Error::Busy`
    /// when the gateway does not answer.
    pub async fn pay_order(&self, asker: &Asker, id: OrderId) -> Result<Next> {
        let order = visible(&mut self.db.read().await?, asker, id).await?;
        if order.state()?.is_open() && order.held_until() <= self.clock.now() {
            self.expire_order(id).await?;
        }
        self.next_step(id).await
    }

    /// The buyer does not want it any more. A payment that arrived meanwhile wins.
    ///
    /// # Errors
    /// `Error::NotFound` for another's; `Error::Invalid` with `error-order-over` for one that is paid or has ended.
    pub async fn cancel_order(&self, asker: &Asker, id: OrderId) -> Result<()> {
        visible(&mut self.db.read().await?, asker, id).await?;
        // Ended there first: what cannot be paid any more cannot arrive late.
        self.end_payments(id).await;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let mut order = store::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if !order.state()?.is_open() {
            return Err(over());
        }
        lock_counts(&mut tx, &order).await?;
        place::end_open(&mut tx, &mut order, &Event::Cancelled, now).await?;
        tx.commit().await
    }

    /// How many places a course has; `None`: any number. Fewer than are taken or held shut nobody out who has one.
    ///
    /// # Errors
    /// `Error::NotFound`; `Error::Invalid` (field `seats`) for fewer than none.
    pub async fn set_seats(&self, course: &Slug, seats: Option<i64>) -> Result<()> {
        if seats.is_some_and(|seats| seats < 0) {
            return Err(Error::invalid("seats", "error-seats"));
        }
        let mut tx = self.db.write().await?;
        let row = crate::course::course_by_slug(&mut tx, course)
            .await?
            .ok_or(Error::NotFound)?;
        hold_store::note_seats(&mut tx, row.id()).await?;
        hold_store::set_seats(&mut tx, row.id(), seats).await?;
        tx.commit().await
    }

    /// Where the buyer of an open order goes: to the payment that has begun, else to a new one.
    async fn next_step(&self, id: OrderId) -> Result<Next> {
        let (order, attempt) = {
            let mut tx = self.db.read().await?;
            let order = store::order(&mut tx, id).await?.ok_or(Error::NotFound)?;
            (order, self.begun(&mut tx, id).await?)
        };
        let state = order.state()?;
        if state.is_paid() {
            return Ok(Next::Done);
        }
        if !state.is_open() {
            return Err(over());
        }
        let payment = match attempt {
            Some(PaymentRow { url: Some(url), .. }) => return Ok(Next::PayAt(url)),
            Some(payment) => payment.id(),
            None => self.another_payment(id).await?,
        };
        self.begin_payment(&order, payment).await
    }

    /// The payment at the school's gateway that waits for the payer.
    async fn begun(&self, tx: &mut Tx, id: OrderId) -> Result<Option<PaymentRow>> {
        let mut attempts = payments::of_order(tx, id).await?.into_iter();
        Ok(attempts.find(|payment| {
            payment.state == payments::BEGUN && payment.gateway == self.gateway.name()
        }))
    }

    /// A payment in the place of one that has ended, unless another window has made one.
    async fn another_payment(&self, id: OrderId) -> Result<PaymentId> {
        let mut tx = self.db.write().await?;
        let order = store::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if let Some(payment) = self.begun(&mut tx, id).await? {
            return Ok(payment.id());
        }
        let payment = PaymentId(Uuid::now_v7());
        let (gateway, now) = (self.gateway.name(), self.clock.now());
        payments::insert(&mut tx, payment, id, gateway, order.total()?, now).await?;
        tx.commit().await?;
        Ok(payment)
    }

    /// Tells the gateway of a payment. Its key is the payment's id, so telling it again tells nothing new.
    async fn begin_payment(&self, order: &OrderRow, payment: PaymentId) -> Result<Next> {
        let begin = self.begin_of(order, payment).await?;
        let Begun { reference, url } = self.gateway.begin(&begin).await?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let mut order = store::lock(&mut tx, order.id())
            .await?
            .ok_or(Error::NotFound)?;
        let is_new = payments::set_begun(&mut tx, payment, &reference, &url).await?;
        let begun = Event::PaymentBegun {
            gateway: self.gateway.name().to_owned(),
        };
        if order.state()?.after(&begun).is_err() {
            // It ended while the gateway was asked; the job ends the payment too.
            tx.commit().await?;
            return Err(over());
        }
        // A second press that came before the first was answered tells nothing new, and leads to the same page.
        if is_new {
            order.record(&mut tx, &begun, None, now).await?;
            store::save(&mut tx, &order).await?;
        }
        tx.commit().await?;
        Ok(Next::PayAt(url))
    }

    async fn begin_of(&self, order: &OrderRow, payment: PaymentId) -> Result<Begin> {
        let items = store::items(&mut self.db.read().await?, order.id()).await?;
        let titles: Vec<_> = items.into_iter().map(|item| item.title).collect();
        Ok(Begin {
            payment,
            order: order.id(),
            amount: order.total()?,
            description: titles.join(", "),
            email: order.email.clone(),
            language: order.language.clone(),
            return_url: format!("{}/orders/{}", self.public_url, order.id()),
            expires_at: order.held_until(),
        })
    }

    /// Expires an order whose time is over; the others stay as they are. Whether it did.
    pub(crate) async fn expire_order(&self, id: OrderId) -> Result<bool> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let Some(mut order) = store::lock(&mut tx, id).await? else {
            return Ok(false);
        };
        if !order.state()?.is_open() || order.held_until() > now {
            return Ok(false);
        }
        lock_counts(&mut tx, &order).await?;
        place::end_open(&mut tx, &mut order, &Event::Expired, now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Ends at the gateway what an order's payments are. One that was paid meanwhile pays the order; what cannot be
    /// asked now is asked by the job.
    async fn end_payments(&self, id: OrderId) {
        let ended = async {
            let attempts = payments::of_order(&mut self.db.read().await?, id).await?;
            for payment in attempts {
                if payment.state == payments::BEGUN {
                    self.end_payment(&payment).await?;
                }
            }
            Ok::<_, Error>(())
        };
        if let Err(error) = ended.await {
            tracing::warn!(%error, order = %id, "a payment is ended later");
        }
    }

    async fn end_payment(&self, payment: &PaymentRow) -> Result<Came> {
        if payment.gateway != self.gateway.name() {
            // Who can say how it stands is not set up; perhaps for this start only.
            return Ok(Came::Known);
        }
        let standing = match &payment.reference {
            Some(reference) => match self.gateway.end(reference).await {
                // The gateway does not know it, so nobody can pay it.
                Err(Error::NotFound) => Standing::Ended,
                standing => standing?,
            },
            // Nobody was ever told where to pay it.
            None => Standing::Ended,
        };
        let mut tx = self.db.write().await?;
        let came = capture::stands(&mut tx, payment, &standing, self.clock.now()).await?;
        tx.commit().await?;
        Ok(came)
    }
}

fn over() -> Error {
    Error::invalid("", "error-order-over")
}

/// Locks what a locked order may have reserved.
async fn lock_counts(tx: &mut Tx, order: &OrderRow) -> Result<()> {
    let items = store::items(tx, order.id()).await?;
    let courses: Vec<_> = items.iter().map(store::ItemRow::course).collect();
    holds::lock_of(tx, order, &courses).await
}

/// Since when a payment has to be quiet to be asked about.
fn before(now: Timestamp, quiet: Duration) -> Timestamp {
    now.checked_sub(quiet).unwrap_or(Timestamp::MIN)
}
