//! Decoded pixels → an image object, as small as what they hold allows.
//!
//! In:     red, green, blue and alpha of each pixel; or a file that the `image` crate decodes.
//! Out:    [`Parts`] in the inks of the file: grey where all is grey, without alpha where all is opaque.

use super::{Parts, Wish};
use crate::asset::PictureFormat;
use crate::pdf::write::objects::{LOCAL, deflated};
use image::{DynamicImage, ImageFormat};
use lopdf::{Object, Stream, dictionary};

/// No picture of more pixels is decoded: some 800 MB, far more than a page can show.
pub const MOST_PIXELS: u64 = 200_000_000;

/// Decodes a file into pixels.
pub fn decoded(bytes: &[u8], format: PictureFormat, wish: Wish) -> Result<Parts, String> {
    let format = match format {
        PictureFormat::Jpeg => ImageFormat::Jpeg,
        PictureFormat::Png => ImageFormat::Png,
        PictureFormat::Gif => ImageFormat::Gif,
        PictureFormat::Webp => ImageFormat::WebP,
        PictureFormat::Svg => return Err("it is no raster picture".to_owned()),
    };
    let mut reader = image::ImageReader::with_format(std::io::Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 4);
    reader.limits(limits);
    let picture: DynamicImage = reader.decode().map_err(|error| error.to_string())?;
    let mut pixels = picture.into_rgba8();
    let (width, height) = pixels.dimensions();
    Ok(Parts { objects: from_rgba(width, height, &mut pixels, wish), turned: true, note: None })
}

/// Makes the image and, where it is not opaque, its soft mask.
pub fn from_rgba(width: u32, height: u32, pixels: &mut [u8], wish: Wish) -> Vec<Object> {
    if wish.is_flat {
        pixels.chunks_exact_mut(4).filter(|pixel| pixel[3] < u8::MAX).for_each(lay_on_white);
    }
    let pixels = &*pixels;
    let is_opaque = pixels.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
    let is_grey = pixels.chunks_exact(4).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let mut samples: Vec<u8> = Vec::with_capacity(pixels.len());
    let space = if is_grey {
        samples.extend(pixels.chunks_exact(4).map(|pixel| pixel[0]));
        "DeviceGray"
    } else {
        pixels.chunks_exact(4).for_each(|pixel| wish.inks.pixel([pixel[0], pixel[1], pixel[2]], &mut samples));
        wish.inks.space()
    };
    let colors = samples.len() / (pixels.len() / 4).max(1);
    let mut objects = vec![image(width, height, space, colors, &samples)];
    if !is_opaque {
        let alpha: Vec<u8> = pixels.iter().skip(3).step_by(4).copied().collect();
        objects.push(image(width, height, "DeviceGray", 1, &alpha));
        if let Some(Object::Stream(picture)) = objects.first_mut() {
            picture.dict.set("SMask", Object::Reference((1, LOCAL)));
        }
    }
    objects
}

fn lay_on_white(pixel: &mut [u8]) {
    let alpha = u32::from(pixel[3]);
    for part in &mut pixel[..3] {
        *part = ((u32::from(*part) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
    }
    pixel[3] = u8::MAX;
}

pub fn image(width: u32, height: u32, space: &str, colors: usize, samples: &[u8]) -> Object {
    let mut dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
        "DecodeParms" => dictionary! {
            "Predictor" => 15,
            "Colors" => colors as i64,
            "BitsPerComponent" => 8,
            "Columns" => i64::from(width),
        },
    };
    dictionary.set("Interpolate", false);
    let stream: Stream = deflated(dictionary, &filtered(width as usize * colors, colors, samples));
    Object::Stream(stream)
}

/// Rows filtered as PNG does: of "none", "up" and "Paeth" the one with the smallest differences, which is how
/// encoders guess what deflates best (PNG specification, 12.8). Each row has the pixel left of it, which is zero, in
/// front, so that the neighbours of all its bytes are slices, which the compiler works on many bytes at a time.
fn filtered(row: usize, colors: usize, samples: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row.max(1) + 1);
    let (mut above, mut current) = (vec![0; row + colors], vec![0; row + colors]);
    let (mut up, mut predicted) = (vec![0; row], vec![0; row]);
    for samples in samples.chunks_exact(row.max(1)) {
        current[colors..].copy_from_slice(samples);
        for ((up, byte), above) in up.iter_mut().zip(samples).zip(&above[colors..]) {
            *up = byte.wrapping_sub(*above);
        }
        let neighbours = current[..row].iter().zip(&above[colors..]).zip(&above[..row]);
        for ((predicted, byte), ((left, above), corner)) in predicted.iter_mut().zip(samples).zip(neighbours) {
            *predicted = byte.wrapping_sub(paeth(*left, *above, *corner));
        }
        let choices: [(u8, &[u8]); 3] = [(0, samples), (2, &up), (4, &predicted)];
        let (kind, best) = choices.into_iter().min_by_key(|(_, bytes)| cost(bytes)).unwrap_or((0, samples));
        out.push(kind);
        out.extend_from_slice(best);
        std::mem::swap(&mut above, &mut current);
    }
    out
}

/// The sum of a row's bytes as signed differences.
fn cost(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte.cast_signed().unsigned_abs())).fold(0, u32::wrapping_add)
}

/// The neighbour nearest to left + above − upper left (PNG specification, 9.4).
#[inline(always)]
pub fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let (to_a, to_b, to_c) = ((b - c).abs(), (a - c).abs(), (a + b - c - c).abs());
    let second = if to_b <= to_c { above } else { corner };
    if to_a <= to_b && to_a <= to_c { left } else { second }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::write::ink::Inks;

    #[test]
    fn filters_can_be_undone() {
        let (row, colors) = (12, 3);
        let samples: Vec<u8> = (0..60u32).map(|at| (at * at * 7 / 3) as u8).collect();
        let filtered = filtered(row, colors, &samples);
        let mut above = vec![0; row];
        let mut undone = Vec::new();
        for line in filtered.chunks_exact(row + 1) {
            let mut current: Vec<u8> = Vec::new();
            for (at, byte) in line[1..].iter().enumerate() {
                let left = at.checked_sub(colors);
                let before = |line: &[u8]| left.map_or(0, |left| line[left]);
                let guess = match line[0] {
                    0 => 0,
                    2 => above[at],
                    _ => paeth(before(&current), above[at], before(&above)),
                };
                current.push(byte.wrapping_add(guess));
            }
            undone.extend_from_slice(&current);
            above = current;
        }
        assert_eq!(undone, samples);
    }

    #[test]
    fn opaque_grey_is_one_plane_and_alpha_a_mask() {
        let screen = Wish { inks: &Inks::Screen, is_flat: false };
        let mut grey: Vec<u8> = [9, 9, 9, 255].repeat(4);
        assert_eq!(from_rgba(2, 2, &mut grey, screen).len(), 1);
        let mut clear: Vec<u8> = [9, 8, 7, 100].repeat(4);
        let objects = from_rgba(2, 2, &mut clear, screen);
        assert_eq!(objects.len(), 2);
        assert!(objects[0].as_stream().is_ok_and(|picture| picture.dict.has(b"SMask")));
        // On a press it lies on white, in the press's inks.
        let inks = Inks::Grey { least_tint: 0.1 };
        let objects = from_rgba(2, 2, &mut clear, Wish { inks: &inks, is_flat: true });
        let space = objects[0].as_stream().and_then(|picture| picture.dict.get(b"ColorSpace").cloned());
        assert_eq!((objects.len(), space.expect("a space")), (1, Object::from("DeviceGray")));
        assert_eq!(clear[..4], [159, 158, 158, 255]);
    }
}
