//! What was found not to agree about orders' money, and that somebody saw to it.

use domain::{
    account::{Role, User},
    console::FindingRow,
    ids::FindingId,
};
use uuid::Uuid;

use super::{Deed, Eyes, audit_store, finding_store as store, offers::WRITES};
use crate::{Backend, Error, Result};

const FINDINGS: i64 = 200;
/// Characters of a note.
const MAX_NOTE: usize = 500;

impl Backend {
    /// What reconciliation found; the newest that wait for somebody first.
    ///
    /// # Errors
    /// `Error::NotFound` for who may not see them.
    pub async fn console_findings(&self, eyes: Eyes) -> Result<Vec<FindingRow>> {
        if eyes != Eyes::Admin {
            return Err(Error::NotFound);
        }
        store::findings(&mut self.db.read().await?, FINDINGS).await
    }

    /// Marks a finding as settled, with a note or an empty one. One that was settled or has healed before stays as it
    /// is, whoever asks and however often: so it takes no form's key, and is written down in its own transaction.
    ///
    /// # Errors
    /// `Error::NotFound` for an unknown one, and for who may not; `Error::Invalid` for `note`.
    pub async fn settle_finding(&self, user: &User, id: FindingId, note: &str) -> Result<()> {
        if user.role != Role::Admin {
            return Err(Error::NotFound);
        }
        self.attempt(WRITES, &user.id.to_string()).await?;
        let note = parse_note(note)?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let order = store::order_of(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if store::settle(&mut tx, id, user.id, &note, now).await? {
            let deed = Deed::new(user.id, "finding-settle", "order", &order.to_string())
                .with("note", note);
            let audit = Uuid::now_v7();
            audit_store::begin(&mut tx, audit, &deed, id.0, now).await?;
            audit_store::finish(&mut tx, audit, &deed.subject).await?;
        }
        tx.commit().await
    }
}

/// Forms send two characters for the end of a line, where their fields counted one.
fn parse_note(note: &str) -> Result<String> {
    let note = note.replace("\r\n", "\n").replace('\0', "");
    let note = note.trim();
    if note.chars().count() > MAX_NOTE {
        return Err(Error::invalid("note", "error-settle-note"));
    }
    Ok(note.to_owned())
}
