//! A designed front → a drawing, for the e-book and for shops.
//!
//! In:     the book's metadata, the theme's faces, the palette.
//! Out:    SVG of the size that shops ask for.
//! Absent: the printed cover.

use super::front::{Front, Panel};
use super::{Palette, store};
use crate::asset::Faces;
use crate::book::Metadata;
use crate::theme::{Color, Theme};
use std::fmt::Write;

/// Draws the front of the e-book.
pub fn drawing(metadata: &Metadata, theme: &Theme, faces: &Faces, palette: Palette) -> String {
    let (width, height) = (store::WIDTH, store::HEIGHT);
    let front = Front::of(metadata, theme, faces, Panel { width: f64::from(width), height: f64::from(height) });
    let (direction, anchor) = if front.right_to_left { (" direction=\"rtl\"", "end") } else { ("", "start") };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"{direction}>\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        hex(palette.ground)
    );
    for line in &front.lines {
        let face = faces.get(line.face);
        let slope = if face.italic { " font-style=\"italic\"" } else { "" };
        // Writing into a string does not fail.
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" font-family=\"{}\" font-weight=\"{}\"{slope} font-size=\"{:.2}\" fill=\"{}\">{}</text>",
            line.x,
            line.y,
            escaped(&face.family),
            face.weight,
            line.size,
            hex(palette.ink),
            escaped(&line.text)
        );
    }
    let [left, top, width, height] = front.rule;
    let accent = hex(palette.accent);
    let _ = write!(
        svg,
        "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{accent}\"/></svg>"
    );
    svg
}

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
