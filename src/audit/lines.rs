//! Rules 8, 9 and 11 to 13: how single lines are broken and filled.
//!
//! In:     the proof.
//! Out:    flaws of hyphens, of last lines, of word spaces; lines that run over the text block.
//! Absent: pages.
//!
//! The measures are those of `tests/judges/typo_audit.py`: the mean of a line's gaps in em of its size, where it has
//! three or more; 2 pt over the edge of the block, and half an em more for signs that hang.

use super::{Found, Proof, Row, Stand};
use crate::base::{Em, Length};
use crate::layout::tree::{Link, Mark, Text};
use crate::pdf::hyphen;
use crate::theme::bar::Flaw;

/// Fewer gaps than these say nothing of a line.
const LEAST_GAPS: usize = 3;
/// Mean gaps in em over which a line is loose, very loose, and under which it is tight.
const LOOSE: f64 = 0.50;
const VERY_LOOSE: f64 = 0.75;
const TIGHT: f64 = 0.14;
/// How far glyphs may be scaled (Bringhurst 2.1.6 lets ±2 to 3 % pass).
const MOST_SCALED: f32 = 0.03;
/// How far a line may run over the text block, in points; and what hangs may stand out further, in em.
const OVER: f64 = 2.0;
const HANGS: f64 = 0.5;
/// A row reaches the edge of the block when it ends no farther from it, in points.
const AT_EDGE: f64 = 1.5;
/// A last line narrower than this is a runt.
const RUNT: Em = Em(2.0);
/// A last word with fewer letters than these does not stand alone on a line (Bringhurst 2.4.5).
const LEAST_WORD: usize = 4;
/// Lines in a row that end in a hyphen make a ladder.
const LADDER: usize = 3;

impl Row {
    /// Whether its last sign is a hyphen, added or written.
    pub fn ends_in_hyphen(&self) -> bool {
        matches!(self.last, '-' | '\u{2010}' | '\u{AD}')
    }

    /// The mean of its gaps, in em.
    pub fn mean_gap(&self) -> Option<f64> {
        let sum: i64 = self.gaps.iter().map(|gap| (gap.end - gap.start).sp()).sum();
        let mean = (sum as f64 / self.gaps.len().max(1) as f64) / self.size.sp().max(1) as f64;
        (self.gaps.len() >= LEAST_GAPS).then_some(mean)
    }
}

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    let (mut ladder, mut sheet) = (0, usize::MAX);
    let mut out_of_range = 0_usize;
    for (at, row) in proof.rows.iter().enumerate() {
        let stand = proof.standing(row).stand;
        if row.sheet != sheet {
            (ladder, sheet) = (0, row.sheet);
        }
        overflow(proof, row, found);
        if (row.stretch - 1.0).abs() > MOST_SCALED {
            found.row(proof, Flaw::Scaled, row, Some(f64::from(row.stretch)));
        }
        if let Some(hyphen) = row.hyphen {
            hyphens(proof, row, hyphen, found);
        }
        if is_filled(proof, at) {
            found.justified += 1;
            out_of_range += usize::from(spaces(proof, row, found));
        }
        if stand == Stand::Prose {
            ladder = if row.ends_in_hyphen() { ladder + 1 } else { 0 };
            if ladder == LADDER {
                found.row(proof, Flaw::Ladder, row, Some(LADDER as f64));
            }
        }
        if matches!(stand, Stand::Prose | Stand::Note) && proof.ends_leaf(at) {
            last_line(proof, at, found);
        }
    }
    let share = 100.0 * out_of_range as f64 / found.justified.max(1) as f64;
    found.fact(13, "lines out of range", share, "%");
}

/// Whether a row is set to both edges: all of a justified paragraph but its last, and that too where it reaches the edge.
fn is_filled(proof: &Proof<'_>, at: usize) -> bool {
    let row = &proof.rows[at];
    let standing = proof.standing(row);
    let runs = matches!(standing.stand, Stand::Prose | Stand::Note) && standing.is_justified;
    let reaches = || row.right > proof.block(row.sheet).1 - Length::pt(AT_EDGE);
    runs && if proof.ends_leaf(at) || proof.is_broken_by_hand(at) { reaches() } else { true }
}

/// Whether the spaces of a justified row are out of range.
fn spaces(proof: &Proof<'_>, row: &Row, found: &mut Found) -> bool {
    let Some(gap) = row.mean_gap() else { return false };
    let flaw = match gap {
        gap if gap > VERY_LOOSE => Flaw::VeryLoose,
        gap if gap > LOOSE => Flaw::Loose,
        gap if gap < TIGHT => Flaw::Tight,
        _in_range => return false,
    };
    found.row(proof, flaw, row, Some(gap));
    true
}

fn overflow(proof: &Proof<'_>, row: &Row, found: &mut Found) {
    let (left, right) = proof.block(row.sheet);
    let hangs = if row.ends_in_hyphen() || ".,;:!?’”)—–".contains(row.last) { HANGS } else { 0.0 };
    let over = (row.right - right).max(left - row.left) - row.size.scale(hangs);
    if over > Length::pt(OVER) {
        found.row(proof, Flaw::Overflow, row, Some(over.to_pt()));
    }
}

fn last_line(proof: &Proof<'_>, at: usize, found: &mut Found) {
    let (row, Some(before)) = (&proof.rows[at], proof.before(at)) else { return };
    let width = row.right - row.left;
    if width < RUNT.of(row.size) {
        found.row(proof, Flaw::Runt, row, Some(width.ratio(row.size)));
        return;
    }
    let text = proof.text(row).trim();
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    let is_one_word = !text.contains(char::is_whitespace);
    if is_one_word && (before.hyphen.is_some() || letters < LEAST_WORD) {
        found.row(proof, Flaw::Stub, row, Some(width.ratio(row.size)));
    }
}

/// A hyphen that was added before byte `at` of the leaf.
fn hyphens(proof: &Proof<'_>, row: &Row, at: u32, found: &mut Found) {
    let Some(text) = proof.tree.node(row.leaf).text() else { return };
    let is_running = match proof.standing(row).stand {
        Stand::Prose | Stand::Verse | Stand::Cell | Stand::Note => true,
        Stand::Code | Stand::Title | Stand::Caption | Stand::Entry | Stand::Display => false,
    };
    if !is_running || is_verbatim(text, at) {
        found.row(proof, Flaw::WrongHyphen, row, None);
    }
    let (head, tail) = text.string.split_at_checked(at as usize).unwrap_or_default();
    // A soft hyphen is not a letter, but does not end the word either.
    let letters = |c: &char| c.is_alphanumeric() || *c == '\u{AD}';
    let count = |c: &char| *c != '\u{AD}';
    let before = head.chars().rev().take_while(letters).filter(count).count();
    let after = tail.chars().take_while(letters).filter(count).count();
    let least = hyphen::least(proof.tree.lang_at(row.leaf, at));
    if before < least.0 || after < least.1 {
        found.row(proof, Flaw::ShortHyphen, row, Some(before.min(after) as f64));
    }
}

/// Whether the byte stands in code, or in a link that shows its own address.
fn is_verbatim(text: &Text, at: u32) -> bool {
    let around = text.marks.iter().filter(|marked| marked.range.start < at && at < marked.range.end);
    around.into_iter().any(|marked| match &marked.mark {
        Mark::Code | Mark::Keyboard | Mark::Token(_) => true,
        Mark::Link(Link::Outside(url)) => {
            let shown = text.string.get(marked.range.start as usize..marked.range.end as usize).unwrap_or_default();
            url.contains(shown)
        }
        Mark::Link(Link::Inside(_))
        | Mark::Emphasis
        | Mark::Strong
        | Mark::Strike
        | Mark::Underline
        | Mark::SmallCaps
        | Mark::LeadIn
        | Mark::Sans
        | Mark::Superscript
        | Mark::Subscript
        | Mark::Label
        | Mark::Lang(_)
        | Mark::Abbreviation(_)
        | Mark::Anchor(_)
        | Mark::Class(_) => false,
    })
}
