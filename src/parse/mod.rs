//! Manuscript → Book: reads Markdown, and the HTML in it.
//!
//! In:     [`Manuscript`]: expanded texts, each with a map back to its files.
//! Out:    [`Book`], every block and inline with its place; the manuscript's pictures, read.
//! Faults: `html.*`, `note.*`, `picture.*`, `attribute.*`, `nesting.deep`, `math.off`.
//! Absent: numbers, resolved links, typographic signs.
//!
//! 0. [`formula`] covers the formulas.
//! 1. [`markdown`] and [`html`] turn events and tags into one raw tree ([`node`]), matched and capped by [`grow`].
//! 2. [`block`] and [`inline`] read the tree; [`mod@line`] finds in text what Markdown does not know.
//! 3. [`adjoin`] joins neighbours: captions, file names, attributions.
//! 4. [`picture`] reads each picture once; [`split`] divides a book of one file.

pub mod adjoin;
pub mod attribute;
pub mod block;
pub mod code;
pub mod element;
pub mod figure;
pub mod formula;
pub mod grow;
pub mod html;
pub mod inline;
pub mod line;
mod macros;
pub mod markdown;
pub mod node;
pub mod note;
pub mod picture;
pub mod reader;
pub mod split;
pub mod table;
pub mod term;
pub mod walk;

use crate::base::{FileId, Sink, Span};
use crate::book::{Block, Book, Chapter, Entry, Inline, InlineKind, Inlines, Matter, NoteBody, Part};
use crate::formula as formulas;
use crate::source::folder::{join, parent};
use crate::source::plain::title_of;
use crate::source::{Kind, Manuscript, Map, Options, SourceChapter, SourceEntry};
use picture::{Request, Shown};
use rayon::prelude::*;
use reader::{Outcome, Reader};
use std::collections::BTreeSet;
use walk::Seen;

/// Reads the chapters of a manuscript in parallel, then the pictures they show.
pub fn parse(manuscript: &mut Manuscript, sink: &mut Sink) -> Book {
    let sources = std::mem::take(&mut manuscript.entries);
    let options = &manuscript.options;
    let mut read: Vec<Read> = sources.par_iter().map(|entry| read_entry(entry, options)).collect();
    manuscript.entries = sources;
    for read in &mut read {
        sink.append(std::mem::take(&mut read.sink));
    }
    let src = manuscript.options.src.clone();
    let mut shown: Vec<Shown> = Vec::new();
    for read in &mut read {
        if let Entry::Chapter(chapter) = &mut read.entry
            && !read.requests.is_empty()
        {
            let path = join(&src, &chapter.path).unwrap_or_default();
            let requests = std::mem::take(&mut read.requests);
            shown.push(Shown {
                base: parent(&path).to_owned(),
                requests,
                blocks: &mut chapter.blocks,
                notes: &mut chapter.notes,
            });
        }
    }
    picture::load(manuscript, &mut shown, sink);
    let mut entries: Vec<Entry> = read.into_iter().map(|read| read.entry).collect();
    // A folder takes its title from a heading as it is typed.
    if manuscript.options.kind == Kind::Folder && manuscript.metadata.title.contains(['$', '\\']) {
        let title =
            phrase(&manuscript.metadata.title, Span::top(FileId(0)), &manuscript.options, &mut Outcome::default());
        manuscript.metadata.title = formulas::plain(&title).trim().to_owned();
    }
    if manuscript.options.kind == Kind::File {
        entries = divide(entries, manuscript);
    }
    Book { metadata: manuscript.metadata.clone(), entries, redirects: manuscript.redirects.clone() }
}

struct Read {
    entry: Entry,
    requests: Vec<Request>,
    sink: Sink,
}

fn read_entry(entry: &SourceEntry, options: &Options) -> Read {
    let mut outcome = Outcome::default();
    let entry = match entry {
        SourceEntry::Separator => Entry::Separator,
        SourceEntry::Part(part) => {
            Entry::Part(Part { title: phrase(&part.title, part.span, options, &mut outcome), span: part.span })
        }
        SourceEntry::Chapter(source) => Entry::Chapter(read_chapter(source, options, &mut outcome)),
    };
    Read { entry, requests: outcome.requests, sink: outcome.sink }
}

fn read_chapter(source: &SourceChapter, options: &Options, outcome: &mut Outcome) -> Chapter {
    let mut blocks: Vec<Block> = match &source.text {
        Some(text) => block::chapter(text, options, outcome),
        None => Vec::new(),
    };
    if options.kind == Kind::Folder {
        split::lift_title(&mut blocks);
    }
    // Without `SUMMARY.md` a chapter is called what its own heading says.
    let heading = (options.kind == Kind::Folder).then(|| split::title_of(&blocks)).flatten();
    Chapter {
        title: heading.unwrap_or_else(|| phrase(&source.title, source.span, options, outcome)),
        path: source.path.clone(),
        matter: source.matter,
        depth: source.depth,
        numbered: source.numbered,
        blocks,
        notes: std::mem::take(&mut outcome.notes),
        span: source.span,
    }
}

/// A title that stands outside a chapter's text, as inline Markdown.
fn phrase(title: &str, span: Span, options: &Options, outcome: &mut Outcome) -> Inlines {
    let is_plain =
        |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b',' | b'.' | b':' | b'-' | b'\'') || b >= 0x80;
    if title.bytes().all(is_plain) {
        let text = InlineKind::Text(title.to_owned());
        return if title.is_empty() { Vec::new() } else { vec![Inline { kind: text, span }] };
    }
    let nodes = node::Nodes::new(0);
    let map = Map::fixed(span);
    Reader::new(&nodes, "", &map, options, outcome).phrase(title, span)
}

/// Divides a book of one file at its headings, and names it.
fn divide(entries: Vec<Entry>, manuscript: &mut Manuscript) -> Vec<Entry> {
    let mut out = Vec::new();
    for entry in entries {
        let Entry::Chapter(chapter) = entry else { continue };
        let has_title = !manuscript.metadata.title.is_empty();
        let split = split::split(chapter.blocks, has_title, chapter.span);
        if let Some(title) = split.title.as_ref().filter(|_| !has_title) {
            manuscript.metadata.title = formulas::plain(title).trim().to_owned();
        }
        if manuscript.metadata.title.is_empty() {
            manuscript.metadata.title = title_of(&chapter.path);
        }
        for mut piece in split.pieces {
            // A note called in two chapters stands in both.
            let called = calls(&mut piece.blocks);
            let own: Vec<NoteBody> = chapter.notes.iter().filter(|note| called.contains(&note.name)).cloned().collect();
            let matter = if piece.is_front { Matter::Front } else { Matter::Main };
            let named = split::title_of(&piece.blocks).unwrap_or_else(|| {
                vec![Inline { kind: InlineKind::Text(manuscript.metadata.title.clone()), span: piece.span }]
            });
            out.push(Entry::Chapter(Chapter {
                title: named,
                path: chapter.path.clone(),
                matter,
                depth: 0,
                numbered: !piece.is_front,
                blocks: piece.blocks,
                notes: own,
                span: piece.span,
            }));
        }
    }
    out
}

/// The names of the notes that blocks call.
fn calls(blocks: &mut [Block]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    walk::blocks(blocks, &mut |seen| {
        if let Seen::NoteCall(name) = seen {
            names.insert(name.clone());
        }
    });
    names
}

#[cfg(test)]
mod tests;
