//! The page numbers of an index entry, as a reader wants them: each once, and runs of pages joined.
//!
//! In:     an entry's text, the page numbers known so far.
//! Out:    [`Folios`]: the parts of the text that are not set, and the numbers that end a run (`12–14`).
//! Absent: which places an entry has; the e-book, whose numbers are links to places and stand alone.

use super::compose::PageNumbers;
use crate::layout::tree::{ATOM, Atom, Text};
use std::ops::Range;

/// So many pages in a row are joined; two stand side by side as two mentions (as `makeindex` has it).
const RUN: usize = 3;

/// What becomes of the numbers of an entry.
#[derive(Default, PartialEq, Eq, Debug)]
pub struct Folios {
    /// Bytes that are not set, in order: numbers that stand there already, with what parts them from those before.
    pub hidden: Vec<Range<u32>>,
    /// The atoms whose number ends a run, rising: it is set after a dash.
    pub ends: Vec<u32>,
}

/// A page's number by its label: letters and figures count apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Count {
    is_roman: bool,
    value: u32,
}

impl Folios {
    /// Merges the numbers of an entry.
    pub fn of(text: &Text, numbers: &PageNumbers) -> Folios {
        let mut shown: Vec<(u32, Option<Count>)> = Vec::new();
        let mut folios = Folios::default();
        for atom in &text.atoms {
            let Atom::PageRef { to, .. } = &atom.atom else { continue };
            let label = numbers.get(to).map(String::as_str);
            let count = label.and_then(count);
            match shown.last() {
                Some((_, last)) if count.is_some() && *last == count => folios.hidden.push(before(text, atom.at)),
                Some(_) | None => shown.push((atom.at, count)),
            }
        }
        let mut from = 0;
        while from < shown.len() {
            let in_row = shown[from..].windows(2).take_while(|pair| follows(pair[0].1, pair[1].1)).count();
            if in_row + 1 >= RUN {
                let (middle, end) = (&shown[from + 1..from + in_row], shown[from + in_row].0);
                folios.hidden.extend(middle.iter().map(|(at, _)| before(text, *at)));
                let parted = before(text, end);
                folios.hidden.push(parted.start..end);
                folios.ends.push(end);
            }
            from += in_row + 1;
        }
        folios.hidden.sort_by_key(|range| range.start);
        folios
    }

    /// The parts of `range` that are set.
    pub fn set(&self, range: Range<u32>) -> Vec<Range<u32>> {
        let mut parts = Vec::new();
        let mut from = range.start;
        for hidden in &self.hidden {
            if hidden.start >= from && hidden.end <= range.end {
                parts.push(from..hidden.start);
                from = hidden.end;
            }
        }
        parts.push(from..range.end);
        parts.retain(|part| !part.is_empty());
        parts
    }
}

fn follows(one: Option<Count>, next: Option<Count>) -> bool {
    matches!((one, next), (Some(one), Some(next)) if one.is_roman == next.is_roman && one.value + 1 == next.value)
}

/// A number with the comma and the space before it.
fn before(text: &Text, at: u32) -> Range<u32> {
    let ahead = text.string.get(..at as usize).unwrap_or_default();
    let kept = ahead.trim_end_matches([',', ' ']);
    kept.len() as u32..at + ATOM.len_utf8() as u32
}

/// Reads a label: figures, or small roman letters.
fn count(label: &str) -> Option<Count> {
    /// Labels stay below this (`labels.rs` sets no roman numbers beyond it).
    const MOST: usize = 4000;
    if let Ok(value) = label.parse() {
        return (value < u32::MAX).then_some(Count { is_roman: false, value });
    }
    let mut value = 0;
    let mut last = 0;
    for letter in label.chars().rev() {
        let worth = match letter {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            'd' => 500,
            'm' => 1000,
            _ => return None,
        };
        value += if worth < last { -worth } else { worth };
        last = last.max(worth);
        if value > MOST as i32 {
            return None;
        }
    }
    u32::try_from(value).ok().filter(|value| *value > 0).map(|value| Count { is_roman: true, value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tree::{Anchor, AtomAt};

    /// An entry with these pages, as it is set.
    fn entry(pages: &[&str]) -> String {
        let mut text = Text::plain("term");
        let mut numbers = PageNumbers::new();
        for (nth, page) in pages.iter().enumerate() {
            text.string.push_str(", ");
            let to = Anchor(format!("p{nth}").into());
            numbers.insert(to.clone(), (*page).to_owned());
            text.atoms.push(AtomAt { at: text.string.len() as u32, atom: Atom::PageRef { to, label: String::new() } });
            text.string.push(ATOM);
        }
        text.string.push_str("; see another");
        let folios = Folios::of(&text, &numbers);
        let mut out = String::new();
        for part in folios.set(0..text.string.len() as u32) {
            for (at, c) in text.string[part.start as usize..part.end as usize].char_indices() {
                let at = part.start + at as u32;
                match text.atoms.iter().position(|atom| atom.at == at) {
                    Some(nth) if folios.ends.contains(&at) => out += &format!("–{}", pages[nth]),
                    Some(nth) => out += pages[nth],
                    None => out.push(c),
                }
            }
        }
        out
    }

    #[test]
    fn a_page_is_named_once_and_runs_are_joined() {
        assert_eq!(entry(&["3", "3", "4"]), "term, 3, 4; see another");
        assert_eq!(entry(&["12", "13", "13", "14", "20"]), "term, 12–14, 20; see another");
        assert_eq!(entry(&["ix", "x", "xi", "1", "2", "3", "3"]), "term, ix–xi, 1–3; see another");
        assert_eq!(entry(&["iv", "v", "6"]), "term, iv, v, 6; see another");
        assert_eq!(entry(&["7"]), "term, 7; see another");
        assert_eq!(entry(&[]), "term; see another");
    }
}
