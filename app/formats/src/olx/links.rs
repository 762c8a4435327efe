//! Where the references of a course lead: Open edX has a dozen ways to name a file or a unit.

use std::collections::BTreeMap;

use domain::ids::Slug;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{plan::Places, shelf::Shelf};
use crate::has_scheme;

/// What of a path may stand in a reference as it is.
const PATH: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Where a reference leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// A file of the course, by its path.
    File(String),
    Lesson(Slug),
    /// An absolute address.
    Address(String),
    /// A place on the same page, or nothing at all.
    Here,
    /// Nowhere that a learner could go, and why.
    Lost(&'static str),
}

#[derive(Debug)]
pub struct Links {
    /// Paths below `static/`, by path and by each way in which Open edX may write it.
    files: BTreeMap<String, String>,
    places: Places,
}

impl Links {
    pub fn new(shelf: &Shelf<'_>, places: Places) -> Self {
        let mut files = BTreeMap::new();
        for path in shelf.paths() {
            let Some(name) = path.strip_prefix("static/") else {
                continue;
            };
            files.insert(name.to_owned(), path.to_owned());
        }
        for path in shelf.paths() {
            let Some(name) = path.strip_prefix("static/") else {
                continue;
            };
            for other in [asset_name(name), asset_name(name).to_lowercase()] {
                files.entry(other).or_insert_with(|| path.to_owned());
            }
        }
        Self { files, places }
    }

    /// The file below `static/` that is meant by a name, which may be the name of an asset.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&str> {
        let name = name.trim_start_matches('/');
        let asset = asset_name(name);
        self.files
            .get(name)
            .or_else(|| self.files.get(&asset))
            .or_else(|| self.files.get(&asset.to_lowercase()))
            .map(String::as_str)
    }

    #[must_use]
    pub fn target(&self, reference: &str) -> Target {
        let reference = reference.trim();
        if reference.is_empty() || reference.starts_with('#') {
            return Target::Here;
        }
        let decoded = percent_decode_str(reference.split(['?', '#']).next().unwrap_or_default())
            .decode_utf8_lossy();
        let names = unit_names(&decoded);
        if !names.is_empty() {
            return match names.iter().find_map(|name| self.places.get(*name)) {
                Some(slug) => Target::Lesson(slug.clone()),
                None if has_scheme(reference) => Target::Address(reference.to_owned()),
                None => Target::Lost("it leads to a unit that is not in the course"),
            };
        }
        let asset = asset(&decoded);
        if let Some(path) = asset.and_then(|name| self.file(name)) {
            return Target::File(path.to_owned());
        }
        if let Some(rest) = reference.strip_prefix("//") {
            return Target::Address(format!("https://{rest}"));
        }
        if has_scheme(reference) {
            let scheme = reference
                .split(':')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            return match scheme.as_str() {
                "http" | "https" | "mailto" | "tel" => Target::Address(reference.to_owned()),
                "javascript" => Target::Lost("it runs a script"),
                _ => Target::Lost("it uses a protocol that browsers do not open from a lesson"),
            };
        }
        if asset.is_some() {
            return Target::Lost("the file is not in the course's static folder");
        }
        if decoded.starts_with('/') {
            return Target::Lost("it leads to a page of the Open edX site");
        }
        match self.file(decoded.trim_start_matches("./")) {
            Some(path) => Target::File(path.to_owned()),
            None => Target::Lost("it is relative to a page that is not in the course"),
        }
    }
}

/// The reference by which a text of any section names a file of the course.
#[must_use]
pub fn reference(path: &str) -> String {
    format!("/{}", utf8_percent_encode(path, &PATH))
}

/// Files that do something when a browser opens them, and so are not carried.
#[must_use]
pub fn is_active(path: &str) -> bool {
    let extension = path
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(
        extension.as_deref(),
        Some(
            "html"
                | "htm"
                | "xhtml"
                | "shtml"
                | "mht"
                | "js"
                | "mjs"
                | "css"
                | "swf"
                | "php"
                | "jar"
                | "exe"
        )
    )
}

/// Assets have their path's slashes and whatever is no letter, digit, dot, percent sign or hyphen written as `_`.
fn asset_name(name: &str) -> String {
    let mut clean = String::with_capacity(name.len());
    for c in name.chars() {
        let c = if c.is_alphanumeric() || matches!(c, '.' | '-' | '%') {
            c
        } else {
            '_'
        };
        if c != '_' || !clean.ends_with('_') {
            clean.push(c);
        }
    }
    clean
}

/// The name of the file below `static/`, where a decoded reference means one.
fn asset(reference: &str) -> Option<&str> {
    for prefix in [
        "/static/",
        "static/",
        "../static/",
        "./static/",
        "../../static/",
    ] {
        if let Some(name) = reference.strip_prefix(prefix) {
            // Some authors paste the whole address behind the prefix.
            return Some(asset(name).unwrap_or(name));
        }
    }
    if let Some((_, block)) = reference.split_once("asset-v1:") {
        return block
            .split_once("type@asset+block@")
            .or_else(|| block.split_once("type@asset+block/"))
            .map(|(_, name)| name);
    }
    let old = reference
        .split_once("/c4x/")
        .or_else(|| reference.strip_prefix("c4x://").map(|rest| ("", rest)));
    old.and_then(|(_, rest)| rest.split_once("/asset/"))
        .map(|(_, name)| name)
}

/// The `url_name` of the block that a decoded reference jumps to, and of what it is in.
fn unit_names(reference: &str) -> Vec<&str> {
    if let Some((_, name)) = reference.split_once("/jump_to_id/") {
        return name.split('/').take(1).collect();
    }
    if let Some((_, location)) = reference.split_once("/jump_to/") {
        let location = location.trim_end_matches('/');
        return location
            .rsplit_once("block@")
            .map(|(_, name)| name)
            .or_else(|| location.rsplit('/').next())
            .into_iter()
            .collect();
    }
    // …/courseware/CHAPTER/SEQUENCE/: the second is more exact.
    if let Some((before, rest)) = reference.split_once("/courseware/")
        && (before.starts_with("/course") || before.contains("/courses/"))
    {
        let mut names: Vec<&str> = rest
            .split('/')
            .filter(|name| !name.is_empty())
            .take(2)
            .collect();
        names.reverse();
        return names;
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::Source;

    fn links(folder: &tempfile::TempDir) -> Links {
        for path in [
            "static/a.png",
            "static/Brain green.png",
            "static/images/logo.PNG",
            "static/x(1).pdf",
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, "x").expect("written");
        }
        let source = Source::open(folder.path()).expect("a source");
        let shelf = Shelf::new(&source).expect("files");
        let slug = Slug::parse("one").expect("a slug");
        Links::new(&shelf, [("unit1".to_owned(), slug)].into())
    }

    #[test]
    fn every_way_to_name_a_file_finds_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let links = links(&folder);
        for (reference, path) in [
            ("/static/a.png", "static/a.png"),
            ("static/a.png?raw=1#x", "static/a.png"),
            ("../static/a.png", "static/a.png"),
            ("/static/Brain_green.png", "static/Brain green.png"),
            ("/static/Brain%20green.png", "static/Brain green.png"),
            (
                "/c4x/Org/Course/asset/Brain_green.png",
                "static/Brain green.png",
            ),
            (
                "/asset-v1:Org+Course+Run+type@asset+block@images_logo.PNG",
                "static/images/logo.PNG",
            ),
            (
                "/asset-v1%3AOrg%2BCourse%2BRun%2Btype%40asset%2Bblock%40a.png",
                "static/a.png",
            ),
            (
                "/assets/courseware/v1/0123456789abcdef/asset-v1:Org+C+R+type@asset+block/a.png",
                "static/a.png",
            ),
            (
                "/assets/courseware/v1/0123456789abcdef/asset-v1:Org+C+R+type@asset+block@a.png",
                "static/a.png",
            ),
            (
                "https://studio.example.org/c4x/Org/Course/asset/a.png",
                "static/a.png",
            ),
            ("/static/images/LOGO.png", "static/images/logo.PNG"),
            ("/static/x_1_.pdf", "static/x(1).pdf"),
            ("a.png", "static/a.png"),
        ] {
            assert_eq!(
                links.target(reference),
                Target::File(path.into()),
                "{reference}"
            );
        }
    }

    #[test]
    fn jumps_lead_to_lessons_and_the_rest_is_explained() {
        let folder = tempfile::tempdir().expect("a folder");
        let links = links(&folder);
        for reference in [
            "/jump_to_id/unit1",
            "/jump_to_id/unit1#part",
            "/courses/course-v1:O+C+R/jump_to_id/unit1",
            "/courses/course-v1:O+C+R/jump_to/block-v1:O+C+R+type@vertical+block@unit1",
            "/courses/O/C/R/jump_to/i4x://O/C/vertical/unit1",
            "https://lms.example.org/courses/O/C/R/courseware/chapter1/unit1/",
            "/course/courseware/chapter1/unit1/",
        ] {
            assert_eq!(
                links.target(reference),
                Target::Lesson(Slug::parse("one").expect("a slug")),
                "{reference}"
            );
        }
        for reference in [
            "/jump_to_id/gone",
            "/static/gone.png",
            "/courses/O/C/R/discussion/",
            "javascript:alert(1)",
            "gone.html",
        ] {
            assert!(
                matches!(links.target(reference), Target::Lost(_)),
                "{reference}"
            );
        }
        assert_eq!(
            links.target("//cdn.example.org/x.js"),
            Target::Address("https://cdn.example.org/x.js".into())
        );
        assert_eq!(
            links.target("mailto:a@b.c"),
            Target::Address("mailto:a@b.c".into())
        );
        assert_eq!(links.target("#top"), Target::Here);
    }

    #[test]
    fn references_are_written_so_that_they_are_found_again() {
        let written = reference("static/Über (1) #2.png");
        assert_eq!(written, "/static/%C3%9Cber%20%281%29%20%232.png");
        assert_eq!(
            crate::resolve("01-a", &written).as_deref(),
            Some("static/Über (1) #2.png")
        );
    }
}
