//! Links as written → links into the book, out of it, or nowhere.
//!
//! In:     a target (`chapter.md#sec`, `../img/x.zip`, `https://…`) and the section that names it.
//! Out:    [`Resolved`].
//! Faults: `ref.unknown`, `ref.fragment`, `ref.not-in-book`, `ref.old-id`, `directive.unknown`.
//! Absent: the text shown.

use super::moved::Moved;
use super::{Register, Target};
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Severity, Sink, Span};
use std::fmt::Write;

/// Where a link leads.
#[derive(Clone, Debug)]
pub enum Resolved<'r> {
    Inside(&'r Target),
    /// A URL, percent-encoded.
    Outside(String),
    /// Nowhere that this book can reach: the text stands alone.
    Nowhere,
}

impl Register {
    /// Resolves a link that stands in `section`. `must`: a label or page number is wanted, so that a link into nothing
    /// leaves a hole in a sentence.
    pub fn resolve(&self, target: &str, section: usize, must: bool, at: Span, sink: &mut Sink) -> Resolved<'_> {
        let target = target.trim();
        match scheme(target) {
            Some(scheme) if SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) => {
                return Resolved::Outside(encode(target));
            }
            Some(_) => {
                let message = format!("\"{target}\" is no address we know: its text stands without a link");
                let hint = "links to other places begin with https: or mailto:";
                let code = if must { "ref.unknown" } else { "ref.not-in-book" };
                let severity = if must { Severity::Error } else { Severity::Note };
                sink.push(Diagnostic::new(severity, code, message).at(at).hint(hint));
                return Resolved::Nowhere;
            }
            None => {}
        }
        if let Some((_, directive)) = target.split_once("{{") {
            let name = directive.split("}}").next().unwrap_or_default().trim();
            let message = format!("\"{{{{{name}}}}}\" in a link is for a preprocessor that is not run here");
            let hint = "the text stands without a link: write the address itself";
            sink.push(Diagnostic::warning("directive.unknown", message).at(at).hint(hint));
            return Resolved::Nowhere;
        }
        if target.starts_with("//") {
            return Resolved::Outside(encode(&format!("https:{target}")));
        }
        let severity = if must { Severity::Error } else { Severity::Warning };
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let path = decode(path.split('?').next().unwrap_or_default());
        let fragment = decode(fragment);
        let from = &self.sections[section].path;
        if !self.moves.is_empty() {
            let full = if path.is_empty() { key(from) } else { key(&join(from, &path)) };
            match self.moved(&full, &fragment) {
                Moved::Stays => {}
                Moved::Here(section, id) => return self.fragment(&id, section, false, severity, at, sink),
                Moved::Outside(url) => return Resolved::Outside(encode(&url)),
                Moved::Lost(to) => {
                    let message = format!("\"{target}\" is redirected to \"{to}\", which is not in this book");
                    let hint = "mend [output.html.redirect] in book.toml, or name the chapter itself";
                    let code = if must { "ref.unknown" } else { "ref.not-in-book" };
                    let severity = if must { Severity::Error } else { Severity::Note };
                    sink.push(Diagnostic::new(severity, code, message).at(at).hint(hint));
                    return Resolved::Nowhere;
                }
            }
        }
        if path.is_empty() {
            return self.fragment(&fragment, section, true, severity, at, sink);
        }
        let Some(found) = self.find_path(&path, from) else {
            // A page of HTML above the book's root is another book's.
            let is_chapter = has_extension(&path, &["md", "markdown"])
                || has_extension(&path, &["html"]) && !leaves_root(from, &path);
            if is_chapter || must {
                let mut fault = Diagnostic::new(severity, "ref.unknown", format!("no chapter \"{path}\"")).at(at);
                let wanted = key(&join(from, &path));
                match nearest(&wanted, self.paths.keys().map(String::as_str)) {
                    Some(near) => fault = fault.hint(format!("did you mean \"{near}\"?")),
                    None => fault = fault.hint("only files that SUMMARY.md lists are in the book"),
                }
                sink.push(fault);
            } else {
                let message = format!("\"{path}\" is not a chapter: its text stands without a link");
                let hint = "only chapters are in the book: name one, or link to the file by its whole URL";
                sink.push(Diagnostic::note("ref.not-in-book", message).at(at).hint(hint));
            }
            return Resolved::Nowhere;
        };
        self.fragment(&fragment, found, false, severity, at, sink)
    }

    /// `here`: the link names no file, so that the id may be one of another file that only one file has.
    fn fragment(
        &self,
        id: &str,
        section: usize,
        here: bool,
        severity: Severity,
        at: Span,
        sink: &mut Sink,
    ) -> Resolved<'_> {
        let names = &self.sections[section];
        let title = names.title.as_ref().map_or(Resolved::Nowhere, Resolved::Inside);
        if id.is_empty() {
            return title;
        }
        if let Some(target) = names.places.get(id) {
            return Resolved::Inside(target);
        }
        if let Some(target) = self.of_same_file(section, id) {
            return Resolved::Inside(target);
        }
        let elsewhere = if here { self.given.get(id).copied().flatten() } else { None };
        if let Some(target) = elsewhere.and_then(|section| self.sections[section].places.get(id)) {
            return Resolved::Inside(target);
        }
        // mdBook 0.5 writes ids in small letters; older books name the letters of the heading.
        let old = names.old_places.get(id).or_else(|| names.places.get(id.to_lowercase().as_str()));
        if let Some(target) = old {
            let message = format!("\"#{id}\" is the name that mdBook 0.4 gave this heading");
            let hint = "name it in small letters, as mdBook 0.5 does";
            sink.push(Diagnostic::note("ref.old-id", message).at(at).hint(hint));
            return Resolved::Inside(target);
        }
        let (code, message) = if severity == Severity::Error {
            ("ref.unknown", format!("nothing here is called \"#{id}\""))
        } else {
            ("ref.fragment", format!("nothing here is called \"#{id}\": the link leads to the chapter"))
        };
        let mut fault = Diagnostic::new(severity, code, message).at(at);
        let others = self.given.keys().filter(|_| here).map(String::as_str);
        fault = fault.hint(match nearest(id, names.places.keys().map(String::as_str).chain(others)) {
            Some(near) => format!("did you mean \"#{near}\"?"),
            None => format!("give the heading or figure that you mean this id: {{#{id}}}"),
        });
        sink.push(fault);
        if severity == Severity::Error { Resolved::Nowhere } else { title }
    }

    /// A file that makes many sections has its ids in any of them.
    fn of_same_file(&self, section: usize, id: &str) -> Option<&Target> {
        let same_file = self.paths.get(&key(&self.sections[section].path)).map_or(&[][..], Vec::as_slice);
        same_file.iter().find_map(|&section| self.sections[section].places.get(id))
    }

    /// Whether an id stands in the file of a section.
    pub(super) fn has(&self, section: usize, id: &str) -> bool {
        self.sections[section].places.contains_key(id) || self.of_same_file(section, id).is_some()
    }

    /// The section of a path as links write it: `ch.md`, `ch.html`, `folder/`, `folder/index.html`, `README.md`.
    fn find_path(&self, path: &str, from: &str) -> Option<usize> {
        self.section_at(&key(&join(from, path)))
    }

    /// The section of a path in the form of [`key`].
    pub(super) fn section_at(&self, full: &str) -> Option<usize> {
        let find = |key: &str| self.paths.get(key).and_then(|sections| sections.first()).copied();
        // A folder stands for its index, a name without extension for the file.
        find(full)
            .or_else(|| find(&key(&format!("{}/index.md", full.trim_end_matches('/')))))
            .or_else(|| find(&format!("{full}.md")))
    }
}

/// A path in the form that chapters are found by: `.md` for `.html`, `index` for `README`.
pub(super) fn key(path: &str) -> String {
    let path = path.trim_start_matches("./").trim_start_matches('/');
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    let file = match file.rsplit_once('.') {
        Some((stem, extension)) => {
            let stem = if stem.eq_ignore_ascii_case("readme") { "index" } else { stem };
            let extension = if extension == "html" || extension == "markdown" { "md" } else { extension };
            format!("{stem}.{extension}")
        }
        None => file.to_owned(),
    };
    if folder.is_empty() { file } else { format!("{folder}/{file}") }
}

/// `path` as seen from the folder of `from`, without `.` and `..`; steps above the root are dropped.
pub(super) fn join(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(from.split('/'));
        parts.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether a path climbs above the folder that holds the book.
pub(super) fn leaves_root(from: &str, path: &str) -> bool {
    let mut depth = if path.starts_with('/') { 0 } else { from.matches('/').count() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if depth == 0 => return true,
            ".." => depth -= 1,
            _ => depth += 1,
        }
    }
    false
}

pub(super) fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|e| extension.eq_ignore_ascii_case(e))
}

/// Schemes that readers can follow, all registered with IANA. Paths of programs (`alloc::rc`) look like schemes too.
const SCHEMES: [&str; 18] = [
    "http", "https", "mailto", "ftp", "ftps", "tel", "sms", "urn", "doi", "geo", "news", "irc", "ircs", "xmpp",
    "magnet", "info", "data", "matrix",
];

/// The scheme of a URI (RFC 3986, 3.1). One of one letter is a drive of Windows.
pub(super) fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

/// Percent-encodes what RFC 3986 does not allow in a URI; `%` that begins no code, too.
fn encode(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let bytes = url.as_bytes();
    let fragment = url.find('#').unwrap_or(url.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let is_code = byte == b'%'
            && bytes.get(at + 1).is_some_and(u8::is_ascii_hexdigit)
            && bytes.get(at + 2).is_some_and(u8::is_ascii_hexdigit);
        // A fragment has no second `#`.
        let is_mark = b"-._~:/?@!$&'()*+,;=".contains(&byte) || byte == b'#' && at == fragment;
        if byte.is_ascii_alphanumeric() || is_mark || is_code {
            out.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Undoes percent-encoding; what is then no UTF-8 stays as written.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| {
                let hex = text.get(at + 1..at + 3).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
                u8::from_str_radix(hex, 16).ok()
            })
            .flatten();
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_chapter_come_to_one_key() {
        assert_eq!(key("./vec/README.md"), "vec/index.md");
        assert_eq!(key("vec/index.html"), "vec/index.md");
        assert_eq!(join("vec/a.md", "../b.md"), "b.md");
        assert_eq!(join("a.md", "../../b.md"), "b.md");
        assert!(leaves_root("a/b.md", "../../std/index.html"));
        assert!(!leaves_root("a/b.md", "../std/index.html"));
    }

    #[test]
    fn urls_are_encoded_once() {
        assert_eq!(encode("https://a.b/ə?q=%20 x%"), "https://a.b/%C9%99?q=%20%20x%25");
        assert_eq!(decode("a%20b%zz%C9%99"), "a b%zzə");
        assert_eq!(encode("https://a.b#c#"), "https://a.b#c%23");
        assert_eq!(scheme("mailto:a@b"), Some("mailto"));
        assert_eq!(scheme("C:\\x.md"), None);
        assert_eq!(scheme("ch.md#a:b"), None);
    }
}
