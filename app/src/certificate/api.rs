use domain::certificate::{Certificate, Finding};
use leptos::prelude::*;

use crate::error::AppError;

/// Whoever has the code may see it.
#[server]
pub async fn fetch_certificate(code: String) -> Result<Certificate, AppError> {
    let code = domain::certificate::Code::parse(&code).map_err(|_| AppError::NotFound)?;
    Ok(crate::server::backend()?
        .certificate(crate::server::viewer(), &code)
        .await?)
}

/// Leads a learner to their certificate of a course.
#[server]
pub async fn my_certificate(course: String) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    let code = crate::server::backend()?
        .certificate_of(user.id, &crate::course::slug(&course)?)
        .await?;
    crate::server::redirect(&format!("/certificates/{code}"));
    Ok(())
}

#[server]
pub async fn check_credential(#[server(default)] credential: String) -> Result<Finding, AppError> {
    let client = crate::server::client()?;
    Ok(crate::server::backend()?
        .check_credential(
            crate::server::viewer(),
            &credential,
            &client.visitor.address,
        )
        .await?)
}
