//! SQL that baskets are put together with.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use domain::{
    Timestamp,
    checkout::{
        code::CodeKey,
        coupon::{Coupon, Terms},
        price::Item,
    },
    ids::{CouponId, CourseId, Slug, UserId},
    money::{Currency, Money},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{ManyRows, Micros, rows, rows_many, scalar},
};

/// A course as it is sold.
#[derive(Debug, FromRow)]
pub struct CourseRow {
    id: Uuid,
    slug: String,
    pub title: String,
    price_minor: Option<i64>,
    currency: Option<String>,
}

impl CourseRow {
    pub fn id(&self) -> CourseId {
        CourseId(self.id)
    }

    pub fn slug(&self) -> Result<Slug> {
        Slug::parse(&self.slug).map_err(Error::internal)
    }

    /// `None`: it is free.
    pub fn price(&self) -> Result<Option<Money>> {
        price(self.price_minor, self.currency.as_deref())
    }
}

/// Half a price must not become a free course.
pub fn price(minor: Option<i64>, currency: Option<&str>) -> Result<Option<Money>> {
    match (minor, currency) {
        (None, None) => Ok(None),
        (Some(minor), Some(code)) => Currency::from_code(code)
            .map(|currency| Some(Money { minor, currency }))
            .ok_or_else(|| Error::internal(format!("{code} is no currency"))),
        _ => Err(Error::internal(
            "a price without currency, or the other way round",
        )),
    }
}

static COURSES: LazyLock<ManyRows> = LazyLock::new(|| {
    let head = "SELECT c.id, c.slug, v.title, v.price_minor, v.currency
         FROM course c JOIN course_version v ON v.id = c.version_id WHERE c.published AND c.slug IN (";
    ManyRows::new(head, 1, ")")
});

/// Those of the courses that are published, in no order.
pub async fn courses(tx: &mut Tx, slugs: &[Slug]) -> Result<Vec<CourseRow>> {
    Ok(rows_many!(tx, CourseRow, COURSES, slugs, |slug| slug.as_str()))
}

static KNOWN: LazyLock<ManyRows> =
    LazyLock::new(|| ManyRows::new("SELECT slug FROM course WHERE slug IN (", 1, ")"));

/// Slug, title and list price of courses for sale in a currency, by title; none that is open to `user`.
pub async fn for_sale(
    tx: &mut Tx,
    currency: Currency,
    user: Option<UserId>,
    limit: i64,
) -> Result<Vec<(String, String, i64)>> {
    rows!(
        tx,
        fetch_all as (String, String, i64),
        "SELECT c.slug, v.title, v.price_minor FROM course c JOIN course_version v ON v.id = c.version_id
         WHERE c.published AND v.currency = $1 AND v.price_minor > 0
             AND NOT EXISTS (
                 SELECT 1 FROM enrolment e WHERE e.course_id = c.id AND e.user_id = $2 AND e.ended_at IS NULL)
         ORDER BY v.title, c.slug LIMIT $3",
        currency.code(),
        user.map(|user| user.0),
        limit,
    )
}

/// How many of the courses there are, published or not.
pub async fn count_courses(tx: &mut Tx, slugs: &[&Slug]) -> Result<usize> {
    let known = rows_many!(tx, (String,), KNOWN, slugs, |slug| slug.as_str());
    Ok(known.len())
}

pub async fn email_key(tx: &mut Tx, user: UserId) -> Result<Option<String>> {
    scalar!(
        tx,
        fetch_optional,
        "SELECT email_key FROM user_account WHERE id = $1",
        user.0
    )
}

/// Whether the account or the address has ever paid for a course.
pub async fn has_paid(tx: &mut Tx, user: Option<UserId>, email_key: Option<&str>) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM purchase WHERE user_id = $1 AND paid_at IS NOT NULL AND total_minor > 0)
             OR EXISTS (SELECT 1 FROM purchase WHERE email_key = $2 AND paid_at IS NOT NULL AND total_minor > 0)",
        user.map(|user| user.0),
        email_key,
    )
}

/// Courses that are open to the learner.
pub async fn enrolled(tx: &mut Tx, user: UserId) -> Result<BTreeSet<Slug>> {
    let slugs: Vec<(String,)> = rows!(
        tx,
        fetch_all as (String,),
        "SELECT c.slug FROM enrolment e JOIN course c ON c.id = e.course_id
         WHERE e.user_id = $1 AND e.ended_at IS NULL",
        user.0,
    )?;
    slugs
        .into_iter()
        .map(|(slug,)| Slug::parse(&slug).map_err(Error::internal))
        .collect()
}

/// A code with its coupon as it stands.
#[derive(Debug, FromRow)]
pub struct CodeRow {
    code_key: String,
    coupon_id: Uuid,
    name: String,
    version: i64,
    terms: String,
    stopped_at: Option<Micros>,
    limit_total: Option<i64>,
    taken: i64,
    code_limit: Option<i64>,
    code_taken: i64,
}

/// Orders that hold a coupon, each with its code, and that placing the buyer's next one ends.
#[derive(Clone, Debug, Default)]
pub struct Own(BTreeMap<Uuid, Option<String>>);

impl Own {
    pub fn holds(&self, order: Uuid) -> bool {
        self.0.contains_key(&order)
    }

    fn of_coupon(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(0)
    }

    fn of_code(&self, key: &str) -> i64 {
        let same = self.0.values().filter(|own| own.as_deref() == Some(key));
        i64::try_from(same.count()).unwrap_or(0)
    }
}

impl CodeRow {
    pub fn coupon(&self) -> CouponId {
        CouponId(self.coupon_id)
    }

    pub fn version(&self) -> u32 {
        u32::try_from(self.version).unwrap_or(0)
    }

    pub fn key(&self) -> CodeKey {
        CodeKey::stored(&self.code_key)
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped_at.is_some()
    }

    /// A code of a batch that works once.
    pub fn is_single(&self) -> bool {
        self.code_limit == Some(1)
    }

    pub fn is_used_up(&self, own: &Own) -> bool {
        let reached = |limit: Option<i64>, taken| limit.is_some_and(|limit| taken >= limit);
        reached(self.limit_total, self.taken - own.of_coupon())
            || reached(
                self.code_limit,
                self.code_taken - own.of_code(&self.code_key),
            )
    }

    pub fn read(&self) -> Result<Coupon> {
        let terms: Terms = serde_json::from_str(&self.terms).map_err(Error::internal)?;
        Ok(Coupon {
            id: self.coupon(),
            version: self.version(),
            name: self.name.clone(),
            terms,
        })
    }
}

pub async fn code(tx: &mut Tx, key: &CodeKey) -> Result<Option<CodeRow>> {
    rows!(
        tx,
        fetch_optional as CodeRow,
        "SELECT k.code_key, c.id AS coupon_id, c.name, c.version, v.terms, c.stopped_at, c.limit_total,
             c.held + c.redeemed AS taken, k.limit_total AS code_limit, k.held + k.redeemed AS code_taken
         FROM coupon_code k JOIN coupon c ON c.id = k.coupon_id
         JOIN coupon_version v ON v.coupon_id = c.id AND v.version = c.version
         WHERE k.code_key = $1",
        key.as_str(),
    )
}

/// What the buyer's open orders for any of these courses hold of a coupon. Those for other courses stay, and count.
pub async fn own_holds(tx: &mut Tx, buyer: &str, coupon: CouponId, items: &[Item]) -> Result<Own> {
    // CROSS JOIN: SQLite begins with the few orders of the buyer, and not with all holds there are.
    let held: Vec<(Uuid, Option<String>, Uuid)> = rows!(
        tx,
        fetch_all as (Uuid, Option<String>, Uuid),
        "SELECT p.id, p.code_key, o.course_id FROM open_purchase o CROSS JOIN purchase p CROSS JOIN hold h
         WHERE o.buyer = $2 AND p.id = o.purchase_id AND p.coupon_id = $1
             AND h.purchase_id = p.id AND h.kind = 'coupon' AND h.state = 'held'",
        coupon.0,
        buyer,
    )?;
    let asked = |course: Uuid| items.iter().any(|item| item.course.0 == course);
    let held = held.into_iter().filter(|(.., course)| asked(*course));
    Ok(Own(held.map(|(order, key, _)| (order, key)).collect()))
}

/// The orders with which the account or the address has redeemed a coupon or holds it.
pub async fn uses(
    tx: &mut Tx,
    coupon: CouponId,
    (user, email_key): (Option<UserId>, Option<&str>),
    now: Timestamp,
) -> Result<Vec<Uuid>> {
    let orders: Vec<(Uuid,)> = rows!(
        tx,
        fetch_all as (Uuid,),
        "SELECT p.id FROM (
             SELECT id FROM purchase WHERE coupon_id = $1 AND user_id = $2
             UNION SELECT id FROM purchase WHERE coupon_id = $1 AND email_key = $3
         ) p CROSS JOIN hold h
         WHERE h.purchase_id = p.id AND h.kind = 'coupon'
             AND (h.state = 'committed' OR (h.state = 'held' AND h.until > $4))",
        coupon.0,
        user.map(|user| user.0),
        email_key,
        Micros::from(now),
    )?;
    Ok(orders.into_iter().map(|(order,)| order).collect())
}
