//! Access that an order grants, and ends. Enrolments are made from it.

use domain::{
    Timestamp,
    ids::{CourseId, UserId},
};

use super::{
    entitlement_store as store,
    store::{ItemRow, OrderRow},
};
use crate::{Result, Tx};

/// Opens the order's courses: for the account that bought or, of buyers without one, for the account with their
/// confirmed address. Where there is none, the entitlement waits for it.
pub async fn grant(
    tx: &mut Tx,
    order: &mut OrderRow,
    items: &[ItemRow],
    now: Timestamp,
) -> Result<()> {
    let owner = owner(tx, order).await?;
    if order.user().is_none()
        && let Some(owner) = owner
    {
        order.set_user(owner);
    }
    for item in items {
        store::grant(tx, order.id(), item.course(), owner, &order.email_key, now).await?;
        if let Some(owner) = owner {
            store::enrol(tx, owner, item.course(), now).await?;
        }
    }
    Ok(())
}

/// Whose the courses become; `None` while there is no account that is surely the buyer's.
pub async fn owner(tx: &mut Tx, order: &OrderRow) -> Result<Option<UserId>> {
    match order.user() {
        Some(user) => Ok(Some(user)),
        None => store::confirmed_account(tx, &order.email_key).await,
    }
}

/// Whether the buyer has every one of the courses without this order.
pub async fn has_all(
    tx: &mut Tx,
    order: &OrderRow,
    owner: Option<UserId>,
    items: &[ItemRow],
) -> Result<bool> {
    for item in items {
        let has = match owner {
            Some(owner) => store::is_enrolled(tx, owner, item.course()).await?,
            None => store::is_waiting(tx, &order.email_key, item.course()).await?,
        };
        if !has {
            return Ok(false);
        }
    }
    Ok(!items.is_empty())
}

/// Shuts the order's courses again, except those that another order opened too. What was learned stays.
pub async fn end(tx: &mut Tx, order: &OrderRow, now: Timestamp) -> Result<()> {
    for (course, user) in store::end(tx, order.id(), now).await? {
        if let Some(user) = user {
            store::end_enrolment(tx, user, course, now).await?;
        }
    }
    Ok(())
}

/// Everything that was paid for with an address becomes the account's that has proved to be its owner's. Gives the
/// courses that it opened.
pub async fn claim(
    tx: &mut Tx,
    user: UserId,
    email_key: &str,
    now: Timestamp,
) -> Result<Vec<CourseId>> {
    let courses = store::claim(tx, user, email_key).await?;
    for course in &courses {
        store::enrol(tx, user, *course, now).await?;
    }
    Ok(courses)
}
