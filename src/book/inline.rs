//! Inlines: what stands beside one another in a line.

use super::block::{Attributes, Picture};
use crate::base::Span;
use std::collections::BTreeMap;

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
    /// A short form and what it stands for, where the author says it: `<abbr title="…">`.
    Abbreviation {
        expansion: String,
        text: Inlines,
    },
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

/// Names that an author has given to pieces of LaTeX: `\\RR` and what stands for it, `\\mathbb{R}`, where `#1` is what follows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Macros(pub BTreeMap<String, String>);

impl Macros {
    /// Those that a source calls, and those that these call.
    pub fn of(&self, source: &str) -> Macros {
        let mut out = Macros::default();
        if !self.0.is_empty() {
            self.gather(source, &mut out);
        }
        out
    }

    fn gather(&self, source: &str, out: &mut Macros) {
        let mut sources = vec![source];
        while let Some(source) = sources.pop() {
            for name in names(source) {
                if let Some((name, body)) = self.0.get_key_value(name).filter(|(name, _)| !out.0.contains_key(*name)) {
                    out.0.insert(name.clone(), body.clone());
                    sources.push(body);
                }
            }
        }
    }
}

/// The names with a backslash in a source: of letters, or of one sign.
pub fn names(source: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + source.get(at..)?.find('\\')?;
        let rest = &source[start + 1..];
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '@').unwrap_or(rest.len());
        let length = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        at = start + 1 + length;
        Some(&source[start..at])
    })
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
    /// The macros that it calls.
    pub macros: Macros,
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
    plain_with(inlines, &|formula| formula.source.clone())
}

/// The same with the formulas as `said` puts them.
pub fn plain_with(inlines: &[Inline], said: &dyn Fn(&Formula) -> String) -> String {
    let mut out = String::new();
    push_plain(inlines, said, &mut out);
    out
}

fn push_plain(inlines: &[Inline], said: &dyn Fn(&Formula) -> String, out: &mut String) {
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
            | InlineKind::Abbreviation { text: inner, .. }
            | InlineKind::Link { text: inner, .. }
            | InlineKind::Span { text: inner, .. }
            | InlineKind::Index { text: inner, .. } => push_plain(inner, said, out),
            InlineKind::Picture(picture) => out.push_str(picture.alt.as_deref().unwrap_or_default()),
            InlineKind::Formula(formula) => out.push_str(&said(formula)),
            InlineKind::Break | InlineKind::SoftBreak => out.push(' '),
            InlineKind::NoteCall(_) | InlineKind::PageOf(_) => {}
        }
    }
}
