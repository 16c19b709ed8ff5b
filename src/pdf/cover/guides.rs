//! The lines of a proof: trim, folds, safe areas, the box of the barcode. Never in a file for the press.
//!
//! In:     the measures of the cover.
//! Out:    one layer, over all others.
//! Absent: the cover itself.

use super::{Layer, Maker, fill, placed};
use crate::base::Length;
use crate::pdf::sheet::{Placed, Point};
use crate::press::{Area, BARCODE_BOX};
use crate::theme::Color;

/// White around the sheet, for the labels.
pub const AROUND: Length = Length::from_sp(28 << 16);
const LINE: f64 = 0.75;
const LABEL: f64 = 8.0;
/// Seen on dark grounds and on light ones.
const TRIM: Color = Color::rgb(0, 165, 235);
const FOLD: Color = Color::rgb(235, 40, 140);
const SAFE: Color = Color::rgb(60, 190, 90);

impl Maker<'_> {
    pub fn guides(&self) -> Layer {
        let wrap = &self.binding.wrap;
        let (sheet, trimmed, spine) = (wrap.sheet(), wrap.trimmed(), wrap.spine());
        let mut items = Vec::new();
        for panel in [wrap.back(), wrap.front()] {
            outline(wrap.safe_on(panel), SAFE, &mut items);
        }
        let on_spine = wrap.safe_on_spine();
        if on_spine.width > Length::ZERO {
            outline(on_spine, SAFE, &mut items);
        }
        outline(trimmed, TRIM, &mut items);
        let thin = Length::pt(LINE);
        for left in [spine.left, spine.right()] {
            let fold = Area { left: left - thin / 2, top: -AROUND / 2, width: thin, height: sheet.height + AROUND / 2 };
            items.push(fill(fold, FOLD));
        }
        let size = |length: Length| format!("{:.1}", length.to_mm());
        let (width, height) = BARCODE_BOX;
        let told = format!(
            "{}: {} pages, spine {} mm, trim {} × {} mm, bleed {} mm, box {} × {} mm",
            self.binding.press.printer().title,
            self.binding.pages,
            format_args!("{:.2}", wrap.spine.to_mm()),
            size(wrap.trim.0),
            size(wrap.trim.1),
            size(wrap.bleed),
            size(width),
            size(height)
        );
        let labels = [(told, Color::BLACK), ("trim".into(), TRIM), ("fold".into(), FOLD), ("safe area".into(), SAFE)];
        let mut x = sheet.left;
        for (label, color) in labels {
            let mut style = self.style(Length::pt(LABEL), false, false);
            style.color = Color::BLACK;
            if color != Color::BLACK {
                let key =
                    Area { left: x, top: sheet.foot() + AROUND / 2, width: Length::pt(12.0), height: Length::pt(2.0) };
                items.push(fill(key, color));
                x += Length::pt(16.0);
            }
            let set = self.composer.made(&label, &style);
            let width = set.width;
            items.extend(placed(set, Point { x, y: sheet.foot() + AROUND / 2 + Length::pt(LABEL * 0.5) }));
            x += width + Length::pt(14.0);
        }
        Layer::upright(items)
    }
}

/// The edges of an area as thin rules.
fn outline(area: Area, color: Color, items: &mut Vec<Placed>) {
    let thin = Length::pt(LINE);
    let (left, top) = (area.left - thin / 2, area.top - thin / 2);
    items.push(fill(Area { left, top, width: area.width + thin, height: thin }, color));
    items.push(fill(Area { left, top: top + area.height, width: area.width + thin, height: thin }, color));
    items.push(fill(Area { left, top, width: thin, height: area.height + thin }, color));
    items.push(fill(Area { left: left + area.width, top, width: thin, height: area.height + thin }, color));
}
