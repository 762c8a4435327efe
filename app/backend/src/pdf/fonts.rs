//! Letters for a PDF.
//!
//! The machine's own fonts are used, and only the letters that occur are embedded. Where no font has a letter, readers
//! are asked for theirs: Times for western letters, and for Chinese the fonts that ISO 32000-1 (9.7.5.2) lets every
//! reader of PDF have or replace. So a certificate can be read wherever it was drawn, and looks best where the machine
//! has a Chinese font.

use std::{collections::HashMap, sync::LazyLock};

use fontdb::{Database, Family, ID, Query};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, Tag};

/// What is nearest to the pages' headings first.
const WESTERN: [&str; 9] = [
    "Libertinus Serif",
    "Source Serif 4",
    "Noto Serif",
    "P052",
    "Palatino Linotype",
    "Liberation Serif",
    "Times New Roman",
    "Tinos",
    "DejaVu Serif",
];
const SIMPLIFIED: [&str; 10] = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "Songti SC",
    "SimSun",
    "AR PL UMing CN",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
];
const TRADITIONAL: [&str; 8] = [
    "Noto Serif CJK TC",
    "Source Han Serif TC",
    "Noto Serif TC",
    "Songti TC",
    "PMingLiU",
    "AR PL UMing TW",
    "AR PL UMing CN",
    "Noto Sans CJK TC",
];

static SYSTEM: LazyLock<Database> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    fonts
});

/// Where the letters of a run come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A font of this machine, embedded.
    Face(ID),
    /// Times, in the encoding WinAnsi, which every reader has.
    Times,
    /// The reader's Chinese font, in UTF-16.
    Song,
}

/// A font that was used.
pub struct Used {
    pub source: Source,
    pub glyphs: GlyphRemapper,
    /// What was written with it: code, character, width in thousandths of the size.
    pub letters: Vec<(u16, char, f32)>,
}

/// Letters of one font, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Index of the font in [`Fonts::used`].
    pub font: usize,
    pub codes: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Letter {
    font: usize,
    code: u16,
    width: f32,
}

/// The fonts of one document.
pub struct Fonts {
    pub used: Vec<Used>,
    pub traditional: bool,
    system: Option<&'static Database>,
    preferred: Vec<ID>,
    known: HashMap<char, Letter>,
}

impl Fonts {
    /// With the machine's fonts, for a text that is mostly in `language` (of the interface).
    pub fn of_system(language: &str) -> Self {
        let chinese = if language == "zh-Hant" {
            TRADITIONAL.iter().chain(&SIMPLIFIED)
        } else {
            SIMPLIFIED.iter().chain(&TRADITIONAL)
        };
        // Chinese fonts have western letters that fit; and quotation marks as Chinese writes them.
        let families: Vec<&str> = if language == "en" {
            WESTERN.iter().chain(chinese).copied().collect()
        } else {
            chinese.chain(&WESTERN).copied().collect()
        };
        let find = |family: &&str| {
            let families = [Family::Name(family)];
            let query = Query {
                families: &families,
                ..Query::default()
            };
            SYSTEM.query(&query).filter(|id| can_embed(*id))
        };
        Self {
            preferred: families.iter().filter_map(find).collect(),
            system: Some(&SYSTEM),
            ..Self::of_reader(language)
        }
    }

    /// With nothing but what readers bring.
    pub fn of_reader(language: &str) -> Self {
        Self {
            used: Vec::new(),
            traditional: language == "zh-Hant",
            system: None,
            preferred: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// Width of a text in thousandths of its size.
    pub fn width(&mut self, text: &str) -> f32 {
        text.chars().map(|c| self.letter(c).width).sum()
    }

    pub fn runs(&mut self, text: &str) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for c in text.chars() {
            let letter = self.letter(c);
            if runs.last().is_none_or(|run| run.font != letter.font) {
                runs.push(Run {
                    font: letter.font,
                    codes: Vec::new(),
                });
            }
            let wide = self.used[letter.font].source != Source::Times;
            if let Some(run) = runs.last_mut() {
                let bytes = letter.code.to_be_bytes();
                run.codes.extend(&bytes[usize::from(!wide)..]);
            }
        }
        runs
    }

    fn letter(&mut self, c: char) -> Letter {
        if let Some(letter) = self.known.get(&c) {
            return *letter;
        }
        let letter = self.find(c);
        self.known.insert(c, letter);
        letter
    }

    /// A preferred font, Times, any other font of the machine, the reader's: the first that has the letter.
    fn find(&mut self, c: char) -> Letter {
        let preferred = self.preferred.iter();
        let found = preferred.map(|id| (*id, glyph(*id, c))).find_map(in_face);
        if let Some((id, glyph, width)) = found {
            return self.embed(id, glyph, c, width);
        }
        if let Some((code, width)) = winansi(c) {
            return self.write(Source::Times, code.into(), c, width);
        }
        let upright =
            |face: &&fontdb::FaceInfo| face.style == fontdb::Style::Normal && can_embed(face.id);
        let faces = self.system.into_iter().flat_map(Database::faces);
        let found = faces
            .filter(upright)
            .map(|face| (face.id, glyph(face.id, c)))
            .find_map(in_face);
        if let Some((id, glyph, width)) = found {
            return self.embed(id, glyph, c, width);
        }
        let mut units = [0; 2];
        match c.encode_utf16(&mut units) {
            [unit] if !c.is_control() => self.write(Source::Song, *unit, c, 1000.0),
            _ => self.write(Source::Times, u16::from(b'?'), '?', 444.0),
        }
    }

    fn embed(&mut self, id: ID, glyph: u16, c: char, width: f32) -> Letter {
        let font = self.place(Source::Face(id));
        let code = self.used[font].glyphs.remap(glyph);
        self.write(Source::Face(id), code, c, width)
    }

    fn write(&mut self, source: Source, code: u16, c: char, width: f32) -> Letter {
        let font = self.place(source);
        self.used[font].letters.push((code, c, width));
        Letter { font, code, width }
    }

    fn place(&mut self, source: Source) -> usize {
        let known = self.used.iter().position(|used| used.source == source);
        known.unwrap_or_else(|| {
            self.used.push(Used {
                source,
                glyphs: GlyphRemapper::new(),
                letters: Vec::new(),
            });
            self.used.len() - 1
        })
    }
}

fn in_face((id, found): (ID, Option<(u16, f32)>)) -> Option<(ID, u16, f32)> {
    found.map(|(glyph, width)| (id, glyph, width))
}

fn with_face<T>(id: ID, look: impl FnOnce(&Face<'_>, &[u8], u32) -> Option<T>) -> Option<T> {
    SYSTEM.with_face_data(id, |data, index| {
        look(&Face::parse(data, index).ok()?, data, index)
    })?
}

/// Whether its maker allows it, and its outlines are of a kind that PDF knows.
fn can_embed(id: ID) -> bool {
    let allowed = |face: &Face<'_>, _: &[u8], _: u32| {
        let tables = face.raw_face();
        let has = |tag: &[u8; 4]| tables.table(Tag::from_bytes(tag)).is_some();
        let restricted = face.permissions() == Some(ttf_parser::Permissions::Restricted);
        let fits = face.is_subsetting_allowed() && !restricted && (has(b"glyf") || has(b"CFF "));
        fits.then_some(())
    };
    with_face(id, allowed).is_some()
}

/// Glyph and width of a letter, where the font has it.
fn glyph(id: ID, c: char) -> Option<(u16, f32)> {
    with_face(id, |face, _, _| {
        let glyph = face.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
        let width = f32::from(face.glyph_hor_advance(glyph)?);
        Some((glyph.0, width * 1000.0 / f32::from(face.units_per_em())))
    })
}

/// A font, reduced to what was used of it.
pub struct Subset {
    pub name: String,
    pub program: Vec<u8>,
    /// Outlines of PostScript's kind (CFF), else TrueType's.
    pub cff: bool,
    /// In thousandths of the size: ascent, descent, height of capitals.
    pub ascent: f32,
    pub descent: f32,
    pub capitals: f32,
    /// Left, bottom, right, top.
    pub bounds: [f32; 4],
}

/// `None` for a font that the subsetter does not understand.
pub fn subset(id: ID, glyphs: &GlyphRemapper) -> Option<Subset> {
    let name = &SYSTEM.face(id)?.post_script_name;
    with_face(id, |face, data, index| {
        let program = subsetter::subset(data, index, glyphs).ok()?;
        let raw = ttf_parser::RawFace::parse(&program, 0).ok()?;
        let outlines = raw.table(Tag::from_bytes(b"CFF "));
        let scale = 1000.0 / f32::from(face.units_per_em());
        let scaled = |value: i16| f32::from(value) * scale;
        let bounds = face.global_bounding_box();
        Some(Subset {
            // Six capitals mark a subset; the document has but one of each font.
            name: format!("WAYMRK+{}", plain(name)),
            cff: outlines.is_some(),
            ascent: scaled(face.ascender()),
            descent: scaled(face.descender()),
            capitals: scaled(face.capital_height().unwrap_or(face.ascender())),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scaled),
            program: outlines.map(<[u8]>::to_vec).unwrap_or(program),
        })
    })
}

fn plain(name: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    name.chars().filter(kept).collect()
}

/// Code and width of a letter in Times. Widths as in Adobe's metrics of the font; accents change none.
fn winansi(c: char) -> Option<(u8, f32)> {
    const ASCII: [u16; 95] = [
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500,
        500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667,
        722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722,
        722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
        500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500,
        444, 480, 200, 480, 541,
    ];
    const LATIN: [u16; 64] = [
        722, 722, 722, 722, 722, 722, 889, 667, 611, 611, 611, 611, 333, 333, 333, 333, 722, 722,
        722, 722, 722, 722, 722, 564, 722, 722, 722, 722, 722, 722, 556, 500, 444, 444, 444, 444,
        444, 444, 667, 444, 444, 444, 444, 444, 278, 278, 278, 278, 500, 500, 500, 500, 500, 500,
        500, 564, 500, 500, 500, 500, 500, 500, 500, 500,
    ];
    let number = u32::from(c);
    let at = |from: u32| usize::try_from(number.checked_sub(from)?).ok();
    let width = |table: &[u16], from| Some(f32::from(*table.get(at(from)?)?));
    match c {
        ' '..='~' => Some((u8::try_from(number).ok()?, width(&ASCII, 0x20)?)),
        'À'..='ÿ' => Some((u8::try_from(number).ok()?, width(&LATIN, 0xc0)?)),
        '\u{a0}' => Some((0xa0, 250.0)),
        '·' => Some((0xb7, 250.0)),
        '–' => Some((0x96, 500.0)),
        '—' => Some((0x97, 1000.0)),
        '‘' => Some((0x91, 333.0)),
        '’' => Some((0x92, 333.0)),
        '“' => Some((0x93, 444.0)),
        '”' => Some((0x94, 444.0)),
        '…' => Some((0x85, 1000.0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_fonts_every_letter_is_asked_of_the_reader() {
        let mut fonts = Fonts::of_reader("zh-Hans");
        let runs = fonts.runs("Mei 陈美 é😀");
        let sources: Vec<Source> = runs.iter().map(|run| fonts.used[run.font].source).collect();
        assert_eq!(sources, [Source::Times, Source::Song, Source::Times]);
        assert_eq!(runs[0].codes, b"Mei ");
        assert_eq!(runs[1].codes, [0x96, 0x48, 0x7f, 0x8e], "UTF-16");
        assert_eq!(runs[2].codes, [b' ', 0xe9, b'?']);
        assert!((fonts.width("Mei") - (889.0 + 444.0 + 278.0)).abs() < 0.1);
    }

    #[test]
    fn what_is_used_of_a_font_is_embedded() {
        let mut fonts = Fonts::of_system("en");
        fonts.runs("Mei Chen");
        for used in &fonts.used {
            if let Source::Face(id) = used.source {
                let subset = subset(id, &used.glyphs).expect("a subset");
                assert!(subset.program.len() < 100_000, "{}", subset.name);
            }
        }
    }
}
