//! Heads of all sections → outline, contents, lists of figures and tables.
//!
//! In:     drafts in reading order.
//! Out:    [`OutlineEntry`]s; drafts of the lists.
//! Absent: page numbers: their places are [`Atom::PageRef`]s.
//!
//! Outline, contents, nav and bookmarks list the same titles.

use super::gather::caption::Counted;
use super::gather::made::Made;
use super::gather::{Draft, Given, Head, linked, plain_words, with_label};
use super::tree::{ATOM, Anchor, Atom, AtomAt, MarkedRange, NodeId, OutlineEntry, SectionId, SectionKind, Text};
use crate::book::Matter;
use crate::theme::Role;

/// The outline of the book. Node ids are those of the drafts; `assemble.rs` moves them.
pub fn outline(drafts: &[Draft], contents_depth: u8) -> Vec<OutlineEntry> {
    let mut out: Vec<OutlineEntry> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        for head in draft.heads.iter().filter(|head| is_listed(draft, head, contents_depth)) {
            let wanted = head.rank + u8::from(draft.in_part);
            // A title whose roof is not listed hangs under what stands before it.
            let deepest = out.last().map_or(0, |before| before.depth + 1);
            out.push(OutlineEntry {
                depth: wanted.min(deepest),
                title: plain_words(&head.title),
                label: head.label.clone(),
                anchor: head.anchor.clone(),
                section: SectionId(at as u32),
                node: NodeId(head.node.0),
            });
        }
    }
    out
}

fn is_listed(draft: &Draft, head: &Head, contents_depth: u8) -> bool {
    head.listed && head.rank < contents_depth.max(1) && draft.kind != SectionKind::Contents
}

/// The contents: parts at level 0, chapters at 1.
pub fn contents<'d>(given: Given<'_>, drafts: impl IntoIterator<Item = &'d Draft>) -> Made {
    let mut made = Made::list(SectionKind::Contents, Matter::Front, "contents", given.wording.contents);
    for draft in drafts {
        for head in draft.heads.iter().filter(|head| is_listed(draft, head, given.theme.contents_depth)) {
            let level = if draft.kind == SectionKind::Part { 0 } else { (head.rank + 1).min(DEEPEST_ENTRY) };
            let text = with_label(head.title.clone(), &head.label);
            made.leaf(Role::ContentsEntry(level), with_page(text, &head.anchor));
        }
    }
    made
}

/// Contents have entries of four levels, parts among them.
const DEEPEST_ENTRY: u8 = 3;

/// The list of the numbered figures or tables; `None` when there are none.
pub fn captions<'d>(given: Given<'_>, drafts: impl IntoIterator<Item = &'d Draft>, which: Counted) -> Option<Made> {
    let (kind, stem, title) = match which {
        Counted::Figure => (SectionKind::ListOfFigures, "figures", given.wording.figures),
        Counted::Table => (SectionKind::ListOfTables, "tables", given.wording.tables),
        // Nobody looks for a formula by its number in a list.
        Counted::Equation => return None,
    };
    let mut made = Made::list(kind, Matter::Front, stem, title);
    for caption in drafts.into_iter().flat_map(|draft| &draft.captions).filter(|c| c.counted == which) {
        made.leaf(
            Role::ListEntry,
            with_page(with_label(first_sentence(&caption.caption), &caption.label), &caption.anchor),
        );
    }
    (made.draft.nodes.len() > 1).then_some(made)
}

/// The first sentence of a caption, without its full stop: what a list needs to name it by.
fn first_sentence(caption: &Text) -> Text {
    let string = &caption.string;
    let end = string.match_indices(". ").map(|(at, _)| at).find(|&at| {
        // Not `no. 4`, `v. Azerbaijan`, `J. Smith`: a sentence ends after a longer word, and a capital follows.
        let word = string[..at].rsplit([' ', '\u{A0}', '(']).next().unwrap_or_default();
        word.chars().count() > 3 && string[at + 2..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    });
    let end = end.unwrap_or_else(|| string.strip_suffix('.').unwrap_or(string).len());
    let mut text = Text::plain(&string[..end]);
    let end = end as u32;
    text.atoms = caption.atoms.iter().filter(|atom| atom.at < end).cloned().collect();
    let marks = caption.marks.iter().filter(|mark| mark.range.start < end);
    text.marks =
        marks.map(|mark| MarkedRange { range: mark.range.start..mark.range.end.min(end), ..mark.clone() }).collect();
    text
}

/// A line of a list: one link, with the page at its end.
fn with_page(mut text: Text, to: &Anchor) -> Text {
    text.string.push(' ');
    // Without a print edition there is no page to show.
    text.atoms
        .push(AtomAt { at: text.string.len() as u32, atom: Atom::PageRef { to: to.clone(), label: String::new() } });
    text.string.push(ATOM);
    linked(text, to)
}
