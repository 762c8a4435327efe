//! The built-in gateway, for trying things out and for tests: no money moves. It stands in for a bank, with books of
//! its own that the rest of the portal does not look into, and its notices are signed and come over the same way as
//! those of any other gateway: early, late, twice, or never.

use std::{
    io::Write,
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
pub use domain::checkout::sandbox::{Delivery, SandboxPayment, SandboxState};
use domain::{
    Timestamp,
    ids::{PaymentId, RefundId},
    money::{Currency, Money},
};
use http::{HeaderMap, HeaderValue};
use rand::TryRngCore;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    BadNotice, Begin, Begun, News, Notice, PaidBack, PayBack, Standing, Which,
    sandbox_store as store, signature,
};
use crate::{Clock, Db, Error, Result, Tx};

pub const NAME: &str = "sandbox";
/// Carries the signature of a notice.
pub const SIGNATURE: &str = "waymark-signature";
/// How late a late notice is, and the second of two.
pub const LATE: Duration = Duration::from_secs(30);
const AGAIN: Duration = Duration::from_secs(5);

/// Cheap to clone: all clones are the same bank.
#[derive(Clone)]
pub struct Sandbox {
    db: Db,
    clock: Clock,
    /// Start of this site's addresses, which its own page leaves out of the way back.
    public_url: Arc<str>,
    key: Arc<Key>,
}

/// Signs notices. Made at the first use, kept in a file.
struct Key {
    file: Option<PathBuf>,
    bytes: OnceLock<Vec<u8>>,
}

/// What a notice says.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    id: Uuid,
    #[serde(flatten)]
    event: Event,
    amount: i64,
    currency: Currency,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Event {
    Paid {
        reference: String,
        payment: PaymentId,
    },
    Declined {
        reference: String,
        payment: PaymentId,
    },
    Refunded {
        reference: String,
        refund: RefundId,
        payment: String,
    },
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sandbox(…)")
    }
}

impl Sandbox {
    /// `key`: the file with the key that signs notices; made when it is needed and missing. `None`: one for this
    /// process alone.
    #[must_use]
    pub fn new(db: Db, clock: Clock, public_url: Arc<str>, key: Option<PathBuf>) -> Self {
        Self {
            db,
            clock,
            public_url,
            key: Arc::new(Key {
                file: key,
                bytes: OnceLock::new(),
            }),
        }
    }

    pub(super) async fn begin(&self, begin: &Begin) -> Result<Begun> {
        // Nobody can guess it: whoever has it may pay.
        let reference = format!("sandbox_{}", URL_SAFE_NO_PAD.encode(random::<24>()));
        let mut tx = self.db.write().await?;
        let reference = store::begin(&mut tx, begin, &reference, self.clock.now()).await?;
        tx.commit().await?;
        Ok(Begun {
            url: format!("/sandbox/pay/{reference}"),
            reference,
        })
    }

    pub(super) async fn standing(&self, reference: &str) -> Result<Standing> {
        let payment = store::find(&mut self.db.read().await?, reference).await?;
        Ok(match self.state(&payment) {
            SandboxState::Open => Standing::Open,
            SandboxState::Ended => Standing::Ended,
            SandboxState::Paid => Standing::Captured {
                capture: reference.to_owned(),
                amount: payment.amount,
            },
        })
    }

    pub(super) async fn end(&self, reference: &str) -> Result<Standing> {
        let mut tx = self.db.write().await?;
        store::settle(&mut tx, reference, "ended", Timestamp::MIN).await?;
        tx.commit().await?;
        self.standing(reference).await
    }

    pub(super) async fn pay_back(&self, money: &PayBack) -> Result<PaidBack> {
        let reference = refund_reference(money.refund);
        let mut tx = self.db.write().await?;
        if !store::note_refund(&mut tx, money).await? {
            return Ok(PaidBack::Done { reference });
        }
        if money.amount.minor <= 0 || !store::take_back(&mut tx, money).await? {
            return Ok(PaidBack::Refused {
                why: "there is not so much left of this payment".to_owned(),
            });
        }
        let event = Event::Refunded {
            reference: reference.clone(),
            refund: money.refund,
            payment: money.capture.clone(),
        };
        self.announce(&mut tx, event, money.amount, Delivery::After)
            .await?;
        tx.commit().await?;
        Ok(PaidBack::Done { reference })
    }

    pub(super) async fn paid_back(&self, reference: &str) -> Result<PaidBack> {
        let key = reference
            .strip_prefix(REFUND_PREFIX)
            .ok_or(Error::NotFound)?;
        if store::has_refund(&mut self.db.read().await?, key).await? {
            let reference = reference.to_owned();
            return Ok(PaidBack::Done { reference });
        }
        Err(Error::NotFound)
    }

    pub(super) fn verify(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<String, BadNotice> {
        let header = headers
            .get(SIGNATURE)
            .and_then(|header| header.to_str().ok())
            .ok_or(BadNotice::Signature)?;
        let key = self.key.get().map_err(|_| BadNotice::Signature)?;
        signature::check(header, &[key], body, now)?;
        read(body).map(|notice| notice.event)
    }

    /// Headers with which a body is believed, signed now.
    ///
    /// # Errors
    /// `Error::Setup` when the key can be neither read nor made.
    pub fn sign(&self, body: &[u8]) -> Result<HeaderMap> {
        let header = signature::sign(self.key.get()?, body, self.clock.now());
        let header = HeaderValue::from_str(&header).map_err(Error::internal)?;
        Ok(HeaderMap::from_iter([(
            http::HeaderName::from_static(SIGNATURE),
            header,
        )]))
    }

    /// What its page shows.
    ///
    /// # Errors
    /// `Error::NotFound` for a reference that was made up.
    pub async fn look(&self, reference: &str) -> Result<SandboxPayment> {
        let payment = store::find(&mut self.db.read().await?, reference).await?;
        let path = payment.return_url.strip_prefix(&*self.public_url);
        Ok(SandboxPayment {
            amount: payment.amount,
            state: self.state(&payment),
            return_url: path.unwrap_or(&payment.return_url).to_owned(),
            description: payment.description,
        })
    }

    /// The payer pays. Gives the notice of it, `None` if it was not open.
    ///
    /// # Errors
    /// As [`Sandbox::look`].
    pub async fn pay(&self, reference: &str, delivery: Delivery) -> Result<Option<String>> {
        let mut tx = self.db.write().await?;
        let payment = store::find(&mut tx, reference).await?;
        if !store::settle(&mut tx, reference, "paid", self.clock.now()).await? {
            return Ok(None);
        }
        let event = Event::Paid {
            reference: reference.to_owned(),
            payment: payment.payment,
        };
        let notice = self
            .announce(&mut tx, event, payment.amount, delivery)
            .await?;
        tx.commit().await?;
        Ok(Some(notice))
    }

    /// Their bank says no. They may try again.
    ///
    /// # Errors
    /// As [`Sandbox::look`].
    pub async fn decline(&self, reference: &str) -> Result<Option<String>> {
        let mut tx = self.db.write().await?;
        let payment = store::find(&mut tx, reference).await?;
        if self.state(&payment) != SandboxState::Open {
            return Ok(None);
        }
        let event = Event::Declined {
            reference: reference.to_owned(),
            payment: payment.payment,
        };
        let notice = self
            .announce(&mut tx, event, payment.amount, Delivery::First)
            .await?;
        tx.commit().await?;
        Ok(Some(notice))
    }

    /// Notices to be delivered now, unsigned.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due(&self) -> Result<Vec<(Uuid, String)>> {
        store::due(&mut self.db.read().await?, self.clock.now()).await
    }

    /// One that was delivered is not sent again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn delivered(&self, notice: Uuid) -> Result<()> {
        self.all_delivered(&[notice]).await
    }

    pub(crate) async fn all_delivered(&self, notices: &[Uuid]) -> Result<()> {
        let mut tx = self.db.write().await?;
        for notice in notices {
            store::delivered(&mut tx, *notice).await?;
        }
        tx.commit().await
    }

    async fn announce(
        &self,
        tx: &mut Tx,
        event: Event,
        amount: Money,
        delivery: Delivery,
    ) -> Result<String> {
        let body = Body {
            id: Uuid::now_v7(),
            event,
            amount: amount.minor,
            currency: amount.currency,
        };
        let body = serde_json::to_string(&body).map_err(Error::internal)?;
        for after in due_after(delivery) {
            store::send_later(tx, Uuid::now_v7(), &body, self.clock.now() + *after).await?;
        }
        Ok(body)
    }

    fn state(&self, payment: &store::Payment) -> SandboxState {
        match payment.state.as_str() {
            "paid" => SandboxState::Paid,
            "open" if payment.expires_at > self.clock.now() => SandboxState::Open,
            _ => SandboxState::Ended,
        }
    }
}

/// How long after now the notices are due.
fn due_after(delivery: Delivery) -> &'static [Duration] {
    match delivery {
        Delivery::First | Delivery::After => &[Duration::ZERO],
        Delivery::Late => &[LATE],
        Delivery::Twice => &[Duration::ZERO, AGAIN],
        Delivery::Never => &[],
    }
}

const REFUND_PREFIX: &str = "sandbox_refund_";

fn refund_reference(refund: RefundId) -> String {
    format!("{REFUND_PREFIX}{refund}")
}

pub(super) fn read(body: &[u8]) -> Result<Notice, BadNotice> {
    let body: Body = serde_json::from_slice(body).map_err(|_| BadNotice::Content)?;
    let amount = Money {
        minor: body.amount,
        currency: body.currency,
    };
    let which = |reference: &str, payment| Which {
        reference: Some(reference.to_owned()),
        payment: Some(payment),
    };
    let news = match body.event {
        Event::Paid { reference, payment } => News::Payment {
            which: which(&reference, payment),
            standing: Standing::Captured {
                capture: reference,
                amount,
            },
        },
        Event::Declined { reference, payment } => News::Declined {
            which: which(&reference, payment),
        },
        Event::Refunded {
            reference,
            refund,
            payment,
        } => News::Refund {
            reference,
            refund: Some(refund),
            capture: Some(payment),
            amount,
            done: true,
        },
    };
    Ok(Notice {
        event: body.id.to_string(),
        news,
    })
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rngs::OsRng
        .try_fill_bytes(&mut bytes)
        .expect("the system has random numbers");
    bytes
}

impl Key {
    fn get(&self) -> Result<&[u8]> {
        if let Some(bytes) = self.bytes.get() {
            return Ok(bytes);
        }
        let bytes = match &self.file {
            Some(file) => kept(file)?,
            None => random::<32>().to_vec(),
        };
        Ok(self.bytes.get_or_init(|| bytes))
    }
}

/// The key in the file. Made if there is none, for its owner's eyes; where another process was faster, its key is
/// the one.
fn kept(file: &std::path::Path) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| {
        Error::Setup(format!(
            "cannot keep the sandbox's key in {}: {error}",
            file.display()
        ))
    };
    match std::fs::read(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        read => return read.map_err(failed),
    }
    let folder = file.parent().unwrap_or(std::path::Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let key = random::<32>().to_vec();
    // Temporary files have mode 0600, and keep it under their name.
    let mut aside = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    aside
        .write_all(&key)
        .and_then(|()| aside.as_file().sync_all())
        .map_err(failed)?;
    match aside.persist_noclobber(file) {
        Ok(_) => Ok(key),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {
            std::fs::read(file).map_err(failed)
        }
        Err(error) => Err(failed(error.error)),
    }
}
