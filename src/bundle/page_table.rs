//! `page-map.tsv`: on which printed page each named place of the book stands, for indexes, citations and other programs.
//!
//! In:     the tree, the pages.
//! Out:    a table of tab-separated values with a head (media type `text/tab-separated-values`), a line an anchor in
//!         reading order: `page` (the folio), `index` (of the page in the PDF, from 1), `anchor` (the XHTML fragment and the
//!         PDF's named destination), `file` (of the e-book), `kind`, `label`, `title`.
//! Absent: places that the tree does not name.

use crate::layout::tree::{Anchor, Detail, NodeId, Tree};
use crate::pdf::Pages;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The file's name in a release.
pub const PAGE_MAP: &str = "page-map.tsv";

pub fn table(tree: &Tree, pages: &Pages) -> String {
    let mut titles: BTreeMap<&Anchor, (&'static str, &str, &str)> = BTreeMap::new();
    for section in &tree.sections {
        titles.insert(&section.anchor, ("section", &section.label, &section.title));
    }
    for entry in &tree.outline {
        titles.entry(&entry.anchor).or_insert(("heading", &entry.label, &entry.title));
    }
    let mut places: Vec<_> = tree.anchors.iter().map(|(anchor, locus)| (*locus, anchor)).collect();
    // Two names of one place stand in the order of their letters.
    places.sort();
    let mut out = "page\tindex\tanchor\tfile\tkind\tlabel\ttitle\n".to_owned();
    for (locus, anchor) in places {
        let Some(place) = pages.places.get(anchor) else { continue };
        let page = pages.sheets.get(place.sheet).map_or("", |sheet| sheet.label.as_str());
        let file = &tree.section(tree.section_of(locus.leaf)).file_stem;
        let (kind, label, title) = titles.get(anchor).copied().unwrap_or_else(|| plain(tree, locus.leaf));
        let (label, title) = (one_line(label), one_line(title));
        let _ = writeln!(out, "{page}\t{}\t{anchor}\t{file}\t{kind}\t{label}\t{title}", place.sheet + 1);
    }
    out
}

/// What an anchor without a heading names: the numbered caption at or under it, or just a place.
fn plain(tree: &Tree, at: NodeId) -> (&'static str, &str, &str) {
    let under = (at.0..tree.node(at).end.0.max(at.0 + 1)).map(|id| tree.node(NodeId(id)));
    for node in under {
        if let Detail::Caption { number } = &node.detail {
            return ("caption", number, node.text().map_or("", |text| &text.string));
        }
    }
    match tree.node(at).detail {
        Detail::Note(_) => ("note", "", ""),
        Detail::None
        | Detail::List { .. }
        | Detail::Item { .. }
        | Detail::Code { .. }
        | Detail::Caption { .. }
        | Detail::Table { .. }
        | Detail::Cell { .. }
        | Detail::Initial { .. }
        | Detail::Admonition(_) => ("place", "", ""),
    }
}

/// A value of the table holds neither tabs nor line ends, nor characters that stand for atoms.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| *c != '\u{FFFC}').map(|c| if c.is_control() { ' ' } else { c }).collect()
}
