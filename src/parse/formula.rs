//! Formulas in Markdown: found before Markdown is read, lest it take their underscores and backslashes for its own.
//!
//! In:     an expanded text, and which signs begin a formula in this book.
//! Out:    [`Hidden`]: the text with each formula covered by as many bytes that mean nothing to Markdown, and where each is.
//! Absent: LaTeX.
//!
//! # Which dollar is a price?
//! A formula is looked for only in text: not in code, in a tag or in the target of a link. It holds no blank line and no
//! code. `$…$` follows pandoc's rules: no space behind the first dollar nor before the last, and no figure behind the last
//! one, so that "$5 and $10" is what it says; `\$` is always a dollar. Where the author has not asked for formulas
//! ([`Dollars::Careful`]) neither a letter nor a figure may stand at the outer side, and a sign of mathematics must stand
//! within, so that `$HOME/$USER` is what it says too.

use super::macros;
use crate::base::Span;
use crate::book::inline::Formula;
use crate::book::{Attributes, Inline, InlineKind, Inlines, Macros};
use crate::source::{Dollars, Formulas, Map};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The first character of a cover: no character of any text (Unicode 15, 23.7), three bytes long, as the shortest formula.
pub const COVER: char = '\u{FDD0}';
/// The rest of a cover.
pub const FILL: char = '\u{1}';

const BEGIN: &str = "\\begin{";
/// What stands on lines of its own by itself (the manual of amsmath, 3; `eqnarray` is LaTeX's own).
const ENVIRONMENTS: [&str; 7] = ["equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray"];

/// A formula in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// With the signs around it.
    pub whole: Range<usize>,
    /// Without them.
    pub source: Range<usize>,
    pub is_display: bool,
    /// It stands in HTML, of which Markdown takes nothing.
    pub is_raw: bool,
}

/// A text whose formulas are covered.
pub struct Hidden<'a> {
    pub text: Cow<'a, str>,
    pub found: Vec<Found>,
}

/// Covers the formulas of a text. `ranges` gives the bytes that are text, and those that are code, as Markdown sees them; it
/// is asked only where a sign of formulas stands.
pub fn hide<'a>(text: &'a str, signs: Formulas, ranges: impl Fn(&str) -> Ranges) -> Hidden<'a> {
    let may_hold = signs.environments && text.contains(BEGIN)
        || (signs.double_dollars || signs.dollars != Dollars::Text) && text.contains('$')
        || signs.backslashes && (text.contains("\\(") || text.contains("\\["));
    let mut found = if may_hold { Finder { text, signs, ranges: ranges(text) }.run() } else { Vec::new() };
    if found.is_empty() {
        return Hidden { text: Cow::Borrowed(text), found };
    }
    let mut covered = cover(text, &found);
    // A bar or a line of a formula may have hidden another one, as what stands behind the last cell of a row.
    if found.iter().any(|formula| text[formula.source.clone()].contains(['|', '\n'])) {
        let mut more = Finder { text: &covered, signs, ranges: ranges(&covered) }.run();
        // What was found first stands: signs that pair only around it do not belong together.
        more.retain(|formula| {
            let after = found.partition_point(|first| first.whole.end <= formula.whole.start);
            found.get(after).is_none_or(|first| formula.whole.end <= first.whole.start)
        });
        if !more.is_empty() {
            found.extend(more);
            found.sort_by_key(|formula| formula.whole.start);
            covered = cover(text, &found);
        }
    }
    Hidden { text: Cow::Owned(covered), found }
}

fn cover(text: &str, found: &[Found]) -> String {
    let mut covered = String::with_capacity(text.len());
    let mut at = 0;
    for formula in found {
        covered.push_str(&text[at..formula.whole.start]);
        covered.push(COVER);
        covered.extend(std::iter::repeat_n(FILL, formula.whole.len() - COVER.len_utf8()));
        at = formula.whole.end;
    }
    covered.push_str(&text[at..]);
    covered
}

/// What Markdown sees where, each list rising.
#[derive(Default)]
pub struct Ranges {
    pub texts: Vec<Range<usize>>,
    /// Texts of blocks of HTML, where a backslash is one.
    pub raws: Vec<Range<usize>>,
    pub codes: Vec<Range<usize>>,
}

struct Finder<'a> {
    text: &'a str,
    signs: Formulas,
    ranges: Ranges,
}

impl Finder<'_> {
    fn run(&self) -> Vec<Found> {
        let bytes = self.text.as_bytes();
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(sign) = bytes[at..].iter().position(|b| matches!(b, b'$' | b'\\')).map(|n| n + at) {
            match self.formula_at(sign) {
                Some(found) => {
                    at = found.whole.end;
                    out.push(found);
                }
                None => {
                    // A run of one sign is looked at once.
                    let same = bytes[sign..].iter().take_while(|b| **b == bytes[sign]).count();
                    at = sign + same;
                }
            }
        }
        out
    }

    fn formula_at(&self, at: usize) -> Option<Found> {
        let bytes = self.text.as_bytes();
        let same = bytes[at..].iter().take_while(|b| **b == bytes[at]).count();
        if same == 1 && self.signs.environments && self.text[at..].starts_with(BEGIN) {
            return self.environment(at);
        }
        let (length, close, is_display) = match (bytes[at], same, bytes.get(at + same)) {
            (b'\\', 2, Some(b'(')) if self.signs.backslashes => (3, "\\\\)", false),
            (b'\\', 2, Some(b'[')) if self.signs.backslashes => (3, "\\\\]", true),
            (b'\\', 1, Some(b'(')) if self.signs.backslashes && self.is_raw(at) => (2, "\\)", false),
            (b'\\', 1, Some(b'[')) if self.signs.backslashes && self.is_raw(at) => (2, "\\]", true),
            (b'$', 2, _) if self.signs.double_dollars => (2, "$$", true),
            (b'$', 1, _) if self.signs.dollars != Dollars::Text => (1, "$", false),
            _ => return None,
        };
        let is_dollars = bytes[at] == b'$';
        if is_dollars && self.is_escaped(at) || !self.is_text(at + length - 1) {
            return None;
        }
        let start = at + length;
        let end = self.close(start, close)?;
        let source = &self.text[start..end];
        // mdbook-katex sees no paragraphs: where `$$` stands at the edges of lines, it may hold a blank one.
        let is_block = is_dollars
            && is_display
            && self.signs.dollars == Dollars::Formula
            && (at == 0 || self.text[..at].ends_with('\n'))
            && self.text[end + close.len()..].trim_start_matches([' ', '.', ',']).starts_with('\n');
        // An empty `$$ $$` pushes lines apart on the web: it pairs its signs, so that those behind it find theirs.
        let is_spacer = is_dollars && is_display && !source.is_empty() && !source.contains('\n');
        if source.trim().is_empty() && !is_spacer || has_blank_line(source) && !is_block || self.has_code(start..end) {
            return None;
        }
        let whole = at..end + close.len();
        let is_inline_dollar = is_dollars && !is_display;
        if is_inline_dollar && !self.is_meant(&whole, source) {
            return None;
        }
        Some(Found { whole, source: start..end, is_display, is_raw: self.is_raw(at) })
    }

    /// `\begin{align}…\end{align}`, as MathJax reads it without any sign around.
    fn environment(&self, at: usize) -> Option<Found> {
        let start = at + BEGIN.len();
        let name = &self.text[start..start + self.text[start..].find('}')?];
        if !ENVIRONMENTS.contains(&name.trim_end_matches('*')) || !self.is_text(at) {
            return None;
        }
        let close = format!("\\end{{{name}}}");
        let end = start + self.text[start..].find(&close)? + close.len();
        let is_formula = !has_blank_line(&self.text[at..end]) && !self.has_code(at..end);
        is_formula.then_some(Found { whole: at..end, source: at..end, is_display: true, is_raw: self.is_raw(at) })
    }

    /// The sign that ends what starts here.
    fn close(&self, start: usize, sign: &str) -> Option<usize> {
        let mut at = start;
        loop {
            let end = self.text.get(at..)?.find(sign)? + at;
            let is_dollars = sign.starts_with('$');
            let is_right = match is_dollars {
                true => !self.is_escaped(end),
                // `\\\\)` is a new line of TeX and a bracket.
                false => !self.text[..end].ends_with('\\'),
            };
            if is_right {
                return self.is_text_or_markup(end).then_some(end);
            }
            at = end + 1;
        }
    }

    /// Pandoc's rules for single dollars, and more where nobody has asked for them.
    fn is_meant(&self, whole: &Range<usize>, source: &str) -> bool {
        let before = self.text[..whole.start].chars().next_back();
        let after = self.text[whole.end..].chars().next();
        let by_pandoc = !source.starts_with(char::is_whitespace)
            && !source.ends_with(char::is_whitespace)
            && !after.is_some_and(|c| c.is_ascii_digit() || c == '$');
        let by_care = || {
            let mut letters = source.chars();
            let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.all(|c| c == '\'');
            let has_sign = source.contains(['\\', '^', '_', '=', '+', '<', '>', '|']);
            !before.is_some_and(char::is_alphanumeric)
                && !after.is_some_and(char::is_alphanumeric)
                && (is_letter || has_sign)
                && !source.starts_with(|c: char| c.is_ascii_digit()) | has_sign
        };
        by_pandoc && (self.signs.dollars == Dollars::Formula || by_care())
    }

    fn is_escaped(&self, at: usize) -> bool {
        self.text[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
    }

    fn is_text(&self, at: usize) -> bool {
        within(&self.ranges.texts, at) || self.is_raw(at)
    }

    fn is_raw(&self, at: usize) -> bool {
        within(&self.ranges.raws, at)
    }

    /// What stands in a formula may have looked like anything; only code is never a part of one.
    fn is_text_or_markup(&self, at: usize) -> bool {
        !within(&self.ranges.codes, at)
    }

    fn has_code(&self, range: Range<usize>) -> bool {
        let after = self.ranges.codes.partition_point(|code| code.end <= range.start);
        self.ranges.codes.get(after).is_some_and(|code| code.start < range.end)
    }
}

fn within(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.end <= at);
    ranges.get(after).is_some_and(|range| range.start <= at)
}

fn has_blank_line(source: &str) -> bool {
    let mut lines = source.split('\n');
    lines.next();
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        // The last line ends with the closing sign.
        if lines.peek().is_some() && line.trim_matches([' ', '\t', '\r', '>']).is_empty() {
            return true;
        }
    }
    false
}

static NO_MACROS: Macros = Macros(BTreeMap::new());

/// The macros of a book, and those that the formulas of a text define.
pub struct Defined<'a> {
    book: &'a Macros,
    /// After which formula, by its index, which macros stand; rising.
    own: Vec<(usize, Macros)>,
}

impl<'a> Defined<'a> {
    /// What the formulas of a text define holds from the formula on that defines it, as MathJax has it.
    pub fn of(text: &str, found: &[Found], signs: Formulas, book: &'a Macros) -> Defined<'a> {
        let mut own: Vec<(usize, Macros)> = Vec::new();
        for (index, found) in found.iter().enumerate() {
            let Some(source) = text.get(found.source.clone()).filter(|source| macros::may_define(source)) else {
                continue;
            };
            let source = if signs.halved && !found.is_raw { halved(source) } else { source.to_owned() };
            let (_, defined) = macros::taken(&source);
            if !defined.0.is_empty() {
                let mut all = own.last().map_or(book, |(_, macros)| macros).clone();
                all.0.extend(defined.0);
                own.push((index, all));
            }
        }
        Defined { book, own }
    }

    fn at(&self, index: usize) -> &Macros {
        let after = self.own.partition_point(|(from, _)| *from <= index);
        after.checked_sub(1).and_then(|last| self.own.get(last)).map_or(self.book, |(_, macros)| macros)
    }
}

/// The formulas of a text, for those who read its covers.
#[derive(Clone, Copy)]
pub struct Covers<'a> {
    /// The text before it was covered.
    pub text: &'a str,
    pub found: &'a [Found],
    pub signs: Formulas,
    pub macros: &'a Defined<'a>,
}

impl Covers<'_> {
    pub const NONE: Covers<'static> =
        Covers { text: "", found: &[], signs: Formulas::NONE, macros: &Defined { book: &NO_MACROS, own: Vec::new() } };

    /// The formula whose cover starts at a byte of the text, and the length of the cover.
    pub fn at(&self, at: usize, map: &Map) -> Option<(Formula, usize)> {
        let index = self.found.binary_search_by_key(&at, |found| found.whole.start).ok()?;
        let found = &self.found[index];
        let written = self.text.get(found.source.clone())?;
        // In a quotation each line begins with its sign.
        let is_quoted =
            written.split('\n').skip(1).all(|line| line.trim_start().starts_with('>')) && written.contains('\n');
        let unquoted: Cow<'_, str> = if is_quoted {
            let lines = written.split('\n').enumerate();
            let bare = lines.map(|(n, line)| if n == 0 { line } else { line.trim_start().trim_start_matches('>') });
            bare.collect::<Vec<_>>().join("\n").into()
        } else {
            written.into()
        };
        let mut source = if self.signs.halved && !found.is_raw { halved(&unquoted) } else { unquoted.into_owned() };
        if macros::may_define(&source) {
            source = macros::taken(&source).0;
        }
        let macros = self.macros.at(index).of(&source);
        let at = map.span(found.source.clone());
        Some((Formula { source, is_display: found.is_display, at, macros }, found.whole.len()))
    }

    /// The text under the covers in a range of it.
    pub fn uncovered<'t>(&'t self, covered: &'t str, range: Range<usize>) -> &'t str {
        if !covered.contains(COVER) {
            return covered;
        }
        self.text.get(range).filter(|text| text.len() == covered.len()).unwrap_or(covered)
    }
}

/// Undoes the escapes of Markdown, as mdBook does before MathJax sees the text: `\\\\` is the new line of TeX, `\\{` a brace.
fn halved(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => out.extend(chars.next()),
            Some(_) | None => out.push(c),
        }
    }
    out
}

/// A piece of a paragraph: text, or a formula that stands on lines of its own.
pub enum Parted {
    Text(Inlines),
    Formula(Formula, Attributes, Span),
}

/// Parts a paragraph at its display formulas; punctuation alone behind one belongs to it.
pub fn parted(text: Inlines) -> Vec<Parted> {
    let mut out: Vec<Parted> = Vec::new();
    for inline in text {
        match (out.last_mut(), alone(inline)) {
            (Some(Parted::Text(text)), Parted::Text(more)) => text.extend(more),
            (Some(Parted::Formula(formula, ..)), Parted::Text(more)) if punctuation(&more).is_some() => {
                formula.source.push_str(punctuation(&more).unwrap_or_default());
            }
            (_, part) => out.push(part),
        }
    }
    out
}

/// Whether a paragraph holds a display formula at its outermost level.
pub fn is_parted(text: &[Inline]) -> bool {
    let is_display = |inline: &Inline| matches!(&inline.kind, InlineKind::Formula(formula) if formula.is_display);
    text.iter().any(|inline| {
        is_display(inline)
            || matches!(&inline.kind, InlineKind::Span { text, .. } if matches!(&text[..], [only] if is_display(only)))
    })
}

fn punctuation(text: &[Inline]) -> Option<&str> {
    let [Inline { kind: InlineKind::Text(text), .. }] = text else { return None };
    Some(text.trim()).filter(|text| matches!(*text, "." | "," | ";" | ":"))
}

/// One inline as a piece by itself.
fn alone(inline: Inline) -> Parted {
    let Inline { kind, span } = inline;
    match kind {
        InlineKind::Formula(formula) if formula.is_display => Parted::Formula(formula, Attributes::default(), span),
        InlineKind::Span { attributes, mut text } => match text.pop() {
            Some(Inline { kind: InlineKind::Formula(formula), .. }) if formula.is_display && text.is_empty() => {
                Parted::Formula(formula, attributes, span)
            }
            last => {
                text.extend(last);
                Parted::Text(vec![Inline { kind: InlineKind::Span { attributes, text }, span }])
            }
        },
        kind => Parted::Text(vec![Inline { kind, span }]),
    }
}

/// `\ref{name}` and `\eqref{name}` alone: a reference, which LaTeX and MathJax count as a formula.
pub fn reference(source: &str) -> Option<String> {
    let source = source.trim();
    let rest = source.strip_prefix("\\eqref{").or_else(|| source.strip_prefix("\\ref{"))?;
    let name = rest.strip_suffix('}').filter(|name| !name.is_empty() && !name.contains(['{', '}', '\\']))?;
    Some(format!("#{name}"))
}

/// The name that `\label{…}` gives a formula.
pub fn label(source: &str) -> Option<String> {
    let (_, rest) = source.split_once("\\label{")?;
    let (name, _) = rest.split_once('}')?;
    (!name.trim().is_empty()).then(|| name.trim().to_owned())
}
