//! The plain text that an edition must show, to hold a finished file against.
//!
//! In:     `Tree` and its page map, or a laid-out page.
//! Out:    text; white space in it says only that something is parted.
//! Absent: markers of items and what else CSS or a reading system adds.

use crate::layout::tree::{ATOM, Section};
use crate::layout::{Atom, Locus, NodeId, PageMap, Tree};
use crate::pdf::{RunSource, Shape, Sheet};
use crate::theme::Role;

/// The text of a section as the e-book shows it, with every atom: one leaf a line. Without a map page references show
/// their labels, as in an e-book without a print edition. The lists that lead through the book have links in place of
/// page numbers.
pub fn of_section(tree: &Tree, section: &Section, map: Option<&PageMap>) -> String {
    let mut out = String::new();
    for node in section.nodes.clone() {
        let node = tree.node(NodeId(node));
        let Some(text) = node.text() else { continue };
        let leads = matches!(node.role, Role::ContentsEntry(_) | Role::ListEntry);
        for (at, c) in text.string.char_indices() {
            match text.atom_at(at as u32).filter(|_| c == ATOM) {
                Some(Atom::PageRef { .. }) if leads => {}
                Some(atom) => out.push_str(&shown(tree, atom, map)),
                None => out.push(c),
            }
        }
        out.push('\n');
    }
    out
}

fn shown(tree: &Tree, atom: &Atom, map: Option<&PageMap>) -> String {
    match atom {
        Atom::NoteCall { note, .. } => tree.note(*note).label.clone(),
        Atom::PageRef { to, label } => {
            let page = |place: Locus| map?.page_of(place).map(|page| page.label.clone());
            tree.place_of(to).and_then(page).unwrap_or_else(|| label.clone())
        }
        // A formula is markup in one edition and glyphs in the other.
        Atom::Picture(_) | Atom::Formula(_) => String::new(),
        Atom::Break => "\n".to_owned(),
    }
}

/// Everything that a page shows as text, furniture too: a line for each run, in the order of drawing.
pub fn of_sheet(tree: &Tree, sheet: &Sheet) -> String {
    let mut out = String::new();
    for item in &sheet.items {
        let Shape::Run(run) = &item.shape else { continue };
        match &run.source {
            RunSource::Leaf { leaf, range } | RunSource::Initial { leaf, range } => {
                let text = tree.node(*leaf).text();
                out.push_str(text.and_then(|t| t.string.get(range.start as usize..range.end as usize)).unwrap_or(""));
            }
            RunSource::Atom { text, .. } | RunSource::Made(text) => out.push_str(text),
            RunSource::Hyphen { .. } => out.push('-'),
            RunSource::WrapMark | RunSource::Leader => {}
        }
        out.push('\n');
    }
    out
}
