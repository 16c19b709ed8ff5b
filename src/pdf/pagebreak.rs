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

mod fill;
mod ground;
mod price;
mod set;

pub use ground::Ground;
pub use set::{page_of_slab, set, stands_in_text};

use super::slab::Column;
use crate::base::Length;
use fill::Search;
use price::{MOST_APART, Priced};
use std::ops::Range;

/// What a page can hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub leading: Length,
    /// Lines of a full page.
    pub lines: i64,
    /// Between the text and the first note, the short rule in it.
    pub note_gap: Length,
    /// A page one line too long would reach its folio.
    pub is_tight: bool,
}

impl Limits {
    pub fn height(&self) -> Length {
        self.leading * self.lines
    }
}

/// One page of a column. Figures keep their order: those at its top come before those in its text, those before the ones
/// at its foot, and last come those that wait for a later page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cut {
    /// The figures at its top, by their rank among the floats of the column: they waited for it, or are called on it.
    pub floats: Range<usize>,
    pub slabs: Range<usize>,
    /// Figures among `slabs` of this rank or a later one stand at its foot, if they do not wait.
    pub feet: usize,
    /// Figures among `slabs` of this rank or a later one wait for a later page.
    pub waiting: usize,
    pub notes: Range<usize>,
    /// How many lines deeper than a full page it ends: 1, 0, or below 0 where it is short.
    pub lean: i64,
    /// Lines of white put into it so that it ends where it should.
    pub stretch: i64,
}

/// How many ways and page ends a slab has, about: room is made for so many at once.
const NODES_AT_SLAB: usize = 4;
const ENDS_AT_SLAB: usize = 8;
/// The cheapest states that are followed up at one place. The depth of the facing page alone makes up to 17.
const MOST_STATES: usize = 64;

/// A way to a state.
#[derive(Clone, Copy)]
struct Node {
    at: u32,
    float: u32,
    note: u32,
    recto: bool,
    /// How much deeper than a full page the facing verso ends, in parts of a line; 0 where the next page is a verso.
    facing: i8,
    cost: i64,
    /// The page before: the node it began at, its end among all that were found, and how that was set.
    from: u32,
    end: u32,
    lean: i32,
    stretch: i32,
}

impl Node {
    /// The node at the start has no page before it.
    const START: u32 = u32::MAX;

    fn owed(&self) -> (usize, usize) {
        (self.float as usize, self.note as usize)
    }

    fn key(&self) -> (u32, u32, bool, i8) {
        (self.float, self.note, self.recto, self.facing)
    }
}

/// A page end that can be reached from a place.
struct End {
    /// Its lean and its white are still open.
    cut: Cut,
    /// Whole lines left free; −1 for a page one line too long.
    free: i64,
    /// What is left free beyond whole lines, in parts of a line.
    rest: i64,
    /// Lines of white that may be put in.
    give: i64,
    cost: i64,
    hyphen: bool,
    /// Whether notes or a figure stand at its foot, however much is free over them.
    ends_at_foot: bool,
    /// Whether figures wait for the next page.
    waits: bool,
    /// Whether a figure stands under a heading that is not its own, or waits and will.
    parts: bool,
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
    let mut ways = Ways::new(count, recto);
    for at in 0..=count {
        ways.thin(at);
        let mut done: Option<(usize, usize)> = None;
        // Pages of floats or notes alone lead back to the same place with less owed: go through what is owed in order.
        while let Some(owed) =
            ways.at(at).map(|(_, node)| node.owed()).filter(|owed| done.is_none_or(|done| *owed > done)).min()
        {
            done = Some(owed);
            if at == count && search.is_end(owed) {
                continue;
            }
            let first = ways.ends.len();
            search.ends(at, owed, &mut ways.ends);
            let here: Vec<usize> =
                ways.at(at).filter(|(_, node)| node.owed() == owed).map(|(index, _)| index).collect();
            for node in here {
                (first..ways.ends.len()).for_each(|end| ways.relax(node, end));
            }
        }
    }
    let last = ways.at(count).filter(|(_, node)| search.is_end(node.owed()));
    last.min_by_key(|(index, node)| (node.cost, *index)).map_or_else(Vec::new, |(last, _)| ways.cuts(last))
}

/// Every way found so far.
struct Ways {
    nodes: Vec<Node>,
    ends: Vec<End>,
    /// The nodes at each slab.
    reached: Vec<Vec<u32>>,
}

impl Ways {
    fn new(count: usize, recto: bool) -> Ways {
        let start = Node {
            at: 0,
            float: 0,
            note: 0,
            recto,
            facing: 0,
            cost: 0,
            from: Node::START,
            end: Node::START,
            lean: 0,
            stretch: 0,
        };
        let mut reached = vec![Vec::new(); count + 1];
        reached[0].push(0);
        let mut nodes = Vec::with_capacity(count * NODES_AT_SLAB);
        nodes.push(start);
        Ways { nodes, ends: Vec::with_capacity(count * ENDS_AT_SLAB), reached }
    }

    fn at(&self, at: usize) -> impl Iterator<Item = (usize, &Node)> {
        self.reached[at].iter().map(|&index| (index as usize, &self.nodes[index as usize]))
    }

    /// Drops the ways to a slab that another way there beats whatever follows: the page that is faced is all in which
    /// they differ. What is left is kept small, so that a page too low for its notes cannot make the states grow
    /// without end.
    fn thin(&mut self, at: usize) {
        let mut here = std::mem::take(&mut self.reached[at]);
        here.sort_by_key(|&index| {
            let node = &self.nodes[index as usize];
            (node.owed(), node.recto, node.cost, index)
        });
        let mut best: Option<Node> = None;
        here.retain(|&index| {
            let node = self.nodes[index as usize];
            match best.filter(|best| best.owed() == node.owed() && best.recto == node.recto) {
                Some(best) => node.cost < best.cost + MOST_APART,
                None => {
                    best = Some(node);
                    true
                }
            }
        });
        if here.len() > MOST_STATES {
            here.sort_by_key(|&index| (self.nodes[index as usize].cost, index));
            here.truncate(MOST_STATES);
        }
        self.reached[at] = here;
    }

    /// Tries a page end from a node, with every amount of white worth trying.
    fn relax(&mut self, from: usize, at: usize) {
        let (end, start) = (&self.ends[at], self.nodes[from]);
        for stretch in end.stretches() {
            let Priced { lean, depth, cost } =
                end.price(start.recto, start.from == Node::START, i64::from(start.facing), stretch);
            let node = Node {
                at: end.cut.slabs.end as u32,
                float: end.cut.waiting as u32,
                note: end.cut.notes.end as u32,
                recto: !start.recto,
                facing: if start.recto { 0 } else { depth as i8 },
                cost: start.cost + cost,
                from: from as u32,
                end: at as u32,
                lean: lean as i32,
                stretch: stretch as i32,
            };
            let bucket = &mut self.reached[node.at as usize];
            match bucket.iter().copied().find(|&other| self.nodes[other as usize].key() == node.key()) {
                Some(other) => {
                    let other = &mut self.nodes[other as usize];
                    if node.cost < other.cost {
                        *other = node;
                    }
                }
                None => {
                    bucket.push(self.nodes.len() as u32);
                    self.nodes.push(node);
                }
            }
        }
    }

    /// The pages that lead to a node.
    fn cuts(&self, last: usize) -> Vec<Cut> {
        let mut cuts = Vec::new();
        let mut next = self.nodes[last];
        while next.from != Node::START {
            let mut cut = self.ends[next.end as usize].cut.clone();
            (cut.lean, cut.stretch) = (i64::from(next.lean), i64::from(next.stretch));
            cuts.push(cut);
            next = self.nodes[next.from as usize];
        }
        cuts.reverse();
        cuts
    }
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
        in_text: 0,
        barrier: false,
        notes: 0..0,
        frame: None,
        section: SectionId(0),
        heading: None,
        drawn: Vec::new(),
    }
}
