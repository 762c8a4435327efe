//! Forms of blocks.

use leptos::prelude::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    error::AppError,
    t,
    ui::error_text,
    visit::{PostedForm, Visit},
};

/// Where a block stands, and who looks.
#[derive(Clone)]
pub struct Spot {
    pub course: String,
    pub lesson: String,
    pub key: String,
    /// Of the course.
    pub language: String,
    pub enrolled: bool,
    pub staff: bool,
}

impl Spot {
    pub fn id(&self) -> String {
        element_id(&self.key)
    }

    /// The form of this block that was posted to the function, if the page is shown again for it.
    pub fn posted(&self, function: &str) -> Option<PostedForm> {
        let visit = Visit::current();
        let posted = visit.posted(function)?;
        (posted.value("activity") == Some(self.key.as_str())).then(|| posted.clone())
    }
}

pub fn element_id(key: &str) -> String {
    format!("block-{}", fragment(key))
}

/// A key as part of an element's id: ids hold no blanks, and stand in addresses.
pub fn fragment(key: &str) -> String {
    const SIGNS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');
    utf8_percent_encode(key, SIGNS).to_string()
}

/// A form of a block; `part` tells several of one block apart. What is wrong with a field is said beside it, if the
/// form has a place there, else below.
#[component]
pub fn BlockForm(
    spot: Spot,
    action: &'static str,
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] part: Option<String>,
    /// The field that says itself what is wrong with it.
    #[prop(optional, into)]
    own: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let id = spot.id();
    let posted = spot
        .posted(action)
        .filter(|form| form.value("part") == part.as_deref());
    let error = posted.and_then(|form| form.outcome.err());
    let error = error
        .filter(|error| !own.is_some_and(|own| is_of(error, own)))
        .map(|error| error_text(&error));
    view! {
        <form
            class=class
            method="post"
            action=format!("#{id}")
            data-live=format!("{id} lesson-end lesson-nav syllabus")
            data-unsent=t!("error-offline")
        >
            <input type="hidden" name="_fn" value=action/>
            <input type="hidden" name="course" value=spot.course/>
            <input type="hidden" name="lesson" value=spot.lesson/>
            <input type="hidden" name="activity" value=spot.key/>
            {part.map(|part| view! { <input type="hidden" name="part" value=part/> })}
            {children()}
            <div class="field-error" role="alert">{error}</div>
        </form>
    }
}

fn is_of(error: &AppError, field: &str) -> bool {
    matches!(error, AppError::Invalid(fields) if fields.iter().all(|error| error.field == field))
}

/// What is wrong with one field of a form that was posted.
pub fn field_error(posted: Option<&PostedForm>, field: &str) -> Option<String> {
    match posted.map(|form| &form.outcome) {
        Some(Err(AppError::Invalid(fields))) => fields
            .iter()
            .find(|error| error.field == field)
            .map(|error| t!(error.message.as_str())),
        _ => None,
    }
}
