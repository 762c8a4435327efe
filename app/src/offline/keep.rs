use domain::{
    lesson::CourseCard,
    offline::{KeepList, Size},
};
use leptos::prelude::*;

use crate::{
    error::AppError,
    t,
    ui::{Icon, IconName},
};

#[server]
pub async fn course_to_keep(course: String) -> Result<KeepList, AppError> {
    let course = crate::course::slug(&course)?;
    Ok(crate::server::backend()?
        .keep_list(crate::server::viewer(), &course)
        .await?)
}

/// Keeps a course on the device. Hidden until the browser turns out to be able to; every state is in it, and the
/// element's `data-state` says which one is shown.
#[component]
pub fn KeepPanel(list: KeepList) -> impl IntoView {
    let sizes = [(Size::Small, "small"), (Size::Full, "full")].map(|(size, name)| {
        let bytes = list.bytes(size);
        let label = t!(format!("keep-quality-{name}").as_str(), "size" => megabytes(bytes));
        view! {
            <label class="choice">
                <input type="radio" name="keep-quality" value=name data-bytes=bytes.to_string() checked=name == "full"/>
                {label}
            </label>
        }
    });
    let one_size =
        (!list.has_sizes()).then(|| t!("keep-size", "size" => megabytes(list.bytes(Size::Full))));
    let choice = match one_size {
        Some(text) => view! { <p class="keep-size">{text}</p> }.into_any(),
        None => view! {
            <fieldset class="choices keep-choice">
                <legend>{t!("keep-quality")}</legend>
                {sizes.collect_view()}
            </fieldset>
        }
        .into_any(),
    };
    let pattern = t!("keep-progress", "done" => "{done}", "total" => "{total}");
    view! {
        <section class="keep" id="keep" aria-labelledby="keep-title" data-course=list.course data-version=list.version data-state="none" hidden=true>
            <h2 class="keep-title" id="keep-title"><Icon name=IconName::Smartphone/>{t!("keep-title")}</h2>
            <div class="keep-ask">
                <p>{t!("keep-text")}</p>
                {choice}
            </div>
            <div class="keep-going">
                <progress class="keep-bar" max="100" value="0" aria-label=t!("keep-title")></progress>
                <p class="keep-progress" data-pattern=pattern></p>
            </div>
            <div class="keep-says" aria-live="polite">
                <p class="keep-says-kept">{t!("keep-kept", "size" => view_size())}</p>
                <p class="keep-says-outdated">{t!("keep-outdated")}</p>
                <p class="keep-says-broken">{t!("keep-broken")}</p>
                <p class="keep-says-full">{t!("keep-full")}</p>
                <p class="keep-says-failed">{t!("keep-failed")}</p>
            </div>
            <p class="actions keep-acts">
                <button class="button" type="button" data-keep="keep" data-when="none failed full">{t!("keep-start")}</button>
                <button class="button" type="button" data-keep="keep" data-when="outdated">{t!("keep-update")}</button>
                <button class="button" type="button" data-keep="keep" data-when="broken">{t!("keep-resume")}</button>
                <button class="button button-quiet" type="button" data-keep="drop" data-when="keeping broken">{t!("keep-cancel")}</button>
                <button class="button button-quiet" type="button" data-keep="drop" data-when="kept outdated full failed">{t!("keep-remove")}</button>
            </p>
        </section>
    }
}

/// Filled in by the page's script: the device alone knows what it has.
fn view_size() -> &'static str {
    "{size}"
}

/// As `public/offline.js` writes it too.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    if tenths >= 100 {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Those of the learner's courses that this device keeps; each is hidden until it turns out to be there.
#[component]
pub fn KeptCourses(courses: Vec<CourseCard>) -> impl IntoView {
    let items: Vec<_> = courses
        .into_iter()
        .map(|card| {
            view! {
                <li data-kept=card.slug.to_string() hidden=true>
                    <a href=format!("/courses/{}#keep", card.slug) lang=card.language>{card.title}</a>
                    " "
                    <span class="kept-state" data-when="kept outdated">{t!("kept-state", "size" => view_size())}</span>
                    <span class="kept-state" data-when="keeping">{t!("kept-state-keeping")}</span>
                    <span class="kept-state" data-when="broken full failed">{t!("kept-state-broken")}</span>
                </li>
            }
        })
        .collect();
    view! {
        <section class="page-section kept" id="kept" aria-labelledby="kept-title" hidden=true>
            <h2 id="kept-title">{t!("kept-title")}</h2>
            <ul class="kept-list">{items}</ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::megabytes;

    #[test]
    fn sizes_are_rounded_up_and_short() {
        for (bytes, text) in [
            (0, "0.0"),
            (1, "0.1"),
            (1_900_000, "1.9"),
            (9_950_000, "10"),
            (48_123_456, "48"),
        ] {
            assert_eq!(megabytes(bytes), text);
        }
    }
}
