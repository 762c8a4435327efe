//! Who did what at the console, and that one form does it once.

use std::collections::BTreeMap;

use domain::{console::Audited, ids::UserId};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::audit_store as store;
use crate::{Backend, Error, Result, ports::files::hex};

/// Letters of one value that are kept.
const MAX_VALUE: usize = 400;

/// Something that a member of staff does.
#[derive(Clone, Debug)]
pub struct Deed {
    pub actor: UserId,
    /// `coupon-add`, `order-refund` …
    pub action: &'static str,
    /// `order`, `coupon`, `promotion`, `agreement`.
    pub kind: &'static str,
    /// Which of them; empty while it does not exist yet.
    pub subject: String,
    pub details: BTreeMap<&'static str, String>,
}

impl Deed {
    #[must_use]
    pub fn new(actor: UserId, action: &'static str, kind: &'static str, subject: &str) -> Self {
        Self {
            actor,
            action,
            kind,
            subject: subject.to_owned(),
            details: BTreeMap::new(),
        }
    }

    /// With one more detail; an empty one is left out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value: String = value.into().chars().take(MAX_VALUE).collect();
        if !value.is_empty() {
            self.details.insert(name, value);
        }
        self
    }
}

/// The detail that tells a form that was sent again from one whose content was changed before. Not shown.
pub(super) const FORM: &str = "form";

impl Deed {
    /// With all that the form says.
    ///
    /// # Errors
    /// Never: forms are texts.
    pub fn said(self, form: &impl Serialize) -> Result<Self> {
        let json = serde_json::to_vec(form).map_err(Error::internal)?;
        Ok(self.with(FORM, hex(&Sha256::digest(json))))
    }

    fn is(&self, done: &store::Done) -> bool {
        let said = self.details.get(FORM);
        done.actor == Some(self.actor.0)
            && done.action == self.action
            && done.details.get(FORM) == said
    }
}

impl Backend {
    /// Does what a form asks for, once, and writes down that it was done. `act` gives the id of what it was done to,
    /// and so does a repetition of the form. A form that was sent before with another content is refused: whoever
    /// went back to it has to see first what came of it.
    ///
    /// The key is taken before and given back when nothing was done: where money moves, once too few is mended by
    /// asking again, and once too many is not.
    ///
    /// # Errors
    /// Those of `act`; `Error::Invalid` while the same form is still being worked on, and for another content.
    pub async fn once<F>(&self, deed: Deed, form_key: Uuid, act: F) -> Result<String>
    where
        F: Future<Output = Result<String>>,
    {
        let id = Uuid::now_v7();
        let mut tx = self.db.write().await?;
        let taken = store::begin(&mut tx, id, &deed, form_key, self.clock.now()).await?;
        if !taken {
            return match store::by_form(&mut tx, form_key).await? {
                Some(done) if done.done && deed.is(&done) => Ok(done.subject),
                _ => Err(Error::invalid("", "error-console-twice")),
            };
        }
        tx.commit().await?;
        let outcome = act.await;
        let mut tx = self.db.write().await?;
        match &outcome {
            Ok(subject) => store::finish(&mut tx, id, subject).await?,
            Err(_) => store::forget(&mut tx, id).await?,
        }
        tx.commit().await?;
        outcome
    }

    /// What was done to something, the newest first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn audited(&self, kind: &str, subject: &str) -> Result<Vec<Audited>> {
        store::of(&mut self.db.read().await?, kind, subject).await
    }
}
