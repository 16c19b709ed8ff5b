//! Puts the files that directives name into a chapter's text.
//!
//! In:     a text file, and every file its directives name ([`Included`]).
//! Out:    [`Expanded`]: the text as Markdown will see it, each byte of which leads back to the file it came from.
//! Faults: `include.missing`, `include.anchor`, `include.range`, `include.cycle`, `include.deep`, `include.size`,
//!         `include.name`, `include.outside`, `include.playpen`, `path.*`.
//! Absent: Markdown.

use super::folder::{Folder, parent};
use super::include_load::{DEEPEST, Included};
use super::include_scan::{Action, Directive, NAMES, Selection, may_hold, scan};
use super::map::{Expanded, Joiner, Map};
use super::text::LONGEST;
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, FileId, Files, Sink, Span};

/// What expanding reads; shared by all chapters.
#[derive(Clone, Copy)]
pub struct Library<'a> {
    pub folder: &'a Folder,
    pub files: &'a Files,
    pub included: &'a Included,
}

/// Expands a chapter from byte `from` on (what stands before is front matter).
pub fn expand(library: Library, file: FileId, from: usize, sink: &mut Sink) -> Expanded {
    let text = library.files.text(file).get(from..).unwrap_or_default();
    let source = Expanded { text: text.to_owned(), map: Map::of_file(file, from as u32) };
    if !may_hold(text) {
        return source;
    }
    let mut expander = Expander { library, sink, stack: Vec::new(), room: LONGEST };
    let path = library.files.path(file).to_string_lossy();
    expander.expand(source, parent(&path), Span::top(file))
}

/// Counted for each include beside its text, so that very many empty ones end too.
const COST: usize = 256;

struct Expander<'a, 's> {
    library: Library<'a>,
    sink: &'s mut Sink,
    /// What is being put in now, the outermost first, to catch circles.
    stack: Vec<(FileId, Span)>,
    /// Bytes that may still be added: includes within includes can grow without measure.
    room: usize,
}

impl<'a> Expander<'a, '_> {
    fn expand(&mut self, source: Expanded, base: &str, home: Span) -> Expanded {
        if !may_hold(&source.text) {
            return source;
        }
        let mut out = Joiner::default();
        let mut done = 0;
        for directive in scan(&source.text) {
            let Directive { range, action } = directive;
            out.push_joined(&source, done..range.start);
            done = range.end;
            let at = source.map.span(range.clone());
            match self.act(&action, base, at) {
                Done::Text(text) => push_prefixed(&mut out, &text, at),
                Done::Nothing => {}
                Done::Unescaped => done = range.start + 1,
                Done::Left => out.push_joined(&source, range),
            }
        }
        out.push_joined(&source, done..source.text.len());
        out.finish(home)
    }

    fn act(&mut self, action: &Action, base: &str, at: Span) -> Done {
        match action {
            Action::Escaped => Done::Unescaped,
            Action::Title => Done::Nothing,
            Action::Unknown(name) => {
                if let Some(near) = nearest(name, NAMES) {
                    let told = Diagnostic::warning("include.name", format!("no directive is named \"#{name}\""));
                    self.sink.push(told.hint(format!("did you mean \"#{near}\"?")).at(at));
                }
                Done::Left
            }
            Action::Include { path, selection } => self.include(path, base, at, |this, file| {
                let mut out = Joiner::default();
                for line in this.select(file, *selection, true, path, at).into_iter().filter(|line| line.shown) {
                    push_line(&mut out, line, file, at);
                }
                out
            }),
            Action::RustdocInclude { path, selection } => self.include(path, base, at, |this, file| {
                let mut out = Joiner::default();
                for line in this.select(file, *selection, false, path, at) {
                    push_line(&mut out, line, file, at);
                }
                out
            }),
            Action::Playground { path, attributes, old } => {
                if *old {
                    let told = Diagnostic::warning("include.playpen", "\"#playpen\" is an old name of \"#playground\"");
                    self.sink.push(told.at(at));
                }
                self.include(path, base, at, |this, file| {
                    let mut out = Joiner::default();
                    let comma = if attributes.is_empty() { "" } else { "," };
                    out.push_made(&format!("```rust{comma}{}\n", attributes.join(",")), at);
                    let text = this.library.files.text(file);
                    out.push(text.trim_end_matches('\n'), file, 0);
                    out.push_made("\n```", at);
                    out
                })
            }
        }
    }

    /// Finds the file, lets `take` take its lines, and expands the directives in them.
    fn include(&mut self, path: &str, base: &str, at: Span, take: impl FnOnce(&mut Self, FileId) -> Joiner) -> Done {
        if self.room == 0 {
            return Done::Nothing;
        }
        let entry = match self.library.included.get(self.library.folder, base, path) {
            Ok(entry) => entry,
            Err(refused) => {
                self.sink.push(refused.diagnostic("include.missing", "file", path, at));
                return Done::Left;
            }
        };
        if entry.is_outside {
            let message = format!("\"{path}\" is outside the book's folder, in the repository around it");
            self.sink.push(Diagnostic::warning("include.outside", message).at(at));
        }
        let key = (entry.file, at);
        if self.stack.contains(&key) {
            self.sink.push(
                Diagnostic::error("include.cycle", format!("\"{path}\" includes itself"))
                    .at(at)
                    .hint("take one of the includes out of the circle"),
            );
            return Done::Left;
        }
        if self.stack.len() >= DEEPEST {
            let message = format!("includes are nested more than {DEEPEST} deep");
            self.sink.push(Diagnostic::error("include.deep", message).at(at).hint("put the text in with fewer steps"));
            return Done::Left;
        }
        let taken = take(self, entry.file).finish(at);
        let cost = taken.text.len() + COST;
        if cost > self.room {
            self.room = 0;
            let message = format!("the includes of this chapter come to more than {} MiB", LONGEST >> 20);
            self.sink.push(
                Diagnostic::error("include.size", message)
                    .at(at)
                    .hint("see whether files include each other over and over"),
            );
            return Done::Nothing;
        }
        self.room -= cost;
        self.stack.push(key);
        let name = self.library.files.path(entry.file).to_string_lossy().into_owned();
        let expanded = self.expand(taken, parent(&name), at);
        self.stack.pop();
        Done::Text(expanded)
    }

    /// The lines of a file, without those that hold anchors, each with whether the selection shows it.
    fn select(&mut self, file: FileId, selection: Selection, only_first: bool, path: &str, at: Span) -> Vec<Line<'a>> {
        let library: Library<'a> = self.library;
        let text = library.files.text(file);
        match selection {
            Selection::Lines { from, to } => {
                let lines = lines(text);
                if from >= lines.len().max(1) {
                    let message = format!("\"{path}\" has only {} lines", lines.len());
                    self.sink.push(Diagnostic::warning("include.range", message).at(at));
                }
                let is_shown = |number: usize| number >= from && to.is_none_or(|to| number < to);
                lines.into_iter().enumerate().map(|(n, (text, from))| Line { text, from, shown: is_shown(n) }).collect()
            }
            Selection::Anchor(anchor) => {
                let (lines, found) = anchored(text, anchor, only_first);
                if !found {
                    let known = text.lines().filter_map(|line| marker(line, "ANCHOR:"));
                    let message = format!("no anchor \"{anchor}\" in \"{}\"", path.split(':').next().unwrap_or(path));
                    self.sink.push(match nearest(anchor, known) {
                        Some(near) => Diagnostic::error("include.anchor", message)
                            .at(at)
                            .hint(format!("did you mean \"{near}\"?")),
                        // mdBook shows nothing either, and says nothing of it.
                        None => Diagnostic::warning("include.anchor", message).at(at).hint(format!(
                            "mark the lines in that file with ANCHOR: {anchor} and ANCHOR_END: {anchor}"
                        )),
                    });
                }
                lines
            }
        }
    }
}

enum Done {
    Text(Expanded),
    Nothing,
    /// The backslash goes, the rest is text.
    Unescaped,
    /// The directive stays as it is.
    Left,
}

struct Line<'a> {
    text: &'a str,
    /// The byte of the file it starts at.
    from: usize,
    shown: bool,
}

/// Lines without their ends, each with the byte it starts at.
fn lines(text: &str) -> Vec<(&str, usize)> {
    let mut from = 0;
    let starts = text.split_inclusive('\n').map(|line| {
        let start = from;
        from += line.len();
        (line.strip_suffix('\n').unwrap_or(line), start)
    });
    starts.collect()
}

/// The name after `key` in a line: `ANCHOR:\s*([\w_-]+)`.
fn marker<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let rest = line[line.find(key)? + key.len()..].trim_start();
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
    (length > 0).then(|| &rest[..length])
}

/// The lines of `text` without anchor lines; shown are those between the marks of `anchor`.
///
/// mdBook's `include` ends with the first end mark, its `rustdoc_include` shows every part of that name.
fn anchored<'a>(text: &'a str, anchor: &str, only_first: bool) -> (Vec<Line<'a>>, bool) {
    let (mut found, mut within) = (false, false);
    let mut out = Vec::new();
    for (line, from) in lines(text) {
        if let Some(name) = marker(line, "ANCHOR_END:") {
            if within && only_first && name == anchor {
                break;
            }
            within &= name != anchor;
        } else if let Some(name) = marker(line, "ANCHOR:") {
            within |= name == anchor;
            found |= name == anchor;
        } else {
            out.push(Line { text: line, from, shown: within });
        }
    }
    (out, found)
}

/// Adds a line, and before it the line end of the line before; a line that is not shown becomes a hidden line of Rust.
fn push_line(out: &mut Joiner, line: Line, file: FileId, at: Span) {
    if !out.is_empty() {
        match line.from.checked_sub(1) {
            Some(end) => out.push("\n", file, end),
            None => out.push_made("\n", at),
        }
    }
    if !line.shown {
        out.push_made("# ", at);
    }
    out.push(line.text, file, line.from);
}

/// Adds included text. Where the directive's line holds only white space and quote marks before it, they are put
/// before each further line too, so that the text stays in its list or quote.
fn push_prefixed(out: &mut Joiner, text: &Expanded, at: Span) {
    let line_start = out.text.rfind('\n').map_or(0, |at| at + 1);
    let prefix = out.text[line_start..].to_owned();
    let whole = text.text.strip_suffix('\n').unwrap_or(&text.text).len();
    if prefix.is_empty() || !prefix.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>')) {
        out.push_joined(text, 0..whole);
        return;
    }
    let mut from = 0;
    for line in text.text[..whole].split_inclusive('\n') {
        if from > 0 {
            out.push_made(&prefix, at);
        }
        out.push_joined(text, from..from + line.len());
        from += line.len();
    }
}

#[cfg(test)]
mod tests;
