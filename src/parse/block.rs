//! Nodes → blocks.
//!
//! In:     the children of a node that holds blocks, or blocks and stray text.
//! Out:    [`Block`]s.
//! Faults: `html.dropped`, and those of what blocks hold.
//! Absent: pictures and captions (`figure`), tables (`table`), what neighbours mean to each other (`adjoin`).

use super::adjoin;
use super::attribute;
use super::code;
use super::element::{Display, display};
use super::formula::{self, Parted};
use super::node::{Element, Id, Kind};
use super::reader::{Outcome, Reader, read};
use crate::base::Span;
use crate::book::{Admonition, Attributes, Block, BlockKind, CodeBlock, Definition, Inline, InlineKind, Inlines, Item};

impl Reader<'_, '_> {
    /// The blocks under a node. Text that stands bare among them becomes paragraphs.
    pub fn blocks(&mut self, parent: Id) -> Vec<Block> {
        let ids: Vec<Id> = self.nodes.children(parent).collect();
        self.blocks_of(&ids)
    }

    pub fn blocks_of(&mut self, ids: &[Id]) -> Vec<Block> {
        let mut out = Vec::new();
        let mut start = 0;
        for (at, id) in ids.iter().enumerate() {
            if self.is_block(*id) {
                self.paragraph(&ids[start..at], Attributes::default(), &mut out);
                self.block(*id, &mut out);
                start = at + 1;
            }
        }
        self.paragraph(&ids[start..], Attributes::default(), &mut out);
        adjoin::settle(out)
    }

    /// Whether a node stands under its neighbours and not beside them.
    pub fn is_block(&self, id: Id) -> bool {
        match &self.nodes.get(id).kind {
            Kind::Paragraph
            | Kind::Heading { .. }
            | Kind::Quote(_)
            | Kind::CodeBlock(_)
            | Kind::List(_)
            | Kind::Item
            | Kind::NoteBody(_)
            | Kind::Definitions
            | Kind::Term
            | Kind::Definition
            | Kind::Table(_)
            | Kind::TableHead
            | Kind::TableRow
            | Kind::TableCell
            | Kind::Rule => true,
            Kind::Element(element) => match display(&element.name) {
                Display::Block => true,
                Display::Inline | Display::Unknown => self.nodes.children(id).any(|child| self.is_block(child)),
                Display::Dropped | Display::Quiet => false,
            },
            Kind::Root
            | Kind::Text(_)
            | Kind::Code(_)
            | Kind::SoftBreak
            | Kind::HardBreak
            | Kind::NoteCall(_)
            | Kind::Task(_)
            | Kind::Drawing
            | Kind::Emphasis
            | Kind::Strong
            | Kind::Strike
            | Kind::Superscript
            | Kind::Subscript
            | Kind::Link { .. }
            | Kind::Picture { .. } => false,
        }
    }

    /// A paragraph of these nodes, or a figure when they are one picture; nothing when they show nothing.
    pub fn paragraph(&mut self, ids: &[Id], attributes: Attributes, out: &mut Vec<Block>) {
        if ids.iter().all(|id| self.is_blank(*id)) || self.lone_picture(ids, &attributes, out) {
            return;
        }
        let text = trimmed(self.inlines(ids));
        if !formula::is_parted(&text) {
            return plain_paragraph(text, attributes, out);
        }
        for part in formula::parted(text) {
            match part {
                Parted::Text(text) => plain_paragraph(trimmed(text), attributes.clone(), out),
                Parted::Formula(formula, attributes, span) => {
                    out.push(Block { kind: BlockKind::Formula(formula), attributes, span });
                }
            }
        }
    }

    fn is_blank(&self, id: Id) -> bool {
        let kind = &self.nodes.get(id).kind;
        matches!(kind, Kind::SoftBreak | Kind::HardBreak)
            || matches!(kind, Kind::Text(text) if text.trim().is_empty())
            || matches!(kind, Kind::Element(element) if element.name == "br")
    }

    fn push(&self, kind: BlockKind, attributes: Attributes, id: Id, out: &mut Vec<Block>) {
        out.push(Block { kind, attributes, span: self.span(id) });
    }

    fn block(&mut self, id: Id, out: &mut Vec<Block>) {
        let nodes = self.nodes;
        let plain = Attributes::default();
        match &nodes.get(id).kind {
            Kind::Paragraph => {
                let ids: Vec<Id> = nodes.children(id).collect();
                if ids.iter().any(|id| self.is_block(*id)) {
                    out.extend(self.blocks_of(&ids));
                } else {
                    self.paragraph(&ids, plain, out);
                }
            }
            Kind::Heading { level, attributes } => {
                let text = trimmed(self.inlines_of(id));
                self.push(BlockKind::Heading { level: *level, text }, attributes.clone(), id, out);
            }
            Kind::Quote(Some(kind)) => {
                let body = self.blocks(id);
                self.push(BlockKind::Admonition { kind: *kind, title: None, body }, plain, id, out);
            }
            Kind::Quote(None) => {
                let body = self.blocks(id);
                let kind = match self.options.quoted_notes {
                    true => adjoin::quoted_note(body),
                    false => adjoin::quote(body),
                };
                self.push(kind, plain, id, out);
            }
            Kind::CodeBlock(info) => self.code(id, info.as_deref().unwrap_or_default(), out),
            Kind::List(start) => self.list(id, *start, plain, out),
            Kind::Definitions => self.definitions(id, plain, out),
            Kind::Table(columns) => self.markdown_table(id, columns, out),
            Kind::NoteBody(_) => self.note(id),
            Kind::Rule => self.push(BlockKind::Rule, plain, id, out),
            // Parts of lists and tables without their list or table: their text is shown.
            Kind::Item | Kind::Term | Kind::Definition | Kind::TableHead | Kind::TableRow | Kind::TableCell => {
                out.extend(self.blocks(id));
            }
            Kind::Element(element) => self.element_block(id, element, out),
            Kind::Root
            | Kind::Text(_)
            | Kind::Code(_)
            | Kind::SoftBreak
            | Kind::HardBreak
            | Kind::NoteCall(_)
            | Kind::Task(_)
            | Kind::Drawing
            | Kind::Emphasis
            | Kind::Strong
            | Kind::Strike
            | Kind::Superscript
            | Kind::Subscript
            | Kind::Link { .. }
            | Kind::Picture { .. } => self.paragraph(&[id], plain, out),
        }
    }

    fn code(&mut self, id: Id, written: &str, out: &mut Vec<Block>) {
        let span = self.span(id);
        let mut text = String::new();
        let mut pieces = Vec::new();
        for child in self.nodes.children(id) {
            let node = self.nodes.get(child);
            if let Kind::Text(piece) = &node.kind {
                pieces.push((text.len(), node.range.start));
                text.push_str(piece);
            }
        }
        if let Some((kind, title)) = code::admonish(written) {
            let title = title.map(|title| self.phrase(&title, span));
            let map = self.map.compose(&pieces, text.len());
            let body = read(&text, &map, self.options, self.outcome);
            return self.push(BlockKind::Admonition { kind, title, body }, Attributes::default(), id, out);
        }
        let info = code::info(written);
        let shown = code::shown(&text, &info, self.options);
        // A block of which every line is hidden shows nothing.
        if shown.trim().is_empty() && !text.trim().is_empty() {
            return;
        }
        let code = CodeBlock { language: info.language, text: shown, title: None };
        self.push(BlockKind::Code(code), Attributes::default(), id, out);
    }

    fn list(&mut self, id: Id, start: Option<u64>, attributes: Attributes, out: &mut Vec<Block>) {
        let mut items = Vec::new();
        let mut tight = true;
        let ids: Vec<Id> = self.nodes.children(id).collect();
        for child in ids {
            let is_item = matches!(&self.nodes.get(child).kind, Kind::Item)
                || self.nodes.element(child).is_some_and(|element| element.name == "li");
            if !is_item && !self.is_block(child) {
                continue;
            }
            tight &= !self.nodes.children(child).any(|inner| {
                matches!(&self.nodes.get(inner).kind, Kind::Paragraph)
                    || self.nodes.element(inner).is_some_and(|element| element.name == "p")
            });
            let task = self.task(child);
            let body = if is_item { self.blocks(child) } else { self.blocks_of(&[child]) };
            items.push(Item { task, body, span: self.span(child) });
        }
        if !items.is_empty() {
            self.push(BlockKind::List { start, tight, items }, attributes, id, out);
        }
    }

    /// The box at the start of an item.
    fn task(&self, item: Id) -> Option<bool> {
        let mut first = self.nodes.children(item).next()?;
        if let Kind::Paragraph = &self.nodes.get(first).kind {
            first = self.nodes.children(first).next()?;
        }
        if let Kind::Task(is_done) = &self.nodes.get(first).kind { Some(*is_done) } else { None }
    }

    fn definitions(&mut self, id: Id, attributes: Attributes, out: &mut Vec<Block>) {
        let mut list: Vec<Definition> = Vec::new();
        let mut ids: Vec<Id> = Vec::new();
        for child in self.nodes.children(id) {
            // HTML lets a `div` group terms and their definitions.
            match self.nodes.element(child) {
                Some(element) if element.name == "div" => ids.extend(self.nodes.children(child)),
                Some(_) | None => ids.push(child),
            }
        }
        for child in ids {
            let span = self.span(child);
            let element = self.nodes.element(child);
            let name = element.map(|element| element.name.as_str());
            let kind = &self.nodes.get(child).kind;
            if matches!(kind, Kind::Term) || name == Some("dt") {
                let attributes = match element {
                    Some(element) => attribute::of_element(&element.attributes, span, &mut self.outcome.sink),
                    None => Attributes::default(),
                };
                let term = trimmed(self.inlines_of(child));
                list.push(Definition { term, attributes, bodies: Vec::new(), span });
            } else if matches!(kind, Kind::Definition) || name == Some("dd") {
                let body = self.blocks(child);
                match list.last_mut() {
                    Some(definition) => definition.bodies.push(body),
                    None => {
                        let (term, attributes) = (Vec::new(), Attributes::default());
                        list.push(Definition { term, attributes, bodies: vec![body], span });
                    }
                }
            }
        }
        if !list.is_empty() {
            self.push(BlockKind::Definitions(list), attributes, id, out);
        }
    }

    fn element_block(&mut self, id: Id, element: &Element, out: &mut Vec<Block>) {
        let span = self.span(id);
        let attributes = attribute::of_element(&element.attributes, span, &mut self.outcome.sink);
        if attributes.has_class("hidden") {
            return;
        }
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = element.name.as_bytes()[1] - b'0';
                let text = trimmed(self.inlines_of(id));
                self.push(BlockKind::Heading { level, text }, attributes, id, out);
            }
            "p" => {
                let ids: Vec<Id> = self.nodes.children(id).collect();
                let is_group = ids.iter().any(|id| self.is_block(*id))
                    || !attributes.classes.is_empty()
                    || attributes.lang.is_some();
                if is_group {
                    self.group(id, attributes, out);
                } else {
                    self.paragraph(&ids, attributes, out);
                }
            }
            "hr" => self.push(BlockKind::Rule, attributes, id, out),
            "pre" => {
                let inner = self.nodes.children(id).find_map(|child| self.nodes.element(child));
                let class = attributes
                    .classes
                    .iter()
                    .cloned()
                    .chain(inner.and_then(|code| code.get("class")).map(str::to_owned));
                let language = class.into_iter().find_map(|class| {
                    Some(class.split_whitespace().find_map(|c| c.strip_prefix("language-"))?.to_lowercase())
                });
                let info = code::Info { language: language.unwrap_or_default(), hidden: None };
                let flat = self.flat(id);
                let text = code::shown(flat.strip_prefix('\n').unwrap_or(&flat), &info, self.options);
                let attributes = Attributes { classes: Vec::new(), ..attributes };
                let code = CodeBlock { language: info.language, text, title: None };
                self.push(BlockKind::Code(code), attributes, id, out);
            }
            "blockquote" => {
                let body = self.blocks(id);
                self.push(adjoin::quote(body), attributes, id, out);
            }
            "ul" | "menu" => self.list(id, None, attributes, out),
            "ol" => {
                let start = element.get("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.list(id, Some(start), attributes, out);
            }
            "dl" => self.definitions(id, attributes, out),
            "table" => self.html_table(id, attributes, out),
            "figure" => self.figure(id, attributes, out),
            "listing" => self.listing(id, element, out),
            "details" => self.details(id, attributes, out),
            "center" => {
                let mut attributes = attributes;
                attributes.classes.push("center".to_owned());
                self.group(id, attributes, out);
            }
            "div" | "section" | "aside" if attributes.has_class("verse") => self.verse(id, attributes, out),
            "div" | "section" | "aside" if attributes.has_class("warning") => {
                let body = self.blocks(id);
                let kind = BlockKind::Admonition { kind: Admonition::Warning, title: None, body };
                self.push(kind, attributes, id, out);
            }
            "section" if attributes.has_class("note") => {
                let body = self.blocks(id);
                self.push(BlockKind::Admonition { kind: Admonition::Note, title: None, body }, attributes, id, out);
            }
            _ => self.group(id, attributes, out),
        }
    }

    /// What an element holds; a group when it says anything of it.
    fn group(&mut self, id: Id, attributes: Attributes, out: &mut Vec<Block>) {
        let body = self.blocks(id);
        if attributes.is_empty() {
            out.extend(body);
        } else if !body.is_empty() || attributes.id.is_some() {
            self.push(BlockKind::Group(body), attributes, id, out);
        }
    }

    fn details(&mut self, id: Id, attributes: Attributes, out: &mut Vec<Block>) {
        let ids: Vec<Id> = self.nodes.children(id).collect();
        let is_summary = |id: &Id| self.nodes.element(*id).is_some_and(|element| element.name == "summary");
        let at = ids.iter().position(is_summary);
        let summary = at.map(|at| trimmed(self.inlines_of(ids[at]))).unwrap_or_default();
        let rest: Vec<Id> = ids.iter().enumerate().filter(|(n, _)| Some(*n) != at).map(|(_, id)| *id).collect();
        let body = self.blocks_of(&rest);
        self.push(BlockKind::Details { summary, body }, attributes, id, out);
    }

    /// Each paragraph is a stanza, each line end of it a line end.
    fn verse(&mut self, id: Id, attributes: Attributes, out: &mut Vec<Block>) {
        let mut first = Some(attributes);
        for block in self.blocks(id) {
            let is_stanza = matches!(&block.kind, BlockKind::Paragraph(_));
            let attributes = if is_stanza { first.take().unwrap_or_default() } else { block.attributes };
            let kind = match block.kind {
                BlockKind::Paragraph(text) => BlockKind::Verse(lines_kept(text)),
                kind => kind,
            };
            out.push(Block { kind, attributes, span: block.span });
        }
    }
}

fn lines_kept(text: Inlines) -> Inlines {
    let kept = text.into_iter().map(|Inline { kind, span }| {
        let kind = match kind {
            InlineKind::SoftBreak => InlineKind::Break,
            InlineKind::Emphasis(text) => InlineKind::Emphasis(lines_kept(text)),
            InlineKind::Strong(text) => InlineKind::Strong(lines_kept(text)),
            InlineKind::Span { attributes, text } => InlineKind::Span { attributes, text: lines_kept(text) },
            kind => kind,
        };
        Inline { kind, span }
    });
    kept.collect()
}

/// A paragraph of its own, unless nothing is left of it.
fn plain_paragraph(text: Inlines, attributes: Attributes, out: &mut Vec<Block>) {
    if let (Some(first), Some(last)) = (text.first(), text.last()) {
        let span = join(first.span, last.span);
        out.push(Block { kind: BlockKind::Paragraph(text), attributes, span });
    }
}

/// Without white space and line ends at both ends.
pub fn trimmed(mut text: Inlines) -> Inlines {
    let start = text.iter().take_while(|inline| is_space(inline)).count();
    text.drain(..start);
    while text.last().is_some_and(is_space) {
        text.pop();
    }
    if let Some(Inline { kind: InlineKind::Text(first), .. }) = text.first_mut() {
        let space = first.len() - first.trim_start_matches(BLANK).len();
        first.drain(..space);
    }
    if let Some(Inline { kind: InlineKind::Text(last), .. }) = text.last_mut() {
        let end = last.trim_end_matches(BLANK).len();
        last.truncate(end);
    }
    text
}

/// White space that only parts words; a no-break space was put there to stay.
const BLANK: [char; 4] = [' ', '\t', '\n', '\r'];

fn is_space(inline: &Inline) -> bool {
    matches!(&inline.kind, InlineKind::SoftBreak | InlineKind::Break)
        || matches!(&inline.kind, InlineKind::Text(text) if text.trim_matches(BLANK).is_empty())
}

/// From the start of one place to the end of another, where both are in one file.
pub fn join(first: Span, last: Span) -> Span {
    if first.file == last.file { Span { end: last.end.max(first.end), ..first } } else { first }
}

/// The blocks of a whole chapter.
pub fn chapter(text: &crate::source::Expanded, options: &crate::source::Options, outcome: &mut Outcome) -> Vec<Block> {
    let blocks = read(&text.text, &text.map, options, outcome);
    super::note::settle(outcome);
    blocks
}
