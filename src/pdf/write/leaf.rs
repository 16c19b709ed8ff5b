//! The marks of a leaf that carry meaning for a reader's software: links, foreign runs, short forms, code.
//!
//! In:     a leaf of the tree and the places that stand on pages.
//! Out:    [`Leaf`], which finds the innermost such mark at a byte, and where links lead.
//! Absent: looks: colours and faces are drawn, not tagged; emphasis only where the vocabulary has a type for it.

use super::roles::Vocabulary;
use crate::layout::tree::{Anchor, Atom, Link, Mark, NodeId, Text, Tree};
use crate::pdf::Place;
use std::collections::BTreeMap;
use std::ops::Range;

/// A leaf's marks that become structure elements, sorted as the tree has them: outer before inner.
pub struct Leaf<'a> {
    pub id: NodeId,
    pub text: Option<&'a Text>,
    marks: Vec<Structural>,
}

struct Structural {
    /// The place in the leaf's marks.
    mark: u32,
    range: Range<u32>,
    /// The place in this list of the mark around it.
    parent: Option<usize>,
}

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Goal {
    Inside(Anchor),
    Outside(String),
}

impl<'a> Leaf<'a> {
    pub fn of(tree: &'a Tree, id: NodeId, places: &BTreeMap<Anchor, Place>, vocabulary: Vocabulary) -> Leaf<'a> {
        let text = tree.node(id).text();
        let mut marks: Vec<Structural> = Vec::new();
        let mut around: Vec<usize> = Vec::new();
        for (index, marked) in text.map_or(&[][..], |text| &text.marks).iter().enumerate() {
            let structural = match &marked.mark {
                Mark::Link(Link::Inside(anchor)) => places.contains_key(anchor),
                Mark::Link(Link::Outside(_)) | Mark::Lang(_) | Mark::Abbreviation(_) | Mark::Code => true,
                // PDF 1.7 has no types for these.
                Mark::Emphasis | Mark::Strong | Mark::Strike | Mark::Superscript | Mark::Subscript | Mark::Label => {
                    vocabulary == Vocabulary::Pdf2
                }
                Mark::Underline
                | Mark::SmallCaps
                | Mark::LeadIn
                | Mark::Sans
                | Mark::Keyboard
                | Mark::Token(_)
                | Mark::Anchor(_)
                | Mark::Class(_) => false,
            };
            if structural && !marked.range.is_empty() {
                let range = marked.range.clone();
                // Marks are properly nested: one that ends before this one does holds nothing that follows.
                while around.pop_if(|outer| marks[*outer].range.end < range.end).is_some() {}
                let parent = around.last().copied();
                around.push(marks.len());
                marks.push(Structural { mark: index as u32, range, parent });
            }
        }
        Leaf { id, text, marks }
    }

    /// The innermost mark that covers a byte.
    pub fn innermost(&self, at: u32) -> Option<u32> {
        // The last mark that has begun covers the byte, or one around it does.
        let mut next = self.marks.partition_point(|mark| mark.range.start <= at).checked_sub(1);
        while let Some(mark) = next.map(|place| &self.marks[place]) {
            if mark.range.contains(&at) {
                return Some(mark.mark);
            }
            next = mark.parent;
        }
        None
    }

    /// The mark around a mark.
    pub fn around(&self, mark: u32) -> Option<u32> {
        self.structural(mark)?.parent.map(|parent| self.marks[parent].mark)
    }

    pub fn mark(&self, mark: u32) -> Option<&'a Mark> {
        self.text?.marks.get(mark as usize).map(|marked| &marked.mark)
    }

    /// Where a mark starts.
    pub fn start(&self, mark: u32) -> u32 {
        self.structural(mark).map_or(0, |own| own.range.start)
    }

    fn structural(&self, mark: u32) -> Option<&Structural> {
        self.marks.binary_search_by_key(&mark, |own| own.mark).ok().map(|place| &self.marks[place])
    }

    /// The link that a mark is or stands in, with its goal.
    pub fn link(&self, mark: Option<u32>) -> Option<(u32, Goal)> {
        let mut next = mark;
        while let Some(mark) = next {
            if let Some(Mark::Link(link)) = self.mark(mark) {
                let goal = match link {
                    Link::Inside(anchor) => Goal::Inside(anchor.clone()),
                    Link::Outside(url) => Goal::Outside(url.clone()),
                };
                return Some((mark, goal));
            }
            next = self.around(mark);
        }
        None
    }

    /// The text under a mark, as it is told to a reader who asks what a link is: without atoms.
    pub fn under(&self, mark: u32) -> String {
        let text = self.text.and_then(|text| {
            let range = &text.marks.get(mark as usize)?.range;
            text.string.get(range.start as usize..range.end as usize)
        });
        let words: String = text.unwrap_or("").chars().map(|c| if c == '\u{FFFC}' { ' ' } else { c }).collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn atom(&self, at: u32) -> Option<&'a Atom> {
        self.text?.atom_at(at)
    }
}

/// Where an atom leads by itself: a note's call to the note, a page's number to the page.
pub fn atom_goal(tree: &Tree, atom: &Atom, places: &BTreeMap<Anchor, Place>) -> Option<Goal> {
    let anchor = match atom {
        Atom::NoteCall { note, .. } => tree.node(tree.note(*note).body).anchor.clone()?,
        Atom::PageRef { to, .. } => to.clone(),
        Atom::Picture(_) | Atom::Formula(_) | Atom::Break => return None,
    };
    places.contains_key(&anchor).then_some(Goal::Inside(anchor))
}

/// The way back from a note's label to its first call.
pub fn way_back(tree: &Tree, node: NodeId, places: &BTreeMap<Anchor, Place>) -> Option<Goal> {
    let crate::layout::Detail::Note(note) = tree.node(node).detail else { return None };
    let call = tree.note(note).calls.first()?;
    let text = tree.node(call.leaf).text()?;
    let Some(Atom::NoteCall { anchor, .. }) = text.atom_at(call.offset) else { return None };
    places.contains_key(anchor).then(|| Goal::Inside(anchor.clone()))
}
