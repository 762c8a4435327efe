//! A coupon's code that a link brings along. It is remembered for some days, so that it survives looking around,
//! joining and signing in.

use app::visit::encode;
use axum_extra::extract::CookieJar;

const NAME: &str = "coupon";
const SECONDS: u32 = 7 * 86_400;
/// Characters of what could be a code.
const MAX: usize = 40;

/// What the address says; empty: the visitor wants none.
pub fn brought(query: &[(String, String)]) -> Option<String> {
    let (_, code) = query.iter().find(|(name, _)| name == NAME)?;
    let code: String = code
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX)
        .collect();
    Some(code)
}

/// The code that holds for this visit.
pub fn code(brought: Option<&str>, jar: &CookieJar) -> Option<String> {
    let kept = || {
        let kept = jar.get(NAME)?.value();
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(&format!("{NAME}={kept}")).ok()?;
        self::brought(&pairs)
    };
    let code = match brought {
        Some(code) => Some(code.to_owned()),
        None => kept(),
    };
    code.filter(|code| !code.is_empty())
}

pub fn cookie(code: &str, secure: &str) -> String {
    let age = if code.is_empty() { 0 } else { SECONDS };
    format!(
        "{NAME}={}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}",
        encode(code)
    )
}
