//! A release folder against its checksums, and against a release made anew.
//!
//! In:     the files of the folder; the release made anew, with the tree and the pages it was made from.
//! Out:    a verdict on each file, in the order of the release.
//! Faults: [`Error::Read`], [`Error::Release`] for a folder that holds no release.
//! Absent: printing.

use super::checksum::{self, SUMS, sha256};
use super::difference::{self, Anew};
use super::manifest::{MANIFEST, Manifest};
use super::notes::NOTES;
use super::release::Release;
use crate::base::Error;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// A file of a release folder, judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    pub name: String,
    pub verdict: Verdict,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Byte for byte as it should be.
    Same,
    /// With the places where it differs, the first first.
    Differs(Vec<String>),
    Missing,
    /// Nobody lists it.
    Unlisted,
    /// As the manifest has it, but not made anew; with the reason.
    Kept(String),
}

impl Verdict {
    /// Whether the file speaks against the release.
    pub fn is_bad(&self) -> bool {
        match self {
            Verdict::Differs(_) | Verdict::Missing => true,
            Verdict::Same | Verdict::Unlisted | Verdict::Kept(_) => false,
        }
    }
}

/// The files of a release folder by name.
#[derive(Debug)]
pub struct Found(BTreeMap<String, Vec<u8>>);

impl Found {
    pub fn read(dir: &Path) -> Result<Found, Error> {
        let fault = |path: &Path| {
            let path = path.to_owned();
            move |source: io::Error| Error::Read { path, source }
        };
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(dir).map_err(fault(dir))? {
            let path = entry.map_err(fault(dir))?.path();
            if path.is_file() {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).map_err(fault(&path))?);
            }
        }
        Ok(Found(files))
    }

    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }

    pub fn manifest(&self) -> Result<Manifest, Error> {
        Manifest::from_json(self.needed(MANIFEST)?)
    }

    fn needed(&self, name: &str) -> Result<&[u8], Error> {
        self.get(name).ok_or_else(|| Error::Release {
            why: format!("this folder holds no release: there is no {name}"),
            hint: "give a folder that 'bifolio release' has laid".to_owned(),
        })
    }

    /// The files that are in no list.
    fn unlisted<'a>(&'a self, listed: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = Checked> + 'a {
        let names = self.0.keys().filter(move |name| !listed(name));
        names.map(|name| Checked { name: name.clone(), verdict: Verdict::Unlisted })
    }
}

/// Holds the files against `SHA256SUMS` alone.
pub fn checksums(found: &Found) -> Result<Vec<Checked>, Error> {
    let text = String::from_utf8_lossy(found.needed(SUMS)?);
    let lines = checksum::parse(&text).map_err(|why| Error::Release {
        why: format!("{SUMS} cannot be read: {why}"),
        hint: "it is damaged; fetch the release again".to_owned(),
    })?;
    if lines.is_empty() {
        let why = format!("{SUMS} lists no file");
        return Err(Error::Release { why, hint: "it is damaged; fetch the release again".to_owned() });
    }
    let mut checked: Vec<Checked> = lines
        .iter()
        .map(|line| {
            let verdict = match found.get(&line.name) {
                None => Verdict::Missing,
                Some(bytes) if sha256(bytes) == line.digest => Verdict::Same,
                Some(_) => Verdict::Differs(Vec::new()),
            };
            Checked { name: line.name.clone(), verdict }
        })
        .collect();
    checked.extend(found.unlisted(|name| name == SUMS || lines.iter().any(|line| line.name == name)));
    Ok(checked)
}

/// Holds the files against a release made anew.
pub fn compare(found: &Found, theirs: &Manifest, release: &Release, anew: Anew<'_>) -> Vec<Checked> {
    let mut checked = Vec::new();
    // A folder without checksums, or with broken ones, says nothing of its files.
    let listed = checksums(found).unwrap_or_default();
    let is_damaged = |name: &str| listed.iter().any(|file| file.name == name && file.verdict.is_bad());
    for (name, ours) in &release.files {
        let verdict = match found.get(name) {
            None => Verdict::Missing,
            Some(bytes) if bytes == ours.as_slice() => kept(name, theirs, bytes),
            Some(_) if name == SUMS && !listed.is_empty() && !listed.iter().any(|file| file.verdict.is_bad()) => {
                Verdict::Differs(vec![
                    "it lists the files of this folder as they are, so it differs as they do".to_owned(),
                ])
            }
            Some(bytes) => {
                let mut places = places(name, bytes, ours, theirs, release, anew);
                if is_damaged(name) {
                    places.insert(
                        0,
                        format!("it is not the file that {SUMS} lists: damaged, or changed after the release"),
                    );
                }
                Verdict::Differs(places)
            }
        };
        checked.push(Checked { name: name.clone(), verdict });
    }
    checked.extend(found.unlisted(|name| release.files.iter().any(|(ours, _)| ours == name)));
    checked
}

/// Notes that compare with an earlier release are taken over, so that only their checksum speaks for them.
fn kept(name: &str, theirs: &Manifest, bytes: &[u8]) -> Verdict {
    let Some(since) = theirs.release.since.as_ref().filter(|_| name == NOTES) else { return Verdict::Same };
    let listed = theirs.files.iter().find(|file| file.path == NOTES);
    if listed.is_some_and(|file| file.sha256 == sha256(bytes)) {
        Verdict::Kept(format!("as {MANIFEST} has it; to make it anew, give the folder of {since} with --since"))
    } else {
        Verdict::Differs(vec![format!("it is not as {MANIFEST} has it")])
    }
}

fn places(
    name: &str,
    theirs: &[u8],
    ours: &[u8],
    manifest: &Manifest,
    release: &Release,
    anew: Anew<'_>,
) -> Vec<String> {
    if let Some(edition) = release.manifest.editions.iter().find(|edition| edition.file == name) {
        return difference::edition(&edition.media_type, theirs, ours, anew);
    }
    if name == MANIFEST {
        let reasons = difference::reasons(manifest, &release.manifest);
        if !reasons.is_empty() {
            return reasons;
        }
    }
    vec![difference::lines(&String::from_utf8_lossy(theirs), &String::from_utf8_lossy(ours))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Found {
        Found(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.as_bytes().to_vec())).collect())
    }

    #[test]
    fn checksums_tell_damage_loss_and_strangers() {
        let sums = checksum::sums([("a", b"1".as_slice()), ("b", b"2"), ("c", b"3")]);
        let folder = found(&[(SUMS, &sums), ("a", "1"), ("b", "x"), ("d", "4")]);
        let verdicts: Vec<(String, Verdict)> =
            checksums(&folder).unwrap().into_iter().map(|checked| (checked.name, checked.verdict)).collect();
        let named = |name: &str, verdict| (name.to_owned(), verdict);
        let wanted = [
            named("a", Verdict::Same),
            named("b", Verdict::Differs(Vec::new())),
            named("c", Verdict::Missing),
            named("d", Verdict::Unlisted),
        ];
        assert_eq!(verdicts, wanted);
    }

    #[test]
    fn a_folder_without_a_release_is_told() {
        let empty = found(&[(SUMS, "")]);
        assert!(checksums(&empty).unwrap_err().to_string().contains("lists no file"));
        assert!(checksums(&found(&[])).unwrap_err().to_string().contains("bifolio release"));
        assert!(found(&[]).manifest().unwrap_err().to_string().contains("holds no release"));
    }
}
