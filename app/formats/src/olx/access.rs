//! Who may see a block, where that is not everybody.

use serde_json::Value;

use super::{
    context::shorten,
    json,
    policy::{Settings, is_no},
    xml::Element,
};

const STAFF: &str = "visible_to_staff_only";
const GROUPS: &str = "group_access";

/// Why a block stays shut, as its own element says it or the policy; `None` for what everyone may see. What cannot be
/// read shuts it too.
#[must_use]
pub fn why_shut(element: &Element, policy: Option<Settings<'_>>) -> Option<String> {
    if is_for_staff(element, policy) {
        return Some("its authors show it to the course's team only".to_owned());
    }
    let own = element
        .value(GROUPS)
        .map(|text| (read_groups(text), text.to_owned()));
    let set = policy
        .and_then(|policy| policy.get(GROUPS))
        .map(|value| (names_groups(value), value.to_string()));
    own.into_iter().chain(set).find_map(|(named, groups)| {
        let groups = shorten(&groups);
        match named {
            Some(false) => None,
            Some(true) => Some(format!(
                "its authors show it to some groups of learners only ({groups}), and there are no groups here"
            )),
            None => Some(format!(
                "its authors say which groups of learners may see it, but not so that it can be read ({groups})"
            )),
        }
    })
}

/// A word that is neither yes nor no counts as set.
fn is_for_staff(element: &Element, policy: Option<Settings<'_>>) -> bool {
    element.value(STAFF).is_some_and(|value| !is_no(value))
        || policy.is_some_and(|policy| policy.is_not_false(STAFF))
}

fn read_groups(text: &str) -> Option<bool> {
    json::read::<Value>(text)
        .ok()
        .as_ref()
        .and_then(names_groups)
}

/// Whether a block is for some groups only: an object has a list of them for each way in which learners are divided,
/// and an empty list is for everyone. `None` where it cannot be read.
fn names_groups(value: &Value) -> Option<bool> {
    let divisions = match value {
        Value::Object(divisions) => divisions,
        Value::Null => return Some(false),
        Value::String(text) if text.trim().is_empty() => return Some(false),
        _ => return None,
    };
    let mut lists = divisions.values().map(|list| match list {
        Value::Array(groups) => Some(!groups.is_empty()),
        Value::Null => Some(false),
        _ => None,
    });
    lists.try_fold(false, |any, named| Some(named? || any))
}
