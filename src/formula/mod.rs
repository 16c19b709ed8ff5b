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

/// A formula that could be read.
#[derive(Clone, PartialEq, Debug)]
pub struct Formula {
    /// As the author wrote it, without the signs around it.
    pub source: String,
    /// Set on lines of its own, with large operators.
    pub is_display: bool,
    /// A `math` element (MathML Core), well-formed.
    pub mathml: String,
    /// The same in one line of characters that every voice and every search knows: `x² + 1`.
    pub words: String,
    /// The number that the author gave it with `\tag`, with its brackets.
    pub tag: Option<String>,
}

/// Reads a formula.
pub fn read(source: &str, is_display: bool) -> Result<Formula, Unread> {
    let read = latex::parse(source)?;
    let (nodes, tag) = latex::without_tag(&read);
    let meant = sense::row(nodes);
    let words = words::line(&meant);
    let tag = tag.map(|tag| words::line(&sense::row(tag)));
    let mathml = mathml::element(&meant, is_display, &words);
    Ok(Formula { source: source.to_owned(), is_display, mathml, words, tag })
}

#[cfg(test)]
mod tests;
