//! The colours of a cover: a ground, the ink on it, an accent.
//!
//! In:     the book's title; what its author chose.
//! Out:    [`Palette`].
//! Absent: printing inks.

use crate::book::Metadata;
use crate::theme::Color;
use sha2::{Digest, Sha256};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Palette {
    pub ground: Color,
    pub ink: Color,
    /// Of rules, never of text: on a press it is made of dots.
    pub accent: Color,
}

/// Grounds and their accents: deep, so that light type stands out on each, and quiet.
const GROUNDS: [(Color, Color); 6] = [
    (Color::rgb(0x1d, 0x35, 0x40), Color::rgb(0xc9, 0xa3, 0x5b)),
    (Color::rgb(0x3b, 0x24, 0x30), Color::rgb(0xc8, 0x98, 0x7a)),
    (Color::rgb(0x24, 0x36, 0x2b), Color::rgb(0xb9, 0xad, 0x6a)),
    (Color::rgb(0x2a, 0x2d, 0x45), Color::rgb(0xb7, 0xa6, 0xc9)),
    (Color::rgb(0x43, 0x29, 0x1f), Color::rgb(0xd0, 0xa8, 0x78)),
    (Color::rgb(0x2b, 0x2b, 0x2b), Color::rgb(0xb9, 0xb2, 0xa3)),
];
/// The ink of screens on a deep ground: softer than white.
const LIGHT: Color = Color::rgb(0xf5, 0xf0, 0xe6);
/// Grounds of this lightness and more take black ink. On 118 both have a contrast of about 4.6 to 1.
const MIDDLE: u32 = 118;

impl Palette {
    pub fn of(metadata: &Metadata) -> Palette {
        let hash = Sha256::digest(metadata.title.as_bytes());
        let (own, own_accent) = GROUNDS[usize::from(hash.first().copied().unwrap_or(0)) % GROUNDS.len()];
        let color = |parts: Option<[u8; 3]>| parts.map(|[red, green, blue]| Color::rgb(red, green, blue));
        let ground = color(metadata.cover_ground).unwrap_or(own);
        let ink = if is_light(ground) { Color::BLACK } else { LIGHT };
        let accent = match (color(metadata.cover_accent), metadata.cover_ground) {
            (Some(accent), _) => accent,
            (None, Some(_)) => between(ground, ink),
            (None, None) => own_accent,
        };
        Palette { ground, ink, accent }
    }

    /// The ink as a press has it: black, or the paper spared out of the ground.
    pub fn pressed(self) -> Palette {
        Palette { ink: if self.ink == Color::BLACK { Color::BLACK } else { Color::WHITE }, ..self }
    }
}

/// By the weights of ITU-R BT.709-6, 3.2.
fn is_light(color: Color) -> bool {
    let luma = u32::from(color.red) * 2126 + u32::from(color.green) * 7152 + u32::from(color.blue) * 722;
    luma / 10_000 >= MIDDLE
}

fn between(a: Color, b: Color) -> Color {
    let middle = |a: u8, b: u8| ((u16::from(a) + u16::from(b)) / 2) as u8;
    Color::rgb(middle(a.red, b.red), middle(a.green, b.green), middle(a.blue, b.blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_follows_the_ground() {
        let with = |ground| Palette::of(&Metadata { cover_ground: Some(ground), ..Metadata::default() });
        assert_eq!(with([0xf0, 0xe0, 0xc0]).ink, Color::BLACK);
        assert_eq!(with([0x10, 0x20, 0x40]).pressed().ink, Color::WHITE);
        for (ground, _) in GROUNDS {
            assert!(!is_light(ground));
        }
    }
}
