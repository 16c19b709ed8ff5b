//! The design `literary`: Alegreya, centred and quiet, for prose that is read from end to end.
//!
//! In:     the design `classic`, whose structure it keeps.
//! Out:    a complete [`Theme`].
//! Absent: the book's overrides.
//!
//! Nothing but size, slope and small capitals tells one thing from another: there is no bold type in a heading, no sans, and
//! no ground but that of code. A chapter sinks by a third of the page and begins with a capital of three lines.

use super::classic::{self, CAPS_TRACKING, DISPLAY, HEADING};
use super::style::PLAIN;
use super::{
    ChapterOpening, ChapterStart, Drawing, Family, Figures, FolioPlace, HeadPlace, HeadText, LabelPlace, PageFurniture,
    Role, Style, TextAlign, Theme, Weight,
};
use crate::base::{Em, Length};

/// Alegreya is narrow and its x-height of 0.452 em is low: it is set a size larger than Literata, and closer. The mean
/// advance is that of its letters in English prose (0.404), with what justified lines add to their spaces.
const DRAWING: Drawing = Drawing { mean_advance: 0.407, ideal_line: 65.0, sizes: (11.5, 13.5), leading: 1.3 };

/// A line in small capitals, among which figures of the text's own kind stand best.
const SMALL_CAPITALS: Style =
    Style { small_caps: true, tracking: CAPS_TRACKING, figures: Figures::OldStyle, ..DISPLAY };

pub fn theme() -> Theme {
    let mut theme = Theme { name: "literary", drawing: DRAWING, ..classic::theme() };
    theme.families.text = "Alegreya".to_owned();
    // Novels have many short chapters: a blank page before every second one would thin the book out.
    theme.chapter_opening = ChapterOpening::Page;
    theme.chapter_start = ChapterStart::DropCap { lines: 3 };
    theme.furniture = PageFurniture {
        heads: HeadText::Auto,
        head_place: HeadPlace::Center,
        folio_place: FolioPlace::FootCenter,
        head: Style { size: 0.9, leading: 0.9, tracking: Em(0.09), ..SMALL_CAPITALS },
        folio: Style { size: 0.95, leading: 0.95, ..PLAIN },
        rule: None,
    };
    for (role, style) in display().into_iter().chain(headings()) {
        theme.set_style(role, style);
    }
    theme.set_trim(Length::inch(6.0), Length::inch(9.0));
    text(&mut theme);
    theme
}

fn display() -> [(Role, Style); 6] {
    [
        (Role::HalfTitle, Style { size: 1.15, leading: 2.0, before: 9.0, ..SMALL_CAPITALS }),
        (Role::BookTitle, Style { size: 2.7, leading: 3.0, before: 6.0, after: 1.0, ..DISPLAY }),
        (Role::BookSubtitle, Style { size: 1.3, leading: 2.0, italic: true, after: 2.0, ..DISPLAY }),
        (Role::BookAuthor, Style { size: 1.15, leading: 2.0, before: 1.0, ..SMALL_CAPITALS }),
        (Role::BookPublisher, Style { before: 12.0, ..SMALL_CAPITALS }),
        (
            Role::PartTitle,
            Style { size: 2.0, leading: 3.0, before: 9.0, after: 2.0, label: LabelPlace::Above, ..DISPLAY },
        ),
    ]
}

fn headings() -> [(Role, Style); 7] {
    [
        (
            Role::ChapterTitle,
            Style { size: 1.75, leading: 2.0, before: 6.0, after: 3.0, label: LabelPlace::Above, ..DISPLAY },
        ),
        (Role::Heading(1), Style { size: 1.1, before: 1.5, after: 0.5, ..SMALL_CAPITALS }),
        (Role::Heading(2), Style { size: 1.1, italic: true, before: 1.5, after: 0.5, ..DISPLAY }),
        (Role::Heading(3), Style { italic: true, before: 1.0, ..HEADING }),
        (Role::Heading(4), Style { small_caps: true, tracking: CAPS_TRACKING, before: 1.0, ..HEADING }),
        (Role::Heading(5), Style { size: 0.95, italic: true, before: 1.0, ..HEADING }),
        (Role::ListTitle, Style { size: 1.4, leading: 2.0, before: 4.0, after: 2.0, ..SMALL_CAPITALS }),
    ]
}

fn text(theme: &mut Theme) {
    theme.restyle(Role::Body, |style| style.indent = Em(1.2));
    theme.restyle(Role::Quote, |style| (style.inset_start, style.inset_end) = (Em(1.5), Em(1.5)));
    theme.restyle(Role::Term, |style| (style.weight, style.italic) = (Weight::Regular, true));
    // JetBrains Mono's x-height is 0.55 em: code is set so much smaller that its letters look as large as the text's.
    theme.restyle(Role::Code, |style| (style.size, style.leading) = (0.72, 0.85));
    for role in [Role::Caption, Role::CodeTitle] {
        theme.restyle(role, |style| {
            (style.family, style.italic, style.align, style.size, style.leading) =
                (Family::Text, true, TextAlign::Center, 0.92, 1.0);
        });
    }
    theme.restyle(Role::CodeTitle, |style| style.align = TextAlign::Start);
    theme.restyle(Role::Admonition, |style| (style.ground, style.edge_rule) = (None, Some(0.75)));
    theme.restyle(Role::AdmonitionTitle, |style| {
        (style.family, style.weight, style.size) = (Family::Text, Weight::Regular, 1.0);
        (style.small_caps, style.tracking) = (true, CAPS_TRACKING);
    });
    theme.restyle(Role::Cell, |style| (style.size, style.leading) = (0.92, 0.95));
    for role in [Role::Notes, Role::Note] {
        theme.restyle(role, |style| (style.size, style.leading) = (0.84, 0.84));
    }
    theme.restyle(Role::IndexLetter, |style| {
        (style.weight, style.small_caps, style.tracking) = (Weight::Regular, true, CAPS_TRACKING);
    });
}
