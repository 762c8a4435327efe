//! Fields that only forms of the console have. They keep what was typed, as `ui::Field` does.

use domain::console::CourseChoice;
use leptos::prelude::*;

use crate::{
    t,
    ui::field_error,
    visit::{PostedForm, Visit},
};

/// What was typed into a form that is shown again.
#[derive(Clone, Default)]
pub struct Typed(Option<PostedForm>);

impl Typed {
    pub fn of(function: &str) -> Self {
        Self(Visit::current().posted(function).cloned())
    }

    /// What stood in the field; `before` where nothing was sent.
    pub fn value(&self, name: &str, before: &str) -> String {
        match &self.0 {
            Some(form) => form.value(name).unwrap_or_default().to_owned(),
            None => before.to_owned(),
        }
    }

    fn values(&self, name: &str, before: &[String]) -> Vec<String> {
        match &self.0 {
            Some(form) => {
                let of = form.fields.iter().filter(|(field, _)| field == name);
                of.map(|(_, value)| value.clone()).collect()
            }
            None => before.to_vec(),
        }
    }

    /// Whether the form is shown again.
    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// What is wrong with a field, to stand beside it.
    pub fn wrong(&self, name: &str) -> Option<AnyView> {
        wrong(name, self)
    }

    fn error(&self, name: &str) -> Option<String> {
        field_error(self.0.as_ref(), name)
    }

    /// What the function answered, where it did.
    pub fn answer<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        let answer = self.0.as_ref()?.outcome.as_ref().ok()?;
        serde_json::from_str::<Option<T>>(answer).ok()?
    }
}

fn wrong(name: &str, typed: &Typed) -> Option<AnyView> {
    let error = typed.error(name)?;
    let id = format!("{name}-error");
    Some(view! { <p class="field-error" id=id role="alert">{error}</p> }.into_any())
}

fn described(name: &str, typed: &Typed) -> Option<String> {
    typed.error(name).map(|_| format!("{name}-error"))
}

/// One of several, from a list.
pub fn select(
    typed: &Typed,
    name: &'static str,
    label: String,
    values: Vec<(String, String)>,
    before: &str,
) -> AnyView {
    let chosen = typed.value(name, before);
    let options: Vec<_> = values
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name aria-invalid=typed.error(name).map(|_| "true") aria-describedby=described(name, typed)>{options}</select>
            {wrong(name, typed)}
        </div>
    }
    .into_any()
}

/// One of several, all of them in sight; an answer to each can stand beside it.
pub fn radios(
    typed: &Typed,
    name: &'static str,
    legend: String,
    values: Vec<(&'static str, String)>,
    before: &str,
) -> AnyView {
    let chosen = typed.value(name, before);
    let values: Vec<_> = values
        .into_iter()
        .map(|(value, label)| {
            view! {
                <label class="choice">
                    <input type="radio" name=name value=value checked={value == chosen}/>
                    <span>{label}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="choices">
            <legend>{legend}</legend>
            <div class="choice-row">{values}</div>
        </fieldset>
    }
    .into_any()
}

/// Yes or no.
pub fn check(typed: &Typed, name: &'static str, label: String, before: &str) -> AnyView {
    let checked = !typed.value(name, before).is_empty();
    view! {
        <label class="choice">
            <input type="checkbox" name=name value="1" checked=checked/>
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// Courses to tick.
pub fn courses(
    typed: &Typed,
    legend: String,
    choices: &[CourseChoice],
    before: &[String],
) -> AnyView {
    let chosen = typed.values("courses[]", before);
    let shown = choices
        .iter()
        .filter(|course| course.price.is_some() || chosen.contains(&course.slug.to_string()))
        .map(|course| (course.slug.to_string(), course.title.clone()));
    // Named before, and not published now: not to be lost when something else is changed.
    let others = before
        .iter()
        .filter(|slug| !choices.iter().any(|course| course.slug.as_str() == **slug))
        .map(|slug| (slug.clone(), slug.clone()));
    let boxes: Vec<_> = shown
        .chain(others)
        .map(|(slug, title)| {
            let checked = chosen.contains(&slug);
            view! {
                <label class="choice">
                    <input type="checkbox" name="courses[]" value=slug checked=checked/>
                    <span>{title}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="choices" aria-describedby=described("courses", typed)>
            <legend>{legend}</legend>
            <div class="console-courses">{boxes}</div>
            {wrong("courses", typed)}
        </fieldset>
    }
    .into_any()
}

/// Day and time where the school is.
pub fn moment(typed: &Typed, name: &'static str, label: String, before: &str) -> AnyView {
    let value = typed.value(name, before);
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                type="datetime-local"
                name=name
                value=value
                aria-invalid=typed.error(name).map(|_| "true")
                aria-describedby=described(name, typed)
            />
            {wrong(name, typed)}
        </div>
    }
    .into_any()
}

/// The currencies of the courses, the most frequent first.
pub fn currencies(choices: &[CourseChoice], before: &str) -> Vec<(String, String)> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for price in choices.iter().filter_map(|course| course.price) {
        let code = price.currency.code();
        match counted.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => counted.push((code, 1)),
        }
    }
    counted.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let mut codes: Vec<&str> = counted.into_iter().map(|(code, _)| code).collect();
    if !before.is_empty() && !codes.contains(&before) {
        codes.push(before);
    }
    codes
        .into_iter()
        .map(|code| (code.to_owned(), code.to_owned()))
        .collect()
}

/// How a price is lowered: the kind, and the numbers of each.
pub fn off(typed: &Typed, form: &domain::console::RuleForm, choices: &[CourseChoice]) -> AnyView {
    use crate::ui::Field;
    let kinds =
        ["percent", "amount", "to"].map(|kind| (kind, t!(format!("console-off-{kind}").as_str())));
    let known = currencies(choices, &form.currency);
    let kind = Some(form.off.as_str())
        .filter(|off| !off.is_empty())
        .unwrap_or("percent");
    view! {
        {radios(typed, "off", t!("console-off"), kinds.to_vec(), kind)}
        <div class="console-pair">
            <Field name="percent" label=t!("console-percent") value=form.percent.clone() max=3 optional=true/>
            <Field name="cap" label=t!("console-cap") value=form.cap.clone() max=20 optional=true/>
            <Field name="amount" label=t!("console-amount-off") value=form.amount.clone() max=20 optional=true/>
            <Field name="to" label=t!("console-new-price") value=form.to.clone() max=20 optional=true/>
            {select(typed, "currency", t!("console-currency"), known, &form.currency)}
        </div>
    }
    .into_any()
}

/// Which courses it is about.
pub fn scope(typed: &Typed, form: &domain::console::RuleForm, choices: &[CourseChoice]) -> AnyView {
    let kinds = ["all", "these", "all-but"]
        .map(|kind| (kind, t!(format!("console-scope-{kind}").as_str())));
    let chosen = Some(form.scope.as_str())
        .filter(|scope| !scope.is_empty())
        .unwrap_or("all");
    view! {
        {radios(typed, "scope", t!("console-scope"), kinds.to_vec(), chosen)}
        {courses(typed, t!("console-courses"), choices, &form.courses)}
    }
    .into_any()
}

/// From when until when.
pub fn window(typed: &Typed, form: &domain::console::RuleForm, zone: &str) -> AnyView {
    let in_zone = |key: &str| format!("{} ({})", t!(key), zone.replace('_', " "));
    view! {
        <div class="console-pair console-moments">
            {moment(typed, "starts", in_zone("console-starts"), &form.starts)}
            {moment(typed, "ends", in_zone("console-ends-at"), &form.ends)}
        </div>
    }
    .into_any()
}
