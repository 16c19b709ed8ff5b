//! Any EPUB → its faults: a fast check of our own, of any maker's e-book, each fault with its place in the archive.
//!
//! In:     the bytes of a file that says it is an EPUB; hostile ones too.
//! Out:    [`Checked`]: the texts read, the faults that point into them, what was counted.
//! Faults: `ocf.*` (the archive), `xml.*`, `opf.*` (the package), `xhtml.*`, `css.*`, `media.*`, `link.*`, `nav.*`,
//!         `access.*` (what is promised to readers with disabilities, and kept).
//! Absent: the schemas of EPUBCheck and the rules of Ace in full: these stay the judges. What is looked for here is
//!         what befalls e-books, told so that an author can mend it.
//!
//! 1. `archive` unpacks, within limits; `shelf` keeps the texts that faults point into.
//! 2. `container` finds the package file; `package` reads it; `metadata` and `access` weigh what it says.
//! 3. `page` reads every text, in parallel; `vocabulary` knows the elements, `style` the style sheets.
//! 4. `nav` reads contents, landmarks and page list; `links` follows everything that leads anywhere; `media` looks
//!    at the files themselves.

mod access;
mod archive;
mod container;
mod links;
mod media;
mod metadata;
mod nav;
mod package;
mod page;
mod place;
mod shelf;
mod style;
mod vocabulary;
mod xml;

#[cfg(test)]
mod tests;

use crate::base::{Diagnostic, FileId, Files, Sink};
use package::{Item, Package};
use page::Page;
use rayon::prelude::*;
use shelf::Shelf;
use std::collections::BTreeMap;

/// Faults of one kind that are told; of what a program does wrong everywhere, the first tell enough.
const MOST_OF_A_KIND: usize = 50;

/// What the check found.
pub struct Checked {
    /// The texts of the archive, for the places of faults.
    pub files: Files,
    pub sink: Sink,
    pub counted: Counted,
}

/// What the e-book holds.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Counted {
    /// As the package says: `3.0`.
    pub version: String,
    pub texts: usize,
    pub pictures: usize,
    pub fonts: usize,
    pub pages: usize,
}

/// All that the later steps read.
struct Book<'a> {
    shelf: &'a Shelf,
    package: &'a Package,
    /// The texts that could be read, by path.
    pages: BTreeMap<&'a str, Page>,
    items: BTreeMap<&'a str, &'a Item>,
    /// The place of each file in reading order.
    order: BTreeMap<&'a str, usize>,
}

/// Checks an e-book.
pub fn check(bytes: &[u8]) -> Checked {
    let mut sink = Sink::new();
    let mut shelf = Shelf::new(archive::open(bytes, &mut sink));
    let counted = run(&mut shelf, &mut sink);
    Checked { files: shelf.into_files(), sink: shortened(sink), counted }
}

fn run(shelf: &mut Shelf, sink: &mut Sink) -> Counted {
    if shelf.is_empty() {
        return Counted::default();
    }
    let Some((opf, obfuscated)) = container::check(shelf, sink) else { return Counted::default() };
    let Some(package) = package::read(shelf, &opf, sink) else { return Counted::default() };
    package::manifest(shelf, &package, sink);
    let mut texts_of = |is_wanted: fn(&Item) -> bool| {
        let paths = package.items.iter().filter(|item| is_wanted(item)).filter_map(|item| item.path.as_deref());
        paths.filter_map(|path| Some((path, shelf.text(path, sink)?))).collect::<Vec<(&str, FileId)>>()
    };
    let files = texts_of(|item| item.is_text() || item.media_type == "image/svg+xml");
    let styles = texts_of(|item| item.media_type == "text/css");
    texts_of(|item| item.media_type == "application/x-dtbncx+xml");
    let shelf = &*shelf;
    let is_old = package.is_old();
    let read = files.par_iter().map(|&(path, file)| {
        let mut sink = Sink::new();
        let page = page::read(shelf.files(), file, path, is_old, &mut sink);
        (path, page, sink)
    });
    let mut pages = BTreeMap::new();
    for (path, page, told) in read.collect::<Vec<_>>() {
        sink.append(told);
        pages.extend(page.map(|page| (path, page)));
    }
    let items = package.items.iter().filter_map(|item| Some((item.path.as_deref()?, item))).collect();
    let book = Book { shelf, package: &package, pages, items, order: package.order() };
    metadata::check(&book, sink);
    let lists = nav::check(&book, sink);
    let mut followed = links::Followed::default();
    for &(path, file) in &styles {
        style::check(&book, path, file, &mut followed, sink);
    }
    links::check(&book, &mut followed, sink);
    media::check(&book, &followed, sink);
    container::fonts(book.shelf, &obfuscated, package.identifier(), sink);
    access::check(&book, &lists, sink);
    let of_type = |start: &str| book.package.items.iter().filter(|item| item.media_type.starts_with(start)).count();
    Counted {
        version: book.package.version.clone(),
        texts: book.package.items.iter().filter(|item| item.is_text()).count(),
        pictures: of_type("image/"),
        fonts: of_type("font/") + of_type("application/font") + of_type("application/vnd.ms-opentype"),
        pages: lists.pages,
    }
}

/// The first faults of each kind, and how many more there are.
fn shortened(sink: Sink) -> Sink {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut short = Sink::new();
    for diagnostic in sink.list() {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            short.push(diagnostic.clone());
        }
    }
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > MOST_OF_A_KIND) {
        let more = count - MOST_OF_A_KIND;
        short.push(Diagnostic::note("more", format!("{more} more faults of the kind {code} are not shown")));
    }
    short
}
