//! JPEG in four inks → a press PDF: untouched where the printer takes its inks as they are.
//!
//! In:     the bytes of the file; whether it is written upside down.
//! Out:    [`Parts`] in the inks of the press.
//! Faults: a file that cannot be decoded.
//! Absent: screens: without a profile nobody knows what its inks look like.
//!
//! Who separates a picture has chosen its blacks; by way of red, green and blue that work would be lost. So the file goes
//! in as it is, unless it asks for more ink than the paper takes; then the three colours give way, and black stays.

use super::{Parts, Wish, pixels};
use crate::pdf::write::ink::Inks;
use lopdf::Object;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// No side of a picture is longer (ITU-T T.81, B.2.2).
const LONGEST: usize = 65_535;
/// Percent of ink by which compression may overshoot what was separated.
const NOISE: u32 = 5;

/// What a picture becomes.
pub enum Kept {
    /// The file can go in as it is.
    Whole,
    Made(Parts),
}

/// Holds a picture to the inks of the press. `is_inverted`: no ink is 255 (Adobe Technical Note 5116, 18).
pub fn held(bytes: &[u8], is_inverted: bool, wish: Wish) -> Result<Kept, String> {
    let (width, height, mut inks) = decoded(bytes, is_inverted)?;
    match wish.inks {
        Inks::Cmyk { limit, .. } => {
            let most = u32::from(*limit);
            let (pixels, _) = inks.as_chunks_mut::<4>();
            if pixels.iter().all(|pixel| percent(*pixel) <= most + NOISE) {
                return Ok(Kept::Whole);
            }
            pixels.iter_mut().for_each(|pixel| *pixel = within(*pixel, most));
            let note = format!("it asks for more than {most} percent of ink in places, and is printed with less there");
            let objects = vec![pixels::image(width, height, "DeviceCMYK", 4, &inks)];
            Ok(Kept::Made(Parts { objects, turned: true, note: Some(note) }))
        }
        Inks::Grey { .. } | Inks::Screen => {
            let grey: Vec<u8> = inks.as_chunks::<4>().0.iter().map(|pixel| grey(*pixel)).collect();
            let objects: Vec<Object> = vec![pixels::image(width, height, "DeviceGray", 1, &grey)];
            Ok(Kept::Made(Parts { objects, turned: true, note: None }))
        }
    }
}

/// Width, height, and the inks of each pixel, 255 for full ink.
fn decoded(bytes: &[u8], is_inverted: bool) -> Result<(u32, u32, Vec<u8>), String> {
    let options = DecoderOptions::default().set_max_width(LONGEST).set_max_height(LONGEST);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| error.to_string())?;
    let (width, height) = decoder.dimensions().ok_or("it has no size")?;
    if width as u64 * height as u64 > pixels::MOST_PIXELS {
        return Err("it has too many pixels".to_owned());
    }
    let space = decoder.input_colorspace().ok_or("its colours are not known")?;
    // Asked for the space it is in, the decoder hands out what is stored.
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options.jpeg_set_out_colorspace(space));
    let mut inks = decoder.decode().map_err(|error| error.to_string())?;
    if inks.len() != width * height * 4 {
        return Err("it is not in four inks".to_owned());
    }
    let (pixels, _) = inks.as_chunks_mut::<4>();
    if space == ColorSpace::YCCK {
        pixels.iter_mut().for_each(|pixel| *pixel = from_ycck(*pixel));
    }
    if is_inverted {
        inks.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    Ok((width as u32, height as u32, inks))
}

/// Luma and chroma back to colours (ITU-T T.871, 7), which are the complements of the inks; black is stored as it is.
fn from_ycck([luma, blue, red, black]: [u8; 4]) -> [u8; 4] {
    let (luma, blue, red) = (i32::from(luma) << 16, i32::from(blue) - 128, i32::from(red) - 128);
    let ink = |color: i32| 255 - ((color + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [ink(luma + 91_881 * red), ink(luma - 22_554 * blue - 46_802 * red), ink(luma + 116_130 * blue), black]
}

/// The sum of the inks in percent, rounded up.
fn percent(inks: [u8; 4]) -> u32 {
    (inks.into_iter().map(u32::from).sum::<u32>() * 100).div_ceil(255)
}

/// The same black, and of the other inks what there is room for.
fn within(inks: [u8; 4], most: u32) -> [u8; 4] {
    let [c, m, y, k] = inks.map(u32::from);
    let (colours, room) = (c + m + y, (most * 255 / 100).saturating_sub(k));
    if colours <= room {
        return inks;
    }
    let less = |ink: u32| (ink * room / colours) as u8;
    [less(c), less(m), less(y), inks[3]]
}

/// How light four inks are (ISO 32000-1, 10.3.3).
fn grey([c, m, y, k]: [u8; 4]) -> u8 {
    let dark = (30 * u32::from(c) + 59 * u32::from(m) + 11 * u32::from(y) + 50) / 100 + u32::from(k);
    255 - dark.min(255) as u8
}

#[cfg(test)]
mod tests;
