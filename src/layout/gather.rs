//! Planned sections → drafts: nodes with numbers, signs and resolved links, in ids of their own.
//!
//! In:     the plan, the register of places, the theme.
//! Out:    a [`Draft`] for each section; `assemble.rs` gives it its place in the tree.
//! Faults: `picture.alt`, `note.unknown`, `note.unused`, and those of links.
//! Absent: other sections; drafts are made in parallel.

mod block;
pub mod caption;
pub mod display;
mod inline;
pub mod kind;
mod list;
pub mod made;
mod note;
pub mod number;
mod opening;
mod table;

use crate::base::{Lang, Sink, Span};
use crate::book::inline::IndexEntry;
use crate::book::{Attributes, Block, Matter, NoteBody};
use crate::layout::reference::{Names, Register};
use crate::layout::tree::{
    ATOM, Anchor, Atom, AtomAt, Content, Detail, Link, Mark, MarkedRange, Node, NodeId, Note, SectionKind, Text,
};
use crate::layout::typography;
use crate::theme::{LabelPlace, Role, Theme, Wording};
use caption::Counted;
use number::{Planned, Source};
use std::collections::{BTreeMap, BTreeSet};

/// What every section is settled with.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pub theme: &'a Theme,
    pub wording: &'static Wording,
    pub lang: &'a Lang,
    pub register: &'a Register,
}

/// A section before it takes its place: node ids, note ids and loci count from its own start.
#[derive(Debug)]
pub struct Draft {
    pub kind: SectionKind,
    pub matter: Matter,
    pub depth: u8,
    pub in_part: bool,
    pub title: String,
    pub label: String,
    pub anchor: Anchor,
    pub stem: String,
    pub at: Option<Span>,
    pub nodes: Vec<Node>,
    pub notes: Vec<Note>,
    pub heads: Vec<Head>,
    pub captions: Vec<Captioned>,
    pub terms: Vec<Term>,
    pub sink: Sink,
}

/// A title or heading, for outline and contents.
#[derive(Debug)]
pub struct Head {
    /// 0 for the section's own title at depth 0, 1 for a heading of the first level…
    pub rank: u8,
    /// Without its number, links, notes and places.
    pub title: Text,
    pub label: String,
    pub anchor: Anchor,
    pub node: NodeId,
    /// Whether the author wants it in the contents.
    pub listed: bool,
}

/// A numbered figure or table, for the lists of them.
#[derive(Debug)]
pub struct Captioned {
    pub counted: Counted,
    pub label: String,
    pub caption: Text,
    pub anchor: Anchor,
}

/// A place that the index leads to.
#[derive(Debug)]
pub struct Term {
    pub entry: IndexEntry,
    pub anchor: Anchor,
    pub at: Span,
}

/// Settles one planned section, the `at`th of the plan.
pub fn draft(given: Given<'_>, planned: &Planned<'_>, at: usize) -> Draft {
    let names = given.register.names(at);
    let anchor = names.title.as_ref().map_or_else(|| Anchor(planned.stem.as_str().into()), |t| t.anchor.clone());
    let mut writer = Writer {
        given,
        section: at,
        names,
        draft: Draft {
            kind: planned.kind,
            matter: planned.matter,
            depth: planned.depth,
            in_part: planned.in_part,
            title: String::new(),
            label: planned.number.clone(),
            anchor,
            stem: planned.stem.clone(),
            at: Some(planned.title.span),
            nodes: Vec::new(),
            notes: Vec::new(),
            heads: Vec::new(),
            captions: Vec::new(),
            terms: Vec::new(),
            sink: Sink::new(),
        },
        langs: vec![given.lang.clone()],
        // Headings, figures and tables have theirs from the register, whatever id stands beside them.
        claimed: names.title.iter().map(|t| &t.anchor).chain(&names.headings).chain(&names.counted).cloned().collect(),
        headings: 0,
        counted: 0,
        figures: names.first_figure,
        tables: names.first_table,
        equations: names.first_equation,
        levels: Vec::new(),
        fresh: true,
        paragraphs: None,
        lists: Vec::new(),
        carried: Vec::new(),
        bodies: match planned.source {
            Source::Chapter(chapter) => chapter.notes.iter().rev().map(|note| (note.name.as_str(), note)).collect(),
            Source::Part | Source::Index => BTreeMap::new(),
        },
        called: Vec::new(),
        numbers: BTreeMap::new(),
        in_link: false,
        in_note: false,
    };
    writer.section(planned);
    writer.finish()
}

/// Writes the nodes of one section.
struct Writer<'a> {
    given: Given<'a>,
    section: usize,
    names: &'a Names,
    draft: Draft,
    /// The languages around, the innermost last; never empty.
    langs: Vec<Lang>,
    /// Anchors that stand on a node already: of two places with one id the first has it.
    claimed: BTreeSet<Anchor>,
    /// How many headings and terms, and how many figures and tables, have their anchors.
    headings: usize,
    counted: usize,
    /// The next numbers.
    figures: u32,
    tables: u32,
    equations: u32,
    /// The levels, as written, of the headings that are open.
    levels: Vec<u8>,
    /// Whether the next paragraph begins flush.
    fresh: bool,
    /// The role that a group gives to its paragraphs.
    paragraphs: Option<Role>,
    /// The lists we are in; `true`: ordered.
    lists: Vec<bool>,
    /// Places of paragraphs that show nothing; the next leaf takes them.
    carried: Vec<Anchor>,
    /// The bodies of the file's notes by their names; of two with one name the first.
    bodies: BTreeMap<&'a str, &'a NoteBody>,
    /// The notes called so far, in the order of their calls, and the place of each in it.
    called: Vec<&'a NoteBody>,
    numbers: BTreeMap<&'a str, usize>,
    in_link: bool,
    in_note: bool,
}

impl<'a> Writer<'a> {
    fn section(&mut self, planned: &Planned<'a>) {
        let chapter = match planned.source {
            Source::Chapter(chapter) => chapter,
            Source::Part | Source::Index => return self.title(planned),
        };
        let is_display = matches!(planned.kind, SectionKind::Dedication | SectionKind::Epigraph);
        if is_display {
            let title = crate::formula::plain(&chapter.title);
            self.draft.title = typography::plain(&title, self.given.lang, self.given.theme.smart_punctuation);
            let body = chapter.blocks.iter().filter(|block| kind::display_class(block).is_some());
            body.for_each(|block| self.block(block));
            // The page has no heading to link to: its first node stands for it.
            let anchor = self.draft.anchor.clone();
            if let Some(first) = self.draft.nodes.first_mut().filter(|first| first.anchor.is_none()) {
                first.anchor = Some(anchor);
            } else if let Some(anchor) = self.draft.nodes.first().and_then(|first| first.anchor.clone()) {
                self.draft.anchor = anchor;
            }
        } else {
            // Places before the title go into it; anything else there is moved behind it.
            let title = planned.title.block.unwrap_or(0);
            let (before, rest) = chapter.blocks.split_at(title.min(chapter.blocks.len()));
            let (silent, shown): (Vec<&Block>, Vec<&Block>) = before.iter().partition(|block| number::is_silent(block));
            self.block_list(&silent);
            self.title(planned);
            self.block_list(&shown);
            self.blocks(&rest[usize::from(planned.title.block.is_some())..]);
        }
        self.notes(chapter);
    }

    fn title(&mut self, planned: &Planned<'_>) {
        let role = match (planned.kind, planned.depth) {
            (SectionKind::Part, _) => Role::PartTitle,
            (_, 0) => Role::ChapterTitle,
            (_, depth) => Role::Heading(depth.min(DEEPEST)),
        };
        let none = Attributes::default();
        let attributes = planned.title.attributes.unwrap_or(&none);
        let label = match role {
            Role::Heading(_) => planned.number.clone(),
            Role::ChapterTitle if self.given.theme.style(role).label == LabelPlace::Inline => planned.number.clone(),
            _ => crate::layout::reference::section_label(planned, self.given.wording).unwrap_or_default(),
        };
        let anchor = Some(self.draft.anchor.clone());
        self.enter(attributes.lang.as_ref());
        let text = self.text(planned.title.text);
        let head = bare(&text);
        self.draft.title = plain_words(&head);
        let number = if role == Role::PartTitle { label.clone() } else { planned.number.clone() };
        self.head(planned.depth, head, number, !attributes.has_class("unlisted"));
        let node = self.leaf_of(role, with_label(text, &label), attributes, planned.title.span);
        self.draft.nodes[node].anchor = anchor;
        self.leave(attributes.lang.as_ref());
        self.fresh = true;
    }

    /// Notes a title that is about to be pushed.
    fn head(&mut self, rank: u8, title: Text, label: String, listed: bool) {
        let node = NodeId(self.draft.nodes.len() as u32);
        let anchor = self.draft.anchor.clone();
        self.draft.heads.push(Head { rank, title, label, anchor, node, listed });
    }

    fn finish(mut self) -> Draft {
        // Places that no later leaf took stand at the end of the last one.
        if !self.carried.is_empty()
            && let Some(text) = self.draft.nodes.iter_mut().rev().find_map(|node| match &mut node.content {
                Content::Leaf(text) if node.role != Role::Code => Some(text),
                Content::Leaf(_) | Content::Group | Content::Picture(_) | Content::Empty => None,
            })
        {
            let end = text.string.len() as u32;
            text.marks.extend(self.carried.drain(..).map(|a| MarkedRange { range: end..end, mark: Mark::Anchor(a) }));
        }
        opening::begin(&mut self.draft, self.given.theme.chapter_start);
        self.draft
    }

    fn lang(&self) -> &Lang {
        self.langs.last().unwrap_or(self.given.lang)
    }

    fn enter(&mut self, lang: Option<&Lang>) {
        if let Some(lang) = lang {
            self.langs.push(lang.clone());
        }
    }

    fn leave(&mut self, lang: Option<&Lang>) {
        if lang.is_some() {
            self.langs.pop();
        }
    }

    /// Opens a node; everything pushed until [`close`](Self::close) stands under it.
    fn open(&mut self, role: Role, detail: Detail, attributes: &Attributes, at: Span) -> usize {
        let anchor = self.anchor(attributes);
        self.enter(attributes.lang.as_ref());
        let node = self.push(role, Content::Group, detail, attributes, Some(at));
        self.draft.nodes[node].anchor = anchor;
        node
    }

    fn close(&mut self, node: usize, attributes: &Attributes) {
        self.leave(attributes.lang.as_ref());
        self.draft.nodes[node].end = NodeId(self.draft.nodes.len() as u32);
    }

    /// Pushes a node without children. `attributes.lang` must have been entered.
    fn push(
        &mut self,
        role: Role,
        content: Content,
        detail: Detail,
        attributes: &Attributes,
        at: Option<Span>,
    ) -> usize {
        let node = self.draft.nodes.len();
        let around = self.langs.len().checked_sub(2).and_then(|outer| self.langs.get(outer));
        let lang = attributes.lang.clone().filter(|lang| around != Some(lang));
        self.draft.nodes.push(Node {
            role,
            end: NodeId(node as u32 + 1),
            content,
            detail,
            anchor: None,
            lang,
            classes: attributes.classes.iter().filter(|class| !MEANT.contains(&class.as_str())).cloned().collect(),
            at,
        });
        node
    }

    /// Pushes a leaf whose text stands ready; counts the note calls in it.
    fn leaf_of(&mut self, role: Role, text: Text, attributes: &Attributes, at: Span) -> usize {
        let leaf = NodeId(self.draft.nodes.len() as u32);
        for atom in &text.atoms {
            if let Atom::NoteCall { note, .. } = atom.atom
                && let Some(note) = self.draft.notes.get_mut(note.0 as usize)
            {
                note.calls.push(crate::layout::tree::Locus { leaf, offset: atom.at });
            }
        }
        self.push(role, Content::Leaf(text), Detail::None, attributes, Some(at))
    }

    /// The anchor of an id the author gave, unless an earlier place has it.
    fn anchor(&mut self, attributes: &Attributes) -> Option<Anchor> {
        let anchor = self.given.register.place(self.section, attributes.id.as_deref()?)?;
        self.claimed.insert(anchor.clone()).then(|| anchor.clone())
    }
}

/// Headings have five levels under the chapter's title.
const DEEPEST: u8 = 5;

/// Classes from which a role or a setting follows: they say nothing more to a style sheet.
const MEANT: [&str; 14] = [
    "verse",
    "epigraph",
    "dedication",
    "center",
    "right",
    "small",
    "lead",
    "bibliography",
    "hidden",
    "warning",
    "unnumbered",
    "unlisted",
    "decorative",
    "smallcaps",
];

/// The space between a shown number and what it numbers (U+2002 EN SPACE). It is no part of the label.
pub const LABEL_GAP: &str = "\u{2002}";

/// A text with a shown number before it.
pub fn with_label(mut text: Text, label: &str) -> Text {
    if label.is_empty() {
        return text;
    }
    let gap = if text.string.is_empty() { "" } else { LABEL_GAP };
    let moved = (label.len() + gap.len()) as u32;
    text.string.insert_str(0, gap);
    text.string.insert_str(0, label);
    for mark in &mut text.marks {
        mark.range = mark.range.start + moved..mark.range.end + moved;
    }
    for atom in &mut text.atoms {
        atom.at += moved;
    }
    text.marks.insert(0, MarkedRange { range: 0..label.len() as u32, mark: Mark::Label });
    text
}

/// A title as lists show it: its words and their look and its formulas, without links, places and other atoms.
pub fn bare(text: &Text) -> Text {
    let mut out = Text::default();
    // Where each atom's three bytes went: nothing, or a space for a line end.
    let mut gaps: Vec<(u32, u32)> = Vec::new();
    let mut kept: Vec<AtomAt> = Vec::new();
    let mut at = 0;
    for atom in &text.atoms {
        if let Atom::Formula(_) = atom.atom {
            kept.push(atom.clone());
            continue;
        }
        let from = atom.at as usize;
        out.string.push_str(&text.string[at..from]);
        at = from + crate::layout::tree::ATOM.len_utf8();
        let shrunk = if atom.atom == Atom::Break { 2 } else { 3 };
        if atom.atom == Atom::Break {
            out.string.push(' ');
        }
        gaps.push((atom.at + 1, shrunk));
    }
    out.string.push_str(&text.string[at..]);
    let moved = |at: u32| at - gaps.iter().take_while(|(from, _)| *from <= at).map(|(_, shrunk)| shrunk).sum::<u32>();
    out.atoms = kept.into_iter().map(|atom| AtomAt { at: moved(atom.at), ..atom }).collect();
    out.marks = text
        .marks
        .iter()
        .filter(|mark| !matches!(mark.mark, Mark::Link(_) | Mark::Anchor(_) | Mark::Label))
        .map(|mark| MarkedRange { range: moved(mark.range.start)..moved(mark.range.end), mark: mark.mark.clone() })
        .filter(|mark| !mark.range.is_empty())
        .collect();
    out
}

/// The words of a title: its formulas in one line of characters.
pub fn plain_words(text: &Text) -> String {
    let mut out = String::with_capacity(text.string.len());
    for (at, c) in text.string.char_indices() {
        match text.atom_at(at as u32).filter(|_| c == ATOM) {
            Some(Atom::Formula(formula)) => out.push_str(&formula.words),
            Some(Atom::NoteCall { .. } | Atom::Picture(_) | Atom::PageRef { .. } | Atom::Break) => {}
            None => out.push(c),
        }
    }
    out
}

/// A leaf that is one link into the book.
pub fn linked(mut text: Text, to: &Anchor) -> Text {
    let all = 0..text.string.len() as u32;
    text.marks.insert(0, MarkedRange { range: all, mark: Mark::Link(Link::Inside(to.clone())) });
    text
}
