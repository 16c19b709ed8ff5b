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
}

/// What a block is counted as: a figure or table with a caption that does not begin with a number of the author's own.
/// Captioned code is not counted: its author names it (`Listing 5-1`).
pub fn counted(block: &Block, lang: &Lang) -> Option<Counted> {
    let (kind, caption) = match &block.kind {
        BlockKind::Figure { body, caption: Some(caption) } => (body_kind(body)?, caption),
        BlockKind::Table(table) => (Counted::Table, table.caption.as_ref()?),
        _ => return None,
    };
    (!caption.is_empty() && !is_labelled(caption, lang)).then_some(kind)
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
