//! The page of the built-in gateway: whoever has the reference of a payment may look at it and pay.

use domain::checkout::sandbox::{Delivery, SandboxPayment};

use crate::{Backend, Result, ports::payment::paid_url};

impl Backend {
    /// # Errors
    /// `Error::NotFound` for a reference that was made up, and with a real gateway.
    pub async fn sandbox_payment(&self, reference: &str) -> Result<SandboxPayment> {
        self.gateway.sandbox()?.look(reference).await
    }

    /// Pays, and says where the payer goes. Paying twice pays once.
    ///
    /// # Errors
    /// See [`Backend::sandbox_payment`].
    pub async fn pay_in_sandbox(&self, reference: &str, delivery: Delivery) -> Result<String> {
        let bank = self.gateway.sandbox()?;
        let notice = bank.pay(reference, delivery).await?;
        if let Some(notice) = notice.filter(|_| delivery.is_before_return()) {
            self.tell(&notice).await;
        }
        Ok(paid_url(&bank.look(reference).await?.return_url))
    }

    /// The bank says no, and the payer goes back to the order.
    ///
    /// # Errors
    /// See [`Backend::sandbox_payment`].
    pub async fn decline_in_sandbox(&self, reference: &str) -> Result<String> {
        let bank = self.gateway.sandbox()?;
        if let Some(notice) = bank.decline(reference).await? {
            self.tell(&notice).await;
        }
        Ok(bank.look(reference).await?.return_url)
    }

    /// The job tells it again: what fails here is not lost.
    async fn tell(&self, notice: &str) {
        if let Err(error) = self.deliver(notice).await {
            tracing::warn!(%error, "a notice of the sandbox is delivered later");
        }
    }
}
