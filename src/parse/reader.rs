//! What the readers of blocks and inlines share: the raw tree, its text and map, and where they put what they find.
//!
//! In:     a chapter's expanded text.
//! Out:    [`Outcome`]: notes, requests for pictures, faults; the blocks are handed back.
//! Absent: files.

use super::formula::{self, Covers, Defined};
use super::inline::Part;
use super::markdown;
use super::node::{Id, Kind, Nodes};
use super::picture::Request;
use crate::base::{Sink, Span};
use crate::book::{Block, NoteBody};
use crate::source::{Map, Options};
use std::collections::BTreeSet;

/// What a chapter holds beside its blocks.
#[derive(Default)]
pub struct Outcome {
    pub sink: Sink,
    pub notes: Vec<NoteBody>,
    /// The names of notes called anywhere in the chapter.
    pub calls: BTreeSet<String>,
    pub requests: Vec<Request>,
    pub told_dollars: bool,
}

pub struct Reader<'a, 'o> {
    pub nodes: &'o Nodes<'a>,
    pub text: &'a str,
    pub map: &'o Map,
    pub options: &'o Options,
    pub outcome: &'o mut Outcome,
    /// The names of notes that have a body, for hints.
    pub known_notes: Vec<String>,
    /// A list kept between lines, so that not each makes its own.
    pub spare: Vec<Part<'a>>,
    /// The formulas that the text covers.
    pub covers: Covers<'a>,
}

impl<'a, 'o> Reader<'a, 'o> {
    pub fn new(
        nodes: &'o Nodes<'a>,
        text: &'a str,
        map: &'o Map,
        options: &'o Options,
        outcome: &'o mut Outcome,
    ) -> Reader<'a, 'o> {
        Reader { nodes, text, map, options, outcome, known_notes: Vec::new(), spare: Vec::new(), covers: Covers::NONE }
    }

    pub fn span(&self, id: Id) -> Span {
        self.map.span(self.nodes.get(id).range.clone())
    }
}

/// Reads a whole text as blocks.
pub fn read(text: &str, map: &Map, options: &Options, outcome: &mut Outcome) -> Vec<Block> {
    let hidden = formula::hide(text, options.formulas, |text| markdown::ranges(text, options));
    let nodes = markdown::read(&hidden.text, map, options, &mut outcome.sink);
    let macros = Defined::of(text, &hidden.found, options.formulas, &options.macros);
    let mut reader = Reader::new(&nodes, &hidden.text, map, options, outcome);
    reader.covers = Covers { text, found: &hidden.found, signs: options.formulas, macros: &macros };
    reader.known_notes = nodes
        .all()
        .filter_map(|node| if let Kind::NoteBody(name) = &node.kind { Some(name.to_lowercase()) } else { None })
        .collect();
    reader.blocks(Nodes::ROOT)
}
