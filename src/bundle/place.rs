//! Writes a set of files so that a reader of the folder sees either the old set or the new one.
//!
//! In:     a folder, names, bytes.
//! Out:    the paths written.
//! Faults: `Error::Write`; then the folder holds what it held before.
//! Absent: a guarantee against power loss between two renames: each file is whole, but one may be of the run before.

use crate::base::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// One file on its way: written under `temporary`, to be renamed to `target`. What stood there before is kept under
/// `previous` until all are in place.
struct Move {
    temporary: PathBuf,
    previous: PathBuf,
    target: PathBuf,
    replaced: bool,
}

/// Writes `files` (name, bytes) into `dir`, which is made where it is missing.
///
/// All bytes are on the disk under temporary names before the first rename; if anything fails, every temporary file is
/// removed and every file already renamed is put back.
pub fn place(dir: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, Error> {
    fs::create_dir_all(dir).map_err(|source| Error::Write { path: dir.to_owned(), source })?;
    let mut moves: Vec<Move> = files.iter().map(|(name, _)| Move::new(dir, name)).collect();
    let done = write_all(&moves, files).and_then(|()| rename_all(&mut moves));
    match &done {
        // A previous edition that cannot be removed harms nobody: the new one stands.
        Ok(_) => moves.iter().for_each(|step| drop(fs::remove_file(&step.previous))),
        Err(_) => moves.iter().for_each(Move::undo),
    }
    done?;
    sync_folder(dir);
    Ok(moves.into_iter().map(|step| step.target).collect())
}

impl Move {
    fn new(dir: &Path, name: &str) -> Move {
        // The process id keeps two runs into one folder from writing into each other's files.
        let run = std::process::id();
        Move {
            temporary: dir.join(format!(".{name}.{run}.new")),
            previous: dir.join(format!(".{name}.{run}.old")),
            target: dir.join(name),
            replaced: false,
        }
    }

    fn undo(&self) {
        // Nothing is left to tell if these fail: the first fault is already on its way to the author.
        let _ = fs::remove_file(&self.temporary);
        if self.replaced && fs::rename(&self.previous, &self.target).is_err() {
            let _ = fs::remove_file(&self.target);
        }
        let _ = fs::remove_file(&self.previous);
    }
}

fn write_all(moves: &[Move], files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    for (step, (_, bytes)) in moves.iter().zip(files) {
        let fault = |source: io::Error| Error::Write { path: step.target.clone(), source };
        if step.target.is_dir() {
            return Err(fault(io::ErrorKind::IsADirectory.into()));
        }
        let mut file = File::create(&step.temporary).map_err(fault)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fault)?;
    }
    Ok(())
}

fn rename_all(moves: &mut [Move]) -> Result<(), Error> {
    for step in moves {
        // A second name for the old file, so that it can come back. Some file systems have no hard links; there the
        // rename is still atomic for each file.
        let kept = fs::hard_link(&step.target, &step.previous);
        fs::rename(&step.temporary, &step.target)
            .map_err(|source| Error::Write { path: step.target.clone(), source })?;
        step.replaced = kept.is_ok() || kept.is_err_and(|fault| fault.kind() == io::ErrorKind::NotFound);
    }
    Ok(())
}

/// Makes the renames last through a crash, where the system can open folders.
fn sync_folder(dir: &Path) {
    if let Ok(folder) = File::open(dir) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn set(epub: &str, pdf: &str) -> [(String, Vec<u8>); 2] {
        [("book.epub".to_owned(), epub.into()), ("book.pdf".to_owned(), pdf.into())]
    }

    #[test]
    fn writes_all_and_leaves_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let dist = dir.path().join("a/b");
        place(&dist, &set("one", "two")).unwrap();
        place(&dist, &set("three", "four")).unwrap();
        assert_eq!(names(&dist), ["book.epub", "book.pdf"]);
        assert_eq!(fs::read_to_string(dist.join("book.epub")).unwrap(), "three");
        assert_eq!(fs::read_to_string(dist.join("book.pdf")).unwrap(), "four");
    }

    #[test]
    fn a_failed_run_leaves_the_editions_before_it() {
        let dir = tempfile::tempdir().unwrap();
        place(dir.path(), &[("book.epub".to_owned(), b"old".to_vec())]).unwrap();
        fs::create_dir(dir.path().join("book.pdf")).unwrap();
        let fault = place(dir.path(), &set("new", "new")).unwrap_err();
        assert!(fault.to_string().contains("book.pdf"), "{fault}");
        assert_eq!(names(dir.path()), ["book.epub", "book.pdf"]);
        assert_eq!(fs::read_to_string(dir.path().join("book.epub")).unwrap(), "old");
    }

    #[test]
    fn a_rename_that_fails_puts_the_others_back() {
        let dir = tempfile::tempdir().unwrap();
        place(dir.path(), &set("old e", "old p")).unwrap();
        let mut moves: Vec<Move> = ["book.epub", "book.pdf"].map(|name| Move::new(dir.path(), name)).into();
        write_all(&moves, &set("new e", "new p")).unwrap();
        fs::remove_file(&moves[1].temporary).unwrap();
        rename_all(&mut moves).unwrap_err();
        moves.iter().for_each(Move::undo);
        assert_eq!(names(dir.path()), ["book.epub", "book.pdf"]);
        assert_eq!(fs::read_to_string(dir.path().join("book.epub")).unwrap(), "old e");
        assert_eq!(fs::read_to_string(dir.path().join("book.pdf")).unwrap(), "old p");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("dist"), "a file").unwrap();
        let fault = place(&dir.path().join("dist"), &set("", "")).unwrap_err();
        assert!(fault.to_string().contains("dist"), "{fault}");
    }
}
