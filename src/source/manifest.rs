//! `book.toml` → settings, with mdBook's keys as they are and our own under `[output.bifolio]`.
//!
//! In:     the text of `book.toml`, the design to change, the faces there are.
//! Out:    [`Manifest`]: metadata, theme, options of the Markdown, the `src` folder, the picture for the cover.
//! Faults: `toml.*`, `config.*`: every one of the file in one run.
//! Absent: `MDBOOK_*` variables, which mdBook lets override keys: the same input must make the same bytes.
//!
//! Source of mdBook's keys: its guide, "Configuration", and `crates/mdbook-core/src/config.rs` of 0.5.

use super::identifier::person;
use super::manifest_cover::CoverKeys;
use super::manifest_edition::read_edition;
use super::manifest_table::{self, Set, Table};
use super::{Formulas, Kind, Options};
use crate::asset::Faces;
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, FileId, Lang, Severity, Sink};
use crate::book::{Contributor, Metadata, Redirect};
use crate::press::Orders;
use crate::theme::Theme;
use crate::theme::bar::{FORBIDDEN, Flaw};

#[derive(Debug)]
pub struct Manifest {
    pub metadata: Metadata,
    /// Whether the language is the book's word, and not English for want of one.
    pub says_language: bool,
    pub theme: Theme,
    pub options: Options,
    /// Which signs begin a formula; `None`: nothing is said.
    pub formulas: Option<Formulas>,
    /// The file of macros of mdbook-katex, a path as written, relative to the book's folder.
    pub macro_file: Option<Set<String>>,
    pub forbidden: Vec<Flaw>,
    /// What is said of the cover: paths as written, relative to the book's folder.
    pub cover: CoverKeys,
    /// The path of the e-book's own style sheet, likewise.
    pub epub_css: Option<Set<String>>,
    /// Printers' PDFs, and the standards of the reading PDF.
    pub press: Orders,
    /// Chapters that moved.
    pub redirects: Vec<Redirect>,
}

impl Default for Manifest {
    /// What stands where there is no `book.toml`.
    fn default() -> Manifest {
        let options = Options { src: "src".to_owned(), kind: Kind::Summary, ..Options::default() };
        Manifest {
            metadata: Metadata::default(),
            says_language: false,
            theme: Theme::default(),
            options,
            formulas: None,
            macro_file: None,
            forbidden: FORBIDDEN.to_vec(),
            cover: CoverKeys::default(),
            epub_css: None,
            press: Orders::default(),
            redirects: Vec::new(),
        }
    }
}

/// Preprocessors of which we do the work ourselves.
const KNOWN_PREPROCESSORS: [&str; 7] = ["links", "index", "trpl-listing", "trpl-note", "admonish", "indexing", "katex"];

pub fn read(text: &str, file: FileId, faces: &Faces, sink: &mut Sink) -> Manifest {
    manifest_table::read(text, file, sink, |top, sink| {
        let mut manifest = Manifest::default();
        if let Some(book) = top.table("book", sink) {
            read_book(&book, &mut manifest, sink);
        }
        if let Some(build) = top.table("build", sink) {
            // mdBook writes missing chapters by itself; we write nothing into a manuscript.
            build.accept(&["build-dir", "create-missing", "use-default-preprocessors", "extra-watch-dirs"]);
            build.close(Severity::Warning, sink);
        }
        if let Some(rust) = top.table("rust", sink) {
            rust.accept(&["edition"]);
            rust.close(Severity::Warning, sink);
        }
        if let Some(preprocessors) = top.table("preprocessor", sink) {
            read_preprocessors(&preprocessors, &mut manifest, sink);
        }
        if let Some(output) = top.table("output", sink) {
            if let Some(html) = output.table("html", sink) {
                read_html(&html, &mut manifest, sink);
            }
            if let Some(edition) = output.table("bifolio", sink) {
                read_edition(&edition, &mut manifest, faces, sink);
            }
            near_bifolio(&output, sink);
        }
        top.close(Severity::Warning, sink);
        manifest
    })
}

fn read_book(book: &Table, manifest: &mut Manifest, sink: &mut Sink) {
    let metadata = &mut manifest.metadata;
    if let Some(title) = book.text("title", sink) {
        metadata.title = title.value.trim().to_owned();
    }
    metadata.authors = authors(book, sink);
    if let Some(author) = book.text("author", sink) {
        // A slip that mdBook 0.4 let pass.
        let told = Diagnostic::warning("config.old-key", "\"author\" is not a key of [book]").at(author.span);
        sink.push(told.hint("write authors = [\"…\"]"));
        if metadata.authors.is_empty() {
            metadata.authors.push(author_named(&author.value));
        }
    }
    metadata.description = book.text("description", sink).map(|text| text.value);
    if let Some(language) = book.text("language", sink) {
        match Lang::parse(&language.value) {
            Some(lang) => {
                metadata.language = lang;
                manifest.says_language = true;
            }
            None => {
                let message = format!("\"{}\" is not a language tag", language.value);
                sink.push(
                    Diagnostic::error("config.language", message)
                        .at(language.span)
                        .hint("write one like \"en\" or \"pt-BR\""),
                );
            }
        }
    }
    if let Some(src) = book.text("src", sink) {
        manifest.options.src = src.value;
    }
    // The direction follows from the language.
    book.accept(&["text-direction"]);
    old_key(book, "multilingual", "mdBook never used it", sink);
    book.close(Severity::Warning, sink);
}

fn authors(book: &Table, sink: &mut Sink) -> Vec<Contributor> {
    let names = book.texts("authors", sink);
    names.iter().filter(|name| !name.value.trim().is_empty()).map(|name| author_named(&name.value)).collect()
}

pub fn author_named(written: &str) -> Contributor {
    Contributor { name: person(written).to_owned(), role: "aut".to_owned(), file_as: None }
}

/// A key of mdBook 0.4 that 0.5 has no more.
fn old_key(table: &Table, key: &'static str, instead: &str, sink: &mut Sink) {
    table.accept(&[key]);
    if let Some(place) = table.place(key) {
        let message = format!("\"{key}\" is a key of mdBook 0.4 that 0.5 has no more");
        sink.push(Diagnostic::warning("config.old-key", message).at(place).hint(instead));
    }
}

fn read_preprocessors(table: &Table, manifest: &mut Manifest, sink: &mut Sink) {
    let mut unknown = Vec::new();
    let mut at = None;
    for key in table.keys() {
        if !KNOWN_PREPROCESSORS.contains(&key.value.as_str()) {
            at = at.or(Some(key.span));
            unknown.push(key.value.clone());
        }
        if key.value == "trpl-note" {
            manifest.options.quoted_notes = true;
        }
        if key.value == "katex" {
            manifest.formulas = Some(Formulas::ALL);
            manifest.macro_file = table.table("katex", sink).and_then(|katex| katex.text("macros", sink));
        }
    }
    if !unknown.is_empty() {
        let message = format!("preprocessors of this book are not run: {}", unknown.join(", "));
        let told = Diagnostic::note("config.preprocessor", message).at(at);
        sink.push(told.hint("what they would change in the text stays as it is written"));
    }
}

fn read_html(html: &Table, manifest: &mut Manifest, sink: &mut Sink) {
    let options = &mut manifest.options;
    // mdBook 0.5 sets typographic signs unless told not to; so do we.
    if let Some(smart) = html.bool("smart-punctuation", sink) {
        manifest.theme.smart_punctuation = smart;
    } else if let Some(curly) = html.bool("curly-quotes", sink) {
        manifest.theme.smart_punctuation = curly;
    }
    old_key(html, "curly-quotes", "write smart-punctuation", sink);
    old_key(html, "copy-fonts", "it has no effect on a book", sink);
    old_key(html, "google-analytics", "it has no effect on a book", sink);
    options.definition_lists = html.bool("definition-lists", sink).unwrap_or(true);
    options.admonitions = html.bool("admonitions", sink).unwrap_or(true);
    if html.bool("mathjax-support", sink) == Some(true) {
        manifest.formulas = manifest.formulas.or(Some(Formulas::MATHJAX));
    }
    if html.bool("no-section-label", sink) == Some(true) {
        manifest.theme.numbering = crate::theme::Numbering::None;
    }
    if let Some(redirects) = html.table("redirect", sink) {
        manifest.redirects = read_redirects(&redirects, html.text_of("site-url").unwrap_or("/"), sink);
    }
    if let Some(code) = html.table("code", sink) {
        if let Some(hidden) = code.table("hidelines", sink) {
            for key in hidden.keys() {
                if let Some(prefix) = hidden.text_of(&key.value).filter(|prefix| !prefix.is_empty()) {
                    options.hidden_lines.insert(key.value.to_ascii_lowercase(), prefix.to_owned());
                }
            }
        }
        code.close(Severity::Warning, sink);
    }
    // Keys about web pages.
    html.accept(&[
        "theme",
        "default-theme",
        "preferred-dark-theme",
        "additional-css",
        "additional-js",
        "git-repository-url",
        "git-repository-icon",
        "edit-url-template",
        "input-404",
        "site-url",
        "cname",
        "hash-files",
        "sidebar-header-nav",
        "live-reload-endpoint",
        "livereload-url",
        "print",
        "fold",
        "playground",
        "playpen",
        "search",
        "sidebar",
    ]);
    html.close(Severity::Warning, sink);
}

/// `site`: the path of the web site, with which redirects to absolute paths begin.
fn read_redirects(table: &Table, site: &str, sink: &mut Sink) -> Vec<Redirect> {
    let redirect = |(from, to): (String, Set<String>)| {
        let new = to.value.trim();
        let within = new.strip_prefix(site).filter(|_| site.starts_with('/'));
        let new = within.map_or_else(|| new.to_owned(), |rest| format!("/{rest}"));
        Redirect { from, to: new, at: to.span }
    };
    table.texts_by_key(sink).into_iter().map(redirect).collect()
}

/// Tables of other programs are none of our business; a misspelt `bifolio` is.
fn near_bifolio(output: &Table, sink: &mut Sink) {
    for key in output.keys() {
        let is_near = key.value != "bifolio"
            && nearest(&key.value, ["bifolio", "html", "markdown", "epub", "pdf"]) == Some("bifolio");
        if is_near {
            let told = Diagnostic::error("toml.key", format!("unknown table [output.{}]", key.value)).at(key.span);
            sink.push(told.hint("did you mean [output.bifolio]?"));
        }
    }
}

#[cfg(test)]
mod tests;
