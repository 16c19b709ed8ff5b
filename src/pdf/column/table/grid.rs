//! The grid of a table: which cell stands in which column, and how wide the columns are.
//!
//! In:     the nodes of a table; the narrowest and the widest each cell would like to be.
//! Out:    [`Grid`], the widths of its columns.
//! Absent: lines.

use crate::base::Length;
use crate::layout::Tree;
use crate::layout::tree::{Detail, NodeId};
use crate::theme::Role;

/// A table of this share of the measure is set to the whole of it.
const NEARLY_FULL: f64 = 0.7;
/// Columns beyond any table that could be read.
const MOST_COLUMNS: usize = 256;

/// A table's cells in their places.
#[derive(Default)]
pub(super) struct Grid {
    pub rows: Vec<GridRow>,
    pub columns: usize,
    /// What stands in the table, but is neither row nor caption.
    pub strays: Vec<NodeId>,
}

#[derive(Default)]
pub(super) struct GridRow {
    pub cells: Vec<GridCell>,
    pub is_head: bool,
}

#[derive(Clone, Copy)]
pub(super) struct GridCell {
    pub id: NodeId,
    pub column: usize,
    pub span: usize,
    /// How many rows it stands in; never over the foot of the head.
    pub down: usize,
}

impl Grid {
    /// Reads a table's captions and rows. A cell that spans rows keeps its columns free in the rows under it (HTML,
    /// 4.9.12: forming a table).
    pub fn read(tree: &Tree, id: NodeId) -> (Vec<NodeId>, Grid) {
        let mut captions = Vec::new();
        let mut grid = Grid::default();
        let mut rows = Vec::new();
        let mut open: Vec<NodeId> = tree.children(id).collect();
        open.reverse();
        while let Some(child) = open.pop() {
            let role = tree.node(child).role;
            if role == Role::Caption {
                captions.push(child);
            } else if role == Role::HeadRow || role == Role::Row {
                rows.push(child);
            } else if role == Role::Group {
                let mut inner: Vec<NodeId> = tree.children(child).collect();
                inner.reverse();
                open.extend(inner);
            } else {
                grid.strays.push(child);
            }
        }
        // How many more rows each column is taken.
        let mut taken: Vec<u16> = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            let mut column = 0;
            for cell in tree.children(row) {
                while taken.get(column).is_some_and(|&left| left > 0) {
                    column += 1;
                }
                let (span, down) = match tree.node(cell).detail {
                    Detail::Cell { columns, rows, .. } => (usize::from(columns.max(1)), rows.max(1)),
                    Detail::None
                    | Detail::List { .. }
                    | Detail::Item { .. }
                    | Detail::Code { .. }
                    | Detail::Caption { .. }
                    | Detail::Table { .. }
                    | Detail::Initial { .. }
                    | Detail::Admonition(_)
                    | Detail::Note(_) => (1, 1),
                };
                let span = span.min(MOST_COLUMNS.saturating_sub(column).max(1));
                if taken.len() < column + span {
                    taken.resize(column + span, 0);
                }
                taken[column..column + span].iter_mut().for_each(|left| *left = (*left).max(down));
                cells.push(GridCell { id: cell, column, span, down: usize::from(down) });
                column += span;
            }
            taken.iter_mut().for_each(|left| *left = left.saturating_sub(1));
            grid.rows.push(GridRow { cells, is_head: tree.node(row).role == Role::HeadRow });
        }
        grid.cut_spans();
        let wanted = match &tree.node(id).detail {
            Detail::Table { columns } => columns.len(),
            Detail::None
            | Detail::List { .. }
            | Detail::Item { .. }
            | Detail::Code { .. }
            | Detail::Caption { .. }
            | Detail::Cell { .. }
            | Detail::Initial { .. }
            | Detail::Admonition(_)
            | Detail::Note(_) => 0,
        };
        let used = grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + cell.span).max().unwrap_or(0);
        grid.columns = used.max(wanted.min(MOST_COLUMNS)).max(1);
        (captions, grid)
    }

    /// Ends spans of rows with the table, and those of the head with the head (HTML, 4.9.11: `rowspan`).
    fn cut_spans(&mut self) {
        let (mut most, mut below) = (0, None);
        for row in self.rows.iter_mut().rev() {
            most = if below == Some(row.is_head) { most + 1 } else { 1 };
            below = Some(row.is_head);
            row.cells.iter_mut().for_each(|cell| cell.down = cell.down.min(most));
        }
    }

    /// The cells under the head that stand in one column alone, by column.
    pub fn columns_of_cells(&self) -> Vec<Vec<NodeId>> {
        let mut columns = vec![Vec::new(); self.columns];
        for cell in self.rows.iter().filter(|row| !row.is_head).flat_map(|row| &row.cells) {
            if cell.span == 1
                && let Some(column) = columns.get_mut(cell.column)
            {
                column.push(cell.id);
            }
        }
        columns
    }

    /// The narrowest and the widest each column likes to be, with `gap` between columns.
    pub fn bounds(&self, gap: Length, widths: impl Fn(NodeId) -> (Length, Length)) -> Vec<(Length, Length)> {
        let mut bounds = vec![(Length::ZERO, Length::ZERO); self.columns];
        let mut wide = Vec::new();
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            let (narrow, broad) = widths(cell.id);
            if cell.span == 1 {
                let bound = &mut bounds[cell.column];
                *bound = (bound.0.max(narrow), bound.1.max(broad));
            } else {
                wide.push((*cell, narrow, broad));
            }
        }
        // What a cell over several columns lacks is shared out evenly among them.
        for (cell, narrow, broad) in wide {
            let across = &mut bounds[cell.column..cell.column + cell.span];
            let count = across.len() as i64;
            let have =
                across.iter().fold((Length::ZERO, Length::ZERO), |sum, bound| (sum.0 + bound.0, sum.1 + bound.1));
            let gaps = gap * (count - 1);
            let lack = ((narrow - gaps - have.0).max(Length::ZERO), (broad - gaps - have.1).max(Length::ZERO));
            for bound in across {
                *bound = (bound.0 + lack.0 / count, bound.1 + lack.1 / count);
            }
        }
        bounds.iter_mut().for_each(|bound| bound.1 = bound.1.max(bound.0));
        bounds
    }
}

/// Shares out a measure among columns: those that like little get it, those that like much get more of the rest, none
/// less than its narrowest (CSS 2.1, 17.5.2.2, leaves the way open). Where there is not even room for the narrowest, the
/// widest columns give way.
pub(super) fn widths(bounds: &[(Length, Length)], room: Length) -> Vec<Length> {
    let narrow: Length = bounds.iter().map(|bound| bound.0).sum();
    let broad: Length = bounds.iter().map(|bound| bound.1).sum();
    if broad <= room {
        let mut widths: Vec<Length> = bounds.iter().map(|bound| bound.1).collect();
        if broad.ratio(room) >= NEARLY_FULL && !widths.is_empty() {
            let more = (room - broad) / widths.len() as i64;
            widths.iter_mut().for_each(|width| *width += more);
        }
        return widths;
    }
    if narrow <= room {
        return shared(bounds, room);
    }
    let mut sorted: Vec<Length> = bounds.iter().map(|bound| bound.0).collect();
    sorted.sort();
    let mut left = room;
    let mut cap = Length::ZERO;
    for (at, width) in sorted.iter().enumerate() {
        let others = (sorted.len() - at) as i64;
        cap = left / others;
        if *width > cap {
            break;
        }
        left -= *width;
    }
    bounds.iter().map(|bound| bound.0.min(cap).max(Length::pt(1.0))).collect()
}

/// Every column as wide as it likes, but not over its share of the room, nor under its narrowest. The share rises with
/// the square root of what a column holds: in proportion, a date beside a long text would be broken to pieces; in equal
/// parts, the long text would stand in a stack of single words.
fn shared(bounds: &[(Length, Length)], room: Length) -> Vec<Length> {
    /// Halvings of the search, enough to settle every scaled point of a page.
    const HALVINGS: u32 = 48;
    let at = |share: f64| {
        bounds.iter().map(move |&(narrow, broad)| broad.min(narrow.max(Length::pt(broad.to_pt().sqrt() * share))))
    };
    let (mut fits, mut fails) = (0.0, room.to_pt().max(1.0));
    for _ in 0..HALVINGS {
        let middle = (fits + fails) / 2.0;
        if at(middle).sum::<Length>() <= room { fits = middle } else { fails = middle }
    }
    at(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(bounds: &[(f64, f64)], room: f64) -> Vec<f64> {
        let bounds: Vec<_> = bounds.iter().map(|(a, b)| (Length::pt(*a), Length::pt(*b))).collect();
        widths(&bounds, Length::pt(room)).into_iter().map(|width| (width.to_pt() * 10.0).round() / 10.0).collect()
    }

    #[test]
    fn a_small_table_keeps_its_own_width() {
        assert_eq!(points(&[(20.0, 40.0), (10.0, 30.0)], 300.0), [40.0, 30.0]);
    }

    #[test]
    fn text_gets_the_room_that_words_leave() {
        assert_eq!(points(&[(20.0, 20.0), (50.0, 500.0)], 220.0), [20.0, 200.0]);
    }

    #[test]
    fn a_long_text_gets_more_room_than_a_short_one() {
        let shares = points(&[(30.0, 90.0), (30.0, 800.0)], 200.0);
        assert!(shares[1] > 1.5 * shares[0], "{shares:?}");
        assert!(shares[0] > 45.0, "{shares:?}");
    }

    #[test]
    fn only_the_widest_give_way_where_words_do_not_fit() {
        assert_eq!(points(&[(20.0, 20.0), (200.0, 200.0), (300.0, 300.0)], 220.0), [20.0, 100.0, 100.0]);
    }
}
