use std::collections::HashMap;

use domain::stage::StagePage as Stage;
use leptos::prelude::*;

use crate::error::AppError;

#[server]
pub async fn look_at_stage(course: String, section: String) -> Result<Stage, AppError> {
    let (course, section) = (
        crate::course::slug(&course)?,
        crate::course::slug(&section)?,
    );
    let backend = crate::server::backend()?;
    let mut stage = backend
        .stage_page(crate::server::viewer(), &course, &section)
        .await?;
    let visit = crate::visit::Visit::current();
    if let Some(user) = &visit.user {
        stage.zone = backend.zone(user, visit.zone.as_deref()).await?;
    }
    Ok(stage)
}

#[server]
pub async fn start_stage(course: String, section: String) -> Result<(), AppError> {
    crate::server::learner()?;
    let (course, section) = (
        crate::course::slug(&course)?,
        crate::course::slug(&section)?,
    );
    crate::server::backend()?
        .start_stage(crate::server::viewer(), &course, &section)
        .await?;
    crate::server::redirect(&format!("/courses/{course}/stages/{section}"));
    Ok(())
}

/// `answers`: place of the question on the page (from 0) to what was given for it. `blanks`: sent when the learner
/// means to leave questions out.
#[server]
pub async fn submit_stage(
    course: String,
    section: String,
    number: u32,
    #[server(default)] answers: HashMap<String, Vec<String>>,
    #[server(default)] blanks: Option<String>,
) -> Result<(), AppError> {
    crate::server::learner()?;
    let (course, section) = (
        crate::course::slug(&course)?,
        crate::course::slug(&section)?,
    );
    let handed_in = backend::stage::HandedIn {
        number,
        given: answers.into_iter().collect(),
        with_blanks: blanks.is_some(),
    };
    crate::server::backend()?
        .submit_stage(crate::server::viewer(), &course, &section, handed_in)
        .await?;
    crate::server::redirect(&format!(
        "/courses/{course}/stages/{section}?done={number}#stage-result"
    ));
    Ok(())
}

/// Staff lets a learner go on without the test.
#[server]
pub async fn open_stage(
    course: String,
    section: String,
    email: String,
    reason: String,
) -> Result<(), AppError> {
    let actor = backend::stage::Actor::staff(crate::server::viewer())?;
    let (course, section) = (
        crate::course::slug(&course)?,
        crate::course::slug(&section)?,
    );
    crate::server::backend()?
        .open_stage(actor, &email, (&course, &section), &reason)
        .await?;
    crate::server::redirect(&format!(
        "/courses/{course}/stages/{section}?notice=stage-opened"
    ));
    Ok(())
}
