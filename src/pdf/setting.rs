//! A chosen line → glyphs at their places.
//!
//! In:     the pieces of a paragraph, the cuts its line lies between, the measure and how to fill it.
//! Out:    [`Line`].
//! Absent: which cuts to choose.

use super::font::Word;
use super::line::{Glyph, Line, LineFormula, LinePicture, Run, RunSource};
use super::look::Look;
use super::piece::{Body, Cut, Piece, Shown};
use crate::base::Length;
use crate::layout::tree::NodeId;
use crate::theme::TextAlign;
use std::sync::Arc;

/// How far text is reckoned to reach over and under its baseline, of its size: the ascenders and descenders of a book
/// face. (The faces' own figures hold accents on capitals too, and would push lines apart.)
const ASCENT: f64 = 0.76;
const DESCENT: f64 = 0.24;
/// Horizontal scaling is kept to these steps, which a PDF can say in few digits.
const SCALING_STEPS: f64 = 2000.0;

/// The least ratio that spaces are drawn at: that of `linebreak`'s last resort, and a little for rounding.
const MOST_SHRUNK: f64 = -2.15;

/// The ratio over which a line is not filled: its spaces would be holes of more than 3/4 em. It stands short, with spaces as
/// wide as at [`SHORT_RATIO`].
const MOST_STRETCHED: f64 = 4.0;
const SHORT_RATIO: f64 = 1.0;

/// How one line is filled.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// From the edge of the measure, on the side where lines start, to where this one does.
    pub start: i64,
    /// From the left edge of the measure to its right one.
    pub measure: i64,
    pub align: TextAlign,
    /// Whether a justified line is stretched to the measure; the last one is not.
    pub fill: bool,
    /// Whether punctuation hangs.
    pub hanging: bool,
    /// Glyphs may be scaled by so many thousandths.
    pub scaling: i64,
    pub right_to_left: bool,
}

/// A paragraph ready to be set.
pub struct Paragraph<'p, 'a> {
    /// The leaf; `None`: made text.
    pub leaf: Option<NodeId>,
    pub string: &'p str,
    pub pieces: &'p [Piece],
    pub looks: &'p [Look<'a>],
}

/// A run in the making.
struct Draft {
    run: Run,
    span: usize,
    level: u8,
    /// The bytes shown, where they are the leaf's.
    bytes: Option<(u32, u32)>,
    /// Advances added up, before scaling.
    advance: i64,
    /// A place kept free: no glyphs.
    picture: Option<LinePicture>,
    formula: Option<LineFormula>,
}

/// What of a piece stands on a line.
struct Segment<'p> {
    piece: &'p Piece,
    /// The word, shaped anew where only a part of it stands here; its first byte in the leaf.
    word: Option<(Arc<Word>, u32)>,
    /// The space at its end that the line's end takes away.
    swallowed: i64,
}

impl Paragraph<'_, '_> {
    /// Sets the line that starts where `from` says and ends where `to` does. Its ratio is the one it would take to fill it.
    pub fn line(&self, from: &Cut, to: &Cut, frame: &Frame) -> Line {
        let segments = self.segments(from, to);
        let hyphen = to.adds_hyphen.then(|| &self.looks[self.pieces[to.end.piece].look]);
        let natural: i64 =
            segments.iter().map(Segment::width).sum::<i64>() + hyphen.map_or(0, |look| look.font.hyphen().width);
        let (stretch, shrink) = segments.iter().fold((0, 0), |(stretch, shrink), segment| {
            let sums = if segment.word.is_none() { segment.piece.sums() } else { Default::default() };
            (stretch + sums.stretch, shrink + sums.shrink)
        });
        let (over_start, over_end) = if frame.hanging { self.hangs(&segments, hyphen) } else { (0, 0) };
        let available = frame.measure - frame.start;
        let short = available - (natural - over_start - over_end);
        let (scale, wanted) = fill(short, natural, stretch, shrink, frame);
        let ratio = if wanted > MOST_STRETCHED { SHORT_RATIO } else { wanted };
        let mut drafts = Vec::new();
        for segment in &segments {
            self.draft(segment, scale, ratio, &mut drafts);
        }
        if let (Some(look), Some(leaf)) = (hyphen, self.leaf) {
            let piece = &self.pieces[to.end.piece];
            let source = RunSource::Hyphen { leaf, at: piece.range.start + to.end.byte };
            self.add_word(look.font.hyphen(), look, piece, scale, &source, &mut drafts);
        }
        self.trail(to, &mut drafts);
        let drawn: i64 = drafts.iter().map(|draft| scaled(draft.advance, scale)).sum();
        let free = available - (drawn - over_start - over_end);
        let shift = match frame.align {
            TextAlign::Justify | TextAlign::Start if frame.right_to_left => free,
            TextAlign::Justify | TextAlign::Start => frame.start,
            TextAlign::Center => frame.start + free / 2,
            TextAlign::End if frame.right_to_left => 0,
            TextAlign::End => frame.start + free,
        };
        let over_left = if frame.right_to_left { over_end } else { over_start };
        let line = Line {
            runs: Vec::new(),
            pictures: Vec::new(),
            formulas: Vec::new(),
            range: self.bytes(from, to),
            width: Length::ZERO,
            ascent: Length::ZERO,
            depth: Length::ZERO,
            notes: segments.iter().filter_map(|segment| segment.piece.note).collect(),
            ends_in_hyphen: to.adds_hyphen,
            ratio: if frame.align == TextAlign::Justify && frame.fill { wanted as f32 } else { 0.0 },
        };
        place(line, drafts, shift - over_left, scale)
    }

    fn segments(&self, from: &Cut, to: &Cut) -> Vec<Segment<'_>> {
        let last = if to.end.byte > 0 { to.end.piece + 1 } else { to.end.piece };
        let mut list = Vec::with_capacity(last.saturating_sub(from.start.piece));
        for index in from.start.piece..last.min(self.pieces.len()) {
            let piece = &self.pieces[index];
            let length = piece.range.end - piece.range.start;
            let head = if index == from.start.piece { from.start.byte } else { 0 };
            let tail = if index == to.end.piece && to.end.byte > 0 { to.end.byte } else { length };
            let word = match &piece.body {
                Body::Word(word) if head == 0 && tail >= length => Some((word.clone(), piece.range.start)),
                Body::Word(_) if head >= tail => continue,
                Body::Word(_) => {
                    let part = (piece.range.start + head) as usize..(piece.range.start + tail) as usize;
                    let token = self.string.get(part).unwrap_or_default();
                    Some((self.looks[piece.look].font.word(token, piece.level % 2 == 1), piece.range.start + head))
                }
                Body::Space { .. } | Body::Picture { .. } | Body::Formula { .. } => None,
            };
            list.push(Segment { piece, word, swallowed: 0 });
        }
        // A line that ends inside a formula leaves out the space there.
        if let Some(last) = list.last_mut().filter(|_| to.end == to.start && to.end.piece < self.pieces.len())
            && let Body::Formula { after: Some((_, space)), .. } = &last.piece.body
        {
            last.swallowed = *space;
        }
        list
    }

    /// What hangs over the start and the end of the line.
    fn hangs(&self, segments: &[Segment<'_>], hyphen: Option<&Look<'_>>) -> (i64, i64) {
        let start = segments.first().and_then(|first| first.word.as_ref()).map_or(0, |(word, _)| word.hang_start);
        let end = match hyphen {
            Some(look) => look.font.hyphen_hang(),
            None => segments.last().and_then(|last| last.word.as_ref()).map_or(0, |(word, _)| word.hang_end),
        };
        (start, end)
    }

    /// The leaf's bytes of the line, with the spaces at its end.
    fn bytes(&self, from: &Cut, to: &Cut) -> std::ops::Range<u32> {
        let place = |place: &super::piece::Place| match self.pieces.get(place.piece) {
            Some(piece) => piece.range.start + place.byte,
            None => self.pieces.last().map_or(0, |last| last.range.end),
        };
        place(&from.start)..place(&to.start)
    }

    fn draft(&self, segment: &Segment<'_>, scale: f64, ratio: f64, drafts: &mut Vec<Draft>) {
        let piece = segment.piece;
        let look = &self.looks[piece.look];
        match (&piece.body, &segment.word) {
            (Body::Word(_), Some((word, first))) => {
                let source = match (&piece.shown, self.leaf) {
                    (Shown::Leaf, Some(leaf)) => RunSource::Leaf { leaf, range: *first..*first },
                    (Shown::Atom(text), Some(leaf)) => {
                        RunSource::Atom { leaf, at: piece.range.start, text: text.clone() }
                    }
                    (Shown::Leaf | Shown::Atom(_), None) => RunSource::Made(self.string.into()),
                };
                // The glyphs of an atom point into the text it shows, not into the leaf's.
                let base = if matches!(source, RunSource::Atom { .. }) { 0 } else { *first };
                self.add_word_at(word, look, piece, base, scale, &source, drafts);
            }
            (Body::Space { width, stretch, shrink, .. }, _) => {
                let give = if ratio < 0.0 { *shrink } else { *stretch };
                // The run is scaled as a whole: what is added must not be.
                let advance = width + (give as f64 * ratio / scale).round() as i64;
                self.add_space(piece, look, advance, scale, drafts);
            }
            (Body::Picture { picture, width, height, rise }, _) => {
                if let Some(leaf) = self.leaf {
                    let mut draft = empty(look, look.font.font.wanted.face, piece, scale);
                    draft.advance = (*width as f64 / scale).round() as i64;
                    draft.picture = Some(LinePicture {
                        x: Length::ZERO,
                        picture: *picture,
                        width: Length::from_sp(*width),
                        height: Length::from_sp(*height),
                        rise: Length::from_sp(*rise),
                        leaf,
                        at: piece.range.start,
                    });
                    drafts.push(draft);
                }
            }
            (Body::Formula { set, part, of, .. }, _) => {
                if let Some(leaf) = self.leaf {
                    let mut draft = empty(look, look.font.font.wanted.face, piece, scale);
                    draft.advance = ((set.width.sp() - segment.swallowed) as f64 / scale).round() as i64;
                    draft.formula = Some(LineFormula {
                        x: Length::ZERO,
                        set: set.clone(),
                        leaf,
                        at: piece.range.start,
                        part: *part,
                        of: *of,
                    });
                    drafts.push(draft);
                }
            }
            (Body::Word(_), None) => {}
        }
    }

    fn add_word(
        &self,
        word: &Word,
        look: &Look<'_>,
        piece: &Piece,
        scale: f64,
        source: &RunSource,
        drafts: &mut Vec<Draft>,
    ) {
        self.add_word_at(word, look, piece, 0, scale, source, drafts);
    }

    #[allow(clippy::too_many_arguments)]
    fn add_word_at(
        &self,
        word: &Word,
        look: &Look<'_>,
        piece: &Piece,
        first: u32,
        scale: f64,
        source: &RunSource,
        drafts: &mut Vec<Draft>,
    ) {
        let is_leaf = matches!(source, RunSource::Leaf { .. });
        let is_made = matches!(source, RunSource::Made(_));
        for part in &word.parts {
            let bytes = (first + part.range.start, first + part.range.end);
            // What stands for an atom or a break is counted in its own text.
            let offset = if is_leaf || is_made { first } else { 0 };
            let joins = (is_leaf || is_made)
                && drafts.last().is_some_and(|last| {
                    last.span == piece.span
                        && last.level == piece.level
                        && last.run.face == part.face
                        && last.bytes.is_some_and(|(_, end)| end == bytes.0)
                });
            if !joins {
                let mut draft = empty(look, part.face, piece, scale);
                draft.run.source = source.clone();
                draft.bytes = (is_leaf || is_made).then_some((bytes.0, bytes.0));
                drafts.push(draft);
            }
            let Some(draft) = drafts.last_mut() else { continue };
            let glyphs = part.glyphs.iter().map(|glyph| Glyph { cluster: glyph.cluster + offset, ..*glyph });
            draft.advance += part.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum::<i64>();
            if piece.level % 2 == 1 {
                draft.run.glyphs.splice(0..0, glyphs);
            } else {
                draft.run.glyphs.extend(glyphs);
            }
            if let Some((_, end)) = &mut draft.bytes {
                *end = bytes.1;
            }
        }
    }

    fn add_space(&self, piece: &Piece, look: &Look<'_>, advance: i64, scale: f64, drafts: &mut Vec<Draft>) {
        let Some(part) = look.font.space.parts.first() else { return };
        let Some(glyph) = part.glyphs.first() else { return };
        let glyph = Glyph { cluster: 0, advance: i32::try_from(advance).unwrap_or(i32::MAX), ..*glyph };
        let word = Word {
            width: advance,
            parts: Box::new([super::font::Part {
                face: part.face,
                range: 0..piece.range.end - piece.range.start,
                glyphs: Box::new([glyph]),
            }]),
            ..Word::default()
        };
        let source = match self.leaf {
            Some(leaf) => RunSource::Leaf { leaf, range: 0..0 },
            None => RunSource::Made(self.string.into()),
        };
        self.add_word_at(&word, look, piece, piece.range.start, scale, &source, drafts);
    }

    /// The spaces at the end of the line: on the page without a width, so that whoever copies the text gets them.
    fn trail(&self, to: &Cut, drafts: &mut Vec<Draft>) {
        for index in to.end.piece..to.start.piece.min(self.pieces.len()) {
            let piece = &self.pieces[index];
            if matches!(piece.body, Body::Space { .. }) && !drafts.is_empty() {
                self.add_space(piece, &self.looks[piece.look], 0, 1.0, drafts);
            }
        }
    }
}

impl Segment<'_> {
    fn width(&self) -> i64 {
        match &self.word {
            Some((word, _)) => word.width,
            None => self.piece.sums().width - self.swallowed,
        }
    }
}

/// The scaling of the glyphs and the ratio of the spaces that fill the line, as near as they may.
fn fill(short: i64, natural: i64, stretch: i64, shrink: i64, frame: &Frame) -> (f64, f64) {
    if frame.align != TextAlign::Justify || (short >= 0 && !frame.fill) {
        return (1.0, 0.0);
    }
    let most = frame.scaling as f64 / 1000.0;
    let scaling = natural as f64 * most;
    let give = if short < 0 { shrink } else { stretch } as f64 + scaling;
    let ratio = if give > 0.0 { short as f64 / give } else { 0.0 };
    let scale = 1.0 + ratio.clamp(-1.0, 1.0) * most;
    let scale = f64::from(((scale * SCALING_STEPS).round() / SCALING_STEPS) as f32);
    // What the scaled glyphs leave, the spaces take up.
    let left = short as f64 - natural as f64 * (scale - 1.0);
    let flexible = if left < 0.0 { shrink } else { stretch } as f64;
    let ratio = if flexible > 0.0 { left / flexible } else { 0.0 };
    // A line without spaces cannot be filled; nor may spaces vanish.
    (scale, ratio.max(MOST_SHRUNK))
}

fn scaled(advance: i64, scale: f64) -> i64 {
    if scale == 1.0 { advance } else { (advance as f64 * scale).round() as i64 }
}

fn empty(look: &Look<'_>, face: crate::asset::FaceId, piece: &Piece, scale: f64) -> Draft {
    Draft {
        run: Run {
            x: Length::ZERO,
            rise: look.rise,
            face,
            size: look.font.font.size,
            color: look.color,
            stretch: scale as f32,
            glyphs: Vec::new(),
            source: RunSource::WrapMark,
            strike: look.strike,
            underline: look.underline,
            ground: look.ground,
        },
        span: piece.span,
        level: piece.level,
        bytes: None,
        advance: 0,
        picture: None,
        formula: None,
    }
}

/// Puts the runs into the order in which they stand, and each at its place.
fn place(mut line: Line, mut drafts: Vec<Draft>, x: i64, scale: f64) -> Line {
    reorder(&mut drafts);
    let mut pen = x;
    line.runs.reserve(drafts.len());
    for mut draft in drafts {
        let size = draft.run.size;
        let advance = scaled(draft.advance, scale);
        line.ascent = line.ascent.max(size.scale(ASCENT) + draft.run.rise);
        line.depth = line.depth.max(size.scale(DESCENT) - draft.run.rise);
        if let Some(mut picture) = draft.picture {
            picture.x = Length::from_sp(pen);
            line.ascent = line.ascent.max(picture.height + picture.rise);
            line.depth = line.depth.max(-picture.rise);
            line.pictures.push(picture);
        } else if let Some(mut formula) = draft.formula {
            formula.x = Length::from_sp(pen);
            line.ascent = line.ascent.max(formula.set.height + draft.run.rise);
            line.depth = line.depth.max(formula.set.depth - draft.run.rise);
            line.formulas.push(formula);
        } else {
            draft.run.x = Length::from_sp(pen);
            finish(&mut draft);
            line.runs.push(draft.run);
        }
        pen += advance;
    }
    line.width = Length::from_sp(pen);
    line
}

/// Settles what text the run shows, and counts its clusters from the start of that.
fn finish(draft: &mut Draft) {
    let Some((start, end)) = draft.bytes else { return };
    draft.run.glyphs.iter_mut().for_each(|glyph| glyph.cluster -= start);
    match &mut draft.run.source {
        RunSource::Leaf { range, .. } => *range = start..end,
        RunSource::Made(text) => {
            let part = text.get(start as usize..end as usize).unwrap_or_default();
            *text = part.into();
        }
        RunSource::Initial { .. }
        | RunSource::Atom { .. }
        | RunSource::Hyphen { .. }
        | RunSource::WrapMark
        | RunSource::Leader => {}
    }
}

/// Rule L2 of Unicode Standard Annex 9: from the highest level down to the lowest odd one, reverse what has it or more.
fn reorder(drafts: &mut [Draft]) {
    let highest = drafts.iter().map(|draft| draft.level).max().unwrap_or(0);
    let lowest_odd = drafts.iter().map(|draft| draft.level).filter(|level| level % 2 == 1).min().unwrap_or(u8::MAX);
    for level in (lowest_odd..=highest).rev() {
        let mut at = 0;
        while at < drafts.len() {
            let length = drafts[at..].iter().take_while(|draft| draft.level >= level).count();
            drafts[at..at + length].reverse();
            at += length.max(1);
        }
    }
}
