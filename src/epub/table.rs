//! Tables → XHTML: head and body, scoped heads, a frame that scrolls.
//!
//! In:     a `Table` node: a caption, rows of the head, rows.
//! Out:    elements appended to the file.
//! Absent: the text of cells (`inline.rs`).

use super::formulas::spelt;
use super::inline::Allowed;
use super::xhtml::Writer;
use super::xml;
use crate::book::Align;
use crate::layout::tree::{Content, Detail, Node, NodeId};
use crate::theme::Role;
use std::fmt::Write;

/// Letters that fit beside one another on a telephone at the size of tables, two for each column's own white: a table whose longest words need no more
/// may lay out its columns by itself.
const PHONE: usize = 38;
/// The same for a reader who has made the type twice as large.
const PHONE_LARGE: usize = 16;
/// Letters of a line on a tablet. A table whose longest words need more than this would be all hyphens.
const TABLET: usize = 68;
/// Letters among which the shares are dealt out: few more than a telephone has, so that words are broken last of all.
const ROOM: usize = 50;
/// Lines of a table that fit a telephone's page. A frame that scrolls cannot be parted over pages: a longer table in a
/// frame would lose its foot, so its words are broken instead.
const PAGE: usize = 12;
/// The width of a letter in em, a broad one: letters of code, figures, bold heads.
const LETTER: f64 = 0.6;

/// How a table is fitted into a page of unknown width. A query for the width does not help: where a reading system lays
/// pages beside one another it is asked for the width of them all.
enum Fit {
    /// By the reading system.
    Free,
    /// In columns of given shares, whole percents, of a table as broad as so many letters or as the page; words are broken
    /// where they must be.
    Shares { shares: Vec<usize>, letters: usize, is_dense: bool },
    /// In a frame that scrolls: everywhere on telephones, or there in large type only.
    Scrolls { is_likely: bool },
}

impl Writer<'_> {
    pub fn table(&mut self, id: NodeId) {
        let tree = self.edition.tree;
        let node = tree.node(id);
        if node.text().is_some() {
            return self.flow(id, "p", "div");
        }
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
        let fit = self.fit(id);
        if let Fit::Scrolls { is_likely } = fit {
            self.out.push_str("<div class=\"table-frame\"");
            if is_likely {
                // The frame can be reached and moved with the keyboard, and a voice says what was reached.
                let caption = children.iter().map(|&child| tree.node(child)).find(|node| node.role == Role::Caption);
                let name = caption.and_then(|node| node.text()).map_or(self.edition.wording.table, |text| &text.string);
                self.out.push_str(" tabindex=\"0\" role=\"group\"");
                xml::attribute(&mut self.out, "aria-label", name);
            }
            self.out.push_str(">\n");
        }
        let class = match fit {
            Fit::Shares { is_dense: true, .. } => "shares dense",
            Fit::Shares { is_dense: false, .. } => "shares",
            Fit::Free | Fit::Scrolls { .. } => "",
        };
        self.open(id, "table", class);
        if let Fit::Shares { letters, .. } = &fit {
            let _ = write!(self.out, " style=\"max-width: {:.1}em\"", *letters as f64 * LETTER);
        }
        self.out.push_str(">\n");
        let mut shares = Vec::new();
        if let Fit::Shares { shares: list, .. } = &fit {
            shares.clone_from(list);
        }
        let mut part = "";
        for (at, &child) in children.iter().enumerate() {
            let role = tree.node(child).role;
            if at < first_row && role == Role::Caption {
                self.flow(child, "caption", "caption");
                continue;
            }
            if at >= first_row && at < last_row {
                if !shares.is_empty() {
                    self.out.push_str("<colgroup>");
                    for share in shares.drain(..) {
                        self.out.push_str(&format!("<col style=\"width: {share}%\"/>"));
                    }
                    self.out.push_str("</colgroup>\n");
                }
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
        self.out.push_str(if matches!(fit, Fit::Scrolls { .. }) { "</table>\n</div>\n" } else { "</table>\n" });
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

    /// Weighs a table by its longest words, its longest cells and its lines.
    fn fit(&self, id: NodeId) -> Fit {
        let tree = self.edition.tree;
        let mut columns: Vec<Column> = Vec::new();
        let (mut lines, mut spans) = (0, false);
        for row in tree.children(id).filter(|&row| matches!(tree.node(row).role, Role::HeadRow | Role::Row)) {
            let mut deepest = 1;
            for (at, cell) in tree.children(row).enumerate() {
                let node = tree.node(cell);
                spans |= matches!(node.detail, Detail::Cell { columns: 2.., .. });
                if columns.len() <= at {
                    columns.resize(at + 1, Column { word: 2, cell: 2, letters: 1 });
                }
                let (Some(text), Some(column)) = (node.text(), columns.get_mut(at)) else { continue };
                // Heads are bold, a tenth wider; the white at both sides of a cell takes two letters.
                let bold = if tree.node(row).role == Role::HeadRow { 9 } else { 10 };
                let wide = |letters: usize| (letters * 10).div_ceil(bold) + 2;
                let spelt = spelt(text);
                let longest = spelt.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
                let letters = spelt.chars().count();
                column.word = column.word.max(wide(longest));
                column.cell = column.cell.max(wide(letters));
                column.letters += letters;
                // A column of a frame that scrolls is about this wide.
                deepest = deepest.max(letters.div_ceil(24));
            }
            lines += deepest;
        }
        let words: usize = columns.iter().map(|column| column.word).sum();
        let is_short = lines <= PAGE;
        if words <= PHONE_LARGE || (spans && !is_short) {
            return Fit::Free;
        }
        if is_short && (words <= PHONE || words > TABLET || spans) {
            return Fit::Scrolls { is_likely: words > PHONE };
        }
        // Each column has room for its longest word; what is left goes where the text is.
        let room = if words <= PHONE { PHONE } else { ROOM };
        let all_letters: usize = columns.iter().map(|column| column.letters).sum::<usize>().max(1);
        let left = room.saturating_sub(words);
        let letters = columns.iter().map(|column| column.cell).sum();
        // A table that fits a line has columns as wide as their cells.
        let share = |column: &Column| match letters <= room {
            true => column.cell * 100,
            false => column.word * 100 + left * 100 * column.letters / all_letters,
        };
        let all = columns.iter().map(share).sum::<usize>().max(1);
        let shares = columns.iter().map(|column| (share(column) * 100 / all).max(1)).collect();
        // As in print a table with too long words is set in smaller type before they are broken.
        Fit::Shares { shares, letters, is_dense: words > ROOM }
    }
}

/// What a column holds, in letters; words and cells with their white.
#[derive(Clone)]
struct Column {
    word: usize,
    cell: usize,
    letters: usize,
}
