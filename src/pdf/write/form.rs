//! What kind of file is written: the reading PDF, or one for a printer.
//!
//! In:     standards, a printer's rules.
//! Out:    [`Form`], which every part of the writer asks what it may put into the file.
//! Absent: the content.

use super::objects::Layout;
use super::roles::Vocabulary;
use crate::base::Length;
use crate::press::{Bleed, Colour, PressFile, Printer, Standard, Standards};

/// What is written.
#[derive(Clone, Copy, Debug)]
pub enum Form<'a> {
    /// For screens and screen readers: tagged, linked, in colour.
    Reading(&'a Standards),
    /// For a printing press: pages and nothing else.
    Press {
        printer: &'a Printer,
        colour: Colour,
        /// Blank pages after the last one.
        blanks: usize,
    },
}

impl Form<'_> {
    /// Tags, links, bookmarks, names and metadata; a press would stumble over them.
    pub fn is_for_readers(self) -> bool {
        matches!(self, Form::Reading(_))
    }

    /// The structure types that tell what is read.
    pub fn vocabulary(self) -> Vocabulary {
        match self {
            Form::Reading(standards) if standards.are_on_pdf_2() => Vocabulary::Pdf2,
            Form::Reading(_) | Form::Press { .. } => Vocabulary::Pdf1,
        }
    }

    /// Whether formulas are told as MathML, in files that go with them (ISO 14289-2, 8.2.5.29).
    pub fn has_mathml(self) -> bool {
        match self {
            Form::Reading(standards) => standards.has(Standard::Ua2),
            Form::Press { .. } => false,
        }
    }

    /// Nothing may shine through (ISO 15930-1, 6.17): it is laid on white.
    pub fn is_flat(self) -> bool {
        match self {
            Form::Reading(_) => false,
            Form::Press { printer, .. } => printer.file == PressFile::X1a,
        }
    }

    pub fn has_whole_fonts(self) -> bool {
        match self {
            Form::Reading(_) => false,
            Form::Press { printer, .. } => printer.whole_fonts,
        }
    }

    /// Whether pictures are the same in both files: printers that ask for the same inks share the work.
    pub fn has_pictures_of(self, other: Form) -> bool {
        match (self, other) {
            (Form::Reading(_), Form::Reading(_)) => true,
            (Form::Press { printer, colour, .. }, Form::Press { printer: other, colour: others, .. }) => {
                let asks = |printer: &Printer| (printer.file, printer.ink_limit, printer.least_tint.to_bits());
                colour == others && asks(printer) == asks(other)
            }
            (Form::Reading(_), Form::Press { .. }) | (Form::Press { .. }, Form::Reading(_)) => false,
        }
    }

    /// The version in the head of the file, and whether objects are packed: presses that read PDF 1.3 cannot unpack.
    pub fn layout(self) -> Layout {
        match self {
            Form::Reading(standards) if standards.are_on_pdf_2() => Layout { version: "2.0", is_packed: true },
            // What PDF/A-2, PDF/A-3 and PDF/UA-1 build on (ISO 32000-1).
            Form::Reading(_) => Layout { version: "1.7", is_packed: true },
            Form::Press { printer, .. } => match printer.file {
                PressFile::X1a => Layout { version: "1.3", is_packed: false },
                PressFile::X4 => Layout { version: "1.6", is_packed: false },
            },
        }
    }

    /// Rules thinner than this are thickened, lest they break up on the press.
    pub fn least_rule(self) -> Length {
        match self {
            Form::Reading(_) => Length::ZERO,
            Form::Press { printer, .. } => printer.least_rule,
        }
    }

    /// What is printed over the trim of a page that bleeds; nothing on screens.
    pub fn bleed(self) -> Bleed {
        match self {
            Form::Reading(_) => Bleed { edges: Length::ZERO, spine: true },
            Form::Press { printer, .. } => printer.bleed,
        }
    }

    pub fn blanks(self) -> usize {
        match self {
            Form::Reading(_) => 0,
            Form::Press { blanks, .. } => blanks,
        }
    }
}
