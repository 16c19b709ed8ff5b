//! Rules 6, 7, 10 and 17: where pages begin and end.
//!
//! In:     the proof.
//! Out:    widows, orphans, hyphens at the end of pages, headings without their text.
//! Absent: notes at the foot (`notes.rs`); code and tables, whose pieces may stand alone.

use super::{Found, Proof, Row, Stand};
use crate::layout::tree::Locus;
use crate::theme::Role;
use crate::theme::bar::Flaw;
use std::collections::BTreeSet;

/// Levels of headings under the chapter that a reader can tell apart.
const MOST_LEVELS: usize = 3;

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    for rows in &proof.sheets {
        let prose: Vec<usize> =
            rows.clone().filter(|&at| proof.standing(&proof.rows[at]).stand == Stand::Prose).collect();
        if let (Some(&first), Some(&last)) = (prose.first(), prose.last()) {
            if proof.ends_leaf(first) && !proof.opens_leaf(first) && comes_over(proof, first) {
                found.row(proof, Flaw::Widow, &proof.rows[first], None);
            }
            if goes_over(proof, last) {
                if proof.opens_leaf(last) {
                    found.row(proof, Flaw::Orphan, &proof.rows[last], None);
                }
                if proof.rows[last].ends_in_hyphen() {
                    found.row(proof, Flaw::PageHyphen, &proof.rows[last], None);
                }
            }
        }
        headings(proof, rows.clone(), found);
    }
    levels(proof, found);
}

/// Whether the row before in its leaf stands on an earlier sheet.
fn comes_over(proof: &Proof<'_>, at: usize) -> bool {
    proof.before(at).is_some_and(|before| before.sheet < proof.rows[at].sheet)
}

/// Whether the row after in its leaf stands on a later sheet.
fn goes_over(proof: &Proof<'_>, at: usize) -> bool {
    proof.after(at).is_some_and(|after| after.sheet > proof.rows[at].sheet)
}

fn headings(proof: &Proof<'_>, rows: std::ops::Range<usize>, found: &mut Found) {
    let flow: Vec<usize> = rows.filter(|&at| proof.standing(&proof.rows[at]).stand.is_flow()).collect();
    let Some(&last) = flow.last() else { return };
    if is_heading(proof, last) && has_text(proof, &proof.rows[last]) {
        found.row(proof, Flaw::Stranded, &proof.rows[last], None);
    } else if let [.., title, _line] = flow[..]
        && is_heading(proof, title)
        && proof.standing(&proof.rows[last]).stand == Stand::Prose
        && goes_over(proof, last)
    {
        found.row(proof, Flaw::BareHeading, &proof.rows[title], None);
    }
}

fn is_heading(proof: &Proof<'_>, at: usize) -> bool {
    proof.standing(&proof.rows[at]).stand == Stand::Title
}

/// Whether text of the heading's section comes after it: a chapter may be nothing but its title.
fn has_text(proof: &Proof<'_>, heading: &Row) -> bool {
    let section = proof.tree.section(proof.tree.section_of(heading.leaf));
    let after = heading.leaf.0 + 1..section.nodes.end;
    after.into_iter().any(|node| proof.span(crate::layout::tree::NodeId(node)).is_some())
}

fn levels(proof: &Proof<'_>, found: &mut Found) {
    let mut levels = BTreeSet::new();
    for row in &proof.rows {
        let Role::Heading(level) = proof.tree.node(row.leaf).role else { continue };
        if levels.insert(level) && levels.len() == MOST_LEVELS + 1 {
            let at = Locus { leaf: row.leaf, offset: row.bytes.start };
            found.sheet(Flaw::Levels, row.sheet, Some(at), proof.text(row).trim(), None);
        }
    }
    found.fact(17, "levels", levels.len() as f64, "");
}
