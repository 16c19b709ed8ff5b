//! Formulas on lines of their own: whole cells of the grid, what is left over shared between above and below.
//!
//! In:     a formula's leaf and its seat.
//! Out:    one slab that is never broken and stays with the line before it where it can.
//! Absent: the formula's own layout.

use super::text::AFTER_LEAD_IN;
use super::{Builder, Piece, Seat};
use crate::layout::tree::NodeId;
use crate::pdf::sheet::Owner;
use crate::pdf::slab::{Drawn, Fit};

/// What announces a formula, and a formula, are read as one: a break between them costs as much as a line left alone.
const BEFORE: u32 = AFTER_LEAD_IN * 4;

impl Builder<'_, '_, '_> {
    pub(super) fn formula(&mut self, id: NodeId, seat: Seat) {
        let role = self.desk.tree.node(id).role;
        let look = self.look(role);
        let style = self.dressed(role, seat);
        let seat = self.inset_of(seat, look);
        self.space(look.before);
        for line in self.compose(id, &style, seat.measure) {
            let (ascent, height) = (line.ascent, line.ascent + line.depth);
            let notes = line.notes.clone();
            let mut drawn = vec![Drawn::Line { x: seat.x, y: ascent, line: Box::new(line), owner: Owner::Node(id) }];
            drawn.extend(self.marker_at(ascent));
            let fit = Fit::Whole { total: height + self.lines(look.after), share: 0.5 };
            self.emit(seat, Piece { before: BEFORE, notes, ..Piece::new(height, fit, drawn) });
        }
        self.space(look.after);
    }
}
