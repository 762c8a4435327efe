//! SQL for list prices as they were.

use std::sync::LazyLock;

use domain::{
    Timestamp,
    checkout::history::Listed,
    ids::CourseId,
    money::{Currency, Money},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{ManyRows, Micros, execute, rows, rows_many},
};

/// Stands where a price would need a currency, and there is none because the course is free (ISO 4217).
const NO_CURRENCY: &str = "XXX";

#[derive(Debug, FromRow)]
struct ListedRow {
    course_id: Uuid,
    from_at: Micros,
    price_minor: i64,
    currency: String,
}

impl ListedRow {
    fn read(&self) -> Result<(CourseId, Listed)> {
        let price = match Currency::from_code(&self.currency) {
            _ if self.currency == NO_CURRENCY => None,
            Some(currency) => Some(Money {
                minor: self.price_minor,
                currency,
            }),
            None => return Err(Error::internal(format!("{} is no currency", self.currency))),
        };
        let listed = Listed {
            from: self.from_at.into(),
            price,
        };
        Ok((CourseId(self.course_id), listed))
    }
}

pub async fn last(tx: &mut Tx, course: CourseId) -> Result<Option<Listed>> {
    let row = rows!(
        tx,
        fetch_optional as ListedRow,
        "SELECT course_id, from_at, price_minor, currency FROM price_history
         WHERE course_id = $1 ORDER BY from_at DESC LIMIT 1",
        course.0,
    )?;
    row.map(|row| row.read().map(|(_, listed)| listed))
        .transpose()
}

/// Two prices of one moment: the later counts.
pub async fn insert(
    tx: &mut Tx,
    course: CourseId,
    price: Option<Money>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO price_history (course_id, from_at, price_minor, currency) VALUES ($1, $2, $3, $4)
         ON CONFLICT (course_id, from_at) DO UPDATE
         SET price_minor = excluded.price_minor, currency = excluded.currency",
        course.0,
        Micros::from(now),
        price.map_or(0, |price| price.minor),
        price.map_or(NO_CURRENCY, |price| price.currency.code()),
    )?;
    Ok(())
}

static LISTS: LazyLock<ManyRows> = LazyLock::new(|| {
    let head =
        "SELECT course_id, from_at, price_minor, currency FROM price_history WHERE course_id IN (";
    ManyRows::new(head, 1, ") ORDER BY course_id, from_at")
});

/// The list prices of courses, of each in the order of time.
pub async fn lists(tx: &mut Tx, courses: &[CourseId]) -> Result<Vec<(CourseId, Listed)>> {
    let rows = rows_many!(tx, ListedRow, LISTS, courses, |course| course.0);
    rows.iter().map(ListedRow::read).collect()
}
