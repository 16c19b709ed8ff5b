//! Disk → Manuscript: the only reader of files.
//!
//! In:     the path of a folder with `book.toml`, of a plain folder of Markdown files, or of one Markdown file.
//! Out:    [`Manuscript`]: settings, every text with its includes put in, and a map from each byte back to its place.
//! Faults: `toml.*`, `config.*`, `summary.*`, `include.*`, `text.*`, `path.*`, `picture.*`, `font.*`, `book.*`.
//! Absent: Markdown. What a text says is read by `parse`.
//!
//! 1. [`folder`] draws the fence: nothing outside the book's folder is opened.
//! 2. [`manifest`] reads `book.toml`, or the defaults stand.
//! 3. [`summary`] or [`plain`] lists the chapters.
//! 4. [`mod@include`] puts files into files; [`map`] remembers where each byte came from.

pub mod folder;
pub mod font;
pub mod identifier;
pub mod include;
pub mod include_load;
pub mod include_scan;
mod macros;
pub mod manifest;
pub mod manifest_audit;
pub mod manifest_cover;
mod manifest_ebook;
pub mod manifest_edition;
mod manifest_look;
pub mod manifest_press;
mod manifest_style;
pub mod manifest_table;
pub mod map;
pub mod measure;
pub mod own_style;
pub mod picture;
pub mod picture_facts;
pub mod plain;
pub mod read;
pub mod read_cover;
pub mod summary;
pub mod text;
mod tongue;

pub use map::{Expanded, Map};
pub use read::read;
pub use read_cover::CoverText;

use crate::asset::{Faces, Pictures};
use crate::base::{Files, Span};
use crate::book::{Macros, Matter, Metadata, Redirect};
use crate::press::Orders;
use crate::theme::Theme;
use crate::theme::bar::Flaw;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A manuscript as read: everything that comes from disk except the pictures, which `parse` asks for by name.
#[derive(Debug)]
pub struct Manuscript {
    /// The book's folder.
    pub root: PathBuf,
    /// The stem of the names of what is made: small letters, digits and hyphens, never empty.
    pub name: String,
    pub metadata: Metadata,
    pub theme: Theme,
    pub options: Options,
    /// The flaws of pages that this book forbids: `bifolio audit --strict` fails on them.
    pub forbidden: Vec<Flaw>,
    pub cover: CoverText,
    /// Chapters that moved.
    pub redirects: Vec<Redirect>,
    /// What is ordered of printers, and of the reading PDF.
    pub press: Orders,
    pub files: Files,
    pub pictures: Pictures,
    pub faces: Faces,
    /// In reading order.
    pub entries: Vec<SourceEntry>,
    /// Reads what lies in the book's folder, and nothing else.
    pub folder: folder::Folder,
}

/// How the Markdown is to be read.
#[derive(Clone, Debug)]
pub struct Options {
    pub definition_lists: bool,
    pub admonitions: bool,
    /// Which signs begin a formula.
    pub formulas: Formulas,
    /// The macros of all formulas of the book.
    pub macros: Macros,
    /// Quotes that begin with `Note:` or a heading are notes (the preprocessor `trpl-note`).
    pub quoted_notes: bool,
    /// By language, the prefix of the lines that are not shown.
    pub hidden_lines: BTreeMap<String, String>,
    /// The folder of the chapters, relative to the book's folder: `src`; empty for the book's folder itself.
    pub src: String,
    pub kind: Kind,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            definition_lists: true,
            admonitions: true,
            formulas: Formulas::default(),
            macros: Macros::default(),
            quoted_notes: false,
            hidden_lines: BTreeMap::new(),
            src: String::new(),
            kind: Kind::Summary,
        }
    }
}

/// Which signs begin and end a formula in the text.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Formulas {
    /// `\\\\(…\\\\)` and `\\\\[…\\\\]`, the backslashes doubled for Markdown, as MathJax in an mdBook reads them.
    pub backslashes: bool,
    /// `$$…$$`.
    pub double_dollars: bool,
    pub dollars: Dollars,
    /// `\begin{align}…\end{align}` without any sign around it.
    pub environments: bool,
    /// Markdown has halved the backslashes before formulas are read: `\\\\\\\\` is the new line of TeX.
    pub halved: bool,
}

/// What `$…$` is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Dollars {
    /// Text: mdBook knows no such sign.
    #[default]
    Text,
    /// A formula where nothing else can be meant: it begins and ends as pandoc wants it, and holds a sign that prices
    /// and names of variables do not have.
    Careful,
    /// A formula wherever pandoc sees one.
    Formula,
}

impl Formulas {
    pub const NONE: Formulas = Formulas {
        backslashes: false,
        double_dollars: false,
        dollars: Dollars::Text,
        environments: false,
        halved: false,
    };
    /// What MathJax reads unless told otherwise: `mathjax-support = true` of an mdBook.
    pub const MATHJAX: Formulas =
        Formulas { backslashes: true, double_dollars: true, dollars: Dollars::Text, environments: true, halved: true };
    /// A folder or a file without a `book.toml` that says anything.
    pub const CAREFUL: Formulas = Formulas {
        backslashes: true,
        double_dollars: true,
        dollars: Dollars::Careful,
        environments: true,
        halved: false,
    };
    pub const ALL: Formulas = Formulas {
        backslashes: true,
        double_dollars: true,
        dollars: Dollars::Formula,
        environments: true,
        halved: false,
    };
}

/// What the manuscript was found to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Chapters are listed in `SUMMARY.md`.
    Summary,
    /// Chapters are the files of a folder in the order of their names.
    Folder,
    /// One file: `parse` divides it at its headings.
    File,
}

#[derive(Debug)]
pub enum SourceEntry {
    Part(SourcePart),
    Chapter(SourceChapter),
    Separator,
}

#[derive(Debug)]
pub struct SourcePart {
    /// Inline Markdown.
    pub title: String,
    pub span: Span,
}

/// A chapter before its Markdown is read; the fields are those of [`book::Chapter`](crate::book::Chapter).
#[derive(Debug)]
pub struct SourceChapter {
    /// Inline Markdown.
    pub title: String,
    /// Relative to the `src` folder, with `/` between the parts; empty for a draft.
    pub path: String,
    pub matter: Matter,
    pub depth: u8,
    pub numbered: bool,
    pub span: Span,
    /// `None` for a draft, and for a file that could not be read: a diagnostic has said so.
    pub text: Option<Expanded>,
}
