//! A run → the operators that show its glyphs.
//!
//! In:     a [`Run`], its font and its text.
//! Out:    printpdf operations: one `TJ` for most runs, its numbers only where a glyph does not stand where the last
//!         one's width leaves the pen.
//! Absent: where the run stands: the caller has set font and position.

use super::fonts::Font;
use super::glyphs::Clusters;
use crate::pdf::{Glyph, Run, RunSource};
use printpdf::{DictItem, Op};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How far, in thousandths of the type size, a glyph may stand from its place before it is moved there. More than
/// half, so that a fraction near a half does not move every second glyph to and fro.
const TOLERANCE: f64 = 0.75;

/// The soft hyphen: what a hyphen at a line's end stands for (ISO 32000-1, 14.8.2.2.3).
const SOFT_HYPHEN: &str = "\u{AD}";

/// What is told beside the glyphs, for those who copy or hear the text.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The text of the large capital before the run: it is told with the first letters here, so that a voice says the word
    /// once and whole, and whoever looks for the word finds it on its line.
    pub initial: &'a str,
    /// The space that the line's end swallowed.
    pub space: bool,
    /// The text of glyphs that do not tell it by themselves.
    pub apart: bool,
}

/// Shows a run.
pub fn show(run: &Run, source: &str, font: &Font, told: Told, ops: &mut Vec<Op>) {
    let Told { initial, space, apart } = told;
    let mut show =
        Show { ops, font, size: run.size.sp().max(1), wanted: 0, pen: 0, operand: String::new(), in_string: false };
    if !apart {
        run.glyphs.iter().for_each(|glyph| show.glyph(glyph));
        show.flush();
        return;
    }
    let instead = match run.source {
        RunSource::Hyphen { .. } => Some(SOFT_HYPHEN),
        // Whoever copies code wants the line as it was. A large capital is told with the letters that follow it.
        RunSource::WrapMark | RunSource::Initial { .. } => Some(""),
        // Dots tell themselves: a reader that knows artifacts passes over them, and one that does not sees why a title
        // stands so far from its number.
        RunSource::Leader => {
            run.glyphs.iter().for_each(|glyph| show.glyph(glyph));
            show.flush();
            return;
        }
        RunSource::Leaf { .. } | RunSource::Atom { .. } | RunSource::Made(_) => None,
    };
    if let Some(text) = instead {
        let start = show.open();
        run.glyphs.iter().for_each(|glyph| show.glyph(glyph));
        show.close(start, text);
        return;
    }
    let rises = run.glyphs.first().map(|glyph| glyph.cluster) <= run.glyphs.last().map(|glyph| glyph.cluster);
    // Clusters that do not tell their text by themselves are told it together, if they stand side by side.
    let mut told: Option<(usize, String)> = None;
    if !initial.is_empty() {
        told = Some((show.open(), initial.to_owned()));
    }
    let mut is_first = !initial.is_empty();
    for cluster in Clusters::of(run, source) {
        let plain = cluster.text.is_empty()
            || matches!(cluster.glyphs, [glyph] if font.shows(font.code(glyph.id), cluster.text));
        let plain = plain && !std::mem::take(&mut is_first);
        if (plain || !rises)
            && let Some((start, text)) = told.take()
        {
            show.close(start, &text);
        }
        if !plain {
            let (_, text) = told.get_or_insert_with(|| (show.open(), String::new()));
            text.push_str(cluster.text);
        }
        cluster.glyphs.iter().for_each(|glyph| show.glyph(glyph));
    }
    if let Some((start, text)) = told {
        show.close(start, &text);
    }
    if let Some(code) = font.space.filter(|_| space) {
        show.code(code);
    }
    show.flush();
}

struct Show<'a> {
    ops: &'a mut Vec<Op>,
    font: &'a Font,
    size: i64,
    /// Where the next glyph's pen should be, in scaled points from the start of the run, before stretching.
    wanted: i64,
    /// Where it is, in thousandths of the size.
    pen: i64,
    /// The inside of the operand of `TJ` as far as it is written: strings of codes, and numbers.
    operand: String,
    in_string: bool,
}

impl Show<'_> {
    fn glyph(&mut self, glyph: &Glyph) {
        let at = (self.wanted + i64::from(glyph.dx)) as f64 * 1000.0 / self.size as f64;
        let off = at - self.pen as f64;
        if off.abs() > TOLERANCE {
            let step = off.round() as i64;
            self.end_string();
            // Writing into a string does not fail.
            let _ = write!(self.operand, "{}", -step);
            self.pen += step;
        }
        self.wanted += i64::from(glyph.advance);
        let code = match self.font.code(glyph.id) {
            // A character that no face has: the page shows nothing in its place, the text keeps it.
            0 => self.font.space,
            code => Some(code),
        };
        let Some(code) = code else { return };
        if glyph.dy == 0 {
            self.code(code);
            return;
        }
        self.flush();
        self.ops.push(rise(glyph.dy));
        self.code(code);
        self.flush();
        self.ops.push(rise(0));
    }

    fn code(&mut self, code: u16) {
        if !self.in_string {
            self.operand.push('(');
            self.in_string = true;
        }
        for byte in code.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.operand.extend(['\\', char::from(byte)]),
                b'\r' => self.operand.push_str("\\r"),
                0..=0x7F => self.operand.push(char::from(byte)),
                0x80.. => {
                    let _ = write!(self.operand, "\\{byte:03o}");
                }
            }
        }
        self.pen += self.font.width(code);
    }

    fn end_string(&mut self) {
        if std::mem::take(&mut self.in_string) {
            self.operand.push(')');
        }
    }

    /// Writes what has gathered as one operator. printpdf puts the name of an operator that it does not know into the
    /// page as it stands, so the operand goes with it: as objects, the strings and numbers of a book's
    /// lines took a third of the time of writing it.
    fn flush(&mut self) {
        self.end_string();
        if !self.operand.is_empty() {
            let key = format!("[{}]TJ", std::mem::take(&mut self.operand));
            self.ops.push(Op::Unknown { key, value: Vec::new() });
        }
    }

    /// Starts a piece whose text is told apart; its opening operator is filled in at its close.
    fn open(&mut self) -> usize {
        self.flush();
        self.ops.push(Op::EndMarkedContent);
        self.ops.len() - 1
    }

    fn close(&mut self, start: usize, text: &str) {
        self.flush();
        let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), text_string(text))]) };
        self.ops[start] = Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties };
        self.ops.push(Op::EndMarkedContent);
    }
}

fn rise(dy: i32) -> Op {
    Op::SetLineOffset { multiplier: (f64::from(dy) / 65.536).round() as f32 / 1000.0 }
}

/// UTF-16 with its mark.
pub fn text_string(text: &str) -> DictItem {
    let mut data = vec![0xFE, 0xFF];
    data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    DictItem::String { data, literal: true }
}
