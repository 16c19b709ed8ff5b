//! IngramSpark and Lightning Source: sizes, margins, limits.
//!
//! Sources: IngramSpark, "File Creation Guide" of 24 August 2026, and its help pages.

use super::printer::{Bleed, Least, Paper, PaperInks, Press, PressFile, Printer, inches, millimetres};
use crate::base::Length;

pub(super) fn rules() -> Printer {
    let margin = Length::inch(0.5);
    Printer {
        press: Press::Ingram,
        title: "IngramSpark",
        sources: &[
            "https://www.ingramspark.com/hubfs/downloads/file-creation-guide.pdf",
            "https://help.ingramspark.com/hc/en-us",
        ],
        dated: "2026-10-21",
        trims: vec![
            inches("4.25 × 6.87 in", 4.25, 6.87),
            inches("4.72 × 7.48 in", 4.72, 7.48),
            inches("5 × 7 in", 5.0, 7.0),
            inches("5 × 8 in", 5.0, 8.0),
            inches("5.06 × 7.81 in", 5.06, 7.81),
            inches("5.25 × 8 in", 5.25, 8.0),
            inches("5.5 × 7.5 in", 5.5, 7.5),
            inches("5.5 × 8.5 in", 5.5, 8.5),
            millimetres("5.83 × 8.27 in (A5)", 148.0, 210.0),
            inches("6 × 9 in", 6.0, 9.0),
            inches("6.14 × 9.21 in", 6.14, 9.21),
            inches("6.5 × 6.5 in", 6.5, 6.5),
            inches("6.69 × 9.61 in", 6.69, 9.61),
            inches("7 × 10 in", 7.0, 10.0),
            inches("7.44 × 9.69 in", 7.44, 9.69),
            inches("7.5 × 7.5 in", 7.5, 7.5),
            inches("7.5 × 9.25 in", 7.5, 9.25),
            inches("8 × 8 in", 8.0, 8.0),
            inches("8 × 10 in", 8.0, 10.0),
            inches("8.25 × 11 in", 8.25, 11.0),
            inches("8.27 × 11.69 in", 8.27, 11.69),
            inches("8.5 × 8.5 in", 8.5, 8.5),
            inches("8.5 × 10.88 in", 8.5, 10.88),
            inches("8.5 × 11 in", 8.5, 11.0),
            inches("9 × 7 in", 9.0, 7.0),
            inches("10 × 8 in", 10.0, 8.0),
            inches("11 × 8.5 in", 11.0, 8.5),
        ],
        custom: Some([(Length::inch(4.0), Length::inch(6.0)), (Length::inch(8.5), Length::inch(11.0))]),
        // On all sides, page numbers included, whatever the page count.
        least: Least { outer: margin, top: margin, bottom: margin, inner: margin },
        least_bled: None,
        gutters: Vec::new(),
        bleed: Bleed { edges: Length::inch(0.125), spine: false },
        // Thicknesses are told by the cover template alone.
        papers: vec![
            Paper { name: "white", inks: PaperInks::Both, most_in: &[], pages: 18..=1200, thickness: None },
            Paper { name: "cream", inks: PaperInks::Black, most_in: &[], pages: 18..=1050, thickness: None },
            Paper { name: "white-70", inks: PaperInks::Both, most_in: &[], pages: 18..=900, thickness: None },
            Paper { name: "groundwood", inks: PaperInks::Black, most_in: &[], pages: 18..=900, thickness: None },
        ],
        blank_last: true,
        file: PressFile::X1a,
        whole_fonts: false,
        resolution: 300.0..=375.0,
        least_text: Length::pt(7.0),
        least_rule: Length::pt(0.75),
        least_tint: 0.10,
        ink_limit: 240,
        refused: &["printed in", "manufactured in", "fsc", "sfi", "pefc", "acid-free", "acid free"],
        spine_text_from: Some(48),
    }
}
