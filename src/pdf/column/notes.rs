//! Notes: their bodies as lines for the foot of the page that calls them.

use super::{Builder, Seat};
use crate::base::{Em, Length};
use crate::layout::tree::{Content, NodeId, NoteId};
use crate::pdf::sheet::Owner;
use crate::pdf::slab::{Drawn, NoteLine};
use crate::theme::Role;

/// The hang of a note's label, in the text size.
const HANG: Em = Em(1.3);
/// Between the label and the text.
const LABEL_GAP: Em = Em(0.4);
/// How many notes may be called from notes called by one line: a guard against notes that call each other without end
/// is not needed, as each is set once, but their number is capped for a page's sake.
const MOST: usize = 4096;

impl Builder<'_, '_, '_> {
    /// Sets the notes called on a slab, those that are not set yet, and the notes that they call.
    pub(super) fn set_notes(&mut self, calls: &[NoteId]) {
        if calls.is_empty() {
            return;
        }
        if let Some(inner) = &mut self.called_in_note {
            inner.extend_from_slice(calls);
            return;
        }
        let mut queue: Vec<NoteId> = calls.to_vec();
        let mut next = 0;
        while next < queue.len() && next < MOST {
            let id = queue[next];
            next += 1;
            if self.called.insert(id) {
                let inner = self.note(id);
                queue.extend(inner);
            }
        }
    }

    /// Adds the lines of one note; gives the notes it calls.
    fn note(&mut self, id: NoteId) -> Vec<NoteId> {
        let tree = self.desk.tree;
        let Some(note) = tree.notes.get(id.0 as usize) else { return Vec::new() };
        let style = self.desk.composer.style(Role::Note);
        let label = self.desk.composer.made(&note.label, style);
        let size = self.desk.theme.text_size;
        let hang = HANG.of(size).max(label.width + LABEL_GAP.of(size));
        let mut inner = Builder::new(self.desk, self.sink);
        inner.section = self.section;
        inner.called_in_note = Some(Vec::new());
        let seat = inner.seat();
        let x = if seat.back { seat.measure - label.width } else { Length::ZERO };
        inner.marker = Some(Drawn::Line { x, y: Length::ZERO, line: Box::new(label), owner: Owner::Marker(note.body) });
        let seat = Seat { dress: Some(Role::Note), flush: true, ..inner.inset(seat, hang, Length::ZERO) };
        inner.note_blocks(note.body, seat);
        let calls = inner.called_in_note.take().unwrap_or_default();
        let slabs = inner.column.slabs;
        let of = slabs.len();
        for (index, slab) in slabs.into_iter().enumerate() {
            let above = if index == 0 { Length::ZERO } else { slab.space };
            let mut drawn = slab.drawn;
            drawn.iter_mut().for_each(|item| item.lower(above));
            self.column.notes.push(NoteLine { index, of, height: above + slab.height, drawn });
        }
        calls
    }

    fn note_blocks(&mut self, body: NodeId, seat: Seat) {
        let tree = self.desk.tree;
        match &tree.node(body).content {
            Content::Leaf(_) => {
                let style = self.dressed(Role::BodyFirst, seat);
                let lines = self.compose(body, &style, seat.measure);
                self.run(
                    body,
                    lines,
                    &style,
                    seat,
                    super::text::Run { before: 0, together: false, sink: Length::ZERO },
                );
            }
            Content::Group => {
                for child in tree.children(body) {
                    self.block(child, seat);
                }
            }
            Content::Picture(_) | Content::Empty => {}
        }
        // A note without text still shows its label.
        if self.marker.is_some() {
            let style = self.desk.composer.style(Role::Note).clone();
            let line = self.desk.composer.made("", &style);
            let cell = self.cell(&line, &style);
            let drawn = self.marker_at(cell.baseline).into_iter().collect();
            self.emit(seat, super::Piece::new(cell.height, crate::pdf::slab::Fit::Free, drawn));
        }
    }
}

impl Drawn {
    /// Moves it down.
    pub(super) fn lower(&mut self, by: Length) {
        match self {
            Drawn::Line { y, .. } | Drawn::Picture { y, .. } | Drawn::Fill { y, .. } => *y += by,
            Drawn::Mark { .. } | Drawn::Turned(_) => {}
        }
    }
}
