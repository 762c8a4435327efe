use domain::{Timestamp, ids::SessionId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// A signed-in browser, as its owner sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedInBrowser {
    pub id: SessionId,
    pub user_agent: String,
    pub since: Timestamp,
    pub last_used: Timestamp,
    pub this: bool,
}

#[server]
pub async fn join(
    name: String,
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let client = crate::server::client()?;
    let language = Some(crate::visit::locale().tag().to_owned());
    let request = backend::account::Join {
        name,
        email,
        password,
        language,
    };
    let signed_in = crate::server::backend()?
        .join(request, &client.visitor)
        .await?;
    crate::server::set_session(signed_in.token.as_str());
    crate::server::note_zone(&signed_in.user).await;
    let front = if signed_in.joined {
        "/?notice=joined"
    } else {
        "/"
    };
    crate::server::redirect(crate::visit::safe_next(&next).unwrap_or(front));
    Ok(())
}

#[server]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let client = crate::server::client()?;
    let signed_in = crate::server::backend()?
        .sign_in(&email, &password, &client.visitor)
        .await?;
    crate::server::set_session(signed_in.token.as_str());
    crate::server::note_zone(&signed_in.user).await;
    crate::server::redirect(crate::visit::safe_next(&next).unwrap_or("/"));
    Ok(())
}

#[server]
pub async fn sign_out() -> Result<(), AppError> {
    if let Some(session) = crate::server::client()?.visitor.session {
        crate::server::backend()?.sign_out(session).await?;
    }
    crate::server::set_session("");
    crate::server::redirect("/?notice=signed-out");
    Ok(())
}

#[server]
pub async fn request_reset(email: String) -> Result<(), AppError> {
    let client = crate::server::client()?;
    crate::server::backend()?
        .request_reset(&email, &client.visitor)
        .await?;
    crate::server::redirect("/forgot-password?sent=1");
    Ok(())
}

#[server]
pub async fn reset_password(token: String, password: String) -> Result<(), AppError> {
    let client = crate::server::client()?;
    let signed_in = crate::server::backend()?
        .reset_password(&token, &password, &client.visitor)
        .await?;
    crate::server::set_session(signed_in.token.as_str());
    crate::server::redirect("/account?notice=password-changed");
    Ok(())
}

#[server]
pub async fn confirm_email(token: String) -> Result<(), AppError> {
    crate::server::backend()?.confirm_email(&token).await?;
    crate::server::redirect("/?notice=email-confirmed");
    Ok(())
}

#[server]
pub async fn request_confirmation() -> Result<(), AppError> {
    let user = crate::server::learner()?;
    crate::server::backend()?
        .request_confirmation(user.id)
        .await?;
    crate::server::redirect("/account?notice=confirmation-sent");
    Ok(())
}

#[server]
pub async fn change_name(name: String) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    crate::server::backend()?
        .change_name(user.id, &name)
        .await?;
    crate::server::redirect("/account?notice=saved");
    Ok(())
}

#[server]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    let session = crate::server::session()?;
    crate::server::backend()?
        .change_password(user.id, session, &current, &new)
        .await?;
    crate::server::redirect("/account?notice=password-changed");
    Ok(())
}

#[server]
pub async fn signed_in_browsers() -> Result<Vec<SignedInBrowser>, AppError> {
    let user = crate::server::learner()?;
    let this = crate::server::session()?;
    let sessions = crate::server::backend()?.sessions(user.id).await?;
    Ok(sessions
        .into_iter()
        .map(|session| SignedInBrowser {
            id: session.id,
            user_agent: session.user_agent,
            since: session.created_at,
            last_used: session.last_seen_at,
            this: session.id == this,
        })
        .collect())
}

#[server]
pub async fn revoke_session(session: SessionId) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    crate::server::backend()?
        .revoke_session(user.id, session)
        .await?;
    crate::server::redirect("/account?notice=signed-out-there");
    Ok(())
}

#[server]
pub async fn revoke_other_sessions() -> Result<(), AppError> {
    let user = crate::server::learner()?;
    crate::server::backend()?
        .revoke_other_sessions(user.id, crate::server::session()?)
        .await?;
    crate::server::redirect("/account?notice=signed-out-there");
    Ok(())
}

/// Each argument may be absent: a form sends what was chosen in it. Unknown values are refused.
#[server]
pub async fn set_preferences(
    #[server(default)] lang: Option<String>,
    #[server(default)] theme: Option<String>,
    #[server(default)] text: Option<String>,
    #[server(default)] motion: Option<String>,
) -> Result<(), AppError> {
    use crate::{i18n::Locale, visit::Appearance};
    let known = |value: &str, values: &[&str]| value == "system" || values.contains(&value);
    for (name, value, values) in [
        ("theme", theme, &Appearance::THEMES[..]),
        ("text", text, &Appearance::TEXT_SIZES[..]),
        ("motion", motion, &Appearance::MOTION[..]),
    ] {
        let Some(value) = value else { continue };
        if !known(&value, values) {
            return Err(AppError::Invalid(vec![domain::form::FieldError::new(
                name,
                "error-choice",
            )]));
        }
        crate::server::set_preference(name, if value == "system" { "" } else { &value });
    }
    if let Some(lang) = lang {
        let locale = Locale::from_tag(&lang).ok_or_else(|| {
            AppError::Invalid(vec![domain::form::FieldError::new("lang", "error-choice")])
        })?;
        crate::server::set_preference("lang", locale.tag());
        if let Ok(user) = crate::server::learner() {
            crate::server::backend()?
                .change_language(user.id, Some(locale.tag()))
                .await?;
        }
    }
    Ok(())
}
