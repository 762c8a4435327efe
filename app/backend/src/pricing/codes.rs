//! Codes that each work once: made in batches, or one for a learner.

use domain::{
    Timestamp,
    checkout::{
        Moment,
        code::{CodeKey, code_key},
        coupon::Coupon,
        offer::Gift,
    },
    ids::{CouponId, CourseId, Slug, UserId},
};
use futures::{Stream, StreamExt, stream};
use rand::{Rng, TryRngCore, rngs::OsRng};
use serde::Serialize;

use super::code_store as store;
use crate::{Backend, Error, Result, Tx};

/// Digits and letters that no other is taken for, and no vowels, so that codes spell nothing.
const ALPHABET: &[u8; 24] = b"23456789CDFGHJKMNPRTVWXY";
/// 15 characters out of 24: 68.8 bits, which nobody guesses.
const GROUPS: usize = 3;
const GROUP: usize = 5;
/// Codes of one batch.
pub const MAX_BATCH: u32 = 10_000;
/// Codes that are read at once for an export.
const PAGE: i64 = 500;

/// A code that works once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub text: String,
    pub key: CodeKey,
}

/// Codes that were made together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Batch {
    pub name: String,
    pub codes: i64,
    pub held: i64,
    pub redeemed: i64,
    pub created_at: Timestamp,
}

impl Code {
    fn random() -> Self {
        let mut random = OsRng.unwrap_err();
        let mut text = String::with_capacity(GROUPS * (GROUP + 1));
        for group in 0..GROUPS {
            if group > 0 {
                text.push('-');
            }
            for _ in 0..GROUP {
                text.push(char::from(ALPHABET[random.random_range(0..ALPHABET.len())]));
            }
        }
        let key = code_key(&text).expect("letters and digits are a code");
        Self { text, key }
    }
}

impl Backend {
    /// Makes codes that each work once, all or none of them. A coupon has one batch of a name: a form that is sent
    /// twice makes no second one.
    ///
    /// # Errors
    /// `Error::Invalid` for the fields `name` and `count`; `Error::NotFound`.
    pub async fn add_batch(&self, coupon: CouponId, name: &str, count: u32) -> Result<Batch> {
        let name = Coupon::name(name).map_err(|error| Error::Invalid(vec![error]))?;
        if !(1..=MAX_BATCH).contains(&count) {
            return Err(Error::invalid("count", "error-batch-count"));
        }
        let codes: Vec<Code> = (0..count).map(|_| Code::random()).collect();
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if !store::lock(&mut tx, coupon).await? {
            return Err(Error::NotFound);
        }
        if store::has_batch(&mut tx, coupon, &name).await? {
            return Err(Error::invalid("name", "error-batch-taken"));
        }
        store::insert_codes(&mut tx, coupon, &name, &codes, now).await?;
        tx.commit().await?;
        Ok(Batch {
            name,
            codes: i64::from(count),
            held: 0,
            redeemed: 0,
            created_at: now,
        })
    }

    /// The batches of a coupon, the newest first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn batches(&self, coupon: CouponId) -> Result<Vec<Batch>> {
        let mut tx = self.db.read().await?;
        store::batches(&mut tx, coupon).await
    }

    /// A batch as CSV (RFC 4180) in pieces, so that no size of it fills the memory: a line of names, then one for
    /// each code. `state` is `free`, `held` or `redeemed`.
    pub fn batch_csv(
        &self,
        coupon: CouponId,
        batch: &str,
    ) -> impl Stream<Item = Result<String>> + Send + 'static {
        let (backend, batch) = (self.clone(), batch.to_owned());
        let head = stream::once(async { Ok("code,state\r\n".to_owned()) });
        let pages = stream::try_unfold(Some(String::new()), move |after| {
            let (backend, batch) = (backend.clone(), batch.clone());
            async move {
                let Some(after) = after else { return Ok(None) };
                let mut tx = backend.db.read().await?;
                let page = store::page(&mut tx, coupon, &batch, &after, PAGE).await?;
                let next = page.last().map(|row| row.code_key.clone());
                let lines: String = page.iter().map(store::PageRow::line).collect();
                Ok::<_, Error>(next.is_some().then_some((lines, next)))
            }
        });
        head.chain(pages)
    }

    /// Gives a learner a code of their own, once for each reason: asked again, it answers with the same. The coupon's
    /// conditions still hold when it is used, its limit too.
    ///
    /// # Errors
    /// `Error::NotFound` for a coupon that is stopped, over or used up, or does not exist.
    pub async fn hand_out(&self, user: UserId, coupon: CouponId, reason: &str) -> Result<String> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        give(&mut tx, user, coupon, reason, now).await?;
        let code = store::gift(&mut tx, user, coupon, reason).await?;
        tx.commit().await?;
        code.ok_or(Error::NotFound)
    }

    /// What a learner was given and can still use, the newest first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn gifts(&self, user: UserId) -> Result<Vec<Gift>> {
        let now = self.clock.now();
        let mut tx = self.db.read().await?;
        let mut gifts = store::gifts(&mut tx, user).await?;
        gifts.retain(|gift| gift.terms.window.place(now) != Moment::After);
        Ok(gifts)
    }
}

/// What a learner completed: a lesson of the course, or (`None`) the course.
pub(crate) async fn completed(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    lesson: Option<&Slug>,
    now: Timestamp,
) -> Result<()> {
    for (coupon, slug) in store::tasks(tx, course, lesson).await? {
        let reason = match lesson {
            Some(lesson) => format!("lesson:{slug}/{lesson}"),
            None => format!("course:{slug}"),
        };
        give(tx, user, coupon, &reason, now).await?;
    }
    Ok(())
}

/// Gives a code, unless the learner has one for this reason, or the coupon cannot be used any more. When many are
/// given at once a few more may go out than can be redeemed: what is limited is redeeming.
async fn give(
    tx: &mut Tx,
    user: UserId,
    coupon: CouponId,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    let Some((terms, given)) = store::to_give(tx, coupon).await? else {
        return Ok(());
    };
    let over = terms.window.place(now) == Moment::After;
    if over || terms.limit.is_some_and(|limit| given >= i64::from(limit)) {
        return Ok(());
    }
    let code = Code::random();
    if store::insert_gift(tx, user, coupon, reason, &code.key, now).await? {
        store::insert_codes(tx, coupon, store::GIFTS, &[code], now).await?;
    }
    Ok(())
}
