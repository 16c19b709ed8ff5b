//! A face → a smaller face that is still a font file for any reading system.
//!
//! In:     a TrueType font and the characters a book shows in it.
//! Out:    a font with the outlines of these characters, and of every glyph that its own features may put for them:
//!         small capitals, figures, ligatures, joined forms. `None`: not a TrueType font, or a broken one.
//! Absent: which characters a book uses (`epub/fonts.rs`), and the subset for the PDF, which needs no features.
//!
//! Glyphs keep their numbers, so that `GSUB`, `GDEF` and marks of `GPOS` stay true as they are: an outline that is not
//! needed becomes empty and costs next to nothing once deflated. Kerning is most of `GPOS`; it is written anew for the
//! glyphs kept (`kern.rs`). Literata: 255 KB → 62 KB, deflated 112 KB → 24 KB; subsetting by the crates at hand would have
//! lost `GSUB` (allsorts) or `cmap` as well (subsetter). Hints are left out: reading systems draw without them.

use super::kern;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::Tag;
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{GlyphId, MetadataProvider};
use std::collections::{BTreeMap, BTreeSet};

/// The features that our stylesheet or a reading system turns on.
const FEATURES: [&[u8; 4]; 22] = [
    b"ccmp", b"locl", b"liga", b"clig", b"rlig", b"calt", b"smcp", b"onum", b"lnum", b"pnum", b"tnum", b"init",
    b"medi", b"med2", b"fina", b"fin2", b"fin3", b"isol", b"mark", b"mkmk", b"abvs", b"rclt",
];
/// Tables that are carried over as they stand.
const KEPT: [&[u8; 4]; 8] = [b"head", b"hhea", b"OS/2", b"maxp", b"name", b"gasp", b"GSUB", b"GDEF"];

/// Cuts a face down to `characters`.
pub fn subset(bytes: &[u8], characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(bytes).ok()?;
    let map = font.charmap();
    let mapped: BTreeMap<u32, u16> = characters
        .iter()
        .filter_map(|&c| Some((u32::from(c), u16::try_from(map.map(c)?.to_u32()).ok()?)))
        .filter(|(_, glyph)| *glyph != 0)
        .collect();
    let outlines = Outlines::of(&font)?;
    let mut glyphs: IntSet<GlyphId> = mapped.values().map(|&glyph| GlyphId::from(glyph)).collect();
    glyphs.insert(GlyphId::NOTDEF);
    if let Ok(gsub) = font.gsub() {
        let features: IntSet<Tag> = FEATURES.iter().map(|tag| Tag::new(tag)).collect();
        let indices = gsub.collect_features(&IntSet::all(), &IntSet::all(), &features).ok()?;
        let lookups = gsub.collect_lookups(&indices).ok()?;
        gsub.closure_glyphs(&lookups, &mut glyphs).ok()?;
    }
    let shaped: Vec<u16> = glyphs.iter().filter_map(|glyph| u16::try_from(glyph.to_u32()).ok()).collect();
    let mut kept: BTreeSet<u16> = shaped.iter().copied().collect();
    outlines.add_components(&mut kept);

    let mut tables: BTreeMap<[u8; 4], Vec<u8>> = BTreeMap::new();
    for tag in KEPT {
        if let Some(data) = font.data_for_tag(Tag::new(tag)) {
            tables.insert(*tag, data.as_bytes().to_vec());
        }
    }
    let (glyf, loca) = outlines.cut(&kept);
    tables.insert(*b"glyf", glyf);
    tables.insert(*b"loca", loca);
    // indexToLocFormat: long offsets.
    tables.get_mut(b"head")?.get_mut(50..52)?.copy_from_slice(&[0, 1]);
    tables.insert(*b"hmtx", widths(&font, &kept)?);
    tables.insert(*b"cmap", character_map(&mapped));
    tables.insert(*b"post", names_dropped(font.data_for_tag(Tag::new(b"post"))?.as_bytes())?);
    if let Some(gpos) = font.data_for_tag(Tag::new(b"GPOS")) {
        let has_marks = characters.iter().any(|&c| needs_marks(c));
        let anew = if has_marks { Some(gpos.as_bytes().to_vec()) } else { kern::table(&font, &shaped) };
        tables.extend(anew.map(|table| (*b"GPOS", table)));
    }
    Some(assemble(tables))
}

/// The characters that a face has no glyph for.
pub fn missing(bytes: &[u8], characters: &BTreeSet<char>) -> BTreeSet<char> {
    let Ok(font) = FontRef::new(bytes) else { return characters.clone() };
    let map = font.charmap();
    characters.iter().copied().filter(|&c| map.map(c).is_none_or(|glyph| glyph == GlyphId::NOTDEF)).collect()
}

/// Characters whose place over or under others the font gives: combining marks, and scripts that live by them.
fn needs_marks(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x483..=0x487 | 0x590..=0x8FF | 0x900..=0x109F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// `glyf` with the places of its glyphs (OpenType 1.9, "glyf").
struct Outlines<'a> {
    glyf: &'a [u8],
    /// One more than there are glyphs.
    offsets: Vec<usize>,
}

impl<'a> Outlines<'a> {
    fn of(font: &FontRef<'a>) -> Option<Outlines<'a>> {
        let table = |tag: &[u8; 4]| font.data_for_tag(Tag::new(tag)).map(|data| data.as_bytes());
        let (glyf, loca, head) = (table(b"glyf")?, table(b"loca")?, table(b"head")?);
        let is_long = u16_at(head, 50)? == 1;
        let count = usize::from(font.maxp().ok()?.num_glyphs());
        let offsets = (0..=count).map(|glyph| match is_long {
            true => u32_at(loca, glyph * 4).map(|offset| offset as usize),
            false => u16_at(loca, glyph * 2).map(|offset| usize::from(offset) * 2),
        });
        Some(Outlines { glyf, offsets: offsets.collect::<Option<_>>()? })
    }

    fn glyph(&self, glyph: u16) -> &'a [u8] {
        let at = usize::from(glyph);
        let range = self.offsets.get(at).zip(self.offsets.get(at + 1));
        range.and_then(|(&from, &to)| self.glyf.get(from..to)).unwrap_or_default()
    }

    /// Adds the glyphs of which others are composed.
    fn add_components(&self, kept: &mut BTreeSet<u16>) {
        let mut open: Vec<u16> = kept.iter().copied().collect();
        while let Some(glyph) = open.pop() {
            for (component, _) in Components::of(self.glyph(glyph)) {
                if kept.insert(component) {
                    open.push(component);
                }
            }
        }
    }

    /// `glyf` and `loca` with the kept glyphs only, all at their numbers.
    fn cut(&self, kept: &BTreeSet<u16>) -> (Vec<u8>, Vec<u8>) {
        let (mut glyf, mut loca) = (Vec::new(), Vec::with_capacity(self.offsets.len() * 4));
        for glyph in 0..self.offsets.len() - 1 {
            loca.extend((glyf.len() as u32).to_be_bytes());
            if let Ok(id) = u16::try_from(glyph)
                && kept.contains(&id)
            {
                unhinted(self.glyph(id), &mut glyf);
                glyf.resize(glyf.len().next_multiple_of(4), 0);
            }
        }
        loca.extend((glyf.len() as u32).to_be_bytes());
        (glyf, loca)
    }
}

/// The components of a composite glyph, each with the place of its flags.
struct Components<'a> {
    glyph: &'a [u8],
    next: Option<usize>,
}

const ARGS_ARE_WORDS: u16 = 0x0001;
const HAS_SCALE: u16 = 0x0008;
const MORE_COMPONENTS: u16 = 0x0020;
const HAS_TWO_SCALES: u16 = 0x0040;
const HAS_MATRIX: u16 = 0x0080;
const HAS_INSTRUCTIONS: u16 = 0x0100;

impl<'a> Components<'a> {
    fn of(glyph: &'a [u8]) -> Components<'a> {
        let is_composite = u16_at(glyph, 0).is_some_and(|contours| contours as i16 == -1);
        Components { glyph, next: is_composite.then_some(10) }
    }
}

impl Iterator for Components<'_> {
    /// The glyph, and the byte after its entry.
    type Item = (u16, usize);

    fn next(&mut self) -> Option<(u16, usize)> {
        let at = self.next.take()?;
        let (flags, glyph) = (u16_at(self.glyph, at)?, u16_at(self.glyph, at + 2)?);
        let mut end = at + if flags & ARGS_ARE_WORDS != 0 { 8 } else { 6 };
        end += match flags {
            flags if flags & HAS_MATRIX != 0 => 8,
            flags if flags & HAS_TWO_SCALES != 0 => 4,
            flags if flags & HAS_SCALE != 0 => 2,
            _ => 0,
        };
        self.next = (flags & MORE_COMPONENTS != 0).then_some(end);
        Some((glyph, end))
    }
}

/// Appends an outline without its instructions.
fn unhinted(glyph: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    let contours = u16_at(glyph, 0).map_or(0, |contours| contours as i16);
    if contours >= 0 {
        let lengths = 10 + contours as usize * 2;
        let points = u16_at(glyph, lengths).map(|length| lengths + 2 + usize::from(length));
        if let Some((head, points)) = glyph.get(..lengths).zip(points.and_then(|points| glyph.get(points..))) {
            out.extend(head);
            out.extend([0, 0]);
            out.extend(points);
            return;
        }
        out.extend(glyph);
        return;
    }
    let Some((_, end)) = Components::of(glyph).last() else {
        return out.extend(glyph);
    };
    out.extend(glyph.get(..end).unwrap_or(glyph));
    // Clear the flag in every entry: it announces bytes that are gone.
    let mut entry = 10;
    let written = out.split_at_mut(start).1;
    while entry < end {
        let Some(flags) = u16_at(written, entry) else { break };
        if let Some(place) = written.get_mut(entry..entry + 2) {
            place.copy_from_slice(&(flags & !HAS_INSTRUCTIONS).to_be_bytes());
        }
        let next = Components { glyph, next: Some(entry) }.next();
        match next {
            Some((_, after)) if after > entry => entry = after,
            _ => break,
        }
    }
}

/// `hmtx`, with the numbers of glyphs that are not kept at zero.
fn widths(font: &FontRef, kept: &BTreeSet<u16>) -> Option<Vec<u8>> {
    let mut table = font.data_for_tag(Tag::new(b"hmtx"))?.as_bytes().to_vec();
    let long = usize::from(font.hhea().ok()?.number_of_h_metrics());
    // The last long entry holds for the glyphs after it.
    for glyph in 0..long.saturating_sub(1) {
        let is_kept = u16::try_from(glyph).is_ok_and(|glyph| kept.contains(&glyph));
        if !is_kept && let Some(entry) = table.get_mut(glyph * 4..glyph * 4 + 4) {
            entry.fill(0);
        }
    }
    Some(table)
}

/// `post` of version 3: without the names of glyphs.
fn names_dropped(post: &[u8]) -> Option<Vec<u8>> {
    let mut table = post.get(..32)?.to_vec();
    table.get_mut(..4)?.copy_from_slice(&0x0003_0000_u32.to_be_bytes());
    Some(table)
}

/// `cmap`: format 4 for the basic plane, format 12 besides where a character lies beyond it.
fn character_map(mapped: &BTreeMap<u32, u16>) -> Vec<u8> {
    // Runs of characters whose glyphs follow one another.
    let mut runs: Vec<(u32, u32, u16)> = Vec::new();
    for (&c, &glyph) in mapped {
        match runs.last_mut() {
            Some((first, last, start)) if *last + 1 == c && u32::from(*start) + (c - *first) == u32::from(glyph) => {
                *last = c
            }
            _ => runs.push((c, c, glyph)),
        }
    }
    let mut basic: Vec<(u16, u16, u16)> = Vec::new();
    for &(first, last, glyph) in runs.iter().filter(|(_, last, _)| *last < 0xFFFF) {
        basic.push((first as u16, last as u16, glyph.wrapping_sub(first as u16)));
    }
    // The last run must be this one (OpenType 1.9, "cmap", format 4).
    basic.push((0xFFFF, 0xFFFF, 1));
    let count = basic.len() as u16;
    let half = u16::BITS - 1 - count.leading_zeros();
    let range = 2u16 << half;
    let mut four: Vec<u8> = Vec::new();
    for number in [4, 16 + 8 * count, 0, count * 2, range, half as u16, count * 2 - range] {
        four.extend(number.to_be_bytes());
    }
    four.extend(basic.iter().flat_map(|run| run.1.to_be_bytes()));
    four.extend([0, 0]);
    four.extend(basic.iter().flat_map(|run| run.0.to_be_bytes()));
    four.extend(basic.iter().flat_map(|run| run.2.to_be_bytes()));
    four.extend(std::iter::repeat_n(0, basic.len() * 2));

    let has_more = runs.iter().any(|(_, last, _)| *last > 0xFFFF);
    let tables: u16 = if has_more { 2 } else { 1 };
    let mut cmap: Vec<u8> = Vec::new();
    for number in [0, tables, 3, 1, 0, 4 + 8 * tables] {
        cmap.extend(number.to_be_bytes());
    }
    if has_more {
        cmap.extend([0, 3, 0, 10]);
        cmap.extend((4 + 8 * u32::from(tables) + four.len() as u32).to_be_bytes());
    }
    cmap.extend(&four);
    if has_more {
        cmap.extend([0, 12, 0, 0]);
        for number in [16 + 12 * runs.len() as u32, 0, runs.len() as u32] {
            cmap.extend(number.to_be_bytes());
        }
        for (first, last, glyph) in runs {
            for number in [first, last, u32::from(glyph)] {
                cmap.extend(number.to_be_bytes());
            }
        }
    }
    cmap
}

/// The font file (OpenType 1.9, "Organization of an OpenType Font").
fn assemble(mut tables: BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    // checkSumAdjustment counts as zero while the sum is taken.
    if let Some(place) = tables.get_mut(b"head").and_then(|head| head.get_mut(8..12)) {
        place.fill(0);
    }
    let count = tables.len() as u16;
    let half = u16::BITS - 1 - count.max(1).leading_zeros();
    let range = 16u16 << half;
    let mut file = 0x0001_0000_u32.to_be_bytes().to_vec();
    for number in [count, range, half as u16, count * 16 - range] {
        file.extend(number.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, data) in &tables {
        file.extend(tag);
        for number in [checksum(data), offset as u32, data.len() as u32] {
            file.extend(number.to_be_bytes());
        }
        offset += data.len().next_multiple_of(4);
    }
    let mut head = None;
    for (tag, data) in &tables {
        if tag == b"head" {
            head = Some(file.len());
        }
        file.extend(data);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
    if let Some(place) = head.and_then(|head| file.get_mut(head + 8..head + 12)) {
        place.copy_from_slice(&adjustment.to_be_bytes());
    }
    file
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::Faces;

    fn literata() -> std::sync::Arc<[u8]> {
        let faces = Faces::with(Vec::new());
        let id = faces.find("Literata", 400, false).unwrap();
        faces.get(id).bytes()
    }

    #[test]
    fn a_subset_shows_its_characters_as_the_whole_face_does() {
        let whole = literata();
        let characters: BTreeSet<char> = "Handgloves fi əçŞ “1984” Баку".chars().collect();
        let cut = subset(&whole, &characters).unwrap();
        let (before, after) = (FontRef::new(&whole).unwrap(), FontRef::new(&cut).unwrap());
        let size = skrifa::instance::Size::unscaled();
        for &c in &characters {
            let glyph = after.charmap().map(c).unwrap();
            assert_eq!(Some(glyph), before.charmap().map(c), "{c}");
            let metrics = |font: &FontRef| {
                let metrics = font.glyph_metrics(size, skrifa::instance::LocationRef::default());
                (metrics.advance_width(glyph), metrics.bounds(glyph))
            };
            assert_eq!(metrics(&after), metrics(&before), "{c}");
        }
        assert_eq!(after.charmap().map('Z'), None);
        assert!(cut.len() < whole.len() / 2, "{} of {}", cut.len(), whole.len());
    }

    #[test]
    fn a_broken_face_is_refused() {
        let whole = literata();
        assert!(subset(&whole[..40], &BTreeSet::from(['a'])).is_none());
        assert!(subset(b"", &BTreeSet::from(['a'])).is_none());
        for cut in (1..60).map(|part| whole.len() * part / 60) {
            let _ = subset(&whole[..cut], &BTreeSet::from(['a', 'é']));
        }
    }
}
