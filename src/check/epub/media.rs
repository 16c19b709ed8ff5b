//! The files themselves: whether they are what the manifest says (EPUB 3.3, 3.2, 5.6.2).
//!
//! In:     items with their first bytes; what each text uses.
//! Out:    nothing.
//! Faults: `media.type`, `media.empty`, `media.large`, `opf.property`.
//! Absent: decoding: a picture that begins as one is taken for one.

use super::Book;
use super::links::Followed;
use super::package::Item;
use crate::base::{Diagnostic, Sink};

/// A picture beyond this is refused or scaled by shops (Kobo and Apple ask for 5 MB at most, Amazon for less).
const LARGEST_PICTURE: u64 = 5_000_000;

/// How files of a type begin, and the names their types have had.
const BEGINNINGS: [(&[u8], &[&str]); 10] = [
    (b"\xFF\xD8\xFF", &["image/jpeg"]),
    (b"\x89PNG\r\n\x1A\n", &["image/png"]),
    (b"GIF8", &["image/gif"]),
    (b"RIFF", &["image/webp", "audio/wav", "audio/x-wav"]),
    (
        b"\x00\x01\x00\x00",
        &[
            "font/ttf",
            "font/sfnt",
            "application/font-sfnt",
            "application/x-font-ttf",
            "application/x-font-truetype",
            "application/vnd.ms-opentype",
            "font/otf",
        ],
    ),
    (b"true", &["font/ttf", "font/sfnt", "application/font-sfnt", "application/x-font-ttf"]),
    (
        b"OTTO",
        &[
            "font/otf",
            "font/sfnt",
            "application/font-sfnt",
            "application/vnd.ms-opentype",
            "application/x-font-otf",
            "font/ttf",
        ],
    ),
    (b"wOFF", &["font/woff", "application/font-woff"]),
    (b"wOF2", &["font/woff2"]),
    (b"%PDF", &["application/pdf"]),
];

pub fn check(book: &Book, followed: &Followed, sink: &mut Sink) {
    for item in &book.package.items {
        let Some(entry) = item.path.as_deref().and_then(|path| book.shelf.get(path)) else { continue };
        if entry.size == 0 {
            sink.push(Diagnostic::error("media.empty", format!("{} is empty", entry.name)).at(item.at));
            continue;
        }
        let is_of = |start: &[u8]| entry.bytes.starts_with(start);
        let kind = item.media_type.as_str();
        let known = BEGINNINGS.iter().find(|(start, _)| is_of(start));
        let is_wrong = match known {
            Some((_, kinds)) => !kinds.contains(&kind),
            // Locked files begin with anything.
            None => {
                let wants = |(_, kinds): &(&[u8], &[&str])| kinds.first() == Some(&kind) && kind.starts_with("image/");
                BEGINNINGS.iter().any(wants) && book.shelf.get("META-INF/encryption.xml").is_none()
            }
        };
        if is_wrong {
            let message = match known.and_then(|(_, kinds)| kinds.first()) {
                Some(really) => format!("{} is said to be {kind}; it is {really}", entry.name),
                None => format!("{} is said to be {kind}; it does not begin like one", entry.name),
            };
            sink.push(Diagnostic::error("media.type", message).at(item.at).hint("write the media-type that it has"));
        }
        if kind.starts_with("image/") && entry.size > LARGEST_PICTURE {
            let message = format!("the picture {} has {:.1} MB", entry.name, entry.size as f64 / 1e6);
            let told = Diagnostic::note("media.large", message).at(item.at);
            sink.push(told.hint("scale it: shops refuse large files or scale them worse, some charge by the megabyte"));
        }
        extension(item, &entry.name, sink);
        if !book.package.is_old() {
            properties(book, item, &entry.name, followed, sink);
        }
    }
}

/// Names whose end promises another type.
fn extension(item: &Item, name: &str, sink: &mut Sink) {
    const TEXTS: [(&str, &str); 6] = [
        ("xhtml", "application/xhtml+xml"),
        ("html", "application/xhtml+xml"),
        ("htm", "application/xhtml+xml"),
        ("css", "text/css"),
        ("svg", "image/svg+xml"),
        ("ncx", "application/x-dtbncx+xml"),
    ];
    let end = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase());
    if let Some((_, wanted)) = TEXTS.iter().find(|(known, wanted)| *known == end && *wanted != item.media_type) {
        let told = Diagnostic::error("media.type", format!("{name} is said to be {:?}", item.media_type)).at(item.at);
        sink.push(told.hint(format!("write media-type={wanted:?}")));
    }
}

/// What the manifest says that a text uses, against what it uses.
fn properties(book: &Book, item: &Item, name: &str, followed: &Followed, sink: &mut Sink) {
    let Some(page) = book.pages.get(name) else { return };
    if !item.is_text() {
        return;
    }
    let uses = &page.uses;
    let remote = followed.remote.contains(name);
    for (property, is_used) in [
        ("svg", uses.svg),
        ("mathml", uses.mathml),
        ("scripted", uses.scripted),
        ("switch", uses.switch),
        ("remote-resources", remote),
    ] {
        match (item.has(property), is_used) {
            (false, true) => {
                let told = Diagnostic::error("opf.property", format!("{name} needs the property {property}"));
                sink.push(told.at(item.at).hint(format!("write properties={property:?} on its item")));
            }
            // Remote fonts of a style sheet count for the texts that use it; their number is not followed.
            (true, false) if property != "remote-resources" => {
                let told = Diagnostic::error("opf.property", format!("{name} does not use what {property} says"));
                sink.push(told.at(item.at).hint("take the property away"));
            }
            (true, true | false) | (false, false) => {}
        }
    }
}
