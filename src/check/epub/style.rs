//! Style sheets: what they refer to, and what they break.
//!
//! In:     the text of a style sheet, or of a `style` attribute.
//! Out:    references, appended to those of the book.
//! Faults: `css.syntax`, `css.property`, and those of `links.rs`.
//! Absent: CSS itself: rules that a reading system does not know it leaves out.

use super::Book;
use super::links::{self, Followed};
use super::page::{Kind, Page, Reference};
use super::xml::{self, Attribute};
use crate::base::css::{urls, without_comments};
use crate::base::{Diagnostic, FileId, Sink, Span};

pub fn check(book: &Book, path: &str, file: FileId, followed: &mut Followed, sink: &mut Sink) {
    let text = book.shelf.files().text(file);
    let bare = without_comments(text);
    let (mut depth, mut open) = (0usize, 0);
    for (at, byte) in bare.bytes().enumerate() {
        match byte {
            b'{' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            b'}' if depth == 0 => {
                let told = Diagnostic::error("css.syntax", "this } closes nothing").at(Span::new(file, at, at + 1));
                sink.push(told.hint("take it away; what follows it may be lost"));
            }
            b'}' => depth -= 1,
            _others => {}
        }
    }
    if depth > 0 {
        let told = Diagnostic::error("css.syntax", "this { is never closed").at(Span::new(file, open, open + 1));
        sink.push(told.hint("all rules after it are lost"));
    }
    for property in ["direction", "unicode-bidi"] {
        for at in declarations(&bare, property) {
            let told = Diagnostic::error("css.property", format!("EPUB forbids the property {property}"));
            let at = Span::new(file, at, at + property.len());
            sink.push(told.at(at).hint("write dir=\"rtl\" in the text (EPUB 3.3, 6.3.1)"));
        }
    }
    for at in declarations(&bare, "position").filter(|&at| value_of(&bare, at).starts_with("fixed")) {
        let told = Diagnostic::warning("css.property", "position: fixed does not hold on pages");
        sink.push(told.at(Span::new(file, at, at + 8)).hint("reading systems drop it, or lay text over text"));
    }
    for (range, is_import) in urls(&bare) {
        let kind = kind_of(is_import);
        let Some(url) = text.get(range.clone()) else { continue };
        let at = Span::new(file, range.start, range.end);
        links::follow(book, path, &Reference { kind, url: url.trim().to_owned(), at }, true, followed, sink);
    }
}

/// Takes in the references of a `style` attribute.
pub fn of_attribute(file: FileId, attribute: &Attribute, page: &mut Page) {
    let at = xml::place_of(file, attribute);
    for (range, is_import) in urls(&without_comments(attribute.value())) {
        let kind = kind_of(is_import);
        let url = attribute.value().get(range).unwrap_or_default().trim().to_owned();
        page.references.push(Reference { kind, url, at });
    }
}

/// Where a property is set.
fn declarations<'a>(css: &'a str, property: &'a str) -> impl Iterator<Item = usize> + 'a {
    css.match_indices(property).map(|(at, _)| at).filter(move |&at| {
        let before = css.get(..at).unwrap_or_default().trim_end();
        let after = css.get(at + property.len()..).unwrap_or_default().trim_start();
        before.ends_with(['{', ';']) && after.starts_with(':')
    })
}

fn value_of(css: &str, at: usize) -> &str {
    css.get(at..).and_then(|rest| rest.split_once(':')).map_or("", |(_, value)| value.trim_start())
}

fn kind_of(is_import: bool) -> Kind {
    if is_import { Kind::Style } else { Kind::Picture }
}
