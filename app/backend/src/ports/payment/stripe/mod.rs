//! Stripe, by Checkout Sessions: the payer types their card on Stripe's page, never on ours.
//!
//! Five calls with `reqwest` and the few fields of their answers that matter (`wire`). The bindings that are generated
//! from Stripe's whole API (`async-stripe`) took longer to compile than the rest of this crate, and take no answer
//! that lacks one of the hundreds of fields that we never look at.

mod amount;
#[cfg(test)]
mod tests;
mod wire;

use std::{sync::Arc, time::Duration};

use domain::{Timestamp, money::Money};
use http::{HeaderMap, Method, StatusCode};
use serde::de::DeserializeOwned;

use super::{BadNotice, Begin, Begun, PaidBack, PayBack, Standing, paid_url, signature};
use crate::{Error, Result};

pub use wire::read;

pub const NAME: &str = "stripe";
pub const API_BASE: &str = "https://api.stripe.com";
/// What answers look like; the webhook's endpoint is set up with the same version (README).
pub const API_VERSION: &str = "2025-09-30.clover";

/// Stripe's sessions live half an hour at least, counted from when they are made, and an order is held for half an
/// hour from when it is placed. Counted from the order's end, it is enough whenever the payer sets out, and always the
/// same for the same payment, as its key demands. What is paid after the order has ended is [`super::Gateway::end`]'s
/// business, and that of the rule for late money.
const BEYOND_HOLD: Duration = Duration::from_secs(31 * 60);
const CONNECT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(15);
/// Before the second and last try of what can be tried again.
const PAUSE: Duration = Duration::from_millis(400);
/// Characters of the name of what is bought.
const MAX_NAME: usize = 250;

/// What an operator sets.
#[derive(Clone)]
pub struct Settings {
    pub secret_key: String,
    /// Signs notices; more than one while one takes the place of another.
    pub webhook_secrets: Vec<String>,
    /// Without a slash at the end.
    pub api_base: String,
}

#[derive(Clone)]
pub struct Stripe {
    settings: Arc<Settings>,
    client: reqwest::Client,
}

impl std::fmt::Debug for Stripe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stripe(…)")
    }
}

type Fields<'a> = [(&'a str, String)];

/// What a call came to when it is not an answer.
#[derive(Debug)]
enum Failed {
    /// Nothing is known; the same may be asked again.
    Passing(String),
    /// It will be the same again: the code and what is said about it.
    Refused {
        status: StatusCode,
        error: wire::ErrorBody,
    },
    /// Not in the form that is documented.
    Strange(String),
}

impl Stripe {
    /// # Errors
    /// `Error::Setup` when this machine has no certificates to trust.
    pub fn new(settings: Settings) -> Result<Self> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(TIMEOUT)
            // An answer that leads elsewhere would take the key along.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("waymark/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Error::Setup(format!("stripe: {error}")))?;
        Ok(Self {
            settings: Arc::new(settings),
            client,
        })
    }

    /// Whether the key is one for tests, with which no money moves.
    pub(super) fn is_test(&self) -> bool {
        !self.settings.secret_key.starts_with("sk_live_")
            && !self.settings.secret_key.starts_with("rk_live_")
    }

    pub(super) fn takes(&self, amount: Money) -> bool {
        amount::to_stripe(amount).is_some()
    }

    pub(super) async fn begin(&self, begin: &Begin) -> Result<Begun> {
        let amount = amount::to_stripe(begin.amount)
            .ok_or_else(|| Error::invalid("", "error-payment-amount"))?;
        let mut fields = session(begin, amount);
        let key = begin.payment.to_string();
        let made = match self.make_session(&fields, &key).await {
            // It would only have spared the payer some typing.
            Err(Failed::Refused { error, .. }) if is_about_email(&error) => {
                fields.retain(|(name, _)| *name != "customer_email");
                self.make_session(&fields, &format!("{key}-without-email"))
                    .await
            }
            made => made,
        };
        let session = made.map_err(beginning_failed)?;
        let url = session
            .url
            .ok_or_else(|| Error::internal("stripe: a new session without an address"))?;
        Ok(Begun {
            reference: session.id,
            url,
        })
    }

    async fn make_session(&self, fields: &Fields<'_>, key: &str) -> Result<wire::Session, Failed> {
        self.call(Method::POST, "checkout/sessions", fields, Some(key))
            .await
    }

    pub(super) async fn standing(&self, reference: &str) -> Result<Standing> {
        let path = format!("checkout/sessions/{}", name(reference)?);
        let expand = [("expand[]", "payment_intent".to_owned())];
        let session: wire::Session = self
            .call(Method::GET, &path, &expand, None)
            .await
            .map_err(failed)?;
        session
            .standing()
            .ok_or_else(|| Error::internal(format!("stripe: how does {session:?} stand")))
    }

    pub(super) async fn end(&self, reference: &str) -> Result<Standing> {
        let path = format!("checkout/sessions/{}/expire", name(reference)?);
        let expired: Result<wire::Session, _> = self.call(Method::POST, &path, &[], None).await;
        match expired {
            // It was over before, one way or the other: which, only asking tells.
            Ok(_) | Err(Failed::Refused { .. }) => self.standing(reference).await,
            Err(error) => Err(failed(error)),
        }
    }

    pub(super) async fn pay_back(&self, money: &PayBack) -> Result<PaidBack> {
        let Some(amount) = amount::to_stripe(money.amount) else {
            let why = "not an amount that Stripe can pay back".to_owned();
            return Ok(PaidBack::Refused { why });
        };
        // Stripe forgets a key after a day, and answers with what it was, a failure too, until then. So each try has a
        // key of its own, and looks first whether one before came to something.
        if money.tries > 0
            && let Some(refund) = self.find_refund(money).await.map_err(failed)?
        {
            return Ok(refund.paid_back());
        }
        let fields = [
            ("payment_intent", money.capture.clone()),
            ("amount", amount.to_string()),
            ("metadata[refund]", money.refund.to_string()),
        ];
        let key = format!("{}-{}", money.refund, money.tries);
        let refund: Result<wire::Refund, _> = self
            .call(Method::POST, "refunds", &fields, Some(&key))
            .await;
        match refund {
            Ok(refund) => Ok(refund.paid_back()),
            Err(Failed::Refused {
                status: StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND,
                error,
            }) => {
                let why = error.code.or(error.message).unwrap_or_default();
                Ok(PaidBack::Refused { why })
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// The refund, if Stripe has it. A payment with more than a hundred does not happen.
    async fn find_refund(&self, money: &PayBack) -> Result<Option<wire::Refund>, Failed> {
        let of_payment = [
            ("payment_intent", money.capture.clone()),
            ("limit", "100".to_owned()),
        ];
        let listed: Result<wire::Refunds, _> =
            self.call(Method::GET, "refunds", &of_payment, None).await;
        match listed {
            Ok(refunds) => Ok(refunds.find(money.refund)),
            // It knows no such payment, which asking for the refund says again.
            Err(Failed::Refused {
                status: StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND,
                ..
            }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn paid_back(&self, reference: &str) -> Result<PaidBack> {
        let path = format!("refunds/{}", name(reference)?);
        let refund: wire::Refund = self
            .call(Method::GET, &path, &[], None)
            .await
            .map_err(failed)?;
        Ok(refund.paid_back())
    }

    pub(super) fn verify(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<String, BadNotice> {
        let header = headers
            .get("stripe-signature")
            .and_then(|header| header.to_str().ok())
            .ok_or(BadNotice::Signature)?;
        signature::check(header, &self.settings.webhook_secrets, body, now)?;
        wire::id(body)
    }

    /// One call; a second one where the first came to nothing and either asks only, or has a key that makes it happen
    /// once.
    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        fields: &Fields<'_>,
        key: Option<&str>,
    ) -> Result<T, Failed> {
        let first = self.try_call(&method, path, fields, key).await;
        let again = method == Method::GET || key.is_some();
        match first {
            Err(Failed::Passing(why)) if again => {
                tracing::warn!(path, why, "stripe: trying again");
                tokio::time::sleep(PAUSE).await;
                self.try_call(&method, path, fields, key).await
            }
            first => first,
        }
    }

    async fn try_call<T: DeserializeOwned>(
        &self,
        method: &Method,
        path: &str,
        fields: &Fields<'_>,
        key: Option<&str>,
    ) -> Result<T, Failed> {
        let url = format!("{}/v1/{path}", self.settings.api_base);
        let mut request = self
            .client
            .request(method.clone(), url)
            .bearer_auth(&self.settings.secret_key)
            .header("stripe-version", API_VERSION);
        request = if method == Method::GET {
            request.query(fields)
        } else {
            request.form(fields)
        };
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        // Without the address, which says nothing more.
        let passing = |error: reqwest::Error| Failed::Passing(error.without_url().to_string());
        let response = request.send().await.map_err(passing)?;
        let status = response.status();
        let body = response.bytes().await.map_err(passing)?;
        answer(status, &body)
    }
}

/// Takes an answer apart.
fn answer<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, Failed> {
    if status.is_success() {
        return serde_json::from_slice(body).map_err(|error| Failed::Strange(error.to_string()));
    }
    let error = serde_json::from_slice(body)
        .map(|failure: wire::Failure| failure.error)
        .unwrap_or_default();
    let code = error.code.as_deref().unwrap_or_default();
    let passing = status.is_server_error()
        || matches!(
            status,
            StatusCode::CONFLICT | StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT
        )
        // Refunds wait until there is money to give.
        || matches!(code, "lock_timeout" | "rate_limit" | "idempotency_key_in_use" | "balance_insufficient");
    if passing {
        return Err(Failed::Passing(format!("{status} {code}")));
    }
    Err(Failed::Refused { status, error })
}

/// An id of Stripe's as a part of a path; nothing else gets there.
fn name(reference: &str) -> Result<&str> {
    let fits = !reference.is_empty()
        && reference
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    fits.then_some(reference).ok_or(Error::NotFound)
}

/// What is asked for. It depends on the payment alone: the same key with other fields is refused.
fn session(begin: &Begin, amount: i64) -> Vec<(&'static str, String)> {
    let expires_at = begin.expires_at + BEYOND_HOLD;
    let description: String = begin.description.chars().take(MAX_NAME).collect();
    vec![
        ("mode", "payment".to_owned()),
        ("line_items[0][quantity]", "1".to_owned()),
        (
            "line_items[0][price_data][currency]",
            begin.amount.currency.code().to_ascii_lowercase(),
        ),
        ("line_items[0][price_data][unit_amount]", amount.to_string()),
        (
            "line_items[0][price_data][product_data][name]",
            description.clone(),
        ),
        ("client_reference_id", begin.payment.to_string()),
        ("metadata[payment]", begin.payment.to_string()),
        ("metadata[order]", begin.order.to_string()),
        // Notices about the money itself, and Stripe's own pages, know only this.
        (
            "payment_intent_data[metadata][payment]",
            begin.payment.to_string(),
        ),
        (
            "payment_intent_data[metadata][order]",
            begin.order.to_string(),
        ),
        ("payment_intent_data[description]", description),
        ("customer_email", begin.email.clone()),
        ("success_url", paid_url(&begin.return_url)),
        ("cancel_url", begin.return_url.clone()),
        ("expires_at", expires_at.as_second().to_string()),
        ("locale", locale(&begin.language).to_owned()),
    ]
}

/// The language of Stripe's page.
fn locale(tag: &str) -> &'static str {
    match tag {
        "en" => "en",
        "zh-Hans" => "zh",
        "zh-Hant" => "zh-TW",
        _ => "auto",
    }
}

fn is_about_email(error: &wire::ErrorBody) -> bool {
    error.code.as_deref() == Some("email_invalid")
        || error.param.as_deref() == Some("customer_email")
}

fn beginning_failed(error: Failed) -> Error {
    if let Failed::Refused { error, .. } = &error
        && matches!(
            error.code.as_deref(),
            Some("amount_too_small" | "amount_too_large")
        )
    {
        return Error::invalid("", "error-payment-amount");
    }
    failed(error)
}

fn failed(error: Failed) -> Error {
    match error {
        Failed::Passing(why) => Error::Busy(format!("stripe: {why}").into()),
        Failed::Refused {
            status: StatusCode::NOT_FOUND,
            ..
        } => Error::NotFound,
        Failed::Refused { status, error } => {
            Error::internal(format!("stripe refuses: {status} {error:?}"))
        }
        Failed::Strange(why) => Error::internal(format!("stripe: {why}")),
    }
}
