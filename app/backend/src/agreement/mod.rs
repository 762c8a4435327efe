//! What buyers agree to: versions that are written once and never changed.
//!
//! A school that has written none has the text that comes with the program as its first version, from the moment at
//! which it is first needed; a later program with another text does not change it.

mod store;
#[cfg(test)]
mod tests;

use domain::{
    Timestamp,
    checkout::{
        agreement::{Agreement, Draft},
        refund::RefundRule,
    },
    course::Text,
    ids::UserId,
};
use serde::Serialize;

use crate::{Backend, Error, Result, Tx};

/// A version and its rule, without the text: what a checkout needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub version: u32,
    pub refund: RefundRule,
}

/// A version in a list for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedVersion {
    pub version: u32,
    pub since: Timestamp,
    pub refund: RefundRule,
    pub languages: Vec<String>,
    /// Placed under it.
    pub orders: i64,
}

/// The text that comes with the program, for schools to replace.
fn default_draft() -> Draft {
    let texts = [
        ("en", include_str!("texts/en.md")),
        ("zh-Hans", include_str!("texts/zh-Hans.md")),
        ("zh-Hant", include_str!("texts/zh-Hant.md")),
    ];
    let texts = texts.map(|(language, text)| (language.to_owned(), text.to_owned()));
    Draft {
        texts: texts.into_iter().collect(),
        refund: RefundRule::default(),
    }
    .tidy()
}

/// What buyers accept now. In a transaction that writes: the first version may have to be written.
///
/// # Errors
/// `Error::Busy`.
pub async fn current(tx: &mut Tx, now: Timestamp) -> Result<Terms> {
    if let Some(terms) = known(tx).await? {
        return Ok(terms);
    }
    store::insert(tx, 1, &default_draft(), None, now).await?;
    let missing = || Error::internal("there is no agreement");
    known(tx).await?.ok_or_else(missing)
}

async fn known(tx: &mut Tx) -> Result<Option<Terms>> {
    let Some((version, days, max_progress)) = store::latest_rule(tx).await? else {
        return Ok(None);
    };
    Ok(Some(Terms {
        version: u32::try_from(version).map_err(Error::internal)?,
        refund: RefundRule {
            days: u32::try_from(days).map_err(Error::internal)?,
            max_progress: u8::try_from(max_progress).map_err(Error::internal)?,
        },
    }))
}

/// The rule of the version that an order was placed under.
///
/// # Errors
/// `Error::NotFound` for a version that there is not.
pub async fn rule(tx: &mut Tx, version: u32) -> Result<RefundRule> {
    let row = store::version(tx, version).await?.ok_or(Error::NotFound)?;
    Ok(row.parse()?.1.refund)
}

impl Backend {
    /// What buyers accept now.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn agreement_terms(&self) -> Result<Terms> {
        let mut tx = self.db.read().await?;
        if let Some(terms) = known(&mut tx).await? {
            return Ok(terms);
        }
        drop(tx);
        let mut tx = self.db.write().await?;
        let terms = current(&mut tx, self.clock.now()).await?;
        tx.commit().await?;
        Ok(terms)
    }

    /// A version of the agreement, the latest for `None`, for a reader of `language`.
    ///
    /// # Errors
    /// `Error::NotFound` for a version that there is not.
    pub async fn agreement(&self, version: Option<u32>, language: &str) -> Result<Agreement> {
        let latest = self.agreement_terms().await?.version;
        let mut tx = self.db.read().await?;
        let row = store::version(&mut tx, version.unwrap_or(latest)).await?;
        drop(tx);
        let (version, draft, since) = row.ok_or(Error::NotFound)?.parse()?;
        let no_text = || Error::internal(format!("agreement {version} has no text"));
        let (language, text) = draft.text_for(language).ok_or_else(no_text)?;
        Ok(Agreement {
            version,
            latest,
            language: language.to_owned(),
            html: formats::render::text(&Text::Markdown(text), &|_| None, "agreement"),
            refund: draft.refund,
            since,
        })
    }

    /// The texts of a version as they were written, to start the next one from.
    ///
    /// # Errors
    /// `Error::NotFound` for a version that there is not.
    pub async fn agreement_draft(&self, version: Option<u32>) -> Result<Draft> {
        let latest = self.agreement_terms().await?.version;
        let mut tx = self.db.read().await?;
        let row = store::version(&mut tx, version.unwrap_or(latest)).await?;
        Ok(row.ok_or(Error::NotFound)?.parse()?.1)
    }

    /// Makes a new version, which holds for orders from now on; gives its number. What is the latest already makes
    /// none. `by`: the admin who wrote it, `None` from the command line.
    ///
    /// # Errors
    /// `Error::Invalid` with everything that is wrong; `Error::Busy` while others write versions.
    pub async fn set_agreement(&self, by: Option<UserId>, draft: Draft) -> Result<u32> {
        let faults = draft.faults();
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let draft = draft.tidy();
        // Whoever comes second to a number takes the next.
        for _ in 0..8 {
            let now = self.clock.now();
            let mut tx = self.db.write().await?;
            current(&mut tx, now).await?;
            let missing = || Error::internal("there is no agreement");
            let latest = store::latest(&mut tx).await?.ok_or_else(missing)?;
            let (version, latest, _) = latest.parse()?;
            if latest == draft {
                tx.commit().await?;
                return Ok(version);
            }
            if store::insert(&mut tx, version + 1, &draft, by, now).await? {
                tx.commit().await?;
                return Ok(version + 1);
            }
        }
        Err(Error::Busy("others write agreements at this moment".into()))
    }

    /// Every version, the first one first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn agreements(&self) -> Result<Vec<ListedVersion>> {
        self.agreement_terms().await?;
        let mut tx = self.db.read().await?;
        let mut listed = Vec::new();
        for row in store::all(&mut tx).await? {
            let (version, draft, since) = row.parse()?;
            listed.push(ListedVersion {
                version,
                since,
                refund: draft.refund,
                languages: draft.texts.into_keys().collect(),
                orders: store::orders(&mut tx, version).await?,
            });
        }
        Ok(listed)
    }
}
