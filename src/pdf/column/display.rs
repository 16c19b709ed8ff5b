//! What sets blocks apart: quotations, admonitions, groups, scene breaks.

use super::{Builder, Piece, Seat};
use crate::base::{Em, Length};
use crate::layout::tree::NodeId;
use crate::pdf::sheet::{Furniture, Owner};
use crate::pdf::slab::{Drawn, Fit, Frame};
use crate::theme::{Color, Role, TextAlign};

/// Between the edge of an admonition and its text, in lines.
const PAD: f64 = 0.5;
/// Between the edge of any other ground and its text, at the sides, in em of the text.
const ASIDE: f64 = 0.6;
/// The rule at an admonition's edge.
const EDGE: Color = Color::grey(120);

impl Builder<'_, '_, '_> {
    /// A group that insets its blocks and dresses its paragraphs.
    pub(super) fn container(&mut self, id: NodeId, seat: Seat, dress: Option<Role>) {
        let tree = self.desk.tree;
        let look = self.look(tree.node(id).role);
        self.space(look.before);
        let seat = Seat { dress, flush: seat.flush && dress.is_none(), ..self.inset_of(seat, look) };
        let begin = self.column.slabs.len();
        let mut children = tree.children(id).peekable();
        if children.peek().is_none() {
            self.marks.push(id);
        }
        for child in children {
            self.block(child, seat);
        }
        if look.keep_together
            && let Some(slabs) = self.column.slabs.get_mut(begin + 1..)
        {
            let height: Length = slabs.iter().map(|slab| slab.space + slab.height).sum();
            if height < self.desk.theme.leading * self.desk.theme.lines_per_page() / 2 {
                slabs.iter_mut().for_each(|slab| slab.before = crate::pdf::slab::FORBIDDEN);
            }
        }
        if !seat.flush && matches!(tree.node(id).role, Role::Quote | Role::Verse | Role::DefinitionList) {
            self.even(begin, look.after);
        }
        self.space(look.after);
    }

    /// A box with a ground and a rule at its edge, on every page it stands on.
    pub(super) fn admonition(&mut self, id: NodeId, seat: Seat) {
        let tree = self.desk.tree;
        let look = self.look(tree.node(id).role);
        self.space(look.before);
        let frame = self.open_frame(Frame {
            pad: self.lines(PAD),
            ground: look.ground,
            edge: look.edge_rule.map(|points| (Length::pt(points), EDGE)),
            back: seat.back,
            ..Frame::bare(seat.frame, seat.x, seat.measure)
        });
        let dress = Some(Role::Admonition);
        let inner = Seat { frame: Some(frame), flush: false, dress, ..self.inset_of(seat, look) };
        for child in tree.children(id) {
            self.block(child, inner);
        }
        self.close_frame(frame);
        self.space(look.after);
    }

    /// A block on a ground, or beside a rule, that the book gives to a style without one: the text stands where it would
    /// without, and the ground reaches a little farther.
    pub(super) fn framed(&mut self, id: NodeId, seat: Seat) {
        let look = self.look(self.desk.tree.node(id).role);
        let size = self.desk.theme.text_size;
        let pad = Em(ASIDE).of(size);
        let (start, end) = (look.inset_start.of(size), look.inset_end.of(size));
        let inner = self.inset(seat, (pad - start).max(Length::ZERO), (pad - end).max(Length::ZERO));
        self.space(look.before);
        let left = if seat.back { end } else { start };
        let x = (inner.x + left - pad).max(seat.x);
        let width = (inner.measure - start - end + pad * 2).min(seat.measure);
        let frame = self.open_frame(Frame {
            pad: self.lines(PAD),
            ground: look.ground,
            edge: look.edge_rule.map(|points| (Length::pt(points), EDGE)),
            back: seat.back,
            ..Frame::bare(seat.frame, x, width)
        });
        self.unframed(id, Seat { frame: Some(frame), ..inner });
        self.close_frame(frame);
        self.space(look.after);
    }

    pub(super) fn ornament(&mut self, id: NodeId, seat: Seat) {
        let look = self.look(Role::Ornament);
        let style = self.desk.composer.style(Role::Ornament).clone();
        self.space(look.before);
        let line = self.desk.composer.made(&self.desk.theme.ornament, &style);
        let cell = self.cell(&line, &style);
        // The space after its last sign is none of it.
        let free = seat.measure - line.width + style.tracking;
        let x = match style.align {
            TextAlign::Center | TextAlign::Justify => seat.x + free / 2,
            TextAlign::Start if seat.back => seat.x + free,
            TextAlign::End if seat.back => seat.x,
            TextAlign::Start => seat.x,
            TextAlign::End => seat.x + free,
        };
        let owner = Owner::Furniture(Furniture::Decoration);
        let drawn = vec![Drawn::Line { x, y: cell.baseline, line: Box::new(line), owner }, Drawn::Mark { node: id }];
        let fit = if self.is_on_grid(&style) {
            Fit::Grid
        } else {
            Fit::Whole { total: cell.height + self.lines(look.after), share: 0.5 }
        };
        self.emit(seat, Piece { weight: 0, ..Piece::new(cell.height, fit, drawn) });
        self.space(look.after);
    }
}
