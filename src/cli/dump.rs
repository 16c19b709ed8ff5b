//! `bifolio dump`: prints the shared tree or the laid-out pages.
//!
//! In:     [`args::Dump`](super::args::Dump).
//! Out:    the dump on stdout, diagnostics on stderr, an exit code.
//! Faults: the world's; the manuscript's go to the report, and the dump is printed all the same.

use super::EXIT_MANUSCRIPT;
use super::args::{Dump, Format, Stage};
use super::report::Report;
use crate::base::{Error, Severity};
use crate::phase::UNWATCHED;
use crate::{layout, pdf};
use std::io::{self, Write};
use std::process::ExitCode;

pub fn run(dump: &Dump) -> Result<ExitCode, Error> {
    let mut settled = crate::settle(&dump.input, UNWATCHED)?;
    let text = match dump.stage {
        Stage::Tree => layout::dump::tree(&settled.tree),
        Stage::Pages => {
            let pages = settled.paginate(UNWATCHED);
            pdf::dump::pages(&pages, &settled.tree)
        }
    };
    // A reader that closes the pipe (`| head`) has seen enough: that is no fault.
    let _ = io::stdout().lock().write_all(text.as_bytes());
    let manuscript = &settled.manuscript;
    Report::to_stderr(Format::Human).diagnostics(&settled.sink, &manuscript.files, &manuscript.root, Severity::Note);
    Ok(if settled.sink.has_errors() { ExitCode::from(EXIT_MANUSCRIPT) } else { ExitCode::SUCCESS })
}
