//! No letter that an author wrote is missing from the tree: the text of every chapter, captions, cells, code and notes
//! that are called included, counted letter by letter.

use bifolio::base::Sink;
use bifolio::book::{Block, BlockKind, Book, Chapter, Entry, InlineKind, Inlines};
use bifolio::theme::Role;
use bifolio::{layout, parse, source};
use std::collections::BTreeMap;
use std::path::Path;

type Letters = BTreeMap<char, usize>;

fn count(text: &str, letters: &mut Letters) {
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *letters.entry(c).or_default() += 1);
}

fn inlines(list: &Inlines, letters: &mut Letters, called: &mut Vec<String>) {
    for inline in list {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => count(text, letters),
            InlineKind::Span { attributes, .. } if attributes.has_class("hidden") => {}
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strike(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Underline(inner)
            | InlineKind::Keyboard(inner)
            | InlineKind::Abbreviation { text: inner, .. }
            | InlineKind::Link { text: inner, .. }
            | InlineKind::Span { text: inner, .. }
            | InlineKind::Index { text: inner, .. } => inlines(inner, letters, called),
            InlineKind::NoteCall(name) => called.push(name.clone()),
            // A formula is shown by other signs than those it is typed with.
            InlineKind::Formula(_) => {}
            InlineKind::Picture(_) | InlineKind::PageOf(_) | InlineKind::Break | InlineKind::SoftBreak => {}
        }
    }
}

fn blocks(list: &[Block], letters: &mut Letters, called: &mut Vec<String>) {
    for block in list.iter().filter(|block| !block.attributes.has_class("hidden")) {
        match &block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) | BlockKind::Verse(text) => {
                inlines(text, letters, called);
            }
            BlockKind::Quote(body) | BlockKind::Group(body) => blocks(body, letters, called),
            BlockKind::Admonition { title, body, .. } => {
                title.iter().for_each(|title| inlines(title, letters, called));
                blocks(body, letters, called);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| blocks(&item.body, letters, called)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    inlines(&definition.term, letters, called);
                    definition.bodies.iter().for_each(|body| blocks(body, letters, called));
                }
            }
            BlockKind::Code(code) => {
                code.title.iter().for_each(|title| inlines(title, letters, called));
                count(&code.text, letters);
            }
            BlockKind::Table(table) => {
                table.caption.iter().for_each(|caption| inlines(caption, letters, called));
                let rows = table.head.iter().chain(&table.body);
                rows.flat_map(|row| &row.cells).for_each(|cell| inlines(&cell.text, letters, called));
            }
            BlockKind::Figure { body, caption } => {
                blocks(body, letters, called);
                caption.iter().for_each(|caption| inlines(caption, letters, called));
            }
            BlockKind::Details { summary, body } => {
                inlines(summary, letters, called);
                blocks(body, letters, called);
            }
            BlockKind::Picture(_) | BlockKind::Formula(_) | BlockKind::Rule => {}
        }
    }
}

/// The letters of a chapter: its blocks, then the notes they call, then the notes that those call.
fn chapter(chapter: &Chapter) -> Letters {
    let mut letters = Letters::new();
    let mut called = Vec::new();
    blocks(&chapter.blocks, &mut letters, &mut called);
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = called.pop() {
        if !seen.contains(&name) {
            let body = chapter.notes.iter().find(|note| note.name == name);
            body.iter().for_each(|note| blocks(&note.blocks, &mut letters, &mut called));
            seen.push(name);
        }
    }
    letters
}

fn chapters(book: &Book) -> impl Iterator<Item = &Chapter> {
    book.entries.iter().filter_map(|entry| match entry {
        Entry::Chapter(chapter) if !chapter.is_draft() => Some(chapter),
        Entry::Chapter(_) | Entry::Part(_) | Entry::Separator => None,
    })
}

/// Lines of the lists that the program makes; they say the author's words a second time.
fn is_made(role: Role) -> bool {
    matches!(role, Role::Imprint | Role::ContentsEntry(_) | Role::ListEntry | Role::IndexLetter | Role::IndexEntry(_))
}

#[test]
fn no_letter_is_lost_on_the_way_to_the_tree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["manuscript", "tests/books/handbook", "tests/books/folder", "tests/books/scripts.md"] {
        let mut sink = Sink::new();
        let mut manuscript = source::read(&root.join(name), &mut sink).unwrap();
        let book = parse::parse(&mut manuscript, &mut sink);
        let tree = layout::settle(&book, &manuscript.theme, &manuscript.pictures, &mut sink);
        let mut written = Letters::new();
        chapters(&book).flat_map(chapter).for_each(|(letter, times)| *written.entry(letter).or_default() += times);
        let mut settled = Letters::new();
        let written_by_author = tree.nodes.iter().filter(|node| !is_made(node.role));
        written_by_author.filter_map(|node| node.text()).for_each(|text| count(&text.string, &mut settled));
        assert!(written.values().sum::<usize>() > 500, "{name} has text");
        for (letter, times) in written {
            let found = settled.get(&letter).copied().unwrap_or(0);
            assert!(found >= times, "{name}: {times} times {letter:?} were written, {found} stand in the tree");
        }
    }
}
