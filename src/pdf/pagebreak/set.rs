//! A cut → where its slabs stand.
//!
//! In:     a column and one of its cuts.
//! Out:    [`Setting`]: the top of each slab and of the notes.
//! Absent: the choice of cuts.

use super::ground::{Ground, settle};
use super::{Cut, Limits};
use crate::base::Length;
use crate::pdf::slab::{Column, Fit, Stack, grid_above};

/// Where everything on a page stands, from the top of its first cell.
#[derive(Debug)]
pub struct Setting {
    /// Slabs in the order in which they stand, with their tops: figures at the top, the text, figures at the foot.
    pub slabs: Vec<(usize, Length)>,
    /// How many of them are figures at the top.
    pub floated: usize,
    /// The top of the first note line.
    pub notes: Length,
    /// Grounds that take up what is left over to whole lines.
    pub grounds: Vec<Ground>,
}

/// Sets the slabs of a page.
pub fn set(column: &Column, cut: &Cut, limits: Limits) -> Setting {
    let mut stack = Stack::new(limits.leading);
    let floats = &column.floats;
    let mut slabs = Vec::new();
    for rank in cut.floats.clone() {
        slabs.push((floats[rank], stack.push_float(&column.slabs[floats[rank]])));
    }
    let floated = slabs.len();
    let rank = |at: usize| floats.partition_point(|&float| float < at);
    let is_in_text = |at: usize| !column.slabs[at].floats || (cut.floats.end..cut.feet).contains(&rank(at));
    let shown: Vec<usize> = cut.slabs.clone().filter(|&at| is_in_text(at)).collect();
    // The white over figures at the foot grows first.
    let stretch = if cut.feet < cut.waiting { (cut.stretch - 1).max(0) } else { cut.stretch };
    let extra = share(&gives(column, cut, &shown, stack), stretch);
    let mut rests = Vec::with_capacity(shown.len());
    let mut next = cut.slabs.start;
    // What ends a page ends it on the foot line: the white over the last display takes what is left.
    let is_open = cut.slabs.end < column.slabs.len() && cut.notes.is_empty() && cut.feet == cut.waiting;
    let display = last_display(column, &shown).filter(|_| is_open);
    for (&at, lines) in shown.iter().zip(extra) {
        if at > next {
            stack.pass();
        }
        next = at + 1;
        let slab = &column.slabs[at];
        let white = limits.leading * lines;
        let under = if slab.is_display() && display != Some(at) { white / 2 } else { Length::ZERO };
        slabs.push((at, stack.push_apart(slab, white - under, under)));
        rests.push(stack.rest);
    }
    if let Some(display) = display.filter(|_| stack.ends_in_display)
        && let Some(last) = shown.last().map(|&at| &column.slabs[at])
        && !column.takes_rest(last.frame)
    {
        let foot = stack.foot + last.tail;
        let by = grid_above(foot, limits.leading) - foot;
        slabs[floated..].iter_mut().filter(|(at, _)| *at >= display).for_each(|(_, top)| *top += by);
    }
    let grounds = settle(column, &mut slabs[floated..], &rests, limits.leading);
    let height: Length = column.notes[cut.notes.clone()].iter().map(|line| line.height).sum();
    let foot = limits.height() + limits.leading * cut.lean.max(0);
    // A page that is short by a line or two takes its notes and figures up with it, so that facing pages end alike.
    let foot = if (-2..0).contains(&cut.lean) { foot + limits.leading * cut.lean } else { foot };
    let feet = &floats[cut.feet..cut.waiting];
    let feet_height: Length = feet.iter().map(|&at| column.slabs[at].height + limits.leading).sum();
    let notes = (foot - height).max(stack.foot + feet_height + limits.note_gap);
    // Figures at the foot stand over the notes.
    let mut top = if cut.notes.is_empty() { foot } else { notes - limits.note_gap } - feet_height;
    for &at in feet {
        top = top.max(stack.foot) + limits.leading;
        slabs.push((at, top));
        top += column.slabs[at].height;
    }
    Setting { slabs, floated, notes, grounds }
}

/// The first slab of the display that ends a page; a caption is one with what it names.
fn last_display(column: &Column, shown: &[usize]) -> Option<usize> {
    let mut begins = shown.iter().copied().rev().filter(|&at| column.slabs[at].fit != Fit::Free);
    let last = begins.next()?;
    match column.slabs[last].fit {
        Fit::Free | Fit::Grid => None,
        Fit::Whole { share, .. } if share < 1.0 => Some(last),
        Fit::Whole { .. } => Some(begins.next().filter(|&at| column.slabs[at].is_display()).unwrap_or(last)),
    }
}

/// How many lines each slab of a page may be pushed down by.
fn gives(column: &Column, cut: &Cut, shown: &[usize], mut stack: Stack) -> Vec<u8> {
    let mut next = cut.slabs.start;
    let mut gives = Vec::with_capacity(shown.len());
    for &at in shown {
        if at > next {
            stack.pass();
        }
        next = at + 1;
        gives.push(stack.give(&column.slabs[at]));
        stack.push(&column.slabs[at]);
    }
    gives
}

/// Shares out lines of white: one line to each space that gives, from the top down, then again.
fn share(gives: &[u8], lines: i64) -> Vec<i64> {
    let mut extra = vec![0; gives.len()];
    let mut left = lines;
    for round in 0..=u8::MAX {
        for (extra, &give) in extra.iter_mut().zip(gives) {
            if left > 0 && give > round {
                *extra += 1;
                left -= 1;
            }
        }
        if left == 0 {
            break;
        }
    }
    extra
}

/// Whether a figure stands where it was called, with text over it on its page.
pub fn stands_in_text(cuts: &[Cut], column: &Column, figure: usize) -> bool {
    let rank = column.floats.partition_point(|&float| float < figure);
    let Some(cut) = cuts.iter().find(|cut| cut.slabs.contains(&figure)) else { return false };
    (cut.floats.end..cut.feet).contains(&rank) && figure > cut.slabs.start
}

/// The place in a column of each slab's page: for looking up without drawing.
pub fn page_of_slab(cuts: &[Cut], column: &Column) -> Vec<usize> {
    let mut pages = vec![0; column.slabs.len()];
    for (page, cut) in cuts.iter().enumerate() {
        for at in cut.slabs.clone() {
            pages[at] = page;
        }
        for rank in cut.floats.clone() {
            pages[column.floats[rank]] = page;
        }
    }
    pages
}
