//! What the catalogue shows of a course, from its root, its policy and its about pages.

use domain::course::Instructor;
use serde_json::Value;

use super::{
    context::Context,
    dom, entities, json,
    overview::{self, Overview},
    policy::Policy,
    transcript,
    xml::Element,
};

/// Longer, a summary is a description.
const MAX_SUMMARY: usize = 160;

#[derive(Debug)]
pub struct About {
    pub summary: String,
    /// HTML.
    pub overview: String,
    pub language: String,
    pub outcomes: Vec<String>,
    pub prerequisites: Vec<String>,
    pub instructors: Vec<Instructor>,
}

/// A setting of the course's root, or of its policy.
#[must_use]
pub fn setting(root: &Element, policy: &Policy, name: &str) -> Option<Value> {
    let own = root
        .value(name)
        .map(|value| json::read(value).unwrap_or_else(|_| Value::String(value.to_owned())));
    own.or_else(|| policy.of_course()?.get(name).cloned())
}

/// The display name of the course, whichever way it is written.
#[must_use]
pub fn title(root: &Element, policy: &Policy) -> Option<String> {
    let written = root
        .value("display_name")
        .or_else(|| policy.of_course()?.text("display_name"));
    written
        .or_else(|| root.value("name"))
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
}

pub fn read(
    context: &mut Context<'_>,
    root: &Element,
    policy: &Policy,
    run: &str,
    title: &str,
) -> About {
    context.begin(title);
    let page = page(context, run, "overview");
    let Overview {
        html,
        first_sentence,
        mut outcomes,
        prerequisites,
        mut instructors,
    } = match page {
        Some((path, content)) => overview::read(context, &path, &content),
        None => Overview::default(),
    };
    let listed = setting(root, policy, "learning_info")
        .as_ref()
        .map(texts)
        .unwrap_or_default();
    if !listed.is_empty() {
        outcomes = listed;
    }
    let known = setting(root, policy, "instructor_info")
        .map(|info| people(&info))
        .unwrap_or_default();
    if !known.is_empty() {
        instructors = known;
    }
    let described = page_text(context, run, "short_description");
    let summary = described
        .or(first_sentence)
        .unwrap_or_else(|| title.to_owned());
    let language = match setting(root, policy, "language")
        .as_ref()
        .and_then(Value::as_str)
        .filter(|language| !language.is_empty())
    {
        Some(language) => transcript::language_tag(language),
        None if title.chars().chain(summary.chars()).any(is_han) => "zh-Hans".to_owned(),
        None => "en".to_owned(),
    };
    About {
        summary: shorten(&summary),
        overview: html,
        language,
        outcomes,
        prerequisites,
        instructors,
    }
}

/// A part of the about page: `about/PART.html`, or of an old course with several runs.
fn page(context: &mut Context<'_>, run: &str, part: &str) -> Option<(String, String)> {
    let paths = [
        format!("about/{part}.html"),
        format!("about/{run}/{part}.html"),
    ];
    let path = paths.into_iter().find(|path| context.shelf.has(path))?;
    let content =
        context
            .shelf
            .read_or_note(&path, "part of the about page", &mut context.record)?;
    Some((path, content))
}

fn page_text(context: &mut Context<'_>, run: &str, part: &str) -> Option<String> {
    let (path, content) = page(context, run, part)?;
    Some(dom::visible_text(&dom::parse(&path, &content))).filter(|text| !text.is_empty())
}

fn texts(list: &Value) -> Vec<String> {
    let all = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    all.map(|text| entities::unescape(text.trim()).into_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

fn people(info: &Value) -> Vec<Instructor> {
    let listed = info
        .get("instructors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let person = |person: &Value| {
        let text = |name: &str| {
            person
                .get(name)
                .and_then(Value::as_str)
                .map(str::trim)
                .unwrap_or_default()
        };
        let credentials = [text("title"), text("organization")]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let bio = dom::visible_text(&dom::parse("", text("bio")));
        (!text("name").is_empty()).then(|| Instructor {
            name: text("name").to_owned(),
            credentials,
            bio,
        })
    };
    listed.filter_map(person).collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// One sentence if it fits, otherwise as many words as fit.
#[must_use]
pub fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MAX_SUMMARY {
        return text;
    }
    let room: String = text.chars().take(MAX_SUMMARY).collect();
    let ends = |&(at, c): &(usize, char)| {
        matches!(c, '。' | '！' | '？')
            || (matches!(c, '.' | '!' | '?') && room[at + 1..].starts_with(' '))
    };
    let sentence = room.char_indices().rfind(ends);
    if let Some((at, c)) = sentence {
        return room[..at + c.len_utf8()].to_owned();
    }
    let room: String = room.chars().take(MAX_SUMMARY - 1).collect();
    let cut = room.rfind(' ').unwrap_or(room.len());
    format!("{}…", room[..cut].trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_end_where_sentences_do() {
        assert_eq!(shorten(" a  b "), "a b");
        let long = format!("One sentence. {}", "word ".repeat(50));
        assert_eq!(shorten(&long), "One sentence.");
        let endless = shorten(&"word ".repeat(50));
        assert!(
            endless.ends_with("word…") && endless.chars().count() <= MAX_SUMMARY,
            "{endless}"
        );
        assert!(shorten(&"学".repeat(200)).chars().count() <= MAX_SUMMARY);
    }

    #[test]
    fn people_need_a_name() {
        let info = serde_json::json!({"instructors": [{"name": "Ada", "title": "Professor", "organization": "X", "bio": "<p>Writes.</p>"}, {"name": ""}]});
        assert_eq!(
            people(&info),
            [Instructor {
                name: "Ada".into(),
                credentials: "Professor, X".into(),
                bio: "Writes.".into()
            }]
        );
        assert!(people(&serde_json::json!([])).is_empty());
    }
}
