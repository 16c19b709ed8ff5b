//! Formulas in the e-book: how much room they take, and names for what holds nothing else.
//!
//! In:     a leaf's text.
//! Out:    its formulas as words; elements that scroll in themselves round what may be broader than a telephone's page,
//!         and can be reached with the keyboard where they are likely to (WCAG 2.1, 2.1.1); names of heads.
//! Absent: the MathML itself, which comes with the formula; widths, which only the reader has: signs are counted.

use super::inline::Allowed;
use super::xhtml::Writer;
use super::xml;
use crate::formula::Formula;
use crate::layout::tree::{Atom, NodeId, Text};
use crate::theme::Role;
use std::borrow::Cow;

/// Signs of a formula that fit a telephone's line at the reader's usual size, and at twice that size.
const FORMULA: usize = 28;
const FORMULA_LARGE: usize = 10;

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

    /// A formula on lines of its own, with its number.
    pub fn equation(&mut self, id: NodeId) {
        let Some(text) = self.edition.tree.node(id).text() else { return self.flow(id, "div", "div") };
        self.open(id, "div", "");
        let is_long = |atom: &Atom| matches!(atom, Atom::Formula(formula) if signs(formula) > FORMULA);
        if text.atoms.iter().any(|atom| is_long(&atom.atom)) {
            self.out.push_str(" tabindex=\"0\"");
        }
        self.out.push('>');
        self.leaf_text(id, text, Allowed::ALL);
        self.close("div");
    }

    /// A formula in the text: no reading system breaks one into lines.
    pub fn formula(&mut self, leaf: NodeId, formula: &Formula) {
        let length = signs(formula);
        if length <= FORMULA_LARGE || self.edition.tree.node(leaf).role == Role::Formula {
            return self.out.push_str(&formula.mathml);
        }
        self.out.push_str(if formula.is_display { "<span class=\"broad display\"" } else { "<span class=\"broad\"" });
        self.out.push_str(if length > FORMULA { " tabindex=\"0\">" } else { ">" });
        self.out.push_str(&formula.mathml);
        self.out.push_str("</span>");
    }
}

/// About how many signs stand beside one another, for one line of characters is what a formula's words are.
fn signs(formula: &Formula) -> usize {
    formula.words.chars().filter(|c| !c.is_whitespace()).count()
}
