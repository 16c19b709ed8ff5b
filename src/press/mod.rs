//! What those who print a book, and those who keep its file, ask of it: dated data with sources.
//!
//! In:     names of printers and standards, page counts, page sizes.
//! Out:    [`Printer`]s with their trims, margins, limits and papers; [`Standard`]s of the reading PDF; what a book
//!         orders of them ([`Orders`]).
//! Absent: pages, text and files: `check/preflight` holds pages against these, `pdf/write` makes the file.

mod bod;
mod cover;
mod ingram;
mod kdp;
mod pdfx;
mod printer;
mod standard;

pub use cover::{Area, BARCODE_BOX, CoverRules, Spine, SpineFrom, Wrap};
pub use printer::{Bleed, Gutter, Least, Paper, PaperInks, Press, PressFile, Printer, Trim};
pub use standard::{Standard, Standards};

use crate::base::Length;
use std::collections::BTreeMap;

/// The inks of a printer's PDF. Text is black ink alone in either.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Colour {
    /// Black ink alone: pictures become shades of it.
    #[default]
    Grey,
    /// Pictures and grounds in cyan, magenta, yellow and black.
    Cmyk,
}

/// What a book says of one printer's PDF.
#[derive(Clone, Default, Debug)]
pub struct Order {
    pub colour: Colour,
    /// Another trim than that of the reading PDF.
    pub trim: Option<(Length, Length)>,
    /// The name of the paper; the printer's first one that takes the inks when absent.
    pub paper: Option<String>,
}

/// What a book orders: `profiles`, `[output.bifolio.press.*]` and `pdf-standard` of `book.toml`.
#[derive(Clone, Default, Debug)]
pub struct Orders {
    /// The printers whose PDFs every run makes, in the order of [`Press::ALL`].
    pub profiles: Vec<Press>,
    pub by_press: BTreeMap<Press, Order>,
    pub standards: Standards,
}

impl Orders {
    /// What was ordered of a printer; the defaults where nothing was.
    pub fn of(&self, press: Press) -> Order {
        self.by_press.get(&press).cloned().unwrap_or_default()
    }
}
