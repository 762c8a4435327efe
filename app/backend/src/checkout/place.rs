//! Placing an order: one transaction, which computes the price anew and reserves what it depends on.

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    checkout::{
        code,
        order::{Event, State},
        price::MAX_COURSES,
    },
    ids::{CourseId, OrderId, PaymentId, Slug},
    money::Money,
};
use rand::Rng;
use uuid::Uuid;

use super::{
    HOLD, Place, Placed, capture,
    hold_store::{any_overdue, coupon_of_code},
    holds::{self, Gone},
    payment_store as payments,
    store::{self, ItemRow, OrderRow},
};
use crate::{
    Backend, Error, Result, Tx, agreement,
    pricing::{self, Ask, Guess, Priced},
};

/// How often placing is tried again when another order of the same buyer came in between.
const TRIES: usize = 4;

/// What came of one try.
enum Tried {
    Done {
        order: OrderId,
        guess: Option<Guess>,
    },
    /// Another order came in between: what it left has to be looked at anew.
    Again,
    /// A limit is reached, or the price is another than the buyer saw.
    Refused {
        error: Error,
        /// Something is held whose time is over: it may be that.
        overdue: bool,
        guess: Option<Guess>,
    },
}

impl Backend {
    /// Places an order and begins its payment; one that costs nothing is paid with it. The same form again gives the
    /// same order, and an open order for the same at the same price is taken up again.
    ///
    /// # Errors
    /// `Error::Invalid` with `error-price-changed` when the price is no longer what the buyer saw,
    /// `error-has-course`, `error-seats-taken`, `error-amount-not-taken`, `error-agreement-changed` (field `agreement`);
    /// `Error::NotFound` for courses that are not for sale; `Error::Busy`, also when the gateway does not answer: then
    /// the order stands, and the same form goes on with it; `Error::TooManyAttempts` as a price of a code.
    pub async fn place_order(&self, place: Place) -> Result<Placed> {
        let count = place.courses.len();
        if count == 0 || count > MAX_COURSES {
            return Err(Error::NotFound);
        }
        let mut place = place;
        place.courses.sort();
        place.courses.dedup();
        let order = self.place_or_retry(&place).await?;
        let next = self.next_step(order).await?;
        Ok(Placed { order, next })
    }

    pub(super) async fn place_or_retry(&self, place: &Place) -> Result<OrderId> {
        let (buyer, email_key) = (place.buyer.tag(), place.buyer.address().key());
        let (ask, visitor) = (ask(place, &buyer, &email_key), &place.visitor);
        self.refuse_guesses(&ask, visitor).await?;
        let mut healed = false;
        for _ in 0..TRIES {
            match self.try_to_place(place, &ask).await? {
                Tried::Done { order, guess } => {
                    // The order stands: that it was one too many is for the next to hear.
                    let _ = self.count_guess(guess, &ask, visitor).await;
                    return Ok(order);
                }
                Tried::Again => {}
                Tried::Refused {
                    error,
                    overdue,
                    guess,
                } => {
                    if healed || !overdue {
                        self.count_guess(guess, &ask, visitor).await?;
                        return Err(error);
                    }
                    self.expire_orders().await?;
                    healed = true;
                }
            }
        }
        Err(Error::Busy(
            "other orders of this buyer came in between".into(),
        ))
    }

    async fn try_to_place(&self, place: &Place, ask: &Ask<'_>) -> Result<Tried> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let buyer = place.buyer.tag();
        one_at_a_time(&mut tx, &buyer).await?;
        if let Some(known) = store::by_form(&mut tx, place.form_key).await? {
            of_same_form(&mut tx, place, &known, now).await?;
            // Sent once more with another coupon, say: nobody is charged another total than the page said.
            if known.state()?.is_open() && known.total_minor != place.expected_total {
                return Err(Error::invalid("", "error-price-changed"));
            }
            tx.commit().await?;
            return Ok(Tried::Done {
                order: known.id(),
                guess: None,
            });
        }
        let old = open_orders(&mut tx, &buyer, &place.courses).await?;
        for order in &old {
            if is_same(&mut tx, order, place, now).await? {
                return Ok(Tried::Done {
                    order: order.id(),
                    guess: None,
                });
            }
        }
        lock_counts(&mut tx, &old, place).await?;
        for mut order in old {
            let event = match order.held_until() <= now {
                true => Event::Expired,
                false => Event::Cancelled,
            };
            end_open(&mut tx, &mut order, &event, now).await?;
        }
        if place.agreement != agreement::current(&mut tx, now).await?.version {
            return Err(Error::invalid("agreement", "error-agreement-changed"));
        }
        let priced = pricing::price(&mut tx, ask, now).await?;
        if let Err(error) = allowed(place, &priced) {
            let overdue = any_overdue(&mut tx, now).await?;
            return Ok(Tried::Refused {
                error,
                overdue,
                guess: priced.guess,
            });
        }
        if let Err(error) = self.payable(total(&priced)) {
            return Ok(Tried::Refused {
                error,
                overdue: false,
                guess: priced.guess,
            });
        }
        let Some(mut order) = write(&mut tx, place, &priced, now).await? else {
            return Ok(Tried::Again);
        };
        let courses: Vec<CourseId> = priced.basket.items.iter().map(|item| item.course).collect();
        for course in &courses {
            if !store::open(&mut tx, &buyer, *course, order.id()).await? {
                return Ok(Tried::Again);
            }
        }
        if let Err(gone) = holds::take(&mut tx, &order, &courses).await? {
            let (error, overdue) = (said(gone), any_overdue(&mut tx, now).await?);
            return Ok(Tried::Refused {
                error,
                overdue,
                guess: None,
            });
        }
        self.pay_or_wait(&mut tx, &mut order, now).await?;
        tx.commit().await?;
        Ok(Tried::Done {
            order: order.id(),
            guess: priced.guess,
        })
    }

    /// Whether a total can be paid; nothing always can. Asked before an order holds anything: one that nobody ever can
    /// pay would keep its coupon and its place from others.
    pub(super) fn payable(&self, total: Money) -> Result<()> {
        if total.minor == 0 || self.gateway.takes(total) {
            Ok(())
        } else {
            Err(Error::invalid("", "error-amount-not-taken"))
        }
    }

    /// What costs nothing is paid; for the rest a payment is written down, which the gateway learns of after the
    /// commit.
    pub(super) async fn pay_or_wait(
        &self,
        tx: &mut Tx,
        order: &mut OrderRow,
        now: Timestamp,
    ) -> Result<()> {
        let total = order.total()?;
        if total.minor > 0 {
            let payment = PaymentId(Uuid::now_v7());
            let gateway = self.gateway.name();
            return payments::insert(tx, payment, order.id(), gateway, total, now).await;
        }
        let items = store::items(tx, order.id()).await?;
        capture::pay(tx, order, &items, &Event::Captured { amount: 0 }, now).await?;
        store::save(tx, order).await
    }
}

/// A buyer's windows place and resume one after the other: several orders for several courses never wait for each
/// other in a circle. Before every other lock.
pub(super) async fn one_at_a_time(tx: &mut Tx, buyer: &str) -> Result<()> {
    tx.alone(&format!("buys {buyer}")).await
}

/// The same form again, if it is this buyer's. A browser that had no key yet has got another one, when the answer to
/// its first try was lost or it sent the form twice at once: who has form and address is the same buyer, and both
/// keys open the order.
async fn of_same_form(tx: &mut Tx, place: &Place, known: &OrderRow, now: Timestamp) -> Result<()> {
    if let Some(user) = place.buyer.user_id() {
        return match known.user() == Some(user) {
            true => Ok(()),
            false => Err(Error::NotFound),
        };
    }
    let key_hash = place.buyer.secret_hash();
    if known.secret_hash == key_hash {
        return Ok(());
    }
    if known.user().is_some() || known.email_key != place.buyer.address().key() {
        return Err(Error::NotFound);
    }
    store::insert_key(tx, known.id(), &key_hash, now).await
}

/// The buyer's open orders for any of the courses, locked.
async fn open_orders(tx: &mut Tx, buyer: &str, courses: &[Slug]) -> Result<Vec<OrderRow>> {
    let mut ids = BTreeSet::new();
    for course in courses {
        ids.extend(store::open_order(tx, buyer, course).await?);
    }
    let mut orders = Vec::with_capacity(ids.len());
    for id in ids {
        let order = store::lock(tx, id).await?;
        orders.extend(order.filter(|order| order.state().is_ok_and(State::is_open)));
    }
    Ok(orders)
}

/// Whether an open order is for the same at the same price, so that it can be taken up again.
async fn is_same(tx: &mut Tx, order: &OrderRow, place: &Place, now: Timestamp) -> Result<bool> {
    if order.held_until() <= now
        || order.total_minor != place.expected_total
        || order.agreement_version != i64::from(place.agreement)
        || order.email_key != place.buyer.address().key()
        || order.code_key != typed_key(place)
    {
        return Ok(false);
    }
    let items = store::items(tx, order.id()).await?;
    let mut slugs: Vec<_> = items.iter().map(|item| item.slug.as_str()).collect();
    slugs.sort_unstable();
    Ok(slugs.into_iter().eq(place.courses.iter().map(Slug::as_str)))
}

fn typed_key(place: &Place) -> Option<String> {
    let typed = place.code.as_deref()?;
    code::code_key(typed).map(|key| key.to_string())
}

/// Locks what this transaction may count: what the old orders let go of, and what the new one may take.
async fn lock_counts(tx: &mut Tx, old: &[OrderRow], place: &Place) -> Result<()> {
    let mut coupons: BTreeSet<_> = old.iter().filter_map(OrderRow::coupon).collect();
    if let Some(key) = typed_key(place) {
        coupons.extend(coupon_of_code(tx, &key).await?);
    }
    let mut courses = BTreeSet::new();
    for order in old {
        let items = store::items(tx, order.id()).await?;
        courses.extend(items.iter().map(ItemRow::course));
    }
    if !old.is_empty() {
        courses.extend(store::course_ids(tx, &place.courses).await?);
    }
    holds::lock(tx, &coupons, &courses).await
}

/// Ends a locked open order whose counts are locked too: its holds go back, it is nobody's open order any more, and
/// the job ends its payments at the gateway.
pub async fn end_open(
    tx: &mut Tx,
    order: &mut OrderRow,
    event: &Event,
    now: Timestamp,
) -> Result<()> {
    holds::release(tx, order).await?;
    order.record(tx, event, None, now).await?;
    store::close(tx, order.id()).await?;
    payments::check_at_once(tx, order.id()).await?;
    store::save(tx, order).await
}

fn ask<'a>(place: &'a Place, buyer: &'a str, email_key: &'a str) -> Ask<'a> {
    Ask {
        courses: &place.courses,
        code: place.code.as_deref(),
        user: place.buyer.user_id(),
        email_key: Some(email_key),
        buyer: Some(buyer),
    }
}

/// Whether this may be bought, at the price that the buyer saw.
fn allowed(place: &Place, priced: &Priced) -> Result<()> {
    let has = &priced.basket.learner.enrolled;
    if place.courses.iter().any(|course| has.contains(course)) {
        return Err(Error::invalid("", "error-has-course"));
    }
    if priced.quote.total != place.expected_total {
        return Err(Error::invalid("", "error-price-changed"));
    }
    Ok(())
}

fn said(gone: Gone) -> Error {
    match gone {
        Gone::Coupon => Error::invalid("", "error-price-changed"),
        Gone::Seat => Error::invalid("", "error-seats-taken"),
    }
}

fn total(priced: &Priced) -> Money {
    Money {
        minor: priced.quote.total,
        currency: priced.quote.currency,
    }
}

/// Writes the order with its items; `None` where another with the same form came in between.
async fn write(
    tx: &mut Tx,
    place: &Place,
    priced: &Priced,
    now: Timestamp,
) -> Result<Option<OrderRow>> {
    let Priced {
        basket,
        quote,
        coupon,
        ..
    } = priced;
    let code_key = coupon.as_ref().map(|coupon| coupon.code_key.to_string());
    let address = place.buyer.address();
    let id = OrderId(Uuid::now_v7());
    let new = store::New {
        id,
        number: &number(),
        user: place.buyer.user_id(),
        email: address.as_str(),
        email_key: &address.key(),
        language: &place.buyer.language,
        secret_hash: &place.buyer.secret_hash(),
        form_key: place.form_key,
        list: quote.list,
        total: total(priced),
        basket: &serde_json::to_string(basket).map_err(Error::internal)?,
        quote: &serde_json::to_string(quote).map_err(Error::internal)?,
        coupon: coupon.as_ref().map(|coupon| (coupon.id, coupon.version)),
        code_key: code_key.as_deref(),
        agreement: place.agreement,
        now,
        held_until: now + HOLD,
    };
    if !store::insert(tx, &new).await? {
        return Ok(None);
    }
    for ((position, item), paid) in (0_i64..).zip(&basket.items).zip(&quote.items) {
        let item = store::NewItem {
            position,
            course: item.course,
            slug: item.slug.as_str(),
            title: &item.title,
            list: item.list,
            paid: *paid,
        };
        store::insert_item(tx, id, &item).await?;
    }
    store::order(tx, id).await
}

/// Eight letters and digits that cannot be mistaken for each other; another order's number is not taken.
fn number() -> String {
    const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut random = rand::rng();
    let sign = |_| char::from(SIGNS[random.random_range(0..SIGNS.len())]);
    (0..8).map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short_and_differ() {
        let numbers: std::collections::BTreeSet<_> = (0..1_000).map(|_| number()).collect();
        assert_eq!(numbers.len(), 1_000);
        assert!(numbers.iter().all(|number| number.len() == 8));
        assert!(
            !numbers
                .iter()
                .any(|number| number.contains(['0', 'O', '1', 'I']))
        );
    }
}
