//! The words the program says itself, by language: `Chapter`, `Figure`, `Contents`.

use crate::base::Lang;

/// The program's words in one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wording {
    pub part: &'static str,
    pub chapter: &'static str,
    pub section: &'static str,
    pub figure: &'static str,
    pub table: &'static str,
    pub contents: &'static str,
    pub figures: &'static str,
    pub tables: &'static str,
    pub index: &'static str,
    pub notes: &'static str,
    pub note: &'static str,
    pub tip: &'static str,
    pub important: &'static str,
    pub warning: &'static str,
    pub caution: &'static str,
    pub page: &'static str,
    pub see: &'static str,
    pub cover: &'static str,
    pub continued: &'static str,
    pub back_to_text: &'static str,
    /// The list of printed pages, for machines.
    pub pages: &'static str,
    /// The list of a book's chief places, for machines.
    pub landmarks: &'static str,
}

const ENGLISH: Wording = Wording {
    part: "Part",
    chapter: "Chapter",
    section: "Section",
    figure: "Figure",
    table: "Table",
    contents: "Contents",
    figures: "Figures",
    tables: "Tables",
    index: "Index",
    notes: "Notes",
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    page: "page",
    see: "see",
    cover: "Cover",
    continued: "continued",
    back_to_text: "Back to the text",
    pages: "Pages",
    landmarks: "Landmarks",
};

impl Wording {
    /// The words of a language; English where we have none of it.
    pub fn of(lang: &Lang) -> &'static Wording {
        match lang.primary() {
            _ => &ENGLISH,
        }
    }
}
