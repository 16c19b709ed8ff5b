//! Inlines: what stands beside one another in a line.

use super::block::{Attributes, Picture};
use crate::base::Span;

pub type Inlines = Vec<Inline>;

#[derive(Clone, Debug)]
pub struct Inline {
    pub kind: InlineKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum InlineKind {
    /// Text as typed: straight quotes, double hyphens, single spaces.
    Text(String),
    Emphasis(Inlines),
    Strong(Inlines),
    Strike(Inlines),
    Superscript(Inlines),
    Subscript(Inlines),
    Underline(Inlines),
    Keyboard(Inlines),
    /// Shown as typed, in the face for code.
    Code(String),
    /// A link as written. An empty `text` asks for the target's label.
    Link {
        target: String,
        title: String,
        text: Inlines,
    },
    /// A group with a class, a language or an id: `[text]{.smallcaps}`, `<span lang="az">`.
    Span {
        attributes: Attributes,
        text: Inlines,
    },
    Picture(Picture),
    Formula(Formula),
    /// The call of the note `name`.
    NoteCall(String),
    /// `{{i:term}}` (shown) or `{{hi:term}}` (not shown: `text` is empty).
    Index {
        entry: IndexEntry,
        text: Inlines,
    },
    /// `{{page:target}}`: the printed page of the target.
    PageOf(String),
    /// A line end that the author asked for.
    Break,
    /// A line end of the source: a space.
    SoftBreak,
}

/// A formula in LaTeX notation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Formula {
    /// What stands between the signs that part it from the text.
    pub source: String,
    /// Whether it is to stand on lines of its own.
    pub is_display: bool,
    /// The place of `source`.
    pub at: Span,
}

/// `main!sub|see other` of an index term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexEntry {
    pub main: String,
    pub sub: Option<String>,
    pub see: Option<String>,
}

/// The text of inlines without their marks: for outlines, file names and messages.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strike(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Underline(inner)
            | InlineKind::Keyboard(inner)
            | InlineKind::Link { text: inner, .. }
            | InlineKind::Span { text: inner, .. }
            | InlineKind::Index { text: inner, .. } => push_plain(inner, out),
            InlineKind::Picture(picture) => out.push_str(picture.alt.as_deref().unwrap_or_default()),
            InlineKind::Formula(formula) => out.push_str(&formula.source),
            InlineKind::Break | InlineKind::SoftBreak => out.push(' '),
            InlineKind::NoteCall(_) | InlineKind::PageOf(_) => {}
        }
    }
}
