//! The vertical list: what stands under one another before it is cut into pages.
//!
//! In:     nothing; `column/` fills these types, `pagebreak.rs` cuts them, `draw.rs` draws them.
//! Out:    [`Column`], a list of [`Slab`]s with the notes they call, and the rule by which slabs stack ([`Stack`]).
//! Absent: page numbers, margins, the side of a page.
//!
//! # The grid
//! A page is a stack of cells, each one leading high. A line of body text fills one cell; whatever has another height
//! says by its [`Fit`] how it comes back to the grid. A slab's place is the distance from the top of the first cell.

use super::line::Line;
use super::mend::Divided;
use super::sheet::{Owner, Placed};
use crate::asset::PictureId;
use crate::base::Length;
use crate::layout::tree::{Locus, NodeId, SectionId};
use crate::theme::Color;
use std::ops::Range;

/// The penalty of a break that is never taken while another one can be.
pub const FORBIDDEN: u32 = u32::MAX;

/// The least piece of a page: a line, a row of a table, a figure. It is never broken.
#[derive(Debug)]
pub struct Slab {
    /// Space above it when something stands over it on its page, pads of grounds included.
    pub space: Length,
    /// The same where the figure before it waits for a later page.
    pub bare: Length,
    /// Space above it where it opens a page: a sink, the pad of a ground that goes on, room for a repeated head.
    pub top: Length,
    pub height: Length,
    /// Room under it where the page ends after it: the pad of a ground.
    pub tail: Length,
    /// Between it and the rules of its table, over and under it, where a page parts a row there; `top` and `tail` hold it.
    pub edge: (Length, Length),
    pub fit: Fit,
    /// How many lines the space above may grow by to fill the page.
    pub give: u8,
    /// What it costs to begin a page with it; [`FORBIDDEN`] for never.
    pub before: u32,
    /// Whether its last line ends in a hyphen.
    pub hyphen: bool,
    /// Whether it may stand at the top or the foot of its page, or wait for another one.
    pub floats: bool,
    /// What it costs if a slab that floats stands in its text; 0 where the text leads to it and does not name it.
    pub in_text: u32,
    /// Whether floats may not pass it: it opens a section.
    pub barrier: bool,
    /// The lines of [`Column::notes`] that are called for the first time on it.
    pub notes: Range<usize>,
    /// The innermost frame it stands in: an index of [`Column::frames`].
    pub frame: Option<usize>,
    /// The section it stands in.
    pub section: SectionId,
    /// The heading that it begins.
    pub heading: Option<NodeId>,
    pub drawn: Vec<Drawn>,
}

impl Slab {
    /// Whether it begins a display: what is left over to whole lines is shared between over and under it.
    pub fn is_display(&self) -> bool {
        matches!(self.fit, Fit::Whole { share, .. } if share < 1.0)
    }
}

/// How a slab comes to stand on the grid.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Fit {
    /// Where it falls.
    Free,
    /// At the top of a cell.
    Grid,
    /// So that what is `total` high from its top ends with a cell; the `share` of the room left over goes above it
    /// (1: all of it, as for headings; 0.5: half, as for displays; 0: none, as something in it takes it up).
    Whole { total: Length, share: f64 },
}

/// Something in a slab; `x` from the left edge of the text block, `y` from the top of the slab.
#[derive(Debug)]
pub enum Drawn {
    /// `y` is that of the baseline.
    Line {
        x: Length,
        y: Length,
        line: Box<Line>,
        owner: Owner,
    },
    Picture {
        x: Length,
        y: Length,
        picture: PictureId,
        width: Length,
        height: Length,
        owner: Owner,
    },
    Fill {
        x: Length,
        y: Length,
        width: Length,
        height: Length,
        color: Color,
    },
    /// A node that shows itself, but has no text of its own: its place.
    Mark {
        node: NodeId,
    },
    /// A page of its own, turned by a quarter; alone in its slab but for marks.
    Turned(Box<Turned>),
}

/// What stands on a turned page.
#[derive(Debug)]
pub struct Turned {
    /// From the corner of the text block, in the turned system of [`Sheet`](super::sheet::Sheet).
    pub items: Vec<Placed>,
    /// What can be led to on it.
    pub places: Vec<Locus>,
}

/// What is drawn round a run of slabs, anew on each page they stand on.
#[derive(Debug)]
pub struct Frame {
    pub parent: Option<usize>,
    pub x: Length,
    pub width: Length,
    /// Between its edge and the slabs in it, above and below.
    pub pad: Length,
    pub ground: Option<Color>,
    /// The thickness and colour of a rule at its start edge.
    pub edge: Option<(Length, Color)>,
    /// Whether its start edge is the right one.
    pub back: bool,
    /// Whether it grows by what is left over to whole lines, so that the white round it is always the same.
    pub takes_rest: bool,
    /// The thickness of rules along its top and its foot.
    pub rules: Option<Length>,
    /// Drawn at the top of each page but the first: the head of a table, by its slabs' drawn lines.
    pub repeat: Vec<Drawn>,
    pub repeat_height: Length,
    /// The first slab after the head: the repeated head stands only over slabs from here on.
    pub repeat_from: usize,
}

impl Frame {
    /// One of a place and a width, with nothing drawn yet.
    pub fn bare(parent: Option<usize>, x: Length, width: Length) -> Frame {
        Frame {
            parent,
            x,
            width,
            pad: Length::ZERO,
            ground: None,
            edge: None,
            back: false,
            takes_rest: false,
            rules: None,
            repeat: Vec::new(),
            repeat_height: Length::ZERO,
            repeat_from: usize::MAX,
        }
    }
}

/// One line of a note at the foot.
#[derive(Debug)]
pub struct NoteLine {
    /// Its place in its note, and how many lines the note has.
    pub index: usize,
    pub of: usize,
    pub height: Length,
    pub drawn: Vec<Drawn>,
}

/// A run of sections as one vertical list.
#[derive(Debug, Default)]
pub struct Column {
    /// Whether the book runs from the right.
    pub back: bool,
    pub slabs: Vec<Slab>,
    pub frames: Vec<Frame>,
    /// In the order of their calls.
    pub notes: Vec<NoteLine>,
    /// The slabs that float, in order.
    pub floats: Vec<usize>,
    /// Paragraphs after floating figures.
    pub indents: Vec<Indent>,
    /// Paragraphs that may have to be set anew, rising by their first slabs.
    pub divided: Vec<Divided>,
}

/// A paragraph after a figure: flush where the figure stands over it, else indented as if there were no figure. It has
/// as many lines either way, and is set indented until [`Column::settle_indents`] knows better.
#[derive(Debug)]
pub struct Indent {
    /// The slab of the figure, and that of the paragraph's first line.
    pub figure: usize,
    pub first: usize,
    /// The lines as they are not set now.
    pub other: Vec<Line>,
    pub is_flush: bool,
}

impl Column {
    /// Whether a frame has a ground that grows by what is left over to whole lines.
    pub fn takes_rest(&self, frame: Option<usize>) -> bool {
        frame.and_then(|at| self.frames.get(at)).is_some_and(|frame| frame.takes_rest)
    }

    /// Sets each paragraph after a figure as the figure's place asks. `stands_over`: whether the figure stands over the
    /// paragraph, with text over it on its page.
    pub fn settle_indents(&mut self, stands_over: impl Fn(usize) -> bool) {
        for indent in &mut self.indents {
            if stands_over(indent.figure) == indent.is_flush {
                continue;
            }
            indent.is_flush = !indent.is_flush;
            for (slab, other) in self.slabs.iter_mut().skip(indent.first).zip(&mut indent.other) {
                if let Some(Drawn::Line { line, .. }) = slab.drawn.first_mut() {
                    std::mem::swap(&mut **line, other);
                }
            }
        }
    }
}

/// Half a thousandth of a point: lengths that differ by less are one, so that rounding never costs a line.
const SLACK: i64 = 1 << 5;

/// The least multiple of `step` that is not under `at`.
pub fn grid_above(at: Length, step: Length) -> Length {
    let step = step.sp().max(1);
    if at.sp() <= SLACK { Length::ZERO } else { Length::from_sp(((at.sp() - SLACK - 1) / step + 1) * step) }
}

/// How many cells a height fills or begins.
pub fn cells(height: Length, step: Length) -> i64 {
    grid_above(height, step).sp() / step.sp().max(1)
}

/// The vertical cursor of a page that is being filled.
#[derive(Clone, Copy, Debug)]
pub struct Stack {
    leading: Length,
    /// The foot of what stands on the page.
    pub foot: Length,
    pub is_empty: bool,
    /// Whether only floats stand on the page so far.
    after_float: bool,
    /// Whether the figure that should stand last waits.
    after_gap: bool,
    /// What the slab set last has over it beyond its space, to come back to the grid.
    pub rest: Length,
    /// The same for the display that stands last.
    pub lift: Length,
    /// Whether a display stands last that begins on this page, under something else: it may be moved down to the foot.
    pub ends_in_display: bool,
    /// White put into the page that is still owed under the display that stands last.
    owed: Length,
}

impl Stack {
    pub fn new(leading: Length) -> Stack {
        Stack {
            leading,
            foot: Length::ZERO,
            is_empty: true,
            after_float: false,
            after_gap: false,
            rest: Length::ZERO,
            lift: Length::ZERO,
            ends_in_display: false,
            owed: Length::ZERO,
        }
    }

    /// Sets a slab under the others; gives the place of its top.
    pub fn push(&mut self, slab: &Slab) -> Length {
        self.push_apart(slab, Length::ZERO, Length::ZERO)
    }

    /// The same with this much more white over it and, where it begins a display, under that.
    pub fn push_apart(&mut self, slab: &Slab, over: Length, under: Length) -> Length {
        let start = if self.is_empty {
            slab.top
        } else if self.after_float {
            self.foot + self.leading + slab.top
        } else {
            self.foot + if self.after_gap { slab.bare } else { slab.space } + over
        };
        self.rest = Length::ZERO;
        let top = match slab.fit {
            Fit::Free => start,
            Fit::Grid => {
                self.lift = Length::ZERO;
                self.ends_in_display = false;
                grid_above(start + std::mem::take(&mut self.owed), self.leading)
            }
            Fit::Whole { total, share } => {
                let owed = std::mem::replace(&mut self.owed, under);
                // A display stands lower by what is owed over it; a heading and a caption by what is left over.
                let (start, white) = if slab.is_display() { (start + owed, under) } else { (start, owed) };
                let end = start + total + white;
                self.rest = (grid_above(end, self.leading) - end).scale(share);
                self.lift = self.rest;
                self.ends_in_display = !self.is_bare() && slab.heading.is_none();
                start + self.rest
            }
        };
        self.foot = top + slab.height;
        self.is_empty = false;
        self.after_float = false;
        self.after_gap = false;
        top
    }

    /// How many lines of white may be put over a slab that is pushed next: none at the top of a page, none where a figure
    /// that waits leaves less than a space.
    pub fn give(&self, slab: &Slab) -> u8 {
        let is_bare = self.after_gap && slab.bare < slab.space;
        if self.is_empty || self.after_float || is_bare { 0 } else { slab.give }
    }

    /// Whether nothing but floats stands on the page so far.
    pub fn is_bare(&self) -> bool {
        self.is_empty || self.after_float
    }

    /// Passes a figure that stands elsewhere.
    pub fn pass(&mut self) {
        self.after_gap = true;
    }

    /// Sets a float at the top of the page, under the floats that stand there.
    pub fn push_float(&mut self, slab: &Slab) -> Length {
        let top = if self.is_empty { Length::ZERO } else { grid_above(self.foot + self.leading, self.leading) };
        self.foot = top + slab.height;
        self.is_empty = false;
        self.after_float = true;
        top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_forgives_rounding_only() {
        let step = Length::pt(14.0);
        assert_eq!(grid_above(Length::ZERO, step), Length::ZERO);
        assert_eq!(grid_above(Length::from_sp(3), step), Length::ZERO);
        assert_eq!(grid_above(Length::pt(0.1), step), step);
        assert_eq!(grid_above(Length::pt(14.0), step), step);
        assert_eq!(grid_above(step + Length::from_sp(3), step), step);
        assert_eq!(cells(Length::pt(28.5), step), 3);
    }
}
