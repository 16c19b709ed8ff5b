//! `bifolio build`: manuscript → `dist/<slug>.epub`, `dist/<slug>.pdf`, and `dist/<slug>-<printer>.pdf` where one is wanted.
//!
//! In:     [`args::Build`](super::args::Build).
//! Out:    all files or none, a summary, an exit code.
//! Faults: the world's; the manuscript's go to the report.

use super::args::Build;
use super::report::{self, Report};
use super::summary::Summary;
use super::{EXIT_MANUSCRIPT, progress};
use crate::base::Error;
use crate::{Order, Refuse, bundle};
use std::process::ExitCode;
use std::time::Instant;

pub fn run(build: &Build) -> Result<ExitCode, Error> {
    let start = Instant::now();
    let telling = build.telling;
    let order = Order {
        input: &build.input,
        pdf: build.pdf,
        epub: build.epub,
        presses: build.presses.as_deref(),
        refuse: telling.refuse,
    };
    let mut made = progress::watched(!telling.quiet, |watch| crate::make(order, watch))?;
    let manuscript = &made.settled.manuscript;
    if report::refuses(&made.settled, telling) {
        Report::to_stderr(telling.format)
            .advise("nothing is written; --keep-going writes the editions in spite of errors");
        return Ok(ExitCode::from(EXIT_MANUSCRIPT));
    }
    let named = |extension: &str, bytes: Option<Vec<u8>>| Some((format!("{}.{extension}", manuscript.name), bytes?));
    let mut files: Vec<_> =
        [named("epub", made.epub.take()), named("pdf", made.pdf.take())].into_iter().flatten().collect();
    for print in &mut made.prints {
        files.push((format!("{}-{}.pdf", manuscript.name, print.press.name()), std::mem::take(&mut print.bytes)));
    }
    let written = bundle::place(&build.output, &files)?;
    if !telling.quiet {
        let sizes = written.into_iter().zip(files.iter().map(|(_, bytes)| bytes.len()));
        Summary::of(&made, sizes.collect(), start.elapsed()).print(build.timings);
    }
    let has_errors = made.settled.is_refused(Refuse::Errors);
    // The process ends here: giving back a whole book piece by piece would only keep the author waiting.
    std::mem::forget(made);
    Ok(if has_errors { ExitCode::from(EXIT_MANUSCRIPT) } else { ExitCode::SUCCESS })
}
