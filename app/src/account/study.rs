//! How a learner's days are counted: time zone, days of rest, and whether there is a streak.

use domain::study::Settings;
use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    t,
    ui::{Form, FormError, Submit, field_error},
    visit::{PostedForm, Visit},
};

/// What holds now, and what can be chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StudySettings {
    pub settings: Settings,
    pub zone: String,
    /// Names, and minutes that they are ahead of UTC.
    pub zones: Vec<(String, i32)>,
}

#[server]
pub async fn study_choices() -> Result<StudySettings, AppError> {
    let user = crate::server::learner()?;
    let zone = Visit::current().zone;
    let reach = backend::study::Reach::Weeks(1);
    let backend = crate::server::backend()?;
    let record = backend.record(&user, zone.as_deref(), reach).await?;
    let zones = backend::study::zone_choices(backend.clock.now());
    Ok(StudySettings {
        settings: record.settings,
        zone: record.zone,
        zones: zones
            .into_iter()
            .map(|zone| (zone.name.to_owned(), zone.ahead))
            .collect(),
    })
}

/// `rest`: 1 (Monday) to 7.
#[server]
pub async fn set_study(
    time_zone: String,
    #[server(default)] rest: Vec<u8>,
    #[server(default)] streak: Option<String>,
) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    let chosen = backend::study::SetStudy {
        time_zone,
        rest,
        streak: streak.is_some(),
    };
    crate::server::backend()?.set_study(user.id, chosen).await?;
    crate::server::redirect("/account?notice=saved#learning");
    Ok(())
}

#[component]
pub fn StudyForm(study: StudySettings) -> impl IntoView {
    view! {
        <Form action=SetStudy::url()>
            <FormError/>
            {zone_field(&study)}
            {rest_field(&study)}
            {streak_field(&study)}
            <Submit label=t!("save-study") class="button"/>
        </Form>
    }
}

fn posted(visit: &Visit) -> Option<&PostedForm> {
    visit.posted(SetStudy::url())
}

fn zone_field(study: &StudySettings) -> impl IntoView + use<> {
    let visit = Visit::current();
    let posted = posted(&visit);
    let chosen = posted
        .and_then(|form| form.value("time_zone"))
        .unwrap_or(&study.zone);
    let error = field_error(posted, "time_zone");
    let options: Vec<_> = study
        .zones
        .iter()
        .map(|(name, ahead)| {
            let label = format!("{} ({})", name.replace('_', " "), offset(*ahead));
            view! { <option value=name.clone() selected=name == chosen>{label}</option> }
        })
        .collect();
    let described = if error.is_some() {
        "time_zone-hint time_zone-error"
    } else {
        "time_zone-hint"
    };
    view! {
        <div class="field">
            <label for="time_zone">{t!("time-zone")}</label>
            <p class="field-hint" id="time_zone-hint">{t!("time-zone-hint")}</p>
            <select id="time_zone" name="time_zone" aria-describedby=described aria-invalid=error.is_some().then_some("true")>{options}</select>
            {error.map(|error| view! { <p class="field-error" id="time_zone-error" role="alert">{error}</p> })}
        </div>
    }
}

/// `UTC+5:45`.
fn offset(ahead: i32) -> String {
    let sign = if ahead < 0 { '-' } else { '+' };
    let (hours, minutes) = (ahead.abs() / 60, ahead.abs() % 60);
    match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

fn rest_field(study: &StudySettings) -> impl IntoView + use<> {
    let visit = Visit::current();
    let posted = posted(&visit);
    let error = field_error(posted, "rest");
    let is_checked = |weekday: u8| match posted {
        Some(form) => form
            .fields
            .iter()
            .any(|(name, value)| name == "rest[]" && *value == weekday.to_string()),
        None => study.settings.rest.has(weekday),
    };
    let days: Vec<_> = (1..=7_u8)
        .map(|weekday| {
            view! {
                <label class="choice">
                    <input type="checkbox" name="rest[]" value=weekday.to_string() checked=is_checked(weekday)/>
                    <span>{t!(format!("weekday-{weekday}").as_str())}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="choices" aria-describedby="rest-hint">
            <legend>{t!("rest-days")}</legend>
            <p class="field-hint" id="rest-hint">{t!("rest-days-hint")}</p>
            <div class="choice-row">{days}</div>
            {error.map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
        </fieldset>
    }
}

fn streak_field(study: &StudySettings) -> impl IntoView + use<> {
    let visit = Visit::current();
    let on = posted(&visit).map_or(study.settings.streak, |form| form.value("streak").is_some());
    view! {
        <fieldset class="choices">
            <legend>{t!("streak")}</legend>
            <p class="field-hint" id="streak-hint">{t!("streak-hint")}</p>
            <label class="choice">
                <input type="checkbox" name="streak" value="on" checked=on aria-describedby="streak-hint"/>
                <span>{t!("streak-show")}</span>
            </label>
        </fieldset>
    }
}
