//! The course as a tree of blocks, each put together from wherever its parts are written.
//!
//! An element with a `url_name` and nothing else points to `TAG/URL_NAME.xml`; any other element stands for itself.
//! Display names that are missing there may be in the policy of the course's run.

use super::{
    access,
    policy::{Policy, Settings},
    shelf::{Record, Shelf, explain},
    xml::{self, Child, Element},
};

/// Blocks within blocks. Real courses have five or six levels.
const MAX_DEPTH: usize = 16;
/// Of all kinds together; beyond it a course is taken for an attack.
const MAX_BLOCKS: usize = 50_000;

#[derive(Clone, Debug)]
pub struct Block {
    pub tag: String,
    pub url_name: Option<String>,
    /// Empty where the author gave none.
    pub title: String,
    /// Where it is written, for notes.
    pub file: String,
    /// Its definition; of those that hold blocks, only the attributes.
    pub element: Element,
    pub children: Vec<Block>,
}

impl Block {
    #[must_use]
    pub fn is(&self, tags: &[&str]) -> bool {
        tags.contains(&self.tag.as_str())
    }
}

/// Blocks that hold others.
pub const CHAPTERS: [&str; 1] = ["chapter"];
pub const SEQUENCES: [&str; 4] = ["sequential", "section", "problemset", "videosequence"];
pub const UNITS: [&str; 3] = ["vertical", "unit", "wrapper"];
/// Blocks that hold others, of which not every learner sees all.
pub const SELECTIONS: [&str; 6] = [
    "conditional",
    "split_test",
    "randomize",
    "library_content",
    "itembank",
    "legacy_library_content",
];

fn holds_blocks(tag: &str) -> bool {
    tag == "course"
        || [&CHAPTERS[..], &SEQUENCES, &UNITS, &SELECTIONS]
            .iter()
            .any(|tags| tags.contains(&tag))
}

/// Reads the tree below the root of the course.
pub struct Reader<'a> {
    pub shelf: &'a Shelf<'a>,
    pub policy: &'a Policy,
    pub record: &'a mut Record,
    /// Files that are being read, from the outermost in.
    open: Vec<String>,
    blocks: usize,
}

impl<'a> Reader<'a> {
    pub fn new(shelf: &'a Shelf<'a>, policy: &'a Policy, record: &'a mut Record) -> Self {
        Self {
            shelf,
            policy,
            record,
            open: Vec::new(),
            blocks: 0,
        }
    }

    /// The children of the course's root, whose own definition has been read.
    pub fn course(&mut self, root: Element) -> Block {
        let file = root.file.to_string();
        self.open.push(file.clone());
        let block = self.block(root, file, 0);
        self.open.pop();
        block
    }

    fn child(&mut self, element: Element, parent: &str, depth: usize) -> Option<Block> {
        self.blocks += 1;
        if depth > MAX_DEPTH || self.blocks > MAX_BLOCKS {
            self.record.left_out(
                parent,
                &format!("<{}>", element.tag),
                "the course nests or holds more blocks than any real one",
            );
            return None;
        }
        let known = self.open.len();
        let definition = self.definition(element, parent);
        let block = definition.and_then(|element| {
            let file = element.file.to_string();
            if let Some(why) = access::why_shut(&element, self.settings(&element)) {
                let title = self.title(&element);
                let name = if title.is_empty() {
                    url_name(&element).unwrap_or_default()
                } else {
                    &title
                };
                let what = format!("{} “{name}”", kind(&element.tag));
                self.record.left_out(&file, &what, &why);
                return None;
            }
            if self.says(&element, "is_entrance_exam") {
                let what = format!("entrance exam “{}”", self.title(&element));
                let why = "nothing is shut until it is passed: its content is carried as lessons, and section.toml can make a stage of its questions";
                self.record.left_out(&file, &what, why);
            }
            Some(self.block(element, file, depth))
        });
        self.open.truncate(known);
        block
    }

    fn block(&mut self, mut element: Element, file: String, depth: usize) -> Block {
        let url_name = url_name(&element).map(str::to_owned);
        let title = self.title(&element);
        let mut children = Vec::new();
        if holds_blocks(&element.tag) {
            for child in std::mem::take(&mut element.children) {
                if let Child::Element(child) = child
                    && child.tag != "show"
                {
                    children.extend(self.child(child, &file, depth + 1));
                }
            }
        }
        Block {
            tag: element.tag.clone(),
            url_name,
            title,
            file,
            element,
            children,
        }
    }

    fn title(&self, element: &Element) -> String {
        let own = element
            .value("display_name")
            .or_else(|| element.value("name"));
        let title = own.or_else(|| self.settings(element)?.text("display_name"));
        title
            .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default()
    }

    /// What the policy says of a block.
    fn settings(&self, element: &Element) -> Option<Settings<'_>> {
        self.policy.of_block(&element.tag, url_name(element)?)
    }

    /// Whether a flag of a block is set, in its own element or in the policy.
    fn says(&self, element: &Element, flag: &str) -> bool {
        element
            .value(flag)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
            || self
                .settings(element)
                .is_some_and(|policy| policy.is_true(flag))
    }

    /// The element itself, or what it points to.
    fn definition(&mut self, element: Element, parent: &str) -> Option<Element> {
        let names: Vec<&str> = ["url_name", "filename", "slug"]
            .iter()
            .filter_map(|name| element.value(name))
            .collect();
        let mut paths: Vec<String> = names
            .iter()
            .map(|name| format!("{}/{}.xml", element.tag, path_of(name)))
            .collect();
        if paths.is_empty() || !element.is_empty() {
            return Some(element);
        }
        let at = paths.iter().position(|path| self.shelf.has(path));
        let path = paths.swap_remove(at.unwrap_or(0));
        if at.is_none() {
            return self.without_file(element, parent, &path);
        }
        if self.open.contains(&path) {
            self.record
                .left_out(&path, kind(&element.tag), "refers to itself");
            return None;
        }
        let what = kind(&element.tag);
        let text = self.shelf.read_or_note(&path, what, self.record)?;
        let mut found = match xml::parse(&path, &text) {
            Ok((found, None)) => found,
            Ok((found, Some(problem))) => {
                self.record
                    .converted(&path, &format!("{what}, mended"), &explain(&problem));
                found
            }
            Err(problem) => {
                self.record.left_out(&path, what, &explain(&problem));
                return None;
            }
        };
        self.open.push(path.clone());
        // What points and what it points to are one block.
        found.tag.clone_from(&element.tag);
        for (key, value) in &element.attributes {
            if found.value(key).is_none() {
                found.set(key, value);
            }
        }
        // Some files only point on.
        let points_on =
            found.is_empty() && holds_blocks(&found.tag) && names_other_file(&found, &path);
        if points_on {
            self.definition(found, &path)
        } else {
            Some(found)
        }
    }

    /// An element without content and without a file: whole in itself where its attributes say more than its name,
    /// and where it is of a kind that seldom has a file.
    fn without_file(&mut self, element: Element, parent: &str, path: &str) -> Option<Element> {
        const NAMES: [&str; 6] = [
            "url_name",
            "slug",
            "display_name",
            "name",
            "filename",
            "org",
        ];
        let says_more = element
            .attributes
            .iter()
            .any(|(key, _)| !NAMES.contains(&key.as_str()));
        let has_files = matches!(element.tag.as_str(), "problem" | "video");
        if !holds_blocks(&element.tag) && (says_more || !has_files) {
            return Some(element);
        }
        self.record.left_out(
            path,
            kind(&element.tag),
            &format!("{parent} names it, but the file is missing"),
        );
        None
    }
}

/// Open edX writes folders in names with colons.
#[must_use]
pub fn path_of(name: &str) -> String {
    name.replace(':', "/")
}

#[must_use]
pub fn url_name(element: &Element) -> Option<&str> {
    element.value("url_name").or_else(|| element.value("slug"))
}

/// Whether what an element points to is not the file that it stands in.
fn names_other_file(element: &Element, file: &str) -> bool {
    name_of(element).is_some_and(|name| format!("{}/{}.xml", element.tag, path_of(name)) != file)
}

/// By what an element says where its definition is.
fn name_of(element: &Element) -> Option<&str> {
    url_name(element).or_else(|| element.value("filename"))
}

/// What people call it.
#[must_use]
pub fn kind(tag: &str) -> &str {
    match tag {
        "chapter" => "section",
        "sequential" | "section" | "problemset" | "videosequence" => "subsection",
        "vertical" | "unit" | "wrapper" => "unit",
        "html" => "text",
        other => other,
    }
}
