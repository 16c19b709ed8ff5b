//! Leaves → lines: the composer, through which the pages get every piece of set text.
//!
//! In:     the tree, the theme, the faces and pictures; a leaf, its style, a measure, the page numbers known so far.
//! Out:    [`Line`]s. The same call gives the same lines, from any thread.
//! Faults: `line.loose` (a line that could not be set well), `glyph.missing` (through [`Composer::report`]).
//! Absent: pages; where a block stands.

use super::block::Measures;
use super::code;
use super::folios::Folios;
use super::font::Fonts;
use super::formula::Drawings;
use super::joint;
use super::line::{Line, Run, RunSource};
use super::linebreak::{Kind, Stop};
use super::look::{self, Looks, Span, State};
use super::missing;
use super::piece::{self, Body, Cut, Piece, Place, Spacing, Stops};
use super::setting::{Frame, Paragraph};
use super::style::{FaceTable, Resolved};
use crate::asset::{Faces, Pictures};
use crate::base::lang::Direction;
use crate::base::{Diagnostic, Lang, Length, Sink};
use crate::book::Align;
use crate::layout::tree::{Anchor, Atom, Detail, NodeId, Text, Tree};
use crate::theme::{Family, LabelPlace, Role, TextAlign, Theme};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;

/// The folios of places, as known so far: what fills [`Atom::PageRef`].
pub type PageNumbers = BTreeMap<Anchor, String>;

/// A line looser than this is reported: its spaces are over half an em.
const LOOSE: f32 = 2.0;

pub struct Composer<'a> {
    pub(super) tree: &'a Tree,
    pub(super) theme: &'a Theme,
    pub(super) pictures: &'a Pictures,
    pub(super) fonts: Fonts<'a>,
    table: FaceTable,
    styles: BTreeMap<&'static str, Resolved>,
    plain: Resolved,
    /// The language of each node.
    langs: Vec<Lang>,
    /// Characters that no face has, with the first leaf each stands in.
    missing: Mutex<BTreeMap<char, NodeId>>,
    pub(super) drawings: Drawings,
}

/// A leaf on its way to lines.
pub(super) struct Leaf<'l> {
    pub id: NodeId,
    pub text: &'l Text,
    pub style: &'l Resolved,
    pub numbers: &'l PageNumbers,
}

/// How the lines of a role are made.
enum Manner {
    Prose,
    /// Lines as the author broke them; what runs over hangs.
    Verse,
    /// Every character as typed.
    AsTyped,
    /// A formula on lines of its own.
    Formula,
    /// A title with a page number at the end edge.
    Entry,
}

impl Manner {
    fn of(role: Role) -> Manner {
        match role {
            Role::Code => Manner::AsTyped,
            Role::Verse => Manner::Verse,
            Role::Formula => Manner::Formula,
            Role::ContentsEntry(_) | Role::ListEntry => Manner::Entry,
            Role::HalfTitle
            | Role::BookTitle
            | Role::BookSubtitle
            | Role::BookAuthor
            | Role::BookPublisher
            | Role::Imprint
            | Role::Dedication
            | Role::Epigraph
            | Role::PartTitle
            | Role::ChapterTitle
            | Role::Heading(_)
            | Role::ListTitle
            | Role::Body
            | Role::BodyFirst
            | Role::Lead
            | Role::Small
            | Role::Centered
            | Role::FlushEnd
            | Role::Quote
            | Role::Attribution
            | Role::List
            | Role::OrderedList
            | Role::Item
            | Role::DefinitionList
            | Role::Term
            | Role::Definition
            | Role::Bibliography
            | Role::Group
            | Role::CodeTitle
            | Role::Figure
            | Role::Picture
            | Role::Caption
            | Role::Table
            | Role::HeadRow
            | Role::Row
            | Role::Cell
            | Role::Admonition
            | Role::AdmonitionTitle
            | Role::Ornament
            | Role::Notes
            | Role::Note
            | Role::IndexLetter
            | Role::IndexEntry(_) => Manner::Prose,
        }
    }
}

impl<'a> Composer<'a> {
    pub fn new(tree: &'a Tree, theme: &'a Theme, faces: &'a Faces, pictures: &'a Pictures) -> Composer<'a> {
        let table = FaceTable::new(theme, faces);
        let styles = Role::ALL.into_iter().map(|role| (role.name(), Resolved::new(role, theme, table))).collect();
        let plain = Resolved::new(Role::Body, theme, table);
        let (fonts, missing) = (Fonts::new(faces), Mutex::default());
        Composer {
            tree,
            theme,
            pictures,
            fonts,
            table,
            styles,
            plain,
            langs: languages(tree),
            missing,
            drawings: Drawings::default(),
        }
    }

    pub fn style(&self, role: Role) -> &Resolved {
        self.styles.get(role.name()).unwrap_or(&self.plain)
    }

    /// The faces of the theme's families.
    pub fn faces(&self) -> &FaceTable {
        &self.table
    }

    /// The language of a node.
    pub fn lang(&self, id: NodeId) -> &Lang {
        &self.langs[id.0 as usize]
    }

    /// The lines of a leaf, set to `measure`. `style` decides how it looks, its own role how it breaks.
    pub fn leaf(
        &self,
        id: NodeId,
        style: &Resolved,
        measure: Length,
        numbers: &PageNumbers,
        sink: &mut Sink,
    ) -> Vec<Line> {
        let node = self.tree.node(id);
        let Some(text) = node.text() else { return Vec::new() };
        let style = &self.dressed(id, style);
        let leaf = Leaf { id, text, style, numbers };
        let measure = measure.sp().max(1);
        let lines = match Manner::of(node.role) {
            Manner::AsTyped => return code::lines(self, &leaf, measure),
            Manner::Formula => return self.equation(&leaf, measure, sink),
            Manner::Entry => return self.entry(&leaf, measure),
            Manner::Verse => self.block(&leaf, 0..end_of(text), Measures::of_verse(style, measure)),
            Manner::Prose if style.label == LabelPlace::Above => self.titled(&leaf, measure),
            Manner::Prose => match node.detail {
                Detail::Initial { end } => self.begun(&leaf, end, measure),
                Detail::None
                | Detail::List { .. }
                | Detail::Item { .. }
                | Detail::Code { .. }
                | Detail::Caption { .. }
                | Detail::Table { .. }
                | Detail::Cell { .. }
                | Detail::Admonition(_)
                | Detail::Note(_) => self.block(&leaf, 0..end_of(text), Measures::of(style, measure)),
            },
        };
        self.report_loose(id, &lines, sink);
        self.report_wide(&leaf, &lines, sink);
        lines
    }

    /// The style with what the node itself says: the alignment of a cell, the weight of a head.
    fn dressed(&self, id: NodeId, style: &Resolved) -> Resolved {
        let mut style = style.clone();
        if let Detail::Cell { align, is_header, .. } = &self.tree.node(id).detail {
            style.bold |= *is_header;
            style.align = match align {
                Align::Start => TextAlign::Start,
                Align::Center => TextAlign::Center,
                Align::End => TextAlign::End,
            };
        }
        style
    }

    /// The pieces of a part of a leaf.
    pub(super) fn pieces(&self, leaf: &Leaf<'_>, range: Range<u32>, looks: &mut Looks<'a>) -> Vec<Piece> {
        let spans = self.spans(leaf, range, looks);
        self.pieces_of(leaf, &spans, looks, Spacing::Text)
    }

    pub(super) fn spans(&self, leaf: &Leaf<'_>, range: Range<u32>, looks: &mut Looks<'a>) -> Vec<Span> {
        let base = State::new(leaf.style, self.lang(leaf.id).clone());
        let mut spans = |range: Range<u32>| looks.spans(leaf.text, range, &base, leaf.style, &self.fonts, self.theme);
        if !matches!(self.tree.node(leaf.id).role, Role::IndexEntry(_)) {
            return spans(range);
        }
        let parts = Folios::of(leaf.text, leaf.numbers).set(range);
        parts.into_iter().flat_map(spans).collect()
    }

    pub(super) fn pieces_of(
        &self,
        leaf: &Leaf<'_>,
        spans: &[Span],
        looks: &mut Looks<'a>,
        spacing: Spacing,
    ) -> Vec<Piece> {
        let around = self.around(leaf);
        let right_to_left = self.runs_back(leaf.id);
        let mut show = |looks: &mut Looks<'a>, at: u32, look: usize| self.atom(leaf, &around, looks, at, look);
        let pieces = piece::pieces(&leaf.text.string, spans, looks, right_to_left, spacing, &mut show);
        for piece in &pieces {
            if let Body::Word(word) = &piece.body
                && !word.missing.is_empty()
            {
                self.note_missing(&word.missing, leaf.id);
            }
        }
        pieces
    }

    /// Text made by the program on one unbroken line: markers, folios, heads.
    pub fn made(&self, text: &str, style: &Resolved) -> Line {
        self.made_in(text, style, &self.tree.metadata.language)
    }

    /// The same in a language of its own.
    pub fn made_in(&self, text: &str, style: &Resolved, lang: &Lang) -> Line {
        let mut looks = Looks::default();
        let base = State::new(style, lang.clone());
        let look = looks.look(&base, text, style, &self.fonts);
        let spans = [Span { range: 0..text.len() as u32, look }];
        let right_to_left = lang.direction() == Direction::RightToLeft;
        let pieces = piece::pieces(text, &spans, &mut looks, right_to_left, Spacing::Text, &mut |_, _, _| Vec::new());
        let place = |piece| Place { piece, byte: 0 };
        let cut = |piece| Cut { end: place(piece), start: place(piece), adds_hyphen: false };
        let frame = Frame {
            start: 0,
            measure: 0,
            align: TextAlign::Start,
            fill: false,
            hanging: false,
            scaling: 0,
            right_to_left: false,
        };
        let paragraph = Paragraph { leaf: None, string: text, pieces: &pieces, looks: &looks.list };
        paragraph.line(&cut(0), &cut(pieces.len()), &frame)
    }

    /// The narrowest measure that breaks no word, or with `in_names` none but at the joints of names and paths, and the
    /// width of the leaf on unbroken lines: for the columns of tables.
    pub fn widths(&self, id: NodeId, style: &Resolved, in_names: bool) -> (Length, Length) {
        let Some(text) = self.tree.node(id).text() else { return (Length::ZERO, Length::ZERO) };
        let style = self.dressed(id, style);
        let numbers = PageNumbers::new();
        let leaf = Leaf { id, text, style: &style, numbers: &numbers };
        let mut looks = Looks::default();
        let pieces = self.pieces(&leaf, 0..end_of(text), &mut looks);
        let stops = Stops::new(&text.string, &pieces, &looks.list, i64::MAX, false);
        let is_open = |stop: &&Stop| match stop.kind {
            Kind::Start | Kind::Open | Kind::Forced | Kind::End => true,
            Kind::Inside => in_names && !stop.hyphen && stop.cost <= joint::STOP,
            Kind::Rare => false,
        };
        let open: Vec<_> = stops.list.iter().filter(is_open).collect();
        let narrowest = open.windows(2).map(|pair| pair[1].end.width - pair[0].start.width).max().unwrap_or(0);
        let unbroken = match text.atoms.iter().any(|atom| matches!(atom.atom, Atom::Break)) {
            false => stops.list.last().map_or(0, |end| end.end.width),
            true => {
                let lines = self.block(
                    &leaf,
                    0..end_of(text),
                    Measures { whole: Length::HUGE.sp(), first: 0, rest: 0, beside: 1 },
                );
                lines.iter().map(|line| line_width(line).sp()).max().unwrap_or(0)
            }
        };
        (Length::from_sp(narrowest), Length::from_sp(unbroken))
    }

    /// The size of code in the lines of a style, of the style's.
    pub fn code_share(&self, style: &Resolved) -> f64 {
        look::code_share(style, style.faces.of(Family::Mono).regular, &self.fonts)
    }

    /// Whether the text of a node runs from the right.
    pub(super) fn runs_back(&self, id: NodeId) -> bool {
        self.lang(id).direction() == Direction::RightToLeft
    }

    fn report_loose(&self, id: NodeId, lines: &[Line], sink: &mut Sink) {
        let Some(worst) = lines.iter().map(|line| line.ratio).filter(|ratio| *ratio > LOOSE).max_by(f32::total_cmp)
        else {
            return;
        };
        let message = format!("a line of this paragraph is set loosely (its spaces are stretched by {worst:.1})");
        let diagnostic = Diagnostic::note("line.loose", message).at(self.tree.node(id).at);
        sink.push(diagnostic.hint("another word, or a soft hyphen (&shy;) in a long one, lets it break better"));
    }

    pub(super) fn note_missing(&self, missing: &[char], leaf: NodeId) {
        let mut known = self.missing.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        for c in missing {
            let first = known.entry(*c).or_insert(leaf);
            *first = (*first).min(leaf);
        }
    }

    /// Reports, once for the whole book, the characters that no face has. Call it when all is set.
    pub fn report(&self, sink: &mut Sink) {
        let missing = self.missing.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let first = |leaf: NodeId| self.tree.node(leaf).at;
        missing::told(&missing, &self.tree.metadata.language)
            .into_iter()
            .for_each(|(told, leaf)| sink.push(told.at(first(leaf))));
    }
}

/// The language of each node: its own, else that of the nearest around it, else the book's.
fn languages(tree: &Tree) -> Vec<Lang> {
    let mut around: Vec<(u32, Lang)> = Vec::new();
    let mut list = Vec::with_capacity(tree.nodes.len());
    for (index, node) in tree.nodes.iter().enumerate() {
        around.retain(|(end, _)| *end > index as u32);
        let lang = node.lang.clone().or_else(|| around.last().map(|(_, lang)| lang.clone()));
        let lang = lang.unwrap_or_else(|| tree.metadata.language.clone());
        if node.end.0 > index as u32 + 1 {
            around.push((node.end.0, lang.clone()));
        }
        list.push(lang);
    }
    list
}

pub(super) fn end_of(text: &Text) -> u32 {
    text.string.len() as u32
}

/// The width of what stands on a line, from its first glyph to its last.
fn line_width(line: &Line) -> Length {
    let runs = line.runs.iter().map(|run: &Run| run.x);
    let others = line.pictures.iter().map(|picture| picture.x).chain(line.formulas.iter().map(|formula| formula.x));
    let start = runs.chain(others).min().unwrap_or(line.width);
    line.width - start
}

/// The sign that a line of code goes on, in the style of the code.
pub(super) fn wrap_mark(composer: &Composer<'_>, style: &Resolved) -> Vec<Run> {
    let mut runs = composer.made(code::MARK, style).runs;
    for run in &mut runs {
        run.source = RunSource::WrapMark;
        run.color = code::MARK_COLOR;
    }
    runs
}

#[cfg(test)]
mod tests;
