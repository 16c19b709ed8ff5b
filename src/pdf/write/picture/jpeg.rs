//! JPEG → an image object that holds the file as it is.
//!
//! In:     the bytes of the file.
//! Out:    [`Parts`].
//! Faults: a file without a picture in it.
//!
//! PDF reads baseline and progressive JPEG of 8 bits (ISO 32000-1, 7.4.8). A picture in CMYK is kept when it brings its
//! colour profile; without one nobody knows its colours, and PDF/A forbids it beside an RGB condition (ISO 19005-2,
//! 6.2.4.3), so it is decoded to RGB. For a press grey ones stay as they are, and those in its four inks (`cmyk`).

use super::cmyk::{self, Kept};
use super::{Parts, Wish, pixels};
use crate::asset::PictureFormat;
use crate::pdf::write::objects::{LOCAL, deflated, raw};
use lopdf::{Object, dictionary};
use std::collections::BTreeMap;

struct Jpeg {
    width: u16,
    height: u16,
    components: u8,
    /// Whether an Adobe program wrote it: its CMYK is then upside down (Adobe Technical Note 5116, 18).
    is_adobe: bool,
    /// The colour profile, joined from its pieces.
    profile: Vec<u8>,
    /// A way of coding that PDF cannot read.
    is_foreign: bool,
}

pub fn parts(bytes: &[u8], wish: Wish) -> Result<Parts, String> {
    let jpeg = read(bytes).ok_or("the file is damaged")?;
    let for_screens = wish.inks.is_screen();
    let profile = Some(&jpeg.profile).filter(|profile| for_screens && fits(profile, jpeg.components));
    let (space, is_cmyk) = match jpeg.components {
        1 => ("DeviceGray", false),
        3 if for_screens => ("DeviceRGB", false),
        4 if profile.is_some() => ("DeviceCMYK", true),
        4 if !for_screens => match cmyk::held(bytes, jpeg.is_adobe, wish)? {
            Kept::Made(parts) => return Ok(parts),
            Kept::Whole => ("DeviceCMYK", true),
        },
        _ => return pixels::decoded(bytes, PictureFormat::Jpeg, wish),
    };
    if jpeg.is_foreign {
        return pixels::decoded(bytes, PictureFormat::Jpeg, wish);
    }
    let mut dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(jpeg.width),
        "Height" => i64::from(jpeg.height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
        "Interpolate" => false,
        "Filter" => "DCTDecode",
    };
    if is_cmyk && jpeg.is_adobe {
        dictionary.set("Decode", [1, 0, 1, 0, 1, 0, 1, 0].map(Object::from).to_vec());
    }
    let mut objects = Vec::new();
    if let Some(profile) = profile.filter(|profile| !is_srgb(profile)) {
        dictionary.set("ColorSpace", vec!["ICCBased".into(), Object::Reference((1, LOCAL))]);
        let components = dictionary! { "N" => i64::from(jpeg.components), "Alternate" => space };
        objects.push(Object::Stream(deflated(components, profile)));
    }
    objects.insert(0, Object::Stream(raw(dictionary, bytes.to_vec())));
    Ok(Parts { objects, turned: true, note: None })
}

/// Reads the segments up to the first scan (ITU-T T.81, annex B).
fn read(bytes: &[u8]) -> Option<Jpeg> {
    let mut jpeg = Jpeg { width: 0, height: 0, components: 0, is_adobe: false, profile: Vec::new(), is_foreign: false };
    let mut pieces: BTreeMap<u8, &[u8]> = BTreeMap::new();
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    loop {
        let [0xFF, marker, after @ ..] = rest else { return None };
        match marker {
            // Padding, and markers that stand alone.
            0xFF => {
                rest = &rest[1..];
                continue;
            }
            0x01 | 0xD0..=0xD7 => {
                rest = after;
                continue;
            }
            0xDA => break,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let data = after.get(2..length)?;
        match marker {
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let &[precision, a, b, c, d, components, ..] = data else { return None };
                jpeg.height = u16::from_be_bytes([a, b]);
                jpeg.width = u16::from_be_bytes([c, d]);
                jpeg.components = components;
                jpeg.is_foreign = precision != 8 || !matches!(marker, 0xC0..=0xC2);
            }
            0xEE => jpeg.is_adobe |= data.starts_with(b"Adobe"),
            0xE2 => {
                if let Some([number, _, piece @ ..]) = data.strip_prefix(b"ICC_PROFILE\0") {
                    pieces.insert(*number, piece);
                }
            }
            _ => {}
        }
        rest = after.get(length..)?;
    }
    jpeg.profile = pieces.into_values().flatten().copied().collect();
    (jpeg.width > 0 && jpeg.height > 0).then_some(jpeg)
}

/// Whether a profile is whole, of the picture's number of colours, and of a version PDF/A-2 knows (up to 4).
fn fits(profile: &[u8], components: u8) -> bool {
    let space: &[u8] = match components {
        1 => b"GRAY",
        3 => b"RGB ",
        _ => b"CMYK",
    };
    let length =
        profile.get(..4).map(|length| u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize);
    let class = profile.get(12..16);
    length == Some(profile.len())
        && profile.get(8).is_some_and(|version| *version <= 4)
        && profile.get(16..20) == Some(space)
        && profile.get(36..40) == Some(b"acsp")
        && [b"mntr", b"scnr", b"prtr", b"spac"].iter().any(|known| class == Some(known.as_slice()))
}

/// sRGB is the condition of the whole file: a picture need not say it again.
fn is_srgb(profile: &[u8]) -> bool {
    let name: Vec<u8> = b"sRGB".iter().flat_map(|letter| [0, *letter]).collect();
    profile.windows(4).any(|window| window == b"sRGB") || profile.windows(8).any(|window| window == name)
}
