//! Pictures far too large for a screen or a shop → smaller copies; all others → the bytes of the file.
//!
//! In:     a picture.
//! Out:    bytes; whether the page shines through it.
//! Faults: none: a picture that cannot be made smaller goes in as it is.
//! Absent: the print edition, which takes every pixel.
//!
//! Apple refuses pictures of more than 5.6 million pixels (*Apple Books Asset Guide*, "Images"), distributors to the other
//! shops those of more than 4 million; Amazon charges for delivery by the megabyte and scales by itself, worse.

use super::resample;
use crate::asset::{Picture, PictureFormat};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use std::borrow::Cow;
use std::io::Cursor;

/// Pixels that every shop takes. The cover that shops ask for, 1,600 by 2,560, passes.
const MOST_PIXELS: u64 = 4_096_000;
/// Bytes beyond which a smaller copy is tried.
const MOST_BYTES: usize = 1_500_000;
/// Pixels of a copy that is made for its bytes alone: a page of a tablet.
const FEWER_PIXELS: u64 = 2_400_000;
/// No picture of more pixels is decoded: some 800 MB.
const DECODED: u64 = 200_000_000;
/// Where the eye no longer finds the difference in a photograph.
const QUALITY: u8 = 88;

/// The bytes of a picture as the e-book holds it.
pub fn shown(picture: &Picture) -> Cow<'_, [u8]> {
    let as_it_is = || Cow::Borrowed(&picture.bytes[..]);
    let pixels = u64::from(picture.width) * u64::from(picture.height);
    let is_large = pixels > MOST_PIXELS || picture.bytes.len() > MOST_BYTES;
    // A picture that moves would stand still; a drawing has no pixels; WebP can only be written without loss.
    let can_be_scaled = matches!(picture.format, PictureFormat::Jpeg | PictureFormat::Png);
    if !is_large || !can_be_scaled || pixels > DECODED {
        return as_it_is();
    }
    let room = if picture.bytes.len() > MOST_BYTES { FEWER_PIXELS } else { MOST_PIXELS };
    match smaller(picture, pixels, room) {
        // Of a few flat colours a copy with soft edges can be the larger file.
        Some(copy) if pixels > MOST_PIXELS || copy.len() < picture.bytes.len() => Cow::Owned(copy),
        Some(_) | None => as_it_is(),
    }
}

fn smaller(picture: &Picture, pixels: u64, room: u64) -> Option<Vec<u8>> {
    let format = if picture.format == PictureFormat::Jpeg { ImageFormat::Jpeg } else { ImageFormat::Png };
    let mut reader = ImageReader::with_format(Cursor::new(&picture.bytes[..]), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED * 4);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // A profile of inks says nothing of the red, green and blue that come out of the decoder.
    let is_of_inks = decoder.original_color_type() == ExtendedColorType::Cmyk8;
    let profile = decoder.icc_profile().ok().flatten().filter(|_| !is_of_inks);
    let mut image = plain(DynamicImage::from_decoder(decoder).ok()?);
    if let Some(orientation) = Orientation::from_exif(picture.orientation) {
        image.apply_orientation(orientation);
    }
    let scale = (room as f64 / pixels as f64).sqrt().min(1.0);
    let fit = |length: u32| (f64::from(length) * scale).floor().max(1.0) as u32;
    let (width, height) = (fit(image.width()), fit(image.height()));
    let samples = if scale < 1.0 { resampled(&image, width, height) } else { image.as_bytes().to_vec() };
    let color = ExtendedColorType::from(image.color());
    let mut bytes = Vec::new();
    match picture.format {
        PictureFormat::Jpeg => {
            let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            // Without its profile the colours of a picture would change; this encoder can keep it.
            profile.map(|profile| encoder.set_icc_profile(profile)).transpose().ok()?;
            encoder.write_image(&samples, width, height, color).ok()?;
        }
        PictureFormat::Png | PictureFormat::Gif | PictureFormat::Webp | PictureFormat::Svg => {
            let mut encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
            profile.map(|profile| encoder.set_icc_profile(profile)).transpose().ok()?;
            encoder.write_image(&samples, width, height, color).ok()?;
        }
    }
    Some(bytes)
}

/// Samples of one byte, and no alpha where nothing shines through.
fn plain(image: DynamicImage) -> DynamicImage {
    let image = match (image.color().has_color(), image.color().has_alpha()) {
        (true, true) => DynamicImage::from(image.into_rgba8()),
        (true, false) => image.into_rgb8().into(),
        (false, true) => image.into_luma_alpha8().into(),
        (false, false) => image.into_luma8().into(),
    };
    let channels = usize::from(image.color().channel_count());
    let is_opaque = || image.as_bytes().chunks_exact(channels).all(|pixel| pixel.last() == Some(&u8::MAX));
    if !image.color().has_alpha() || !is_opaque() {
        return image;
    }
    if image.color().has_color() { image.into_rgb8().into() } else { image.into_luma8().into() }
}

/// The samples of a smaller copy. Alpha is blended like a colour.
fn resampled(image: &DynamicImage, width: u32, height: u32) -> Vec<u8> {
    let from = (image.width() as usize, image.height() as usize);
    let to = (width as usize, height as usize);
    let smaller = match image.color().channel_count() {
        1 => resample::smaller::<1>,
        2 => resample::smaller::<2>,
        3 => resample::smaller::<3>,
        _ => resample::smaller::<4>,
    };
    smaller(image.as_bytes(), from, to)
}

/// Whether the page shines through a picture: dark lines on nothing vanish at night.
pub fn is_see_through(picture: &Picture) -> bool {
    let bytes = &picture.bytes[..];
    match picture.format {
        PictureFormat::Svg => true,
        // PNG specification, 11.2.1: the colour type; 11.3.1.1: colours that are not opaque.
        PictureFormat::Png => {
            let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
            matches!(bytes.get(25), Some(4 | 6)) || head.windows(4).any(|chunk| chunk == b"tRNS")
        }
        // WebP Container Specification, "Extended File Format": the flag L; the head of a lossless one has its own.
        PictureFormat::Webp => match bytes.get(12..16) {
            Some(b"VP8X") => bytes.get(20).is_some_and(|flags| flags & 0x10 != 0),
            Some(b"VP8L") => bytes.get(24).is_some_and(|bits| bits & 0x10 != 0),
            Some(_) | None => false,
        },
        PictureFormat::Jpeg | PictureFormat::Gif => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(format: PictureFormat, width: u32, height: u32, orientation: u8, bytes: Vec<u8>) -> Picture {
        Picture { path: "p".into(), bytes: bytes.into(), format, width, height, orientation, dpi: None }
    }

    /// A photograph of sorts: soft, and never twice the same.
    fn grain(width: u32, height: u32) -> DynamicImage {
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([(x / 9) as u8, (y / 7) as u8, (x * y % 251) as u8]))
            .into()
    }

    fn jpeg(image: &DynamicImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(image).unwrap();
        bytes
    }

    #[test]
    fn a_picture_that_shops_take_keeps_its_bytes() {
        let image = grain(300, 200);
        let kept = picture(PictureFormat::Jpeg, 300, 200, 1, jpeg(&image));
        assert_eq!(shown(&kept)[..], kept.bytes[..]);
    }

    #[test]
    fn a_picture_far_too_large_is_scaled_and_stands_upright() {
        let lying = picture(PictureFormat::Jpeg, 2000, 3000, 6, jpeg(&grain(3000, 2000)));
        let copy = shown(&lying);
        let decoded = image::load_from_memory(&copy).unwrap();
        assert!(u64::from(decoded.width()) * u64::from(decoded.height()) <= MOST_PIXELS);
        assert!(decoded.height() > decoded.width() && copy.len() < lying.bytes.len());
    }

    #[test]
    fn what_cannot_be_decoded_stays_as_it_is() {
        let broken = picture(PictureFormat::Png, 9000, 9000, 1, b"\x89PNG\r\n\x1A\n".to_vec());
        assert_eq!(shown(&broken)[..], broken.bytes[..]);
    }
}
