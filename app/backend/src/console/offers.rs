//! Coupons and promotions from the console: typed, saved once, written down.

use std::time::Duration;

use domain::{
    account::User,
    checkout::promotion::Promotion,
    console::{
        BatchRow, CouponForm, CouponPage, CouponRow, DueCoupon, Life, PromotionForm, PromotionPage,
        PromotionRow, RuleForm, Version,
    },
    ids::{CouponId, PromotionId},
};
use uuid::Uuid;

use super::{Deed, Eyes, offer_store as store};
use crate::{
    Backend, Error, Result,
    pricing::{ListedCoupon, ListedPromotion, NewCoupon},
    rate_limit::Limit,
};

/// How often one member of staff may change something.
pub(super) const WRITES: Limit = Limit {
    name: "console",
    attempts: 200,
    window: Duration::from_secs(600),
};
/// A coupon ends soon when it ends within so many days, or when no more than so many uses are left.
const SOON: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);
const FEW: i64 = 5;

fn key(form: &RuleForm) -> Result<Uuid> {
    form_key(&form.form_key)
}

/// Names the form that was sent.
pub(super) fn form_key(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| Error::invalid("", "error-form"))
}

impl Backend {
    /// Every coupon, the newest first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn console_coupons(&self, _: Eyes) -> Result<Vec<CouponRow>> {
        let coupons = self.coupons().await?;
        let revenue = store::revenue(&mut self.db.read().await?, self.tests()).await?;
        let row = |coupon: ListedCoupon| {
            let of = |(id, money): &(CouponId, _)| (*id == coupon.id).then_some(*money);
            let revenue = revenue.iter().filter_map(of).collect();
            self.coupon_row(coupon, revenue)
        };
        Ok(coupons.into_iter().map(row).collect())
    }

    fn coupon_row(&self, coupon: ListedCoupon, revenue: Vec<domain::money::Money>) -> CouponRow {
        let used = coupon.held + coupon.redeemed;
        let left = coupon.terms.limit.map(|limit| i64::from(limit) - used);
        let stopped = coupon.stopped_at.is_some();
        CouponRow {
            life: Life::of(coupon.terms.window, stopped, left, self.clock.now()),
            id: coupon.id,
            name: coupon.name,
            version: coupon.version,
            code: coupon.code,
            terms: coupon.terms,
            held: coupon.held,
            redeemed: coupon.redeemed,
            task: coupon.task,
            given: coupon.given,
            revenue,
        }
    }

    /// # Errors
    /// `Error::NotFound`.
    pub async fn console_coupon(&self, _: Eyes, id: CouponId) -> Result<CouponPage> {
        let (coupon, versions) = self.coupon(id).await?;
        let versions = versions.into_iter().map(|version| Version {
            version: version.version,
            at: version.at,
            by: version.by,
            rule: version.terms,
        });
        let batches = self.batches(id).await?.into_iter().map(|batch| BatchRow {
            name: batch.name,
            codes: batch.codes,
            held: batch.held,
            redeemed: batch.redeemed,
            created_at: batch.created_at,
        });
        let link = coupon.code.as_deref().map(|code| {
            let code =
                percent_encoding::utf8_percent_encode(code, percent_encoding::NON_ALPHANUMERIC);
            let named = coupon
                .terms
                .scope
                .named()
                .filter(|_| coupon.terms.scope.is_these());
            // A coupon for one course leads to it, others to all courses.
            let path = match named.map(|courses| (courses.len(), courses.first())) {
                Some((1, Some(course))) => format!("/courses/{course}"),
                _ => "/courses".to_owned(),
            };
            format!("{}{path}?coupon={code}", self.public_url)
        });
        let revenue = store::revenue_of(&mut self.db.read().await?, id, self.tests()).await?;
        Ok(CouponPage {
            coupon: self.coupon_row(coupon, revenue),
            versions: versions.collect(),
            batches: batches.collect(),
            audit: self.audited("coupon", &id.to_string()).await?,
            link,
        })
    }

    /// Makes a coupon, or a new version of one, as the form says.
    ///
    /// # Errors
    /// `Error::Invalid` with everything that is wrong; `Error::NotFound` for who may not.
    pub async fn save_coupon(&self, user: &User, form: &CouponForm) -> Result<CouponId> {
        Eyes::of(user)?;
        self.attempt(WRITES, &user.id.to_string()).await?;
        let terms = form.terms(&self.zone).map_err(Error::Invalid)?;
        let name = form.rule.name.as_str();
        let by = Some(user.id);
        let subject = if form.rule.id.is_empty() {
            let new = NewCoupon {
                name: name.to_owned(),
                code: Some(form.code.clone()).filter(|code| !code.trim().is_empty()),
                terms,
                task: form.task().map_err(|error| Error::Invalid(vec![error]))?,
            };
            let deed = Deed::new(user.id, "coupon-add", "coupon", "")
                .with("name", name)
                .said(form)?;
            let add = async { Ok(self.add_coupon(new, by).await?.to_string()) };
            self.once(deed, key(&form.rule)?, add).await?
        } else {
            let id: CouponId = form.rule.id.parse().map_err(|_| Error::NotFound)?;
            let from = form.rule.version.parse().map_err(|_| Error::NotFound)?;
            let deed = Deed::new(user.id, "coupon-change", "coupon", &form.rule.id)
                .with("name", name)
                .said(form)?;
            let change = async {
                self.change_coupon(id, from, name, &terms, by).await?;
                Ok(id.to_string())
            };
            self.once(deed, key(&form.rule)?, change).await?
        };
        subject.parse().map_err(Error::internal)
    }

    /// # Errors
    /// `Error::NotFound`.
    pub async fn stop_coupon_by(&self, user: &User, id: CouponId, form: &str) -> Result<()> {
        Eyes::of(user)?;
        let deed = Deed::new(user.id, "coupon-stop", "coupon", &id.to_string());
        let stop = async { self.stop_coupon(id).await.map(|()| id.to_string()) };
        self.once(deed, form_key(form)?, stop).await?;
        Ok(())
    }

    /// # Errors
    /// `Error::Invalid` for `name` and `count`; `Error::NotFound`.
    pub async fn add_batch_by(
        &self,
        user: &User,
        id: CouponId,
        (name, count): (&str, &str),
        form: &str,
    ) -> Result<()> {
        Eyes::of(user)?;
        self.attempt(WRITES, &user.id.to_string()).await?;
        let codes = count
            .trim()
            .parse()
            .map_err(|_| Error::invalid("count", "error-batch-count"))?;
        let deed = Deed::new(user.id, "coupon-batch", "coupon", &id.to_string())
            .with("name", name)
            .with("count", count)
            .said(&(name, count))?;
        let add = async {
            self.add_batch(id, name, codes)
                .await
                .map(|_| id.to_string())
        };
        self.once(deed, form_key(form)?, add).await?;
        Ok(())
    }

    /// Coupons in use that end soon, or of which few are left.
    pub(super) async fn due_coupons(&self) -> Result<Vec<DueCoupon>> {
        let now = self.clock.now();
        let due = |coupon: ListedCoupon| {
            let used = coupon.held + coupon.redeemed;
            let left = coupon.terms.limit.map(|limit| i64::from(limit) - used);
            let stopped = coupon.stopped_at.is_some();
            let life = Life::of(coupon.terms.window, stopped, left, now);
            let ends = coupon.terms.window.ends;
            let soon = ends.is_some_and(|ends| ends.duration_since(now) <= SOON)
                || left.is_some_and(|left| left <= FEW);
            (soon && life == Life::Running).then_some(DueCoupon {
                id: coupon.id,
                name: coupon.name,
                left,
                ends,
            })
        };
        Ok(self.coupons().await?.into_iter().filter_map(due).collect())
    }

    fn promotion_row(&self, listed: ListedPromotion) -> PromotionRow {
        let (window, stopped) = (listed.promotion.window, listed.stopped_at.is_some());
        PromotionRow {
            life: Life::of(window, stopped, None, self.clock.now()),
            promotion: listed.promotion,
        }
    }

    /// Every promotion, the newest first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn console_promotions(&self, _: Eyes) -> Result<Vec<PromotionRow>> {
        let promotions = self.promotions().await?;
        Ok(promotions
            .into_iter()
            .map(|one| self.promotion_row(one))
            .collect())
    }

    /// # Errors
    /// `Error::NotFound`.
    pub async fn console_promotion(&self, _: Eyes, id: PromotionId) -> Result<PromotionPage> {
        let (listed, versions) = self.promotion(id).await?;
        let versions = versions.into_iter().map(|version| Version {
            version: version.promotion.version,
            at: version.at,
            by: version.by,
            rule: version.promotion,
        });
        Ok(PromotionPage {
            row: self.promotion_row(listed),
            versions: versions.collect(),
            audit: self.audited("promotion", &id.to_string()).await?,
        })
    }

    /// What the form means, with everything that is wrong with it; nothing is saved.
    ///
    /// # Errors
    /// `Error::Invalid`.
    pub fn read_promotion(&self, user: &User, form: &PromotionForm) -> Result<Promotion> {
        Eyes::of(user)?;
        let promotion = form.promotion(&self.zone).map_err(Error::Invalid)?;
        match promotion.check() {
            errors if errors.is_empty() => Ok(promotion),
            errors => Err(Error::Invalid(errors)),
        }
    }

    /// Makes a promotion, or a new version of one, as the form says.
    ///
    /// # Errors
    /// `Error::Invalid` with everything that is wrong; `Error::NotFound` for who may not.
    pub async fn save_promotion(&self, user: &User, form: &PromotionForm) -> Result<PromotionId> {
        let promotion = self.read_promotion(user, form)?;
        self.attempt(WRITES, &user.id.to_string()).await?;
        let by = Some(user.id);
        let name = promotion.name.clone();
        let subject = if form.rule.id.is_empty() {
            let deed = Deed::new(user.id, "promotion-add", "promotion", "")
                .with("name", name)
                .said(form)?;
            let add = async { Ok(self.add_promotion(promotion, by).await?.to_string()) };
            self.once(deed, key(&form.rule)?, add).await?
        } else {
            let id: PromotionId = form.rule.id.parse().map_err(|_| Error::NotFound)?;
            let version = form.rule.version.parse().map_err(|_| Error::NotFound)?;
            let deed = Deed::new(user.id, "promotion-change", "promotion", &form.rule.id)
                .with("name", name)
                .said(form)?;
            let promotion = Promotion {
                id,
                version,
                ..promotion
            };
            let change = async {
                self.change_promotion(promotion, by).await?;
                Ok(id.to_string())
            };
            self.once(deed, key(&form.rule)?, change).await?
        };
        subject.parse().map_err(Error::internal)
    }

    /// # Errors
    /// `Error::NotFound`.
    pub async fn stop_promotion_by(&self, user: &User, id: PromotionId, form: &str) -> Result<()> {
        Eyes::of(user)?;
        let deed = Deed::new(user.id, "promotion-stop", "promotion", &id.to_string());
        let stop = async { self.stop_promotion(id).await.map(|()| id.to_string()) };
        self.once(deed, form_key(form)?, stop).await?;
        Ok(())
    }
}
