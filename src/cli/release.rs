//! `bifolio release`: manuscript → a folder to publish, and its page.
//!
//! In:     [`args::Release`](super::args::Release).
//! Out:    `dist/<slug>-<version>/`, a listing on stdout, an exit code.
//! Faults: the world's; the manuscript's go to the report.

use super::args::{Attach, Release as Args};
use super::report;
use super::{EXIT_MANUSCRIPT, progress};
use crate::base::Error;
use crate::bundle::edition::{self, Edition, Profile};
use crate::bundle::folder::{self, Laid};
use crate::bundle::github::{self, File, Outcome, Page, Patience, Target};
use crate::bundle::manifest::{DateFrom, Manifest, judgements};
use crate::bundle::notes::NOTES;
use crate::bundle::release::{Draft, Notes, Release};
use crate::bundle::verify::Found;
use crate::bundle::{checksum, date, version};
use crate::covers::{self, CoverCall, CoverFile};
use crate::phase::Watch;
use crate::press::Press;
use crate::{Made, Order, Refuse};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

pub fn run(args: &Args) -> Result<ExitCode, Error> {
    // A name that nobody knows is told before the work begins.
    edition::named(args.profiles.iter().map(String::as_str), &[])?;
    let earlier = args.since.as_deref().map(|dir| Found::read(dir)?.manifest()).transpose()?;
    let judges = match &args.judged {
        Some(path) => judgements(&fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?)?,
        None => Vec::new(),
    };
    let (mut made, profiles, version, date_from) = progress::watched(!args.telling.quiet, |watch| make(args, watch))?;
    if report::refuses(&made.settled, args.telling) {
        return Ok(ExitCode::from(EXIT_MANUSCRIPT));
    }
    let editions = take_editions(&mut made, &profiles)?;
    let release = Release::compose(Draft {
        manuscript: &made.settled.manuscript,
        tree: &made.settled.tree,
        pages: &made.pages,
        editions,
        version: &version,
        date_from,
        notes: Notes::Since(earlier.as_ref()),
        judges,
    })?;
    let dir = args.output.join(release.stem());
    if args.dry_run {
        print(&format!("{}{}", listing(&release, &dir, "would be laid"), notes_of(&release)));
        return Ok(ExitCode::SUCCESS);
    }
    let laid = folder::lay(&dir, &release.files, args.clobber)?;
    let how = match laid {
        Laid::New => "laid",
        Laid::Same => "was there, byte for byte",
        Laid::Replaced => "replaced",
    };
    print(&if args.telling.quiet { format!("{}\n", dir.display()) } else { listing(&release, &dir, how) });
    if let Some(attach) = &args.attach {
        attach_files(args, attach, &release, &version)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The editions with the date of the release.
fn make(args: &Args, watch: Watch<'_>) -> Result<(Made, Vec<Profile>, String, DateFrom), Error> {
    let mut settled = crate::settle(&args.input, watch)?;
    let (root, metadata) = (&settled.manuscript.root, &settled.manuscript.metadata);
    let version = version::settle(args.version.as_deref(), metadata.version.as_deref(), root)?;
    let (modified, date_from) = date::settle(metadata, root);
    settled.date(&modified);
    let ordered = &settled.manuscript.press.profiles;
    let profiles = edition::named(args.profiles.iter().map(String::as_str), ordered)?;
    let presses = presses(&profiles);
    let order = order(&args.input, &profiles, &presses, args.telling.refuse);
    Ok((crate::finish(settled, order, watch)?, profiles, version, date_from))
}

/// What has to be made for some profiles.
pub fn order<'a>(input: &'a Path, profiles: &[Profile], presses: &'a [Press], refuse: Refuse) -> Order<'a> {
    let (pdf, epub) = (profiles.contains(&edition::PRINT), profiles.contains(&edition::EPUB));
    Order { input, pdf, epub, presses: Some(presses), refuse }
}

/// The printers among some profiles.
pub fn presses(profiles: &[Profile]) -> Vec<Press> {
    profiles.iter().filter(|profile| !profile.is_cover).filter_map(|profile| profile.press).collect()
}

/// The finished editions of some profiles.
pub fn take_editions(made: &mut Made, profiles: &[Profile]) -> Result<Vec<Edition>, Error> {
    let (sheets, starts) = (made.pages.sheets.len(), made.pages.map.starts.len());
    let mut editions = Vec::new();
    let mut covers = take_covers(made, profiles)?;
    for &profile in profiles {
        let (bytes, pages) = match profile.press {
            _ if profile.is_cover => {
                let found = covers.iter_mut().find(|cover| cover.ending == profile.ending);
                (found.map(|cover| std::mem::take(&mut cover.bytes)), 1)
            }
            Some(press) => {
                let print = made.prints.iter_mut().find(|print| print.press == press);
                let count = print.as_ref().map_or(0, |print| print.fitted.count);
                (print.map(|print| std::mem::take(&mut print.bytes)), count)
            }
            None if profile == edition::EPUB => (made.epub.take(), starts),
            None => (made.pdf.take(), sheets),
        };
        editions.extend(bytes.map(|bytes| Edition { profile, pages, bytes }));
    }
    Ok(editions)
}

/// The covers among some profiles.
fn take_covers(made: &mut Made, profiles: &[Profile]) -> Result<Vec<CoverFile>, Error> {
    let wanted: Vec<Profile> = profiles.iter().copied().filter(|profile| profile.is_cover).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let presses: Vec<Press> = wanted.iter().filter_map(|profile| profile.press).collect();
    let ebook = wanted.iter().any(|profile| profile.press.is_none());
    let call = CoverCall { presses: &presses, ebook, ..CoverCall::default() };
    let made_covers = covers::of(&mut made.settled, Some(&made.pages), call)?;
    if made_covers.len() < wanted.len() {
        let hint = "bifolio cover tells what is wrong with it".to_owned();
        return Err(Error::Release { why: "the cover has faults".to_owned(), hint });
    }
    Ok(made_covers)
}

fn listing(release: &Release, dir: &Path, how: &str) -> String {
    let mut out = format!("{} {how}\n", dir.display());
    let width = release.files.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, bytes) in &release.files {
        let _ = writeln!(out, "  {name:width$}  {:>10}  {}", bytes.len(), checksum::sha256(bytes));
    }
    let Manifest { release, inputs, sections, .. } = &release.manifest;
    let from = match release.date_from {
        DateFrom::Environment => "SOURCE_DATE_EPOCH",
        DateFrom::Book => "book.toml",
        DateFrom::Commit => "the newest commit",
        DateFrom::Nowhere => "nowhere: give the book a date",
    };
    let (date, files, sections) = (&release.date, inputs.len(), sections.len());
    let _ = writeln!(out, "  {sections} sections from {files} files, dated {date} (from {from})");
    out
}

fn notes_of(release: &Release) -> String {
    let notes = release.files.iter().find(|(name, _)| name == NOTES);
    notes.map(|(_, text)| format!("\n{}", String::from_utf8_lossy(text))).unwrap_or_default()
}

fn attach_files(args: &Args, attach: &Attach, release: &Release, version: &str) -> Result<(), Error> {
    let text = notes_of(release).trim_start().to_owned();
    let Manifest { book, .. } = &release.manifest;
    let target = Target {
        api: attach.api.clone(),
        repository: attach.repository.clone(),
        tag: attach.tag.clone().unwrap_or_else(|| format!("v{version}")),
        clobber: args.clobber,
        create: attach.create.then(|| Page { title: format!("{} {version}", book.title), text }),
        patience: Patience::default(),
    };
    let sums: Vec<String> = release.files.iter().map(|(_, bytes)| checksum::sha256(bytes)).collect();
    let files: Vec<File<'_>> =
        release.files.iter().zip(&sums).map(|((name, bytes), sha256)| File { name, bytes, sha256 }).collect();
    if !args.telling.quiet {
        print(&format!("{} {}\n", target.repository, target.tag));
    }
    github::attach(&files, &target, &attach.token, |name, outcome| {
        let done = match outcome {
            Outcome::Attached => "attached",
            Outcome::Present => "was there",
            Outcome::Replaced => "replaced",
        };
        if !args.telling.quiet {
            print(&format!("  {name}  {done}\n"));
        }
    })
}

/// Nobody may be reading any more; what is done is done all the same.
fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}
