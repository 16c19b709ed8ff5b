//! Code → XHTML: lines that wrap, and drawings made of letters, which may not.
//!
//! In:     leaves of code.
//! Out:    elements appended to the file. What scrolls does so in itself, never the page, and can be reached with the
//!         keyboard where it is likely to (WCAG 2.1, 2.1.1).
//! Absent: widths, which only the reader has; letters are counted instead.

use super::inline::Allowed;
use super::xhtml::Writer;
use super::xml;
use crate::layout::tree::{Detail, NodeId};

/// Letters of code on a line of a telephone.
const CODE: usize = 36;
/// The smallest type, of that of code, for drawings made of letters.
const LEAST: f64 = 0.6;
/// Lines of such a drawing that fit a telephone's page. What scrolls cannot be parted over pages: a longer one wraps.
const PAGE: usize = 30;

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
