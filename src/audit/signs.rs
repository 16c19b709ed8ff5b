//! Rule 22: typographic signs. The text of the tree is read, not the pages.
//!
//! In:     the leaves of running text, outside code.
//! Out:    typewriter quotes, hyphens for dashes, three dots, double spaces.
//! Absent: books that ask for their text as typed.

use super::{Found, Proof, Stand};
use crate::layout::tree::{Locus, Mark, NodeId, Text};
use crate::theme::bar::Flaw;
use std::ops::Range;

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    if !proof.theme.smart_punctuation {
        return;
    }
    for (index, node) in proof.tree.nodes.iter().enumerate() {
        let leaf = NodeId(index as u32);
        let runs = match proof.standings[index].stand {
            Stand::Prose | Stand::Verse | Stand::Cell | Stand::Note | Stand::Title | Stand::Caption => true,
            Stand::Code | Stand::Entry | Stand::Display => false,
        };
        let Some(text) = node.text().filter(|_| runs) else { continue };
        for at in typewritten(text) {
            let Some(row) = proof.rows_of(leaf).find(|row| row.bytes.contains(&at)) else { continue };
            let shown = around(&text.string, at as usize);
            found.sheet(Flaw::Signs, row.sheet, Some(Locus { leaf, offset: at }), shown, None);
        }
    }
}

/// The bytes at which signs of a typewriter stand.
fn typewritten(text: &Text) -> Vec<u32> {
    let bytes = text.string.as_bytes();
    // Most text has none, and one look at its bytes says so.
    let suspect = |at: &usize| match bytes[*at] {
        b'"' => true,
        b'\'' => is_letter(bytes, at.wrapping_sub(1)) && is_letter(bytes, at + 1),
        b'.' => bytes[*at..].starts_with(b"...") && !bytes[..*at].ends_with(b"."),
        b'-' => bytes[*at..].starts_with(b"--") && !bytes[..*at].ends_with(b"-"),
        b' ' => bytes[*at..].starts_with(b"  "),
        _ordinary => false,
    };
    let verbatim: Vec<&Range<u32>> = verbatim(text).collect();
    let stands_in_code = |at: u32| verbatim.iter().any(|range| range.contains(&at));
    (0..bytes.len()).filter(suspect).map(|at| at as u32).filter(|at| !stands_in_code(*at)).collect()
}

fn is_letter(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
}

/// What is shown as typed.
fn verbatim(text: &Text) -> impl Iterator<Item = &Range<u32>> {
    let marks = text.marks.iter();
    marks
        .filter(|marked| matches!(marked.mark, Mark::Code | Mark::Keyboard | Mark::Token(_) | Mark::Link(_)))
        .map(|marked| &marked.range)
}

/// The words around a byte.
fn around(string: &str, at: usize) -> &str {
    const REACH: usize = 16;
    let from = (0..=at.saturating_sub(REACH)).rev().find(|at| string.is_char_boundary(*at)).unwrap_or(0);
    let to = (at + REACH..string.len()).find(|at| string.is_char_boundary(*at)).unwrap_or(string.len());
    string.get(from..to).unwrap_or_default().trim()
}
