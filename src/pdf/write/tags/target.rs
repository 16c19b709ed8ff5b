//! A named place → the element that stands there: what links, bookmarks and entries of the contents lead to.
//!
//! In:     the tags, settled; the loci of the anchors.
//! Out:    elements that are written.
//! Absent: pages.

use super::{Inline, Kid, Tags};
use crate::layout::tree::{Anchor, Link, Locus, Mark, Node, NodeId};
use crate::theme::Role;
use std::collections::BTreeMap;

impl Tags<'_> {
    /// Lets each entry of the contents and of the lists name the element it leads to (ISO 14289-2, 8.2.5.8).
    pub fn refer(&mut self, anchors: &BTreeMap<Anchor, Locus>) {
        for (index, node) in self.tree.nodes.iter().enumerate() {
            if !matches!(node.role, Role::ContentsEntry(_) | Role::ListEntry) {
                continue;
            }
            let target = goal(node).and_then(|anchor| anchors.get(anchor)).and_then(|locus| self.at(*locus));
            if let (Some((entry, _)), Some(target)) = (self.nodes[index], target) {
                self.elements[entry].refs.push(target);
            }
        }
    }

    /// How deep an entry of the contents stands: as its title does in the outline. Entries of lists stand side by side.
    pub(super) fn level(&self, entry: NodeId) -> Option<u8> {
        let node = self.tree.node(entry);
        let Role::ContentsEntry(level) = node.role else { return None };
        Some(goal(node).and_then(|anchor| self.depths.get(anchor)).copied().unwrap_or(level))
    }

    /// The innermost element that is written and stands at a place.
    pub fn at(&self, locus: Locus) -> Option<usize> {
        let call = self.inline.get(&(locus.leaf, Inline::Atom(locus.offset))).copied();
        let mut found = call.or_else(|| self.near(locus.leaf));
        while let Some(element) = found.filter(|element| !self.elements[*element].kept) {
            found = self.elements[element].parent;
        }
        found
    }

    /// The element of a node; of one that is not read, like a break between scenes, that of the node before it.
    fn near(&self, node: NodeId) -> Option<usize> {
        let until = self.nodes.get(..=node.0 as usize)?;
        until.iter().rev().find_map(|own| *own).map(|(outer, _)| outer)
    }

    /// The sheet on which an element begins.
    pub fn sheet(&self, element: usize) -> Option<usize> {
        self.elements[element].kids.iter().find_map(|(_, kid)| match *kid {
            Kid::Content { sheet, .. } | Kid::Annotation { sheet, .. } => Some(sheet),
            Kid::Element(kid) => self.sheet(kid),
        })
    }
}

/// Where a line of the contents leads.
fn goal(line: &Node) -> Option<&Anchor> {
    line.text()?.marks.iter().find_map(|marked| match &marked.mark {
        Mark::Link(Link::Inside(anchor)) => Some(anchor),
        _other => None,
    })
}
