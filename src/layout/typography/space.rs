//! White space → one space, bound where a line must not end.
//!
//! In:     a run of typed white space, or a sign of French punctuation.
//! Out:    a space, a no-break space (U+00A0), a narrow one (U+202F), or nothing.
//! Absent: widths, lines.

use super::Pass;
use super::signs::{Dash, French};

const NO_BREAK: &str = "\u{A0}";
const NARROW: &str = "\u{202F}";

/// Units that stay with their number: those of the SI and what books count besides (*Chicago Manual of Style*, 9.16).
/// `in` and `A` are words as well and are not among them.
const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "K", "mm", "cm", "dm", "m", "km", "nm", "μm", "µm", "mm²", "cm²", "m²", "km²", "m³",
    "cm³", "ha", "mg", "g", "kg", "t", "ml", "mL", "cl", "l", "L", "ms", "μs", "µs", "ns", "s", "min", "h", "Hz",
    "kHz", "MHz", "GHz", "THz", "V", "kV", "W", "kW", "MW", "GW", "Wh", "kWh", "J", "kJ", "N", "Pa", "hPa", "kPa",
    "bar", "dB", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "kbit", "Mbit", "Gbit", "px", "pt", "dpi",
    "ft", "€", "₽",
];

impl Pass<'_> {
    /// Sets the white space that begins at a byte; hands back the byte behind it.
    pub(super) fn white(&mut self, at: usize) -> usize {
        let run = &self.typed[at..self.zone.end];
        let length = run.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(run.len());
        let end = at + length;
        let (before, after) = (self.before(), self.at(end));
        let sign = match (before, after) {
            // At the start or the end of a line, or behind another space.
            (None, _) | (_, None) | (Some(' '), _) => "",
            _ if !self.smart => " ",
            (Some(before), Some(after)) => self.space(before, after, end),
        };
        self.put(at, length, sign);
        end
    }

    fn space(&mut self, before: char, after: char, end: usize) -> &'static str {
        if before == '\u{A0}' || before == '\u{202F}' {
            return "";
        }
        if std::mem::take(&mut self.closing_dash) {
            return "";
        }
        let signs = self.zone.signs;
        if matches!(after, '—' | '–' | '-')
            && let Some(sign) = self.before_dash(before, end)
        {
            return sign;
        }
        if let Some(french) = signs.french {
            let high = ";!?".contains(after) && french == French::France && !self.starts_word(end);
            if high || after == ':' && !self.starts_word(end) || after == '»' || before == '«' {
                return NARROW;
            }
        }
        // What begins in code is no sign and no unit of this text.
        if end >= self.zone.end {
            return if self.binds_what_follows(before, after, end) { NO_BREAK } else { " " };
        }
        if after == '&' && self.at(end + 1).is_some_and(char::is_whitespace) {
            return NO_BREAK;
        }
        if before.is_ascii_digit() && self.binds_to_number(end) {
            return NO_BREAK;
        }
        if self.binds_what_follows(before, after, end) { NO_BREAK } else { " " }
    }

    /// Whether a high sign is the first of a word (`:sweat:`, `!important`) instead of the last of a sentence's piece.
    fn starts_word(&self, at: usize) -> bool {
        self.at(at + 1).is_some_and(char::is_alphanumeric)
    }

    /// The space before a dash that has one behind it too.
    fn before_dash(&mut self, before: char, at: usize) -> Option<&'static str> {
        let rest = &self.typed[at..];
        let (dash, is_em) = ["---", "--", "—", "–"]
            .iter()
            .find_map(|dash| rest.strip_prefix(dash).map(|_| (*dash, *dash == "---" || *dash == "—")))?;
        let behind = at + dash.len();
        let spaced = self.at(behind).is_some_and(char::is_whitespace);
        let goes_on = self.typed[behind..].chars().find(|c| !c.is_whitespace()).is_some();
        if !spaced || !goes_on {
            return None;
        }
        if is_em && self.zone.signs.dash == Dash::Closed && !before.is_whitespace() {
            self.closing_dash = true;
            return Some("");
        }
        Some(NO_BREAK)
    }

    /// Whether what follows a number is a unit, or a group of three figures.
    fn binds_to_number(&self, at: usize) -> bool {
        let rest = &self.typed[at..];
        let word = &rest[..rest.find(|c: char| c.is_whitespace() || ",;:!?)]…—–/".contains(c)).unwrap_or(rest.len())];
        let signs = self.zone.signs;
        if signs.after_number.contains(&word.to_lowercase().as_str()) {
            return true;
        }
        let word = word.trim_end_matches(['.', '"', '\'', '”', '’', '»']);
        if UNITS.contains(&word) {
            return true;
        }
        let is_group = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        let head = self.out.bytes().rev().take_while(u8::is_ascii_digit).count();
        signs.spaced_groups && is_group && head <= 3
    }

    /// Whether the word before holds on to what follows: a preposition of one letter, `Mr.`, `p.`, `§`, an initial.
    fn binds_what_follows(&self, before: char, after: char, end: usize) -> bool {
        let signs = self.zone.signs;
        if before == '§' || before == '№' || before == '¶' {
            return true;
        }
        let is_edge = |c: char| c.is_whitespace() || "([“‘„‚«‹—–\u{FFFC}".contains(c);
        if signs.prepositions.contains(before) {
            let head = &self.out[..self.out.len() - before.len_utf8()];
            return head.chars().next_back().is_none_or(is_edge);
        }
        let is_number = after.is_ascii_digit();
        // `z. B.`, `т. е.`, `i. e.`: two shortened words of one letter.
        let after_letter = self.at(end + after.len_utf8()) == Some('.') && after.is_alphabetic();
        let is_name = after.is_uppercase();
        // Only a shortened word, or a word before a figure, can hold on; most spaces end here.
        if !is_number
            && !after_letter
            && !(is_name && (before == '.' || !signs.before_name.is_empty() && before.is_lowercase()))
        {
            return false;
        }
        let word = self.out.rsplit(is_edge).next().unwrap_or_default();
        if (is_name || after_letter) && before == '.' {
            let mut letters = word.trim_end_matches('.').chars();
            if let (Some(letter), None) = (letters.next(), letters.next())
                && !self.begins_sentence(end)
                && (letter.is_uppercase() || letter.is_alphabetic() && after_letter)
            {
                return true;
            }
        }
        /// No shortened word is longer.
        const LONGEST: usize = 24;
        if word.len() > LONGEST {
            return false;
        }
        let word = word.to_lowercase();
        is_number && signs.before_number.contains(&word.as_str())
            || is_name && signs.before_name.contains(&word.as_str())
    }

    /// Whether the word at a byte is one that begins sentences, so that the letter before was no initial: `in C. This`.
    fn begins_sentence(&self, at: usize) -> bool {
        const WORDS: [&str; 20] = [
            "A", "An", "And", "But", "For", "He", "However", "If", "In", "It", "She", "So", "That", "The", "Then",
            "There", "They", "This", "We", "You",
        ];
        let rest = &self.typed[at..];
        let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
        // `J. A. Smith`: a letter with a stop is an initial.
        !rest[word.len()..].starts_with('.') && WORDS.contains(&word)
    }

    /// The spaces of French punctuation where the author typed none: `Quoi?`, `«mot»`.
    pub(super) fn french(&mut self, at: usize) -> usize {
        let Some(sign) = self.at(at) else { return 0 };
        let (before, after) = (self.before(), self.at(at + sign.len_utf8()));
        let ends = after.is_none_or(|c| c.is_whitespace() || ")]»”’.…\"".contains(c));
        let high = sign == ':' || ";!?".contains(sign) && self.zone.signs.french == Some(French::France);
        let text = &self.typed[at..at + sign.len_utf8()];
        if high && ends && before.is_some_and(|c| c.is_alphanumeric() || ")]»”’%".contains(c)) {
            return self.put(at, text.len(), &format!("{NARROW}{text}"));
        }
        match sign {
            '«' if after.is_some_and(|c| !c.is_whitespace()) => self.put(at, text.len(), &format!("{text}{NARROW}")),
            '»' if before.is_some_and(|c| !c.is_whitespace()) => self.put(at, text.len(), &format!("{NARROW}{text}")),
            _ => self.put(at, text.len(), text),
        }
    }
}
