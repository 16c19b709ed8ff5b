//! Old places → new ones, as a book's redirects say: links to a chapter that moved still reach it.
//!
//! In:     the redirects of the book, the paths of its chapters.
//! Out:    [`Moves`], asked for each link whose place is not there; [`Moved`].
//! Faults: `ref.redirect`: a redirect into nothing.
//! Absent: the faults of links; `link` tells them.
//!
//! As in mdBook 0.5 a redirect from `old.html` keeps what stands after the `#`, and one from `page.html#old` serves a
//! page that is there, too.

use super::Register;
use super::link::{decode, has_extension, join, key, leaves_root, scheme};
use crate::base::{Diagnostic, Sink};
use crate::book::Redirect;
use std::collections::BTreeMap;

/// Redirects that are followed one after the other before they are taken for a circle.
const MOST_STEPS: usize = 16;

/// The redirects by old path, in the form of `link::key`, then by the id after `#`, empty for the whole page.
pub type Moves = BTreeMap<String, BTreeMap<String, To>>;

/// Where a redirect leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum To {
    Inside {
        path: String,
        fragment: String,
    },
    Outside(String),
    /// Into another book beside this one: as written.
    Beside(String),
}

/// What became of a place.
#[derive(Debug)]
pub enum Moved {
    /// No redirect speaks of it.
    Stays,
    /// It is in this section now, under this id.
    Here(usize, String),
    Outside(String),
    /// Where the redirect leads nothing is.
    Lost(String),
}

pub fn read(redirects: &[Redirect]) -> Moves {
    let mut moves = Moves::new();
    for redirect in redirects {
        let (old, id) = redirect.from.split_once('#').unwrap_or((&redirect.from, ""));
        let old = join("", &decode(old));
        let to = target(&old, &redirect.to);
        moves.entry(key(&old)).or_default().entry(decode(id)).or_insert(to);
    }
    moves
}

/// A redirect's value as a browser on the old page reads it.
fn target(old: &str, to: &str) -> To {
    if scheme(to).is_some() || to.starts_with("//") {
        return To::Outside(to.to_owned());
    }
    let (path, fragment) = to.split_once('#').unwrap_or((to, ""));
    let path = decode(path);
    if leaves_root(old, &path) {
        return To::Beside(to.to_owned());
    }
    let path = if path.is_empty() { old.to_owned() } else { join(old, &path) };
    To::Inside { path: key(&path), fragment: decode(fragment) }
}

impl Register {
    /// Follows the redirects from a path in the form of `link::key`.
    pub(super) fn moved(&self, path: &str, id: &str) -> Moved {
        let (mut path, mut id) = (path.to_owned(), id.to_owned());
        let mut has_moved = false;
        for _ in 0..MOST_STEPS {
            let section = self.section_at(&path);
            let is_there = section.is_some_and(|section| id.is_empty() || self.has(section, &id));
            let of_page = || self.moves_of(&path);
            let exact = of_page().and_then(|moves| moves.get(&id)).filter(|_| !id.is_empty());
            let next = match section {
                _ if is_there => None,
                Some(_) => exact,
                None => exact.or_else(|| of_page()?.get("")),
            };
            let keeps_id = exact.is_none();
            match (next, section) {
                (None, _) if !has_moved => return Moved::Stays,
                (None, Some(section)) => return Moved::Here(section, id),
                (None, None) => return Moved::Lost(path),
                (Some(To::Beside(to)), _) => return Moved::Lost(to.clone()),
                (Some(To::Outside(url)), _) if keeps_id && !id.is_empty() && !url.contains('#') => {
                    return Moved::Outside(format!("{url}#{id}"));
                }
                (Some(To::Outside(url)), _) => return Moved::Outside(url.clone()),
                (Some(To::Inside { path: new, fragment }), _) => {
                    if !fragment.is_empty() || !keeps_id {
                        id.clone_from(fragment);
                    }
                    path = new.clone();
                    has_moved = true;
                }
            }
        }
        Moved::Lost(path)
    }

    fn moves_of(&self, path: &str) -> Option<&BTreeMap<String, To>> {
        let find = |path: &str| self.moves.get(path);
        find(path).or_else(|| find(&format!("{path}/index.md"))).or_else(|| find(&format!("{path}.md")))
    }

    /// Tells the redirects that lead to a page which is not there.
    pub(super) fn tell_lost(&self, redirects: &[Redirect], sink: &mut Sink) {
        for redirect in redirects {
            let (old, _) = redirect.from.split_once('#').unwrap_or((&redirect.from, ""));
            let To::Inside { path, .. } = target(&join("", &decode(old)), &redirect.to) else { continue };
            let is_page = has_extension(&path, &["md"]) || !path.contains('.');
            if !is_page
                || self.section_at(&path).is_some()
                || !matches!(self.moved(&path, ""), Moved::Stays | Moved::Lost(_))
            {
                continue;
            }
            let message = format!("the redirect from \"{}\" leads to no chapter of this book", redirect.from);
            let hint = "name the path of a page that SUMMARY.md lists, as seen from the old page";
            sink.push(Diagnostic::note("ref.redirect", message).at(redirect.at).hint(hint));
        }
    }
}
