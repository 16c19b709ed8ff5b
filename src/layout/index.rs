//! Index terms → the index: sorted entries under letters, each with the places it leads to.
//!
//! In:     the terms of all sections, in reading order.
//! Out:    the draft of the index.
//! Faults: `index.see`.
//! Absent: page numbers: their places are [`Atom::PageRef`]s.

use super::gather::made::Made;
use super::gather::{Given, Term};
use super::tree::{ATOM, Anchor, Atom, AtomAt, Link, Mark, MarkedRange, SectionKind, Text};
use super::typography;
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Sink, Span};
use crate::book::Matter;
use crate::theme::{Role, Wording};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An entry or subentry. Entries are ordered by their key, then by their letters.
#[derive(Default)]
struct Line {
    places: Vec<Anchor>,
    see: Vec<(String, Span)>,
    under: BTreeMap<(String, String), Line>,
}

/// The index; `None` when there are no terms. `title`: as the author calls it.
pub fn index<'d>(
    given: Given<'_>,
    terms: impl IntoIterator<Item = &'d Term>,
    title: Option<&str>,
    sink: &mut Sink,
) -> Option<Made> {
    let mut lines: BTreeMap<(String, String), Line> = BTreeMap::new();
    for term in terms {
        let main = named(given, &term.entry.main);
        let mut line = lines.entry(main).or_default();
        if let Some(sub) = &term.entry.sub {
            line = line.under.entry(named(given, sub)).or_default();
        }
        match &term.entry.see {
            Some(see) if line.see.iter().all(|(known, _)| known != see) => line.see.push((see.clone(), term.at)),
            Some(_) => {}
            None => line.places.push(term.anchor.clone()),
        }
    }
    if lines.is_empty() {
        return None;
    }
    // The entries that cross references lead to.
    let anchors: BTreeMap<String, Anchor> = lines
        .keys()
        .enumerate()
        .map(|(at, (_, shown))| (shown.to_lowercase(), Anchor(format!("index.e{}", at + 1).into())))
        .collect();
    let title = title.unwrap_or(given.wording.index);
    let mut made = Made::list(SectionKind::Index, Matter::Back, "index", title);
    let mut letter = None;
    for ((key, shown), line) in &lines {
        let here = letter_of(key);
        if letter.as_ref() != Some(&here) {
            made.leaf(Role::IndexLetter, Text::plain(here.clone()));
            letter = Some(here);
        }
        let node = made.leaf(Role::IndexEntry(0), entry(shown, line, given, &anchors, sink));
        node.anchor = anchors.get(&shown.to_lowercase()).cloned();
        for ((_, shown), line) in &line.under {
            made.leaf(Role::IndexEntry(1), entry(shown, line, given, &anchors, sink));
        }
    }
    Some(made)
}

/// The key an entry is sorted by, and the entry as shown.
fn named(given: Given<'_>, entry: &str) -> (String, String) {
    let shown = typography::plain(entry, given.lang, given.theme.smart_punctuation);
    (sort_key(&shown), shown)
}

/// `term, ⟨page⟩, ⟨page⟩; see other`
fn entry(shown: &str, line: &Line, given: Given<'_>, anchors: &BTreeMap<String, Anchor>, sink: &mut Sink) -> Text {
    let mut text = Text::plain(shown);
    for (nth, place) in line.places.iter().enumerate() {
        text.string.push_str(", ");
        let at = text.string.len() as u32;
        text.string.push(ATOM);
        let range = at..text.string.len() as u32;
        text.marks.push(MarkedRange { range, mark: Mark::Link(Link::Inside(place.clone())) });
        text.atoms.push(AtomAt { at, atom: Atom::PageRef { to: place.clone(), label: (nth + 1).to_string() } });
    }
    for (nth, (see, at)) in line.see.iter().enumerate() {
        text.string.push_str(if nth == 0 && line.places.is_empty() { ", " } else { "; " });
        let (also, target) = see.strip_prefix("also ").map_or((false, see.as_str()), |target| (true, target));
        let words: &Wording = given.wording;
        let word = if also || !line.places.is_empty() { words.see_also } else { words.see };
        let from = text.string.len() as u32;
        text.string.push_str(word);
        text.marks.push(MarkedRange { range: from..text.string.len() as u32, mark: Mark::Emphasis });
        text.string.push(' ');
        let target = named(given, target.trim()).1;
        let from = text.string.len() as u32;
        text.string.push_str(&target);
        match anchors.get(&target.to_lowercase()) {
            Some(anchor) => text.marks.push(MarkedRange {
                range: from..text.string.len() as u32,
                mark: Mark::Link(Link::Inside(anchor.clone())),
            }),
            None => {
                let mut fault =
                    Diagnostic::warning("index.see", format!("the index has no entry \"{target}\" to see")).at(*at);
                fault = fault.hint(match nearest(&target.to_lowercase(), anchors.keys().map(String::as_str)) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("make the entry where it belongs: {{{{hi:{target}}}}}"),
                });
                sink.push(fault);
            }
        }
    }
    text
}

/// Letters without accents and in one case, so that *Éclair* stands by *eclair*; letters that are their own in their
/// alphabets stand after the letter they look like.
fn sort_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ə' => out.push_str("e\u{2FF}"),
            'ł' => out.push_str("l\u{2FF}"),
            'đ' => out.push_str("d\u{2FF}"),
            'ø' => out.push('o'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ı' => out.push('i'),
            '-' | '–' | '/' | '_' => out.push(' '),
            _ if c.is_alphanumeric() => out.push(c),
            _ if c.is_whitespace() && !out.is_empty() => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The letter an entry stands under; figures and signs stand under `#`.
fn letter_of(key: &str) -> String {
    match key.chars().next().filter(|c| c.is_alphabetic()) {
        None => "#".to_owned(),
        // `ə` has a letter of its own.
        Some('e') if key.starts_with("e\u{2FF}") => "Ə".to_owned(),
        Some('l') if key.starts_with("l\u{2FF}") => "Ł".to_owned(),
        Some('d') if key.starts_with("d\u{2FF}") => "Đ".to_owned(),
        Some(letter) => letter.to_uppercase().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_sort_as_a_reader_seeks_them() {
        let mut terms = ["zebra", "Əsgəran", "Éclair", "east", "Fuzuli", "'air'", "1992", "e-book"];
        terms.sort_by_key(|term| sort_key(term));
        assert_eq!(terms, ["1992", "'air'", "e-book", "east", "Éclair", "Əsgəran", "Fuzuli", "zebra"]);
        assert_eq!(letter_of(&sort_key("Əsgəran")), "Ə");
        assert_eq!(letter_of(&sort_key("1992")), "#");
    }
}
