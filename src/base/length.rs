//! Lengths as whole numbers, so that the same text makes the same page on every machine.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in scaled points: 1/65,536 of a point (1/72 in), the unit of TeX (Knuth, *The TeXbook*, p. 57,
/// with PostScript's point in place of TeX's). The range is some 1.4 × 10¹⁴ points: no book leaves it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(i64);

/// Scaled points in one point.
const SP_PER_PT: i64 = 1 << 16;
/// Points in one inch, by definition of the desktop-publishing point.
const PT_PER_IN: f64 = 72.0;
/// Millimetres in one inch, by definition.
const MM_PER_IN: f64 = 25.4;

impl Length {
    pub const ZERO: Length = Length(0);
    /// Larger than any page, and safe to add to another length.
    pub const HUGE: Length = Length(1 << 50);

    /// A length of `pt` points, rounded to the nearest scaled point.
    pub fn pt(pt: f64) -> Length {
        Length((pt * SP_PER_PT as f64).round() as i64)
    }

    pub fn mm(mm: f64) -> Length {
        Length::pt(mm * PT_PER_IN / MM_PER_IN)
    }

    pub fn inch(inches: f64) -> Length {
        Length::pt(inches * PT_PER_IN)
    }

    pub const fn from_sp(sp: i64) -> Length {
        Length(sp)
    }

    pub const fn sp(self) -> i64 {
        self.0
    }

    pub fn to_pt(self) -> f64 {
        self.0 as f64 / SP_PER_PT as f64
    }

    pub fn to_mm(self) -> f64 {
        self.to_pt() * MM_PER_IN / PT_PER_IN
    }

    pub fn to_inch(self) -> f64 {
        self.to_pt() / PT_PER_IN
    }

    pub const fn abs(self) -> Length {
        Length(self.0.abs())
    }

    /// This length times `factor`, rounded to the nearest scaled point.
    pub fn scale(self, factor: f64) -> Length {
        Length((self.0 as f64 * factor).round() as i64)
    }

    /// How many times `other` goes into this length; 0 where `other` is zero.
    pub fn ratio(self, other: Length) -> f64 {
        if other.0 == 0 { 0.0 } else { self.0 as f64 / other.0 as f64 }
    }
}

/// Points with at most four decimals, without trailing zeros: `12pt`, `10.5pt`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.4}", self.to_pt());
        let text = text.trim_end_matches('0').trim_end_matches('.');
        write!(f, "{}pt", if text == "-0" { "0" } else { text })
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        self.0 += other.0;
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        self.0 -= other.0;
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Length;
    fn mul(self, times: i64) -> Length {
        Length(self.0 * times)
    }
}

impl Div<i64> for Length {
    type Output = Length;
    /// Rounds toward zero. `parts` must not be zero.
    fn div(self, parts: i64) -> Length {
        Length(self.0 / parts)
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(lengths: I) -> Length {
        lengths.fold(Length::ZERO, Add::add)
    }
}

/// A length in units of the type size it stands in: 1.0 is as wide as the size is high.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
pub struct Em(pub f64);

impl Em {
    pub fn of(self, size: Length) -> Length {
        size.scale(self.0)
    }
}
