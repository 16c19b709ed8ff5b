//! The index: entries in two columns, as many on a page as it holds.
//!
//! In:     the entries of an index, in order.
//! Out:    a slab for each page of it, both columns in it.
//! Absent: which pages the entries name (`folios.rs` merges them); how columns are filled (`fill.rs`).
//!
//! Entries are set smaller than the text and closer, ragged, the turned lines hanging. Their lines stand on a grid of
//! their own, which both columns share, and whose first and last lines are those of the text. Where an entry goes on in
//! the next column, it is named again over its subentries (*Chicago Manual of Style*, 16.144).

mod fill;

use super::{Builder, Piece, Seat};
use crate::base::lang::Direction;
use crate::base::{Em, Length};
use crate::layout::tree::{Mark, NodeId, Text};
use crate::pdf::line::Line;
use crate::pdf::sheet::{Furniture, Owner};
use crate::pdf::slab::{Drawn, Fit, Stack, grid_above};
use crate::pdf::style::Resolved;
use crate::theme::{Role, Wording};
use fill::Row;
use std::ops::Range;

/// Between the columns, in the text size.
const GUTTER: Em = Em(2.0);
/// A column of fewer em is too narrow for entries: they are set over the whole measure.
const NARROWEST: Em = Em(9.0);
/// The page of an opening has room for at least so many rows, or the entries begin on the next one.
const FEWEST: i64 = 4;
/// Between an entry and the word that it goes on, in its size.
const SPACE: f64 = 0.25;

/// A row of a column: a line, or white.
struct IndexRow {
    kind: Row,
    line: Option<(NodeId, Length, Line)>,
    /// The main entry it stands in.
    entry: Option<NodeId>,
}

/// The grid of an index on a page with so much room.
struct Lattice {
    rows: usize,
    step: Length,
}

impl Builder<'_, '_, '_> {
    /// The roots of an index: its title, then its entries.
    pub(super) fn index(&mut self, roots: &[NodeId], seat: Seat) {
        let tree = self.desk.tree;
        let gutter = GUTTER.of(self.desk.theme.text_size);
        let width = (seat.measure - gutter) / 2;
        let is_entry = |id: &NodeId| matches!(tree.node(*id).role, Role::IndexLetter | Role::IndexEntry(_));
        let is_narrow = width < NARROWEST.of(self.desk.theme.text_size);
        let mut rest = roots;
        while let Some((&root, after)) = rest.split_first() {
            let entries = if is_narrow { 0 } else { rest.iter().take_while(|&id| is_entry(id)).count() };
            if entries == 0 {
                self.block(root, seat);
                rest = after;
                continue;
            }
            let rows = self.rows(&rest[..entries], Seat { x: Length::ZERO, measure: width, ..seat });
            let seat = Seat { measure: width, ..seat };
            self.emit_columns(rows, seat, width + gutter);
            rest = &rest[entries..];
        }
    }

    fn rows(&mut self, entries: &[NodeId], seat: Seat) -> Vec<IndexRow> {
        let tree = self.desk.tree;
        let mut rows = Vec::new();
        let mut entry = None;
        let mut has_sub = false;
        for &id in entries {
            let role = tree.node(id).role;
            let kind = if role == Role::IndexLetter {
                Row::Letter
            } else if role == Role::IndexEntry(0) {
                Row::Entry
            } else if has_sub {
                Row::Sub
            } else {
                Row::FirstSub
            };
            has_sub = matches!(kind, Row::Sub | Row::FirstSub);
            if kind == Row::Entry {
                entry = Some(id);
            }
            if kind == Row::Letter && !rows.is_empty() {
                rows.push(IndexRow { kind: Row::White, line: None, entry: None });
            }
            let style = self.desk.composer.style(role).clone();
            let seat = self.inset_of(seat, self.look(role));
            for (at, line) in self.compose(id, &style, seat.measure).into_iter().enumerate() {
                let kind = if at == 0 { kind } else { Row::Turned };
                rows.push(IndexRow { kind, line: Some((id, seat.x, line)), entry });
            }
        }
        rows
    }

    /// How many rows stand in a room of whole lines, and how far apart.
    fn lattice(&self, room: Length) -> Lattice {
        let leading = self.desk.theme.leading;
        // A letter is set on the grid of the entries.
        let own = [0, 1].map(|depth| self.desk.composer.style(Role::IndexEntry(depth)).leading);
        let own = own[0].max(own[1]).max(Length::pt(1.0)).min(leading);
        let span = (room - leading).max(Length::ZERO);
        let steps = span.sp() / own.sp();
        let step = if steps > 0 { span / steps } else { own };
        Lattice { rows: steps as usize + 1, step }
    }

    fn emit_columns(&mut self, mut rows: Vec<IndexRow>, seat: Seat, apart: Length) {
        let leading = self.desk.theme.leading;
        let page = leading * self.desk.theme.lines_per_page();
        let mut stack = Stack::new(leading);
        for slab in &self.column.slabs {
            stack.push(slab);
        }
        let left = page - grid_above(stack.foot + self.gap, leading);
        let first = if stack.is_empty || left < leading * FEWEST { page } else { left };
        let (on_first, on_full) = (self.lattice(first), self.lattice(page));
        let kinds: Vec<Row> = rows.iter().map(|row| row.kind).collect();
        let pages = fill::fill(&kinds, on_first.rows, on_full.rows);
        let count = pages.len();
        let across = match self.desk.tree.metadata.language.direction() {
            Direction::LeftToRight => [Length::ZERO, apart],
            Direction::RightToLeft => [apart, Length::ZERO],
        };
        for (nth, columns) in pages.into_iter().enumerate() {
            let (room, lattice) = if nth == 0 { (first, &on_first) } else { (page, &on_full) };
            let mut drawn = Vec::new();
            let mut most = 0;
            for (column, x) in columns.into_iter().zip(across) {
                let seat = Seat { x: seat.x + x, ..seat };
                most = most.max(self.column_of(&kinds, &mut rows, column, seat, lattice, &mut drawn));
            }
            let filled = grid_above(lattice.step * (most as i64 - 1).max(0) + leading, leading);
            let height = if nth + 1 == count { filled.min(room) } else { room };
            self.emit(seat, Piece { weight: u32::MAX, ..Piece::new(height, Fit::Grid, drawn) });
        }
    }

    /// Draws a column; gives how many rows it shows.
    fn column_of(
        &self,
        kinds: &[Row],
        rows: &mut [IndexRow],
        range: Range<usize>,
        seat: Seat,
        lattice: &Lattice,
        drawn: &mut Vec<Drawn>,
    ) -> usize {
        let (range, goes_on) = fill::shown(kinds, &range);
        let first = super::grid_baseline(self.desk.theme.leading, self.desk.theme.text_size);
        let at = |nth: usize| first + lattice.step * nth as i64;
        let over = rows.get(range.start).and_then(|row| row.entry).filter(|_| goes_on);
        if let Some(entry) = over {
            let owner = Owner::Furniture(Furniture::RepeatedHead);
            for (x, line) in self.named_again(entry, seat.measure) {
                drawn.push(Drawn::Line { x: seat.x + x, y: at(0), line: Box::new(line), owner });
            }
        }
        let skipped = usize::from(goes_on);
        for (nth, row) in rows[range.clone()].iter_mut().enumerate() {
            if let Some((id, x, line)) = row.line.take() {
                let (x, y, owner) = (seat.x + x, at(nth + skipped), Owner::Node(id));
                drawn.push(Drawn::Line { x, y, line: Box::new(line), owner });
            }
        }
        range.len() + skipped
    }

    /// An entry without its pages, and that it goes on: `captives (continued)`, on one line.
    fn named_again(&self, entry: NodeId, measure: Length) -> [(Length, Line); 2] {
        let composer = self.desk.composer;
        let style = composer.style(Role::IndexEntry(0));
        let lang = composer.lang(entry);
        let made = |text: &str, style: &Resolved| composer.made_in(text, style, lang);
        let goes_on = format!("({})", Wording::of(&self.desk.tree.metadata.language).continued);
        let goes_on = made(&goes_on, &Resolved { italic: true, ..style.clone() });
        let space = style.size.scale(SPACE);
        let name = self.desk.tree.node(entry).text().map_or("", term);
        let mut line = made(name, style);
        let mut words: Vec<&str> = name.split(' ').collect();
        while line.width + space + goes_on.width > measure && words.len() > 1 {
            words.pop();
            line = made(&format!("{}…", words.join(" ").trim_end_matches([',', ';', ':'])), style);
        }
        let (one, two) = match lang.direction() {
            Direction::LeftToRight => (Length::ZERO, line.width + space),
            Direction::RightToLeft => (measure - line.width, measure - line.width - space - goes_on.width),
        };
        [(one, line), (two, goes_on)]
    }
}

/// What an entry names, without its pages and the entries it refers to.
fn term(text: &Text) -> &str {
    let pages = text.atoms.first().map(|atom| atom.at);
    // The word "see" is the first thing in an entry that is set in italics.
    let see = text.marks.iter().find(|mark| mark.mark == Mark::Emphasis).map(|mark| mark.range.start);
    let end = pages.into_iter().chain(see).min().unwrap_or(text.string.len() as u32);
    text.string.get(..end as usize).unwrap_or_default().trim_end_matches([',', ';', ' '])
}
