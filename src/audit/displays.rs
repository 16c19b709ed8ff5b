//! Rules 16 and 24: breaks between scenes, rules of tables, pictures and where they stand.
//!
//! In:     the proof, the fills and pictures of the sheets, links to figures.
//! Out:    breaks that are not drawn, rules too thin, coarse pictures, figures far from their mention.
//! Absent: text.

use super::{Found, Proof, Row};
use crate::asset::PictureFormat;
use crate::base::Length;
use crate::layout::tree::{Anchor, Link, Locus, Mark, NodeId};
use crate::pdf::{Owner, Shape};
use crate::theme::Role;
use crate::theme::bar::Flaw;
use std::collections::{BTreeMap, BTreeSet};

/// The least a press prints safely, in points (KDP, "Line weight").
const LEAST_RULE: f64 = 0.75;
/// A rule is thinner than this and longer than ten times its thickness; other fills are grounds.
const THICKEST_RULE: f64 = 1.5;
const LENGTH_OF_RULE: f64 = 10.0;
/// Dots an inch at the printed size.
const LEAST_DPI: f64 = 300.0;
/// Pages between a figure and its first mention.
const NEAR: usize = 1;

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    scene_breaks(proof, found);
    rules(proof, found);
    pictures(proof, found);
    mentions(proof, found);
}

/// Each break of the tree is drawn once, after the leaf that stands before it.
fn scene_breaks(proof: &Proof<'_>, found: &mut Found) {
    let mut drawn: BTreeMap<Option<NodeId>, usize> = BTreeMap::new();
    for before in &proof.breaks {
        *drawn.entry(*before).or_default() += 1;
    }
    let mut before = None;
    for (index, node) in proof.tree.nodes.iter().enumerate() {
        let id = NodeId(index as u32);
        if proof.span(id).is_some() && proof.standings[index].stand.is_flow() {
            before = Some(id);
        }
        if node.role != Role::Ornament {
            continue;
        }
        match drawn.get_mut(&before) {
            Some(left) if *left > 0 => *left -= 1,
            Some(_) | None => {
                let sheet = before.and_then(|leaf| proof.span(leaf)).map_or(0, |(_, last)| proof.rows[last].sheet);
                found.sheet(Flaw::LostBreak, sheet, Some(Locus { leaf: id, offset: 0 }), "* * *", None);
            }
        }
    }
}

fn rules(proof: &Proof<'_>, found: &mut Found) {
    let mut told: BTreeSet<Length> = BTreeSet::new();
    for (sheet, page) in proof.pages.sheets.iter().enumerate() {
        for item in &page.items {
            let Shape::Fill { width, height, .. } = item.shape else { continue };
            let (thin, long) = (width.min(height), width.max(height));
            if thin.to_pt() > THICKEST_RULE || long.ratio(thin) < LENGTH_OF_RULE {
                continue;
            }
            // One finding for each thickness: all rules of a design are alike.
            if thin.to_pt() < LEAST_RULE && told.insert(thin) {
                found.sheet(Flaw::ThinRule, sheet, None, format!("{:.2} pt", thin.to_pt()), Some(thin.to_pt()));
            }
            if width < height {
                found.sheet(Flaw::UprightRule, sheet, None, format!("{:.0} pt high", height.to_pt()), None);
            }
        }
    }
}

fn pictures(proof: &Proof<'_>, found: &mut Found) {
    for (sheet, page) in proof.pages.sheets.iter().enumerate() {
        for item in &page.items {
            let (Shape::Picture { picture, width, .. }, Owner::Node(node)) = (&item.shape, item.owner) else {
                continue;
            };
            let file = proof.pictures.get(*picture);
            if file.format == PictureFormat::Svg || *width <= Length::ZERO {
                continue;
            }
            let dpi = f64::from(file.width) / width.to_inch();
            if dpi < LEAST_DPI {
                let text = format!("{}: {dpi:.0} dpi", file.path);
                found.sheet(Flaw::Resolution, sheet, Some(Locus { leaf: node, offset: 0 }), text, Some(dpi));
            }
        }
    }
}

/// Figures and tables stand near the place that first speaks of them.
fn mentions(proof: &Proof<'_>, found: &mut Found) {
    let mut told: BTreeSet<&Anchor> = BTreeSet::new();
    for (index, node) in proof.tree.nodes.iter().enumerate() {
        let leaf = NodeId(index as u32);
        let Some(text) = node.text().filter(|text| !text.marks.is_empty()) else { continue };
        if !proof.standings[index].stand.is_flow() || matches!(node.role, Role::ListEntry | Role::ContentsEntry(_)) {
            continue;
        }
        for marked in &text.marks {
            let Mark::Link(Link::Inside(anchor)) = &marked.mark else { continue };
            if !is_display(proof, anchor) || !told.insert(anchor) {
                continue;
            }
            let offset = marked.range.start;
            let row: Option<&Row> = proof.rows_of(leaf).find(|row| row.bytes.contains(&offset));
            let (Some(row), Some(place)) = (row, proof.pages.places.get(anchor)) else { continue };
            let away = place.sheet.abs_diff(row.sheet);
            if away > NEAR {
                let shown = text.string.get(offset as usize..marked.range.end as usize).unwrap_or_default();
                let at = Locus { leaf, offset };
                found.sheet(Flaw::FarFigure, row.sheet, Some(at), shown, Some(away as f64));
            }
        }
    }
}

fn is_display(proof: &Proof<'_>, anchor: &Anchor) -> bool {
    let role = proof.tree.place_of(anchor).map(|at| proof.tree.node(at.leaf).role);
    matches!(role, Some(Role::Figure | Role::Table | Role::Caption))
}
