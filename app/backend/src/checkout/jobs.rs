//! What has to happen to orders though nobody asks for it. Several nodes may do it at once: each piece is taken by
//! an update with a condition, and doing it twice does no more than doing it once.

use std::time::Duration;

use domain::{
    checkout::{
        finding::{Arrived, Finding},
        order::Event,
    },
    ids::OrderId,
};

use super::{
    Came, before, capture, entitlement, entitlement_store,
    payment_store::{self as payments, PaymentRow},
    store,
};
use crate::{Backend, Error, Result, ports::payment::Standing};

/// A payment of which nothing was heard for so long is asked about.
const QUIET: Duration = Duration::from_secs(180);
const EXPIRE_AT_ONCE: i64 = 200;
const CHECK_AT_ONCE: i64 = 50;
const CLAIM_AT_ONCE: i64 = 100;

impl Backend {
    /// Releases what was held too long, sends refunds, asks the gateway about payments that it is silent about, and
    /// opens what was paid for to accounts that came later. Called every few seconds; whatever fails is logged and
    /// done the next time.
    pub async fn run_checkout_jobs(&self) {
        let log = |what: &str, result: Result<()>| {
            if let Err(error) = result {
                tracing::warn!(%error, what, "a job of checkout goes on later");
            }
        };
        log("sandbox", self.deliver_sandbox_notices().await);
        log("notices", self.process_notices().await);
        log("expire", self.expire_orders().await.map(drop));
        log("refund", self.send_refunds().await);
        log("reconcile", self.reconcile().await);
        log("claim", self.claim_what_waits().await);
    }

    /// Expires the orders whose time is over. Whether there were any.
    pub(super) async fn expire_orders(&self) -> Result<bool> {
        let mut any = false;
        loop {
            let due = {
                let mut tx = self.db.read().await?;
                store::due_to_expire(&mut tx, self.clock.now(), EXPIRE_AT_ONCE).await?
            };
            for order in &due {
                any |= self.expire_order(*order).await?;
            }
            if i64::try_from(due.len()).unwrap_or(0) < EXPIRE_AT_ONCE {
                return Ok(any);
            }
        }
    }

    async fn reconcile(&self) -> Result<()> {
        let quiet = {
            let mut tx = self.db.read().await?;
            let before = before(self.clock.now(), QUIET);
            payments::to_check(&mut tx, self.gateway.name(), before, CHECK_AT_ONCE).await?
        };
        for payment in quiet {
            let mut tx = self.db.write().await?;
            let mine = payments::claim_check(&mut tx, &payment, self.clock.now()).await?;
            tx.commit().await?;
            if mine && let Err(error) = self.check(&payment).await {
                tracing::warn!(%error, payment = %payment.id(), "a payment is asked about later");
                // The others need not wait for an answer that does not come either.
                if matches!(error, Error::Busy(_)) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Asks the gateway about one payment and does what should have been done.
    async fn check(&self, payment: &PaymentRow) -> Result<()> {
        let order = store::order(&mut self.db.read().await?, payment.order())
            .await?
            .ok_or_else(|| Error::internal("a payment without an order"))?;
        let came = if !order.state()?.is_open() {
            self.end_payment(payment).await?
        } else if let Some(reference) = &payment.reference {
            let standing = match self.gateway.standing(reference).await {
                // The gateway does not know it, so nobody can pay it.
                Err(Error::NotFound) => Standing::Ended,
                standing => standing?,
            };
            let mut tx = self.db.write().await?;
            let came = capture::stands(&mut tx, payment, &standing, self.clock.now()).await?;
            tx.commit().await?;
            came
        } else {
            // The answer to its beginning was lost. What was begun twice is still one payment.
            self.begin_payment(&order, payment.id()).await?;
            Came::Known
        };
        let came = match came {
            Came::Paid => Arrived::Paid,
            Came::PaidLate => Arrived::Late,
            Came::Returned(why) => Arrived::Returned(why),
            Came::Noted | Came::Known | Came::Unknown => return Ok(()),
        };
        self.healed(payment.order(), came).await
    }

    /// The gateway was ahead of the order: no notice of it came, or none that could be taken in.
    async fn healed(&self, id: OrderId, came: Arrived) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let mut order = store::lock(&mut tx, id)
            .await?
            .ok_or_else(|| Error::internal("a payment without an order"))?;
        order.record(&mut tx, &Event::Healed, None, now).await?;
        store::save(&mut tx, &order).await?;
        let finding = Finding::MissedCapture { came };
        payments::insert_finding(&mut tx, id, &finding, now).await?;
        tx.commit().await
    }

    /// An address may be confirmed in the very moment in which an order with it is paid: neither sees the other then.
    async fn claim_what_waits(&self) -> Result<()> {
        let waiting = {
            let mut tx = self.db.read().await?;
            entitlement_store::waiting_for_known(&mut tx, CLAIM_AT_ONCE).await?
        };
        for (user, email_key) in waiting {
            let mut tx = self.db.write().await?;
            entitlement::claim(&mut tx, user, &email_key, self.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
