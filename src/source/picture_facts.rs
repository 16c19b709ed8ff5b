//! The bytes of a picture → its format, size, orientation and resolution, and whether it is whole.
//!
//! In:     the bytes of a file.
//! Out:    [`Facts`].
//! Faults: `Err` with a short reason; `picture` reports it.
//! Absent: pixels: nothing is decoded.

use crate::asset::{PictureFormat, svg};

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Facts {
    pub format: PictureFormat,
    /// In pixels, upright.
    pub width: u32,
    pub height: u32,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
    /// Pixels to the inch.
    pub dpi: Option<f64>,
}

/// The most pixels a picture may have: A4 at 1,200 to the inch is 139 million.
const MOST_PIXELS: u64 = 400_000_000;
/// A resolution outside of these says nothing about the print.
const RESOLUTIONS: std::ops::RangeInclusive<f64> = 20.0..=10_000.0;
const CUT: &str = "it is cut short";

pub fn facts(bytes: &[u8]) -> Result<Facts, String> {
    let facts = if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        png(bytes)
    } else if bytes.starts_with(&[0xFF, 0xD8]) {
        jpeg(bytes)
    } else if bytes.starts_with(b"GIF8") {
        gif(bytes)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp(bytes)
    } else if is_svg(bytes) {
        let (width, height) = svg::size(bytes)?;
        let pixels = |length: f32| length.ceil().clamp(1.0, 1e6) as u32;
        Ok(Facts {
            format: PictureFormat::Svg,
            width: pixels(width),
            height: pixels(height),
            orientation: 1,
            dpi: None,
        })
    } else if bytes.is_empty() {
        Err("it is empty".to_owned())
    } else {
        Err("it is no JPEG, PNG, GIF, WebP or SVG".to_owned())
    }?;
    if facts.width == 0 || facts.height == 0 {
        return Err("it has no size".to_owned());
    }
    if facts.format != PictureFormat::Svg && u64::from(facts.width) * u64::from(facts.height) > MOST_PIXELS {
        return Err(format!("it has more than {} million pixels", MOST_PIXELS / 1_000_000));
    }
    let dpi = facts.dpi.filter(|dpi| RESOLUTIONS.contains(dpi));
    let turned = facts.orientation >= 5;
    let (width, height) = if turned { (facts.height, facts.width) } else { (facts.width, facts.height) };
    Ok(Facts { width, height, dpi, ..facts })
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    // Packed SVG (`.svgz`) is taken by the parser too.
    head.starts_with(&[0x1F, 0x8B]) || head.windows(4).any(|four| four == b"<svg")
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 2).map(|b| u32::from(b[0]) << 8 | u32::from(b[1]))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

/// PNG (W3C, third edition), 5: chunks of length, type, data and CRC, from IHDR to IEND.
fn png(bytes: &[u8]) -> Result<Facts, String> {
    let mut facts = Facts { format: PictureFormat::Png, width: 0, height: 0, orientation: 1, dpi: None };
    let (mut at, mut has_data) = (8, false);
    loop {
        let (Some(length), Some(kind)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) else {
            return Err(CUT.to_owned());
        };
        let rest = bytes.get(at + 8..).filter(|rest| rest.len() >= length as usize + 4);
        let Some(data) = rest.and_then(|rest| rest.get(..length as usize)) else { return Err(CUT.to_owned()) };
        match kind {
            b"IHDR" => {
                facts.width = be32(data, 0).unwrap_or(0);
                facts.height = be32(data, 4).unwrap_or(0);
            }
            // 11.3.4.3: pixels to the metre when the unit is 1.
            b"pHYs" if data.get(8) == Some(&1) => facts.dpi = be32(data, 0).map(|ppm| f64::from(ppm) * 0.0254),
            b"eXIf" => facts.orientation = tiff(data).orientation.unwrap_or(1),
            b"IDAT" => has_data = true,
            b"IEND" if has_data => return Ok(facts),
            b"IEND" => return Err("it has no pixels".to_owned()),
            _ => {}
        }
        at += 12 + length as usize;
    }
}

/// JPEG (ITU-T T.81), annex B: marker segments from SOI to EOI.
fn jpeg(bytes: &[u8]) -> Result<Facts, String> {
    let mut facts = Facts { format: PictureFormat::Jpeg, width: 0, height: 0, orientation: 1, dpi: None };
    let mut at = 2;
    loop {
        // Any marker may be preceded by fill bytes (B.1.1.2).
        while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        let (Some(0xFF), Some(marker)) = (bytes.get(at), bytes.get(at + 1)) else { return Err(CUT.to_owned()) };
        let Some(length) = be16(bytes, at + 2).map(|length| length as usize).filter(|length| *length >= 2) else {
            return Err(CUT.to_owned());
        };
        let Some(data) = bytes.get(at + 4..at + 2 + length) else { return Err(CUT.to_owned()) };
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                facts.height = be16(data, 1).unwrap_or(0);
                facts.width = be16(data, 3).unwrap_or(0);
            }
            0xE0 if data.starts_with(b"JFIF\0") => {
                let density = be16(data, 8).map(f64::from);
                match data.get(7) {
                    Some(1) => facts.dpi = density,
                    Some(2) => facts.dpi = density.map(|per_cm| per_cm * 2.54),
                    Some(_) | None => {}
                }
            }
            0xE1 if data.starts_with(b"Exif\0\0") => {
                let exif = tiff(&data[6..]);
                facts.orientation = exif.orientation.unwrap_or(1);
                facts.dpi = facts.dpi.or(exif.dpi);
            }
            // The scan: what follows is entropy-coded, in which FF D9 is nothing but the end.
            0xDA => {
                let rest = bytes.get(at + 2 + length..).unwrap_or_default();
                let is_whole = rest.windows(2).rev().any(|pair| pair == [0xFF, 0xD9]);
                return if is_whole { Ok(facts) } else { Err(CUT.to_owned()) };
            }
            0xD9 => return Err("it has no pixels".to_owned()),
            _ => {}
        }
        at += 2 + length;
    }
}

#[derive(Default)]
struct Exif {
    orientation: Option<u8>,
    dpi: Option<f64>,
}

/// TIFF 6.0, section 2: the first directory of tags; EXIF 2.32, 4.6.4: orientation (274), resolution (282, 296).
fn tiff(bytes: &[u8]) -> Exif {
    let mut exif = Exif::default();
    let is_little = bytes.starts_with(b"II");
    let u16_at = |at: usize| {
        let pair = bytes.get(at..at.checked_add(2)?)?;
        Some(if is_little { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) })
    };
    let u32_at = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let Some(start) = u32_at(4).map(|start| start as usize) else { return exif };
    let count = u16_at(start).unwrap_or(0);
    let (mut resolution, mut unit) = (None, 2);
    for entry in 0..usize::from(count) {
        let at = start.saturating_add(2 + entry * 12);
        let Some(tag) = u16_at(at) else { break };
        match tag {
            274 => exif.orientation = u16_at(at + 8).and_then(|v| u8::try_from(v).ok()).filter(|v| (1..=8).contains(v)),
            282 => {
                let place = u32_at(at + 8).map(|place| place as usize);
                let parts = place.and_then(|place| Some((u32_at(place)?, u32_at(place.checked_add(4)?)?)));
                resolution =
                    parts.filter(|(_, below)| *below > 0).map(|(above, below)| f64::from(above) / f64::from(below));
            }
            296 => unit = u16_at(at + 8).unwrap_or(2),
            _ => {}
        }
    }
    exif.dpi = match unit {
        2 => resolution,
        3 => resolution.map(|per_cm| per_cm * 2.54),
        _ => None,
    };
    exif
}

/// GIF89a, 18: the logical screen; the file ends with the trailer `;`, which some writers pad with zeros.
fn gif(bytes: &[u8]) -> Result<Facts, String> {
    let size = imagesize::blob_size(bytes).map_err(|_| CUT.to_owned())?;
    let last = bytes.iter().rev().find(|byte| **byte != 0);
    if last != Some(&b';') {
        return Err(CUT.to_owned());
    }
    Ok(Facts {
        format: PictureFormat::Gif,
        width: size.width as u32,
        height: size.height as u32,
        orientation: 1,
        dpi: None,
    })
}

/// RIFF: the four bytes after the name give the length of what follows.
fn webp(bytes: &[u8]) -> Result<Facts, String> {
    let length = bytes.get(4..8).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    if bytes.len() - 8 < length as usize {
        return Err(CUT.to_owned());
    }
    let size = imagesize::blob_size(bytes).map_err(|_| "it cannot be read".to_owned())?;
    Ok(Facts {
        format: PictureFormat::Webp,
        width: size.width as u32,
        height: size.height as u32,
        orientation: 1,
        dpi: None,
    })
}

#[cfg(test)]
mod tests;
