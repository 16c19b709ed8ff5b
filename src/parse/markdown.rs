//! The door to `pulldown-cmark`: Markdown → the raw tree.
//!
//! In:     an expanded text.
//! Out:    [`Nodes`], Markdown and raw HTML in one tree.
//! Faults: those of `grow`.
//! Absent: what the nodes mean in a book.
//!
//! The extensions are those of mdBook 0.5: tables, footnotes, strikethrough, task lists, attributes of headings, and by the
//! book's settings definition lists and alerts. Typographic signs are left to `layout`, which knows the language.

use super::attribute::{language, of_heading};
use super::formula::Ranges;
use super::grow::Grower;
use super::html::{self, TokenKind};
use super::node::{Kind, Nodes};
use crate::base::Sink;
use crate::book::{Admonition, Align, Attributes};
use crate::source::{Map, Options};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// What of a text is text, and what is code.
pub fn ranges(text: &str, options: &Options) -> Ranges {
    let mut out = Ranges::default();
    let mut in_code = false;
    let mut block = HtmlBlock::default();
    for (event, range) in Parser::new_ext(text, flags(options)).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                in_code = true;
                out.codes.push(range);
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => out.texts.push(range),
            Event::Start(Tag::HtmlBlock) => block = HtmlBlock::default(),
            Event::Html(html) => block.push(&html, range),
            Event::End(TagEnd::HtmlBlock) => html_texts(&std::mem::take(&mut block), &mut out),
            // The text in `<code>…</code>` is code.
            Event::InlineHtml(html) if html.starts_with("<code") => in_code = true,
            Event::InlineHtml(html) if html.starts_with("</code") => in_code = false,
            Event::End(TagEnd::Paragraph) => in_code = false,
            Event::Code(_) => out.codes.push(range),
            _other => {}
        }
    }
    out
}

/// The text of a block of HTML, outside of code and of what is not shown.
fn html_texts(block: &HtmlBlock, out: &mut Ranges) {
    const SKIPPED: [&str; 4] = ["code", "pre", "script", "style"];
    let mut skipped = 0_usize;
    for token in html::tokens(&block.html) {
        match &token.kind {
            TokenKind::Start { name, is_closed, .. } if SKIPPED.contains(&&**name) => {
                skipped += usize::from(!is_closed);
            }
            TokenKind::End { name } if SKIPPED.contains(&&**name) => skipped = skipped.saturating_sub(1),
            TokenKind::Text(_) if skipped == 0 && !token.range.is_empty() => {
                out.raws.push(block.place(token.range.start)..block.place(token.range.end - 1) + 1);
            }
            TokenKind::Start { .. } | TokenKind::End { .. } | TokenKind::Text(_) => {}
        }
    }
}

/// Reads a text with blocks.
pub fn read<'a>(text: &'a str, map: &Map, options: &Options, sink: &mut Sink) -> Nodes<'a> {
    grow(text, map, flags(options), sink)
}

fn flags(options: &Options) -> pulldown_cmark::Options {
    let mut flags = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_FOOTNOTES
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
        | pulldown_cmark::Options::ENABLE_TASKLISTS
        | pulldown_cmark::Options::ENABLE_HEADING_ATTRIBUTES;
    flags.set(pulldown_cmark::Options::ENABLE_DEFINITION_LIST, options.definition_lists);
    flags.set(pulldown_cmark::Options::ENABLE_GFM, options.admonitions);
    flags
}

/// Reads a title or a caption: one line, whose start has no meaning as a block. `text` must begin with `# `.
pub fn read_line<'a>(text: &'a str, map: &Map, sink: &mut Sink) -> Nodes<'a> {
    grow(text, map, pulldown_cmark::Options::ENABLE_STRIKETHROUGH, sink)
}

fn grow<'a>(text: &'a str, map: &Map, flags: pulldown_cmark::Options, sink: &mut Sink) -> Nodes<'a> {
    let mut grower = Grower::new(text, map, sink);
    let mut block = HtmlBlock::default();
    let mut heading_tail: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(text, flags).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => block = HtmlBlock::default(),
            Event::End(TagEnd::HtmlBlock) => {
                let block = std::mem::take(&mut block);
                grower.html(html::tokens(&block.html), |at| block.place(at));
            }
            Event::Html(html) => block.push(&html, range),
            Event::InlineHtml(html) => grower.html(html::tokens(&html), |at| range.start + at),
            Event::End(TagEnd::Heading(_)) => {
                if let Some(braces) = heading_tail.take() {
                    grower.leaf(Kind::Text(Cow::Borrowed(&text[braces.clone()])), braces);
                }
                grower.close(&range);
            }
            Event::Start(tag) => {
                let mut kind = kind(tag, map, &range, grower.sink());
                if let Kind::Heading { attributes, .. } = &mut kind
                    && !attributes.is_empty()
                {
                    heading_tail = tail(text, &range);
                    if heading_tail.is_some() {
                        *attributes = Attributes::default();
                    }
                }
                grower.open(kind, range);
            }
            Event::End(_) => grower.close(&range),
            Event::Text(text) => grower.leaf(Kind::Text(cow(text)), range),
            Event::Code(text) => grower.leaf(Kind::Code(cow(text)), range),
            // Formulas are covered before Markdown is read; should any come, they are text.
            Event::InlineMath(text) | Event::DisplayMath(text) => grower.leaf(Kind::Text(cow(text)), range),
            Event::FootnoteReference(name) => grower.leaf(Kind::NoteCall(cow(name)), range),
            Event::SoftBreak => grower.leaf(Kind::SoftBreak, range),
            Event::HardBreak => grower.leaf(Kind::HardBreak, range),
            Event::Rule => grower.leaf(Kind::Rule, range),
            Event::TaskListMarker(is_done) => grower.leaf(Kind::Task(is_done), range),
        }
    }
    grower.finish()
}

/// The braces at the end of a heading when they stand directly after a span, a link or code, and so belong to that:
/// `## The siege of [Xocalı]{lang=az}`.
fn tail(text: &str, heading: &Range<usize>) -> Option<Range<usize>> {
    let written = text.get(heading.clone())?.lines().next()?.trim_end();
    let open = written.rfind('{').filter(|_| written.ends_with('}'))?;
    let is_direct = written[..open].ends_with([']', ')', '`']);
    is_direct.then(|| heading.start + open..heading.start + written.len())
}

fn kind<'a>(tag: Tag<'a>, map: &Map, range: &Range<usize>, sink: &mut Sink) -> Kind<'a> {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::Paragraph,
        Tag::Heading { level, id, classes, attrs } => {
            let pairs = attrs.into_iter().map(|(key, value)| (key.into_string(), value.map(CowStr::into_string)));
            let classes = classes.into_iter().map(CowStr::into_string).collect();
            let mut attributes = of_heading(id.map(CowStr::into_string), classes, pairs);
            language(&mut attributes, map.span(range.clone()), sink);
            Kind::Heading { level: level as u8, attributes }
        }
        Tag::BlockQuote(kind) => Kind::Quote(kind.map(|kind| match kind {
            BlockQuoteKind::Note => Admonition::Note,
            BlockQuoteKind::Tip => Admonition::Tip,
            BlockQuoteKind::Important => Admonition::Important,
            BlockQuoteKind::Warning => Admonition::Warning,
            BlockQuoteKind::Caution => Admonition::Caution,
        })),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Kind::CodeBlock(Some(cow(info))),
        Tag::CodeBlock(CodeBlockKind::Indented) => Kind::CodeBlock(None),
        Tag::List(start) => Kind::List(start),
        Tag::Item => Kind::Item,
        Tag::FootnoteDefinition(name) => Kind::NoteBody(cow(name)),
        Tag::DefinitionList => Kind::Definitions,
        Tag::DefinitionListTitle => Kind::Term,
        Tag::DefinitionListDefinition => Kind::Definition,
        Tag::Table(columns) => Kind::Table(columns.into_iter().map(align).collect()),
        Tag::TableHead => Kind::TableHead,
        Tag::TableRow => Kind::TableRow,
        Tag::TableCell => Kind::TableCell,
        Tag::Emphasis => Kind::Emphasis,
        Tag::Strong => Kind::Strong,
        Tag::Strikethrough => Kind::Strike,
        Tag::Superscript => Kind::Superscript,
        Tag::Subscript => Kind::Subscript,
        Tag::Link { link_type: LinkType::Email, dest_url, title, .. } => {
            Kind::Link { target: Cow::Owned(format!("mailto:{dest_url}")), title: cow(title) }
        }
        Tag::Link { dest_url, title, .. } => Kind::Link { target: cow(dest_url), title: cow(title) },
        Tag::Image { dest_url, title, .. } => Kind::Picture { target: cow(dest_url), title: cow(title) },
    }
}

fn align(alignment: Alignment) -> Option<Align> {
    match alignment {
        Alignment::None => None,
        Alignment::Left => Some(Align::Start),
        Alignment::Center => Some(Align::Center),
        Alignment::Right => Some(Align::End),
    }
}

fn cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        CowStr::Boxed(_) | CowStr::Inlined(_) => Cow::Owned(text.into_string()),
    }
}

/// A block of HTML, gathered from its lines: in a quote each stands apart in the text.
#[derive(Default)]
struct HtmlBlock {
    html: String,
    /// Where each line starts in `html`, and in the text.
    lines: Vec<(usize, usize)>,
}

impl HtmlBlock {
    fn push(&mut self, line: &str, range: Range<usize>) {
        self.lines.push((self.html.len(), range.start));
        self.html.push_str(line);
    }

    fn place(&self, at: usize) -> usize {
        let after = self.lines.partition_point(|(start, _)| *start <= at);
        self.lines.get(after.saturating_sub(1)).map_or(0, |(start, from)| from + (at - start))
    }
}
