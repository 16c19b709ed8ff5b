//! Cells over several rows: how high rows are, and which rows stay together.
//!
//! In:     rows with their cells' lines.
//! Out:    the same rows, each with its height; a long cell shared out among its rows.
//! Absent: pages.
//!
//! Rows that a cell ties together stay on one page where they can: the cell's lines stand under one another from its
//! first row down. Where such rows need too much of a page, the cell's lines are shared out among its rows, so that the
//! table may be broken between them.

use crate::base::Length;
use crate::layout::tree::NodeId;
use crate::pdf::line::Line;

/// One row with its cells' lines.
pub(super) struct Row {
    pub cells: Vec<Cell>,
    pub is_head: bool,
    pub height: Length,
    /// Whether it stays on the page of the row above it.
    pub is_tied: bool,
    /// Whether a cell of its group hangs over a row's foot: the row is one slab.
    pub is_whole: bool,
}

#[derive(Clone)]
pub(super) struct Cell {
    pub id: NodeId,
    pub x: Length,
    pub lines: Vec<Line>,
    /// How many rows it stands in.
    pub down: usize,
}

/// Heights of what stands in rows.
pub(super) struct Measure<'a> {
    pub pad: Length,
    /// The least height of a row's text.
    pub leading: Length,
    pub line: &'a dyn Fn(&Line) -> Length,
    /// Rows tied together may be so high.
    pub most: Length,
}

impl Measure<'_> {
    fn lines(&self, lines: &[Line]) -> Length {
        lines.iter().map(self.line).sum()
    }

    /// The height of a row by the cells that stand in it alone.
    fn own(&self, row: &Row) -> Length {
        let cells = row.cells.iter().filter(|cell| cell.down <= 1);
        self.pad * 2 + cells.map(|cell| self.lines(&cell.lines)).max().unwrap_or(Length::ZERO).max(self.leading)
    }

    /// Settles the heights of all rows.
    pub fn settle(&self, rows: &mut [Row]) {
        for row in rows.iter_mut() {
            row.height = self.own(row);
        }
        let mut from = 0;
        while from < rows.len() {
            let mut to = from + 1;
            let mut at = from;
            while at < to {
                let down = rows[at].cells.iter().map(|cell| cell.down).max().unwrap_or(1);
                to = to.max((at + down).min(rows.len()));
                at += 1;
            }
            if to > from + 1 {
                self.group(&mut rows[from..to]);
            }
            from = to;
        }
    }

    /// Rows that cells tie together.
    fn group(&self, rows: &mut [Row]) {
        let before: Vec<Length> = rows.iter().map(|row| row.height).collect();
        for at in 0..rows.len() {
            for cell in 0..rows[at].cells.len() {
                let Cell { down, lines, .. } = &rows[at].cells[cell];
                let end = (at + down.max(&1)).min(rows.len());
                let needed = self.pad * 2 + self.lines(lines);
                let have: Length = rows[at..end].iter().map(|row| row.height).sum();
                rows[end - 1].height += (needed - have).max(Length::ZERO);
            }
        }
        if rows.iter().map(|row| row.height).sum::<Length>() <= self.most {
            for (at, row) in rows.iter_mut().enumerate() {
                row.is_tied = at > 0;
                row.is_whole = true;
            }
            return;
        }
        for (row, height) in rows.iter_mut().zip(before) {
            row.height = height;
        }
        for at in 0..rows.len() {
            for cell in 0..rows[at].cells.len() {
                self.share(rows, at, cell);
            }
        }
        for row in rows {
            row.height = self.own(row);
        }
    }

    /// Shares out a cell's lines among its rows: to each as many as stand in it anyhow, to the last the rest.
    fn share(&self, rows: &mut [Row], at: usize, cell: usize) {
        let Cell { id, x, down, .. } = rows[at].cells[cell];
        let end = (at + down).min(rows.len());
        if end <= at + 1 {
            return;
        }
        let mut lines = std::mem::take(&mut rows[at].cells[cell].lines);
        rows[at].cells[cell].down = 1;
        for (nth, row) in rows[at..end].iter_mut().enumerate() {
            let room = row.height - self.pad * 2;
            let mut used = Length::ZERO;
            let fit = lines
                .iter()
                .take_while(|line| {
                    used += (self.line)(line);
                    used <= room
                })
                .count()
                .max(1);
            let rest = if at + nth + 1 == end { Vec::new() } else { lines.split_off(fit.min(lines.len())) };
            let own = std::mem::replace(&mut lines, rest);
            if nth == 0 {
                row.cells[cell].lines = own;
            } else if !own.is_empty() {
                row.cells.push(Cell { id, x, lines: own, down: 1 });
            }
        }
    }
}
