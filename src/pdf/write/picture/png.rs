//! PNG → an image object, with the file's own compressed rows wherever PDF can read them.
//!
//! In:     the bytes of the file.
//! Out:    [`Parts`].
//! Faults: damage that the file's own checksums show.

use super::{Parts, Wish, pixels};
use crate::asset::PictureFormat;
use crate::pdf::write::objects::raw;
use flate2::Crc;
use lopdf::{Object, StringFormat, dictionary};

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

pub fn parts(bytes: &[u8], wish: Wish) -> Result<Parts, String> {
    let png = read(bytes)?;
    let colors = match png.kind {
        GREY | PALETTE => 1,
        RGB if wish.inks.is_screen() => 3,
        _ => 0,
    };
    // PDF reads the rows of a PNG as they are, but for interlaced ones and those that hold alpha. Sixteen bits are
    // twice the bytes for nothing that print can show.
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
    Ok(Parts { objects: vec![Object::Stream(raw(dictionary, png.rows))], turned: true })
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
