//! One sheet → the operations that draw it, and what its parts belong to.
//!
//! In:     a [`Sheet`], the fonts, the pictures that could be read.
//! Out:    [`Drawn`]: operations, the owners of its marked content by MCID, the rectangles of its links.
//! Absent: objects of the file, and every other sheet.

mod figure;
mod formula;
mod link;
mod order;
mod rule;

use super::fonts::{Font, Fonts};
use super::form::Form;
use super::glyphs::{leaf_string, source};
use super::ink::Inks;
use super::leaf::{Goal, Leaf};
use super::picture::Prepared;
use super::roles::Vocabulary;
use super::show::{Told, show};
use super::verbatim::{append, thousandths};
use crate::asset::PictureId;
use crate::base::Length;
use crate::layout::tree::{Anchor, Content, NodeId, Tree};
use crate::pdf::{Furniture, Owner, Place, Placed, Point, Run, RunSource, Shape, Sheet, bleed};
use crate::theme::{Color, Page, Wording};
use printpdf::{CurTransMat, Op, Pt};
use std::collections::BTreeMap;

/// What pages are drawn with.
pub struct Desk<'a> {
    pub form: Form<'a>,
    pub inks: &'a Inks,
    pub page: Page,
    pub tree: &'a Tree,
    pub places: &'a BTreeMap<Anchor, Place>,
    pub fonts: &'a Fonts,
    pub pictures: &'a BTreeMap<PictureId, Prepared>,
    pub wording: &'static Wording,
}

/// What a piece of marked content belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Target {
    pub node: NodeId,
    pub piece: Piece,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Piece {
    /// Text under the innermost of a leaf's structural marks.
    Text(Option<u32>),
    /// What is shown for the atom at a byte, with the mark it stands under.
    Atom { at: u32, mark: Option<u32> },
    /// A picture: a node of its own, or the atom at a byte.
    Figure { at: Option<u32>, mark: Option<u32> },
    /// The formula at a byte.
    Formula { at: u32, mark: Option<u32> },
    /// An item's marker or a note's number.
    Marker,
}

/// A piece of marked content; its MCID is its place in the list.
pub struct Marked {
    pub target: Target,
    /// The first byte of the leaf it shows: pieces of a leaf are read in this order.
    pub order: u32,
    /// For pictures and formulas: left, bottom, right, top in points.
    pub bounds: Option<[f32; 4]>,
}

/// A rectangle that can be clicked.
pub struct LinkArea {
    /// Which link it is part of: its target, without the marks inside the link.
    pub target: Target,
    pub goal: Goal,
    /// What a screen reader says of it.
    pub contents: String,
    /// Left, bottom, right, top, in thousandths of a point.
    pub area: [i64; 4],
    baseline: i64,
}

/// A drawn sheet.
#[derive(Default)]
pub struct Drawn {
    pub ops: Vec<Op>,
    pub marked: Vec<Marked>,
    pub links: Vec<LinkArea>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Content(Target),
    Artifact(Furniture),
}

/// Draws a sheet; `index` counts from 0.
pub fn draw(desk: &Desk, sheet: &Sheet, index: usize) -> Drawn {
    let mut pen = Pen {
        desk,
        drawn: Drawn::default(),
        tagged: desk.form.is_for_readers(),
        leaf: None,
        open: None,
        in_text: false,
        line: (0, 0),
        has_shown: false,
        font: None,
        color: None,
        stretch: 1.0,
        lines: Vec::new(),
        top: if sheet.turned { desk.page.width } else { desk.page.height },
    };
    if let Some(picture) = bleed::of(desk.tree, sheet) {
        pen.bled(picture, index);
        return pen.drawn;
    }
    if sheet.turned {
        // A quarter to the left: what ran to the right runs up, and what ran up runs to the left.
        let matrix = CurTransMat::Raw([0.0, 1.0, -1.0, 0.0, points(milli(desk.page.width)).0, 0.0]);
        pen.drawn.ops.extend([Op::SaveGraphicsState, Op::SetTransformationMatrix { matrix }]);
    }
    let items = &sheet.items;
    let mut next = 0;
    while let Some(item) = items.get(next) {
        match &item.shape {
            Shape::Run(_) => {
                let after = items[next..].iter().take_while(|item| matches!(item.shape, Shape::Run(_))).count() + next;
                match order::of_reading(&items[next..after]) {
                    Some(runs) => pen.runs(&runs),
                    None => pen.runs(&items[next..after]),
                }
                next = after;
                continue;
            }
            Shape::Picture { picture, width, height } => pen.picture(item, *picture, *width, *height),
            Shape::Formula { at, .. } => {
                // Its pieces on one line are told as one.
                let is_more = |more: &&Placed| {
                    matches!(&more.shape, Shape::Formula { at: other, .. } if other == at)
                        && (more.owner, more.at) == (item.owner, item.at)
                };
                let count = items[next..].iter().take_while(is_more).count().max(1);
                pen.formula(&items[next..next + count], *at);
                next += count;
                continue;
            }
            Shape::Fill { width, height, color } => {
                let furniture = match item.owner {
                    Owner::Furniture(furniture) => furniture,
                    Owner::Node(_) | Owner::Marker(_) => Furniture::Decoration,
                };
                pen.fill(item.at, *width, *height, *color, furniture);
            }
        }
        next += 1;
    }
    pen.end_text();
    if sheet.turned {
        pen.drawn.ops.push(Op::RestoreGraphicsState);
        pen.drawn.turn(milli(desk.page.width));
    }
    pen.drawn
}

impl Drawn {
    /// Brings the places of links and pictures from the turned system back to that of the page.
    fn turn(&mut self, width: i64) {
        for link in &mut self.links {
            let [left, bottom, right, top] = link.area;
            link.area = [width - top, left, width - bottom, right];
        }
        let width = width as f32 / 1000.0;
        for bounds in self.marked.iter_mut().filter_map(|marked| marked.bounds.as_mut()) {
            let [left, bottom, right, top] = *bounds;
            *bounds = [width - top, left, width - bottom, right];
        }
    }
}

struct Pen<'a> {
    desk: &'a Desk<'a>,
    drawn: Drawn,
    /// Whether tags and links are wanted.
    tagged: bool,
    /// The leaf of the last run: the next one is mostly of the same.
    leaf: Option<Leaf<'a>>,
    open: Option<Tag>,
    in_text: bool,
    /// Where the last `Td` led, in thousandths of a point.
    line: (i64, i64),
    /// Whether glyphs have been shown in this piece of text.
    has_shown: bool,
    font: Option<(usize, i64)>,
    /// With whether it is that of letters, which a press sets apart.
    color: Option<(Color, bool)>,
    stretch: f32,
    /// The height of the page as it is drawn: its width on one that is turned.
    top: Length,
    /// Rules to draw through and under text, once it ends.
    lines: Vec<(Point, Length, Length, Color)>,
}

impl<'a> Pen<'a> {
    fn runs(&mut self, items: &[Placed]) {
        for item in items {
            if let Shape::Run(run) = &item.shape
                && let Some(color) = run.ground
            {
                // As high as letters with their reach below the line, and a little wider than they are.
                let (up, down, aside) = (run.size.scale(0.82), run.size.scale(0.24), run.size.scale(0.08));
                let at = Point { x: item.at.x + run.x - aside, y: item.at.y - run.rise - up };
                self.fill(at, run_width(run) + aside * 2, up + down, color, Furniture::Decoration);
            }
        }
        for (index, item) in items.iter().enumerate() {
            if let Shape::Run(run) = &item.shape {
                self.run(item, run, self.initial(&items[..index], run), items.get(index + 1));
            }
        }
        if !self.lines.is_empty() {
            self.end_text();
            for (at, width, height, color) in std::mem::take(&mut self.lines) {
                self.fill(at, width, height, color, Furniture::Decoration);
            }
        }
    }

    fn run(&mut self, item: &Placed, run: &Run, initial: &str, next: Option<&Placed>) {
        if run.glyphs.is_empty() {
            return;
        }
        let Some((index, font)) = self.desk.fonts.of(run.face) else { return };
        let (tag, order) = self.tag_of(item.owner, run);
        if !self.in_text {
            self.close();
            self.drawn.ops.push(Op::StartTextSection);
            self.in_text = true;
            self.line = (0, 0);
            self.has_shown = false;
        }
        self.open(tag, order, None);
        self.set_color(run.color, true);
        let size = self.set_font(index, font, run.size);
        self.set_stretch(run.stretch);
        let at = Point { x: item.at.x + run.x, y: item.at.y - run.rise };
        let (x, y) = self.move_to(at);
        let space = self.tagged && self.swallows_space(run, next);
        let told = Told { initial, space, apart: self.tagged };
        show(run, source(run, self.desk.tree), font, told, &mut self.drawn.ops);

        let width = run_width(run);
        if run.underline || run.strike {
            let thick = run.size.scale(0.05);
            if run.underline {
                self.lines.push((Point { x: at.x, y: at.y + run.size.scale(0.12) }, width, thick, run.color));
            }
            if run.strike {
                self.lines.push((Point { x: at.x, y: at.y - run.size.scale(0.28) }, width, thick, run.color));
            }
        }
        if let Tag::Content(target) = tag
            && self.tagged
        {
            self.link(target, run, font, [x, y, milli(width), size]);
        }
    }

    /// Hands back the size in thousandths of a point.
    fn set_font(&mut self, index: usize, font: &Font, size: Length) -> i64 {
        let size = milli(size);
        if self.font != Some((index, size)) {
            self.font = Some((index, size));
            append(&mut self.drawn.ops, |out| {
                out.push('/');
                out.push_str(&font.resource);
                out.push(' ');
                thousandths(out, size);
                out.push_str(" Tf");
            });
        }
        size
    }

    fn set_stretch(&mut self, stretch: f32) {
        if self.stretch != stretch {
            self.stretch = stretch;
            // In hundredths; three decimals are finer than any eye.
            append(&mut self.drawn.ops, |out| {
                thousandths(out, (stretch * 100_000.0).round() as i64);
                out.push_str(" Tz");
            });
        }
    }

    /// Moves the pen in text, and hands back where it stands, in thousandths of a point.
    fn move_to(&mut self, at: Point) -> (i64, i64) {
        let (x, y) = (milli(at.x), self.up(at.y));
        // What has been shown has moved the pen, even where the next run stands at the same point: a space without a width.
        if std::mem::replace(&mut self.has_shown, true) || (x, y) != self.line {
            append(&mut self.drawn.ops, |out| {
                thousandths(out, x - self.line.0);
                out.push(' ');
                thousandths(out, y - self.line.1);
                out.push_str(" Td");
            });
            self.line = (x, y);
        }
        (x, y)
    }

    /// The text of the large capital, and of the quotes before it, whose word this run goes on with.
    fn initial(&self, before: &[Placed], run: &Run) -> &'a str {
        let RunSource::Leaf { leaf, range } = &run.source else { return "" };
        let mut start = range.start;
        for item in before.iter().rev() {
            match &item.shape {
                Shape::Run(Run { source: RunSource::Initial { leaf: of, range }, .. })
                    if of == leaf && range.end == start =>
                {
                    start = range.start;
                }
                Shape::Run(_) | Shape::Picture { .. } | Shape::Formula { .. } | Shape::Fill { .. } => break,
            }
        }
        leaf_string(self.desk.tree, *leaf).get(start as usize..range.start as usize).unwrap_or("")
    }

    fn tag_of(&mut self, owner: Owner, run: &Run) -> (Tag, u32) {
        let node = match owner {
            Owner::Furniture(furniture) => return (Tag::Artifact(furniture), 0),
            Owner::Marker(node) => return (Tag::Content(Target { node, piece: Piece::Marker }), 0),
            Owner::Node(node) => node,
        };
        match &run.source {
            RunSource::WrapMark | RunSource::Leader => (Tag::Artifact(Furniture::Decoration), 0),
            RunSource::Leaf { leaf, range } | RunSource::Initial { leaf, range } => {
                let mark = self.leaf(*leaf).innermost(range.start);
                (Tag::Content(Target { node: *leaf, piece: Piece::Text(mark) }), range.start)
            }
            RunSource::Hyphen { leaf, at } => {
                // It belongs to the word before it.
                let mark = self.leaf(*leaf).innermost(at.saturating_sub(1));
                (Tag::Content(Target { node: *leaf, piece: Piece::Text(mark) }), *at)
            }
            RunSource::Atom { leaf, at, .. } => {
                let mark = self.leaf(*leaf).innermost(*at);
                (Tag::Content(Target { node: *leaf, piece: Piece::Atom { at: *at, mark } }), *at)
            }
            RunSource::Made(_) => match self.desk.tree.node(node).content {
                Content::Empty => (Tag::Artifact(Furniture::Decoration), 0),
                Content::Group | Content::Leaf(_) | Content::Picture(_) => {
                    (Tag::Content(Target { node, piece: Piece::Text(None) }), 0)
                }
            },
        }
    }

    fn leaf(&mut self, id: NodeId) -> &Leaf<'a> {
        if self.leaf.as_ref().is_none_or(|leaf| leaf.id != id) {
            self.leaf = None;
        }
        let desk = self.desk;
        self.leaf.get_or_insert_with(|| Leaf::of(desk.tree, id, desk.places, desk.form.vocabulary()))
    }

    fn fill(&mut self, at: Point, width: Length, height: Length, color: Color, furniture: Furniture) {
        self.end_text_unless(Tag::Artifact(furniture));
        self.open(Tag::Artifact(furniture), 0, None);
        self.rectangle(at, width, height, color);
    }

    fn set_color(&mut self, color: Color, is_text: bool) {
        if self.color == Some((color, is_text)) {
            return;
        }
        let inks = self.desk.inks;
        let same = inks.is_screen() && self.color.is_some_and(|(last, _)| last == color);
        self.color = Some((color, is_text));
        if !same {
            let col = if is_text { inks.text(color) } else { inks.ground(color) };
            self.drawn.ops.push(Op::SetFillColor { col });
        }
    }

    fn open(&mut self, tag: Tag, order: u32, bounds: Option<[f32; 4]>) {
        if !self.tagged || (self.open == Some(tag) && bounds.is_none()) {
            return;
        }
        self.close();
        self.open = Some(tag);
        let operator = match tag {
            Tag::Content(target) => {
                let mcid = self.drawn.marked.len();
                self.drawn.marked.push(Marked { target, order, bounds });
                let name = match target.piece {
                    Piece::Formula { .. } => "Formula",
                    _ if bounds.is_some() => "Figure",
                    _ => "P",
                };
                format!("/{name} <</MCID {mcid}>> BDC")
            }
            Tag::Artifact(furniture) => {
                let is_new = self.desk.form.vocabulary() == Vocabulary::Pdf2;
                let (kind, more) = match furniture {
                    Furniture::RunningHead => ("Pagination", Some("Header")),
                    // PDF 1.7 has no word for it (ISO 32000-2, table 363).
                    Furniture::Folio => ("Pagination", is_new.then_some("PageNum")),
                    Furniture::RepeatedHead => ("Pagination", None),
                    Furniture::Decoration => ("Layout", None),
                };
                let more = more.map_or(String::new(), |more| format!("/Subtype/{more}"));
                format!("/Artifact <</Type/{kind}{more}>> BDC")
            }
        };
        append(&mut self.drawn.ops, |out| out.push_str(&operator));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            append(&mut self.drawn.ops, |out| out.push_str("EMC"));
        }
    }

    /// Marked content and text must nest, so both end together.
    fn end_text(&mut self) {
        self.close();
        if self.in_text {
            self.drawn.ops.push(Op::EndTextSection);
            self.in_text = false;
        }
    }

    fn end_text_unless(&mut self, tag: Tag) {
        if self.in_text || self.open != Some(tag) {
            self.end_text();
        }
    }

    /// From the top of the page down, to PDF's from its foot up, in thousandths of a point.
    fn up(&self, y: Length) -> i64 {
        milli(self.top - y)
    }
}

fn run_width(run: &Run) -> Length {
    let advance: i64 = run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
    Length::from_sp(advance).scale(f64::from(run.stretch))
}

/// Thousandths of a point, the finest that is written.
pub fn milli(length: Length) -> i64 {
    (length.to_pt() * 1000.0).round() as i64
}

fn points(milli: i64) -> Pt {
    Pt(milli as f32 / 1000.0)
}
