//! A certificate on a sheet of A4, lying.

use domain::certificate::{Certificate, Standing, interface_language};
use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};
use std::io::Write;

use super::{
    fonts::{self, Fonts, Source, Subset, Used},
    words::Words,
};

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

fn font_name(index: usize) -> String {
    format!("F{index}")
}

/// Each font may have five objects, behind those of the document.
fn font_ref(index: usize) -> Ref {
    Ref::new(10 + 5 * i32::try_from(index).unwrap_or_default())
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = zlib.write_all(bytes).and_then(|()| zlib.finish());
    packed.expect("memory takes every write")
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
        let shown = lessons.clamp(1, 24);
        for number in 0..shown {
            #[expect(clippy::cast_precision_loss, reason = "there are at most 24")]
            let part = number as f32 / shown as f32;
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
        let mut y = HEIGHT - 160.0;
        self.line(
            &words.say("certificate-this-certifies", &[]),
            LEFT,
            y,
            13.0,
            MUTED,
        );
        y -= 52.0;
        let size = self.fitting(&certificate.learner, 42.0, 18.0);
        y = self.paragraph(&certificate.learner, y, size, INK, 2);
        y -= 6.0;
        self.line(
            &words.say("certificate-has-completed", &[]),
            LEFT,
            y,
            13.0,
            MUTED,
        );
        y -= 38.0;
        let size = self.fitting(&certificate.course, 28.0, 20.0);
        y = self.paragraph(&certificate.course, y, size, INK, 3);
        y -= 6.0;
        let facts = facts(certificate, words);
        for fact in facts {
            y = self.paragraph(&fact, y, 12.5, MUTED, 2);
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

    /// Breaks a text into lines and writes them; gives where the next paragraph begins.
    fn paragraph(&mut self, text: &str, y: f32, size: f32, colour: Colour, most: usize) -> f32 {
        let lines = self.lines(text, (RIGHT - LEFT) * 1000.0 / size, most);
        let mut y = y;
        for line in lines {
            self.line(&line, LEFT, y, size, colour);
            y -= size * 1.3;
        }
        y - size * 0.3
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
    let is_han =
        |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..);
    let closes = |c: char| {
        matches!(
            c,
            '、' | '。'
                | '，'
                | '：'
                | '；'
                | '）'
                | '」'
                | '』'
                | '》'
                | '？'
                | '！'
                | '”'
                | '’'
        )
    };
    let mut pieces: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.chars() {
        let ends = before.is_whitespace() && !c.is_whitespace()
            || (is_han(c) && !closes(c))
            || (is_han(before) && !closes(c) && !c.is_whitespace());
        match pieces.last_mut() {
            Some(piece) if !ends => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        before = c;
    }
    pieces
}

fn write_font(pdf: &mut Pdf, index: usize, used: &Used, traditional: bool) -> Option<()> {
    match used.source {
        Source::Times => {
            pdf.type1_font(font_ref(index))
                .base_font(Name(b"Times-Roman"))
                .encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        Source::Song => write_song(pdf, index, used, traditional),
        Source::Face(id) => {
            let subset = fonts::subset(id, &used.glyphs)?;
            write_face(pdf, index, used, &subset);
        }
    }
    Some(())
}

/// The objects of a font: itself, its descendant, its descriptor, its characters, its program.
fn refs(index: usize) -> [Ref; 5] {
    let first = font_ref(index).get();
    [0, 1, 2, 3, 4].map(|offset| Ref::new(first + offset))
}

/// A font that the reader has or replaces. ISO 32000-1 gives its names and encodings.
fn write_song(pdf: &mut Pdf, index: usize, used: &Used, traditional: bool) {
    let [font, descendant, descriptor, unicode, _] = refs(index);
    let (name, encoding, ordering, supplement) = if traditional {
        ("MSung-Light", "UniCNS-UTF16-H", "CNS1", 4)
    } else {
        ("STSong-Light", "UniGB-UTF16-H", "GB1", 5)
    };
    let name = Name(name.as_bytes());
    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(encoding.as_bytes()))
        .descendant_font(descendant)
        .to_unicode(unicode);
    pdf.cid_font(descendant)
        .subtype(CidFontType::Type0)
        .base_font(name)
        .system_info(system_info(ordering, supplement))
        .font_descriptor(descriptor)
        .default_width(1000.0);
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SERIF | FontFlags::SYMBOLIC)
        .bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(880.0)
        .stem_v(93.0);
    write_unicode(pdf, unicode, used);
}

fn write_face(pdf: &mut Pdf, index: usize, used: &Used, subset: &Subset) {
    let [font, descendant, descriptor, unicode, program] = refs(index);
    let name = Name(subset.name.as_bytes());
    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(unicode);
    let mut cid = pdf.cid_font(descendant);
    cid.subtype(if subset.cff {
        CidFontType::Type0
    } else {
        CidFontType::Type2
    })
    .base_font(name)
    .system_info(system_info("Identity", 0))
    .font_descriptor(descriptor)
    .default_width(0.0);
    if !subset.cff {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let mut widths = cid.widths();
    for (code, _, width) in &used.letters {
        widths.same(*code, *code, *width);
    }
    widths.finish();
    cid.finish();
    let [left, bottom, right, top] = subset.bounds;
    let mut described = pdf.font_descriptor(descriptor);
    described
        .name(name)
        .flags(FontFlags::SERIF | FontFlags::SYMBOLIC)
        .bbox(Rect::new(left, bottom, right, top))
        .italic_angle(0.0)
        .ascent(subset.ascent)
        .descent(subset.descent)
        .cap_height(subset.capitals)
        .stem_v(80.0);
    if subset.cff {
        described.font_file3(program);
    } else {
        described.font_file2(program);
    }
    described.finish();
    write_unicode(pdf, unicode, used);
    let packed = pack(&subset.program);
    let mut stream = pdf.stream(program, &packed);
    stream.filter(Filter::FlateDecode);
    if subset.cff {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    } else if let Ok(length) = i32::try_from(subset.program.len()) {
        stream.pair(Name(b"Length1"), length);
    }
}

/// What the codes mean, for those who search, copy or listen.
fn write_unicode(pdf: &mut Pdf, id: Ref, used: &Used) {
    let mut map = UnicodeCmap::<u16>::new(Name(b"Custom"), system_info("UCS", 0));
    for (code, c, _) in &used.letters {
        map.pair(*code, *c);
    }
    let packed = pack(&map.finish());
    pdf.stream(id, &packed).filter(Filter::FlateDecode);
}

fn system_info(ordering: &'static str, supplement: i32) -> SystemInfo<'static> {
    SystemInfo {
        registry: Str(b"Adobe"),
        ordering: Str(ordering.as_bytes()),
        supplement,
    }
}

#[cfg(test)]
mod tests {
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
            if flate2::read::ZlibDecoder::new(&rest[..length]).read_to_end(&mut unpacked).is_ok() {
                text.push_str(&String::from_utf8_lossy(&unpacked));
            }
            rest = &rest[length + end.len()..];
        }
        text
    }

    /// Whether readers can tell that the letter is there.
    fn has(streams: &str, letter: char) -> bool {
        let mut units = [0; 2];
        let hex: String = letter.encode_utf16(&mut units).iter().map(|unit| format!("{unit:04X}")).collect();
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
                    assert!(has(&streams, letter), "{letter} in {language} with the {kind}'s fonts");
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
        let learner = "Maximiliane Alexandra von Hohenlohe-Langenburg-Weikersheim und noch viel mehr Namen";
        let course = "A title that goes on and on, through the whole of what there is to say about it, ".repeat(4);
        let certificate = certificate(learner, &course, "en", standing);
        let drawn = draw(&certificate);
        keep("long.pdf", &drawn);
        assert!(drawn.len() > 5_000);
    }

    #[test]
    fn lines_end_between_words_and_between_chinese_letters() {
        assert_eq!(pieces("a bc d"), ["a ", "bc ", "d"]);
        assert_eq!(pieces("学习：Git 入门"), ["学", "习：", "Git ", "入", "门"]);
        let mut sheet = Sheet {
            content: Content::new(),
            fonts: Fonts::of_reader("en"),
        };
        assert_eq!(sheet.lines("aa bb cc", 1_200.0, 3), ["aa ", "bb ", "cc"]);
        let cut = sheet.lines("aa bb cc", 1_200.0, 1);
        assert_eq!(cut.len(), 1);
        assert!(cut[0].ends_with('…'));
    }
}
