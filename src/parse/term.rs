//! Index terms and references to pages: `{{i:term}}`, `{{hi:entry!subentry|see other}}`, `{{page:#target}}`.
//!
//! In:     text that begins with `{{`; the inlines between the braces where they hold markup.
//! Out:    [`Found`].
//! Absent: where they stand. The forms are those of the preprocessor mdbook-indexing.

use crate::base::Span;
use crate::book::inline::{IndexEntry, plain};
use crate::book::{Inline, InlineKind, Inlines};
use crate::source::text::cut;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    Term { entry: IndexEntry, is_shown: bool },
    Page(String),
}

/// Longer than any entry of an index.
const LONGEST: usize = 1_000;

/// Reads a whole `{{…}}` at the start of `text`, and hands back how many bytes it takes.
pub fn read(text: &str) -> Option<(Found, usize)> {
    let (is_shown, inner) = match text.strip_prefix("{{page:") {
        Some(inner) => (None, inner),
        None => opening(text).map(|(is_shown, length)| (Some(is_shown), &text[length..]))?,
    };
    let end = cut(inner, LONGEST).find("}}")?;
    let written = inner[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    if written.is_empty() {
        return None;
    }
    let found = match is_shown {
        Some(is_shown) => Found::Term { entry: entry(&written)?, is_shown },
        None => Found::Page(written),
    };
    Some((found, text.len() - inner.len() + end + 2))
}

/// `{{i:` or `{{hi:`: whether the term is shown, and the length of the opening.
pub fn opening(text: &str) -> Option<(bool, usize)> {
    if text.starts_with("{{i:") {
        return Some((true, 4));
    }
    text.starts_with("{{hi:").then_some((false, 5))
}

/// The name in `{{#name …}}`, the form of mdBook's own directives, which are gone when a text is read.
pub fn directive(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("{{#")?;
    let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    (length > 0 && cut(rest, LONGEST).contains("}}")).then(|| &rest[..length])
}

/// `main!sub|see other`.
fn entry(written: &str) -> Option<IndexEntry> {
    let (entry, see) = match written.split_once('|') {
        Some((entry, see)) => {
            let see = see.trim();
            let other = see.strip_prefix("see also ").or_else(|| see.strip_prefix("see ")).unwrap_or(see);
            (entry, Some(other.trim().to_owned()).filter(|other| !other.is_empty()))
        }
        None => (written, None),
    };
    let (main, sub) = match entry.split_once('!') {
        Some((main, sub)) => (main, Some(sub.trim().to_owned()).filter(|sub| !sub.is_empty())),
        None => (entry, None),
    };
    let main = main.trim();
    (!main.is_empty()).then(|| IndexEntry { main: main.to_owned(), sub, see })
}

/// A term with markup between the braces: `{{i:*Mein Land*}}`.
pub fn of_inlines(text: Inlines, is_shown: bool) -> Option<InlineKind> {
    let entry = entry(plain(&text).trim())?;
    Some(InlineKind::Index { entry, text: if is_shown { text } else { Vec::new() } })
}

impl Found {
    pub fn inline(self, span: Span) -> InlineKind {
        match self {
            Found::Term { entry, is_shown } => {
                let shown = Inline { kind: InlineKind::Text(entry.main.clone()), span };
                InlineKind::Index { entry, text: if is_shown { vec![shown] } else { Vec::new() } }
            }
            Found::Page(target) => InlineKind::PageOf(target),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms() {
        let term = |main: &str, sub: Option<&str>, see: Option<&str>, is_shown| Found::Term {
            entry: IndexEntry { main: main.to_owned(), sub: sub.map(str::to_owned), see: see.map(str::to_owned) },
            is_shown,
        };
        assert_eq!(read("{{i:oil}} x"), Some((term("oil", None, None, true), 9)));
        assert_eq!(read("{{hi:oil!price\nof}}"), Some((term("oil", Some("price of"), None, false), 19)));
        assert_eq!(read("{{hi:oil|see fuel}}"), Some((term("oil", None, Some("fuel"), false), 19)));
        assert_eq!(read("{{page:#x}}"), Some((Found::Page("#x".to_owned()), 11)));
        assert_eq!(read("{{i:}}"), None);
        assert_eq!(read("{{x:y}}"), None);
        assert_eq!(read("{{i:never"), None);
    }
}
