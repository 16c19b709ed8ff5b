use super::*;
use proptest::prelude::*;

fn encoded(format: image::ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(6, 4).write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn with_exif(orientation: u8) -> Vec<u8> {
    let jpeg = encoded(image::ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut out = vec![0xFF, 0xD8, 0xFF, 0xE1, 0, exif.len() as u8 + 2];
    out.extend(&exif);
    out.extend(&jpeg[2..]);
    out
}

#[test]
fn sizes_are_read() {
    use image::ImageFormat as F;
    for (format, told) in [
        (F::Png, PictureFormat::Png),
        (F::Jpeg, PictureFormat::Jpeg),
        (F::Gif, PictureFormat::Gif),
        (F::WebP, PictureFormat::Webp),
    ] {
        let facts = facts(&encoded(format)).unwrap();
        assert_eq!((facts.format, facts.width, facts.height), (told, 6, 4));
    }
    let svg = facts(b"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>").unwrap();
    assert_eq!((svg.width, svg.height), (30, 20));
}

#[test]
fn a_turned_photograph_is_upright() {
    let facts = facts(&with_exif(6)).unwrap();
    assert_eq!((facts.width, facts.height, facts.orientation), (4, 6, 6));
}

#[test]
fn resolution_of_png() {
    let png = encoded(image::ImageFormat::Png);
    let mut with = png[..33].to_vec();
    with.extend(9u32.to_be_bytes());
    with.extend(b"pHYs");
    with.extend(11_811u32.to_be_bytes());
    with.extend(11_811u32.to_be_bytes());
    with.extend([1, 0, 0, 0, 0]);
    with.extend(&png[33..]);
    assert_eq!(facts(&with).unwrap().dpi.map(f64::round), Some(300.0));
}

#[test]
fn corrupt_pictures_are_told() {
    for format in [image::ImageFormat::Png, image::ImageFormat::Jpeg, image::ImageFormat::Gif, image::ImageFormat::WebP]
    {
        let bytes = encoded(format);
        assert!(facts(&bytes[..bytes.len() - 4]).is_err(), "{format:?}");
        assert!(facts(&bytes[..12]).is_err(), "{format:?}");
    }
    assert!(facts(b"<svg").is_err());
    assert!(facts(b"hello").is_err());
    assert!(facts(b"").is_err());
}

#[test]
fn no_picture_in_a_picture_is_read_from_disk() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'><image href='/etc/hostname' width='1' height='1'/></svg>";
    assert!(facts(svg).is_ok());
}

proptest! {
    #[test]
    fn any_bytes_are_looked_at(head in 0usize..5, cut in 0usize..200, noise in proptest::collection::vec(any::<u8>(), 0..60), at in 0usize..120) {
        let mut bytes = match head {
            0 => encoded(image::ImageFormat::Png),
            1 => encoded(image::ImageFormat::Jpeg),
            2 => encoded(image::ImageFormat::Gif),
            3 => encoded(image::ImageFormat::WebP),
            _ => with_exif(3),
        };
        for (offset, byte) in noise.iter().enumerate() {
            if let Some(target) = bytes.get_mut(2 + at + offset) {
                *target = *byte;
            }
        }
        bytes.truncate(bytes.len().saturating_sub(cut));
        let _ = facts(&bytes);
    }
}
