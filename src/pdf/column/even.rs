//! The same white over and under a short display, though its height is no whole number of lines.
//!
//! In:     the slabs of a list, a quotation, a block with its caption.
//! Out:    the same slabs, standing on one another, which come back to the grid together.
//! Absent: long ones, which keep the grid line by line: pages of them stand beside pages of text.

use super::Builder;
use crate::base::Length;
use crate::pdf::slab::{FORBIDDEN, Fit};

/// The share of a page up to which a display is short.
const SHORT: f64 = 0.34;
/// A list of this many lines is never parted.
const SMALL: usize = 3;

impl Builder<'_, '_, '_> {
    /// Keeps the lines of a small list, from slab `begin` on, on one page.
    pub(super) fn keep_small(&mut self, begin: usize) {
        let slabs = self.column.slabs.get_mut(begin..).unwrap_or_default();
        if slabs.len() <= SMALL {
            slabs.iter_mut().skip(1).for_each(|slab| slab.before = FORBIDDEN);
        }
    }

    /// Takes the block from slab `begin` on and its caption, from slab `caption` on, as one display: the block's ground
    /// takes up what is left over to whole lines.
    pub(super) fn even_captioned(&mut self, begin: usize, caption: usize, after: f64) {
        let after = self.lines(after);
        let frame = self.column.slabs.get(begin).and_then(|slab| self.column.frames.get(slab.frame?));
        if !frame.is_some_and(|frame| frame.takes_rest) || caption <= begin {
            return;
        }
        if let Some(slab) = self.column.slabs.get_mut(begin) {
            slab.fit = Fit::Whole { total: Length::ZERO, share: 0.0 };
        }
        let Some([first, rest @ ..]) = self.column.slabs.get_mut(caption..) else { return };
        let height = first.height + rest.iter().map(|slab| slab.space + slab.height).sum::<Length>();
        first.fit = Fit::Whole { total: height + after, share: 1.0 };
        first.give = 0;
        rest.iter_mut().for_each(|slab| slab.fit = Fit::Free);
        self.evened = self.column.slabs.len();
    }

    /// Takes the rows of a table and the caption over them, from slab `begin` on, as one display.
    pub(super) fn even_table(&mut self, begin: usize, rows: usize, after: f64) {
        let after = self.lines(after);
        if let Some([first, rest @ ..]) = self.column.slabs.get_mut(begin..)
            && rows > begin
            && let Some(row) = rest.get_mut(rows - begin - 1)
        {
            row.fit = Fit::Free;
            row.give = 0;
            let height = first.height + rest.iter().map(|slab| slab.space + slab.height).sum::<Length>();
            first.fit = Fit::Whole { total: height + after, share: 0.5 };
            first.give = first.give.max(u8::from(begin > 0));
        }
        self.evened = self.column.slabs.len();
    }

    /// Takes the slabs from `begin` on as one display with `after` lines of white under it.
    pub(super) fn even(&mut self, begin: usize, after: f64) {
        let after = self.lines(after);
        let most = self.lines(self.desk.theme.lines_per_page() as f64).scale(SHORT);
        let least = self.lines(super::GIVING_DISPLAY);
        if self.is_display() {
            return;
        }
        let Some([first, rest @ ..]) = self.column.slabs.get_mut(begin..) else { return };
        let is_plain = |fit: Fit| match fit {
            Fit::Free | Fit::Grid => true,
            Fit::Whole { .. } => false,
        };
        let height = first.height + rest.iter().map(|slab| slab.space + slab.height).sum::<Length>();
        let is_framed = first.frame.is_some() || rest.iter().any(|slab| slab.frame.is_some());
        let is_simple = is_plain(first.fit) && rest.iter().all(|slab| is_plain(slab.fit) && !slab.floats);
        if is_framed || !is_simple || first.floats || height > most {
            return;
        }
        first.fit = Fit::Whole { total: height + after, share: 0.5 };
        first.give = first.give.max(u8::from(first.space >= least && begin > 0));
        for slab in rest {
            slab.fit = Fit::Free;
            slab.give = 0;
        }
        self.evened = self.column.slabs.len();
    }
}
