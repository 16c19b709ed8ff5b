//! What shops ask of the picture of an e-book's cover.
//!
//! In:     a picture of the book.
//! Out:    the size to draw one in; what is wrong with one that is given; the file to upload.
//! Faults: `cover.size`.
//! Absent: print.
//!
//! Sources, compared on 2026-11-22: KDP Help, "Cover Image Guidelines" (ideal 2,560 × 1,600 px, height by width, at least
//! 1,000 px high, at most 10,000, under 50 MB); Apple Books Asset Guide (at least 1,400 px on the shorter axis); Kobo
//! Writing Life (at least 1,400 px wide).

use crate::asset::{Faces, Picture, PictureFormat, raster};
use crate::base::{Diagnostic, Span};

/// The ideal of KDP, which all others take.
pub const WIDTH: u32 = 1600;
pub const HEIGHT: u32 = 2560;
/// The shorter side, for Apple and Kobo.
const SHORTEST: u32 = 1400;
/// Either side, for KDP.
const LONGEST: u32 = 10_000;

/// Tells what shops will say of a picture; drawings are made as large as they ask.
pub fn check(picture: &Picture, at: Option<Span>) -> Option<Diagnostic> {
    let (width, height) = (picture.width, picture.height);
    if picture.format == PictureFormat::Svg {
        return None;
    }
    let size = format!("the cover {} has {width} × {height} pixels", picture.path);
    let told = if width.min(height) < SHORTEST {
        Diagnostic::warning("cover.size", format!("{size}: shops ask for at least {SHORTEST} on the shorter side"))
    } else if width.max(height) > LONGEST {
        Diagnostic::warning("cover.size", format!("{size}: shops take at most {LONGEST} on a side"))
    } else {
        return None;
    };
    Some(told.at(at).hint(format!("{WIDTH} wide and {HEIGHT} high is what most of them want")))
}

/// The size of a drawing enlarged to what shops ask for, within reason.
pub fn fit(width: u32, height: u32) -> (u32, u32) {
    let scale = f64::from(HEIGHT) / f64::from(height.max(1));
    ((f64::from(width) * scale).round().clamp(1.0, 4000.0) as u32, HEIGHT)
}

/// A picture as a JPEG, which every shop takes; a JPEG stays as it is. `None` where it cannot be decoded.
pub fn jpeg(picture: &Picture, faces: &Faces, families: [&str; 3]) -> Option<Vec<u8>> {
    match picture.format {
        PictureFormat::Jpeg if picture.orientation == 1 => Some(picture.bytes.to_vec()),
        PictureFormat::Jpeg | PictureFormat::Png | PictureFormat::Gif | PictureFormat::Webp => {
            raster::jpeg_of(&picture.bytes, picture.orientation)
        }
        PictureFormat::Svg => {
            let (width, height) = fit(picture.width, picture.height);
            raster::jpeg(&picture.bytes, faces, families, width, height)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Picture {
        Picture {
            path: "cover.jpg".to_owned(),
            bytes: Vec::new().into(),
            format: PictureFormat::Jpeg,
            width,
            height,
            orientation: 1,
            dpi: None,
        }
    }

    #[test]
    fn a_cover_too_small_for_a_shop_is_told() {
        assert!(check(&picture(1600, 2560), None).is_none());
        let told = check(&picture(1000, 1600), None).expect("too small");
        assert!(told.message.contains("1000 × 1600") && told.message.contains("1400"), "{}", told.message);
        assert!(check(&picture(1600, 12_000), None).is_some());
        assert_eq!(fit(600, 900), (1707, 2560));
    }
}
