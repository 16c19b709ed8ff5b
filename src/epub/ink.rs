//! Inks and grounds → colours that can be read on the reader's own page, whatever its colour.
//!
//! In:     colours of the theme, chosen for white paper.
//! Out:    rules of CSS in which they can be read on paper, on sepia and at night.
//! Absent: the page's ground and its black; those are the reader's.
//!
//! A reading system tells the night in one of two ways: it answers to `prefers-color-scheme`, or it changes the colours of
//! the body and says nothing. So an ink is mixed with the reader's own (`color-mix` of CSS Color 5): on black type it is
//! the theme's colour, on white type a light one. Engines that cannot mix take a fixed colour, and a second for the dark.

use crate::theme::{Color, Role, Theme};
use std::fmt::Write;

/// Contrast that small text needs against its ground (WCAG 2.1, 1.4.3).
const CONTRAST: f64 = 4.5;
/// The darkest and the lightest ground we answer for: the pages of night modes and of sepia modes.
const NIGHT: Color = Color::grey(0x20);
const PAPER: Color = Color::grey(0xF2);
/// Pairs of ink and ground that reading systems offer, the faintest of each kind: grey on night, brown on sepia.
const PAGES: [(Color, Color); 3] = [
    (Color::BLACK, PAPER),
    (Color::grey(0xCC), NIGHT),
    (Color { red: 0x5B, green: 0x46, blue: 0x36 }, Color { red: 0xF4, green: 0xEC, blue: 0xD8 }),
];
/// A thinner veil is seen on no screen.
const LEAST_VEIL: f64 = 0.12;
/// The steps, in hundredths, in which inks are mixed.
const STEP: u16 = 5;

/// The most of the reader's ink with which a colour is seen well, and with which it is seen at all.
const COLOURED: u16 = 60;
const FAINT: u16 = 85;

/// For pages at night. The width asks for nothing; but converters to the formats of Kindle (calibre 6) take rules for
/// the dark as rules for always, unless the query names a width, which they cannot know.
const DARK: &str = "@media (min-width: 0) and (prefers-color-scheme: dark)";
/// For engines that mix colours. It is the fill of letters that is mixed, for Chromium (156) does not mix `color` anew
/// when the reader turns day into night.
const MIXING: &str = "@supports (color: color-mix(in srgb, red, blue))";

/// A ground of the theme as a thin veil: on white it looks as the theme wants it, on any other page it tints a little.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Veil {
    color: Color,
    /// How much of the page it hides, 0 to 1.
    share: f64,
}

impl Veil {
    pub fn of(ground: Color) -> Veil {
        let least = ground.red.min(ground.green).min(ground.blue);
        let share = (f64::from(255 - least) / 255.0 * 2.0).clamp(LEAST_VEIL, 1.0);
        let floor = if ground.is_grey() { 128.0 } else { 0.0 };
        let part = |part: u8| (255.0 - f64::from(255 - part) / share).round().max(floor) as u8;
        Veil { color: Color { red: part(ground.red), green: part(ground.green), blue: part(ground.blue) }, share }
    }

    /// Its colour for CSS.
    pub fn css(self) -> String {
        let Color { red, green, blue } = self.color;
        format!("rgba({red}, {green}, {blue}, {})", super::css::number(self.share))
    }

    /// What is seen where it lies on `page`.
    fn over(self, page: Color) -> Color {
        let part =
            |veil: u8, page: u8| (f64::from(veil) * self.share + f64::from(page) * (1.0 - self.share)).round() as u8;
        Color {
            red: part(self.color.red, page.red),
            green: part(self.color.green, page.green),
            blue: part(self.color.blue, page.blue),
        }
    }
}

/// The veils on which code may stand: its own, in a box with another.
pub fn of_code(theme: &Theme) -> Vec<Veil> {
    let grounds = [Role::Admonition, Role::Code].into_iter().filter_map(|role| theme.style(role).ground);
    grounds.map(Veil::of).collect()
}

/// The rules for a colour of the theme that stands on these veils; nothing for black, which is the reader's own ink.
pub fn rules(css: &mut String, selector: &str, color: Color, is_small: bool, veils: &[Veil]) {
    if color == Color::BLACK || (color.is_grey() && !is_small && color.red < 0x60) {
        return;
    }
    let on_paper = legible(color, seen(PAPER, veils), Color::BLACK);
    let at_night = legible(color, seen(NIGHT, veils), Color::WHITE);
    let (share, hue) = mixed(on_paper, veils);
    let _ = writeln!(css, "{selector} {{ color: {}; }}", hex(on_paper));
    let _ = writeln!(css, "{DARK} {{ {selector} {{ color: {}; }} }}", hex(at_night));
    let _ = writeln!(
        css,
        "{MIXING} {{ {selector} {{ color: inherit; -webkit-text-fill-color: color-mix(in srgb, currentColor {share}%, {}); }} }}",
        hex(hue)
    );
}

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)
}

/// A page's ground under veils.
fn seen(page: Color, veils: &[Veil]) -> Color {
    veils.iter().fold(page, |ground, veil| veil.over(ground))
}

/// The share of the reader's ink, in hundredths, and the colour that it is mixed with, so that the mixture can be read on
/// every page. With black it makes `color` itself, or a darker one where that cannot be had: night asks for more of the
/// reader's ink, sepia for less of its brown.
fn mixed(color: Color, veils: &[Veil]) -> (u16, Color) {
    let candidate = |color: Color, share: u16| {
        let part = |part: u8| (u16::from(part) * 100 / (100 - share)).min(255) as u8;
        (share, Color { red: part(color.red), green: part(color.green), blue: part(color.blue) })
    };
    let is_read = |&(share, hue): &(u16, Color)| {
        PAGES.iter().all(|&(ink, page)| mix(hue, ink, share, 100).contrast(seen(page, veils)) >= CONTRAST)
    };
    let darker = || (0..100).step_by(STEP.into()).map(|step| mix(color, Color::BLACK, step, 100));
    let shares = |most: u16| (STEP..=most).step_by(STEP.into());
    [COLOURED, FAINT]
        .into_iter()
        .flat_map(|most| darker().flat_map(move |color| shares(most).map(move |share| (color, share))))
        .map(|(color, share)| candidate(color, share))
        .find(is_read)
        .unwrap_or(candidate(color, FAINT))
}

fn mix(from: Color, to: Color, step: u16, steps: u16) -> Color {
    let part = |from: u8, to: u8| ((u16::from(from) * (steps - step) + u16::from(to) * step + steps / 2) / steps) as u8;
    Color { red: part(from.red, to.red), green: part(from.green, to.green), blue: part(from.blue, to.blue) }
}

/// The colour, moved toward `pole` until it can be read on `ground`.
fn legible(color: Color, ground: Color, pole: Color) -> Color {
    const STEPS: u16 = 20;
    (0..=STEPS)
        .map(|step| mix(color, pole, step, STEPS))
        .find(|&candidate| candidate.contrast(ground) >= CONTRAST)
        .unwrap_or(pole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Token;

    #[test]
    fn inks_can_be_read_on_paper_and_at_night() {
        let theme = Theme::default();
        // Code in a box of advice stands on two veils.
        let veils = of_code(&theme);
        assert_eq!(veils.len(), 2);
        for token in Token::ALL {
            let color = theme.token(token).color;
            if color == Color::BLACK {
                continue;
            }
            let on_paper = legible(color, seen(PAPER, &veils), Color::BLACK);
            let at_night = legible(color, seen(NIGHT, &veils), Color::WHITE);
            assert!(on_paper.contrast(seen(PAPER, &veils)) >= CONTRAST, "{token:?}");
            assert!(at_night.contrast(seen(NIGHT, &veils)) >= CONTRAST, "{token:?}");
            // A reading system that changes the body's colours and asks no query.
            let (share, hue) = mixed(on_paper, &veils);
            for (ink, page) in PAGES {
                let contrast = mix(hue, ink, share, 100).contrast(seen(page, &veils));
                assert!(contrast >= CONTRAST, "{token:?}: {contrast:.2}");
            }
        }
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 0.01);
    }

    #[test]
    fn on_black_type_a_mixed_ink_is_the_theme_s() {
        let navy = Color { red: 0x1D, green: 0x2F, blue: 0x61 };
        let (share, hue) = mixed(navy, &[]);
        let made = mix(hue, Color::BLACK, share, 100);
        let near = |a: u8, b: u8| a.abs_diff(b) <= 1;
        assert!(near(made.red, navy.red) && near(made.green, navy.green) && near(made.blue, navy.blue), "{made:?}");
    }
}
