//! `bifolio audit`: the typography report of the print edition.
//!
//! In:     [`args::Audit`](super::args::Audit).
//! Out:    the report on stdout, an exit code.
//! Faults: the world's; the manuscript's go to the report of faults on stderr.

mod json;
mod text;

use super::EXIT_MANUSCRIPT;
use super::args::{Audit, Output};
use super::report::Report;
use crate::audit::{self, Finding};
use crate::base::{Error, Files, Severity};
use crate::pdf::Pages;
use crate::phase::UNWATCHED;
use crate::theme::bar::{Flaw, RULES, Rule};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// A report with all that is needed to print it.
struct Told<'a> {
    title: &'a str,
    audit: &'a audit::Audit,
    pages: &'a Pages,
    files: &'a Files,
    root: &'a Path,
    forbidden: &'a [Flaw],
    /// What is asked for, in order.
    rules: Vec<&'static Rule>,
    flaws: Vec<Flaw>,
}

pub fn run(args: &Audit) -> Result<ExitCode, Error> {
    let mut settled = crate::settle(&args.input, UNWATCHED)?;
    let pages = settled.paginate(UNWATCHED);
    let m = &settled.manuscript;
    Report::to_stderr(args.format).diagnostics(&settled.sink, &m.files, &m.root, Severity::Warning);
    if settled.is_refused(crate::Refuse::Errors) {
        return Ok(ExitCode::from(EXIT_MANUSCRIPT));
    }
    let audit = audit::audit(&settled.tree, &m.theme, &m.faces, &m.pictures, &pages, &m.files);
    let holds = |flaw: Flaw| args.only.is_empty() || args.only.iter().any(|only| only.holds(flaw));
    let flaws: Vec<Flaw> = Flaw::ALL.into_iter().filter(|flaw| holds(*flaw)).collect();
    let told = Told {
        title: &settled.tree.metadata.title,
        audit: &audit,
        pages: &pages,
        files: &m.files,
        root: &m.root,
        forbidden: &m.forbidden,
        rules: RULES.iter().filter(|rule| flaws.iter().any(|flaw| flaw.rule().number == rule.number)).collect(),
        flaws,
    };
    let out = match args.output {
        Output::Text => text::report(&told),
        Output::Json => json::report(&told),
    };
    // A reader that closes the pipe (`| head`) has seen enough: that is no fault.
    let _ = io::stdout().lock().write_all(out.as_bytes());
    Ok(if args.strict && !told.is_passed() { ExitCode::from(EXIT_MANUSCRIPT) } else { ExitCode::SUCCESS })
}

impl Told<'_> {
    /// Whether none of the flaws that are told is forbidden.
    fn is_passed(&self) -> bool {
        !self.findings().any(|finding| self.forbidden.contains(&finding.flaw))
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.audit.findings.iter().filter(|finding| self.flaws.contains(&finding.flaw))
    }

    fn of(&self, flaw: Flaw) -> impl Iterator<Item = &Finding> {
        self.audit.findings.iter().filter(move |finding| finding.flaw == flaw)
    }

    fn in_100_pages(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.audit.pages.max(1) as f64
    }

    /// The folio of the page.
    fn page(&self, finding: &Finding) -> Option<&str> {
        finding.sheet.and_then(|sheet| self.pages.sheets.get(sheet)).map(|sheet| sheet.label.as_str())
    }
}
