//! Tables too wide for the page, in any size: turned by a quarter, on pages of their own.
//!
//! In:     a table that does not fit the measure.
//! Out:    a slab for each of its pages, which waits for a free page as a figure does.
//! Faults: `table.turned`.
//! Absent: how the page is turned (the writer does it).
//!
//! The head of a turned table is at the left edge of the page, versos and rectos alike, so that the reader turns the
//! book only once (*Chicago Manual of Style*, 3.53).

use super::super::{Builder, Piece, Seat};
use super::fit::SIZES;
use crate::base::{Diagnostic, Length, Severity, Sink};
use crate::layout::tree::NodeId;
use crate::pdf::draw;
use crate::pdf::pagebreak::{self, Limits};
use crate::pdf::places;
use crate::pdf::sheet::Point;
use crate::pdf::slab::{Drawn, Fit, Turned};

impl Builder<'_, '_, '_> {
    /// Whether a table here may leave its place for a page of its own.
    pub(super) fn may_turn(&self, seat: Seat) -> bool {
        let is_plain = seat.frame.is_none() && !seat.flush && seat.dress.is_none() && self.marker.is_none();
        is_plain && !self.is_turned && self.called_in_note.is_none() && !self.is_display()
    }

    /// Turns a table; `false` where it does not fit so either.
    pub(super) fn turned(&mut self, id: NodeId, seat: Seat) -> bool {
        let theme = self.desk.theme;
        let height = theme.leading * theme.lines_per_page();
        let lines = theme.measure().sp() / theme.leading.sp().max(1);
        let (_, grid) = super::Grid::read(self.desk.tree, id);
        let numbers = self.number_columns(&grid);
        if height <= theme.measure() || lines < 1 {
            return false;
        }
        let fits = self.fitted(&grid, &numbers, height);
        let Some(fitted) = fits.or_else(|| self.fitted_small(&grid, &numbers, height)) else { return false };
        let limits = Limits { leading: theme.leading, lines, note_gap: theme.leading, is_tight: false };
        // That it is set smaller is told with its turning.
        let mut told = Sink::new();
        let mut inner = Builder::new(self.desk, &mut told);
        inner.section = self.section;
        inner.is_turned = true;
        inner.called = std::mem::take(&mut self.called);
        inner.table(id, Seat { measure: height, x: Length::ZERO, ..seat });
        self.called = std::mem::take(&mut inner.called);
        let mut column = inner.finish();
        let cuts = pagebreak::cut(&column, limits, true);
        let follows_text = self.plain_to == self.column.slabs.len();
        for cut in &cuts {
            let places = places::spots(&column, std::slice::from_ref(cut), limits);
            let places = places.into_iter().map(|spot| spot.at).collect();
            let corner = Point { x: Length::ZERO, y: Length::ZERO };
            let items = draw::page(&mut column, cut, limits, theme, corner).items;
            let drawn = vec![Drawn::Turned(Box::new(Turned { items, places }))];
            self.emit(seat, Piece { floats: true, weight: 0, ..Piece::new(height, Fit::Grid, drawn) });
        }
        // The text goes on as if there were no table.
        self.afloat = self.column.slabs.len().checked_sub(1).filter(|_| follows_text);
        let mut message =
            "this table is too wide for the page: it is turned by a quarter, on a page of its own".to_owned();
        let mut severity = Severity::Note;
        if fitted.size < SIZES[SIZES.len() - 1] {
            let size = fitted.size * 100.0;
            message += &format!(", and set at {size:.0} % of its size, too small to be read with ease");
            severity = Severity::Warning;
        }
        let hint = "fewer columns, or shorter words in them, let it stand upright";
        let at = self.desk.tree.node(id).at;
        self.sink.push(Diagnostic::new(severity, "table.turned", message).at(at).hint(hint));
        true
    }
}
