//! Who buys, and who may see an order: somebody with an account, or the browser that holds an order's key.

use backend::checkout::{Asker, BuyerKey};
use domain::ids::OrderId;

use super::{client, secure, set_cookie};
use crate::{error::AppError, visit::Visit};

/// Name of the cookie with the key of everything that this browser buys without an account.
pub const BUYER_COOKIE: &str = "waymark_buyer";
/// Name of the cookie with the key of one order, which a mailed link brought. It is sent to this order's pages only.
pub const ORDER_COOKIE: &str = "waymark_order";

/// Seconds of a year.
const YEAR: u32 = 31_536_000;

/// What the browser's cookies say; anybody may have written it.
#[derive(Clone, Default)]
pub struct Keys {
    pub buyer: Option<String>,
    pub order: Option<String>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// The key that this browser buys with; it gets one where it has none.
///
/// # Errors
/// `Internal` outside a request.
pub fn key() -> Result<BuyerKey, AppError> {
    client()?;
    if let Some(key) = held() {
        return Ok(key);
    }
    let key = BuyerKey::random();
    keep(BUYER_COOKIE, "/", &key);
    Ok(key)
}

/// The key that this browser has bought with before.
#[must_use]
pub fn held() -> Option<BuyerKey> {
    let held = client().ok()?.keys.buyer?;
    BuyerKey::parse(&held)
}

/// Takes the key of a mailed link, so that the address can go without it.
pub fn keep_order_key(order: OrderId, key: &str) {
    if let Some(key) = BuyerKey::parse(key) {
        keep(ORDER_COOKIE, &format!("/orders/{order}"), &key);
    }
}

fn keep(name: &str, path: &str, key: &BuyerKey) {
    set_cookie(&format!(
        "{name}={}; Path={path}; Max-Age={YEAR}; HttpOnly; SameSite=Lax{}",
        key.as_str(),
        secure()
    ));
}

/// As whom this visitor may ask for an order, the likeliest first.
///
/// # Errors
/// `Internal` outside a request.
pub fn askers() -> Result<Vec<Asker>, AppError> {
    let user = Visit::current().user.map(|user| Asker::User(user.id));
    let keys = client()?.keys;
    let guests = [keys.order, keys.buyer].into_iter().flatten();
    let guests = guests.map(|key| Asker::Guest { key });
    Ok(user.into_iter().chain(guests).collect())
}

/// Asks as one after the other, until an order is there for one of them.
///
/// # Errors
/// `NotFound` where it is there for none; whatever else the backend says.
pub async fn as_any<T, F>(mut ask: impl FnMut(Asker) -> F) -> Result<T, AppError>
where
    F: Future<Output = backend::Result<T>>,
{
    for asker in askers()? {
        match ask(asker).await {
            Err(backend::Error::NotFound) => {}
            other => return Ok(other?),
        }
    }
    Err(AppError::NotFound)
}
