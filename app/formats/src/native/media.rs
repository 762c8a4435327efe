//! Blocks that hold a film or a recording.

use domain::course::{Media, MediaKind, MediaSource};

use super::{
    blocks::Lines,
    chapters,
    fields::{self, At, Fields},
    log::Log,
    paths, quote,
};

/// A medium with the files it names, by the lines that name them.
#[derive(Debug)]
pub struct Named {
    pub key: String,
    pub media: Media,
    pub files: Vec<At<String>>,
    pub captions: Vec<At<String>>,
}

/// `folder` is the folder of the file that the block stands in.
pub fn read(
    kind: MediaKind,
    body: Lines<'_>,
    line: usize,
    folder: &str,
    log: &Log,
) -> Option<Named> {
    fields::read(&body.join(), body.first, Some(line), log, |fields| {
        let key = fields.said("id");
        let title = fields
            .needed("title")
            .map(|title| title.value)
            .unwrap_or_default();
        let mut files = Vec::new();
        let mut file = |path: Option<At<String>>| {
            let path = placed(path?, folder, log)?;
            files.push(path.clone());
            Some(path.value)
        };
        let source = source(fields, &mut file, line, log);
        let poster = file(fields.text("poster"));
        let mut captions = Vec::new();
        let named = fields
            .named("captions")
            .into_iter()
            .filter_map(|(language, path)| {
                if !is_language(&language) {
                    let message =
                        format!("`{language}` is no language tag: write one like en or zh-Hans");
                    log.say(path.line, message);
                }
                let path = placed(path, folder, log)?;
                captions.push(path.clone());
                Some((language, path.value))
            });
        let by_language = named.collect();
        let seconds = fields.count("seconds");
        let chapters = chapters::read(fields, seconds, log);
        let media = Media {
            kind,
            title,
            source: source?,
            poster,
            seconds,
            captions: by_language,
            chapters,
        };
        Some(Named {
            key,
            media,
            files,
            captions,
        })
    })
    .flatten()
}

fn source(
    fields: &mut Fields<'_>,
    file: &mut impl FnMut(Option<At<String>>) -> Option<String>,
    line: usize,
    log: &Log,
) -> Option<MediaSource> {
    let (src, url, youtube) = (
        fields.text("src"),
        fields.text("url"),
        fields.text("youtube"),
    );
    let small = fields.text("small");
    if let (Some(small), None) = (&small, &src) {
        log.say(
            small.line,
            "`small` is a smaller version of `src`, which is missing",
        );
    }
    match (src, url, youtube) {
        (Some(src), None, None) => {
            let small = file(small);
            Some(MediaSource::File {
                src: file(Some(src))?,
                small,
            })
        }
        (None, Some(url), None) => {
            if !is_address(&url.value) {
                log.say(
                    url.line,
                    "`url` is an address that begins with https:// or http://",
                );
            }
            Some(MediaSource::Link { url: url.value })
        }
        (None, None, Some(id)) => {
            let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if id.value.is_empty() || !id.value.chars().all(is_id) {
                log.say(id.line, "`youtube` is the film's id only, not its address");
            }
            Some(MediaSource::YouTube { id: id.value })
        }
        (None, None, None) => {
            log.say(
                line,
                "`src` is missing: name the file, or give `url` or `youtube` instead",
            );
            None
        }
        _ => {
            log.say(
                line,
                "`src`, `url` and `youtube` exclude each other: keep one",
            );
            None
        }
    }
}

fn placed(path: At<String>, folder: &str, log: &Log) -> Option<At<String>> {
    match paths::join(folder, &path.value) {
        Ok(value) => Some(At {
            line: path.line,
            value,
        }),
        Err(message) => {
            log.say(path.line, format!("`{}` {message}", path.value));
            None
        }
    }
}

fn is_address(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Whether a text has the shape of a BCP 47 tag.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// What [`read`] reads.
pub fn write(key: &str, media: &Media, folder: &str) -> String {
    let path = |path: &str| quote::line(&paths::from(folder, path));
    let mut out = format!(
        "id = {}\ntitle = {}\n",
        quote::line(key),
        quote::line(&media.title)
    );
    let mut pair = |key: &str, value: String| out.push_str(&format!("{key} = {value}\n"));
    match &media.source {
        MediaSource::File { src, small } => {
            pair("src", path(src));
            if let Some(small) = small {
                pair("small", path(small));
            }
        }
        MediaSource::Link { url } => pair("url", quote::line(url)),
        MediaSource::YouTube { id } => pair("youtube", quote::line(id)),
    }
    if let Some(poster) = &media.poster {
        pair("poster", path(poster));
    }
    if let Some(seconds) = media.seconds {
        pair("seconds", seconds.to_string());
    }
    for (language, file) in &media.captions {
        pair(&format!("captions.{}", quote::key(language)), path(file));
    }
    out.push_str(&chapters::write(&media.chapters));
    out
}
