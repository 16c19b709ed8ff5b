//! Formulas in the e-book: how much room they take, and names for what holds nothing else.
//!
//! In:     a leaf's text.
//! Out:    its formulas as words; attributes of elements.
//! Absent: the MathML itself, which comes with the formula.

use super::xhtml::Writer;
use super::xml;
use crate::layout::tree::{Atom, NodeId, Text};
use crate::theme::Role;
use std::borrow::Cow;

/// A display of more signs than these may be wider than a screen, and scrolls.
const WIDE: usize = 48;

/// The text with the words of its formulas in their places: what it takes of a line.
pub fn spelt(text: &Text) -> Cow<'_, str> {
    if !text.atoms.iter().any(|atom| matches!(atom.atom, Atom::Formula(_))) {
        return Cow::Borrowed(&text.string);
    }
    let mut out = String::with_capacity(text.string.len());
    let mut from = 0;
    for atom in &text.atoms {
        let Atom::Formula(formula) = &atom.atom else { continue };
        let at = atom.at as usize;
        out.push_str(text.string.get(from..at).unwrap_or_default());
        // It is not broken at its spaces.
        out.extend(formula.words.chars().filter(|c| !c.is_whitespace()));
        from = (at + '\u{FFFC}'.len_utf8()).min(text.string.len());
    }
    out.push_str(text.string.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

impl Writer<'_> {
    /// The name of a head that holds formulas alone: not every voice reads MathML.
    pub fn name_of_formulas(&mut self, id: NodeId) {
        let Some(text) = self.edition.tree.node(id).text() else { return };
        let is_formula = |c: char| c == '\u{FFFC}' || c.is_whitespace();
        let has_formula = text.atoms.iter().any(|atom| matches!(atom.atom, Atom::Formula(_)));
        if has_formula && text.string.chars().all(is_formula) {
            xml::attribute(&mut self.out, "aria-label", spelt(text).trim());
        }
    }

    /// What scrolls can be reached and moved with the keyboard.
    pub fn reach(&mut self, id: NodeId) {
        let node = self.edition.tree.node(id);
        if node.role != Role::Formula {
            return;
        }
        let is_wide = node.text().is_some_and(|text| spelt(text).lines().any(|line| line.chars().count() > WIDE));
        if is_wide {
            self.out.push_str(" tabindex=\"0\"");
        }
    }
}
