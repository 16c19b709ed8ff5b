//! Lists: items with their markers in the hang.

use super::text::AFTER_LEAD_IN;
use super::{Builder, Seat};
use crate::base::{Em, Length};
use crate::layout::tree::{Content, Detail, NodeId};
use crate::pdf::sheet::Owner;
use crate::pdf::slab::Drawn;
use crate::theme::Role;

/// Between a marker and its text, in the text size.
const MARKER_GAP: Em = Em(0.45);
/// Between the items of a list that is not tight, in lines.
const LOOSE: f64 = 0.5;
/// The boxes of a task list: ballot box, empty and checked (Unicode 2610, 2611).
const BOXES: [&str; 2] = ["\u{2610}", "\u{2611}"];

impl Builder<'_, '_, '_> {
    pub(super) fn list(&mut self, id: NodeId, seat: Seat) {
        let tree = self.desk.tree;
        let node = tree.node(id);
        let is_tight = matches!(node.detail, Detail::List { tight: true });
        let look = self.look(node.role);
        // A list in an item follows its text closely.
        let is_inner = seat.flush;
        if !is_inner || !is_tight {
            self.space(look.before);
        }
        let size = self.desk.theme.text_size;
        let gap = MARKER_GAP.of(size);
        let widest = tree.children(id).map(|item| self.marker_width(item)).max().unwrap_or(Length::ZERO);
        let start = look.inset_start.of(size).max(widest + gap);
        let inner = Seat { flush: true, ..self.inset(seat, start, look.inset_end.of(size)) };
        let begin = self.column.slabs.len();
        for (at, item) in tree.children(id).enumerate() {
            if at > 0 && !is_tight {
                self.space(LOOSE);
            }
            self.item(item, inner, at == 0);
            if is_tight {
                self.gap = Length::ZERO;
                self.bare = Length::ZERO;
            }
        }
        if !is_inner {
            self.keep_small(begin);
            self.even(begin, look.after);
        }
        if !is_inner || !is_tight {
            self.space(look.after);
        }
    }

    fn marker_text(&self, item: NodeId) -> Option<&str> {
        match &self.desk.tree.node(item).detail {
            Detail::Item { task: Some(done), .. } => Some(BOXES[usize::from(*done)]),
            Detail::Item { marker, .. } if !marker.is_empty() => Some(marker),
            Detail::Item { .. }
            | Detail::None
            | Detail::List { .. }
            | Detail::Code { .. }
            | Detail::Caption { .. }
            | Detail::Table { .. }
            | Detail::Cell { .. }
            | Detail::Initial { .. }
            | Detail::Admonition(_)
            | Detail::Note(_) => None,
        }
    }

    fn marker_width(&self, item: NodeId) -> Length {
        let style = self.desk.composer.style(Role::Item);
        self.marker_text(item).map_or(Length::ZERO, |text| self.desk.composer.made(text, style).width)
    }

    /// An item; `is_first` in its list.
    pub(super) fn item(&mut self, id: NodeId, seat: Seat, is_first: bool) {
        let tree = self.desk.tree;
        if let Some(text) = self.marker_text(id) {
            let dress = seat.dress.unwrap_or(Role::Item);
            let line = self.desk.composer.made(text, self.desk.composer.style(dress));
            let gap = MARKER_GAP.of(self.desk.theme.text_size);
            let x = if seat.back { seat.x + seat.measure + gap } else { seat.x - gap - line.width };
            self.marker = Some(Drawn::Line { x, y: Length::ZERO, line: Box::new(line), owner: Owner::Marker(id) });
        }
        let begin = self.column.slabs.len();
        match &tree.node(id).content {
            Content::Leaf(_) => {
                let style = self.dressed(Role::BodyFirst, seat);
                let lines = self.compose(id, &style, seat.measure);
                let before = if is_first { AFTER_LEAD_IN } else { 0 };
                let run = super::text::Run { before, together: false, sink: Length::ZERO };
                self.run(id, lines, &style, seat, run);
            }
            Content::Group => {
                for child in tree.children(id) {
                    self.block(child, seat);
                }
            }
            Content::Picture(_) | Content::Empty => self.marks.push(id),
        }
        if is_first && let Some(slab) = self.column.slabs.get_mut(begin) {
            slab.before = slab.before.max(AFTER_LEAD_IN);
        }
        // An item with nothing to show still shows its marker.
        if self.marker.is_some() {
            let style = self.desk.composer.style(Role::Item).clone();
            let line = self.desk.composer.made("", &style);
            let cell = self.cell(&line, &style);
            let drawn = self.marker_at(cell.baseline).into_iter().collect();
            self.emit(seat, super::Piece::new(cell.height, crate::pdf::slab::Fit::Grid, drawn));
        }
    }
}
