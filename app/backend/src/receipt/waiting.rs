//! What was bought without an account, and waits for one.

use domain::{account::Email, ids::Slug};
use serde::{Deserialize, Serialize};

use super::{key::Key, slug, store};
use crate::{Backend, Error, Result, Tx};

/// What the holder of a mailed link has bought. The link went to this address and nowhere else.
#[derive(Clone, Debug)]
pub(crate) struct Bought {
    pub email: Email,
    pub language: String,
    /// The order's courses with their titles.
    pub courses: Vec<(Slug, String)>,
}

/// `None` for a link that was never mailed, and for one about an order that was not paid.
pub(crate) async fn bought_with(tx: &mut Tx, key: &str) -> Result<Option<Bought>> {
    let Some(hash) = Key::hash_of(key) else {
        return Ok(None);
    };
    let Some(id) = store::order_of_key(tx, &hash, Key::OPEN).await? else {
        return Ok(None);
    };
    let order = store::order(tx, id).await?.ok_or(Error::NotFound)?;
    if order.paid_at().is_none() {
        return Ok(None);
    }
    let invalid = |_| Error::internal("an order with an address that is none");
    let items = store::items(tx, id).await?.into_iter();
    let courses = items.map(|(name, title)| Ok((slug(&name)?, title)));
    Ok(Some(Bought {
        email: Email::parse(&order.email).map_err(invalid)?,
        language: order.language,
        courses: courses.collect::<Result<_>>()?,
    }))
}

/// What a mailed link offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub email: String,
    pub titles: Vec<String>,
    /// The address has an account whose owner has confirmed it: there is nothing to make.
    pub known: bool,
}

impl Backend {
    /// Titles of what the browser with this key has bought and no account has yet.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn waiting_titles(&self, buyer_key: &str) -> Result<Vec<String>> {
        let Some(hash) = Key::hash_of(buyer_key) else {
            return Ok(Vec::new());
        };
        let mut tx = self.db.read().await?;
        store::waiting_titles(&mut tx, &hash).await
    }
}
