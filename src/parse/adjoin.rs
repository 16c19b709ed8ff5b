//! What neighbouring blocks mean to each other: captions, file names over code, attributions under quotes.
//!
//! In:     the blocks of one body, in order.
//! Out:    the same with those joined that belong together.
//! Absent: numbers.

use super::table::caption_of;
use crate::book::{Admonition, Attributes, Block, BlockKind, Inline, InlineKind, Inlines};

/// Joins what belongs together.
pub fn settle(blocks: Vec<Block>) -> Vec<Block> {
    let has_partner =
        |block: &Block| matches!(block.kind, BlockKind::Table(_) | BlockKind::Code(_) | BlockKind::Picture(_));
    let is_joined = |block: &Block| matches!(&block.kind, BlockKind::Paragraph(text) if is_caption(text) || file_name(text).is_some());
    if !blocks.iter().any(has_partner) || !blocks.iter().any(is_joined) {
        return blocks;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        match &mut block.kind {
            // Over a table or code.
            BlockKind::Table(table) if table.caption.is_none() => {
                if let Some((caption, attributes)) = out.last().and_then(caption_before) {
                    out.pop();
                    table.caption = Some(caption);
                    merge(&mut block.attributes, attributes);
                }
                out.push(block);
            }
            BlockKind::Code(code) if code.title.is_none() => {
                let name = out
                    .last()
                    .and_then(|last| if let BlockKind::Paragraph(text) = &last.kind { file_name(text) } else { None });
                if let Some(name) = name {
                    out.pop();
                    code.title = Some(name);
                }
                out.push(block);
            }
            // Under a table or picture.
            BlockKind::Paragraph(text) => {
                let is_taken = out.last_mut().is_some_and(|last| take_below(last, text));
                if !is_taken {
                    out.push(block);
                }
            }
            _other => out.push(block),
        }
    }
    out
}

fn is_caption(text: &Inlines) -> bool {
    caption_span(text).is_some()
        || matches!(text.first(), Some(Inline { kind: InlineKind::Text(first), .. }) if first.starts_with("Table:"))
}

fn caption_before(block: &Block) -> Option<(Inlines, Attributes)> {
    let BlockKind::Paragraph(text) = &block.kind else { return None };
    caption_of(text).or_else(|| Some((caption_span(text)?.clone(), Attributes::default())))
}

/// Takes the paragraph under a table or picture as its caption, where it is one.
fn take_below(above: &mut Block, text: &Inlines) -> bool {
    if let BlockKind::Table(table) = &mut above.kind
        && table.caption.is_none()
        && let Some((caption, attributes)) = caption_of(text)
    {
        table.caption = Some(caption);
        merge(&mut above.attributes, attributes);
        return true;
    }
    if let BlockKind::Picture(picture) = &above.kind
        && let Some(caption) = caption_span(text)
    {
        let picture = BlockKind::Picture(picture.clone());
        let body = vec![Block { kind: picture, attributes: Attributes::default(), span: above.span }];
        above.kind = BlockKind::Figure { body, caption: Some(caption.clone()) };
        return true;
    }
    false
}

fn merge(attributes: &mut Attributes, found: Attributes) {
    attributes.id = attributes.id.take().or(found.id);
    attributes.classes.extend(found.classes);
    attributes.pairs.extend(found.pairs);
}

/// `<span class="caption">…</span>` alone in a paragraph.
fn caption_span(text: &Inlines) -> Option<&Inlines> {
    lone_span(text, &["caption"])
}

/// `<span class="filename">Filename: src/main.rs</span>` alone in a paragraph; the word before the name is dropped.
fn file_name(text: &Inlines) -> Option<Inlines> {
    let mut name = lone_span(text, &["filename", "file-name"])?.clone();
    if let Some(InlineKind::Text(first)) = name.first_mut().map(|inline| &mut inline.kind)
        && let Some(bare) = first.strip_prefix("Filename: ")
    {
        *first = bare.to_owned();
    }
    Some(name)
}

fn lone_span<'t>(text: &'t Inlines, classes: &[&str]) -> Option<&'t Inlines> {
    let [Inline { kind: InlineKind::Span { attributes, text }, .. }] = text.as_slice() else { return None };
    classes.iter().any(|class| attributes.has_class(class)).then_some(text)
}

/// A quotation; a last paragraph that begins with a dash names its author.
pub fn quote(mut body: Vec<Block>) -> BlockKind {
    let is_long = body.len() > 1;
    if let Some(Block { kind: BlockKind::Paragraph(text), attributes, .. }) = body.last_mut() {
        if is_long && begins_with_dash(text) {
            attributes.classes.push("attribution".to_owned());
        } else if let Some(at) = text.iter().rposition(|inline| matches!(inline.kind, InlineKind::Break)) {
            // After a line end that the author asked for.
            if begins_with_dash(&text[at + 1..]) {
                let named = text.split_off(at + 1);
                text.pop();
                let span = named.first().map_or(body_span(&body), |inline| inline.span);
                let attributes = Attributes { classes: vec!["attribution".to_owned()], ..Attributes::default() };
                body.push(Block { kind: BlockKind::Paragraph(named), attributes, span });
            }
        }
    }
    BlockKind::Quote(body)
}

fn body_span(body: &[Block]) -> crate::base::Span {
    body.last().map_or(crate::base::Span::top(crate::base::FileId(0)), |block| block.span)
}

fn begins_with_dash(text: &[Inline]) -> bool {
    match text.first().map(|inline| &inline.kind) {
        Some(InlineKind::Text(first)) => {
            ["\u{2014}", "\u{2015}", "--", "\u{2013} "].iter().any(|dash| first.trim_start().starts_with(dash))
        }
        Some(_) | None => false,
    }
}

/// A quotation in a book of the preprocessor `trpl-note`: one that begins with `Note:` or a heading is a note.
pub fn quoted_note(mut body: Vec<Block>) -> BlockKind {
    const KEY: &str = "Note: ";
    let note = |title, body| BlockKind::Admonition { kind: Admonition::Note, title, body };
    match body.first_mut().map(|block| &mut block.kind) {
        Some(BlockKind::Heading { text, .. }) => {
            let title = std::mem::take(text);
            body.remove(0);
            note(Some(title), body)
        }
        Some(BlockKind::Paragraph(text)) => match text.first_mut().map(|inline| &mut inline.kind) {
            Some(InlineKind::Text(first)) if first.starts_with(KEY) => {
                first.drain(..KEY.len());
                note(None, body)
            }
            Some(_) | None => quote(body),
        },
        Some(_) | None => quote(body),
    }
}
