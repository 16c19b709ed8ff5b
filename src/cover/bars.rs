//! The bars of an ISBN and of its price. The only door to `barcoders`.
//!
//! In:     the thirteen digits of an ISBN; the five of a price.
//! Out:    a list of [`Bar`]s in modules, the width of the thinnest one.
//! Absent: lengths; what is printed under them.
//!
//! Source: GS1 General Specifications, 5.2 (EAN/UPC): a module ("X-dimension") of 0.264 to 0.66 mm, nominally 0.33;
//! bars nominally 22.85 mm high; 11 modules of white at the left and 7 at the right; guards reach 5 modules lower.
//! ISBN Users' Manual, "Printing the ISBN": the number itself stands over the bars.

use barcoders::sym::ean_supp::EANSUPP;
use barcoders::sym::ean13::EAN13;

/// A run of dark modules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bar {
    pub start: u16,
    pub width: u16,
    /// It reaches lower than the others.
    pub is_guard: bool,
}

/// White that must stay beside the bars, in modules.
pub const LIGHT_LEFT: u16 = 11;
pub const LIGHT_RIGHT: u16 = 7;
/// White right of a price, and between it and the bars of the ISBN (7 to 12).
pub const PRICE_RIGHT: u16 = 5;
pub const PRICE_GAP: u16 = 9;
/// How much lower the guards reach, in modules.
pub const GUARD: u16 = 5;
/// Modules of the bars.
pub const WIDTH: u16 = 95;
pub const PRICE_WIDTH: u16 = 47;
/// The nominal height of the bars, in modules: 22.85 mm of 0.33 mm.
pub const HEIGHT: f64 = 22.85 / 0.33;
/// The nominal module, in millimetres.
pub const MODULE: f64 = 0.33;

/// The bars of an ISBN. `None`: its digits are no ISBN, whose check digit is then wrong.
pub fn isbn(digits: &str) -> Option<Vec<Bar>> {
    // The guards stand at the start, in the middle and at the end.
    let is_guard = |start: u16| start < 3 || (45..50).contains(&start) || start >= WIDTH - 3;
    let code = EAN13::new(digits).ok()?.encode();
    (code.len() == usize::from(WIDTH)).then(|| bars(&code, is_guard))
}

/// The bars of a price: five digits, the first a currency (5 for US dollars).
pub fn price(digits: &str) -> Option<Vec<Bar>> {
    if digits.len() != 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(bars(&EANSUPP::new(digits).ok()?.encode(), |_| false))
}

fn bars(code: &[u8], is_guard: impl Fn(u16) -> bool) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for start in (0..code.len() as u16).filter(|&at| code[usize::from(at)] == 1) {
        match bars.last_mut() {
            Some(bar) if bar.start + bar.width == start => bar.width += 1,
            Some(_) | None => bars.push(Bar { start, width: 1, is_guard: is_guard(start) }),
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isbn_has_thirty_bars_and_a_false_one_none() {
        let bars = isbn("9783161484100").expect("an ISBN");
        // Two a digit for twelve digits, and two, two and two of the guards.
        assert_eq!(bars.len(), 30);
        assert_eq!(bars.iter().filter(|bar| bar.is_guard).count(), 6);
        assert_eq!((bars[0].start, bars[29].start + bars[29].width), (0, WIDTH));
        assert!(bars.iter().all(|bar| (1..=4).contains(&bar.width)));
        assert_eq!(isbn("9783161484101"), None);
        assert_eq!(isbn("978"), None);
    }

    #[test]
    fn a_price_has_five_digits() {
        let bars = price("51499").expect("a price");
        assert_eq!(bars.last().map(|bar| bar.start + bar.width), Some(PRICE_WIDTH));
        assert_eq!(price("5149"), None);
        assert_eq!(price("5149x"), None);
    }
}
