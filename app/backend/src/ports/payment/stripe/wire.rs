//! What Stripe answers and sends, as far as it matters here. Fields that are not named are none of our business, so
//! that new ones do no harm; those that are named are looked at once, here.

use domain::{
    ids::{PaymentId, RefundId},
    money::Money,
};
use serde::Deserialize;

use super::{
    super::{BadNotice, News, Notice, PaidBack, Standing, Which},
    amount,
};

/// A Checkout Session.
#[derive(Debug, Deserialize)]
pub struct Session {
    pub id: String,
    /// Where the payer goes; `None` once it is over.
    pub url: Option<String>,
    status: Option<String>,
    payment_status: Option<String>,
    amount_total: Option<i64>,
    currency: Option<String>,
    client_reference_id: Option<String>,
    payment_intent: Option<Reference>,
    metadata: Option<Metadata>,
}

/// Another object: its name, or the whole of it where that was asked for.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Reference {
    Name(String),
    Object { id: String, status: Option<String> },
}

/// What we wrote onto an object. Others may write there too, so nothing else is expected.
#[derive(Debug, Default, Deserialize)]
struct Metadata {
    payment: Option<String>,
    refund: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Intent {
    id: String,
    amount: i64,
    amount_received: Option<i64>,
    currency: String,
    metadata: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
pub struct Refund {
    id: String,
    status: Option<String>,
    failure_reason: Option<String>,
    amount: i64,
    currency: String,
    payment_intent: Option<Reference>,
    metadata: Option<Metadata>,
}

/// A page of them.
#[derive(Debug, Deserialize)]
pub struct Refunds {
    data: Vec<Refund>,
}

#[derive(Debug, Deserialize)]
struct Dispute {
    amount: i64,
    currency: String,
    status: String,
    payment_intent: Option<Reference>,
}

#[derive(Debug, Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: EventData,
}

#[derive(Debug, Deserialize)]
struct EventData {
    object: serde_json::Value,
}

/// `{"error": {…}}`
#[derive(Debug, Deserialize)]
pub struct Failure {
    pub error: ErrorBody,
}

#[derive(Debug, Default, Deserialize)]
pub struct ErrorBody {
    #[serde(default)]
    pub code: Option<String>,
    #[serde(default)]
    pub message: Option<String>,
    #[serde(default)]
    pub param: Option<String>,
}

impl Reference {
    fn id(&self) -> &str {
        match self {
            Self::Name(id) | Self::Object { id, .. } => id,
        }
    }

    fn status(&self) -> Option<&str> {
        match self {
            Self::Name(_) => None,
            Self::Object { status, .. } => status.as_deref(),
        }
    }
}

impl Metadata {
    fn payment(&self) -> Option<PaymentId> {
        self.payment.as_ref()?.parse().ok()
    }

    fn refund(&self) -> Option<RefundId> {
        self.refund.as_ref()?.parse().ok()
    }
}

impl Session {
    /// `None` for a session that says it is paid and not how much, or in a way that we do not know.
    pub fn standing(&self) -> Option<Standing> {
        match self.payment_status.as_deref()? {
            // Stripe says of both that what was bought is to be handed over. Where a discount made there left another
            // amount, or none, the order's total decides.
            "paid" | "no_payment_required" => Some(Standing::Captured {
                capture: self
                    .payment_intent
                    .as_ref()
                    .map(|intent| intent.id().to_owned())
                    .unwrap_or_default(),
                amount: self.amount()?,
            }),
            "unpaid" => Some(match self.status.as_deref()? {
                "open" => Standing::Open,
                // The payer is done and their bank is not: money that takes days, or that never comes.
                "complete" if !self.has_failed() => Standing::Open,
                _ => Standing::Ended,
            }),
            _ => None,
        }
    }

    fn amount(&self) -> Option<Money> {
        amount::from_stripe(self.amount_total?, self.currency.as_deref()?)
    }

    /// A session that is complete is not paid a second time when its payment fails.
    fn has_failed(&self) -> bool {
        let status = self.payment_intent.as_ref().and_then(Reference::status);
        matches!(status, Some("requires_payment_method" | "canceled"))
    }

    fn which(&self) -> Which {
        let referred = || self.client_reference_id.as_ref()?.parse().ok();
        Which {
            reference: Some(self.id.clone()),
            payment: self
                .metadata
                .as_ref()
                .and_then(Metadata::payment)
                .or_else(referred),
        }
    }
}

impl Refunds {
    pub fn find(self, id: RefundId) -> Option<Refund> {
        let is_it = |refund: &Refund| refund.ours() == Some(id);
        self.data.into_iter().find(is_it)
    }
}

impl Refund {
    fn ours(&self) -> Option<RefundId> {
        self.metadata.as_ref()?.refund()
    }

    pub fn paid_back(&self) -> PaidBack {
        let reference = self.id.clone();
        match self.status.as_deref() {
            Some("succeeded") => PaidBack::Done { reference },
            Some("failed" | "canceled") => PaidBack::Refused {
                why: self.failure_reason.clone().unwrap_or_default(),
            },
            // `pending` and `requires_action`, and what is invented after this was written.
            _ => PaidBack::Pending { reference },
        }
    }

    fn news(self) -> Option<News> {
        let done = match self.paid_back() {
            PaidBack::Done { .. } => true,
            PaidBack::Refused { .. } => false,
            PaidBack::Pending { .. } => return Some(News::Other),
        };
        Some(News::Refund {
            refund: self.ours(),
            capture: self.payment_intent.map(|intent| intent.id().to_owned()),
            amount: amount::from_stripe(self.amount, &self.currency)?,
            reference: self.id,
            done,
        })
    }
}

/// Whose id it is, whatever else it says.
#[derive(Debug, Deserialize)]
struct Named {
    id: String,
}

pub fn id(body: &[u8]) -> Result<String, BadNotice> {
    let event: Named = serde_json::from_slice(body).map_err(|_| BadNotice::Content)?;
    Ok(event.id)
}

/// What an event says. Those that we did not subscribe to say nothing.
pub fn read(body: &[u8]) -> Result<Notice, BadNotice> {
    let event: Event = serde_json::from_slice(body).map_err(|_| BadNotice::Content)?;
    let news = news(&event.kind, event.data.object).ok_or(BadNotice::Content)?;
    Ok(Notice {
        event: event.id,
        news,
    })
}

fn news(kind: &str, object: serde_json::Value) -> Option<News> {
    match kind {
        "checkout.session.completed"
        | "checkout.session.async_payment_succeeded"
        | "checkout.session.expired" => {
            let session: Session = serde_json::from_value(object).ok()?;
            let which = session.which();
            if which.payment.is_none() {
                return Some(News::Other);
            }
            Some(News::Payment {
                which,
                standing: session.standing()?,
            })
        }
        // The money that was to take days does not come, and the session takes no other.
        "checkout.session.async_payment_failed" => {
            let session: Session = serde_json::from_value(object).ok()?;
            Some(News::Payment {
                which: session.which(),
                standing: Standing::Ended,
            })
        }
        "payment_intent.succeeded" => intent(object, |intent| {
            let received = intent.amount_received.unwrap_or(intent.amount);
            Some(Standing::Captured {
                amount: amount::from_stripe(received, &intent.currency)?,
                capture: intent.id.clone(),
            })
        }),
        "payment_intent.payment_failed" => {
            let intent: Intent = serde_json::from_value(object).ok()?;
            Some(match ours(&intent) {
                Some(which) => News::Declined { which },
                None => News::Other,
            })
        }
        // The last is what accounts of older versions send.
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            serde_json::from_value::<Refund>(object).ok()?.news()
        }
        "charge.dispute.created" | "charge.dispute.closed" => {
            dispute(kind, &serde_json::from_value(object).ok()?)
        }
        _ => Some(News::Other),
    }
}

/// Our payments say so in their metadata; a school may take other money by the same account.
fn ours(intent: &Intent) -> Option<Which> {
    Some(Which {
        reference: None,
        payment: Some(intent.metadata.as_ref()?.payment()?),
    })
}

fn intent(
    object: serde_json::Value,
    standing: impl FnOnce(&Intent) -> Option<Standing>,
) -> Option<News> {
    let intent: Intent = serde_json::from_value(object).ok()?;
    Some(match ours(&intent) {
        Some(which) => News::Payment {
            which,
            standing: standing(&intent)?,
        },
        None => News::Other,
    })
}

fn dispute(kind: &str, dispute: &Dispute) -> Option<News> {
    let Some(capture) = &dispute.payment_intent else {
        return Some(News::Other);
    };
    let capture = capture.id().to_owned();
    Some(if kind == "charge.dispute.closed" {
        News::DisputeClosed {
            capture,
            won: match dispute.status.as_str() {
                "lost" => false,
                // An inquiry that ends without a dispute takes no money.
                "won" | "warning_closed" | "prevented" => true,
                // What is invented after this was written shuts no course.
                _ => return None,
            },
        }
    } else {
        News::DisputeOpened {
            capture,
            amount: amount::from_stripe(dispute.amount, &dispute.currency)?,
        }
    })
}
