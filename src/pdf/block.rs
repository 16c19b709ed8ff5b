//! Blocks of text → lines: paragraphs, titles with their labels, entries with their page numbers.
//!
//! In:     a leaf, the part of it to set, where its lines start and end.
//! Out:    [`Line`]s in order; together they show every byte of the part once.
//! Absent: code (`code.rs`), what atoms show (`atom.rs`).

use super::atom::UNKNOWN_PAGE;
use super::compose::{Composer, Leaf, PageNumbers, end_of};
use super::line::{Glyph, Line, Run, RunSource};
use super::linebreak::{self, Kind, Setting};
use super::look::Looks;
use super::piece::{Piece, Stops};
use super::setting::{Frame, Paragraph};
use super::style::Resolved;
use crate::base::Length;
use crate::layout::tree::{ATOM, Atom, Detail, Mark, NodeId};
use crate::theme::{Color, Emphasis, Role, TextAlign};
use std::ops::Range;

/// Glyphs of justified lines may be scaled by so many thousandths: a reader sees 3 % (Zapf's hz-program took 2).
const SCALING: i64 = 20;
/// A measure of fewer em is set ragged even where the theme justifies: some 33 characters (Bringhurst 2.1.3).
const NARROW: i64 = 16;
/// How far short of the measure a ragged line may fall without looking bad, in em.
const RAG: i64 = 4;
/// A last line shorter than this, in em, is a stub.
const STUB: f64 = 2.7;
/// How far the lines of verse that run over are indented, in em.
const TURNOVER: i64 = 2;
/// The label over a title, of the text size; and the space between its letters, of its own.
const LABEL_SIZE: f64 = 1.05;
const LABEL_TRACKING: f64 = 0.1;

/// Dots stand so far apart, in em of the text size; so many there must be at least.
const LEADER_STEP: f64 = 0.8;
const LEADER_LEAST: usize = 3;
/// Room for the least dots wherever the title ends between two places for a dot, in steps.
const LEADER_ROOM: f64 = 4.5;
/// Dots are to be followed, not read.
const LEADER_COLOR: Color = Color::grey(110);

/// The measures of a block's lines.
#[derive(Clone, Copy)]
pub(super) struct Measures {
    pub whole: i64,
    /// Where the first line starts, and the others.
    pub first: i64,
    pub rest: i64,
    /// How many lines start where the first does.
    pub beside: u8,
}

impl Measures {
    /// The first line indented as the style says.
    pub fn of(style: &Resolved, measure: i64) -> Measures {
        Measures { whole: measure, first: style.indent.sp().min(measure / 2), rest: 0, beside: 1 }
    }

    /// Each line starts at the edge, and what runs over hangs.
    pub fn of_verse(style: &Resolved, measure: i64) -> Measures {
        Measures { whole: measure, first: 0, rest: style.size.sp() * TURNOVER, beside: 1 }
    }
}

impl<'a> Composer<'a> {
    /// A title whose label stands on a line of its own over it.
    pub(super) fn titled(&self, leaf: &Leaf<'_>, measure: i64) -> Vec<Line> {
        let label = leaf.text.marks.iter().find(|mark| mark.mark == Mark::Label).map(|mark| mark.range.clone());
        let Some(label) = label.filter(|label| label.start == 0 && label.end > 0) else {
            return self.block(leaf, 0..end_of(leaf.text), Measures::of(leaf.style, measure));
        };
        let size = self.theme.text_size.scale(LABEL_SIZE);
        // A theme that tells words apart by weight alone has no small capitals.
        let small_caps = self.theme.emphasis == Emphasis::Italic;
        let style = Resolved {
            size,
            small_caps,
            figures: self.theme.style(Role::BodyFirst).figures,
            bold: false,
            italic: false,
            tracking: if small_caps { size.scale(LABEL_TRACKING) } else { Length::ZERO },
            hyphenate: false,
            ..leaf.style.clone()
        };
        let over = Leaf { style: &style, ..*leaf };
        let mut lines = self.block(&over, label.clone(), Measures::of(&style, measure));
        let rest = leaf.text.string.get(label.end as usize..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start().len();
        let title = label.end + gap as u32..end_of(leaf.text);
        if !title.is_empty() {
            if let Some(last) = lines.last_mut() {
                last.range.end = title.start;
            }
            lines.extend(self.block(leaf, title, Measures::of(leaf.style, measure)));
        }
        lines
    }

    /// A line of a list the program makes: the page number stands at the end edge of the last line.
    pub(super) fn entry(&self, leaf: &Leaf<'_>, measure: i64) -> Vec<Line> {
        let string = &leaf.text.string;
        let atom = leaf.text.atoms.last().filter(|atom| matches!(atom.atom, Atom::PageRef { .. }));
        let Some(at) = atom.map(|atom| atom.at).filter(|at| *at as usize + ATOM.len_utf8() == string.len()) else {
            return self.block(leaf, 0..end_of(leaf.text), Measures::of(leaf.style, measure));
        };
        let mut looks = Looks::default();
        let number = self.pieces(leaf, at..end_of(leaf.text), &mut looks);
        let paragraph = Paragraph { leaf: Some(leaf.id), string, pieces: &number, looks: &looks.list };
        let frame = Frame {
            start: 0,
            measure,
            align: TextAlign::End,
            fill: false,
            hanging: false,
            scaling: 0,
            right_to_left: self.runs_back(leaf.id),
        };
        let stops = Stops::new(string, &number, &looks.list, measure, false);
        let (Some(first), Some(last)) = (stops.cuts.first(), stops.cuts.last()) else { return Vec::new() };
        let number = paragraph.line(first, last, &frame);
        let widest = self.made(UNKNOWN_PAGE, leaf.style).width.sp();
        let own = stops.list.last().map_or(0, |stop| stop.end.width);
        let kept = widest.max(own) + self.theme.text_size.scale(LEADER_STEP * LEADER_ROOM).sp();
        let title = string.get(..at as usize).unwrap_or_default().trim_end().len() as u32;
        let narrow = (measure - kept).max(measure / 2);
        let mut lines = self.block(leaf, 0..title, Measures::of(leaf.style, narrow));
        let backwards = self.runs_back(leaf.id);
        if backwards {
            // The room of the number is kept at the left.
            lines.iter_mut().for_each(|line| line.shift(Length::from_sp(measure - narrow)));
        }
        match lines.last_mut() {
            None => lines.push(number),
            Some(last) => {
                let leader = self.leader(last, &number, measure, leaf, backwards);
                if backwards {
                    last.runs.splice(0..0, number.runs.into_iter().chain(leader));
                } else {
                    last.runs.extend(leader.into_iter().chain(number.runs));
                }
                last.width = last.width.max(number.width);
                last.range.end = end_of(leaf.text);
            }
        }
        lines
    }

    /// The dots between the end of an entry and its page number, on a grid that all entries share; none where they would
    /// be a stub.
    fn leader(&self, title: &Line, number: &Line, measure: i64, leaf: &Leaf<'_>, backwards: bool) -> Option<Run> {
        let dot = self.made(".", leaf.style).runs.into_iter().next()?;
        let glyph = *dot.glyphs.first()?;
        let step = self.theme.text_size.scale(LEADER_STEP).sp().max(1);
        let (from, to) = if backwards {
            (number.width.sp(), title.runs.iter().map(|run| run.x.sp()).min().unwrap_or(measure))
        } else {
            (title.width.sp(), number.runs.iter().map(|run| run.x.sp()).min().unwrap_or(measure))
        };
        // The grid counts from the edge that the numbers stand at.
        let edge = if backwards { 0 } else { measure };
        let first = edge + (from + step - edge).div_euclid(step) * step;
        let last = edge + (to - step - i64::from(glyph.advance) - edge).div_euclid(step) * step;
        let count = usize::try_from((last - first) / step + 1).unwrap_or(0);
        let glyph = Glyph { advance: i32::try_from(step).unwrap_or(i32::MAX), cluster: 0, ..glyph };
        (last >= first && count >= LEADER_LEAST).then(|| Run {
            x: Length::from_sp(first),
            color: LEADER_COLOR,
            glyphs: vec![glyph; count],
            source: RunSource::Leader,
            ..dot
        })
    }

    /// The lines of a part of a leaf; an asked-for line end starts a line anew.
    pub(super) fn block(&self, leaf: &Leaf<'_>, range: Range<u32>, measures: Measures) -> Vec<Line> {
        let mut lines = Vec::new();
        let breaks = leaf.text.atoms.iter().filter(|atom| matches!(atom.atom, Atom::Break) && range.contains(&atom.at));
        let mut from = range.start;
        let mut measures = measures;
        for at in breaks.map(|atom| atom.at) {
            self.paragraph(leaf, from..at, measures, None, &mut lines);
            from = at + ATOM.len_utf8() as u32;
            if let Some(last) = lines.last_mut() {
                last.range.end = from;
            }
            // Only the first line of the block is indented; verse starts each line alike.
            measures.first = measures.first.min(0);
        }
        if from < range.end || lines.is_empty() {
            self.paragraph(leaf, from..range.end, measures, None, &mut lines);
        }
        lines
    }

    /// A plain paragraph once more, in as many lines, of which one does not end in a hyphen; `None` where that cannot be
    /// done well. For the last line of a page.
    pub fn leaf_whole_at(
        &self,
        id: NodeId,
        style: &Resolved,
        measure: Length,
        (line, lines): (u16, u16),
    ) -> Option<Vec<Line>> {
        let text = self.tree.node(id).text()?;
        let is_plain = matches!(self.tree.node(id).role, Role::Body | Role::BodyFirst)
            && !matches!(self.tree.node(id).detail, Detail::Initial { .. })
            && !text.atoms.iter().any(|atom| matches!(atom.atom, Atom::Break | Atom::PageRef { .. }));
        let numbers = PageNumbers::new();
        let leaf = Leaf { id, text, style, numbers: &numbers };
        let mut set = Vec::new();
        if is_plain {
            let measures = Measures::of(style, measure.sp().max(1));
            self.paragraph(&leaf, 0..end_of(text), measures, Some((line, lines)), &mut set);
        }
        (set.len() == usize::from(lines)).then_some(set)
    }

    fn paragraph(
        &self,
        leaf: &Leaf<'_>,
        range: Range<u32>,
        measures: Measures,
        whole_at: Option<(u16, u16)>,
        lines: &mut Vec<Line>,
    ) {
        let style = leaf.style;
        let mut looks = Looks::default();
        let mut pieces = self.pieces(leaf, range.clone(), &mut looks);
        let narrow = measures.whole < style.size.sp() * NARROW;
        let align = if narrow && style.align == TextAlign::Justify { TextAlign::Start } else { style.align };
        let justified = align == TextAlign::Justify;
        let shortest = (measures.whole - measures.first.max(measures.rest)).max(1);
        self.fit(&mut pieces, shortest);
        let hanging = justified && self.theme.hanging_punctuation;
        let scaling = if self.theme.glyph_scaling { SCALING } else { 0 };
        let stops = Stops::new(&leaf.text.string, &pieces, &looks.list, shortest, hanging);
        let setting = Setting {
            first: (measures.whole - measures.first).max(1),
            rest: (measures.whole - measures.rest).max(1),
            beside: u16::from(measures.beside),
            whole_at,
            ragged: (!justified).then_some(style.size.sp() * RAG),
            scaling,
            stub: style.size.scale(STUB).sp(),
        };
        let chosen = match whole_at {
            Some(_) => linebreak::whole_at(&stops.list, &setting).unwrap_or_default(),
            None if is_display(style) => balanced(&stops, &setting),
            None => linebreak::lines(&stops.list, &setting),
        };
        let paragraph =
            Paragraph { leaf: Some(leaf.id), string: &leaf.text.string, pieces: &pieces, looks: &looks.list };
        let right_to_left = self.runs_back(leaf.id);
        let mut from = stops.cuts[0];
        let count = chosen.len();
        lines.reserve(count);
        for (index, line) in chosen.iter().enumerate() {
            let to = stops.cuts[line.stop];
            // A formula that had to be made smaller fills a line, and leaves little for the one before it.
            let is_cut_short = pieces.get(to.start.piece).is_some_and(Piece::is_shrunk);
            let frame = Frame {
                start: if index < usize::from(measures.beside) { measures.first } else { measures.rest },
                measure: measures.whole,
                align,
                fill: index + 1 < count && !is_cut_short,
                hanging,
                scaling,
                right_to_left,
            };
            let set = paragraph.line(&from, &to, &frame);
            lines.push(Line { ends_in_hyphen: stops.list[line.stop].hyphen, ..set });
            from = to;
        }
        if let Some(first) = lines.len().checked_sub(count).and_then(|at| lines.get_mut(at)) {
            first.range.start = range.start;
        }
    }
}

/// Titles and other lines that are looked at more than read: their lines are made alike in length.
fn is_display(style: &Resolved) -> bool {
    !style.hyphenate && matches!(style.align, TextAlign::Start | TextAlign::Center) && style.keep_with_next
}

/// As few lines as fit, and those as even as they can be: the narrowest measure that needs no more lines.
fn balanced(stops: &Stops, setting: &Setting) -> Vec<linebreak::Chosen> {
    let full = linebreak::lines(&stops.list, setting);
    if full.len() < 2 {
        return full;
    }
    /// Halvings of the measure: to a thousandth of it.
    const STEPS: usize = 10;
    let (mut narrow, mut wide) = (setting.rest / full.len() as i64, setting.rest);
    let mut best = full;
    for _ in 0..STEPS {
        let middle = (narrow + wide) / 2;
        let tried = Setting { first: middle, rest: middle, stub: 0, ..*setting };
        let lines = linebreak::lines(&stops.list, &tried);
        let fits = lines.len() <= best.len() && !overfull(&stops.list, &lines, middle);
        let (divided, was_divided) = (divides(&stops.list, &lines), divides(&stops.list, &best));
        if fits && (!divided || was_divided) {
            (wide, best) = (middle, lines);
        } else {
            narrow = middle;
        }
    }
    best
}

/// Whether a line ends inside a word.
fn divides(stops: &[linebreak::Stop], lines: &[linebreak::Chosen]) -> bool {
    lines.iter().any(|line| matches!(stops[line.stop].kind, Kind::Inside | Kind::Rare | Kind::Forced))
}

fn overfull(stops: &[linebreak::Stop], lines: &[linebreak::Chosen], measure: i64) -> bool {
    let mut from = stops[0].start;
    lines.iter().any(|line| {
        let width = stops[line.stop].end.width - from.width;
        from = stops[line.stop].start;
        width > measure
    })
}
