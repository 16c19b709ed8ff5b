//! `bifolio cover`: manuscript → the covers of printers, and the picture for shops.
//!
//! In:     [`args::Cover`](super::args::Cover).
//! Out:    the files, all or none; a line on each, an exit code.
//! Faults: the world's; the manuscript's go to the report.

use super::args::Cover;
use super::report;
use super::{EXIT_MANUSCRIPT, progress};
use crate::base::Error;
use crate::bundle;
use crate::covers::{CoverCall, covers};
use std::io::{self, Write as _};
use std::process::ExitCode;

pub fn run(args: &Cover) -> Result<ExitCode, Error> {
    let call = CoverCall {
        presses: &args.presses,
        ebook: args.ebook,
        guides: args.guides,
        paper: args.paper.as_deref(),
        pages: args.pages,
        spine: args.spine,
        refuse: args.telling.refuse,
    };
    let made = progress::watched(!args.telling.quiet, |watch| covers(&args.input, call, watch))?;
    let manuscript = &made.settled.manuscript;
    if report::refuses(&made.settled, args.telling) {
        return Ok(ExitCode::from(EXIT_MANUSCRIPT));
    }
    let (names, told): (Vec<_>, Vec<_>) = made
        .files
        .into_iter()
        .map(|file| ((format!("{}{}", manuscript.name, file.ending), file.bytes), file.told))
        .unzip();
    let written = bundle::place(&args.output, &names)?;
    if !args.telling.quiet {
        let mut out = io::stdout().lock();
        for (path, told) in written.iter().zip(told) {
            // Nobody may be reading any more; the files are written all the same.
            let _ = writeln!(out, "{}: {told}", path.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}
