//! A finished PDF → what each page draws, to compare files.
//!
//! In:     the bytes of a file that [`write`](super::write) made, maybe a damaged one.
//! Out:    [`Anatomy`].
//! Faults: a sentence where the file cannot be read.
//! Absent: what the drawing means.
//!
//! Two files may draw the same page in other bytes: a letter more in the last chapter renumbers the glyphs of the whole
//! book. So a page is told as operators with texts and font names in place of glyphs and resources.

use lopdf::content::Content;
use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a byte of the file belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The content of a page, by its index.
    Page(usize),
    Font,
    Picture,
    /// Dictionaries, tags, the table of objects.
    Shared,
}

pub struct Anatomy {
    document: Document,
    pages: Vec<ObjectId>,
    /// What begins where in the file.
    starts: BTreeMap<usize, Part>,
}

pub fn open(bytes: &[u8]) -> Result<Anatomy, String> {
    let document = Document::load_mem(bytes).map_err(|fault| fault.to_string())?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.is_empty() {
        return Err("no page can be found in it".to_owned());
    }
    let contents = pages.iter().enumerate().flat_map(|(index, id)| {
        document.get_page_contents(*id).into_iter().map(move |content| (content.0, Part::Page(index)))
    });
    let contents: BTreeMap<u32, Part> = contents.collect();
    let starts = document.reference_table.entries.iter().filter_map(|(number, entry)| match entry {
        XrefEntry::Normal { offset, generation } => {
            let part = contents.get(number).copied().unwrap_or_else(|| kind(&document, (*number, *generation)));
            Some((*offset as usize, part))
        }
        XrefEntry::Free | XrefEntry::UnusableFree | XrefEntry::Compressed { .. } => None,
    });
    let starts = starts.collect();
    Ok(Anatomy { document, pages, starts })
}

fn kind(document: &Document, id: ObjectId) -> Part {
    let Ok(Object::Stream(stream)) = document.get_object(id) else { return Part::Shared };
    let is = |key: &[u8], name: &[u8]| stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name);
    // Font files have no type but a length of their parts (ISO 32000-1, table 127) or a subtype of their own.
    let is_font = stream.dict.has(b"Length1") || is(b"Subtype", b"CIDFontType0C") || is(b"Subtype", b"OpenType");
    match (is_font, is(b"Subtype", b"Image") || is(b"Subtype", b"Form")) {
        (true, _) => Part::Font,
        (false, true) => Part::Picture,
        (false, false) => Part::Shared,
    }
}

impl Anatomy {
    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.pages.len()
    }

    /// The part that holds a byte.
    pub fn part_at(&self, at: usize) -> Part {
        self.starts.range(..=at).next_back().map_or(Part::Shared, |(_, part)| *part)
    }

    /// The pages, by index, that both files have and draw in another way.
    pub fn differing(&self, other: &Anatomy) -> Vec<usize> {
        let (ours, theirs) = (Reader::of(self), Reader::of(other));
        let count = self.count().min(other.count());
        (0..count)
            .filter(|&index| ours.raw(index) != theirs.raw(index) && ours.told(index) != theirs.told(index))
            .collect()
    }
}

/// A font by the name of its face, and how its glyphs are read as text.
type Font<'a> = (String, Option<Encoding<'a>>);

struct Reader<'a> {
    anatomy: &'a Anatomy,
    /// By their names in the resources, which all pages share.
    fonts: BTreeMap<Vec<u8>, Font<'a>>,
    pictures: BTreeMap<Vec<u8>, String>,
}

impl<'a> Reader<'a> {
    fn of(anatomy: &'a Anatomy) -> Reader<'a> {
        let document = &anatomy.document;
        let dictionary = |kind: &[u8]| -> lopdf::Result<&'a Dictionary> {
            let first = *anatomy.pages.first().ok_or(lopdf::Error::PageNumberNotFound(0))?;
            let resources = document.get_dictionary(first)?.get_deref(b"Resources", document)?.as_dict()?;
            resources.get_deref(kind, document)?.as_dict()
        };
        let named = |kind: &[u8]| dictionary(kind).map(Dictionary::iter).into_iter().flatten();
        let fonts = named(b"Font").filter_map(|(name, object)| {
            let font = document.dereference(object).ok()?.1.as_dict().ok()?;
            let face = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default();
            // `ABCDEF+Name`: the tag follows from the glyphs in use (ISO 32000-1, 9.6.4).
            let face = String::from_utf8_lossy(face).rsplit('+').next().unwrap_or_default().to_owned();
            Some((name.clone(), (face, font.get_font_encoding(document).ok())))
        });
        let pictures = named(b"XObject").filter_map(|(name, object)| {
            let stream = document.dereference(object).ok()?.1.as_stream().ok()?;
            Some((name.clone(), format!("{:?}", Sha256::digest(&stream.content))))
        });
        Reader { anatomy, fonts: fonts.collect(), pictures: pictures.collect() }
    }

    fn raw(&self, index: usize) -> Vec<u8> {
        self.anatomy.pages.get(index).map(|id| self.anatomy.document.get_page_content(*id)).unwrap_or_default()
    }

    /// The operators of a page, a line each, with texts for glyphs and names for resources.
    fn told(&self, index: usize) -> Vec<String> {
        let Ok(content) = Content::decode(&self.raw(index)) else { return vec!["damaged".to_owned()] };
        let mut font: Option<&Font<'_>> = None;
        let operations = content.operations.iter().map(|operation| {
            let operator = operation.operator.as_str();
            if operator == "Tf" {
                font = operation.operands.first().and_then(|name| self.fonts.get(name.as_name().ok()?));
            }
            let told = operation.operands.iter().map(|operand| match (operator, operand) {
                ("Tf", Object::Name(_)) => font.map(|(face, _)| face.clone()).unwrap_or_default(),
                ("Do", Object::Name(name)) => self.pictures.get(name).cloned().unwrap_or_default(),
                ("Tj" | "TJ" | "'" | "\"", operand) => shown(operand, font),
                (_, operand) => format!("{operand:?}"),
            });
            format!("{} {operator}", told.collect::<Vec<_>>().join(" "))
        });
        operations.collect()
    }
}

/// Shown text: strings through the font, adjustments as they are.
fn shown(operand: &Object, font: Option<&Font<'_>>) -> String {
    match operand {
        Object::String(glyphs, _) => match font {
            Some((_, Some(encoding))) => Document::decode_text(encoding, glyphs).unwrap_or_default(),
            Some((_, None)) | None => format!("{glyphs:?}"),
        },
        Object::Array(list) => list.iter().map(|operand| shown(operand, font)).collect::<Vec<_>>().join(" "),
        other => format!("{other:?}"),
    }
}
