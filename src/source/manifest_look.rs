//! Keys of `[output.bifolio]` that choose among what a theme can do: how chapters begin, what stands beside the text.
//!
//! In:     the table, the theme.
//! Out:    the theme changed.
//! Faults: `config.choice`, `config.ornament`.
//! Absent: styles of single roles (`manifest_style.rs`).

use super::manifest_edition::choice;
use super::manifest_table::Table;
use crate::base::{Diagnostic, Sink};
use crate::theme::{ChapterOpening, ChapterStart, FolioPlace, HeadText, Numbering, Theme};

/// An ornament of more characters is a line of text.
const LONGEST_ORNAMENT: usize = 24;
/// The lines of a drop cap: as book designers most often have it.
const DROP_LINES: u8 = 3;

pub fn read_look(table: &Table, theme: &mut Theme, sink: &mut Sink) {
    let numbering = [("sections", Numbering::Sections), ("chapters", Numbering::Chapters), ("none", Numbering::None)];
    if let Some(found) = choice(table, "numbering", &numbering, sink) {
        theme.numbering = found;
    }
    let opening = [("recto", ChapterOpening::Recto), ("page", ChapterOpening::Page)];
    if let Some(found) = choice(table, "chapter-opening", &opening, sink) {
        theme.chapter_opening = found;
    }
    let start = [
        ("plain", ChapterStart::Plain),
        ("small-caps", ChapterStart::SmallCaps),
        ("drop-cap", ChapterStart::DropCap { lines: DROP_LINES }),
    ];
    if let Some(found) = choice(table, "chapter-start", &start, sink) {
        theme.chapter_start = found;
    }
    let heads = [
        ("auto", HeadText::Auto),
        ("book-chapter", HeadText::BookAndChapter),
        ("chapter-section", HeadText::ChapterAndSection),
        ("none", HeadText::None),
    ];
    if let Some(found) = choice(table, "running-heads", &heads, sink) {
        theme.furniture.heads = found;
    }
    let folios = [
        ("head", FolioPlace::HeadOuter),
        ("foot", FolioPlace::FootOuter),
        ("foot-center", FolioPlace::FootCenter),
        ("none", FolioPlace::None),
    ];
    if let Some(found) = choice(table, "folios", &folios, sink) {
        theme.furniture.folio_place = found;
    }
    if let Some(ornament) = table.text("ornament", sink) {
        let shown = ornament.value.trim();
        if shown.is_empty() || shown.chars().count() > LONGEST_ORNAMENT || shown.chars().any(char::is_control) {
            let told = Diagnostic::error("config.ornament", "an ornament is 1 to 24 signs on one line");
            sink.push(told.at(ornament.span).hint("write something like \"* * *\" or \"⁂\""));
        } else {
            theme.ornament = shown.to_owned();
        }
    }
}
