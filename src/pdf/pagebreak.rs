//! Column → pages: the best places to cut a vertical list, found for all its pages at once.
//!
//! In:     a [`Column`], the height of a page in lines, the side on which it opens.
//! Out:    [`Cut`]s, one for each page: which slabs, which floats on top of them, which lines of notes under them.
//! Faults: none: a list that cannot be cut well is cut badly, at the least cost.
//! Absent: what the slabs show; folios.
//!
//! The breaks that Knuth and Plass (*Breaking Paragraphs into Lines*, 1981) choose for the lines of a paragraph are
//! chosen here for the pages of a chapter, as Plass did (*Optimal Pagination Techniques for Automatic Typesetting
//! Systems*, 1981). A state is a place in the list with what is still owed there: floats that wait, lines of notes that
//! go on, and how deep the facing verso was set. Of all ways to a state only the cheapest is kept; the cheapest way to
//! the end is the answer. Breaks that leave a widow, an orphan or a lone heading are taken only where no other exists.

mod ground;
mod price;
mod set;

pub use ground::Ground;
pub use set::{page_of_slab, set, stands_in_text};

use super::slab::{Column, FORBIDDEN, Stack, cells};
use crate::base::Length;
use price::{PARTS, Priced};
use std::ops::Range;

/// What a page can hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub leading: Length,
    /// Lines of a full page.
    pub lines: i64,
    /// Between the text and the first note, the short rule in it.
    pub note_gap: Length,
}

impl Limits {
    pub fn height(&self) -> Length {
        self.leading * self.lines
    }
}

/// One page of a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cut {
    /// Floats that waited for this page, by their rank among the floats of the column.
    pub floats: Range<usize>,
    pub slabs: Range<usize>,
    /// Floats among `slabs` of this rank or a later one wait for a later page.
    pub waiting: usize,
    pub notes: Range<usize>,
    /// How many lines deeper than a full page it ends: 1, 0, or below 0 where it is short.
    pub lean: i64,
    /// Lines of white put into it so that it ends where it should.
    pub stretch: i64,
}

// Costs. Only their proportions matter. One line of white put somewhere in the page is the unit, 60.

/// A note that goes on at the foot of the next page.
const NOTE_SPLIT: i64 = 900;
/// A page that ends a chapter with fewer lines than [`LAST_LINES`].
const LAST_SHORT: i64 = 1500;
const LAST_LINES: i64 = 5;
/// A figure that waits; and one that waits while the next heading begins: it would stand under a heading that is not its
/// own. So many lines are rather left free at the foot.
const FLOAT_WAITS: i64 = 60;
const FLOAT_PASSED: i64 = 6000;
/// Fewer lines of text than [`FEW_LINES`] between figures at the top and notes at the foot look forgotten there.
const FEW: i64 = 2500;
const FEW_LINES: i64 = 4;
/// A forced break at a forbidden place.
const DESPAIR: i64 = 1_000_000;
/// Lines of a note that must stand on each of its pages.
const NOTE_LINES: usize = 2;
/// How far up a better place to cut a note is sought.
const SPLITS_TRIED: usize = 8;
/// Ends that leave this many lines more free than the best one are not looked at.
const WINDOW: i64 = 6;

/// The cheapest states that are followed up at one place. The depth of the facing page alone makes up to 17.
const MOST_STATES: usize = 64;

/// The column with what the search asks of it often.
struct Search<'a> {
    column: &'a Column,
    limits: Limits,
    /// Floats before each slab.
    rank: Vec<usize>,
    /// Heights of the note lines before each.
    note_sums: Vec<Length>,
}

/// A way to a state.
struct Node {
    at: usize,
    float: usize,
    note: usize,
    recto: bool,
    /// How much deeper than a full page the facing verso ends, in parts of a line; 0 where the next page is a verso.
    facing: i64,
    cost: i64,
    /// The node before it, and the page between.
    from: Option<(usize, Cut)>,
}

/// A page end that can be reached from a place.
struct End {
    cut: Cut,
    float: usize,
    /// Whole lines left free; −1 for a page one line too long.
    free: i64,
    /// What is left free beyond whole lines, in parts of a line.
    rest: i64,
    /// Lines of white that may be put in.
    give: i64,
    cost: i64,
    hyphen: bool,
    is_last: bool,
    forbidden: bool,
}

/// Cuts a column into pages. `recto` is the side of the first.
pub fn cut(column: &Column, limits: Limits, recto: bool) -> Vec<Cut> {
    if column.slabs.is_empty() {
        return Vec::new();
    }
    let search = Search::new(column, limits);
    let count = column.slabs.len();
    let mut nodes = vec![Node { at: 0, float: 0, note: 0, recto, facing: 0, cost: 0, from: None }];
    let mut reached: Vec<Vec<usize>> = vec![Vec::new(); count + 1];
    reached[0].push(0);
    for at in 0..=count {
        // Kept small, so that a page too low for its notes cannot make the states grow without end.
        if reached[at].len() > MOST_STATES {
            reached[at].sort_by_key(|&node| (nodes[node].cost, node));
            reached[at].truncate(MOST_STATES);
        }
        let mut done: Option<(usize, usize)> = None;
        // Pages of floats or notes alone lead back to the same place with less owed: go through what is owed in order.
        while let Some(owed) = reached[at]
            .iter()
            .map(|&node| (nodes[node].float, nodes[node].note))
            .filter(|owed| done.is_none_or(|done| *owed > done))
            .min()
        {
            done = Some(owed);
            if at == count && search.is_end(owed) {
                continue;
            }
            let ends = search.ends(at, owed.0, owed.1);
            let here: Vec<usize> =
                reached[at].iter().copied().filter(|&node| (nodes[node].float, nodes[node].note) == owed).collect();
            for node in here {
                for end in &ends {
                    relax(&mut nodes, &mut reached, node, end);
                }
            }
        }
    }
    let last = reached[count]
        .iter()
        .copied()
        .filter(|&node| search.is_end((nodes[node].float, nodes[node].note)))
        .min_by_key(|&node| (nodes[node].cost, node));
    let mut cuts = Vec::new();
    let mut next = last;
    while let Some(node) = next {
        next = nodes[node].from.as_ref().map(|(before, cut)| {
            cuts.push(cut.clone());
            *before
        });
    }
    cuts.reverse();
    cuts
}

/// Tries a page end from a node, with every amount of white worth trying.
fn relax(nodes: &mut Vec<Node>, reached: &mut [Vec<usize>], from: usize, end: &End) {
    let (recto, facing, base) = (nodes[from].recto, nodes[from].facing, nodes[from].cost);
    let opens = nodes[from].from.is_none();
    for stretch in end.stretches() {
        let Priced { lean, depth, cost } = end.price(recto, opens, facing, stretch);
        let key = |node: &Node| (node.at, node.float, node.note, node.recto, node.facing);
        let mut cut = end.cut.clone();
        cut.lean = lean;
        cut.stretch = stretch;
        let node = Node {
            at: end.cut.slabs.end,
            float: end.float,
            note: end.cut.notes.end,
            recto: !recto,
            facing: if recto { 0 } else { depth },
            cost: base + cost,
            from: Some((from, cut)),
        };
        let bucket = &mut reached[node.at];
        match bucket.iter().copied().find(|&other| key(&nodes[other]) == key(&node)) {
            Some(other) => {
                if node.cost < nodes[other].cost {
                    nodes[other] = node;
                }
            }
            None => {
                bucket.push(nodes.len());
                nodes.push(node);
            }
        }
    }
}

impl<'a> Search<'a> {
    fn new(column: &'a Column, limits: Limits) -> Search<'a> {
        let floats = &column.floats;
        let rank = (0..=column.slabs.len()).map(|at| floats.partition_point(|&float| float < at)).collect();
        let mut note_sums = vec![Length::ZERO];
        let mut sum = Length::ZERO;
        for line in &column.notes {
            sum += line.height;
            note_sums.push(sum);
        }
        Search { column, limits, rank, note_sums }
    }

    fn is_end(&self, (float, note): (usize, usize)) -> bool {
        float >= self.column.floats.len() && note >= self.called(self.column.slabs.len())
    }

    /// Note lines called before a slab.
    fn called(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.column.slabs.get(before)).map_or(0, |slab| slab.notes.end)
    }

    fn notes_height(&self, from: usize, to: usize) -> Length {
        if to <= from { Length::ZERO } else { self.limits.note_gap + self.note_sums[to] - self.note_sums[from] }
    }

    /// Every end worth looking at of a page that begins with slab `at`, the floats from `float` and the note lines
    /// from `note`. Never empty, and each end is nearer to the end of the book.
    fn ends(&self, at: usize, float: usize, note: usize) -> Vec<End> {
        let slabs = &self.column.slabs;
        let full = self.limits.height();
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
        let mut waits = placed < self.rank[at];
        let mut ends = Vec::new();
        let mut page =
            Page { at, floats: float..placed, waiting: placed, note, give: 0, passed: false, top: stack.foot };
        if placed > float || (note < self.called(at) && (waits || at == slabs.len())) {
            ends.extend(self.end(&page, at, stack.foot));
        }
        for (index, slab) in slabs.iter().enumerate().skip(at) {
            if slab.barrier && waits {
                break;
            }
            page.passed |= waits && slab.heading.is_some();
            if slab.floats {
                let mut tried = stack;
                tried.push(slab, Length::ZERO);
                let fits = tried.foot + self.notes_height(note, self.called(index)) <= full;
                if !waits && (fits || stack.is_empty) {
                    page.give += i64::from(stack.give(slab));
                    stack = tried;
                    page.waiting += 1;
                } else {
                    waits = true;
                    stack.pass();
                }
            } else {
                page.give += i64::from(stack.give(slab));
                stack.push(slab, Length::ZERO);
            }
            let foot = stack.foot + if slab.floats { Length::ZERO } else { slab.tail };
            if foot > full + self.limits.leading + self.limits.leading {
                break;
            }
            ends.extend(self.end(&page, index + 1, foot));
        }
        self.choose(ends, &page, at)
    }

    /// Leaves the ends worth trying; makes one where there is none.
    fn choose(&self, mut ends: Vec<End>, page: &Page, at: usize) -> Vec<End> {
        if ends.iter().any(|end| !end.forbidden) {
            ends.retain(|end| !end.forbidden);
        }
        let rest = |end: &End| (end.free - end.give).max(0);
        if let Some(best) = ends.iter().map(rest).min() {
            ends.retain(|end| end.is_last || rest(end) <= best + WINDOW);
            return ends;
        }
        // Nothing fits, as a note or a slab is larger than a page: one slab, and as many note lines as the page holds.
        let next = (at + 1).min(self.column.slabs.len());
        let called = self.called(next);
        let room = self.limits.height();
        let mut to = (page.note + 1).min(called.max(page.note));
        while to < called && self.notes_height(page.note, to + 1) <= room.scale(0.5) {
            to += 1;
        }
        let placed = page.floats.end;
        let is_float = self.column.slabs.get(at).is_some_and(|slab| slab.floats);
        let waiting = if is_float && placed == self.rank[at] { placed + 1 } else { placed };
        vec![End {
            cut: Cut {
                floats: page.floats.clone(),
                slabs: at..next,
                waiting,
                notes: page.note..to,
                lean: 0,
                stretch: 0,
            },
            float: waiting,
            free: 0,
            rest: 0,
            give: 0,
            cost: DESPAIR,
            hyphen: false,
            is_last: false,
            forbidden: true,
        }]
    }

    /// The page that ends before slab `next`, with its foot at `foot`; `None` where its notes leave no way.
    fn end(&self, page: &Page, next: usize, foot: Length) -> Option<End> {
        let slabs = &self.column.slabs;
        let (leading, full) = (self.limits.leading, self.limits.height());
        let called = self.called(next).max(page.note);
        let notes = self.notes_height(page.note, called);
        let room = full - foot - notes;
        let mut cost = 0;
        let (to, free) = if room >= Length::ZERO || cells(-room, leading) == 0 {
            (called, room.sp().max(0) / leading.sp().max(1))
        } else if cells(-room, leading) == 1 {
            (called, -1)
        } else {
            cost += NOTE_SPLIT;
            (self.split_note(page.note, called, self.called(page.at).max(page.note), full - foot)?, 0)
        };
        let before = slabs.get(next).map_or(0, |slab| slab.before);
        let forbidden = before == FORBIDDEN && next > page.at;
        cost += if forbidden { DESPAIR } else { i64::from(before) };
        let float = page.waiting;
        let waiting = self.rank[next] - float;
        cost += FLOAT_WAITS * waiting as i64 + if page.passed { FLOAT_PASSED } else { 0 };
        let is_last = next == slabs.len() && waiting == 0 && to >= called;
        if is_last && cells(foot, leading) < LAST_LINES {
            cost += LAST_SHORT;
        }
        let is_shared = !page.floats.is_empty() || to > page.note;
        if is_shared && !is_last && next > page.at && cells(foot - page.top, leading) < FEW_LINES {
            cost += FEW;
        }
        let hyphen = next > page.at && !is_last && slabs[next - 1].hyphen;
        let cut = Cut {
            floats: page.floats.clone(),
            slabs: page.at..next,
            waiting: float,
            notes: page.note..to,
            lean: 0,
            stretch: 0,
        };
        Some(End {
            cut,
            float,
            free,
            rest: self.rest(next, room, free),
            give: page.give,
            cost,
            hyphen,
            is_last,
            forbidden,
        })
    }

    /// What a page that ends before slab `next` leaves free of its `room` beyond the lines counted as free.
    fn rest(&self, next: usize, room: Length, free: i64) -> i64 {
        let slabs = &self.column.slabs;
        let frame = |at: usize| slabs.get(at).and_then(|slab| slab.frame);
        let ground = next.checked_sub(1).and_then(frame).filter(|_| frame(next) == frame(next - 1));
        // A ground that goes on on the next page reaches down to the foot.
        if ground.and_then(|at| self.column.frames.get(at)).is_some_and(|frame| frame.takes_rest) {
            return 0;
        }
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

/// What a page holds while its ends are sought.
struct Page {
    at: usize,
    floats: Range<usize>,
    waiting: usize,
    note: usize,
    give: i64,
    /// Whether a figure waits while a heading begins.
    passed: bool,
    /// The foot of the figures that waited for it.
    top: Length,
}

#[cfg(test)]
mod tests;

/// A slab of one line of text, for tests.
#[cfg(test)]
pub(super) fn plain_slab(leading: Length) -> super::slab::Slab {
    use super::slab::{Fit, Slab};
    use crate::layout::tree::SectionId;
    Slab {
        space: Length::ZERO,
        bare: Length::ZERO,
        top: Length::ZERO,
        height: leading,
        tail: Length::ZERO,
        edge: (Length::ZERO, Length::ZERO),
        fit: Fit::Grid,
        give: 0,
        before: 0,
        hyphen: false,
        floats: false,
        barrier: false,
        notes: 0..0,
        frame: None,
        section: SectionId(0),
        heading: None,
        drawn: Vec::new(),
    }
}
