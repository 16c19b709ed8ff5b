//! Inks → two colours each: one for paper and sepia, one for the night.
//!
//! In:     a colour of the theme, chosen for white paper.
//! Out:    rules of CSS in which it can be read on every ground.
//! Absent: grounds; those are the reader's.

use crate::theme::Color;
use std::fmt::Write;

/// Contrast that small text needs against its ground (WCAG 2.1, 1.4.3).
const CONTRAST: f64 = 4.5;
/// The darkest and the lightest ground we answer for: the pages of night modes and of sepia modes.
const NIGHT: Color = Color::grey(0x20);
const PAPER: Color = Color::grey(0xF2);

/// For pages at night. The width asks for nothing; but converters to the formats of Kindle (calibre 6) take rules for
/// the dark as rules for always, unless the query names a width, which they cannot know.
const DARK: &str = "@media (min-width: 0) and (prefers-color-scheme: dark)";

/// A colour and its counterpart for the dark; nothing for black, which is the reader's own ink.
pub fn rules(css: &mut String, selector: &str, color: Color, is_small: bool) {
    if color == Color::BLACK || (color.is_grey() && !is_small && color.red < 0x60) {
        return;
    }
    let on_paper = legible(color, PAPER, Color::BLACK);
    let at_night = legible(color, NIGHT, Color::WHITE);
    let _ = writeln!(css, "{selector} {{ color: {}; }}", hex(on_paper));
    let _ = writeln!(css, "{DARK} {{ {selector} {{ color: {}; }} }}", hex(at_night));
}

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)
}

/// The colour, moved toward `pole` until it can be read on `ground`.
fn legible(color: Color, ground: Color, pole: Color) -> Color {
    const STEPS: u16 = 20;
    let mix = |from: u8, to: u8, step: u16| {
        ((u16::from(from) * (STEPS - step) + u16::from(to) * step + STEPS / 2) / STEPS) as u8
    };
    (0..=STEPS)
        .map(|step| Color {
            red: mix(color.red, pole.red, step),
            green: mix(color.green, pole.green, step),
            blue: mix(color.blue, pole.blue, step),
        })
        .find(|&candidate| candidate.contrast(ground) >= CONTRAST)
        .unwrap_or(pole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Theme, Token};

    #[test]
    fn inks_can_be_read_on_paper_and_at_night() {
        for token in Token::ALL {
            let color = Theme::default().token(token).color;
            assert!(legible(color, PAPER, Color::BLACK).contrast(PAPER) >= CONTRAST, "{token:?}");
            assert!(legible(color, NIGHT, Color::WHITE).contrast(NIGHT) >= CONTRAST, "{token:?}");
        }
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 0.01);
    }
}
