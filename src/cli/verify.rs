//! `bifolio verify`: a release folder → which files are as they should be, and where others differ.
//!
//! In:     [`args::Verify`](super::args::Verify).
//! Out:    a line a file on stdout, an exit code.
//! Faults: the world's; the manuscript's go to the report.

use super::args::Verify;
use super::release::{order, presses, take_editions};
use super::report::Report;
use super::{EXIT_MANUSCRIPT, progress};
use crate::base::{Error, Severity};
use crate::bundle::difference::Anew;
use crate::bundle::edition;
use crate::bundle::notes::NOTES;
use crate::bundle::release::{Draft, Notes, Release};
use crate::bundle::verify::{Checked, Found, Verdict, checksums, compare};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

pub fn run(args: &Verify) -> Result<ExitCode, Error> {
    let found = Found::read(&args.dir)?;
    let checked = match &args.input {
        None => checksums(&found)?,
        Some(input) => match against_manuscript(args, &found, input)? {
            Some(checked) => checked,
            None => return Ok(ExitCode::from(EXIT_MANUSCRIPT)),
        },
    };
    // Nobody may be reading any more; the exit code says it all the same.
    let _ = io::stdout().lock().write_all(text(&checked, args.telling.quiet).as_bytes());
    let is_bad = checked.iter().any(|file| file.verdict.is_bad());
    Ok(if is_bad { ExitCode::from(EXIT_MANUSCRIPT) } else { ExitCode::SUCCESS })
}

/// Makes the release anew; `None` where the manuscript has errors, which are printed.
fn against_manuscript(args: &Verify, found: &Found, input: &Path) -> Result<Option<Vec<Checked>>, Error> {
    let theirs = found.manifest()?;
    let profiles = edition::named(theirs.editions.iter().map(|edition| edition.profile.as_str()), &[])?;
    let presses = presses(&profiles);
    let earlier = args.since.as_deref().map(|dir| Found::read(dir)?.manifest()).transpose()?;
    let mut made = progress::watched(!args.telling.quiet, |watch| {
        let mut settled = crate::settle(input, watch)?;
        settled.date(&theirs.release.date);
        crate::finish(settled, order(input, &profiles, &presses, args.telling.refuse), watch)
    })?;
    if made.settled.is_refused(args.telling.refuse) {
        let manuscript = &made.settled.manuscript;
        let report = Report::to_stderr(args.telling.format);
        report.diagnostics(&made.settled.sink, &manuscript.files, &manuscript.root, Severity::Error);
        return Ok(None);
    }
    let editions = take_editions(&mut made, &profiles)?;
    let notes = match (&earlier, &theirs.release.since) {
        (None, Some(since)) => {
            Notes::Kept { text: found.get(NOTES).unwrap_or_default().to_vec(), since: Some(since.clone()) }
        }
        (earlier, _) => Notes::Since(earlier.as_ref()),
    };
    let anew = Anew { tree: &made.settled.tree, pages: &made.pages };
    let release = Release::compose(Draft {
        manuscript: &made.settled.manuscript,
        tree: anew.tree,
        pages: anew.pages,
        editions,
        version: &theirs.release.version,
        date_from: theirs.release.date_from,
        notes,
        judges: theirs.judges.clone(),
    })?;
    Ok(Some(compare(found, &theirs, &release, anew)))
}

fn text(checked: &[Checked], quiet: bool) -> String {
    let mut out = String::new();
    let width = checked.iter().map(|file| file.name.chars().count()).max().unwrap_or(0);
    for Checked { name, verdict } in checked {
        let (word, places): (&str, &[String]) = match verdict {
            Verdict::Same => ("same", &[]),
            Verdict::Differs(places) => ("DIFFERS", places),
            Verdict::Missing => ("MISSING", &[]),
            Verdict::Unlisted => ("not of this release", &[]),
            Verdict::Kept(why) => ("same", std::slice::from_ref(why)),
        };
        if !quiet || verdict.is_bad() {
            let _ = writeln!(out, "{name:width$}  {word}");
            for place in places {
                let _ = writeln!(out, "    {place}");
            }
        }
    }
    let bad = checked.iter().filter(|file| file.verdict.is_bad()).count();
    let all = checked.iter().filter(|file| file.verdict != Verdict::Unlisted).count();
    let _ = match bad {
        0 if quiet => Ok(()),
        0 => writeln!(out, "all {all} files are the same, byte for byte"),
        bad => writeln!(
            out,
            "{bad} of {all} files {}",
            if bad == 1 { "is not as it should be" } else { "are not as they should be" }
        ),
    };
    out
}
