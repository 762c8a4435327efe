//! A lesson's blocks become its activities.

use domain::course::{Activity, ActivityBody, Media, MediaKind, Text};

use super::{
    components,
    context::Context,
    dom,
    html::{self, Clean},
    naming,
    outline::{Block, SELECTIONS, UNITS, path_of},
    pieces::Piece,
    plan, problem, video,
    xml::{self, Child},
};

/// All activities of the blocks, in order.
pub fn activities(context: &mut Context<'_>, blocks: &[Block]) -> Vec<Activity> {
    let mut activities = Vec::new();
    for block in blocks {
        add(context, block, &mut activities);
    }
    activities
}

fn add(context: &mut Context<'_>, block: &Block, activities: &mut Vec<Activity>) {
    let made = match block.tag.as_str() {
        "html" | "raw_html" => page(context, block),
        "video" | "videoalpha" => video::activities(context, block),
        "problem" => problem::activities(context, block),
        _ if block.is(&UNITS) => self::activities(context, &block.children),
        _ if block.is(&SELECTIONS) => {
            let chosen = plan::selected(block, &mut context.record);
            self::activities(context, chosen)
        }
        _ => components::activities(context, block),
    };
    activities.extend(made);
}

/// The key for a block's first activity; others add to it.
#[must_use]
pub fn key(block: &Block) -> String {
    let name = block
        .url_name
        .as_deref()
        .or_else(|| Some(block.title.as_str()).filter(|title| !title.is_empty()));
    naming::key(name.unwrap_or(&block.tag))
}

/// Activities for HTML of a file: texts, and the media that stood in them.
pub fn from_html(
    context: &mut Context<'_>,
    file: &str,
    key: &str,
    children: Vec<Child>,
) -> Vec<Activity> {
    html::clean_component(context, file, key, children)
        .map(|clean| from_clean(context, key, clean))
        .unwrap_or_default()
}

/// Activities for cleaned HTML in which there is something to see.
pub fn from_clean(context: &mut Context<'_>, key: &str, clean: Clean) -> Vec<Activity> {
    clean
        .pieces()
        .into_iter()
        .map(|piece| activity(context, key, piece))
        .collect()
}

fn activity(context: &mut Context<'_>, key: &str, piece: Piece) -> Activity {
    match piece {
        Piece::Html(children) => text(context, key, &children),
        Piece::Media(media) => self::media(context, &format!("{key}-{}", kind(&media)), media),
    }
}

pub fn text(context: &mut Context<'_>, key: &str, children: &[Child]) -> Activity {
    context.record.keep("text");
    let source = dom::write(children).trim().to_owned();
    Activity {
        key: context.keys.unique(key),
        body: ActivityBody::Text {
            text: Text::Html(source),
        },
    }
}

pub fn media(context: &mut Context<'_>, key: &str, media: Media) -> Activity {
    context.record.keep(kind(&media));
    Activity {
        key: context.keys.unique(key),
        body: ActivityBody::Media { media },
    }
}

fn kind(media: &Media) -> &'static str {
    match media.kind {
        MediaKind::Video => "video",
        MediaKind::Audio => "audio",
    }
}

/// An `html` block: its content stands in it, or in the file that it names.
fn page(context: &mut Context<'_>, block: &Block) -> Vec<Activity> {
    let key = key(block);
    if !block.element.is_empty() {
        // HTML inside of XML: CDATA and escaped markup are text there.
        let inner = if block.element.elements().next().is_some() {
            block.element.inner_html()
        } else {
            block.element.text()
        };
        return from_html(context, &block.file, &key, dom::parse(&block.file, &inner));
    }
    let names = [
        block.element.value("filename"),
        block.url_name.as_deref(),
        block.element.value("url_name"),
    ];
    let candidates = names.into_iter().flatten().map(path_of).flat_map(|name| {
        [
            format!("html/{name}.html"),
            format!("html/{name}"),
            format!("{name}.html"),
            name.clone(),
        ]
        .into_iter()
        .filter(|path| !path.ends_with(".xml"))
    });
    let Some(path) = candidates.into_iter().find(|path| context.shelf.has(path)) else {
        let name = block
            .element
            .value("filename")
            .or(block.url_name.as_deref());
        let why = match name {
            Some(name) => format!("its content, html/{}.html, is missing", path_of(name)),
            None => "it has no content".to_owned(),
        };
        context
            .record
            .left_out(&block.file, &format!("text “{}”", block.title), &why);
        return Vec::new();
    };
    let Some(content) = context
        .shelf
        .read_or_note(&path, "text", &mut context.record)
    else {
        return Vec::new();
    };
    from_html(context, &path, &key, dom::parse(&path, &content))
}

/// Children of an element as HTML, tags that XML closed in its own way included.
#[must_use]
pub fn html_children(element: &xml::Element) -> Vec<Child> {
    dom::parse(&element.file, &element.inner_html())
}
