//! SQL for lists of orders and for the overview.

use domain::{
    Timestamp,
    checkout::order::State,
    console::{Cursor, Moment, OrderFilter, OrderRow, Standing, masked},
    ids::{CourseId, OrderId, Slug},
    money::{Currency, Money},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Eyes, Needle};
use crate::{
    Error, Result, Tx,
    db::{Micros, rows, scalar},
};

#[derive(Debug, FromRow)]
struct ListRow {
    id: Uuid,
    number: String,
    state: String,
    email: String,
    title: Option<String>,
    courses: i64,
    currency: String,
    total_minor: i64,
    refunded_minor: i64,
    placed_at: Micros,
    paid_at: Option<Micros>,
    refund_requested_at: Option<Micros>,
    code: Option<String>,
    test: bool,
}

impl ListRow {
    fn row(self, eyes: Eyes) -> Result<OrderRow> {
        Ok(OrderRow {
            id: OrderId(self.id),
            number: self.number,
            state: State::from_word(&self.state)
                .ok_or_else(|| Error::internal("an unknown state"))?,
            email: eyes.address(self.email),
            title: self.title.unwrap_or_default(),
            courses: self.courses,
            currency: currency(&self.currency)?,
            total: self.total_minor,
            refunded: self.refunded_minor,
            placed_at: self.placed_at.into(),
            paid_at: self.paid_at.map(Into::into),
            refund_asked_at: self.refund_requested_at.map(Into::into),
            code: self.code,
            test: self.test,
        })
    }
}

impl Eyes {
    fn address(self, email: String) -> String {
        match self {
            Self::Admin => email,
            Self::Marketer => masked(&email),
        }
    }
}

pub fn currency(code: &str) -> Result<Currency> {
    Currency::from_code(code).ok_or_else(|| Error::internal("an unknown currency"))
}

/// The gateway of the order `p`: of the payment that paid it, else of the latest. Empty where there is none.
macro_rules! gateway {
    () => {
        "COALESCE((SELECT y.gateway FROM payment y WHERE y.purchase_id = p.id
             ORDER BY y.state = 'captured' DESC, y.begun_at DESC, y.id DESC LIMIT 1), '')"
    };
}
pub(super) use gateway;

/// Orders that fit a filter, and one thing more that an index answers. `$13` is what that thing is compared with.
macro_rules! orders {
    ($needle:literal) => {
        concat!(
            "SELECT p.id, p.number, p.state, p.email, p.currency, p.total_minor, p.refunded_minor, p.placed_at,
                 p.paid_at, p.refund_requested_at,
                 (SELECT k.code FROM coupon_code k WHERE k.code_key = p.code_key) AS code,
                 (SELECT i.title FROM purchase_item i WHERE i.purchase_id = p.id ORDER BY i.position LIMIT 1) AS title,
                 (SELECT COUNT(*) FROM purchase_item i WHERE i.purchase_id = p.id) AS courses,
                 ",
            gateway!(),
            " = 'sandbox' AS test
             FROM purchase p
             WHERE (p.placed_at < $1 OR (p.placed_at = $1 AND p.id < $2))
             AND ($3 = '' OR p.state = $3
                 OR ($3 = 'open' AND p.state IN ('draft', 'awaiting-payment'))
                 OR ($3 = 'refund-asked' AND p.refund_requested_at IS NOT NULL)
                 OR ($3 = 'ever-paid' AND p.paid_at IS NOT NULL))
             AND ($4 <> 'placed' OR (p.placed_at >= $5 AND p.placed_at < $6))
             AND ($4 <> 'paid' OR (p.paid_at >= $5 AND p.paid_at < $6))
             AND ($4 <> 'refunded' OR EXISTS (SELECT 1 FROM purchase_event e WHERE e.purchase_id = p.id
                 AND e.at >= $5 AND e.at < $6 AND e.state IN ('partly-refunded', 'refunded')
                 AND e.event LIKE '{\"kind\":\"refunded\"%'))
             AND ($7 IS NULL OR p.coupon_id = $7)
             AND ($8 = '' OR p.currency = $8)
             AND ($9 = '' OR EXISTS (SELECT 1 FROM purchase_item i WHERE i.purchase_id = p.id AND i.slug = $9))
             AND ($10 = '' OR EXISTS (SELECT 1 FROM purchase_item i WHERE i.purchase_id = p.id
                 AND (i.slug = $10 OR LOWER(i.title) LIKE $11 ESCAPE '!')))
             AND ($14 OR ",
            gateway!(),
            " <> 'sandbox')
             AND ",
            $needle,
            " ORDER BY p.placed_at DESC, p.id DESC LIMIT $12"
        )
    };
}

/// Moments between which the filter's lies: the first is in, the second is not.
pub struct Between(pub Timestamp, pub Timestamp);

/// The newest orders that fit, at most `limit`.
pub async fn orders(
    tx: &mut Tx,
    eyes: Eyes,
    filter: &OrderFilter,
    between: Option<Between>,
    needle: &Needle,
    limit: i64,
) -> Result<Vec<OrderRow>> {
    let (placed_at, id) = filter
        .after
        .map_or((i64::MAX, Uuid::nil()), |Cursor { placed_at, id }| {
            (placed_at.as_microsecond(), id.0)
        });
    let moment = between.as_ref().map_or("", |_| filter.moment.as_str());
    let Between(from, to) = between.unwrap_or(Between(Timestamp::MIN, Timestamp::MAX));
    let words = match needle {
        Needle::Course(words) => words.as_str(),
        _ => "",
    };
    let (sql, compared) = match needle {
        Needle::Anything | Needle::Course(_) => (orders!("$13 = ''"), ""),
        Needle::Order(number) => (orders!("p.number = $13"), number.as_str()),
        Needle::Email(key) => (orders!("p.email_key = $13"), key.as_str()),
        Needle::EmailPart(pattern) => {
            (orders!("p.email_key LIKE $13 ESCAPE '!'"), pattern.as_str())
        }
        Needle::Code(key) => (orders!("p.code_key = $13"), key.as_str()),
    };
    let found = rows!(
        tx,
        fetch_all as ListRow,
        sql,
        placed_at,
        id,
        filter.standing.map_or("", Standing::as_str),
        moment,
        Micros::from(from),
        Micros::from(to),
        filter.coupon.map(|id| id.0),
        filter.currency.map_or("", |currency| currency.code()),
        filter.course.as_ref().map_or("", Slug::as_str),
        words,
        pattern(words),
        limit,
        compared,
        !filter.without_tests,
    )?;
    found.into_iter().map(|row| row.row(eyes)).collect()
}

/// Everything that holds the words, for LIKE with `!` as its escape.
pub fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in words.to_lowercase().chars() {
        if matches!(c, '!' | '%' | '_') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

pub async fn number_exists(tx: &mut Tx, number: &str) -> Result<bool> {
    let found: i64 = scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM purchase WHERE number = $1",
        number
    )?;
    Ok(found > 0)
}

/// Number of the order that a gateway knows by this name.
pub async fn number_of_reference(tx: &mut Tx, reference: &str) -> Result<Option<String>> {
    scalar!(
        tx,
        fetch_optional,
        "SELECT p.number FROM payment y JOIN purchase p ON p.id = y.purchase_id
         WHERE y.reference = $1 OR y.capture_reference = $1
         ORDER BY y.begun_at LIMIT 1",
        reference,
    )
}

pub async fn code_exists(tx: &mut Tx, key: &str) -> Result<bool> {
    let found: i64 = scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM coupon_code WHERE code_key = $1",
        key
    )?;
    Ok(found > 0)
}

/// Open orders, and those whose refund was asked for.
pub async fn waiting(tx: &mut Tx) -> Result<(i64, i64)> {
    rows!(
        tx,
        fetch_one as (i64, i64),
        "SELECT (SELECT COUNT(*) FROM purchase WHERE state IN ('draft', 'awaiting-payment')),
             (SELECT COUNT(*) FROM purchase WHERE refund_requested_at IS NOT NULL)",
    )
}

/// Courses with their list prices: those that cost something first.
pub async fn courses(tx: &mut Tx) -> Result<Vec<(CourseId, Slug, String, Option<Money>)>> {
    #[derive(Debug, FromRow)]
    struct Row {
        id: Uuid,
        slug: String,
        title: String,
        price_minor: Option<i64>,
        currency: Option<String>,
    }
    let found = rows!(
        tx,
        fetch_all as Row,
        "SELECT c.id, c.slug, v.title, v.price_minor, v.currency
         FROM course c JOIN course_version v ON v.id = c.version_id
         WHERE c.published ORDER BY v.price_minor IS NULL, v.title, c.slug",
    )?;
    found
        .into_iter()
        .map(|row| {
            let price = row.price_minor.zip(row.currency);
            let price = price.map(|(minor, code)| {
                Ok::<_, Error>(Money {
                    minor,
                    currency: currency(&code)?,
                })
            });
            let slug = Slug::parse(&row.slug).map_err(Error::internal)?;
            Ok((CourseId(row.id), slug, row.title, price.transpose()?))
        })
        .collect()
}

/// Whether the filter's moment can be compared at all.
pub fn has_days(filter: &OrderFilter) -> bool {
    filter.from.is_some() || filter.to.is_some() || filter.moment != Moment::Placed
}
