//! The printed cover: back, spine and front on one sheet.
//!
//! In:     the texts of the back as a tree, the theme, faces and pictures; the measures of the sheet ([`Wrap`]); what the
//!         author says of the cover.
//! Out:    [`CoverSheet`]: what stands where, in layers.
//! Faults: `cover.back`, `cover.spine`, `cover.resolution`, `glyph.missing`.
//! Absent: the file; how wide the spine is.

mod back;
mod barcode;
mod front;
mod guides;
mod spine;

use super::compose::Composer;
use super::line::Line;
use super::sheet::{Furniture, Owner, Placed, Point, Shape};
use super::style::Resolved;
use crate::asset::{Faces, Pictures};
use crate::base::{Length, Sink};
use crate::book::Metadata;
use crate::cover::{CoverOrder, Front, Palette, Panel};
use crate::layout::Tree;
use crate::press::{Area, Press, Wrap};
use crate::theme::{Color, Figures, Role, Theme};

/// What a cover is made from.
#[derive(Clone, Copy)]
pub struct CoverDesk<'a> {
    /// What the back says: a chapter on the book, and one on its author.
    pub texts: &'a Tree,
    pub has_back: bool,
    pub has_note: bool,
    pub theme: &'a Theme,
    pub faces: &'a Faces,
    pub pictures: &'a Pictures,
    pub order: &'a CoverOrder,
}

/// What it is made for.
#[derive(Clone, Debug)]
pub struct Binding {
    pub press: Press,
    pub wrap: Wrap,
    pub pages: usize,
}

/// A laid-out cover. Points lie on the sheet with its bleed, from its top left corner.
#[derive(Debug)]
pub struct CoverSheet {
    pub wrap: Wrap,
    /// White around the sheet, for the labels of a proof; zero for the press.
    pub around: Length,
    /// The lower ones first.
    pub layers: Vec<Layer>,
}

/// What is drawn in one go.
#[derive(Debug)]
pub struct Layer {
    pub turn: Turn,
    /// Nothing is drawn outside of it.
    pub clip: Option<Area>,
    pub items: Vec<Placed>,
}

/// How a layer's points lie on the sheet.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Turn {
    Upright,
    /// To the right is down, down is to the left; its origin is this point.
    Down(Point),
    /// To the right is up, down is to the right.
    Up(Point),
}

impl Layer {
    fn upright(items: Vec<Placed>) -> Layer {
        Layer { turn: Turn::Upright, clip: None, items }
    }
}

/// What every panel is set with.
struct Maker<'a> {
    desk: CoverDesk<'a>,
    binding: &'a Binding,
    composer: Composer<'a>,
    palette: Palette,
    front: Front,
}

/// Lays out a cover; with `guides` a proof of it, in which trim, folds and safe areas are drawn.
pub fn cover(desk: CoverDesk, binding: &Binding, guides: bool, sink: &mut Sink) -> CoverSheet {
    let metadata = &desk.texts.metadata;
    let wrap = &binding.wrap;
    let panel = Panel { width: wrap.trim.0.to_pt(), height: wrap.trim.1.to_pt() };
    let maker = Maker {
        desk,
        binding,
        composer: Composer::new(desk.texts, desk.theme, desk.faces, desk.pictures),
        palette: Palette::of(metadata).pressed(),
        front: Front::of(metadata, desk.theme, desk.faces, panel),
    };
    let sheet = wrap.sheet();
    let mut layers = vec![Layer::upright(vec![fill(sheet, maker.palette.ground)])];
    layers.extend(maker.front(sink));
    layers.push(maker.back(sink));
    layers.extend(maker.barcode());
    layers.extend(maker.spine(sink));
    let mut around = Length::ZERO;
    if guides {
        around = guides::AROUND;
        layers.push(maker.guides());
    }
    maker.composer.report(sink);
    CoverSheet { wrap: *wrap, around, layers }
}

impl Maker<'_> {
    fn metadata(&self) -> &Metadata {
        &self.desk.texts.metadata
    }

    /// Type of a size in the ink of the cover.
    fn style(&self, size: Length, bold: bool, italic: bool) -> Resolved {
        let body = self.composer.style(Role::Body);
        // Figures as high as capitals, as the e-book's cover has them.
        let (color, figures) = (self.palette.ink, Figures::Lining);
        Resolved { size, bold, italic, color, figures, ..body.clone() }
    }

    /// The margin of the design on a panel.
    fn margin(&self) -> Length {
        let (width, height) = self.binding.wrap.trim;
        let margin = Panel { width: width.to_pt(), height: height.to_pt() }.margin();
        Length::pt(margin).max(self.binding.wrap.safe).max(self.binding.wrap.fold)
    }
}

fn fill(area: Area, color: Color) -> Placed {
    let shape = Shape::Fill { width: area.width, height: area.height, color };
    Placed { at: Point { x: area.left, y: area.top }, owner: Owner::Furniture(Furniture::Decoration), shape }
}

fn placed(line: Line, at: Point) -> Vec<Placed> {
    let owner = Owner::Furniture(Furniture::Decoration);
    line.runs.into_iter().map(|run| Placed { at, owner, shape: Shape::Run(run) }).collect()
}

#[cfg(test)]
mod tests;
