//! The design `large-print`: Fira Sans at 16 pt and more, for readers with low vision.
//!
//! In:     the design `classic`, whose structure it keeps.
//! Out:    a complete [`Theme`].
//! Absent: the book's overrides.
//!
//! It follows RNIB's *Clear Print* and *Large Print* guidelines and those of the UK Association for Accessible Formats (UKAAF
//! *Minimum Standards: Clear and Large Print*): no text under 16 pt; a clear sans with lining figures; lines flush to one edge
//! and no word divided; words told apart by weight, never by slope or by capitals; white between paragraphs instead of
//! an indent; black ink on plain paper, no text on grounds; what is centred elsewhere begins at the same edge as the text.

use super::classic::{self, HEADING, TURNED};
use super::{
    ChapterOpening, ChapterStart, Color, Drawing, Emphasis, Family, Figures, FolioPlace, HeadPlace, HeadText,
    LabelPlace, PageFurniture, Role, Style, TextAlign, Theme, Weight,
};
use crate::base::{Em, Length};
use crate::theme::style::PLAIN;

/// Fira Sans is as wide as Literata and has an x-height of 0.527 em. Sixty characters are the most that the guidelines
/// like; a book's page has room for some fifty at this size.
const DRAWING: Drawing = Drawing { mean_advance: 0.452, ideal_line: 60.0, sizes: (17.0, 18.0), leading: 1.4 };
/// 16 pt where the text has 17: the least of all.
const LEAST: f64 = 0.95;
/// Rules are as strong as the letters beside them, in points.
const RULE: f64 = 2.0;

/// A heading: bold, larger, flush.
const BOLD: Style = Style { family: Family::Text, weight: Weight::Bold, ..HEADING };

pub fn theme() -> Theme {
    let mut theme = Theme { name: "large-print", drawing: DRAWING, ..classic::theme() };
    theme.families.text = "Fira Sans".to_owned();
    theme.justify = false;
    theme.emphasis = Emphasis::Weight;
    theme.chapter_start = ChapterStart::Plain;
    theme.chapter_opening = ChapterOpening::Page;
    theme.furniture = PageFurniture {
        heads: HeadText::BookAndChapter,
        head_place: HeadPlace::Outer,
        folio_place: FolioPlace::FootOuter,
        head: Style { size: LEAST, leading: LEAST, ..BOLD },
        folio: Style { weight: Weight::Bold, ..PLAIN },
        rule: None,
    };
    for role in Role::ALL {
        theme.restyle(role, clear);
    }
    for (role, style) in headings() {
        theme.set_style(role, style);
    }
    text(&mut theme);
    for token in theme.tokens.values_mut() {
        token.color = Color::BLACK;
        token.italic = false;
    }
    // The measure of a page of 6 × 9 in would hold some forty characters.
    theme.set_trim(Length::inch(7.0), Length::inch(10.0));
    theme
}

/// What holds for every role.
fn clear(style: &mut Style) {
    style.italic = false;
    style.small_caps = false;
    style.tracking = Em(0.0);
    style.hyphenate = false;
    style.color = Color::BLACK;
    style.ground = None;
    if style.family == Family::Sans {
        style.family = Family::Text;
    }
    if style.figures == Figures::OldStyle {
        style.figures = Figures::Lining;
    }
    if matches!(style.align, TextAlign::Justify | TextAlign::Center) {
        style.align = TextAlign::Start;
    }
    if style.size < LEAST {
        style.size = LEAST;
    }
    // Smaller text is not set closer.
    style.leading = style.leading.max(1.0);
}

fn headings() -> [(Role, Style); 15] {
    [
        (Role::HalfTitle, Style { size: 1.2, leading: 2.0, before: 4.0, ..BOLD }),
        (Role::BookTitle, Style { size: 2.0, leading: 2.0, before: 3.0, after: 1.0, ..BOLD }),
        (Role::BookSubtitle, Style { size: 1.2, leading: 1.5, weight: Weight::Regular, after: 1.5, ..BOLD }),
        (Role::BookAuthor, Style { size: 1.2, leading: 2.0, before: 1.0, ..BOLD }),
        (Role::BookPublisher, Style { weight: Weight::Regular, before: 4.0, ..BOLD }),
        (Role::PartTitle, Style { size: 1.9, leading: 2.0, before: 4.0, after: 2.0, label: LabelPlace::Above, ..BOLD }),
        (
            Role::ChapterTitle,
            Style { size: 1.6, leading: 2.0, before: 1.0, after: 1.0, label: LabelPlace::Above, ..BOLD },
        ),
        (Role::ListTitle, Style { size: 1.5, leading: 2.0, before: 1.0, after: 1.0, ..BOLD }),
        (Role::Heading(1), Style { size: 1.3, leading: 1.25, before: 1.25, after: 0.5, ..BOLD }),
        (Role::Heading(2), Style { size: 1.15, before: 1.5, after: 0.5, ..BOLD }),
        (Role::Heading(3), Style { size: 1.05, before: 1.0, ..BOLD }),
        (Role::Heading(4), Style { before: 1.0, ..BOLD }),
        (Role::Heading(5), Style { weight: Weight::Regular, before: 1.0, ..BOLD }),
        (Role::ContentsEntry(0), Style { before: 1.0, ..BOLD }),
        (Role::AdmonitionTitle, Style { keep_together: false, ..BOLD }),
    ]
}

fn text(theme: &mut Theme) {
    // White parts paragraphs, never an indent as well (Butterick). The grid makes it a whole line; as it asks for less, no
    // page is filled by more of it.
    theme.restyle(Role::Body, |style| (style.indent, style.before) = (Em(0.0), 0.6));
    theme.restyle(Role::Lead, |style| (style.weight, style.leading) = (Weight::Bold, 1.2));
    for role in [Role::Quote, Role::Verse, Role::Dedication, Role::Epigraph] {
        theme.restyle(role, |style| {
            (style.inset_start, style.inset_end) = (Em(1.5), Em(0.0));
            (style.before, style.after) = (style.before.max(1.0), style.after.max(1.0));
        });
    }
    theme.restyle(Role::Attribution, |style| (style.align, style.inset_start) = (TextAlign::Start, Em(0.0)));
    theme.restyle(Role::FlushEnd, |style| style.align = TextAlign::Start);
    // Code and admonitions stand behind a rule instead of on a ground.
    theme.restyle(Role::Code, |style| {
        (style.edge_rule, style.inset_start, style.inset_end) = (Some(RULE), Em(0.8), Em(0.0));
    });
    theme.restyle(Role::Admonition, |style| {
        (style.edge_rule, style.inset_start, style.inset_end) = (Some(2.0 * RULE), Em(1.0), Em(0.0));
    });
    // A caption has its label in bold already, and many lines in bold are hard to read.
    theme.restyle(Role::CodeTitle, |style| style.weight = Weight::Bold);
    theme.restyle(Role::ContentsEntry(2), |style| style.inset_start = Em(1.0 + TURNED.0));
    theme.restyle(Role::ContentsEntry(3), |style| style.inset_start = Em(2.0 + TURNED.0));
    theme.restyle(Role::ListEntry, |style| style.before = 0.5);
}
