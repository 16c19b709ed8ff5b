//! The paragraph that opens a chapter → lines beside a large capital.
//!
//! In:     a leaf that the tree gives an initial, the theme's choice of its height.
//! Out:    lines; the first holds the capital, which stands on the baseline of the last one beside it and is as high as the
//!         capitals of the first.
//! Absent: which paragraphs open a chapter; what a screen reader says of the capital (`write/show.rs`).

use super::block::Measures;
use super::compose::{Composer, Leaf, end_of};
use super::fallback::Wanted;
use super::font::{Breaking, Font};
use super::line::{Line, Run, RunSource};
use super::shape::Features;
use crate::base::Length;
use crate::layout::tree::Atom;
use crate::theme::ChapterStart;
use std::ops::Range;

/// White between the capital and the text beside it, of the text size; and where the letter is a word of its own, the space
/// that follows it in the text adds to this.
const GAP: f64 = 0.2;
/// A capital whose ink reaches so far under its baseline, in leadings, takes another line: the tails of J and Q.
const TAIL: f64 = 0.4;
/// The widest that a capital may be, of the measure.
const WIDEST: i64 = 3;

/// A capital ready to stand beside lines.
struct Capital {
    runs: Vec<Run>,
    width: Length,
    /// The lines that it stands beside.
    lines: u8,
}

impl Composer<'_> {
    /// The lines of a leaf whose bytes up to `end` are its initial. Too short a text, and one that has no room, begins like
    /// any other.
    pub(super) fn begun(&self, leaf: &Leaf<'_>, end: u32, measure: i64) -> Vec<Line> {
        let plain = || self.block(leaf, 0..end_of(leaf.text), Measures::of(leaf.style, measure));
        let has_breaks = leaf.text.atoms.iter().any(|atom| matches!(atom.atom, Atom::Break));
        let capital = match self.theme.chapter_start {
            ChapterStart::DropCap { lines } if !has_breaks && !self.runs_back(leaf.id) => {
                self.capital(leaf, 0..end, lines.max(2))
            }
            ChapterStart::DropCap { .. } | ChapterStart::SmallCaps | ChapterStart::Plain => None,
        };
        let Some(capital) = capital.filter(|capital| capital.width.sp() * WIDEST <= measure) else { return plain() };
        let beside = Measures { whole: measure, first: capital.width.sp(), rest: 0, beside: capital.lines };
        let mut lines = self.block(leaf, end..end_of(leaf.text), beside);
        if lines.len() < usize::from(capital.lines) {
            return plain();
        }
        if let Some(first) = lines.first_mut() {
            first.runs.splice(0..0, capital.runs);
            first.range.start = 0;
        }
        lines
    }

    /// `None` where the face of the text does not have the letter.
    fn capital(&self, leaf: &Leaf<'_>, range: Range<u32>, lines: u8) -> Option<Capital> {
        let shown = leaf.text.string.get(range.start as usize..range.end as usize)?;
        let letter = shown.find(char::is_alphabetic)?;
        let style = leaf.style;
        let font = |size| {
            self.fonts.open(Font {
                wanted: Wanted { face: style.face(), bold: style.bold, italic: style.italic, mono: false },
                size,
                features: Features::LINING,
                tracking: Length::ZERO,
                caps_tracking: Length::ZERO,
                lang: self.lang(leaf.id).clone(),
                breaking: Breaking::Whole,
            })
        };
        let text = font(style.size);
        // From the top of the first line's capitals down to the baseline of the last line beside.
        let drop = style.leading * i64::from(lines - 1);
        let size = drop.scale(1.0 / text.cap_height()) + style.size;
        let large = font(size);
        let word = large.word(&shown[letter..], false);
        let [part] = &word.parts[..] else { return None };
        if part.face != style.face() || !word.missing.is_empty() {
            return None;
        }
        // The letter's ink, not its side bearing, stands at the edge.
        let ink = part.glyphs.first().and_then(|glyph| large.ink(glyph.id))?;
        let right = size.scale(ink[2]) + Length::from_sp(word.width - i64::from(part.glyphs[0].advance));
        let tail = size.scale(-ink[1]) > style.leading.scale(TAIL);
        let run = |x, rise, size, part: &super::font::Part, from: u32, source| Run {
            x,
            rise,
            face: part.face,
            size,
            color: style.color,
            stretch: 1.0,
            glyphs: part
                .glyphs
                .iter()
                .map(|glyph| super::line::Glyph { cluster: glyph.cluster + from, ..*glyph })
                .collect(),
            source,
            strike: false,
            underline: false,
            ground: None,
        };
        let start = range.start + letter as u32;
        let mut runs = Vec::new();
        if letter > 0 {
            // The quotes before it stay small, and hang in the margin beside the first line.
            let quotes = text.word(&shown[..letter], false);
            let mut x = -Length::from_sp(quotes.width);
            for part in &quotes.parts {
                let range = range.start + part.range.start..range.start + part.range.end;
                let shift = part.range.start;
                let glyphs = part.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
                let source = RunSource::Initial { leaf: leaf.id, range };
                let mut made = run(x, Length::ZERO, style.size, part, 0, source);
                made.glyphs.iter_mut().for_each(|glyph| glyph.cluster -= shift);
                runs.push(made);
                x += Length::from_sp(glyphs);
            }
        }
        let source = RunSource::Initial { leaf: leaf.id, range: start..range.end };
        runs.push(run(-size.scale(ink[0]), -drop, size, part, 0, source));
        let width = right - size.scale(ink[0]) + style.size.scale(GAP);
        Some(Capital { runs, width, lines: lines + u8::from(tail) })
    }
}

/// How many of a paragraph's first lines stand beside a large capital, so that no page ends among them.
pub fn beside(lines: &[Line], leading: Length) -> usize {
    let capital = |run: &&Run| matches!(run.source, RunSource::Initial { .. }) && run.rise < Length::ZERO;
    match lines.first().and_then(|first| first.runs.iter().find(capital)) {
        Some(run) => (-run.rise).ratio(leading).round() as usize + 1,
        None => 0,
    }
}
