//! What printers ask of a cover, and the measures of one: back, spine and front as one sheet.
//!
//! In:     a printer, a trim, a page count, a paper; the width of the spine where the author knows it.
//! Out:    [`CoverRules`], dated data with sources; [`Wrap`], from which every panel and its safe area follow.
//! Absent: what stands on the panels.

use super::printer::{Paper, Press};
use crate::base::Length;

/// What a printer asks of covers.
#[derive(Debug)]
pub struct CoverRules {
    /// Pages on which the printer says so, or who told it.
    pub sources: &'static [&'static str],
    /// The day on which the rules were compared with the sources, ISO 8601.
    pub dated: &'static str,
    /// Over the trim, on all four sides.
    pub bleed: Length,
    /// Type and marks keep this far from the trim.
    pub safe: Length,
    /// And this far from both folds of the spine, which may come to lie that much aside.
    pub fold: Length,
    /// The fewest pages for text on the spine.
    pub spine_text_from: usize,
    /// How far the white box of the barcode stands from the foot and from the spine.
    pub barcode_inset: Length,
    /// Papers whose thickness the printer tells nowhere but in its cover template: an estimate for proofs.
    pub estimates: &'static [(&'static str, f64)],
}

/// The white box that is left for the barcode (KDP Help, "Create a Paperback Cover"; the same at IngramSpark).
pub const BARCODE_BOX: (Length, Length) = (Length::from_sp((2 * 72) << 16), Length::from_sp(((12 * 72) << 16) / 10));

/// Pages are this thick, in inches, where nothing better is known: paper of 90 g/m² with one and a half times its bulk.
const UNKNOWN_PAPER: f64 = 0.0027;

impl Press {
    pub fn cover(self) -> CoverRules {
        match self {
            // Factors stand with the papers; text on the spine from 79 pages (older pages of it say 101).
            Press::Kdp => CoverRules {
                sources: &[
                    "https://kdp.amazon.com/en_US/help/topic/G201953020",
                    "https://kdp.amazon.com/en_US/help/topic/G201857950",
                ],
                dated: "2026-11-22",
                bleed: Length::inch(0.125),
                safe: Length::inch(0.125),
                fold: Length::inch(0.0625),
                spine_text_from: 79,
                barcode_inset: Length::inch(0.25),
                // Groundwood: between white and cream. Standard colour: as most sources have it, the same as white; one says
                // 0.0032.
                estimates: &[("groundwood", 0.002_4), ("standard-color", 0.002_252)],
            },
            // Pages to the inch as the calculator of Lightning Source was read by others: 400 on 50 lb, 444 on 38 lb,
            // 360 on 70 lb.
            Press::Ingram => CoverRules {
                sources: &[
                    "https://www.ingramspark.com/hubfs/downloads/file-creation-guide.pdf",
                    "https://pypi.org/project/momovu/",
                ],
                dated: "2026-11-22",
                bleed: Length::inch(0.125),
                safe: Length::inch(0.25),
                fold: Length::inch(0.0625),
                spine_text_from: 48,
                barcode_inset: Length::inch(0.25),
                estimates: &[
                    ("white", 1.0 / 400.0),
                    ("cream", 1.0 / 400.0),
                    ("white-70", 1.0 / 360.0),
                    ("groundwood", 1.0 / 444.0),
                ],
            },
            Press::Bod => CoverRules {
                sources: &["https://www.bod.de/hilfe/hilfe-und-service.html"],
                dated: "2026-11-22",
                bleed: Length::mm(5.0),
                safe: Length::mm(5.0),
                fold: Length::mm(1.5),
                // None is told: what others ask.
                spine_text_from: 80,
                barcode_inset: Length::mm(8.0),
                estimates: &[("white", UNKNOWN_PAPER)],
            },
            Press::PdfX1a | Press::PdfX4 => CoverRules {
                sources: &["https://www.iso.org/standard/29061.html"],
                dated: "2026-11-22",
                bleed: Length::mm(3.0),
                safe: Length::mm(5.0),
                fold: Length::mm(1.5),
                spine_text_from: 80,
                barcode_inset: Length::mm(8.0),
                estimates: &[],
            },
        }
    }
}

/// The width of a spine, and how it is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spine {
    pub width: Length,
    pub from: SpineFrom,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpineFrom {
    /// The author says it.
    Given,
    /// Pages times the thickness that the printer tells.
    Paper,
    /// Pages times a guess.
    Estimate,
}

impl Spine {
    /// The spine of `pages` pages on a paper of the printer.
    pub fn of(press: Press, pages: usize, paper: Option<&Paper>, given: Option<Length>) -> Spine {
        if let Some(width) = given {
            return Spine { width, from: SpineFrom::Given };
        }
        let (thickness, from) = match paper.and_then(|paper| paper.thickness) {
            Some(thickness) => (thickness, SpineFrom::Paper),
            None => {
                let rules = press.cover();
                let name = paper.map_or("", |paper| paper.name);
                let guess =
                    rules.estimates.iter().find(|(paper, _)| *paper == name).map_or(UNKNOWN_PAPER, |guess| guess.1);
                (Length::inch(guess), SpineFrom::Estimate)
            }
        };
        Spine { width: thickness * pages as i64, from }
    }
}

/// A rectangle on the sheet of a cover, from the top left corner of its bleed, y down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Area {
    pub left: Length,
    pub top: Length,
    pub width: Length,
    pub height: Length,
}

impl Area {
    pub fn right(self) -> Length {
        self.left + self.width
    }

    pub fn foot(self) -> Length {
        self.top + self.height
    }

    /// Smaller by so much at the left, the top, the right and the foot.
    pub fn inset(self, [left, top, right, foot]: [Length; 4]) -> Area {
        Area {
            left: self.left + left,
            top: self.top + top,
            width: self.width - left - right,
            height: self.height - top - foot,
        }
    }

    pub fn holds(self, other: Area) -> bool {
        other.left >= self.left && other.top >= self.top && other.right() <= self.right() && other.foot() <= self.foot()
    }
}

/// The measures of a cover.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Wrap {
    /// Of the pages.
    pub trim: (Length, Length),
    pub spine: Length,
    pub bleed: Length,
    pub safe: Length,
    pub fold: Length,
    /// The book opens to the other side: its front lies left of the spine.
    pub right_to_left: bool,
}

impl Wrap {
    pub fn new(press: Press, trim: (Length, Length), spine: Length, right_to_left: bool) -> Wrap {
        let CoverRules { bleed, safe, fold, .. } = press.cover();
        Wrap { trim, spine, bleed, safe, fold, right_to_left }
    }

    /// The whole sheet, bleed included.
    pub fn sheet(&self) -> Area {
        let (width, height) = self.trim;
        Area {
            left: Length::ZERO,
            top: Length::ZERO,
            width: width * 2 + self.spine + self.bleed * 2,
            height: height + self.bleed * 2,
        }
    }

    /// What is left when it is trimmed.
    pub fn trimmed(&self) -> Area {
        self.sheet().inset([self.bleed; 4])
    }

    /// A panel as trimmed, the left one or the right one.
    fn panel(&self, is_left: bool) -> Area {
        let left = if is_left { self.bleed } else { self.bleed + self.trim.0 + self.spine };
        Area { left, top: self.bleed, width: self.trim.0, height: self.trim.1 }
    }

    pub fn front(&self) -> Area {
        self.panel(self.right_to_left)
    }

    pub fn back(&self) -> Area {
        self.panel(!self.right_to_left)
    }

    pub fn spine(&self) -> Area {
        Area { left: self.bleed + self.trim.0, top: self.bleed, width: self.spine, height: self.trim.1 }
    }

    /// The front with the bleed on its three open sides: what a picture fills.
    pub fn front_bled(&self) -> Area {
        let (left, right) = if self.right_to_left { (self.bleed, Length::ZERO) } else { (Length::ZERO, self.bleed) };
        self.front().inset([-left, -self.bleed, -right, -self.bleed])
    }

    /// Where type may stand on a panel.
    pub fn safe_on(&self, panel: Area) -> Area {
        panel.inset([self.safe.max(self.fold), self.safe, self.safe.max(self.fold), self.safe])
    }

    /// Where type may stand on the spine; its width may be below zero.
    pub fn safe_on_spine(&self) -> Area {
        self.spine().inset([self.fold, self.safe, self.fold, self.safe])
    }

    /// The white box of the barcode: at the foot of the back, beside the spine.
    pub fn barcode(&self, inset: Length) -> Area {
        let (back, (width, height)) = (self.back(), BARCODE_BOX);
        let left = if self.right_to_left { back.left + inset } else { back.right() - inset - width };
        Area { left, top: back.foot() - inset - height, width, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::Colour;

    fn six_by_nine(press: Press, pages: usize, paper: &str) -> Wrap {
        let paper = press.printer().paper(Some(paper), Colour::Grey);
        let spine = Spine::of(press, pages, paper, None);
        Wrap::new(press, (Length::inch(6.0), Length::inch(9.0)), spine.width, false)
    }

    #[test]
    fn a_cover_for_kdp_is_as_large_as_its_help_says() {
        let wrap = six_by_nine(Press::Kdp, 200, "white");
        // 0.125 + 6 + 200 × 0.002252 + 6 + 0.125 by 0.125 + 9 + 0.125.
        assert!((wrap.sheet().width.to_inch() - 12.7004).abs() < 1e-3, "{}", wrap.sheet().width.to_inch());
        assert!((wrap.sheet().height.to_inch() - 9.25).abs() < 1e-6);
        let cream = six_by_nine(Press::Kdp, 200, "cream");
        assert!((cream.spine.to_inch() - 0.5).abs() < 1e-3);
    }

    #[test]
    fn the_panels_lie_side_by_side_and_change_places_for_books_that_open_to_the_right() {
        let mut wrap = six_by_nine(Press::Ingram, 300, "cream");
        assert_eq!(wrap.back().right(), wrap.spine().left);
        assert_eq!(wrap.spine().right(), wrap.front().left);
        assert_eq!(wrap.front().right() + wrap.bleed, wrap.sheet().right());
        assert!(wrap.safe_on(wrap.back()).holds(wrap.barcode(Length::inch(0.25))));
        wrap.right_to_left = true;
        assert_eq!(wrap.front().right(), wrap.spine().left);
        assert_eq!(wrap.front_bled().left, Length::ZERO);
        assert!(wrap.safe_on(wrap.back()).holds(wrap.barcode(Length::inch(0.25))));
    }

    #[test]
    fn a_spine_says_how_it_is_known() {
        let of = |press: Press, paper, given| {
            Spine::of(press, 100, press.printer().paper(Some(paper), Colour::Grey), given).from
        };
        assert_eq!(of(Press::Kdp, "white", None), SpineFrom::Paper);
        assert_eq!(of(Press::Kdp, "premium-color", None), SpineFrom::Paper);
        assert_eq!(of(Press::Kdp, "standard-color", None), SpineFrom::Estimate);
        assert_eq!(of(Press::Ingram, "cream", None), SpineFrom::Estimate);
        assert_eq!(of(Press::Bod, "white", Some(Length::mm(8.0))), SpineFrom::Given);
        assert!(Spine::of(Press::PdfX4, 100, None, None).width > Length::ZERO);
    }
}
