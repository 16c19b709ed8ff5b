//! Tree → column: every block of a run of sections, composed into lines and stacked as slabs.
//!
//! In:     the nodes of some sections, the [`Composer`] for their lines, page numbers as far as they are known.
//! Out:    a [`Column`].
//! Faults: those of the composer, passed on.
//! Absent: where pages end.
//!
//! One file for each kind of block; here stands the walk through the tree and [`Builder::emit`], through which every
//! slab goes: it settles the space above, the pads of grounds, what keeps with what, and the notes called.

mod code;
mod display;
mod even;
mod figure;
mod formula;
mod index;
mod list;
mod notes;
mod table;
mod text;

pub use text::grid_baseline;

use super::compose::{Composer, PageNumbers};
use super::slab::{Column, Drawn, FORBIDDEN, Fit, Frame, Slab};
use crate::asset::Pictures;
use crate::base::lang::Direction;
use crate::base::{Length, Sink};
use crate::layout::Tree;
use crate::layout::tree::{Content, NodeId, NoteId, SectionId, SectionKind};
use crate::theme::{Role, Style, Theme};
use std::collections::BTreeSet;

/// Lines of text that a heading takes with it to its page.
const HEADING_HOLDS: u32 = 2;
/// Spaces of this many lines and more may grow to fill a page.
const GIVING_SPACE: f64 = 0.7;
/// The same for displays, which grow over and under them alike.
const GIVING_DISPLAY: f64 = 0.5;
/// How deep blocks may nest before they are set without further insets: a page has no room for more, and the walk
/// does not exhaust the stack.
const DEEPEST: u8 = 40;

/// What every builder reads.
#[derive(Clone, Copy)]
pub struct Desk<'a, 't> {
    pub tree: &'a Tree,
    pub theme: &'a Theme,
    pub pictures: &'a Pictures,
    pub composer: &'a Composer<'t>,
    pub numbers: &'a PageNumbers,
}

/// Where a block stands: its left edge and width, and what surrounds it.
#[derive(Clone, Copy)]
struct Seat {
    x: Length,
    measure: Length,
    /// The role whose style dresses plain paragraphs here: that of a quotation, of a note.
    dress: Option<Role>,
    frame: Option<usize>,
    /// Paragraphs are set flush, with space between: in items of lists.
    flush: bool,
    /// Text here runs from the right: the start edge is the right one.
    back: bool,
    depth: u8,
}

/// A slab before [`Builder::emit`] has settled its surroundings.
struct Piece {
    height: Length,
    fit: Fit,
    drawn: Vec<Drawn>,
    /// The penalty of a break before it.
    before: u32,
    hyphen: bool,
    floats: bool,
    in_text: u32,
    heading: Option<NodeId>,
    /// Room kept above it even at the top of a page.
    sink: Length,
    /// How many lines of text it counts as, for a heading that must not stand alone.
    weight: u32,
    notes: Vec<NoteId>,
}

impl Piece {
    fn new(height: Length, fit: Fit, drawn: Vec<Drawn>) -> Piece {
        Piece {
            height,
            fit,
            drawn,
            before: 0,
            hyphen: false,
            floats: false,
            in_text: 0,
            heading: None,
            sink: Length::ZERO,
            weight: 1,
            notes: Vec::new(),
        }
    }
}

/// Fills a column.
struct Builder<'a, 't, 's> {
    desk: Desk<'a, 't>,
    sink: &'s mut Sink,
    column: Column,
    section: SectionId,
    /// The larger of the spaces asked for since the last slab.
    gap: Length,
    /// The same without what a figure just before asked for: the figure may wait for another page.
    bare: Length,
    /// The pads of frames opened and closed since the last slab.
    pads: Length,
    /// Set at the edge of a frame: the pad is all the space the next block gets.
    at_edge: bool,
    /// Lines of text that the next slabs must keep on this page.
    hold: u32,
    /// The next slab opens a section that floats must not enter.
    barrier: bool,
    /// The marker of an item whose first line is still to come.
    marker: Option<Drawn>,
    /// Nodes without text of their own that wait for a place.
    marks: Vec<NodeId>,
    /// Notes that have been set.
    called: BTreeSet<NoteId>,
    /// How many slabs there were after the last paragraph of running text.
    plain_to: usize,
    /// The last slab, if it is a figure that floats and follows running text.
    afloat: Option<usize>,
    /// How many slabs there were after the last display with the same white over and under it.
    evened: usize,
    /// In a turned table: it is not turned again.
    is_turned: bool,
    /// In a note: the notes it calls, which follow it.
    called_in_note: Option<Vec<NoteId>>,
}

/// Builds the column of some sections, given in reading order.
pub fn build(desk: Desk, sections: &[SectionId], sink: &mut Sink) -> Column {
    let mut builder = Builder::new(desk, sink);
    for &id in sections {
        let section = desk.tree.section(id);
        builder.section = id;
        builder.barrier = true;
        let seat = builder.seat();
        // A section may open with nothing but an anchor: its first node is its place.
        builder.marks.push(NodeId(section.nodes.start));
        if section.nodes.is_empty() {
            builder.marks.pop();
        }
        let roots = desk.tree.roots(section);
        if section.kind == SectionKind::Index {
            let roots: Vec<NodeId> = roots.collect();
            builder.index(&roots, seat);
        } else {
            roots.for_each(|root| builder.block(root, seat));
        }
    }
    builder.finish()
}

impl<'a, 't, 's> Builder<'a, 't, 's> {
    fn new(desk: Desk<'a, 't>, sink: &'s mut Sink) -> Builder<'a, 't, 's> {
        let back = desk.tree.metadata.language.direction() == Direction::RightToLeft;
        Builder {
            desk,
            sink,
            column: Column { back, ..Column::default() },
            section: SectionId(0),
            gap: Length::ZERO,
            bare: Length::ZERO,
            pads: Length::ZERO,
            at_edge: false,
            hold: 0,
            barrier: false,
            marker: None,
            marks: Vec::new(),
            called: BTreeSet::new(),
            plain_to: 0,
            afloat: None,
            evened: 0,
            is_turned: false,
            called_in_note: None,
        }
    }

    fn seat(&self) -> Seat {
        let measure = self.desk.theme.measure();
        Seat { x: Length::ZERO, measure, dress: None, frame: None, flush: false, back: self.column.back, depth: 0 }
    }

    fn finish(mut self) -> Column {
        if !self.marks.is_empty() && !self.column.slabs.is_empty() {
            let marks = self.take_marks();
            if let Some(last) = self.column.slabs.last_mut() {
                last.drawn.extend(marks);
            }
        } else if !self.marks.is_empty() {
            // A section without anything to show still has its page.
            let leading = self.desk.theme.leading;
            self.emit(self.seat(), Piece::new(leading, Fit::Grid, Vec::new()));
        }
        self.settle_floats();
        self.column
    }

    fn lines(&self, count: f64) -> Length {
        self.desk.theme.leading.scale(count)
    }

    fn look(&self, role: Role) -> &'a Style {
        self.desk.theme.style(role)
    }

    /// Asks for space above the next block; the larger one counts.
    fn space(&mut self, lines: f64) {
        if !self.at_edge {
            self.gap = self.gap.max(self.lines(lines));
            self.bare = self.bare.max(self.lines(lines));
        }
    }

    /// One block with all that stands under it.
    fn block(&mut self, id: NodeId, seat: Seat) {
        let node = self.desk.tree.node(id);
        let back = node.lang.as_ref().map_or(seat.back, |lang| lang.direction() == Direction::RightToLeft);
        let seat = Seat { back, depth: seat.depth.saturating_add(1), ..seat };
        let look = self.look(node.role);
        let is_framed = look.ground.is_some() || look.edge_rule.is_some();
        if is_framed && node.role.takes_ground() && !matches!(node.role, Role::Code | Role::Admonition) {
            self.framed(id, seat);
        } else {
            self.unframed(id, seat);
        }
    }

    /// The same; its ground, if it has one, is open.
    fn unframed(&mut self, id: NodeId, seat: Seat) {
        let node = self.desk.tree.node(id);
        let is_group = matches!(node.content, Content::Group);
        match node.role {
            Role::ChapterTitle | Role::ListTitle | Role::PartTitle | Role::Heading(_) => self.heading(id, seat),
            Role::HalfTitle
            | Role::BookTitle
            | Role::BookSubtitle
            | Role::BookAuthor
            | Role::BookPublisher
            | Role::Imprint
            | Role::Dedication
            | Role::Epigraph
            | Role::Body
            | Role::BodyFirst
            | Role::Lead
            | Role::Small
            | Role::Centered
            | Role::FlushEnd
            | Role::Quote
            | Role::Attribution
            | Role::Verse
            | Role::Bibliography
                if is_group =>
            {
                self.container(id, seat, Some(node.role));
            }
            Role::DefinitionList | Role::Definition | Role::Group if is_group => self.container(id, seat, seat.dress),
            Role::List | Role::OrderedList => self.list(id, seat),
            Role::Item => self.item(id, seat, false),
            Role::Code => self.code(id, seat),
            Role::Formula => self.formula(id, seat),
            Role::Figure => self.figure(id, seat),
            Role::Picture => self.figure(id, seat),
            Role::Table => self.table(id, seat),
            Role::Admonition => self.admonition(id, seat),
            Role::Ornament => self.ornament(id, seat),
            // Notes stand at the foot of the page that calls them.
            Role::Notes | Role::Note => {}
            Role::HalfTitle
            | Role::BookTitle
            | Role::BookSubtitle
            | Role::BookAuthor
            | Role::BookPublisher
            | Role::Imprint
            | Role::Dedication
            | Role::Epigraph
            | Role::Body
            | Role::BodyFirst
            | Role::Lead
            | Role::Small
            | Role::Centered
            | Role::FlushEnd
            | Role::Quote
            | Role::Attribution
            | Role::Verse
            | Role::DefinitionList
            | Role::Definition
            | Role::Bibliography
            | Role::Group
            | Role::Term
            | Role::CodeTitle
            | Role::Caption
            | Role::HeadRow
            | Role::Row
            | Role::Cell
            | Role::AdmonitionTitle
            | Role::IndexLetter
            | Role::IndexEntry(_)
            | Role::ContentsEntry(_)
            | Role::ListEntry => match node.content {
                Content::Group => self.container(id, seat, seat.dress),
                Content::Leaf(_) => self.paragraph(id, seat),
                Content::Picture(_) => self.figure(id, seat),
                Content::Empty => self.marks.push(id),
            },
        }
    }

    /// Narrows a seat by the insets of a style. What nests too deep is not narrowed any more.
    fn inset(&self, seat: Seat, start: Length, end: Length) -> Seat {
        let least = self.desk.theme.measure() / 3;
        if seat.depth > DEEPEST || seat.measure - start - end < least {
            return seat;
        }
        let left = if seat.back { end } else { start };
        Seat { x: seat.x + left, measure: seat.measure - start - end, ..seat }
    }

    fn inset_of(&self, seat: Seat, style: &Style) -> Seat {
        let size = self.desk.theme.text_size;
        self.inset(seat, style.inset_start.of(size), style.inset_end.of(size))
    }

    fn take_marks(&mut self) -> Vec<Drawn> {
        std::mem::take(&mut self.marks).into_iter().map(|node| Drawn::Mark { node }).collect()
    }

    /// The pads of the frames around a seat, and the room for a head that is repeated over it.
    fn pads_around(&self, seat: Seat) -> (Length, Length) {
        let (mut pads, mut heads) = (Length::ZERO, Length::ZERO);
        let mut next = seat.frame;
        while let Some(frame) = next.and_then(|at| self.column.frames.get(at)) {
            pads += frame.pad;
            if self.column.slabs.len() >= frame.repeat_from {
                heads += frame.repeat_height;
            }
            next = frame.parent;
        }
        (pads, heads)
    }

    fn open_frame(&mut self, frame: Frame) -> usize {
        self.pads += frame.pad;
        self.at_edge = true;
        self.column.frames.push(frame);
        self.column.frames.len() - 1
    }

    fn close_frame(&mut self, at: usize) {
        self.pads += self.column.frames.get(at).map_or(Length::ZERO, |frame| frame.pad);
        self.gap = Length::ZERO;
        self.bare = Length::ZERO;
        self.at_edge = false;
    }

    /// Adds a slab.
    fn emit(&mut self, seat: Seat, piece: Piece) {
        let (pads, heads) = self.pads_around(seat);
        let space = self.gap + self.pads;
        let bare = self.bare + self.pads;
        let floats = piece.floats;
        let is_display = matches!(piece.fit, Fit::Whole { share, .. } if share < 1.0);
        let least = if is_display { GIVING_DISPLAY } else { GIVING_SPACE };
        let is_even = !is_display && piece.heading.is_none() && self.evened == self.column.slabs.len();
        let is_giving = self.gap >= self.lines(least) && !self.opens() && !is_even;
        let give = u8::from(is_giving);
        let begin = self.column.notes.len();
        self.set_notes(&piece.notes);
        let mut drawn = piece.drawn;
        drawn.extend(self.take_marks());
        self.column.slabs.push(Slab {
            space,
            bare,
            top: piece.sink + pads + heads,
            height: piece.height,
            tail: pads,
            edge: (Length::ZERO, Length::ZERO),
            fit: piece.fit,
            give,
            before: if self.hold > 0 { FORBIDDEN } else { piece.before },
            hyphen: piece.hyphen,
            floats: piece.floats,
            in_text: piece.in_text,
            barrier: std::mem::take(&mut self.barrier),
            notes: begin..self.column.notes.len(),
            frame: seat.frame,
            section: self.section,
            heading: piece.heading,
            drawn,
        });
        self.hold = self.hold.saturating_sub(piece.weight);
        self.gap = Length::ZERO;
        // What was asked for before a figure that may wait is still owed after it.
        self.bare = if floats { self.bare } else { Length::ZERO };
        self.pads = Length::ZERO;
        self.at_edge = false;
    }

    /// Whether the last slab is the title of a chapter or a list: openings look alike, the white under it never grows.
    fn opens(&self) -> bool {
        let title = self.column.slabs.last().and_then(|slab| slab.heading);
        title.is_some_and(|id| !matches!(self.desk.tree.node(id).role, Role::Heading(_)))
    }

    /// Keeps lines of what follows on the page of what stands.
    fn keep(&mut self, lines: u32) {
        self.hold = self.hold.max(lines);
    }

    /// Lists the slabs that float. A figure that is all a heading has under it stays with it.
    fn settle_floats(&mut self) {
        let slabs = &mut self.column.slabs;
        for at in 0..slabs.len() {
            if !slabs[at].floats {
                continue;
            }
            let is_headed =
                slabs[..at].iter().rev().find(|slab| !slab.floats).is_none_or(|slab| slab.heading.is_some());
            let is_followed = slabs[at + 1..]
                .iter()
                .find(|slab| !slab.floats)
                .is_some_and(|slab| slab.heading.is_none() && !slab.barrier);
            // A turned page stands alone wherever it is.
            if slabs[at].drawn.iter().any(|item| matches!(item, Drawn::Turned(_))) {
                continue;
            }
            if slabs[at].barrier || (is_headed && !is_followed) || !slabs[at].notes.is_empty() {
                slabs[at].floats = false;
            }
        }
        self.column.floats = (0..slabs.len()).filter(|&at| slabs[at].floats).collect();
    }

    /// Whether the section has a page, or pages, that show it alone.
    fn is_display(&self) -> bool {
        matches!(
            self.desk.tree.section(self.section).kind,
            SectionKind::HalfTitle
                | SectionKind::TitlePage
                | SectionKind::Copyright
                | SectionKind::Dedication
                | SectionKind::Epigraph
                | SectionKind::Part
        )
    }
}
