//! Media and other pages that HTML embeds.

use std::collections::BTreeMap;

use domain::course::{Media, MediaKind, MediaSource};

use super::{
    context::Context,
    links::Target,
    transcript,
    xml::{Child, Element},
};

/// The video that an address of YouTube means.
#[must_use]
pub fn youtube_id(address: &str) -> Option<String> {
    let rest = address
        .trim()
        .trim_start_matches("https:")
        .trim_start_matches("http:")
        .strip_prefix("//")?;
    let (host, path) = rest.split_once('/')?;
    let host = host.trim_start_matches("www.").trim_start_matches("m.");
    let candidate = match host {
        "youtu.be" => path,
        "youtube.com" | "youtube-nocookie.com" => {
            let (page, query) = path.split_once('?').unwrap_or((path, ""));
            let in_path = ["embed/", "v/", "shorts/", "live/"]
                .iter()
                .find_map(|prefix| page.strip_prefix(prefix));
            let in_query = || query.split('&').find_map(|part| part.strip_prefix("v="));
            in_path.or_else(in_query)?
        }
        _ => return None,
    };
    let id = candidate.split(['?', '&', '#', '/']).next()?;
    is_youtube_id(id).then(|| id.to_owned())
}

#[must_use]
pub fn is_youtube_id(id: &str) -> bool {
    id.len() == 11
        && id != "videoseries"
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Where media at an address, or in a file of the course, is played from.
pub fn source(context: &mut Context<'_>, address: &str) -> Option<MediaSource> {
    if let Some(id) = youtube_id(address) {
        return Some(MediaSource::YouTube { id });
    }
    match context.links.target(address) {
        Target::File(path) => {
            context.shelf.carry(&path, &mut context.record);
            Some(MediaSource::File {
                src: path,
                small: None,
            })
        }
        Target::Address(url) if url.starts_with("http") => Some(MediaSource::Link { url }),
        _ => None,
    }
}

/// What a `<video>` or `<audio>` plays; `None` where nothing is left to play.
pub fn player(context: &mut Context<'_>, element: &Element, file: &str) -> Option<Media> {
    let mut addresses: Vec<&str> = element.value("src").into_iter().collect();
    element
        .visit(&mut |inner| addresses.extend(inner.value("src").filter(|_| inner.tag == "source")));
    let source = addresses
        .iter()
        .find_map(|address| source(context, address));
    let Some(source) = source else {
        let what = format!(
            "{} {}",
            element.tag,
            addresses.first().copied().unwrap_or_default()
        );
        context.record.left_out(
            file,
            what.trim(),
            "the file is not in the course's static folder",
        );
        return None;
    };
    let captions = tracks(context, element, file);
    let poster = element.value("poster");
    let poster = poster.and_then(|address| match context.links.target(address) {
        Target::File(path) => Some(path),
        _ => None,
    });
    if let Some(path) = &poster {
        context.shelf.carry(path, &mut context.record);
    }
    let kind = if element.tag == "audio" {
        MediaKind::Audio
    } else {
        MediaKind::Video
    };
    let title = element
        .value("title")
        .or_else(|| element.value("aria-label"))
        .map_or_else(|| context.lesson.clone(), str::to_owned);
    Some(Media {
        kind,
        title,
        source,
        poster,
        seconds: None,
        captions,
        chapters: Vec::new(),
    })
}

/// Captions from the `<track>`s of a player.
fn tracks(context: &mut Context<'_>, element: &Element, file: &str) -> BTreeMap<String, String> {
    let mut tracks = Vec::new();
    element.visit(&mut |inner| tracks.extend((inner.tag == "track").then_some(inner)));
    let mut captions = BTreeMap::new();
    for track in tracks {
        let language = track.value("srclang").unwrap_or("en");
        if let Some(address) = track.value("src") {
            transcript::add(context, &mut captions, language, address, file);
        }
    }
    captions
}

/// What becomes of an embedded page.
pub enum Embedded {
    Media(Media),
    Link(Element),
    Nothing,
}

/// An `<iframe>`, `<embed>` or `<object>`.
pub fn page(context: &mut Context<'_>, element: &Element, file: &str) -> Embedded {
    let address = ["src", "data-src", "data"]
        .iter()
        .find_map(|name| element.value(name));
    let Some(address) = address.filter(|address| *address != "about:blank") else {
        return element
            .elements()
            .find(|inner| inner.tag == "embed")
            .map_or(Embedded::Nothing, |inner| page(context, inner, file));
    };
    let title = element
        .value("title")
        .or_else(|| element.value("aria-label"))
        .map(str::to_owned);
    if let Some(id) = youtube_id(address) {
        let title = title
            .filter(|title| title != "YouTube video player")
            .unwrap_or_else(|| context.lesson.clone());
        let source = MediaSource::YouTube { id };
        return Embedded::Media(Media {
            kind: MediaKind::Video,
            title,
            source,
            poster: None,
            seconds: None,
            captions: BTreeMap::new(),
            chapters: Vec::new(),
        });
    }
    if address
        .split(['?', '#'])
        .next()
        .is_some_and(|path| path.to_ascii_lowercase().ends_with(".swf"))
    {
        context.record.left_out(
            file,
            &format!("embedded film {address}"),
            "browsers do not play Flash any more",
        );
        return Embedded::Nothing;
    }
    let Some(reference) = context.refer(address, file, "embedded page") else {
        return Embedded::Nothing;
    };
    context.record.converted(
        file,
        &format!("embedded page {address}"),
        "other pages do not run inside a lesson; a link leads to it",
    );
    let text = title.unwrap_or_else(|| name(address));
    let mut link = Element::new("a", vec![Child::Text(text)]);
    link.set("href", &reference);
    Embedded::Link(link)
}

/// An address as people would say it.
fn name(address: &str) -> String {
    let plain = address.split(['?', '#']).next().unwrap_or(address);
    let plain = plain
        .trim_start_matches("https:")
        .trim_start_matches("http:")
        .trim_start_matches('/')
        .trim_start_matches("www.");
    plain.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_youtube_are_known() {
        for address in [
            "https://www.youtube.com/embed/3-rAtHinTNU?rel=0&start=3",
            "//www.youtube-nocookie.com/embed/3-rAtHinTNU",
            "http://youtu.be/3-rAtHinTNU?t=4",
            "https://m.youtube.com/watch?app=x&v=3-rAtHinTNU#a",
            "https://www.youtube.com/v/3-rAtHinTNU&hl=en",
        ] {
            assert_eq!(
                youtube_id(address).as_deref(),
                Some("3-rAtHinTNU"),
                "{address}"
            );
        }
        for address in [
            "https://www.youtube.com/embed/videoseries?list=PL1",
            "https://evil.example/embed/3-rAtHinTNU",
            "youtube",
            "",
        ] {
            assert_eq!(youtube_id(address), None, "{address}");
        }
    }
}
