//! Reads every file that directives name, each once, before any is put in: reading runs in parallel, numbering does not.
//!
//! In:     the chapters' texts.
//! Out:    [`Included`]: by its name in the book's folder, each named file or why it cannot be read.
//! Faults: those of `text` only; a missing file is reported where it is named, by `include`.
//! Absent: which lines are meant.

use super::folder::{Folder, Refused, parent};
use super::include_scan::{Action, may_hold, scan};
use super::text::{self, Decoded};
use crate::base::{FileId, Files, Sink};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files that directives name, by their names in the book's folder.
#[derive(Default, Debug)]
pub struct Included {
    files: BTreeMap<String, Result<Entry, Refused>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub file: FileId,
    /// It stands in the repository around the book's folder.
    pub is_outside: bool,
}

/// mdBook nests includes ten deep; files named deeper are never put in.
pub const DEEPEST: usize = 10;

impl Included {
    /// Reads what `texts` name, and what those files name in turn.
    pub fn load(texts: &[FileId], folder: &Folder, files: &mut Files, sink: &mut Sink) -> Included {
        let mut included = Included::default();
        let chapters: BTreeMap<String, FileId> =
            files.ids().map(|file| (files.path(file).to_string_lossy().into_owned(), file)).collect();
        let mut round: Vec<FileId> = texts.to_vec();
        for _ in 0..=DEEPEST {
            let wanted = included.wanted(&round, folder, files);
            if wanted.is_empty() {
                break;
            }
            let read: Vec<Result<(Decoded, bool), Refused>> =
                wanted.par_iter().map(|(base, name)| read(folder, base, name)).collect();
            round.clear();
            for ((_, name), read) in wanted.into_iter().zip(read) {
                let entry = read.map(|(decoded, is_outside)| {
                    // A chapter that is also included stands once among the files.
                    let known = chapters.get(&name).copied();
                    let file = known.unwrap_or_else(|| decoded.take_in(Path::new(&name), files, sink));
                    round.push(file);
                    Entry { file, is_outside }
                });
                included.files.insert(name, entry);
            }
        }
        included
    }

    /// The names not yet read, each with the folder it was named from, in the order in which they are named.
    fn wanted(&self, texts: &[FileId], folder: &Folder, files: &Files) -> Vec<(String, String)> {
        let named: Vec<Vec<(String, String)>> = texts
            .par_iter()
            .filter(|file| may_hold(files.text(**file)))
            .map(|file| {
                let path = files.path(*file).to_string_lossy();
                let base = parent(&path);
                let paths = scan(files.text(*file)).into_iter().filter_map(|directive| path_of(&directive.action));
                paths.filter_map(|path| Some((base.to_owned(), folder.name(base, path).ok()?))).collect()
            })
            .collect();
        let mut seen = BTreeSet::new();
        let fresh = named.into_iter().flatten().filter(|(_, name)| !self.files.contains_key(name));
        fresh.filter(|(_, name)| seen.insert(name.clone())).collect()
    }

    /// The file `written` names from the folder `base`.
    pub fn get(&self, folder: &Folder, base: &str, written: &str) -> Result<Entry, Refused> {
        let name = folder.name(base, written)?;
        self.files.get(&name).cloned().unwrap_or(Err(Refused::Missing(None)))
    }
}

fn path_of<'a>(action: &Action<'a>) -> Option<&'a str> {
    match action {
        Action::Include { path, .. } | Action::RustdocInclude { path, .. } | Action::Playground { path, .. } => {
            Some(path)
        }
        Action::Escaped | Action::Title | Action::Unknown(_) => None,
    }
}

fn read(folder: &Folder, base: &str, name: &str) -> Result<(Decoded, bool), Refused> {
    let place = folder.find(base, name.to_owned())?;
    let bytes = folder.read(&place)?;
    Ok((text::decode(bytes), place.is_outside))
}
