//! Notes: their bodies at the end of the section that calls them, in the order of the calls.
//!
//! In:     the names called, the bodies of the file.
//! Out:    `Notes > Note > …`.
//! Faults: `note.unused`.
//! Absent: pages.

use super::Writer;
use crate::base::Diagnostic;
use crate::book::{Attributes, Chapter};
use crate::layout::tree::{Anchor, Detail, NodeId, NoteId};
use crate::theme::Role;

impl Writer<'_> {
    /// Sets the bodies of the notes called. A note may call another: it is set after those called in the text.
    pub(super) fn notes(&mut self, chapter: &Chapter) {
        let none = Attributes::default();
        if !self.called.is_empty() {
            self.in_note = true;
            let notes = self.open(Role::Notes, Detail::None, &none, chapter.span);
            let mut number = 0;
            while let Some(&note) = self.called.get(number) {
                let body = self.draft.nodes.len();
                let node = self.open(Role::Note, Detail::Note(NoteId(number as u32)), &none, note.span);
                let anchor = Anchor(format!("{}.note{}", self.draft.anchor, number + 1).into());
                self.draft.nodes[node].anchor = Some(anchor);
                self.draft.notes[number].body = NodeId(body as u32);
                self.body(&note.blocks);
                self.close(node, &none);
                number += 1;
            }
            self.close(notes, &none);
            self.in_note = false;
        }
        for note in chapter.notes.iter().filter(|note| !self.numbers.contains_key(note.name.as_str())) {
            let message = format!("the note \"[^{}]\" is called nowhere in this file: it is left out", note.name);
            let hint = format!("call it where it belongs: [^{}]", note.name);
            self.draft.sink.push(Diagnostic::warning("note.unused", message).at(note.span).hint(hint));
        }
    }
}
