//! A finished run → its manifest.
//!
//! In:     the manuscript, the tree, the pages; which editions there are.
//! Out:    book, sections, fonts and inputs as the manifest tells them.
//! Faults: [`Error::Release`] for a manuscript file that changed while the book was made.
//! Absent: the editions' bytes.

use super::checksum::sha256;
use super::edition::EPUB;
use super::manifest::{BookFacts, EditionFacts, FileFacts, FontFacts, Person};
use crate::asset::FaceId;
use crate::base::Error;
use crate::book::{Contributor, Metadata};
use crate::epub;
use crate::layout::Tree;
use crate::pdf::Pages;
use crate::source::{Manuscript, font, text};
use std::collections::{BTreeMap, BTreeSet};

pub fn book(metadata: &Metadata, words: usize) -> BookFacts {
    let people = |list: &[Contributor]| {
        list.iter().map(|person| Person { name: person.name.clone(), role: person.role.clone() }).collect()
    };
    BookFacts {
        title: metadata.title.clone(),
        subtitle: metadata.subtitle.clone(),
        authors: people(&metadata.authors),
        contributors: people(&metadata.contributors),
        language: metadata.language.to_string(),
        description: metadata.description.clone(),
        publisher: metadata.publisher.clone(),
        rights: metadata.rights.clone(),
        date: metadata.date.clone(),
        edition: metadata.edition.clone(),
        series: metadata.series.clone(),
        series_number: metadata.series_number.clone(),
        subjects: metadata.subjects.clone(),
        isbn_print: metadata.isbn_print.clone(),
        isbn_epub: metadata.isbn_epub.clone(),
        identifier: metadata.identifier.clone(),
        words,
    }
}

/// The faces that show some text, each with the editions it stands in.
pub fn fonts(manuscript: &Manuscript, tree: &Tree, pages: &Pages, editions: &[EditionFacts]) -> Vec<FontFacts> {
    let items = pages.sheets.iter().flat_map(|sheet| &sheet.items);
    let printed: BTreeSet<FaceId> = items.flat_map(|item| item.shape.runs()).map(|run| run.face).collect();
    let held: BTreeSet<FaceId> = epub::faces_of(tree, &manuscript.theme, &manuscript.faces).into_iter().collect();
    let mut used: BTreeMap<FaceId, Vec<String>> = BTreeMap::new();
    for edition in editions {
        // The PDFs for printers have the letters of the reading pages.
        let faces = if edition.profile == EPUB.name { &held } else { &printed };
        for id in faces {
            used.entry(*id).or_default().push(edition.profile.clone());
        }
    }
    let facts = used.into_iter().map(|(id, editions)| {
        let face = manuscript.faces.get(id);
        let bytes = face.bytes();
        let said = font::said(&bytes);
        FontFacts {
            file: face.name.clone(),
            family: face.family.clone(),
            weight: face.weight,
            italic: face.italic,
            version: said.version,
            licence: said.licence,
            sha256: sha256(&bytes),
            editions,
        }
    });
    let mut facts: Vec<FontFacts> = facts.collect();
    facts.sort();
    facts
}

/// Every file of the manuscript that was read, as it stands on disk.
pub fn inputs(manuscript: &Manuscript) -> Result<Vec<FileFacts>, Error> {
    let mut found: BTreeMap<String, (u64, String)> = BTreeMap::new();
    let facts = |bytes: &[u8]| (bytes.len() as u64, sha256(bytes));
    for id in manuscript.files.ids() {
        let path = manuscript.files.path(id).to_string_lossy().replace('\\', "/");
        let changed = |why: &str| Error::Release {
            why: format!("{path} changed while the book was made: {why}"),
            hint: "run the command again".to_owned(),
        };
        let place = manuscript.folder.locate("", &path).map_err(|_| changed("it cannot be found any more"))?;
        let bytes = manuscript.folder.read(&place).map_err(|_| changed("it cannot be read any more"))?;
        let of_file = facts(&bytes);
        if text::decode(bytes).text != manuscript.files.text(id) {
            return Err(changed("its text is another"));
        }
        found.insert(path, of_file);
    }
    for (_, picture) in manuscript.pictures.iter() {
        found.insert(picture.path.clone(), facts(&picture.bytes));
    }
    for (_, face) in manuscript.faces.iter().filter(|(_, face)| !face.is_bundled()) {
        found.insert(face.name.clone(), facts(&face.bytes()));
    }
    Ok(found.into_iter().map(|(path, (size, sha256))| FileFacts { path, size, sha256 }).collect())
}

/// Words of the whole book.
pub fn words(tree: &Tree) -> usize {
    tree.nodes.iter().filter_map(|node| node.text()).map(|text| super::section::words(&text.string)).sum()
}
