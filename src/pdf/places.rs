//! Where everything stands: anchors, page starts, page numbers.
//!
//! In:     columns with their cuts.
//! Out:    [`Spot`]s, by which a [`Locus`] finds its page and its point.
//! Absent: what is drawn there.

use super::pagebreak::{Cut, Limits, set};
use super::sheet::Owner;
use super::slab::{Column, Drawn};
use crate::base::Length;
use crate::layout::tree::{Atom, Locus, Mark, NodeId};
use crate::layout::{Anchor, Tree};
use std::collections::BTreeMap;

/// The place of the first byte of a line, or of a node without text, in its column.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pub at: Locus,
    /// Counted in the column.
    pub page: usize,
    /// From the left edge of the text block, and from the top of the page's first cell.
    pub x: Length,
    pub y: Length,
}

/// Every spot of a column, sorted by locus.
pub fn spots(column: &Column, cuts: &[Cut], limits: Limits) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (page, cut) in cuts.iter().enumerate() {
        let setting = set(column, cut, limits);
        for (at, top) in &setting.slabs {
            let slab = &column.slabs[*at];
            collect(&slab.drawn, page, *top, &mut spots);
        }
        let mut top = setting.notes;
        for line in &column.notes[cut.notes.clone()] {
            collect(&line.drawn, page, top, &mut spots);
            top += line.height;
        }
    }
    spots.sort_by_key(|spot| spot.at);
    spots
}

fn collect(drawn: &[Drawn], page: usize, top: Length, spots: &mut Vec<Spot>) {
    for item in drawn {
        match item {
            Drawn::Line { x, y, line, owner: Owner::Node(leaf) } => {
                // The top of the line itself: many lines may stand in one slab, as the columns of an index do.
                let y = top + (*y - line.ascent - line.depth).max(Length::ZERO);
                spots.push(Spot { at: Locus { leaf: *leaf, offset: line.range.start }, page, x: *x, y });
            }
            Drawn::Mark { node } => {
                let at = Locus { leaf: *node, offset: 0 };
                spots.push(Spot { at, page, x: Length::ZERO, y: top });
            }
            // A turned page is found as a whole.
            Drawn::Turned(turned) => spots.extend(turned.places.iter().map(|&at| {
                let (x, y) = (Length::ZERO, Length::ZERO);
                Spot { at, page, x, y }
            })),
            Drawn::Line { .. } | Drawn::Picture { .. } | Drawn::Fill { .. } => {}
        }
    }
}

/// The spot of a locus: the line that holds it; for a group, the first thing in it; else what follows it.
pub fn find(spots: &[Spot], at: Locus) -> Option<&Spot> {
    let after = spots.partition_point(|spot| spot.at <= at);
    match after.checked_sub(1).map(|before| &spots[before]) {
        Some(spot) if spot.at.leaf == at.leaf => Some(spot),
        before => spots.get(after).or(before),
    }
}

/// Every anchor of the tree with its locus: those the tree lists, and those that stand only on nodes, marks and calls.
pub fn anchors(tree: &Tree) -> BTreeMap<Anchor, Locus> {
    let mut anchors = tree.anchors.clone();
    for (at, node) in tree.nodes.iter().enumerate() {
        let leaf = NodeId(at as u32);
        if let Some(anchor) = &node.anchor {
            anchors.entry(anchor.clone()).or_insert(Locus { leaf, offset: 0 });
        }
        let Some(text) = node.text() else { continue };
        for marked in &text.marks {
            if let Mark::Anchor(anchor) = &marked.mark {
                anchors.entry(anchor.clone()).or_insert(Locus { leaf, offset: marked.range.start });
            }
        }
        for atom in &text.atoms {
            if let Atom::NoteCall { anchor, .. } = &atom.atom {
                anchors.entry(anchor.clone()).or_insert(Locus { leaf, offset: atom.at });
            }
        }
    }
    anchors
}

/// The anchors whose page numbers some leaf shows, with the nodes that show them.
pub fn page_references(tree: &Tree) -> (BTreeMap<Anchor, Locus>, Vec<NodeId>) {
    let mut wanted = BTreeMap::new();
    let mut leaves = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(text) = node.text() else { continue };
        let mut shows = false;
        for atom in &text.atoms {
            if let Atom::PageRef { to, .. } = &atom.atom {
                shows = true;
                if let Some(place) = tree.place_of(to) {
                    wanted.insert(to.clone(), place);
                }
            }
        }
        if shows {
            leaves.push(NodeId(at as u32));
        }
    }
    (wanted, leaves)
}
