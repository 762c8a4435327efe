//! Captions: SubRip, Open edX's own JSON and WebVTT, all to WebVTT.

use std::{collections::BTreeMap, fmt::Write};

use serde::Deserialize;

use super::{
    context::Context,
    entities, json,
    links::Target,
    markup::{self, Token},
};

/// One caption. Times are in milliseconds.
#[derive(Debug, PartialEq, Eq)]
struct Cue {
    start: u64,
    end: u64,
    text: String,
}

/// `{"start": [0, …], "end": [270, …], "text": ["Hello", …]}`
#[derive(Deserialize)]
struct Sjson {
    start: Vec<f64>,
    end: Vec<f64>,
    text: Vec<Option<String>>,
}

/// Adds captions from a file of the course, converted once however many videos share it.
pub fn add(
    context: &mut Context<'_>,
    captions: &mut BTreeMap<String, String>,
    language: &str,
    address: &str,
    file: &str,
) {
    let language = language_tag(language);
    if captions.contains_key(&language) {
        return;
    }
    let path = match context.links.target(address) {
        Target::File(path) => Some(path),
        _ => context.links.file(address).map(str::to_owned),
    };
    let Some(path) = path else {
        context.record.left_out(
            file,
            &format!("captions {address}"),
            "the file is not in the course's static folder",
        );
        return;
    };
    if let Some(made) = context.captions.get(&path) {
        captions.insert(language, made.clone());
        return;
    }
    let Some(text) = context
        .shelf
        .read_or_note(&path, "captions", &mut context.record)
    else {
        return;
    };
    let Some(vtt) = to_vtt(&text) else {
        context.record.left_out(
            &path,
            "captions",
            "they are in no form that is known: SubRip, WebVTT or Open edX's JSON",
        );
        return;
    };
    let name = path.rsplit('/').next().unwrap_or(&path);
    let stem = [".sjson", ".srt", ".vtt", ".txt", ".json"]
        .iter()
        .fold(name, |name, extension| {
            name.strip_suffix(extension).unwrap_or(name)
        });
    let made = format!(
        "captions/{}.vtt",
        context.made.unique(&super::naming::key(stem))
    );
    context.record.make(&made, vtt.into_bytes());
    context.record.keep("captions");
    context.captions.insert(path, made.clone());
    captions.insert(language, made);
}

/// The language as BCP 47 has it.
#[must_use]
pub fn language_tag(language: &str) -> String {
    let plain = language.trim().replace('_', "-").to_ascii_lowercase();
    match plain.as_str() {
        "" => return "en".to_owned(),
        "zh" | "zh-cn" | "zh-sg" | "zh-hans" | "zh-hans-cn" => return "zh-Hans".to_owned(),
        "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant" | "zh-hant-tw" => return "zh-Hant".to_owned(),
        _ => {}
    }
    let parts = plain
        .split('-')
        .enumerate()
        .map(|(index, part)| match (index, part.len()) {
            (0, _) => part.to_owned(),
            (_, 2) => part.to_ascii_uppercase(),
            (_, 4) => part[..1].to_ascii_uppercase() + &part[1..],
            _ => part.to_owned(),
        });
    parts.collect::<Vec<_>>().join("-")
}

/// WebVTT for whatever form the text is in; `None` where it holds no captions.
#[must_use]
pub fn to_vtt(text: &str) -> Option<String> {
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    let mut cues = if trimmed.starts_with('{') {
        from_sjson(trimmed)?
    } else {
        from_blocks(trimmed)
    };
    cues.retain(|cue| !cue.text.is_empty());
    cues.sort_by_key(|cue| cue.start);
    if cues.is_empty() {
        return None;
    }
    let mut vtt = "WEBVTT\n".to_owned();
    for cue in cues {
        // A caption has to end after it began.
        let end = cue.end.max(cue.start + 1);
        // Writing to a string cannot fail.
        let _ = write!(
            vtt,
            "\n{} --> {}\n{}\n",
            time(cue.start),
            time(end),
            cue.text
        );
    }
    Some(vtt)
}

fn from_sjson(text: &str) -> Option<Vec<Cue>> {
    let sjson: Sjson = json::read(text).ok()?;
    let times = sjson.start.into_iter().zip(sjson.end);
    // Negative and endless times become 0 and the largest, which is what a cast does.
    let cues = times.zip(sjson.text).map(|((start, end), text)| Cue {
        start: start as u64,
        end: end as u64,
        text: plain(&text.unwrap_or_default()),
    });
    Some(
        cues.map(|cue| Cue {
            end: cue.end.min(MAX_TIME),
            start: cue.start.min(MAX_TIME),
            ..cue
        })
        .collect(),
    )
}

/// A hundred hours.
const MAX_TIME: u64 = 360_000_000;

/// SubRip and WebVTT: each caption is a line with two times and the lines after it, up to an empty one.
fn from_blocks(text: &str) -> Vec<Cue> {
    let text = text.replace('\r', "\n");
    let mut cues: Vec<Cue> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let finish = |cues: &mut Vec<Cue>, lines: &mut Vec<&str>| {
        if let Some(cue) = cues.last_mut() {
            let text = lines.join("\n");
            // Some files have no empty line before the next number.
            cue.text = plain(&text);
        }
        lines.clear();
    };
    let mut inside = false;
    let mut rest = text.lines().peekable();
    while let Some(line) = rest.next() {
        if let Some((start, end)) = times(line) {
            finish(&mut cues, &mut lines);
            cues.push(Cue {
                start,
                end,
                text: String::new(),
            });
            inside = true;
        } else if line.trim().is_empty() {
            // SubRip's own captions may hold empty lines; what ends one is the number and times of the next.
            inside = inside && !next_is_cue(&mut rest.clone());
        } else if inside
            && !(line.trim().bytes().all(|byte| byte.is_ascii_digit())
                && rest.peek().is_some_and(|next| times(next).is_some()))
        {
            lines.push(line.trim());
        }
    }
    finish(&mut cues, &mut lines);
    cues
}

/// Whether the next lines that are not empty begin a caption, or something else than text.
fn next_is_cue<'a>(rest: &mut impl Iterator<Item = &'a str>) -> bool {
    let mut lines = rest.filter(|line| !line.trim().is_empty()).take(2);
    let Some(first) = lines.next() else {
        return true;
    };
    times(first).is_some()
        || first.starts_with("NOTE")
        || lines.next().is_some_and(|second| times(second).is_some())
}

fn times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once("-->")?;
    Some((
        milliseconds(start)?,
        milliseconds(end.split_whitespace().next()?)?,
    ))
}

/// `01:02:03,450`, `02:03.450` or `3.45`.
fn milliseconds(time: &str) -> Option<u64> {
    let time = time.trim().replace(',', ".");
    let (whole, fraction) = time.split_once('.').unwrap_or((&time, "0"));
    let mut seconds: u64 = 0;
    for part in whole.split(':') {
        seconds = seconds
            .checked_mul(60)?
            .checked_add(part.trim().parse().ok()?)?;
    }
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some(
        seconds
            .checked_mul(1000)?
            .checked_add(digits.parse().ok()?)?
            .min(MAX_TIME),
    )
}

fn time(milliseconds: u64) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    format!(
        "{:02}:{:02}:{:02}.{rest:03}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// A caption's text without tags, escaped as WebVTT wants it.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for token in markup::tokens(text) {
        if let Token::Text(part) = token {
            out.push_str(&entities::unescape(part));
        } else if matches!(&token, Token::Open(tag) if tag.name == "br") {
            out.push('\n');
        }
    }
    let lines = out
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    lines
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subrip_becomes_webvtt() {
        let srt = "\u{feff}0\r\n00:00:01,199 --> 00:00:04,380\r\nHello <i>you</i>\r\n& me\r\n\r\n1\n00:00:02,520 --> 00:00:06,240\nsecond\n\n\n2\n1:00:00,5 --> 1:00:01,000 X1:3\n5 &lt; 6\n3\n1:00:02,0 --> 1:00:03,0\n42\n";
        let vtt = "WEBVTT\n\n00:00:01.199 --> 00:00:04.380\nHello you\n&amp; me\n\n00:00:02.520 --> 00:00:06.240\nsecond\n\n01:00:00.500 --> 01:00:01.000\n5 &lt; 6\n\n01:00:02.000 --> 01:00:03.000\n42\n";
        assert_eq!(to_vtt(srt).expect("captions"), vtt);
        assert_eq!(to_vtt(vtt).expect("captions"), vtt, "WebVTT stays as it is");
    }

    #[test]
    fn what_open_edx_stores_becomes_webvtt() {
        let sjson = r#"{"start": [270, 0], "end": [270, 260.7], "text": ["It&#39;s", "a < b\nc"]}"#;
        assert_eq!(
            to_vtt(sjson).expect("captions"),
            "WEBVTT\n\n00:00:00.000 --> 00:00:00.260\na &lt; b\nc\n\n00:00:00.270 --> 00:00:00.271\nIt's\n"
        );
    }

    #[test]
    fn what_is_no_caption_is_refused() {
        for text in [
            "",
            "{}",
            "just text",
            "{\"start\": 1}",
            "00:00 -> 00:01\nx",
            "99999999999999999999:00 --> 1:0\nx",
        ] {
            assert_eq!(to_vtt(text), None, "{text}");
        }
    }

    #[test]
    fn languages_have_their_usual_tags() {
        for (written, tag) in [
            ("en", "en"),
            ("zh_HANS", "zh-Hans"),
            ("zh-cn", "zh-Hans"),
            ("zh_TW", "zh-Hant"),
            ("pt-br", "pt-BR"),
            ("ES_419", "es-419"),
            ("", "en"),
        ] {
            assert_eq!(language_tag(written), tag);
        }
    }
}
