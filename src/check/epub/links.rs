//! Everything that leads anywhere → whether it arrives (EPUB 3.3, 3.4 to 3.6).
//!
//! In:     the references of all texts and style sheets.
//! Out:    [`Followed`]: what is shown from where.
//! Faults: `link.missing`, `link.fragment`, `link.unlisted`, `link.spine`, `link.remote`, `link.broken`, `media.type`.
//! Absent: the network: whether a web page is there is not looked up.

use super::Book;
use super::page::{Kind, Reference};
use super::place::{Target, resolve};
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Sink};
use std::collections::BTreeSet;

/// Types of pictures that every reading system shows (EPUB 3.3, 3.2).
const PICTURES: [&str; 5] = ["image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"];

/// What was found on the way.
#[derive(Default)]
pub struct Followed {
    /// Files that show something which lies on a server.
    pub remote: BTreeSet<String>,
}

pub fn check(book: &Book, followed: &mut Followed, sink: &mut Sink) {
    for (path, page) in &book.pages {
        for reference in &page.references {
            follow(book, path, reference, false, followed, sink);
        }
    }
}

/// Follows one reference. `in_style`: of a style sheet, where a `url()` may name a font.
pub fn follow(
    book: &Book,
    from: &str,
    reference: &Reference,
    in_style: bool,
    followed: &mut Followed,
    sink: &mut Sink,
) {
    let Reference { kind, url, at } = reference;
    let mut tell = |code: &'static str, message: String, hint: String| {
        sink.push(Diagnostic::error(code, message).at(*at).hint(hint));
    };
    match resolve(from, url) {
        Target::Inside { path, fragment } => {
            if let Some((code, message, hint)) = inside(book, from, *kind, &path, &fragment, in_style) {
                tell(code, message, hint);
            }
        }
        Target::Outside { scheme } if scheme == "file" => {
            let hint = "it leads into one computer only; put the file into the e-book".to_owned();
            tell("link.remote", format!("{url} is a file of the maker's computer"), hint);
        }
        Target::Outside { scheme } => match kind {
            Kind::Link => {
                let is_web = scheme == "http" || scheme == "https";
                let host =
                    url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
                if is_web && host.is_empty() {
                    tell("link.broken", format!("{url} names no server"), "write https://… in full".to_owned());
                } else if is_web && url.contains(char::is_whitespace) {
                    tell("link.broken", format!("there is white space in {url}"), "write %20 for a space".to_owned());
                }
            }
            Kind::Sound => {
                followed.remote.insert(from.to_owned());
            }
            Kind::Picture if in_style && is_font(url) => {
                followed.remote.insert(from.to_owned());
            }
            Kind::Style | Kind::Picture | Kind::Script | Kind::Frame => {
                let hint = "put the file into the e-book: whoever reads on a train sees nothing else".to_owned();
                tell("link.remote", format!("{url} lies on a server"), hint);
            }
        },
        Target::Data if *kind == Kind::Link => {
            tell("link.broken", "a link to data: leads nowhere".to_owned(), "link to a file of the e-book".to_owned());
        }
        Target::Data => {}
        Target::Escapes => {
            let hint = "write a path from the folder of this file, with as many ../ as there are folders".to_owned();
            tell("link.broken", format!("{url} leads out of the e-book"), hint);
        }
        Target::Broken => {
            let hint = "write characters as they are, or each byte of UTF-8 as %XX".to_owned();
            tell("link.broken", format!("{url} cannot be read"), hint);
        }
    }
}

fn is_font(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".ttf", ".otf", ".woff", ".woff2"].iter().any(|end| path.ends_with(end))
}

/// What is wrong with a reference into the archive.
fn inside(
    book: &Book,
    from: &str,
    kind: Kind,
    path: &str,
    fragment: &str,
    in_style: bool,
) -> Option<(&'static str, String, String)> {
    if book.shelf.get(path).is_none() {
        let hint =
            book.shelf.meant(path).map_or_else(|| "put the file in".to_owned(), |near| format!("did you mean {near}?"));
        return Some(("link.missing", format!("{path} is not in the archive"), hint));
    }
    let Some(item) = book.items.get(path) else {
        let hint = "list it there: reading systems open nothing else".to_owned();
        return Some(("link.unlisted", format!("{path} is not in the manifest"), hint));
    };
    let kind_of = item.media_type.as_str();
    match kind {
        Kind::Link if (item.is_text() || kind_of == "image/svg+xml") && !book.order.contains_key(path) => {
            let hint = "put it into the spine, with linear=\"no\" if it is no part of the reading order".to_owned();
            return Some(("link.spine", format!("{path} is linked, but not in the spine"), hint));
        }
        Kind::Picture if !in_style && !PICTURES.contains(&kind_of) && item.fallback.is_none() => {
            let hint = "pictures are PNG, JPEG, GIF, WebP or SVG".to_owned();
            return Some(("media.type", format!("{path} is shown as a picture; its type is {kind_of}"), hint));
        }
        Kind::Style if kind_of != "text/css" => {
            let hint = "a style sheet is text/css".to_owned();
            return Some(("media.type", format!("{path} is used as a style sheet; its type is {kind_of}"), hint));
        }
        Kind::Link | Kind::Picture | Kind::Style | Kind::Sound | Kind::Script | Kind::Frame => {}
    }
    // Places of other kinds: a part of a picture, a time of a film, a canonical identifier of a place.
    let is_name = !fragment.is_empty() && !fragment.contains(['=', '(']);
    let page = book.pages.get(path).filter(|_| is_name)?;
    if page.ids.contains_key(fragment) {
        return None;
    }
    let elsewhere = || book.pages.iter().find(|(_, page)| page.ids.contains_key(fragment)).map(|(path, _)| *path);
    let near = elsewhere().map(|other| format!("{fragment} stands in {other}")).or_else(|| {
        nearest(fragment, page.ids.keys().map(String::as_str)).map(|near| format!("did you mean #{near}?"))
    });
    let file = if path == from { "this file".to_owned() } else { path.to_owned() };
    let hint = near.unwrap_or_else(|| format!("give an element id={fragment:?}"));
    Some(("link.fragment", format!("nothing in {file} is named {fragment:?}"), hint))
}
