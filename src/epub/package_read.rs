//! The archive → its entries, to compare e-books.
//!
//! In:     the bytes of an e-book, maybe a damaged one.
//! Out:    its entries in the order of its directory.
//! Faults: a sentence where there is no archive, or an entry cannot be unpacked.
//! Absent: what is in the files.

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Far beyond any file of an e-book: a damaged length must not take all memory.
const LARGEST: u64 = 1 << 30;

pub struct Entry {
    /// With its folder: `OEBPS/ch03-the-siege.xhtml`.
    pub name: String,
    /// Where it stands in the archive, its head included.
    pub start: u64,
    /// One past its last byte.
    pub end: u64,
    /// Unpacked, checksum proved.
    pub bytes: Result<Vec<u8>, String>,
}

pub fn read(archive: &[u8]) -> Result<Vec<Entry>, String> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(|fault| fault.to_string())?;
    let mut entries = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|fault| fault.to_string())?;
        let name = entry.name().map_err(|fault| fault.to_string())?.into_owned();
        let start = entry.header_start();
        // The head of an entry is 30 bytes and its name (APPNOTE 6.3.10, 4.3.7); ours have no extra field.
        let end = start.saturating_add(30 + name.len() as u64).saturating_add(entry.compressed_size());
        let mut bytes = Vec::new();
        let read = entry.by_ref().take(LARGEST).read_to_end(&mut bytes);
        entries.push(Entry { name, start, end, bytes: read.map(|_| bytes).map_err(|fault| fault.to_string()) });
    }
    Ok(entries)
}
