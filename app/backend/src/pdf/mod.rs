//! Sheets of paper as PDF: text in the fonts of [`fonts`], a few lines and the mark.
//!
//! A document says in which language it is and in which order it is read (a tagged PDF, ISO 32000-1, 14.8): every
//! line of text is an element, everything drawn is decoration.

mod embed;
pub mod fonts;

use pdf_writer::{
    Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{ArtifactType, StructRole},
};

use embed::{font_name, font_ref, pack, write_font};
use fonts::Fonts;

pub type Colour = [f32; 3];
pub const INK: Colour = [0.114, 0.110, 0.102];
pub const MUTED: Colour = [0.369, 0.353, 0.325];
pub const LINE: Colour = [0.894, 0.875, 0.835];
pub const PINE: Colour = [0.118, 0.357, 0.294];
pub const SUN: Colour = [0.878, 0.647, 0.149];
pub const ERROR: Colour = [0.627, 0.094, 0.251];

/// What a document says about itself.
pub struct About<'a> {
    pub title: &'a str,
    pub author: &'a str,
    /// BCP 47 tag.
    pub language: &'a str,
    /// Width and height of a page in points, 72 to an inch.
    pub size: (f32, f32),
}

/// A page that is written on.
struct Page {
    content: Content,
    /// What its lines of text are, in the order in which they are read.
    lines: Vec<StructRole>,
}

/// A document that is written, page after page.
pub struct Sheet {
    pub fonts: Fonts,
    pages: Vec<Page>,
    /// What the next lines are.
    role: StructRole,
}

impl Page {
    fn blank() -> Self {
        Self {
            content: Content::new(),
            lines: Vec::new(),
        }
    }
}

impl Sheet {
    pub fn new(fonts: Fonts) -> Self {
        Self {
            fonts,
            pages: vec![Page::blank()],
            role: StructRole::P,
        }
    }

    /// Goes on on a new page.
    pub fn turn(&mut self) {
        self.pages.push(Page::blank());
    }

    /// How many pages there are so far.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The lines that `write` writes are headings.
    pub fn heading<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        self.role = StructRole::H1;
        let written = write(self);
        self.role = StructRole::P;
        written
    }

    /// Draws on the last page what is not for reading.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Content)) {
        let content = &mut self.page().content;
        let mut mark = content.begin_marked_content_with_properties(Name(b"Artifact"));
        mark.properties().artifact().kind(ArtifactType::Layout);
        mark.finish();
        draw(content);
        content.end_marked_content();
    }

    /// The mark: a diamond, higher than wide.
    pub fn blaze(&mut self, x: f32, y: f32, half: f32, [r, g, b]: Colour) {
        let tall = half * 1.44;
        self.draw(|content| {
            content
                .set_fill_rgb(r, g, b)
                .move_to(x, y + tall)
                .line_to(x + half, y)
                .line_to(x, y - tall)
                .line_to(x - half, y)
                .close_path()
                .fill_nonzero();
        });
    }

    /// One line of text, its letters standing on `y`.
    pub fn line(&mut self, text: &str, x: f32, y: f32, size: f32, [r, g, b]: Colour) {
        let runs = self.fonts.runs(text);
        let role = self.role;
        let page = self.page();
        let number = i32::try_from(page.lines.len()).unwrap_or(i32::MAX);
        page.lines.push(role);
        let content = &mut page.content;
        let mut mark = content.begin_marked_content_with_properties(role.to_name());
        mark.properties().identify(number);
        mark.finish();
        content.begin_text().set_fill_rgb(r, g, b).next_line(x, y);
        for run in runs {
            content
                .set_font(Name(font_name(run.font).as_bytes()), size)
                .show(Str(&run.codes));
        }
        content.end_text().end_marked_content();
    }

    /// One line that ends at `right`.
    pub fn line_to(&mut self, text: &str, right: f32, y: f32, size: f32, colour: Colour) {
        let width = self.fonts.width(text) * size / 1000.0;
        self.line(text, right - width, y, size, colour);
    }

    /// Lines of at most `width` (thousandths): between words, and between any two Chinese characters. What does not
    /// fit into the last line ends in an ellipsis.
    pub fn lines(&mut self, text: &str, width: f32, most: usize) -> Vec<String> {
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

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::blank());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// The finished document; `None` where a font could not be embedded.
    pub fn finish(self, about: &About<'_>) -> Option<Vec<u8>> {
        let Self { fonts, pages, .. } = self;
        let mut pdf = Pdf::new();
        let refs = Refs::of(&fonts, &pages);
        write_catalog(&mut pdf, about);
        let count = i32::try_from(pages.len()).ok()?;
        pdf.pages(PAGES)
            .kids((0..pages.len()).map(|page| refs.page(page)))
            .count(count);
        write_structure(&mut pdf, &refs, &pages);
        for (number, page) in pages.into_iter().enumerate() {
            write_page(&mut pdf, &refs, number, about.size, fonts.used.len());
            let packed = pack(&page.content.finish());
            pdf.stream(refs.content(number), &packed)
                .filter(Filter::FlateDecode);
        }
        for (index, used) in fonts.used.iter().enumerate() {
            write_font(&mut pdf, index, used, fonts.traditional)?;
        }
        Some(pdf.finish())
    }
}

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const STRUCTURE: Ref = Ref::new(4);
const DOCUMENT: Ref = Ref::new(5);

/// Numbers of the objects: those above, the fonts, three for each page, one for each line.
struct Refs {
    first_page: i32,
    first_line: i32,
    /// How many lines stand on the pages before each.
    before: Vec<i32>,
}

impl Refs {
    fn of(fonts: &Fonts, pages: &[Page]) -> Self {
        let first_page = font_ref(fonts.used.len()).get();
        let count = |number: usize| i32::try_from(number).unwrap_or_default();
        let mut lines = 0;
        let before = pages.iter().map(|page| {
            let before = lines;
            lines += count(page.lines.len());
            before
        });
        Self {
            first_page,
            before: before.collect(),
            first_line: first_page + 3 * count(pages.len()),
        }
    }

    fn page(&self, number: usize) -> Ref {
        Ref::new(self.first_page + 3 * i32::try_from(number).unwrap_or_default())
    }

    fn content(&self, number: usize) -> Ref {
        Ref::new(self.page(number).get() + 1)
    }

    /// The lines of a page, by their number on it.
    fn parents(&self, number: usize) -> Ref {
        Ref::new(self.page(number).get() + 2)
    }

    fn line(&self, page: usize, line: usize) -> Ref {
        let before = self.before.get(page).copied().unwrap_or_default();
        Ref::new(self.first_line + before + i32::try_from(line).unwrap_or_default())
    }
}

fn write_catalog(pdf: &mut Pdf, about: &About<'_>) {
    let mut root = pdf.catalog(CATALOG);
    root.pages(PAGES).lang(TextStr(about.language));
    root.viewer_preferences().display_doc_title(true);
    root.mark_info().marked(true);
    // A reference, because the tree is an object of its own.
    root.pair(Name(b"StructTreeRoot"), STRUCTURE);
    root.finish();
    pdf.document_info(INFO)
        .title(TextStr(about.title))
        .author(TextStr(about.author))
        .producer(TextStr("Waymark"));
}

/// Which line is read after which.
fn write_structure(pdf: &mut Pdf, refs: &Refs, pages: &[Page]) {
    let numbered = || {
        pages
            .iter()
            .enumerate()
            .flat_map(|(page, on)| (0..on.lines.len()).map(move |line| (page, line)))
    };
    let mut tree = pdf
        .indirect(STRUCTURE)
        .start::<pdf_writer::writers::StructTreeRoot<'_>>();
    tree.child(DOCUMENT);
    let mut parents = tree.parent_tree();
    let mut entries = parents.nums();
    for number in 0..pages.len() {
        let key = i32::try_from(number).unwrap_or_default();
        entries.insert(key, refs.parents(number));
    }
    entries.finish();
    parents.finish();
    tree.parent_tree_next_key(i32::try_from(pages.len()).unwrap_or_default());
    tree.finish();
    for (number, page) in pages.iter().enumerate() {
        let lines = (0..page.lines.len()).map(|line| refs.line(number, line));
        pdf.indirect(refs.parents(number)).array().items(lines);
    }
    let mut document = pdf.struct_element(DOCUMENT);
    document.kind(StructRole::Document).parent(STRUCTURE);
    let mut children = document.children();
    for (page, line) in numbered() {
        children.struct_element(refs.line(page, line));
    }
    children.finish();
    document.finish();
    for (page, line) in numbered() {
        let mut element = pdf.struct_element(refs.line(page, line));
        element
            .kind(pages[page].lines[line])
            .parent(DOCUMENT)
            .page(refs.page(page));
        let number = i32::try_from(line).unwrap_or_default();
        element.children().marked_content_id(number);
    }
}

fn write_page(pdf: &mut Pdf, refs: &Refs, number: usize, size: (f32, f32), fonts: usize) {
    let mut page = pdf.page(refs.page(number));
    page.parent(PAGES)
        .media_box(Rect::new(0.0, 0.0, size.0, size.1))
        .contents(refs.content(number))
        .struct_parents(i32::try_from(number).unwrap_or_default());
    let mut resources = page.resources();
    let mut names = resources.fonts();
    for index in 0..fonts {
        names.pair(Name(font_name(index).as_bytes()), font_ref(index));
    }
    names.finish();
    resources.finish();
    page.finish();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_between_chinese_letters() {
        assert_eq!(pieces("a bc d"), ["a ", "bc ", "d"]);
        assert_eq!(pieces("学习：Git 入门"), ["学", "习：", "Git ", "入", "门"]);
        let mut sheet = Sheet::new(Fonts::of_reader("en"));
        assert_eq!(sheet.lines("aa bb cc", 1_200.0, 3), ["aa ", "bb ", "cc"]);
        let cut = sheet.lines("aa bb cc", 1_200.0, 1);
        assert_eq!(cut.len(), 1);
        assert!(cut[0].ends_with('…'));
    }
}
