use std::io::Read;

use domain::{certificate::Code, ids::Slug};

use super::*;
use crate::certificate::qr;

fn certificate(learner: &str, course: &str, language: &str, standing: Standing) -> Certificate {
    let url = "https://school.example/certificates/00000000000000000000000000".to_owned();
    Certificate {
        code: Code::from_random(0),
        learner: learner.into(),
        course: course.into(),
        course_slug: Slug::parse("walk").expect("a slug"),
        language: language.into(),
        instructors: vec!["Ada Reviewer".into(), "王老师".into()],
        lessons: 12,
        minutes: 95,
        version: 1,
        completed_at: "2026-03-02T09:00:00Z".parse().expect("a moment"),
        standing,
        qr: qr::code(&url).expect("a code"),
        url,
        mine: false,
    }
}

/// Every stream of the document, unpacked.
fn streams(document: &[u8]) -> String {
    let mut text = String::new();
    let (mut rest, start, end) = (document, b"stream\n", b"\nendstream");
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|at| at == what);
    while let Some(from) = find(rest, start) {
        rest = &rest[from + start.len()..];
        let length = find(rest, end).expect("an end");
        let mut unpacked = Vec::new();
        if flate2::read::ZlibDecoder::new(&rest[..length])
            .read_to_end(&mut unpacked)
            .is_ok()
        {
            text.push_str(&String::from_utf8_lossy(&unpacked));
        }
        rest = &rest[length + end.len()..];
    }
    text
}

/// Whether readers can tell that the letter is there.
fn has(streams: &str, letter: char) -> bool {
    let mut units = [0; 2];
    let hex: String = letter
        .encode_utf16(&mut units)
        .iter()
        .map(|unit| format!("{unit:04X}"))
        .collect();
    streams.contains(&format!("> <{hex}>"))
}

fn keep(name: &str, document: &[u8]) {
    if let Some(folder) = std::env::var_os("WAYMARK_KEEP_PDF") {
        std::fs::write(std::path::Path::new(&folder).join(name), document).expect("kept");
    }
}

#[test]
fn chinese_can_be_read_searched_and_copied_with_fonts_and_without() {
    for language in ["en", "zh-Hans", "zh-Hant"] {
        let certificate = certificate("陈美", "备考四周：从焦虑到有数", language, Standing::Valid);
        for (kind, fonts) in [
            ("system", Fonts::of_system(language)),
            ("reader", Fonts::of_reader(language)),
        ] {
            let drawn = document(&certificate, fonts).expect("a document");
            keep(&format!("{language}-{kind}.pdf"), &drawn);
            let streams = streams(&drawn);
            for letter in "陈美备考王".chars() {
                assert!(
                    has(&streams, letter),
                    "{letter} in {language} with the {kind}'s fonts"
                );
            }
        }
    }
}

#[test]
fn long_names_and_titles_stay_on_the_sheet() {
    let standing = Standing::Revoked {
        at: "2026-04-01T09:00:00Z".parse().expect("a moment"),
        reason: "A mistake.".into(),
    };
    let learner =
        "Maximiliane Alexandra von Hohenlohe-Langenburg-Weikersheim und noch viel mehr Namen";
    let course =
        "A title that goes on and on, through the whole of what there is to say about it, "
            .repeat(4);
    let certificate = certificate(learner, &course, "en", standing);
    let drawn = draw(&certificate);
    keep("long.pdf", &drawn);
    assert!(drawn.len() > 5_000);
}
