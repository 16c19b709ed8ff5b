//! One Markdown file as a whole book: where its chapters begin.
//!
//! In:     the blocks of the file.
//! Out:    the book's title, where the file has one, and chapters.
//! Absent: other kinds of manuscripts.
//!
//! - Several headings of level 1: each opens a chapter. If nothing stands between the first and the second, the first is the
//!   book's title (unless the front matter gives one).
//! - One heading of level 1 at the top, and at least two of level 2: the first is the book's title, the others open
//!   chapters; their headings move up a level. Text between them comes before the first chapter.
//! - Anything else is a book of one chapter, titled as the book.

use super::block::join;
use crate::base::Span;
use crate::book::{Attributes, Block, BlockKind, Inline, InlineKind, Inlines, inline};

/// A heading that opens a file, of a lower level than 1 but above all others, is the title of the chapter.
pub fn lift_title(blocks: &mut [Block]) {
    let Some(top) = blocks.first().and_then(level_of).filter(|level| *level > 1) else { return };
    if blocks.iter().skip(1).filter_map(level_of).any(|level| level <= top) {
        return;
    }
    for block in blocks {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            *level = level.saturating_sub(top - 1).max(1);
        }
    }
}

pub struct Split {
    /// The heading that is the book's title.
    pub title: Option<Inlines>,
    pub pieces: Vec<Piece>,
}

pub struct Piece {
    pub blocks: Vec<Block>,
    /// It stands before the first chapter.
    pub is_front: bool,
    pub span: Span,
}

/// `has_title`: the front matter names the book.
pub fn split(mut blocks: Vec<Block>, has_title: bool, whole: Span) -> Split {
    let count = |level: u8| blocks.iter().filter(|block| level_of(block) == Some(level)).count();
    let (ones, twos) = (count(1), count(2));
    let is_at_top = blocks.first().and_then(level_of) == Some(1);
    let mut title = None;
    let level = match (ones, is_at_top) {
        (1, true) if twos >= 2 && !has_title => {
            title = take_title(&mut blocks);
            for block in &mut blocks {
                if let BlockKind::Heading { level, .. } = &mut block.kind {
                    *level = level.saturating_sub(1).max(1);
                }
            }
            1
        }
        (0, _) if twos >= 2 => {
            for block in &mut blocks {
                if let BlockKind::Heading { level, .. } = &mut block.kind {
                    *level -= 1;
                }
            }
            1
        }
        (2.., true) if !has_title && blocks.get(1).and_then(level_of) == Some(1) => {
            title = take_title(&mut blocks);
            1
        }
        (2.., _) => 1,
        (_, _) => {
            let heading = blocks.iter().find_map(|block| heading_of(block, 1)).filter(|_| !has_title);
            let pieces = vec![Piece { blocks, is_front: false, span: whole }];
            return Split { title: heading, pieces };
        }
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for block in blocks {
        match pieces.last_mut() {
            Some(piece) if level_of(&block) != Some(level) => {
                piece.span = join(piece.span, block.span);
                piece.blocks.push(block);
            }
            Some(_) | None => {
                let is_front = level_of(&block) != Some(level);
                pieces.push(Piece { is_front, span: block.span, blocks: vec![block] });
            }
        }
    }
    Split { title, pieces }
}

fn level_of(block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    }
}

fn heading_of(block: &Block, wanted: u8) -> Option<Inlines> {
    match &block.kind {
        BlockKind::Heading { level, text } if *level == wanted => Some(text.clone()),
        _ => None,
    }
}

/// Takes the heading at the top; what links to it leads to the first block after it.
fn take_title(blocks: &mut Vec<Block>) -> Option<Inlines> {
    let Block { kind: BlockKind::Heading { text, .. }, attributes, .. } = blocks.remove(0) else { return None };
    if let (Some(id), Some(first)) = (attributes.id, blocks.first_mut()) {
        put_place(id, first);
    }
    Some(text)
}

/// Puts a place that links lead to at the start of a block, which keeps its own name.
fn put_place(id: String, block: &mut Block) {
    let span = Span { end: block.span.start, ..block.span };
    match &mut block.kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => {
            let attributes = Attributes { id: Some(id), ..Attributes::default() };
            text.insert(0, Inline { kind: InlineKind::Span { attributes, text: Vec::new() }, span });
        }
        _ => block.attributes.id = block.attributes.id.take().or(Some(id)),
    }
}

/// The title of a chapter by its first heading of level 1.
pub fn title_of(blocks: &[Block]) -> Option<Inlines> {
    let title = blocks.iter().find_map(|block| heading_of(block, 1))?;
    (!inline::plain(&title).trim().is_empty()).then_some(title)
}
