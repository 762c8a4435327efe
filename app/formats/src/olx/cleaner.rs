//! HTML, element by element: what stays, what becomes something else, what is taken out.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::course::Media;

use super::{
    context::Context,
    embed::{self, Embedded},
    html::Found,
    links,
    pieces::{self, is_blank},
    xml::{Child, Element},
};

pub struct Cleaner<'c, 'a> {
    context: &'c mut Context<'a>,
    file: &'c str,
    key: &'c str,
    media: Vec<Media>,
    found: Found,
}

impl<'c, 'a> Cleaner<'c, 'a> {
    pub fn new(context: &'c mut Context<'a>, file: &'c str, key: &'c str) -> Self {
        Self {
            context,
            file,
            key,
            media: Vec::new(),
            found: Found::default(),
        }
    }

    /// The tree, the media for its markers, and what was taken out.
    pub fn clean(mut self, children: Vec<Child>) -> (Vec<Child>, Vec<Media>, Found) {
        let children = self.all(children);
        (children, self.media, self.found)
    }

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
                let styled = element.attribute("style").and_then(styled_width);
                if let Some(width) = styled.filter(|_| picture.attribute("width").is_none()) {
                    picture.set("width", &width);
                }
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
        Some(links::reference(&path))
    }

    fn embedded(&mut self, element: &Element, out: &mut Vec<Child>) {
        match embed::page(self.context, element, self.file) {
            Embedded::Media(media) => self.mark(media, out),
            Embedded::Link(link) => out.push(Child::Element(link)),
            Embedded::Nothing => {}
        }
    }

    fn mark(&mut self, media: Media, out: &mut Vec<Child>) {
        out.push(pieces::marker(self.media.len()));
        self.media.push(media);
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

/// Pixels that a picture is wide by its style: as said, or at most where it is a share of the page.
fn styled_width(style: &str) -> Option<String> {
    let value = |name: &str| {
        let declarations = style
            .split(';')
            .filter_map(|declaration| declaration.split_once(':'));
        let mut values = declarations.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        values.next_back().map(|(_, value)| value.trim())
    };
    let pixels = |value: &str| {
        let number = value.strip_suffix("px")?.trim();
        number.parse::<u16>().ok().map(|pixels| pixels.to_string())
    };
    let width = value("width")?;
    pixels(width).or_else(|| pixels(value("max-width").filter(|_| width.ends_with('%'))?))
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

#[cfg(test)]
mod tests {
    use super::styled_width;

    #[test]
    fn small_pictures_stay_small() {
        for (style, width) in [
            ("width: 30px; height: 5px", Some("30")),
            ("float: right; max-width: 265px; width: 30%;", Some("265")),
            ("max-width: 265px", None),
            ("width: 100%", None),
            ("width: 3em", None),
            ("width", None),
        ] {
            assert_eq!(styled_width(style).as_deref(), width, "{style}");
        }
    }
}
