//! Amazon KDP, paperbacks: sizes, margins, limits.
//!
//! Sources: KDP Help, "Set Trim Size, Bleed, and Margins", "Paperback Submission Guidelines", "Print Options",
//! "Color Ink Options". What one of them leaves open is marked.

use super::printer::{Bleed, Gutter, Least, Paper, PaperInks, Press, PressFile, Printer, inches};
use crate::base::Length;

/// The most pages on white paper in black ink, in sizes with limits of their own ("Print Options", as retold by the help of
/// Book Bolt).
const WHITE: [(&str, usize); 5] = [
    ("8.25 × 6 in", 800),
    ("8.25 × 8.25 in", 800),
    ("8.27 × 11.69 in", 780),
    ("8.5 × 8.5 in", 590),
    ("8.5 × 11 in", 590),
];
const CREAM: [(&str, usize); 5] = [
    ("8.25 × 6 in", 750),
    ("8.25 × 8.25 in", 750),
    ("8.27 × 11.69 in", 730),
    ("8.5 × 8.5 in", 550),
    ("8.5 × 11 in", 550),
];
const PREMIUM: [(&str, usize); 5] = [
    ("8.25 × 6 in", 800),
    ("8.25 × 8.25 in", 800),
    ("8.27 × 11.69 in", 590),
    ("8.5 × 8.5 in", 590),
    ("8.5 × 11 in", 590),
];

pub(super) fn rules() -> Printer {
    Printer {
        press: Press::Kdp,
        title: "Amazon KDP",
        sources: &[
            "https://kdp.amazon.com/en_US/help/topic/GVBQ3CMEQW3W2VL6",
            "https://kdp.amazon.com/en_US/help/topic/G201857950",
            "https://kdp.amazon.com/en_US/help/topic/G201834180",
            "https://kdp.amazon.com/en_US/help/topic/GX56BFPW4BKNPGFW",
            "http://bookbolt.kb.help/kdp-publishing-what-is-the-minimum-maximum-number-of-pages-you-can-use-in-a-book-and-the-royalty-amount/",
        ],
        dated: "2026-11-22",
        trims: vec![
            inches("5 × 8 in", 5.0, 8.0),
            inches("5.06 × 7.81 in", 5.06, 7.81),
            inches("5.25 × 8 in", 5.25, 8.0),
            inches("5.5 × 8.5 in", 5.5, 8.5),
            inches("6 × 9 in", 6.0, 9.0),
            inches("6.14 × 9.21 in", 6.14, 9.21),
            inches("6.69 × 9.61 in", 6.69, 9.61),
            inches("7 × 10 in", 7.0, 10.0),
            inches("7.44 × 9.69 in", 7.44, 9.69),
            inches("7.5 × 9.25 in", 7.5, 9.25),
            inches("8 × 10 in", 8.0, 10.0),
            inches("8.25 × 6 in", 8.25, 6.0),
            inches("8.25 × 8.25 in", 8.25, 8.25),
            inches("8.27 × 11.69 in", 8.27, 11.69),
            inches("8.5 × 8.5 in", 8.5, 8.5),
            inches("8.5 × 11 in", 8.5, 11.0),
        ],
        custom: Some([(Length::inch(4.0), Length::inch(6.0)), (Length::inch(8.5), Length::inch(11.69))]),
        least: Least {
            outer: Length::inch(0.25),
            top: Length::inch(0.25),
            bottom: Length::inch(0.25),
            inner: Length::inch(0.375),
        },
        least_bled: Some(Length::inch(0.375)),
        gutters: vec![
            Gutter { pages: 24..=150, inner: Length::inch(0.375) },
            Gutter { pages: 151..=300, inner: Length::inch(0.5) },
            Gutter { pages: 301..=500, inner: Length::inch(0.625) },
            Gutter { pages: 501..=700, inner: Length::inch(0.75) },
            Gutter { pages: 701..=828, inner: Length::inch(0.875) },
        ],
        bleed: Bleed { edges: Length::inch(0.125), spine: false },
        papers: vec![
            Paper {
                name: "white",
                inks: PaperInks::Black,
                pages: 24..=828,
                most_in: &WHITE,
                thickness: Some(Length::inch(0.002252)),
            },
            Paper {
                name: "cream",
                inks: PaperInks::Black,
                pages: 24..=776,
                most_in: &CREAM,
                thickness: Some(Length::inch(0.0025)),
            },
            // Sources differ on its thickness: the cover template of KDP tells. For large sizes no limit is told: that of
            // white paper.
            Paper { name: "groundwood", inks: PaperInks::Black, pages: 24..=812, most_in: &WHITE, thickness: None },
            Paper {
                name: "premium-color",
                inks: PaperInks::Colour,
                pages: 24..=828,
                most_in: &PREMIUM,
                thickness: Some(Length::inch(0.002347)),
            },
            // Sources differ on its thickness; KDP says that it is the paper of black ink.
            Paper { name: "standard-color", inks: PaperInks::Colour, pages: 72..=600, most_in: &[], thickness: None },
        ],
        blank_last: true,
        // Any PDF is taken; this one holds nothing of what is refused.
        file: PressFile::X1a,
        whole_fonts: true,
        resolution: 300.0..=f64::INFINITY,
        least_text: Length::pt(7.0),
        least_rule: Length::pt(0.75),
        least_tint: 0.10,
        // None is told; that of uncoated paper.
        ink_limit: 240,
        refused: &[],
        spine_text_from: Some(79),
    }
}
