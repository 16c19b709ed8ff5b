//! Blocks → nodes.
//!
//! In:     blocks as written.
//! Out:    nodes of the draft, with roles, levels and languages.
//! Absent: lists, tables, notes (`list.rs`, `table.rs`, `note.rs`).

use super::inline::clean;
use super::{Captioned, DEEPEST, LABEL_GAP, Writer, bare, caption, with_label};
use crate::base::Span;
use crate::book::{Admonition, Attributes, Block, BlockKind, CodeBlock, Formula, Inline, InlineKind, inline};
use crate::layout::gather::caption::Counted;
use crate::layout::tree::{ATOM, Anchor, Atom, AtomAt, Content, Detail, Mark, MarkedRange, Text};
use crate::theme::{Role, Wording};

/// What a block is built with when its attributes are none of its own.
const NO_ATTRIBUTES: &Attributes = &Attributes { id: None, classes: Vec::new(), pairs: Vec::new(), lang: None };

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    pub(super) fn block_list(&mut self, blocks: &[&Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    /// The blocks of a group: its first paragraph is flush, and so is what follows the group.
    pub(super) fn body(&mut self, blocks: &[Block]) {
        self.fresh = true;
        self.blocks(blocks);
        self.fresh = true;
    }

    pub(super) fn block(&mut self, block: &Block) {
        let Block { kind, attributes, span } = block;
        if attributes.has_class("hidden") {
            return;
        }
        match kind {
            BlockKind::Heading { text, .. } if self.in_note => self.strong(text, attributes, *span),
            BlockKind::Heading { level, text } => self.heading(*level, text, attributes, *span),
            BlockKind::Paragraph(text) => self.paragraph(text, attributes, *span),
            BlockKind::Verse(text) => self.verse(text, attributes, *span),
            BlockKind::Quote(body) => self.quote(Role::Quote, body, attributes, *span),
            BlockKind::Admonition { kind, title, body } => {
                let node = self.open(Role::Admonition, Detail::Admonition(*kind), attributes, *span);
                if !self.in_note && title.as_ref().is_some_and(|title| !title.is_empty()) {
                    self.draft.nodes[node].anchor = self.next_heading();
                }
                let words = self.given.wording;
                let word = match kind {
                    Admonition::Note => words.note,
                    Admonition::Tip => words.tip,
                    Admonition::Important => words.important,
                    Admonition::Warning => words.warning,
                    Admonition::Caution => words.caution,
                };
                let title = match title {
                    Some(title) if !title.is_empty() => Some(self.text(title)),
                    // The author has said it: `**Warning:** this book is…`.
                    Some(_) | None if body.first().is_some_and(|first| begins_with_word(first, word)) => None,
                    Some(_) | None => Some(Text::plain(word)),
                };
                if let Some(title) = title {
                    self.leaf_of(Role::AdmonitionTitle, title, NO_ATTRIBUTES, *span);
                }
                self.body(body);
                self.close(node, attributes);
            }
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items, attributes, *span),
            BlockKind::Definitions(list) => self.definitions(list, attributes, *span),
            BlockKind::Code(code) => self.code(code, attributes, *span),
            BlockKind::Table(table) => self.table(table, block),
            BlockKind::Figure { body, caption } => self.figure(body, caption.as_deref(), block),
            BlockKind::Picture(picture) => {
                let placed = self.placed(picture);
                let anchor = self.anchor(attributes);
                let node = self.push(Role::Picture, Content::Picture(placed), Detail::None, attributes, Some(*span));
                self.draft.nodes[node].anchor = anchor;
                self.fresh = true;
            }
            BlockKind::Formula(formula) => self.formula(formula, block),
            BlockKind::Rule => {
                self.push(Role::Ornament, Content::Empty, Detail::None, attributes, Some(*span));
                self.fresh = true;
            }
            BlockKind::Group(body) => self.group(body, attributes, *span),
            BlockKind::Details { summary, body } => {
                let node = self.open(Role::Group, Detail::None, attributes, *span);
                self.strong(summary, NO_ATTRIBUTES, *span);
                self.blocks(body);
                self.close(node, attributes);
                self.fresh = true;
            }
        }
    }

    /// Pushes a leaf; a paragraph that shows nothing hands its places on and makes none.
    pub(super) fn leaf(&mut self, role: Role, text: &[Inline], attributes: &Attributes, at: Span) -> Option<usize> {
        self.enter(attributes.lang.as_ref());
        let text = self.text(text);
        let node = if text.string.is_empty() {
            let marks = text.marks.into_iter();
            let anchors =
                marks.filter_map(|mark| if let Mark::Anchor(anchor) = mark.mark { Some(anchor) } else { None });
            self.carried.extend(anchors);
            let own = self.anchor(attributes);
            self.carried.extend(own);
            None
        } else {
            let anchor = self.anchor(attributes);
            let node = self.leaf_of(role, text, attributes, at);
            self.draft.nodes[node].anchor = anchor;
            Some(node)
        };
        self.leave(attributes.lang.as_ref());
        node
    }

    /// A heading below the title. Levels follow one another: a jump from `#` to `###` is one step.
    fn heading(&mut self, level: u8, text: &[Inline], attributes: &Attributes, at: Span) {
        while self.levels.last().is_some_and(|&open| open >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        let rank = (usize::from(self.draft.depth) + self.levels.len()).min(usize::from(DEEPEST)) as u8;
        self.enter(attributes.lang.as_ref());
        let text = self.text(text);
        let anchor = self.next_heading();
        let listed = !attributes.has_class("unlisted") && !text.string.is_empty();
        self.head(rank, bare(&text), String::new(), listed && anchor.is_some());
        if let (Some(anchor), Some(head)) = (&anchor, self.draft.heads.last_mut()) {
            head.anchor = anchor.clone();
        }
        let node = self.leaf_of(Role::Heading(rank), text, attributes, at);
        self.draft.nodes[node].anchor = anchor;
        self.leave(attributes.lang.as_ref());
        self.fresh = true;
    }

    /// The anchor of the next heading or term, as the register has counted them.
    pub(super) fn next_heading(&mut self) -> Option<Anchor> {
        let anchor = self.names.headings.get(self.headings).cloned();
        self.headings += 1;
        anchor
    }

    fn paragraph(&mut self, text: &[Inline], attributes: &Attributes, at: Span) {
        let by_class = |class: &str| match class {
            "lead" => Some(Role::Lead),
            "small" => Some(Role::Small),
            "center" => Some(Role::Centered),
            "right" => Some(Role::FlushEnd),
            "verse" => Some(Role::Verse),
            _ => None,
        };
        let own = attributes.classes.iter().find_map(|class| by_class(class));
        let running = if self.fresh { Role::BodyFirst } else { Role::Body };
        let role = own.or(self.paragraphs).unwrap_or(running);
        let pushed = if role == Role::Verse {
            self.leaf(role, &lines(text), attributes, at)
        } else {
            self.leaf(role, text, attributes, at)
        };
        if pushed.is_some() {
            self.fresh = role == Role::Lead;
        }
    }

    /// A paragraph that stands for a heading.
    fn strong(&mut self, text: &[Inline], attributes: &Attributes, at: Span) {
        self.fresh = true;
        if let Some(node) = self.leaf(Role::BodyFirst, text, attributes, at)
            && let Content::Leaf(text) = &mut self.draft.nodes[node].content
        {
            text.marks.insert(0, MarkedRange { range: 0..text.string.len() as u32, mark: Mark::Strong });
        }
    }

    fn verse(&mut self, text: &[Inline], attributes: &Attributes, at: Span) {
        self.leaf(Role::Verse, &lines(text), attributes, at);
        self.fresh = true;
    }

    /// A quotation; its last paragraph is the attribution when it begins with a dash.
    fn quote(&mut self, role: Role, body: &[Block], attributes: &Attributes, at: Span) {
        let node = self.open(role, Detail::None, attributes, at);
        let outer = self.paragraphs.take();
        match body.split_last() {
            Some((last, rest)) if begins_with_dash(last) && !rest.is_empty() => {
                self.body(rest);
                if let BlockKind::Paragraph(text) = &last.kind {
                    self.leaf(Role::Attribution, text, &last.attributes, last.span);
                }
            }
            Some(_) | None => self.body(body),
        }
        self.paragraphs = outer;
        self.close(node, attributes);
        self.fresh = true;
    }

    fn group(&mut self, body: &[Block], attributes: &Attributes, at: Span) {
        let has = |class| attributes.has_class(class);
        if has("epigraph") {
            return self.quote(Role::Epigraph, body, attributes, at);
        }
        let role = if has("dedication") { Role::Dedication } else { Role::Group };
        let paragraphs = [
            ("center", Role::Centered),
            ("right", Role::FlushEnd),
            ("small", Role::Small),
            ("lead", Role::Lead),
            ("verse", Role::Verse),
            ("bibliography", Role::Bibliography),
        ];
        let given = paragraphs.iter().find(|(class, _)| has(class)).map(|(_, role)| *role);
        let node = self.open(role, Detail::None, attributes, at);
        let outer = self.paragraphs;
        self.paragraphs = if role == Role::Dedication { None } else { given.or(outer) };
        self.body(body);
        self.paragraphs = outer;
        self.close(node, attributes);
    }

    fn code(&mut self, code: &CodeBlock, attributes: &Attributes, at: Span) {
        if let Some(title) = &code.title {
            self.leaf(Role::CodeTitle, title, NO_ATTRIBUTES, at);
        }
        let anchor = self.anchor(attributes);
        let text = Text::plain(code.text.chars().filter_map(clean).collect::<String>());
        let node = self.leaf_of(Role::Code, text, attributes, at);
        self.draft.nodes[node].detail = Detail::Code { language: code.language.clone() };
        self.draft.nodes[node].anchor = anchor;
        self.fresh = true;
    }

    /// A formula on lines of its own, with its number behind it.
    fn formula(&mut self, written: &Formula, block: &Block) {
        let numbered = self.count(block);
        let anchor = match &numbered {
            Some((_, anchor)) => Some(anchor.clone()),
            None => self.anchor(&block.attributes),
        };
        let read = self.formula_of(written);
        let own = read.as_ref().and_then(|read| read.tag.clone());
        let tag = match (own, numbered) {
            (Some(tag), _) => tag,
            (None, Some(_)) if caption::tag(&written.source).is_none() => {
                self.equations += 1;
                format!("({})", self.equations - 1)
            }
            (None, _) => String::new(),
        };
        let node = match read {
            Some(read) => {
                let mut text = Text::plain(ATOM);
                text.atoms.push(AtomAt { at: 0, atom: Atom::Formula(read) });
                if !tag.is_empty() {
                    text.string.push_str(LABEL_GAP);
                    let start = text.string.len() as u32;
                    text.string.push_str(&tag);
                    text.marks.push(MarkedRange { range: start..text.string.len() as u32, mark: Mark::Label });
                }
                self.leaf_of(Role::Formula, text, &block.attributes, block.span)
            }
            None => {
                let text = Text::plain(written.source.trim().chars().filter_map(clean).collect::<String>());
                let node = self.leaf_of(Role::Code, text, &block.attributes, block.span);
                self.draft.nodes[node].detail = Detail::Code { language: "latex".to_owned() };
                node
            }
        };
        self.draft.nodes[node].anchor = anchor;
        self.fresh = true;
    }

    fn figure(&mut self, body: &[Block], caption: Option<&[Inline]>, block: &Block) {
        let numbered = self.count(block);
        let node = self.open(Role::Figure, Detail::None, &block.attributes, block.span);
        if let Some((_, anchor)) = &numbered {
            self.draft.nodes[node].anchor = Some(anchor.clone());
        }
        let outer = self.paragraphs.take();
        self.body(body);
        self.paragraphs = outer;
        if let Some(caption) = caption {
            self.caption(caption, numbered, block.span);
        }
        self.close(node, &block.attributes);
        self.fresh = true;
    }

    /// The number and anchor of a figure or table that is numbered.
    pub(super) fn count(&mut self, block: &Block) -> Option<(Counted, Anchor)> {
        if self.in_note {
            return None;
        }
        let counted = caption::counted(block, self.given.lang)?;
        let anchor = self.names.counted.get(self.counted).cloned()?;
        self.counted += 1;
        self.claimed.insert(anchor.clone());
        Some((counted, anchor))
    }

    pub(super) fn caption(&mut self, caption: &[Inline], numbered: Option<(Counted, Anchor)>, at: Span) {
        let text = self.text(caption);
        let Some((counted, anchor)) = numbered else {
            if !text.string.is_empty() {
                let node = self.leaf_of(Role::Caption, text, NO_ATTRIBUTES, at);
                self.draft.nodes[node].detail = Detail::Caption { number: String::new() };
            }
            return;
        };
        let (word, number) = match counted {
            Counted::Figure => (self.given.wording.figure, &mut self.figures),
            Counted::Table => (self.given.wording.table, &mut self.tables),
            // Formulas have no captions.
            Counted::Equation => (self.given.wording.equation, &mut self.equations),
        };
        let label = Wording::numbered(word, &number.to_string());
        *number += 1;
        self.draft.captions.push(Captioned { counted, label: label.clone(), caption: bare(&text), anchor });
        let node = self.leaf_of(Role::Caption, with_label(text, &label), NO_ATTRIBUTES, at);
        self.draft.nodes[node].detail = Detail::Caption { number: label };
    }
}

/// Verse keeps its lines: every line end is one that the author asked for.
fn lines(text: &[Inline]) -> Vec<Inline> {
    text.iter()
        .map(|inline| {
            let kind = match &inline.kind {
                InlineKind::SoftBreak => InlineKind::Break,
                InlineKind::Emphasis(inner) => InlineKind::Emphasis(lines(inner)),
                InlineKind::Strong(inner) => InlineKind::Strong(lines(inner)),
                InlineKind::Span { attributes, text } => {
                    InlineKind::Span { attributes: attributes.clone(), text: lines(text) }
                }
                kind => kind.clone(),
            };
            Inline { kind, span: inline.span }
        })
        .collect()
}

/// Whether a paragraph begins with a word and a sign that parts it from the rest.
fn begins_with_word(block: &Block, word: &str) -> bool {
    let BlockKind::Paragraph(text) = &block.kind else { return false };
    let text = inline::plain(text);
    let Some((head, rest)) = text.trim_start().split_at_checked(word.len()) else { return false };
    head.eq_ignore_ascii_case(word) && rest.starts_with([':', '.', '!', '—'])
}

fn begins_with_dash(block: &Block) -> bool {
    let BlockKind::Paragraph(text) = &block.kind else { return false };
    let text = inline::plain(text);
    ["—", "―", "–", "--"].iter().any(|dash| text.trim_start().starts_with(dash))
}
