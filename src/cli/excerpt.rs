//! The line of the manuscript shown under a message, cut to what fits a terminal.
//!
//! In:     a line, the first column at fault and the column after the last.
//! Out:    a piece of the line, and marks that stand under the fault.
//! Absent: colours.

/// Columns of a terminal that an excerpt may fill; a paragraph of Markdown is often one line of a thousand.
const WIDTH: usize = 96;
/// Columns of the line shown before the fault, where the line has to be cut.
const BEFORE: usize = 24;
/// A tab stands for so many spaces, so that the marks stay under their text.
const TAB: &str = "    ";
/// Shown where text was cut away.
const CUT: char = '…';

pub struct Excerpt<'a> {
    line: &'a str,
    /// The characters shown, counted from 0.
    from: usize,
    to: usize,
    /// The characters marked, counted from 0; at least one column.
    start: usize,
    end: usize,
}

impl<'a> Excerpt<'a> {
    /// `column` and `end` count characters from 1; `end` is one past the fault.
    pub fn new(line: &'a str, column: usize, end: usize) -> Excerpt<'a> {
        let length = line.chars().count();
        let start = column.saturating_sub(1).min(length);
        let end = end.saturating_sub(1).clamp(start, length);
        let from = if length <= WIDTH { 0 } else { start.saturating_sub(BEFORE).min(length - WIDTH) };
        Excerpt { line, from, to: length.min(from + WIDTH), start, end: end.min(from + WIDTH) }
    }

    pub fn is_empty(&self) -> bool {
        self.line.trim().is_empty()
    }

    /// The piece of the line.
    pub fn text(&self) -> String {
        let cut = |is_cut: bool| if is_cut { CUT.to_string() } else { String::new() };
        let after = self.to < self.line.chars().count();
        cut(self.from > 0) + &self.shown(self.from, self.to) + &cut(after)
    }

    /// What stands before the marks: as wide as the text before the fault.
    pub fn blank(&self) -> String {
        " ".repeat(usize::from(self.from > 0) + columns(&self.shown(self.from, self.start)))
    }

    pub fn marks(&self) -> String {
        "^".repeat(columns(&self.shown(self.start, self.end)).max(1))
    }

    /// Tabs as spaces, and nothing that could steer the terminal.
    fn shown(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for c in self.line.chars().skip(from).take(to.saturating_sub(from)) {
            match c {
                '\t' => out.push_str(TAB),
                c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
                c => out.push(c),
            }
        }
        out
    }
}

/// Columns of a terminal: two for the wide characters of East Asia, none for marks that stand on another character.
fn columns(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}');
    let none = |c: char| matches!(c, '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}');
    text.chars().map(|c| if none(c) { 0 } else { 1 + usize::from(wide(c)) }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str, column: usize, end: usize) -> String {
        let excerpt = Excerpt::new(line, column, end);
        format!("{}\n{}{}", excerpt.text(), excerpt.blank(), excerpt.marks())
    }

    #[test]
    fn marks_stand_under_the_fault() {
        assert_eq!(shown("see [x](y.md).", 5, 14), "see [x](y.md).\n    ^^^^^^^^^");
        assert_eq!(shown("\tsee x", 6, 7), "    see x\n        ^");
        assert_eq!(shown("日本 x", 4, 5), "日本 x\n     ^");
        assert_eq!(shown("short", 6, 6), "short\n     ^");
        assert_eq!(shown("short", 60, 99), "short\n     ^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_fault() {
        let line = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let text = shown(&line, 501, 505);
        assert_eq!(text, format!("…{}HERE{}…\n{}^^^^", "a".repeat(24), "b".repeat(68), " ".repeat(25)));
        assert!(shown(&line, 1, 1000).lines().all(|line| line.chars().count() <= WIDTH + 2));
    }

    #[test]
    fn the_line_cannot_steer_the_terminal() {
        assert!(!shown("a\u{1b}[31m b", 1, 2).contains('\u{1b}'));
    }
}
