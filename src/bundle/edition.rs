//! The editions a release can hold, as data: a printer's profile is one more line.
//!
//! In:     the bytes of each edition.
//! Out:    their names in the release, and the facts of them for the manifest.
//! Faults: [`Error::Release`] for a profile that nobody knows.
//! Absent: how an edition is made.

use super::checksum::sha256;
use super::manifest::EditionFacts;
use crate::base::Error;
use crate::base::diagnostic::nearest;
use crate::press::Press;

/// A kind of edition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Profile {
    /// As `--profile` and the manifest name it.
    pub name: &'static str,
    /// What follows `<slug>-<version>` in the name of the file.
    pub ending: &'static str,
    pub media_type: &'static str,
    /// The printer it is made for.
    pub press: Option<Press>,
    /// A cover; they are made where they are named.
    pub is_cover: bool,
}

pub const EPUB: Profile =
    Profile { name: "epub", ending: ".epub", media_type: "application/epub+zip", press: None, is_cover: false };
pub const PRINT: Profile =
    Profile { name: "print", ending: ".pdf", media_type: "application/pdf", press: None, is_cover: false };

const fn printed(press: Press, ending: &'static str) -> Profile {
    Profile { name: press.name(), ending, media_type: "application/pdf", press: Some(press), is_cover: false }
}

const fn cover(press: Press, name: &'static str, ending: &'static str) -> Profile {
    Profile { name, ending, media_type: "application/pdf", press: Some(press), is_cover: true }
}

/// The picture that shops show.
const COVER: Profile =
    Profile { name: "cover", ending: "-cover.jpg", media_type: "image/jpeg", press: None, is_cover: true };

/// Every profile, in the order in which a release lists its editions.
pub const PROFILES: [Profile; 13] = [
    EPUB,
    PRINT,
    printed(Press::Kdp, "-kdp.pdf"),
    printed(Press::Ingram, "-ingram.pdf"),
    printed(Press::Bod, "-bod.pdf"),
    printed(Press::PdfX1a, "-pdfx-1a.pdf"),
    printed(Press::PdfX4, "-pdfx-4.pdf"),
    COVER,
    cover(Press::Kdp, "kdp-cover", "-kdp-cover.pdf"),
    cover(Press::Ingram, "ingram-cover", "-ingram-cover.pdf"),
    cover(Press::Bod, "bod-cover", "-bod-cover.pdf"),
    cover(Press::PdfX1a, "pdfx-1a-cover", "-pdfx-1a-cover.pdf"),
    cover(Press::PdfX4, "pdfx-4-cover", "-pdfx-4-cover.pdf"),
];

/// The profile of a printer's PDF.
pub fn of_press(press: Press) -> Option<Profile> {
    PROFILES.into_iter().find(|profile| profile.press == Some(press) && !profile.is_cover)
}

/// The profiles of these names, in the order of [`PROFILES`]; where none is named, the e-book, the print edition and
/// what the book `orders` of printers.
pub fn named<'a>(names: impl IntoIterator<Item = &'a str>, orders: &[Press]) -> Result<Vec<Profile>, Error> {
    let mut wanted = [false; PROFILES.len()];
    for name in names {
        match PROFILES.iter().position(|profile| profile.name == name) {
            Some(at) => wanted[at] = true,
            None => {
                let hint = match nearest(name, PROFILES.iter().map(|profile| profile.name)) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => format!("there are: {}", PROFILES.map(|profile| profile.name).join(", ")),
                };
                return Err(Error::Release { why: format!("there is no profile {name:?}"), hint });
            }
        }
    }
    let all = !wanted.contains(&true);
    let is_ordered = |profile: Profile| !profile.is_cover && profile.press.is_none_or(|press| orders.contains(&press));
    let is_wanted = |(profile, wanted): &(Profile, bool)| *wanted || all && is_ordered(*profile);
    Ok(PROFILES.into_iter().zip(wanted).filter(is_wanted).map(|(profile, _)| profile).collect())
}

/// A finished edition.
#[derive(Clone, Debug)]
pub struct Edition {
    pub profile: Profile,
    /// Of a PDF; of an e-book the printed pages it names.
    pub pages: usize,
    pub bytes: Vec<u8>,
}

impl Edition {
    pub fn file_name(&self, stem: &str) -> String {
        format!("{stem}{}", self.profile.ending)
    }

    pub fn facts(&self, stem: &str) -> EditionFacts {
        EditionFacts {
            file: self.file_name(stem),
            profile: self.profile.name.to_owned(),
            media_type: self.profile.media_type.to_owned(),
            pages: self.pages,
            size: self.bytes.len() as u64,
            sha256: sha256(&self.bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_found_by_name_in_their_own_order() {
        assert_eq!(named([], &[]).unwrap(), [EPUB, PRINT]);
        assert_eq!(named([], &[Press::Bod]).unwrap(), [EPUB, PRINT, of_press(Press::Bod).unwrap()]);
        assert_eq!(named(["print", "epub", "print"], &[Press::Bod]).unwrap(), [EPUB, PRINT]);
        assert_eq!(named(["kdp"], &[]).unwrap(), [of_press(Press::Kdp).unwrap()]);
        assert!(named(["prnt"], &[]).unwrap_err().to_string().contains("did you mean \"print\""));
    }
}
