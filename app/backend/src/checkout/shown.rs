//! What people are shown of orders.

use std::collections::HashMap;

use domain::{
    Timestamp,
    checkout::{
        refund::{RefundRule, Refundable},
        shown::{AcceptedAgreement, Happened, OrderItem, OrderPage, OrderSummary},
    },
    ids::{OrderId, Slug, UserId},
};

use super::{
    Asker, BuyerKey, entitlement_store, payment_store as payments,
    store::{self, OrderRow},
};
use crate::{Backend, Error, Result, Tx, ports::payment::sandbox, progress};

impl Backend {
    /// An order, for who may see it. One whose time is over has expired by it.
    ///
    /// # Errors
    /// `Error::NotFound` for another's.
    pub async fn order_page(&self, asker: &Asker, id: OrderId) -> Result<OrderPage> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let mut order = visible(&mut tx, asker, id).await?;
        if order.state()?.is_open() && order.held_until() <= now {
            drop(tx);
            self.expire_order(id).await?;
            tx = self.db.read().await?;
            order = visible(&mut tx, asker, id).await?;
        }
        self.order_shown(&mut tx, asker, &order, now).await
    }

    /// Whether no money moves for it: by the gateway that was paid, else by the one that was asked last and, before
    /// one is, by the school's.
    pub(crate) async fn is_test_order(&self, tx: &mut Tx, order: OrderId) -> Result<bool> {
        let attempts = payments::of_order(tx, order).await?;
        let paid = attempts
            .iter()
            .find(|payment| payment.state == payments::CAPTURED);
        Ok(match paid.or(attempts.first()) {
            Some(payment) => payment.gateway == sandbox::NAME,
            None => self.gateway.is_test(),
        })
    }

    async fn order_shown(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        order: &OrderRow,
        now: Timestamp,
    ) -> Result<OrderPage> {
        let (_, quote) = store::calculation(tx, order.id()).await?;
        let state = order.state()?;
        let name = match (order.user(), asker) {
            (Some(user), Asker::User(_) | Asker::Staff(_)) => store::name_of(tx, user).await?,
            _ => None,
        };
        let agreement = u32::try_from(order.agreement_version).map_err(Error::internal)?;
        let test = self.is_test_order(tx, order.id()).await?;
        Ok(OrderPage {
            id: order.id(),
            number: order.number.clone(),
            state,
            email: order.email.clone(),
            name,
            items: items(tx, asker, order).await?,
            quote: serde_json::from_str(&quote).map_err(Error::internal)?,
            currency: order.currency()?,
            refunded: order.refunded_minor,
            placed_at: order.placed_at(),
            paid_at: order.paid_at(),
            held_until: state.is_open().then(|| order.held_until()),
            agreement: AcceptedAgreement {
                version: agreement,
                accepted_at: order.agreed_at(),
                refund: rule(tx, order).await?,
            },
            refundable: told(asker, refundable(tx, order, now).await?),
            refund_requested: order.refund_requested_at.is_some(),
            timeline: timeline(tx, asker, order.id()).await?,
            test,
            guest: order.user().is_none(),
        })
    }

    /// The learner's orders, the newest first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn orders_of(&self, user: UserId) -> Result<Vec<OrderSummary>> {
        let mut tx = self.db.read().await?;
        let mut titles: HashMap<OrderId, Vec<String>> = HashMap::new();
        for (order, title) in store::titles_of_user(&mut tx, user).await? {
            titles.entry(OrderId(order)).or_default().push(title);
        }
        let tests = payments::tests_of_user(&mut tx, user).await?;
        let now = self.clock.now();
        let orders = store::of_user(&mut tx, user).await?;
        let summary = |order: &OrderRow| {
            Ok(OrderSummary {
                id: order.id(),
                number: order.number.clone(),
                state: order.state_at(now)?,
                placed_at: order.placed_at(),
                total: order.total()?,
                refunded: order.refunded_minor,
                titles: titles.remove(&order.id()).unwrap_or_default(),
                test: tests.contains(&order.id()),
            })
        };
        orders.iter().map(summary).collect()
    }
}

/// Anybody may buy with anybody's address: who holds the order's key does not learn what is the account's.
fn told(asker: &Asker, refundable: Option<Refundable>) -> Option<Refundable> {
    match (asker, refundable) {
        (Asker::Guest { .. }, Some(Refundable::TooFar { .. })) => {
            Some(Refundable::TooFar { percent: None })
        }
        (_, refundable) => refundable,
    }
}

/// The order, if it may be seen.
pub async fn visible(tx: &mut Tx, asker: &Asker, id: OrderId) -> Result<OrderRow> {
    let order = store::order(tx, id).await?.ok_or(Error::NotFound)?;
    if may_see(tx, &order, asker).await? {
        Ok(order)
    } else {
        Err(Error::NotFound)
    }
}

/// An account sees its own orders, a key those that it was made for. Who works with orders is for the caller to know.
pub async fn may_see(tx: &mut Tx, order: &OrderRow, asker: &Asker) -> Result<bool> {
    match asker {
        Asker::Staff(_) => Ok(true),
        Asker::User(user) => Ok(order.user() == Some(*user)),
        Asker::Guest { key } => {
            let Some(key) = BuyerKey::parse(key) else {
                return Ok(false);
            };
            let hash = key.hash();
            Ok(order.secret_hash == hash || store::has_key(tx, order.id(), &hash).await?)
        }
    }
}

async fn items(tx: &mut Tx, asker: &Asker, order: &OrderRow) -> Result<Vec<OrderItem>> {
    let mut items = Vec::new();
    for item in store::items(tx, order.id()).await? {
        let open = match asker {
            Asker::User(user) => entitlement_store::is_enrolled(tx, *user, item.course()).await?,
            Asker::Guest { .. } | Asker::Staff(_) => false,
        };
        items.push(OrderItem {
            slug: Slug::parse(&item.slug).map_err(Error::internal)?,
            title: item.title,
            list: item.list_minor,
            paid: item.paid_minor,
            open,
        });
    }
    Ok(items)
}

async fn timeline(tx: &mut Tx, asker: &Asker, order: OrderId) -> Result<Vec<Happened>> {
    let staff = matches!(asker, Asker::Staff(_));
    let happened = |(at, event, by): (_, String, Option<String>)| {
        Ok(Happened {
            at: Timestamp::from(at),
            event: serde_json::from_str(&event).map_err(Error::internal)?,
            by: by.filter(|_| staff),
        })
    };
    let rows = store::timeline(tx, order).await?;
    rows.into_iter().map(happened).collect()
}

async fn rule(tx: &mut Tx, order: &OrderRow) -> Result<RefundRule> {
    let (days, percent) = store::refund_rule(tx, order.agreement_version).await?;
    Ok(RefundRule {
        days: u32::try_from(days).map_err(Error::internal)?,
        max_progress: u8::try_from(percent).map_err(Error::internal)?,
    })
}

/// Whether the money could be asked back now; `None` where there is none, or it is on its way back.
pub async fn refundable(
    tx: &mut Tx,
    order: &OrderRow,
    now: Timestamp,
) -> Result<Option<Refundable>> {
    let Some(paid_at) = order.paid_at() else {
        return Ok(None);
    };
    if !order.state()?.is_paid() {
        return Ok(None);
    }
    let left =
        order.total_minor - order.refunded_minor - payments::on_the_way(tx, order.id()).await?;
    if left <= 0 && order.total_minor > 0 {
        return Ok(None);
    }
    let mut furthest = 0;
    if let Some(user) = order.user() {
        for item in store::items(tx, order.id()).await? {
            let percent = progress::percent_of(tx, user, item.course()).await?;
            furthest = furthest.max(percent);
        }
    }
    Ok(Some(rule(tx, order).await?.ask(paid_at, furthest, now)))
}
