//! SQL for orders and what happens to them.

use domain::{
    Timestamp,
    checkout::order::{Event, State},
    ids::{CouponId, CourseId, OrderId, Slug, UserId},
    money::{Currency, Money},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
    pricing::Priced,
};

/// A row of `purchase` without its large texts.
#[derive(Clone, Debug, FromRow)]
pub struct OrderRow {
    id: Uuid,
    pub number: String,
    user_id: Option<Uuid>,
    pub email: String,
    pub email_key: String,
    pub language: String,
    pub secret_hash: String,
    state: String,
    currency: String,
    pub total_minor: i64,
    pub refunded_minor: i64,
    coupon_id: Option<Uuid>,
    pub coupon_version: Option<i64>,
    pub code_key: Option<String>,
    pub agreement_version: i64,
    agreed_at: Micros,
    placed_at: Micros,
    held_until: Micros,
    pub paid_at: Option<Micros>,
    pub refund_requested_at: Option<Micros>,
    pub events: i64,
}

impl OrderRow {
    pub fn id(&self) -> OrderId {
        OrderId(self.id)
    }

    pub fn user(&self) -> Option<UserId> {
        self.user_id.map(UserId)
    }

    pub fn set_user(&mut self, user: UserId) {
        self.user_id = Some(user.0);
    }

    /// What `open_purchase` calls the buyer.
    pub fn buyer(&self) -> String {
        self.user()
            .map_or_else(|| self.secret_hash.clone(), |user| user.to_string())
    }

    pub fn coupon(&self) -> Option<CouponId> {
        self.coupon_id.map(CouponId)
    }

    /// A word that is no state is a defect, never an open order.
    pub fn state(&self) -> Result<State> {
        State::from_word(&self.state)
            .ok_or_else(|| Error::internal(format!("an order that is {}", self.state)))
    }

    /// What it is at a moment: one whose time is over counts as expired, also before the job has come by.
    pub fn state_at(&self, now: Timestamp) -> Result<State> {
        let state = self.state()?;
        let over = state.is_open() && self.held_until() <= now;
        Ok(if over { State::Expired } else { state })
    }

    pub fn currency(&self) -> Result<Currency> {
        Currency::from_code(&self.currency).ok_or_else(|| Error::internal("an unknown currency"))
    }

    pub fn total(&self) -> Result<Money> {
        Ok(Money {
            minor: self.total_minor,
            currency: self.currency()?,
        })
    }

    pub fn agreed_at(&self) -> Timestamp {
        self.agreed_at.into()
    }

    pub fn placed_at(&self) -> Timestamp {
        self.placed_at.into()
    }

    pub fn held_until(&self) -> Timestamp {
        self.held_until.into()
    }

    pub fn paid_at(&self) -> Option<Timestamp> {
        self.paid_at.map(Into::into)
    }

    /// Writes that an event happened, and what the order is by it. [`save`] writes the rest.
    pub async fn record(
        &mut self,
        tx: &mut Tx,
        event: &Event,
        actor: Option<UserId>,
        now: Timestamp,
    ) -> Result<()> {
        let state = self.state()?.after(event).map_err(Error::internal)?;
        insert_event(tx, self.id(), self.events, event, state, actor, now).await?;
        self.events += 1;
        state.as_str().clone_into(&mut self.state);
        Ok(())
    }
}

pub async fn order(tx: &mut Tx, order: OrderId) -> Result<Option<OrderRow>> {
    rows!(
        tx,
        fetch_optional as OrderRow,
        "SELECT id, number, user_id, email, email_key, language, secret_hash, state, currency, total_minor,
             refunded_minor, coupon_id, coupon_version, code_key, agreement_version, agreed_at, placed_at, held_until,
             paid_at, refund_requested_at, events
         FROM purchase WHERE id = $1",
        order.0,
    )
}

/// The order, which nobody else changes until the transaction ends.
pub async fn lock(tx: &mut Tx, order: OrderId) -> Result<Option<OrderRow>> {
    rows!(
        tx,
        fetch_optional as OrderRow,
        "UPDATE purchase SET events = events WHERE id = $1
         RETURNING id, number, user_id, email, email_key, language, secret_hash, state, currency, total_minor,
             refunded_minor, coupon_id, coupon_version, code_key, agreement_version, agreed_at, placed_at, held_until,
             paid_at, refund_requested_at, events",
        order.0,
    )
}

/// Writes what may have changed in a locked order.
pub async fn save(tx: &mut Tx, order: &OrderRow) -> Result<()> {
    execute!(
        tx,
        "UPDATE purchase SET state = $2, events = $3, paid_at = $4, refunded_minor = $5, refund_requested_at = $6,
             user_id = $7
         WHERE id = $1",
        order.id,
        &order.state,
        order.events,
        order.paid_at,
        order.refunded_minor,
        order.refund_requested_at,
        order.user_id,
    )?;
    Ok(())
}

/// Writes how a locked order was priced anew, and until when it keeps what it will reserve.
pub async fn renew(
    tx: &mut Tx,
    order: &mut OrderRow,
    priced: &Priced,
    until: Timestamp,
) -> Result<()> {
    let Priced { basket, quote, .. } = priced;
    order.coupon_version = priced.coupon.as_ref().map(|coupon| coupon.version.into());
    order.held_until = until.into();
    execute!(
        tx,
        "UPDATE purchase SET basket = $2, quote = $3, list_minor = $4, coupon_version = $5, held_until = $6 WHERE id = $1",
        order.id,
        serde_json::to_string(basket).map_err(Error::internal)?,
        serde_json::to_string(quote).map_err(Error::internal)?,
        quote.list,
        order.coupon_version,
        order.held_until,
    )?;
    for (item, paid) in basket.items.iter().zip(&quote.items) {
        execute!(
            tx,
            "UPDATE purchase_item SET list_minor = $3, paid_minor = $4 WHERE purchase_id = $1 AND course_id = $2",
            order.id,
            item.course.0,
            item.list,
            *paid,
        )?;
    }
    Ok(())
}

/// A new order.
pub struct New<'a> {
    pub id: OrderId,
    pub number: &'a str,
    pub user: Option<UserId>,
    pub email: &'a str,
    pub email_key: &'a str,
    pub language: &'a str,
    pub secret_hash: &'a str,
    pub form_key: Uuid,
    pub list: i64,
    pub total: Money,
    pub basket: &'a str,
    pub quote: &'a str,
    pub coupon: Option<(CouponId, u32)>,
    pub code_key: Option<&'a str>,
    pub agreement: u32,
    pub now: Timestamp,
    pub held_until: Timestamp,
}

/// Whether it was written: not when form key or number are taken. It comes with its first event.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    let inserted = execute!(
        tx,
        "INSERT INTO purchase (id, number, user_id, email, email_key, language, secret_hash, form_key, state, currency,
             list_minor, total_minor, refunded_minor, basket, quote, coupon_id, coupon_version, code_key,
             agreement_version, agreed_at, placed_at, held_until, events)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14, $15, $16, $17, $18, $19, $19, $20, 1)
         ON CONFLICT DO NOTHING",
        new.id.0,
        new.number,
        new.user.map(|user| user.0),
        new.email,
        new.email_key,
        new.language,
        new.secret_hash,
        new.form_key,
        State::Draft.as_str(),
        new.total.currency.code(),
        new.list,
        new.total.minor,
        new.basket,
        new.quote,
        new.coupon.map(|(coupon, _)| coupon.0),
        new.coupon.map(|(_, version)| i64::from(version)),
        new.code_key,
        i64::from(new.agreement),
        Micros::from(new.now),
        Micros::from(new.held_until),
    )?;
    if inserted == 0 {
        return Ok(false);
    }
    let placed = Event::Placed {
        total: new.total.minor,
    };
    insert_event(tx, new.id, 0, &placed, State::Draft, None, new.now).await?;
    Ok(true)
}

async fn insert_event(
    tx: &mut Tx,
    order: OrderId,
    number: i64,
    event: &Event,
    state: State,
    actor: Option<UserId>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO purchase_event (purchase_id, number, at, event, state, actor) VALUES ($1, $2, $3, $4, $5, $6)",
        order.0,
        number,
        Micros::from(now),
        serde_json::to_string(event).map_err(Error::internal)?,
        state.as_str(),
        actor.map(|actor| actor.0),
    )?;
    Ok(())
}

#[derive(Debug, FromRow)]
pub struct ItemRow {
    course_id: Uuid,
    pub slug: String,
    pub title: String,
    pub list_minor: i64,
    pub paid_minor: i64,
}

impl ItemRow {
    pub fn course(&self) -> CourseId {
        CourseId(self.course_id)
    }
}

pub async fn items(tx: &mut Tx, order: OrderId) -> Result<Vec<ItemRow>> {
    rows!(
        tx,
        fetch_all as ItemRow,
        "SELECT course_id, slug, title, list_minor, paid_minor FROM purchase_item
         WHERE purchase_id = $1 ORDER BY position",
        order.0,
    )
}

pub struct NewItem<'a> {
    pub position: i64,
    pub course: CourseId,
    pub slug: &'a str,
    pub title: &'a str,
    pub list: i64,
    pub paid: i64,
}

pub async fn insert_item(tx: &mut Tx, order: OrderId, item: &NewItem<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO purchase_item (purchase_id, position, course_id, slug, title, list_minor, paid_minor)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        order.0,
        item.position,
        item.course.0,
        item.slug,
        item.title,
        item.list,
        item.paid,
    )?;
    Ok(())
}

/// The order that was placed with a form.
pub async fn by_form(tx: &mut Tx, form_key: Uuid) -> Result<Option<OrderRow>> {
    rows!(
        tx,
        fetch_optional as OrderRow,
        "SELECT id, number, user_id, email, email_key, language, secret_hash, state, currency, total_minor,
             refunded_minor, coupon_id, coupon_version, code_key, agreement_version, agreed_at, placed_at, held_until,
             paid_at, refund_requested_at, events
         FROM purchase WHERE form_key = $1",
        form_key,
    )
}

/// The buyer's open order for a course.
pub async fn open_order(tx: &mut Tx, buyer: &str, course: &Slug) -> Result<Option<OrderId>> {
    let order: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT o.purchase_id FROM open_purchase o JOIN course c ON c.id = o.course_id
         WHERE o.buyer = $1 AND c.slug = $2",
        buyer,
        course.as_str(),
    )?;
    Ok(order.map(OrderId))
}

pub async fn course_ids(tx: &mut Tx, slugs: &[Slug]) -> Result<Vec<CourseId>> {
    let mut ids = Vec::with_capacity(slugs.len());
    for slug in slugs {
        let id: Option<Uuid> = scalar!(
            tx,
            fetch_optional,
            "SELECT id FROM course WHERE slug = $1",
            slug.as_str(),
        )?;
        ids.extend(id.map(CourseId));
    }
    Ok(ids)
}

/// Makes it the buyer's open order for the course; `false` where there is one.
pub async fn open(tx: &mut Tx, buyer: &str, course: CourseId, order: OrderId) -> Result<bool> {
    let inserted = execute!(
        tx,
        "INSERT INTO open_purchase (buyer, course_id, purchase_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        buyer,
        course.0,
        order.0,
    )?;
    Ok(inserted > 0)
}

pub async fn close(tx: &mut Tx, order: OrderId) -> Result<()> {
    execute!(
        tx,
        "DELETE FROM open_purchase WHERE purchase_id = $1",
        order.0
    )?;
    Ok(())
}

/// Open orders whose time is over, the oldest first.
pub async fn due_to_expire(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<OrderId>> {
    let found: Vec<Uuid> = scalar!(
        tx,
        fetch_all,
        "SELECT id FROM purchase WHERE state IN ('draft', 'awaiting-payment') AND held_until <= $1
         ORDER BY held_until LIMIT $2",
        Micros::from(now),
        limit,
    )?;
    Ok(found.into_iter().map(OrderId).collect())
}

/// What the order was priced with, and the answer: JSON of `Basket` and `Quote`.
pub async fn calculation(tx: &mut Tx, order: OrderId) -> Result<(String, String)> {
    rows!(
        tx,
        fetch_one as (String, String),
        "SELECT basket, quote FROM purchase WHERE id = $1",
        order.0,
    )
}

/// Moment, event, and the name of the member of staff who did it.
pub async fn timeline(
    tx: &mut Tx,
    order: OrderId,
) -> Result<Vec<(Micros, String, Option<String>)>> {
    rows!(
        tx,
        fetch_all as (Micros, String, Option<String>),
        "SELECT e.at, e.event, u.name FROM purchase_event e LEFT JOIN user_account u ON u.id = e.actor
         WHERE e.purchase_id = $1 ORDER BY e.number",
        order.0,
    )
}

/// Days and percent of the refund rule that was agreed to.
pub async fn refund_rule(tx: &mut Tx, agreement: i64) -> Result<(i64, i64)> {
    rows!(
        tx,
        fetch_one as (i64, i64),
        "SELECT refund_days, refund_max_progress FROM agreement WHERE version = $1",
        agreement,
    )
}

/// Another key of the buyer's browser. It opens the order and proves nothing, as the first one does.
pub async fn insert_key(tx: &mut Tx, order: OrderId, key_hash: &str, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO order_key (key_hash, purchase_id, purpose, created_at) VALUES ($1, $2, 'browser', $3)
         ON CONFLICT DO NOTHING",
        key_hash,
        order.0,
        Micros::from(now),
    )?;
    Ok(())
}

/// A key of a mailed link opens the order too, and so does that of a browser which sent its form.
pub async fn has_key(tx: &mut Tx, order: OrderId, key_hash: &str) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM order_key WHERE key_hash = $1 AND purchase_id = $2 AND purpose IN ('open', 'browser'))",
        key_hash,
        order.0,
    )
}

/// The learner's orders, the newest first.
pub async fn of_user(tx: &mut Tx, user: UserId) -> Result<Vec<OrderRow>> {
    rows!(
        tx,
        fetch_all as OrderRow,
        "SELECT id, number, user_id, email, email_key, language, secret_hash, state, currency, total_minor,
             refunded_minor, coupon_id, coupon_version, code_key, agreement_version, agreed_at, placed_at, held_until,
             paid_at, refund_requested_at, events
         FROM purchase WHERE user_id = $1 ORDER BY placed_at DESC, id DESC",
        user.0,
    )
}

/// Titles of the courses of every order of a learner.
pub async fn titles_of_user(tx: &mut Tx, user: UserId) -> Result<Vec<(Uuid, String)>> {
    rows!(
        tx,
        fetch_all as (Uuid, String),
        "SELECT i.purchase_id, i.title FROM purchase_item i JOIN purchase p ON p.id = i.purchase_id
         WHERE p.user_id = $1 ORDER BY i.purchase_id, i.position",
        user.0,
    )
}

pub async fn name_of(tx: &mut Tx, user: UserId) -> Result<Option<String>> {
    scalar!(
        tx,
        fetch_optional,
        "SELECT name FROM user_account WHERE id = $1",
        user.0,
    )
}
