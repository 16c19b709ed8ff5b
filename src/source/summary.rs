//! `SUMMARY.md` → the list of chapters.
//!
//! In:     the text of `SUMMARY.md`, read as plain CommonMark as mdBook does.
//! Out:    [`Listed`] parts, chapters and separators in reading order.
//! Faults: `summary.item`, `summary.suffix`, `summary.duplicate`, `summary.link`; all of them in one run.
//! Absent: files; whether a chapter's file is there, `read` finds.
//!
//! Grammar: mdBook's guide, "SUMMARY.md"; `crates/mdbook-summary/src/lib.rs`. Two things are kinder here: a paragraph
//! without a link does not end the numbered chapters, and one fault does not hide the next.

use super::folder::join;
use super::plain::is_markdown;
use super::text::decode_percent;
use crate::base::{Diagnostic, FileId, Sink, Span};
use crate::book::Matter;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Listed {
    Part { title: String, span: Span },
    Chapter(ListedChapter),
    Separator,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedChapter {
    /// Inline Markdown, as it stands between the brackets.
    pub title: String,
    /// Relative to the `src` folder; empty for a draft.
    pub path: String,
    pub matter: Matter,
    pub depth: u8,
    pub numbered: bool,
    pub span: Span,
}

pub fn read(text: &str, file: FileId, sink: &mut Sink) -> Vec<Listed> {
    let mut reader =
        Reader { text, file, sink, out: Vec::new(), known: BTreeMap::new(), matter: Matter::Front, lists: 0 };
    let mut events = Parser::new(text).into_offset_iter().peekable();
    let mut is_first = true;
    // Whether the list item now open still waits for its link.
    let mut waits = false;
    let mut told_suffix = false;
    while let Some((event, range)) = events.next() {
        match event {
            // A link with `---` on the next line is a chapter and a separator to its author, a heading to CommonMark.
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) if !text[range.start..].starts_with('#') => {}
            Event::End(TagEnd::Heading(HeadingLevel::H2)) => reader.out.push(Listed::Separator),
            Event::Start(Tag::Heading { level, .. }) => {
                let inner = skip_to(&mut events, TagEnd::Heading(level));
                // The first heading is the title of the list itself.
                if level == HeadingLevel::H1 && !is_first {
                    reader.part(inner, range, &mut told_suffix);
                }
                is_first = false;
            }
            Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(Tag::List(_)) => {
                is_first = false;
                if reader.matter == Matter::Back && reader.lists == 0 && !told_suffix {
                    told_suffix = true;
                    let told =
                        Diagnostic::error("summary.suffix", "a list of chapters cannot follow the suffix chapters");
                    reader.sink.push(
                        told.at(reader.span(range.clone()))
                            .hint("put the links before it into a list too, or the list before them"),
                    );
                } else if reader.matter == Matter::Front {
                    reader.matter = Matter::Main;
                }
                if waits {
                    reader.item_without_link(range.clone());
                }
                waits = false;
                reader.lists += 1;
            }
            Event::End(TagEnd::List(_)) => reader.lists = reader.lists.saturating_sub(1),
            Event::Start(Tag::Item) => waits = true,
            Event::End(TagEnd::Item) => {
                if waits {
                    reader.item_without_link(range);
                }
                waits = false;
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                is_first = false;
                let inner = skip_to(&mut events, TagEnd::Link);
                if reader.lists > 0 && !waits {
                    continue;
                }
                waits = false;
                reader.link(&dest_url, inner, range);
            }
            Event::Rule => reader.out.push(Listed::Separator),
            Event::Text(_) | Event::Code(_) if waits => {
                reader.item_without_link(range);
                waits = false;
            }
            _other => is_first = false,
        }
    }
    reader.out
}

/// Takes events up to the end of an element, and hands back the range of what was within.
fn skip_to<'a>(events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>, end: TagEnd) -> Option<Range<usize>> {
    let mut inner: Option<Range<usize>> = None;
    for (event, range) in events {
        if event == Event::End(end) {
            break;
        }
        inner = Some(match inner {
            Some(inner) => inner.start.min(range.start)..inner.end.max(range.end),
            None => range,
        });
    }
    inner
}

struct Reader<'a, 's> {
    text: &'a str,
    file: FileId,
    sink: &'s mut Sink,
    out: Vec<Listed>,
    /// The files listed so far and where.
    known: BTreeMap<String, Span>,
    matter: Matter,
    /// Lists now open.
    lists: usize,
}

impl Reader<'_, '_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn raw(&self, inner: Option<Range<usize>>) -> String {
        let raw = inner.and_then(|inner| self.text.get(inner)).unwrap_or_default();
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn part(&mut self, inner: Option<Range<usize>>, range: Range<usize>, told_suffix: &mut bool) {
        if self.matter == Matter::Back && !*told_suffix {
            *told_suffix = true;
            let told = Diagnostic::error("summary.suffix", "a part cannot follow the suffix chapters");
            self.sink.push(told.at(self.span(range.clone())).hint("put the links before it into a list"));
        }
        self.matter = Matter::Main;
        let span = self.span(range);
        self.out.push(Listed::Part { title: self.raw(inner), span });
    }

    fn link(&mut self, written: &str, inner: Option<Range<usize>>, range: Range<usize>) {
        let span = self.span(range);
        // Out of a list: before the first list the front matter, after it the back matter.
        if self.lists == 0 && self.matter == Matter::Main {
            self.matter = Matter::Back;
        }
        if written.contains("://") || written.starts_with("mailto:") {
            let message = format!("\"{written}\" is not a file of this book");
            let told = Diagnostic::warning("summary.link", message).at(span);
            self.sink.push(told.hint("it is left out; a chapter is a .md file in the folder of the chapters"));
            return;
        }
        // GitBook lists sections of a chapter below it, which the contents show by themselves.
        let (file, has_section) = match written.split_once('#') {
            Some((file, _)) if is_markdown(file) => (file, true),
            Some(_) | None => (written, false),
        };
        let written = decode_percent(file);
        let is_absolute = written.starts_with(['/', '\\']);
        let path = if is_absolute { written } else { join("", &written).unwrap_or(written) };
        if !path.is_empty() {
            if self.known.contains_key(&path) {
                if has_section {
                    return;
                }
                let told = Diagnostic::error("summary.duplicate", format!("\"{path}\" is listed twice")).at(span);
                self.sink.push(told.hint("each file is one chapter: list it once"));
                return;
            }
            self.known.insert(path.clone(), span);
        }
        let numbered = self.matter == Matter::Main;
        let depth = u8::try_from(self.lists.saturating_sub(1)).unwrap_or(u8::MAX);
        let title = self.raw(inner);
        self.out.push(Listed::Chapter(ListedChapter { title, path, matter: self.matter, depth, numbered, span }));
    }

    fn item_without_link(&mut self, range: Range<usize>) {
        let told = Diagnostic::error("summary.item", "an item of this list starts with a link to its chapter");
        self.sink.push(told.at(self.span(range)).hint("write - [Title](file.md)"));
    }
}

#[cfg(test)]
mod tests;
