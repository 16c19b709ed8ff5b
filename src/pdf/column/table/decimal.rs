//! Columns of numbers: their decimal marks stand under one another.
//!
//! In:     the texts of a column's cells, their lines.
//! Out:    which columns hold numbers; the lines, shifted.
//! Absent: what the numbers mean.
//!
//! The block of the numbers stands where the column's alignment puts it, as wide as its longest whole part and its
//! longest fraction together; in it every number stands by its mark (Bringhurst 4.4).

use crate::base::{Lang, Length};
use crate::layout::tree::ATOM;
use crate::pdf::line::{Line, Run, RunSource};

/// Signs that may stand before a number, and after one.
const BEFORE: &str = "+-−±~≈<>≤≥$€£¥₽₹";
const AFTER: &str = "%‰°€₽*†‡";
/// Parts thousands in any language, besides the mark that is not the decimal one.
const GROUPS: [char; 5] = ['\u{A0}', '\u{202F}', '\u{2009}', '\'', '’'];
/// Letters of a unit after a number.
const UNIT: usize = 4;
/// Languages that write a decimal point; the others of those we know write a comma (CLDR 45, `decimal`).
const WITH_POINT: [&str; 10] = ["en", "zh", "ja", "ko", "he", "ar", "hi", "th", "ga", "cy"];

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Held {
    /// Nothing, or a dash for it.
    Nothing,
    /// A number; the byte at which its whole part ends.
    Number(u32),
    Text,
}

/// What the text of a cell is.
pub(super) fn held(text: &str, lang: &Lang) -> Held {
    let trimmed = text.trim();
    if trimmed.is_empty() || matches!(trimmed, "-" | "–" | "—" | "…" | "n/a") {
        return Held::Nothing;
    }
    let (point, group) = if WITH_POINT.contains(&lang.primary()) { ('.', ',') } else { (',', '.') };
    let is_space = |c: char| c == ' ' || GROUPS[..3].contains(&c);
    let number = text.trim_start_matches(|c: char| is_space(c) || BEFORE.contains(c));
    let start = text.len() - number.len();
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut whole = digits(number);
    if whole == 0 {
        return Held::Text;
    }
    // Groups of three figures.
    while let Some(c) = number[whole..].chars().next()
        && (c == group || GROUPS.contains(&c) || c == ' ')
        && digits(&number[whole + c.len_utf8()..]) == 3
    {
        whole += c.len_utf8() + 3;
    }
    let mut end = whole;
    // A mark that the language does not have is taken for a decimal one too: tables are copied as they are.
    if let Some(c) = number[whole..].chars().next()
        && (c == point || c == group)
    {
        end += 1;
        end += digits(&number[end..]);
        if end == whole + 1 {
            return Held::Text;
        }
    }
    let rest = number[end..].trim_start_matches(is_space);
    let rest = rest.trim_end_matches(|c: char| is_space(c) || c == ATOM || AFTER.contains(c));
    let is_unit = rest.chars().count() <= UNIT && rest.chars().all(|c| c.is_alphabetic() || c == '/' || c == '²');
    if is_unit { Held::Number((start + whole) as u32) } else { Held::Text }
}

/// Where a number stands on its line: its edges, and the end of its whole part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges {
    pub left: Length,
    pub mark: Length,
    pub right: Length,
}

impl Edges {
    /// `at`: the byte at which the whole part ends.
    pub fn of(line: &Line, at: u32) -> Option<Edges> {
        let left = line.runs.iter().map(|run| run.x).min()?;
        let mut mark = left;
        for run in &line.runs {
            if let RunSource::Leaf { range, .. } = &run.source
                && range.start < at
            {
                let upto = at - range.start;
                let ahead = run.glyphs.iter().filter(|glyph| glyph.cluster < upto);
                let advance: i64 = ahead.map(|glyph| i64::from(glyph.advance)).sum();
                mark = mark.max(run.x + Length::from_sp(advance).scale(f64::from(run.stretch)));
            }
        }
        let ink = |run: &&Run| {
            !matches!(&run.source, RunSource::Leaf { .. }) || run.glyphs.iter().any(|glyph| glyph.advance > 0)
        };
        let right = line.runs.iter().filter(ink).map(|run| run.x + width(run)).max()?;
        Some(Edges { left, mark: mark.min(right), right })
    }
}

fn width(run: &Run) -> Length {
    let advance: i64 = run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
    Length::from_sp(advance).scale(f64::from(run.stretch))
}

/// The widths of the longest whole part and of the longest fraction.
pub(super) fn parts(edges: &[Edges]) -> (Length, Length) {
    let whole = edges.iter().map(|edges| edges.mark - edges.left).max().unwrap_or(Length::ZERO);
    let fraction = edges.iter().map(|edges| edges.right - edges.mark).max().unwrap_or(Length::ZERO);
    (whole, fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, lang: &str) -> Option<usize> {
        match held(text, &Lang::parse(lang).unwrap()) {
            Held::Number(at) => Some(at as usize),
            Held::Nothing | Held::Text => None,
        }
    }

    #[test]
    fn numbers_are_known_by_their_language() {
        assert_eq!(mark("3.14", "en"), Some(1));
        assert_eq!(mark("1,234.5", "en"), Some(5));
        assert_eq!(mark("1.234,5", "de"), Some(5));
        assert_eq!(mark("1\u{A0}234,5 %", "fr"), Some(6));
        assert_eq!(mark("−12", "en"), Some(5));
        assert_eq!(mark("12 ms", "en"), Some(2));
        assert_eq!(mark("613\u{FFFC}", "en"), Some(3));
    }

    #[test]
    fn what_is_no_number_is_text() {
        for text in ["10–20", "v1", "1.2.3", "3 of them in a row", "2 + 2", "12:30", "at least 161"] {
            assert_eq!(held(text, &Lang::english()), Held::Text, "{text}");
        }
        assert_eq!(held(" – ", &Lang::english()), Held::Nothing);
    }
}
