//! Rows of an index → columns: where each column of each page ends.
//!
//! In:     what each row is, how many rows the columns of the first and of the other pages hold.
//! Out:    two ranges of rows for each page.
//! Absent: what the rows show.
//!
//! All columns but those of the last page are filled as far as their rows may be parted, by the least cost over the
//! whole index; the columns of the last page are made alike in length.

use std::ops::Range;

/// What a row is, by how it may be parted from the row above it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Row {
    /// White over a letter: gone at the top of a column.
    White,
    /// A letter: entries follow it.
    Letter,
    /// The first line of an entry that stands under its letter or under another entry.
    Entry,
    /// The first line of an entry's first subentry: it stays with its entry.
    FirstSub,
    /// The first line of a further subentry: over it, at the top of a column, the entry is named again.
    Sub,
    /// A line that is turned over.
    Turned,
}

/// Columns of a page.
const COLUMNS: usize = 2;

/// Costs. A row left free is 10, squared: three free rows (90) are better than an entry that goes on (120).
const FREE: i64 = 10;
const GOES_ON: i64 = 120;
/// A column that begins or ends with a single row of a letter or an entry.
const LONELY: i64 = 60;
/// A row turned over to the next column.
const TURNED: i64 = 5_000;
/// A letter or an entry parted from what belongs under it.
const PARTED: i64 = 100_000;
/// A difference of one row between the columns of the last page; a right column longer than the left one.
const UNEVEN: i64 = 40;
const RIGHT_LONGER: i64 = 45;
/// Ends that leave more rows free than this are not tried.
const WINDOW: usize = 12;
/// A column holds at least a row with the entry named again over it.
const LEAST: usize = 2;
/// The cheapest ways that are followed up: an index of a hundred pages is filled at once.
const MOST_WAYS: usize = 64;

/// One way to a place.
struct Way {
    cost: i64,
    /// The index of the way before it, in the layer before, and the rows between.
    from: Option<(usize, Range<usize>)>,
    at: usize,
}

/// Fills columns of `first` rows on the first page, of `full` rows on the others.
pub fn fill(rows: &[Row], first: usize, full: usize) -> Vec<[Range<usize>; 2]> {
    let search = Search { rows, first: first.max(LEAST), full: full.max(LEAST) };
    let mut layers: Vec<Vec<Way>> = vec![vec![Way { cost: 0, from: None, at: 0 }]];
    // The layer and the way from which the last page is filled, and where its left column ends.
    let mut best: Option<(i64, usize, usize, usize)> = None;
    for layer in 0.. {
        let room = if layer < COLUMNS { search.first } else { search.full };
        let mut next: Vec<Way> = Vec::new();
        for (nth, way) in layers[layer].iter().enumerate() {
            if layer % COLUMNS == 0
                && let Some((cost, middle)) = search.last_page(way.at, room)
                && best.is_none_or(|best| way.cost + cost < best.0)
            {
                best = Some((way.cost + cost, layer, nth, middle));
            }
            for (end, cost) in search.ends(way.at, room) {
                let cost = way.cost + cost;
                match next.iter_mut().find(|known| known.at == end) {
                    Some(known) if known.cost <= cost => {}
                    Some(known) => *known = Way { cost, from: Some((nth, way.at..end)), at: end },
                    None => next.push(Way { cost, from: Some((nth, way.at..end)), at: end }),
                }
            }
        }
        if next.is_empty() {
            break;
        }
        next.sort_by_key(|way| (way.cost, way.at));
        next.truncate(MOST_WAYS);
        layers.push(next);
    }
    let Some((_, layer, nth, middle)) = best else { return Vec::new() };
    let mut columns = vec![middle..rows.len(), layers[layer][nth].at..middle];
    let mut next = layers[layer][nth].from.clone();
    for layer in (0..layer).rev() {
        let Some((nth, range)) = next else { break };
        next = layers[layer][nth].from.clone();
        columns.push(range);
    }
    columns.reverse();
    columns.chunks_exact(COLUMNS).map(|pair| [pair[0].clone(), pair[1].clone()]).collect()
}

/// The rows that a column shows of a range, the named entry of a subentry counted: white at its top is left out.
pub fn shown(rows: &[Row], range: &Range<usize>) -> (Range<usize>, bool) {
    let white = rows[range.clone()].iter().take_while(|row| **row == Row::White).count();
    let from = (range.start + white).min(range.end);
    let goes_on = range.start > 0 && from < range.end && matches!(rows[from], Row::Sub | Row::Turned);
    (from..range.end, goes_on)
}

struct Search<'a> {
    rows: &'a [Row],
    first: usize,
    full: usize,
}

impl Search<'_> {
    fn height(&self, range: Range<usize>) -> usize {
        let (shown, goes_on) = shown(self.rows, &range);
        shown.len() + usize::from(goes_on)
    }

    /// What it costs that a column ends before row `at`.
    fn cut(&self, at: usize) -> i64 {
        let Some(row) = self.rows.get(at) else { return 0 };
        let after = self.rows[..at].last();
        let lonely = |is: bool| if is { LONELY } else { 0 };
        let goes_alone = matches!(self.rows.get(at + 1), None | Some(Row::White));
        match (row, after) {
            (_, None) => 0,
            (_, Some(Row::White | Row::Letter)) => PARTED,
            (Row::White, Some(_)) => 0,
            (Row::Letter, Some(_)) => 0,
            (Row::FirstSub, Some(_)) => PARTED,
            (Row::Turned, Some(_)) => TURNED,
            (Row::Sub, Some(_)) => GOES_ON + lonely(goes_alone),
            (Row::Entry, Some(_)) => {
                let begins_alone = at >= 2 && matches!(self.rows[at - 2], Row::Letter);
                lonely(goes_alone) + lonely(begins_alone)
            }
        }
    }

    /// The ends of a column that begins with row `at` and is not the last but one.
    fn ends(&self, at: usize, room: usize) -> Vec<(usize, i64)> {
        let mut ends = Vec::new();
        for end in at + 1..self.rows.len() {
            let height = self.height(at..end);
            if height > room {
                break;
            }
            if height + WINDOW >= room {
                let free = (room - height) as i64;
                ends.push((end, FREE * free * free + self.cut(end)));
            }
        }
        ends
    }

    /// Where the left column of the last page ends, if the rest fits on it.
    fn last_page(&self, at: usize, room: usize) -> Option<(i64, usize)> {
        let count = self.rows.len();
        // No column holds more rows than its room and the white at its top, so that most middles need not be tried.
        let ways = ((at + 1).max(count.saturating_sub(room + 1))..=count.min(at + room + 1)).filter_map(|middle| {
            let (left, right) = (self.height(at..middle), self.height(middle..count));
            if left > room || right > room {
                return None;
            }
            let uneven = left.abs_diff(right) as i64;
            let longer = if right > left { RIGHT_LONGER * uneven } else { 0 };
            Some((UNEVEN * uneven + longer + self.cut(middle), middle))
        });
        ways.min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows by letters: `w`hite, `L`etter, `e`ntry, `f`irst subentry, `s`ubentry, `t`urned line.
    fn rows(letters: &str) -> Vec<Row> {
        let row = |letter| match letter {
            'w' => Row::White,
            'L' => Row::Letter,
            'e' => Row::Entry,
            'f' => Row::FirstSub,
            's' => Row::Sub,
            _ => Row::Turned,
        };
        letters.chars().map(row).collect()
    }

    #[test]
    fn the_last_page_is_even() {
        assert_eq!(fill(&rows("LeeeeewLeeeee"), 20, 40), [[0..6, 6..13]], "the white before the second letter is gone");
        assert_eq!(fill(&rows("Leeee"), 20, 40), [[0..3, 3..5]]);
    }

    #[test]
    fn an_entry_stays_with_its_first_subentry_and_a_letter_with_its_entries() {
        let list = rows("LeeefsswLeefsswLeeeefsssse");
        for page in fill(&list, 6, 7) {
            for column in page {
                if column.start > 0 && column.start < list.len() {
                    assert_ne!(list[column.start], Row::FirstSub);
                    assert_ne!(list[column.start - 1], Row::Letter);
                    assert_ne!(list[column.start - 1], Row::White);
                }
            }
        }
    }

    #[test]
    fn an_entry_that_goes_on_is_named_again() {
        let list = rows("Lefsssssssss");
        let pages = fill(&list, 6, 6);
        assert!(shown(&list, &pages[0][1]).1, "{pages:?}");
    }

    #[test]
    fn a_column_lower_than_a_row_ends_too() {
        assert_eq!(fill(&rows("efss"), 1, 1).iter().flatten().map(Range::len).sum::<usize>(), 4);
        assert!(fill(&[], 5, 5).iter().flatten().all(Range::is_empty));
    }

    proptest! {
        #[test]
        fn every_row_stands_in_one_column_that_holds_it(
            letters in "(w?L(ef?s{0,9}t?){1,9}){0,12}",
            first in 1usize..30,
            full in 1usize..40,
        ) {
            let list = rows(&letters);
            let pages = fill(&list, first, full);
            let mut next = 0;
            for (nth, column) in pages.iter().flatten().enumerate() {
                prop_assert_eq!(column.start, next);
                next = column.end;
                let (range, goes_on) = shown(&list, column);
                let room = if nth < 2 { first } else { full };
                prop_assert!(range.len() + usize::from(goes_on) <= room.max(2), "{:?} {}", column, room);
            }
            prop_assert_eq!(next, list.len());
        }
    }
}
