//! Blocks of code: lines as typed; one too long for the measure goes on under itself, behind a mark.
//!
//! In:     a code leaf, its style, the measure.
//! Out:    lines that never leave the measure.
//! Absent: colours (they are marks), the ground behind the block.

use super::compose::{Composer, Leaf, wrap_mark};
use super::joint;
use super::line::{Line, Run};
use super::look::{Looks, Span};
use super::piece::{Body, Cut, Piece, Place, Spacing};
use super::setting::{Frame, Paragraph};
use crate::base::Length;
use crate::theme::{Color, TextAlign};
use unicode_segmentation::UnicodeSegmentation;

/// Shown before the rest of a line that did not fit.
pub const MARK: &str = "↪";
pub const MARK_COLOR: Color = Color::grey(110);
/// Columns that the rest of a line is indented by, beside the line's own indent; the mark stands in them.
const HANGING: i64 = 2;
/// A line's own indent is kept under a break up to this part of the measure.
const DEEPEST: i64 = 3;
/// A break after a space or a sign is preferred to a fuller line, unless it leaves more than this part of it empty.
const EMPTIEST: i64 = 2;

pub(super) fn lines(composer: &Composer<'_>, leaf: &Leaf<'_>, measure: i64) -> Vec<Line> {
    let string = &leaf.text.string;
    let mut lines = Vec::new();
    let mut looks = Looks::default();
    let spans = composer.spans(leaf, 0..string.len() as u32, &mut looks);
    let (mut next, mut from) = (0, 0);
    // The line end belongs to the line it ends.
    for typed in string.split_inclusive('\n') {
        let end = from + typed.trim_end_matches(['\n', '\r']).len();
        let after = (from + typed.len()) as u32;
        let own: Vec<Span> = spans[next..]
            .iter()
            .take_while(|span| span.range.start < after)
            .map(|span| Span { range: span.range.start.max(from as u32)..span.range.end.min(end as u32), ..*span })
            .filter(|span| span.range.start < span.range.end)
            .collect();
        next += spans[next..].iter().take_while(|span| span.range.end <= after).count();
        let pieces = composer.pieces_of(leaf, &own, &mut looks, Spacing::Verbatim);
        let first = lines.len();
        let paragraph = Paragraph { leaf: Some(leaf.id), string, pieces: &pieces, looks: &looks.list };
        wrap(composer, leaf, &paragraph, measure, &mut lines);
        if let Some(first) = lines.get_mut(first) {
            first.range.start = from as u32;
        }
        if let Some(last) = lines.last_mut() {
            last.range.end = after;
        }
        from = after as usize;
    }
    lines
}

/// Sets one typed line; pushes at least one.
fn wrap(composer: &Composer<'_>, leaf: &Leaf<'_>, paragraph: &Paragraph<'_, '_>, measure: i64, lines: &mut Vec<Line>) {
    let frame = |start| Frame {
        start,
        measure,
        align: TextAlign::Start,
        fill: false,
        hanging: false,
        scaling: 0,
        right_to_left: false,
    };
    let end = cut_at(Place { piece: paragraph.pieces.len(), byte: 0 });
    let mut from = cut_at(Place { piece: 0, byte: 0 });
    let total: i64 = paragraph.pieces.iter().map(|piece| piece.sums().width).sum();
    if total <= measure {
        lines.push(paragraph.line(&from, &end, &frame(0)));
        return;
    }
    let leading = paragraph.pieces.iter().take_while(|piece| is_space(piece)).count();
    if leading == paragraph.pieces.len() {
        lines.push(paragraph.line(&end, &end, &frame(0)));
        return;
    }
    let mark = wrap_mark(composer, leaf.style);
    let cell = composer.made("0", leaf.style).width.sp().max(1);
    let indent: i64 = paragraph.pieces[..leading].iter().map(|piece| piece.sums().width).sum();
    let hanging = (indent.min(measure / DEEPEST) + HANGING * cell).min(measure / 2);
    let mut start = 0;
    if indent >= measure {
        // Nothing would stand on its first line: it begins where it would go on.
        from = cut_at(Place { piece: leading, byte: 0 });
        start = hanging;
    }
    while let Some(to) = next(paragraph, &from, measure - start) {
        push(paragraph.line(&from, &to, &frame(start)), &mark, start - HANGING * cell, start > 0, lines);
        from = to;
        start = hanging;
    }
    push(paragraph.line(&from, &end, &frame(start)), &mark, start - HANGING * cell, start > 0, lines);
}

fn push(mut line: Line, mark: &[Run], x: i64, goes_on: bool, lines: &mut Vec<Line>) {
    if goes_on {
        let marks = mark.iter().map(|run| Run { x: run.x + Length::from_sp(x.max(0)), ..run.clone() });
        line.runs.splice(0..0, marks);
    }
    lines.push(line);
}

fn cut_at(place: Place) -> Cut {
    Cut { end: place, start: place, adds_hyphen: false }
}

fn is_space(piece: &Piece) -> bool {
    matches!(piece.body, Body::Space { .. })
}

/// Where the line from `from` on must end to fit `room`; `None`: all that is left fits.
fn next(paragraph: &Paragraph<'_, '_>, from: &Cut, room: i64) -> Option<Cut> {
    let mut width = 0;
    // The last good place, with the width up to it, and the last place at all.
    let mut good: Option<(Cut, i64)> = None;
    let mut any: Option<Cut> = None;
    let mut has_ink = false;
    for (index, piece) in paragraph.pieces.iter().enumerate().skip(from.start.piece) {
        let head = if index == from.start.piece { from.start.byte } else { 0 };
        let Body::Word(word) = &piece.body else {
            width += piece.sums().width;
            let after = paragraph.pieces[index..].iter().take_while(|piece| is_space(piece)).count();
            if width > room && is_space(piece) && has_ink {
                // A space that does not fit is not missed.
                let start = Place { piece: index + after, byte: 0 };
                let cut = Cut { end: Place { piece: index, byte: 0 }, start, adds_hyphen: false };
                return (start.piece < paragraph.pieces.len()).then_some(cut);
            }
            if width > room {
                break;
            }
            if has_ink && index + after < paragraph.pieces.len() {
                let cut = Cut {
                    end: Place { piece: index + 1, byte: 0 },
                    start: Place { piece: index + after, byte: 0 },
                    adds_hyphen: false,
                };
                good = Some((cut, width));
                any = Some(cut);
            }
            continue;
        };
        let before = width - word.width_to(head);
        if before + word.width <= room {
            width = before + word.width;
            has_ink = true;
            continue;
        }
        let token = &paragraph.string[piece.range.start as usize..piece.range.end as usize];
        if index > from.start.piece && has_ink && !is_space(&paragraph.pieces[index - 1]) {
            // Another colour starts here: a bound between tokens.
            let cut = cut_at(Place { piece: index, byte: 0 });
            good = Some((cut, width));
            any = Some(cut);
        }
        let fits = |at: u32| at > head && before + word.width_to(at) <= room;
        let mut joint = word
            .breaks
            .iter()
            .filter(|inside| inside.cost < joint::RARE && fits(inside.at) && (inside.at as usize) < token.len());
        if let Some(joint) = joint.next_back() {
            good = Some((cut_at(Place { piece: index, byte: joint.at }), before + joint.width));
        }
        let graphemes = token.grapheme_indices(true).map(|(at, _)| at as u32).filter(|at| *at > head);
        if let Some(at) = graphemes.clone().take_while(|at| fits(*at)).last() {
            any = Some(cut_at(Place { piece: index, byte: at }));
        }
        let good = good.filter(|(_, width)| *width >= room / EMPTIEST).map(|(cut, _)| cut);
        // One sign at least on each line, however narrow it is.
        let least = || graphemes.clone().next().map(|at| cut_at(Place { piece: index, byte: at }));
        return good
            .or(any)
            .or_else(|| if has_ink { None } else { least() })
            .or_else(|| (index > from.start.piece).then(|| cut_at(Place { piece: index, byte: 0 })));
    }
    None
}
