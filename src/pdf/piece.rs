//! A leaf → pieces that stand side by side: words, spaces, pictures; and the stops between and inside them.
//!
//! In:     text with marks and atoms, the looks of its spans, page numbers for the holes.
//! Out:    [`Piece`]s with the places they come from; [`Stops`] for the breaker.
//! Absent: which stops are taken; where a line stands.

use super::font::{Inside, Word};
use super::formula::{self, SetFormula};
use super::joint;
use super::linebreak::{Kind, Stop, Sums};
use super::look::{Look, Looks, Span};
use crate::asset::PictureId;
use crate::formula::Break;
use crate::layout::tree::{ATOM, NoteId};
use std::ops::Range;
use std::sync::Arc;
use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

/// The space between words in justified text, of the type size: a quarter to start from, a fifth at the least, and an
/// eighth more at ratio 1, so that it is a half at ratio 2 (Bringhurst 2.1.1).
const SPACE: i64 = 250;
const LEAST_SPACE: i64 = 200;
const SPACE_STRETCH: i64 = 125;
/// What a break inside a name too long for its line costs: more than any other.
const FORCED_COST: i32 = 5_000;
/// What it costs to part a title from its name (`Mr.`, `Prof.`): nearly as much as a line with a fault.
const TITLE_COST: i32 = 750;
/// What it costs to leave a preposition or a conjunction of one letter at a line's end: less than a loose line.
const ONE_LETTER_COST: i32 = 600;
/// Letters of the longest title, as `Messrs`.
const LONGEST_TITLE: usize = 6;

/// What stands at one place of a line.
pub enum Body {
    Word(Arc<Word>),
    Space {
        width: i64,
        stretch: i64,
        shrink: i64,
        /// Whether a line may end here.
        breaks: bool,
    },
    Picture {
        picture: PictureId,
        width: i64,
        height: i64,
        rise: i64,
    },
    /// A formula, or one of its pieces.
    Formula {
        set: Arc<SetFormula>,
        part: u16,
        of: u16,
        /// Whether a line may end after it, and the space that is then left out.
        after: Option<(Break, i64)>,
    },
}

/// What a piece shows.
pub enum Shown {
    /// The bytes of its range in the leaf's string.
    Leaf,
    /// A text for the atom at its range.
    Atom(Box<str>),
}

pub struct Piece {
    pub body: Body,
    pub range: Range<u32>,
    pub span: usize,
    pub look: usize,
    /// Its embedding level (Unicode Standard Annex 9): odd runs from right to left.
    pub level: u8,
    pub shown: Shown,
    /// The note that it calls.
    pub note: Option<NoteId>,
    /// Whether the hyphens of its word may be used: it is the whole word, not a part in another face.
    pub is_whole: bool,
}

impl Piece {
    /// Whether it is a formula that is smaller than it should be.
    pub fn is_shrunk(&self) -> bool {
        matches!(&self.body, Body::Formula { set, .. } if set.share < 1.0)
    }

    pub fn sums(&self) -> Sums {
        match &self.body {
            Body::Word(word) => Sums { width: word.width, ..Sums::default() },
            Body::Space { width, stretch, shrink, .. } => Sums { width: *width, stretch: *stretch, shrink: *shrink },
            Body::Picture { width, .. } => Sums { width: *width, ..Sums::default() },
            Body::Formula { set, .. } => Sums { width: set.width.sp(), ..Sums::default() },
        }
    }

    /// What stands for its word: the same for the same word, 0 for what is none.
    fn key(&self) -> u32 {
        match &self.body {
            Body::Word(word) => word.key,
            Body::Space { .. } | Body::Picture { .. } | Body::Formula { .. } => 0,
        }
    }

    fn is_break(&self) -> bool {
        matches!(self.body, Body::Space { breaks: true, .. })
    }
}

/// How spaces behave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spacing {
    /// In running text.
    Text,
    /// As typed: code.
    Verbatim,
}

/// Cuts spans into pieces. `string` is the leaf's. `show` makes the piece for the atom at a byte, whose span has a look;
/// its span and level are filled in here. None: the atom shows nothing.
pub fn pieces<'a>(
    string: &str,
    spans: &[Span],
    looks: &mut Looks<'a>,
    right_to_left: bool,
    spacing: Spacing,
    show: &mut dyn FnMut(&mut Looks<'a>, u32, usize) -> Vec<Piece>,
) -> Vec<Piece> {
    let mut list = Vec::new();
    let Some(last) = spans.last() else { return list };
    let range = spans[0].range.start as usize..last.range.end as usize;
    let levels = Levels::of(string, range, right_to_left);
    let mut column = 0;
    for (index, span) in spans.iter().enumerate() {
        let (mut at, end) = (span.range.start as usize, span.range.end as usize);
        while at < end {
            let rest = &string[at..end];
            let Some(c) = rest.chars().next() else { break };
            let level = levels.at(at);
            let mut length = c.len_utf8();
            let piece = |body, length: usize, level, is_whole| Piece {
                body,
                range: at as u32..(at + length) as u32,
                span: index,
                look: span.look,
                level,
                shown: Shown::Leaf,
                note: None,
                is_whole,
            };
            if c == ATOM {
                let shown = show(looks, at as u32, span.look);
                list.extend(shown.into_iter().map(|piece| Piece { span: index, level, ..piece }));
                column += 1;
            } else if is_gap(c) {
                let body = gap(c, &looks.list[span.look], spacing, column);
                list.push(piece(body, length, level, false));
                column = if c == '\t' { (column / TAB + 1) * TAB } else { column + 1 };
            } else {
                length = token_length(rest);
                length = levels.same_from(at, at + length) - at;
                let token = &rest[..length];
                let word = looks.list[span.look].font.word(token, level % 2 == 1);
                column += token.chars().count();
                let is_whole = !string[..at].chars().next_back().is_some_and(char::is_alphanumeric)
                    && !string[at + length..].chars().next().is_some_and(char::is_alphanumeric);
                list.push(piece(Body::Word(word), length, level, is_whole));
            }
            at += length;
        }
    }
    list
}

/// Bytes of the longest token that is shaped and broken as one. No word and hardly an address is longer, and the cost of
/// looking for breaks grows with the square.
const LONGEST_TOKEN: usize = 512;

/// The bytes of the token at the start of a text that does not begin with a gap.
fn token_length(text: &str) -> usize {
    let window = &text[..text.floor_char_boundary(LONGEST_TOKEN)];
    let end = window.find(|c| is_gap(c) || c == ATOM);
    end.unwrap_or_else(|| match window.grapheme_indices(true).next_back() {
        // The last character may go on behind the window.
        Some((last, _)) if window.len() < text.len() && last > 0 => last,
        _ => window.len(),
    })
}

/// Columns between the stops of the tabulator: as code is most often shown.
const TAB: usize = 4;

/// White space that justification may widen.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\t' | '\n' | '\r')
}

fn gap(c: char, look: &Look<'_>, spacing: Spacing, column: usize) -> Body {
    let own = look.font.space.width;
    let size = look.font.font.size.sp();
    match spacing {
        Spacing::Verbatim => {
            let columns = if c == '\t' { TAB - column % TAB } else { 1 };
            Body::Space { width: own * columns as i64, stretch: 0, shrink: 0, breaks: true }
        }
        Spacing::Text => {
            let width = own.max(size * SPACE / 1000);
            Body::Space {
                width,
                stretch: size * SPACE_STRETCH / 1000,
                shrink: width - size * LEAST_SPACE / 1000,
                breaks: c != '\u{A0}',
            }
        }
    }
}

/// Embedding levels, worked out only where something runs from right to left.
struct Levels {
    from: usize,
    base: u8,
    list: Option<Vec<Level>>,
}

impl Levels {
    fn of(string: &str, range: Range<usize>, right_to_left: bool) -> Levels {
        let base = u8::from(right_to_left);
        let part = &string[range.clone()];
        let runs_back = |c: char| matches!(c as u32, 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF | 0x202A..=0x202E | 0x2066..=0x2069 | 0x200F);
        let list = (right_to_left || (!part.is_ascii() && part.chars().any(runs_back)))
            .then(|| BidiInfo::new(part, Some(if right_to_left { Level::rtl() } else { Level::ltr() })).levels);
        Levels { from: range.start, base, list }
    }

    fn at(&self, byte: usize) -> u8 {
        let level = self.list.as_ref().and_then(|list| list.get(byte.wrapping_sub(self.from)));
        level.map_or(self.base, |level| level.number())
    }

    /// The end of the stretch from `from` that has one level, at most `to`.
    fn same_from(&self, from: usize, to: usize) -> usize {
        match &self.list {
            None => to,
            Some(_) => (from..to).find(|&byte| self.at(byte) != self.at(from)).unwrap_or(to),
        }
    }
}

/// A place between pieces or inside one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    pub piece: usize,
    /// The byte in the piece, from its start.
    pub byte: u32,
}

/// Where a line ends and the next one starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cut {
    pub end: Place,
    pub start: Place,
    pub adds_hyphen: bool,
}

/// The stops of a paragraph and the cuts they stand for.
#[derive(Default)]
pub struct Stops {
    pub list: Vec<Stop>,
    pub cuts: Vec<Cut>,
}

impl Stops {
    /// The stops between `pieces`, such that a line of `measure` can hold whatever stands between two of them. With
    /// `hanging`, the sums leave out what hangs in the margins.
    pub fn new(string: &str, pieces: &[Piece], looks: &[Look<'_>], measure: i64, hanging: bool) -> Stops {
        let mut maker = Maker { string, looks, hanging, stops: Stops::default(), sums: Sums::default() };
        maker.run(pieces, &[]);
        let too_long = maker.stops.longer_than(measure);
        if !too_long.is_empty() {
            maker.stops = Stops::default();
            maker.sums = Sums::default();
            maker.run(pieces, &too_long);
        }
        maker.stops
    }

    /// The pieces that stand between two stops farther apart than `measure`; starts and ends rise.
    fn longer_than(&self, measure: i64) -> Vec<Range<usize>> {
        let pairs = self.list.windows(2).zip(self.cuts.windows(2));
        let long = pairs.filter(|(stops, _)| stops[1].end.width - stops[0].start.width > measure);
        long.map(|(_, cuts)| cuts[0].start.piece..cuts[1].end.piece + 1).collect()
    }
}

struct Maker<'s, 'a> {
    string: &'s str,
    looks: &'s [Look<'a>],
    hanging: bool,
    stops: Stops,
    sums: Sums,
}

impl Maker<'_, '_> {
    fn run(&mut self, pieces: &[Piece], too_long: &[Range<usize>]) {
        let first = Place { piece: 0, byte: 0 };
        let start = Sums { width: self.hang_start(pieces, 0), ..Sums::default() };
        let words = (0, pieces.first().map_or(0, Piece::key));
        let stop = Stop { end: Sums::default(), start, cost: 0, kind: Kind::Start, hyphen: false, words };
        self.push(stop, Cut { end: first, start: first, adds_hyphen: false });
        let mut index = 0;
        while index < pieces.len() {
            let piece = &pieces[index];
            if piece.is_break() {
                let after = index + pieces[index..].iter().take_while(|piece| piece.is_break()).count();
                self.space(pieces, index..after, (0, Kind::Open));
                index = after;
                continue;
            }
            if let Some(cost) = self.loosened(pieces, index) {
                self.space(pieces, index..index + 1, (cost, Kind::Rare));
                index += 1;
                continue;
            }
            if let Body::Word(word) = &piece.body {
                let after = too_long.partition_point(|range| range.end <= index);
                let forced = too_long.get(after).is_some_and(|range| range.contains(&index));
                self.word(pieces, index, word, forced);
            }
            self.add(piece.sums());
            index += 1;
            if let Body::Formula { after: Some((kind, space)), .. } = &piece.body {
                self.in_formula(index, *kind, *space);
            }
        }
        // Spaces at the very end are not set.
        let count = pieces.iter().rposition(|piece| !piece.is_break()).map_or(0, |last| last + 1);
        let trailing: i64 = pieces[count..].iter().map(|piece| piece.sums().width).sum();
        let mut end = self.sums;
        end.width -= trailing + self.hang_end(pieces, count);
        let place = Place { piece: count, byte: 0 };
        let after = Place { piece: pieces.len(), byte: 0 };
        let stop = Stop { end, start: end, cost: 0, kind: Kind::End, hyphen: false, words: (0, 0) };
        self.push(stop, Cut { end: place, start: after, adds_hyphen: false });
    }

    fn add(&mut self, sums: Sums) {
        self.sums.width += sums.width;
        self.sums.stretch += sums.stretch;
        self.sums.shrink += sums.shrink;
    }

    fn push(&mut self, stop: Stop, cut: Cut) {
        self.stops.list.push(stop);
        self.stops.cuts.push(cut);
    }

    /// The stop between two pieces of a formula, the second of which is `next`.
    fn in_formula(&mut self, next: usize, kind: Break, space: i64) {
        let end = Sums { width: self.sums.width - space, ..self.sums };
        let place = Place { piece: next, byte: 0 };
        let cut = Cut { end: place, start: place, adds_hyphen: false };
        let (cost, start) = (formula::cost(kind), self.sums);
        self.push(Stop { end, start, cost, kind: Kind::Inside, hyphen: false, words: (0, 0) }, cut);
    }

    /// The spaces `at` among the pieces, and the stop at them.
    fn space(&mut self, pieces: &[Piece], at: Range<usize>, (cost, kind): (i32, Kind)) {
        let (index, after) = (at.start, at.end);
        let mut end = self.sums;
        end.width -= self.hang_end(pieces, index);
        pieces[at].iter().for_each(|piece| self.add(piece.sums()));
        if after < pieces.len() && index > 0 {
            let mut start = self.sums;
            start.width += self.hang_start(pieces, after);
            let cut = Cut {
                end: Place { piece: index, byte: 0 },
                start: Place { piece: after, byte: 0 },
                adds_hyphen: false,
            };
            let hyphen = matches!(&pieces[index - 1].body, Body::Word(_)) && self.ends_in_hyphen(&pieces[index - 1]);
            let words = (pieces[index - 1].key(), pieces[after].key());
            self.push(Stop { end, start, cost, kind, hyphen, words }, cut);
        }
    }

    /// What it costs to end a line at a space that binds two words, where need may do so: after a title (`Mr. Darcy`), or
    /// after a word of one letter (`в городе`).
    fn loosened(&self, pieces: &[Piece], index: usize) -> Option<i32> {
        let Body::Space { breaks: false, .. } = pieces[index].body else { return None };
        let text = |at: usize| {
            let piece = pieces.get(at).filter(|piece| matches!(piece.shown, Shown::Leaf))?;
            self.string.get(piece.range.start as usize..piece.range.end as usize)
        };
        let (before, name) = (text(index.checked_sub(1)?)?, text(index + 1)?);
        let title = before.trim_start_matches(|c: char| !c.is_alphabetic());
        let is_long = |word: &str| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
        if title == before && before.chars().all(char::is_lowercase) && !is_long(before) && is_long(name) {
            return Some(ONE_LETTER_COST);
        }
        let letters = title.strip_suffix('.')?;
        let is_title = letters.starts_with(char::is_uppercase)
            && (2..=LONGEST_TITLE).contains(&letters.chars().count())
            && letters.chars().all(char::is_alphabetic);
        (is_title && name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)).then_some(TITLE_COST)
    }

    fn ends_in_hyphen(&self, piece: &Piece) -> bool {
        self.string.get(..piece.range.end as usize).is_some_and(|text| text.ends_with(['-', '\u{2010}']))
    }

    /// The stops inside a word, whose start the sums stand at.
    fn word(&mut self, pieces: &[Piece], index: usize, word: &Word, forced: bool) {
        let piece = &pieces[index];
        let hyphen = &self.looks[piece.look].font;
        let length = piece.range.end - piece.range.start;
        let is_leaf = matches!(piece.shown, Shown::Leaf);
        let usable = |inside: &&Inside| {
            is_leaf
                && (piece.is_whole || !inside.adds_hyphen)
                // At its end only against something that is no space.
                && (inside.at < length || pieces.get(index + 1).is_some_and(|next| !matches!(next.body, Body::Space { .. }) && next.note.is_none()))
        };
        let mut at_end = Vec::new();
        for inside in word.breaks.iter().filter(usable) {
            let mut end = Sums { width: self.sums.width + inside.width, ..self.sums };
            let mut start = end;
            if inside.adds_hyphen {
                end.width += hyphen.hyphen().width;
            }
            if self.hanging {
                end.width -= inside.hang_end;
                start.width += inside.hang_start;
            }
            let kind = match inside.cost {
                ..=joint::HYPHEN if !inside.adds_hyphen => Kind::Open,
                ..joint::RARE => Kind::Inside,
                joint::RARE.. => Kind::Rare,
            };
            let place = Place { piece: index, byte: inside.at };
            let cut = Cut { end: place, start: place, adds_hyphen: inside.adds_hyphen };
            let hyphen = inside.ends_in_hyphen;
            at_end.push((inside.at, Stop { end, start, cost: inside.cost, kind, hyphen, words: (0, 0) }, cut));
        }
        let forced_at = |sums: Sums| Stop {
            end: sums,
            start: sums,
            cost: FORCED_COST,
            kind: Kind::Forced,
            hyphen: false,
            words: (0, 0),
        };
        if forced && is_leaf {
            let token = &self.string[piece.range.start as usize..piece.range.end as usize];
            let known = at_end.len();
            let places = token.grapheme_indices(true).skip(1).map(|(at, _)| at as u32);
            for (at, width) in word.widths_to(places) {
                if at_end[..known].binary_search_by_key(&at, |(known, _, _)| *known).is_ok() {
                    continue;
                }
                let sums = Sums { width: self.sums.width + width, ..self.sums };
                let place = Place { piece: index, byte: at };
                at_end.push((at, forced_at(sums), Cut { end: place, start: place, adds_hyphen: false }));
            }
            // A piece that follows without a space may start a line too.
            if index > 0 && !matches!(pieces[index - 1].body, Body::Space { .. }) && piece.note.is_none() {
                let place = Place { piece: index, byte: 0 };
                at_end.push((0, forced_at(self.sums), Cut { end: place, start: place, adds_hyphen: false }));
            }
            at_end.sort_by_key(|(at, _, _)| *at);
        }
        for (_, stop, cut) in at_end {
            self.stops.list.push(stop);
            self.stops.cuts.push(cut);
        }
    }

    /// What hangs over the start of a line that begins with piece `index`.
    fn hang_start(&self, pieces: &[Piece], index: usize) -> i64 {
        match pieces.get(index).map(|piece| &piece.body) {
            Some(Body::Word(word)) if self.hanging => word.hang_start,
            _ => 0,
        }
    }

    /// What hangs over the end of a line whose last piece stands before `index`.
    fn hang_end(&self, pieces: &[Piece], index: usize) -> i64 {
        match index.checked_sub(1).map(|last| &pieces[last].body) {
            Some(Body::Word(word)) if self.hanging => word.hang_end,
            _ => 0,
        }
    }
}
