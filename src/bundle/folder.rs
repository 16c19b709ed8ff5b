//! Lays a whole folder at once: a reader sees no folder or a finished one.
//!
//! In:     the folder's path, names and bytes.
//! Out:    the folder, and whether it was there already with the same bytes.
//! Faults: [`Error::Write`], [`Error::Read`], [`Error::Release`] for a folder with other contents.
//! Absent: what the bytes mean.

use crate::base::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How a folder came to be as asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Laid {
    New,
    /// It stood there with the same bytes; nothing was touched.
    Same,
    Replaced,
}

/// Lays `dir` with exactly these files. A folder that stands there with other contents is replaced only when
/// `replace` says so.
///
/// The files are written into a hidden folder beside it, which is renamed when all bytes are on the disk. What a run
/// that was killed left of its hidden folder is cleared by the next run for the same release.
pub fn lay(dir: &Path, files: &[(String, Vec<u8>)], replace: bool) -> Result<Laid, Error> {
    let exists = fs::symlink_metadata(dir).is_ok();
    if exists && holds(dir, files)? {
        return Ok(Laid::Same);
    }
    if exists && !(replace && dir.is_dir()) {
        let hint = if dir.is_dir() { "give another version, or replace it with --clobber" } else { "move it away" };
        let why = format!("{} is there already, with other contents", dir.display());
        return Err(Error::Release { why, hint: hint.to_owned() });
    }
    let part = beside(dir, "part");
    let laid = write_all(&part, files).and_then(|()| take_place(&part, dir, exists));
    if laid.is_err() {
        // The first fault is on its way to the author; what cannot be cleared now is cleared by the next run.
        let _ = fs::remove_dir_all(&part);
    }
    laid
}

/// Whether a folder holds exactly these files.
fn holds(dir: &Path, files: &[(String, Vec<u8>)]) -> Result<bool, Error> {
    if !dir.is_dir() {
        return Ok(false);
    }
    let fault = |source: io::Error| Error::Read { path: dir.to_owned(), source };
    let count = fs::read_dir(dir).map_err(fault)?.count();
    let same = |(name, bytes): &(String, Vec<u8>)| fs::read(dir.join(name)).is_ok_and(|found| found == *bytes);
    Ok(count == files.len() && files.iter().all(same))
}

/// A hidden name in the same folder, so that a rename is enough to take the place.
fn beside(dir: &Path, suffix: &str) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    dir.with_file_name(format!(".{name}.{suffix}"))
}

fn write_all(part: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| Error::Write { path, source }
    };
    if part.exists() {
        fs::remove_dir_all(part).map_err(fault(part))?;
    }
    fs::create_dir_all(part).map_err(fault(part))?;
    for (name, bytes) in files {
        let path = part.join(name);
        let mut file = File::create(&path).map_err(fault(&path))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fault(&path))?;
    }
    Ok(())
}

fn take_place(part: &Path, dir: &Path, exists: bool) -> Result<Laid, Error> {
    let fault = |source: io::Error| Error::Write { path: dir.to_owned(), source };
    if !exists {
        fs::rename(part, dir).map_err(fault)?;
        return Ok(Laid::New);
    }
    let old = beside(dir, "old");
    if old.exists() {
        fs::remove_dir_all(&old).map_err(fault)?;
    }
    fs::rename(dir, &old).map_err(fault)?;
    if let Err(source) = fs::rename(part, dir) {
        let _ = fs::rename(&old, dir);
        return Err(fault(source));
    }
    // A replaced release that cannot be cleared away harms nobody: the new one stands.
    let _ = fs::remove_dir_all(&old);
    Ok(Laid::Replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(epub: &str) -> Vec<(String, Vec<u8>)> {
        vec![("a.epub".to_owned(), epub.into()), ("SHA256SUMS".to_owned(), b"x".to_vec())]
    }

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_release_is_laid_once_and_replaced_only_when_asked() {
        let here = tempfile::tempdir().unwrap();
        let dir = here.path().join("dist/a-1.0");
        assert_eq!(lay(&dir, &files("one"), false).unwrap(), Laid::New);
        assert_eq!(lay(&dir, &files("one"), false).unwrap(), Laid::Same);
        let fault = lay(&dir, &files("two"), false).unwrap_err().to_string();
        assert!(fault.contains("--clobber"), "{fault}");
        assert_eq!(fs::read_to_string(dir.join("a.epub")).unwrap(), "one");
        assert_eq!(lay(&dir, &files("two"), true).unwrap(), Laid::Replaced);
        assert_eq!(fs::read_to_string(dir.join("a.epub")).unwrap(), "two");
        assert_eq!(names(&here.path().join("dist")), ["a-1.0"]);
    }

    #[test]
    fn a_write_that_fails_leaves_no_half_folder() {
        let here = tempfile::tempdir().unwrap();
        let dir = here.path().join("a-1.0");
        let mut broken = files("one");
        // The folder `missing` does not exist, so that the third file fails after two were written.
        broken.push(("missing/b.pdf".to_owned(), Vec::new()));
        let fault = lay(&dir, &broken, false).unwrap_err().to_string();
        assert!(fault.contains("b.pdf"), "{fault}");
        assert!(names(here.path()).is_empty(), "{:?}", names(here.path()));
    }

    #[test]
    fn what_a_killed_run_left_is_cleared() {
        let here = tempfile::tempdir().unwrap();
        let dir = here.path().join("a-1.0");
        fs::create_dir(here.path().join(".a-1.0.part")).unwrap();
        fs::write(here.path().join(".a-1.0.part/half.pdf"), "half").unwrap();
        lay(&dir, &files("one"), false).unwrap();
        assert_eq!(names(here.path()), ["a-1.0"]);
        assert_eq!(names(&dir), ["SHA256SUMS", "a.epub"]);
    }

    #[test]
    fn a_file_in_the_way_is_not_removed() {
        let here = tempfile::tempdir().unwrap();
        let dir = here.path().join("a-1.0");
        fs::write(&dir, "mine").unwrap();
        lay(&dir, &files("one"), true).unwrap_err();
        assert_eq!(fs::read_to_string(&dir).unwrap(), "mine");
    }
}
