//! What gateways tell us: believed only when it is signed, kept as it came before anything is done about it, and
//! processed once, however often and in whichever order it arrives, on however many nodes.

use std::time::Duration;

use http::HeaderMap;

use super::{Came, notice_store as store, take_in};
use crate::{
    Backend, Error, Result,
    ports::payment::{BadNotice, News, sandbox},
    rate_limit::Limit,
};

/// Notices that were not signed, from one address. Those that are signed are always taken, whatever else came from
/// there: behind a proxy that is not set up everybody has the same address.
const FORGED: Limit = Limit {
    name: "forged-notice",
    attempts: 30,
    window: Duration::from_secs(600),
};
const MAX_EVENT: usize = 255;
/// What came of one that is signed and says nothing that we know.
const NOT_UNDERSTOOD: &str = "not-understood";

impl Backend {
    /// Takes a notice in. When this returns without an error the notice is safe: what cannot be done about it now is
    /// done by [`Backend::process_notices`].
    ///
    /// # Errors
    /// `Error::NotFound` for a gateway that the school is not paid by; `Error::Forbidden` for a notice that is not
    /// signed, or was too long ago, and `Error::TooManyAttempts` after many of them; `Error::Invalid` for one that is
    /// signed and has no name to be kept by; `Error::Busy` when it could not be kept and must come again.
    pub async fn take_notice(
        &self,
        gateway: &str,
        headers: &HeaderMap,
        body: &[u8],
        address: &str,
    ) -> Result<()> {
        if gateway != self.gateway.name() {
            return Err(Error::NotFound);
        }
        let now = self.clock.now();
        let event = match self.gateway.verify(headers, body, now) {
            Ok(event) => event,
            Err(BadNotice::Content) => return Err(not_understood(gateway)),
            Err(bad @ (BadNotice::Signature | BadNotice::Stale)) => {
                return self.forged(gateway, bad, address).await;
            }
        };
        let fits = !event.is_empty()
            && event.len() <= MAX_EVENT
            && event.bytes().all(|b| b.is_ascii_graphic());
        let body = str::from_utf8(body).ok().filter(|_| fits);
        let body = body.ok_or_else(|| not_understood(gateway))?;
        if store::is_processed(&mut self.db.read().await?, gateway, &event).await? {
            return Ok(());
        }
        let mut tx = self.db.write().await?;
        store::keep(&mut tx, gateway, &event, body, now).await?;
        tx.commit().await?;
        self.process(&event).await;
        Ok(())
    }

    /// Counts first, so that who tries and tries costs no more than a look.
    async fn forged(&self, gateway: &str, bad: BadNotice, address: &str) -> Result<()> {
        self.refuse_beyond(FORGED, address).await?;
        tracing::warn!(gateway, address, %bad, "a payment notice is not believed");
        self.attempt(FORGED, address).await?;
        Err(Error::Forbidden)
    }

    /// Tries again what could not be done when it came. Called by the job.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn process_notices(&self) -> Result<()> {
        let mut tx = self.db.read().await?;
        let waiting = store::to_do(&mut tx, self.gateway.name(), self.clock.now()).await?;
        drop(tx);
        for event in waiting {
            self.process(&event).await;
        }
        Ok(())
    }

    async fn process(&self, event: &str) {
        let gateway = self.gateway.name();
        match self.try_to_process(event).await {
            Ok(Some(outcome)) => tracing::info!(gateway, event, outcome, "a payment notice"),
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(gateway, event, %error, "a payment notice is tried again later");
                if let Err(error) = self.count_failure(event).await {
                    tracing::warn!(gateway, event, %error, "and its tries are not counted");
                }
            }
        }
    }

    /// What came of it; `None` where somebody else has done it. Everything that it changes is in one transaction with
    /// the mark that it was done.
    async fn try_to_process(&self, event: &str) -> Result<Option<&'static str>> {
        let (gateway, now) = (self.gateway.name(), self.clock.now());
        let mut tx = self.db.write().await?;
        let Some(body) = store::take(&mut tx, gateway, event).await? else {
            return Ok(None);
        };
        let outcome = match self.gateway.read(body.as_bytes()) {
            Ok(notice) => {
                let came = take_in(&mut tx, gateway, &notice.news, now).await?;
                if came == Came::Unknown && may_be_early(&notice.news) {
                    let why = "of a payment that is not known, or not yet";
                    return Err(Error::Busy(why.into()));
                }
                came.as_str()
            }
            // Nor will it be the next time. It is kept, for who can read it.
            Err(error) => {
                tracing::error!(gateway, event, %error, "a payment notice is given up");
                NOT_UNDERSTOOD
            }
        };
        store::processed(&mut tx, gateway, event, outcome, now).await?;
        tx.commit().await?;
        Ok(Some(outcome))
    }

    async fn count_failure(&self, event: &str) -> Result<()> {
        let gateway = self.gateway.name();
        let mut tx = self.db.write().await?;
        if store::failed(&mut tx, gateway, event).await? >= store::MAX_TRIES {
            tracing::error!(gateway, event, "a payment notice is given up");
            store::processed(&mut tx, gateway, event, "given-up", self.clock.now()).await?;
        }
        tx.commit().await
    }

    /// Sends the sandbox's notices that are due, the same way as those of any other gateway come. Called by the job.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deliver_sandbox_notices(&self) -> Result<()> {
        let Ok(bank) = self.gateway.sandbox() else {
            return Ok(());
        };
        let mut delivered = Vec::new();
        for (notice, body) in bank.due().await? {
            self.deliver(&body).await?;
            delivered.push(notice);
        }
        if delivered.is_empty() {
            return Ok(());
        }
        bank.all_delivered(&delivered).await
    }

    pub(super) async fn deliver(&self, body: &str) -> Result<()> {
        let headers = self.gateway.sandbox()?.sign(body.as_bytes())?;
        self.take_notice(sandbox::NAME, &headers, body.as_bytes(), sandbox::NAME)
            .await
    }
}

/// Whether it is about money of which we may only hear later that it came: notices come in any order.
fn may_be_early(news: &News) -> bool {
    matches!(
        news,
        News::Refund { .. } | News::DisputeOpened { .. } | News::DisputeClosed { .. }
    )
}

fn not_understood(gateway: &str) -> Error {
    tracing::error!(gateway, "a payment notice is signed and not understood");
    Error::invalid("", "error-form")
}
