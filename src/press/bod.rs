//! BoD (Books on Demand): sizes, margins, limits.
//!
//! Source: BoD's guidelines for print files.

use super::printer::{Bleed, Least, Paper, PaperInks, Press, PressFile, Printer, millimetres};
use crate::base::Length;

pub(super) fn rules() -> Printer {
    // No margin is named; this is what a trimming knife that is off by its tolerance leaves whole.
    let margin = Length::mm(10.0);
    Printer {
        press: Press::Bod,
        title: "BoD",
        sources: &["https://www.bod.de/hilfe/hilfe-und-service.html"],
        dated: "2026-10-21",
        trims: vec![
            millimetres("12 × 19 cm", 120.0, 190.0),
            millimetres("13.5 × 21.5 cm", 135.0, 215.0),
            millimetres("14.8 × 21 cm", 148.0, 210.0),
            millimetres("15.5 × 22 cm", 155.0, 220.0),
            millimetres("17 × 17 cm", 170.0, 170.0),
            millimetres("17 × 22 cm", 170.0, 220.0),
            millimetres("19 × 27 cm", 190.0, 270.0),
            millimetres("21 × 15 cm", 210.0, 150.0),
            millimetres("21 × 21 cm", 210.0, 210.0),
            millimetres("21 × 29.7 cm", 210.0, 297.0),
        ],
        custom: None,
        least: Least { outer: margin, top: margin, bottom: margin, inner: Length::mm(15.0) },
        least_bled: None,
        gutters: Vec::new(),
        bleed: Bleed { edges: Length::mm(5.0), spine: true },
        papers: vec![Paper { name: "white", inks: PaperInks::Both, most_in: &[], pages: 24..=900, thickness: None }],
        blank_last: true,
        file: PressFile::X1a,
        whole_fonts: false,
        resolution: 300.0..=f64::INFINITY,
        least_text: Length::pt(7.0),
        least_rule: Length::pt(0.75),
        least_tint: 0.10,
        ink_limit: 240,
        refused: &[],
        spine_text_from: None,
    }
}
