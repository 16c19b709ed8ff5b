//! Groups of nodes → XHTML: lists, figures, quotes, entries of contents and index.
//!
//! In:     the nodes of a group, by role.
//! Out:    elements appended to the file.
//! Absent: the text of leaves (`inline.rs`), plain blocks (`xhtml.rs`).

use super::inline::Allowed;
use super::xhtml::Writer;
use super::xml;
use crate::book::Admonition;
use crate::layout::tree::{Content, Detail, Node, NodeId};
use crate::theme::Role;

impl Writer<'_> {
    pub fn quote(&mut self, id: NodeId) {
        if self.edition.tree.node(id).text().is_none() {
            return self.flow(id, "p", "blockquote");
        }
        self.out.push_str("<blockquote>\n");
        self.leaf(id, "p", Allowed::ALL);
        self.close("blockquote");
    }

    pub fn list(&mut self, id: NodeId, element: &str) {
        let tree = self.edition.tree;
        let node = tree.node(id);
        if node.text().is_some() {
            return self.flow(id, "p", "div");
        }
        let tight = matches!(node.detail, Detail::List { tight: true });
        let first = tree.children(id).next().map(|item| tree.node(item));
        self.page_div_before(id);
        self.open(id, element, if tight { "tight" } else { "" });
        let mut count = None;
        if element == "ol" {
            let start = first.and_then(value_of).unwrap_or(1);
            if start != 1 {
                xml::attribute(&mut self.out, "start", &start.to_string());
            }
            if let Some(kind) = first.and_then(marker_kind) {
                xml::attribute(&mut self.out, "type", kind);
            }
            count = Some(start);
        }
        self.out.push_str(">\n");
        for item in tree.children(id) {
            let given = value_of(tree.node(item));
            // A number that does not follow the one before it must be said.
            let said = given.filter(|&given| count.is_some_and(|count| count != given));
            count = count.map(|count| given.unwrap_or(count).saturating_add(1));
            self.item(item, said);
        }
        self.close(element);
    }

    pub fn item(&mut self, id: NodeId, value: Option<u64>) {
        let node = self.edition.tree.node(id);
        let task = if let Detail::Item { task, .. } = &node.detail { *task } else { None };
        self.open(id, "li", if task.is_some() { "has-task" } else { "" });
        if let Some(value) = value {
            xml::attribute(&mut self.out, "value", &value.to_string());
        }
        self.out.push('>');
        if let Some(done) = task {
            // A character is read aloud everywhere; a form control is not shown everywhere.
            let mark = if done { '\u{2611}' } else { '\u{2610}' };
            self.out.push_str("<span class=\"task\">");
            self.out.push(mark);
            self.out.push_str("\u{A0}</span>");
        }
        match &node.content {
            Content::Leaf(text) => self.leaf_text(id, text, Allowed::ALL),
            Content::Group => {
                self.out.push('\n');
                self.children(id);
            }
            Content::Picture(placed) => self.picture(placed, "block-picture"),
            Content::Empty => {}
        }
        self.close("li");
    }

    pub fn definition_list(&mut self, id: NodeId) {
        if self.edition.tree.node(id).text().is_some() {
            return self.flow(id, "p", "div");
        }
        self.page_div_before(id);
        self.open(id, "dl", "");
        self.out.push_str(">\n");
        for child in self.edition.tree.children(id) {
            match self.edition.tree.node(child).role == Role::Term {
                true => self.flow(child, "dt", "dt"),
                false => self.flow(child, "dd", "dd"),
            }
        }
        self.close("dl");
    }

    /// Terms and definitions that stand without a list round them. Hands back the node after them.
    pub fn definitions(&mut self, from: u32, end: u32) -> u32 {
        self.out.push_str("<dl class=\"definition-list\">\n");
        let next = self.run(from, end, |role| matches!(role, Role::Term | Role::Definition), Writer::block);
        self.close("dl");
        next
    }

    /// A run of contents or list lines as one list. Hands back the node after them.
    pub fn list_entries(&mut self, from: u32, end: u32) -> u32 {
        self.out.push_str("<ul class=\"entries\">\n");
        let is_entry = |role| matches!(role, Role::ContentsEntry(_) | Role::ListEntry);
        let next = self.run(from, end, is_entry, |writer, id| match writer.edition.tree.node(id).text() {
            Some(text) => {
                writer.open(id, "li", "");
                writer.out.push('>');
                writer.leaf_text(id, text, Allowed { page_refs: false, ..Allowed::ALL });
                writer.close("li");
            }
            None => writer.flow(id, "li", "li"),
        });
        self.close("ul");
        next
    }

    /// Entries of an index as a list, each with its subentries as a list of its own. Hands back the node after them.
    pub fn index_entries(&mut self, from: u32, end: u32) -> u32 {
        self.out.push_str("<ul class=\"entries\" epub:type=\"index-entry-list\">\n");
        let mut has_sublist = false;
        let mut is_open = false;
        let is_entry = |role| matches!(role, Role::IndexEntry(_));
        let next = self.run(from, end, is_entry, |writer, id| {
            let node = writer.edition.tree.node(id);
            let is_sub = matches!(node.role, Role::IndexEntry(depth) if depth > 0) && is_open;
            match (is_sub, has_sublist) {
                (true, false) => writer.out.push_str("<ul class=\"entries\" epub:type=\"index-entry-list\">\n"),
                (true, true) => writer.close("li"),
                (false, true) => writer.out.push_str("</li>\n</ul>\n</li>\n"),
                (false, false) if is_open => writer.close("li"),
                (false, false) => {}
            }
            has_sublist = is_sub;
            is_open = true;
            writer.open(id, "li", "");
            writer.out.push_str(" epub:type=\"index-entry\">");
            match node.text() {
                Some(text) => writer.leaf_text(id, text, Allowed::ALL),
                None => writer.children(id),
            }
        });
        self.out.push_str(if has_sublist { "</li>\n</ul>\n</li>\n</ul>\n" } else { "</li>\n</ul>\n" });
        next
    }

    fn run(
        &mut self,
        from: u32,
        end: u32,
        belongs: impl Fn(Role) -> bool,
        mut write: impl FnMut(&mut Self, NodeId),
    ) -> u32 {
        let mut next = from;
        while next < end && belongs(self.edition.tree.node(NodeId(next)).role) {
            write(self, NodeId(next));
            next = self.edition.tree.node(NodeId(next)).end.0.max(next + 1);
        }
        next
    }

    /// A figure. Its caption is the figure's name when it comes first or last, as HTML asks.
    pub fn figure(&mut self, id: NodeId) {
        let tree = self.edition.tree;
        if tree.node(id).text().is_some() {
            return self.flow(id, "p", "div");
        }
        let children: Vec<NodeId> = tree.children(id).collect();
        let is_caption = |at: usize| children.get(at).is_some_and(|&id| tree.node(id).role == Role::Caption);
        let named_by = [children.len().wrapping_sub(1), 0].into_iter().find(|&at| is_caption(at));
        self.page_div_before(id);
        self.open(id, "figure", "");
        self.out.push_str(
            ">
",
        );
        for (at, &child) in children.iter().enumerate() {
            match named_by == Some(at) {
                true => self.flow(child, "figcaption", "figcaption"),
                false => self.block(child),
            }
        }
        self.close("figure");
    }

    pub fn admonition(&mut self, id: NodeId) {
        let node = self.edition.tree.node(id);
        let kind = if let Detail::Admonition(kind) = node.detail { kind } else { Admonition::Note };
        let (class, role) = match kind {
            Admonition::Note => ("note-box", "note"),
            Admonition::Tip => ("tip", "doc-tip"),
            Admonition::Important => ("important", "note"),
            Admonition::Warning => ("warning", "note"),
            Admonition::Caution => ("caution", "note"),
        };
        self.page_div_before(id);
        self.open(id, "aside", class);
        xml::attribute(&mut self.out, "role", role);
        self.out.push_str(">\n");
        match &node.content {
            Content::Leaf(text) => {
                self.out.push_str("<p>");
                self.leaf_text(id, text, Allowed::ALL);
                self.close("p");
            }
            Content::Group | Content::Picture(_) | Content::Empty => self.children(id),
        }
        self.close("aside");
    }
}

fn value_of(item: &Node) -> Option<u64> {
    if let Detail::Item { value, .. } = &item.detail { *value } else { None }
}

/// The `type` of an ordered list whose markers are letters.
fn marker_kind(item: &Node) -> Option<&'static str> {
    let Detail::Item { marker, .. } = &item.detail else { return None };
    match marker.trim_matches(|c: char| !c.is_alphanumeric()) {
        "a" => Some("a"),
        "A" => Some("A"),
        "i" => Some("i"),
        "I" => Some("I"),
        _ => None,
    }
}
