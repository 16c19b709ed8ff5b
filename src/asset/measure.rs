//! What a face has: characters and their widths, for parts that need no shaping.
//!
//! In:     a face.
//! Out:    the characters it lacks; the width of a line.
//! Absent: glyph ids, kerning: `pdf/shape.rs` shapes.

use super::Face;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeSet;

/// The characters that a face has no glyph for; all of them when it cannot be read.
pub fn missing(face: &Face, characters: &BTreeSet<char>) -> BTreeSet<char> {
    let bytes = face.bytes();
    let Ok(font) = FontRef::new(&bytes) else { return characters.clone() };
    let map = font.charmap();
    characters.iter().copied().filter(|&c| map.map(c).is_none_or(|glyph| glyph == GlyphId::NOTDEF)).collect()
}

/// The width of a line in units of its size, without kerning; `None` where the face lacks a character.
pub fn width(face: &Face, text: &str) -> Option<f64> {
    let bytes = face.bytes();
    let font = FontRef::new(&bytes).ok()?;
    let (map, metrics) = (font.charmap(), font.glyph_metrics(Size::unscaled(), LocationRef::default()));
    let units = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em).max(1.0);
    text.chars().map(|c| Some(f64::from(metrics.advance_width(map.map(c)?)?) / units)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::Faces;

    #[test]
    fn a_face_tells_what_it_lacks() {
        let faces = Faces::with(Vec::new());
        let face = faces.get(faces.find("Literata", 400, false).unwrap());
        assert_eq!(missing(face, &"aəЖա".chars().collect()), BTreeSet::from(['ա']));
        assert!(width(face, "mm").unwrap() > 2.0 * width(face, "i").unwrap());
        assert_eq!(width(face, "ա"), None);
    }
}
