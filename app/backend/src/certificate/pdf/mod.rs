//! A certificate on a sheet of A4, lying.

#[cfg(test)]
mod tests;

use domain::certificate::{Certificate, Standing, interface_language};

use crate::{
    pdf::{About, Colour, ERROR, INK, LINE, MUTED, PINE, SUN, Sheet, fonts::Fonts},
    words::Words,
};

// Points: 72 to an inch.
const WIDTH: f32 = 841.89;
const HEIGHT: f32 = 595.28;
const TRAIL: f32 = 96.0;
const LEFT: f32 = 150.0;
const RIGHT: f32 = WIDTH - 72.0;
const QR: f32 = 96.0;

/// Draws it with the machine's fonts; if one of them cannot be embedded, with the reader's.
pub fn draw(certificate: &Certificate) -> Vec<u8> {
    let language = interface_language(&certificate.language);
    let drawn = document(certificate, Fonts::of_system(language));
    drawn
        .or_else(|| document(certificate, Fonts::of_reader(language)))
        .unwrap_or_default()
}

/// `None` where a font could not be embedded.
fn document(certificate: &Certificate, fonts: Fonts) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(fonts);
    let words = Words::of(&certificate.language);
    frame(&mut sheet, certificate.lessons);
    text(&mut sheet, certificate, &words);
    foot(&mut sheet, certificate, &words);
    sheet.finish(&About {
        title: &format!("{} · {}", certificate.course, certificate.learner),
        author: &words.say("school", &[]),
        language: &certificate.language,
        size: (WIDTH, HEIGHT),
    })
}

/// The trail with a blaze for every lesson, and a large one at its end.
fn frame(sheet: &mut Sheet, lessons: u32) {
    let (top, bottom) = (HEIGHT - 96.0, 112.0);
    sheet.draw(|content| {
        let [r, g, b] = LINE;
        content
            .set_line_width(0.8)
            .set_stroke_rgb(r, g, b)
            .rect(34.0, 34.0, WIDTH - 68.0, HEIGHT - 68.0)
            .stroke();
        let [r, g, b] = PINE;
        content
            .set_line_width(1.4)
            .set_stroke_rgb(r, g, b)
            .move_to(TRAIL, bottom)
            .line_to(TRAIL, top - 26.0)
            .stroke();
    });
    let shown = u16::try_from(lessons.clamp(1, 24)).unwrap_or(1);
    for number in 0..shown {
        let part = f32::from(number) / f32::from(shown);
        sheet.blaze(TRAIL, bottom + (top - 40.0 - bottom) * part, 4.0, PINE);
    }
    sheet.blaze(TRAIL, top, 18.0, SUN);
}

/// Who completed what, and when.
fn text(sheet: &mut Sheet, certificate: &Certificate, words: &Words) {
    let label = words.say("certificate-title", &[]);
    sheet.line(&label, LEFT, HEIGHT - 100.0, 15.0, PINE);
    if let Standing::Revoked { at, .. } = &certificate.standing {
        let said = words.say(
            "certificate-revoked-on",
            &[("date", words.date(*at).into())],
        );
        sheet.line_to(&said, RIGHT, HEIGHT - 100.0, 15.0, ERROR);
    }
    let certifies = words.say("certificate-this-certifies", &[]);
    let completed = words.say("certificate-has-completed", &[]);
    let mut y = HEIGHT - 160.0;
    sheet.line(&certifies, LEFT, y, 13.0, MUTED);
    let size = fitting(sheet, &certificate.learner, 42.0, 18.0);
    let name = |sheet: &mut Sheet| paragraph(sheet, &certificate.learner, y - 52.0, size, INK, 2);
    y = sheet.heading(name);
    y -= 36.0;
    sheet.line(&completed, LEFT, y, 13.0, MUTED);
    let size = fitting(sheet, &certificate.course, 28.0, 20.0);
    y = paragraph(sheet, &certificate.course, y - 38.0, size, INK, 3);
    y -= 14.0;
    for fact in facts(certificate, words) {
        y = paragraph(sheet, &fact, y - 20.0, 12.5, MUTED, 2);
    }
}

/// The school, the address for those who want to check, and its QR code.
fn foot(sheet: &mut Sheet, certificate: &Certificate, words: &Words) {
    let school = words.say("school", &[]);
    sheet.line(&school, LEFT, 128.0, 17.0, INK);
    let check = words.say("certificate-check-at", &[]);
    sheet.line(&check, LEFT, 100.0, 9.5, MUTED);
    sheet.line(&certificate.url, LEFT, 86.0, 9.5, INK);
    let code = certificate.code.grouped();
    let numbered = words.say("certificate-number", &[("code", code.into())]);
    sheet.line(&numbered, LEFT, 72.0, 9.5, MUTED);
    let unit = QR / f32::from(certificate.qr.size.max(1));
    let (x, y) = (RIGHT - QR, 72.0 + QR);
    sheet.draw(|content| {
        let [r, g, b] = INK;
        content.set_fill_rgb(r, g, b);
        for (column, row, length) in &certificate.qr.dark {
            let [column, row, length] = [column, row, length].map(|value| f32::from(*value) * unit);
            content.rect(x + column, y - row - unit, length, unit);
        }
        content.fill_nonzero();
    });
}

/// The largest size, down to `least`, in which the text stands on one line.
fn fitting(sheet: &mut Sheet, text: &str, size: f32, least: f32) -> f32 {
    let width = sheet.fonts.width(text) / 1000.0;
    (size.min((RIGHT - LEFT) / width.max(0.001))).max(least)
}

/// Breaks a text into lines and writes them; gives where the last one stands.
fn paragraph(sheet: &mut Sheet, text: &str, y: f32, size: f32, colour: Colour, most: usize) -> f32 {
    let lines = sheet.lines(text, (RIGHT - LEFT) * 1000.0 / size, most);
    let mut next = y;
    let mut last = y;
    for line in lines {
        sheet.line(&line, LEFT, next, size, colour);
        last = next;
        next -= size * 1.3;
    }
    last
}

/// What is said below the course's title.
fn facts(certificate: &Certificate, words: &Words) -> Vec<String> {
    let count = i64::from(certificate.lessons);
    let minutes = i64::from(certificate.minutes);
    let mut said = vec![
        words.say(
            "certificate-extent",
            &[("count", count.into()), ("minutes", minutes.into())],
        ),
        words.say(
            "certificate-completed-on",
            &[("date", words.date(certificate.completed_at).into())],
        ),
    ];
    if !certificate.instructors.is_empty() {
        let names = certificate.instructors.join(&words.say("list-comma", &[]));
        said.push(words.say("certificate-taught-by", &[("names", names.into())]));
    }
    said
}
