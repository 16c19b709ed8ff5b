//! Decoded pixels → an image object, as small as what they hold allows.
//!
//! In:     red, green, blue and alpha of each pixel; or a file that the `image` crate decodes.
//! Out:    [`Parts`]: grey where all is grey, without alpha where all is opaque.

use super::Parts;
use crate::asset::PictureFormat;
use crate::pdf::write::objects::{LOCAL, deflated};
use image::{DynamicImage, ImageFormat};
use lopdf::{Object, Stream, dictionary};

/// No picture of more pixels is decoded: some 800 MB, far more than a page can show.
const MOST_PIXELS: u64 = 200_000_000;

/// Decodes a file into pixels.
pub fn decoded(bytes: &[u8], format: PictureFormat) -> Result<Parts, String> {
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
    let pixels = picture.into_rgba8();
    let (width, height) = pixels.dimensions();
    Ok(Parts { objects: from_rgba(width, height, pixels.as_raw()), turned: true })
}

/// Makes the image and, where it is not opaque, its soft mask.
pub fn from_rgba(width: u32, height: u32, pixels: &[u8]) -> Vec<Object> {
    let is_opaque = pixels.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
    let is_grey = pixels.chunks_exact(4).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let samples: Vec<u8> = if is_grey {
        pixels.iter().step_by(4).copied().collect()
    } else {
        pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
    };
    let (space, colors) = if is_grey { ("DeviceGray", 1) } else { ("DeviceRGB", 3) };
    let mut objects = vec![image(width, height, space, colors, &samples)];
    if !is_opaque {
        let alpha: Vec<u8> = pixels.iter().skip(3).step_by(4).copied().collect();
        objects.push(image(width, height, "DeviceGray", 1, &alpha).into());
    }
    let mut objects: Vec<Object> = objects.into_iter().collect();
    if !is_opaque && let Some(Object::Stream(picture)) = objects.first_mut() {
        picture.dict.set("SMask", Object::Reference((1, LOCAL)));
    }
    objects
}

fn image(width: u32, height: u32, space: &str, colors: usize, samples: &[u8]) -> Object {
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
/// encoders guess what deflates best (PNG specification, 12.8).
fn filtered(row: usize, colors: usize, samples: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row.max(1) + 1);
    let zeros = vec![0; row];
    let mut above: &[u8] = &zeros;
    for current in samples.chunks_exact(row.max(1)) {
        let before = |at: usize, line: &[u8]| at.checked_sub(colors).map_or(0, |left| line[left]);
        let up: Vec<u8> = current.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(*above)).collect();
        let predicted: Vec<u8> = (0..current.len())
            .map(|at| current[at].wrapping_sub(paeth(before(at, current), above[at], before(at, above))))
            .collect();
        let cost = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(byte.cast_signed().unsigned_abs())).sum::<u64>();
        let choices: [(u8, &[u8]); 3] = [(0, current), (2, &up), (4, &predicted)];
        let (kind, best) = choices.into_iter().min_by_key(|(_, bytes)| cost(bytes)).unwrap_or((0, current));
        out.push(kind);
        out.extend_from_slice(best);
        above = current;
    }
    out
}

/// The neighbour nearest to left + above − upper left (PNG specification, 9.4).
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}
