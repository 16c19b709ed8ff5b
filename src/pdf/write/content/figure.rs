//! Pictures on a sheet: figures with their boxes, or decoration.
//!
//! In:     a picture where the layout put it.
//! Out:    the operations that place it, as marked content.
//! Absent: the picture's own objects.

use super::{LinkArea, Pen, Piece, Tag, Target, milli};
use crate::asset::PictureId;
use crate::base::Length;
use crate::layout::tree::{Atom, Content, NodeId, PlacedPicture};
use crate::pdf::{Furniture, Owner, Placed, Point, Shape, bleed};
use printpdf::{Op, PaintMode, Pt, Rect, WindingOrder};

impl Pen<'_> {
    /// The picture that fills a page to its edges and over them.
    pub(super) fn bled(&mut self, item: &Placed, index: usize) {
        let Shape::Picture { picture, width, height } = item.shape else { return };
        let over = bleed::over(self.desk.form.bleed(), self.desk.page.bound, index);
        let (area, [left, bottom, right, top]) = bleed::filled(self.desk.page, over, width, height);
        let area = area.map(|edge| Pt(milli(edge) as f32 / 1000.0));
        let rectangle = Rect {
            x: area[0],
            y: area[1],
            width: Pt(area[2].0 - area[0].0),
            height: Pt(area[3].0 - area[1].0),
            mode: Some(PaintMode::Clip),
            winding_order: Some(WindingOrder::NonZero),
        };
        self.drawn.ops.extend([Op::SaveGraphicsState, Op::DrawRectangle { rectangle }]);
        let at = Point { x: left, y: self.top - top };
        self.picture(&Placed { at, ..item.clone() }, picture, right - left, top - bottom);
        self.end_text();
        self.drawn.ops.push(Op::RestoreGraphicsState);
        // Seen is the page.
        let seen = [0, 0, milli(self.desk.page.width), milli(self.desk.page.height)].map(|edge| edge as f32 / 1000.0);
        self.drawn.marked.iter_mut().for_each(|marked| marked.bounds = marked.bounds.map(|_| seen));
    }

    pub(super) fn picture(&mut self, item: &Placed, picture: PictureId, width: Length, height: Length) {
        // One that could not be read has been reported.
        let Some(prepared) = self.desk.pictures.get(&picture) else { return };
        self.end_text();
        let (x, y) = (milli(item.at.x), self.up(item.at.y + height));
        let (w, h) = (milli(width), milli(height));
        let bounds = [x, y, x + w, y + h].map(|edge| edge as f32 / 1000.0);
        let tag = match item.owner {
            Owner::Furniture(furniture) => Tag::Artifact(furniture),
            Owner::Marker(node) | Owner::Node(node) => self.figure(node, picture),
        };
        let order = match tag {
            Tag::Content(Target { piece: Piece::Figure { at: Some(at), .. }, .. }) => at,
            Tag::Content(_) | Tag::Artifact(_) => 0,
        };
        self.open(tag, order, Some(bounds));
        if let Tag::Content(Target { node, piece: Piece::Figure { mark, .. } }) = tag
            && self.tagged
            && let Some((target, goal, contents)) = self.marked_link(node, mark)
        {
            let area = [x, y, x + w, y + h];
            self.drawn.links.push(LinkArea { target, goal, contents, area, baseline: y });
        }
        self.drawn.ops.extend(prepared.place(bounds));
    }

    /// A picture that is decoration is no content.
    fn figure(&mut self, node: NodeId, picture: PictureId) -> Tag {
        let is_decorative = |placed: &PlacedPicture| placed.decorative;
        match &self.desk.tree.node(node).content {
            Content::Picture(placed) if is_decorative(placed) => Tag::Artifact(Furniture::Decoration),
            Content::Picture(_) => Tag::Content(Target { node, piece: Piece::Figure { at: None, mark: None } }),
            Content::Leaf(text) => {
                let atom = text.atoms.iter().find_map(|atom| match &atom.atom {
                    Atom::Picture(placed) if placed.picture == Some(picture) => Some((atom.at, placed)),
                    Atom::Picture(_)
                    | Atom::Formula(_)
                    | Atom::NoteCall { .. }
                    | Atom::PageRef { .. }
                    | Atom::Break => None,
                });
                match atom {
                    Some((at, placed)) if !is_decorative(placed) => {
                        let mark = self.leaf(node).innermost(at);
                        Tag::Content(Target { node, piece: Piece::Figure { at: Some(at), mark } })
                    }
                    Some(_) | None => Tag::Artifact(Furniture::Decoration),
                }
            }
            Content::Group | Content::Empty => Tag::Artifact(Furniture::Decoration),
        }
    }
}
