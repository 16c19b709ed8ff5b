//! A place in a leaf → its line and column in the manuscript.
//!
//! In:     a locus, the tree, the files.
//! Out:    the place of the word that stands there; that of the block where the word is not found in it.
//! Absent: Markdown. The words of the leaf are looked for in the source one after the other; what the source has beside
//!         them (marks, addresses of links) is passed over.

use super::Source;
use crate::base::Files;
use crate::layout::Tree;
use crate::layout::tree::{Locus, NodeId};

/// How many words of the source are passed over at most to find the next word of the leaf. The address of a link or the
/// attributes of a picture are shorter.
const FARTHEST: usize = 40;

pub fn source(tree: &Tree, files: &Files, at: Locus) -> Option<Source> {
    let span = span_of(tree, at.leaf)?;
    let written = files.text(span.file).get(span.start as usize..span.end as usize).unwrap_or_default();
    let shown = tree.node(at.leaf).text().map_or("", |text| text.string.as_str());
    let byte = span.start + word_at(shown, written, at.offset as usize) as u32;
    let (line, column) = files.line_col(span.file, byte);
    Some(Source { file: span.file, line, column })
}

/// The place of a node: its own, else that of the nearest before it that has one.
fn span_of(tree: &Tree, node: NodeId) -> Option<crate::base::Span> {
    let section = tree.section(tree.section_of(node));
    let nodes = section.nodes.start..node.0 + 1;
    nodes.rev().find_map(|index| tree.node(NodeId(index)).at).or(section.at)
}

/// The byte of `written` at which the word stands that `shown` has at or after `offset`.
fn word_at(shown: &str, written: &str, offset: usize) -> usize {
    let mut source = words(written).peekable();
    let mut last = 0;
    for (at, word) in words(shown) {
        let mut ahead = source.clone().take(FARTHEST);
        if let Some(steps) = ahead.position(|(_, candidate)| candidate == word)
            && let Some((byte, _)) = source.nth(steps)
        {
            last = byte;
        }
        // The word that the line begins within counts as its first.
        if at + word.len() > offset {
            break;
        }
    }
    last
}

/// Letters and figures in a row, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> + Clone {
    let start = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - start, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(shown: &str, written: &str, at: &str) -> String {
        let byte = word_at(shown, written, shown.find(at).unwrap());
        written[byte..].split_whitespace().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_word_is_found_past_marks_and_addresses() {
        let written = "The *old* lamp, see [the map](maps/the-old-lamp.md) of\nthe valley, burns `oil` and oil.";
        let shown = "The old lamp, see the map of the valley, burns oil and oil.";
        assert_eq!(found(shown, written, "lamp"), "lamp,");
        assert_eq!(found(shown, written, "map of"), "map](maps/the-old-lamp.md)");
        assert_eq!(found(shown, written, "valley"), "valley,");
        assert_eq!(found(shown, written, "oil."), "oil.");
    }

    #[test]
    fn a_line_that_begins_within_a_word_is_that_of_the_word() {
        assert_eq!(found("a considerable sum", "a considerable sum", "able"), "considerable");
    }

    #[test]
    fn what_the_source_does_not_have_leads_to_the_word_before() {
        assert_eq!(found("see Chapter 3 now", "see [](three.md) now", "Chapter"), "see");
        assert_eq!(found("x", "", "x"), "");
    }
}
