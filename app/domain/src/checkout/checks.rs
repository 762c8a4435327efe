//! What is wrong with the terms of a coupon or a promotion, by the fields of the forms in which they are written.

use super::{Off, Scope, Window, price::MAX_LIST};
use crate::{form::FieldError, money::Currency};

/// Courses that one rule may name.
const MAX_COURSES: usize = 200;

/// Notes what is wrong under the field's name.
pub(super) fn note(errors: &mut Vec<FieldError>, wrong: bool, field: &str, message: &str) {
    if wrong {
        errors.push(FieldError::new(field, message));
    }
}

pub(super) fn is_amount(minor: i64) -> bool {
    (1..=MAX_LIST).contains(&minor)
}

/// Fields `percent`, `cap`, `amount` and `to`.
pub(super) fn off(errors: &mut Vec<FieldError>, off: Off) {
    match off {
        Off::Percent { percent, cap } => {
            note(
                errors,
                !(1..=100).contains(&percent),
                "percent",
                "error-rule-percent",
            );
            note(
                errors,
                cap.is_some_and(|cap| !is_amount(cap)),
                "cap",
                "error-rule-amount",
            );
        }
        Off::Amount { minor } => note(errors, !is_amount(minor), "amount", "error-rule-amount"),
        Off::To { minor } => note(
            errors,
            !(0..=MAX_LIST).contains(&minor),
            "to",
            "error-rule-amount",
        ),
    }
}

/// Field `currency`: there is one where there are amounts, and only there.
pub(super) fn currency(
    errors: &mut Vec<FieldError>,
    currency: Option<Currency>,
    has_amounts: bool,
) {
    let wrong = currency.is_some() != has_amounts;
    note(errors, wrong, "currency", "error-rule-currency");
}

/// Field `ends`.
pub(super) fn window(errors: &mut Vec<FieldError>, window: Window) {
    let empty =
        matches!((window.starts, window.ends), (Some(starts), Some(ends)) if starts >= ends);
    note(errors, empty, "ends", "error-rule-ends");
}

/// Field `courses`.
pub(super) fn scope(errors: &mut Vec<FieldError>, scope: &Scope) {
    let (Scope::These(courses) | Scope::AllBut(courses)) = scope else {
        return;
    };
    let wrong = courses.is_empty() || courses.len() > MAX_COURSES;
    note(errors, wrong, "courses", "error-rule-courses");
}

/// One line of at least one character. Field `name`.
pub(super) fn name(typed: &str, most: usize) -> Result<String, FieldError> {
    let name = typed.trim();
    let fits = (1..=most).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits {
        Ok(name.to_owned())
    } else {
        Err(FieldError::new("name", "error-rule-name"))
    }
}
