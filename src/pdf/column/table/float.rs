//! Tables that may leave their place: one slab, as a figure is, which stands whole at the top or the foot of a page.
//!
//! In:     the slabs of a table with a caption, by whose number the text names it.
//! Out:    one slab that floats; nothing where the table is long, calls notes, or stands in something else.
//! Absent: where it comes to stand (`pagebreak/fill.rs`).
//!
//! A table that fits stays where the author put it. One that does not would leave a hole at the foot of its page, or be
//! parted; as a float it lets the text move up.

use super::super::Builder;
use super::OUTER_RULE;
use crate::base::Length;
use crate::pdf::slab::{Drawn, Fit};
use crate::theme::{Color, Role};

/// The share of a page up to which a table floats; higher ones are parted between rows.
const MOST: f64 = 0.9;
/// What it costs to part the text by the table: next to nothing, as its place is the right one where it fits.
const IN_TEXT: u32 = 1;

/// What was owed before a table, and is still owed after one that is not there.
#[derive(Clone, Copy)]
pub(super) struct Owed {
    pub bare: Length,
    pub hold: u32,
    pub is_led_to: bool,
}

impl Builder<'_, '_, '_> {
    /// Makes one slab of the table from slab `begin` on, whose first row is slab `first_row`, if it may float.
    pub(super) fn float_table(&mut self, begin: usize, first_row: usize, owed: Owed) {
        let page = self.desk.theme.leading * self.desk.theme.lines_per_page();
        let after = self.lines(self.look(Role::Table).after);
        let slabs = self.column.slabs.get(begin..).unwrap_or_default();
        let height = slabs
            .iter()
            .skip(1)
            .fold(slabs.first().map_or(Length::ZERO, |slab| slab.height), |sum, slab| sum + slab.space + slab.height);
        let frame = self.column.slabs.get(first_row).and_then(|slab| self.column.frames.get(slab.frame?));
        let Some((x, width)) = frame.filter(|frame| frame.parent.is_none()).map(|frame| (frame.x, frame.width)) else {
            return;
        };
        let is_plain = slabs.iter().all(|slab| slab.notes.is_empty() && !slab.floats);
        if first_row <= begin || height > page.scale(MOST) || !is_plain {
            return;
        }
        let mut rest = self.column.slabs.split_off(begin).into_iter();
        let Some(mut whole) = rest.next() else { return };
        let thickness = Length::pt(OUTER_RULE);
        let rule = |y| Drawn::Fill { x, y, width, height: thickness, color: Color::BLACK };
        for (at, slab) in (begin + 1..).zip(rest) {
            let top = whole.height + slab.space;
            if at == first_row {
                whole.drawn.push(rule(top));
            }
            let lowered = slab.drawn.into_iter().map(|mut item| {
                item.lower(top);
                item
            });
            whole.drawn.extend(lowered);
            whole.height = top + slab.height;
        }
        whole.drawn.push(rule(whole.height - thickness));
        whole.fit = Fit::Whole { total: whole.height + after, share: 0.5 };
        whole.floats = true;
        whole.in_text = if owed.is_led_to { 0 } else { IN_TEXT };
        whole.bare = owed.bare;
        self.column.slabs.push(whole);
        self.afloat = (self.plain_to == begin).then_some(begin);
        self.hold = owed.hold;
        self.evened = self.column.slabs.len();
        self.space(self.look(Role::Table).after);
        self.bare = owed.bare;
    }
}
