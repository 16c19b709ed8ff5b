//! Notes of a chapter: which body belongs to which call.
//!
//! In:     the bodies and the names of the calls.
//! Out:    one body for each name, in the order of the file.
//! Faults: `note.unused`, `note.duplicate`; a call without a body shows as text and is told by `line`.
//! Absent: numbers.

use super::node::{Id, Kind};
use super::reader::{Outcome, Reader};
use crate::base::Diagnostic;
use crate::book::NoteBody;
use std::collections::BTreeSet;

impl Reader<'_, '_> {
    /// Reads the body of a note.
    pub fn note(&mut self, id: Id) {
        let Kind::NoteBody(name) = &self.nodes.get(id).kind else { return };
        let name = name.to_lowercase();
        let span = self.span(id);
        let blocks = self.blocks(id);
        self.outcome.notes.push(NoteBody { name, blocks, span });
    }
}

/// Keeps the first body of each name that is called.
pub fn settle(outcome: &mut Outcome) {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for note in std::mem::take(&mut outcome.notes) {
        let name = &note.name;
        if !seen.insert(name.clone()) {
            let told =
                Diagnostic::warning("note.duplicate", format!("the note [^{name}] stands twice in this chapter"));
            outcome.sink.push(told.at(note.span).hint("the first is used: give the other a name of its own"));
        } else if !outcome.calls.contains(name) {
            let told = Diagnostic::warning("note.unused", format!("the note [^{name}] is never called"));
            outcome.sink.push(told.at(note.span).hint(format!("write [^{name}] where it belongs")));
        } else {
            kept.push(note);
        }
    }
    outcome.notes = kept;
}
