//! Laid-out pages → lines of text with their places, gaps and edges: what every rule is counted on.
//!
//! In:     [`Pages`] and their tree.
//! Out:    [`Proof`]: the [`Row`]s of every sheet in reading order, the calls of notes, the breaks between scenes.
//! Absent: what is a flaw; how the lines came to be.

use super::stand::{Standing, standings};
use crate::asset::{Faces, Pictures};
use crate::base::Length;
use crate::layout::Tree;
use crate::layout::tree::{ATOM, Atom, NodeId, NoteId};
use crate::pdf::formula::SetFormula;
use crate::pdf::{Furniture, Owner, Pages, Placed, Point, Run, RunSource, Shape};
use crate::theme::Theme;
use rayon::prelude::*;
use std::ops::Range;

/// White that is no word space but the set of two letters, of the type size.
const LEAST_GAP: f64 = 0.10;

/// One line of one leaf.
#[derive(Clone, Debug)]
pub struct Row {
    /// The index of its sheet.
    pub sheet: usize,
    pub leaf: NodeId,
    pub baseline: Length,
    /// The edges of its ink, from the left edge of the trim.
    pub left: Length,
    pub right: Length,
    /// The size in which most of its glyphs are set.
    pub size: Length,
    /// The white between its words, from edge to edge, from left to right.
    pub gaps: Vec<Range<Length>>,
    /// The leaf's bytes that it shows.
    pub bytes: Range<u32>,
    /// Where a hyphen was added at its end.
    pub hyphen: Option<u32>,
    /// The last character that leaves ink; a space for none.
    pub last: char,
    /// The horizontal scaling of its glyphs that is farthest from 1.
    pub stretch: f32,
}

/// The pages as lines, with all that tells what the lines are.
pub struct Proof<'a> {
    pub tree: &'a Tree,
    pub theme: &'a Theme,
    pub faces: &'a Faces,
    pub pictures: &'a Pictures,
    pub pages: &'a Pages,
    /// One for each node of the tree.
    pub standings: Vec<Standing>,
    pub rows: Vec<Row>,
    /// The rows of each sheet.
    pub sheets: Vec<Range<usize>>,
    /// The rows of each node, the first and the last; other leaves' rows may stand between.
    spans: Vec<Option<(usize, usize)>>,
    /// Each call of a note, with its sheet.
    pub calls: Vec<(NoteId, usize)>,
    /// For each break between scenes that is drawn, the leaf that stands before it.
    pub breaks: Vec<Option<NodeId>>,
}

/// What one sheet holds.
#[derive(Default)]
struct Page {
    rows: Vec<Row>,
    calls: Vec<NoteId>,
    /// For each break drawn, how many rows stand before it.
    breaks: Vec<usize>,
}

impl<'a> Proof<'a> {
    pub fn new(
        tree: &'a Tree,
        theme: &'a Theme,
        faces: &'a Faces,
        pictures: &'a Pictures,
        pages: &'a Pages,
    ) -> Proof<'a> {
        let standings = standings(tree, theme);
        let read: Vec<Page> = pages
            .sheets
            .par_iter()
            .enumerate()
            .map(|(at, sheet)| {
                // The lines of a turned table keep no grid of the page.
                let items: &[Placed] = if sheet.turned { &[] } else { &sheet.items };
                page(tree, at, items)
            })
            .collect();
        let mut proof = Proof {
            tree,
            theme,
            faces,
            pictures,
            pages,
            standings,
            rows: Vec::new(),
            sheets: Vec::with_capacity(read.len()),
            spans: vec![None; tree.nodes.len()],
            calls: Vec::new(),
            breaks: Vec::new(),
        };
        for (sheet, page) in read.into_iter().enumerate() {
            proof.calls.extend(page.calls.into_iter().map(|note| (note, sheet)));
            let first = proof.rows.len();
            proof.rows.extend(page.rows);
            for before in page.breaks {
                let flow = proof.rows[..first + before].iter().rev();
                let mut flow = flow.filter(|row| proof.standings[row.leaf.0 as usize].stand.is_flow());
                let leaf = flow.next().map(|row| row.leaf);
                proof.breaks.push(leaf);
            }
            for at in first..proof.rows.len() {
                let span = &mut proof.spans[proof.rows[at].leaf.0 as usize];
                *span = Some(span.map_or((at, at), |(first, _)| (first, at)));
            }
            proof.sheets.push(first..proof.rows.len());
        }
        proof
    }

    pub fn standing(&self, row: &Row) -> Standing {
        self.standings[row.leaf.0 as usize]
    }

    /// The first and the last row of a node.
    pub fn span(&self, node: NodeId) -> Option<(usize, usize)> {
        self.spans.get(node.0 as usize).copied().flatten()
    }

    pub fn opens_leaf(&self, at: usize) -> bool {
        self.span(self.rows[at].leaf).is_some_and(|(first, _)| first == at)
    }

    pub fn ends_leaf(&self, at: usize) -> bool {
        self.span(self.rows[at].leaf).is_some_and(|(_, last)| last == at)
    }

    /// The row before in the same leaf.
    pub fn before(&self, at: usize) -> Option<&Row> {
        let leaf = self.rows[at].leaf;
        let (first, _) = self.span(leaf)?;
        self.rows[first..at].iter().rev().find(|row| row.leaf == leaf)
    }

    /// The row after in the same leaf.
    pub fn after(&self, at: usize) -> Option<&Row> {
        let leaf = self.rows[at].leaf;
        let (_, last) = self.span(leaf)?;
        self.rows.get(at + 1..=last)?.iter().find(|row| row.leaf == leaf)
    }

    /// The rows of a leaf, in order.
    pub fn rows_of(&self, leaf: NodeId) -> impl Iterator<Item = &Row> {
        let span = self.span(leaf).map_or(0..0, |(first, last)| first..last + 1);
        self.rows[span].iter().filter(move |row| row.leaf == leaf)
    }

    /// The leaf's text on a row; atoms are left out.
    pub fn text(&self, row: &Row) -> &'a str {
        let string = self.tree.node(row.leaf).text().map_or("", |text| text.string.as_str());
        string.get(row.bytes.start as usize..row.bytes.end as usize).unwrap_or_default()
    }

    /// Whether the author ended the row: a break stands before the next one begins.
    pub fn is_broken_by_hand(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let Some(next) = self.after(at) else { return false };
        let Some(text) = self.tree.node(row.leaf).text() else { return false };
        let between = row.bytes.end.saturating_sub(1)..=next.bytes.start;
        text.atoms.iter().any(|atom| matches!(atom.atom, Atom::Break) && between.contains(&atom.at))
    }

    /// The edges of the text block on a sheet.
    pub fn block(&self, sheet: usize) -> (Length, Length) {
        let left = self.pages.page.left_edge(sheet);
        (left, left + self.theme.measure())
    }
}

fn page(tree: &Tree, sheet: usize, items: &[Placed]) -> Page {
    let mut page = Page::default();
    let mut line: Option<(Point, Ink)> = None;
    for item in items {
        if let (Shape::Formula { x, set, .. }, Owner::Node(leaf)) = (&item.shape, item.owner) {
            let open = line.take_if(|(at, ink)| *at != item.at || ink.row.leaf != leaf);
            page.rows.extend(open.and_then(|(_, ink)| ink.finish()));
            let (_, ink) = line.get_or_insert_with(|| (item.at, Ink::new(sheet, leaf, item.at)));
            ink.formula(item.at.x + *x, set);
        }
        let Shape::Run(run) = &item.shape else { continue };
        match item.owner {
            Owner::Node(leaf) => {
                let open = line.take_if(|(at, ink)| *at != item.at || ink.row.leaf != leaf);
                page.rows.extend(open.and_then(|(_, ink)| ink.finish()));
                let (_, ink) = line.get_or_insert_with(|| (item.at, Ink::new(sheet, leaf, item.at)));
                ink.run(tree, run);
                page.calls.extend(called(tree, run));
            }
            Owner::Furniture(Furniture::Decoration) => {
                if let RunSource::Made(_) = run.source {
                    let open = line.take().and_then(|(_, ink)| ink.finish());
                    page.rows.extend(open);
                    page.breaks.push(page.rows.len());
                }
            }
            Owner::Marker(_)
            | Owner::Furniture(Furniture::RunningHead | Furniture::Folio | Furniture::RepeatedHead) => {}
        }
    }
    page.rows.extend(line.and_then(|(_, ink)| ink.finish()));
    page
}

fn called(tree: &Tree, run: &Run) -> Option<NoteId> {
    let RunSource::Atom { leaf, at, .. } = run.source else { return None };
    match tree.node(leaf).text()?.atom_at(at)? {
        Atom::NoteCall { note, .. } => Some(*note),
        Atom::Picture(_) | Atom::Formula(_) | Atom::PageRef { .. } | Atom::Break => None,
    }
}

/// A row in the making.
struct Ink {
    row: Row,
    origin: Length,
    /// White since the last ink.
    white: Option<Range<Length>>,
    has_ink: bool,
    has_bytes: bool,
    /// How many glyphs each size has.
    sizes: Vec<(Length, usize)>,
}

impl Ink {
    fn new(sheet: usize, leaf: NodeId, at: Point) -> Ink {
        let row = Row {
            sheet,
            leaf,
            baseline: at.y,
            left: at.x,
            right: at.x,
            size: Length::ZERO,
            gaps: Vec::new(),
            bytes: 0..0,
            hyphen: None,
            last: ' ',
            stretch: 1.0,
        };
        Ink { row, origin: at.x, white: None, has_ink: false, has_bytes: false, sizes: Vec::new() }
    }

    fn run(&mut self, tree: &Tree, run: &Run) {
        let text = match &run.source {
            RunSource::Leaf { leaf, range } => {
                self.shows(range);
                let string = tree.node(*leaf).text().map_or("", |text| text.string.as_str());
                string.get(range.start as usize..range.end as usize).unwrap_or_default()
            }
            // It stands in several lines at once; the first begins after it.
            RunSource::Initial { range, .. } => {
                self.shows(range);
                return;
            }
            RunSource::Atom { text, .. } | RunSource::Made(text) => text,
            RunSource::Hyphen { at, .. } => {
                self.row.hyphen = Some(*at);
                "-"
            }
            RunSource::WrapMark | RunSource::Leader => return,
        };
        if (run.stretch - 1.0).abs() > (self.row.stretch - 1.0).abs() {
            self.row.stretch = run.stretch;
        }
        let stretch = f64::from(run.stretch);
        let start = self.origin + run.x;
        let (mut pen, mut inked) = (0, 0);
        for glyph in &run.glyphs {
            let from = start + Length::from_sp(pen).scale(stretch);
            pen += i64::from(glyph.advance);
            let to = start + Length::from_sp(pen).scale(stretch);
            let shown = character(text, glyph.cluster);
            if shown.is_whitespace() {
                let white = self.white.get_or_insert(from..to);
                white.end = to;
            } else {
                self.ink(from, to, shown, run.size);
                inked += 1;
            }
        }
        match self.sizes.iter_mut().find(|(size, _)| *size == run.size) {
            Some((_, count)) => *count += inked,
            None => self.sizes.push((run.size, inked)),
        }
    }

    /// A formula is one piece of ink; its letters have sizes of their own.
    fn formula(&mut self, from: Length, set: &SetFormula) {
        let size = self.sizes.last().map_or(set.height, |(size, _)| *size);
        self.ink(from, from + set.width, ATOM, size);
    }

    /// Bytes of the leaf stand on the row.
    fn shows(&mut self, range: &Range<u32>) {
        let bytes = &mut self.row.bytes;
        *bytes = if self.has_bytes { bytes.start.min(range.start)..bytes.end.max(range.end) } else { range.clone() };
        self.has_bytes = true;
    }

    fn ink(&mut self, from: Length, to: Length, shown: char, size: Length) {
        match self.white.take() {
            Some(white) if self.has_ink && white.end - white.start > size.scale(LEAST_GAP) => self.row.gaps.push(white),
            Some(_) | None => {}
        }
        self.row.left = if self.has_ink { self.row.left.min(from) } else { from };
        self.row.right = if self.has_ink { self.row.right.max(to) } else { to };
        self.row.last = shown;
        self.has_ink = true;
    }

    /// `None`: a line without ink.
    fn finish(mut self) -> Option<Row> {
        let (size, _) = self.sizes.iter().copied().max_by_key(|(size, count)| (*count, *size))?;
        self.row.size = size;
        self.has_ink.then_some(self.row)
    }
}

/// The first character that a glyph shows.
fn character(text: &str, cluster: u32) -> char {
    match text.as_bytes().get(cluster as usize) {
        Some(byte) if byte.is_ascii() => char::from(*byte),
        Some(_) => text.get(cluster as usize..).and_then(|rest| rest.chars().next()).unwrap_or('\u{FFFD}'),
        None => '\u{FFFD}',
    }
}
