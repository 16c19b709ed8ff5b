//! Rules 5 and 15: lines on one grid, facing pages that end alike, paragraphs told apart.
//!
//! In:     the proof.
//! Out:    off-grid lines, uneven openings, paragraphs that run into one another or are told apart twice.
//! Absent: how the pages were filled.

use super::{Found, Proof, Stand};
use crate::base::Length;
use crate::layout::Tree;
use crate::layout::tree::{Locus, NodeId};
use crate::pdf::{Owner, Shape, grid_baseline};
use crate::theme::Role;
use crate::theme::bar::Flaw;

/// How far a baseline may stand from its grid line.
const ON_GRID: f64 = 0.1;
/// Facing pages end alike when their feet are no farther apart than a line and this, in points.
const FOOT_SLACK: f64 = 0.5;
/// The least indent that is seen, in em.
const LEAST_INDENT: f64 = 0.5;
/// Baselines farther apart than this, in lines, are set apart by space.
const APART: f64 = 1.2;

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    baselines(proof, found);
    feet(proof, found);
    indents(proof, found);
}

fn baselines(proof: &Proof<'_>, found: &mut Found) {
    let page = &proof.pages.page;
    let (last, leading) = (page.height - page.margins.bottom, proof.theme.leading);
    let (mut lines, mut off) = (0_usize, 0_usize);
    let mut told: Option<(usize, NodeId)> = None;
    for row in &proof.rows {
        let standing = proof.standing(row);
        if standing.stand != Stand::Prose || !standing.is_on_grid {
            continue;
        }
        lines += 1;
        let over = (last - row.baseline).sp().rem_euclid(leading.sp());
        let distance = Length::from_sp(over.min(leading.sp() - over)).to_pt();
        if distance < ON_GRID {
            continue;
        }
        off += 1;
        // A paragraph that leaves the grid leaves it with every line.
        if told != Some((row.sheet, row.leaf)) {
            told = Some((row.sheet, row.leaf));
            found.row(proof, Flaw::OffGrid, row, Some(distance));
        }
    }
    found.fact(5, "lines off the grid", off as f64, "");
    found.fact(5, "lines", lines as f64, "");
}

/// Compares the feet of the pages that face one another, where the text of both goes on.
fn feet(proof: &Proof<'_>, found: &mut Found) {
    let allowed = proof.theme.leading + Length::pt(FOOT_SLACK);
    for verso in (1..proof.pages.sheets.len()).step_by(2) {
        let recto = verso + 1;
        if !goes_on(proof, verso) || !goes_on(proof, recto) {
            continue;
        }
        let (Some(left), Some(right)) = (foot(proof, verso), foot(proof, recto)) else { continue };
        let apart = (left - right).abs();
        if apart > allowed {
            let shorter = if left < right { verso } else { recto };
            let last = proof.rows[proof.sheets[shorter].clone()].last();
            let at = last.map(|row| Locus { leaf: row.leaf, offset: row.bytes.start });
            let lines = apart.ratio(proof.theme.leading);
            found.sheet(Flaw::UnevenFeet, shorter, at, format!("{lines:.1} lines apart"), Some(lines));
        }
    }
}

/// Whether the text of a sheet goes on on the next one: that one is not blank and opens nothing.
fn goes_on(proof: &Proof<'_>, sheet: usize) -> bool {
    let Some(next) = proof.sheets.get(sheet + 1) else { return false };
    let first = |rows: &std::ops::Range<usize>| {
        proof.rows[rows.clone()].iter().find(|row| proof.standing(row).stand.is_flow()).map(|row| row.leaf)
    };
    match (first(&proof.sheets[sheet]), first(next)) {
        (Some(_), Some(next)) => {
            !matches!(proof.tree.node(next).role, Role::ChapterTitle | Role::PartTitle | Role::ListTitle)
        }
        (Some(_), None) | (None, Some(_) | None) => false,
    }
}

/// The lowest thing on a sheet that belongs to the text: the baseline of its last line, or where that line would stand that
/// ends with a picture or with the ground of a block.
fn foot(proof: &Proof<'_>, sheet: usize) -> Option<Length> {
    let theme = proof.theme;
    let under = theme.leading - grid_baseline(theme.leading, theme.text_size);
    let rows = proof.rows[proof.sheets[sheet].clone()].iter().map(|row| row.baseline);
    let blocks = proof.pages.sheets[sheet].items.iter().filter_map(|item| match (&item.shape, item.owner) {
        (Shape::Picture { height, .. }, Owner::Node(_)) => Some(item.at.y + *height - under),
        (Shape::Fill { height, width, .. }, _) if *height >= theme.leading && *width >= theme.measure() / 2 => {
            Some(item.at.y + *height - under)
        }
        (Shape::Picture { .. } | Shape::Formula { .. } | Shape::Run(_) | Shape::Fill { .. }, _) => None,
    });
    rows.chain(blocks).max()
}

fn indents(proof: &Proof<'_>, found: &mut Found) {
    let style = proof.theme.style(Role::Body);
    if style.indent.0 > 0.0 && style.before + style.after > 0.0 {
        found.book(Flaw::Indent, "body text has an indent and space between paragraphs", None);
    }
    for (at, row) in proof.rows.iter().enumerate() {
        let standing = proof.standing(row);
        if standing.stand != Stand::Prose || !proof.opens_leaf(at) || standing.opens_group {
            continue;
        }
        let Some(second) = proof.after(at) else { continue };
        let indent = (row.left - second.left).ratio(row.size);
        let role = proof.tree.node(row.leaf).role;
        // Whoever hangs stands out as well.
        let runs_in = role == Role::Body && indent.abs() < LEAST_INDENT && !is_apart(proof, at);
        // After a figure or a table that stands elsewhere a paragraph goes on as if there were none.
        let stands_out = role == Role::BodyFirst
            && standing.is_justified
            && indent > LEAST_INDENT
            && !follows_figure(proof.tree, row.leaf);
        if runs_in || stands_out {
            found.row(proof, Flaw::Indent, row, Some(indent));
        }
    }
}

/// Whether a figure or a table is the last thing before a leaf.
fn follows_figure(tree: &Tree, leaf: NodeId) -> bool {
    let before = tree.nodes[..leaf.0 as usize].iter().rev();
    before.filter(|node| matches!(node.role, Role::Figure | Role::Picture | Role::Table)).any(|node| node.end == leaf)
}

/// Whether a row stands apart from the row over it, or has none.
fn is_apart(proof: &Proof<'_>, at: usize) -> bool {
    let row = &proof.rows[at];
    let Some(before) = at.checked_sub(1).map(|before| &proof.rows[before]) else { return true };
    before.sheet != row.sheet || (row.baseline - before.baseline).ratio(proof.theme.leading) > APART
}
