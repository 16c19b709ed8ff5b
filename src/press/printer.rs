//! The shape of a printer's rules, and how they are looked up.
//!
//! In:     the data of `kdp`, `ingram`, `bod` and `pdfx`.
//! Out:    [`Printer`] by [`Press`]; the margins for a page count, the nearest trim, the limits of a paper.
//! Absent: any text.

use super::{Colour, bod, ingram, kdp, pdfx};
use crate::base::Length;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// A profile of a printer's PDF.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Press {
    Kdp,
    Ingram,
    Bod,
    /// Any printer that takes PDF/X-1a.
    PdfX1a,
    /// Any printer that takes PDF/X-4.
    PdfX4,
}

impl Press {
    pub const ALL: [Press; 5] = [Press::Kdp, Press::Ingram, Press::Bod, Press::PdfX1a, Press::PdfX4];

    /// As options, keys and file names have it.
    pub const fn name(self) -> &'static str {
        match self {
            Press::Kdp => "kdp",
            Press::Ingram => "ingram",
            Press::Bod => "bod",
            Press::PdfX1a => "pdfx-1a",
            Press::PdfX4 => "pdfx-4",
        }
    }

    pub fn named(name: &str) -> Option<Press> {
        Press::ALL.into_iter().find(|press| press.name() == name)
    }

    /// The rules of the printer.
    pub fn printer(self) -> &'static Printer {
        static PRINTERS: LazyLock<[Printer; 5]> =
            LazyLock::new(|| [kdp::rules(), ingram::rules(), bod::rules(), pdfx::x1a(), pdfx::x4()]);
        &PRINTERS[self as usize]
    }
}

/// What a printer asks of the file with a book's pages.
#[derive(Debug)]
pub struct Printer {
    pub press: Press,
    /// `Amazon KDP`.
    pub title: &'static str,
    /// Pages on which the printer says so.
    pub sources: &'static [&'static str],
    /// The day on which the rules were compared with the sources, ISO 8601.
    pub dated: &'static str,
    /// Empty: any size.
    pub trims: Vec<Trim>,
    /// The least and the largest width and height of sizes that are not listed; `None`: only listed ones.
    pub custom: Option<[(Length, Length); 2]>,
    /// White that must stay outside of the spine.
    pub least: Least,
    /// White outside of the spine where pages bleed, if it is more.
    pub least_bled: Option<Length>,
    /// White at the spine by page count, rising; empty: as outside.
    pub gutters: Vec<Gutter>,
    pub bleed: Bleed,
    /// The first is what a book is printed on when it does not say.
    pub papers: Vec<Paper>,
    /// The last page is blank, for what the printer puts there.
    pub blank_last: bool,
    pub file: PressFile,
    /// Fonts go in whole, not cut down to what the book shows.
    pub whole_fonts: bool,
    /// Pixels to the inch at the printed size that pictures should have.
    pub resolution: RangeInclusive<f64>,
    /// The smallest type, the thinnest rule.
    pub least_text: Length,
    pub least_rule: Length,
    /// The lightest ground that still prints, as a share of full ink.
    pub least_tint: f64,
    /// The most ink at one place: the sum of the four inks in percent.
    pub ink_limit: u16,
    /// Phrases that a copyright page may not hold, in small letters.
    pub refused: &'static [&'static str],
    /// From how many pages on there may be text on the spine, as far as the printer says.
    pub spine_text_from: Option<usize>,
}

/// A page size on offer.
#[derive(Clone, Copy, Debug)]
pub struct Trim {
    /// `6 × 9 in`.
    pub name: &'static str,
    pub width: Length,
    pub height: Length,
}

/// The least white between the text and the trim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Least {
    pub outer: Length,
    pub top: Length,
    pub bottom: Length,
    /// At the spine, where no [`Gutter`] says more.
    pub inner: Length,
}

/// A row of the table of margins at the spine.
#[derive(Clone, PartialEq, Debug)]
pub struct Gutter {
    pub pages: RangeInclusive<usize>,
    pub inner: Length,
}

/// What is printed over the trim and cut off.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bleed {
    pub edges: Length,
    /// Whether at the spine too.
    pub spine: bool,
}

/// A paper that books are printed on.
#[derive(Clone, PartialEq, Debug)]
pub struct Paper {
    /// `white`.
    pub name: &'static str,
    pub inks: PaperInks,
    pub pages: RangeInclusive<usize>,
    /// The most pages in sizes that have a limit of their own, by the name of the [`Trim`].
    pub most_in: &'static [(&'static str, usize)],
    /// The thickness of one page (half a leaf), for the spine; `None` where only the printer's own template tells.
    pub thickness: Option<Length>,
}

/// What a paper is printed with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaperInks {
    Black,
    Colour,
    /// Either, as the author orders.
    Both,
}

/// The kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PressFile {
    /// PDF/X-1a:2001 (ISO 15930-1): PDF 1.3, no transparency, grey and CMYK only.
    X1a,
    /// PDF/X-4 (ISO 15930-7:2010): PDF 1.6, transparency stays.
    X4,
}

/// How far two sizes may be apart and still be the same: what a name in inches loses on a size in millimetres.
const SAME: f64 = 0.02 * 72.0;

impl Printer {
    /// The white that must stay, where pages bleed and where none does.
    pub fn least(&self, bleeds: bool) -> Least {
        let more = self.least_bled.filter(|_| bleeds).unwrap_or(Length::ZERO);
        let Least { outer, top, bottom, inner } = self.least;
        Least { outer: outer.max(more), top: top.max(more), bottom: bottom.max(more), inner }
    }

    /// The row of the table of margins at the spine for a page count; the last one for more pages than it knows.
    pub fn gutter(&self, pages: usize) -> Option<&Gutter> {
        self.gutters.iter().find(|row| pages <= *row.pages.end()).or(self.gutters.last())
    }

    /// The least white at the spine for a page count.
    pub fn inner(&self, pages: usize) -> Length {
        self.gutter(pages).map_or(self.least.inner, |row| row.inner.max(self.least.inner))
    }

    /// The listed size that a page is.
    pub fn trim(&self, width: Length, height: Length) -> Option<&Trim> {
        let near = |a: Length, b: Length| (a - b).abs().to_pt() <= SAME;
        self.trims.iter().find(|trim| near(trim.width, width) && near(trim.height, height))
    }

    /// Whether pages of a size are printed.
    pub fn offers(&self, width: Length, height: Length) -> bool {
        let fits = |[least, most]: &[(Length, Length); 2]| {
            (least.0..=most.0).contains(&width) && (least.1..=most.1).contains(&height)
        };
        self.trims.is_empty() || self.trim(width, height).is_some() || self.custom.as_ref().is_some_and(fits)
    }

    /// The listed size nearest to a page.
    pub fn nearest_trim(&self, width: Length, height: Length) -> Option<&Trim> {
        self.trims.iter().min_by_key(|trim| ((trim.width - width).abs() + (trim.height - height).abs()).sp())
    }

    /// The paper of a name; without a name, or where there is none of it, the first one that takes the inks.
    pub fn paper(&self, name: Option<&str>, colour: Colour) -> Option<&Paper> {
        let unfit = match colour {
            Colour::Grey => PaperInks::Colour,
            Colour::Cmyk => PaperInks::Black,
        };
        let named = name.and_then(|name| self.papers.iter().find(|paper| paper.name == name));
        let fit = || self.papers.iter().find(|paper| paper.inks != unfit);
        named.or_else(fit).or(self.papers.first())
    }

    /// How many pages a book of a size may have on a paper.
    pub fn pages(&self, paper: &Paper, width: Length, height: Length) -> RangeInclusive<usize> {
        let trim = self.trim(width, height);
        let own = trim.and_then(|trim| paper.most_in.iter().find(|(name, _)| *name == trim.name));
        let most = *paper.pages.end();
        *paper.pages.start()..=own.map_or(most, |(_, own)| most.min(*own))
    }
}

/// A size in inches as a printer lists it.
pub(super) fn inches(name: &'static str, width: f64, height: f64) -> Trim {
    Trim { name, width: Length::inch(width), height: Length::inch(height) }
}

/// A size in millimetres.
pub(super) fn millimetres(name: &'static str, width: f64, height: f64) -> Trim {
    Trim { name, width: Length::mm(width), height: Length::mm(height) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_printer_stands_under_its_own_name() {
        for press in Press::ALL {
            assert_eq!(press.printer().press, press);
            assert_eq!(Press::named(press.name()), Some(press));
        }
        assert_eq!(Press::named("KDP!"), None);
    }

    #[test]
    fn the_gutter_rises_with_the_page_count_and_the_table_has_no_gaps() {
        for printer in Press::ALL.map(Press::printer) {
            for pair in printer.gutters.windows(2) {
                assert_eq!(*pair[0].pages.end() + 1, *pair[1].pages.start(), "{}", printer.title);
                assert!(pair[0].inner < pair[1].inner, "{}", printer.title);
            }
        }
        let kdp = Press::Kdp.printer();
        let inner = |pages| kdp.inner(pages).to_inch();
        assert_eq!([inner(24), inner(150), inner(151), inner(500), inner(828)], [0.375, 0.375, 0.5, 0.625, 0.875]);
        assert_eq!(Press::Ingram.printer().inner(1200).to_inch(), 0.5);
    }

    #[test]
    fn sizes_are_offered_listed_or_named_by_their_neighbour() {
        let (kdp, bod) = (Press::Kdp.printer(), Press::Bod.printer());
        let six_nine = (Length::inch(6.0), Length::inch(9.0));
        assert!(kdp.trim(six_nine.0, six_nine.1).is_some() && kdp.offers(six_nine.0, six_nine.1));
        assert!(kdp.offers(Length::inch(5.7), Length::inch(9.1)) && !kdp.offers(Length::inch(3.0), Length::inch(9.0)));
        assert!(!bod.offers(six_nine.0, six_nine.1));
        assert_eq!(bod.nearest_trim(six_nine.0, six_nine.1).map(|trim| trim.name), Some("15.5 × 22 cm"));
        assert!(Press::PdfX4.printer().offers(Length::inch(1.0), Length::inch(30.0)));
    }

    #[test]
    fn papers_have_their_own_limits_and_inks() {
        let kdp = Press::Kdp.printer();
        let of = |name, colour| kdp.paper(name, colour).expect("it has papers");
        let pages =
            |name, width, height| kdp.pages(of(Some(name), Colour::Grey), Length::inch(width), Length::inch(height));
        assert_eq!(of(None, Colour::Grey).name, "white");
        assert_eq!(of(None, Colour::Cmyk).name, "premium-color");
        assert_eq!(of(Some("cream"), Colour::Cmyk).name, "cream");
        assert_eq!([pages("white", 6.0, 9.0), pages("white", 8.5, 11.0)], [24..=828, 24..=590]);
        assert_eq!([pages("cream", 6.0, 9.0), pages("cream", 8.27, 11.69)], [24..=776, 24..=730]);
        assert_eq!([pages("standard-color", 6.0, 9.0), pages("premium-color", 8.27, 11.69)], [72..=600, 24..=590]);
        // A limit for a size that is not on offer would hold for none.
        for printer in Press::ALL.map(Press::printer) {
            for (name, most) in printer.papers.iter().flat_map(|paper| paper.most_in) {
                assert!(printer.trims.iter().any(|trim| trim.name == *name) && *most > 0, "{name}");
            }
        }
    }
}
