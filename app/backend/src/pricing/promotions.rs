//! Promotions: made, changed by new versions, stopped, listed.

use domain::{
    Timestamp,
    checkout::promotion::{Effect, Promotion},
    ids::{PromotionId, UserId},
};
use serde::Serialize;
use uuid::Uuid;

use super::promotion_store as store;
use crate::{Backend, Error, Result, Tx};

/// A promotion as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedPromotion {
    #[serde(flatten)]
    pub promotion: Promotion,
    pub created_at: Timestamp,
    pub stopped_at: Option<Timestamp>,
}

/// A version of a promotion, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromotionVersion {
    pub promotion: Promotion,
    pub at: Timestamp,
    /// Name of the member of staff; `None`: the command line, or somebody who is gone.
    pub by: Option<String>,
}

impl Backend {
    /// Makes a promotion; its id and version are given here.
    ///
    /// # Errors
    /// `Error::Invalid` with everything that is wrong: the fields of [`Promotion::check`].
    pub async fn add_promotion(
        &self,
        promotion: Promotion,
        by: Option<UserId>,
    ) -> Result<PromotionId> {
        let id = PromotionId(Uuid::now_v7());
        let promotion = Promotion {
            id,
            version: 1,
            ..promotion
        };
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        check(&mut tx, &promotion).await?;
        store::insert(&mut tx, &promotion, now).await?;
        store::insert_version(&mut tx, &promotion, by, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Puts a new version in the place of `promotion.version`, the one that was read before.
    ///
    /// # Errors
    /// `Error::Invalid` as for a new one, and `error-changed-meanwhile`; `Error::NotFound`.
    pub async fn change_promotion(&self, promotion: Promotion, by: Option<UserId>) -> Result<u32> {
        let from = promotion.version;
        let promotion = Promotion {
            version: from + 1,
            ..promotion
        };
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        check(&mut tx, &promotion).await?;
        if !store::change(&mut tx, &promotion, from).await? {
            let known = store::listed(&mut tx, Some(promotion.id)).await?;
            return Err(match known.first() {
                Some(_) => Error::invalid("", "error-changed-meanwhile"),
                None => Error::NotFound,
            });
        }
        store::insert_version(&mut tx, &promotion, by, now).await?;
        tx.commit().await?;
        Ok(from + 1)
    }

    /// Ends a promotion now. Stopping twice changes nothing.
    ///
    /// # Errors
    /// `Error::NotFound`.
    pub async fn stop_promotion(&self, id: PromotionId) -> Result<()> {
        let mut tx = self.db.write().await?;
        if store::stop(&mut tx, id, self.clock.now()).await? == 0 {
            return Err(Error::NotFound);
        }
        tx.commit().await
    }

    /// Every promotion, the newest first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn promotions(&self) -> Result<Vec<ListedPromotion>> {
        let mut tx = self.db.read().await?;
        store::listed(&mut tx, None).await
    }

    /// One promotion with its versions, the newest first.
    ///
    /// # Errors
    /// `Error::NotFound`.
    pub async fn promotion(
        &self,
        id: PromotionId,
    ) -> Result<(ListedPromotion, Vec<PromotionVersion>)> {
        let mut tx = self.db.read().await?;
        let found = store::listed(&mut tx, Some(id)).await?.into_iter().next();
        let promotion = found.ok_or(Error::NotFound)?;
        Ok((promotion, store::versions(&mut tx, id).await?))
    }
}

async fn check(tx: &mut Tx, promotion: &Promotion) -> Result<()> {
    let errors = promotion.check();
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let courses = match &promotion.effect {
        Effect::Bundle { courses, .. } => Some(courses),
        Effect::Price { .. } | Effect::Tiers { .. } => promotion.scope.named(),
    };
    if super::know_courses(tx, courses).await? {
        Ok(())
    } else {
        Err(Error::invalid("courses", "error-course-unknown"))
    }
}
