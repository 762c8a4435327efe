//! Money on its way back: asked for by learners, given by staff or by the rule that the learner agreed to, and sent
//! by whichever node takes it, until the gateway has done it or says that it never will.

use std::time::Duration;

use domain::{
    Timestamp,
    checkout::{finding::Finding, order::Event, refund::Refundable},
    ids::{CourseId, OrderId, RefundId, UserId},
};
use uuid::Uuid;

use super::{
    Asker,
    capture::Came,
    entitlement, holds,
    payment_store::{self as payments, NewRefund, PaymentRow, RefundRow},
    shown::{may_see, refundable},
    store::{self, ItemRow, OrderRow},
};
use crate::{
    Backend, Error, Result, Tx,
    ports::payment::{News, PaidBack, PayBack},
    receipt::{self, MailKind},
};

/// Characters of a reason.
const MAX_REASON: usize = 1_000;
/// A node that took a refund and says nothing for so long is given up.
const LEASE: Duration = Duration::from_secs(120);
/// Between two tries: twice as long each time, up to the longest.
const FIRST_WAIT: Duration = Duration::from_secs(60);
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 3_600);
/// After so many tries without an answer staff is told.
const TELL_AFTER: i64 = 5;
/// The gateway is asked about what it has only taken as a task.
const ASK_AGAIN: Duration = Duration::from_secs(3_600);
const REFUNDS_AT_ONCE: i64 = 50;

impl Backend {
    /// The learner wants the money back. Within the rule they agreed to, all of it goes back at once and access ends;
    /// else staff decides. Asking again changes nothing, also when all of it is back or on its way.
    ///
    /// # Errors
    /// `Error::NotFound` for another's order; `Error::Invalid` (field `reason`) without a reason, and with
    /// `error-refund-nothing` for an order that was never paid.
    pub async fn request_refund(&self, asker: &Asker, id: OrderId, reason: &str) -> Result<()> {
        let reason = parse_reason(reason)?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let mut order = store::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if matches!(asker, Asker::Staff(_)) || !may_see(&mut tx, &order, asker).await? {
            return Err(Error::NotFound);
        }
        if order.refund_requested_at.is_some() {
            return Ok(());
        }
        let left = match left_to_refund(&mut tx, &order).await {
            // The form was sent twice: what it asks for is done.
            Err(Error::Invalid(_)) if order.paid_at.is_some() => return Ok(()),
            left => left?,
        };
        let asked = Event::RefundRequested {
            reason: reason.clone(),
        };
        order.record(&mut tx, &asked, None, now).await?;
        let promised = matches!(
            refundable(&mut tx, &order, now).await?,
            Some(Refundable::Until(_))
        );
        let refund = if promised {
            let wish = Wish {
                amount: left,
                ends_access: true,
                reason: &reason,
                actor: None,
            };
            begin(&mut tx, &mut order, &wish, now).await?
        } else {
            order.refund_requested_at = Some(now.into());
            None
        };
        store::save(&mut tx, &order).await?;
        tx.commit().await?;
        self.send_now(refund).await;
        Ok(())
    }

    /// Staff gives money back: `None` is all that is left. All of it always ends access; a part does if it is said so.
    ///
    /// # Errors
    /// `Error::NotFound`; `Error::Invalid` for `amount` (more than is left, or nothing) or `reason`, and with
    /// `error-refund-nothing` when there is nothing to give back.
    pub async fn refund_order(
        &self,
        staff: UserId,
        id: OrderId,
        amount: Option<i64>,
        ends_access: bool,
        reason: &str,
    ) -> Result<()> {
        let reason = parse_reason(reason)?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let mut order = store::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let left = left_to_refund(&mut tx, &order).await?;
        let amount = amount.unwrap_or(left);
        if amount > left || amount < left.min(1) {
            return Err(Error::invalid("amount", "error-refund-amount"));
        }
        let wish = Wish {
            amount,
            ends_access: ends_access || amount == left,
            reason: &reason,
            actor: Some(staff),
        };
        let refund = begin(&mut tx, &mut order, &wish, now).await?;
        order.refund_requested_at = None;
        store::save(&mut tx, &order).await?;
        tx.commit().await?;
        self.send_now(refund).await;
        Ok(())
    }

    /// Staff says no to a request.
    ///
    /// # Errors
    /// `Error::NotFound` where nothing was asked for; `Error::Invalid` for `reason`.
    pub async fn decline_refund(&self, staff: UserId, id: OrderId, reason: &str) -> Result<()> {
        let reason = parse_reason(reason)?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let mut order = store::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if order.refund_requested_at.take().is_none() {
            return Err(Error::NotFound);
        }
        let event = Event::RefundDeclined {
            reason: reason.clone(),
        };
        order.record(&mut tx, &event, Some(staff), now).await?;
        store::save(&mut tx, &order).await?;
        receipt::queue_mail(&mut tx, id, &MailKind::RefundDeclined { reason }, now).await?;
        tx.commit().await
    }

    /// Sends what is due. A refund is its own key at the gateway, so one that was sent twice is done once.
    pub(super) async fn send_refunds(&self) -> Result<()> {
        let due = {
            let mut tx = self.db.read().await?;
            payments::due_refunds(&mut tx, self.clock.now(), REFUNDS_AT_ONCE).await?
        };
        for refund in due {
            self.send_refund(&refund).await?;
        }
        Ok(())
    }

    /// Without waiting for the job. What does not work now is tried by it.
    async fn send_now(&self, refund: Option<RefundId>) {
        let Some(id) = refund else { return };
        let sent = async {
            let refund = {
                let mut tx = self.db.read().await?;
                payments::refund(&mut tx, id).await?
            };
            match refund {
                Some(refund) => self.send_refund(&refund).await,
                None => Ok(()),
            }
        };
        if let Err(error) = sent.await {
            tracing::warn!(%error, refund = %id, "a refund is tried again later");
        }
    }

    /// `Error::Busy` where the gateway did not answer: the others need not wait for that too.
    async fn send_refund(&self, refund: &RefundRow) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if !payments::claim_refund(&mut tx, refund, now + LEASE).await? {
            return Ok(());
        }
        let payment = payments::payment(&mut tx, refund.payment())
            .await?
            .ok_or_else(|| Error::internal("a refund without a payment"))?;
        tx.commit().await?;
        let answer = self.ask_to_pay_back(refund, &payment).await;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        match answer {
            Ok(PaidBack::Done { reference }) => {
                done(&mut tx, refund.id(), Some(&reference), now).await?;
            }
            Ok(PaidBack::Pending { reference }) => {
                sent(&mut tx, refund.id(), &reference, now).await?;
            }
            Ok(PaidBack::Refused { why }) => {
                failed(&mut tx, refund.id(), None, &why, now).await?;
            }
            Err(error) => {
                tracing::warn!(%error, refund = %refund.id(), "the gateway did not take a refund");
                wait(&mut tx, refund, &error, now).await?;
                tx.commit().await?;
                return match error {
                    Error::Busy(_) => Err(error),
                    _ => Ok(()),
                };
            }
        }
        tx.commit().await
    }

    async fn ask_to_pay_back(&self, refund: &RefundRow, payment: &PaymentRow) -> Result<PaidBack> {
        if payment.gateway != self.gateway.name() {
            return Err(Error::Setup(format!(
                "the gateway {} is not set up any more",
                payment.gateway
            )));
        }
        if let ("sent", Some(reference)) = (refund.state.as_str(), &refund.reference) {
            return self.gateway.paid_back(reference).await;
        }
        let money = PayBack {
            refund: refund.id(),
            capture: payment.capture_reference.clone().unwrap_or_default(),
            amount: payment.money(refund.amount_minor)?,
            tries: refund.tries,
        };
        self.gateway.pay_back(&money).await
    }
}

fn parse_reason(reason: &str) -> Result<String> {
    let reason = reason.trim();
    if reason.is_empty() {
        Err(Error::invalid("reason", "error-reason-missing"))
    } else if reason.chars().count() > MAX_REASON {
        Err(Error::invalid("reason", "error-reason-long"))
    } else {
        Ok(reason.replace('\0', ""))
    }
}

/// Minor units that could still be given back; 0 for an order that cost nothing.
async fn left_to_refund(tx: &mut Tx, order: &OrderRow) -> Result<i64> {
    let nothing = || Error::invalid("", "error-refund-nothing");
    if !order.state()?.is_paid() {
        return Err(nothing());
    }
    let left =
        order.total_minor - order.refunded_minor - payments::on_the_way(tx, order.id()).await?;
    if left <= 0 && order.total_minor > 0 {
        return Err(nothing());
    }
    Ok(left)
}

struct Wish<'a> {
    amount: i64,
    ends_access: bool,
    reason: &'a str,
    actor: Option<UserId>,
}

/// Writes down a refund, to be sent after the commit. An order that cost nothing has nobody to send anything to: it
/// ends here.
async fn begin(
    tx: &mut Tx,
    order: &mut OrderRow,
    wish: &Wish<'_>,
    now: Timestamp,
) -> Result<Option<RefundId>> {
    let mail = MailKind::Refunded {
        amount: wish.amount,
        reason: wish.reason.to_owned(),
    };
    receipt::queue_mail(tx, order.id(), &mail, now).await?;
    let amount = wish.amount;
    let event = Event::RefundBegun { amount };
    order.record(tx, &event, wish.actor, now).await?;
    if amount == 0 {
        settle(tx, order, &Back::refund(0, true), now).await?;
        return Ok(None);
    }
    let payment = payments::of_order(tx, order.id())
        .await?
        .into_iter()
        .find(|payment| payment.state == payments::CAPTURED)
        .ok_or_else(|| Error::internal("a paid order without a payment"))?;
    let id = RefundId(Uuid::now_v7());
    let refund = NewRefund {
        id,
        order: order.id(),
        payment: payment.id(),
        amount,
        reason: wish.reason,
        ends_access: wish.ends_access,
        actor: wish.actor,
        now,
    };
    payments::insert_refund(tx, &refund).await?;
    Ok(Some(id))
}

/// Money that is back with the payer.
struct Back {
    amount: i64,
    ends_access: bool,
    /// Whether the coupon may be used again when nothing is left.
    frees_coupon: bool,
}

impl Back {
    fn refund(amount: i64, ends_access: bool) -> Self {
        Self {
            amount,
            ends_access,
            frees_coupon: true,
        }
    }
}

/// What it means for a locked order that money is back with the payer. The caller saves it.
async fn settle(tx: &mut Tx, order: &mut OrderRow, back: &Back, now: Timestamp) -> Result<()> {
    let (amount, ends_access) = (back.amount, back.ends_access);
    order.refunded_minor += amount;
    let left = (order.total_minor - order.refunded_minor).max(0);
    order
        .record(tx, &Event::Refunded { amount, left }, None, now)
        .await?;
    let items = store::items(tx, order.id()).await?;
    let courses: Vec<CourseId> = items.iter().map(ItemRow::course).collect();
    holds::lock_of(tx, order, &courses).await?;
    let frees_coupon = back.frees_coupon && left == 0;
    holds::give_back(tx, order, frees_coupon, ends_access, now).await?;
    if ends_access {
        entitlement::end(tx, order, now).await?;
    }
    Ok(())
}

/// The order and the refund as they are, locked.
async fn locked(tx: &mut Tx, id: RefundId) -> Result<Option<(OrderRow, RefundRow, PaymentRow)>> {
    let Some(refund) = payments::refund(tx, id).await? else {
        return Ok(None);
    };
    let gone = || Error::internal("a refund without an order");
    let order = store::lock(tx, refund.order()).await?.ok_or_else(gone)?;
    let refund = payments::refund(tx, id).await?.ok_or_else(gone)?;
    let payment = payments::payment(tx, refund.payment())
        .await?
        .ok_or_else(gone)?;
    Ok(Some((order, refund, payment)))
}

fn is_over(refund: &RefundRow) -> bool {
    matches!(refund.state.as_str(), "done" | "failed")
}

async fn done(tx: &mut Tx, id: RefundId, reference: Option<&str>, now: Timestamp) -> Result<Came> {
    let Some((mut order, refund, payment)) = locked(tx, id).await? else {
        return Ok(Came::Unknown);
    };
    // One that the gateway refused has no name there, and its last word counts. One that has a name and failed does
    // so for good: this was said before, and comes late.
    let has_failed = refund.state == "failed" && refund.reference.is_some();
    if refund.state == "done" || has_failed {
        return Ok(Came::Known);
    }
    payments::set_refund(tx, id, "done", reference).await?;
    // A dispute that was lost meanwhile has taken all of it.
    if payment.state == payments::CAPTURED && order.state()?.is_paid() {
        let back = Back::refund(refund.amount_minor, refund.ends_access);
        settle(tx, &mut order, &back, now).await?;
        store::save(tx, &order).await?;
    }
    Ok(Came::Noted)
}

/// `reference`: of one that failed at the gateway; `None` for one that it refused. `why`: as the gateway says it, empty
/// where it does not.
async fn failed(
    tx: &mut Tx,
    id: RefundId,
    reference: Option<&str>,
    why: &str,
    now: Timestamp,
) -> Result<Came> {
    let Some((mut order, refund, payment)) = locked(tx, id).await? else {
        return Ok(Came::Unknown);
    };
    if refund.state == "failed" {
        return Ok(Came::Known);
    }
    payments::set_refund(tx, id, "failed", reference).await?;
    let (money, why) = (payment.money(refund.amount_minor)?, why.to_owned());
    if refund.state == "done" {
        // The order stays as it is: what it says was true, and how the payer gets the money now is for staff to find.
        let finding = Finding::RefundCameBack { amount: money, why };
        payments::insert_finding(tx, order.id(), &finding, now).await?;
        return Ok(Came::Noted);
    }
    let amount = money.minor;
    order
        .record(tx, &Event::RefundFailed { amount }, refund.actor(), now)
        .await?;
    store::save(tx, &order).await?;
    let finding = Finding::RefundRefused { amount: money, why };
    payments::insert_finding(tx, order.id(), &finding, now).await?;
    Ok(Came::Noted)
}

/// The gateway took it as a task: its notice will say when it is done, or it is asked.
async fn sent(tx: &mut Tx, id: RefundId, reference: &str, now: Timestamp) -> Result<()> {
    let Some((_, refund, _)) = locked(tx, id).await? else {
        return Ok(());
    };
    if !is_over(&refund) {
        payments::set_refund(tx, id, "sent", Some(reference)).await?;
        payments::claim_refund(tx, &refund, now + ASK_AGAIN).await?;
    }
    Ok(())
}

async fn wait(tx: &mut Tx, refund: &RefundRow, error: &Error, now: Timestamp) -> Result<()> {
    let Some((order, current, payment)) = locked(tx, refund.id()).await? else {
        return Ok(());
    };
    if is_over(&current) {
        return Ok(());
    }
    payments::claim_refund(tx, &current, now + backoff(current.tries)).await?;
    if current.tries == TELL_AFTER {
        let finding = Finding::RefundWaits {
            amount: payment.money(current.amount_minor)?,
            tries: current.tries,
            why: error.to_string(),
        };
        payments::insert_finding(tx, order.id(), &finding, now).await?;
    }
    Ok(())
}

fn backoff(tries: i64) -> Duration {
    let doublings = u32::try_from(tries.clamp(1, 16) - 1).unwrap_or(0);
    (FIRST_WAIT * 2_u32.pow(doublings)).min(LONGEST_WAIT)
}

/// What a gateway tells of refunds, also of those that somebody made there.
pub async fn take_in(tx: &mut Tx, gateway: &str, news: &News, now: Timestamp) -> Result<Came> {
    let News::Refund {
        reference,
        refund,
        capture,
        amount,
        done: is_done,
    } = news
    else {
        return Ok(Came::Unknown);
    };
    if let Some(id) = refund {
        return if *is_done {
            done(tx, *id, Some(reference), now).await
        } else {
            failed(tx, *id, Some(reference), "", now).await
        };
    }
    let Some(capture) = capture else {
        return Ok(Came::Unknown);
    };
    let Some(payment) = payments::by_capture(tx, gateway, capture).await? else {
        return Ok(Came::Unknown);
    };
    let mut order = store::lock(tx, payment.order())
        .await?
        .ok_or_else(|| Error::internal("a payment without an order"))?;
    let known = payments::refund_by_reference(tx, payment.id(), reference).await?;
    match known {
        Some(known) if *is_done => done(tx, known.id(), Some(reference), now).await,
        Some(known) => failed(tx, known.id(), Some(reference), "", now).await,
        None if *is_done => elsewhere(tx, &mut order, &payment, reference, amount.minor, now).await,
        None => Ok(Came::Noted),
    }
}

/// Somebody paid back at the gateway itself. Staff sees it; a full refund ends access as it always does.
async fn elsewhere(
    tx: &mut Tx,
    order: &mut OrderRow,
    payment: &PaymentRow,
    reference: &str,
    amount: i64,
    now: Timestamp,
) -> Result<Came> {
    let id = RefundId(Uuid::now_v7());
    let full = order.refunded_minor + amount >= order.total_minor;
    let refund = NewRefund {
        id,
        order: order.id(),
        payment: payment.id(),
        amount,
        reason: "gateway",
        ends_access: full,
        actor: None,
        now,
    };
    payments::insert_refund(tx, &refund).await?;
    payments::set_refund(tx, id, "done", Some(reference)).await?;
    if payment.state == payments::CAPTURED && order.state()?.is_paid() {
        settle(tx, order, &Back::refund(amount, full), now).await?;
        store::save(tx, order).await?;
    }
    let amount = payment.money(amount)?;
    let finding = Finding::RefundElsewhere { amount };
    payments::insert_finding(tx, order.id(), &finding, now).await?;
    Ok(Came::Noted)
}

/// The bank has taken back, after a dispute, what was left of a locked order: a refund that nobody here gave. The
/// caller saves the order.
pub async fn lost(
    tx: &mut Tx,
    order: &mut OrderRow,
    payment: &PaymentRow,
    now: Timestamp,
) -> Result<()> {
    if payment.state != payments::CAPTURED || !order.state()?.is_paid() {
        return Ok(());
    }
    let id = RefundId(Uuid::now_v7());
    let amount = order.total_minor - order.refunded_minor;
    let refund = NewRefund {
        id,
        order: order.id(),
        payment: payment.id(),
        amount,
        reason: "dispute",
        ends_access: true,
        actor: None,
        now,
    };
    payments::insert_refund(tx, &refund).await?;
    payments::set_refund(tx, id, "done", None).await?;
    let back = Back {
        frees_coupon: false,
        ..Back::refund(amount, true)
    };
    settle(tx, order, &back, now).await
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::backoff;

    #[test]
    fn waiting_grows_and_has_an_end() {
        assert_eq!(backoff(0), Duration::from_secs(60));
        assert_eq!(backoff(1), Duration::from_secs(60));
        assert_eq!(backoff(3), Duration::from_secs(240));
        assert_eq!(backoff(1_000), Duration::from_secs(6 * 3_600));
    }
}
