//! Filling a page: every end that a page can have which begins at a place, with its figures at each place they may take.
//!
//! In:     a column; where the page begins, which figures waited for it, which note lines go on on it.
//! Out:    [`End`]s: what stands on the page, what it leaves free, what it costs beside its depth.
//! Absent: the page that it faces (`price.rs`), which ends are chosen.
//!
//! A figure stands at the top of a page that it waited for, at the top of the page that calls it, in the text where it is
//! called, or at the foot under the text that calls it, over the notes. Each way is tried, and the order of the figures is
//! kept: what comes after a figure at the foot stands at the foot or waits, what comes after one that waits waits.

use super::price::PARTS;
use super::{Cut, End, Limits};
use crate::base::Length;
use crate::pdf::slab::{Column, FORBIDDEN, Stack, cells};
use std::ops::Range;

// Costs. Only their proportions matter. One line of white put somewhere in the page is the unit, 60.

/// A note that goes on at the foot of the next page.
const NOTE_SPLIT: i64 = 900;
/// A page that ends a chapter with fewer lines than [`LAST_LINES`].
const LAST_SHORT: i64 = 1500;
const LAST_LINES: i64 = 5;
/// A figure at the foot of the page that calls it, or at its top, over the call.
const FLOAT_AT_FOOT: i64 = 20;
const FLOAT_AHEAD: i64 = 40;
/// A figure that waits; and one with a heading between it and its call: it would stand under a heading that is not its
/// own. So many lines are rather left free at the foot.
const FLOAT_WAITS: i64 = 100;
const FLOAT_PASSED: i64 = 6000;
/// A figure that its text does not name, and that leaves its place: "as follows" would lead to nothing.
const FLOAT_UNNAMED: i64 = 300;
/// Fewer lines of text than [`FEW_LINES`] between figures at the top and notes or figures at the foot look forgotten
/// there.
const FEW: i64 = 2500;
const FEW_LINES: i64 = 4;
/// A page one line too long, whose text would join its folio.
const LONG_OVER_FOLIO: i64 = 4000;
/// A forced break at a forbidden place.
const DESPAIR: i64 = 1_000_000;
/// Lines of a note that must stand on each of its pages.
const NOTE_LINES: usize = 2;
/// How far up a better place to cut a note is sought.
const SPLITS_TRIED: usize = 8;
/// Ends that leave this many lines more free than the best one are not looked at.
const WINDOW: i64 = 6;
/// How many ways to place the figures of one page are tried at most: three for each of three figures.
const MOST_WAYS: usize = 27;
/// How many slabs stand in the height of a line at most, as lines of code and rows of tables do.
const SLABS_IN_LINE: usize = 2;
/// What the last page of a chapter may leave free over a figure at its foot, in lines.
const LAST_FREE: i64 = 1;

/// The column with what the search asks of it often.
pub struct Search<'a> {
    pub column: &'a Column,
    limits: Limits,
    /// Floats before each slab.
    rank: Vec<usize>,
    /// Heights of the note lines before each.
    note_sums: Vec<Length>,
}

/// Where a page begins: its first slab, the first line of notes that is owed.
#[derive(Clone, Copy)]
struct Start {
    at: usize,
    note: usize,
}

/// What a page holds while its ends are sought.
#[derive(Clone)]
struct Page {
    stack: Stack,
    floats: Range<usize>,
    feet: usize,
    waiting: usize,
    /// The figures at the foot, with the white over each.
    feet_height: Length,
    give: i64,
    cost: i64,
    /// What it costs if text follows a figure that stands last so far.
    in_text: i64,
    waits: bool,
    /// Whether a heading stands between a figure and its call.
    passed: bool,
    /// The foot of the figures at the top.
    top: Length,
    /// The last slab that the page must hold: the call of the figure at its top.
    least: Option<usize>,
}

impl Page {
    /// Whether a figure does not stand at its call, which is over what follows.
    fn is_left(&self) -> bool {
        self.waits || self.feet < self.waiting
    }
}

impl<'a> Search<'a> {
    pub fn new(column: &'a Column, limits: Limits) -> Search<'a> {
        let floats = &column.floats;
        let rank = (0..=column.slabs.len()).map(|at| floats.partition_point(|&float| float < at)).collect();
        let mut note_sums = Vec::with_capacity(column.notes.len() + 1);
        let mut sum = Length::ZERO;
        note_sums.push(sum);
        for line in &column.notes {
            sum += line.height;
            note_sums.push(sum);
        }
        Search { column, limits, rank, note_sums }
    }

    pub fn is_end(&self, (float, note): (usize, usize)) -> bool {
        float >= self.column.floats.len() && note >= self.called(self.column.slabs.len())
    }

    /// Note lines called before a slab.
    fn called(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.column.slabs.get(before)).map_or(0, |slab| slab.notes.end)
    }

    fn notes_height(&self, from: usize, to: usize) -> Length {
        if to <= from { Length::ZERO } else { self.limits.note_gap + self.note_sums[to] - self.note_sums[from] }
    }

    /// Adds every end worth looking at of a page that begins with slab `at`, and owes the floats and the note lines from
    /// these on. At least one, and each is nearer to the end of the book.
    pub fn ends(&self, at: usize, (float, note): (usize, usize), into: &mut Vec<End>) {
        let slabs = &self.column.slabs;
        let full = self.limits.height();
        let start = Start { at, note };
        let mut stack = Stack::new(self.limits.leading);
        let mut placed = float;
        while placed < self.rank[at] {
            let mut tried = stack;
            tried.push_float(&slabs[self.column.floats[placed]]);
            // What is owed from the page before comes first, notes at the foot as well as floats at the top.
            let room = full - self.notes_height(note, self.called(at));
            if tried.foot > room && (placed > float || note < self.called(at)) {
                break;
            }
            stack = tried;
            placed += 1;
        }
        let page = Page {
            stack,
            floats: float..placed,
            feet: placed,
            waiting: placed,
            feet_height: Length::ZERO,
            give: 0,
            cost: 0,
            in_text: 0,
            waits: placed < self.rank[at],
            passed: false,
            top: stack.foot,
            least: None,
        };
        let first = into.len();
        if placed > float || (note < self.called(at) && (page.waits || at == slabs.len())) {
            into.extend(self.end(&page, start, at, (stack.foot, false)));
        }
        let mut ways = Vec::new();
        ways.extend(self.ahead(&page, start).map(|page| (at, page)));
        let mut tried = 1;
        self.fill(page.clone(), at, start, &mut ways, into);
        while let Some((from, page)) = ways.pop() {
            tried += 1;
            if tried <= MOST_WAYS {
                self.fill(page, from, start, &mut ways, into);
            }
        }
        self.choose(into, first, &page, start);
    }

    /// The page with the next figure at its top, which is called further down on it.
    fn ahead(&self, page: &Page, start: Start) -> Option<Page> {
        let figure = *self.column.floats.get(page.waiting)?;
        let slab = self.column.slabs.get(figure)?;
        // No figure stands over the title of a chapter.
        if page.waits || figure <= start.at || start.at == 0 || slab.height > self.limits.height() {
            return None;
        }
        // Slabs lower than a line are few: what is farther away does not stand on this page.
        let reach = self.limits.lines.max(1) as usize * SLABS_IN_LINE;
        if figure - start.at > reach {
            return None;
        }
        let mut page = page.clone();
        page.stack.push_float(slab);
        page.floats.end += 1;
        (page.feet, page.waiting) = (page.floats.end, page.floats.end);
        page.cost += FLOAT_AHEAD + if slab.in_text == 0 { FLOAT_UNNAMED } else { 0 };
        page.top = page.stack.foot;
        page.least = Some(figure);
        Some(page)
    }

    /// Fills a page from slab `from` on and adds its ends. Where a figure may stand in another place than the one it takes
    /// here, the page up to it goes to `ways`.
    fn fill(&self, mut page: Page, from: usize, start: Start, ways: &mut Vec<(usize, Page)>, into: &mut Vec<End>) {
        for (index, slab) in self.column.slabs.iter().enumerate().skip(from) {
            let is_before_call = page.least.is_some_and(|least| index <= least);
            if slab.barrier && (page.is_left() || is_before_call) {
                break;
            }
            page.passed |= slab.heading.is_some() && (page.is_left() || is_before_call);
            if !slab.floats {
                page.cost += std::mem::take(&mut page.in_text);
                page.give += i64::from(page.stack.give(slab));
                page.stack.push(slab);
            } else if self.rank[index] < page.floats.end || page.waits {
                page.stack.pass();
            } else {
                let mut places = self.places(&page, index, start).into_iter();
                let Some(first) = places.next() else { break };
                for other in places {
                    if self.close(&other, start, index, into) {
                        ways.push((index + 1, other));
                    }
                }
                page = first;
            }
            if !self.close(&page, start, index, into) {
                break;
            }
        }
    }

    /// The page with the figure `index` in its text, at its foot, or without it: one at least.
    fn places(&self, page: &Page, index: usize, start: Start) -> Vec<Page> {
        let full = self.limits.height();
        let slab = &self.column.slabs[index];
        let notes = self.notes_height(start.note, self.called(index));
        let is_bare = page.stack.is_bare();
        let unnamed = if slab.in_text == 0 { FLOAT_UNNAMED } else { 0 };
        let mut places = Vec::new();
        if page.feet == page.waiting {
            let mut held = page.clone();
            held.give += i64::from(held.stack.give(slab));
            held.stack.push(slab);
            if held.stack.foot + notes <= full || page.stack.is_empty {
                (held.feet, held.waiting) = (held.feet + 1, held.waiting + 1);
                held.in_text = if is_bare { 0 } else { i64::from(slab.in_text) };
                places.push(held);
            }
        }
        let feet_height = page.feet_height + self.limits.leading + slab.height;
        if !is_bare && page.stack.foot + feet_height + notes <= full {
            let mut held = page.clone();
            held.feet_height = feet_height;
            held.waiting += 1;
            held.cost += FLOAT_AT_FOOT + unnamed;
            held.stack.pass();
            places.push(held);
        }
        // Who has the top of a page does not wait for the next one.
        if !is_bare || places.is_empty() {
            let mut held = page.clone();
            held.waits = true;
            held.cost += unnamed;
            held.stack.pass();
            places.push(held);
        }
        places
    }

    /// Ends a page after slab `index`; whether it may go on.
    fn close(&self, page: &Page, start: Start, index: usize, into: &mut Vec<End>) -> bool {
        let slab = &self.column.slabs[index];
        let mut foot = page.stack.foot + if slab.floats { Length::ZERO } else { slab.tail };
        if foot + page.feet_height > self.limits.height() + self.limits.leading * 2 {
            return false;
        }
        // A ground that ends a page reaches down to the foot with its page's part alone.
        let is_ground = self.column.takes_rest(slab.frame) && index + 1 < self.column.slabs.len();
        foot -= if is_ground { page.stack.lift } else { Length::ZERO };
        if page.least.is_none_or(|least| index >= least) {
            into.extend(self.end(page, start, index + 1, (foot, is_ground || page.stack.ends_in_display)));
        }
        true
    }

    /// Leaves the ends worth trying of those from `first` on; makes one where there is none.
    fn choose(&self, ends: &mut Vec<End>, first: usize, page: &Page, start: Start) {
        let found = &ends[first..];
        let is_free = found.iter().any(|end| !end.forbidden);
        let left = |end: &End| (end.free - end.give).max(0);
        let best =
            |parts: bool| found.iter().filter(|end| !(is_free && end.forbidden) && end.parts == parts).map(left).min();
        // An end that parts a figure from its section is no measure for those that do not.
        let (whole, parted) = (best(false), best(true));
        if whole.is_some() || parted.is_some() {
            let mut kept = first;
            for at in first..ends.len() {
                let end = &ends[at];
                let best = if end.parts { parted } else { whole };
                let is_near = best.is_none_or(|best| left(end) <= best + WINDOW);
                if !(is_free && end.forbidden) && (end.is_last || is_near) {
                    ends.swap(kept, at);
                    kept += 1;
                }
            }
            ends.truncate(kept);
            return;
        }
        // Nothing fits, as a note or a slab is larger than a page: one slab, and as many note lines as the page holds.
        let next = (start.at + 1).min(self.column.slabs.len());
        let called = self.called(next);
        let room = self.limits.height();
        let mut to = (start.note + 1).min(called.max(start.note));
        while to < called && self.notes_height(start.note, to + 1) <= room.scale(0.5) {
            to += 1;
        }
        let placed = page.floats.end;
        let is_float = self.column.slabs.get(start.at).is_some_and(|slab| slab.floats);
        let waiting = if is_float && placed == self.rank[start.at] { placed + 1 } else { placed };
        ends.push(End {
            cut: Cut {
                floats: page.floats.clone(),
                slabs: start.at..next,
                feet: waiting,
                waiting,
                notes: start.note..to,
                lean: 0,
                stretch: 0,
            },
            free: 0,
            rest: 0,
            give: 0,
            cost: DESPAIR,
            hyphen: false,
            ends_at_foot: false,
            waits: false,
            parts: false,
            is_last: false,
            forbidden: true,
        });
    }

    /// The page that ends before slab `next`, with the foot of its text at `foot`, and whether that is moved down to a whole
    /// number of lines; `None` where its notes leave no way.
    fn end(&self, page: &Page, start: Start, next: usize, (foot, is_moved): (Length, bool)) -> Option<End> {
        let slabs = &self.column.slabs;
        let (leading, full) = (self.limits.leading, self.limits.height());
        let called = self.called(next).max(start.note);
        let foot_of_all = foot + page.feet_height;
        let room = full - foot_of_all - self.notes_height(start.note, called);
        let mut cost = page.cost;
        let (to, free) = if room >= Length::ZERO || cells(-room, leading) == 0 {
            (called, room.sp().max(0) / leading.sp().max(1))
        } else if cells(-room, leading) == 1 {
            cost += if self.limits.is_tight { LONG_OVER_FOLIO } else { 0 };
            (called, -1)
        } else {
            cost += NOTE_SPLIT;
            (self.split_note(start.note, called, self.called(start.at).max(start.note), full - foot_of_all)?, 0)
        };
        let before = slabs.get(next).map_or(0, |slab| slab.before);
        let forbidden = before == FORBIDDEN && next > start.at;
        cost += if forbidden { DESPAIR } else { i64::from(before) };
        let waiting = self.rank[next] - page.waiting;
        cost += FLOAT_WAITS * waiting as i64 + if page.passed { FLOAT_PASSED } else { 0 };
        let has_feet = page.feet < page.waiting;
        let is_last = next == slabs.len() && waiting == 0 && to >= called;
        if is_last && has_feet && free > LAST_FREE {
            return None;
        }
        if is_last && cells(foot, leading) < LAST_LINES {
            cost += LAST_SHORT;
        }
        let is_shared = !page.floats.is_empty() || has_feet || to > start.note;
        if is_shared && !is_last && next > start.at && cells(foot - page.top, leading) < FEW_LINES {
            cost += FEW;
        }
        let hyphen = next > start.at && !is_last && slabs[next - 1].hyphen;
        // Notes and figures at the foot end where the page ends.
        let ends_at_foot = has_feet || to > start.note;
        Some(End {
            cut: Cut {
                floats: page.floats.clone(),
                slabs: start.at..next,
                feet: page.feet,
                waiting: page.waiting,
                notes: start.note..to,
                lean: 0,
                stretch: 0,
            },
            free,
            rest: if ends_at_foot || is_moved { 0 } else { self.rest(room, free) },
            // The white over a figure at the foot may grow as well.
            give: page.give + i64::from(has_feet),
            cost,
            hyphen,
            ends_at_foot,
            waits: waiting > 0,
            parts: page.passed,
            is_last,
            forbidden,
        })
    }

    /// What a page leaves free of its `room` beyond the lines counted as free.
    fn rest(&self, room: Length, free: i64) -> i64 {
        let rest = (room - self.limits.leading * free) * PARTS;
        (rest.sp() / self.limits.leading.sp().max(1)).clamp(0, PARTS - 1)
    }

    /// How many note lines stand on a page that has not room for all of `from..to`: every note called on it (those
    /// from `called` on) begins there, and the one that is cut has two lines on both sides.
    fn split_note(&self, from: usize, to: usize, called: usize, room: Length) -> Option<usize> {
        let notes = &self.column.notes;
        let begins = to - notes.get(to.checked_sub(1)?)?.of.min(to);
        let is_new = begins >= called.max(from);
        let least = if is_new { begins } else { from } + NOTE_LINES;
        // Heights only grow: the most lines that fit are found by halving.
        let allowed = room - self.limits.note_gap + self.note_sums[from];
        let most = self.note_sums[..to].partition_point(|&sum| sum <= allowed);
        (least..most).rev().take(SPLITS_TRIED).find(|&at| {
            let line = &notes[at];
            line.index >= NOTE_LINES && line.of - line.index >= NOTE_LINES || line.index == 0 && !is_new
        })
    }
}
