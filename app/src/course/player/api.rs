use leptos::prelude::*;

use crate::error::AppError;

/// Keeps how a learner likes the player; of strangers in a cookie. One value at a time, or with `whole` a form in which
/// a box that is not ticked says no.
#[server]
pub async fn set_player(
    #[server(default)] speed: Option<String>,
    #[server(default)] captions: Option<String>,
    #[server(default)] transcript: Option<String>,
    #[server(default)] quality: Option<String>,
    #[server(default)] auto_next: Option<String>,
    #[server(default)] keys: Option<String>,
    #[server(default)] whole: bool,
) -> Result<(), AppError> {
    let off = || whole.then(|| "off".to_owned());
    let said = [
        ("speed", speed),
        ("captions", captions),
        ("transcript", transcript),
        ("quality", quality),
        ("auto_next", auto_next.or_else(off)),
        ("keys", keys.or_else(off)),
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
