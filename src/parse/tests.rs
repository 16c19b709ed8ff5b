//! What an author writes, and what is read of it, in a short notation: one line a block, two spaces a level.

mod hostile;
mod html;
mod markdown;
mod whole;

use super::reader::Outcome;
use crate::base::{Files, Sink, Span};
use crate::book::{Attributes, Block, BlockKind, Inline, InlineKind, Picture};
use crate::source::{Expanded, Map, Options};
use std::fmt::Write;
use std::path::Path;

struct Told {
    text: String,
    /// `line:column code`, and hints.
    faults: Vec<String>,
    notes: Vec<String>,
}

fn read(markdown: &str) -> Told {
    read_with(markdown, &Options::default())
}

fn read_with(markdown: &str, options: &Options) -> Told {
    let mut files = Files::default();
    let file = files.add(Path::new("a.md"), markdown.to_owned());
    let mut outcome = Outcome::default();
    let text = Expanded { text: markdown.to_owned(), map: Map::of_file(file, 0) };
    let blocks = super::block::chapter(&text, options, &mut outcome);
    spans_lie_in(&blocks, markdown.len());
    let notes = outcome.notes.iter().map(|note| format!("{}: {}", note.name, dump(&note.blocks).trim_end())).collect();
    Told { text: dump(&blocks), faults: faults(&files, &outcome.sink), notes }
}

fn faults(files: &Files, sink: &Sink) -> Vec<String> {
    let told = sink.list().iter().map(|d| {
        let (line, col) = d.at.map(|s| files.line_col(s.file, s.start)).unwrap_or_default();
        format!("{line}:{col} {}", d.code)
    });
    told.collect()
}

/// Asserts that a text is read as told, without any fault.
#[track_caller]
fn is(markdown: &str, told: &str) {
    let read = read(markdown);
    assert_eq!(read.text.trim_end(), told.trim_matches('\n').trim_end(), "{markdown}");
    assert_eq!(read.faults, Vec::<String>::new(), "{markdown}");
}

fn spans_lie_in(blocks: &[Block], length: usize) {
    let check = |span: Span| assert!(span.start <= span.end && span.end as usize <= length, "{span:?}");
    for block in blocks {
        check(block.span);
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => text.iter().for_each(|i| check(i.span)),
            BlockKind::Quote(body) | BlockKind::Group(body) => spans_lie_in(body, length),
            _ => {}
        }
    }
}

fn dump(blocks: &[Block]) -> String {
    let mut out = String::new();
    push(blocks, 0, &mut out);
    out
}

fn push(blocks: &[Block], depth: usize, out: &mut String) {
    for block in blocks {
        let attributes = attributes(&block.attributes);
        let mut line = |text: String| {
            let _ = writeln!(out, "{}{text}{attributes}", "  ".repeat(depth));
        };
        match &block.kind {
            BlockKind::Heading { level, text } => line(format!("h{level} {}", words(text))),
            BlockKind::Paragraph(text) => line(format!("p {}", words(text))),
            BlockKind::Verse(text) => line(format!("verse {}", words(text))),
            BlockKind::Rule => line("rule".to_owned()),
            BlockKind::Picture(picture) => line(picture_words(picture)),
            BlockKind::Code(code) => {
                let title = code.title.as_ref().map(|title| format!(" <{}>", words(title))).unwrap_or_default();
                line(format!("code {}{title} {:?}", code.language, code.text));
            }
            BlockKind::Quote(body) => {
                line("quote".to_owned());
                push(body, depth + 1, out);
            }
            BlockKind::Group(body) => {
                line("group".to_owned());
                push(body, depth + 1, out);
            }
            BlockKind::Admonition { kind, title, body } => {
                let title = title.as_ref().map(|title| format!(" {}", words(title))).unwrap_or_default();
                line(format!("{kind:?}{title}"));
                push(body, depth + 1, out);
            }
            BlockKind::Details { summary, body } => {
                line(format!("details {}", words(summary)));
                push(body, depth + 1, out);
            }
            BlockKind::Figure { body, caption } => {
                let caption = caption.as_ref().map(|caption| words(caption)).unwrap_or_default();
                line(format!("figure {caption}"));
                push(body, depth + 1, out);
            }
            BlockKind::List { start, tight, items } => {
                line(format!("list {start:?} {}", if *tight { "tight" } else { "loose" }));
                for item in items {
                    let task = item.task.map(|task| format!(" {task}")).unwrap_or_default();
                    let _ = writeln!(out, "{}-{task}", "  ".repeat(depth + 1));
                    push(&item.body, depth + 2, out);
                }
            }
            BlockKind::Definitions(list) => {
                line("definitions".to_owned());
                for definition in list {
                    let _ = writeln!(out, "{}{}", "  ".repeat(depth + 1), words(&definition.term));
                    definition.bodies.iter().for_each(|body| push(body, depth + 2, out));
                }
            }
            BlockKind::Formula(formula) => line(format!("formula {}", formula.source.trim())),
            BlockKind::Table(table) => {
                let caption = table.caption.as_ref().map(|caption| words(caption)).unwrap_or_default();
                let columns: Vec<String> =
                    table.columns.iter().map(|c| c.align.map_or("-".to_owned(), |a| format!("{a:?}"))).collect();
                line(format!("table {caption}[{}]", columns.join(" ")));
                for (mark, rows) in [("=", &table.head), ("|", &table.body)] {
                    for row in rows {
                        let cells: Vec<String> = row
                            .cells
                            .iter()
                            .map(|cell| {
                                let head = if cell.is_header { "!" } else { "" };
                                let size = if (cell.columns, cell.rows) == (1, 1) {
                                    String::new()
                                } else {
                                    format!(" {}x{}", cell.columns, cell.rows)
                                };
                                format!("{head}{}{size}", words(&cell.text))
                            })
                            .collect();
                        let _ = writeln!(out, "{}{mark} {}", "  ".repeat(depth + 1), cells.join(" | "));
                    }
                }
            }
        }
    }
}

fn attributes(attributes: &Attributes) -> String {
    let mut out = String::new();
    out.extend(attributes.id.iter().map(|id| format!(" #{id}")));
    out.extend(attributes.classes.iter().map(|class| format!(" .{class}")));
    out.extend(attributes.lang.iter().map(|lang| format!(" lang={lang}")));
    out.extend(attributes.pairs.iter().map(|(key, value)| format!(" {key}={value}")));
    out
}

fn picture_words(picture: &Picture) -> String {
    let alt = picture.alt.as_deref().map(|alt| format!(" {alt:?}")).unwrap_or_default();
    let decorative = if picture.decorative { " decorative" } else { "" };
    let width = picture.width.map(|width| format!(" {width:?}")).unwrap_or_default();
    format!("picture{alt}{decorative}{width}")
}

fn words(inlines: &[Inline]) -> String {
    let words = inlines.iter().map(|inline| match &inline.kind {
        InlineKind::Text(text) => text.clone(),
        InlineKind::Emphasis(text) => format!("<em {}>", words(text)),
        InlineKind::Strong(text) => format!("<strong {}>", words(text)),
        InlineKind::Strike(text) => format!("<strike {}>", words(text)),
        InlineKind::Superscript(text) => format!("<sup {}>", words(text)),
        InlineKind::Subscript(text) => format!("<sub {}>", words(text)),
        InlineKind::Underline(text) => format!("<u {}>", words(text)),
        InlineKind::Keyboard(text) => format!("<kbd {}>", words(text)),
        InlineKind::Abbreviation { expansion, text } => format!("<abbr {expansion:?} {}>", words(text)),
        InlineKind::Code(text) => format!("`{text}`"),
        InlineKind::Link { target, text, .. } => format!("<to {target} {}>", words(text)),
        InlineKind::Span { attributes, text } => format!("<span{} {}>", self::attributes(attributes), words(text)),
        InlineKind::Picture(picture) => format!("<{}>", picture_words(picture)),
        InlineKind::Formula(formula) => {
            format!("<{} {}>", if formula.is_display { "display" } else { "formula" }, formula.source)
        }
        InlineKind::NoteCall(name) => format!("<note {name}>"),
        InlineKind::Index { entry, text } => {
            let sub = entry.sub.as_ref().map(|sub| format!("!{sub}")).unwrap_or_default();
            let see = entry.see.as_ref().map(|see| format!("|{see}")).unwrap_or_default();
            format!("<index {}{sub}{see}:{}>", entry.main, words(text))
        }
        InlineKind::PageOf(target) => format!("<page {target}>"),
        InlineKind::Break => "<br>".to_owned(),
        InlineKind::SoftBreak => "~".to_owned(),
    });
    words.collect()
}
