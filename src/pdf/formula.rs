//! Formulas → glyphs, rules and outlines at a size.
//!
//! In:     a formula of the tree, the style around it, the faces.
//! Out:    [`SetFormula`]s: the pieces of a formula in a line, or the whole of one on lines of its own.
//! Faults: `math.wide`.
//! Absent: where they stand; what a formula means.

use super::compose::{Composer, Leaf, end_of};
use super::fallback::Wanted;
use super::font::{Breaking, Font, OpenFont};
use super::line::{Glyph, Line, LineFormula, Run, RunSource};
use super::look::Look;
use super::piece::{Body, Piece, Shown};
use super::shape::Features;
use super::style::Resolved;
use crate::asset::FaceId;
use crate::base::{Diagnostic, Em, Length, Sink};
use crate::book::Macros;
use crate::formula::{self, Break, Drawing, Extent, Formula, Step};
use crate::layout::tree::{ATOM, Atom, Mark};
use crate::theme::{Color, TextAlign};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The height of `x` in the faces of formulas, in em (KaTeX Main: 431 of 1,000).
const X_HEIGHT: f64 = 0.431;
/// A formula's letters are as high as the text's, but a face with a large eye would swell its capitals and brackets: it is
/// followed that far only.
const LARGER: (f64, f64) = (0.9, 1.12);
/// Between a formula and its number, in em of the text.
const NUMBER_GAP: f64 = 1.5;
/// A formula wider than the text is set smaller; under this share of its size its scripts are hard to read.
const READABLE: f64 = 0.7;
/// Below this share an author wants to know.
const TOLD: f64 = 0.9;
/// Reaches of a character of the text in a formula, of its size: an ascender and a descender.
const ASCENDER: f64 = 0.72;
const DESCENDER: f64 = 0.22;

/// A formula, or a piece of one, at its size.
#[derive(Clone, PartialEq, Debug)]
pub struct SetFormula {
    /// What a reader copies.
    pub words: Box<str>,
    pub width: Length,
    pub height: Length,
    /// Below the baseline; positive.
    pub depth: Length,
    /// Their `x` counts from the left edge of the formula, their `rise` from its baseline.
    pub runs: Vec<Run>,
    pub rules: Vec<SetRule>,
    pub outlines: Vec<SetOutline>,
    /// Of its full size: less than 1 where it would not fit.
    pub share: f64,
}

impl SetFormula {
    /// The same in a smaller size.
    fn smaller(&self, share: f64) -> SetFormula {
        let of = |length: Length| length.scale(share);
        let part = |value: i32| (f64::from(value) * share).round() as i32;
        let runs = self.runs.iter().map(|run| Run {
            x: of(run.x),
            rise: of(run.rise),
            size: of(run.size),
            glyphs: (run.glyphs.iter())
                .map(|glyph| Glyph { advance: part(glyph.advance), dx: part(glyph.dx), dy: part(glyph.dy), ..*glyph })
                .collect(),
            ..run.clone()
        });
        let rules = self.rules.iter().map(|rule| SetRule {
            x: of(rule.x),
            y: of(rule.y),
            width: of(rule.width),
            height: of(rule.height),
            ..*rule
        });
        let outlines = self.outlines.iter().map(|outline| SetOutline { size: of(outline.size), ..outline.clone() });
        SetFormula {
            words: self.words.clone(),
            width: of(self.width),
            height: of(self.height),
            depth: of(self.depth),
            runs: runs.collect(),
            rules: rules.collect(),
            outlines: outlines.collect(),
            share: self.share * share,
        }
    }
}

/// A filled rectangle; `y` is its foot, up from the baseline.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SetRule {
    pub x: Length,
    pub y: Length,
    pub width: Length,
    pub height: Length,
    pub color: Color,
}

/// A shape; its steps are in em of `size`, up from the baseline.
#[derive(Clone, PartialEq, Debug)]
pub struct SetOutline {
    pub steps: Vec<Step>,
    pub size: Length,
    /// Whether it is filled; else it is drawn as a line.
    pub fill: bool,
    pub color: Color,
}

/// Whether it is a display, its source, and what the macros in it stand for.
type Key = (bool, String, Macros);

/// The drawings of a book's formulas, each made once.
#[derive(Default)]
pub struct Drawings {
    known: Mutex<BTreeMap<Key, Arc<Vec<Drawing>>>>,
}

impl<'a> Composer<'a> {
    /// The pieces of the formula at a byte of a leaf, in the look of the text around it.
    pub(super) fn formula_pieces(
        &self,
        formula: &Formula,
        leaf: &Leaf<'_>,
        at: u32,
        look: usize,
        around: &Look<'_>,
    ) -> Vec<Piece> {
        let drawings = self.drawings(formula, leaf);
        let size = self.formula_size(around.font.font.size, &around.font);
        let of = drawings.len() as u16;
        let pieces = drawings.iter().enumerate().map(|(part, drawing)| {
            let set = self.set(drawing, size, leaf, around.font.font.size, around.color);
            let after = drawing.after.map(|(kind, space)| (kind, Em(space).of(size).sp()));
            Piece {
                body: Body::Formula { set: Arc::new(set), part: part as u16, of, after },
                range: at..at + ATOM.len_utf8() as u32,
                span: 0,
                look,
                level: 0,
                shown: Shown::Atom(Box::from("")),
                note: None,
                is_whole: true,
            }
        });
        pieces.collect()
    }

    /// A formula on lines of its own: in the middle of the measure, its number at the end edge.
    pub(super) fn equation(&self, leaf: &Leaf<'_>, measure: i64, sink: &mut Sink) -> Vec<Line> {
        let Some(Atom::Formula(formula)) = leaf.text.atom_at(0) else {
            // Whatever stands here in a formula's stead is still shown.
            let measures = super::block::Measures::of(leaf.style, measure);
            return self.block(leaf, 0..leaf.text.string.len() as u32, measures);
        };
        let number = leaf.text.marks.iter().find(|mark| mark.mark == Mark::Label).map(|mark| mark.range.clone());
        let style = Resolved { align: TextAlign::End, hyphenate: false, indent: Length::ZERO, ..leaf.style.clone() };
        let aside = Leaf { style: &style, ..*leaf };
        let lines = number.map(|range| self.block(&aside, range, super::block::Measures::of(&style, measure)));
        let mut line = lines.and_then(|lines| lines.into_iter().next_back()).unwrap_or_else(empty);
        let kept = match line.runs.iter().map(|run| run.x.sp()).min() {
            Some(start) => measure - start + Em(NUMBER_GAP).of(leaf.style.size).sp(),
            None => 0,
        };
        let room = (measure - kept).max(measure / 2);
        let font = self.text_font(leaf);
        let drawings = self.drawings(formula, leaf);
        let Some(drawing) = drawings.first() else { return vec![line] };
        let full = self.formula_size(leaf.style.size, &font);
        let width = Em(drawing.width).of(full).sp();
        let set = self.set(drawing, full, leaf, leaf.style.size, leaf.style.color);
        let set = if width > room { set.smaller(room as f64 / width as f64) } else { set };
        self.tell_wide(formula, set.share, sink);
        let width = set.width.sp();
        // In the middle of the measure; beside a number, where that would be too near, in the middle of what is left.
        let centred = (measure - width) / 2;
        let centred = if kept > 0 && centred + width > room { (room - width) / 2 } else { centred };
        let x = if self.runs_back(leaf.id) { (measure - width - centred).max(0) } else { centred.max(0) };
        line.range = 0..end_of(leaf.text);
        line.ascent = line.ascent.max(set.height);
        line.depth = line.depth.max(set.depth);
        line.width = line.width.max(Length::from_sp(x + width));
        let formula = LineFormula { x: Length::from_sp(x), set: Arc::new(set), leaf: leaf.id, at: 0, part: 0, of: 1 };
        line.formulas.push(formula);
        vec![line]
    }

    /// Makes pieces of formulas that no line could hold as small as they must be.
    pub(super) fn fit(&self, pieces: &mut [Piece], measure: i64) {
        for piece in pieces {
            if let Body::Formula { set, after, .. } = &mut piece.body {
                let swallowed = after.map_or(0, |(_, space)| space);
                let width = set.width.sp() - swallowed;
                if width > measure {
                    let share = measure as f64 / width as f64;
                    *set = Arc::new(set.smaller(share));
                    *after = after.map(|(kind, space)| (kind, (space as f64 * share) as i64));
                }
            }
        }
    }

    /// Tells which formulas of these lines are smaller than they should be.
    pub(super) fn report_wide(&self, leaf: &Leaf<'_>, lines: &[Line], sink: &mut Sink) {
        let mut smallest: BTreeMap<u32, f64> = BTreeMap::new();
        for line in lines.iter().flat_map(|line| &line.formulas) {
            let share = smallest.entry(line.at).or_insert(1.0);
            *share = share.min(line.set.share);
        }
        for (at, share) in smallest {
            if let Some(Atom::Formula(formula)) = leaf.text.atom_at(at) {
                self.tell_wide(formula, share, sink);
            }
        }
    }

    fn tell_wide(&self, formula: &Formula, share: f64, sink: &mut Sink) {
        if share >= TOLD {
            return;
        }
        let message = format!("this formula is wider than the text: it is set at {:.0} % of its size", share * 100.0);
        let told = match share < READABLE {
            true => Diagnostic::warning("math.wide", format!("{message}, too small to be read with ease")),
            false => Diagnostic::note("math.wide", message),
        };
        let hint = match formula.is_display {
            true => "break it into lines: \\begin{aligned} … \\\\ … \\end{aligned}",
            false => "set it on lines of its own, between $$ and $$, and break it there",
        };
        sink.push(told.at(formula.at).hint(hint));
    }

    fn drawings(&self, formula: &Formula, leaf: &Leaf<'_>) -> Arc<Vec<Drawing>> {
        let key = (formula.is_display, formula.source.clone(), formula.macros.clone());
        let known = |drawings: &Drawings| {
            drawings.known.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).get(&key).cloned()
        };
        if let Some(drawn) = known(&self.drawings) {
            return drawn;
        }
        let font = self.text_font(leaf);
        let size = self.formula_size(leaf.style.size, &font);
        let extent = |c: char| {
            let word = font.word(c.encode_utf8(&mut [0; 4]), false);
            let own = leaf.style.size.ratio(size);
            let width = Length::from_sp(word.width).ratio(size);
            word.missing.is_empty().then_some(Extent { width, height: ASCENDER * own, depth: DESCENDER * own })
        };
        let mut drawn = formula::draw(formula, &extent);
        if drawn.is_empty() {
            drawn.push(in_words(formula, &font, size));
        }
        let drawn = Arc::new(drawn);
        let mut held = self.drawings.known.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        held.entry(key).or_insert(drawn).clone()
    }

    /// The upright face of the text around.
    fn text_font(&self, leaf: &Leaf<'_>) -> Arc<OpenFont<'a>> {
        let style = leaf.style;
        self.fonts.open(Font {
            wanted: Wanted {
                face: style.faces.of(crate::theme::Family::Text).pick(false, false),
                bold: false,
                italic: false,
                mono: false,
            },
            size: style.size,
            features: Features::LINING,
            tracking: Length::ZERO,
            caps_tracking: Length::ZERO,
            lang: self.lang(leaf.id).clone(),
            breaking: Breaking::Whole,
        })
    }

    /// The size of a formula in text of a size.
    fn formula_size(&self, size: Length, around: &OpenFont<'_>) -> Length {
        size.scale((around.x_height() / X_HEIGHT).clamp(LARGER.0, LARGER.1))
    }

    /// `text_size` is that of characters which only the face of the text has.
    fn set(&self, drawing: &Drawing, size: Length, leaf: &Leaf<'_>, text_size: Length, ink: Color) -> SetFormula {
        let mut setter = Setter { size, runs: Vec::new(), missing: Vec::new() };
        for glyph in &drawing.glyphs {
            let color = glyph.color.unwrap_or(ink);
            // A letter of another script is asked of a face that has it not: the text's has.
            let face = glyph.face.and_then(|file| self.fonts.faces().of_formulas(file));
            match face.and_then(|face| Some((face, self.fonts.glyph(face, glyph.character)?))) {
                Some((face, id)) => setter.glyph(face, id, glyph, color),
                None => setter.text(&self.text_font(leaf), glyph, text_size, color),
            }
        }
        if !setter.missing.is_empty() {
            self.note_missing(&setter.missing, leaf.id);
        }
        let of = |em: f64| Em(em).of(size);
        let rules = drawing.rules.iter().map(|rule| SetRule {
            x: of(rule.x),
            y: of(rule.y),
            width: of(rule.width),
            height: of(rule.height),
            color: rule.color.unwrap_or(ink),
        });
        let outlines = drawing.outlines.iter().map(|outline| SetOutline {
            steps: outline.steps.clone(),
            size,
            fill: outline.fill,
            color: outline.color.unwrap_or(ink),
        });
        SetFormula {
            // Behind a sign at which a line may end stands a space, whether the line ends there or not.
            words: if drawing.after.is_some() { format!("{} ", drawing.words) } else { drawing.words.clone() }.into(),
            width: of(drawing.width),
            height: of(drawing.height),
            depth: of(drawing.depth),
            rules: rules.collect(),
            outlines: outlines.collect(),
            runs: setter.runs,
            share: 1.0,
        }
    }
}

struct Setter {
    size: Length,
    runs: Vec<Run>,
    /// Characters that no face has.
    missing: Vec<char>,
}

impl Setter {
    /// Adds a glyph of a face of formulas: to the last run where it stands on its line and behind it.
    fn glyph(&mut self, face: FaceId, id: u16, glyph: &formula::Glyph, color: Color) {
        let (x, rise) = (Em(glyph.x).of(self.size), Em(glyph.y).of(self.size));
        let size = self.size.scale(glyph.scale);
        let last = self
            .runs
            .last_mut()
            .filter(|run| run.face == face && run.size == size && run.rise == rise && run.color == color && x >= run.x);
        let advance = |from: Length| i32::try_from((x - from).sp()).unwrap_or(0);
        if let Some(run) = last
            && let RunSource::Made(text) = &mut run.source
        {
            let before: i64 = run.glyphs.iter().rev().skip(1).map(|glyph| i64::from(glyph.advance)).sum();
            if let Some(last) = run.glyphs.last_mut() {
                last.advance = advance(run.x + Length::from_sp(before));
            }
            let cluster = text.len() as u32;
            *text = format!("{text}{}", glyph.character).into();
            run.glyphs.push(Glyph { id, advance: 0, dx: 0, dy: 0, cluster });
            return;
        }
        let source = RunSource::Made(glyph.character.to_string().into());
        let glyphs = vec![Glyph { id, advance: 0, dx: 0, dy: 0, cluster: 0 }];
        self.runs.push(run(x, rise, face, size, color, glyphs, source));
    }

    /// Adds a character in the face of the text.
    fn text(&mut self, font: &OpenFont<'_>, glyph: &formula::Glyph, size: Length, color: Color) {
        let word = font.word(glyph.character.encode_utf8(&mut [0; 4]), false);
        self.missing.extend(word.missing.iter());
        let factor = size.ratio(font.font.size) * glyph.scale;
        let (x, rise) = (Em(glyph.x).of(self.size), Em(glyph.y).of(self.size));
        for part in &word.parts {
            let source = RunSource::Made(glyph.character.to_string().into());
            let scaled = |value: i32| Length::from_sp(i64::from(value)).scale(factor).sp() as i32;
            let glyphs = part.glyphs.iter().map(|glyph| Glyph {
                advance: scaled(glyph.advance),
                dx: scaled(glyph.dx),
                dy: scaled(glyph.dy),
                ..*glyph
            });
            let size = font.font.size.scale(factor);
            self.runs.push(run(x, rise, part.face, size, color, glyphs.collect(), source));
        }
    }
}

fn run(
    x: Length,
    rise: Length,
    face: FaceId,
    size: Length,
    color: Color,
    glyphs: Vec<Glyph>,
    source: RunSource,
) -> Run {
    Run { x, rise, face, size, color, stretch: 1.0, glyphs, source, strike: false, underline: false, ground: None }
}

/// A formula that can be read and not be set, because it is larger than any page: its words.
fn in_words(formula: &Formula, font: &OpenFont<'_>, size: Length) -> Drawing {
    let mut x = 0.0;
    let glyphs = formula.words.chars().map(|character| {
        let glyph = formula::Glyph { face: None, character, x, y: 0.0, scale: 1.0, color: None };
        x += Length::from_sp(font.word(character.encode_utf8(&mut [0; 4]), false).width).ratio(size);
        glyph
    });
    let glyphs = glyphs.collect();
    let (rules, outlines) = (Vec::new(), Vec::new());
    Drawing {
        words: formula.words.clone(),
        width: x,
        height: ASCENDER,
        depth: DESCENDER,
        glyphs,
        rules,
        outlines,
        after: None,
    }
}

fn empty() -> Line {
    Line {
        runs: Vec::new(),
        pictures: Vec::new(),
        formulas: Vec::new(),
        range: 0..0,
        width: Length::ZERO,
        ascent: Length::ZERO,
        depth: Length::ZERO,
        notes: Vec::new(),
        ends_in_hyphen: false,
        ratio: 0.0,
    }
}

/// What a break inside a formula costs. TeX's penalties, 500 and 700 against 50 for a hyphen, in our measure, where a
/// hyphen is 100; lower, because here no one rewrites a line that is too loose.
pub fn cost(after: Break) -> i32 {
    match after {
        Break::Relation => 300,
        Break::Operator | Break::Comma => 450,
        Break::Within => 650,
    }
}
