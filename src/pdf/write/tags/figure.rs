//! Figures: one element with their caption, wherever the vocabulary lets a caption be told beside the picture's words.
//!
//! In:     nodes of figures and pictures.
//! Out:    their elements; what a picture shows, in words.
//! Absent: positions.

use super::Tags;
use crate::layout::tree::{ATOM, Content, NodeId, PlacedPicture};
use crate::pdf::write::roles::Vocabulary;
use crate::theme::Role;

impl Tags<'_> {
    /// A figure's element, and the one that takes what is in it.
    ///
    /// A caption stands in what it belongs to: a table, or in PDF 2.0 a picture (ISO 14289-2, 8.2.5.27). Readers of PDF
    /// 1.7 are told a picture by its words alone and pass over what else it holds, so there the caption stands beside it.
    pub(super) fn figure(&mut self, id: NodeId, parent: usize) -> (usize, usize) {
        let order = u64::from(id.0) + 1;
        let mut shown = self.tree.children(id).filter(|child| self.tree.node(*child).role != Role::Caption);
        let only = shown.next().filter(|_| shown.next().is_none());
        let has_caption = self.tree.children(id).any(|child| self.tree.node(child).role == Role::Caption);
        let is_new = self.vocabulary == Vocabulary::Pdf2;
        let one = match only {
            Some(child) => match (&self.tree.node(child).content, self.tree.node(child).role) {
                (Content::Picture(picture), _) if is_new && !picture.decorative => Some(("Figure", child)),
                (_, Role::Table) if has_caption && !self.has_own_caption(child) => Some(("Table", child)),
                _other => None,
            },
            None => None,
        };
        let role = match one {
            Some((role, _)) => role,
            None if is_new && has_caption && self.may_hold_aside(parent) => "Aside",
            None => "Div",
        };
        let element = self.element(role, Some(parent), order);
        if let Some((_, child)) = one {
            self.elements[element].holds = Some(child);
            if let Content::Picture(picture) = &self.tree.node(child).content {
                self.elements[element].alt = Some(self.alt(picture, Some(child)));
            }
        }
        (element, element)
    }

    fn has_own_caption(&self, table: NodeId) -> bool {
        self.tree.children(table).any(|child| self.tree.node(child).role == Role::Caption)
    }

    /// Whether an `Aside` may stand here (ISO/TS 32005, table 3); `Div`s do not count.
    pub(super) fn may_hold_aside(&self, parent: usize) -> bool {
        let mut around = Some(parent);
        while let Some(element) = around.filter(|element| self.elements[*element].role == "Div") {
            around = self.elements[element].parent;
        }
        self.vocabulary == Vocabulary::Pdf1
            || !around.is_some_and(|own| matches!(self.elements[own].role, "Aside" | "BlockQuote" | "TH" | "TD"))
    }

    /// What a figure shows, in words. A picture without words has been reported to the author; it is then told by its
    /// caption or its name, as what it is.
    pub(super) fn alt(&self, picture: &PlacedPicture, node: Option<NodeId>) -> String {
        if !picture.alt.trim().is_empty() {
            return picture.alt.clone();
        }
        let caption = node.and_then(|node| {
            let after = node.0 as usize + 1;
            let next = self.tree.nodes.get(after).filter(|next| next.role == Role::Caption)?;
            Some(next.text()?.string.replace(ATOM, " "))
        });
        caption.filter(|caption| !caption.trim().is_empty()).unwrap_or_else(|| {
            let path = picture.picture.map_or("", |id| self.pictures.get(id).path.as_str());
            format!("{}: {}", self.wording.figure, path.rsplit('/').next().unwrap_or(path))
        })
    }
}
