//! What may be typed after `bifolio release` and `bifolio verify`.
//!
//! In:     the arguments, and `GITHUB_REPOSITORY`, `GITHUB_API_URL` and `GITHUB_TOKEN` of the environment.
//! Out:    [`Release`], [`Verify`].
//! Faults: [`Error::NoBook`]; [`Error::Remote`] where a release is to be attached to nowhere.
//! Absent: the manuscript.

use super::{DIST, Format, Telling, find_book};
use crate::Refuse;
use crate::base::Error;
use clap::{Args, ValueEnum};
use std::fmt;
use std::path::{Path, PathBuf};

/// GitHub's own; a server of one's own is named by `GITHUB_API_URL`, as its runners do.
const API: &str = "https://api.github.com";

#[derive(Debug)]
pub struct Release {
    pub version: Option<String>,
    pub input: PathBuf,
    pub output: PathBuf,
    /// As typed; all when empty.
    pub profiles: Vec<String>,
    pub since: Option<PathBuf>,
    pub judged: Option<PathBuf>,
    pub dry_run: bool,
    pub clobber: bool,
    pub attach: Option<Attach>,
    pub telling: Telling,
}

pub struct Attach {
    pub api: String,
    pub repository: String,
    /// `v` and the version when none is given.
    pub tag: Option<String>,
    pub create: bool,
    pub token: String,
}

/// The token is never shown, not even where a fault is looked for.
impl fmt::Debug for Attach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Attach { api, repository, tag, .. } = self;
        write!(f, "Attach {{ {api} {repository} {tag:?} }}")
    }
}

#[derive(Debug)]
pub struct Verify {
    pub dir: PathBuf,
    /// `None`: hold the files against `SHA256SUMS` alone.
    pub input: Option<PathBuf>,
    pub since: Option<PathBuf>,
    pub telling: Telling,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Service {
    /// The release page of a tag on GitHub, or on a server that speaks its REST API
    Github,
}

#[derive(Args)]
pub struct LowRelease {
    /// Names the files: letters, digits, '.', '-' and '_'
    ///
    /// Without it: `version` under [output.bifolio] in book.toml, else the tag of the commit that is checked out. A `v`
    /// before a digit is left out.
    version: Option<String>,
    /// The book, found as for `build` when absent
    #[arg(short, long, value_name = "DIR")]
    book: Option<PathBuf>,
    /// The folder in which the release folder is laid
    #[arg(short, long, value_name = "DIST", default_value = DIST)]
    output: PathBuf,
    /// Make only these editions: epub, print, kdp, ingram, bod, pdfx-1a, pdfx-4
    ///
    /// Without it: epub, print and the `profiles` of book.toml.
    #[arg(long = "profile", value_name = "NAME", value_delimiter = ',')]
    profiles: Vec<String>,
    /// An earlier release folder: the notes say what changed since
    #[arg(long, value_name = "DIR")]
    since: Option<PathBuf>,
    /// A JSON file with what judges said of the editions, for the manifest
    #[arg(long, value_name = "FILE")]
    judged: Option<PathBuf>,
    /// Make everything, show it, write nothing
    #[arg(long, conflicts_with = "attach")]
    dry_run: bool,
    /// Replace a release folder, and attached files, that have other contents
    #[arg(long)]
    clobber: bool,
    /// Make the release in spite of warnings; errors always stop it
    #[arg(long)]
    allow_warnings: bool,
    /// Attach the files to the release page of the tag; the token is taken from GITHUB_TOKEN
    #[arg(long, value_name = "SERVICE")]
    attach: Option<Service>,
    /// The repository on the service, when GITHUB_REPOSITORY does not name it
    #[arg(long, value_name = "OWNER/NAME", requires = "attach")]
    repo: Option<String>,
    /// The tag of the release page; v and the version when absent
    #[arg(long, value_name = "TAG", requires = "attach")]
    tag: Option<String>,
    /// Make the release page where the tag has none; readers see it when all files are there
    #[arg(long, requires = "attach")]
    create: bool,
    /// How faults of the manuscript are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: Format,
    /// Print the release folder's path, and nothing else but errors
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Args)]
pub struct LowVerify {
    /// A release folder
    dir: PathBuf,
    /// The book, found as for `build` when absent
    #[arg(short, long, value_name = "DIR", conflicts_with = "checksums")]
    book: Option<PathBuf>,
    /// Only hold the files against SHA256SUMS; needs no manuscript
    #[arg(long)]
    checksums: bool,
    /// The earlier release folder that the release notes compare with
    #[arg(long, value_name = "DIR", conflicts_with = "checksums")]
    since: Option<PathBuf>,
    /// How faults of the manuscript are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: Format,
    /// Print only what differs
    #[arg(short, long)]
    quiet: bool,
}

pub const RELEASE_EXAMPLES: &str = "\
Examples:
  bifolio release 1.0                 dist/<book>-1.0/ with the e-book, the print PDF, page-map.tsv,
                                      RELEASE-NOTES.md, manifest.json and SHA256SUMS
  bifolio release 1.1 --since dist/my-book-1.0
                                      the notes tell which chapters changed, by words and pages
  bifolio release --dry-run           shows what would be laid
  bifolio release 1.0 --attach github --repo owner/name --tag v1.0
                                      attaches the files to the page; run it again to go on where it broke off

Dates come from SOURCE_DATE_EPOCH, else from `date` in book.toml, else from the newest commit.
The folder appears whole or not at all. Warnings stop a release, unless --allow-warnings is given.";

pub const VERIFY_EXAMPLES: &str = "\
Examples:
  bifolio verify dist/my-book-1.0     makes the release anew and compares, by chapter and page
  bifolio verify --checksums my-book-1.0
                                      tells damaged and missing files; the manuscript is not needed

Exit codes:
  0  every file is as it should be
  1  a file differs or is missing, or the manuscript has errors
  2  wrong usage, or a fault of the world: no such folder";

impl LowRelease {
    pub fn check(self) -> Result<Release, Error> {
        let attach = match self.attach {
            None => None,
            Some(Service::Github) => Some(Attach {
                api: set("GITHUB_API_URL").unwrap_or_else(|| API.to_owned()),
                repository: self.repo.or_else(|| set("GITHUB_REPOSITORY")).ok_or_else(|| Error::Remote {
                    why: "no repository is named to attach the release to".to_owned(),
                    hint: "name it with --repo owner/name".to_owned(),
                })?,
                tag: self.tag,
                create: self.create,
                token: set("GITHUB_TOKEN").ok_or_else(|| Error::Remote {
                    why: "there is no token to attach the release with".to_owned(),
                    hint: "put one with the permission 'contents: write' into the variable GITHUB_TOKEN".to_owned(),
                })?,
            }),
        };
        Ok(Release {
            version: self.version,
            input: find_book(self.book, Path::new("."))?,
            output: self.output,
            profiles: self.profiles.into_iter().filter(|name| !name.is_empty()).collect(),
            since: self.since,
            judged: self.judged,
            dry_run: self.dry_run,
            clobber: self.clobber,
            attach,
            telling: Telling {
                refuse: if self.allow_warnings { Refuse::Errors } else { Refuse::Warnings },
                format: self.message_format,
                quiet: self.quiet,
            },
        })
    }
}

impl LowVerify {
    pub fn check(self) -> Result<Verify, Error> {
        let input = if self.checksums { None } else { Some(find_book(self.book, Path::new("."))?) };
        let telling = Telling { refuse: Refuse::Errors, format: self.message_format, quiet: self.quiet };
        Ok(Verify { dir: self.dir, input, since: self.since, telling })
    }
}

/// A variable of the environment that holds something.
fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
