//! Tables → XHTML: head and body, scoped heads, a frame that scrolls.
//!
//! In:     a `Table` node: a caption, rows of the head, rows.
//! Out:    elements appended to the file.
//! Absent: the text of cells (`inline.rs`).

use super::inline::Allowed;
use super::xhtml::Writer;
use super::xml;
use crate::book::Align;
use crate::layout::tree::{Content, Detail, Node, NodeId};
use crate::theme::Role;

/// Columns from which a table may be wider than a phone: its scrolling frame can then be reached with the keyboard.
const WIDE: usize = 4;

impl Writer<'_> {
    pub fn table(&mut self, id: NodeId) {
        let tree = self.edition.tree;
        let node = tree.node(id);
        if node.text().is_some() {
            return self.flow(id, "p", "div");
        }
        let columns = if let Detail::Table { columns } = &node.detail { columns.len() } else { 0 };
        self.page_div_before(id);
        let children: Vec<NodeId> = tree.children(id).collect();
        let is_row = |id: &NodeId| matches!(tree.node(*id).role, Role::HeadRow | Role::Row);
        let first_row = children.iter().position(is_row).unwrap_or(children.len());
        let last_row = children.iter().rposition(is_row).map_or(first_row, |at| at + 1);
        // What stands over and under the rows keeps its place; a caption that opens the table is the table's own.
        let trailing = children.get(last_row..).unwrap_or_default();
        let is_figure = trailing.last().is_some_and(|&last| tree.node(last).role == Role::Caption);
        if is_figure {
            self.out.push_str("<figure class=\"table-figure\">\n");
        }
        self.out.push_str("<div class=\"table-frame\"");
        if columns >= WIDE {
            self.out.push_str(" tabindex=\"0\"");
        }
        self.out.push_str(">\n");
        self.open(id, "table", "");
        self.out.push_str(">\n");
        let mut part = "";
        for (at, &child) in children.iter().enumerate() {
            let role = tree.node(child).role;
            if at < first_row && role == Role::Caption {
                self.flow(child, "caption", "caption");
                continue;
            }
            if at >= first_row && at < last_row {
                let wanted = if role == Role::HeadRow && part != "tbody" { "thead" } else { "tbody" };
                if part != wanted {
                    if !part.is_empty() {
                        self.close(part);
                    }
                    self.out.push_str(&format!("<{wanted}>\n"));
                    part = wanted;
                }
                self.row(child, role == Role::HeadRow);
            }
        }
        if !part.is_empty() {
            self.close(part);
        }
        self.out.push_str("</table>\n</div>\n");
        for (at, &child) in trailing.iter().enumerate() {
            match is_figure && at + 1 == trailing.len() {
                true => self.flow(child, "figcaption", "figcaption"),
                false => self.block(child),
            }
        }
        if is_figure {
            self.close("figure");
        }
    }

    fn row(&mut self, id: NodeId, in_head: bool) {
        let tree = self.edition.tree;
        self.open(id, "tr", "");
        self.out.push('>');
        for cell in tree.children(id) {
            self.cell(cell, tree.node(cell), in_head);
        }
        self.close("tr");
    }

    fn cell(&mut self, id: NodeId, node: &Node, in_head: bool) {
        let (mut align, mut columns, mut rows, mut is_header) = (Align::Start, 1, 1, in_head);
        if let Detail::Cell { align: a, columns: c, rows: r, is_header: h } = node.detail {
            (align, columns, rows, is_header) = (a, c, r, h);
        }
        // An empty corner heads nothing.
        let is_header = (is_header || in_head) && node.text().is_none_or(|text| !text.is_empty());
        let element = if is_header { "th" } else { "td" };
        let align = match align {
            Align::Start => "",
            Align::Center => "align-center",
            Align::End => "align-end",
        };
        self.open(id, element, align);
        if is_header {
            xml::attribute(&mut self.out, "scope", if in_head { "col" } else { "row" });
        }
        if columns > 1 {
            xml::attribute(&mut self.out, "colspan", &columns.to_string());
        }
        if rows > 1 {
            xml::attribute(&mut self.out, "rowspan", &rows.to_string());
        }
        self.out.push('>');
        match &node.content {
            Content::Leaf(text) => self.leaf_text(id, text, Allowed::ALL),
            Content::Group => self.children(id),
            Content::Picture(placed) => self.picture(placed, "block-picture"),
            Content::Empty => {}
        }
        self.out.push_str(if is_header { "</th>" } else { "</td>" });
    }
}
