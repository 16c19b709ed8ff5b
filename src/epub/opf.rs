//! Metadata, files → the package file (EPUB 3.3, 5).
//!
//! In:     what is said of the book; every file of the archive; the plan's reading order.
//! Out:    `content.opf`.
//! Absent: the files' contents, the clock: the date of change is the metadata's own.

use super::package::Part;
use super::{Edition, accessibility, files, xml};
use crate::base::lang::Direction;
use crate::book::{Contributor, Metadata};
use crate::layout::tree::Atom;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The vocabulary of Apple Books (*Apple Books Asset Guide*, "Book Versioning in EPUBs").
const IBOOKS: &str = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/";

/// The name of the cover's picture in the manifest.
const COVER_ID: &str = "cover-image";

/// The identifier of the e-book: its ISBN, else the publisher's, else one made from title and authors.
pub fn identifier(metadata: &Metadata) -> String {
    match (&metadata.isbn_epub, &metadata.identifier) {
        (Some(isbn), _) => format!("urn:isbn:{isbn}"),
        (None, Some(given)) if !given.trim().is_empty() => given.trim().to_owned(),
        (None, _) => urn(metadata, "epub"),
    }
}

/// The identifier of the print edition, from which the page numbers come.
fn print_identifier(metadata: &Metadata) -> String {
    match &metadata.isbn_print {
        Some(isbn) => format!("urn:isbn:{isbn}"),
        None => urn(metadata, "print"),
    }
}

/// A UUID of version 8 (RFC 9562, 5.8: the maker's own hash), so that the same book has the same one for ever.
fn urn(metadata: &Metadata, edition: &str) -> String {
    let mut hash = Sha256::new();
    let authors = metadata.authors.iter().map(|author| author.name.as_str());
    let given = metadata.identifier.as_deref().unwrap_or_default();
    for piece in ["bifolio", edition, &metadata.title, given].into_iter().chain(authors) {
        hash.update(piece.as_bytes());
        hash.update([0]);
    }
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize()[..16]);
    id[6] = id[6] & 0x0F | 0x80;
    id[8] = id[8] & 0x3F | 0x80;
    let hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The whole package file.
pub fn package(edition: &Edition, parts: &[Part]) -> String {
    let metadata = &edition.tree.metadata;
    let lang = &metadata.language;
    let mut opf = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"book-id\"",
    );
    xml::attribute(&mut opf, "xml:lang", lang.tag());
    if metadata.packaging.ibooks_version.is_some() {
        xml::attribute(&mut opf, "prefix", IBOOKS);
    }
    let direction = match lang.direction() {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let _ = write!(opf, " dir=\"{direction}\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    describe(edition, &mut opf);
    opf.push_str("</metadata>\n<manifest>\n");
    opf.push_str("<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\"");
    opf.push_str(if holds_formulas(edition, files::NAV) {
        " properties=\"nav mathml\"/>\n"
    } else {
        " properties=\"nav\"/>\n"
    });
    opf.push_str("<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>\n");
    for (at, part) in parts.iter().enumerate() {
        let id = if part.is_cover { COVER_ID.to_owned() } else { format!("i{at}") };
        let _ = write!(opf, "<item id=\"{id}\"");
        xml::attribute(&mut opf, "href", &part.name);
        xml::attribute(&mut opf, "media-type", part.media_type);
        if part.is_cover {
            opf.push_str(" properties=\"cover-image\"");
        } else if holds_formulas(edition, &part.name) {
            opf.push_str(" properties=\"mathml\"");
        }
        opf.push_str("/>\n");
    }
    let _ = write!(opf, "</manifest>\n<spine toc=\"ncx\" page-progression-direction=\"{direction}\">\n");
    let id_of = |name: &str| parts.iter().position(|part| part.name == name).map(|at| format!("i{at}"));
    let texts = edition.plan.files.iter().map(|file| file.name.as_str());
    for name in std::iter::once(files::COVER).chain(texts) {
        let id = if name == files::NAV { Some("nav".to_owned()) } else { id_of(name) };
        if let Some(id) = id {
            let _ = writeln!(opf, "<itemref idref=\"{id}\"/>");
        }
    }
    opf.push_str("</spine>\n</package>\n");
    opf
}

/// Whether a text file holds MathML, which the package must say (EPUB 3.3, D.6.3).
fn holds_formulas(edition: &Edition, name: &str) -> bool {
    let Some(file) = edition.plan.files.iter().find(|file| file.name == name) else { return false };
    let nodes = edition.tree.nodes.get(file.nodes.start as usize..file.nodes.end as usize).unwrap_or_default();
    let mut atoms = nodes.iter().filter_map(|node| node.text()).flat_map(|text| &text.atoms);
    atoms.any(|atom| matches!(atom.atom, Atom::Formula(_)))
}

fn describe(edition: &Edition, opf: &mut String) {
    let metadata = &edition.tree.metadata;
    element(opf, "dc:identifier", "id=\"book-id\"", &identifier(metadata));
    // A second identifier, when the publisher gave one besides the ISBN.
    if let (Some(_), Some(given)) = (&metadata.isbn_epub, &metadata.identifier) {
        element(opf, "dc:identifier", "", given);
    }
    titles(metadata, opf);
    for (at, author) in metadata.authors.iter().enumerate() {
        person(opf, "dc:creator", &format!("creator-{}", at + 1), author, at + 1);
    }
    for (at, contributor) in metadata.contributors.iter().enumerate() {
        person(opf, "dc:contributor", &format!("contributor-{}", at + 1), contributor, at + 1);
    }
    element(opf, "dc:language", "", metadata.language.tag());
    let plain = [
        ("dc:publisher", &metadata.publisher),
        ("dc:date", &metadata.date),
        ("dc:rights", &metadata.rights),
        ("dc:description", &metadata.description),
    ];
    for (name, value) in plain {
        if let Some(value) = value.as_deref().filter(|value| !value.trim().is_empty()) {
            element(opf, name, "", value);
        }
    }
    for subject in metadata.subjects.iter().filter(|subject| !subject.trim().is_empty()) {
        element(opf, "dc:subject", "", subject);
    }
    if let Some(edition) = metadata.edition.as_deref().filter(|edition| !edition.trim().is_empty()) {
        meta(opf, "schema:bookEdition", "", edition);
    }
    if let Some(series) = metadata.series.as_deref().filter(|series| !series.trim().is_empty()) {
        meta(opf, "belongs-to-collection", "id=\"series\"", series);
        meta(opf, "collection-type", "refines=\"#series\"", "series");
        if let Some(number) = metadata.series_number.as_deref().filter(|_| metadata.has_series_position()) {
            meta(opf, "group-position", "refines=\"#series\"", number);
        }
    }
    meta(opf, "dcterms:modified", "", &metadata.modified);
    if !edition.pages.starts.is_empty() {
        let source = print_identifier(metadata);
        // The old form for readers of EPUB Accessibility 1.0, the new one of 1.1.
        element(opf, "dc:source", "id=\"print\"", &source);
        meta(opf, "source-of", "refines=\"#print\"", "pagination");
        meta(opf, "pageBreakSource", "", &source);
    }
    for (property, value) in accessibility::facts(edition) {
        match property {
            "dcterms:conformsTo" => meta(opf, property, "id=\"conforms\"", &value),
            "a11y:certifiedBy" => meta(opf, property, "refines=\"#conforms\"", &value),
            property => meta(opf, property, "", &value),
        }
    }
    for (key, value) in &metadata.packaging.rendition {
        meta(opf, &format!("rendition:{key}"), "", value);
    }
    if let Some(version) = &metadata.packaging.ibooks_version {
        meta(opf, "ibooks:version", "", version);
    }
    // Readers of the second generation find the cover by this.
    let _ = writeln!(opf, "<meta name=\"cover\" content=\"{COVER_ID}\"/>");
}

fn titles(metadata: &Metadata, opf: &mut String) {
    element(opf, "dc:title", "id=\"title\"", &metadata.title);
    meta(opf, "title-type", "refines=\"#title\"", "main");
    if let Some(subtitle) = metadata.subtitle.as_deref().filter(|subtitle| !subtitle.trim().is_empty()) {
        meta(opf, "display-seq", "refines=\"#title\"", "1");
        element(opf, "dc:title", "id=\"subtitle\"", subtitle);
        meta(opf, "title-type", "refines=\"#subtitle\"", "subtitle");
        meta(opf, "display-seq", "refines=\"#subtitle\"", "2");
    }
}

fn person(opf: &mut String, name: &str, id: &str, person: &Contributor, turn: usize) {
    if person.name.trim().is_empty() {
        return;
    }
    let refines = format!("refines=\"#{id}\"");
    element(opf, name, &format!("id=\"{id}\""), &person.name);
    if person.role.len() == 3 && person.role.bytes().all(|byte| byte.is_ascii_lowercase()) {
        meta(opf, "role", &format!("{refines} scheme=\"marc:relators\""), &person.role);
    }
    if let Some(file_as) = &person.file_as {
        meta(opf, "file-as", &refines, file_as);
    }
    meta(opf, "display-seq", &refines, &turn.to_string());
}

fn element(opf: &mut String, name: &str, attributes: &str, value: &str) {
    let _ = write!(opf, "<{name}{}{attributes}>", if attributes.is_empty() { "" } else { " " });
    xml::text(opf, value.trim());
    let _ = writeln!(opf, "</{name}>");
}

fn meta(opf: &mut String, property: &str, attributes: &str, value: &str) {
    let _ = write!(opf, "<meta property=\"{property}\"{}{attributes}>", if attributes.is_empty() { "" } else { " " });
    xml::text(opf, value.trim());
    opf.push_str("</meta>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_book_has_the_same_identifier() {
        let book = |title: &str| Metadata { title: title.into(), ..Metadata::default() };
        assert_eq!(identifier(&book("A")), identifier(&book("A")));
        assert_ne!(identifier(&book("A")), identifier(&book("B")));
        assert_ne!(identifier(&book("A")), print_identifier(&book("A")));
        assert!(identifier(&book("A")).starts_with("urn:uuid:"));
        let isbn = Metadata { isbn_epub: Some("9780306406157".into()), ..book("A") };
        assert_eq!(identifier(&isbn), "urn:isbn:9780306406157");
    }
}
