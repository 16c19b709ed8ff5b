//! How large the type of a table is, so that its words are whole.
//!
//! In:     the grid of a table, its columns of numbers, the measure.
//! Out:    the style of its cells and the widths of its columns.
//! Faults: `table.small`, `table.wide`.
//! Absent: lines; turning (`turn.rs`), how columns share a measure (`grid.rs`).

use super::super::Builder;
use super::decimal;
use super::grid::{self, Grid};
use crate::base::{Diagnostic, Em, Length};
use crate::layout::tree::{Atom, Mark, NodeId, Text};
use crate::pdf::dress;
use crate::pdf::style::Resolved;
use crate::theme::Role;

/// Between columns, in the text size.
const COLUMN_GAP: Em = Em(1.0);
const GAP_SHARE: f64 = 0.35;
/// How small the type of a table may become before words are broken.
pub(super) const SIZES: [f64; 3] = [1.0, 0.9, 0.8];
/// And of a turned table with formulas, which cannot be broken like words: one size for the whole reads better than formulas
/// of many.
const TURNED_SIZES: [f64; 4] = [0.7, 0.6, 0.5, 0.45];
/// No other type of a table becomes smaller than this, in points (KDP); code in cells is what gets there first.
const LEAST: f64 = 7.0;

/// How a table fits its measure.
pub(super) struct Fitted {
    pub style: Resolved,
    /// Of the size that the theme gives cells.
    pub size: f64,
    /// Between its columns.
    gap: Length,
    /// For its columns, without the gaps.
    room: Length,
    /// The narrowest and the widest each column likes to be.
    bounds: Vec<(Length, Length)>,
}

impl Fitted {
    fn fits(&self) -> bool {
        self.bounds.iter().map(|bound| bound.0).sum::<Length>() <= self.room
    }
}

impl Builder<'_, '_, '_> {
    /// The style of the cells in the largest type in which no word is broken, and the bounds of the columns.
    pub(super) fn fitted(&self, grid: &Grid, numbers: &[Vec<(NodeId, u32)>], measure: Length) -> Option<Fitted> {
        let least = self.least_size(grid);
        let sizes = SIZES.map(|size| size.max(least.min(1.0)));
        // Smaller type first, then names of code broken at their joints: a reader sees where these go on.
        let tries = sizes.map(|size| (size, false)).into_iter().chain(sizes.map(|size| (size, true)));
        let mut last = None;
        tries
            .filter(|tried| last.replace(*tried) != Some(*tried))
            .map(|(size, in_names)| self.bounds(grid, numbers, measure, size, in_names))
            .find(Fitted::fits)
    }

    /// The same in type smaller than a reader likes, where formulas stand in the table; in the smallest if none fits, as
    /// upright there would be less room still.
    pub(super) fn fitted_small(&self, grid: &Grid, numbers: &[Vec<(NodeId, u32)>], measure: Length) -> Option<Fitted> {
        let tree = self.desk.tree;
        let holds_formula = |text: &Text| text.atoms.iter().any(|atom| matches!(atom.atom, Atom::Formula(_)));
        let mut cells = grid.rows.iter().flat_map(|row| &row.cells);
        if !cells.any(|cell| tree.node(cell.id).text().is_some_and(holds_formula)) {
            return None;
        }
        let mut smallest = None;
        for size in TURNED_SIZES {
            let fitted = self.bounds(grid, numbers, measure, size, true);
            let fits = fitted.fits();
            smallest = Some(fitted);
            if fits {
                break;
            }
        }
        smallest
    }

    /// The share of its size at which the smallest type in a table is still as large as it must be.
    fn least_size(&self, grid: &Grid) -> f64 {
        let has_code = |id: NodeId| {
            let text = self.desk.tree.node(id).text();
            text.is_some_and(|text| text.marks.iter().any(|marked| marked.mark == Mark::Code))
        };
        let base = self.desk.composer.style(Role::Cell);
        let share = match grid.rows.iter().flat_map(|row| &row.cells).any(|cell| has_code(cell.id)) {
            true => self.desk.composer.code_share(base),
            false => 1.0,
        };
        LEAST / (base.size.to_pt() * share).max(0.1)
    }

    /// The bounds of the columns in so much of the size of cells.
    fn bounds(
        &self,
        grid: &Grid,
        numbers: &[Vec<(NodeId, u32)>],
        measure: Length,
        size: f64,
        in_names: bool,
    ) -> Fitted {
        let style = dress::scaled(self.desk.composer.style(Role::Cell), size);
        let gaps = (grid.columns as i64 - 1).max(0);
        // Less where there are so many columns that the gaps would take too much of the measure, or where type is tiny.
        let share = if size < SIZES[SIZES.len() - 1] { size } else { 1.0 };
        let gap = COLUMN_GAP.of(self.desk.theme.text_size).scale(share).min(measure.scale(GAP_SHARE) / gaps.max(1));
        let room = (measure - gap * gaps).max(Length::pt(1.0));
        let mut bounds = grid.bounds(gap, |cell| self.desk.composer.widths(cell, &style, in_names));
        for (bound, numbers) in bounds.iter_mut().zip(numbers) {
            let (whole, fraction) = decimal::parts(&self.edges(numbers, &style));
            *bound = (bound.0.max(whole + fraction), bound.1.max(whole + fraction));
        }
        Fitted { style, size, gap, room, bounds }
    }

    /// The style of the cells, the widths of the columns, and the gap between them. Tells of a table that is set smaller, or in broken words.
    pub(super) fn columns(
        &mut self,
        id: NodeId,
        grid: &Grid,
        fitted: Option<Fitted>,
        measure: Length,
    ) -> (Resolved, Vec<Length>, Length) {
        let at = self.desk.tree.node(id).at;
        let fitted = match fitted {
            Some(mut fitted) => {
                // No word needs to be broken, and a narrow column of broken words reads badly.
                fitted.style.hyphenate = false;
                if fitted.size < SIZES[0] {
                    let size = fitted.size * 100.0;
                    let message = format!("this table is set in smaller type, at {size:.0} %, to fit the page");
                    let hint = "fewer columns, or shorter words in them, let it be set at its own size";
                    self.sink.push(Diagnostic::note("table.small", message).at(at).hint(hint));
                }
                fitted
            }
            None => {
                let message = "this table is too wide for the page: words in it are broken";
                let hint = "part it into two tables, or turn its rows into columns";
                self.sink.push(Diagnostic::warning("table.wide", message).at(at).hint(hint));
                let size = SIZES[SIZES.len() - 1].max(self.least_size(grid).min(1.0));
                self.bounds(grid, &[], measure, size, true)
            }
        };
        (fitted.style, grid::widths(&fitted.bounds, fitted.room), fitted.gap)
    }
}
