//! Formulas in LaTeX notation: read once, shown as MathML, as words, and as glyphs with rules.
//!
//! In:     the source between the signs that part a formula from the text.
//! Out:    [`Formula`], which stands in the tree; [`draw()`], what print shows of it.
//! Faults: [`Unread`]: what is no formula, with its place in the source.
//! Absent: where a formula stands, its number, the size of the type.
//!
//! One reading serves both editions: [`latex`] is the door to the parser, [`sense`] turns what it finds into a small tree
//! of what is meant, from which [`mathml`] and [`words`] are written. [`mod@draw`] lays the same reading out. A formula is so
//! either right in both editions or in neither.

pub mod draw;
pub mod latex;
pub mod letters;
pub mod math;
pub mod mathml;
pub mod sense;
pub mod signs;
pub mod words;

pub use draw::{Break, Drawing, Extent, Glyph, Step, draw};
pub use latex::Unread;

use crate::base::Span;
use crate::book::inline::{self, Formula as Written, Inline, Macros};

/// A formula that could be read.
#[derive(Clone, PartialEq, Debug)]
pub struct Formula {
    /// As the author wrote it, without the signs around it.
    pub source: String,
    /// The place of `source`.
    pub at: Span,
    /// Set on lines of its own, with large operators.
    pub is_display: bool,
    /// A `math` element (MathML Core), well-formed.
    pub mathml: String,
    /// The same in one line of characters that every voice and every search knows: `x² + 1`.
    pub words: String,
    /// The author's macros that it calls.
    pub macros: Macros,
    /// The number that the author gave it with `\tag`, with its brackets.
    pub tag: Option<String>,
}

/// Reads a formula as written.
pub fn read(written: &Written) -> Result<Formula, Unread> {
    let Written { source, is_display, at, macros } = written;
    let read = latex::parse(source, macros)?;
    let (nodes, tag) = latex::without_tag(&read);
    let meant = sense::row(nodes);
    let words = words::line(&meant);
    let tag = tag.map(|tag| words::line(&sense::row(tag)));
    let mathml = mathml::element(&meant, *is_display, &words);
    let (source, macros) = (source.clone(), macros.clone());
    Ok(Formula { source, at: *at, is_display: *is_display, macros, mathml, words, tag })
}

/// The words of a title, its formulas in one line of characters.
pub fn plain(inlines: &[Inline]) -> String {
    inline::plain_with(inlines, &|written| match read(written) {
        Ok(formula) => formula.words,
        Err(_) => written.source.clone(),
    })
}

#[cfg(test)]
mod tests;
