//! What stands beside a film: what was watched of it, its chapters, and what is said in it.

use domain::{
    course::Chapter,
    player::{self, Beside, Paragraph, Transcript, joins_without_blank},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{SetPlayer, line, view::Shown};
use crate::{
    i18n::{self, clock},
    t,
    ui::{Form, Icon, IconName},
};

/// The trail of a medium: drawn where it was walked, dotted where it was not.
pub fn coverage(shown: &Shown) -> Option<impl IntoView + use<>> {
    let media = &shown.media;
    let duration_ms = media
        .duration_ms
        .filter(|duration| shown.track && *duration > 0)?;
    let percent = media.coverage.percent(duration_ms);
    let text = if percent == 100 {
        t!("watched-all")
    } else {
        t!("watched", "percent" => i64::from(percent))
    };
    let marks = chapter_marks(&media.chapters, duration_ms);
    let walked = line::walked(&media.coverage, duration_ms);
    let here = line::percent(shown.start_ms, duration_ms);
    Some(view! {
        <div class="coverage" data-testid="lesson-coverage">
            <svg class="coverage-line" height="13" aria-hidden="true" data-role="line">
                <line class="coverage-ahead" x1="0" x2="100%" y1="6.5" y2="6.5"/>
                <svg viewBox=format!("0 0 {} 13", line::WIDTH) preserveAspectRatio="none" width="100%" height="13">
                    <path class="coverage-walked" data-role="walked" d=walked/>
                    <path class="coverage-chapters" d=marks/>
                </svg>
                <svg x=here y="6.5" overflow="visible" data-role="here">
                    <path class="coverage-here" d="M0-6.5 4.5 0 0 6.5-4.5 0z"/>
                </svg>
            </svg>
            <p
                class="coverage-text"
                data-role="watched"
                data-part=t!("watched", "percent" => "{percent}")
                data-all=t!("watched-all")
                data-waiting=t!("report-waiting")
            >{text}</p>
        </div>
        {missing(shown, duration_ms)}
    })
}

/// What is missing, in words, and a button that plays it. Nothing before the film was begun or once it is watched.
fn missing(shown: &Shown, duration_ms: u64) -> impl IntoView + use<> {
    let coverage = &shown.media.coverage;
    let gaps = player::gaps(coverage, duration_ms);
    let hidden =
        gaps.is_empty() || coverage.intervals().is_empty() || coverage.is_watched(duration_ms);
    let comma = t!("list-comma");
    view! {
        <div class="coverage-gaps" data-role="gaps" hidden=hidden>
            <p class="coverage-text">
                {t!("not-watched")}
                " "
                <span data-role="gap-list" data-comma=comma.clone()>{line::told(&gaps, &comma)}</span>
            </p>
            <button class="button button-quiet needs-script" type="button" data-do="missing">{t!("play-missing")}</button>
        </div>
    }
}

/// Strokes where chapters begin; none at the start, where the line begins anyway.
fn chapter_marks(chapters: &[Chapter], duration_ms: u64) -> String {
    let begins = chapters.iter().filter(|chapter| chapter.at > 0);
    begins
        .map(|chapter| {
            let at = line::unit(u64::from(chapter.at) * 1000, duration_ms);
            format!("M{at} 2V11")
        })
        .collect()
}

pub fn chapters(shown: &Shown) -> Option<impl IntoView + use<>> {
    let chapters = &shown.media.chapters;
    let items: Vec<_> = chapters
        .iter()
        .map(|chapter| {
            let ms = u64::from(chapter.at) * 1000;
            view! {
                <li>
                    <a href=format!("?t={}{}#{}", chapter.at, shown.of, shown.stage) data-chapter data-seek-ms=ms>
                        <span class="chapter-time">{clock(ms)}</span>
                        " "
                        <span lang=shown.language.clone()>{chapter.title.clone()}</span>
                    </a>
                </li>
            }
        })
        .collect();
    (!chapters.is_empty()).then(|| {
        view! {
            <nav class="chapters" aria-label=t!("chapters")>
                <ol>{items}</ol>
            </nav>
        }
    })
}

/// Readable without the film and without scripts: every cue leads to its second. On a wide screen it stands open
/// beside the film; the attributes hold what the learner says who opens or shuts it.
pub fn transcript(shown: &Shown, transcript: &Transcript) -> impl IntoView + use<> {
    let paragraphs: Vec<_> = transcript
        .paragraphs
        .iter()
        .map(|paragraph| paragraph_view(paragraph, shown))
        .collect();
    let count = t!("transcript-found", "count" => "{count}");
    let phone = crate::visit::Visit::current().phone;
    let said = |open| Beside::after(open, phone).text();
    view! {
        <details
            class="transcript"
            open=shown.likes.beside.is_open(phone)
            data-opened=said(true)
            data-shut=said(false)
        >
            <summary><Icon name=IconName::FileText/><span>{t!("transcript")}</span></summary>
            <div class="transcript-body">
                <div class="transcript-bar">
                    {languages(transcript)}
                    <label class="transcript-search needs-script">
                        <Icon name=IconName::Search/>
                        <span class="visually-hidden">{t!("transcript-search")}</span>
                        <input class="search-input" type="search" placeholder=t!("transcript-search") maxlength="100" autocomplete="off"/>
                    </label>
                    <p class="transcript-count" role="status" data-role="found" data-count=count data-none=t!("transcript-none")></p>
                    <button class="button button-quiet" type="button" data-do="next-found" hidden=true>{t!("transcript-next")}</button>
                    <label class="choice transcript-follow needs-script">
                        <input type="checkbox" checked=true data-role="follow"/>
                        <span>{t!("transcript-follow")}</span>
                    </label>
                </div>
                <div class="transcript-text" role="region" aria-label=t!("transcript") tabindex="0" lang=transcript.language.clone()>
                    {paragraphs}
                </div>
            </div>
        </details>
    }
}

fn paragraph_view(paragraph: &Paragraph, shown: &Shown) -> impl IntoView + use<> {
    let speaker = paragraph
        .speaker
        .clone()
        .map(|name| view! { <b class="transcript-speaker">{name}</b> " " });
    let from = paragraph.cues.first().map_or(0, |cue| cue.from_ms);
    let mut last = None;
    let cues: Vec<_> = paragraph
        .cues
        .iter()
        .enumerate()
        .map(|(number, cue)| {
            let blank = match (last, cue.text.chars().next()) {
                (Some(before), Some(behind)) => !joins_without_blank(before, behind),
                _ => false,
            };
            last = cue.text.chars().last();
            view! {
                {blank.then_some(" ")}
                <a
                    class="cue"
                    href=format!("?t={}{}#{}", seconds(cue.from_ms), shown.of, shown.stage)
                    data-cue
                    data-first=(number == 0).then_some("")
                    data-seek-ms=cue.from_ms
                >{cue.text.clone()}</a>
            }
        })
        .collect();
    view! {
        <p>
            <span class="transcript-time" aria-hidden="true">{clock(from)}</span>
            <span class="transcript-words">{speaker}{cues}</span>
        </p>
    }
}

/// `12.34`, as addresses carry it.
fn seconds(ms: u64) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Buttons of a form, so that the choice is kept without scripts too.
fn languages(transcript: &Transcript) -> Option<impl IntoView + use<>> {
    let several = transcript.languages.len() > 1;
    let (languages, chosen) = (transcript.languages.clone(), transcript.language.clone());
    several.then(|| {
        view! {
            <Form action=SetPlayer::url() class="transcript-languages">
                {languages
                    .iter()
                    .map(|language| {
                        let pressed = if *language == chosen { "true" } else { "false" };
                        let name = i18n::language_name(crate::visit::locale(), language);
                        view! {
                            <button class="button button-quiet" name="transcript" value=language.clone() aria-pressed=pressed>{name}</button>
                        }
                    })
                    .collect::<Vec<_>>()}
            </Form>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_written_without_needless_zeros() {
        assert_eq!(
            [0, 700, 12_000, 83_250].map(seconds),
            ["0", "0.7", "12", "83.25"]
        );
    }
}
