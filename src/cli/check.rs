//! `bifolio check --epub`: an e-book of any maker → its faults.
//!
//! In:     [`args::Check`](super::args::Check).
//! Out:    faults on stderr, a line on stdout, an exit code.
//! Faults: the world's; the e-book's go to the report.

use super::EXIT_MANUSCRIPT;
use super::args::{Check, Format};
use super::report::{self, Report};
use crate::base::{Error, Severity};
use crate::check::epub;
use std::io::{self, Write as _};
use std::process::ExitCode;

pub fn run(args: &Check) -> Result<ExitCode, Error> {
    let bytes = std::fs::read(&args.epub).map_err(|source| Error::Read { path: args.epub.clone(), source })?;
    let checked = epub::check(&bytes);
    let least = report::least(args.quiet, args.strict);
    Report::to_stderr(args.format).diagnostics(&checked.sink, &checked.files, &args.epub, least);
    let bad = checked.sink.count(Severity::Error) + if args.strict { checked.sink.count(Severity::Warning) } else { 0 };
    if !args.quiet && args.format != Format::Json {
        let epub::Counted { version, texts, pictures, fonts, pages } = &checked.counted;
        let verdict = match (bad, checked.sink.list().len()) {
            (0, 0) => "no faults found",
            (0, _) => "no errors",
            (_, _) => "faulty",
        };
        // Nobody may be reading any more; the exit code says it all the same.
        let _ = writeln!(
            io::stdout().lock(),
            "{}: {verdict}; EPUB {version}, texts: {texts}, pictures: {pictures}, fonts: {fonts}, printed pages: {pages}",
            args.epub.display()
        );
    }
    Ok(if bad > 0 { ExitCode::from(EXIT_MANUSCRIPT) } else { ExitCode::SUCCESS })
}
