//! Visits the pictures and the calls of notes in blocks already read.
//!
//! In:     blocks.
//! Out:    each [`Seen`], in reading order, to be changed or counted.
//! Absent: why.

use crate::book::{Block, BlockKind, Inline, InlineKind, Picture};

pub enum Seen<'b> {
    Picture(&'b mut Picture),
    /// By the name of the note.
    NoteCall(&'b mut String),
}

/// Visits what stands in the blocks, in reading order.
pub fn blocks(blocks: &mut [Block], see: &mut impl FnMut(Seen)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) | BlockKind::Verse(text) => line(text, see),
            BlockKind::Quote(body) | BlockKind::Group(body) => self::blocks(body, see),
            BlockKind::Admonition { title, body, .. } => {
                line(title.as_mut().map_or(&mut [], |title| title), see);
                self::blocks(body, see);
            }
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self::blocks(&mut item.body, see)),
            BlockKind::Definitions(list) => {
                for definition in list {
                    line(&mut definition.term, see);
                    definition.bodies.iter_mut().for_each(|body| self::blocks(body, see));
                }
            }
            BlockKind::Code(code) => line(code.title.as_mut().map_or(&mut [], |title| title), see),
            BlockKind::Table(table) => {
                line(table.caption.as_mut().map_or(&mut [], |caption| caption), see);
                let rows = table.head.iter_mut().chain(&mut table.body);
                rows.flat_map(|row| &mut row.cells).for_each(|cell| line(&mut cell.text, see));
            }
            BlockKind::Figure { body, caption } => {
                self::blocks(body, see);
                line(caption.as_mut().map_or(&mut [], |caption| caption), see);
            }
            BlockKind::Picture(picture) => see(Seen::Picture(picture)),
            BlockKind::Rule | BlockKind::Formula(_) => {}
            BlockKind::Details { summary, body } => {
                line(summary, see);
                self::blocks(body, see);
            }
        }
    }
}

fn line(inlines: &mut [Inline], see: &mut impl FnMut(Seen)) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Picture(picture) => see(Seen::Picture(picture)),
            InlineKind::Emphasis(text)
            | InlineKind::Strong(text)
            | InlineKind::Strike(text)
            | InlineKind::Superscript(text)
            | InlineKind::Subscript(text)
            | InlineKind::Underline(text)
            | InlineKind::Keyboard(text)
            | InlineKind::Abbreviation { text, .. }
            | InlineKind::Link { text, .. }
            | InlineKind::Span { text, .. }
            | InlineKind::Index { text, .. } => line(text, see),
            InlineKind::NoteCall(name) => see(Seen::NoteCall(name)),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Formula(_)
            | InlineKind::PageOf(_)
            | InlineKind::Break
            | InlineKind::SoftBreak => {}
        }
    }
}
