//! Pictures that run over the edges of their page.
//!
//! In:     a sheet, its size, what the printer cuts off.
//! Out:    the picture that fills the sheet, and the place it is drawn at.
//! Absent: the page of its own, which it has like any picture of the class `full`.
//!
//! What is printed to the edge must be printed over it, for no knife cuts on the line. A picture bleeds only where it is
//! alone on its page, so that nothing is hidden under it; else it stays the picture of a page.

use super::sheet::{Owner, Placed, Shape, Sheet};
use crate::base::Length;
use crate::layout::tree::{NodeId, Tree};
use crate::press::Bleed;
use crate::theme::{Bound, Page};

/// The class of a picture that bleeds.
pub const CLASS: &str = "bleed";

/// Left, bottom, right, top, from the lower left corner of the trimmed page.
pub type Edges = [Length; 4];

/// The picture that fills a sheet, if it bleeds.
pub fn of<'a>(tree: &Tree, sheet: &'a Sheet) -> Option<&'a Placed> {
    let mut content = sheet.items.iter().filter(|item| !matches!(item.owner, Owner::Furniture(_)));
    let (only, others) = (content.next()?, content.next());
    let (Shape::Picture { .. }, Owner::Node(node), None) = (&only.shape, only.owner, others) else { return None };
    (!sheet.turned && is_marked(tree, node)).then_some(only)
}

/// Whether a picture or the figure around it has the class.
fn is_marked(tree: &Tree, id: NodeId) -> bool {
    let has_class = |id: NodeId| tree.node(id).classes.iter().any(|class| class == CLASS);
    let around = || id.0.checked_sub(1).map(NodeId).filter(|figure| tree.node(*figure).end > id);
    has_class(id) || around().is_some_and(has_class)
}

/// Whether any page bleeds: then all are printed with it.
pub fn any(tree: &Tree, sheets: &[Sheet]) -> bool {
    sheets.iter().any(|sheet| of(tree, sheet).is_some())
}

/// How far the sheet of a page reaches over the trim on each side; `index` counts from 0.
pub fn over(bleed: Bleed, bound: Bound, index: usize) -> Edges {
    let spine = if bleed.spine { bleed.edges } else { Length::ZERO };
    let (left, right) = if bound.is_left(index) { (spine, bleed.edges) } else { (bleed.edges, spine) };
    [left, bleed.edges, right, bleed.edges]
}

/// The area that is printed, and the place of a picture of this shape that fills it.
pub fn filled(page: Page, [left, bottom, right, top]: Edges, width: Length, height: Length) -> (Edges, Edges) {
    let area = [-left, -bottom, page.width + right, page.height + top];
    let (across, up) = (area[2] - area[0], area[3] - area[1]);
    let scale = across.ratio(width).max(up.ratio(height));
    let (wide, high) = (width.scale(scale), height.scale(scale));
    let (x, y) = (area[0] + (across - wide) / 2, area[1] + (up - high) / 2);
    (area, [x, y, x + wide, y + high])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Margins;

    #[test]
    fn a_picture_reaches_over_all_edges_but_the_spine_and_keeps_its_shape() {
        let inch = Length::inch;
        let margins = Margins { inner: inch(0.5), top: inch(0.5), outer: inch(0.5), bottom: inch(0.5) };
        let page = Page { width: inch(6.0), height: inch(9.0), margins, bound: Bound::Left };
        let bleed = Bleed { edges: inch(0.125), spine: false };
        assert_eq!(over(bleed, Bound::Left, 0).map(|edge| edge.to_inch()), [0.0, 0.125, 0.125, 0.125]);
        assert_eq!(over(bleed, Bound::Left, 1).map(|edge| edge.to_inch()), [0.125, 0.125, 0.0, 0.125]);
        assert_eq!(over(bleed, Bound::Right, 0), over(bleed, Bound::Left, 1));
        let (area, place) = filled(page, over(bleed, Bound::Left, 1), inch(4.0), inch(4.0));
        assert_eq!(area.map(|edge| edge.to_inch()), [-0.125, -0.125, 6.0, 9.125]);
        assert!(place[0] <= area[0] && place[2] >= area[2] && place[1] <= area[1] && place[3] >= area[3]);
        let (wide, high) = (place[2] - place[0], place[3] - place[1]);
        assert!((wide - high).abs() < inch(0.001), "a square stays one");
    }
}
