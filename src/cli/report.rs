//! The only printer of diagnostics: for people, one line each, or as JSON.
//!
//! In:     the faults of a run, the files they point into, the book's folder.
//! Out:    text on stderr, sorted by place, each fault once.
//! Absent: any judgement; what a fault means is settled where it was found.

use super::args::{Format, Telling};
use super::excerpt::Excerpt;
use super::gather::{Gathered, Told, gather};
use crate::Settled;
use crate::base::{Diagnostic, Error, Files, Severity, Sink, Span};
use serde_json::json;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::path::{Path, PathBuf};

pub struct Report {
    format: Format,
    paint: Paint,
}

/// The colours of a terminal (ECMA-48, 8.3.117), or none.
#[derive(Clone, Copy)]
struct Paint(bool);

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const CYAN: &str = "1;36";
const BLUE: &str = "1;34";
const BOLD: &str = "1";

impl Paint {
    fn on(self, code: &str, text: &str) -> String {
        if self.0 { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// A diagnostic's place as an author reads it.
struct Shown<'a> {
    path: PathBuf,
    line: usize,
    column: usize,
    excerpt: Excerpt<'a>,
}

/// Prints the faults of a run, and says whether they forbid what it was to make.
pub fn refuses(settled: &Settled, telling: Telling) -> bool {
    let m = &settled.manuscript;
    Report::to_stderr(telling.format).diagnostics(&settled.sink, &m.files, &m.root, telling.least());
    settled.is_refused(telling.refuse)
}

impl Report {
    /// Colours are used on a terminal that wants them (<https://no-color.org>).
    pub fn to_stderr(format: Format) -> Report {
        let unset = |name: &str| std::env::var_os(name).is_none_or(|value| value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Report { format, paint: Paint(io::stderr().is_terminal() && unset("NO_COLOR") && !dumb) }
    }

    /// Prints every fault of at least the severity `least`, then how many there are. `root` is the book's folder, as
    /// the author named it.
    pub fn diagnostics(&self, sink: &Sink, files: &Files, root: &Path, least: Severity) {
        let text = self.text(sink, files, root, least);
        // With nobody there to read it, there is nobody to tell either.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Prints a fault of the world.
    pub fn world(&self, fault: &Error) {
        let message = one_line(&fault.to_string());
        let text = match self.format {
            Format::Human => format!("{}: {message}\n", self.paint.on(RED, "error")),
            Format::Short => format!("bifolio: error: {message}\n"),
            Format::Json => format!("{}\n", json!({ "severity": "error", "code": "world", "message": message })),
        };
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Prints what to do next, for people only.
    pub fn advise(&self, advice: &str) {
        if self.format == Format::Human {
            let _ = io::stderr().lock().write_all(format!("{advice}\n").as_bytes());
        }
    }

    fn text(&self, sink: &Sink, files: &Files, root: &Path, least: Severity) -> String {
        let list = sorted(sink, least);
        let mut out = String::new();
        let shown = |fault: &Diagnostic| fault.at.map(|span| show(span, files, root));
        match self.format {
            Format::Human => self.gathered(&list, files, root, &mut out),
            Format::Short => list.iter().for_each(|fault| short(fault, shown(fault).as_ref(), &mut out)),
            Format::Json => list.iter().for_each(|fault| {
                let _ = writeln!(out, "{}", as_json(fault, shown(fault).as_ref()));
            }),
        }
        if self.format != Format::Json && !list.is_empty() {
            let _ = writeln!(out, "{}", tally(&list));
        }
        out
    }

    fn gathered(&self, list: &[&Diagnostic], files: &Files, root: &Path, out: &mut String) {
        let Gathered { told, rest } = gather(list);
        for Told { fault, also, more } in told {
            let shown = fault.at.map(|span| show(span, files, root));
            self.human(fault, shown.as_ref(), out);
            if also.is_empty() && more == 0 {
                continue;
            }
            let mut places: Vec<String> = also
                .into_iter()
                .map(|span| {
                    let (line, column) = files.line_col(span.file, span.start);
                    format!("{}:{line}:{column}", named(root, files.path(span.file)).display())
                })
                .collect();
            if more > 0 {
                places.push(format!("{more} more places"));
            }
            // The blank line that ends a fault comes after its places.
            out.pop();
            let width = shown.map_or(1, |shown| shown.line.to_string().len());
            let sign = self.paint.on(BLUE, "=");
            let _ = writeln!(out, "{:width$} {sign} also at {}\n", "", places.join(", "));
        }
        for (code, severity, more) in rest {
            let (word, color) = severe(severity);
            let head = self.paint.on(color, &format!("{word}[{code}]"));
            let _ = writeln!(out, "{head}: {more} more; --message-format short lists them all\n");
        }
    }

    fn human(&self, diagnostic: &Diagnostic, shown: Option<&Shown<'_>>, out: &mut String) {
        let (word, color) = severe(diagnostic.severity);
        let head = self.paint.on(color, &format!("{word}[{}]", diagnostic.code));
        let message = self.paint.on(BOLD, &one_line(&diagnostic.message));
        let _ = writeln!(out, "{head}: {message}");
        let width = shown.map_or(1, |shown| shown.line.to_string().len());
        let bar = self.paint.on(BLUE, "|");
        if let Some(shown) = shown {
            let arrow = self.paint.on(BLUE, "-->");
            let Shown { path, line, column, excerpt } = shown;
            let _ = writeln!(out, "{:width$}{arrow} {}:{line}:{column}", "", path.display());
            if !excerpt.is_empty() {
                let number = self.paint.on(BLUE, &format!("{line:>width$}"));
                let (text, blank) = (excerpt.text(), excerpt.blank());
                let marks = self.paint.on(color, &excerpt.marks());
                let _ = writeln!(out, "{:width$} {bar}\n{number} {bar} {text}\n{:width$} {bar} {blank}{marks}", "", "");
            }
        }
        for hint in &diagnostic.hints {
            let sign = self.paint.on(BLUE, "=");
            let _ = writeln!(out, "{:width$} {sign} hint: {}", "", one_line(hint));
        }
        out.push('\n');
    }
}

/// The faults in the order of the manuscript, each once; those without a place stand last.
fn sorted(sink: &Sink, least: Severity) -> Vec<&Diagnostic> {
    let mut list: Vec<&Diagnostic> = sink.list().iter().filter(|fault| fault.severity >= least).collect();
    let place = |fault: &Diagnostic| fault.at.map_or((true, None), |span| (false, Some(span)));
    let key = |fault: &Diagnostic| (place(fault), std::cmp::Reverse(fault.severity), fault.code);
    list.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| (&a.message, &a.hints).cmp(&(&b.message, &b.hints))));
    list.dedup();
    list
}

fn show<'a>(span: Span, files: &'a Files, root: &Path) -> Shown<'a> {
    let (line, column) = files.line_col(span.file, span.start);
    let (last, end) = files.line_col(span.file, span.end);
    let text = files.line(span.file, line);
    // A fault of several lines is marked to the end of its first.
    let end = if last > line { text.chars().count() + 1 } else { end };
    Shown { path: named(root, files.path(span.file)), line, column, excerpt: Excerpt::new(text, column, end) }
}

/// A path that an editor or a shell opens from the current folder.
pub(super) fn named(root: &Path, file: &Path) -> PathBuf {
    let path = root.join(file);
    let here = std::env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    let path = here.unwrap_or(path);
    path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
}

fn short(diagnostic: &Diagnostic, shown: Option<&Shown<'_>>, out: &mut String) {
    match shown {
        Some(Shown { path, line, column, .. }) => {
            let _ = write!(out, "{}:{line}:{column}: ", path.display());
        }
        None => out.push_str("bifolio: "),
    }
    let _ = write!(out, "{}: {} [{}]", word(diagnostic.severity), one_line(&diagnostic.message), diagnostic.code);
    for hint in &diagnostic.hints {
        let _ = write!(out, "; {}", one_line(hint));
    }
    out.push('\n');
}

fn as_json(diagnostic: &Diagnostic, shown: Option<&Shown<'_>>) -> serde_json::Value {
    let Diagnostic { severity, code, message, at, hints } = diagnostic;
    json!({
        "severity": word(*severity),
        "code": code,
        "message": message,
        "file": shown.map(|shown| shown.path.display().to_string()),
        "line": shown.map(|shown| shown.line),
        "column": shown.map(|shown| shown.column),
        "start": at.map(|span| span.start),
        "end": at.map(|span| span.end),
        "hints": hints,
    })
}

/// What a severity is called, and its colour.
fn severe(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", RED),
        Severity::Warning => ("warning", YELLOW),
        Severity::Note => ("note", CYAN),
    }
}

fn word(severity: Severity) -> &'static str {
    severe(severity).0
}

/// `2 errors, 1 warning`.
fn tally(list: &[&Diagnostic]) -> String {
    let of = |severity: Severity| {
        let n = list.iter().filter(|fault| fault.severity == severity).count();
        (n > 0).then(|| format!("{n} {}{}", word(severity), if n == 1 { "" } else { "s" }))
    };
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(of).collect();
    parts.join(", ")
}

/// A message quotes the manuscript; whatever stands there must not break the line or steer the terminal.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests;
