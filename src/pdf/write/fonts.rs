//! The faces in use → embedded fonts: subset, widths, and the text of each glyph.
//!
//! In:     [`Usage`] and the faces.
//! Out:    [`Fonts`], which the pages ask for codes and widths; the font objects of the file.
//! Faults: [`Error::Font`].
//! Absent: positions.

use super::glyphs::{Seen, Usage};
use super::objects::{LOCAL, Objects, deflated};
use crate::asset::sfnt::{Metrics, Outlines};
use crate::asset::subset::{self, Embedded};
use crate::asset::{FaceId, Faces};
use crate::base::Error;
use lopdf::{Dictionary, Object, Stream, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The fonts of the file, in the order of their faces.
pub struct Fonts {
    list: Vec<Font>,
    /// By face: the place in the list.
    by_face: Vec<Option<usize>>,
}

/// One embedded font. Its codes are two bytes: the glyph ids of the subset.
pub struct Font {
    /// The name by which pages call it: `F0`.
    pub resource: String,
    base_name: String,
    embedded: Embedded,
    /// By code, in thousandths of the type size.
    widths: Vec<u16>,
    /// By code: what a reader copies.
    texts: Vec<Box<str>>,
    /// The code of the space, if the book shows one in this face.
    pub space: Option<u16>,
}

impl Fonts {
    /// `whole`: nothing is cut away.
    pub fn embed(usage: &Usage, faces: &Faces, whole: bool) -> Result<Fonts, Error> {
        let used: Vec<(FaceId, &[Seen])> = usage.faces().collect();
        let list: Vec<Font> = used
            .par_iter()
            .enumerate()
            .map(|(index, (face, glyphs))| Font::embed(index, faces, *face, glyphs, whole))
            .collect::<Result<_, Error>>()?;
        let mut by_face = Vec::new();
        for (index, (face, _)) in used.iter().enumerate() {
            by_face.resize(usize::from(face.0) + 1, None);
            by_face[usize::from(face.0)] = Some(index);
        }
        Ok(Fonts { list, by_face })
    }

    /// The font of a face, with its place in the list.
    pub fn of(&self, face: FaceId) -> Option<(usize, &Font)> {
        let index = self.by_face.get(usize::from(face.0)).copied().flatten()?;
        Some((index, &self.list[index]))
    }

    /// The resource dictionary that names every font.
    pub fn write(self, objects: &mut Objects) -> Dictionary {
        let written: Vec<(String, Vec<Object>)> =
            self.list.into_par_iter().map(|font| (font.resource.clone(), font.objects())).collect();
        let mut names = Dictionary::new();
        for (resource, parts) in written {
            names.set(resource, Object::Reference(objects.graft(parts)));
        }
        names
    }
}

impl Font {
    fn embed(index: usize, faces: &Faces, face: FaceId, glyphs: &[Seen], whole: bool) -> Result<Font, Error> {
        let face = faces.get(face);
        // `.notdef` is in every subset as glyph 0, and may not be shown (ISO 19005-2, 6.2.11.8).
        let used: BTreeSet<u16> =
            (0..).zip(glyphs).filter(|(id, seen)| seen.used && *id != 0).map(|(id, _)| id).collect();
        let bytes = face.bytes();
        let kept = if whole { subset::whole(&bytes) } else { None };
        let is_whole = kept.is_some();
        let embedded = match kept {
            Some(embedded) => embedded,
            None => subset::for_pdf(&face.name, &bytes, &used)?,
        };
        let count = usize::from(embedded.count);
        let (mut widths, mut texts) = (vec![0; count], vec![Box::from(""); count]);
        let mut space = None;
        widths[0] = embedded.metrics.advances.first().copied().unwrap_or(0);
        if is_whole {
            widths.copy_from_slice(&embedded.metrics.advances);
        }
        for &glyph in &used {
            let (glyph, seen) = (usize::from(glyph), &glyphs[usize::from(glyph)]);
            let code = usize::from(embedded.codes.get(glyph).copied().unwrap_or(0));
            if code == 0 {
                continue;
            }
            widths[code] = embedded.metrics.advances.get(glyph).copied().unwrap_or(0);
            let text = seen.alone.as_deref().or(seen.shared.as_deref()).unwrap_or("\u{FFFD}");
            texts[code] = plain(text);
            if &*texts[code] == " " {
                space.get_or_insert(code as u16);
            }
        }
        let metrics = &embedded.metrics;
        let name = metrics.postscript_name.clone().unwrap_or_else(|| {
            face.family.chars().filter(char::is_ascii_alphanumeric).chain("-Face".chars()).collect()
        });
        let base_name = if is_whole { name } else { format!("{}+{name}", tag(&used, &name)) };
        Ok(Font { resource: format!("F{index}"), base_name, embedded, widths, texts, space })
    }

    /// The code of a glyph of the face; 0 is `.notdef`.
    pub fn code(&self, glyph: u16) -> u16 {
        self.embedded.codes.get(usize::from(glyph)).copied().unwrap_or(0)
    }

    /// In thousandths of the type size.
    pub fn width(&self, code: u16) -> i64 {
        self.widths.get(usize::from(code)).copied().map_or(0, i64::from)
    }

    /// Whether a reader who copies the glyph gets this text.
    pub fn shows(&self, code: u16, text: &str) -> bool {
        let known = self.texts.get(usize::from(code)).map_or("", |known| known);
        known == text || (text.len() > 1 && known == &*plain(text))
    }

    pub fn metrics(&self) -> &Metrics {
        &self.embedded.metrics
    }

    /// The font with its parts, each referring to the others by its place in the list.
    fn objects(self) -> Vec<Object> {
        let local = |place: u32| Object::Reference((place, LOCAL));
        let subtype = match self.embedded.outlines {
            Outlines::TrueType => "CIDFontType2",
            Outlines::Cff => "CIDFontType0",
        };
        let font = dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => self.base_name.as_str(),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![local(1)],
            "ToUnicode" => local(4),
        };
        let mut descendant = dictionary! {
            "Type" => "Font",
            "Subtype" => subtype,
            "BaseFont" => self.base_name.as_str(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => local(2),
            "DW" => 0,
            "W" => vec![0.into(), self.widths.iter().map(|&width| i64::from(width).into()).collect::<Vec<_>>().into()],
        };
        let length = self.embedded.program.len() as i64;
        let (key, program): (&str, Stream) = match self.embedded.outlines {
            Outlines::TrueType => {
                descendant.set("CIDToGIDMap", "Identity");
                ("FontFile2", deflated(dictionary! { "Length1" => length }, &self.embedded.program))
            }
            Outlines::Cff => {
                ("FontFile3", deflated(dictionary! { "Subtype" => "CIDFontType0C" }, &self.embedded.program))
            }
        };
        let metrics = &self.embedded.metrics;
        let descriptor = dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => self.base_name.as_str(),
            "Flags" => flags(metrics),
            "FontBBox" => metrics.bounds.map(Object::from).to_vec(),
            "ItalicAngle" => metrics.italic_angle as f32,
            "Ascent" => metrics.ascent,
            "Descent" => metrics.descent,
            "CapHeight" => metrics.cap_height,
            // Not stated by the font; a common guess from its weight, for viewers that ask.
            "StemV" => 50 + i64::from(metrics.weight) * i64::from(metrics.weight) / 4225,
            key => local(3),
        };
        let unicode = Object::Stream(deflated(Dictionary::new(), to_unicode(&self.texts).as_bytes()));
        vec![font.into(), descendant.into(), descriptor.into(), Object::Stream(program), unicode]
    }
}

/// Bits of a font descriptor (ISO 32000-1, table 123).
fn flags(metrics: &Metrics) -> i64 {
    const FIXED_PITCH: i64 = 1;
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    let fixed = if metrics.fixed_pitch { FIXED_PITCH } else { 0 };
    let italic = if metrics.italic_angle != 0.0 { ITALIC } else { 0 };
    // Its codes are its own, whatever letters it shows.
    SYMBOLIC | fixed | italic
}

/// Six capitals that stand for the subset (ISO 32000-1, 9.6.4).
fn tag(glyphs: &BTreeSet<u16>, name: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(name);
    glyphs.iter().for_each(|glyph| hash.update(glyph.to_be_bytes()));
    hash.finalize()[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// The text as it is given to ToUnicode: kinds of spaces that differ only in breaking and width are a space, the
/// hyphen that does not break is a hyphen; so a glyph that shows both keeps one text.
fn plain(text: &str) -> Box<str> {
    let fold = |character| match character {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\t' | '\n' | '\r' => ' ',
        '\u{2011}' => '\u{2010}',
        // Not allowed in a map (ISO 14289-1, 7.21.7).
        '\0' | '\u{FEFF}' | '\u{FFFE}' => '\u{FFFD}',
        other => other,
    };
    text.chars().map(fold).collect()
}

/// A map from codes to text (ISO 32000-1, 9.10.3).
fn to_unicode(texts: &[Box<str>]) -> String {
    /// No block of a map may be longer (Adobe Technical Note 5014, 1.4.1).
    const BLOCK: usize = 100;
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering \
         (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> \
         <FFFF>\nendcodespacerange\n",
    );
    let known: Vec<(usize, &str)> =
        texts.iter().enumerate().map(|(code, text)| (code, &**text)).filter(|(_, text)| !text.is_empty()).collect();
    for block in known.chunks(BLOCK) {
        // Writing into a string does not fail.
        let _ = writeln!(map, "{} beginbfchar", block.len());
        for (code, text) in block {
            let _ = write!(map, "<{code:04X}> <");
            for unit in text.encode_utf16() {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend");
    map
}
