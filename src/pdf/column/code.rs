//! Blocks of code: lines on a ground, which is drawn behind each page's part.

use super::text::AFTER_LEAD_IN;
use super::{Builder, Piece, Seat};
use crate::base::Length;
use crate::layout::tree::{Content, Detail, NodeId};
use crate::pdf::dress;
use crate::pdf::line::Line;
use crate::pdf::sheet::Owner;
use crate::pdf::slab::{Drawn, FORBIDDEN, Fit, Frame};
use crate::pdf::style::Resolved;

/// Between the edge of a ground and its text, above and below, in lines, at least; what is left over to
/// whole lines is added.
pub(super) const PAD: f64 = 0.2;
/// Lines that show something, at least, over and under a break: under it the last ones are often brackets alone.
const LEAST_OVER: usize = 2;
const LEAST_UNDER: usize = 3;
/// The penalty of a break inside a block: at an empty line, elsewhere, in a block that is short, and in one that the eye
/// takes in at once.
const AT_EMPTY: u32 = 60;
const INSIDE: u32 = 160;
const IN_SHORT: u32 = 500;
const IN_SMALL: u32 = 1500;
/// Lines of a short block.
const SHORT: usize = 8;
const SMALL: usize = 6;
/// Languages of drawings: svgbob, ditaa and their like.
const DRAWN: [&str; 6] = ["bob", "svgbob", "ditaa", "aafigure", "asciiart", "ascii"];
/// A drawing is set at this share of the size of code at least: 8.5 pt make 5.1.
const SMALLEST: f64 = 0.6;
/// What the rounding of widths may add up to along a line.
const ROUNDING: f64 = 0.002;

impl Builder<'_, '_, '_> {
    pub(super) fn code(&mut self, id: NodeId, seat: Seat) {
        let node = self.desk.tree.node(id);
        let Content::Leaf(text) = &node.content else {
            self.container(id, seat, seat.dress);
            return;
        };
        let look = self.look(node.role);
        let style = self.desk.composer.style(node.role).clone();
        self.space(look.before);
        let outer = seat;
        let pad = if look.ground.is_some() { self.lines(PAD) } else { Length::ZERO };
        let frame = self.open_frame(Frame {
            pad,
            ground: look.ground,
            edge: look.edge_rule.map(|points| (Length::pt(points), look.color)),
            takes_rest: look.ground.is_some(),
            ..Frame::bare(outer.frame, outer.x, outer.measure)
        });
        let seat = Seat { frame: Some(frame), ..self.inset_of(seat, look) };
        let (style, lines) = self.lines_of_code(id, style, seat.measure);
        let count = lines.len();
        let mut total: Length = lines.iter().map(|line| self.cell(line, &style).height).sum();
        total += pad + self.lines(look.after);
        let is_empty = |line: &Line| {
            let string = text.string.get(line.range.start as usize..line.range.end as usize);
            string.is_some_and(|string| string.trim().is_empty())
        };
        let empty: Vec<bool> = lines.iter().map(is_empty).collect();
        let shown = || empty.iter().enumerate().filter(|(_, is_empty)| !**is_empty).map(|(at, _)| at);
        let first = shown().nth(LEAST_OVER - 1).unwrap_or(count);
        let last = shown().nth_back(LEAST_UNDER - 1).unwrap_or(0);
        for (at, line) in lines.into_iter().enumerate() {
            let cell = self.cell(&line, &style);
            let is_edge = at <= first || at > last;
            let is_empty = empty[at];
            let is_after_empty = at > 0 && empty[at - 1];
            let before = match at {
                0 => AFTER_LEAD_IN,
                _ if is_edge => FORBIDDEN,
                _ if count <= SMALL => IN_SMALL,
                _ if count <= SHORT => IN_SHORT,
                _ if is_empty => AT_EMPTY,
                // The empty line would stand at the foot of the part.
                _ if is_after_empty => INSIDE + AT_EMPTY,
                _ => INSIDE,
            };
            let notes = line.notes.clone();
            let mut drawn =
                vec![Drawn::Line { x: seat.x, y: cell.baseline, line: Box::new(line), owner: Owner::Node(id) }];
            let fit = if at == 0 { Fit::Whole { total, share: 0.5 } } else { Fit::Free };
            if at == 0 {
                drawn.extend(self.marker_at(cell.baseline));
            }
            self.emit(seat, Piece { before, notes, ..Piece::new(cell.height, fit, drawn) });
            // No part of a block opens with an empty line.
            if is_empty
                && at > 0
                && let Some(slab) = self.column.slabs.last_mut()
            {
                slab.top -= slab.height;
            }
        }
        if count == 0 {
            self.marks.push(id);
        }
        self.close_frame(frame);
        self.space(look.after);
    }

    /// The lines of a block, with the style they are set in: a drawing made of letters falls apart where its lines are
    /// broken, and is set smaller, as far as it can be read.
    fn lines_of_code(&mut self, id: NodeId, style: Resolved, measure: Length) -> (Resolved, Vec<Line>) {
        let lines = self.compose(id, &style, measure);
        let node = self.desk.tree.node(id);
        let Content::Leaf(text) = &node.content else { return (style, lines) };
        if lines.len() <= text.string.lines().count() || !is_drawing(&text.string, &node.detail) {
            return (style, lines);
        }
        let whole = self.compose(id, &style, Length::HUGE);
        let width = whole.iter().map(|line| line.width).max().unwrap_or(measure);
        let share = (measure.ratio(width) - ROUNDING).max(SMALLEST);
        let style = dress::scaled(&style, share);
        let lines = self.compose(id, &style, measure);
        (style, lines)
    }
}

/// Whether a block is a picture that is drawn with letters and lines.
fn is_drawing(text: &str, detail: &Detail) -> bool {
    let is_named = matches!(detail, Detail::Code { language } if DRAWN.contains(&language.as_str()));
    let is_line = |c: char| ('\u{2500}'..='\u{259F}').contains(&c);
    is_named || text.lines().filter(|line| line.contains(is_line)).nth(1).is_some()
}
