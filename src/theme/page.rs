//! The page: trim size and margins.

use crate::base::Length;

/// A trimmed page. Lengths are of the finished leaf, without bleed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    pub width: Length,
    pub height: Length,
    pub margins: Margins,
}

/// The white round the text block. `inner` lies at the spine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Margins {
    pub inner: Length,
    /// From the trim to the top of the first line's type area; the running head stands inside it.
    pub top: Length,
    pub outer: Length,
    /// From the last baseline's grid line to the trim; the folio stands inside it.
    pub bottom: Length,
}

/// On which page a chapter opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChapterOpening {
    /// Always a right-hand page; a blank verso stands before it where needed.
    Recto,
    /// The next page, left or right.
    Page,
}

/// Finds a trim size by name (`6x9`, `a5`), in any case.
///
/// Sources: ISO 216 for the A and B sizes; the sizes in inches are those of the KDP and IngramSpark lists of 2026.
pub fn trim_named(name: &str) -> Option<(Length, Length)> {
    let inches = |w: f64, h: f64| Some((Length::inch(w), Length::inch(h)));
    let mm = |w: f64, h: f64| Some((Length::mm(w), Length::mm(h)));
    match name.to_ascii_lowercase().as_str() {
        "5x8" => inches(5.0, 8.0),
        "5.06x7.81" => inches(5.06, 7.81),
        "5.25x8" => inches(5.25, 8.0),
        "5.5x8.5" | "digest" => inches(5.5, 8.5),
        "6x9" => inches(6.0, 9.0),
        "6.14x9.21" | "royal" => inches(6.14, 9.21),
        "6.69x9.61" => inches(6.69, 9.61),
        "7x10" => inches(7.0, 10.0),
        "7.44x9.69" => inches(7.44, 9.69),
        "7.5x9.25" => inches(7.5, 9.25),
        "8x10" => inches(8.0, 10.0),
        "8.5x11" | "letter" => inches(8.5, 11.0),
        "a4" => mm(210.0, 297.0),
        "a5" => mm(148.0, 210.0),
        "a6" => mm(105.0, 148.0),
        "b5" => mm(176.0, 250.0),
        "b6" => mm(125.0, 176.0),
        _ => None,
    }
}

/// The names [`trim_named`] knows, for hints.
pub const TRIM_NAMES: [&str; 17] = [
    "5x8",
    "5.06x7.81",
    "5.25x8",
    "5.5x8.5",
    "6x9",
    "6.14x9.21",
    "6.69x9.61",
    "7x10",
    "7.44x9.69",
    "7.5x9.25",
    "8x10",
    "8.5x11",
    "a4",
    "a5",
    "a6",
    "b5",
    "b6",
];
