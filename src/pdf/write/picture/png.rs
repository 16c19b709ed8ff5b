//! PNG → an image object, with the file's own compressed rows wherever PDF can read them.
//!
//! In:     the bytes of the file.
//! Out:    [`Parts`].
//! Faults: damage that the file's own checksums show.
//!
//! PDF cannot read rows that hold alpha beside the colours. But PNG's filters foresee each byte from bytes of the same
//! channel alone, so the channels can be taken apart as they are filtered: neither need the filters be undone nor chosen
//! anew, which is most of the work of drawing a screenshot.

use super::{Parts, Wish, pixels};
use crate::asset::PictureFormat;
use crate::pdf::write::objects::{LOCAL, deflate, deflated, raw};
use flate2::{Crc, Decompress, FlushDecompress};
use lopdf::{Dictionary, Object, StringFormat, dictionary};
use std::ops::Range;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// The head of the file and what its chunks hold.
struct Png {
    width: u32,
    height: u32,
    depth: u8,
    kind: u8,
    interlaced: bool,
    palette: Vec<u8>,
    has_transparency: bool,
    rows: Vec<u8>,
}

/// Colour types of the format (PNG specification, 11.2.2).
const GREY: u8 = 0;
const RGB: u8 = 2;
const PALETTE: u8 = 3;
const RGBA: u8 = 6;

pub fn parts(bytes: &[u8], wish: Wish) -> Result<Parts, String> {
    let png = read(bytes)?;
    let colors = match png.kind {
        GREY | PALETTE => 1,
        RGB if wish.inks.is_screen() => 3,
        _ => 0,
    };
    // PDF reads the rows of a PNG as they are, but for interlaced ones and those that hold alpha. Sixteen bits are
    // twice the bytes for nothing that print can show.
    if png.kind == RGBA
        && png.depth == 8
        && !png.interlaced
        && wish.inks.is_screen()
        && let Some(parts) = apart(&png)
    {
        return Ok(parts);
    }
    if colors == 0 || png.interlaced || png.has_transparency || png.depth > 8 {
        return pixels::decoded(bytes, PictureFormat::Png, wish);
    }
    let space: Object = match png.kind {
        PALETTE => {
            let last = (png.palette.len() / 3).saturating_sub(1).min(255) as i64;
            let mut table = Vec::with_capacity(png.palette.len());
            png.palette.chunks_exact(3).for_each(|rgb| wish.inks.pixel([rgb[0], rgb[1], rgb[2]], &mut table));
            let table = Object::String(table, StringFormat::Hexadecimal);
            vec!["Indexed".into(), wish.inks.space().into(), last.into(), table].into()
        }
        RGB => "DeviceRGB".into(),
        _ => "DeviceGray".into(),
    };
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(png.width),
        "Height" => i64::from(png.height),
        "ColorSpace" => space,
        "BitsPerComponent" => i64::from(png.depth),
        "Interpolate" => false,
        "Filter" => "FlateDecode",
        "DecodeParms" => dictionary! {
            "Predictor" => 15,
            "Colors" => colors,
            "BitsPerComponent" => i64::from(png.depth),
            "Columns" => i64::from(png.width),
        },
    };
    Ok(Parts { objects: vec![Object::Stream(raw(dictionary, png.rows))], turned: true, note: None })
}

/// The picture and, unless it is opaque, its mask; `None` where the rows are not what the head says.
fn apart(png: &Png) -> Option<Parts> {
    let (width, height) = (png.width as usize, png.height as usize);
    let row = width.checked_mul(4)?.checked_add(1)?;
    let rows = inflated(&png.rows, row.checked_mul(height)?)?;
    let (is_opaque, is_grey) = (is_opaque(&rows, row)?, is_grey(&rows, row));
    let count = if is_grey { 1 } else { 3 };
    let space = if is_grey { "DeviceGray" } else { "DeviceRGB" };
    let mut picture = head(png, space, count as i64);
    let (colors, mask) = rayon::join(
        || deflate(&channels(&rows, row, 0..count)),
        || (!is_opaque).then(|| Object::Stream(deflated(head(png, "DeviceGray", 1), &channels(&rows, row, 3..4)))),
    );
    picture.set("Filter", "FlateDecode");
    if mask.is_some() {
        picture.set("SMask", Object::Reference((1, LOCAL)));
    }
    let picture = Object::Stream(raw(picture, colors));
    Some(Parts { objects: std::iter::once(picture).chain(mask).collect(), turned: true, note: None })
}

/// Some of the four channels of filtered rows, each row behind its filter.
fn channels(rows: &[u8], row: usize, which: Range<usize>) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() / 4 * which.len() + rows.len() / row.max(1));
    for row in rows.chunks_exact(row) {
        let (filter, samples) = row.split_at(1);
        out.extend_from_slice(filter);
        let (pixels, _) = samples.as_chunks::<4>();
        match which.len() {
            1 => out.extend(pixels.iter().map(|pixel| pixel[which.start])),
            _ => out.extend(pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue])),
        }
    }
    out
}

/// Channels that differ nowhere before they are filtered differ nowhere after.
fn is_grey(rows: &[u8], row: usize) -> bool {
    let is_grey = |pixel: &[u8; 4]| pixel[0] == pixel[1] && pixel[1] == pixel[2];
    rows.chunks_exact(row).all(|row| row[1..].as_chunks().0.iter().all(is_grey))
}

fn head(png: &Png, space: &str, colors: i64) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(png.width),
        "Height" => i64::from(png.height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
        "Interpolate" => false,
        "DecodeParms" => dictionary! {
            "Predictor" => 15,
            "Colors" => colors,
            "BitsPerComponent" => 8,
            "Columns" => i64::from(png.width),
        },
    }
}

/// Exactly so many bytes, or `None`.
fn inflated(packed: &[u8], length: usize) -> Option<Vec<u8>> {
    // No deflated byte stands for more than 1,032 others: a head that promises more lies, and would only fill memory.
    const MOST: usize = 1032;
    if length / MOST > packed.len() {
        return None;
    }
    let mut rows = Vec::with_capacity(length);
    Decompress::new(true).decompress_vec(packed, &mut rows, FlushDecompress::Finish).ok()?;
    (rows.len() == length).then_some(rows)
}

/// Whether the last of four filtered channels is full everywhere; `None` for a filter that PNG does not have.
fn is_opaque(rows: &[u8], row: usize) -> Option<bool> {
    let lines = || rows.chunks_exact(row);
    if lines().any(|row| row[0] > 4) {
        return None;
    }
    let mut above = 0;
    for line in lines() {
        let foreseen = |left: u8, corner: u8| match line[0] {
            0 => 0,
            1 => left,
            2 => above,
            3 => ((u16::from(left) + u16::from(above)) / 2) as u8,
            _ => pixels::paeth(left, above, corner),
        };
        let (first, others) = (foreseen(0, 0), foreseen(u8::MAX, above));
        // As long as all is full, the byte left of each is full, and those above it but in the first row.
        let mut alphas = line[1..].as_chunks::<4>().0.iter().map(|pixel| pixel[3]);
        let is_full = |byte: u8, foreseen: u8| byte.wrapping_add(foreseen) == u8::MAX;
        if !alphas.next().is_none_or(|byte| is_full(byte, first)) || !alphas.all(|byte| is_full(byte, others)) {
            return Some(false);
        }
        above = u8::MAX;
    }
    Some(true)
}

fn read(bytes: &[u8]) -> Result<Png, String> {
    let damaged = || "the file is damaged".to_owned();
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or("it is no PNG")?;
    let mut png: Option<Png> = None;
    loop {
        let (head, body) = rest.split_at_checked(8).ok_or_else(damaged)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (data, after) = body.split_at_checked(length).ok_or_else(damaged)?;
        let (sum, next) = after.split_at_checked(4).ok_or_else(damaged)?;
        let mut crc = Crc::new();
        crc.update(&head[4..]);
        crc.update(data);
        if crc.sum().to_be_bytes() != sum {
            return Err(damaged());
        }
        match (&head[4..], &mut png) {
            (b"IHDR", None) => {
                let &[a, b, c, d, e, f, g, h, depth, kind, _, _, interlace] = data else { return Err(damaged()) };
                png = Some(Png {
                    width: u32::from_be_bytes([a, b, c, d]),
                    height: u32::from_be_bytes([e, f, g, h]),
                    depth,
                    kind,
                    interlaced: interlace != 0,
                    palette: Vec::new(),
                    has_transparency: false,
                    rows: Vec::new(),
                });
            }
            (b"PLTE", Some(png)) => png.palette = data.to_vec(),
            (b"tRNS", Some(png)) => png.has_transparency = true,
            (b"IDAT", Some(png)) => png.rows.extend_from_slice(data),
            (b"IEND", _) => break,
            _ => {}
        }
        rest = next;
    }
    let png = png.ok_or_else(damaged)?;
    if png.rows.is_empty() || (png.kind == PALETTE && png.palette.is_empty()) {
        return Err(damaged());
    }
    Ok(png)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::write::ink::Inks;
    use image::ImageEncoder;
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};

    /// The bytes of an image object, its filters undone (PNG specification, 9.2).
    fn shown(object: &Object, width: u32, colors: usize) -> Vec<u8> {
        let mut stream = object.as_stream().expect("a stream").clone();
        stream.dict.remove(b"DecodeParms");
        let rows = stream.decompressed_content().expect("rows");
        let length = width as usize * colors;
        let mut above = vec![0; length];
        let mut out = Vec::new();
        for row in rows.chunks_exact(length + 1) {
            let mut line: Vec<u8> = Vec::new();
            for (at, byte) in row[1..].iter().enumerate() {
                let before = |line: &[u8]| at.checked_sub(colors).map_or(0, |at| line[at]);
                let (left, up, corner) = (before(&line), above[at], before(&above));
                let foreseen = match row[0] {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                    _ => pixels::paeth(left, up, corner),
                };
                line.push(byte.wrapping_add(foreseen));
            }
            out.extend_from_slice(&line);
            above = line;
        }
        out
    }

    #[test]
    fn channels_are_taken_apart_without_loss() {
        let wish = Wish { inks: &Inks::Screen, is_flat: false };
        let (width, height) = (23, 17);
        for (clear, grey) in [(false, false), (true, false), (false, true), (true, true)] {
            let picture = image::RgbaImage::from_fn(width, height, |x, y| {
                let (x, y) = (x as u8, y as u8);
                let alpha = if clear && x > 9 { 200 - y * 9 } else { 255 };
                let (green, blue) = if grey { (x * 7, x * 7) } else { (y * 11, x ^ y) };
                image::Rgba([x * 7, green, blue, alpha])
            });
            for filter in [
                FilterType::NoFilter,
                FilterType::Sub,
                FilterType::Up,
                FilterType::Avg,
                FilterType::Paeth,
                FilterType::Adaptive,
            ] {
                let mut bytes = Vec::new();
                let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, filter);
                encoder.write_image(&picture, width, height, image::ExtendedColorType::Rgba8).expect("encoded");
                let objects = parts(&bytes, wish).expect("a picture").objects;
                assert_eq!(objects.len(), if clear { 2 } else { 1 });
                let channels: &[usize] = if grey { &[0] } else { &[0, 1, 2] };
                let wanted: Vec<u8> = picture.pixels().flat_map(|p| channels.iter().map(|c| p.0[*c])).collect();
                assert!(shown(&objects[0], width, channels.len()) == wanted, "{filter:?}");
                if clear {
                    let wanted: Vec<u8> = picture.pixels().map(|p| p.0[3]).collect();
                    assert!(shown(&objects[1], width, 1) == wanted, "{filter:?}");
                }
            }
        }
    }

    #[test]
    fn a_head_that_promises_too_much_is_left_to_the_decoder() {
        assert_eq!(inflated(&[0; 10], usize::MAX), None);
        assert_eq!(is_opaque(&[9, 0, 0, 0, 0], 5), None);
    }
}
