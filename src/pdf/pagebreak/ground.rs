//! Grounds that take up what is left over to whole lines: the white round them is the same everywhere.
//!
//! In:     the slabs of a page with their tops, and what each has over it beyond its space.
//! Out:    the edges of each such ground on the page; its lines stand in the middle between them.
//! Absent: which blocks have a ground; colours.
//!
//! The lines of code are lower than those of the text. If what is left over went into the white round a block, some
//! blocks would stand close to their text and others a line and a half off. So it goes into the block.

use crate::base::Length;
use crate::pdf::slab::{Column, grid_above};

/// A ground on one page.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    /// An index of [`Column::frames`].
    pub frame: usize,
    pub top: Length,
    pub foot: Length,
}

/// Settles the grounds of a page and moves the lines on them.
pub fn settle(column: &Column, slabs: &mut [(usize, Length)], rests: &[Length], leading: Length) -> Vec<Ground> {
    let mut grounds = Vec::new();
    let mut from = 0;
    while let Some(&(first, top)) = slabs.get(from) {
        let frame = column.slabs[first].frame;
        let run = slabs[from..].iter().take_while(|(at, _)| column.slabs[*at].frame == frame).count();
        let to = from + run;
        let taker = frame.filter(|_| column.takes_rest(frame));
        if let Some(frame) = taker {
            let rest = rests.get(from).copied().unwrap_or(Length::ZERO);
            let (last, last_top) = slabs[to - 1];
            let foot = last_top + column.slabs[last].height;
            let pad = column.frames[frame].pad;
            // An empty line that would open the page has no height there.
            let top = top + (column.slabs[first].tail - column.slabs[first].top).max(Length::ZERO);
            let upper = top - pad - rest;
            let lower = foot_of(column, (first, last), foot + pad, rest, slabs.get(to).copied(), leading);
            let by = upper + (lower - upper - (foot - top)) / 2 - top;
            slabs[from..to].iter_mut().for_each(|(_, top)| *top += by);
            grounds.push(Ground { frame, top: upper, foot: lower });
        }
        from = to;
    }
    grounds
}

/// Where the ground of the slabs `first` to `last` ends that would end at `foot`; `next` stands under it on the page.
fn foot_of(
    column: &Column,
    (first, last): (usize, usize),
    foot: Length,
    rest: Length,
    next: Option<(usize, Length)>,
    leading: Length,
) -> Length {
    let slabs = &column.slabs;
    let frame = slabs[first].frame;
    let begins = first.checked_sub(1).is_none_or(|before| slabs[before].frame != frame);
    let ends = slabs.get(last + 1).is_none_or(|after| after.frame != frame);
    let Some((next, next_top)) = next else {
        // The page ends with it: its foot is the foot of the text. What was left over for the whole block does not count.
        return if last + 1 == slabs.len() { foot + rest } else { grid_above(foot - rest, leading) };
    };
    if begins && rest > Length::ZERO {
        return foot + rest;
    }
    // White over a heading is the heading's.
    let pad = frame.and_then(|at| column.frames.get(at)).map_or(Length::ZERO, |frame| frame.pad);
    let room = next_top - (slabs[next].space - pad);
    if slabs[next].heading.is_some() || !ends { foot } else { room.max(foot).min(foot + leading) }
}
