//! Designs by name, and what a book may change in one: trim, margins, text size, leading, styles.
//!
//! In:     the name of a design, lengths from the manifest.
//! Out:    a [`Theme`] whose page still fits together: margins that grow from the spine outward, a text block of whole lines.
//! Absent: the text; where the lengths were written.
//!
//! Apply trim first, then text size and leading, then margins: each setter fits the page anew to what is known, and
//! margins given by the author stand as they are. Styles come last, as their lengths are kept in units of the rest.

use super::page::{Bound, Margins, Page};
use super::{Aspect, Role, Style, Theme, classic, large_print, literary, technical};
use crate::base::Length;

/// What a design is drawn for, from which its page follows at any trim.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Drawing {
    /// The mean advance of English prose in the text face, in em, with the spaces of justified lines.
    pub mean_advance: f64,
    /// Characters to a line (Bringhurst 2.1.2: 66 is widely regarded as ideal).
    pub ideal_line: f64,
    /// Type sizes for the narrowest and the widest trim that the design is drawn for (A5 and A4), in points.
    pub sizes: (f64, f64),
    /// Leading to size.
    pub leading: f64,
}

/// Least white at the spine: what KDP asks for books up to 700 pages.
const LEAST_INNER: f64 = 54.0;
/// How much wider than the inner margin the outer one must at least be.
const LEAST_STEP: f64 = 1.5;
/// The inner margin's share of the white at both sides, where there is enough; the canon's third would sink into the
/// spine of a glued book.
const INNER_SHARE: f64 = 0.44;
/// The bottom margin in outer margins, at least; the canon has 1.5, the rest is left to whole lines.
const BOTTOM_OF_OUTER: f64 = 1.15;
/// The widths of A5 and A4 in points.
const WIDTHS: (f64, f64) = (420.0, 595.0);

/// What the trim decides.
pub(super) struct Fit {
    pub page: Page,
    pub text_size: Length,
    pub leading: Length,
}

/// Sizes and margins for a trim, as near to the drawing's characters a line as the page allows.
pub(super) fn fit(
    drawing: &Drawing,
    width: Length,
    height: Length,
    text_size: Option<Length>,
    leading: Option<Length>,
) -> Fit {
    let sizes = drawing.sizes;
    let share = ((width.to_pt() - WIDTHS.0) / (WIDTHS.1 - WIDTHS.0)).clamp(0.0, 1.0);
    let size = text_size
        .map_or_else(|| ((sizes.0 + share * (sizes.1 - sizes.0)) * 10.0).round() / 10.0, |size| size.to_pt().max(1.0));
    let leading =
        leading.map_or_else(|| (size * drawing.leading * 2.0).round() / 2.0, |leading| leading.to_pt().max(1.0));
    let (width_pt, height_pt) = (width.to_pt(), height.to_pt());
    // A page too narrow for the least margins (a card) gives a sixth to each side.
    let least = LEAST_INNER.min(width_pt / 6.0);
    let measure =
        (size * drawing.mean_advance * drawing.ideal_line).min(width_pt - 2.0 * least - LEAST_STEP).max(width_pt / 3.0);
    let spare = width_pt - measure;
    let inner = (spare * INNER_SHARE).max(least);
    let outer = spare - inner;
    let top = ((inner + outer) / 2.0).min(height_pt / 6.0);
    let lines = ((height_pt - top - outer * BOTTOM_OF_OUTER) / leading).floor().max(1.0);
    let bottom = (height_pt - top - lines * leading).max(0.0);
    let margins = Margins {
        inner: Length::pt(inner),
        top: Length::pt(top),
        outer: width - Length::pt(inner) - Length::pt(measure),
        bottom: Length::pt(bottom),
    };
    Fit {
        page: Page { width, height, margins, bound: Bound::default() },
        text_size: Length::pt(size),
        leading: Length::pt(leading),
    }
}

impl Default for Theme {
    fn default() -> Theme {
        classic::theme()
    }
}

impl Theme {
    /// The names [`Theme::design`] knows, for hints.
    pub const DESIGNS: [&str; 4] = ["classic", "literary", "technical", "large-print"];

    /// A design by its name, in any case.
    pub fn design(name: &str) -> Option<Theme> {
        match name.to_ascii_lowercase().as_str() {
            "classic" => Some(classic::theme()),
            "literary" => Some(literary::theme()),
            "technical" => Some(technical::theme()),
            "large-print" => Some(large_print::theme()),
            _ => None,
        }
    }

    /// Sets another trim; text size, leading and margins follow it.
    pub fn set_trim(&mut self, width: Length, height: Length) {
        self.apply(fit(&self.drawing, width, height, None, None));
    }

    /// Sets another text size; leading and margins follow it.
    pub fn set_text_size(&mut self, size: Length) {
        self.apply(fit(&self.drawing, self.page.width, self.page.height, Some(size), None));
    }

    /// Sets another leading; the text block is cut to whole lines of it.
    pub fn set_leading(&mut self, leading: Length) {
        let size = Some(self.text_size);
        self.apply(fit(&self.drawing, self.page.width, self.page.height, size, Some(leading)));
    }

    /// Sets the margins as given; the text block takes the whole lines that fit.
    pub fn set_margins(&mut self, margins: Margins) {
        self.page.margins = margins;
    }

    /// Gives a role another style.
    pub fn set_style(&mut self, role: Role, style: Style) {
        self.styles.insert(role, style);
    }

    /// Changes the style of a role.
    pub(super) fn restyle(&mut self, role: Role, change: impl FnOnce(&mut Style)) {
        change(self.styles.entry(role).or_insert(super::style::PLAIN));
    }

    /// Notes that the book itself has settled an aspect of a role which the e-book else leaves to the reader.
    pub fn insist(&mut self, role: Role, aspect: Aspect) {
        self.insisted.insert((role, aspect));
    }

    /// Whether the book itself has settled it; see [`insist`](Self::insist).
    pub fn insists(&self, role: Role, aspect: Aspect) -> bool {
        self.insisted.contains(&(role, aspect))
    }

    fn apply(&mut self, fit: Fit) {
        self.page = fit.page;
        self.text_size = fit.text_size;
        self.leading = fit.leading;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::trim::trim_named;

    #[test]
    fn every_usual_trim_has_the_line_its_design_is_drawn_for() {
        let drawn = [("classic", 60.0..=70.0), ("literary", 58.0..=70.0), ("technical", 60.0..=70.0)];
        for (design, characters) in drawn {
            for name in ["6x9", "a5", "5.5x8.5", "7x10", "a4", "b5", "6.14x9.21"] {
                let mut theme = Theme::design(design).unwrap();
                let (width, height) = trim_named(name).unwrap();
                theme.set_trim(width, height);
                let found = theme.measure().to_pt() / (theme.text_size.to_pt() * theme.drawing.mean_advance);
                assert!(characters.contains(&found), "{design}, {name}: {found:.1}");
                assert!((9.5..=14.0).contains(&theme.text_size.to_pt()), "{design}, {name}: {}", theme.text_size);
            }
        }
    }

    #[test]
    fn margins_grow_from_the_spine_and_satisfy_printers() {
        for design in Theme::DESIGNS {
            for name in ["6x9", "a5", "5.5x8.5", "7x10", "a4"] {
                let mut theme = Theme::design(design).unwrap();
                let (width, height) = trim_named(name).unwrap();
                theme.set_trim(width, height);
                let Margins { inner, top, outer, bottom } = theme.page.margins;
                assert!(inner < top && top < outer && outer < bottom, "{design}, {name}: {:?}", theme.page.margins);
                assert!(inner >= Length::inch(0.75) && outer >= Length::inch(0.6), "{design}, {name}");
            }
        }
    }

    #[test]
    fn the_text_block_is_whole_lines() {
        for design in Theme::DESIGNS {
            let theme = Theme::design(design).unwrap();
            let block = theme.page.height - theme.page.margins.top - theme.page.margins.bottom;
            let lines = block.ratio(theme.leading);
            assert!((lines - lines.round()).abs() < 1e-4, "{design}: {lines} lines");
            assert_eq!(theme.lines_per_page(), lines.round() as i64);
        }
    }

    #[test]
    fn a_larger_text_size_gets_its_leading() {
        let mut theme = Theme::default();
        theme.set_text_size(Length::pt(14.0));
        let ratio = theme.leading.ratio(theme.text_size);
        assert!((1.2..=1.45).contains(&ratio), "{ratio}");
    }

    #[test]
    fn a_tiny_page_still_has_a_measure() {
        let mut theme = Theme::default();
        theme.set_trim(Length::pt(90.0), Length::pt(60.0));
        assert!(theme.measure() > Length::ZERO && theme.lines_per_page() >= 1);
    }
}
