//! A small picture in four inks, as Adobe's programs write it, before presses that take inks and one that takes greys.

use super::*;
use crate::pdf::write::form::Form;
use crate::press::{Colour, Press};

/// 16 × 8 pixels: the left half in cyan and magenta, the right in all four inks; written by Pillow, upside down.
const FOUR_INKS: &[u8] = include_bytes!("four-inks.jpg");

fn kept(press: Press, colour: Colour) -> Kept {
    let inks = Inks::of(Form::Press { printer: press.printer(), colour, blanks: 0 }).expect("a profile");
    held(FOUR_INKS, true, Wish { inks: &inks, is_flat: true }).expect("a picture")
}

#[test]
fn inks_come_out_as_they_were_put_in() {
    let (width, height, inks) = decoded(FOUR_INKS, true).expect("a picture");
    assert_eq!((width, height), (16, 8));
    let near = |at: usize, wanted: [u8; 4]| {
        inks[at * 4..at * 4 + 4].iter().zip(wanted).all(|(ink, wanted)| ink.abs_diff(wanted) < 6)
    };
    assert!(near(1, [200, 100, 0, 0]) && near(14, [180, 170, 160, 220]), "{:?}", &inks[..64]);
}

#[test]
fn the_file_stays_where_the_paper_takes_its_ink() {
    // 730 of 255 are 286 percent: within the 300 of any press, over the 240 of IngramSpark.
    assert!(matches!(kept(Press::PdfX1a, Colour::Cmyk), Kept::Whole));
    let Kept::Made(parts) = kept(Press::Ingram, Colour::Cmyk) else { panic!("it is left alone") };
    assert!(parts.note.is_some_and(|note| note.contains("240")));
    assert_eq!(within([180, 170, 160, 220], 240).map(u32::from).iter().sum::<u32>() * 100 / 255, 239);
    assert_eq!(within([200, 100, 0, 0], 240), [200, 100, 0, 0]);
}

#[test]
fn greys_are_made_from_the_inks() {
    let Kept::Made(parts) = kept(Press::Kdp, Colour::Grey) else { panic!("it is left alone") };
    let space = parts.objects[0].as_stream().and_then(|picture| picture.dict.get(b"ColorSpace").cloned());
    assert_eq!(space.expect("a space"), Object::from("DeviceGray"));
    assert_eq!([grey([0; 4]), grey([0, 0, 0, 255]), grey([255; 4]), grey([100, 0, 0, 0])], [255, 0, 0, 225]);
}

#[test]
fn luma_and_chroma_are_complements_of_inks() {
    // White light is no ink, black light all of it (as libjpeg reads such files).
    assert_eq!(from_ycck([255, 128, 128, 9]), [0, 0, 0, 9]);
    assert_eq!(from_ycck([0, 128, 128, 9]), [255, 255, 255, 9]);
    assert_eq!(from_ycck([76, 85, 255, 0]), [1, 255, 255, 0]);
}
