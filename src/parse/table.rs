//! Tables of Markdown and of HTML.
//!
//! In:     a table's nodes.
//! Out:    [`Table`]: columns, rows of the head, rows of the body.
//! Faults: `table.cells`.
//! Absent: captions that stand in a paragraph beside the table (`adjoin`); widths.

use super::attribute;
use super::block::trimmed;
use super::node::{Element, Id, Kind};
use super::reader::Reader;
use crate::base::Diagnostic;
use crate::book::block::Column;
use crate::book::inline::plain;
use crate::book::{Align, Attributes, Block, BlockKind, Cell, InlineKind, Inlines, Row, Table};

/// How many cells stand in a row of Markdown: a bar that is not escaped ends one, also in code (GFM, 4.10).
fn cells_written(row: &str) -> usize {
    let row = row.lines().next().unwrap_or_default().trim();
    let bars = row.bytes().enumerate().filter(|(at, b)| *b == b'|' && !row[..*at].ends_with('\\')).count();
    let at_edges = usize::from(row.starts_with('|')) + usize::from(row.ends_with('|') && !row.ends_with("\\|"));
    (bars + 1).saturating_sub(at_edges)
}

/// Columns a cell may cover, and a table may have; HTML allows 1,000 (4.9.11).
const MOST_COLUMNS: usize = 200;
/// HTML, 4.9.11: 65,534.
const MOST_ROWS: u16 = 65_534;

impl Reader<'_, '_> {
    pub fn markdown_table(&mut self, id: Id, columns: &[Option<Align>], out: &mut Vec<Block>) {
        let columns: Vec<Column> = columns.iter().map(|align| Column { align: *align }).collect();
        let mut table = Table { caption: None, columns, head: Vec::new(), body: Vec::new() };
        let ids: Vec<Id> = self.nodes.children(id).collect();
        for row in ids {
            let is_head = matches!(self.nodes.get(row).kind, Kind::TableHead);
            let written = self.text.get(self.nodes.get(row).range.clone()).map_or(0, cells_written);
            if written > table.columns.len() {
                let message = format!("this row has {written} cells, but its table has {}", table.columns.len());
                let told = Diagnostic::warning("table.cells", message).at(self.span(row));
                let hint = "the last ones are not shown; a bar in the text of a cell, code too, is written \\|";
                self.outcome.sink.push(told.hint(hint));
            }
            let cells = self.nodes.children(row).collect::<Vec<Id>>().into_iter().map(|cell| {
                let text = trimmed(self.inlines_of(cell));
                Cell { text, columns: 1, rows: 1, is_header: is_head, span: self.span(cell) }
            });
            let row = Row { cells: cells.collect(), span: self.span(row) };
            if is_head { table.head.push(row) } else { table.body.push(row) }
        }
        // A head whose cells are all empty is no head: Markdown cannot leave it out.
        if table.head.iter().all(|row| row.cells.iter().all(|cell| cell.text.is_empty())) && !table.body.is_empty() {
            table.head.clear();
        }
        let mut attributes = Attributes::default();
        self.take_caption_row(&mut table, &mut attributes);
        out.push(Block { kind: BlockKind::Table(table), attributes, span: self.span(id) });
    }

    /// `Table: …` directly under the last row is a row to Markdown, a caption to its author.
    fn take_caption_row(&mut self, table: &mut Table, attributes: &mut Attributes) {
        let Some(row) = table.body.last_mut() else { return };
        let Some((first, rest)) = row.cells.split_first_mut() else { return };
        if rest.iter().any(|cell| !cell.text.is_empty()) || (rest.is_empty() && table.columns.len() > 1) {
            return;
        }
        if let Some((caption, found)) = caption_of(&first.text) {
            *attributes = found;
            table.caption = Some(caption);
            table.body.pop();
        }
    }

    pub fn html_table(&mut self, id: Id, attributes: Attributes, out: &mut Vec<Block>) {
        let mut table = Table { caption: None, columns: Vec::new(), head: Vec::new(), body: Vec::new() };
        let mut feet = Vec::new();
        let ids: Vec<Id> = self.nodes.children(id).collect();
        let mut aligns: Vec<Option<Align>> = Vec::new();
        let mut loose: Vec<Row> = Vec::new();
        for child in ids {
            let Some(element) = self.nodes.element(child) else { continue };
            match element.name.as_str() {
                "caption" => {
                    table.caption = Some(trimmed(self.inlines_of(child))).filter(|caption| !caption.is_empty())
                }
                "thead" => table.head.extend(self.rows(child, &mut aligns)),
                "tbody" => table.body.extend(self.rows(child, &mut aligns)),
                "tfoot" => feet.extend(self.rows(child, &mut aligns)),
                "tr" => {
                    let row = self.row(child, &mut aligns);
                    table.body.push(row);
                }
                _ => loose.push(self.row(child, &mut aligns)),
            }
        }
        table.body.extend(loose.into_iter().filter(|row| !row.cells.is_empty()));
        table.body.extend(feet);
        // Without a `<thead>`, first rows of nothing but heads are one.
        if table.head.is_empty() {
            let is_head =
                |row: &Row| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.is_header && cell.rows == 1);
            let heads = table.body.iter().take_while(|row| is_head(row)).count();
            let heads = if heads == table.body.len() { 0 } else { heads };
            table.head = table.body.drain(..heads).collect();
        }
        let width = |rows: &[Row]| {
            let widths = rows.iter().map(|row| row.cells.iter().map(|cell| usize::from(cell.columns)).sum::<usize>());
            widths.max().unwrap_or(0)
        };
        let count = width(&table.head).max(width(&table.body)).min(MOST_COLUMNS);
        if count == 0 {
            return;
        }
        table.columns = (0..count).map(|at| Column { align: aligns.get(at).copied().flatten() }).collect();
        out.push(Block { kind: BlockKind::Table(table), attributes, span: self.span(id) });
    }

    fn rows(&mut self, part: Id, aligns: &mut Vec<Option<Align>>) -> Vec<Row> {
        let ids: Vec<Id> = self.nodes.children(part).collect();
        let is_row = |id: &Id| self.nodes.element(*id).is_some_and(|element| element.name == "tr");
        let rows: Vec<Id> = ids.into_iter().filter(is_row).collect();
        rows.into_iter().map(|row| self.row(row, aligns)).collect()
    }

    fn row(&mut self, row: Id, aligns: &mut Vec<Option<Align>>) -> Row {
        let mut cells = Vec::new();
        let mut column = 0;
        let ids: Vec<Id> = self.nodes.children(row).collect();
        for child in ids {
            let Some(element) = self.nodes.element(child) else { continue };
            if !matches!(element.name.as_str(), "td" | "th") || column >= MOST_COLUMNS {
                continue;
            }
            let covered = |key: &str| element.get(key).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1).max(1);
            let columns = covered("colspan").min(MOST_COLUMNS - column);
            let rows = u16::try_from(covered("rowspan")).unwrap_or(MOST_ROWS).min(MOST_ROWS);
            let (is_header, align) = (element.name == "th", align_of(element));
            if columns == 1 && align.is_some() {
                if aligns.len() <= column {
                    aligns.resize(column + 1, None);
                }
                aligns[column] = align;
            }
            let text = self.cell_text(child);
            cells.push(Cell { text, columns: columns as u16, rows, is_header, span: self.span(child) });
            column += columns;
        }
        Row { cells, span: self.span(row) }
    }

    /// A cell is one line of text; paragraphs in it are parted by line ends.
    fn cell_text(&mut self, cell: Id) -> Inlines {
        let ids: Vec<Id> = self.nodes.children(cell).collect();
        if !ids.iter().any(|id| self.is_block(*id)) {
            return trimmed(self.inlines(&ids));
        }
        let mut out: Inlines = Vec::new();
        let mut start = 0;
        for (at, id) in ids.iter().enumerate().filter(|(_, id)| self.is_block(**id)).collect::<Vec<_>>() {
            self.push_part(&ids[start..at], &mut out);
            let inner: Vec<Id> = self.nodes.children(*id).collect();
            self.push_part(&inner, &mut out);
            start = at + 1;
        }
        self.push_part(&ids[start..], &mut out);
        out
    }

    fn push_part(&mut self, ids: &[Id], out: &mut Inlines) {
        let text = trimmed(self.inlines(ids));
        if let (Some(last), false) = (out.last(), text.is_empty()) {
            let span = last.span;
            out.push(crate::book::Inline { kind: InlineKind::Break, span });
        }
        out.extend(text);
    }
}

fn align_of(element: &Element) -> Option<Align> {
    let styled = element.get("style").and_then(|style| {
        style
            .split(';')
            .find_map(|rule| rule.split_once(':').filter(|(key, _)| key.trim() == "text-align").map(|(_, v)| v.trim()))
    });
    match styled.or(element.get("align"))?.to_ascii_lowercase().as_str() {
        "left" | "start" => Some(Align::Start),
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        _ => None,
    }
}

/// The caption in a text that begins with `Table: `, and the attributes at its end.
pub fn caption_of(text: &[crate::book::Inline]) -> Option<(Inlines, Attributes)> {
    const KEY: &str = "Table: ";
    let InlineKind::Text(first) = &text.first()?.kind else { return None };
    // `Table:` alone at the end of a line goes on in the next.
    let is_broken = first == KEY.trim_end() && text.len() > 1;
    if !first.starts_with(KEY) && !is_broken {
        return None;
    }
    let mut caption = text.to_vec();
    if let Some(InlineKind::Text(first)) = caption.first_mut().map(|inline| &mut inline.kind) {
        first.drain(..KEY.len().min(first.len()));
    }
    let mut attributes = Attributes::default();
    if let Some(InlineKind::Text(last)) = caption.last_mut().map(|inline| &mut inline.kind)
        && let Some(open) = last.rfind('{').filter(|_| last.trim_end().ends_with('}'))
        && let Some((found, length)) = attribute::read(&last[open..])
        && last[open + length..].trim().is_empty()
    {
        attributes = found;
        last.truncate(open);
    }
    let caption = trimmed(caption);
    (!plain(&caption).trim().is_empty()).then_some((caption, attributes))
}
