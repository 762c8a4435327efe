//! Coupons, places and counts for tests of checkout.

use domain::{
    Timestamp,
    checkout::coupon::Terms,
    ids::{CouponId, OrderId, PaymentId, Slug},
    money::Money,
};
use uuid::Uuid;

use crate::{
    Backend,
    db::{Micros, execute, rows, scalar},
    ports::payment::{
        Begin, Begun, Gateway,
        stripe::{Settings, Stripe},
    },
};

/// How often a coupon is held and redeemed: by its own count, by its codes', by its buyers', and by the holds of
/// orders. All of them have to say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    pub held: i64,
    pub redeemed: i64,
}

/// Makes a coupon with one public code.
///
/// # Panics
/// Where the database refuses it.
pub async fn coupon(backend: &Backend, code: &str, terms: &Terms) -> CouponId {
    let id = CouponId(Uuid::now_v7());
    let now = Micros::from(backend.clock.now());
    let mut tx = backend.db.write().await.expect("a transaction");
    execute!(
        &mut tx,
        "INSERT INTO coupon (id, name, version, limit_total, limit_learner, held, redeemed, created_at)
         VALUES ($1, $2, 1, $3, $4, 0, 0, $5)",
        id.0,
        code,
        terms.limit.map(i64::from),
        terms.per_learner.map(i64::from),
        now,
    )
    .expect("a coupon");
    execute!(
        &mut tx,
        "INSERT INTO coupon_version (coupon_id, version, terms, created_at) VALUES ($1, 1, $2, $3)",
        id.0,
        serde_json::to_string(terms).expect("terms"),
        now,
    )
    .expect("a version");
    let key = domain::checkout::code::code_key(code).expect("a code");
    execute!(
        &mut tx,
        "INSERT INTO coupon_code (code_key, code, coupon_id, held, redeemed, created_at) VALUES ($1, $2, $3, 0, 0, $4)",
        key.as_str(),
        code,
        id.0,
        now,
    )
    .expect("a code");
    tx.commit().await.expect("committed");
    id
}

/// # Panics
/// Where the counts do not say the same.
pub async fn counts(backend: &Backend, coupon: CouponId) -> Counts {
    let mut tx = backend.db.read().await.expect("a transaction");
    let (held, redeemed) = rows!(
        &mut tx,
        fetch_one as (i64, i64),
        "SELECT held, redeemed FROM coupon WHERE id = $1",
        coupon.0,
    )
    .expect("a coupon");
    for sql in [
        "SELECT CAST(COALESCE(SUM(held), 0) AS BIGINT), CAST(COALESCE(SUM(redeemed), 0) AS BIGINT)
         FROM coupon_code WHERE coupon_id = $1",
        "SELECT CAST(COALESCE(SUM(held), 0) AS BIGINT), CAST(COALESCE(SUM(redeemed), 0) AS BIGINT)
         FROM coupon_buyer WHERE coupon_id = $1",
        "SELECT COUNT(CASE WHEN state = 'held' THEN 1 END), COUNT(CASE WHEN state = 'committed' THEN 1 END)
         FROM hold WHERE kind = 'coupon' AND subject = $1",
    ] {
        let other = rows!(&mut tx, fetch_one as (i64, i64), sql, coupon.0).expect("counts");
        assert_eq!(other, (held, redeemed), "{sql}");
    }
    Counts { held, redeemed }
}

/// Places of a course: held and taken.
///
/// # Panics
/// Where the course has any number of places.
pub async fn seats(backend: &Backend, course: &Slug) -> (i64, i64) {
    let mut tx = backend.db.read().await.expect("a transaction");
    rows!(
        &mut tx,
        fetch_one as (i64, i64),
        "SELECT s.held, s.taken FROM course_seats s JOIN course c ON c.id = s.course_id WHERE c.slug = $1",
        course.as_str(),
    )
    .expect("places")
}

/// One number that a query gives.
///
/// # Panics
/// Where it gives none.
pub async fn number(backend: &Backend, sql: &'static str) -> i64 {
    let mut tx = backend.db.read().await.expect("a transaction");
    scalar!(&mut tx, fetch_one, sql).expect("a number")
}

/// Breaks something, or mends it.
///
/// # Panics
/// Where the database refuses it.
pub async fn run(backend: &Backend, sql: &'static str) {
    let mut tx = backend.db.write().await.expect("a transaction");
    execute!(&mut tx, sql).expect("done");
    tx.commit().await.expect("committed");
}

/// What is wrong with the books: money that neither paid one order nor went back, orders that are paid without
/// access or open it without being paid, holds that are neither committed nor released. Empty if nothing is.
///
/// # Panics
/// Where the database does not answer.
pub async fn wrong_books(backend: &Backend, now: Timestamp) -> Vec<(&'static str, i64)> {
    const LAWS: [(&str, &str); 8] = [
        (
            "sandbox payments that were paid, but neither captured nor returned",
            "SELECT COUNT(*) FROM sandbox_payment s WHERE s.state = 'paid' AND NOT EXISTS (
                 SELECT 1 FROM payment p WHERE p.reference = s.reference AND p.state IN ('captured', 'returned'))",
        ),
        (
            "captured payments of orders that are not paid",
            "SELECT COUNT(*) FROM payment p JOIN purchase o ON o.id = p.purchase_id
             WHERE p.state = 'captured' AND o.state NOT IN ('paid', 'partly-refunded', 'refunded')",
        ),
        (
            "paid orders without exactly one captured payment",
            "SELECT COUNT(*) FROM purchase o WHERE o.paid_at IS NOT NULL AND o.total_minor > 0
                 AND (SELECT COUNT(*) FROM payment p WHERE p.purchase_id = o.id AND p.state = 'captured') <> 1",
        ),
        (
            "paid orders without one entitlement for each course",
            "SELECT COUNT(*) FROM purchase o WHERE o.paid_at IS NOT NULL
                 AND (SELECT COUNT(*) FROM entitlement e WHERE e.purchase_id = o.id)
                     <> (SELECT COUNT(*) FROM purchase_item i WHERE i.purchase_id = o.id)",
        ),
        (
            "entitlements of orders that were never paid",
            "SELECT COUNT(*) FROM entitlement e JOIN purchase o ON o.id = e.purchase_id WHERE o.paid_at IS NULL",
        ),
        (
            "returned payments without a refund",
            "SELECT COUNT(*) FROM payment p WHERE p.state = 'returned'
                 AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.payment_id = p.id)",
        ),
        (
            "holds of orders that are paid, but not committed, or over, but not released",
            "SELECT COUNT(*) FROM hold h JOIN purchase o ON o.id = h.purchase_id
             WHERE (o.state IN ('paid', 'partly-refunded') AND h.state <> 'committed')
                OR (o.state IN ('cancelled', 'expired') AND h.state <> 'released')",
        ),
        (
            "open entries of orders that are not open",
            "SELECT COUNT(*) FROM open_purchase x JOIN purchase o ON o.id = x.purchase_id
             WHERE o.state NOT IN ('draft', 'awaiting-payment')",
        ),
    ];
    let mut wrong = Vec::new();
    for (law, sql) in LAWS {
        let broken = number(backend, sql).await;
        if broken > 0 {
            wrong.push((law, broken));
        }
    }
    let mut tx = backend.db.read().await.expect("a transaction");
    let overdue: i64 = scalar!(
        &mut tx,
        fetch_one,
        "SELECT COUNT(*) FROM hold WHERE state = 'held' AND until <= $1",
        Micros::from(now),
    )
    .expect("a number");
    if overdue > 0 {
        wrong.push(("holds beyond their time", overdue));
    }
    wrong
}

/// Another attempt to pay an order, as the gateway knows it but the order's page does not.
///
/// # Panics
/// Where the database refuses it.
pub async fn attempt(backend: &Backend, order: OrderId, amount: Money) -> Begun {
    let payment = PaymentId(Uuid::now_v7());
    let begin = Begin {
        payment,
        order,
        amount,
        description: "Course walk".into(),
        email: "mei@example.com".into(),
        language: "en".into(),
        return_url: format!("http://localhost/orders/{order}"),
        expires_at: backend.clock.now() + std::time::Duration::from_secs(1_800),
    };
    let begun = backend.gateway.begin(&begin).await.expect("begun");
    let mut tx = backend.db.write().await.expect("a transaction");
    execute!(
        &mut tx,
        "INSERT INTO payment (id, purchase_id, gateway, reference, state, amount_minor, currency, begun_at, checked_at)
         VALUES ($1, $2, 'sandbox', $3, 'begun', $4, $5, $6, $6)",
        payment.0,
        order.0,
        &begun.reference,
        amount.minor,
        amount.currency.code(),
        Micros::from(backend.clock.now()),
    )
    .expect("a payment");
    tx.commit().await.expect("committed");
    begun
}

/// Everything in the sandbox was paid back already: it refuses to do so again.
///
/// # Panics
/// Where the database refuses it.
pub async fn empty_sandbox(backend: &Backend) {
    let mut tx = backend.db.write().await.expect("a transaction");
    execute!(
        &mut tx,
        "UPDATE sandbox_payment SET refunded_minor = amount_minor"
    )
    .expect("emptied");
    tx.commit().await.expect("committed");
}

/// A gateway for real money that never answers.
///
/// # Panics
/// Where it cannot be made.
#[must_use]
pub fn silent_gateway() -> Gateway {
    let settings = Settings {
        secret_key: "sk_live_1".to_owned(),
        webhook_secrets: Vec::new(),
        api_base: "http://127.0.0.1:9".to_owned(),
    };
    Gateway::Stripe(Stripe::new(settings).expect("a client"))
}
