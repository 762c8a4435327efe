//! The architecture's invariants, which no compiler checks.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
        .to_owned()
}

/// Every file below a folder with one of these endings, by its path from the workspace's root.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = root();
    let (mut found, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | "node_modules") {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let shown = path
                    .strip_prefix(&root)
                    .expect("inside")
                    .display()
                    .to_string();
                found.push((shown, fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found.sort();
    found
}

/// Lines with the word outside of comments.
fn uses(text: &str, word: &str) -> usize {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//") && line.contains(word))
        .count()
}

#[test]
fn each_crate_knows_only_what_it_may() {
    let forbidden = [
        (
            "app/domain/src",
            &[
                "sqlx",
                "leptos",
                "axum",
                "tokio",
                "Timestamp::now",
                "rand::",
                "std::fs",
                "std::env",
            ][..],
        ),
        ("app/formats/src", &["sqlx", "leptos", "axum", "tokio"]),
        ("app/backend/src", &["leptos", "axum"]),
        ("app/src", &["sqlx"]),
        ("server/src", &["sqlx"]),
        ("frontend/src", &["sqlx", "backend", "axum"]),
    ];
    for (folder, words) in forbidden {
        for (file, text) in files(folder, &[".rs"]) {
            for word in words {
                assert_eq!(uses(&text, word), 0, "{file} must not know {word}");
            }
        }
    }
}

#[test]
fn sql_stands_in_stores_and_the_database_s_kind_in_one_file() {
    for (file, text) in files("app/backend/src", &[".rs"]) {
        let is_store = file.ends_with("store.rs")
            || file.ends_with("db.rs")
            || file.ends_with("rate_limit.rs")
            || file.contains("/testing/");
        for macro_name in ["execute!(", "rows!(", "scalar!("] {
            let elsewhere = uses(&text, macro_name) > 0
                && !is_store
                && !text.contains(&format!("crate::db::{macro_name}"));
            assert!(!elsewhere, "{file}: SQL belongs in store.rs");
        }
        if !file.ends_with("db.rs") && !file.contains("/testing/") {
            assert_eq!(
                uses(&text, "Sqlite") + uses(&text, "Postgres"),
                0,
                "{file}: only db.rs knows that there are two databases"
            );
        }
    }
}

/// Learners whose money went back keep their enrolment, ended. Whoever reads enrolments says what that means to them.
#[test]
fn who_asks_about_enrolments_asks_whether_they_ended() {
    for (file, text) in files("app/backend/src", &["store.rs"]) {
        for sql in text
            .split('"')
            .filter(|sql| sql.contains("FROM enrolment") || sql.contains("JOIN enrolment"))
        {
            // Of those who completed a course, and of the lessons and films of one that is asked about for its own
            // sake.
            let whole = sql.contains("e.completed_at IS NOT NULL")
                || sql.contains("SELECT e.course_id, l.slug")
                || sql.contains("SELECT a.duration_ms, m.coverage");
            assert!(
                sql.contains("ended_at") || whole,
                "{file}: with or without those that have ended?\n{sql}"
            );
        }
    }
}

#[test]
fn there_is_one_place_for_raw_markup_and_one_for_conditions() {
    for (file, text) in files("app/src", &[".rs"]) {
        if !file.ends_with("ui/page.rs") {
            assert_eq!(uses(&text, "inner_html"), 0, "{file}: use ui::Html");
        }
        if !file.ends_with("ui/text_area.rs") {
            assert_eq!(
                uses(&text, "<textarea"),
                0,
                "{file}: leptos does not escape its content, ui::TextArea does"
            );
        }
        assert_eq!(
            uses(&text, " style="),
            0,
            "{file}: the content security policy refuses inline styles"
        );
        if !file.ends_with("src/lib.rs") {
            assert_eq!(
                uses(&text, "target_arch") + uses(&text, "cfg(feature"),
                0,
                "{file}: lib.rs has the only condition"
            );
        }
    }
}

#[test]
fn colours_come_from_the_tokens() {
    for (file, text) in files("style", &[".scss"]) {
        if file.ends_with("_tokens.scss") || file.ends_with("_print.scss") {
            continue;
        }
        let colour = text.lines().find(|line| {
            let line = line.split("//").next().unwrap_or_default();
            line.split('#').skip(1).any(|rest| {
                rest.chars().take_while(char::is_ascii_hexdigit).count() >= 3
                    && !rest.starts_with('{')
            })
        });
        assert_eq!(colour, None, "{file}");
    }
}

/// The left side of every message in a locale's file.
fn keys(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
        .collect()
}

/// Names of the values that a message is filled with.
fn arguments(text: &str) -> BTreeSet<String> {
    let text: String = text.lines().filter(|line| !line.starts_with('#')).collect();
    text.split('$')
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
                .collect()
        })
        .collect()
}

#[test]
fn every_language_says_everything() {
    for (file, english) in files("app/locales/en", &[".ftl"]) {
        for language in ["zh-Hans", "zh-Hant"] {
            let other = file.replace("locales/en", &format!("locales/{language}"));
            let text = fs::read_to_string(root().join(&other))
                .unwrap_or_else(|error| panic!("{other}: {error}"));
            assert_eq!(keys(&english), keys(&text), "{other} against {file}");
            assert_eq!(
                arguments(&english),
                arguments(&text),
                "{other} against {file}"
            );
        }
    }
}

#[test]
fn every_key_in_the_code_is_in_the_locales() {
    let known: BTreeSet<String> = files("app/locales/en", &[".ftl"])
        .iter()
        .flat_map(|(_, text)| keys(text))
        .collect();
    let mut missing = Vec::new();
    let sources = [
        files("app/src", &[".rs"]),
        files("app/backend/src", &[".rs"]),
        files("app/domain/src", &[".rs"]),
        files("server/src", &[".rs"]),
    ];
    for (file, text) in sources.into_iter().flatten() {
        // Not the end of `format!`.
        let starts = text
            .match_indices("t!(\"")
            .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric()));
        let said = starts.filter_map(|(at, start)| text[at + start.len()..].split('"').next());
        let failed = text.split('"').filter(|word| {
            word.starts_with("error-") && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        });
        for key in said.chain(failed) {
            // A prefix that the code completes ends with a dash.
            let found = if key.ends_with('-') {
                known.iter().any(|full| full.starts_with(key))
            } else {
                known.contains(key)
            };
            if !found {
                missing.push(format!("{file}: {key}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
