//! Leaders: the dots that lead from a title to its page number in the contents.
//!
//! In:     the last line of an entry, with its page number at the end edge.
//! Out:    a line of dots between the two, furniture; the dots of all entries stand under one another.
//! Absent: the text.

use super::Builder;
use crate::base::{Em, Length};
use crate::layout::tree::Atom;
use crate::pdf::line::{Line, Run, RunSource};
use crate::pdf::sheet::{Furniture, Owner};
use crate::pdf::slab::Drawn;
use crate::pdf::style::Resolved;
use crate::theme::Color;

/// The dots end this far before the end edge, which is room for three figures, in the text size.
const NUMBER_ROOM: Em = Em(2.0);
/// Between the dots and what they lead from and to.
const GAP: Em = Em(0.5);
/// Fewer dots than this lead nowhere.
const LEAST: i64 = 3;
/// Quiet, so that the eye passes along them.
const INK: Color = Color::grey(110);

impl Builder<'_, '_, '_> {
    /// The dots of an entry's line that starts at `x`; the measure ends at `end`, both from the text block's edge.
    pub(super) fn leader(&self, line: &Line, style: &Resolved, x: Length, end: Length, y: Length) -> Option<Drawn> {
        let number = line.runs.iter().rposition(|run| self.is_page_number(run))?;
        let number_at = line.runs[number].x;
        let text_end = line.runs[..number]
            .iter()
            .filter(|run| !self.is_blank(run))
            .map(|run| run.x + width(run))
            .max()
            .unwrap_or(Length::ZERO);
        let size = self.desk.theme.text_size;
        let dots =
            |count: i64| self.desk.composer.made(vec!["."; count.max(0) as usize].join("\u{A0}").as_str(), style);
        let pitch = (dots(3).width - dots(2).width).max(Length::pt(0.5));
        // All dots stand on one lattice, counted from the end edge.
        let right = end - NUMBER_ROOM.of(size);
        let over = right - (x + number_at - GAP.of(size));
        let right = right - pitch * crate::pdf::slab::cells(over.max(Length::ZERO), pitch);
        let count = (right - x - text_end - GAP.of(size)).sp().div_euclid(pitch.sp());
        if count < LEAST {
            return None;
        }
        let mut line = dots(count);
        line.runs.iter_mut().for_each(|run| run.color = INK);
        let x = right - line.width;
        Some(Drawn::Line { x, y, line: Box::new(line), owner: Owner::Furniture(Furniture::Decoration) })
    }

    fn is_page_number(&self, run: &Run) -> bool {
        let RunSource::Atom { leaf, at, .. } = &run.source else { return false };
        let text = self.desk.tree.node(*leaf).text();
        matches!(text.and_then(|text| text.atom_at(*at)), Some(Atom::PageRef { .. }))
    }

    fn is_blank(&self, run: &Run) -> bool {
        let RunSource::Leaf { leaf, range } = &run.source else { return false };
        let text = self.desk.tree.node(*leaf).text();
        text.and_then(|text| text.string.get(range.start as usize..range.end as usize))
            .is_some_and(|string| string.trim().is_empty())
    }
}

/// The width of a run, without the space that ends it.
fn width(run: &Run) -> Length {
    let advance: i64 = run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
    Length::from_sp(advance).scale(f64::from(run.stretch))
}
