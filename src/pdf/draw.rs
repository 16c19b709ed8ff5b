//! Column and cuts → sheets: everything at its point of the page.
//!
//! In:     a column, which is used up; its cuts; the sheet on which it begins.
//! Out:    the items of each sheet: grounds and rules first, then the text, then notes under their rule.
//! Absent: heads and folios, labels.

use super::column::grid_baseline;
use super::heads::first_baseline;
use super::line::{Line, LineFormula, RunSource};
use super::pagebreak::{Cut, Ground, Limits, set};
use super::sheet::{Furniture, Owner, Placed, Point, Shape};
use super::slab::{Column, Drawn, Frame};
use crate::base::Length;
use crate::layout::tree::{Locus, SectionId};
use crate::theme::{Color, Theme};

/// The rule over notes: its thickness in points, its share of the measure, and its place in the gap over the notes.
const NOTE_RULE: f64 = 0.5;
const NOTE_RULE_WIDTH: f64 = 0.25;
const NOTE_RULE_AT: f64 = 0.45;
/// The colour of a table's rules.
const RULE: Color = Color::BLACK;

/// A page without head and label.
pub struct Drawing {
    pub items: Vec<Placed>,
    pub section: Option<SectionId>,
    /// Whether it is turned.
    pub turned: bool,
    /// The first place of its running text.
    pub start: Option<Locus>,
}

/// The point of the top left corner of the first cell of a page; `index` counts from 0.
pub fn origin(theme: &Theme, index: usize) -> Point {
    let page = &theme.page;
    let y = first_baseline(page, theme) - grid_baseline(theme.leading, theme.text_size);
    Point { x: page.left_edge(index), y }
}

/// Draws the pages of a column; the first is the sheet `first` of the book.
pub fn draw(column: &mut Column, cuts: &[Cut], limits: Limits, theme: &Theme, first: usize) -> Vec<Drawing> {
    let origin = |at: usize| origin(theme, first + at);
    cuts.iter().enumerate().map(|(at, cut)| page(column, cut, limits, theme, origin(at))).collect()
}

/// The corner of the text block on a turned page: its foot is the start of the lines.
fn turned_origin(theme: &Theme, upright: Point, limits: Limits) -> Point {
    Point { x: theme.page.height - upright.y - limits.height(), y: upright.x }
}

/// Draws a page whose text block has its corner at `origin`.
pub fn page(column: &mut Column, cut: &Cut, limits: Limits, theme: &Theme, origin: Point) -> Drawing {
    let setting = set(column, cut, limits);
    let mut pen = Pen { origin, items: Vec::new() };
    let extents = extents(column, &setting.slabs, &setting.grounds);
    for extent in &extents {
        pen.frame(&column.frames[extent.frame], extent);
    }
    // Rules that slabs bring along lie under the text too.
    let mut drawing = Drawing { items: Vec::new(), section: None, turned: false, start: None };
    let mut texts = Vec::new();
    for (rank, (at, top)) in setting.slabs.iter().enumerate() {
        let slab = &mut column.slabs[*at];
        if drawing.section.is_none() || rank == setting.floated {
            drawing.section = Some(slab.section);
        }
        for item in std::mem::take(&mut slab.drawn) {
            if rank >= setting.floated && drawing.start.is_none() {
                drawing.start = start_of(&item);
            }
            match item {
                Drawn::Fill { .. } => pen.draw(item, *top),
                Drawn::Turned(page) => {
                    drawing.turned = true;
                    let corner = turned_origin(theme, origin, limits);
                    let place = |at: Point| Point { x: corner.x + at.x, y: corner.y + at.y };
                    pen.items.extend(page.items.into_iter().map(|item| Placed { at: place(item.at), ..item }));
                }
                Drawn::Line { .. } | Drawn::Picture { .. } | Drawn::Mark { .. } => texts.push((item, *top)),
            }
        }
    }
    for extent in extents.iter().filter(|extent| extent.repeats) {
        let frame = &column.frames[extent.frame];
        let top = extent.text_top - frame.repeat_height;
        for item in &frame.repeat {
            pen.draw_again(item, top);
        }
    }
    for (item, top) in texts {
        pen.draw(item, top);
    }
    let mut top = setting.notes;
    if !cut.notes.is_empty() {
        let y = top - limits.note_gap.scale(1.0 - NOTE_RULE_AT);
        let (width, height) = (theme.measure().scale(NOTE_RULE_WIDTH), Length::pt(NOTE_RULE));
        let x = if column.back { theme.measure() - width } else { Length::ZERO };
        pen.draw(Drawn::Fill { x, y, width, height, color: RULE }, Length::ZERO);
    }
    for line in &mut column.notes[cut.notes.clone()] {
        for item in std::mem::take(&mut line.drawn) {
            pen.draw(item, top);
        }
        top += line.height;
    }
    drawing.items = pen.items;
    drawing
}

fn start_of(item: &Drawn) -> Option<Locus> {
    match item {
        Drawn::Line { owner: Owner::Node(leaf), line, .. } => Some(Locus { leaf: *leaf, offset: line.range.start }),
        Drawn::Line { .. } | Drawn::Picture { .. } | Drawn::Fill { .. } | Drawn::Mark { .. } | Drawn::Turned(_) => None,
    }
}

/// Where a frame stands on a page.
struct Extent {
    frame: usize,
    top: Length,
    foot: Length,
    /// The top of its first slab.
    text_top: Length,
    /// The page repeats its head.
    repeats: bool,
    depth: usize,
}

/// The part of each frame that a page shows, the outer before the inner.
fn extents(column: &Column, slabs: &[(usize, Length)], grounds: &[Ground]) -> Vec<Extent> {
    let mut found: Vec<Extent> = Vec::new();
    for (at, slab_top) in slabs {
        let slab = &column.slabs[*at];
        let (mut top, mut foot) = (*slab_top, *slab_top + slab.height);
        let mut next = slab.frame;
        while let Some(index) = next {
            let Some(frame) = column.frames.get(index) else { break };
            // The lines of a row that a page parts do not touch the rules.
            if slab.frame == Some(index) {
                (top, foot) = (top - slab.edge.0, foot + slab.edge.1);
            }
            let text_top = top;
            let ground = grounds.iter().find(|ground| ground.frame == index);
            match found.iter_mut().find(|extent| extent.frame == index) {
                Some(extent) => {
                    top = ground.map_or(top - frame.pad, |ground| ground.top);
                    foot = ground.map_or(foot + frame.pad, |ground| ground.foot);
                    extent.top = extent.top.min(top);
                    extent.foot = extent.foot.max(foot);
                }
                None => {
                    let repeats = *at >= frame.repeat_from && frame.repeat_height > Length::ZERO;
                    top -= if repeats { frame.repeat_height } else { Length::ZERO };
                    top = ground.map_or(top - frame.pad, |ground| ground.top);
                    foot = ground.map_or(foot + frame.pad, |ground| ground.foot);
                    let depth = std::iter::successors(frame.parent, |&at| column.frames.get(at).and_then(|f| f.parent));
                    found.push(Extent { frame: index, top, foot, text_top, repeats, depth: depth.count() });
                }
            }
            next = frame.parent;
        }
    }
    found.sort_by_key(|extent| (extent.depth, extent.frame));
    found
}

/// Puts items on a page.
struct Pen {
    origin: Point,
    items: Vec<Placed>,
}

impl Pen {
    fn point(&self, x: Length, y: Length) -> Point {
        Point { x: self.origin.x + x, y: self.origin.y + y }
    }

    fn fill(&mut self, x: Length, y: Length, width: Length, height: Length, color: Color) {
        let at = self.point(x, y);
        let owner = Owner::Furniture(Furniture::Decoration);
        self.items.push(Placed { at, owner, shape: Shape::Fill { width, height, color } });
    }

    fn frame(&mut self, frame: &Frame, extent: &Extent) {
        let height = extent.foot - extent.top;
        if let Some(color) = frame.ground {
            self.fill(frame.x, extent.top, frame.width, height, color);
        }
        if let Some((width, color)) = frame.edge {
            let x = if frame.back { frame.x + frame.width - width } else { frame.x };
            self.fill(x, extent.top, width, height, color);
        }
        if let Some(thickness) = frame.rules {
            self.fill(frame.x, extent.top, frame.width, thickness, RULE);
            self.fill(frame.x, extent.foot - thickness, frame.width, thickness, RULE);
        }
    }

    fn draw(&mut self, item: Drawn, top: Length) {
        match item {
            Drawn::Line { x, y, line, owner } => self.line(*line, self.point(x, top + y), owner),
            Drawn::Picture { x, y, picture, width, height, owner } => {
                let at = self.point(x, top + y);
                self.items.push(Placed { at, owner, shape: Shape::Picture { picture, width, height } });
            }
            Drawn::Fill { x, y, width, height, color } => self.fill(x, top + y, width, height, color),
            Drawn::Mark { .. } | Drawn::Turned(_) => {}
        }
    }

    fn draw_again(&mut self, item: &Drawn, top: Length) {
        match item {
            Drawn::Line { x, y, line, owner } => self.line((**line).clone(), self.point(*x, top + *y), *owner),
            Drawn::Fill { x, y, width, height, color } => self.fill(*x, top + *y, *width, *height, *color),
            Drawn::Picture { .. } | Drawn::Mark { .. } | Drawn::Turned(_) => {}
        }
    }

    fn line(&mut self, line: Line, at: Point, owner: Owner) {
        for picture in line.pictures {
            let corner = Point { x: at.x + picture.x, y: at.y - picture.rise - picture.height };
            let shape = Shape::Picture { picture: picture.picture, width: picture.width, height: picture.height };
            self.items.push(Placed { at: corner, owner, shape });
        }
        let formula = |formula: LineFormula| {
            let LineFormula { x, set, at: byte, part, of, .. } = formula;
            Placed { at, owner, shape: Shape::Formula { x, set, at: byte, part, of } }
        };
        // As they stand beside one another, so that whoever reads the page in the order of drawing reads it rightly.
        let mut formulas = line.formulas.into_iter().peekable();
        for run in line.runs {
            while let Some(before) = formulas.next_if(|formula| formula.x < run.x) {
                self.items.push(formula(before));
            }
            let owner = match run.source {
                RunSource::WrapMark | RunSource::Leader => Owner::Furniture(Furniture::Decoration),
                RunSource::Leaf { .. }
                | RunSource::Initial { .. }
                | RunSource::Atom { .. }
                | RunSource::Made(_)
                | RunSource::Hyphen { .. } => owner,
            };
            self.items.push(Placed { at, owner, shape: Shape::Run(run) });
        }
        self.items.extend(formulas.map(formula));
    }
}
