//! Lengths, shares, colours and dates as authors write them.
//!
//! In:     `6in`, `148 mm`, `10.5pt`; `60%`; `2026-11-22`; seconds since 1970.
//! Out:    [`Length`], a share of 1, a date in the forms of ISO 8601.
//! Faults: `None`, which the caller reports with the key's place.
//! Absent: keys and files.

use crate::base::Length;
use crate::theme::Color;

/// The units a length may have, for hints.
pub const UNITS: &str = "in, mm, cm, pt, pc, px";

/// `6in`, `148 mm`, `10.5pt`; `px` is 1/96 in (CSS Values 4, 6.2), `pc` 12 points.
pub fn length(written: &str) -> Option<Length> {
    let written = written.trim();
    let digits = written.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-' && c != '+')?;
    let number: f64 = written[..digits].parse().ok()?;
    // Beyond any page, and far from the end of `Length`'s range.
    if !number.is_finite() || number.abs() > 100_000.0 {
        return None;
    }
    match written[digits..].trim_start().to_ascii_lowercase().as_str() {
        "in" | "inch" | "\"" => Some(Length::inch(number)),
        "mm" => Some(Length::mm(number)),
        "cm" => Some(Length::mm(number * 10.0)),
        "pt" => Some(Length::pt(number)),
        "pc" => Some(Length::pt(number * 12.0)),
        "px" => Some(Length::inch(number / 96.0)),
        _ => None,
    }
}

/// A measure in whatever unit fits its key.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Extent {
    Length(Length),
    /// In units of a type size.
    Em(f64),
    /// In lines of the grid.
    Lines(f64),
    /// `60%` is 0.6.
    Share(f64),
    /// Without a unit.
    Number(f64),
}

/// `12pt`, `1.5em`, `2 lines`, `1 line`, `60%`, `1.3`.
pub fn extent(written: &str) -> Option<Extent> {
    let written = written.trim();
    if let Some(found) = length(written) {
        return Some(Extent::Length(found));
    }
    let digits = written.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(written.len());
    let number: f64 = written[..digits].parse().ok()?;
    let number = Some(number).filter(|number| number.is_finite() && number.abs() <= 100_000.0)?;
    match written[digits..].trim_start().to_ascii_lowercase().as_str() {
        "" => Some(Extent::Number(number)),
        "em" => Some(Extent::Em(number)),
        "line" | "lines" => Some(Extent::Lines(number)),
        "%" => Some(Extent::Share(number / 100.0)),
        _ => None,
    }
}

/// `#1a2b3c`, `#abc`, `black`, `grey`, `white`.
pub fn color(written: &str) -> Option<Color> {
    let written = written.trim().to_ascii_lowercase();
    match written.as_str() {
        "black" => return Some(Color::BLACK),
        "white" => return Some(Color::WHITE),
        // 7:1 on white.
        "grey" | "gray" => return Some(Color::grey(85)),
        _ => {}
    }
    let digits = written.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let part = |at: usize, width: usize| {
        let value = u8::from_str_radix(digits.get(at..at + width)?, 16).ok()?;
        Some(if width == 1 { value * 17 } else { value })
    };
    match digits.len() {
        3 => Some(Color::rgb(part(0, 1)?, part(1, 1)?, part(2, 1)?)),
        6 => Some(Color::rgb(part(0, 2)?, part(2, 2)?, part(4, 2)?)),
        _ => None,
    }
}

/// `60%` is 0.6.
pub fn share(written: &str) -> Option<f64> {
    let number: f64 = written.trim().strip_suffix('%')?.trim_end().parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number / 100.0)
}

/// A year, a month or a day of ISO 8601; `None` where there is no such day.
pub fn date(written: &str) -> Option<(i64, u32, u32)> {
    let written = written.trim();
    let mut parts = written.splitn(3, '-');
    let number = |part: &str, width: usize| {
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten()
    };
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |part| number(part, 2))?;
    let day = parts.next().map_or(Some(1), |part| number(part, 2))?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=days).contains(&day).then_some((i64::from(year), month, day))
}

/// The moment `seconds` after the start of 1970, in the form of `dcterms:modified`.
pub fn moment(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3_600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_with_units() {
        assert_eq!(length("6in"), Some(Length::inch(6.0)));
        assert_eq!(length(" 14.8 cm "), Some(Length::mm(148.0)));
        assert_eq!(length("96px"), Some(Length::inch(1.0)));
        assert_eq!(length("6"), None);
        assert_eq!(length("1e9in"), None);
        assert_eq!(length("mm"), None);
    }

    #[test]
    fn extents_in_every_unit() {
        assert_eq!(extent("22pt"), Some(Extent::Length(Length::pt(22.0))));
        assert_eq!(extent(" 1.5 em"), Some(Extent::Em(1.5)));
        assert_eq!(extent("2 lines"), Some(Extent::Lines(2.0)));
        assert_eq!(extent("-5%"), Some(Extent::Share(-0.05)));
        assert_eq!(extent("1.3"), Some(Extent::Number(1.3)));
        for wrong in ["", "em", "1.2.3em", "2 rods", "1e9", "--1em"] {
            assert_eq!(extent(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn colors_by_name_and_number() {
        assert_eq!(color("#1A2b3c"), Some(Color::rgb(0x1A, 0x2B, 0x3C)));
        assert_eq!(color("#f0a"), Some(Color::rgb(255, 0, 170)));
        assert_eq!(color("black"), Some(Color::BLACK));
        for wrong in ["", "#", "#12", "#12345", "#ggg", "#€€", "rouge"] {
            assert_eq!(color(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_that_exist() {
        assert_eq!(date("2026"), Some((2026, 1, 1)));
        assert_eq!(date("2024-02-29"), Some((2024, 2, 29)));
        assert_eq!(date("2026-02-29"), None);
        assert_eq!(date("26-2-9"), None);
    }

    #[test]
    fn moments_of_the_clock() {
        assert_eq!(moment(0), "1970-01-01T00:00:00Z");
        assert_eq!(moment(1_732_284_061), "2024-11-22T14:01:01Z");
        assert_eq!(moment(-1), "1969-12-31T23:59:59Z");
    }
}
