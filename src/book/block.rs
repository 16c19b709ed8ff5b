//! Blocks: what stands under one another.

use super::inline::{Formula, Inlines};
use crate::asset::PictureId;
use crate::base::{Lang, Span};

#[derive(Clone, Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub attributes: Attributes,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum BlockKind {
    /// Level 1 to 6 as written in the file.
    Heading {
        level: u8,
        text: Inlines,
    },
    Paragraph(Inlines),
    Quote(Vec<Block>),
    /// Lines as the author broke them.
    Verse(Inlines),
    Admonition {
        kind: Admonition,
        title: Option<Inlines>,
        body: Vec<Block>,
    },
    /// `start` is the first number of an ordered list. `tight`: no space between the items.
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Definitions(Vec<Definition>),
    Code(CodeBlock),
    Table(Table),
    /// A picture, or anything else that has a caption, as one unit. Without a caption it is not numbered.
    Figure {
        body: Vec<Block>,
        caption: Option<Inlines>,
    },
    Picture(Picture),
    /// A formula on lines of its own; one with an id is numbered.
    Formula(Formula),
    /// A break between scenes.
    Rule,
    /// A group by class: `epigraph`, `dedication`, `center`, `right`, `small`, `bibliography`; an unknown class is shown plainly.
    Group(Vec<Block>),
    /// What opens on a screen; in a book it stands open.
    Details {
        summary: Inlines,
        body: Vec<Block>,
    },
}

/// What stood in `{#id .class key=value}`, or in the attributes of raw HTML.
#[derive(Clone, Default, Debug)]
pub struct Attributes {
    pub id: Option<String>,
    pub classes: Vec<String>,
    pub pairs: Vec<(String, String)>,
    pub lang: Option<Lang>,
}

impl Attributes {
    /// Nothing is said.
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.pairs.is_empty() && self.lang.is_none()
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.classes.iter().any(|c| c == class)
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }
}

/// The five alerts of GitHub's Markdown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Admonition {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

#[derive(Clone, Debug)]
pub struct Item {
    /// The box of a task list, checked or not.
    pub task: Option<bool>,
    pub body: Vec<Block>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Definition {
    pub term: Inlines,
    pub attributes: Attributes,
    pub bodies: Vec<Vec<Block>>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct CodeBlock {
    /// The language named first in the info string, in small letters; empty when none is named.
    pub language: String,
    /// Hidden lines are gone; no line end at the end.
    pub text: String,
    /// A file name or a title shown with the block.
    pub title: Option<Inlines>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Align {
    #[default]
    Start,
    Center,
    End,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub caption: Option<Inlines>,
    pub columns: Vec<Column>,
    /// Rows of the head, repeated on every page.
    pub head: Vec<Row>,
    pub body: Vec<Row>,
}

#[derive(Clone, Copy, Default, Debug)]
pub struct Column {
    /// `None` where the author did not say: numbers are then set to the end.
    pub align: Option<Align>,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub text: Inlines,
    /// Columns and rows it covers; at least 1 each.
    pub columns: u16,
    pub rows: u16,
    /// A head of its row or column.
    pub is_header: bool,
    pub span: Span,
}

/// A picture where it is shown. The file behind it is an [`asset::Picture`](crate::asset::Picture).
#[derive(Clone, Debug)]
pub struct Picture {
    /// `None` when the file is missing or corrupt: a diagnostic has said so.
    pub id: Option<PictureId>,
    /// `None`: no alt text was given. `Some("")` with `decorative`: none is wanted.
    pub alt: Option<String>,
    pub decorative: bool,
    pub width: Option<PictureWidth>,
    pub span: Span,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum PictureWidth {
    /// A part of the measure, above 0 and at most 1.
    OfMeasure(f64),
    Length(crate::base::Length),
}

/// The body of a note: `[^name]: …`.
#[derive(Clone, Debug)]
pub struct NoteBody {
    pub name: String,
    pub blocks: Vec<Block>,
    pub span: Span,
}
