//! PDF/X for any printer: the file alone, without anyone's sizes and limits.
//!
//! Sources: ISO 15930-1:2001 (PDF/X-1a), ISO 15930-7:2010 (PDF/X-4); the least sizes are those that most printers name.

use super::printer::{Bleed, Least, Press, PressFile, Printer};
use crate::base::Length;

pub(super) fn x1a() -> Printer {
    let margin = Length::inch(0.25);
    Printer {
        press: Press::PdfX1a,
        title: "PDF/X-1a",
        sources: &["https://www.iso.org/standard/29061.html"],
        dated: "2026-11-22",
        trims: Vec::new(),
        custom: None,
        least: Least { outer: margin, top: margin, bottom: margin, inner: margin },
        least_bled: None,
        gutters: Vec::new(),
        bleed: Bleed { edges: Length::mm(3.0), spine: true },
        papers: Vec::new(),
        blank_last: false,
        file: PressFile::X1a,
        whole_fonts: false,
        resolution: 300.0..=f64::INFINITY,
        least_text: Length::pt(7.0),
        least_rule: Length::pt(0.75),
        least_tint: 0.10,
        ink_limit: 300,
        refused: &[],
        spine_text_from: None,
    }
}

pub(super) fn x4() -> Printer {
    Printer {
        press: Press::PdfX4,
        title: "PDF/X-4",
        sources: &["https://www.iso.org/standard/55843.html"],
        file: PressFile::X4,
        ..x1a()
    }
}
