//! Orders as they could have been placed, written straight into the tables: for what only reads them.

use domain::{
    Timestamp,
    checkout::{
        finding::Finding,
        order::{Event, State},
        price::Quote,
    },
    ids::{CourseId, OrderId, UserId},
    money::Currency,
};
use uuid::Uuid;

use crate::{
    Backend,
    db::{Micros, execute, scalar},
};

/// An order of one course; the moments are the clock's.
#[derive(Clone, Copy, Debug)]
pub struct WrittenOrder<'a> {
    pub number: &'a str,
    pub email: &'a str,
    pub user: Option<UserId>,
    /// Slug of a course that was imported.
    pub course: &'a str,
    pub currency: &'a str,
    pub total: i64,
    pub state: State,
    /// By which it was paid, and its name for the payment. What cost nothing has none.
    pub gateway: &'a str,
    pub reference: &'a str,
}

impl Default for WrittenOrder<'_> {
    fn default() -> Self {
        Self {
            number: "W-0001",
            email: "mei.chen@example.com",
            user: None,
            course: "walk",
            currency: "CNY",
            total: 19_900,
            state: State::Paid,
            gateway: "sandbox",
            reference: "ref-1",
        }
    }
}

/// Writes an order with its item and, once something is paid, its payment.
///
/// # Panics
/// Where the course is missing, or a number or reference is there already.
pub async fn write_order(backend: &Backend, order: WrittenOrder<'_>) -> OrderId {
    let id = Uuid::now_v7();
    let now = Micros::from(backend.clock.now());
    let paid = matches!(
        order.state,
        State::Paid | State::PartlyRefunded | State::Refunded
    );
    let mut tx = backend.db.write().await.expect("a transaction");
    execute!(
        &mut tx,
        "INSERT INTO agreement (version, texts, refund_days, refund_max_progress, created_at)
         VALUES (1, '{}', 14, 30, 0) ON CONFLICT DO NOTHING",
    )
    .expect("an agreement");
    let course: Uuid = scalar!(
        &mut tx,
        fetch_one,
        "SELECT id FROM course WHERE slug = $1",
        order.course
    )
    .expect("a course");
    execute!(
        &mut tx,
        "INSERT INTO purchase (id, number, user_id, email, email_key, language, secret_hash, form_key, state, currency,
             list_minor, total_minor, refunded_minor, basket, quote, agreement_version, agreed_at, placed_at, held_until,
             paid_at, events)
         VALUES ($1, $2, $3, $4, LOWER($4), 'en', '', $5, $6, $7, $8, $8, 0, '{}', $11, 1, $9, $9, $9, $10, 1)",
        id,
        order.number,
        order.user.map(|user| user.0),
        order.email,
        Uuid::now_v7(),
        order.state.as_str(),
        order.currency,
        order.total,
        now,
        paid.then_some(now),
        quote(&order),
    )
    .expect("an order");
    execute!(
        &mut tx,
        "INSERT INTO purchase_item (purchase_id, position, course_id, slug, title, list_minor, paid_minor)
         SELECT $1, 0, c.id, c.slug, v.title, $2, $2 FROM course c JOIN course_version v ON v.id = c.version_id
         WHERE c.id = $3",
        id,
        order.total,
        course,
    )
    .expect("an item");
    if paid && order.total > 0 {
        execute!(
            &mut tx,
            "INSERT INTO payment (id, purchase_id, gateway, reference, state, amount_minor, currency, captured_minor,
                 capture_reference, begun_at, captured_at, checked_at)
             VALUES ($1, $2, $8, $3, 'captured', $4, $5, $4, $6, $7, $7, $7)",
            Uuid::now_v7(),
            id,
            order.reference,
            order.total,
            order.currency,
            format!("capture-{}", order.reference),
            now,
            order.gateway,
        )
        .expect("a payment");
    }
    tx.commit().await.expect("written");
    OrderId(id)
}

/// A price that nothing has lowered.
fn quote(order: &WrittenOrder<'_>) -> String {
    let quote = Quote {
        currency: Currency::from_code(order.currency).expect("a currency"),
        list: order.total,
        lines: Vec::new(),
        items: vec![order.total],
        total: order.total,
        cheaper: Vec::new(),
    };
    serde_json::to_string(&quote).expect("JSON")
}

/// Money of an order goes back now.
///
/// # Panics
/// Where the order is missing.
pub async fn write_refund(backend: &Backend, order: OrderId, amount: i64, left: i64) {
    let state = if left > 0 {
        State::PartlyRefunded
    } else {
        State::Refunded
    };
    let event = serde_json::to_string(&Event::Refunded { amount, left }).expect("JSON");
    let mut tx = backend.db.write().await.expect("a transaction");
    execute!(
        &mut tx,
        "INSERT INTO purchase_event (purchase_id, number, at, event, state)
         SELECT id, events, $2, $3, $4 FROM purchase WHERE id = $1",
        order.0,
        Micros::from(backend.clock.now()),
        event,
        state.as_str(),
    )
    .expect("an event");
    execute!(
        &mut tx,
        "UPDATE purchase SET refunded_minor = refunded_minor + $2, state = $3, events = events + 1 WHERE id = $1",
        order.0,
        amount,
        state.as_str(),
    )
    .expect("an order");
    tx.commit().await.expect("written");
}

/// The learner asks for the money back; reconciliation finds something.
///
/// # Panics
/// Where the order is missing.
pub async fn write_trouble(backend: &Backend, order: OrderId, at: Timestamp) {
    let mut tx = backend.db.write().await.expect("a transaction");
    execute!(
        &mut tx,
        "UPDATE purchase SET refund_requested_at = $2 WHERE id = $1",
        order.0,
        Micros::from(at),
    )
    .expect("an order");
    execute!(
        &mut tx,
        "INSERT INTO payment_finding (id, purchase_id, at, kind, details, healed)
         VALUES ($1, $2, $3, 'captured-elsewhere', 'The gateway has it.', FALSE)",
        Uuid::now_v7(),
        order.0,
        Micros::from(at),
    )
    .expect("a finding");
    tx.commit().await.expect("written");
}

/// Something is found now.
///
/// # Panics
/// Where the order is missing.
pub async fn write_finding(backend: &Backend, order: OrderId, finding: &Finding) {
    let details = serde_json::to_string(finding).expect("JSON");
    let mut tx = backend.db.write().await.expect("a transaction");
    execute!(
        &mut tx,
        "INSERT INTO payment_finding (id, purchase_id, at, kind, details, healed) VALUES ($1, $2, $3, $4, $5, $6)",
        Uuid::now_v7(),
        order.0,
        Micros::from(backend.clock.now()),
        finding.kind(),
        details,
        finding.is_healed(),
    )
    .expect("a finding");
    tx.commit().await.expect("written");
}

/// Id of a course.
///
/// # Panics
/// Where there is none.
pub async fn course_id(backend: &Backend, slug: &str) -> CourseId {
    let mut tx = backend.db.read().await.expect("a transaction");
    let id: Uuid = scalar!(
        &mut tx,
        fetch_one,
        "SELECT id FROM course WHERE slug = $1",
        slug
    )
    .expect("a course");
    CourseId(id)
}
