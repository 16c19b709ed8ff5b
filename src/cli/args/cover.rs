//! What may be typed after `bifolio cover`.
//!
//! In:     the arguments.
//! Out:    [`Cover`].
//! Faults: [`Error::NoBook`]; a printer or a length that nobody knows ends in clap.
//! Absent: the manuscript.

use super::telling::{LowTelling, Telling};
use super::{DIST, find_book};
use crate::base::diagnostic::nearest;
use crate::base::{Error, Length};
use crate::covers::length;
use crate::press::Press;
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub struct Cover {
    pub input: PathBuf,
    pub output: PathBuf,
    pub presses: Vec<Press>,
    pub ebook: bool,
    pub paper: Option<String>,
    pub pages: Option<usize>,
    pub spine: Option<Length>,
    pub guides: bool,
    pub telling: Telling,
}

#[derive(Args)]
pub struct LowCover {
    /// An mdBook, a folder of Markdown files, or one .md file; found as for `build` when absent
    dir: Option<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIST", default_value = DIST)]
    output: PathBuf,
    /// The printers: kdp, ingram, bod, pdfx-1a, pdfx-4
    ///
    /// Without it and without --ebook: those that `profiles` of book.toml names, and the picture for shops.
    #[arg(long = "profile", value_name = "PRINTERS", value_delimiter = ',', value_parser = press)]
    presses: Vec<Press>,
    /// The picture that shops of e-books show, as a JPEG of the size they ask for
    #[arg(long)]
    ebook: bool,
    /// The paper of the pages, as the printer names it: white, cream…
    #[arg(long)]
    paper: Option<String>,
    /// The page count, instead of paginating the book
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=5000))]
    pages: Option<u16>,
    /// The width of the spine as the printer's template tells it, like 12.4mm
    #[arg(long, value_name = "WIDTH", value_parser = spine)]
    spine: Option<Length>,
    /// Write a proof beside each cover, in which trim, folds and safe areas are drawn
    #[arg(long)]
    guides: bool,
    #[command(flatten)]
    telling: LowTelling,
}

pub const COVER_EXAMPLES: &str = "\
Examples:
  bifolio cover --profile kdp --paper cream
                                      dist/<book>-kdp-cover.pdf: back, spine and front
  bifolio cover --profile kdp,ingram --guides
                                      two covers, each with a proof
  bifolio cover --ebook               dist/<book>-cover.jpg, for shops

What stands on the back, the front's picture, colours and the barcode are keys of
[output.bifolio.cover] in book.toml; the ISBN is isbn-print.";

impl LowCover {
    pub fn check(self) -> Result<Cover, Error> {
        let mut presses = self.presses;
        presses.sort();
        presses.dedup();
        Ok(Cover {
            input: find_book(self.dir, Path::new("."))?,
            output: self.output,
            presses,
            ebook: self.ebook,
            paper: self.paper,
            pages: self.pages.map(usize::from),
            spine: self.spine,
            guides: self.guides,
            telling: self.telling.settle(),
        })
    }
}

fn press(written: &str) -> Result<Press, String> {
    Press::named(written).ok_or_else(|| match nearest(written, Press::ALL.map(Press::name)) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there are: {}", Press::ALL.map(Press::name).join(", ")),
    })
}

fn spine(written: &str) -> Result<Length, String> {
    length(written)
        .filter(|width| *width > Length::ZERO && width.to_pt() < 300.0)
        .ok_or_else(|| "write a number and a unit, like 12.4mm or 0.49in".to_owned())
}
