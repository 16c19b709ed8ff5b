//! The tree that both editions share: every count, name, sign and reference is settled in it; nothing is broken or drawn.
//!
//! A reader who holds both editions would notice if they differed in anything that stands here. What depends on a width
//! or a height is absent. Page numbers depend on both, so they are typed holes ([`Atom::PageRef`]) filled from a
//! [`PageMap`](super::PageMap).
//!
//! # Invariants
//! - `NodeId` rises in reading order (preorder); the nodes under `n` are `n.0 + 1 .. node(n).end.0`.
//! - Marks of a [`Text`] are properly nested, sorted by start, the outer before the inner; ranges lie on character bounds.
//! - Each atom stands in the string as one U+FFFC, and `atoms` is sorted by place.
//! - Anchors are unique in the book.

use crate::asset::PictureId;
use crate::base::{Lang, Span};
use crate::book::{Admonition, Align, Matter, Metadata, block::PictureWidth};
use crate::formula::Formula;
use crate::theme::{Role, Token};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The character that stands for an atom in a leaf's string (Unicode 15, 23.8: object replacement).
pub const ATOM: char = '\u{FFFC}';

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub u32);

/// A place in the book: a byte of a leaf's string. For a node without text the offset is 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Locus {
    pub leaf: NodeId,
    pub offset: u32,
}

/// The name of a place: XHTML fragment and PDF named destination alike. ASCII letters, digits, `-`, `_`, `.`; starts
/// with a letter, so that it is an XML `NCName`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub Arc<str>);

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NoteId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SectionId(pub u32);

#[derive(Debug)]
pub struct Tree {
    pub metadata: Metadata,
    pub nodes: Vec<Node>,
    /// In reading order; together they hold every node.
    pub sections: Vec<Section>,
    pub notes: Vec<Note>,
    pub outline: Vec<OutlineEntry>,
    pub anchors: BTreeMap<Anchor, Locus>,
}

/// A file of the e-book, a run of pages of the print edition.
#[derive(Debug)]
pub struct Section {
    pub kind: SectionKind,
    pub matter: Matter,
    /// The nodes of this section.
    pub nodes: Range<u32>,
    /// Plain text, without its number; for heads and file names. Empty for display pages without a title.
    pub title: String,
    /// The shown number: `3`, `3.1`, `IV`; empty when there is none.
    pub label: String,
    /// The anchor of its first node: every section can be linked to.
    pub anchor: Anchor,
    /// Its depth in the book: 0 a part or an unparted chapter's rank and display pages, then the chapter's `depth`.
    pub depth: u8,
    /// The file name in the e-book, without folder and extension; unique, stable, from the title: `ch03-the-siege`.
    pub file_stem: String,
    pub at: Option<Span>,
}

/// What a section is. Front and back matter get their semantics (`epub:type`, landmark) from it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SectionKind {
    HalfTitle,
    TitlePage,
    Copyright,
    Dedication,
    Epigraph,
    Contents,
    ListOfFigures,
    ListOfTables,
    Part,
    Chapter,
    /// A part of a chapter that has a file of its own: it runs on in print.
    Subchapter,
    Foreword,
    Preface,
    Introduction,
    Acknowledgments,
    Afterword,
    Appendix,
    Glossary,
    Bibliography,
    Chronology,
    Index,
    /// Front or back matter of no special kind.
    Other,
}

#[derive(Debug)]
pub struct Node {
    pub role: Role,
    /// One past the last node under this one.
    pub end: NodeId,
    pub content: Content,
    pub detail: Detail,
    pub anchor: Option<Anchor>,
    /// Where it differs from the language around it.
    pub lang: Option<Lang>,
    /// Classes the author gave, for the author's own style sheet; no edition draws a meaning from them.
    pub classes: Vec<String>,
    pub at: Option<Span>,
}

#[derive(Debug)]
pub enum Content {
    Group,
    Leaf(Text),
    Picture(PlacedPicture),
    /// Shown, but without text: a scene break.
    Empty,
}

/// What only some roles have.
#[derive(Debug)]
pub enum Detail {
    None,
    List {
        tight: bool,
    },
    /// `marker` is what is shown before it: `•`, `3.`; `task` the state of its box; `value` its number.
    Item {
        marker: String,
        task: Option<bool>,
        value: Option<u64>,
    },
    Code {
        language: String,
    },
    /// `number` is the settled label of a numbered figure or table: `Figure 3`.
    Caption {
        number: String,
    },
    Table {
        columns: Vec<Align>,
    },
    Cell {
        align: Align,
        columns: u16,
        rows: u16,
        is_header: bool,
    },
    Admonition(Admonition),
    Note(NoteId),
    /// A paragraph that opens a chapter with a large capital: the end of it in the text, opening quotes included.
    Initial {
        end: u32,
    },
}

#[derive(Clone, PartialEq, Debug)]
pub struct PlacedPicture {
    /// `None`: the file is missing or corrupt, and a diagnostic has said so.
    pub picture: Option<PictureId>,
    /// Empty for a decorative picture, and for one whose author gave none.
    pub alt: String,
    pub decorative: bool,
    pub width: Option<PictureWidth>,
}

/// One string with properly nested marks on byte ranges, and atoms standing in it as U+FFFC.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Text {
    pub string: String,
    pub marks: Vec<MarkedRange>,
    pub atoms: Vec<AtomAt>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct MarkedRange {
    pub range: Range<u32>,
    pub mark: Mark,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Mark {
    Emphasis,
    Strong,
    Strike,
    Underline,
    SmallCaps,
    /// The first words of a chapter, which lead the eye from its title into the text.
    LeadIn,
    Sans,
    Superscript,
    Subscript,
    Keyboard,
    /// Code in a line.
    Code,
    /// A shown number: `3.1`, `Figure 3`, `Chapter 3`.
    Label,
    Lang(Lang),
    /// A short form, with what it stands for: told to whoever asks, not shown.
    Abbreviation(Arc<str>),
    /// A piece of highlighted code.
    Token(Token),
    Link(Link),
    /// A place that can be linked to; its range may be empty.
    Anchor(Anchor),
    /// A class of the author's, for the author's own style sheet.
    Class(String),
}

#[derive(Clone, PartialEq, Debug)]
pub enum Link {
    /// To a place in this book.
    Inside(Anchor),
    /// To a URL, already percent-encoded.
    Outside(String),
}

#[derive(Clone, PartialEq, Debug)]
pub struct AtomAt {
    /// The byte of its U+FFFC.
    pub at: u32,
    pub atom: Atom,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Atom {
    /// The call of a note: shows the note's label, raised. `anchor` is the way back from the note.
    NoteCall {
        note: NoteId,
        anchor: Anchor,
    },
    Picture(PlacedPicture),
    Formula(Arc<Formula>),
    /// The printed page of a place: a hole filled from the page map. Without a print edition it shows `label`.
    PageRef {
        to: Anchor,
        label: String,
    },
    /// A line end that the author asked for.
    Break,
}

#[derive(Debug)]
pub struct Note {
    /// Shown at the call and before the body: `1`. Counted anew in each section.
    pub label: String,
    /// The node with role `Note`, under the `Notes` group at the end of the section that calls it.
    pub body: NodeId,
    /// Where it is called, in reading order; at least one.
    pub calls: Vec<Locus>,
}

/// A line of the outline: nav, NCX and bookmarks show it.
#[derive(Debug)]
pub struct OutlineEntry {
    /// 0 for the outermost.
    pub depth: u8,
    /// The title's plain text without its number.
    pub title: String,
    pub label: String,
    pub anchor: Anchor,
    pub section: SectionId,
    /// The heading or title it names.
    pub node: NodeId,
}

impl Tree {
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The nodes directly under `id`, in order.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        Children { tree: self, next: id.0 + 1, end: self.node(id).end.0 }
    }

    /// The outermost nodes of a section, in order.
    pub fn roots(&self, section: &Section) -> Children<'_> {
        Children { tree: self, next: section.nodes.start, end: section.nodes.end }
    }

    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// The section that holds a node.
    pub fn section_of(&self, node: NodeId) -> SectionId {
        let after = self.sections.partition_point(|section| section.nodes.start <= node.0);
        SectionId(after.saturating_sub(1) as u32)
    }

    /// The language of a leaf's text at a byte: the innermost that is told.
    pub fn lang_at(&self, leaf: NodeId, at: u32) -> &Lang {
        let marks = self.node(leaf).text().into_iter().flat_map(|text| &text.marks);
        let marked = marks.filter(|marked| marked.range.contains(&at)).filter_map(|marked| {
            let Mark::Lang(lang) = &marked.mark else { return None };
            Some(lang)
        });
        let first = self.section(self.section_of(leaf)).nodes.start;
        let around = (first..=leaf.0).map(|id| self.node(NodeId(id))).filter(|node| node.end.0 > leaf.0);
        let told = around.filter_map(|node| node.lang.as_ref()).chain(marked);
        told.last().unwrap_or(&self.metadata.language)
    }

    pub fn note(&self, id: NoteId) -> &Note {
        &self.notes[id.0 as usize]
    }

    pub fn place_of(&self, anchor: &Anchor) -> Option<Locus> {
        self.anchors.get(anchor).copied()
    }
}

impl Node {
    pub fn text(&self) -> Option<&Text> {
        match &self.content {
            Content::Leaf(text) => Some(text),
            Content::Group | Content::Picture(_) | Content::Empty => None,
        }
    }
}

/// Sibling nodes; see [`Tree::children`].
pub struct Children<'a> {
    tree: &'a Tree,
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.next >= self.end {
            return None;
        }
        let id = NodeId(self.next);
        self.next = self.tree.node(id).end.0;
        Some(id)
    }
}

impl Text {
    pub fn plain(string: impl Into<String>) -> Text {
        Text { string: string.into(), ..Text::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// The atom that stands at a byte of the string.
    pub fn atom_at(&self, at: u32) -> Option<&Atom> {
        let found = self.atoms.binary_search_by_key(&at, |atom| atom.at).ok()?;
        Some(&self.atoms[found].atom)
    }
}
