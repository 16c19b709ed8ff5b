//! Rules 18 to 20: openings, blank pages, page numbers and running heads.
//!
//! In:     the sections of the tree, the furniture of the sheets.
//! Out:    flaws of openings, blanks, labels and heads.
//! Absent: text.

use super::{Found, Proof, Stand};
use crate::base::Length;
use crate::book::Matter;
use crate::layout::tree::{Locus, NodeId, SectionKind};
use crate::pdf::{Furniture, Owner, Shape};
use crate::theme::bar::Flaw;
use crate::theme::{ChapterOpening, Role};

/// What a sheet has at its edges.
struct Edges {
    has_folio: bool,
    /// The ends of the running head, and how many lines it has.
    head: Option<(Length, Length)>,
    head_lines: usize,
}

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    let edges: Vec<Edges> = (0..proof.sheets.len()).map(|sheet| edges(proof, sheet)).collect();
    openings(proof, &edges, found);
    labels(proof, &edges, found);
    for (sheet, edge) in edges.iter().enumerate() {
        if proof.pages.sheets[sheet].section.is_none() && !proof.pages.sheets[sheet].items.is_empty() {
            found.sheet(Flaw::Blank, sheet, None, "something stands on it", None);
        }
        let Some((left, right)) = edge.head else { continue };
        if right - left > proof.theme.measure() || edge.head_lines > 1 {
            found.sheet(Flaw::Head, sheet, None, "the running head", Some((right - left).to_pt()));
        }
    }
}

fn edges(proof: &Proof<'_>, sheet: usize) -> Edges {
    let mut edges = Edges { has_folio: false, head: None, head_lines: 0 };
    let mut baseline = None;
    for item in &proof.pages.sheets[sheet].items {
        let Shape::Run(run) = &item.shape else { continue };
        match item.owner {
            Owner::Furniture(Furniture::Folio) => edges.has_folio = true,
            Owner::Furniture(Furniture::RunningHead) => {
                let width: i64 = run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
                let left = item.at.x + run.x;
                let right = left + Length::from_sp(width);
                let (least, most) = edges.head.unwrap_or((left, right));
                edges.head = Some((least.min(left), most.max(right)));
                edges.head_lines += usize::from(baseline.replace(item.at.y) != Some(item.at.y));
            }
            Owner::Node(_) | Owner::Marker(_) | Owner::Furniture(Furniture::Decoration | Furniture::RepeatedHead) => {}
        }
    }
    edges
}

fn openings(proof: &Proof<'_>, edges: &[Edges], found: &mut Found) {
    let mut opens = 0;
    for row in &proof.rows {
        let (Role::ChapterTitle | Role::PartTitle) = proof.tree.node(row.leaf).role else { continue };
        if proof.span(row.leaf).map(|(first, _)| &proof.rows[first]).is_none_or(|first| first.bytes != row.bytes) {
            continue;
        }
        opens += 1;
        let always_recto =
            proof.theme.chapter_opening == ChapterOpening::Recto || proof.tree.node(row.leaf).role == Role::PartTitle;
        let section = proof.tree.section(proof.tree.section_of(row.leaf));
        let runs_on = section.kind == SectionKind::Subchapter;
        let is_verso = row.sheet % 2 == 1;
        if !runs_on && (always_recto && is_verso || edges[row.sheet].head.is_some()) {
            let at = Locus { leaf: row.leaf, offset: row.bytes.start };
            found.sheet(Flaw::Opening, row.sheet, Some(at), proof.text(row).trim(), None);
        }
    }
    found.fact(18, "openings", f64::from(opens), "");
}

fn labels(proof: &Proof<'_>, edges: &[Edges], found: &mut Found) {
    let is_main = |node: NodeId| proof.tree.section(proof.tree.section_of(node)).matter == Matter::Main;
    let main = proof.rows.iter().find(|row| is_main(row.leaf)).map(|row| row.sheet);
    for (at, sheet) in proof.pages.sheets.iter().enumerate() {
        let is_front = main.is_some_and(|main| at < main);
        let is_arabic = sheet.label.parse::<usize>().is_ok();
        let expected = at + 1 - main.unwrap_or(0).min(at);
        let is_right = if is_front { !is_arabic } else { sheet.label.parse() == Ok(expected) };
        let is_display =
            proof.rows[proof.sheets[at].clone()].iter().any(|row| proof.standing(row).stand == Stand::Display);
        if !is_right || edges[at].has_folio && (is_display || sheet.section.is_none()) {
            found.sheet(Flaw::Labels, at, None, sheet.label.clone(), None);
        }
    }
}
