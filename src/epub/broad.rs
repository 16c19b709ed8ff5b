//! Code and formulas → blocks that may be broader than a telephone's page: what wraps, what is made smaller, what scrolls.
//!
//! In:     leaves of code and of formulas.
//! Out:    elements appended to the file. What scrolls does so in itself, never the page, and can be reached with the
//!         keyboard where it is likely to (WCAG 2.1, 2.1.1).
//! Absent: widths, which only the reader has; letters are counted instead. Tables (`table.rs`).

use super::inline::Allowed;
use super::xhtml::Writer;
use super::xml;
use crate::formula::Formula;
use crate::layout::tree::{ATOM, Atom, Detail, NodeId, Text};
use crate::theme::Role;

/// Letters of code on a line of a telephone.
const CODE: usize = 36;
/// The smallest type, of that of code, for drawings made of letters.
const LEAST: f64 = 0.6;
/// Lines of such a drawing that fit a telephone's page. What scrolls cannot be parted over pages: a longer one wraps.
const PAGE: usize = 30;
/// Signs of a formula that fit a telephone's line at the reader's usual size, and at twice that size.
const FORMULA: usize = 28;
const FORMULA_LARGE: usize = 10;

impl Writer<'_> {
    pub fn code(&mut self, id: NodeId) {
        let node = self.edition.tree.node(id);
        let Some(text) = node.text() else { return self.flow(id, "p", "div") };
        let language = if let Detail::Code { language } = &node.detail { language.as_str() } else { "" };
        let longest = text.string.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let is_diagram = is_diagram(&text.string, language);
        self.open(id, "pre", if is_diagram { "diagram" } else { "" });
        // Its parts mean nothing but under one another: it is made smaller, and scrolls where that does not do.
        let size = (CODE as f64 / longest.max(1) as f64).clamp(LEAST, 1.0);
        if is_diagram && longest as f64 * LEAST > CODE as f64 {
            self.out.push_str(" tabindex=\"0\"");
        }
        // Code runs from left to right in every book.
        self.out.push_str(" dir=\"ltr\"><code");
        if !language.is_empty() {
            let plain: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            xml::attribute(&mut self.out, "class", &format!("language-{plain}"));
        }
        if is_diagram && size < 1.0 {
            self.out.push_str(&format!(" style=\"font-size: {size:.2}em\""));
        }
        self.out.push('>');
        self.leaf_text(id, text, Allowed::ALL);
        self.out.push_str("</code></pre>\n");
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

    /// Names an element that shows nothing but formulas: not every voice finds a name in MathML for a heading or for the
    /// head of a column, and none is left without one.
    pub fn name_by_formula(&mut self, text: &Text) {
        let shown = text.string.chars().any(|c| !c.is_whitespace() && c != ATOM);
        let words = text.atoms.iter().filter_map(|atom| match &atom.atom {
            Atom::Formula(formula) => Some(formula.words.as_str()),
            Atom::NoteCall { .. } | Atom::Picture(_) | Atom::PageRef { .. } | Atom::Break => None,
        });
        let words = words.collect::<Vec<_>>().join(" ");
        if !shown && !words.is_empty() {
            xml::attribute(&mut self.out, "aria-label", &words);
        }
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

/// How many letters an atom is about as broad as, in a cell that holds it.
pub fn letters(atom: &Atom) -> usize {
    match atom {
        Atom::Formula(formula) => signs(formula).min(FORMULA),
        Atom::NoteCall { .. } | Atom::Picture(_) | Atom::PageRef { .. } | Atom::Break => 0,
    }
}

/// About how many signs stand beside one another, for one line of characters is what a formula's words are.
fn signs(formula: &Formula) -> usize {
    formula.words.chars().filter(|c| !c.is_whitespace()).count()
}

/// Whether code is a drawing made of letters: plain text, a good part of whose lines hold strokes that stand for
/// themselves.
fn is_diagram(text: &str, language: &str) -> bool {
    let is_plain =
        matches!(language, "" | "text" | "txt" | "plain" | "plaintext" | "ascii" | "diagram" | "ditaa" | "svgbob");
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let drawn = text.lines().filter(|line| is_drawn(line)).count();
    is_plain && drawn >= 2 && drawn * 3 >= lines && lines <= PAGE
}

fn is_drawn(line: &str) -> bool {
    // Box drawing and block elements of Unicode; strokes of ASCII with an end, or away from words.
    let has_box = line.chars().any(|c| matches!(c, '\u{2500}'..='\u{259F}'));
    let has_stroke =
        ["+--", "--+", "-->", "<--", "---|", "|---", "  |", "|  ", "==>"].iter().any(|stroke| line.contains(stroke));
    has_box || has_stroke
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_told_from_code_and_from_prose() {
        let train = "nightly: * - - * - - *\n                     |\nbeta:                *  |\n";
        assert!(is_diagram(train, "text") && is_diagram("┌──┐\n│  │\n└──┘", ""));
        assert!(is_diagram("+---+\n| a |\n+---+", ""));
        assert!(!is_diagram("+---+\n| a |\n+---+", "rust"));
        assert!(!is_diagram("$ ls\na  b\nc  d", "") && !is_diagram("one\ntwo | three\nfour", "text"));
        // One that is longer than a page must be parted.
        assert!(!is_diagram(&"|   |\n".repeat(PAGE + 1), ""));
    }
}
