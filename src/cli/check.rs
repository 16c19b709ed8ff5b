//! `bifolio check --epub`: an e-book of any maker → its faults.
//!
//! In:     [`args::Check`](super::args::Check).
//! Out:    faults on stderr, a line on stdout, an exit code.
//! Faults: the world's; the e-book's go to the report.

use super::EXIT_MANUSCRIPT;
use super::args::{Check, Format, Telling};
use super::report::Report;
use crate::base::Error;
use crate::check::epub;
use std::io::{self, Write as _};
use std::process::ExitCode;

pub fn run(args: &Check) -> Result<ExitCode, Error> {
    let bytes = std::fs::read(&args.epub).map_err(|source| Error::Read { path: args.epub.clone(), source })?;
    let checked = epub::check(&bytes);
    let Telling { refuse, format, quiet } = args.telling;
    Report::to_stderr(format).diagnostics(&checked.sink, &checked.files, &args.epub, args.telling.least());
    let is_refused = refuse.forbids(&checked.sink);
    if !quiet && format != Format::Json {
        let epub::Counted { version, texts, pictures, fonts, pages } = &checked.counted;
        let verdict = match (is_refused, checked.sink.list().len()) {
            (false, 0) => "no faults found",
            (false, _) => "no errors",
            (true, _) => "faulty",
        };
        // Nobody may be reading any more; the exit code says it all the same.
        let _ = writeln!(
            io::stdout().lock(),
            "{}: {verdict}; EPUB {version}, texts: {texts}, pictures: {pictures}, fonts: {fonts}, printed pages: {pages}",
            args.epub.display()
        );
    }
    Ok(if is_refused { ExitCode::from(EXIT_MANUSCRIPT) } else { ExitCode::SUCCESS })
}
