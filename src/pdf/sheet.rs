//! Laid-out pages: what stands where. Neutral of the file format; the writer only draws it.

use super::formula::SetFormula;
use super::line::Run;
use crate::asset::PictureId;
use crate::base::Length;
use crate::layout::PageMap;
use crate::layout::tree::{Anchor, NodeId, SectionId};
use crate::theme::{Color, Page};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every page of the print edition.
#[derive(Debug)]
pub struct Pages {
    pub page: Page,
    pub sheets: Vec<Sheet>,
    /// Where each anchor of the tree stands.
    pub places: BTreeMap<Anchor, Place>,
    pub map: PageMap,
}

/// One page. Index 0 is a recto.
#[derive(Debug)]
pub struct Sheet {
    /// The folio, whether shown or not: `iv`, `17`.
    pub label: String,
    /// The section whose text stands first on it; `None` for a blank.
    pub section: Option<SectionId>,
    /// Everything on it is drawn turned by a quarter to the left, in a system whose x runs up the page from its foot and
    /// whose y runs from its left edge to the right: a table too wide for the page. Such a sheet has no head and no folio.
    pub turned: bool,
    /// In reading order: text as the tree has it, notes at the foot after it; furniture anywhere.
    pub items: Vec<Placed>,
}

/// A point on a page, from the top left corner of the trim, x to the right, y down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    pub x: Length,
    pub y: Length,
}

/// A place that links, bookmarks and named destinations lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The index of the sheet.
    pub sheet: usize,
    /// The top of the line or block.
    pub at: Point,
}

/// Something drawn on a page.
#[derive(Clone, PartialEq, Debug)]
pub struct Placed {
    /// A run: where its line starts on the baseline (the run's own `x` and `rise` are added). A formula: the
    /// same. Else: the top left corner.
    pub at: Point,
    pub owner: Owner,
    pub shape: Shape,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    Run(Run),
    Picture {
        picture: PictureId,
        width: Length,
        height: Length,
    },
    /// A formula, or a piece of one; its point is where its line starts on the baseline.
    Formula {
        x: Length,
        set: Arc<SetFormula>,
        /// The byte of its atom in the leaf that owns it.
        at: u32,
        /// Which of its pieces it is, and how many there are.
        part: u16,
        of: u16,
    },
    /// A filled rectangle: a rule or a ground.
    Fill {
        width: Length,
        height: Length,
        color: Color,
    },
}

/// What a drawn thing is part of: from it the tags follow.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Owner {
    /// Content of a node of the tree.
    Node(NodeId),
    /// The shown marker of an item or the number of a note.
    Marker(NodeId),
    Furniture(Furniture),
}

/// Not part of the text: screen readers pass it over.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Furniture {
    RunningHead,
    Folio,
    /// Rules, grounds, leaders, wrap marks.
    Decoration,
    /// A table's head on every page but its first.
    RepeatedHead,
}

impl Shape {
    /// The runs of glyphs it draws.
    pub fn runs(&self) -> &[Run] {
        match self {
            Shape::Run(run) => std::slice::from_ref(run),
            Shape::Formula { set, .. } => &set.runs,
            Shape::Picture { .. } | Shape::Fill { .. } => &[],
        }
    }
}
