//! Pages against what a printer asks: every breach with its page and the place in the manuscript.
//!
//! In:     the tree, the pages as they go to the printer, the pictures; the printer and what is ordered of it.
//! Out:    nothing.
//! Faults: `press.trim`, `press.pages`, `press.inks`, `press.safety`, `press.text`, `press.picture`, `press.rule`, `press.phrase` as
//!         warnings: the file is made, but the printer may send it back; `press.heavy` as a note.
//! Absent: what the writer settles by itself: inks and their sum, tints, rules of our own, fonts, transparency, boxes.

mod picture;

use crate::asset::{Faces, Pictures};
use crate::base::{Diagnostic, Length, Sink, Span};
use crate::layout::tree::{NodeId, SectionKind, Tree};
use crate::pdf::bleed;
use crate::pdf::fit::{ABOVE, BELOW};
use crate::pdf::{Furniture, Owner, Pages, Placed, Run, RunSource, Shape};
use crate::press::{Colour, Order, Paper, PaperInks, Printer};
use crate::theme::{Families, Role};
use std::collections::BTreeSet;

/// What reaches less than this into the white is within what a press shifts a sheet, in points.
const TOLERANCE: f64 = 1.0;
/// Letters by which a line is told.
const EXCERPT: usize = 30;
/// A sheet's share of the limit from which on its count is near it.
const NEAR: f64 = 0.98;

/// What is held against the printer's rules.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    pub tree: &'a Tree,
    pub pages: &'a Pages,
    /// Pages with the blank ones after the last.
    pub count: usize,
    pub pictures: &'a Pictures,
    pub faces: &'a Faces,
    /// In which the words of drawings are set.
    pub families: &'a Families,
    pub printer: &'a Printer,
    pub order: &'a Order,
}

/// Tells every breach once, the first place of it.
pub fn preflight(proof: &Proof, sink: &mut Sink) {
    let bleeds = bleed::any(proof.tree, &proof.pages.sheets);
    let mut found = Found { proof, bleeds, told: BTreeSet::new(), sink };
    found.size();
    found.phrases();
    for index in 0..proof.pages.sheets.len() {
        found.sheet(index);
    }
}

struct Found<'a, 's> {
    proof: &'a Proof<'a>,
    /// Whether a page bleeds.
    bleeds: bool,
    /// What has been told of which place.
    told: BTreeSet<(&'static str, Option<Span>)>,
    sink: &'s mut Sink,
}

impl Found<'_, '_> {
    fn tell(&mut self, diagnostic: Diagnostic) {
        if self.told.insert((diagnostic.code, diagnostic.at)) {
            self.sink.push(diagnostic);
        }
    }

    fn title(&self) -> &'static str {
        self.proof.printer.press.printer().title
    }

    fn size(&mut self) {
        let Proof { printer, pages, count, order, .. } = *self.proof;
        let (width, height) = (pages.page.width, pages.page.height);
        if !printer.offers(width, height) {
            let message =
                format!("{} prints no pages of {:.1} × {:.1} mm", printer.title, width.to_mm(), height.to_mm());
            let told = Diagnostic::warning("press.trim", message);
            self.tell(match printer.nearest_trim(width, height) {
                Some(near) => {
                    let (name, width, height) = (printer.press.name(), near.width.to_mm(), near.height.to_mm());
                    told.hint(format!("the nearest size is {}; for this printer alone it is set so:", near.name))
                        .hint(format!("[output.bifolio.press.{name}] trim = [\"{width:.1}mm\", \"{height:.1}mm\"]"))
                }
                None => told,
            });
        }
        let Some(paper) = printer.paper(order.paper.as_deref(), order.colour) else { return };
        self.inks(paper);
        let range = printer.pages(paper, width, height);
        let (least, most) = (*range.start(), *range.end());
        let limits = format!("{} prints {least} to {most} on {} paper", printer.title, paper.name);
        if !range.contains(&count) {
            let hint = if count < least {
                "a booklet needs another printer"
            } else {
                "make it two volumes, or the type smaller"
            };
            self.tell(Diagnostic::warning("press.pages", format!("{count} pages: {limits}")).hint(hint));
        } else if count as f64 > most as f64 * NEAR {
            self.tell(Diagnostic::note("press.pages", format!("{count} pages are near the limit: {limits}")));
        }
    }

    /// Colours on a paper that takes none, or the price of colours for greys.
    fn inks(&mut self, paper: &Paper) {
        let Proof { printer, order, .. } = *self.proof;
        let (title, name) = (printer.title, printer.press.name());
        let takes = |inks| paper.inks == inks || paper.inks == PaperInks::Both;
        self.tell(match order.colour {
            Colour::Cmyk if !takes(PaperInks::Colour) => {
                let other = printer.papers.iter().find(|paper| paper.inks != PaperInks::Black);
                let message = format!("{title} prints black ink alone on {} paper: colours would be greys", paper.name);
                let told = Diagnostic::warning("press.inks", message);
                match other {
                    Some(other) => told.hint(format!("[output.bifolio.press.{name}] paper = \"{}\"", other.name)),
                    None => told,
                }
            }
            Colour::Grey if !takes(PaperInks::Black) => {
                let message = format!("{title} prints colours on {} paper, and the file holds greys alone", paper.name);
                let told = Diagnostic::warning("press.inks", message);
                told.hint(format!("[output.bifolio.press.{name}] inks = \"cmyk\", or another paper"))
            }
            Colour::Cmyk | Colour::Grey => return,
        });
    }

    /// Words on the copyright page that the printer says itself, or does not let others say.
    fn phrases(&mut self) {
        let Proof { tree, printer, .. } = *self.proof;
        let copyright = tree.sections.iter().filter(|section| section.kind == SectionKind::Copyright);
        for id in copyright.flat_map(|section| section.nodes.clone()).map(NodeId) {
            let Some(text) = tree.node(id).text() else { continue };
            let low = format!(" {} ", text.string.to_lowercase());
            let parts = low.replace(|c: char| !c.is_alphanumeric() && c != '-', " ");
            let words = format!(" {} ", parts.split_whitespace().collect::<Vec<_>>().join(" "));
            for phrase in printer.refused.iter().filter(|phrase| words.contains(&format!(" {phrase} "))) {
                let message = format!("the copyright page says \"{phrase}\", which {} does not print", printer.title);
                let told = Diagnostic::warning("press.phrase", message).at(place(tree, id));
                self.tell(told.hint("take it out: where and on what a copy is printed, the printer knows"));
            }
        }
    }

    fn sheet(&mut self, index: usize) {
        let sheet = &self.proof.pages.sheets[index];
        self.safety(index);
        for item in &sheet.items {
            match &item.shape {
                Shape::Run(run) => self.text(item, run, &sheet.label),
                Shape::Picture { picture, width, height } => {
                    let bled = bleed::of(self.proof.tree, sheet).map(|_| {
                        let over = bleed::over(self.proof.printer.bleed, self.proof.pages.page.bound, index);
                        let (_, [left, _, right, _]) = bleed::filled(self.proof.pages.page, over, *width, *height);
                        right - left
                    });
                    self.picture(item, *picture, bled.unwrap_or(*width), &sheet.label);
                }
                // The scripts of a formula are small by nature.
                Shape::Formula { .. } | Shape::Fill { .. } => {}
            }
        }
    }

    /// Small type; signs that are raised or lowered are small by nature.
    fn text(&mut self, item: &Placed, run: &Run, page: &str) {
        let least = self.proof.printer.least_text;
        let (Owner::Node(node) | Owner::Marker(node), RunSource::Leaf { .. }) = (item.owner, &run.source) else {
            return;
        };
        if run.size >= least || run.rise != Length::ZERO {
            return;
        }
        let node = self.table_of(node).unwrap_or(node);
        let message = format!(
            "type of {:.1} pt on page {page}: {} asks for {:.1} pt",
            run.size.to_pt(),
            self.title(),
            least.to_pt()
        );
        let told = Diagnostic::warning("press.text", message).at(place(self.proof.tree, node));
        self.tell(told.hint("make text-size larger, or the table narrower"));
    }

    /// What stands where the knife may cut, or in the bend of the spine: of each page what reaches farthest.
    fn safety(&mut self, index: usize) {
        let Proof { pages, printer, tree, pictures, .. } = *self.proof;
        let sheet = &pages.sheets[index];
        if bleed::of(tree, sheet).is_some() {
            return;
        }
        let lacking = sheet.items.iter().filter_map(|item| Some((item, self.lack(item, index)?)));
        let lacking: Vec<(&Placed, Length)> = lacking.filter(|(_, lack)| lack.to_pt() > TOLERANCE).collect();
        let Some(&(item, lack)) = lacking.iter().reduce(|far, other| if other.1 > far.1 { other } else { far }) else {
            return;
        };
        let what = match &item.shape {
            Shape::Run(run) => {
                let text = match &run.source {
                    RunSource::Leaf { leaf, range } | RunSource::Initial { leaf, range } => tree
                        .node(*leaf)
                        .text()
                        .and_then(|text| text.string.get(range.start as usize..range.end as usize))
                        .unwrap_or_default(),
                    RunSource::Atom { text, .. } | RunSource::Made(text) => text,
                    RunSource::Hyphen { .. } | RunSource::WrapMark | RunSource::Leader => "",
                };
                let words: String = text.trim().chars().take(EXCERPT).collect();
                if words.is_empty() { "a line".to_owned() } else { format!("\"{words}\"") }
            }
            Shape::Picture { picture, .. } => format!("the picture {}", pictures.get(*picture).path),
            Shape::Formula { .. } => "a formula".to_owned(),
            Shape::Fill { .. } => "a ground".to_owned(),
        };
        let (label, lack) = (&sheet.label, lack.to_mm());
        let mut message = format!("{what} reaches {lack:.1} mm into the white that {} wants left", printer.title);
        message.push_str(&format!(" round page {label}"));
        if lacking.len() > 1 {
            message.push_str(&format!(", and {} more there", lacking.len() - 1));
        }
        let at = match item.owner {
            Owner::Node(node) | Owner::Marker(node) => place(tree, node),
            Owner::Furniture(_) => sheet.section.and_then(|id| tree.section(id).at),
        };
        let hint = match item.owner {
            Owner::Node(_) | Owner::Marker(_) => "break the line, or make the picture smaller",
            Owner::Furniture(_) => "make the margins of the book wider",
        };
        self.tell(Diagnostic::warning("press.safety", message).at(at).hint(hint));
    }

    /// How far an item reaches into the white at the edges of its page; below zero where it keeps off it.
    fn lack(&self, item: &Placed, index: usize) -> Option<Length> {
        let Proof { pages, printer, count, .. } = *self.proof;
        let (edges, least) = (bounds(item)?, printer.least(self.bleeds));
        let height = pages.page.height;
        let [left, top, right, bottom] = match (pages.sheets[index].turned, edges) {
            (false, edges) => edges,
            (true, [left, top, right, bottom]) => [top, height - right, bottom, height - left],
        };
        let inner = printer.inner(count);
        let (at_left, at_right) =
            if pages.page.bound.is_left(index) { (inner, least.outer) } else { (least.outer, inner) };
        let lacks = [
            at_left - left,
            least.top - top,
            at_right - (pages.page.width - right),
            least.bottom - (pages.page.height - bottom),
        ];
        lacks.into_iter().max()
    }

    /// The table that a node stands in.
    fn table_of(&self, node: NodeId) -> Option<NodeId> {
        let above = (0..=node.0).rev().map(NodeId).take(1000);
        above.into_iter().find(|id| {
            let own = self.proof.tree.node(*id);
            own.role == Role::Table && own.end > node
        })
    }
}

/// The box of an item: left, top, right, bottom. `None` for grounds, which text stands on by their own rule.
fn bounds(item: &Placed) -> Option<[Length; 4]> {
    match &item.shape {
        Shape::Run(run) => {
            if matches!(item.owner, Owner::Furniture(Furniture::Decoration)) || run.glyphs.is_empty() {
                return None;
            }
            let width: i64 = run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
            let left = item.at.x + run.x;
            let base = item.at.y - run.rise;
            let right = left + Length::from_sp(width).scale(f64::from(run.stretch));
            Some([left, base - run.size.scale(ABOVE), right, base + run.size.scale(BELOW)])
        }
        Shape::Picture { width, height, .. } => Some([item.at.x, item.at.y, item.at.x + *width, item.at.y + *height]),
        Shape::Formula { x, set, .. } => {
            let left = item.at.x + *x;
            Some([left, item.at.y - set.height, left + set.width, item.at.y + set.depth])
        }
        Shape::Fill { .. } => None,
    }
}

/// The place of a node, or of the nearest one around it that has one.
fn place(tree: &Tree, node: NodeId) -> Option<Span> {
    let around = (0..=node.0).rev().map(NodeId).filter(|id| *id == node || tree.node(*id).end > node);
    around.take(16).find_map(|id| tree.node(id).at)
}

#[cfg(test)]
mod tests;
