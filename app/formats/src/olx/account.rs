//! What became of the files that no lesson uses: each is named, with the reason.

use super::{
    links,
    shelf::{Record, Shelf},
};

/// Notes every file that was neither carried nor read nor noted.
pub fn rest(shelf: &Shelf<'_>, course_image: Option<&str>, record: &mut Record) {
    let left: Vec<&str> = shelf
        .paths()
        .filter(|path| !record.has_seen(path))
        .collect();
    for path in left {
        let (what, why) = reason(path, course_image);
        record.left_out(path, what, why);
    }
}

fn reason<'a>(path: &str, course_image: Option<&str>) -> (&'a str, &'a str) {
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    match folder {
        "static"
            if course_image
                .is_some_and(|image| image.replace('_', " ") == name.replace('_', " ")) =>
        {
            ("picture", "courses have no picture on their card")
        }
        "static" if links::is_active(name) => (
            "page, script or style sheet",
            "pages and scripts of a course do not run in the portal",
        ),
        "static" if name.ends_with(".sjson") || name.ends_with(".srt") => {
            ("captions", "no video that was carried uses them")
        }
        "static" => ("file", "nothing that was carried refers to it"),
        "drafts" => ("draft", "it was never published"),
        "policies" if name == "assets.json" => (
            "list of files",
            "it describes the files of the static folder and nothing else",
        ),
        "policies" if name.ends_with("grading_policy.json") => {
            ("grading rules", "quizzes here are passed one by one")
        }
        "policies" => (
            "policy",
            "it belongs to another run of the course, or holds no settings that apply here",
        ),
        "about" => (
            "part of the about page",
            "the course page shows the overview and the short description",
        ),
        "info" => ("news or handouts", "a course here has no news page"),
        "tabs" => ("page", "a course here has no pages beside its lessons"),
        "wiki" => ("wiki", "a course here has no wiki"),
        "textbooks" => (
            "textbook",
            "a course here has no textbooks beside its lessons",
        ),
        "assets" => (
            "list of files",
            "it describes files of the site and nothing else",
        ),
        "chapter" | "sequential" | "vertical" | "html" | "problem" | "video" | "course" => {
            (folder_name(folder), "nothing that was carried refers to it")
        }
        "" => ("file", "it is not part of a course's content"),
        _ if path.ends_with(".xml") => (
            "component",
            "nothing that was carried refers to it, or it has no counterpart here",
        ),
        _ => ("file", "it is not part of a course's content"),
    }
}

fn folder_name<'a>(folder: &str) -> &'a str {
    match folder {
        "chapter" => "section",
        "sequential" => "subsection",
        "vertical" => "unit",
        "html" => "text",
        "problem" => "problem",
        "video" => "video",
        _ => "course",
    }
}
