//! Tables → `Table > Caption? HeadRow* Row* > Cell`.
//!
//! In:     rows as written.
//! Out:    nodes, with every column's alignment settled.
//! Absent: widths.

use super::Writer;
use crate::book::{Align, Attributes, Block, Row, Table, inline};
use crate::layout::tree::{Content, Detail};
use crate::theme::Role;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table, block: &Block) {
        let columns: Vec<Align> = (0..table.columns.len()).map(|column| align(table, column)).collect();
        let numbered = self.count(block);
        let node = self.open(Role::Table, Detail::Table { columns: columns.clone() }, &block.attributes, block.span);
        if let Some((_, anchor)) = &numbered {
            self.draft.nodes[node].anchor = Some(anchor.clone());
        }
        let outer = self.paragraphs.take();
        if let Some(caption) = &table.caption {
            self.caption(caption, numbered, block.span);
        }
        table.head.iter().for_each(|row| self.row(Role::HeadRow, row, &columns));
        table.body.iter().for_each(|row| self.row(Role::Row, row, &columns));
        self.paragraphs = outer;
        self.close(node, &block.attributes);
        self.fresh = true;
    }

    fn row(&mut self, role: Role, row: &Row, columns: &[Align]) {
        let none = Attributes::default();
        let node = self.open(role, Detail::None, &none, row.span);
        let mut column = 0;
        for cell in &row.cells {
            let text = self.text(&cell.text);
            let leaf = self.leaf_of(Role::Cell, text, &none, cell.span);
            self.draft.nodes[leaf].detail = Detail::Cell {
                align: columns.get(column).copied().unwrap_or_default(),
                columns: cell.columns.max(1),
                rows: cell.rows.max(1),
                is_header: cell.is_header || role == Role::HeadRow,
            };
            debug_assert!(matches!(self.draft.nodes[leaf].content, Content::Leaf(_)));
            column += usize::from(cell.columns.max(1));
        }
        self.close(node, &none);
    }
}

/// As the author said; else numbers stand at the end, so that their units come under one another.
fn align(table: &Table, column: usize) -> Align {
    if let Some(align) = table.columns.get(column).and_then(|column| column.align) {
        return align;
    }
    let mut numbers = 0;
    for row in &table.body {
        let Some(cell) = row.cells.get(column) else { continue };
        let text = inline::plain(&cell.text);
        let text = text.trim();
        if is_number(text) {
            numbers += 1;
        } else if !text.is_empty() && !matches!(text, "-" | "–" | "—") {
            return Align::Start;
        }
    }
    if numbers > 0 { Align::End } else { Align::Start }
}

/// A number as people write it: `1,275`, `−3.5`, `12 %`, `€ 5`.
fn is_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || " \u{A0}\u{202F}.,'’+-−–%‰°€$£₽±~≈*".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for number in ["613", "1,275", "12 %", "-3.5", "$ 5"] {
            assert!(is_number(number), "{number}");
        }
        for text in ["", "n/a", "two", "3 km", "-"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
