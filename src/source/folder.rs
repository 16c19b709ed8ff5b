//! The fence round the book: which files may be read.
//!
//! In:     a path as an author wrote it, and the folder of the file it was written in.
//! Out:    [`Place`]: a file that stands inside the fence, by its true path and by its name in the book.
//! Faults: [`Refused`], which tells a missing file from one outside the fence, with the nearest name.
//! Absent: what is in the file.
//!
//! A path is resolved by its letters first (`..` goes up one written folder), then by the file system, links
//! included: both must stay inside. Text and pictures may also come from the rest of the repository that the book's folder
//! lies in (the nearest folder above with a `.git`), as in mdBook's own guide; each such file is named in a warning.

use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Error, Span};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    repository: Option<PathBuf>,
}

/// A file inside the fence.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Relative to the book's folder, with `/` between the parts and without `.`; starts with `../` for a file of the
    /// repository around it.
    pub name: String,
    /// What to open.
    pub path: PathBuf,
    pub is_outside: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// No such file; with the nearest name there is, as it would have to be written.
    Missing(Option<String>),
    Absolute,
    Outside,
    /// A folder or a device.
    NotAFile,
    Unreadable(String),
}

/// Folders that are never searched for hints.
const UNSEARCHED: [&str; 4] = ["target", "node_modules", "book", "dist"];
/// Files looked at for a hint before giving up: a hint must not cost a walk over a whole disk.
const SEARCHED_AT_MOST: usize = 20_000;

impl Folder {
    pub fn open(path: &Path) -> Result<Folder, Error> {
        let root = fs::canonicalize(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        let repository = root.ancestors().skip(1).find(|above| above.join(".git").exists()).map(Path::to_owned);
        let repository = if root.join(".git").exists() { None } else { repository };
        Ok(Folder { root, repository })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Finds the file that `written` names from the folder `base` (relative to the book's folder).
    pub fn locate(&self, base: &str, written: &str) -> Result<Place, Refused> {
        self.find(base, self.name(base, written)?)
    }

    /// Whether a file of this name stands there, inside the fence or not.
    pub fn has(&self, name: &str) -> bool {
        self.root.join(name).is_file()
    }

    /// Finds the file of a name made by [`Folder::name`].
    pub fn find(&self, base: &str, name: String) -> Result<Place, Refused> {
        let (path, is_outside) = self.inside(&name).map_err(|refused| match refused {
            Refused::Missing(_) => Refused::Missing(self.near(base, &name)),
            Refused::Absolute | Refused::Outside | Refused::NotAFile | Refused::Unreadable(_) => refused,
        })?;
        Ok(Place { name, path, is_outside })
    }

    /// The name in the book's folder, by the letters alone.
    pub fn name(&self, base: &str, written: &str) -> Result<String, Refused> {
        let is_drive = written.as_bytes().get(1) == Some(&b':') && written.as_bytes()[0].is_ascii_alphabetic();
        if written.starts_with(['/', '\\']) || is_drive {
            return Err(Refused::Absolute);
        }
        if written.contains('\0') {
            return Err(Refused::Missing(None));
        }
        join(base, written).ok_or(Refused::Outside)
    }

    /// Follows links, and sees that the file stands inside the fence.
    fn inside(&self, name: &str) -> Result<(PathBuf, bool), Refused> {
        let fence = self.repository.as_deref().unwrap_or(&self.root);
        let written = self.root.join(name);
        if name.starts_with("../") && self.repository.is_none() {
            return Err(Refused::Outside);
        }
        let path = fs::canonicalize(&written).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory if self.stays(name, fence) => {
                Refused::Missing(None)
            }
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Refused::Outside,
            _ => Refused::Unreadable(error.to_string()),
        })?;
        let is_outside = !path.starts_with(&self.root);
        let is_private = path.strip_prefix(fence).is_ok_and(|inner| inner.starts_with(".git"));
        if !path.starts_with(fence) || is_private {
            return Err(Refused::Outside);
        }
        let facts = fs::metadata(&path).map_err(|error| Refused::Unreadable(error.to_string()))?;
        if facts.is_file() { Ok((path, is_outside)) } else { Err(Refused::NotAFile) }
    }

    /// Whether a name does not climb over the fence by its letters.
    fn stays(&self, name: &str, fence: &Path) -> bool {
        let climbed = name.split('/').take_while(|part| *part == "..").count();
        let above = self.root.components().count() - fence.components().count();
        climbed <= above
    }

    pub fn read(&self, place: &Place) -> Result<Vec<u8>, Refused> {
        fs::read(&place.path).map_err(|error| Refused::Unreadable(error.to_string()))
    }

    /// The nearest file there is to a missing one, as it would be written from `base`.
    fn near(&self, base: &str, name: &str) -> Option<String> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let beside: Vec<String> = self.list(folder).into_iter().filter(|(_, is_dir)| !is_dir).map(|(n, _)| n).collect();
        let found = match nearest(file, beside.iter().map(String::as_str)) {
            Some(found) => join(folder, found)?,
            None => self.search(file)?,
        };
        Some(relative(base, &found))
    }

    /// A file of this name anywhere in the book's folder.
    fn search(&self, file: &str) -> Option<String> {
        let mut folders = vec![String::new()];
        let mut looked = 0;
        while let Some(folder) = folders.pop() {
            for (name, is_dir) in self.list(&folder) {
                looked += 1;
                if looked > SEARCHED_AT_MOST {
                    return None;
                }
                let path = join(&folder, &name)?;
                if is_dir && !UNSEARCHED.contains(&name.as_str()) {
                    folders.push(path);
                } else if !is_dir && name.eq_ignore_ascii_case(file) {
                    return Some(path);
                }
            }
        }
        None
    }

    /// The names in a folder of the book, sorted, without hidden ones; `true` for a folder. Links to folders are not
    /// followed.
    pub fn list(&self, folder: &str) -> Vec<(String, bool)> {
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else { return Vec::new() };
        let mut names: Vec<(String, bool)> = entries
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok().filter(|name| !name.starts_with('.'))?;
                let kind = entry.file_type().ok()?;
                Some((name, kind.is_dir()))
            })
            .collect();
        names.sort();
        names
    }
}

/// `written` seen from the folder `base`, without `.` and `..`; `None` where it climbs over the file system's root.
/// Leading `..` are kept.
pub fn join(base: &str, written: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(written.split(['/', '\\'])) {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&"..") | None => parts.push(".."),
                Some(_) => {
                    parts.pop();
                }
            },
            _ => parts.push(part),
        }
    }
    (parts.len() < 1000).then(|| parts.join("/"))
}

/// The folder of a name: `a/b` of `a/b/c.md`.
pub fn parent(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// How `name` is written from the folder `base`.
fn relative(base: &str, name: &str) -> String {
    let base: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    let name: Vec<&str> = name.split('/').collect();
    let shared = base.iter().zip(&name).take_while(|(a, b)| a == b).count();
    let up = base[shared..].iter().map(|_| "..");
    up.chain(name[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

impl Refused {
    /// What to tell the author. `thing` is what was looked for: `picture`, `chapter file`.
    pub fn diagnostic(
        &self,
        missing: &'static str,
        thing: &str,
        written: &str,
        at: impl Into<Option<Span>>,
    ) -> Diagnostic {
        let outside = || {
            Diagnostic::error("path.outside", format!("the {thing} \"{written}\" is outside the book's folder"))
                .hint("a book reads only what stands in its own folder, or in the git repository around it: copy the file there")
        };
        let told = match self {
            Refused::Missing(near) => {
                let told = Diagnostic::error(missing, format!("no {thing} \"{written}\""));
                match near {
                    Some(near) => told.hint(format!("did you mean \"{near}\"?")),
                    None => told.hint("paths are relative to the file they are written in; capitals count"),
                }
            }
            Refused::Absolute => outside().hint("write the path relative to the file it stands in"),
            Refused::Outside => outside(),
            Refused::NotAFile => Diagnostic::error("path.not-a-file", format!("\"{written}\" is not a file"))
                .hint("name a file, not a folder"),
            Refused::Unreadable(why) => {
                Diagnostic::error("path.unreadable", format!("cannot read the {thing} \"{written}\": {why}"))
                    .hint("see whether you may open it yourself")
            }
        };
        told.at(at)
    }
}

#[cfg(test)]
mod tests;
