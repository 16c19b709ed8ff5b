//! The page: its margins, how chapters open and begin on it, what stands beside the text.

use super::Style;
use crate::base::lang::Direction;
use crate::base::{Lang, Length};

/// A trimmed page. Lengths are of the finished leaf, without bleed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    pub width: Length,
    pub height: Length,
    pub margins: Margins,
    pub bound: Bound,
}

/// The edge at which a book is bound, seen from its front.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Bound {
    #[default]
    Left,
    /// As books are whose lines run from the right: their first page is a left-hand page.
    Right,
}

impl Bound {
    pub fn of(lang: &Lang) -> Bound {
        match lang.direction() {
            Direction::LeftToRight => Bound::Left,
            Direction::RightToLeft => Bound::Right,
        }
    }

    /// Whether the spine lies at the left edge of a page; `index` counts from 0.
    pub fn is_left(self, index: usize) -> bool {
        index.is_multiple_of(2) == (self == Bound::Left)
    }
}

impl Page {
    /// The left edge of the text block of a page; `index` counts from 0.
    pub fn left_edge(&self, index: usize) -> Length {
        if self.bound.is_left(index) { self.margins.inner } else { self.margins.outer }
    }
}

/// The white round the text block. `inner` lies at the spine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Margins {
    pub inner: Length,
    /// From the trim to the top of the first line's type area; the running head stands inside it.
    pub top: Length,
    pub outer: Length,
    /// From the last baseline's grid line to the trim; the folio stands inside it.
    pub bottom: Length,
}

/// On which page a chapter opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChapterOpening {
    /// Always a right-hand page; a blank verso stands before it where needed.
    Recto,
    /// The next page, left or right.
    Page,
}

/// How the first paragraph of a chapter begins.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChapterStart {
    Plain,
    /// Its first words in small capitals.
    SmallCaps,
    /// A capital that reaches down over so many lines, and small capitals after it.
    DropCap {
        lines: u8,
    },
}

/// What stands at the head and the foot of a page.
#[derive(Clone, PartialEq, Debug)]
pub struct PageFurniture {
    pub heads: HeadText,
    pub head_place: HeadPlace,
    pub folio_place: FolioPlace,
    /// Of the running head; its size is of the text size, its spaces and insets have no meaning.
    pub head: Style,
    pub folio: Style,
    /// The thickness of a rule under the head, in points.
    pub rule: Option<f64>,
}

/// What the running heads name: the wider unit on the verso, the narrower one on the recto.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HeadText {
    /// Chapter and section where most chapters are divided, else book and chapter.
    Auto,
    BookAndChapter,
    ChapterAndSection,
    None,
}

/// Where a running head stands on its line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HeadPlace {
    Center,
    /// Beside the folio, where that stands at the head; else at the outer edge.
    Outer,
}

/// Where the number of a page stands. A page that opens a chapter has it at the foot in any case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FolioPlace {
    HeadOuter,
    FootOuter,
    FootCenter,
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inner_margin_lies_at_the_spine() {
        let mut page = crate::theme::Theme::default().page;
        (page.margins.inner, page.margins.outer) = (Length::pt(60.0), Length::pt(50.0));
        let edges = |page: Page| [0, 1, 2].map(|index| page.left_edge(index).to_pt());
        assert_eq!(edges(page), [60.0, 50.0, 60.0]);
        page.bound = Bound::of(&Lang::parse("he").expect("a language"));
        assert_eq!(edges(page), [50.0, 60.0, 50.0]);
        assert_eq!(Bound::of(&Lang::english()), Bound::Left);
    }
}
