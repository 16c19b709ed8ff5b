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

/// A kind of edition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Profile {
    /// As `--profile` and the manifest name it.
    pub name: &'static str,
    /// What follows `<slug>-<version>` in the name of the file.
    pub ending: &'static str,
    pub media_type: &'static str,
}

pub const EPUB: Profile = Profile { name: "epub", ending: ".epub", media_type: "application/epub+zip" };
pub const PRINT: Profile = Profile { name: "print", ending: ".pdf", media_type: "application/pdf" };

/// Every profile, in the order in which a release lists its editions.
pub const PROFILES: [Profile; 2] = [EPUB, PRINT];

/// The profiles of these names, in the order of [`PROFILES`]; all of them where none is named.
pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Vec<Profile>, Error> {
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
    Ok(PROFILES.into_iter().zip(wanted).filter(|(_, wanted)| all || *wanted).map(|(profile, _)| profile).collect())
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
        assert_eq!(named([]).unwrap(), PROFILES);
        assert_eq!(named(["print", "epub", "print"]).unwrap(), PROFILES);
        assert_eq!(named(["print"]).unwrap(), [PRINT]);
        assert!(named(["prnt"]).unwrap_err().to_string().contains("did you mean \"print\""));
    }
}
