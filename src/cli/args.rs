//! The command line: what may be typed, checked before anything is read. The only door to clap.
//!
//! In:     the arguments of the process.
//! Out:    [`Command`], in which every path is settled.
//! Faults: [`Error::NoBook`] where no folder was named and none can be guessed; wrong usage ends in clap with code 2.
//! Absent: the manuscript.

mod audit;
mod cover;
mod release;
mod telling;

pub use audit::{Audit, Only, Output};
pub use cover::Cover;
pub use release::{Attach, Release, Verify};
pub use telling::{Format, Telling};

use crate::Refuse;
use crate::base::Error;
use crate::press::Press;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};
use telling::LowTelling;

/// Where the outputs go when the author does not say.
const DIST: &str = "dist";
/// The folder of a repository that holds its book, when the repository itself is none.
const MANUSCRIPT: &str = "manuscript";

/// A checked command.
#[derive(Debug)]
pub enum Command {
    Build(Build),
    Check(Check),
    Cover(Cover),
    Dump(Dump),
    Audit(Audit),
    Release(Release),
    Verify(Verify),
}

#[derive(Debug)]
pub struct Build {
    pub input: PathBuf,
    pub output: PathBuf,
    pub pdf: bool,
    pub epub: bool,
    /// `None`: those that the book orders.
    pub presses: Option<Vec<Press>>,
    pub telling: Telling,
    pub timings: bool,
}

#[derive(Debug)]
pub struct Check {
    pub epub: PathBuf,
    pub telling: Telling,
}

#[derive(Debug)]
pub struct Dump {
    pub input: PathBuf,
    pub stage: Stage,
}

/// What `dump` prints.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Stage {
    /// The tree that both editions share: one line a node
    Tree,
    /// The laid-out pages: one line a drawn item
    Pages,
}

#[derive(Parser)]
#[command(
    name = "bifolio",
    version,
    about = "One Markdown manuscript in; an EPUB e-book and a typeset print PDF out.",
    after_help = "Try 'bifolio build --help' for examples.",
    max_term_width = 100
)]
struct LowArgs {
    #[command(subcommand)]
    command: LowCommand,
}

#[derive(Subcommand)]
enum LowCommand {
    /// Make the e-book and the print PDF of a manuscript
    #[command(after_long_help = BUILD_EXAMPLES)]
    Build(LowBuild),
    /// Look for faults in an e-book, ours or any other
    #[command(after_long_help = CHECK_EXAMPLES)]
    Check(LowCheck),
    /// Make the printed cover for a printer, back, spine and front, and the picture that shops show
    #[command(after_long_help = cover::COVER_EXAMPLES)]
    Cover(cover::LowCover),
    /// Print a stage between the manuscript and the editions, to see what they are made from
    #[command(after_long_help = DUMP_EXAMPLES)]
    Dump(LowDump),
    /// Report on the typography of the print edition, rule by rule, with the page and the line of the manuscript
    #[command(after_long_help = audit::AUDIT_EXAMPLES)]
    Audit(audit::LowAudit),
    /// Lay a folder to publish: every edition, with checksums, a manifest, a page map and release notes
    #[command(after_long_help = release::RELEASE_EXAMPLES)]
    Release(release::LowRelease),
    /// Make a release anew from its manuscript, and say which files are the same and where others differ
    #[command(after_long_help = release::VERIFY_EXAMPLES)]
    Verify(release::LowVerify),
}

#[derive(Args)]
struct LowBuild {
    /// An mdBook, a folder of Markdown files, or one .md file
    ///
    /// Without it: the current folder if it holds a book.toml, else the folder `manuscript`.
    dir: Option<PathBuf>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIST", default_value = DIST)]
    output: PathBuf,
    /// Write only one of the two editions
    ///
    /// It is the same, byte for byte, as when both are made.
    #[arg(long, value_name = "EDITION")]
    only: Option<Edition>,
    /// Also write a PDF for a printer, beside the one for reading; may be given several times
    ///
    /// Without it: those named by `profiles` under [output.bifolio] in book.toml.
    #[arg(long = "profile", value_name = "PRINTER", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(Press::ALL.map(Press::name)))]
    profiles: Vec<String>,
    /// Write the editions in spite of errors, with stand-ins for what is at fault; the exit code tells
    #[arg(long, conflicts_with = "strict")]
    keep_going: bool,
    #[command(flatten)]
    telling: LowTelling,
    /// Print how long each phase took
    #[arg(long)]
    timings: bool,
}

#[derive(Args)]
struct LowCheck {
    /// The e-book
    #[arg(long, value_name = "FILE")]
    epub: PathBuf,
    #[command(flatten)]
    telling: LowTelling,
}

#[derive(Args)]
struct LowDump {
    /// The stage to print
    stage: Stage,
    /// An mdBook, a folder of Markdown files, or one .md file; found as for `build` when absent
    dir: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Edition {
    Epub,
    Pdf,
}

const BUILD_EXAMPLES: &str = "\
Examples:
  bifolio build                       the book in this folder, or in manuscript/
  bifolio build my-book               an mdBook, or any folder of Markdown files in name order
  bifolio build story.md -o out       one file
  bifolio build --only epub           the e-book alone
  bifolio build --profile kdp --profile ingram
                                      also <book>-kdp.pdf and <book>-ingram.pdf, checked against their rules
  bifolio build --strict --message-format short
                                      for a build server: warnings fail the run, one line a fault

All editions are written to dist/, or none: with an error in the manuscript nothing is
written, and the editions of the run before stay as they are; --keep-going writes them all the same.

Exit codes:
  0  the editions are written
  1  the manuscript has errors; with --strict, warnings count
  2  wrong usage, or a fault of the world: no such folder, a full disk";

const CHECK_EXAMPLES: &str = "\
Examples:
  bifolio check --epub book.epub      every fault with its file in the archive, line and column
  bifolio check --epub book.epub --strict --message-format json
                                      for a build server: warnings fail the run, one JSON object a fault

It looks at the container, the package, links and names, contents and page list, media types,
and at what is promised to readers with disabilities. It takes a blink and does not replace EPUBCheck.

Exit codes:
  0  no errors; with --strict, no warnings either
  1  there are some
  2  wrong usage, or a fault of the world: no such file";

const DUMP_EXAMPLES: &str = "\
Examples:
  bifolio dump tree                   every node of the book in this folder
  bifolio dump pages story.md         every run of glyphs, rule and picture, page by page";

/// Reads the arguments of the process; with wrong usage, `--help` or `--version` the process ends here.
pub fn parse() -> Result<Command, Error> {
    Ok(match LowArgs::parse().command {
        LowCommand::Build(low) => Command::Build(Build {
            input: find_book(low.dir, Path::new("."))?,
            output: low.output,
            pdf: low.only != Some(Edition::Epub),
            epub: low.only != Some(Edition::Pdf),
            presses: presses(&low.profiles, low.only.is_some()),
            telling: match low.keep_going {
                true => Telling { refuse: Refuse::Nothing, ..low.telling.settle() },
                false => low.telling.settle(),
            },
            timings: low.timings,
        }),
        LowCommand::Check(low) => Command::Check(Check { epub: low.epub, telling: low.telling.settle() }),
        LowCommand::Dump(low) => Command::Dump(Dump { input: find_book(low.dir, Path::new("."))?, stage: low.stage }),
        LowCommand::Audit(low) => Command::Audit(low.check()?),
        LowCommand::Cover(low) => Command::Cover(low.check()?),
        LowCommand::Release(low) => Command::Release(low.check()?),
        LowCommand::Verify(low) => Command::Verify(low.check()?),
    })
}

/// The printers named; with one edition alone, none but those.
fn presses(names: &[String], only: bool) -> Option<Vec<Press>> {
    let named: Vec<Press> =
        Press::ALL.into_iter().filter(|press| names.iter().any(|name| name == press.name())).collect();
    (only || !named.is_empty()).then_some(named)
}

/// The folder or file named, or the book that `here` holds.
fn find_book(named: Option<PathBuf>, here: &Path) -> Result<PathBuf, Error> {
    if let Some(path) = named {
        return Ok(path);
    }
    if here.join("book.toml").is_file() {
        return Ok(here.to_owned());
    }
    let manuscript = if here == Path::new(".") { MANUSCRIPT.into() } else { here.join(MANUSCRIPT) };
    if manuscript.is_dir() {
        return Ok(manuscript);
    }
    Err(Error::NoBook {
        path: here.to_owned(),
        looked_for: "there is neither a book.toml nor a folder manuscript; name the book: bifolio build DIR",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use std::fs;

    #[test]
    fn the_command_line_holds_together() {
        LowArgs::command().debug_assert();
    }

    #[test]
    fn the_book_is_found_here_then_in_manuscript_then_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let here = dir.path();
        assert_eq!(find_book(Some("x.md".into()), here).unwrap(), Path::new("x.md"));
        let fault = find_book(None, here).unwrap_err();
        assert!(fault.to_string().contains("bifolio build DIR"), "{fault}");
        fs::create_dir(here.join("manuscript")).unwrap();
        assert_eq!(find_book(None, here).unwrap(), here.join("manuscript"));
        fs::write(here.join("book.toml"), "").unwrap();
        assert_eq!(find_book(None, here).unwrap(), here);
    }
}
