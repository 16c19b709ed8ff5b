//! A run → the operators that show its glyphs.
//!
//! In:     a [`Run`], its font and its text.
//! Out:    printpdf operations: one `TJ` for most runs, its numbers only where a glyph does not stand where the last
//!         one's width leaves the pen.
//! Absent: where the run stands: the caller has set font and position.

use super::fonts::Font;
use super::glyphs::{Cluster, Clusters, falls};
use super::verbatim::{self, Mark, actual_text, append};
use crate::pdf::{Glyph, Run, RunSource};
use printpdf::Op;

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
    // Clusters that do not tell their text by themselves are told it together, if they stand side by side.
    let mut told: Option<(Mark, String)> = None;
    if !initial.is_empty() {
        told = Some((show.open(), initial.to_owned()));
    }
    let mut is_first = !initial.is_empty();
    let falls = falls(run);
    let mut clusters: Vec<Cluster> = Clusters::of(run, source).collect();
    if falls {
        // In the order of reading, which is that of the letters in the text (ISO 32000-1, 14.8.2.3.3): the pen goes back.
        clusters.reverse();
        show.wanted = run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
    }
    for cluster in clusters {
        let plain = cluster.text.is_empty()
            || matches!(cluster.glyphs, [glyph] if font.shows(font.code(glyph.id), cluster.text));
        let plain = plain && !std::mem::take(&mut is_first);
        if plain && let Some((start, text)) = told.take() {
            show.close(start, &text);
        }
        if !plain {
            let (_, text) = told.get_or_insert_with(|| (show.open(), String::new()));
            text.push_str(cluster.text);
        }
        if falls {
            cluster.glyphs.iter().rev().for_each(|glyph| show.glyph_before(glyph));
        } else {
            cluster.glyphs.iter().for_each(|glyph| show.glyph(glyph));
        }
    }
    if let Some((start, text)) = told {
        show.close(start, &text);
    }
    if let Some(code) = font.space.filter(|_| space) {
        if falls {
            show.reach(-(font.width(code) as f64));
        }
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
    /// A glyph that stands to the left of what has been shown.
    fn glyph_before(&mut self, glyph: &Glyph) {
        self.wanted -= i64::from(glyph.advance);
        self.glyph(glyph);
        self.wanted -= i64::from(glyph.advance);
    }

    /// Moves the pen, where it is off, to a place in thousandths of the size.
    fn reach(&mut self, at: f64) {
        let off = at - self.pen as f64;
        if off.abs() > TOLERANCE {
            let step = off.round() as i64;
            self.end_string();
            verbatim::integer(&mut self.operand, -step);
            self.pen += step;
        }
    }

    fn glyph(&mut self, glyph: &Glyph) {
        self.reach((self.wanted + i64::from(glyph.dx)) as f64 * 1000.0 / self.size as f64);
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
        rise(glyph.dy, self.ops);
        self.code(code);
        self.flush();
        rise(0, self.ops);
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
                    self.operand.push('\\');
                    for shift in [6, 3, 0] {
                        self.operand.push(char::from(b'0' + (byte >> shift & 7)));
                    }
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

    /// Writes what has gathered as one operator.
    fn flush(&mut self) {
        self.end_string();
        if !self.operand.is_empty() {
            append(self.ops, |out| {
                out.push('[');
                out.push_str(&self.operand);
                out.push_str("]TJ");
            });
            self.operand.clear();
        }
    }

    /// Starts a piece whose text is told apart; its opening operator is put there at its close.
    fn open(&mut self) -> Mark {
        self.flush();
        Mark::here(self.ops)
    }

    fn close(&mut self, start: Mark, text: &str) {
        self.flush();
        start.put(self.ops, &actual_text(text));
        append(self.ops, |out| out.push_str("EMC"));
    }
}

fn rise(dy: i32, ops: &mut Vec<Op>) {
    append(ops, |out| {
        verbatim::thousandths(out, (f64::from(dy) / 65.536).round() as i64);
        out.push_str(" Ts");
    });
}
