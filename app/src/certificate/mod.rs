//! Certificates: the page that everybody can check, and the page that checks what somebody brings.

mod api;
mod page;
mod verify;

use domain::lesson::CourseProgress;
use leptos::prelude::*;

use crate::{
    t,
    ui::{Icon, IconName},
};

pub use page::{CertificatePage, MyCertificatePage};
pub use verify::VerifyPage;

/// To the certificate of a course that is finished; nothing before that.
pub fn link(course: &domain::ids::Slug, progress: &CourseProgress) -> Option<AnyView> {
    progress.completed_at?;
    let url = format!("/courses/{course}/certificate");
    let view = view! {
        <a class="certificate-link" href=url rel="nofollow"><Icon name=IconName::ShieldCheck/>{t!("certificate-see")}</a>
    };
    Some(view.into_any())
}
