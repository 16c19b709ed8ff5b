//! A leaf as typed → with the signs of its language: quotes, apostrophes, primes, dashes, ellipses, bound spaces.
//!
//! In:     a leaf's [`Text`] and its language; marks say where another language is spoken and where code stands.
//! Out:    the same text, its marks and atoms moved along.
//! Absent: widths; code is never touched, nor are URLs.
//!
//! One pass from left to right over the whole leaf, so that quotes pair across emphasis and around code. Each place that
//! could want a sign is settled by what stands before it (already set) and behind it (as typed).
//!
//! The em dash is closed without a word joiner (U+2060): some reading systems show it as a box, and the breaker of lines
//! knows the dash.

mod quote;
mod signs;
mod space;
mod zone;

use crate::base::Lang;
use crate::layout::tree::{ATOM, Atom, Text};
use quote::Open;
use signs::Signs;
use zone::Zone;

/// Sets the signs of a leaf. `smart`: otherwise white space alone is collapsed, and the text stands as typed.
pub fn set(text: &mut Text, lang: &Lang, smart: bool) {
    if text.string.is_empty() {
        return;
    }
    let zones = zone::of(text, Signs::of(lang));
    let mut pass = Pass {
        typed: &text.string,
        text,
        urls: zone::urls(&text.string),
        url: 0,
        zones: &zones,
        zone: zones[0],
        smart,
        out: String::with_capacity(text.string.len() + 16),
        edits: Vec::new(),
        changed: false,
        open: Vec::new(),
        last_close: None,
        closing_dash: false,
    };
    // The first byte of guillemets is the only one of a longer character that a sign begins with.
    for zone in &zones {
        pass.zone = *zone;
        pass.run();
    }
    if !pass.changed {
        return;
    }
    let (out, edits) = (pass.out, pass.edits);
    text.string = out;
    for mark in &mut text.marks {
        mark.range = moved(&edits, mark.range.start)..moved(&edits, mark.range.end);
    }
    for atom in &mut text.atoms {
        atom.at = moved(&edits, atom.at);
    }
}

/// A plain string with its signs.
pub fn plain(string: &str, lang: &Lang, smart: bool) -> String {
    let mut text = Text::plain(string);
    set(&mut text, lang, smart);
    text.string
}

/// A title in the quotation marks of the language.
pub fn quoted(title: &str, lang: &Lang, smart: bool) -> String {
    let [open, close] = Signs::of(lang).double;
    format!("{open}{}{close}", plain(title, lang, smart))
}

/// A piece of the typed text that came out with another length.
struct Edit {
    /// The bytes as typed.
    start: u32,
    end: u32,
    /// Where its stand-in begins.
    new_start: u32,
    /// How far everything behind it has moved.
    shift: i64,
}

/// Where a byte as typed has come to stand.
fn moved(edits: &[Edit], at: u32) -> u32 {
    match edits.partition_point(|edit| edit.start < at).checked_sub(1).map(|last| &edits[last]) {
        None => at,
        Some(edit) if at < edit.end => edit.new_start,
        Some(edit) => (i64::from(at) + edit.shift) as u32,
    }
}

struct Pass<'a> {
    typed: &'a str,
    text: &'a Text,
    urls: Vec<(usize, usize)>,
    /// The first URL that does not lie behind us.
    url: usize,
    zones: &'a [Zone],
    zone: Zone,
    smart: bool,
    out: String,
    edits: Vec<Edit>,
    /// Whether anything came out other than typed.
    changed: bool,
    open: Vec<Open>,
    /// The last place that could close a single quote, once it was sought.
    last_close: Option<Option<usize>>,
    /// Whether the space before an em dash was dropped, so that the one behind goes too.
    closing_dash: bool,
}

impl Pass<'_> {
    fn run(&mut self) {
        let bytes = self.typed.as_bytes();
        let Zone { start, end, signs, as_typed } = self.zone;
        let mut at = start;
        // What was looked at and needs no sign is copied in one go.
        let mut copied = start;
        while at < end {
            let byte = bytes[at];
            let is_plain = byte.is_ascii_alphanumeric() || byte == b',';
            if is_plain || byte >= 0x80 && byte != 0xC2 || self.stays(at, byte) {
                at += 1;
                continue;
            }
            if as_typed {
                // Code keeps its spaces; the line ends of the source are spaces.
                if byte == b'\n' {
                    self.copy(copied, at);
                    self.put(at, 1, " ");
                    copied = at + 1;
                }
                at += 1;
                continue;
            }
            if byte.is_ascii_whitespace() {
                self.copy(copied, at);
                at = self.white(at);
                copied = at;
                continue;
            }
            if !self.smart || self.in_url(at) {
                at += 1;
                continue;
            }
            // A sign looks at what was set before it.
            let taken = match byte {
                b'"' | b'\'' | b'-' | b'.' => {
                    self.copy(copied, at);
                    copied = at;
                    match byte {
                        b'"' => self.double_quote(at),
                        b'\'' => self.single_quote(at),
                        b'-' => self.hyphens(at),
                        _ => self.dots(at),
                    }
                }
                b';' | b':' | b'!' | b'?' | 0xC2 if signs.french.is_some() => {
                    self.copy(copied, at);
                    copied = at;
                    self.french(at)
                }
                _ => 0,
            };
            at += taken.max(1);
            if taken > 0 {
                copied = at;
            }
        }
        self.copy(copied, end);
    }

    /// What most of a book is made of, told by its neighbours alone: a space between two words in small letters, a stop
    /// that is no ellipsis, a hyphen in a word.
    fn stays(&self, at: usize, byte: u8) -> bool {
        let bytes = self.typed.as_bytes();
        if at == self.zone.start || at + 1 >= self.zone.end {
            return false;
        }
        let (before, after) = (bytes[at - 1], bytes[at + 1]);
        match byte {
            b' ' => {
                (before.is_ascii_lowercase() || before == b',')
                    && after.is_ascii_lowercase()
                    && self.zone.signs.prepositions.is_empty()
            }
            b'.' => before != b'.' && after != b'.',
            b'-' => before.is_ascii_alphabetic() && after != b'-',
            _ => false,
        }
    }

    fn copy(&mut self, from: usize, to: usize) {
        if from < to {
            self.out.push_str(&self.typed[from..to]);
        }
    }

    /// Puts `sign` for `length` typed bytes; hands back `length`.
    fn put(&mut self, at: usize, length: usize, sign: &str) -> usize {
        let changed = self.typed[at..at + length] != *sign;
        // A mark that began inside what was typed must not begin inside the sign.
        if sign.len() != length || changed && length > 1 {
            let shift = self.edits.last().map_or(0, |edit| edit.shift) + sign.len() as i64 - length as i64;
            self.edits.push(Edit {
                start: at as u32,
                end: (at + length) as u32,
                new_start: self.out.len() as u32,
                shift,
            });
        }
        self.changed |= changed;
        self.out.push_str(sign);
        length
    }

    /// The character before, as set; `None` at the start of a line.
    fn before(&self) -> Option<char> {
        let last = self.out.chars().next_back()?;
        if last == ATOM && self.is_break(self.out.len() - ATOM.len_utf8(), true) { None } else { Some(last) }
    }

    /// The character at a typed byte; `None` at the end of a line.
    fn at(&self, at: usize) -> Option<char> {
        let next = self.typed.get(at..)?.chars().next()?;
        if next == ATOM && self.is_break(at, false) { None } else { Some(next) }
    }

    /// Whether the atom at a byte, as set or as typed, is a line end.
    fn is_break(&self, at: usize, set: bool) -> bool {
        let at = at as u32;
        let find = |atom: &crate::layout::tree::AtomAt| if set { moved(&self.edits, atom.at) } else { atom.at };
        let found = self.text.atoms.binary_search_by_key(&at, find);
        found.is_ok_and(|found| self.text.atoms[found].atom == Atom::Break)
    }

    fn in_url(&mut self, at: usize) -> bool {
        while self.urls.get(self.url).is_some_and(|&(_, end)| end <= at) {
            self.url += 1;
        }
        self.urls.get(self.url).is_some_and(|&(start, end)| (start..end).contains(&at))
    }

    /// Two hyphens: an en dash; three: an em dash; one between numbers that rise: an en dash.
    fn hyphens(&mut self, at: usize) -> usize {
        let length = self.typed[at..self.zone.end].bytes().take_while(|&byte| byte == b'-').count();
        let (before, after) = (self.before(), self.at(at + length));
        let sign = match length {
            1 if before.is_some_and(|c| c.is_ascii_digit()) && self.is_range(at) => "–",
            // `-- Author`: the dash of an attribution.
            2 if before.is_none() && after.is_some_and(char::is_whitespace) => "—",
            // `--flag` of a program.
            2 if before.is_none_or(char::is_whitespace) && after.is_some_and(char::is_alphanumeric) => "--",
            2 => "–",
            3 => "—",
            _ => return self.put(at, length, &self.typed[at..at + length]),
        };
        self.put(at, length, sign)
    }

    /// Whether the hyphen stands between two whole numbers that make a range: `12-17`, `1991-92`; not `978-0-306`, not
    /// `2020-05`.
    fn is_range(&self, at: usize) -> bool {
        /// Digits of the longest number that is still a year or a page.
        const LONGEST: usize = 4;
        let bytes = self.typed.as_bytes();
        let digits = |byte: &&u8| byte.is_ascii_digit();
        let left = bytes[..at].iter().rev().take_while(digits).count();
        let right = bytes[at + 1..].iter().take_while(digits).count();
        if left == 0 || right == 0 || left > LONGEST || right > LONGEST {
            return false;
        }
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-./_:#$+=@\\".contains(&byte) || byte >= 0x80;
        let outer = bytes[..at - left].last().copied();
        let behind = &bytes[at + 1 + right..];
        let ends = match behind {
            [] => true,
            // A full stop that ends the sentence.
            [b'.' | b':', rest @ ..] => rest.first().is_none_or(|&byte| !is_part(byte)),
            [byte, ..] => !is_part(*byte),
        };
        if outer.is_some_and(is_part) || !ends {
            return false;
        }
        let number = |range: std::ops::Range<usize>| self.typed[range].parse::<u32>().unwrap_or(0);
        let (from, to) = (number(at - left..at), number(at + 1..at + 1 + right));
        // `1991-92`; but `2020-05` is a month.
        from < to || left == 4 && right == 2 && to > 12 && from % 100 < to
    }

    /// Three dots: an ellipsis.
    fn dots(&mut self, at: usize) -> usize {
        let length = self.typed[at..self.zone.end].bytes().take_while(|&byte| byte == b'.').count();
        let between_digits = self.before().is_some_and(|c| c.is_ascii_digit())
            && self.at(at + length).is_some_and(|c| c.is_ascii_digit());
        match length {
            3 if !between_digits => self.put(at, length, "…"),
            4 => self.put(at, length, "…."),
            _ => self.put(at, length, &self.typed[at..at + length]),
        }
    }
}

#[cfg(test)]
mod tests;
