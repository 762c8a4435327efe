//! What courses have cost: remembered whenever a course is imported.

use domain::{
    Timestamp,
    checkout::{
        history::{Listed, Ran, Step, steps},
        price::Item,
    },
    ids::{CourseId, Slug},
    money::Money,
};

use super::{history_store as store, promotion_store};
use crate::{Backend, Error, Result, Tx};

/// How far prices are looked back at. A reduction that goes on for longer is none.
pub const BACK_DAYS: i64 = 400;

pub fn horizon(now: Timestamp) -> Timestamp {
    now - jiff::SignedDuration::from_hours(BACK_DAYS * 24)
}

/// Remembers a course's list price from now on, if it is another than before; `None`: it is free.
///
/// # Errors
/// `Error::Busy`.
pub async fn note_list_price(
    tx: &mut Tx,
    course: CourseId,
    price: Option<Money>,
    now: Timestamp,
) -> Result<()> {
    let last = store::last(tx, course).await?;
    if last.is_none_or(|last| last.price != price) {
        store::insert(tx, course, price, now).await?;
    }
    Ok(())
}

impl Backend {
    /// Every change of a course's price in the last 400 days, the earliest first, promotions applied.
    ///
    /// # Errors
    /// `Error::NotFound`.
    pub async fn price_steps(&self, course: &Slug) -> Result<Vec<Step>> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let courses = super::store::courses(&mut tx, std::slice::from_ref(course)).await?;
        let row = courses.first().ok_or(Error::NotFound)?;
        let lists = store::lists(&mut tx, &[row.id()]).await?;
        let lists: Vec<Listed> = lists.into_iter().map(|(_, listed)| listed).collect();
        let ran = promotion_store::ran(&mut tx, horizon(now), now).await?;
        Ok(of_course(row.id(), course, &lists, &ran, now))
    }
}

/// What a course has cost and, if everything comes as it is planned now, will cost up to `until`; with what ran.
pub async fn planned(
    tx: &mut Tx,
    id: CourseId,
    slug: &Slug,
    now: Timestamp,
    until: Timestamp,
) -> Result<(Vec<Step>, Vec<Ran>)> {
    let lists = store::lists(tx, &[id]).await?;
    let lists: Vec<Listed> = lists.into_iter().map(|(_, listed)| listed).collect();
    let ran = promotion_store::ran(tx, horizon(now), now).await?;
    Ok((of_course(id, slug, &lists, &ran, until), ran))
}

pub fn of_course(
    id: CourseId,
    slug: &Slug,
    lists: &[Listed],
    ran: &[Ran],
    now: Timestamp,
) -> Vec<Step> {
    let item = Item {
        course: id,
        slug: slug.clone(),
        title: String::new(),
        list: 0,
    };
    steps(&item, lists, ran, horizon(now), now)
}
