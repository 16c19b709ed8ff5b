//! The tables of a font file (OpenType 1.9, "sfnt"): only the facts that embedding needs.
//!
//! In:     the bytes of a face.
//! Out:    [`Sfnt`], which finds tables, and [`Metrics`].
//! Faults: none of its own; what is broken is `None`.
//! Absent: outlines and shaping.

use std::ops::Range;

/// The table directory of one face; of a collection, its first.
pub struct Sfnt<'a> {
    bytes: &'a [u8],
    tables: Vec<([u8; 4], Range<usize>)>,
}

/// How the outlines of a face are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outlines {
    /// `glyf`: quadratic curves.
    TrueType,
    /// `CFF `: cubic curves, charstrings of type 2.
    Cff,
}

/// Measures of a face in thousandths of the em, the unit in which PDF states them.
#[derive(Clone, PartialEq, Debug)]
pub struct Metrics {
    pub postscript_name: Option<String>,
    /// Left, bottom, right, top of all glyphs together.
    pub bounds: [i64; 4],
    pub ascent: i64,
    /// Below the baseline: negative.
    pub descent: i64,
    pub cap_height: i64,
    /// Degrees anticlockwise from upright: negative for faces that lean to the right.
    pub italic_angle: f64,
    /// OpenType `usWeightClass`, 1 to 1000.
    pub weight: u16,
    pub fixed_pitch: bool,
    /// The advance of each glyph by its id, rounded to whole thousandths.
    pub advances: Vec<u16>,
}

const COLLECTION: &[u8] = b"ttcf";

impl<'a> Sfnt<'a> {
    pub fn parse(bytes: &'a [u8]) -> Option<Sfnt<'a>> {
        let start = if bytes.get(..4)? == COLLECTION { u32_at(bytes, 12)? as usize } else { 0 };
        let count = usize::from(u16_at(bytes, start + 4)?);
        let mut tables = Vec::with_capacity(count);
        for index in 0..count {
            let record = start + 12 + index * 16;
            let tag = bytes.get(record..record + 4)?.try_into().ok()?;
            let offset = u32_at(bytes, record + 8)? as usize;
            let length = u32_at(bytes, record + 12)? as usize;
            tables.push((tag, offset..offset.checked_add(length)?));
        }
        Some(Sfnt { bytes, tables })
    }

    pub fn table(&self, tag: &[u8; 4]) -> Option<&'a [u8]> {
        let (_, range) = self.tables.iter().find(|(name, _)| name == tag)?;
        self.bytes.get(range.clone())
    }

    pub fn outlines(&self) -> Option<Outlines> {
        if self.table(b"glyf").is_some() {
            Some(Outlines::TrueType)
        } else if self.table(b"CFF ").is_some() {
            Some(Outlines::Cff)
        } else {
            None
        }
    }

    pub fn metrics(&self) -> Option<Metrics> {
        let head = self.table(b"head")?;
        let hhea = self.table(b"hhea")?;
        let em = i64::from(u16_at(head, 18)?);
        if em == 0 {
            return None;
        }
        let thousandths = |units: i16| (i64::from(units) * 1000 + (em / 2) * i64::from(units.signum())) / em;
        let ascent = thousandths(i16_at(hhea, 4)?);
        let os2 = self.table(b"OS/2").unwrap_or_default();
        let post = self.table(b"post").unwrap_or_default();
        Some(Metrics {
            postscript_name: self.postscript_name(),
            bounds: [
                thousandths(i16_at(head, 36)?),
                thousandths(i16_at(head, 38)?),
                thousandths(i16_at(head, 40)?),
                thousandths(i16_at(head, 42)?),
            ],
            ascent,
            descent: thousandths(i16_at(hhea, 6)?),
            // Version 2 of the table brought the height; without it, two thirds of the em are near enough for a
            // value that only steers substitution of a font that is not embedded.
            cap_height: i16_at(os2, 88).filter(|height| *height > 0).map_or(ascent * 3 / 4, thousandths),
            italic_angle: u32_at(post, 4).map_or(0.0, |fixed| f64::from(fixed as i32) / 65_536.0),
            weight: u16_at(os2, 4).unwrap_or(400),
            fixed_pitch: u32_at(post, 12).is_some_and(|fixed| fixed != 0),
            advances: self.advances(usize::from(u16_at(hhea, 34)?), em)?,
        })
    }

    fn advances(&self, long: usize, em: i64) -> Option<Vec<u16>> {
        let hmtx = self.table(b"hmtx")?;
        let glyphs = usize::from(u16_at(self.table(b"maxp")?, 4)?);
        let mut last = 0;
        let mut advances = Vec::with_capacity(glyphs);
        for glyph in 0..glyphs {
            if glyph < long {
                last = (i64::from(u16_at(hmtx, glyph * 4)?) * 1000 + em / 2) / em;
            }
            advances.push(u16::try_from(last).unwrap_or(u16::MAX));
        }
        Some(advances)
    }

    /// The name of the face for programs (name id 6): ASCII without spaces.
    fn postscript_name(&self) -> Option<String> {
        const POSTSCRIPT: u16 = 6;
        const WINDOWS: u16 = 3;
        let names = self.table(b"name")?;
        let storage = usize::from(u16_at(names, 4)?);
        for index in 0..usize::from(u16_at(names, 2)?) {
            let record = 6 + index * 12;
            if u16_at(names, record + 6)? != POSTSCRIPT {
                continue;
            }
            let (length, offset) = (usize::from(u16_at(names, record + 8)?), usize::from(u16_at(names, record + 10)?));
            let raw = names.get(storage + offset..storage + offset + length)?;
            // Windows names are UTF-16; of an ASCII name every second byte counts.
            let step = if u16_at(names, record)? == WINDOWS { 2 } else { 1 };
            let name: String = raw.iter().skip(step - 1).step_by(step).map(|&byte| char::from(byte)).collect();
            if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
                return Some(name);
            }
        }
        None
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    u16_at(bytes, at).map(|value| value as i16)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::Faces;

    #[test]
    fn a_bundled_face_tells_its_measures() {
        let faces = Faces::with(Vec::new());
        let id = faces.find("JetBrains Mono", 400, false).expect("bundled");
        let bytes = faces.get(id).bytes();
        let metrics = Sfnt::parse(&bytes).and_then(|sfnt| sfnt.metrics()).expect("sound");
        assert_eq!(metrics.postscript_name.as_deref(), Some("JetBrainsMono-Regular"));
        assert!(metrics.fixed_pitch);
        assert_eq!(metrics.advances[20], 600);
        assert!(metrics.descent < 0 && metrics.ascent > 0 && metrics.cap_height == 730);
    }

    #[test]
    fn rubbish_is_no_font() {
        assert!(Sfnt::parse(b"").is_none());
        assert!(Sfnt::parse(&[0xFF; 64]).is_none());
        assert!(Sfnt::parse(b"\0\x01\0\0\0\0\0\0\0\0\0\0").is_some_and(|sfnt| sfnt.metrics().is_none()));
    }
}
