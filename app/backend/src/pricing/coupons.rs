//! Coupons: made, changed by new versions, stopped, listed.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    checkout::{
        code::{CodeKey, code_key},
        coupon::{Coupon, Task, Terms},
    },
    form::FieldError,
    ids::{CouponId, UserId},
};
use serde::Serialize;
use uuid::Uuid;

use super::coupon_store as store;
use crate::{Backend, Error, Result, Tx};

/// A coupon to be made.
#[derive(Clone, Debug)]
pub struct NewCoupon {
    /// For people: the campaign that it belongs to, and is counted by.
    pub name: String,
    /// What everybody may type; `None` for a coupon of batches and gifts alone.
    pub code: Option<String>,
    pub terms: Terms,
    /// Whoever completes it is given a code of their own.
    pub task: Option<Task>,
}

/// A coupon as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedCoupon {
    pub id: CouponId,
    pub name: String,
    pub version: u32,
    /// The public code, where there is one.
    pub code: Option<String>,
    pub terms: Terms,
    /// By orders that are not paid yet.
    pub held: i64,
    pub redeemed: i64,
    /// Learners who were given a code of their own.
    pub given: i64,
    pub task: Option<Task>,
    pub created_at: Timestamp,
    pub stopped_at: Option<Timestamp>,
}

/// A version of a coupon's terms, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CouponVersion {
    pub version: u32,
    pub terms: Terms,
    pub at: Timestamp,
    /// Name of the member of staff; `None`: the command line, or somebody who is gone.
    pub by: Option<String>,
}

impl Backend {
    /// # Errors
    /// `Error::Invalid` with everything that is wrong: the fields of [`Terms::check`], `name`, `code` and `task`.
    pub async fn add_coupon(&self, new: NewCoupon, by: Option<UserId>) -> Result<CouponId> {
        let (name, code) = checked(&new)?;
        let now = self.clock.now();
        let id = CouponId(Uuid::now_v7());
        let mut tx = self.db.write().await?;
        let courses = missing_courses(&mut tx, &new).await?;
        if !courses.is_empty() {
            return Err(Error::Invalid(courses));
        }
        store::insert_coupon(&mut tx, id, &name, &new.terms, now).await?;
        store::insert_version(&mut tx, id, 1, &new.terms, by, now).await?;
        if let Some((typed, key)) = code
            && !store::insert_public_code(&mut tx, id, &typed, &key, now).await?
        {
            return Err(Error::invalid("code", "error-code-taken"));
        }
        if let Some(task) = &new.task {
            store::insert_task(&mut tx, id, task).await?;
        }
        tx.commit().await?;
        Ok(id)
    }

    /// Gives a coupon other terms from now on, as a new version: orders keep the one that they were placed with.
    /// `from`: the version that was read before; so nobody undoes what another has just changed.
    ///
    /// # Errors
    /// `Error::Invalid` as for a new one, and `error-changed-meanwhile`; `Error::NotFound`.
    pub async fn change_coupon(
        &self,
        id: CouponId,
        from: u32,
        name: &str,
        terms: &Terms,
        by: Option<UserId>,
    ) -> Result<u32> {
        let name = named(name, terms)?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if !store::change(&mut tx, id, from, &name, terms).await? {
            let known = store::listed(&mut tx, Some(id)).await?;
            return Err(match known.first() {
                Some(_) => Error::invalid("", "error-changed-meanwhile"),
                None => Error::NotFound,
            });
        }
        if !super::know_courses(&mut tx, terms.scope.named()).await? {
            return Err(Error::invalid("courses", "error-course-unknown"));
        }
        store::insert_version(&mut tx, id, from + 1, terms, by, now).await?;
        tx.commit().await?;
        Ok(from + 1)
    }

    /// Nobody can use it any more; orders that hold it keep what they hold. Stopping twice changes nothing.
    ///
    /// # Errors
    /// `Error::NotFound`.
    pub async fn stop_coupon(&self, id: CouponId) -> Result<()> {
        let mut tx = self.db.write().await?;
        if store::stop(&mut tx, id, self.clock.now()).await? == 0 {
            return Err(Error::NotFound);
        }
        tx.commit().await
    }

    /// Every coupon, the newest first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn coupons(&self) -> Result<Vec<ListedCoupon>> {
        let mut tx = self.db.read().await?;
        store::listed(&mut tx, None).await
    }

    /// One coupon with its versions, the newest first.
    ///
    /// # Errors
    /// `Error::NotFound`.
    pub async fn coupon(&self, id: CouponId) -> Result<(ListedCoupon, Vec<CouponVersion>)> {
        let mut tx = self.db.read().await?;
        let found = store::listed(&mut tx, Some(id)).await?.into_iter().next();
        let coupon = found.ok_or(Error::NotFound)?;
        Ok((coupon, store::versions(&mut tx, id).await?))
    }

    /// The coupon that a code belongs to, for staff: used up, stopped and over ones too.
    ///
    /// # Errors
    /// `Error::NotFound`.
    pub async fn coupon_of_code(&self, code: &str) -> Result<CouponId> {
        let key = code_key(code).ok_or(Error::NotFound)?;
        let mut tx = self.db.read().await?;
        let found = store::coupon_of_key(&mut tx, &key).await?;
        found.ok_or(Error::NotFound)
    }
}

/// The name as it is kept, and the code as it was typed with its key.
fn checked(new: &NewCoupon) -> Result<(String, Option<(String, CodeKey)>)> {
    let typed = new.code.as_deref().map(str::trim);
    let typed = typed.filter(|code| !code.is_empty());
    let code = typed.map(|code| (code.to_owned(), code_key(code)));
    let name = named(&new.name, &new.terms);
    match (name, code) {
        (Ok(name), None) => Ok((name, None)),
        (Ok(name), Some((typed, Some(key)))) => Ok((name, Some((typed, key)))),
        (Err(error), None | Some((_, Some(_)))) => Err(error),
        (name, Some((_, None))) => {
            let mut errors = match name {
                Err(Error::Invalid(errors)) => errors,
                _ => Vec::new(),
            };
            errors.push(FieldError::new("code", "error-code-form"));
            Err(Error::Invalid(errors))
        }
    }
}

fn named(name: &str, terms: &Terms) -> Result<String> {
    let mut errors = terms.check();
    match Coupon::name(name) {
        Ok(name) if errors.is_empty() => Ok(name),
        name => {
            errors.extend(name.err());
            Err(Error::Invalid(errors))
        }
    }
}

/// A slug with a typo would make a coupon for nothing.
async fn missing_courses(tx: &mut Tx, new: &NewCoupon) -> Result<Vec<FieldError>> {
    let mut errors = Vec::new();
    if !super::know_courses(tx, new.terms.scope.named()).await? {
        errors.push(FieldError::new("courses", "error-course-unknown"));
    }
    if let Some(task) = &new.task
        && !store::is_task(tx, task).await?
    {
        errors.push(FieldError::new("task", "error-task-unknown"));
    }
    Ok(errors)
}

/// Redemptions by name of the coupon: what a campaign brought, whatever coupons and codes it had.
#[must_use]
pub fn by_campaign(coupons: &[ListedCoupon]) -> BTreeMap<&str, i64> {
    let mut campaigns = BTreeMap::new();
    for coupon in coupons {
        *campaigns.entry(coupon.name.as_str()).or_default() += coupon.redeemed;
    }
    campaigns
}
