//! A set line: glyphs placed along one baseline. What the composer hands to the pages, and the pages to the writer.

use super::formula::SetFormula;
use crate::asset::{FaceId, PictureId};
use crate::base::Length;
use crate::layout::tree::{NodeId, NoteId};
use crate::theme::Color;
use std::ops::Range;
use std::sync::Arc;

/// One glyph of a run. Lengths are in scaled points; they fit an `i32` as no glyph is wider than 32,767 pt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Glyph {
    pub id: u16,
    /// How far the pen moves on, kerning and the space's share of the justification included, before the run's `stretch`.
    pub advance: i32,
    /// The shift of the drawn glyph from the pen, right and up.
    pub dx: i32,
    pub dy: i32,
    /// The byte in the run's source text of the first character it shows. Clusters rise in runs that go to the right,
    /// fall in runs that go to the left.
    pub cluster: u32,
}

/// Glyphs of one face, size and colour that show one piece of text with the same marks.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// From the left edge of the line to the first glyph's pen.
    pub x: Length,
    /// How far its baseline is raised above the line's.
    pub rise: Length,
    pub face: FaceId,
    pub size: Length,
    pub color: Color,
    /// Horizontal scaling of glyphs and advances, near 1.
    pub stretch: f32,
    /// In visual order, from left to right.
    pub glyphs: Vec<Glyph>,
    pub source: RunSource,
    /// Lines drawn with the run.
    pub strike: bool,
    pub underline: bool,
    /// A ground behind the run (code in a line, keys).
    pub ground: Option<Color>,
}

/// The text that a run shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RunSource {
    /// The bytes of the leaf's string; the run has all the marks that cover `range.start`, and no other.
    Leaf { leaf: NodeId, range: Range<u32> },
    /// The large capital that opens a chapter, or the quotes before it: these bytes of the leaf's string. Whoever reads the page aloud or copies it
    /// gets them with the rest of their word.
    Initial { leaf: NodeId, range: Range<u32> },
    /// Shown for an atom of the leaf: the label of a note, a page number.
    Atom { leaf: NodeId, at: u32, text: Box<str> },
    /// Made by the program: markers, heads, folios.
    Made(Box<str>),
    /// The hyphen at a line's end: it is on the page, not in the text.
    Hyphen { leaf: NodeId, at: u32 },
    /// The sign that a line of code goes on: decoration.
    WrapMark,
    /// Dots that lead the eye from an entry to its page number: decoration.
    Leader,
}

/// A picture that stands in a line.
#[derive(Clone, PartialEq, Debug)]
pub struct LinePicture {
    pub x: Length,
    pub picture: PictureId,
    pub width: Length,
    pub height: Length,
    /// How far its foot stands above the baseline.
    pub rise: Length,
    pub leaf: NodeId,
    /// The byte of its atom.
    pub at: u32,
}

/// A formula, or a piece of one, that stands in a line.
#[derive(Clone, PartialEq, Debug)]
pub struct LineFormula {
    pub x: Length,
    pub set: Arc<SetFormula>,
    pub leaf: NodeId,
    /// The byte of its atom.
    pub at: u32,
    /// Which of its pieces it is, and how many there are.
    pub part: u16,
    pub of: u16,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// In visual order.
    pub runs: Vec<Run>,
    pub pictures: Vec<LinePicture>,
    pub formulas: Vec<LineFormula>,
    /// The leaf's bytes on this line, with the space at its end.
    pub range: Range<u32>,
    /// From the left edge of the measure to the end of the last glyph; the first run's `x` holds indent and alignment.
    pub width: Length,
    /// The largest reach over and under the baseline of anything on the line.
    pub ascent: Length,
    pub depth: Length,
    /// Notes called on this line, in order.
    pub notes: Vec<NoteId>,
    /// Whether it ends in a hyphen, added or of the text, that the reader must carry to the next line.
    pub ends_in_hyphen: bool,
    /// How far its spaces are stretched (above 0) or shrunk (below 0); ±1 is all they like to give. 0 when not justified.
    pub ratio: f32,
}

impl Line {
    /// Moves all that stands on the line to the right.
    pub fn shift(&mut self, by: Length) {
        self.runs.iter_mut().for_each(|run| run.x += by);
        self.pictures.iter_mut().for_each(|picture| picture.x += by);
        self.formulas.iter_mut().for_each(|formula| formula.x += by);
        self.width += by;
    }
}
