//! Places in the manuscript: which file, which bytes, and from those the line and column an author sees.

use std::path::{Path, PathBuf};

/// A file of the manuscript, by its place in [`Files`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// The bytes `start..end` of a manuscript file as it stands on disk (before includes are put in).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: usize, end: usize) -> Span {
        Span { file, start: start as u32, end: end.max(start) as u32 }
    }

    /// The first byte of a file: where a fault of the whole file is reported.
    pub fn top(file: FileId) -> Span {
        Span { file, start: 0, end: 0 }
    }
}

/// Every text file read for this book, in the order of reading. Spans point into it.
#[derive(Default, Debug)]
pub struct Files {
    list: Vec<File>,
}

#[derive(Debug)]
struct File {
    /// Relative to the book's folder, with `/` between the parts.
    path: PathBuf,
    text: String,
    /// The byte at which each line starts; the first is 0.
    lines: Vec<u32>,
}

impl Files {
    /// Takes in a file and hands back its id. `path` is the path shown to the author.
    pub fn add(&mut self, path: &Path, text: String) -> FileId {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        self.list.push(File { path: path.to_owned(), text, lines });
        FileId(self.list.len() as u32 - 1)
    }

    pub fn path(&self, file: FileId) -> &Path {
        &self.list[file.0 as usize].path
    }

    pub fn text(&self, file: FileId) -> &str {
        &self.list[file.0 as usize].text
    }

    pub fn find(&self, path: &Path) -> Option<FileId> {
        self.list.iter().position(|file| file.path == path).map(|at| FileId(at as u32))
    }

    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.list.len() as u32).map(FileId)
    }

    /// Line and column of a byte, both from 1; the column counts characters, as editors do.
    pub fn line_col(&self, file: FileId, at: u32) -> (usize, usize) {
        let file = &self.list[file.0 as usize];
        let line = file.lines.partition_point(|&start| start <= at) - 1;
        let from = file.lines[line] as usize;
        let mut to = (at as usize).clamp(from, file.text.len());
        while !file.text.is_char_boundary(to) {
            to -= 1;
        }
        (line + 1, file.text[from..to].chars().count() + 1)
    }

    /// The text of a line, counted from 1, without its end; empty for a line the file does not have.
    pub fn line(&self, file: FileId, line: usize) -> &str {
        let file = &self.list[file.0 as usize];
        let Some(&from) = line.checked_sub(1).and_then(|at| file.lines.get(at)) else { return "" };
        let to = file.lines.get(line).map_or(file.text.len(), |&next| next as usize);
        file.text[from as usize..to].trim_end_matches(['\n', '\r'])
    }
}
