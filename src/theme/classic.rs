//! The default design, `classic`: Literata on a quiet grid, sized for reading in one column.
//!
//! In:     a trim size.
//! Out:    one [`Style`] for every role, one look for every token of code.
//! Absent: other designs, the book's overrides (`design.rs` applies them).
//!
//! The vertical rule of the design: whatever is not body text takes a whole number of lines in all (space over it, its
//! own lines, space under it), so that the lines after it stand on the grid again. Parts of a line are only used in pairs.

use super::style::PLAIN;
use super::{
    ChapterOpening, ChapterStart, Color, Drawing, Emphasis, Families, Family, Figures, FolioPlace, HeadPlace, HeadText,
    LabelPlace, Lists, Numbering, PageFurniture, Role, Style, TextAlign, Theme, Token, TokenStyle, Weight, design,
};
use crate::base::{Em, Length};
use std::collections::{BTreeMap, BTreeSet};

/// The ground of code: light enough for print on grey paper, and over the 10 % that presses hold (KDP) only where it
/// is drawn in black ink; 4 % to the eye.
pub const CODE_GROUND: Color = Color::grey(245);
/// The ground of admonitions.
const ADMONITION_GROUND: Color = Color::grey(248);
/// Rules and quiet text: 7:1 on white.
pub(super) const QUIET: Color = Color::grey(85);
/// Space between the letters of capitals and small capitals (Butterick: 5 to 12 %).
pub(super) const CAPS_TRACKING: Em = Em(0.07);
/// Between the capitals of `HTTP` in running text. Bringhurst (3.2.2) gives 5 to 10 % for whole lines of capitals; in a text
/// full of abbreviations less keeps the colour of the line.
const CAPITALS_TRACKING: Em = Em(0.025);

/// Literata at 10 to 12 pt, 66 characters to the line. The mean advance is counted over *The Rust Programming Language*,
/// whose 11,764 full lines then hold 65.8 characters at 6 × 9 in. The x-height of 0.507 em asks for more white than most.
pub const DRAWING: Drawing = Drawing { mean_advance: 0.476, ideal_line: 66.0, sizes: (10.0, 12.0), leading: 1.375 };

/// The complete design for the trim 6 × 9 in.
pub fn theme() -> Theme {
    let fit = design::fit(&DRAWING, Length::inch(6.0), Length::inch(9.0), None, None);
    Theme {
        name: "classic",
        drawing: DRAWING,
        page: fit.page,
        furniture: PageFurniture {
            heads: HeadText::Auto,
            head_place: HeadPlace::Center,
            folio_place: FolioPlace::HeadOuter,
            head: Style { size: 0.88, leading: 0.88, small_caps: true, tracking: CAPS_TRACKING, ..DISPLAY },
            folio: Style { size: 0.9, leading: 0.9, ..PLAIN },
            rule: None,
        },
        families: Families {
            text: "Literata".to_owned(),
            sans: "Fira Sans".to_owned(),
            mono: "JetBrains Mono".to_owned(),
        },
        text_size: fit.text_size,
        leading: fit.leading,
        chapter_opening: ChapterOpening::Recto,
        chapter_start: ChapterStart::Plain,
        emphasis: Emphasis::Italic,
        ornament: ASTERISKS.to_owned(),
        justify: true,
        hanging_punctuation: true,
        glyph_scaling: true,
        caps_tracking: CAPITALS_TRACKING,
        contents_depth: 2,
        numbering: Numbering::Sections,
        numbered_parts: true,
        lists: Lists::default(),
        smart_punctuation: true,
        own_style: None,
        styles: Role::ALL.into_iter().map(|role| (role, style(role))).collect(),
        tokens: tokens(),
        insisted: BTreeSet::new(),
    }
}

/// A break between scenes: seen at the edge of a page too.
const ASTERISKS: &str = "*\u{2002}*\u{2002}*";

/// A line of a display page: centred, whole words, lining figures.
pub(super) const DISPLAY: Style = Style {
    align: TextAlign::Center,
    hyphenate: false,
    figures: Figures::Lining,
    keep_with_next: true,
    keep_together: true,
    ..PLAIN
};

/// A heading in the text: flush to the start edge, on the grid.
pub(super) const HEADING: Style = Style {
    align: TextAlign::Start,
    hyphenate: false,
    figures: Figures::Lining,
    keep_with_next: true,
    keep_together: true,
    ..PLAIN
};

/// A line of a list the program makes.
/// How far the further lines of an entry of the contents stand in.
pub(super) const TURNED: Em = Em(1.5);
const ENTRY: Style = Style { align: TextAlign::Start, hyphenate: false, keep_together: true, ..PLAIN };

fn style(role: Role) -> Style {
    match role {
        Role::HalfTitle => Style { size: 1.4, leading: 2.0, before: 8.0, ..DISPLAY },
        Role::BookTitle => Style { size: 2.6, leading: 3.0, before: 7.0, after: 1.0, ..DISPLAY },
        Role::BookSubtitle => Style { size: 1.3, leading: 2.0, italic: true, after: 2.0, ..DISPLAY },
        Role::BookAuthor => Style { size: 1.2, leading: 2.0, before: 1.0, ..DISPLAY },
        Role::BookPublisher => Style { small_caps: true, tracking: CAPS_TRACKING, before: 12.0, ..DISPLAY },
        Role::Imprint => Style {
            size: 0.82,
            leading: 0.85,
            align: TextAlign::Start,
            hyphenate: false,
            after: 0.5,
            keep_together: true,
            ..PLAIN
        },
        Role::Dedication => Style {
            italic: true,
            align: TextAlign::Center,
            hyphenate: false,
            before: 8.0,
            keep_together: true,
            ..PLAIN
        },
        Role::Epigraph => Style {
            italic: true,
            align: TextAlign::Start,
            inset_start: Em(6.0),
            before: 1.0,
            after: 1.0,
            keep_together: true,
            ..PLAIN
        },
        Role::PartTitle => {
            Style { size: 2.4, leading: 3.0, before: 9.0, after: 2.0, label: LabelPlace::Above, ..DISPLAY }
        }

        Role::ChapterTitle => {
            Style { size: 2.1, leading: 2.0, before: 4.0, after: 3.0, label: LabelPlace::Above, ..HEADING }
        }
        Role::Heading(1) => Style { size: 1.3, weight: Weight::Bold, before: 1.5, after: 0.5, ..HEADING },
        Role::Heading(2) => Style { size: 1.1, weight: Weight::Bold, before: 1.0, ..HEADING },
        Role::Heading(3) => Style { italic: true, size: 1.05, before: 1.0, ..HEADING },
        Role::Heading(4) => Style { small_caps: true, tracking: CAPS_TRACKING, before: 1.0, ..HEADING },
        Role::Heading(_) => Style { family: Family::Sans, size: 0.9, before: 1.0, ..HEADING },
        Role::ListTitle => Style { size: 1.8, leading: 2.0, before: 2.0, after: 2.0, ..HEADING },

        Role::Body => Style { indent: Em(1.0), ..PLAIN },
        Role::BodyFirst => PLAIN,
        Role::Lead => Style { size: 1.15, leading: 1.0, after: 1.0, ..PLAIN },
        Role::Small => Style { size: 0.85, leading: 0.85, before: 0.5, after: 0.5, ..PLAIN },
        Role::Centered => {
            Style { align: TextAlign::Center, hyphenate: false, before: 0.5, after: 0.5, keep_together: true, ..PLAIN }
        }
        Role::FlushEnd => {
            Style { align: TextAlign::End, hyphenate: false, before: 0.5, after: 0.5, keep_together: true, ..PLAIN }
        }
        Role::Quote => Style { inset_start: Em(1.8), inset_end: Em(1.8), before: 0.5, after: 0.5, ..PLAIN },
        Role::Attribution => {
            Style { align: TextAlign::End, hyphenate: false, keep_together: true, inset_start: Em(2.0), ..PLAIN }
        }
        Role::Verse => {
            Style { align: TextAlign::Start, hyphenate: false, inset_start: Em(1.8), before: 0.5, after: 0.5, ..PLAIN }
        }

        Role::List | Role::OrderedList => Style { inset_start: Em(1.6), before: 0.5, after: 0.5, ..PLAIN },
        Role::Item => PLAIN,
        Role::DefinitionList => Style { before: 0.5, after: 0.5, ..PLAIN },
        Role::Term => Style { weight: Weight::Bold, align: TextAlign::Start, keep_with_next: true, ..PLAIN },
        Role::Definition => Style { inset_start: Em(1.6), ..PLAIN },
        Role::Bibliography => {
            Style { align: TextAlign::Start, inset_start: Em(1.6), indent: Em(-1.6), before: 0.5, after: 0.5, ..PLAIN }
        }
        Role::Group => PLAIN,

        Role::Code => Style {
            family: Family::Mono,
            size: 0.8,
            leading: 0.85,
            align: TextAlign::Start,
            hyphenate: false,
            figures: Figures::Lining,
            inset_start: Em(0.6),
            inset_end: Em(0.6),
            before: 0.5,
            after: 0.5,
            ground: Some(CODE_GROUND),
            ..PLAIN
        },
        Role::CodeTitle => Style {
            family: Family::Sans,
            size: 0.8,
            color: QUIET,
            before: 0.5,
            inset_start: Em(0.6),
            align: TextAlign::Start,
            hyphenate: false,
            figures: Figures::Lining,
            keep_with_next: true,
            ..PLAIN
        },
        Role::Figure => Style { align: TextAlign::Center, before: 1.0, after: 1.0, keep_together: true, ..PLAIN },
        Role::Picture => Style { align: TextAlign::Center, before: 0.5, after: 0.5, keep_together: true, ..PLAIN },
        // Half a line over and under; what is left to whole lines is shared between the two.
        Role::Formula => Style {
            align: TextAlign::Center,
            hyphenate: false,
            before: 0.5,
            after: 0.5,
            figures: Figures::Lining,
            ..PLAIN
        },
        Role::Caption => Style {
            family: Family::Sans,
            size: 0.82,
            leading: 0.85,
            align: TextAlign::Start,
            hyphenate: false,
            figures: Figures::Lining,
            before: 0.5,
            after: 0.5,
            keep_together: true,
            ..PLAIN
        },
        Role::Table => Style { before: 0.5, after: 0.5, ..PLAIN },
        Role::HeadRow | Role::Row => Style { figures: Figures::Tabular, keep_together: true, ..PLAIN },
        Role::Cell => Style {
            size: 0.88,
            leading: 0.9,
            align: TextAlign::Start,
            figures: Figures::Tabular,
            inset_start: Em(0.4),
            inset_end: Em(0.4),
            ..PLAIN
        },
        Role::Admonition => Style {
            inset_start: Em(1.2),
            inset_end: Em(0.8),
            before: 0.5,
            after: 0.5,
            ground: Some(ADMONITION_GROUND),
            edge_rule: Some(2.0),
            ..PLAIN
        },
        Role::AdmonitionTitle => Style {
            family: Family::Sans,
            weight: Weight::Bold,
            size: 0.9,
            align: TextAlign::Start,
            hyphenate: false,
            figures: Figures::Lining,
            keep_with_next: true,
            ..PLAIN
        },
        Role::Ornament => Style {
            align: TextAlign::Center,
            hyphenate: false,
            before: 1.0,
            after: 1.0,
            tracking: Em(0.5),
            keep_together: true,
            ..PLAIN
        },

        Role::Notes => Style { size: 0.82, leading: 0.82, before: 1.0, ..PLAIN },
        Role::Note => Style { size: 0.82, leading: 0.82, ..PLAIN },

        Role::ContentsEntry(0) => Style {
            small_caps: true,
            tracking: CAPS_TRACKING,
            before: 1.0,
            figures: Figures::Lining,
            keep_with_next: true,
            ..ENTRY
        },
        // The turned lines of each stand in.
        Role::ContentsEntry(1) => Style { inset_start: TURNED, indent: Em(-TURNED.0), ..ENTRY },
        Role::ContentsEntry(2) => {
            Style { size: 0.92, inset_start: Em(1.8 + TURNED.0), indent: Em(-TURNED.0 / 0.92), ..ENTRY }
        }
        Role::ContentsEntry(_) => {
            Style { size: 0.88, inset_start: Em(4.0 + TURNED.0), indent: Em(-TURNED.0 / 0.88), ..ENTRY }
        }
        // The turned lines stand in, so that each entry is seen to begin.
        Role::ListEntry => Style { inset_start: Em(1.5), indent: Em(-1.5), ..ENTRY },
        Role::IndexLetter => Style {
            weight: Weight::Bold,
            align: TextAlign::Start,
            hyphenate: false,
            before: 1.0,
            keep_with_next: true,
            ..PLAIN
        },
        Role::IndexEntry(0) => Style {
            size: 0.85,
            leading: 0.85,
            align: TextAlign::Start,
            hyphenate: false,
            inset_start: Em(1.0),
            indent: Em(-1.0 / 0.85),
            ..PLAIN
        },
        Role::IndexEntry(_) => Style {
            size: 0.85,
            leading: 0.85,
            align: TextAlign::Start,
            hyphenate: false,
            inset_start: Em(2.0),
            indent: Em(-1.0 / 0.85),
            ..PLAIN
        },
    }
}

/// Dark inks that differ in hue on a screen, and by weight and slope where there is one ink only. Each passes 4.5:1 on
/// the code ground (WCAG 2.2, 1.4.3), as a test computes.
fn tokens() -> BTreeMap<Token, TokenStyle> {
    let look = |token: Token| {
        let (color, bold, italic) = match token {
            Token::Keyword => (Color::rgb(96, 24, 112), true, false),
            Token::Type => (Color::rgb(0, 82, 120), false, false),
            Token::Function => (Color::rgb(16, 58, 140), false, false),
            Token::Variable => (Color::BLACK, false, false),
            Token::Constant => (Color::rgb(120, 52, 0), false, false),
            Token::Number => (Color::rgb(120, 52, 0), false, false),
            Token::String => (Color::rgb(0, 92, 52), false, false),
            Token::Escape => (Color::rgb(120, 52, 0), false, false),
            Token::Comment => (Color::grey(92), false, true),
            Token::Attribute => (Color::rgb(92, 72, 0), false, false),
            Token::Tag => (Color::rgb(96, 24, 112), true, false),
            Token::Operator => (Color::grey(40), false, false),
            Token::Punctuation => (Color::grey(40), false, false),
            Token::Inserted => (Color::rgb(0, 92, 52), false, false),
            Token::Deleted => (Color::rgb(150, 20, 30), false, true),
        };
        TokenStyle { color, bold, italic }
    };
    Token::ALL.into_iter().map(|token| (token, look(token))).collect()
}
