//! Trim sizes by name.
//!
//! In:     a name as an author writes it: `6x9`, `A5`, `royal`.
//! Out:    the width and height of the trimmed leaf.
//! Absent: sizes in figures, which the manifest reads.
//!
//! Sources: ISO 216 for the A and B sizes; KDP's and IngramSpark's lists of 2026 for the sizes in inches; BoD's of 2026 for
//! those in centimetres; the British trade's names for metric sizes (A format to royal), the American for the rest.

use crate::base::Length;

#[derive(Clone, Copy)]
enum Size {
    Inch(f64, f64),
    Mm(f64, f64),
}

use Size::{Inch, Mm};

/// Every name, the printers' sizes in inches first. More than one name may have a size.
const TRIMS: [(&str, Size); 58] = [
    ("4.25x6.87", Inch(4.25, 6.87)),
    ("4.72x7.48", Inch(4.72, 7.48)),
    ("5x7", Inch(5.0, 7.0)),
    ("5x8", Inch(5.0, 8.0)),
    ("5.06x7.81", Inch(5.06, 7.81)),
    ("5.25x8", Inch(5.25, 8.0)),
    ("5.5x7.5", Inch(5.5, 7.5)),
    ("5.5x8.5", Inch(5.5, 8.5)),
    ("5.83x8.27", Inch(5.83, 8.27)),
    ("6x9", Inch(6.0, 9.0)),
    ("6.14x9.21", Inch(6.14, 9.21)),
    ("6.5x6.5", Inch(6.5, 6.5)),
    ("6.69x9.61", Inch(6.69, 9.61)),
    ("7x10", Inch(7.0, 10.0)),
    ("7.44x9.69", Inch(7.44, 9.69)),
    ("7.5x7.5", Inch(7.5, 7.5)),
    ("7.5x9.25", Inch(7.5, 9.25)),
    ("8x8", Inch(8.0, 8.0)),
    ("8x10", Inch(8.0, 10.0)),
    ("8.25x6", Inch(8.25, 6.0)),
    ("8.25x8.25", Inch(8.25, 8.25)),
    ("8.25x11", Inch(8.25, 11.0)),
    ("8.27x11.69", Inch(8.27, 11.69)),
    ("8.5x8.5", Inch(8.5, 8.5)),
    ("8.5x10.88", Inch(8.5, 10.88)),
    ("8.5x11", Inch(8.5, 11.0)),
    ("9x7", Inch(9.0, 7.0)),
    ("10x8", Inch(10.0, 8.0)),
    ("11x8.5", Inch(11.0, 8.5)),
    ("12x19cm", Mm(120.0, 190.0)),
    ("13.5x21.5cm", Mm(135.0, 215.0)),
    ("15.5x22cm", Mm(155.0, 220.0)),
    ("17x17cm", Mm(170.0, 170.0)),
    ("17x22cm", Mm(170.0, 220.0)),
    ("19x27cm", Mm(190.0, 270.0)),
    ("21x15cm", Mm(210.0, 150.0)),
    ("21x21cm", Mm(210.0, 210.0)),
    ("21x29.7cm", Mm(210.0, 297.0)),
    ("a4", Mm(210.0, 297.0)),
    ("a5", Mm(148.0, 210.0)),
    ("a6", Mm(105.0, 148.0)),
    ("b5", Mm(176.0, 250.0)),
    ("b6", Mm(125.0, 176.0)),
    ("a-format", Mm(110.0, 178.0)),
    ("b-format", Mm(129.0, 198.0)),
    ("c-format", Mm(135.0, 216.0)),
    ("demy", Mm(138.0, 216.0)),
    ("royal", Mm(156.0, 234.0)),
    ("crown-quarto", Mm(189.0, 246.0)),
    ("pinched-crown-quarto", Mm(174.0, 246.0)),
    ("mass-market", Inch(4.25, 6.87)),
    ("pocket", Inch(4.25, 6.87)),
    ("digest", Inch(5.5, 8.5)),
    ("trade", Inch(6.0, 9.0)),
    ("us-trade", Inch(6.0, 9.0)),
    ("executive", Inch(7.0, 10.0)),
    ("letter", Inch(8.5, 11.0)),
    ("us-letter", Inch(8.5, 11.0)),
];

/// Finds a trim size by name, in any case; `×` is as good as `x`.
pub fn trim_named(name: &str) -> Option<(Length, Length)> {
    let name = name.to_lowercase().replace('×', "x").replace(['_', ' '], "-");
    let (_, size) = TRIMS.iter().find(|(known, _)| *known == name)?;
    Some(match *size {
        Inch(width, height) => (Length::inch(width), Length::inch(height)),
        Mm(width, height) => (Length::mm(width), Length::mm(height)),
    })
}

/// The names that [`trim_named`] knows, for hints.
pub fn trim_names() -> impl Iterator<Item = &'static str> {
    TRIMS.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_once_and_in_any_case() {
        let mut names: Vec<&str> = trim_names().collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(trim_named("A5"), Some((Length::mm(148.0), Length::mm(210.0))));
        assert_eq!(trim_named("6×9"), trim_named("trade"));
        assert_eq!(trim_named("Mass Market"), trim_named("4.25x6.87"));
        assert_eq!(trim_named("foolscap"), None);
    }

    #[test]
    fn a_size_named_in_figures_has_them() {
        for name in trim_names().filter(|name| name.starts_with(|c: char| c.is_ascii_digit())) {
            let (figures, unit) = match name.strip_suffix("cm") {
                Some(figures) => (figures, Length::mm(10.0)),
                None => (name, Length::inch(1.0)),
            };
            let (width, height) = figures.split_once('x').unwrap();
            let wanted = (unit.scale(width.parse().unwrap()), unit.scale(height.parse().unwrap()));
            let found = trim_named(name).unwrap();
            let near = |a: Length, b: Length| (a - b).to_pt().abs() < 0.01;
            assert!(near(found.0, wanted.0) && near(found.1, wanted.1), "{name}");
        }
    }
}
