//! What a page costs: a hole at its foot, white put into it, a foot that is not that of the page it faces.
//!
//! In:     an end that a page can have, its side, how deep the page it faces is.
//! Out:    how deep it ends, and its cost.
//! Absent: which ends there are, and which are chosen.

use super::End;

/// A page, with its facing page, that is one line short.
const SHORT: i64 = 80;
/// One line long: it eats into the foot margin.
const LONG: i64 = 110;
/// The same over a folio at the foot.
const LONG_OPENING: i64 = 4000;
/// Each further line short, squared: a hole at the foot shows.
const HOLE: i64 = 120;
/// Facing pages that end on different lines, for each line up to three.
const UNEVEN: i64 = 900;
/// Into how many parts a line is divided where the feet of facing pages are compared: lines of code and short displays
/// do not end on the grid.
pub const PARTS: i64 = 4;
/// The most that two ways to a place can differ by, whatever follows there: the page that is faced is at most three lines
/// off.
pub const MOST_APART: i64 = 3 * UNEVEN;
/// White put into a page: for each line, and for each line squared. Ragged feet by a line or two are the lesser evil
/// where more than two gaps would have to grow.
const STRETCH: i64 = 40;
const STRETCH_SQUARED: i64 = 20;
/// A hyphen that the reader must carry to the next page, and over the leaf.
const HYPHEN_VERSO: i64 = 500;
const HYPHEN_RECTO: i64 = 1600;
/// A figure that waits for the back of the leaf that calls it.
const TURN: i64 = 240;
/// The same where a heading stands between: on one spread it is still seen beside its call, over the leaf it is lost.
const TURN_PARTED: i64 = 24_000;

/// A page with so much white put into it.
pub struct Priced {
    pub lean: i64,
    /// How much deeper than a full page it ends, in parts of a line; no hole is deeper than three lines.
    pub depth: i64,
    pub cost: i64,
}

impl End {
    /// The lines of white worth trying.
    pub fn stretches(&self) -> std::ops::RangeInclusive<i64> {
        // The last page of a chapter ends where its text ends.
        let most = if self.is_last { 0 } else { self.free.min(self.give).max(0) };
        (most - 2).max(0)..=most
    }

    /// What the page costs on its side, `opens` for the first of a chapter, beside a verso of the depth `facing`.
    pub fn price(&self, recto: bool, opens: bool, facing: i64, stretch: i64) -> Priced {
        let lean = if self.is_last { (-self.free).max(0) } else { stretch - self.free };
        let shallowest = if self.ends_at_foot { 0 } else { -3 * PARTS };
        let depth = (lean * PARTS - self.rest).max(shallowest);
        let hyphen = match (self.hyphen, recto) {
            (false, _) => 0,
            (true, true) => HYPHEN_RECTO,
            (true, false) => HYPHEN_VERSO,
        };
        let turn = match (recto && self.waits, self.parts) {
            (false, _) => 0,
            (true, false) => TURN,
            (true, true) => TURN_PARTED,
        };
        let mut cost = self.cost + hyphen + turn + STRETCH * stretch + STRETCH_SQUARED * stretch * stretch;
        cost += match lean {
            0 => 0,
            // Under the text of an opening stands its folio.
            1.. if opens => LONG_OPENING,
            1.. => LONG * lean,
            _ => SHORT + HOLE * (-lean - 1) * (-lean - 1),
        };
        // The first page of a chapter faces another chapter: there is nothing to be even with.
        if recto && !opens && !self.is_last {
            cost += UNEVEN * (depth - facing).abs().min(3 * PARTS) / PARTS;
        }
        Priced { lean, depth, cost }
    }
}
