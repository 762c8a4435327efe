//! Fonts as objects of a document: embedded, or named for the reader to bring.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Filter, Finish, Name, Pdf, Rect, Ref, Str,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};

use super::fonts::{self, Source, Subset, Used};

pub fn font_name(index: usize) -> String {
    format!("F{index}")
}

/// Each font may have five objects, behind those of the document.
pub fn font_ref(index: usize) -> Ref {
    Ref::new(10 + 5 * i32::try_from(index).unwrap_or_default())
}

pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = zlib.write_all(bytes).and_then(|()| zlib.finish());
    packed.expect("memory takes every write")
}

/// `None` for a font that cannot be embedded.
pub fn write_font(pdf: &mut Pdf, index: usize, used: &Used, traditional: bool) -> Option<()> {
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
