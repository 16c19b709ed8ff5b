//! Two PDFs → the pages that differ.
//!
//! In:     two files; the pages that the second was made from.
//! Out:    a sentence for each section with a page that differs.
//! Absent: what is drawn where: a page is the same or another.

use super::{Anew, first_byte};
use crate::bundle::section;
use crate::pdf::read::{self, Part};

pub fn places(theirs: &[u8], ours: &[u8], anew: Anew<'_>) -> Vec<String> {
    let Ok(ours_read) = read::open(ours) else { return Vec::new() };
    let at = first_byte(theirs, ours);
    let theirs_read = match read::open(theirs) {
        Ok(read) => read,
        Err(why) => return vec![format!("{}: the file is damaged ({why})", of_part(ours_read.part_at(at), anew))],
    };
    let mut found = Vec::new();
    let (was, now) = (theirs_read.count(), ours_read.count());
    if was != now {
        found.push(format!("the release has {was} pages, made anew it has {now}"));
    }
    let mut last = None;
    for index in ours_read.differing(&theirs_read) {
        let section = anew.pages.sheets.get(index).and_then(|sheet| sheet.section);
        // The first page of each section that differs: a word more may move every line after it.
        if last != Some(section) {
            found.push(page(index, anew));
        }
        last = Some(section);
    }
    if found.is_empty() {
        let place = of_part(ours_read.part_at(at), anew);
        found.push(format!("{place}; every page draws the same"));
    }
    found
}

/// `page 47, in Chapter 3, “The siege”`.
fn page(index: usize, anew: Anew<'_>) -> String {
    let Some(sheet) = anew.pages.sheets.get(index) else { return format!("page {} of the file", index + 1) };
    let section = sheet.section.map(|id| section::shown(anew.tree.section(id), anew.tree));
    match section {
        Some(section) => format!("page {}, in {section}", sheet.label),
        None => format!("page {}, a blank", sheet.label),
    }
}

fn of_part(part: Part, anew: Anew<'_>) -> String {
    match part {
        Part::Page(index) => page(index, anew),
        Part::Font => "a font".to_owned(),
        Part::Picture => "a picture".to_owned(),
        Part::Shared => "what goes with the pages: tags, links, bookmarks, metadata".to_owned(),
    }
}
