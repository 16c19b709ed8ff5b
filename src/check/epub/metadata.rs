//! What the package says of the book (EPUB 3.3, 5.5).
//!
//! In:     the package.
//! Out:    nothing.
//! Faults: `opf.metadata`, `opf.language`, `opf.identifier`, `opf.modified`, `opf.refines`,
//!         `opf.prefix`, `opf.series`, `opf.rendition`, `opf.cover`.
//! Absent: metadata on accessibility (`access.rs`).

use super::Book;
use super::package::{Datum, Package};
use crate::base::{Diagnostic, Lang, Sink};

/// Prefixes that need no declaration (EPUB 3.3, D.1.5; the last two of EPUB 3.0).
const RESERVED: [&str; 10] = ["a11y", "dcterms", "marc", "media", "onix", "rendition", "schema", "xsd", "msv", "prism"];

/// The values that each property of the presentation can have, those out of use too (EPUB 3.3, 8.2.2 and 8.3).
const RENDITION: [(&str, &[&str]); 4] = [
    ("layout", &["pre-paginated", "reflowable"]),
    ("orientation", &["auto", "landscape", "portrait"]),
    ("spread", &["auto", "both", "landscape", "none", "portrait"]),
    ("flow", &["auto", "paginated", "scrolled-continuous", "scrolled-doc"]),
];

pub fn check(book: &Book, sink: &mut Sink) {
    let package = book.package;
    for (name, hint) in [
        ("dc:title", "write <dc:title>…</dc:title>"),
        ("dc:language", "write <dc:language>en</dc:language>"),
        ("dc:identifier", "write <dc:identifier id=\"book-id\">urn:uuid:…</dc:identifier>"),
    ] {
        if package.of(name).next().is_none() {
            let told = Diagnostic::error("opf.metadata", format!("the package has no {name}")).at(package.metadata);
            sink.push(told.hint(hint));
        }
    }
    for datum in package.data.iter().filter(|datum| datum.value.is_empty()) {
        let told = Diagnostic::error("opf.metadata", format!("{} is empty", datum.name)).at(datum.at);
        sink.push(told.hint("say something, or take it out"));
    }
    for language in package.of("dc:language").filter(|language| Lang::parse(&language.value).is_none()) {
        let told = Diagnostic::error("opf.language", format!("{:?} is not a language tag", language.value));
        sink.push(told.at(language.at).hint("write one like \"en\" or \"pt-BR\""));
    }
    if package.of("dc:creator").next().is_none() {
        let told = Diagnostic::note("opf.metadata", "the package names no creator").at(package.metadata);
        sink.push(told.hint("stores and libraries sort books by <dc:creator>"));
    }
    identifier(package, sink);
    if package.is_old() {
        return;
    }
    modified(package, sink);
    refines(package, sink);
    series(package, sink);
    rendition(package, sink);
    cover(book, sink);
}

fn identifier(package: &Package, sink: &mut Sink) {
    let is_named = |id: &str| package.of("dc:identifier").any(|datum| datum.id.as_deref() == Some(id));
    match &package.unique {
        Some((id, _)) if is_named(id) => {}
        Some((id, at)) => {
            let told = Diagnostic::error("opf.identifier", format!("unique-identifier names {id:?}, no dc:identifier"));
            sink.push(told.at(*at).hint("give the dc:identifier this id"));
        }
        None => {
            let told = Diagnostic::error("opf.identifier", "the package has no unique-identifier").at(package.top);
            sink.push(told.hint("write unique-identifier=\"book-id\" and <dc:identifier id=\"book-id\">"));
        }
    }
    for datum in package.of("dc:identifier") {
        let small = datum.value.to_ascii_lowercase();
        let why = match small.strip_prefix("urn:uuid:") {
            Some(uuid) if !is_uuid(uuid) => "is not a UUID",
            Some(_) => continue,
            None => match small.strip_prefix("urn:isbn:") {
                Some(isbn) if !is_isbn(isbn) => "is not an ISBN: its last digit does not fit the others",
                Some(_) | None => continue,
            },
        };
        let told = Diagnostic::warning("opf.identifier", format!("{} {why}", datum.value)).at(datum.at);
        sink.push(told.hint("copy it again, digit by digit, from where it was given"));
    }
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// ISBN-13 or ISBN-10 with the right last digit (ISO 2108).
fn is_isbn(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text
        .chars()
        .filter(|c| *c != '-' && *c != ' ')
        .map(|c| if c == 'x' { Some(10) } else { c.to_digit(10) })
        .collect();
    match digits.as_deref() {
        Some(digits) if digits.len() == 13 => {
            let sum: u32 = digits.iter().enumerate().map(|(at, digit)| digit * if at % 2 == 0 { 1 } else { 3 }).sum();
            sum.is_multiple_of(10)
        }
        Some(digits) if digits.len() == 10 => {
            digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum::<u32>().is_multiple_of(11)
        }
        Some(_) | None => false,
    }
}

fn modified(package: &Package, sink: &mut Sink) {
    let found: Vec<&Datum> = package.of("dcterms:modified").filter(|datum| datum.refines.is_none()).collect();
    const HINT: &str = "write <meta property=\"dcterms:modified\">2026-11-22T00:00:00Z</meta>, once";
    match found.as_slice() {
        [one] if is_moment(&one.value) => {}
        [one] => {
            let told = Diagnostic::error("opf.modified", format!("{:?} is not a moment in UTC", one.value));
            sink.push(told.at(one.at).hint(HINT));
        }
        [] => sink.push(
            Diagnostic::error("opf.modified", "the package does not say when it was changed")
                .at(package.metadata)
                .hint(HINT),
        ),
        [_, second, ..] => {
            sink.push(Diagnostic::error("opf.modified", "dcterms:modified stands twice").at(second.at).hint(HINT));
        }
    }
}

/// `CCYY-MM-DDThh:mm:ssZ` (EPUB 3.3, 5.5.5.1).
fn is_moment(text: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00Z";
    let fits = |(byte, shape): (u8, &u8)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == *shape };
    text.len() == SHAPE.len() && text.bytes().zip(SHAPE).all(fits)
}

fn refines(package: &Package, sink: &mut Sink) {
    let is_known = |id: &str| {
        package.data.iter().any(|datum| datum.id.as_deref() == Some(id))
            || package.items.iter().any(|item| item.id == id)
    };
    for datum in &package.data {
        if let Some(id) = datum.refines.as_deref().and_then(|refines| refines.strip_prefix('#'))
            && !is_known(id)
        {
            let told = Diagnostic::error("opf.refines", format!("{} refines {id:?}, which is not there", datum.name));
            sink.push(told.at(datum.at).hint("refines=\"#…\" names the id of another statement or item"));
        }
        if let Some((prefix, _)) = datum.name.split_once(':')
            && datum.is_property
            && !RESERVED.contains(&prefix)
            && !package.prefixes.iter().any(|known| known == prefix)
        {
            let told = Diagnostic::error("opf.prefix", format!("the prefix {prefix:?} is not declared")).at(datum.at);
            sink.push(told.hint(format!("write prefix=\"{prefix}: https://…\" on <package>")));
        }
    }
}

/// Series, and the place of the book in them (EPUB 3.3, D.3.2 to D.3.4).
fn series(package: &Package, sink: &mut Sink) {
    let mut tell = |datum: &Datum, message: String, hint: &str| {
        sink.push(Diagnostic::warning("opf.series", message).at(datum.at).hint(hint));
    };
    let refined = |datum: &Datum| {
        let id = datum.refines.as_deref()?.strip_prefix('#')?.to_owned();
        package.data.iter().find(|other| other.id.as_deref() == Some(&id))
    };
    for datum in &package.data {
        match datum.name.as_str() {
            "group-position" => {
                if !datum.value.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
                    let hint = "write a number in digits: 2, or 2.1 for a part of it";
                    tell(datum, format!("shelves cannot sort by the place {:?}", datum.value), hint);
                }
                if refined(datum).is_none_or(|of| of.name != "belongs-to-collection") {
                    let hint = "write refines=\"#…\" with the id of a belongs-to-collection";
                    tell(datum, "group-position belongs to no series".to_owned(), hint);
                }
            }
            "collection-type" if !matches!(datum.value.as_str(), "series" | "set") => {
                let hint = "write series, or set for volumes that end";
                tell(datum, format!("{:?} is no kind of collection", datum.value), hint);
            }
            "belongs-to-collection" => {
                let is_kind = |other: &&Datum| other.name == "collection-type" && datum.id.is_some();
                let is_ours =
                    |other: &Datum| other.refines.as_deref().and_then(|r| r.strip_prefix('#')) == datum.id.as_deref();
                if !package.data.iter().filter(is_kind).any(is_ours) {
                    let hint = "add <meta property=\"collection-type\" refines=\"#…\">series</meta>";
                    tell(datum, format!("it is not said what the collection {:?} is", datum.value), hint);
                }
            }
            _other => {}
        }
    }
}

/// How the book wants to be shown, in words that reading systems know (EPUB 3.3, 8).
fn rendition(package: &Package, sink: &mut Sink) {
    for datum in &package.data {
        let Some(key) = datum.name.strip_prefix("rendition:").filter(|_| datum.is_property) else { continue };
        let Some((_, values)) = RENDITION.iter().find(|(known, _)| *known == key) else { continue };
        if !values.contains(&datum.value.as_str()) {
            let told = Diagnostic::error("opf.rendition", format!("rendition:{key} cannot be {:?}", datum.value));
            sink.push(told.at(datum.at).hint(format!("it is one of: {}", values.join(", "))));
        }
    }
}

fn cover(book: &Book, sink: &mut Sink) {
    let covers: Vec<_> = book.package.items.iter().filter(|item| item.has("cover-image")).collect();
    match covers.as_slice() {
        [] => sink.push(
            Diagnostic::note("opf.cover", "no picture is said to be the cover")
                .at(book.package.top)
                .hint("write properties=\"cover-image\" on its item: shelves and stores show it"),
        ),
        [one] if one.media_type.starts_with("image/") => {}
        [one] => sink.push(Diagnostic::error("opf.cover", "the cover is no picture").at(one.at)),
        [_, second, ..] => sink.push(Diagnostic::error("opf.cover", "there are two covers").at(second.at)),
    }
    // What readers of the second generation, and the shelves of some of the third, go by.
    for datum in book.package.data.iter().filter(|datum| !datum.is_property && datum.name == "cover") {
        if !book.package.items.iter().any(|item| item.id == datum.value) {
            let told = format!("the cover is said to be the item {:?}, and there is none", datum.value);
            sink.push(
                Diagnostic::warning("opf.cover", told)
                    .at(datum.at)
                    .hint("content is the id of the picture's item: older reading systems show the cover by it"),
            );
        }
    }
}
