//! The container: `mimetype`, names, `META-INF` (EPUB 3.3, 4).
//!
//! In:     the entries.
//! Out:    the path of the package file, and which files are obfuscated.
//! Faults: `ocf.mimetype`, `ocf.name`, `ocf.container`, `ocf.encryption`.
//! Absent: the package.

use super::shelf::Shelf;
use super::xml;
use crate::asset::obfuscate::obfuscate;
use crate::base::{Diagnostic, Sink, Span};
use std::collections::BTreeMap;

const CONTAINER: &str = "META-INF/container.xml";
const ENCRYPTION: &str = "META-INF/encryption.xml";
/// The two ways of obfuscating fonts: EPUB's, and Adobe's older one.
const OBFUSCATIONS: [&str; 2] = [IDPF, "http://ns.adobe.com/pdf/enc#RC"];
const IDPF: &str = "http://www.idpf.org/2008/embedding";

/// How fonts begin: TrueType twice, OpenType, a collection, WOFF and WOFF 2.
const FONT_STARTS: [&[u8; FONT_START]; 6] = [b"\0\x01\0\0", b"true", b"OTTO", b"ttcf", b"wOFF", b"wOF2"];
const FONT_START: usize = 4;

/// The files that are obfuscated in EPUB's own way, each with the place that says so.
pub type Obfuscated = Vec<(String, Span)>;

pub fn check(shelf: &mut Shelf, sink: &mut Sink) -> Option<(String, Obfuscated)> {
    mimetype(shelf, sink);
    names(shelf, sink);
    let obfuscated = encryption(shelf, sink);
    // Without a path to it, what a package says can be told all the same.
    let opf =
        package_path(shelf, sink).or_else(|| shelf.names().find(|name| name.ends_with(".opf")).map(str::to_owned))?;
    Some((opf, obfuscated))
}

fn mimetype(shelf: &mut Shelf, sink: &mut Sink) {
    const HINT: &str = "reading systems look at the file's first bytes: zip -X0 book.epub mimetype, then the rest";
    let mut tell = |message: &str| sink.push(Diagnostic::error("ocf.mimetype", message).hint(HINT));
    let Some(entry) = shelf.get("mimetype") else { return tell("there is no file mimetype") };
    if shelf.entries().first().is_none_or(|first| first.name != "mimetype") {
        tell("mimetype is not the first file of the archive");
    }
    if !entry.is_stored {
        tell("mimetype is compressed");
    }
    if entry.has_extra {
        tell("the head of mimetype holds an extra field");
    }
    if entry.bytes != b"application/epub+zip" {
        let said: String = String::from_utf8_lossy(&entry.bytes).chars().take(40).collect();
        tell(&format!("mimetype says {said:?}, not \"application/epub+zip\""));
    }
}

/// Names that some systems cannot write, and names that differ in capitals only.
fn names(shelf: &mut Shelf, sink: &mut Sink) {
    let mut small: BTreeMap<String, String> = BTreeMap::new();
    let names: Vec<String> = shelf.names().map(str::to_owned).collect();
    for name in names {
        let is_bad = |c: char| c.is_control() || matches!(c, '"' | '*' | ':' | '<' | '>' | '?' | '\\' | '|' | '\u{7F}');
        let leaves = name.starts_with('/') || name.split('/').any(|part| part == "..");
        let message = if leaves {
            format!("the file {name:?} would be unpacked outside its folder")
        } else if let Some(c) = name.chars().find(|&c| is_bad(c)) {
            format!("the name of the file {name:?} holds {c:?}, which not every system can write")
        } else if name.ends_with('.') {
            format!("the name of the file {name:?} ends with a full stop, which not every system can write")
        } else if let Some(other) = small.insert(name.to_lowercase(), name.clone()) {
            format!("the files {other:?} and {name:?} differ in capitals only")
        } else {
            continue;
        };
        let hint = "name files with letters, digits, '-', '_' and '.' (EPUB 3.3, 4.1.3)";
        sink.push(Diagnostic::error("ocf.name", message).hint(hint));
    }
}

fn encryption(shelf: &mut Shelf, sink: &mut Sink) -> Obfuscated {
    let mut obfuscated = Vec::new();
    let Some(file) = shelf.text(ENCRYPTION, sink) else { return obfuscated };
    let Some(document) = xml::parse(shelf.files(), file, false, sink) else { return obfuscated };
    for data in document.descendants().filter(|node| node.tag_name().name() == "EncryptedData") {
        let of = |name: &'static str| data.descendants().find(move |node| node.tag_name().name() == name);
        let method = of("EncryptionMethod").and_then(|node| xml::value(node, "Algorithm")).unwrap_or_default();
        let path = of("CipherReference").and_then(|node| xml::value(node, "URI")).unwrap_or_default();
        let at = xml::place(file, data);
        let told = if shelf.get(path).is_none() {
            Diagnostic::error("ocf.encryption", format!("the encrypted file {path:?} is not in the archive"))
                .hint("take its entry out of encryption.xml")
        } else if OBFUSCATIONS.contains(&method) {
            if method == IDPF {
                obfuscated.push((path.to_owned(), at));
            }
            continue;
        } else {
            Diagnostic::warning("ocf.encryption", format!("{path} is encrypted; what is in it is not checked"))
                .hint("check the e-book as it was before the shop locked it")
        };
        sink.push(told.at(at));
    }
    obfuscated
}

/// Whether each obfuscated font is one when it is read with the key of this e-book: reading systems that find another
/// thing show no font at all.
pub fn fonts(shelf: &Shelf, obfuscated: &Obfuscated, identifier: &str, sink: &mut Sink) {
    for (path, at) in obfuscated {
        let Some(entry) = shelf.get(path) else { continue };
        let mut start = entry.bytes.iter().take(FONT_START).copied().collect::<Vec<u8>>();
        obfuscate(&mut start, identifier);
        if !FONT_STARTS.iter().any(|known| start == *known) {
            let told = Diagnostic::error("ocf.encryption", format!("{path} is no font when read with the book's key"));
            let hint = "obfuscate it anew: the key is made from the unique identifier, which may have changed since";
            sink.push(told.at(*at).hint(hint));
        }
    }
}

fn package_path(shelf: &mut Shelf, sink: &mut Sink) -> Option<String> {
    let broken = |at: Option<Span>, message: &str| {
        Diagnostic::error("ocf.container", message)
            .at(at)
            .hint("write <rootfile full-path=\"OEBPS/content.opf\" media-type=\"application/oebps-package+xml\"/>")
    };
    if shelf.get(CONTAINER).is_none() {
        sink.push(broken(None, "there is no META-INF/container.xml, which names the package file"));
        return None;
    }
    let file = shelf.text(CONTAINER, sink)?;
    let document = xml::parse(shelf.files(), file, false, sink)?;
    let is_rootfile = |node: &xml::Node| node.tag_name().name() == "rootfile";
    let Some(rootfile) = document.descendants().find(is_rootfile) else {
        sink.push(broken(Some(xml::place(file, document.root_element())), "no package file is named here"));
        return None;
    };
    if xml::value(rootfile, "media-type") != Some("application/oebps-package+xml") {
        let at = xml::place_at(file, rootfile, "media-type");
        sink.push(broken(Some(at), "the media type of a package file is application/oebps-package+xml"));
    }
    let path = xml::value(rootfile, "full-path").unwrap_or_default();
    if shelf.get(path).is_none() {
        let at = xml::place_at(file, rootfile, "full-path");
        sink.push(broken(Some(at), &format!("the package file {path:?} is not in the archive")));
        return None;
    }
    Some(path.to_owned())
}
