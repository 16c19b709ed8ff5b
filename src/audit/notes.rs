//! Rule 21: notes at the foot of the page.
//!
//! In:     the calls and the rows of notes.
//! Out:    notes that begin away from their call, parts of one line, sizes out of range.
//! Absent: how much room the notes took.

use super::{Found, Proof, Row};
use crate::layout::tree::{Locus, NodeId, NoteId};
use crate::theme::bar::Flaw;
use std::collections::BTreeMap;

/// The size of notes to that of the text, and the least that is read with ease, in points.
const SHARE: std::ops::RangeInclusive<f64> = 0.80..=0.85;
const SMALLEST: f64 = 8.0;
/// A share is a figure of two places.
const SHARE_STEP: f64 = 0.005;
/// Lines of a note that may stand on a page of their own.
const LEAST_LINES: usize = 2;

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    let mut first_call: BTreeMap<NoteId, usize> = BTreeMap::new();
    for &(note, sheet) in &proof.calls {
        first_call.entry(note).or_insert(sheet);
    }
    found.fact(21, "notes", first_call.len() as f64, "");
    let mut size = None;
    for (note, called) in first_call {
        let rows = rows(proof, proof.tree.note(note).body);
        let Some(first) = rows.first() else { continue };
        size = size.or(Some(first.size));
        if first.sheet != called {
            let at = proof.tree.note(note).calls.first().copied();
            let text = format!("note {}", proof.tree.note(note).label);
            found.sheet(Flaw::NoteAway, called, at, text, Some(first.sheet as f64 - called as f64));
        }
        split(proof, &rows, found);
    }
    if let Some(size) = size {
        let share = size.ratio(proof.theme.text_size);
        found.fact(21, "size", share * 100.0, "%");
        if share < SHARE.start() - SHARE_STEP || share > SHARE.end() + SHARE_STEP || size.to_pt() < SMALLEST {
            found.book(Flaw::NoteSize, format!("{:.1} pt", size.to_pt()), Some(share));
        }
    }
}

/// The rows of all leaves of a note.
fn rows<'p>(proof: &'p Proof<'_>, body: NodeId) -> Vec<&'p Row> {
    let end = proof.tree.node(body).end.0.max(body.0 + 1);
    (body.0..end).flat_map(|leaf| proof.rows_of(NodeId(leaf))).collect()
}

/// Each part of a note on a page of several has two lines.
fn split(proof: &Proof<'_>, rows: &[&Row], found: &mut Found) {
    let parts: Vec<&[&Row]> = rows.chunk_by(|a, b| a.sheet == b.sheet).collect();
    if parts.len() < 2 {
        return;
    }
    for part in parts.into_iter().filter(|part| part.len() < LEAST_LINES) {
        let row = part[0];
        let at = Locus { leaf: row.leaf, offset: row.bytes.start };
        found.sheet(Flaw::NoteSplit, row.sheet, Some(at), proof.text(row).trim(), Some(part.len() as f64));
    }
}
