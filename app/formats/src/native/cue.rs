//! `at=1:23 in=film` in the head of a block: when it interrupts a medium.

use domain::{
    block::Cue,
    course::{Activity, ActivityBody, Media, MediaSource},
};

use super::{fields::At, head::Head, log::Log, quote};

/// Takes both from the head, where they are.
pub fn read(head: &mut Head, log: &Log) -> Option<Cue> {
    let line = head.line;
    let (at, media) = (head.value("at"), head.value("in"));
    match (at, media) {
        (None, None) => None,
        (Some(at), Some(media)) => {
            let seconds = seconds(&at).filter(|seconds| *seconds > 0);
            if seconds.is_none() {
                let message = format!(
                    "at is `{at}`, but has to be a moment behind the beginning, like 1:23 or 83"
                );
                log.say(line, message);
            }
            Some(Cue {
                media,
                seconds: seconds?,
            })
        }
        _ => {
            let message = "a block at a moment says both: at=1:23 and in=ID, the id of the film";
            log.say(line, message);
            None
        }
    }
}

/// Seconds, minutes and seconds, or hours, minutes and seconds.
fn seconds(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    let is_plain = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() > 3 || !parts.iter().all(is_plain) {
        return None;
    }
    let mut total = 0_u32;
    for (index, part) in parts.iter().enumerate() {
        let number: u32 = part.parse().ok()?;
        if index > 0 && (number > 59 || part.len() != 2) {
            return None;
        }
        total = total.checked_mul(60)?.checked_add(number)?;
    }
    Some(total)
}

/// Says where a cue names no medium of the lesson, or a moment that the medium does not have.
pub fn check(cues: &[At<Cue>], activities: &[Activity], log: &Log) {
    for At { line, value: cue } in cues {
        let found = activities.iter().find_map(|activity| match &activity.body {
            ActivityBody::Media { media } if activity.key == cue.media => Some(media),
            _ => None,
        });
        if let Some(message) = trouble(cue, found) {
            log.say(*line, message);
        }
    }
}

fn trouble(cue: &Cue, media: Option<&Media>) -> Option<String> {
    let name = &cue.media;
    let Some(media) = media else {
        return Some(format!(
            "in is `{name}`, but the lesson has no film or recording with this id"
        ));
    };
    if matches!(media.source, MediaSource::YouTube { .. }) {
        return Some(format!(
            "`{name}` is played by another site, which no block can interrupt"
        ));
    }
    media
        .seconds
        .filter(|length| *length <= cue.seconds)
        .map(|length| format!("`{name}` has only {length} seconds, so nothing is due there"))
}

/// What [`read`] reads, with a blank before it.
pub fn write(cue: Option<&Cue>) -> String {
    let Some(Cue { media, seconds }) = cue else {
        return String::new();
    };
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let at = if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    };
    format!(" at={at} in={}", quote::word(media))
}
