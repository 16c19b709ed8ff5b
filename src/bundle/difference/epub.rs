//! Two e-books → the sections that differ.
//!
//! In:     two archives; the tree that the second was made from.
//! Out:    a sentence for each entry that differs, sections in reading order first.
//! Absent: the order of entries and other matters of packing, unless nothing else differs.

use super::{Anew, first_byte, plain};
use crate::bundle::section;
use crate::epub::package_read::{self, Entry};

pub fn places(theirs: &[u8], ours: &[u8], anew: Anew<'_>) -> Vec<String> {
    let Ok(ours_read) = package_read::read(ours) else { return Vec::new() };
    let theirs_read = match package_read::read(theirs) {
        Ok(entries) => entries,
        Err(why) => {
            let at = first_byte(theirs, ours);
            let place = holding(&ours_read, at).map(|entry| named(&entry.name, anew));
            let place = place.unwrap_or_else(|| "its directory of files".to_owned());
            return vec![format!("{place}: the archive is damaged ({why})")];
        }
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, entry) in ours_read.iter().enumerate() {
        let order = section_of(&entry.name, anew).unwrap_or(anew.tree.sections.len() + at);
        let told = match theirs_read.iter().find(|theirs| theirs.name == entry.name) {
            None => Some(format!("{} is missing", named(&entry.name, anew))),
            Some(theirs) => differing(theirs, entry, anew),
        };
        found.extend(told.map(|told| (order, told)));
    }
    for entry in theirs_read.iter().filter(|theirs| !ours_read.iter().any(|ours| ours.name == theirs.name)) {
        found.push((usize::MAX, format!("{} is only in the release", entry.name)));
    }
    found.sort();
    if found.is_empty() {
        let entry = holding(&ours_read, first_byte(theirs, ours));
        let place = entry.map_or("its directory of files".to_owned(), |entry| named(&entry.name, anew));
        found.push((0, format!("{place}: what it says is the same, but it is packed in another way")));
    }
    found.into_iter().map(|(_, told)| told).collect()
}

fn differing(theirs: &Entry, ours: &Entry, anew: Anew<'_>) -> Option<String> {
    let place = named(&ours.name, anew);
    let (theirs, ours) = match (&theirs.bytes, &ours.bytes) {
        (Ok(theirs), Ok(ours)) if theirs == ours => return None,
        (Ok(theirs), Ok(ours)) => (theirs, ours),
        (Err(why), Ok(_)) | (Ok(_) | Err(_), Err(why)) => return Some(format!("{place}: damaged ({why})")),
    };
    let (Ok(theirs), Ok(ours)) = (std::str::from_utf8(theirs), std::str::from_utf8(ours)) else {
        return Some(format!("{place} is another file"));
    };
    if !ours.contains("<body") {
        return Some(format!("{place}, {}", plain::lines(theirs, ours)));
    }
    let page = page_before(ours, first_byte(theirs.as_bytes(), ours.as_bytes()));
    let page = page.map(|page| format!(" (page {page})")).unwrap_or_default();
    let (theirs, ours) = (plain::shown(theirs), plain::shown(ours));
    Some(match theirs == ours {
        true => format!("{place}{page}: the same text, marked up in another way"),
        false => format!("{place}{page}: {}", plain::excerpt(&theirs, &ours)),
    })
}

/// The printed page whose mark stands last before a place.
fn page_before(xhtml: &str, at: usize) -> Option<&str> {
    let before = xhtml.get(..at).or_else(|| xhtml.get(..at.saturating_sub(4)))?;
    let mark = before.rfind("role=\"doc-pagebreak\"")?;
    let label = xhtml[mark..].split_once("aria-label=\"")?.1;
    label.split('"').next()
}

/// The section that an entry belongs to, by the name of its file. A long section is cut: `stem`, `stem-2`…
fn section_of(name: &str, anew: Anew<'_>) -> Option<usize> {
    let stem = name.rsplit('/').next()?.strip_suffix(".xhtml")?;
    let sections = &anew.tree.sections;
    let whole = sections.iter().position(|section| section.file_stem == stem);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    whole.or_else(|| {
        let (stem, _) = stem.rsplit_once('-').filter(|(_, part)| is_number(part))?;
        sections.iter().position(|section| section.file_stem == stem)
    })
}

fn named(name: &str, anew: Anew<'_>) -> String {
    match section_of(name, anew) {
        Some(at) => section::shown(&anew.tree.sections[at], anew.tree),
        None => format!("the file {name}"),
    }
}

fn holding(entries: &[Entry], at: usize) -> Option<&Entry> {
    entries.iter().filter(|entry| entry.start <= at as u64).max_by_key(|entry| entry.start).filter(|entry| {
        // What stands after the last entry is the directory.
        (at as u64) < entry.end
    })
}
