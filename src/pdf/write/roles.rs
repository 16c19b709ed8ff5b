//! Role → structure types (ISO 32000-1, 14.8.4): what a screen reader is told each node is.
//!
//! In:     a node and what stands around it.
//! Out:    [`Kind`].
//! Absent: the tree of elements; see `tags.rs`.

use crate::theme::Role;

/// How a node shows in the structure tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One element.
    Plain(&'static str),
    /// An element that holds another, which holds the content: `TOCI`, then `Reference`.
    Nested(&'static str, &'static str),
    /// A heading; the rank is that of the role, the level comes from the headings around it.
    Heading(u8),
    List {
        ordered: bool,
    },
    /// `LI` with its `LBody`; the marker becomes its `Lbl`.
    Item,
    /// `Lbl` of an `LI` that the definition after it shares.
    Term,
    Definition,
    Cell {
        in_head: bool,
    },
    Picture,
    Note,
    /// Seen, not read.
    Decoration,
}

/// The role map: types of ours and of PDF 2.0 in terms of PDF 1.7.
pub const ROLE_MAP: [(&str, &str); 2] = [("Title", "P"), ("Aside", "Div")];

/// Ranks of headings: parts stand over chapters, chapters over their headings.
const PART: u8 = 0;
const CHAPTER: u8 = 1;

pub fn kind(role: Role, parent: Option<Role>) -> Kind {
    match role {
        Role::HalfTitle | Role::BookTitle => Kind::Plain("Title"),
        Role::BookSubtitle
        | Role::BookAuthor
        | Role::BookPublisher
        | Role::Imprint
        | Role::Body
        | Role::BodyFirst
        | Role::Lead
        | Role::Small
        | Role::Centered
        | Role::FlushEnd
        | Role::Attribution
        | Role::Verse
        | Role::Bibliography
        | Role::CodeTitle
        | Role::AdmonitionTitle
        | Role::IndexEntry(_) => Kind::Plain("P"),
        Role::Dedication | Role::Group | Role::Figure | Role::Notes => Kind::Plain("Div"),
        Role::Epigraph | Role::Quote => Kind::Plain("BlockQuote"),
        Role::PartTitle => Kind::Heading(PART),
        Role::ChapterTitle | Role::ListTitle => Kind::Heading(CHAPTER),
        Role::Heading(level) => Kind::Heading(CHAPTER.saturating_add(level.max(1))),
        Role::IndexLetter => Kind::Heading(CHAPTER + 1),
        Role::List => Kind::List { ordered: false },
        Role::OrderedList => Kind::List { ordered: true },
        Role::DefinitionList => Kind::Plain("L"),
        Role::Item => Kind::Item,
        Role::Term => Kind::Term,
        Role::Definition => Kind::Definition,
        Role::Code => Kind::Nested("P", "Code"),
        Role::Picture => Kind::Picture,
        // The formula in it is an element of its own, its number text beside that.
        Role::Formula => Kind::Plain("P"),
        Role::Caption => Kind::Plain("Caption"),
        Role::Table => Kind::Plain("Table"),
        Role::HeadRow | Role::Row => Kind::Plain("TR"),
        Role::Cell => Kind::Cell { in_head: parent == Some(Role::HeadRow) },
        Role::Admonition => Kind::Plain("Aside"),
        Role::Ornament => Kind::Decoration,
        Role::Note => Kind::Note,
        Role::ContentsEntry(_) | Role::ListEntry => Kind::Nested("TOCI", "Reference"),
    }
}

/// The element that siblings of such a role share.
pub fn shared(role: Role) -> Option<&'static str> {
    if matches!(role, Role::ContentsEntry(_) | Role::ListEntry) {
        Some("TOC")
    } else if role == Role::HeadRow {
        Some("THead")
    } else if role == Role::Row {
        Some("TBody")
    } else if matches!(role, Role::IndexLetter | Role::IndexEntry(_)) {
        Some("Index")
    } else {
        None
    }
}

/// How deep an entry of the contents stands; entries of lists stand side by side.
pub fn contents_level(role: Role) -> Option<u8> {
    if let Role::ContentsEntry(level) = role { Some(level) } else { None }
}

/// Levels of headings, so that none is left out on the way down (ISO 14289-1, 7.4.2), whatever the manuscript does.
#[derive(Default)]
pub struct Levels {
    ranks: Vec<u8>,
}

impl Levels {
    /// Front and back matter do not stand under the last part.
    pub fn reset(&mut self) {
        self.ranks.clear();
    }

    /// The type of the next heading.
    pub fn next(&mut self, rank: u8) -> &'static str {
        const NAMES: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
        while self.ranks.last().is_some_and(|last| *last >= rank) {
            self.ranks.pop();
        }
        self.ranks.push(rank);
        NAMES[(self.ranks.len() - 1).min(NAMES.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_never_skip_a_level() {
        let mut levels = Levels::default();
        let given: Vec<&str> = [1, 4, 4, 2, 3, 1].into_iter().map(|rank| levels.next(rank)).collect();
        assert_eq!(given, ["H1", "H2", "H2", "H2", "H3", "H1"]);
        levels.reset();
        assert_eq!(levels.next(3), "H1");
    }
}
