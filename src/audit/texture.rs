//! Rule 14: what the eye sees across lines: the same word under itself, and rivers of white.
//!
//! In:     the proof.
//! Out:    repeats at the edges of paragraphs, rivers.
//! Absent: single lines.

use super::{Found, Proof, Row, Stand};
use crate::base::Length;
use crate::theme::bar::Flaw;
use std::ops::Range;

/// Lines in a row that begin or end with one word, before it is a flaw.
const REPEATS: usize = 3;
/// Lines that a river runs through at least.
const RIVER: usize = 4;
/// Only gaps wider than this, in em, run together to the eye; a usual word space is a quarter.
const WIDE: f64 = 0.33;

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    let (mut first, mut last) = (Streak::default(), Streak::default());
    let mut rivers: Vec<(Range<Length>, usize)> = Vec::new();
    let mut above: Option<&Row> = None;
    for row in &proof.rows {
        if proof.standing(row).stand != Stand::Prose {
            above = None;
            continue;
        }
        let runs_on = above.is_some_and(|above| above.leaf == row.leaf && above.sheet == row.sheet);
        above = Some(row);
        if !runs_on {
            (first, last) = (Streak::default(), Streak::default());
            rivers.clear();
        }
        let text = proof.text(row);
        // A word broken at the edge is not the word.
        let mut words = text.split_whitespace();
        let head = words.next().unwrap_or_default();
        let tail = if row.hyphen.is_some() { "" } else { words.next_back().unwrap_or_default() };
        if first.push(head) || last.push(tail) {
            found.row(proof, Flaw::Repeat, row, Some(REPEATS as f64));
        }
        rivers = flow_on(&rivers, row);
        if rivers.iter().any(|(_, lines)| *lines == RIVER) {
            found.row(proof, Flaw::River, row, Some(RIVER as f64));
        }
    }
}

/// How often in a row the same word came.
#[derive(Default)]
struct Streak<'t> {
    word: &'t str,
    count: usize,
}

impl<'t> Streak<'t> {
    /// Whether the word makes the streak a flaw.
    fn push(&mut self, word: &'t str) -> bool {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_same = !word.is_empty() && word.to_lowercase() == self.word.to_lowercase();
        self.count = if is_same { self.count + 1 } else { 1 };
        self.word = word;
        self.count == REPEATS
    }
}

/// The rivers that run through a row: each wide gap with the lines over it in which one stands above the other by half.
fn flow_on(above: &[(Range<Length>, usize)], row: &Row) -> Vec<(Range<Length>, usize)> {
    let wide = row.gaps.iter().filter(|gap| (gap.end - gap.start).ratio(row.size) > WIDE);
    wide.map(|gap| {
        let joins = |over: &&(Range<Length>, usize)| {
            let shared = over.0.end.min(gap.end) - over.0.start.max(gap.start);
            shared * 2 >= (over.0.end - over.0.start).min(gap.end - gap.start)
        };
        let lines = above.iter().filter(joins).map(|(_, lines)| *lines).max().unwrap_or(0);
        (gap.clone(), lines + 1)
    })
    .collect()
}
