use domain::checkout::agreement::Agreement;
use leptos::prelude::*;

use crate::error::AppError;

/// `version` empty: the latest. Everybody may read it.
#[server]
pub async fn fetch_agreement(version: String) -> Result<Agreement, AppError> {
    let version = match version.as_str() {
        "" => None,
        number => Some(number.parse().map_err(|_| AppError::NotFound)?),
    };
    let language = crate::visit::locale().tag();
    Ok(crate::server::backend()?
        .agreement(version, language)
        .await?)
}
