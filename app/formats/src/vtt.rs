//! Reads the words of WebVTT captions (W3C, <https://www.w3.org/TR/webvtt1/>), however they were made: what cannot
//! be read is left out, the rest is kept.

use std::borrow::Cow;

use domain::player::{Cue, joins_without_blank};

/// Cues that are read of one file: a film of ten hours has about that many.
const MAX_CUES: usize = 12_000;
/// Characters of one cue.
const MAX_TEXT: usize = 2_000;
/// Characters of a speaker's name.
const MAX_NAME: usize = 80;

/// The cues of a file in the order of their time. Nothing if it is no WebVTT. A cue that only repeats the one
/// before, as rolling captions do, makes that one longer.
#[must_use]
pub fn cues(source: &[u8]) -> Vec<Cue> {
    let source = String::from_utf8_lossy(source);
    let source = source.trim_start_matches('\u{feff}');
    if !source.starts_with("WEBVTT") {
        return Vec::new();
    }
    let mut cues: Vec<Cue> = Vec::new();
    let source = lines_of(source);
    let mut lines = source.lines().skip(1).peekable();
    while let Some(line) = lines.next() {
        if is_note(line) {
            while lines.next_if(|line| !line.trim().is_empty()).is_some() {}
            continue;
        }
        let Some((from_ms, to_ms)) = times(line) else {
            continue;
        };
        let mut text = String::new();
        // A cue whose blank line was forgotten ends where the next one's times stand.
        while let Some(line) =
            lines.next_if(|line| !line.trim().is_empty() && times(line).is_none())
        {
            text.push_str(line);
            text.push('\n');
        }
        let (text, speaker) = words(&text);
        if to_ms > from_ms && !text.is_empty() {
            cues.push(Cue {
                from_ms,
                to_ms,
                text,
                speaker,
            });
        }
        if cues.len() == MAX_CUES {
            break;
        }
    }
    cues.sort_by_key(|cue| cue.from_ms);
    cues.dedup_by(|next, cue| {
        let again = next.text == cue.text && next.from_ms <= cue.to_ms + 100;
        if again {
            cue.to_ms = cue.to_ms.max(next.to_ms);
        }
        again
    });
    cues
}

/// A lone carriage return ends a line, too.
fn lines_of(source: &str) -> Cow<'_, str> {
    if source.contains('\r') {
        Cow::Owned(source.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(source)
    }
}

fn is_note(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|word| {
        line.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
    })
}

/// Milliseconds of `00:01.000 --> 00:02.500 align:start`.
fn times(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split_once("-->")?;
    Some((moment(from.trim())?, moment(to.split_whitespace().next()?)?))
}

/// `12:34.567`, `1:02:03.004`; some write a comma for the point.
fn moment(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once(['.', ','])?;
    let digits = |text: &str| {
        let fits = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| text.parse::<u64>().ok()).flatten()
    };
    let fraction = format!("{:0<3}", fraction.get(..3).unwrap_or(fraction));
    let mut seconds = 0;
    let parts: Vec<&str> = clock.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for part in parts {
        seconds = seconds * 60 + digits(part)?;
    }
    Some(seconds * 1000 + digits(&fraction)?)
}

/// Text without tags, in one line, and who says it.
fn words(source: &str) -> (String, Option<String>) {
    let mut speaker = None;
    let mut plain = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find('<') {
        plain.push_str(&rest[..start]);
        let tag = &rest[start + 1..];
        let Some(end) = tag.find('>') else {
            // A bracket that was meant as one.
            plain.push('<');
            rest = tag;
            continue;
        };
        if speaker.is_none() && (tag.starts_with("v ") || tag.starts_with("v.")) {
            let name = tag[..end]
                .split_once([' ', '\t'])
                .map_or("", |(_, name)| name);
            let name: String = entities(name.trim()).chars().take(MAX_NAME).collect();
            speaker = (!name.is_empty()).then_some(name);
        }
        rest = &tag[end + 1..];
    }
    plain.push_str(rest);
    let mut text = String::new();
    for word in entities(&plain)
        .replace(|c: char| c.is_control() && !c.is_whitespace(), "")
        .split_whitespace()
    {
        let blank = match (text.chars().last(), word.chars().next()) {
            (Some(before), Some(behind)) => !joins_without_blank(before, behind),
            _ => false,
        };
        if blank {
            text.push(' ');
        }
        text.push_str(word);
    }
    if text.chars().count() > MAX_TEXT {
        text = text.chars().take(MAX_TEXT).collect();
    }
    (text, speaker)
}

/// The character references that WebVTT has.
fn entities(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    for (name, sign) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ] {
        if text.contains(name) {
            text = Cow::Owned(text.replace(name, sign));
        }
    }
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(source: &str) -> Vec<(u64, u64, String)> {
        cues(source.as_bytes())
            .into_iter()
            .map(|cue| (cue.from_ms, cue.to_ms, cue.text))
            .collect()
    }

    #[test]
    fn words_and_times_are_read() {
        let source = "\u{feff}WEBVTT - made by hand\r\nKind: captions\r\n\r\nNOTE nobody\r\n00:09.000 --> 00:10.000\r\n\r\n\
                      first\r\n00:01.500 --> 00:02.000 align:start\r\n<v.loud Mei Chen>Tom &amp; <i>Jerry</i></v>\r\nrun &lt;3\r\n\r\n\
                      1:00:00,25 --> 1:00:01.000\r\nlater\r\n";
        let found = cues(source.as_bytes());
        assert_eq!(found[0].speaker.as_deref(), Some("Mei Chen"));
        assert_eq!(
            read(source),
            [
                (1_500, 2_000, "Tom & Jerry run <3".into()),
                (3_600_250, 3_601_000, "later".into())
            ]
        );
    }

    #[test]
    fn chinese_lines_are_joined_without_blanks() {
        let source = "WEBVTT\n\n00:01.000 --> 00:02.000\n你并不是不努力。\n问题出在“看懂”这两个字上。\n\n00:03.000 --> 00:04.000\n用 git add\n吧\n";
        assert_eq!(
            read(source),
            [
                (
                    1_000,
                    2_000,
                    "你并不是不努力。问题出在“看懂”这两个字上。".into()
                ),
                (3_000, 4_000, "用 git add 吧".into())
            ]
        );
    }

    #[test]
    fn rolling_captions_are_said_once() {
        let source = "WEBVTT\n\n00:01.000 --> 00:02.000\none\n00:02.000 --> 00:03.000\none\n\n00:03.000 --> 00:02.000\nbackwards\n";
        assert_eq!(read(source), [(1_000, 3_000, "one".into())]);
    }

    #[test]
    fn what_is_no_webvtt_has_no_words() {
        for source in ["", "1\n00:00:01,000 --> 00:00:02,000\nSubRip", "<html>"] {
            assert!(read(source).is_empty(), "{source}");
        }
        let many = format!(
            "WEBVTT\n\n{}",
            "00:01.000 --> 00:02.000\nx\n\n00:01.000 --> 00:02.000\ny\n\n".repeat(MAX_CUES)
        );
        assert!(cues(many.as_bytes()).len() <= MAX_CUES);
    }

    proptest! {
        #[test]
        fn garbage_harms_nobody(noise in "\\PC{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut source = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{noise}\n").into_bytes();
            source.extend(bytes);
            for cue in cues(&source) {
                prop_assert!(cue.to_ms > cue.from_ms && !cue.text.is_empty() && !cue.text.contains('\n'));
            }
        }
    }
}
