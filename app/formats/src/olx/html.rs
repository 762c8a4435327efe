//! HTML that a course wrote, made ready for a lesson: what would not work is taken out and said, references lead to
//! files and lessons, media stands apart.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::course::Media;

use super::{
    context::{Context, shorten},
    dom,
    embed::{self, Embedded},
    xml::{Child, Element},
};

/// Stands in the tree where media stood.
const MARKER: &str = "media-marker";

/// HTML in the order in which a lesson shows it.
#[derive(Debug)]
pub enum Piece {
    Html(Vec<Child>),
    Media(Media),
}

/// Cleaned HTML; [`Self::pieces`] takes it apart.
#[derive(Debug)]
pub struct Clean {
    children: Vec<Child>,
    media: Vec<Media>,
    found: Found,
}

/// What was found and taken out, to be said once a file.
#[derive(Debug, Default)]
struct Found {
    scripts: bool,
    styles: bool,
    controls: bool,
    drawings: bool,
    hidden: bool,
    ascii_math: bool,
    keywords: bool,
}

impl Found {
    fn note(&self, context: &mut Context<'_>, file: &str) {
        let said = [
            (
                self.scripts,
                "scripts",
                "scripts of a course do not run in the portal",
            ),
            (
                self.styles,
                "style sheets",
                "lessons look like the rest of the portal",
            ),
            (
                self.controls,
                "buttons and fields",
                "they do something only with a script or a site that is not there",
            ),
            (
                self.drawings,
                "drawings and formulas written as SVG, MathML or canvas",
                "only pictures and TeX are carried",
            ),
            (
                self.ascii_math,
                "AsciiMath between backticks",
                "only TeX is set as mathematics; the rest stays as it was written",
            ),
            (
                self.keywords,
                "%%KEYWORD%% placeholders",
                "Open edX fills them in for each learner; they stay as they were written",
            ),
        ];
        for (_, what, why) in said.into_iter().filter(|(found, ..)| *found) {
            context.record.left_out(file, what, why);
        }
        if self.hidden {
            context.record.converted(
                file,
                "hidden text",
                "a script showed it; now learners open it themselves",
            );
        }
    }
}

struct Cleaner<'c, 'a> {
    context: &'c mut Context<'a>,
    file: &'c str,
    key: &'c str,
    media: Vec<Media>,
    found: Found,
}

/// Cleans HTML of a file; `key` names the files that are made of pictures inside it.
pub fn clean(context: &mut Context<'_>, file: &str, key: &str, children: Vec<Child>) -> Clean {
    let clean = clean_quietly(context, file, key, children);
    clean.found.note(context, file);
    clean
}

/// Cleans HTML that is a component of its own. `None`, with a note, where nothing is left that a lesson could show.
pub fn clean_component(
    context: &mut Context<'_>,
    file: &str,
    key: &str,
    children: Vec<Child>,
) -> Option<Clean> {
    let clean = clean_quietly(context, file, key, children);
    if clean.was_a_control() {
        let what = format!("text “{}”", shorten(&dom::visible_text(&clean.children)));
        context.record.left_out(
            file,
            &what,
            "it asks to use buttons that work only with a script of the course",
        );
        return None;
    }
    if clean.is_blank() {
        let why = if clean.found.scripts || clean.found.styles {
            "it holds nothing but scripts and style sheets of the course"
        } else {
            "it is empty"
        };
        context.record.left_out(file, "text", why);
        return None;
    }
    clean.found.note(context, file);
    Some(clean)
}

fn clean_quietly(context: &mut Context<'_>, file: &str, key: &str, children: Vec<Child>) -> Clean {
    let mut cleaner = Cleaner {
        context,
        file,
        key,
        media: Vec::new(),
        found: Found::default(),
    };
    let children = cleaner.all(children);
    Clean {
        children,
        media: cleaner.media,
        found: cleaner.found,
    }
}

impl Cleaner<'_, '_> {
    fn all(&mut self, children: Vec<Child>) -> Vec<Child> {
        let mut out = Vec::new();
        for child in children {
            match child {
                Child::Text(text) => {
                    self.found.ascii_math |= text.matches('`').count() >= 2;
                    self.found.keywords |= text.contains("%%USER_") || text.contains("%%COURSE_");
                    out.push(Child::Text(text));
                }
                Child::Element(element) => self.element(element, &mut out),
            }
        }
        out
    }

    fn element(&mut self, mut element: Element, out: &mut Vec<Child>) {
        if is_icon(&element) {
            return;
        }
        let tag = element.tag.to_ascii_lowercase();
        match tag.as_str() {
            "script" => self.found.scripts = true,
            "style" | "link" => self.found.styles = true,
            "meta" | "base" | "title" | "template" | "param" | "source" | "track" => {}
            "svg" | "math" | "canvas" | "map" | "applet" => self.found.drawings = true,
            "button" | "input" | "select" | "textarea" => self.found.controls = true,
            "iframe" | "embed" | "object" => self.embedded(&element, out),
            "video" | "audio" => {
                if let Some(media) = embed::player(self.context, &element, self.file) {
                    self.mark(media, out);
                }
            }
            "img" => self.picture(&element, out),
            "pre" | "code" => {
                let math = self.found.ascii_math;
                element.children = self.all(element.children);
                self.found.ascii_math = math;
                out.push(Child::Element(plain(element, &tag)));
            }
            "html" | "body" | "head" | "noscript" | "form" | "picture" | "text" | "label"
            | "startouttext" | "endouttext" => {
                out.extend(self.all(element.children));
            }
            "clarification" => {
                out.push(Child::Text(" (".to_owned()));
                out.extend(self.all(element.children));
                out.push(Child::Text(")".to_owned()));
            }
            _ => self.ordinary(element, &tag, out),
        }
    }

    fn ordinary(&mut self, mut element: Element, tag: &str, out: &mut Vec<Child>) {
        let was_blank = is_blank(&element.children);
        self.found.scripts |= element
            .attributes
            .iter()
            .any(|(name, _)| name.len() > 2 && name.starts_with("on"));
        let hidden = element.attribute("style").is_some_and(|style| {
            style
                .replace(' ', "")
                .to_ascii_lowercase()
                .contains("display:none")
        });
        element.children = self.all(element.children);
        let tag = match tag {
            "center" | "article" | "main" | "header" | "footer" | "aside" | "nav" | "address"
            | "fieldset" | "legend" | "hgroup" => "div",
            "strike" => "s",
            "tt" => "code",
            "font" | "big" => "span",
            tag => tag,
        };
        if tag == "a" {
            self.anchor(&mut element);
        }
        let element = plain(element, tag);
        // What held something that is gone, and links that lead nowhere, would be empty shells.
        let emptied = !was_blank
            && is_blank(&element.children)
            && matches!(tag, "p" | "div" | "section" | "span" | "figure" | "a");
        if emptied || (tag == "a" && element.attributes.iter().all(|(name, _)| name == "title")) {
            out.extend(element.children);
            return;
        }
        if hidden && matches!(tag, "div" | "section" | "p" | "ul" | "ol" | "table") {
            let children = vec![Child::Element(element)];
            if !is_blank(&children) {
                self.found.hidden = true;
                let summary =
                    Child::Element(Element::new("summary", vec![Child::Text("…".to_owned())]));
                out.push(Child::Element(Element::new(
                    "details",
                    [vec![summary], children].concat(),
                )));
            }
            return;
        }
        out.push(Child::Element(element));
    }

    fn anchor(&mut self, element: &mut Element) {
        if let Some(name) = element.value("name").map(str::to_owned)
            && element.value("id").is_none()
        {
            element.set("id", &name);
        }
        let Some(href) = element.attribute("href").map(str::to_owned) else {
            return;
        };
        self.found.keywords |= href.contains("%%");
        element.attributes.retain(|(name, _)| name != "href");
        // Links to nowhere are what scripts hang on.
        if href.trim() == "#" || href.trim().is_empty() {
            return;
        }
        if let Some(reference) = self.context.refer(&href, self.file, "link") {
            element.set("href", &reference);
        }
    }

    fn picture(&mut self, element: &Element, out: &mut Vec<Child>) {
        let alt = element.attribute("alt").unwrap_or_default().to_owned();
        let source = element
            .value("src")
            .or_else(|| element.value("data-src"))
            .unwrap_or_default();
        let reference = match source.strip_prefix("data:") {
            Some(data) => self.inline_picture(data),
            None if source.is_empty() => None,
            None => self.context.refer(source, self.file, "picture"),
        };
        match reference {
            Some(reference) => {
                let mut picture = plain(element.clone(), "img");
                picture.set("src", &reference);
                picture.set("alt", &alt);
                out.push(Child::Element(picture));
            }
            None if alt.is_empty() => {}
            None => out.push(Child::Text(alt)),
        }
    }

    /// A picture that is written into the page becomes a file.
    fn inline_picture(&mut self, data: &str) -> Option<String> {
        let extension = match data.split([';', ',']).next()? {
            "image/png" => "png",
            "image/jpeg" | "image/jpg" => "jpg",
            "image/gif" => "gif",
            "image/webp" => "webp",
            "image/svg+xml" => "svg",
            other => {
                self.context.record.left_out(
                    self.file,
                    &format!("picture written into the page as {other}"),
                    "its form is not known",
                );
                return None;
            }
        };
        let encoded: String = data
            .split_once(";base64,")
            .map_or("", |(_, encoded)| encoded)
            .split_whitespace()
            .collect();
        let content = STANDARD
            .decode(encoded)
            .ok()
            .filter(|content| !content.is_empty());
        let Some(content) = content else {
            self.context.record.left_out(
                self.file,
                "picture written into the page",
                "it cannot be read",
            );
            return None;
        };
        let path = format!("images/{}.{extension}", self.context.made.unique(self.key));
        self.context.record.make(&path, content);
        self.context.record.keep("file");
        self.context.record.converted(
            self.file,
            "picture written into the page",
            &format!("it is the file {path} now"),
        );
        Some(super::links::reference(&path))
    }

    fn embedded(&mut self, element: &Element, out: &mut Vec<Child>) {
        match embed::page(self.context, element, self.file) {
            Embedded::Media(media) => self.mark(media, out),
            Embedded::Link(link) => out.push(Child::Element(link)),
            Embedded::Nothing => {}
        }
    }

    fn mark(&mut self, media: Media, out: &mut Vec<Child>) {
        let mut marker = Element::new(MARKER, Vec::new());
        marker.set("n", &self.media.len().to_string());
        self.media.push(media);
        out.push(Child::Element(marker));
    }
}

/// The element with what of its attributes a lesson can use.
fn plain(mut element: Element, tag: &str) -> Element {
    tag.clone_into(&mut element.tag);
    element.attributes.retain(|(name, _)| {
        matches!(name.as_str(), "id" | "lang" | "title")
            || match tag {
                "a" => name == "href",
                "img" => matches!(name.as_str(), "src" | "alt" | "width" | "height"),
                "ol" => matches!(name.as_str(), "start" | "reversed" | "type"),
                "li" => name == "value",
                "td" | "th" => matches!(name.as_str(), "colspan" | "rowspan" | "scope" | "align"),
                "details" => name == "open",
                // Names the language of the code.
                "code" | "pre" => name == "class",
                _ => false,
            }
    });
    element
}

/// Fonts of icons draw a picture for a word such as `menu_book`; without them only the word would be left.
fn is_icon(element: &Element) -> bool {
    matches!(element.tag.as_str(), "span" | "i")
        && element.attribute("class").is_some_and(|class| {
            class.split_whitespace().any(|class| {
                class.starts_with("material-symbols") || class.starts_with("material-icons")
            })
        })
}

/// Whether there is nothing to see.
#[must_use]
pub fn is_blank(children: &[Child]) -> bool {
    children.iter().all(|child| match child {
        Child::Text(text) => text.trim().is_empty(),
        Child::Element(element) => {
            !matches!(element.tag.as_str(), "img" | "hr" | MARKER) && is_blank(&element.children)
        }
    })
}

impl Clean {
    #[must_use]
    pub fn is_blank(&self) -> bool {
        is_blank(&self.children)
    }

    /// Whether all that is left is a line or two that asked to press the buttons which are gone.
    fn was_a_control(&self) -> bool {
        const SHORT: usize = 80;
        let few = || dom::visible_text(&self.children).chars().count() <= SHORT;
        self.found.controls
            && !self.is_blank()
            && self.media.is_empty()
            && !has_picture(&self.children)
            && few()
    }

    /// Media on one side, the HTML without it on the other.
    #[must_use]
    pub fn apart(self) -> (Vec<Child>, Vec<Media>) {
        (without_markers(self.children), self.media)
    }

    #[must_use]
    pub fn pieces(self) -> Vec<Piece> {
        let mut media: Vec<Option<Media>> = self.media.into_iter().map(Some).collect();
        let mut pieces = Vec::new();
        for part in split(self.children) {
            match part {
                Part::Html(children) if is_blank(&children) => {}
                Part::Html(children) => pieces.push(Piece::Html(children)),
                Part::Marker(index) => pieces.extend(
                    media
                        .get_mut(index)
                        .and_then(Option::take)
                        .map(Piece::Media),
                ),
            }
        }
        pieces
    }
}

enum Part {
    Html(Vec<Child>),
    Marker(usize),
}

/// Takes a tree apart at its markers. What is around a marker is there on both sides of it, unless halves of it would
/// not make sense; then the media comes after it.
fn split(children: Vec<Child>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut here = Vec::new();
    for child in children {
        let Child::Element(mut element) = child else {
            here.push(child);
            continue;
        };
        let markers = markers(&element);
        if markers.is_empty() {
            here.push(Child::Element(element));
            continue;
        }
        let can_be_split = matches!(
            element.tag.as_str(),
            "div" | "p" | "section" | "figure" | "span" | "strong" | "em" | "b" | "i" | MARKER
        );
        if can_be_split {
            let inner = std::mem::take(&mut element.children);
            let own = if element.tag == MARKER {
                markers.into_iter().map(Part::Marker).collect()
            } else {
                split(inner)
            };
            for part in own {
                match part {
                    Part::Html(inner) if is_blank(&inner) => {}
                    Part::Html(inner) => {
                        here.push(Child::Element(Element {
                            children: inner,
                            ..element.clone()
                        }));
                        // An id names one place.
                        element.attributes.retain(|(name, _)| name != "id");
                    }
                    Part::Marker(index) => {
                        parts.push(Part::Html(std::mem::take(&mut here)));
                        parts.push(Part::Marker(index));
                    }
                }
            }
        } else {
            element.children = without_markers(element.children);
            here.push(Child::Element(element));
            parts.push(Part::Html(std::mem::take(&mut here)));
            parts.extend(markers.into_iter().map(Part::Marker));
        }
    }
    parts.push(Part::Html(here));
    parts
}

/// Numbers of the markers in an element, itself included.
fn markers(element: &Element) -> Vec<usize> {
    let number = |element: &Element| {
        element
            .attribute("n")
            .filter(|_| element.tag == MARKER)?
            .parse()
            .ok()
    };
    let mut numbers: Vec<usize> = number(element).into_iter().collect();
    element.visit(&mut |inner| numbers.extend(number(inner)));
    numbers
}

fn without_markers(children: Vec<Child>) -> Vec<Child> {
    let kept = children
        .into_iter()
        .filter(|child| !matches!(child, Child::Element(element) if element.tag == MARKER));
    kept.map(|child| match child {
        Child::Element(mut element) => {
            element.children = without_markers(element.children);
            Child::Element(element)
        }
        text => text,
    })
    .collect()
}

fn has_picture(children: &[Child]) -> bool {
    children.iter().any(|child| matches!(child, Child::Element(element) if element.tag == "img" || has_picture(&element.children)))
}
