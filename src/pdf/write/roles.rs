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
    List,
    /// `LI` with its `LBody`; the marker becomes its `Lbl`.
    Item,
    /// `Lbl` of an `LI` that the definition after it shares.
    Term,
    Definition,
    Cell {
        in_head: bool,
    },
    /// A picture or something else, with its caption.
    Figure,
    Picture,
    Note,
    /// Seen, not read.
    Decoration,
}

/// The structure types that a file can use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vocabulary {
    /// Those of PDF 1.7 (ISO 32000-1, 14.8.4).
    Pdf1,
    /// Those of PDF 2.0 (ISO 32000-2, 14.8.4), and those of PDF 1.7 for what it has no type for.
    Pdf2,
}

/// The role map of PDF 1.7: types of PDF 2.0 in its terms.
pub const ROLE_MAP: [(&str, &str); 2] = [("Title", "P"), ("Aside", "Div")];

/// The name of the structure types of PDF 2.0 (ISO 32000-2, 14.8.6.2). Those of PDF 1.7 need none: they are the default.
pub const PDF_2_NAMES: &str = "http://iso.org/pdf2/ssn";

/// The types of PDF 1.7 in use that PDF 2.0 dropped (ISO 32000-2, annex M); ISO/TS 32005 says what may stand in what.
const PDF_1_ALONE: [&str; 6] = ["BlockQuote", "Code", "Index", "Reference", "TOC", "TOCI"];

/// Whether a type is one of PDF 2.0.
pub fn is_pdf_2(role: &str) -> bool {
    !PDF_1_ALONE.contains(&role)
}

/// Ranks of headings: parts stand over chapters, chapters over their headings.
const PART: u8 = 0;
const CHAPTER: u8 = 1;

pub fn kind(role: Role, parent: Option<Role>) -> Kind {
    match role {
        Role::BookTitle => Kind::Plain("Title"),
        // Said once: the half title is the title over again.
        Role::HalfTitle
        | Role::BookSubtitle
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
        Role::Figure => Kind::Figure,
        Role::Dedication | Role::Group | Role::Notes => Kind::Plain("Div"),
        Role::Epigraph | Role::Quote => Kind::Plain("BlockQuote"),
        Role::PartTitle => Kind::Heading(PART),
        Role::ChapterTitle | Role::ListTitle => Kind::Heading(CHAPTER),
        Role::Heading(level) => Kind::Heading(CHAPTER.saturating_add(level.max(1))),
        Role::IndexLetter => Kind::Heading(CHAPTER + 1),
        Role::List | Role::OrderedList | Role::DefinitionList => Kind::List,
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

/// Levels of headings, so that none is left out on the way down (ISO 14289-1, 7.4.2), whatever the manuscript does.
pub struct Levels {
    ranks: Vec<u8>,
    /// Types by level; deeper headings share the last.
    types: &'static [&'static str],
}

impl Levels {
    pub fn new(vocabulary: Vocabulary) -> Levels {
        // Parts, chapters and the six levels under them. PDF 2.0 has no last level (ISO 32000-2, table 366).
        const TYPES: [&str; 8] = ["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8"];
        let types = match vocabulary {
            Vocabulary::Pdf1 => &TYPES[..6],
            Vocabulary::Pdf2 => &TYPES[..],
        };
        Levels { ranks: Vec::new(), types }
    }

    /// Front and back matter do not stand under the last part.
    pub fn reset(&mut self) {
        self.ranks.clear();
    }

    /// The type of the next heading.
    pub fn next(&mut self, rank: u8) -> &'static str {
        while self.ranks.last().is_some_and(|last| *last >= rank) {
            self.ranks.pop();
        }
        self.ranks.push(rank);
        self.types[(self.ranks.len() - 1).min(self.types.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_never_skip_a_level() {
        let mut levels = Levels::new(Vocabulary::Pdf1);
        let given: Vec<&str> = [1, 4, 4, 2, 3, 1].into_iter().map(|rank| levels.next(rank)).collect();
        assert_eq!(given, ["H1", "H2", "H2", "H2", "H3", "H1"]);
        levels.reset();
        assert_eq!(levels.next(3), "H1");
        for (vocabulary, seventh) in [(Vocabulary::Pdf1, "H6"), (Vocabulary::Pdf2, "H7")] {
            let mut levels = Levels::new(vocabulary);
            assert_eq!((0..7).map(|rank| levels.next(rank)).last(), Some(seventh));
        }
    }
}
