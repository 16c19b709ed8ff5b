//! A path → the whole [`Manuscript`]: finds out what it is and reads it in the order of its parts.
//!
//! In:     the path given on the command line.
//! Out:    [`Manuscript`].
//! Faults: `chapter.missing`, `book.empty`, `summary.missing`, `config.src`, and those of the files of this floor.
//! Absent: Markdown.

use super::folder::{Folder, Refused, join};
use super::include::{Library, expand};
use super::include_load::Included;
use super::manifest::{Manifest, author_named};
use super::plain::{self, Found};
use super::read_cover::read_cover;
use super::summary::{self, Listed, ListedChapter};
use super::text::{self, Decoded};
use super::{
    Formulas, Kind, Manuscript, SourceChapter, SourceEntry, SourcePart, font, identifier, macros, manifest, measure,
    own_style, tongue,
};
use crate::asset::{Faces, Pictures};
use crate::base::{Diagnostic, Error, FileId, Files, Lang, Sink, Span};
use crate::book::Matter;
use crate::theme::Bound;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "book.toml";
const SUMMARY: &str = "SUMMARY.md";

/// Reads a folder with `book.toml`, a folder with `SUMMARY.md`, a folder of Markdown files, or one Markdown file.
pub fn read(path: &Path, sink: &mut Sink) -> Result<Manuscript, Error> {
    let found = look(path)?;
    let folder = Folder::open(&found.root)?;
    let mut files = Files::default();
    let faces = Faces::with(font::read_own(&folder, sink));
    let mut manifest = Manifest::default();
    if found.has_manifest {
        match folder.locate("", MANIFEST) {
            Ok(place) if !place.is_outside => {
                let file = text::decode(read_file(&place.path)?).take_in(Path::new(MANIFEST), &mut files, sink);
                manifest = manifest::read(files.text(file), file, &faces, sink);
            }
            Ok(_) => sink.push(Refused::Outside.diagnostic("book.manifest", "file", MANIFEST, None)),
            Err(refused) => sink.push(refused.diagnostic("book.manifest", "file", MANIFEST, None)),
        }
    }
    let src = src_folder(&mut manifest, &found, &folder, sink);
    let mut reader = Reader { folder, files, src, sink };
    let listed = match &found.file {
        Some(name) => {
            manifest.options.kind = Kind::File;
            vec![reader.listed(name.clone(), String::new(), Matter::Main)]
        }
        None => reader.list(&found, &mut manifest)?,
    };
    let entries = reader.texts(listed, &mut manifest);
    let has_text = entries.iter().any(|entry| match entry {
        SourceEntry::Chapter(chapter) => chapter.text.as_ref().is_some_and(|text| !text.text.trim().is_empty()),
        SourceEntry::Part(_) | SourceEntry::Separator => false,
    });
    if !has_text && !reader.sink.has_errors() {
        let told = Diagnostic::error("book.empty", "this book has no text");
        reader.sink.push(told.hint("list chapters in SUMMARY.md, or put .md files into the folder"));
    }
    let Reader { folder, mut files, src, sink } = reader;
    let texts = entries.iter().filter_map(|entry| match entry {
        SourceEntry::Chapter(chapter) => chapter.text.as_ref().map(|text| text.text.as_str()),
        SourceEntry::Part(_) | SourceEntry::Separator => None,
    });
    let said = manifest.says_language.then(|| manifest.metadata.language.clone());
    if let Some(lang) = tongue::of(said.as_ref(), texts, sink) {
        manifest.metadata.language = lang;
    }
    manifest.theme.page.bound = Bound::of(&manifest.metadata.language);
    manifest.options.src = src;
    let name = finish_metadata(&mut manifest, &found, &folder);
    let mut pictures = Pictures::default();
    let keys = std::mem::take(&mut manifest.cover);
    let cover = read_cover(keys, &mut manifest.metadata, &folder, &mut files, &mut pictures, sink);
    if let Some(style) = &manifest.epub_css {
        manifest.theme.own_style = own_style::read(style, &folder, &mut files, &mut pictures, sink);
    }
    if let Some(written) = &manifest.macro_file {
        macros::read(written, &folder, &mut files, &mut manifest.options.macros, sink);
    }
    let Manifest { metadata, theme, mut options, formulas, forbidden, press, redirects, .. } = manifest;
    // In an mdBook a dollar is a dollar unless the book says otherwise; elsewhere authors expect formulas.
    options.formulas = formulas.unwrap_or(match options.kind {
        Kind::Summary => Formulas::NONE,
        Kind::Folder | Kind::File => Formulas::CAREFUL,
    });
    Ok(Manuscript {
        root: folder.root().to_owned(),
        name,
        metadata,
        theme,
        options,
        forbidden,
        cover,
        redirects,
        press,
        files,
        pictures,
        faces,
        entries,
        folder,
    })
}

/// What stands at the path.
struct FoundBook {
    root: PathBuf,
    has_manifest: bool,
    /// The name of the file when the book is one file.
    file: Option<String>,
}

fn look(path: &Path) -> Result<FoundBook, Error> {
    let no_book = |looked_for| Error::NoBook { path: path.to_owned(), looked_for };
    let facts = fs::metadata(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let folder_of = |path: &Path| match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    };
    if !facts.is_file() {
        return Ok(FoundBook { root: path.to_owned(), has_manifest: path.join(MANIFEST).is_file(), file: None });
    }
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if name == MANIFEST || name == SUMMARY {
        let root = folder_of(path);
        let above = root.join("..");
        let root = if name == SUMMARY && above.join(MANIFEST).is_file() { above } else { root };
        let has_manifest = root.join(MANIFEST).is_file();
        return Ok(FoundBook { root, has_manifest, file: None });
    }
    if plain::is_markdown(name) {
        return Ok(FoundBook { root: folder_of(path), has_manifest: false, file: Some(name.to_owned()) });
    }
    Err(no_book("the file is neither Markdown (.md) nor a book.toml"))
}

fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// The folder of the chapters, relative to the book's folder.
fn src_folder(manifest: &mut Manifest, found: &FoundBook, folder: &Folder, sink: &mut Sink) -> String {
    if found.file.is_some() || (!found.has_manifest && !folder.root().join("src").join(SUMMARY).is_file()) {
        return String::new();
    }
    let written = &manifest.options.src;
    let src = if written.starts_with(['/', '\\']) { None } else { join("", written) };
    match src.filter(|src| !src.starts_with("..")) {
        Some(src) => src,
        None => {
            let told = Refused::Outside.diagnostic("config.src", "folder of the chapters (src)", written, None);
            sink.push(told);
            "src".to_owned()
        }
    }
}

struct Reader<'s> {
    folder: Folder,
    files: Files,
    src: String,
    sink: &'s mut Sink,
}

impl Reader<'_> {
    fn list(&mut self, found: &FoundBook, manifest: &mut Manifest) -> Result<Vec<Listed>, Error> {
        let summary = join(&self.src, SUMMARY).unwrap_or_default();
        match self.folder.locate(&self.src, SUMMARY) {
            Ok(place) if !place.is_outside => {
                let file =
                    text::decode(read_file(&place.path)?).take_in(Path::new(&summary), &mut self.files, self.sink);
                let listed = summary::read(self.files.text(file), file, self.sink);
                let is_chapter = |listed: &Listed| matches!(listed, Listed::Chapter(_));
                if !listed.iter().any(is_chapter) && !self.sink.has_errors() {
                    let told = Diagnostic::error("book.empty", "SUMMARY.md lists no chapter").at(Span::top(file));
                    self.sink.push(told.hint("write - [Title](file.md)"));
                }
                return Ok(listed);
            }
            Ok(_) | Err(_) => {}
        }
        manifest.options.kind = Kind::Folder;
        let listed: Vec<Listed> = plain::list(&self.folder, &self.src)
            .into_iter()
            .map(|found| match found {
                Found::Part(title) => Listed::Part { title, span: Span::top(FileId(0)) },
                Found::Chapter { path, title, matter } => self.listed(path, title, matter),
            })
            .collect();
        if !listed.is_empty() {
            return Ok(listed);
        }
        if found.has_manifest {
            let told =
                Diagnostic::error("summary.missing", format!("no \"{summary}\", and no Markdown file beside it"));
            self.sink.push(told.hint("list the chapters there, one a line: - [Title](file.md)"));
            return Ok(listed);
        }
        Err(Error::NoBook {
            path: self.folder.root().to_owned(),
            looked_for: "it holds no book.toml, no SUMMARY.md and no Markdown file",
        })
    }

    /// A chapter that no `SUMMARY.md` lists; its own file becomes its place once it is read.
    fn listed(&self, path: String, title: String, matter: Matter) -> Listed {
        let numbered = matter == Matter::Main;
        Listed::Chapter(ListedChapter { title, path, matter, depth: 0, numbered, span: Span::top(FileId(0)) })
    }

    /// Reads the chapters' files in parallel, then what they include, then joins the two in parallel.
    fn texts(&mut self, listed: Vec<Listed>, manifest: &mut Manifest) -> Vec<SourceEntry> {
        let read: Vec<Option<Result<Decoded, Refused>>> = listed
            .par_iter()
            .map(|listed| match listed {
                Listed::Chapter(chapter) if !chapter.path.is_empty() => Some(self.read_chapter(&chapter.path)),
                Listed::Chapter(_) | Listed::Part { .. } | Listed::Separator => None,
            })
            .collect();
        let is_listed = manifest.options.kind == Kind::Summary;
        let mut entries = Vec::new();
        let mut texts: Vec<(FileId, usize)> = Vec::new();
        let mut homes: Vec<Option<usize>> = Vec::new();
        for (listed, read) in listed.into_iter().zip(read) {
            let mut home = None;
            entries.push(match listed {
                Listed::Part { title, span } => SourceEntry::Part(SourcePart { title, span }),
                Listed::Separator => SourceEntry::Separator,
                Listed::Chapter(mut chapter) => {
                    if let Some((file, from)) = self.take_chapter(&mut chapter, read, manifest) {
                        home = Some(texts.len());
                        texts.push((file, from));
                        if !is_listed {
                            chapter.span = Span::top(file);
                        }
                    } else if !is_listed {
                        // It has no place in any file that was read.
                        continue;
                    }
                    let ListedChapter { title, path, matter, depth, numbered, span } = chapter;
                    SourceEntry::Chapter(SourceChapter { title, path, matter, depth, numbered, span, text: None })
                }
            });
            homes.push(home);
        }
        if !is_listed && texts.is_empty() {
            return Vec::new();
        }
        let ids: Vec<FileId> = texts.iter().map(|(file, _)| *file).collect();
        let included = Included::load(&ids, &self.folder, &mut self.files, self.sink);
        let library = Library { folder: &self.folder, files: &self.files, included: &included };
        let expanded: Vec<_> = texts
            .par_iter()
            .map(|(file, from)| {
                let mut sink = Sink::new();
                (expand(library, *file, *from, &mut sink), sink)
            })
            .collect();
        let mut expanded: Vec<_> = expanded.into_iter().map(Some).collect();
        for (entry, home) in entries.iter_mut().zip(homes) {
            let taken = home.and_then(|at| expanded.get_mut(at)).and_then(Option::take);
            if let (SourceEntry::Chapter(chapter), Some((text, sink))) = (entry, taken) {
                chapter.text = Some(text);
                self.sink.append(sink);
            }
        }
        entries
    }

    fn read_chapter(&self, path: &str) -> Result<Decoded, Refused> {
        let place = self.folder.locate(&self.src, path)?;
        if place.is_outside {
            return Err(Refused::Outside);
        }
        Ok(text::decode(self.folder.read(&place)?))
    }

    /// Numbers a chapter's file, and takes what its front matter says where nothing else can say it.
    fn take_chapter(
        &mut self,
        chapter: &mut ListedChapter,
        read: Option<Result<Decoded, Refused>>,
        manifest: &mut Manifest,
    ) -> Option<(FileId, usize)> {
        let kind = manifest.options.kind;
        match read? {
            Err(refused) => {
                let at = (kind == Kind::Summary).then_some(chapter.span);
                self.sink.push(refused.diagnostic("chapter.missing", "chapter file", &chapter.path, at));
                None
            }
            Ok(decoded) => {
                let path = join(&self.src, &chapter.path).unwrap_or_else(|| chapter.path.clone());
                let file = decoded.take_in(Path::new(&path), &mut self.files, self.sink);
                let text = self.files.text(file);
                let front = plain::front_matter(text);
                if kind == Kind::Summary {
                    // mdBook shows it as a heading, which nobody wants; its preprocessors take it out.
                    return Some((file, front.end));
                }
                let is_opening = matches!(plain::stem(&chapter.path).to_lowercase().as_str(), "readme" | "index");
                let speaks_for_book = kind == Kind::File || is_opening;
                let metadata = &mut manifest.metadata;
                if speaks_for_book && metadata.title.is_empty() {
                    let heading = || if is_opening && kind == Kind::Folder { plain::first_heading(text) } else { None };
                    metadata.title = front.title.clone().or_else(heading).unwrap_or_default();
                }
                if metadata.authors.is_empty() {
                    metadata.authors = front.authors.iter().map(|name| author_named(name)).collect();
                }
                if let Some(lang) = front.language.as_deref().and_then(Lang::parse)
                    && (speaks_for_book || metadata.language == Lang::english())
                {
                    metadata.language = lang;
                    manifest.says_language = true;
                }
                if let Some(title) = front.title.filter(|_| !speaks_for_book) {
                    chapter.title = title;
                }
                Some((file, front.end))
            }
        }
    }
}

/// Fills what a manifest may leave out, and hands back the stem of the names of what is made.
fn finish_metadata(manifest: &mut Manifest, found: &FoundBook, folder: &Folder) -> String {
    let metadata = &mut manifest.metadata;
    let folder_name = folder.root().file_name().and_then(|name| name.to_str()).unwrap_or("book");
    let own_name = found.file.as_deref().unwrap_or(folder_name);
    let name = match &found.file {
        Some(file) => identifier::slug(plain::stem(file)),
        None => match identifier::slug(&metadata.title) {
            // A title without a Latin letter leaves nothing for a file name.
            slug if slug == "book" => identifier::slug(folder_name),
            slug => slug,
        },
    };
    // One file may still bring its title as its first heading: `parse` sees to that.
    if metadata.title.is_empty() && found.file.is_none() {
        metadata.title = plain::title_of(own_name);
    }
    if let Some(seconds) = epoch() {
        metadata.modified = measure::moment(seconds);
    }
    name
}

/// The moment that the environment dates everything with, in seconds from the start of 1970
/// (<https://reproducible-builds.org/specs/source-date-epoch/>); a year has four digits.
pub fn epoch() -> Option<i64> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse::<i64>().ok());
    seconds.filter(|seconds| (0..=253_402_300_799).contains(seconds))
}

#[cfg(test)]
mod tests;
