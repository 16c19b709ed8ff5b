//! Tables: rows between rules, broken over pages between rows, their head repeated.
//!
//! In:     a table's caption, head rows and rows.
//! Out:    a slab for each row, or for each line of a long row; a frame that draws rules and the repeated head.
//! Faults: `table.small`, `table.wide` (`fit.rs`); `table.turned` (`turn.rs`).
//! Absent: how large its type is (`fit.rs`), how wide columns are (`grid.rs`), how high rows are (`span.rs`), what a number
//!         is (`decimal.rs`), which tables float (`float.rs`).

mod decimal;
mod fit;
mod float;
mod grid;
mod span;
mod turn;

use super::text::AFTER_LEAD_IN;
use super::{Builder, Piece, Seat};
use crate::base::{Length, Sink};
use crate::book::Align;
use crate::layout::tree::{Detail, NodeId, NoteId};
use crate::pdf::line::Line;
use crate::pdf::sheet::{Furniture, Owner};
use crate::pdf::slab::{Drawn, FORBIDDEN, Fit, Frame};
use crate::pdf::style::Resolved;
use crate::theme::{Color, Role};
use decimal::{Edges, Held};
use float::Owed;
use grid::Grid;
use span::{Cell, Measure, Row};

/// Thickness of the rules at top and foot, and under the head, in points. Printers ask for 0.75 (KDP).
const OUTER_RULE: f64 = 1.0;
const HEAD_RULE: f64 = 0.75;
/// White above and below the lines of a row, in lines of the table's own leading.
const ROW_PAD: f64 = 0.25;
/// Rows of at most this many lines are not broken.
const WHOLE_ROW: usize = 4;
/// Penalties of breaks: between rows, in a table up to [`SHORT`] of a page, inside a row.
const BETWEEN_ROWS: u32 = 70;
const IN_SHORT: u32 = 6000;
const IN_ROW: u32 = 2500;
const SHORT: f64 = 0.5;
/// Rows tied together by a cell over them stay on one page up to this share of it.
const TIED_SHARE: f64 = 0.34;

impl Builder<'_, '_, '_> {
    pub(super) fn table(&mut self, id: NodeId, seat: Seat) {
        let tree = self.desk.tree;
        let look = self.look(Role::Table);
        let bare = self.bare;
        self.space(look.before);
        let (captions, grid) = Grid::read(tree, id);
        if grid.rows.is_empty() {
            captions.into_iter().for_each(|caption| self.paragraph(caption, seat));
            for row in grid.strays {
                self.block(row, seat);
            }
            self.space(look.after);
            return;
        }
        let outer = seat;
        let seat = self.inset_of(seat, look);
        let numbers = self.number_columns(&grid);
        let mut fitted = self.fitted(&grid, &numbers, seat.measure);
        if fitted.is_none() && self.is_turned {
            fitted = self.fitted_small(&grid, &numbers, seat.measure);
        }
        if fitted.is_none() && self.may_turn(outer) && self.turned(id, outer) {
            self.bare = bare;
            return;
        }
        let owed = Owed { bare, hold: self.hold, is_led_to: self.is_led_to(id) };
        let begin = self.column.slabs.len();
        for &caption in &captions {
            self.paragraph(caption, outer);
            self.keep(2);
        }
        let fits = fitted.is_some();
        let (style, widths, gap) = self.columns(id, &grid, fitted, seat.measure);
        let width = widths.iter().copied().sum::<Length>() + gap * (widths.len() as i64 - 1);
        let width = width.min(seat.measure).max(Length::pt(1.0));
        // It begins where its text does.
        let seat = if seat.back { Seat { x: seat.x + seat.measure - width, ..seat } } else { seat };
        let mut told = Sink::new();
        let mut rows = self.set_rows(&grid, (&style, &widths, gap), seat, &mut told);
        // Of a table in broken words one message tells all.
        if fits {
            self.sink.append(told);
        }
        self.align_numbers(&mut rows, &numbers, &style, &widths);
        let first_row = self.column.slabs.len();
        self.emit_rows(rows, &style, seat, width);
        self.even_table(begin, first_row, look.after);
        self.space(look.after);
        if outer.frame.is_none() && !outer.flush && !self.is_turned {
            self.float_table(begin, first_row, owed);
        }
    }

    /// The cells of each column of numbers, each with the byte at which its whole part ends; none for other columns.
    fn number_columns(&self, grid: &Grid) -> Vec<Vec<(NodeId, u32)>> {
        let tree = self.desk.tree;
        let numbers = |cells: Vec<NodeId>| {
            let mut numbers = Vec::new();
            for id in cells {
                let text = tree.node(id).text().map_or("", |text| text.string.as_str());
                match decimal::held(text, self.desk.composer.lang(id)) {
                    Held::Number(at) => numbers.push((id, at)),
                    Held::Nothing => {}
                    Held::Text => return Vec::new(),
                }
            }
            if numbers.len() > 1 { numbers } else { Vec::new() }
        };
        grid.columns_of_cells().into_iter().map(numbers).collect()
    }

    /// Where the numbers of a column stand on lines of their own.
    fn edges(&self, numbers: &[(NodeId, u32)], style: &Resolved) -> Vec<Edges> {
        let mut told = Sink::new();
        let edges = numbers.iter().filter_map(|&(id, at)| {
            let lines =
                self.desk.composer.leaf(id, style, self.desk.theme.page.height * 2, self.desk.numbers, &mut told);
            Edges::of(lines.first()?, at)
        });
        edges.collect()
    }

    /// Moves the numbers of each column so that their marks stand under one another.
    fn align_numbers(&self, rows: &mut [Row], numbers: &[Vec<(NodeId, u32)>], style: &Resolved, widths: &[Length]) {
        for (numbers, &width) in numbers.iter().zip(widths).filter(|(numbers, _)| !numbers.is_empty()) {
            let (whole, fraction) = decimal::parts(&self.edges(numbers, style));
            if whole + fraction > width {
                continue;
            }
            for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
                let Ok(at) = numbers.binary_search_by_key(&cell.id, |number| number.0) else { continue };
                let [line] = cell.lines.as_mut_slice() else { continue };
                let Some(edges) = Edges::of(line, numbers[at].1) else { continue };
                let detail = &self.desk.tree.node(cell.id).detail;
                let at_end = matches!(detail, Detail::Cell { align: Align::End, .. });
                let start = if matches!(detail, Detail::Cell { align: Align::Center, .. }) {
                    (width - whole - fraction) / 2
                } else if at_end != self.desk.composer.runs_back(cell.id) {
                    width - whole - fraction
                } else {
                    Length::ZERO
                };
                line.shift(start + whole - edges.mark);
            }
        }
    }

    /// The rows in a style, with the widths of their columns and the gap between these.
    fn set_rows(
        &self,
        grid: &Grid,
        (style, widths, gap): (&Resolved, &[Length], Length),
        seat: Seat,
        told: &mut Sink,
    ) -> Vec<Row> {
        let mut rows = Vec::with_capacity(grid.rows.len());
        let whole = widths.iter().copied().sum::<Length>() + gap * (widths.len() as i64 - 1).max(0);
        for row in &grid.rows {
            let mut cells = Vec::with_capacity(row.cells.len());
            for cell in &row.cells {
                let before: Length = widths[..cell.column].iter().copied().sum::<Length>() + gap * (cell.column as i64);
                let across = &widths[cell.column..(cell.column + cell.span).min(widths.len())];
                let width = across.iter().copied().sum::<Length>() + gap * (across.len() as i64 - 1).max(0);
                let measure = width.max(self.desk.theme.text_size);
                let lines = self.desk.composer.leaf(cell.id, style, measure, self.desk.numbers, told);
                let left = if seat.back { whole - before - width } else { before };
                cells.push(Cell { id: cell.id, x: seat.x + left, lines, down: cell.down });
            }
            rows.push(Row { cells, is_head: row.is_head, height: Length::ZERO, is_tied: false, is_whole: false });
        }
        rows
    }

    fn emit_rows(&mut self, mut rows: Vec<Row>, style: &Resolved, seat: Seat, width: Length) {
        let pad = style.leading.scale(ROW_PAD);
        let page = self.desk.theme.leading * self.desk.theme.lines_per_page();
        let line = |line: &Line| self.cell(line, style).height;
        let measure = Measure { pad, leading: style.leading, line: &line, most: page.scale(TIED_SHARE) };
        measure.settle(&mut rows);
        let heads = rows.iter().take_while(|row| row.is_head).count();
        let total: Length = rows.iter().map(|row| row.height).sum();
        let head_height: Length = rows[..heads].iter().map(|row| row.height).sum();
        // A head that fills the page would leave no room for what it heads.
        let repeats = heads > 0 && head_height < page / 3;
        let frame = Frame {
            rules: Some(Length::pt(OUTER_RULE)),
            repeat: if repeats { self.head_again(&rows[..heads], style, seat, width) } else { Vec::new() },
            repeat_height: if repeats { head_height } else { Length::ZERO },
            repeat_from: if repeats { self.column.slabs.len() + heads } else { usize::MAX },
            ..Frame::bare(seat.frame, seat.x, width)
        };
        let frame = self.open_frame(frame);
        self.at_edge = false;
        let seat = Seat { frame: Some(frame), ..seat };
        let is_short = total < page.scale(SHORT);
        let after = self.lines(self.look(Role::Table).after);
        let count = rows.len();
        let mut head_slabs = 0;
        for (at, row) in rows.into_iter().enumerate() {
            let before = match at {
                0 => AFTER_LEAD_IN,
                _ if at <= heads || row.is_tied => FORBIDDEN,
                // Two rows stand on either side.
                _ if at == heads + 1 || at + 1 == count => FORBIDDEN,
                _ if is_short => IN_SHORT,
                _ => BETWEEN_ROWS,
            };
            let fit = if at == 0 { Fit::Whole { total: total + after, share: 0.5 } } else { Fit::Free };
            let is_head = row.is_head && at < heads;
            let begin = self.column.slabs.len();
            self.emit_row(row, style, seat, before, fit);
            if is_head {
                head_slabs += self.column.slabs.len() - begin;
                if at + 1 == heads
                    && let Some(slab) = self.column.slabs.last_mut()
                {
                    let thickness = Length::pt(HEAD_RULE);
                    let y = slab.height - thickness / 2;
                    slab.drawn.push(Drawn::Fill { x: seat.x, y, width, height: thickness, color: Color::BLACK });
                }
            }
        }
        // A head row may have become several slabs: the head is repeated only over what comes after them.
        if repeats && let Some(frame) = self.column.frames.get_mut(frame) {
            let from = frame.repeat_from + head_slabs - heads;
            frame.repeat_from = from;
        }
        self.close_frame(frame);
    }

    /// One row: a slab, or, when it is long, a slab for each of its lines.
    fn emit_row(&mut self, row: Row, style: &Resolved, seat: Seat, before: u32, fit: Fit) {
        let pad = style.leading.scale(ROW_PAD);
        let longest = row.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        if longest <= WHOLE_ROW || row.is_whole {
            let mut drawn = Vec::new();
            let mut notes: Vec<NoteId> = Vec::new();
            for cell in row.cells {
                notes.extend(cell.lines.iter().flat_map(|line| line.notes.iter().copied()));
                if cell.lines.is_empty() {
                    drawn.push(Drawn::Mark { node: cell.id });
                }
                self.stack(cell.id, cell.lines, style, cell.x, pad, &mut drawn);
            }
            let marker = self.marker_at(pad + style.leading.scale(0.75));
            drawn.extend(marker);
            self.emit(seat, Piece { before, notes, ..Piece::new(row.height, fit, drawn) });
            return;
        }
        let mut cells: Vec<(NodeId, Length, std::vec::IntoIter<Line>)> =
            row.cells.into_iter().map(|cell| (cell.id, cell.x, cell.lines.into_iter())).collect();
        for at in 0..longest {
            let top = if at == 0 { pad } else { Length::ZERO };
            let foot = if at + 1 == longest { pad } else { Length::ZERO };
            let mut drawn = Vec::new();
            let mut notes = Vec::new();
            let mut height = style.leading;
            for (id, x, lines) in &mut cells {
                let line: Vec<Line> = lines.next().into_iter().collect();
                if at == 0 && line.is_empty() {
                    drawn.push(Drawn::Mark { node: *id });
                }
                notes.extend(line.iter().flat_map(|line| line.notes.iter().copied()));
                height = height.max(self.stack(*id, line, style, *x, top, &mut drawn));
            }
            let before = match at {
                0 => before,
                _ if at == 1 || at + 1 == longest => FORBIDDEN,
                _ => IN_ROW,
            };
            let fit = if at == 0 { fit } else { Fit::Free };
            let marker = self.marker_at(top + style.leading.scale(0.75));
            drawn.extend(marker);
            self.emit(seat, Piece { before, notes, ..Piece::new(top + height + foot, fit, drawn) });
            if let Some(slab) = self.column.slabs.last_mut() {
                slab.edge = (pad - top, pad - foot);
                slab.top += pad - top;
                slab.tail += pad - foot;
            }
        }
    }

    /// The head once more, as furniture.
    fn head_again(&self, heads: &[Row], style: &Resolved, seat: Seat, width: Length) -> Vec<Drawn> {
        let pad = style.leading.scale(ROW_PAD);
        let mut drawn = Vec::new();
        let mut y = Length::ZERO;
        for row in heads {
            for cell in &row.cells {
                self.stack(cell.id, cell.lines.clone(), style, cell.x, y + pad, &mut drawn);
            }
            y += row.height;
        }
        for item in &mut drawn {
            if let Drawn::Line { owner, .. } = item {
                *owner = Owner::Furniture(Furniture::RepeatedHead);
            }
        }
        let thickness = Length::pt(HEAD_RULE);
        drawn.push(Drawn::Fill { x: seat.x, y: y - thickness / 2, width, height: thickness, color: Color::BLACK });
        drawn
    }
}
