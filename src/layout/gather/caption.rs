//! Captions: what is numbered, and as what.
//!
//! In:     a block.
//! Out:    whether it counts as a figure or a table; the caption's leaf with its label.
//! Absent: the counting itself.

use crate::base::Lang;
use crate::book::{Block, BlockKind, Inline, inline};
use crate::theme::Wording;

/// What a captioned block is counted as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    Figure,
    Table,
    Equation,
}

/// What a block is counted as: a formula that has an id, for others need no number; a figure or table with a caption that does not begin with a number of the author's own.
/// Captioned code is not counted: its author names it (`Listing 5-1`).
pub fn counted(block: &Block, lang: &Lang) -> Option<Counted> {
    if let BlockKind::Formula(_) = &block.kind {
        let is_named = block.attributes.id.is_some() && !block.attributes.has_class("unnumbered");
        return is_named.then_some(Counted::Equation);
    }
    let (kind, caption) = if let BlockKind::Figure { body, caption } = &block.kind {
        (body_kind(body)?, caption.as_ref()?)
    } else if let BlockKind::Table(table) = &block.kind {
        (Counted::Table, table.caption.as_ref()?)
    } else {
        return None;
    };
    (!caption.is_empty() && !is_labelled(caption, lang)).then_some(kind)
}

/// What an author's own `\\tag{…}` names a formula; the same place is found without reading it.
pub fn tag(source: &str) -> Option<&str> {
    let (_, rest) = source.split_once("\\tag{").or_else(|| source.split_once("\\tag*{"))?;
    rest.split_once('}').map(|(tag, _)| tag)
}

fn body_kind(body: &[Block]) -> Option<Counted> {
    match body.iter().find(|block| !matches!(block.kind, BlockKind::Paragraph(_))).map(|block| &block.kind) {
        Some(BlockKind::Table(_)) => Some(Counted::Table),
        Some(BlockKind::Code(_)) => None,
        Some(_) | None => Some(Counted::Figure),
    }
}

/// Whether a caption begins as the author's own label does: `Figure 4-1: …`.
fn is_labelled(caption: &[Inline], lang: &Lang) -> bool {
    let text = inline::plain(caption);
    let wording = Wording::of(lang);
    let words = [wording.figure, wording.table, "Figure", "Fig.", "Table", "Listing", "Example"];
    words.iter().any(|word| {
        text.trim_start()
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    })
}
