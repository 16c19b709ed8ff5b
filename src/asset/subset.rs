//! Faces cut down to what a book shows, for both editions.
//!
//! In:     the bytes of a face; the glyphs set on the pages, or the characters of the e-book.
//! Out:    [`Embedded`] for the PDF, a font file for the e-book.
//! Faults: [`Error::Font`] for a face that cannot be read.
//! Absent: the files the subsets go into.
//!
//! The two editions need different things. A PDF shows glyphs by number, so its subset drops `cmap` and every layout
//! table: it is of no use outside the PDF. A reading system shapes the e-book's text itself, so that subset is a whole
//! font: it keeps `cmap`, `GSUB` and `GPOS` for the kept characters, and works in `@font-face`.

use super::sfnt::{Metrics, Outlines, Sfnt};
use crate::base::Error;
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags};
use skrifa::raw::FontRef;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A face cut down for a PDF.
pub struct Embedded {
    /// For TrueType a font file without `cmap`; for CFF the bare `CFF ` table, keyed by CID.
    pub program: Vec<u8>,
    pub outlines: Outlines,
    /// The code of each glyph by its old id; 0 for glyphs that are not in the subset.
    pub codes: Vec<u16>,
    /// Codes run from 0 (`.notdef`) to one less than this.
    pub count: u16,
    /// Of the whole face; `advances` by the old ids.
    pub metrics: Metrics,
}

/// Cuts a face down to some glyphs. Codes follow the order of the old glyph ids.
pub fn for_pdf(name: &str, bytes: &[u8], glyphs: &BTreeSet<u16>) -> Result<Embedded, Error> {
    let fault = |why: &str| Error::Font { name: name.to_owned(), why: why.to_owned() };
    let sfnt = Sfnt::parse(bytes).ok_or_else(|| fault("not an OpenType font"))?;
    let outlines = sfnt.outlines().ok_or_else(|| fault("it has no outlines"))?;
    let metrics = sfnt.metrics().ok_or_else(|| fault("its measures cannot be read"))?;
    let mut remapper = subsetter::GlyphRemapper::new();
    let mut codes = vec![0; metrics.advances.len()];
    for &glyph in glyphs {
        let code = remapper.remap(glyph);
        if let Some(slot) = codes.get_mut(usize::from(glyph)) {
            *slot = code;
        }
    }
    let count = remapper.num_gids();
    let file = subsetter::subset(bytes, 0, &remapper).map_err(|error| fault(&error.to_string()))?;
    let program = match outlines {
        Outlines::TrueType => file,
        Outlines::Cff => {
            let subset = Sfnt::parse(&file).and_then(|subset| subset.table(b"CFF "));
            subset.ok_or_else(|| fault("its subset has no outlines"))?.to_vec()
        }
    };
    Ok(Embedded { program, outlines, codes, count, metrics })
}

/// A face as it is, for printers that want whole fonts: its codes are its glyph ids. `None` for outlines that a PDF
/// cannot hold with glyph ids as codes (CFF), and for what cannot be read: those are cut down.
pub fn whole(bytes: &[u8]) -> Option<Embedded> {
    let sfnt = Sfnt::parse(bytes)?;
    let (outlines, metrics) = (sfnt.outlines()?, sfnt.metrics()?);
    let count = u16::try_from(metrics.advances.len()).ok().filter(|_| outlines == Outlines::TrueType)?;
    Some(Embedded { program: bytes.to_vec(), outlines, codes: (0..count).collect(), count, metrics })
}

/// Features our style sheets ask for beside those that reading systems apply by themselves.
const SCREEN_FEATURES: [&[u8; 4]; 9] =
    [b"smcp", b"c2sc", b"onum", b"lnum", b"pnum", b"tnum", b"sups", b"subs", b"case"];

/// Cuts a face down to some characters as a font file of its own: TrueType stays TrueType, in OpenType's envelope.
///
/// Glyphs that the kept characters can turn into (ligatures, small capitals) stay. A face with CFF outlines, and one
/// that the subsetter cannot read, is handed back whole: larger, but right.
pub fn for_epub(bytes: &Arc<[u8]>, characters: &BTreeSet<char>) -> Arc<[u8]> {
    let truetype = Sfnt::parse(bytes).and_then(|sfnt| sfnt.outlines()) == Some(Outlines::TrueType);
    if !truetype {
        return bytes.clone();
    }
    // The subsetter is written for sound fonts: on a broken one of the book's own it may panic, which must not stop
    // the book.
    let cut = std::panic::catch_unwind(|| cut(bytes, characters));
    match cut {
        Ok(Some(subset)) if !subset.is_empty() => subset.into(),
        Ok(_) | Err(_) => bytes.clone(),
    }
}

fn cut(bytes: &[u8], characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::from_index(bytes, 0).ok()?;
    let mut unicodes = IntSet::<u32>::empty();
    unicodes.extend(characters.iter().map(|&character| u32::from(character)));
    let mut drop = IntSet::<Tag>::empty();
    drop.extend(DEFAULT_DROP_TABLES.iter().copied());
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let mut features = IntSet::<Tag>::empty();
    features.extend(DEFAULT_LAYOUT_FEATURES.iter().copied());
    features.extend(SCREEN_FEATURES.iter().map(|tag| Tag::new(tag)));
    let mut names = IntSet::<NameId>::empty();
    // Copyright, family, style, unique id, full name, version, PostScript name, and the licence with its address:
    // the Open Font License asks that notices stay with the font.
    names.insert_range(NameId::from(0)..=NameId::from(6));
    names.insert_range(NameId::from(13)..=NameId::from(14));
    let mut languages = IntSet::<u16>::empty();
    const ENGLISH_UNITED_STATES: u16 = 0x0409;
    languages.insert(ENGLISH_UNITED_STATES);
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE;
    let plan = Plan::new(&IntSet::empty(), &unicodes, &font, flags, &drop, &scripts, &features, &names, &languages);
    skera::subset_font(&font, &plan).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::Faces;

    fn literata() -> Arc<[u8]> {
        let faces = Faces::with(Vec::new());
        let id = faces.find("Literata", 400, false).expect("bundled");
        faces.get(id).bytes()
    }

    #[test]
    fn a_pdf_subset_is_small_and_numbers_its_glyphs_from_one() {
        let bytes = literata();
        let subset = for_pdf("Literata", &bytes, &BTreeSet::from([40, 41, 45])).expect("sound");
        assert_eq!((subset.codes[40], subset.codes[41], subset.codes[45]), (1, 2, 3));
        assert_eq!(subset.codes[42], 0);
        assert!(subset.program.len() < bytes.len() / 4, "{} bytes", subset.program.len());
    }

    #[test]
    fn an_epub_subset_keeps_the_map_and_the_ligatures() {
        let bytes = literata();
        let subset = for_epub(&bytes, &"officer".chars().collect());
        assert!(subset.len() < bytes.len() / 4, "{} of {} bytes", subset.len(), bytes.len());
        let sfnt = Sfnt::parse(&subset).expect("a font");
        for table in [b"cmap", b"GSUB", b"glyf", b"hmtx", b"name", b"OS/2"] {
            assert!(sfnt.table(table).is_some(), "{}", String::from_utf8_lossy(table));
        }
        let shaper = harfrust::ShaperData::new(&FontRef::new(&subset).expect("a font"));
        let font = FontRef::new(&subset).expect("a font");
        let mut buffer = harfrust::UnicodeBuffer::new();
        buffer.push_str("office");
        buffer.guess_segment_properties();
        let shaped = shaper.shaper(&font).build().shape(buffer, harfrust::ShapeOptions::default());
        assert!(shaped.glyph_infos().iter().all(|glyph| glyph.glyph_id != 0), "a character was lost");
        assert!(shaped.len() < 6, "no ligature was made");
    }

    #[test]
    fn rubbish_comes_back_whole() {
        let rubbish: Arc<[u8]> = vec![7; 100].into();
        assert_eq!(for_epub(&rubbish, &BTreeSet::from(['a'])), rubbish);
        assert!(for_pdf("x", &rubbish, &BTreeSet::new()).is_err());
    }
}
