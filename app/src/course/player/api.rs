use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// What a form, or the island, says of how a learner likes the player; each as `domain::player::Change` reads it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Said {
    speed: Option<String>,
    captions: Option<String>,
    transcript: Option<String>,
    beside: Option<String>,
    quality: Option<String>,
    auto_next: Option<String>,
    keys: Option<String>,
}

/// Keeps how a learner likes the player; of strangers in a cookie. One value at a time, or with `whole` a form in which
/// a box that is not ticked says no.
#[server]
pub async fn set_player(
    #[server(flatten)] said: Said,
    #[server(default)] whole: bool,
) -> Result<(), AppError> {
    let off = || whole.then(|| "off".to_owned());
    let said = [
        ("speed", said.speed),
        ("captions", said.captions),
        ("transcript", said.transcript),
        ("beside", said.beside),
        ("quality", said.quality),
        ("auto_next", said.auto_next.or_else(off)),
        ("keys", said.keys.or_else(off)),
    ];
    let pairs = said
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let change = domain::player::Change::parse(pairs)
        .map_err(|_| AppError::Invalid(vec![domain::form::FieldError::new("", "error-form")]))?;
    let visit = crate::visit::Visit::current();
    match visit.user {
        Some(user) => {
            let backend = crate::server::backend()?;
            backend.change_player(user.id, &change).await?;
        }
        None => {
            let likes = visit.preferences.with(change);
            crate::server::set_preference("player", &likes.text());
        }
    }
    Ok(())
}
