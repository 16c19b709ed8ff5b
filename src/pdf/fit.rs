//! The reading edition's pages → pages for a printer, laid out anew only where they must be.
//!
//! In:     the pages as they are read, what the printer asks, what the book orders of it.
//! Out:    [`Fitted`]: the pages that serve, the blank ones after them, the margins and the row they come from.
//! Faults: those of [`paginate`].
//! Absent: faults that no margin mends; `check/preflight` names them.
//!
//! The white at the spine depends on the number of pages, and the number of pages on the white. So the margins are
//! raised to what the count asks, the book is laid out anew, and so on until they hold. They never shrink on the way, so
//! the end is sure.

use super::sheet::{Furniture, Owner, Pages, Shape};
use super::{bleed, paginate};
use crate::asset::{Faces, Pictures};
use crate::base::{Length, Sink};
use crate::layout::Tree;
use crate::press::{Gutter, Order, Printer};
use crate::theme::{Margins, Theme};

/// How often a book is laid out for a printer at most; tables of margins have five rows.
const PASSES: usize = 8;
/// How far letters reach over and under their baseline, in their size: capitals with accents, descenders.
pub const ABOVE: f64 = 0.85;
pub const BELOW: f64 = 0.25;

/// What serves a printer.
#[derive(Debug)]
pub struct Fitted {
    /// `None`: the pages that are read serve as they are.
    pub pages: Option<Pages>,
    /// Blank pages after the last one.
    pub blanks: usize,
    /// All pages, the blank ones too.
    pub count: usize,
    pub margins: Margins,
    /// The row of the printer's table that the white at the spine satisfies.
    pub row: Option<&'static Gutter>,
    /// Faults of the pages laid out anew.
    pub sink: Sink,
}

/// Fits a book to a printer.
pub fn fit(
    reading: &Pages,
    tree: &Tree,
    theme: &Theme,
    (faces, pictures): (&Faces, &Pictures),
    printer: &'static Printer,
    order: &Order,
) -> Fitted {
    let mut theme = theme.clone();
    let mut own: Option<Pages> = None;
    let mut sink = Sink::new();
    let mut lay = |theme: &Theme, own: &mut Option<Pages>| {
        sink = Sink::new();
        *own = Some(paginate(tree, theme, faces, pictures, &mut sink));
    };
    if let Some((width, height)) = order.trim.filter(|trim| *trim != (theme.page.width, theme.page.height)) {
        scale(&mut theme, width, height);
        lay(&theme, &mut own);
    }
    for _ in 0..PASSES {
        let pages = own.as_ref().unwrap_or(reading);
        let wanted = wanted(pages, printer, bleed::any(tree, &pages.sheets));
        if wanted == theme.page.margins {
            break;
        }
        theme.set_margins(wanted);
        lay(&theme, &mut own);
    }
    let pages = own.as_ref().unwrap_or(reading);
    let blanks = blanks(pages, printer);
    let count = pages.sheets.len() + blanks;
    Fitted { blanks, count, margins: theme.page.margins, row: printer.gutter(count), pages: own, sink }
}

/// Another size with margins of the same shares.
fn scale(theme: &mut Theme, width: Length, height: Length) {
    let (across, down) = (width.ratio(theme.page.width), height.ratio(theme.page.height));
    let Margins { inner, top, outer, bottom } = theme.page.margins;
    theme.page.width = width;
    theme.page.height = height;
    theme.set_margins(Margins {
        inner: inner.scale(across),
        outer: outer.scale(across),
        top: top.scale(down),
        bottom: bottom.scale(down),
    });
}

/// A leaf has two pages, and what the printer puts on the last page may not cover anything.
fn blanks(pages: &Pages, printer: &Printer) -> usize {
    let count = pages.sheets.len();
    let ends_blank = pages.sheets.last().is_some_and(|sheet| sheet.items.is_empty());
    match (count % 2, printer.blank_last && !ends_blank) {
        (1, _) => 1,
        (_, true) => 2,
        (_, false) => 0,
    }
}

/// How far signs hang out of the text block at most, in points: the white that a printer asks for stays white.
const HANG: f64 = 3.0;

/// The margins of some pages, raised to what the printer asks for so many of them.
fn wanted(pages: &Pages, printer: &Printer, bleeds: bool) -> Margins {
    let Margins { inner, top, outer, bottom } = pages.page.margins;
    let count = pages.sheets.len() + blanks(pages, printer);
    let (over, under) = furniture(pages);
    let least = printer.least(bleeds);
    let lack =
        |least: Length, found: Option<Length>| found.map_or(Length::ZERO, |found| (least - found).max(Length::ZERO));
    Margins {
        inner: inner.max(printer.inner(count) + Length::pt(HANG)),
        outer: outer.max(least.outer + Length::pt(HANG)),
        top: top.max(least.top) + lack(least.top, over),
        bottom: bottom.max(least.bottom) + lack(least.bottom, under),
    }
}

/// The white over the highest head and under the lowest folio.
fn furniture(pages: &Pages) -> (Option<Length>, Option<Length>) {
    let items = pages.sheets.iter().flat_map(|sheet| &sheet.items);
    let mut found: (Option<Length>, Option<Length>) = (None, None);
    for item in items {
        let (Owner::Furniture(Furniture::RunningHead | Furniture::Folio), Shape::Run(run)) = (item.owner, &item.shape)
        else {
            continue;
        };
        let over = item.at.y - run.rise - run.size.scale(ABOVE);
        let under = pages.page.height - (item.at.y - run.rise + run.size.scale(BELOW));
        if item.at.y < pages.page.height / 2 {
            found.0 = Some(found.0.map_or(over, |least| least.min(over)));
        } else {
            found.1 = Some(found.1.map_or(under, |least| least.min(under)));
        }
    }
    found
}
