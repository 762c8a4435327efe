//! A certificate on a sheet of A4, lying.

mod embed;
#[cfg(test)]
mod tests;

use domain::certificate::{Certificate, Standing, interface_language};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::{fonts::Fonts, words::Words};
use embed::{font_name, font_ref, pack, write_font};

// Points: 72 to an inch.
const WIDTH: f32 = 841.89;
const HEIGHT: f32 = 595.28;
const TRAIL: f32 = 96.0;
const LEFT: f32 = 150.0;
const RIGHT: f32 = WIDTH - 72.0;
const QR: f32 = 96.0;

type Colour = [f32; 3];
const INK: Colour = [0.114, 0.110, 0.102];
const MUTED: Colour = [0.369, 0.353, 0.325];
const LINE: Colour = [0.894, 0.875, 0.835];
const PINE: Colour = [0.118, 0.357, 0.294];
const SUN: Colour = [0.878, 0.647, 0.149];
const ERROR: Colour = [0.627, 0.094, 0.251];

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
    let mut sheet = Sheet {
        content: Content::new(),
        fonts,
    };
    let words = Words::of(&certificate.language);
    sheet.frame(certificate.lessons);
    sheet.text(certificate, &words);
    sheet.foot(certificate, &words);
    let Sheet { content, fonts } = sheet;

    let mut pdf = Pdf::new();
    let [catalog, pages, page, stream, info] = [1, 2, 3, 4, 5].map(Ref::new);
    let title = format!("{} · {}", certificate.course, certificate.learner);
    let mut root = pdf.catalog(catalog);
    root.pages(pages).lang(TextStr(&certificate.language));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.document_info(info)
        .title(TextStr(&title))
        .author(TextStr(&words.say("school", &[])))
        .producer(TextStr("Waymark"));
    pdf.pages(pages).kids([page]).count(1);
    let mut sheet = pdf.page(page);
    sheet
        .parent(pages)
        .media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT))
        .contents(stream);
    let mut resources = sheet.resources();
    let mut names = resources.fonts();
    for index in 0..fonts.used.len() {
        names.pair(Name(font_name(index).as_bytes()), font_ref(index));
    }
    names.finish();
    resources.finish();
    sheet.finish();
    let packed = pack(&content.finish());
    pdf.stream(stream, &packed).filter(Filter::FlateDecode);
    for (index, used) in fonts.used.iter().enumerate() {
        write_font(&mut pdf, index, used, fonts.traditional)?;
    }
    Some(pdf.finish())
}

struct Sheet {
    content: Content,
    fonts: Fonts,
}

impl Sheet {
    /// The trail with a blaze for every lesson, and a large one at its end.
    fn frame(&mut self, lessons: u32) {
        let [r, g, b] = LINE;
        self.content
            .set_line_width(0.8)
            .set_stroke_rgb(r, g, b)
            .rect(34.0, 34.0, WIDTH - 68.0, HEIGHT - 68.0)
            .stroke();
        let (top, bottom) = (HEIGHT - 96.0, 112.0);
        let [r, g, b] = PINE;
        self.content
            .set_line_width(1.4)
            .set_stroke_rgb(r, g, b)
            .move_to(TRAIL, bottom)
            .line_to(TRAIL, top - 26.0)
            .stroke();
        let shown = u16::try_from(lessons.clamp(1, 24)).unwrap_or(1);
        for number in 0..shown {
            let part = f32::from(number) / f32::from(shown);
            self.blaze(TRAIL, bottom + (top - 40.0 - bottom) * part, 4.0, PINE);
        }
        self.blaze(TRAIL, top, 18.0, SUN);
    }

    /// The mark: a diamond, higher than wide.
    fn blaze(&mut self, x: f32, y: f32, half: f32, [r, g, b]: Colour) {
        let tall = half * 1.44;
        self.content
            .set_fill_rgb(r, g, b)
            .move_to(x, y + tall)
            .line_to(x + half, y)
            .line_to(x, y - tall)
            .line_to(x - half, y)
            .close_path()
            .fill_nonzero();
    }

    /// Who completed what, and when.
    fn text(&mut self, certificate: &Certificate, words: &Words) {
        let label = words.say("certificate-title", &[]);
        self.line(&label, LEFT, HEIGHT - 100.0, 15.0, PINE);
        if let Standing::Revoked { at, .. } = &certificate.standing {
            let said = words.say(
                "certificate-revoked-on",
                &[("date", words.date(*at).into())],
            );
            let width = self.fonts.width(&said) * 0.015;
            self.line(&said, RIGHT - width, HEIGHT - 100.0, 15.0, ERROR);
        }
        let certifies = words.say("certificate-this-certifies", &[]);
        let completed = words.say("certificate-has-completed", &[]);
        let mut y = HEIGHT - 160.0;
        self.line(&certifies, LEFT, y, 13.0, MUTED);
        let size = self.fitting(&certificate.learner, 42.0, 18.0);
        y = self.paragraph(&certificate.learner, y - 52.0, size, INK, 2);
        y -= 36.0;
        self.line(&completed, LEFT, y, 13.0, MUTED);
        let size = self.fitting(&certificate.course, 28.0, 20.0);
        y = self.paragraph(&certificate.course, y - 38.0, size, INK, 3);
        y -= 14.0;
        for fact in facts(certificate, words) {
            y = self.paragraph(&fact, y - 20.0, 12.5, MUTED, 2);
        }
    }

    /// The school, the address for those who want to check, and its QR code.
    fn foot(&mut self, certificate: &Certificate, words: &Words) {
        let school = words.say("school", &[]);
        self.line(&school, LEFT, 128.0, 17.0, INK);
        let check = words.say("certificate-check-at", &[]);
        self.line(&check, LEFT, 100.0, 9.5, MUTED);
        self.line(&certificate.url, LEFT, 86.0, 9.5, INK);
        let code = certificate.code.grouped();
        let numbered = words.say("certificate-number", &[("code", code.into())]);
        self.line(&numbered, LEFT, 72.0, 9.5, MUTED);
        let unit = QR / f32::from(certificate.qr.size.max(1));
        let (x, y) = (RIGHT - QR, 72.0 + QR);
        let [r, g, b] = INK;
        self.content.set_fill_rgb(r, g, b);
        for (column, row, length) in &certificate.qr.dark {
            let [column, row, length] = [column, row, length].map(|value| f32::from(*value) * unit);
            self.content.rect(x + column, y - row - unit, length, unit);
        }
        self.content.fill_nonzero();
    }

    /// The largest size, down to `least`, in which the text stands on one line.
    fn fitting(&mut self, text: &str, size: f32, least: f32) -> f32 {
        let width = self.fonts.width(text) / 1000.0;
        (size.min((RIGHT - LEFT) / width.max(0.001))).max(least)
    }

    /// Breaks a text into lines and writes them; gives where the last one stands.
    fn paragraph(&mut self, text: &str, y: f32, size: f32, colour: Colour, most: usize) -> f32 {
        let lines = self.lines(text, (RIGHT - LEFT) * 1000.0 / size, most);
        let mut next = y;
        let mut last = y;
        for line in lines {
            self.line(&line, LEFT, next, size, colour);
            last = next;
            next -= size * 1.3;
        }
        last
    }

    /// Lines of at most `width` (thousandths): between words, and between any two Chinese characters. What does not
    /// fit into the last line ends in an ellipsis.
    fn lines(&mut self, text: &str, width: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = vec![String::new()];
        for piece in pieces(text) {
            let joined = format!("{}{piece}", lines.last().map_or("", String::as_str));
            if self.fonts.width(joined.trim_end()) <= width {
                if let Some(last) = lines.last_mut() {
                    *last = joined;
                }
            } else if lines.len() < most {
                lines.push(piece.trim_start().to_owned());
            } else {
                if let Some(last) = lines.last_mut() {
                    while !last.is_empty() && self.fonts.width(&format!("{last}…")) > width {
                        last.pop();
                    }
                    last.push('…');
                }
                break;
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        lines
    }

    fn line(&mut self, text: &str, x: f32, y: f32, size: f32, [r, g, b]: Colour) {
        self.content
            .begin_text()
            .set_fill_rgb(r, g, b)
            .next_line(x, y);
        for run in self.fonts.runs(text) {
            self.content
                .set_font(Name(font_name(run.font).as_bytes()), size)
                .show(Str(&run.codes));
        }
        self.content.end_text();
    }
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

/// A text in parts between which a line may end; a space stays with what stands before it.
fn pieces(text: &str) -> Vec<String> {
    const CLOSING: &str = "、。，：；）」』》？！";
    let is_han =
        |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..);
    let closes = |c: char| CLOSING.contains(c) || matches!(c, '”' | '’');
    let mut pieces: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.chars() {
        let stays = closes(c) || c.is_whitespace();
        let may_end = before.is_whitespace() || is_han(before) || CLOSING.contains(before);
        let ends = !stays && (may_end || is_han(c));
        match pieces.last_mut() {
            Some(piece) if !ends => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        before = c;
    }
    pieces
}
