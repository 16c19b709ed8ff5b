//! Roles: what a piece of the book is. A closed set, so that a new role does not compile until both editions show it.

/// The part a node plays. The theme gives each role one [`Style`](super::Style).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    // Display pages.
    HalfTitle,
    BookTitle,
    BookSubtitle,
    BookAuthor,
    BookPublisher,
    /// A paragraph of the copyright page.
    Imprint,
    Dedication,
    Epigraph,
    PartTitle,
    // Headings.
    ChapterTitle,
    /// A heading below the chapter's title: 1 to 5.
    Heading(u8),
    /// The title of a list the program makes: contents, lists of figures and tables, index.
    ListTitle,
    // Running text.
    /// A paragraph that follows another.
    Body,
    /// A paragraph after a heading, a break or a display: flush.
    BodyFirst,
    /// A larger paragraph that opens a chapter.
    Lead,
    Small,
    Centered,
    FlushEnd,
    Quote,
    Attribution,
    Verse,
    // Lists.
    List,
    OrderedList,
    Item,
    DefinitionList,
    Term,
    Definition,
    Bibliography,
    /// A group with no look of its own.
    Group,
    // Displays.
    Code,
    /// The file name or title over a block of code.
    CodeTitle,
    Figure,
    Picture,
    Caption,
    /// A formula on lines of its own, with its number.
    Formula,
    Table,
    HeadRow,
    Row,
    Cell,
    Admonition,
    AdmonitionTitle,
    /// A scene break.
    Ornament,
    // Notes.
    Notes,
    Note,
    // Lists the program makes.
    /// A line of the contents; 0 is a part, 1 a chapter, 2 a section…
    ContentsEntry(u8),
    /// A line of a list of figures or tables.
    ListEntry,
    /// The letter over a group of index entries.
    IndexLetter,
    /// 0 is an entry, 1 a subentry.
    IndexEntry(u8),
}

impl Role {
    /// Every role, in the order of the enum; levels 1 to 5 of headings, 0 to 3 of the contents.
    pub const ALL: [Role; 56] = [
        Role::HalfTitle,
        Role::BookTitle,
        Role::BookSubtitle,
        Role::BookAuthor,
        Role::BookPublisher,
        Role::Imprint,
        Role::Dedication,
        Role::Epigraph,
        Role::PartTitle,
        Role::ChapterTitle,
        Role::Heading(1),
        Role::Heading(2),
        Role::Heading(3),
        Role::Heading(4),
        Role::Heading(5),
        Role::ListTitle,
        Role::Body,
        Role::BodyFirst,
        Role::Lead,
        Role::Small,
        Role::Centered,
        Role::FlushEnd,
        Role::Quote,
        Role::Attribution,
        Role::Verse,
        Role::List,
        Role::OrderedList,
        Role::Item,
        Role::DefinitionList,
        Role::Term,
        Role::Definition,
        Role::Bibliography,
        Role::Group,
        Role::Code,
        Role::CodeTitle,
        Role::Figure,
        Role::Picture,
        Role::Caption,
        Role::Formula,
        Role::Table,
        Role::HeadRow,
        Role::Row,
        Role::Cell,
        Role::Admonition,
        Role::AdmonitionTitle,
        Role::Ornament,
        Role::Notes,
        Role::Note,
        Role::ContentsEntry(0),
        Role::ContentsEntry(1),
        Role::ContentsEntry(2),
        Role::ContentsEntry(3),
        Role::ListEntry,
        Role::IndexLetter,
        Role::IndexEntry(0),
        Role::IndexEntry(1),
    ];

    /// Whether a ground or a rule at its edge can be drawn: not behind what is part of a table, a list that the program makes
    /// or the notes at a page's foot.
    pub fn takes_ground(self) -> bool {
        match self {
            Role::HeadRow
            | Role::Row
            | Role::Cell
            | Role::Notes
            | Role::Note
            | Role::Item
            | Role::Picture
            | Role::Ornament
            | Role::Table
            | Role::Figure
            | Role::Caption
            | Role::Formula
            | Role::HalfTitle
            | Role::BookTitle
            | Role::BookSubtitle
            | Role::BookAuthor
            | Role::BookPublisher
            | Role::Imprint
            | Role::PartTitle
            | Role::ChapterTitle
            | Role::ListTitle
            | Role::ContentsEntry(_)
            | Role::ListEntry
            | Role::IndexLetter
            | Role::IndexEntry(_) => false,
            Role::Dedication
            | Role::Epigraph
            | Role::Heading(_)
            | Role::Body
            | Role::BodyFirst
            | Role::Lead
            | Role::Small
            | Role::Centered
            | Role::FlushEnd
            | Role::Quote
            | Role::Attribution
            | Role::Verse
            | Role::List
            | Role::OrderedList
            | Role::DefinitionList
            | Role::Term
            | Role::Definition
            | Role::Bibliography
            | Role::Group
            | Role::Code
            | Role::CodeTitle
            | Role::Admonition
            | Role::AdmonitionTitle => true,
        }
    }

    /// A stable name in small letters: CSS class, dump and override key alike (`heading-2`, `body-first`).
    pub fn name(self) -> &'static str {
        match self {
            Role::HalfTitle => "half-title",
            Role::BookTitle => "book-title",
            Role::BookSubtitle => "book-subtitle",
            Role::BookAuthor => "book-author",
            Role::BookPublisher => "book-publisher",
            Role::Imprint => "imprint",
            Role::Dedication => "dedication",
            Role::Epigraph => "epigraph",
            Role::PartTitle => "part-title",
            Role::ChapterTitle => "chapter-title",
            Role::Heading(1) => "heading-1",
            Role::Heading(2) => "heading-2",
            Role::Heading(3) => "heading-3",
            Role::Heading(4) => "heading-4",
            Role::Heading(_) => "heading-5",
            Role::ListTitle => "list-title",
            Role::Body => "body",
            Role::BodyFirst => "body-first",
            Role::Lead => "lead",
            Role::Small => "small",
            Role::Centered => "centered",
            Role::FlushEnd => "flush-end",
            Role::Quote => "quote",
            Role::Attribution => "attribution",
            Role::Verse => "verse",
            Role::List => "list",
            Role::OrderedList => "ordered-list",
            Role::Item => "item",
            Role::DefinitionList => "definition-list",
            Role::Term => "term",
            Role::Definition => "definition",
            Role::Bibliography => "bibliography",
            Role::Group => "group",
            Role::Code => "code",
            Role::CodeTitle => "code-title",
            Role::Figure => "figure",
            Role::Picture => "picture",
            Role::Caption => "caption",
            Role::Formula => "equation",
            Role::Table => "table",
            Role::HeadRow => "head-row",
            Role::Row => "row",
            Role::Cell => "cell",
            Role::Admonition => "admonition",
            Role::AdmonitionTitle => "admonition-title",
            Role::Ornament => "ornament",
            Role::Notes => "notes",
            Role::Note => "note",
            Role::ContentsEntry(0) => "contents-0",
            Role::ContentsEntry(1) => "contents-1",
            Role::ContentsEntry(2) => "contents-2",
            Role::ContentsEntry(_) => "contents-3",
            Role::ListEntry => "list-entry",
            Role::IndexLetter => "index-letter",
            Role::IndexEntry(0) => "index-entry",
            Role::IndexEntry(_) => "index-subentry",
        }
    }
}
