//! Colours as the book has them → the inks of the file.
//!
//! In:     red, green and blue.
//! Out:    the same on screens; black ink alone, or the four inks, for a press.
//! Faults: [`Error::Package`] where the profile of the inks cannot be read.
//! Absent: where the colours stand.

use super::form::Form;
use super::separation::Separation;
use crate::base::Error;
use crate::press::Colour;
use crate::theme;
use printpdf::{Cmyk, Color, Greyscale, Rgb};

/// What colours are printed with.
pub enum Inks {
    Screen,
    Grey {
        least_tint: f64,
    },
    /// `limit`: the largest sum of inks in percent.
    Cmyk {
        least_tint: f64,
        limit: u16,
        separation: Box<Separation>,
    },
}

/// Text lighter than this stands on a dark ground and is spared out of it.
const LIGHT: u8 = 192;

impl Inks {
    pub fn of(form: Form) -> Result<Inks, Error> {
        Ok(match form {
            Form::Reading(_) => Inks::Screen,
            Form::Press { printer, colour: Colour::Grey, .. } => Inks::Grey { least_tint: printer.least_tint },
            Form::Press { printer, colour: Colour::Cmyk, .. } => {
                let separation = Box::new(Separation::new(f32::from(printer.ink_limit) / 100.0)?);
                Inks::Cmyk { least_tint: printer.least_tint, limit: printer.ink_limit, separation }
            }
        })
    }

    /// The colour of letters. On a press they are full black: anything else is made of dots, and small type frays.
    pub fn text(&self, color: theme::Color) -> Color {
        match self {
            Inks::Screen => screen([color.red, color.green, color.blue]),
            Inks::Grey { .. } | Inks::Cmyk { .. } => {
                let level = luma([color.red, color.green, color.blue]);
                grey(if level < LIGHT { 0.0 } else { share(level) })
            }
        }
    }

    /// The colour of a rule or a ground. On a press a tint is never so light that it is lost.
    pub fn ground(&self, color: theme::Color) -> Color {
        let rgb = [color.red, color.green, color.blue];
        match self {
            Inks::Screen => screen(rgb),
            Inks::Grey { least_tint } => grey(held(luma(rgb), *least_tint)),
            Inks::Cmyk { least_tint, .. } if color.is_grey() => grey(held(color.red, *least_tint)),
            Inks::Cmyk { separation, .. } => cmyk(separation.inks(rgb)),
        }
    }

    /// A colour of a drawing.
    pub fn drawing(&self, rgb: [u8; 3]) -> Color {
        match self {
            Inks::Screen => screen(rgb),
            Inks::Grey { .. } => grey(share(luma(rgb))),
            Inks::Cmyk { .. } if rgb[0] == rgb[1] && rgb[1] == rgb[2] => grey(share(rgb[0])),
            Inks::Cmyk { separation, .. } => cmyk(separation.inks(rgb)),
        }
    }

    /// The colour space of pictures and gradients.
    pub fn space(&self) -> &'static str {
        match self {
            Inks::Screen => "DeviceRGB",
            Inks::Grey { .. } => "DeviceGray",
            Inks::Cmyk { .. } => "DeviceCMYK",
        }
    }

    /// A pixel of a picture in [`space`](Inks::space).
    pub fn pixel(&self, rgb: [u8; 3], out: &mut Vec<u8>) {
        match self {
            Inks::Screen => out.extend(rgb),
            Inks::Grey { .. } => out.push(luma(rgb)),
            Inks::Cmyk { separation, .. } => out.extend(separation.inks(rgb)),
        }
    }

    /// The profile of the four inks, for files that must hold it.
    pub fn profile(&self) -> Option<Vec<u8>> {
        match self {
            Inks::Screen | Inks::Grey { .. } => None,
            Inks::Cmyk { separation, .. } => Some(separation.profile()),
        }
    }

    pub fn is_screen(&self) -> bool {
        matches!(self, Inks::Screen)
    }
}

/// How light a colour is, in the encoding it comes in (ITU-R BT.709-6, 3.2): greys stay what they are.
pub fn luma([red, green, blue]: [u8; 3]) -> u8 {
    ((u32::from(red) * 2126 + u32::from(green) * 7152 + u32::from(blue) * 722 + 5000) / 10_000) as u8
}

/// The lightness of a tint that prints: white stays white, the rest has at least so much ink.
fn held(level: u8, least_tint: f64) -> f32 {
    if level == u8::MAX { 1.0 } else { share(level).min((1.0 - least_tint) as f32) }
}

/// Three decimals are finer than any press.
fn share(part: u8) -> f32 {
    (f32::from(part) / 255.0 * 1000.0).round() / 1000.0
}

fn grey(level: f32) -> Color {
    Color::Greyscale(Greyscale::new(level, None))
}

fn screen([red, green, blue]: [u8; 3]) -> Color {
    if red == green && green == blue {
        grey(share(red))
    } else {
        Color::Rgb(Rgb::new(share(red), share(green), share(blue), None))
    }
}

fn cmyk(inks: [u8; 4]) -> Color {
    let [c, m, y, k] = inks.map(share);
    Color::Cmyk(Cmyk::new(c, m, y, k, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_press_letters_are_black_and_tints_are_not_lost() {
        let inks = Inks::Grey { least_tint: 0.1 };
        let level = |color: Color| match color {
            Color::Greyscale(grey) => grey.percent,
            other => panic!("{other:?}"),
        };
        assert_eq!(level(inks.text(theme::Color::rgb(140, 30, 60))), 0.0);
        assert_eq!(level(inks.text(theme::Color::WHITE)), 1.0);
        assert_eq!(level(inks.ground(theme::Color::grey(247))), 0.9);
        assert_eq!(level(inks.ground(theme::Color::WHITE)), 1.0);
        assert_eq!(luma([77, 77, 77]), 77);
    }
}
