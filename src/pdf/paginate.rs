//! Tree → pages: flows are built and cut in parallel, then put in order, numbered and drawn.
//!
//! In:     the tree, the theme, faces and pictures.
//! Out:    [`Pages`] with the places of all anchors and the page map.
//! Faults: those of the composer; `page.unsettled`.
//! Absent: the file format.
//!
//! Page numbers in the text (contents, "see page 12") need pages, and pages need the numbers' widths. So the book is
//! laid out with numbers of three figures first; then only flows that show numbers are laid out again with the real
//! ones, until nothing changes.

use super::column::{self, Desk};
use super::compose::{Composer, PageNumbers};
use super::draw::{self, Drawing};
use super::heads::{self, Heads, PageHead};
use super::labels::labels;
use super::mend::mend;
use super::opening::{self, Flow, Kind, Side};
use super::pagebreak::{self, Cut, Limits};
use super::places::{self, Spot};
use super::sheet::{Pages, Place, Point, Sheet};
use super::slab::Column;
use crate::asset::{Faces, Pictures};
use crate::base::{Diagnostic, Length, Sink};
use crate::book::Matter;
use crate::layout::tree::{Anchor, Locus, NodeId, SectionId};
use crate::layout::{PageMap, PageStart, Tree};
use crate::theme::Theme;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How often the book is laid out at most until its page numbers settle.
const PASSES: usize = 4;
/// The white over notes, with the rule in it, in lines.
const NOTE_GAP: f64 = 1.0;

/// A flow, built and cut.
struct Laid {
    column: Column,
    from_recto: Vec<Cut>,
    /// How it is cut if it begins on a verso; only where it may.
    from_verso: Option<Vec<Cut>>,
    on_verso: bool,
    sink: Sink,
}

impl Laid {
    /// Sets what depends on where figures came to stand.
    fn settle(&mut self, composer: &Composer<'_>) {
        let mut column = std::mem::take(&mut self.column);
        let indents = std::mem::take(&mut column.indents);
        let over: Vec<usize> = indents
            .iter()
            .map(|indent| indent.figure)
            .filter(|&figure| pagebreak::stands_in_text(self.cuts(), &column, figure))
            .collect();
        column.indents = indents;
        column.settle_indents(|figure| over.contains(&figure));
        mend(&mut column, self.cuts(), composer);
        self.column = column;
    }

    fn cuts(&self) -> &[Cut] {
        match &self.from_verso {
            Some(cuts) if self.on_verso => cuts,
            Some(_) | None => &self.from_recto,
        }
    }
}

/// Lays out a whole book.
pub fn paginate(tree: &Tree, theme: &Theme, faces: &Faces, pictures: &Pictures, sink: &mut Sink) -> Pages {
    let composer = Composer::new(tree, theme, faces, pictures);
    let flows = opening::flows(tree, theme);
    let press = Press { tree, theme, pictures, composer: &composer, flows: &flows, limits: limits(theme) };
    let (wanted, leaves) = places::page_references(tree);
    let mut numbers = PageNumbers::default();
    let mut laid = press.lay_all(&numbers);
    if !leaves.is_empty() {
        let again: Vec<usize> = press.flows_of(&leaves);
        let mut settled = false;
        for _ in 1..PASSES {
            let found = press.numbers(&mut laid, &wanted);
            if found == numbers {
                settled = true;
                break;
            }
            numbers = found;
            press.lay_again(&mut laid, &again, &numbers);
        }
        if !settled && press.numbers(&mut laid, &wanted) != numbers {
            let message = format!("the page numbers in the text did not settle in {PASSES} passes");
            sink.push(Diagnostic::warning("page.unsettled", message));
        }
    }
    let pages = press.bind(laid, sink);
    composer.report(sink);
    pages
}

fn limits(theme: &Theme) -> Limits {
    Limits {
        leading: theme.leading,
        lines: theme.lines_per_page(),
        note_gap: theme.leading.scale(NOTE_GAP),
        is_tight: heads::is_tight(theme),
    }
}

struct Press<'a, 't> {
    tree: &'a Tree,
    theme: &'a Theme,
    pictures: &'a Pictures,
    composer: &'a Composer<'t>,
    flows: &'a [Flow],
    limits: Limits,
}

impl Press<'_, '_> {
    fn lay(&self, flow: &Flow, numbers: &PageNumbers) -> Laid {
        let mut sink = Sink::new();
        let desk =
            Desk { tree: self.tree, theme: self.theme, pictures: self.pictures, composer: self.composer, numbers };
        let mut column = column::build(desk, &flow.sections, &mut sink);
        if flow.kind == Kind::Display {
            opening::compose_display(&mut column, flow, self.tree, self.limits);
        }
        let from_recto = pagebreak::cut(&column, self.limits, true);
        let from_verso = (flow.side == Side::Next).then(|| pagebreak::cut(&column, self.limits, false));
        Laid { column, from_recto, from_verso, on_verso: false, sink }
    }

    fn lay_all(&self, numbers: &PageNumbers) -> Vec<Laid> {
        self.flows.par_iter().map(|flow| self.lay(flow, numbers)).collect()
    }

    fn lay_again(&self, laid: &mut [Laid], again: &[usize], numbers: &PageNumbers) {
        let fresh: Vec<(usize, Laid)> = again.par_iter().map(|&at| (at, self.lay(&self.flows[at], numbers))).collect();
        for (at, flow) in fresh {
            laid[at] = flow;
        }
    }

    /// The flow of each section.
    fn flow_of_sections(&self) -> BTreeMap<SectionId, usize> {
        self.flows.iter().enumerate().flat_map(|(at, flow)| flow.sections.iter().map(move |&id| (id, at))).collect()
    }

    fn flows_of(&self, leaves: &[NodeId]) -> Vec<usize> {
        let flows = self.flow_of_sections();
        let mut found: Vec<usize> =
            leaves.iter().filter_map(|&leaf| flows.get(&self.tree.section_of(leaf)).copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The sheet on which each flow begins, and how many sheets there are. Settles which cuts a flow uses.
    fn order(&self, laid: &mut [Laid]) -> (Vec<usize>, usize) {
        let mut next = 0;
        let mut firsts = Vec::with_capacity(laid.len());
        for (flow, laid) in self.flows.iter().zip(laid) {
            if next % 2 == 1 && flow.side == Side::Recto && !laid.from_recto.is_empty() {
                next += 1;
            }
            laid.on_verso = next % 2 == 1;
            laid.settle(self.composer);
            firsts.push(next);
            next += laid.cuts().len();
        }
        (firsts, next)
    }

    fn main_sheet(&self, firsts: &[usize]) -> Option<usize> {
        self.flows.iter().zip(firsts).find(|(flow, _)| flow.matter == Matter::Main).map(|(_, &first)| first)
    }

    /// The printed page of each place.
    fn numbers(&self, laid: &mut [Laid], wanted: &BTreeMap<Anchor, Locus>) -> PageNumbers {
        let (firsts, count) = self.order(laid);
        let labels = labels(count, self.main_sheet(&firsts));
        let flows = self.flow_of_sections();
        let flow_of = |at: Locus| flows.get(&self.tree.section_of(at.leaf)).copied();
        let mut targets: BTreeMap<usize, Vec<(&Anchor, Locus)>> = BTreeMap::new();
        for (anchor, &at) in wanted {
            if let Some(flow) = flow_of(at) {
                targets.entry(flow).or_default().push((anchor, at));
            }
        }
        let laid = &*laid;
        let found: Vec<Vec<(Anchor, String)>> = targets
            .into_par_iter()
            .map(|(flow, targets)| {
                let spots = places::spots(&laid[flow].column, laid[flow].cuts(), self.limits);
                let page = |at| places::find(&spots, at).map(|spot| firsts[flow] + spot.page);
                let label = |at| page(at).and_then(|page| labels.get(page)).cloned();
                targets.into_iter().filter_map(|(anchor, at)| Some((anchor.clone(), label(at)?))).collect()
            })
            .collect();
        found.into_iter().flatten().collect()
    }

    /// Draws everything, in the order of the book.
    fn bind(&self, mut laid: Vec<Laid>, sink: &mut Sink) -> Pages {
        let (firsts, count) = self.order(&mut laid);
        let labels = labels(count, self.main_sheet(&firsts));
        let heads = Heads::new(self.tree, self.flows, self.composer);
        let drawn: Vec<(Vec<Spot>, Vec<Drawing>, Sink)> = laid
            .into_par_iter()
            .zip(self.flows.par_iter())
            .zip(firsts.par_iter())
            .map(|((laid, flow), &first)| self.draw(laid, flow, first, &heads, &labels))
            .collect();
        let mut sheets: Vec<Sheet> =
            labels.into_iter().map(|label| Sheet { label, section: None, turned: false, items: Vec::new() }).collect();
        let mut map = PageMap::default();
        let mut spots = Vec::with_capacity(drawn.len());
        for ((flow_spots, drawings, faults), &first) in drawn.into_iter().zip(&firsts) {
            for (at, drawing) in drawings.into_iter().enumerate() {
                let index = first + at;
                let sheet = &mut sheets[index];
                sheet.section = drawing.section;
                sheet.turned = drawing.turned;
                sheet.items = drawing.items;
                if let Some(at) = drawing.start
                    && map.starts.last().is_none_or(|last: &PageStart| last.at < at)
                {
                    map.starts.push(PageStart { at, label: sheet.label.clone(), index });
                }
            }
            spots.push(flow_spots);
            sink.append(faults);
        }
        let places = self.places(&spots, &firsts);
        Pages { page: self.theme.page, sheets, places, map }
    }

    fn draw(
        &self,
        mut laid: Laid,
        flow: &Flow,
        first: usize,
        heads: &Heads,
        labels: &[String],
    ) -> (Vec<Spot>, Vec<Drawing>, Sink) {
        let cuts = laid.cuts().to_vec();
        let spots = places::spots(&laid.column, &cuts, self.limits);
        let pages = pagebreak::page_of_slab(&cuts, &laid.column);
        let level = heads::section_level(self.tree, &flow.sections);
        let sections = heads::in_force(self.tree, &laid.column, &pages, cuts.len(), level);
        let mut drawings = draw::draw(&mut laid.column, &cuts, self.limits, self.theme, first);
        for (at, (drawing, section)) in drawings.iter_mut().zip(&sections).enumerate() {
            let head = PageHead {
                flow,
                section: section.as_deref(),
                label: labels.get(first + at).map_or("", String::as_str),
                index: first + at,
                opens: at == 0,
            };
            if !drawing.turned {
                drawing.items.extend(heads.page(&head, self.composer, self.theme));
            }
        }
        (spots, drawings, laid.sink)
    }

    fn places(&self, spots: &[Vec<Spot>], firsts: &[usize]) -> BTreeMap<Anchor, Place> {
        let flows = self.flow_of_sections();
        let mut places = BTreeMap::new();
        for (anchor, at) in places::anchors(self.tree) {
            let Some(&flow) = flows.get(&self.tree.section_of(at.leaf)) else { continue };
            let Some(spot) = places::find(&spots[flow], at) else { continue };
            let sheet = firsts[flow] + spot.page;
            let origin = draw::origin(self.theme, sheet);
            let at = Point { x: origin.x + spot.x, y: (origin.y + spot.y).max(Length::ZERO) };
            places.insert(anchor, Place { sheet, at });
        }
        places
    }
}

#[cfg(test)]
mod tests;
