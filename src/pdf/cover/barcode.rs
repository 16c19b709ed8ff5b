//! The barcode: the bars of the ISBN in their white box, or the box alone.
//!
//! In:     the ISBN of the printed book, a price.
//! Out:    one layer.
//! Absent: which modules are dark: `cover/bars.rs`, with its sources.

use super::{Layer, Maker, fill, placed};
use crate::base::Length;
use crate::cover::{Barcode, bars};
use crate::pdf::sheet::{Placed, Point};
use crate::pdf::style::Resolved;
use crate::press::Area;
use crate::theme::{Color, Family};

/// White over and under what stands in the box.
const PAD: f64 = 2.8;
/// The line with the ISBN over the bars, in points, and the white under it.
const NUMBER: f64 = 8.0;
const NUMBER_GAP: f64 = 2.6;
/// Height of digits, of their size; their advance, of their size: those of JetBrains Mono.
const DIGIT_HEIGHT: f64 = 0.73;
const DIGIT_WIDTH: f64 = 0.6;
/// A digit of the code has the width of seven modules, of which its figure takes this share.
const DIGIT_SHARE: f64 = 0.94;

impl Maker<'_> {
    /// The white box; the bars of an ISBN stand in line with the texts, an empty box where the printer looks for it.
    pub fn barcode_box(&self) -> Option<Area> {
        let (wrap, inset) = (&self.binding.wrap, self.binding.press.cover().barcode_inset);
        match self.desk.order.barcode {
            Barcode::None => None,
            Barcode::Isbn if self.metadata().isbn_print.is_some() => Some(wrap.barcode(self.margin().max(inset))),
            Barcode::Isbn | Barcode::Box => Some(wrap.barcode(inset)),
        }
    }

    pub fn barcode(&self) -> Option<Layer> {
        let area = self.barcode_box()?;
        let mut items = vec![fill(area, Color::WHITE)];
        if self.desk.order.barcode == Barcode::Isbn
            && let Some(isbn) = &self.metadata().isbn_print
            && let Some(code) = bars::isbn(isbn)
        {
            let price = self.desk.order.price.as_deref().and_then(|price| Some((price, bars::price(price)?)));
            items.extend(self.bars(area, isbn, &code, price));
        }
        Some(Layer::upright(items))
    }

    fn bars(&self, area: Area, isbn: &str, code: &[bars::Bar], price: Option<(&str, Vec<bars::Bar>)>) -> Vec<Placed> {
        let price_width =
            if price.is_some() { bars::PRICE_GAP + bars::PRICE_WIDTH + bars::PRICE_RIGHT } else { bars::LIGHT_RIGHT };
        let modules = f64::from(bars::LIGHT_LEFT + bars::WIDTH + price_width);
        let over = NUMBER * DIGIT_HEIGHT + NUMBER_GAP + 2.0 * PAD;
        // Digits are as wide as seven modules, so their height is counted in modules too, with one of white over them.
        let size = 7.0 * DIGIT_SHARE / DIGIT_WIDTH;
        let under = 1.0 + size * DIGIT_HEIGHT;
        let module = (area.width.to_pt() / modules)
            .min((area.height.to_pt() - over) / (bars::HEIGHT + under))
            .min(Length::mm(bars::MODULE).to_pt());
        let length = |modules: f64| Length::pt(modules * module);
        let start = area.left + (area.width - length(modules)) / 2 + length(f64::from(bars::LIGHT_LEFT));
        let used = over + (bars::HEIGHT + under) * module;
        let head = area.top + (area.height - Length::pt(used)) / 2 + Length::pt(PAD + NUMBER * DIGIT_HEIGHT);
        let top = head + Length::pt(NUMBER_GAP);
        let foot = top + length(bars::HEIGHT);
        let bar = |from: Length, bar: &bars::Bar, top: Length, foot: Length| {
            let (left, width) = (from + length(f64::from(bar.start)), length(f64::from(bar.width)));
            fill(Area { left, top, width, height: foot - top }, Color::BLACK)
        };
        let mut items: Vec<Placed> = Vec::new();
        let guard = length(f64::from(bars::GUARD));
        items.extend(code.iter().map(|one| bar(start, one, top, if one.is_guard { foot + guard } else { foot })));
        let digits = self.digits(length(size));
        let baseline = foot + length(under);
        // The first digit stands in the white at the left, six under each half of the bars.
        for (at, digit) in isbn.chars().enumerate() {
            let place = match at {
                0 => -6.5,
                1..=6 => 3.0 + 7.0 * (at as f64 - 0.5),
                _ => 50.0 + 7.0 * (at as f64 - 6.5),
            };
            items.extend(self.digit(digit, start + length(place), baseline, &digits));
        }
        if let Some((price, code)) = price {
            let from = start + length(f64::from(bars::WIDTH + bars::PRICE_GAP));
            let lower = top + length(under + 1.0);
            items.extend(code.iter().map(|one| bar(from, one, lower, foot + guard)));
            // Each digit has seven modules and two between, after four of the guard.
            for (at, digit) in price.chars().enumerate() {
                let middle = from + length(4.0 + 9.0 * at as f64 + 3.5);
                items.extend(self.digit(digit, middle, top + length(under - 1.0), &digits));
            }
        }
        let number = self.composer.made(&format!("ISBN {isbn}"), &self.digits(Length::pt(NUMBER)));
        let whole = length(f64::from(bars::WIDTH));
        let x = (start + (whole - number.width) / 2).max(area.left + Length::pt(PAD));
        items.extend(placed(number, Point { x, y: head }));
        items
    }

    fn digits(&self, size: Length) -> Resolved {
        let plain = self.style(size, false, false);
        Resolved { family: Family::Mono, color: Color::BLACK, ..plain }
    }

    /// A digit whose middle stands at `x`.
    fn digit(&self, digit: char, x: Length, y: Length, style: &Resolved) -> Vec<Placed> {
        let set = self.composer.made(digit.encode_utf8(&mut [0; 4]), style);
        let at = Point { x: x - set.width / 2, y };
        placed(set, at)
    }
}
