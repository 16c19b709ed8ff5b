//! A finished PDF → what each page draws, to compare files.
//!
//! In:     the bytes of a file that [`write`](super::write) made, maybe a damaged one.
//! Out:    [`Anatomy`].
//! Faults: a sentence where the file cannot be read.
//! Absent: what the drawing means.

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, ObjectId};
use std::collections::BTreeMap;

/// What a byte of the file belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The content of a page, by its index.
    Page(usize),
    Font,
    /// With the first page that shows it.
    Picture(Option<usize>),
    /// Dictionaries, tags, the table of objects.
    Shared,
}

pub struct Anatomy {
    /// What each page draws, decompressed.
    pub pages: Vec<Vec<u8>>,
    /// Where each object begins, by its place in the file.
    starts: BTreeMap<usize, Part>,
}

pub fn open(bytes: &[u8]) -> Result<Anatomy, String> {
    let document = Document::load_mem(bytes).map_err(|fault| fault.to_string())?;
    let ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    if ids.is_empty() {
        return Err("no page can be found in it".to_owned());
    }
    let mut parts: BTreeMap<u32, Part> = BTreeMap::new();
    for (index, id) in ids.iter().enumerate() {
        for content in document.get_page_contents(*id) {
            parts.insert(content.0, Part::Page(index));
        }
        for picture in pictures(&document, *id) {
            parts.entry(picture.0).or_insert(Part::Picture(Some(index)));
        }
    }
    let starts = document.reference_table.entries.iter().filter_map(|(number, entry)| match entry {
        XrefEntry::Normal { offset, generation } => {
            let part = parts.get(number).copied().unwrap_or_else(|| kind(&document, (*number, *generation)));
            Some((*offset as usize, part))
        }
        XrefEntry::Free | XrefEntry::UnusableFree | XrefEntry::Compressed { .. } => None,
    });
    let starts = starts.collect();
    Ok(Anatomy { pages: ids.iter().map(|id| document.get_page_content(*id)).collect(), starts })
}

/// The pictures that a page names in its resources.
fn pictures(document: &Document, page: ObjectId) -> Vec<ObjectId> {
    let named = || -> lopdf::Result<Vec<ObjectId>> {
        let page = document.get_dictionary(page)?;
        let resources = page.get_deref(b"Resources", document)?.as_dict()?;
        let objects = resources.get_deref(b"XObject", document)?.as_dict()?;
        Ok(objects.iter().filter_map(|(_, object)| object.as_reference().ok()).collect())
    };
    named().unwrap_or_default()
}

fn kind(document: &Document, id: ObjectId) -> Part {
    let Ok(Object::Stream(stream)) = document.get_object(id) else { return Part::Shared };
    let is = |key: &[u8], name: &[u8]| stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name);
    // Font files have no type but a length of their parts (ISO 32000-1, table 127) or a subtype of their own.
    let is_font = stream.dict.has(b"Length1") || is(b"Subtype", b"CIDFontType0C") || is(b"Subtype", b"OpenType");
    match (is_font, is(b"Subtype", b"Image") || is(b"Subtype", b"Form")) {
        (true, _) => Part::Font,
        (false, true) => Part::Picture(None),
        (false, false) => Part::Shared,
    }
}

impl Anatomy {
    /// The part that holds a byte.
    pub fn part_at(&self, at: usize) -> Part {
        self.starts.range(..=at).next_back().map_or(Part::Shared, |(_, part)| *part)
    }
}
