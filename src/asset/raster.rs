//! Drawings → pictures, with our own faces only.
//!
//! In:     an SVG, the faces and families its words are set in.
//! Out:    a PNG of the size asked for.
//! Absent: system fonts, files: a drawing that names others shows none of them.

use super::{Faces, svg};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;

/// Draws an SVG on a page of `width` × `height` pixels, which it fills as its `viewBox` says. `None`: it is no SVG, or
/// there is no memory for the page.
pub fn png(drawing: &[u8], faces: &Faces, families: [&str; 3], width: u32, height: u32) -> Option<Vec<u8>> {
    let options = svg::with_faces(faces, families);
    let tree = Tree::from_data(drawing, &options).ok()?;
    let mut page = Pixmap::new(width, height)?;
    let size = tree.size();
    let scale = (width as f32 / size.width()).min(height as f32 / size.height());
    let (right, down) = ((width as f32 - size.width() * scale) / 2.0, (height as f32 - size.height() * scale) / 2.0);
    resvg::render(&tree, Transform::from_scale(scale, scale).post_translate(right, down), &mut page.as_mut());
    encode(&page)
}

/// Pages are opaque where it matters: what shines through is white.
fn encode(page: &Pixmap) -> Option<Vec<u8>> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    use image::{ExtendedColorType, ImageEncoder};
    let mut rgb = Vec::with_capacity(page.pixels().len() * 3);
    for pixel in page.pixels() {
        // Premultiplied: white is added for what is missing to full cover.
        let white = 255 - pixel.alpha();
        rgb.extend([pixel.red() + white, pixel.green() + white, pixel.blue() + white]);
    }
    let mut out = Vec::new();
    // Flat grounds deflate well by any method; the fastest is a tenth of the time.
    PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Up)
        .write_image(&rgb, page.width(), page.height(), ExtendedColorType::Rgb8)
        .ok()?;
    Some(out)
}
