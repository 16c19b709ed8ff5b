//! Notes → XHTML: bodies at the end of their section, each with the ways back to its calls.
//!
//! In:     the `Notes` group of a section.
//! Out:    elements appended to the file. Labels and ways back are not text of the tree: see `MADE_CLASSES`.
//! Absent: the calls, which are atoms (`inline.rs`).

use super::inline::Allowed;
use super::xhtml::Writer;
use super::xml;
use crate::layout::tree::{Atom, Content, Detail, Node, NodeId, NoteId};
use crate::theme::Role;

impl Writer<'_> {
    pub fn notes(&mut self, id: NodeId) {
        self.page_div_before(id);
        self.open(id, "section", "");
        self.out.push_str(" epub:type=\"footnotes\" role=\"doc-endnotes\"");
        xml::attribute(&mut self.out, "aria-label", self.edition.wording.notes);
        self.out.push_str(">\n");
        self.children(id);
        self.close("section");
    }

    /// The body of a note. Its label leads back to the call; a note called again shows a way back to each call.
    pub fn note(&mut self, id: NodeId) {
        let node = self.edition.tree.node(id);
        let Detail::Note(note) = node.detail else { return self.flow(id, "p", "div") };
        self.page_div_before(id);
        self.open(id, "aside", "");
        if node.anchor.is_none() {
            let name = self.note_id(note);
            xml::attribute(&mut self.out, "id", &name);
        }
        self.out.push_str(" epub:type=\"footnote\" role=\"doc-footnote\">\n");
        self.expect_label(note);
        match &node.content {
            Content::Leaf(text) => {
                self.out.push_str("<p>");
                self.note_label();
                self.leaf_text(id, text, Allowed::ALL);
                self.ways_back(note);
                self.close("p");
            }
            Content::Group | Content::Picture(_) | Content::Empty => {
                let begins_with_text = self
                    .edition
                    .tree
                    .children(id)
                    .next()
                    .is_some_and(|first| is_paragraph(self.edition.tree.node(first)));
                if !begins_with_text {
                    self.out.push_str("<p>");
                    self.note_label();
                    self.close("p");
                }
                self.children(id);
                if self.edition.tree.note(note).calls.len() > 1 {
                    self.out.push_str("<p class=\"back-links\">");
                    self.ways_back(note);
                    self.close("p");
                }
            }
        }
        self.close("aside");
    }

    /// Writes the label of the note that begins here, as the way back to its first call.
    pub fn note_label(&mut self) {
        let Some(note) = self.take_note() else { return };
        let label = self.edition.tree.note(note).label.clone();
        match self.call_href(note, 0) {
            Some(href) => {
                self.out.push_str("<span class=\"note-label\"><a role=\"doc-backlink\"");
                xml::attribute(&mut self.out, "href", &href);
                xml::attribute(&mut self.out, "aria-label", &format!("{label}. {}", self.edition.wording.back_to_text));
                self.out.push('>');
                xml::text(&mut self.out, &label);
                self.out.push_str("</a> </span>");
            }
            None => {
                self.out.push_str("<span class=\"note-label\">");
                xml::text(&mut self.out, &label);
                self.out.push_str(" </span>");
            }
        }
    }

    fn ways_back(&mut self, note: NoteId) {
        for call in 1..self.edition.tree.note(note).calls.len() {
            let Some(href) = self.call_href(note, call) else { continue };
            self.out.push_str("<span class=\"back-link\"> <a role=\"doc-backlink\"");
            xml::attribute(&mut self.out, "href", &href);
            let name = format!("\u{21A9} {}. {}", call + 1, self.edition.wording.back_to_text);
            xml::attribute(&mut self.out, "aria-label", &name);
            self.out.push_str(&format!(">\u{21A9}\u{A0}{}</a></span>", call + 1));
        }
    }

    /// The link to a call of a note.
    fn call_href(&self, note: NoteId, call: usize) -> Option<String> {
        let tree = self.edition.tree;
        let at = *tree.note(note).calls.get(call)?;
        match tree.node(at.leaf).text()?.atom_at(at.offset)? {
            Atom::NoteCall { anchor, .. } => {
                let file = self.edition.plan.file_of(at.leaf);
                let name = if file == self.file { "" } else { &self.edition.plan.files.get(file)?.name };
                Some(format!("{name}#{anchor}"))
            }
            Atom::Picture(_) | Atom::Formula(_) | Atom::PageRef { .. } | Atom::Break => None,
        }
    }
}

/// Whether a node is written as one paragraph, whose start can hold a note's label.
fn is_paragraph(node: &Node) -> bool {
    node.text().is_some()
        && matches!(node.role, Role::Body | Role::BodyFirst | Role::Small | Role::Note | Role::Lead | Role::Centered)
}
