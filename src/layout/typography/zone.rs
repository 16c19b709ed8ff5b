//! Zones of a leaf: pieces in one language that are either prose or to be left as typed.
//!
//! In:     a leaf's marks.
//! Out:    [`Zone`]s that follow one another and cover the string; the URLs in it.
//! Absent: signs.

use super::signs::Signs;
use crate::layout::tree::{Mark, Text};

#[derive(Clone, Copy)]
pub struct Zone {
    pub start: usize,
    pub end: usize,
    pub signs: &'static Signs,
    /// Code and keys: no sign is changed.
    pub as_typed: bool,
}

/// The zones of a leaf, at least one.
pub fn of(text: &Text, signs: &'static Signs) -> Vec<Zone> {
    let length = text.string.len();
    let mut zones = Vec::new();
    let mut at = 0;
    // The marks we are in, the innermost last; the leaf itself is the outermost.
    let mut around = vec![Zone { start: 0, end: length, signs, as_typed: false }];
    for mark in &text.marks {
        if !matches!(mark.mark, Mark::Code | Mark::Keyboard | Mark::Lang(_)) {
            continue;
        }
        let (start, end) = (mark.range.start as usize, mark.range.end as usize);
        close(&mut around, &mut zones, &mut at, start);
        let outer = around[around.len() - 1];
        if at < start {
            zones.push(Zone { start: at, end: start, ..outer });
            at = start;
        }
        around.push(if let Mark::Lang(lang) = &mark.mark {
            Zone { start, end, signs: Signs::of(lang), ..outer }
        } else {
            Zone { start, end, as_typed: true, ..outer }
        });
    }
    close(&mut around, &mut zones, &mut at, length);
    if zones.is_empty() {
        zones.push(Zone { start: 0, end: length, signs, as_typed: false });
    }
    zones
}

/// Leaves the marks that end at or before `until`.
fn close(around: &mut Vec<Zone>, zones: &mut Vec<Zone>, at: &mut usize, until: usize) {
    while let Some(inner) = around.last().copied().filter(|inner| inner.end <= until) {
        if *at < inner.end {
            zones.push(Zone { start: *at, ..inner });
            *at = inner.end;
        }
        if around.len() == 1 {
            break;
        }
        around.pop();
    }
}

/// The URLs that stand in a text, with or without a link around them.
pub fn urls(text: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (middle, _) in text.match_indices("://").chain(text.match_indices("www.")) {
        let before = &text.as_bytes()[..middle];
        let scheme = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b)).count();
        let end = text[middle..]
            .find(|c: char| c.is_whitespace() || "<>\"“”»)]}\u{FFFC}".contains(c))
            .map_or(text.len(), |length| middle + length);
        // A stop at its end belongs to the sentence.
        let end = middle + text[middle..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '-']).len();
        out.push((middle - scheme, end));
    }
    out.sort_unstable();
    out
}
