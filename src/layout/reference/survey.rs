//! One walk over a section's text: every place that can be linked to, in reading order.
//!
//! In:     a planned section.
//! Out:    [`Survey`]: titles, headings, terms, numbered figures, tables and formulas, and everything that has an id.
//! Absent: anchors and numbers; they need the whole book.
//!
//! `gather` walks in the same order: the title, the blocks, the notes. In notes nothing is numbered and headings have
//! no anchors of their own, as notes are moved.

use crate::base::{Lang, Span};
use crate::book::{Attributes, Block, BlockKind, Chapter, Inline, InlineKind, inline};
use crate::formula;
use crate::layout::gather::caption::{self, Counted};
use crate::layout::gather::number::{Planned, Source};
use crate::layout::slug;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
pub struct Found {
    /// As links name it; empty for a figure or table that has none.
    pub id: String,
    /// The id of mdBook 0.4, where it differs.
    pub old_id: Option<String>,
    /// Whether the author gave the id.
    pub given: bool,
    pub what: What,
}

#[derive(Debug)]
pub enum What {
    Title(String),
    Heading(String),
    Term(String),
    Figure,
    Table,
    /// With the number its author gave it, if so.
    Equation(Option<String>),
    Place,
}

#[derive(Debug, Default)]
pub struct Survey {
    pub found: Vec<Found>,
    /// Ids given twice, and where the later one stands.
    pub duplicates: Vec<(String, Span)>,
}

struct Walk<'a> {
    out: Survey,
    /// Every id; of them, those that the author gave.
    used: BTreeSet<String>,
    given: BTreeSet<String>,
    /// The last suffix that was tried for an id, from 1.
    suffixes: BTreeMap<String, u32>,
    lang: &'a Lang,
    in_note: bool,
}

pub fn walk(section: &Planned<'_>, lang: &Lang) -> Survey {
    let mut walk = Walk {
        out: Survey::default(),
        used: BTreeSet::new(),
        given: BTreeSet::new(),
        suffixes: BTreeMap::new(),
        lang,
        in_note: false,
    };
    let id = section.title.attributes.and_then(|attributes| attributes.id.as_deref());
    walk.titled(id, section.title.text, section.title.span, What::Title);
    match section.source {
        Source::Part | Source::Index => {}
        Source::Chapter(chapter) => walk.chapter(chapter, section),
    }
    walk.out
}

impl Walk<'_> {
    fn chapter(&mut self, chapter: &Chapter, section: &Planned<'_>) {
        self.inlines(section.title.text);
        for (at, block) in chapter.blocks.iter().enumerate() {
            if section.title.block != Some(at) {
                self.block(block);
            }
        }
        self.in_note = true;
        for note in &chapter.notes {
            self.blocks(&note.blocks);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let counted = if self.in_note { None } else { caption::counted(block, self.lang) };
        match (&block.kind, counted) {
            (BlockKind::Heading { .. }, _) if !self.in_note => {}
            (BlockKind::Admonition { title: Some(title), .. }, _) if !self.in_note && !title.is_empty() => {}
            (_, Some(Counted::Figure)) => self.counted(&block.attributes, block.span, What::Figure),
            (_, Some(Counted::Table)) => self.counted(&block.attributes, block.span, What::Table),
            (BlockKind::Formula(formula), Some(Counted::Equation)) => {
                let tag = caption::tag(&formula.source).map(str::to_owned);
                self.counted(&block.attributes, block.span, What::Equation(tag));
            }
            (_, Some(Counted::Equation) | None) => self.id(&block.attributes, block.span),
        }
        match &block.kind {
            BlockKind::Heading { text, .. } => {
                if !self.in_note {
                    let id = block.attributes.id.as_deref();
                    self.titled(id, text, block.span, What::Heading);
                }
                self.inlines(text);
            }
            BlockKind::Paragraph(text) | BlockKind::Verse(text) => self.inlines(text),
            BlockKind::Quote(body) | BlockKind::Group(body) => self.blocks(body),
            BlockKind::Admonition { title, body, .. } => {
                let title = title.as_deref().unwrap_or_default();
                if !self.in_note && !title.is_empty() {
                    // In mdBooks it is often a heading in a quotation.
                    self.titled(block.attributes.id.as_deref(), title, block.span, What::Term);
                }
                self.inlines(title);
                self.blocks(body);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.body)),
            BlockKind::Definitions(list) => {
                for definition in list {
                    if !self.in_note {
                        let id = definition.attributes.id.as_deref();
                        self.titled(id, &definition.term, definition.span, What::Term);
                    }
                    self.inlines(&definition.term);
                    definition.bodies.iter().for_each(|body| self.blocks(body));
                }
            }
            BlockKind::Code(code) => self.inlines(code.title.as_deref().unwrap_or_default()),
            BlockKind::Table(table) => {
                self.inlines(table.caption.as_deref().unwrap_or_default());
                for row in table.head.iter().chain(&table.body) {
                    row.cells.iter().for_each(|cell| self.inlines(&cell.text));
                }
            }
            BlockKind::Figure { body, caption } => {
                self.blocks(body);
                self.inlines(caption.as_deref().unwrap_or_default());
            }
            BlockKind::Details { summary, body } => {
                self.inlines(summary);
                self.blocks(body);
            }
            BlockKind::Picture(_) | BlockKind::Formula(_) | BlockKind::Rule => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Span { attributes, text } => {
                    self.id(attributes, inline.span);
                    self.inlines(text);
                }
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strike(inner)
                | InlineKind::Superscript(inner)
                | InlineKind::Subscript(inner)
                | InlineKind::Underline(inner)
                | InlineKind::Keyboard(inner)
                | InlineKind::Abbreviation { text: inner, .. }
                | InlineKind::Link { text: inner, .. }
                | InlineKind::Index { text: inner, .. } => self.inlines(inner),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::Picture(_)
                | InlineKind::Formula(_)
                | InlineKind::NoteCall(_)
                | InlineKind::PageOf(_)
                | InlineKind::Break
                | InlineKind::SoftBreak => {}
            }
        }
    }

    /// A heading or term: it has an id, given or made from its text.
    fn titled(&mut self, given: Option<&str>, text: &[Inline], span: Span, what: impl Fn(String) -> What) {
        // Ids are made of what is typed, as in an mdBook.
        let typed = inline::plain(text);
        let wanted = given.map_or_else(|| slug::mdbook_id(&typed), str::to_owned);
        if given.is_some() && self.given.contains(&wanted) {
            self.out.duplicates.push((wanted.clone(), span));
        }
        let id = self.unused(wanted);
        if given.is_some() {
            self.given.insert(id.clone());
        }
        let old_id = Some(slug::mdbook_04_id(&typed)).filter(|old| given.is_none() && *old != id && !old.is_empty());
        self.out.found.push(Found {
            id,
            old_id,
            given: given.is_some(),
            what: what(formula::plain(text).trim().to_owned()),
        });
    }

    /// The suffixes of `unique_id` in mdBook.
    fn unused(&mut self, id: String) -> String {
        if self.used.insert(id.clone()) {
            return id;
        }
        // No id is given back, so that the search goes on where the last one ended.
        let number = self.suffixes.entry(id.clone()).or_insert(0);
        loop {
            *number += 1;
            let candidate = format!("{id}-{number}");
            if self.used.insert(candidate.clone()) {
                return candidate;
            }
        }
    }

    fn counted(&mut self, attributes: &Attributes, span: Span, what: What) {
        let id = attributes.id.clone().filter(|id| self.is_first(id, span)).unwrap_or_default();
        let given = !id.is_empty();
        self.out.found.push(Found { id, old_id: None, given, what });
    }

    fn id(&mut self, attributes: &Attributes, span: Span) {
        if let Some(id) = attributes.id.clone().filter(|id| self.is_first(id, span)) {
            self.out.found.push(Found { id, old_id: None, given: true, what: What::Place });
        }
    }

    fn is_first(&mut self, id: &str, span: Span) -> bool {
        if id.is_empty() {
            return false;
        }
        let first = self.used.insert(id.to_owned());
        // An id may repeat the one that a heading has by itself: old books keep their links so.
        if !self.given.insert(id.to_owned()) {
            self.out.duplicates.push((id.to_owned(), span));
        }
        first
    }
}
