//! Cleaned HTML, taken apart where media stood in it.

use domain::course::Media;

use super::xml::{Child, Element};

/// Stands in the tree where media stood.
const MARKER: &str = "media-marker";

/// HTML in the order in which a lesson shows it.
#[derive(Debug)]
pub enum Piece {
    Html(Vec<Child>),
    Media(Media),
}

/// What to put into a tree in the place of the medium with this index.
#[must_use]
pub fn marker(index: usize) -> Child {
    let mut marker = Element::new(MARKER, Vec::new());
    marker.set("n", &index.to_string());
    Child::Element(marker)
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

/// Old problems set their texts apart with line breaks.
#[must_use]
pub fn without_outer_breaks(children: Vec<Child>) -> Vec<Child> {
    let is_gap = |child: &Child| match child {
        Child::Text(text) => text.trim().is_empty(),
        Child::Element(element) => element.tag == "br",
    };
    let start = children.iter().take_while(|child| is_gap(child)).count();
    let end = children
        .iter()
        .rev()
        .take_while(|child| is_gap(child))
        .count();
    let length = children.len().saturating_sub(end);
    children.into_iter().take(length).skip(start).collect()
}

/// Takes a tree apart at its markers, each of which gives the medium with its index. What is around a marker is there
/// on both sides of it, unless halves of it would not make sense; then the medium comes after it.
#[must_use]
pub fn split(children: Vec<Child>, media: Vec<Media>) -> Vec<Piece> {
    let mut pieces = parts(children, &mut media.into_iter().map(Some).collect());
    pieces.retain(|piece| !matches!(piece, Piece::Html(children) if is_blank(children)));
    pieces
}

fn parts(children: Vec<Child>, media: &mut Vec<Option<Media>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
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
        let take = |indices: Vec<usize>, media: &mut Vec<Option<Media>>| {
            let taken = indices
                .into_iter()
                .filter_map(|index| media.get_mut(index)?.take());
            taken.map(Piece::Media).collect::<Vec<_>>()
        };
        if element.tag == MARKER {
            pieces.push(Piece::Html(std::mem::take(&mut here)));
            pieces.extend(take(markers, media));
        } else if can_be_halved(&element.tag) {
            let inner = std::mem::take(&mut element.children);
            for piece in parts(inner, media) {
                match piece {
                    Piece::Html(inner) if is_blank(&inner) => {}
                    Piece::Html(inner) => {
                        here.push(Child::Element(Element {
                            children: inner,
                            ..element.clone()
                        }));
                        // An id names one place.
                        element.attributes.retain(|(name, _)| name != "id");
                    }
                    medium => {
                        pieces.push(Piece::Html(std::mem::take(&mut here)));
                        pieces.push(medium);
                    }
                }
            }
        } else {
            element.children = without_markers(element.children);
            here.push(Child::Element(element));
            pieces.push(Piece::Html(std::mem::take(&mut here)));
            pieces.extend(take(markers, media));
        }
    }
    pieces.push(Piece::Html(here));
    pieces
}

fn can_be_halved(tag: &str) -> bool {
    matches!(
        tag,
        "div" | "p" | "section" | "figure" | "span" | "strong" | "em" | "b" | "i"
    )
}

/// Numbers of the markers in an element, itself included.
fn markers(element: &Element) -> Vec<usize> {
    let number = |element: &Element| {
        let number = element.attribute("n").filter(|_| element.tag == MARKER)?;
        number.parse().ok()
    };
    let mut numbers: Vec<usize> = number(element).into_iter().collect();
    element.visit(&mut |inner| numbers.extend(number(inner)));
    numbers
}

#[must_use]
pub fn without_markers(children: Vec<Child>) -> Vec<Child> {
    let is_marker =
        |child: &Child| matches!(child, Child::Element(element) if element.tag == MARKER);
    let kept = children.into_iter().filter(|child| !is_marker(child));
    kept.map(|child| match child {
        Child::Element(mut element) => {
            element.children = without_markers(element.children);
            Child::Element(element)
        }
        text => text,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::course::{MediaKind, MediaSource};

    use super::{super::dom, *};

    fn medium(id: &str) -> Media {
        let source = MediaSource::YouTube { id: id.into() };
        let captions = BTreeMap::new();
        Media {
            kind: MediaKind::Video,
            title: id.into(),
            source,
            poster: None,
            seconds: None,
            captions,
            chapters: Vec::new(),
        }
    }

    /// `n` media at the places that `@` marks.
    fn taken_apart(html: &str, n: usize) -> Vec<String> {
        fn mark(children: Vec<Child>, next: &mut usize) -> Vec<Child> {
            let marked = children.into_iter().flat_map(|child| match child {
                Child::Element(mut element) => {
                    element.children = mark(element.children, next);
                    vec![Child::Element(element)]
                }
                Child::Text(text) => {
                    let parts = text.split('@').map(|part| Child::Text(part.to_owned()));
                    let mut out = Vec::new();
                    for part in parts {
                        if !out.is_empty() {
                            out.push(marker(*next));
                            *next += 1;
                        }
                        out.push(part);
                    }
                    out
                }
            });
            marked.collect()
        }
        let children = mark(dom::parse("a.html", html), &mut 0);
        let pieces = split(
            children,
            (0..n).map(|index| medium(&index.to_string())).collect(),
        );
        pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Html(children) => dom::write(&children),
                Piece::Media(media) => media.title,
            })
            .collect()
    }

    #[test]
    fn media_stands_where_it_stood() {
        assert_eq!(taken_apart("a@b", 1), ["a", "0", "b"]);
        assert_eq!(
            taken_apart("<div id=\"x\"><p>a@b</p><p>@</p>c</div>", 2),
            [
                "<div id=\"x\"><p>a</p></div>",
                "0",
                "<div><p>b</p></div>",
                "1",
                "<div>c</div>"
            ]
        );
        assert_eq!(
            taken_apart("<ol><li>a@</li><li>b@</li></ol>c", 2),
            ["<ol><li>a</li><li>b</li></ol>", "0", "1", "c"],
            "a list is not halved"
        );
        assert_eq!(taken_apart("<p> @ </p>", 1), ["0"]);
    }
}
