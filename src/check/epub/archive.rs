//! The archive → its entries, unpacked within limits. The door to `zip` of this module.
//!
//! In:     bytes, maybe hostile: a few kilobytes can claim to unpack to petabytes.
//! Out:    [`Entry`]s in the order in which they lie in the file.
//! Faults: `ocf.zip`, `ocf.damaged`, `ocf.size`.
//! Absent: what an e-book must hold (`container.rs`).

use crate::base::{Diagnostic, Sink};
use std::io::{Cursor, Read};
use zip::{CompressionMethod, ZipArchive};

/// A text beyond this is no text of a book: the whole of Wikipedia's longest article is 2 MB.
const LONGEST_KEPT: u64 = 48 << 20;
/// An entry beyond this is not unpacked to its end; the largest e-books with films hold less.
const LARGEST: u64 = 512 << 20;
/// All that is unpacked of one archive.
const MOST: u64 = 2 << 30;
/// Entries that are looked at.
const MOST_ENTRIES: usize = 65_535;

/// One file of the archive.
pub struct Entry {
    /// With its folder: `OEBPS/ch03-the-siege.xhtml`.
    pub name: String,
    pub is_stored: bool,
    /// Whether its head holds a field beyond the name (EPUB 3.3, 4.2.3 forbids it for `mimetype`).
    pub has_extra: bool,
    /// Unpacked length in bytes.
    pub size: u64,
    /// The whole file when it is short enough to be a text, else its first bytes.
    pub bytes: Vec<u8>,
    pub is_whole: bool,
}

/// Unpacks an archive; what cannot be unpacked is told and left out.
pub fn open(bytes: &[u8], sink: &mut Sink) -> Vec<Entry> {
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(fault) => {
            let told = Diagnostic::error("ocf.zip", format!("this is no archive that can be read: {fault}"));
            sink.push(told.hint("an EPUB is a ZIP archive; see whether the file was copied to its end"));
            return Vec::new();
        }
    };
    let (mut entries, mut spent) = (Vec::new(), 0);
    for at in 0..archive.len().min(MOST_ENTRIES) {
        match entry(&mut archive, at, spent) {
            Ok(Some((start, entry))) => {
                spent += entry.size;
                entries.push((start, entry));
            }
            Ok(None) => {}
            Err(told) => sink.push(told),
        }
        if spent > MOST {
            let told = Diagnostic::error("ocf.size", "the archive unpacks to more than 2 GB; the rest was not read");
            sink.push(told.hint("if this is not a trap, films and sound belong on a server"));
            break;
        }
    }
    entries.sort_by_key(|(start, _)| *start);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn entry(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize, spent: u64) -> Result<Option<(u64, Entry)>, Diagnostic> {
    let damaged = |name: &str, why: String| Diagnostic::error("ocf.damaged", format!("cannot unpack {name}: {why}"));
    let raw = archive.by_index_raw(at).map_err(|fault| damaged(&format!("entry {}", at + 1), fault.to_string()))?;
    let name = match raw.name() {
        Ok(name) => name.into_owned(),
        Err(fault) => return Err(damaged(&format!("entry {}", at + 1), fault.to_string())),
    };
    if raw.is_dir() {
        return Ok(None);
    }
    let start = raw.header_start();
    let is_stored = raw.compression() == CompressionMethod::Stored;
    if !is_stored && raw.compression() != CompressionMethod::Deflated {
        let told = damaged(&name, format!("it is packed by {}", raw.compression()));
        return Err(told.hint("EPUB allows deflate and nothing else (EPUB 3.3, 4.2.2)"));
    }
    if raw.encrypted() {
        let told = damaged(&name, "it is locked with a password of the archive".to_owned());
        return Err(told.hint("EPUB forbids ZIP's own encryption (EPUB 3.3, 4.2.2)"));
    }
    let has_extra = raw.extra_data().is_some_and(|extra| !extra.is_empty());
    drop(raw);
    let mut unpacked = archive.by_index(at).map_err(|fault| damaged(&name, fault.to_string()))?;
    let mut bytes = Vec::new();
    let room = LARGEST.min(MOST.saturating_sub(spent)).saturating_add(1);
    let mut limited = unpacked.by_ref().take(room);
    let fault = |fault: std::io::Error| damaged(&name, fault.to_string());
    limited.by_ref().take(LONGEST_KEPT + 1).read_to_end(&mut bytes).map_err(fault)?;
    let mut size = bytes.len() as u64;
    let is_whole = size <= LONGEST_KEPT;
    if !is_whole {
        bytes.truncate(64);
        bytes.shrink_to_fit();
        size += std::io::copy(&mut limited, &mut std::io::sink()).map_err(fault)?;
    }
    if size >= room {
        let told = Diagnostic::error("ocf.size", format!("{name} unpacks to more than {} MB", LARGEST >> 20));
        return Err(told.hint("if this is not a trap, films and sound belong on a server"));
    }
    Ok(Some((start, Entry { name, is_stored, has_extra, size, bytes, is_whole })))
}
