//! What was written: the manuscript's words and structure, before anything is counted, named or looked up.
//!
//! In:     nothing; `parse` fills these types.
//! Out:    [`Book`], which `layout` settles into the tree.
//! Absent: numbers, resolved links, typographic signs, widths.

pub mod block;
pub mod inline;
pub mod metadata;
pub mod packaging;

pub use block::{
    Admonition, Align, Attributes, Block, BlockKind, Cell, CodeBlock, Column, Definition, Item, NoteBody, Picture, Row,
    Table,
};
pub use inline::{Formula, Inline, InlineKind, Inlines, Macros};
pub use metadata::{Contributor, Metadata};
pub use packaging::Packaging;

use crate::base::Span;

/// A whole manuscript as written.
#[derive(Debug, Default)]
pub struct Book {
    pub metadata: Metadata,
    /// In the order of `SUMMARY.md`.
    pub entries: Vec<Entry>,
    /// In the order of the old paths.
    pub redirects: Vec<Redirect>,
}

/// A page that moved: links to the old place lead to the new one (`[output.html.redirect]` of mdBook).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redirect {
    /// From the book's root: `/old.html`, maybe with `#id`.
    pub from: String,
    /// A URL, or a path as seen from the old page, maybe with `#id`.
    pub to: String,
    pub at: Span,
}

#[derive(Debug)]
pub enum Entry {
    Part(Part),
    Chapter(Chapter),
    /// A rule between chapters in `SUMMARY.md`: shown only in the contents.
    Separator,
}

#[derive(Debug)]
pub struct Part {
    pub title: Inlines,
    pub span: Span,
}

/// Where a chapter stands in the book (*Chicago Manual of Style*, 1.4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Matter {
    /// Before the text proper: roman folios, no numbers.
    Front,
    /// The text proper.
    Main,
    /// After it: arabic folios run on, no numbers.
    Back,
}

/// A file of `SUMMARY.md`, or a draft that has no file yet.
#[derive(Debug)]
pub struct Chapter {
    /// As `SUMMARY.md` names it; it serves when the file has no heading of its own.
    pub title: Inlines,
    /// Relative to the `src` folder, with `/` between the parts: the name by which other chapters link to it.
    /// Empty for a draft.
    pub path: String,
    pub matter: Matter,
    /// 0 for a chapter, 1 for a section in a file of its own, and so on.
    pub depth: u8,
    /// Whether the place in `SUMMARY.md` gives it a number.
    pub numbered: bool,
    pub blocks: Vec<Block>,
    /// Bodies of the notes, in the order they stand in the file.
    pub notes: Vec<NoteBody>,
    /// Its place in `SUMMARY.md`.
    pub span: Span,
}

impl Chapter {
    pub fn is_draft(&self) -> bool {
        self.path.is_empty()
    }
}
