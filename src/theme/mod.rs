//! What the book should look like: page, faces, one style for each role, words the program says itself.
//!
//! In:     the name of a design and the book's overrides (`[output.bifolio]`).
//! Out:    [`Theme`]: printed as CSS by `epub/css.rs`, resolved to lengths by `pdf/style.rs`.
//! Absent: the text, and any width but the page's own.

pub mod bar;
pub mod classic;
pub mod design;
pub mod large_print;
pub mod literary;
pub mod page;
pub mod role;
pub mod style;
pub mod technical;
pub mod trim;
pub mod wording;

pub use design::Drawing;
pub use page::{Bound, ChapterOpening, ChapterStart, FolioPlace, HeadPlace, HeadText, Margins, Page, PageFurniture};
pub use role::Role;
pub use style::{Color, Family, Figures, LabelPlace, Style, TextAlign, Token, Weight};
pub use wording::Wording;

use crate::asset::PictureId;
use crate::base::{Em, Length};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A complete design of both editions.
#[derive(Clone, Debug)]
pub struct Theme {
    pub name: &'static str,
    /// What the page follows from at another trim or type size.
    pub drawing: Drawing,
    pub page: Page,
    pub furniture: PageFurniture,
    pub families: Families,
    /// The size of body text; every style's size is a multiple of it.
    pub text_size: Length,
    /// The distance from baseline to baseline of body text: the step of the baseline grid.
    pub leading: Length,
    pub chapter_opening: ChapterOpening,
    pub chapter_start: ChapterStart,
    pub emphasis: Emphasis,
    /// What is shown for a break between scenes.
    pub ornament: String,
    /// Whether body text is set to both edges.
    pub justify: bool,
    /// Whether the signs at the edges of justified lines hang in the margin, so that the edges look straight.
    pub hanging_punctuation: bool,
    /// Whether glyphs of justified lines may be made a little wider or narrower, so that their spaces differ less.
    pub glyph_scaling: bool,
    /// Added between the letters of words in capitals that a style does not track itself, of the size.
    pub caps_tracking: Em,
    /// Levels of headings shown in the contents, counted from the chapter: 1 to 4.
    pub contents_depth: u8,
    pub numbering: Numbering,
    /// Whether parts carry a roman number.
    pub numbered_parts: bool,
    /// The lists that the program makes beside the contents.
    pub lists: Lists,
    /// Whether straight quotes, double hyphens and three dots become typographic signs, and spaces are bound by the
    /// rules of the language; `false`: the text stands as typed.
    pub smart_punctuation: bool,
    /// The author's own rules for the e-book, after ours.
    pub own_style: Option<OwnStyle>,
    styles: BTreeMap<Role, Style>,
    tokens: BTreeMap<Token, TokenStyle>,
    /// What the book says for itself of styles.
    insisted: BTreeSet<(Role, Aspect)>,
}

/// How emphasized words are told from those around them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Emphasis {
    Italic,
    /// By weight: slanted letters are hard to tell apart for many who read large print.
    Weight,
}

/// What of a style the e-book leaves to the reader unless the book itself settles it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Aspect {
    Align,
    Hyphenate,
    Leading,
}

/// A style sheet that the author wrote.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct OwnStyle {
    pub text: String,
    /// Where the text names a file: the bytes of the reference, and the picture. In the order of the text.
    pub pictures: Vec<(Range<usize>, PictureId)>,
}

/// The names of the families for text, for sans and for code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Families {
    pub text: String,
    pub sans: String,
    pub mono: String,
}

/// Which headings carry numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numbering {
    None,
    /// Chapters only.
    Chapters,
    /// What `SUMMARY.md` numbers: chapters and the sections with files of their own.
    Sections,
}

/// Lists that the program makes. Each is left out when it would be empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lists {
    pub figures: bool,
    pub tables: bool,
    pub index: bool,
}

impl Default for Lists {
    fn default() -> Lists {
        Lists { figures: false, tables: false, index: true }
    }
}

/// How a piece of highlighted code looks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TokenStyle {
    pub color: Color,
    pub bold: bool,
    pub italic: bool,
}

impl Theme {
    pub fn style(&self, role: Role) -> &Style {
        // Every design gives every role a style; `tests` proves it.
        self.styles.get(&role).unwrap_or(&style::PLAIN)
    }

    pub fn token(&self, token: Token) -> TokenStyle {
        self.tokens.get(&token).copied().unwrap_or(TokenStyle { color: Color::BLACK, bold: false, italic: false })
    }

    /// The width of the text block.
    pub fn measure(&self) -> Length {
        self.page.width - self.page.margins.inner - self.page.margins.outer
    }

    /// Whole lines of body text that fit the text block.
    pub fn lines_per_page(&self) -> i64 {
        ((self.page.height - self.page.margins.top - self.page.margins.bottom).sp() / self.leading.sp()).max(1)
    }
}

#[cfg(test)]
mod tests;
