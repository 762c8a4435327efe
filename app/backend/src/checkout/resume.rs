//! Going on with an order that ran out.

use domain::{
    Timestamp,
    checkout::{
        order::{Event, State},
        price::Basket,
    },
    ids::{CourseId, OrderId, Slug},
};

use super::{
    Asker, HOLD, Next,
    holds::{self, Gone},
    payment_store as payments,
    place::one_at_a_time,
    shown::visible,
    store::{self, ItemRow, OrderRow},
};
use crate::{
    Backend, Error, Result, Tx, agreement,
    pricing::{self, Ask, Priced},
};

impl Backend {
    /// Takes up an order that ran out: it keeps its number, its total and what was agreed to, and reserves anew what
    /// it had let go of. One that is open already is paid as [`Backend::pay_order`] does it, so pressing twice is
    /// harmless.
    ///
    /// # Errors
    /// `Error::NotFound` for another's; `Error::Invalid` with `error-order-changed` when price or agreement are not
    /// what they were, `error-order-other` while another order for the same is open, `error-seats-taken`,
    /// `error-amount-not-taken` when the gateway never takes its total, `error-order-over` for one that ended
    /// otherwise; `Error::Busy` when the gateway does not answer, or a payment of before is still under way.
    pub async fn resume_order(&self, asker: &Asker, id: OrderId) -> Result<Next> {
        visible(&mut self.db.read().await?, asker, id).await?;
        // This order too, and whoever else holds what it needs though their time is over.
        self.expire_orders().await?;
        self.end_old_payments(id).await?;
        self.reopen(id).await?;
        self.next_step(id).await
    }

    /// Ends what was begun before, so that nobody pays twice.
    async fn end_old_payments(&self, id: OrderId) -> Result<()> {
        let mut tx = self.db.read().await?;
        // Read before the state: who takes the order up in another window writes its new payment with the new state.
        let attempts = payments::of_order(&mut tx, id).await?;
        let order = store::order(&mut tx, id).await?.ok_or(Error::NotFound)?;
        drop(tx);
        if order.state()? == State::Expired {
            for payment in attempts {
                if payment.state == payments::BEGUN {
                    self.end_payment(&payment).await?;
                }
            }
        }
        Ok(())
    }

    /// Nothing where it is not expired (any more): the next step says what it is.
    async fn reopen(&self, id: OrderId) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let order = store::order(&mut tx, id).await?.ok_or(Error::NotFound)?;
        one_at_a_time(&mut tx, &order.buyer()).await?;
        let mut order = store::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if order.state()? != State::Expired {
            return Ok(());
        }
        // A bank that takes its time may still pay it, and then the order is paid.
        if self.begun(&mut tx, id).await?.is_some() {
            return Err(Error::Busy("a payment of before is under way".into()));
        }
        let items = store::items(&mut tx, id).await?;
        let courses: Vec<CourseId> = items.iter().map(ItemRow::course).collect();
        holds::lock_of(&mut tx, &order, &courses).await?;
        for course in &courses {
            if !store::open(&mut tx, &order.buyer(), *course, id).await? {
                return Err(Error::invalid("", "error-order-other"));
            }
        }
        let priced = as_before(&mut tx, &order, &items, now).await?;
        self.payable(order.total()?)?;
        store::renew(&mut tx, &mut order, &priced, now + HOLD).await?;
        match holds::take(&mut tx, &order, &courses).await? {
            Ok(()) => {}
            Err(Gone::Coupon) => return Err(changed()),
            Err(Gone::Seat) => return Err(Error::invalid("", "error-seats-taken")),
        }
        let resumed = Event::Resumed {
            total: order.total_minor,
        };
        order.record(&mut tx, &resumed, None, now).await?;
        self.pay_or_wait(&mut tx, &mut order, now).await?;
        store::save(&mut tx, &order).await?;
        tx.commit().await
    }
}

fn changed() -> Error {
    Error::invalid("", "error-order-changed")
}

/// The order's price at this moment, if that is what it was.
async fn as_before(
    tx: &mut Tx,
    order: &OrderRow,
    items: &[ItemRow],
    now: Timestamp,
) -> Result<Priced> {
    let slugs: Vec<Slug> = items
        .iter()
        .map(|item| Slug::parse(&item.slug).map_err(Error::internal))
        .collect::<Result<_>>()?;
    let (basket, _) = store::calculation(tx, order.id()).await?;
    let basket: Basket = serde_json::from_str(&basket).map_err(Error::internal)?;
    let code = basket.coupon.filter(|_| order.coupon().is_some());
    let buyer = order.buyer();
    let ask = Ask {
        courses: &slugs,
        code: code.as_ref().map(|coupon| coupon.code.as_str()),
        user: order.user(),
        email_key: Some(&order.email_key),
        buyer: Some(&buyer),
    };
    let priced = match pricing::price(tx, &ask, now).await {
        // Not for sale any more.
        Err(Error::NotFound | Error::Invalid(_)) => return Err(changed()),
        priced => priced?,
    };
    let terms = agreement::current(tx, now).await?.version;
    let enrolled = &priced.basket.learner.enrolled;
    let same = priced.quote.total == order.total_minor
        && priced.quote.currency == order.currency()?
        && priced.coupon.as_ref().map(|coupon| coupon.id) == order.coupon()
        && i64::from(terms) == order.agreement_version
        && !slugs.iter().any(|slug| enrolled.contains(slug));
    if same { Ok(priced) } else { Err(changed()) }
}
