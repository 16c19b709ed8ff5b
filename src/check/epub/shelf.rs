//! The entries of an archive by name, and the texts among them that faults point into.
//!
//! In:     entries.
//! Out:    [`Shelf`]: texts by path, places in them.
//! Faults: `xml.encoding`, `ocf.damaged`.
//! Absent: what the texts say.

use super::archive::Entry;
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, FileId, Files, Sink, Span};
use std::collections::BTreeMap;
use std::path::Path;

pub struct Shelf {
    entries: Vec<Entry>,
    by_name: BTreeMap<String, usize>,
    files: Files,
    taken: BTreeMap<String, FileId>,
}

impl Shelf {
    pub fn new(entries: Vec<Entry>) -> Shelf {
        let by_name = entries.iter().enumerate().map(|(at, entry)| (entry.name.clone(), at)).collect();
        Shelf { entries, by_name, files: Files::default(), taken: BTreeMap::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// In the order in which they lie in the archive.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.get(*self.by_name.get(name)?)
    }

    /// The file that was meant by a name nothing has: one that differs in capitals only (on the maker's system it was
    /// found), one of this name in another folder, or one of this kind with nearly this name.
    pub fn meant(&self, name: &str) -> Option<&str> {
        let small = name.to_lowercase();
        if let Some(alike) = self.names().find(|known| known.to_lowercase() == small) {
            return Some(alike);
        }
        let wanted = last_part(name);
        if let Some(elsewhere) = self.names().find(|known| last_part(known) == wanted) {
            return Some(elsewhere);
        }
        let end = |name: &str| name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
        let of_kind = || self.names().filter(|known| end(known) == end(name));
        let near = nearest(wanted, of_kind().map(last_part))?;
        of_kind().find(|known| last_part(known) == near)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    pub fn files(&self) -> &Files {
        &self.files
    }

    pub fn into_files(self) -> Files {
        self.files
    }

    /// A text of the archive; told and `None` where it is none. Read once.
    pub fn text(&mut self, name: &str, sink: &mut Sink) -> Option<FileId> {
        if let Some(&file) = self.taken.get(name) {
            return Some(file);
        }
        let entry = self.get(name)?;
        if !entry.is_whole {
            let told = Diagnostic::error("ocf.size", format!("{name} is too long for a text: {} MB", entry.size >> 20));
            sink.push(told.hint("cut it into chapters; reading systems give up far earlier"));
            return None;
        }
        match decoded(&entry.bytes) {
            Ok(text) => {
                let file = self.files.add(Path::new(name), text);
                self.taken.insert(name.to_owned(), file);
                Some(file)
            }
            Err(at) => {
                let lossy = String::from_utf8_lossy(&entry.bytes).into_owned();
                let at = lossy.find('\u{FFFD}').unwrap_or(at);
                let file = self.files.add(Path::new(name), lossy);
                sink.push(
                    Diagnostic::error("xml.encoding", "this is neither UTF-8 nor UTF-16")
                        .at(Span::new(file, at, at + 3))
                        .hint("save the file as UTF-8 (EPUB 3.3, 3.9 allows nothing else)"),
                );
                None
            }
        }
    }

    /// The text of a file that was taken before.
    pub fn taken(&self, name: &str) -> Option<FileId> {
        self.taken.get(name).copied()
    }
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// UTF-8 or UTF-16, with or without its mark; else the byte at fault.
fn decoded(bytes: &[u8]) -> Result<String, usize> {
    let pairs = |of: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).skip(1).map(|pair| of([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| 0)
    };
    match bytes {
        [0xFF, 0xFE, ..] => pairs(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => pairs(u16::from_be_bytes),
        _utf8 => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned()),
            Err(fault) => Err(fault.valid_up_to()),
        },
    }
}
