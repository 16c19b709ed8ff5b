//! Faults of the manuscript, as data. A phase puts them in a [`Sink`] and goes on with a stand-in, so that the author
//! gets all of them in one run. Only `cli/report.rs` prints them.

use super::span::Span;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The book is made; a reader will hardly notice.
    Note,
    /// The book is made, but something in it is not what the author wrote or wanted.
    Warning,
    /// No book is made.
    Error,
}

/// One fault, with its place and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable name, `phase.fault`, that an author can look up or silence: `include.missing`, `ref.unknown`.
    pub code: &'static str,
    /// One sentence without a full stop, lower case at its start, that names the thing at fault.
    pub message: String,
    pub at: Option<Span>,
    /// What to do: `did you mean "figures/map.svg"?`
    pub hints: Vec<String>,
}

impl Diagnostic {
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity, code, message: message.into(), at: None, hints: Vec::new() }
    }

    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message)
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message)
    }

    pub fn note(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Note, code, message)
    }

    pub fn at(mut self, span: impl Into<Option<Span>>) -> Diagnostic {
        self.at = span.into();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }
}

/// Where diagnostics gather. Phases that run in parallel fill a sink each; [`Sink::append`] joins them in reading
/// order, so that the list does not depend on the number of threads.
#[derive(Default, Debug)]
pub struct Sink {
    list: Vec<Diagnostic>,
}

impl Sink {
    pub fn new() -> Sink {
        Sink::default()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn append(&mut self, other: Sink) {
        self.list.extend(other.list);
    }

    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}

/// The known name nearest to `name`, when it is near enough to be what was meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Jaro–Winkler likeness under which a guess confuses more than it helps; found by trying misspelt keys.
    const NEAR: f64 = 0.8;
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
