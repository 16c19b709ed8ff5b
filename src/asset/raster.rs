//! Drawings → pictures, with our own faces only.
//!
//! In:     an SVG, the faces and families its words are set in.
//! Out:    a PNG or JPEG of the size asked for; a JPEG of any picture.
//! Absent: system fonts, files: a drawing that names others shows none of them.

use super::{Faces, svg};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;

/// Draws an SVG on a page of `width` × `height` pixels, which it fills as its `viewBox` says. `None`: it is no SVG, or
/// there is no memory for the page.
pub fn png(drawing: &[u8], faces: &Faces, families: [&str; 3], width: u32, height: u32) -> Option<Vec<u8>> {
    let page = draw(drawing, faces, families, width, height)?;
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    use image::{ExtendedColorType, ImageEncoder};
    let mut out = Vec::new();
    // Flat grounds deflate well by any method; the fastest is a tenth of the time.
    PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Up)
        .write_image(&opaque(&page), page.width(), page.height(), ExtendedColorType::Rgb8)
        .ok()?;
    Some(out)
}

/// The same as a JPEG.
pub fn jpeg(drawing: &[u8], faces: &Faces, families: [&str; 3], width: u32, height: u32) -> Option<Vec<u8>> {
    let page = draw(drawing, faces, families, width, height)?;
    encode_jpeg(&opaque(&page), page.width(), page.height())
}

/// A picture of another kind as a JPEG, turned as its EXIF orientation (TIFF 6.0, tag 274) says, on white.
pub fn jpeg_of(picture: &[u8], orientation: u8) -> Option<Vec<u8>> {
    let mut decoded = image::load_from_memory(picture).ok()?;
    if let Some(turn) = image::metadata::Orientation::from_exif(orientation) {
        decoded.apply_orientation(turn);
    }
    let pixels = decoded.into_rgba8();
    let (width, height) = pixels.dimensions();
    let on_white =
        |part: u8, alpha: u8| ((u16::from(part) * u16::from(alpha) + 255 * (255 - u16::from(alpha)) + 127) / 255) as u8;
    let rgb: Vec<u8> = pixels
        .pixels()
        .flat_map(|image::Rgba([red, green, blue, alpha])| [*red, *green, *blue].map(|part| on_white(part, *alpha)))
        .collect();
    encode_jpeg(&rgb, width, height)
}

/// Artefacts round letters are not seen from here on.
const QUALITY: u8 = 92;

fn encode_jpeg(rgb: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, QUALITY);
    encoder.encode(rgb, width, height, image::ExtendedColorType::Rgb8).ok()?;
    Some(out)
}

fn draw(drawing: &[u8], faces: &Faces, families: [&str; 3], width: u32, height: u32) -> Option<Pixmap> {
    let options = svg::with_faces(faces, families);
    let tree = Tree::from_data(drawing, &options).ok()?;
    let mut page = Pixmap::new(width, height)?;
    let size = tree.size();
    let scale = (width as f32 / size.width()).min(height as f32 / size.height());
    let (right, down) = ((width as f32 - size.width() * scale) / 2.0, (height as f32 - size.height() * scale) / 2.0);
    resvg::render(&tree, Transform::from_scale(scale, scale).post_translate(right, down), &mut page.as_mut());
    Some(page)
}

/// What shines through is white.
fn opaque(page: &Pixmap) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(page.pixels().len() * 3);
    for pixel in page.pixels() {
        // Premultiplied: white is added for what is missing to full cover.
        let white = 255 - pixel.alpha();
        rgb.extend([pixel.red() + white, pixel.green() + white, pixel.blue() + white]);
    }
    rgb
}
