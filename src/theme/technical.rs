//! The design `technical`: Literata with headings of Fira Sans, for books with code, tables and many short sections.
//!
//! In:     the design `classic`, whose structure it keeps.
//! Out:    a complete [`Theme`].
//! Absent: the book's overrides.
//!
//! It is made for looking things up: headings are seen at a glance, figures are lining so that numbers in the text look like
//! those in the code, chapters begin on the next page without a long sink, and the heads stand at the outer edge where a
//! thumb finds them.

use super::classic::{self, DISPLAY, HEADING, QUIET, TURNED};
use super::style::PLAIN;
use super::{
    ChapterOpening, Color, Drawing, Family, Figures, FolioPlace, HeadPlace, HeadText, LabelPlace, PageFurniture, Role,
    Style, TextAlign, Theme, Weight,
};
use crate::base::{Em, Length};

/// As `classic`, a little smaller, since more of the page is code whose lines should not turn.
const DRAWING: Drawing = Drawing { sizes: (9.8, 11.5), leading: 1.4, ..classic::DRAWING };

/// A heading in the bold of the sans.
const BOLD: Style = Style { family: Family::Sans, weight: Weight::Bold, ..HEADING };
/// A line of a display page, flush to the start edge.
const TITLE: Style = Style { align: TextAlign::Start, family: Family::Sans, ..DISPLAY };
/// The ground of code; a bar of ink beside admonitions, and hardly any ground behind them.
const ADMONITION_GROUND: Color = Color::grey(248);
/// The least rule that presses hold (KDP: 0.75 pt).
const RULE: f64 = 0.75;

pub fn theme() -> Theme {
    let mut theme = Theme { name: "technical", drawing: DRAWING, ..classic::theme() };
    theme.chapter_opening = ChapterOpening::Page;
    theme.contents_depth = 3;
    theme.furniture = PageFurniture {
        heads: HeadText::ChapterAndSection,
        head_place: HeadPlace::Outer,
        folio_place: FolioPlace::HeadOuter,
        head: Style { size: 0.82, leading: 0.82, color: QUIET, ..TITLE },
        folio: Style { size: 0.82, leading: 0.82, weight: Weight::Bold, ..TITLE },
        rule: Some(RULE),
    };
    for (role, style) in headings() {
        theme.set_style(role, style);
    }
    theme.set_trim(Length::inch(6.0), Length::inch(9.0));
    text(&mut theme);
    for role in Role::ALL {
        theme.restyle(role, |style| {
            if style.figures == Figures::OldStyle {
                style.figures = Figures::Lining;
            }
        });
    }
    theme
}

fn headings() -> [(Role, Style); 15] {
    [
        (Role::HalfTitle, Style { size: 1.3, leading: 2.0, before: 8.0, ..TITLE }),
        (Role::BookTitle, Style { size: 2.6, leading: 3.0, before: 6.0, after: 1.0, weight: Weight::Bold, ..TITLE }),
        (Role::BookSubtitle, Style { size: 1.3, leading: 2.0, after: 2.0, ..TITLE }),
        (Role::BookAuthor, Style { size: 1.15, leading: 2.0, before: 1.0, ..TITLE }),
        (Role::BookPublisher, Style { before: 12.0, color: QUIET, ..TITLE }),
        (Role::PartTitle, Style { size: 2.4, leading: 3.0, before: 7.0, after: 2.0, label: LabelPlace::Above, ..BOLD }),
        (
            Role::ChapterTitle,
            Style { size: 2.0, leading: 2.0, before: 2.0, after: 2.0, label: LabelPlace::Above, ..BOLD },
        ),
        (Role::Heading(1), Style { size: 1.36, leading: 1.25, before: 1.25, after: 0.5, ..BOLD }),
        (Role::Heading(2), Style { size: 1.14, before: 1.5, after: 0.5, ..BOLD }),
        (Role::Heading(3), Style { before: 1.0, ..BOLD }),
        (Role::Heading(4), Style { size: 0.92, before: 1.0, ..BOLD }),
        (Role::Heading(5), Style { weight: Weight::Regular, size: 0.92, before: 1.0, ..BOLD }),
        (Role::ListTitle, Style { size: 1.7, leading: 2.0, before: 2.0, after: 2.0, ..BOLD }),
        (Role::IndexLetter, Style { before: 1.0, keep_together: false, ..BOLD }),
        (Role::ContentsEntry(0), Style { size: 0.95, before: 1.0, keep_together: true, ..BOLD }),
    ]
}

fn text(theme: &mut Theme) {
    theme.restyle(Role::Lead, |style| (style.size, style.leading) = (1.12, 1.0));
    theme.restyle(Role::Admonition, |style| {
        (style.ground, style.edge_rule) = (Some(ADMONITION_GROUND), Some(3.0));
    });
    // Tables are looked at more than read: the sans holds more words to a column, and its figures stand out.
    theme.restyle(Role::Cell, |style| {
        (style.family, style.size, style.leading) = (Family::Sans, 0.86, 0.9);
    });
    theme.restyle(Role::Term, |style| (style.family, style.size) = (Family::Sans, 0.95));
    theme.restyle(Role::CodeTitle, |style| (style.weight, style.size) = (Weight::Bold, 0.8));
    theme.restyle(Role::ContentsEntry(3), |style| (style.size, style.inset_start) = (0.88, Em(4.4 + TURNED.0)));
    theme.restyle(Role::Imprint, |style| {
        *style = Style { size: 0.82, leading: 0.85, after: 0.5, keep_with_next: false, ..TITLE }
    });
    theme.restyle(Role::Note, |style| *style = Style { size: 0.84, leading: 0.84, ..PLAIN });
    theme.restyle(Role::Notes, |style| (style.size, style.leading) = (0.84, 0.84));
}
