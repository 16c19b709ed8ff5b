//! Paragraphs, headings, entries of lists the program makes: lines of one leaf.
//!
//! In:     a leaf and its seat.
//! Out:    a slab for each line; one slab for a heading.
//! Absent: how lines are broken.

use super::{Builder, HEADING_HOLDS, Piece, Seat};
use crate::base::{Em, Length, Sink};
use crate::layout::tree::{Content, NodeId};
use crate::pdf::line::Line;
use crate::pdf::mend::Divided;
use crate::pdf::sheet::Owner;
use crate::pdf::slab::{Drawn, FORBIDDEN, Fit, Indent};
use crate::pdf::style::Resolved;
use crate::theme::{Role, TextAlign};

/// A style's leading that keeps the grid; others differ by more.
const GRID_LEADING: f64 = 1e-6;
/// A line's middle stands this far over its baseline, in its size: half of an ascender's height less a descender's.
const MIDDLE: f64 = 0.25;
/// How far a formula in a line may reach over and under the line's cell, of the size: letters of the lines beside it have
/// their own white there.
const FORMULA_SLACK: f64 = 0.22;
/// The penalty of a break between what announces a display and the display.
pub(super) const AFTER_LEAD_IN: u32 = 90;
/// Half a line between the paragraphs of an item.
const BETWEEN_FLUSH: f64 = 0.5;

/// The cell of a line: its height, and the distance from its top to the baseline.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub height: Length,
    pub baseline: Length,
}

/// Where the baseline of body text stands in its cell.
pub fn grid_baseline(leading: Length, size: Length) -> Length {
    leading / 2 + Em(MIDDLE).of(size)
}

impl<'a> Builder<'a, '_, '_> {
    /// The style of a paragraph: its own, or, for plain text, that of what it stands in.
    pub(super) fn dressed(&self, role: Role, seat: Seat) -> Resolved {
        let own = self.desk.composer.style(role);
        let (Role::Body | Role::BodyFirst) = role else { return own.clone() };
        let mut style = match seat.dress {
            Some(dress) => {
                let group = self.desk.composer.style(dress);
                let mut style = own.inside(group);
                // A hang belongs to the group, and what is centred has no indent.
                if group.indent < Length::ZERO {
                    style.indent = group.indent;
                } else if matches!(group.align, TextAlign::Center | TextAlign::End) {
                    style.indent = Length::ZERO;
                }
                style
            }
            None => own.clone(),
        };
        if seat.flush && style.indent > Length::ZERO {
            style.indent = Length::ZERO;
        }
        style
    }

    pub(super) fn is_on_grid(&self, style: &Resolved) -> bool {
        (style.leading.ratio(self.desk.theme.leading) - 1.0).abs() < GRID_LEADING
    }

    /// The cell of a line set in a style. Letters raised or lowered do not change it; a picture in the line does.
    pub(super) fn cell(&self, line: &Line, style: &Resolved) -> Cell {
        let leading = style.leading;
        let theme = self.desk.theme;
        let baseline = if self.is_on_grid(style) {
            grid_baseline(theme.leading, theme.text_size)
        } else {
            grid_baseline(leading, style.size)
        };
        let mut cell = Cell { height: leading, baseline };
        if !line.pictures.is_empty() || !line.formulas.is_empty() {
            // A fraction may reach a little into the white between the lines; a matrix may not.
            let slack = if line.pictures.is_empty() { style.size.scale(FORMULA_SLACK) } else { Length::ZERO };
            let (over, under) = (line.ascent - baseline - slack, line.depth - (leading - baseline) - slack);
            if over > Length::ZERO {
                cell.height += crate::pdf::slab::grid_above(over, leading);
                cell.baseline = cell.height - (leading - baseline);
            }
            if under > Length::ZERO {
                cell.height += crate::pdf::slab::grid_above(under, leading);
            }
        }
        cell
    }

    /// A leaf's lines, drawn under one another from `top`; their height.
    pub(super) fn stack(
        &self,
        id: NodeId,
        lines: Vec<Line>,
        style: &Resolved,
        x: Length,
        top: Length,
        into: &mut Vec<Drawn>,
    ) -> Length {
        let mut y = top;
        for line in lines {
            let cell = self.cell(&line, style);
            let baseline = y + cell.baseline;
            y += cell.height;
            into.push(Drawn::Line { x, y: baseline, line: Box::new(line), owner: Owner::Node(id) });
        }
        y - top
    }

    pub(super) fn compose(&mut self, id: NodeId, style: &Resolved, measure: Length) -> Vec<Line> {
        let measure = measure.max(self.desk.theme.text_size);
        self.desk.composer.leaf(id, style, measure, self.desk.numbers, self.sink)
    }

    /// A leaf as a run of lines that may be broken over pages, two lines on both sides.
    pub(super) fn paragraph(&mut self, id: NodeId, seat: Seat) {
        let role = self.desk.tree.node(id).role;
        let look = self.look(role);
        let style = self.dressed(role, seat);
        let is_plain = matches!(role, Role::Body | Role::BodyFirst);
        let seat = if is_plain { seat } else { self.inset_of(seat, look) };
        self.space(look.before);
        if seat.flush && is_plain && !self.column.slabs.is_empty() && self.marker.is_none() {
            self.space(BETWEEN_FLUSH);
        }
        let sink = self.sink_of(role);
        let mut lines = self.compose(id, &style, seat.measure);
        let is_running = is_plain && seat.dress.is_none() && !seat.flush;
        if let Some(figure) = self.afloat.filter(|_| role == Role::BodyFirst && is_running) {
            self.indent(id, figure, &mut lines, seat.measure);
            // Where the figure is not, the white between two paragraphs is.
            self.bare = self.bare.max(self.lines(self.look(Role::Body).before));
        }
        let before = if role == Role::Attribution { FORBIDDEN } else { 0 };
        self.run(id, lines, &style, seat, Run { before, together: look.keep_together, sink });
        if look.keep_with_next {
            self.keep(1);
        }
        self.space(look.after);
        if self.leads_on(id, role) {
            self.keep(1);
        }
        // The title of a block of code stands close over it.
        self.at_edge |= role == Role::CodeTitle;
        if is_running {
            self.plain_to = self.column.slabs.len();
        }
    }

    /// Sets a paragraph after a floating figure with its first line indented, and keeps the flush lines for the case that
    /// the figure stays over it.
    fn indent(&mut self, id: NodeId, figure: usize, lines: &mut Vec<Line>, measure: Length) {
        if figure + 1 != self.column.slabs.len() {
            return;
        }
        let style = self.desk.composer.style(Role::Body);
        // Faults of the lines have been told.
        let mut told = Sink::new();
        let mut other = self.desk.composer.leaf(id, style, measure, self.desk.numbers, &mut told);
        let fits = |(one, two): (&Line, &Line)| one.notes == two.notes;
        if other.len() == lines.len() && other.iter().zip(lines.iter()).all(fits) {
            std::mem::swap(lines, &mut other);
            self.column.indents.push(Indent { figure, first: figure + 1, other, is_flush: false });
        }
    }

    /// Whether an entry of the contents has entries under it: it does not stand alone at the foot of a page.
    fn leads_on(&self, id: NodeId, role: Role) -> bool {
        let next = self.desk.tree.nodes.get(self.desk.tree.node(id).end.0 as usize).map(|node| node.role);
        matches!((role, next), (Role::ContentsEntry(depth), Some(Role::ContentsEntry(next))) if next > depth)
    }

    /// The room above a block that stays even where it opens its page: display pages and openings sink.
    fn sink_of(&self, role: Role) -> Length {
        let opens = matches!(role, Role::ChapterTitle | Role::ListTitle | Role::PartTitle);
        let is_first = self.column.slabs.is_empty();
        if is_first && (opens || self.is_display()) { self.gap } else { Length::ZERO }
    }

    /// Emits lines one by one.
    pub(super) fn run(&mut self, id: NodeId, lines: Vec<Line>, style: &Resolved, seat: Seat, run: Run) {
        let count = lines.len();
        if count == 0 {
            self.marks.push(id);
            return;
        }
        let on_grid = self.is_on_grid(style);
        let together =
            run.together && style.leading * (count as i64) < self.lines(self.desk.theme.lines_per_page() as f64) / 2;
        let beside = crate::pdf::initial::beside(&lines, style.leading);
        let is_divided = lines.iter().any(|line| line.ends_in_hyphen) && beside < 2;
        if is_divided && matches!(self.desk.tree.node(id).role, Role::Body | Role::BodyFirst) {
            let (first, leaf, measure) = (self.column.slabs.len(), id, seat.measure);
            self.column.divided.push(Divided { first, lines: count, leaf, style: style.clone(), measure });
        }
        for (at, line) in lines.into_iter().enumerate() {
            let cell = self.cell(&line, style);
            // Lines beside a large capital stay together, and one line more with them.
            let is_widow_or_orphan = at == 1 || at + 1 == count || at < beside;
            let before = match at {
                0 => run.before,
                _ if together || is_widow_or_orphan => FORBIDDEN,
                _ => 0,
            };
            let (notes, hyphen) = (line.notes.clone(), line.ends_in_hyphen);
            let drawn = vec![Drawn::Line { x: seat.x, y: cell.baseline, line: Box::new(line), owner: Owner::Node(id) }];
            let fit = if on_grid { Fit::Grid } else { Fit::Free };
            let mut piece = Piece { before, hyphen, notes, ..Piece::new(cell.height, fit, drawn) };
            if at == 0 {
                piece.sink = run.sink;
                piece.drawn.extend(self.marker_at(cell.baseline));
            }
            self.emit(seat, piece);
        }
    }

    /// The waiting marker of an item, on the baseline of the item's first line.
    pub(super) fn marker_at(&mut self, baseline: Length) -> Option<Drawn> {
        let mut marker = self.marker.take()?;
        if let Drawn::Line { y, .. } = &mut marker {
            *y = baseline;
        }
        Some(marker)
    }

    /// A heading: one slab that takes the next lines with it, its white above made up to whole lines.
    pub(super) fn heading(&mut self, id: NodeId, seat: Seat) {
        let node = self.desk.tree.node(id);
        if !matches!(node.content, Content::Leaf(_)) {
            self.container(id, seat, seat.dress);
            return;
        }
        let look = self.look(node.role);
        let style = self.dressed(node.role, seat);
        let seat = self.inset_of(seat, look);
        self.space(look.before);
        let sink = self.sink_of(node.role);
        let lines = self.compose(id, &style, seat.measure);
        let height = style.leading * (lines.len() as i64);
        if lines.is_empty() || height > self.lines(self.desk.theme.lines_per_page() as f64) / 2 {
            self.run(id, lines, &style, seat, Run { before: 0, together: false, sink });
        } else {
            let notes = lines.iter().flat_map(|line| line.notes.iter().copied()).collect();
            let mut drawn = Vec::new();
            let height = self.stack(id, lines, &style, seat.x, Length::ZERO, &mut drawn);
            let fit = Fit::Whole { total: height + self.lines(look.after), share: 1.0 };
            self.emit(seat, Piece { heading: Some(id), sink, weight: 0, notes, ..Piece::new(height, fit, drawn) });
        }
        self.keep(HEADING_HOLDS);
        self.space(look.after);
    }
}

/// How a leaf's lines behave together.
pub(super) struct Run {
    /// The penalty of a break before the first.
    pub before: u32,
    pub together: bool,
    pub sink: Length,
}
