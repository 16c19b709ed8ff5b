//! Straight quotes → quotation marks, apostrophes, primes.
//!
//! In:     a straight quote, what was set before it, what was typed behind it, the quotations that are open.
//! Out:    its sign.
//! Absent: the signs of each language (`signs.rs`).

use super::Pass;

/// A quotation that is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Open {
    /// Whether it was opened by a double quote.
    pub double: bool,
    /// Whether it shows the signs for a quotation in a quotation.
    pub inner: bool,
}

/// English words that begin with an apostrophe even where a single quotation could close later.
const CLIPPED: [&str; 6] = ["tis", "twas", "twere", "twill", "twould", "em"];

impl Pass<'_> {
    pub(super) fn double_quote(&mut self, at: usize) -> usize {
        let (before, after) = (self.before(), self.at(at + 1));
        if let (Some(b), Some(a)) = (before, after)
            && is_hebrew(b)
            && is_hebrew(a)
        {
            // Gershayim, inside a Hebrew abbreviation.
            return self.put(at, 1, "״");
        }
        let is_open = self.open.iter().any(|open| open.double);
        if before.is_some_and(|c| c.is_ascii_digit()) && !after.is_some_and(char::is_alphanumeric) {
            // Inches: 6", and 5′10″ even in a quotation.
            let digits = self.out.trim_end_matches(|c: char| c.is_ascii_digit());
            if !is_open || digits.ends_with('′') {
                return self.put(at, 1, "″");
            }
        }
        let solid = after.is_some_and(|c| !c.is_whitespace());
        let opens = match (opens_after(before), solid) {
            (true, true) => true,
            (true, false) => !is_open,
            (false, true) => !is_open && after.is_some_and(char::is_alphanumeric),
            (false, false) => false,
        };
        if opens {
            return self.open_quote(at, Open { double: true, inner: is_open });
        }
        self.close_quote(at, true)
    }

    pub(super) fn single_quote(&mut self, at: usize) -> usize {
        let (before, after) = (self.before(), self.at(at + 1));
        let is_open = self.open.iter().any(|open| !open.double);
        let letter_after = after.is_some_and(char::is_alphabetic);
        if before.is_some_and(|c| c.is_ascii_digit()) && !letter_after {
            let digit_after = after.is_some_and(|c| c.is_ascii_digit());
            if digit_after || !is_open {
                return self.put(at, 1, "′");
            }
        }
        if before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) {
            return self.put(at, 1, "’");
        }
        let solid = after.is_some_and(|c| !c.is_whitespace());
        if opens_after(before) && solid {
            if self.begins_with_apostrophe(at) {
                return self.put(at, 1, "’");
            }
            return self.open_quote(at, Open { double: false, inner: true });
        }
        if is_open { self.close_quote(at, false) } else { self.put(at, 1, "’") }
    }

    fn open_quote(&mut self, at: usize, open: Open) -> usize {
        self.open.push(open);
        let signs = self.zone.signs;
        self.put(at, 1, if open.inner { signs.single[0] } else { signs.double[0] })
    }

    fn close_quote(&mut self, at: usize, double: bool) -> usize {
        let signs = self.zone.signs;
        let inner = match self.open.iter().rposition(|open| open.double == double) {
            Some(opened) => {
                let inner = self.open[opened].inner;
                // What was opened inside and never closed ends here.
                self.open.truncate(opened);
                inner
            }
            // It was opened in an earlier paragraph.
            None => !double,
        };
        let sign = if inner { signs.single[1] } else { signs.double[1] };
        // A space of the sign's own is not doubled.
        let sign = if self.out.ends_with('\u{202F}') { sign.trim_start_matches('\u{202F}') } else { sign };
        self.put(at, 1, sign)
    }

    /// Whether a single quote at the start of a word is an apostrophe: 'tis, '90s, rock 'n' roll.
    fn begins_with_apostrophe(&mut self, at: usize) -> bool {
        let rest = &self.typed[at + 1..];
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        let closes_later = self.last_close() > Some(at);
        let decade = word.trim_end_matches('s');
        if decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit()) {
            return word.len() > 2 || !closes_later;
        }
        if CLIPPED.iter().any(|clipped| word.eq_ignore_ascii_case(clipped)) || rest.starts_with("n'") {
            return true;
        }
        // A quotation that never closes opens only at the start of a paragraph, where the next one may go on with it.
        !closes_later && !self.out.trim_end_matches(['“', '„', '«', '\u{202F}']).is_empty()
    }

    /// The last straight quote that could close a quotation.
    fn last_close(&mut self) -> Option<usize> {
        *self.last_close.get_or_insert_with(|| {
            let typed = self.typed;
            let zones = self.zones;
            let in_code =
                |at: usize| zones.get(zones.partition_point(|zone| zone.end <= at)).is_some_and(|z| z.as_typed);
            typed.rmatch_indices('\'').map(|(at, _)| at).find(|&at| {
                let before = typed[..at].chars().next_back();
                let after = typed[at + 1..].chars().next();
                before.is_some_and(|c| !c.is_whitespace() && c != '(')
                    && !after.is_some_and(char::is_alphanumeric)
                    && !in_code(at)
            })
        })
    }
}

/// Whether a quotation may begin after this character.
fn opens_after(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{<-–—/=“‘„‚«‹「『¿¡\u{2060}".contains(c))
}

fn is_hebrew(c: char) -> bool {
    ('\u{5D0}'..='\u{5EA}').contains(&c)
}
