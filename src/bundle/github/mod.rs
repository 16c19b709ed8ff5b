//! Attaches the files of a release to its page on GitHub.
//!
//! In:     names and bytes, the repository and tag, a token.
//! Out:    what became of each file.
//! Faults: [`Error::Remote`], each with what to do about it; a token never stands in one.
//! Absent: the command line, the environment.
//!
//! Safe to repeat: a file that is there with the same bytes is left alone, one that broke off half-way is laid anew, and
//! one with other bytes is replaced only when asked. Everything is compared before anything is sent.

mod api;
mod http;

pub use http::Patience;

use crate::base::Error;
use api::{Api, Asset, Release};

/// Where the files go, and how.
#[derive(Clone, Debug)]
pub struct Target {
    /// `https://api.github.com`, or that of a server of one's own.
    pub api: String,
    /// `owner/name`.
    pub repository: String,
    pub tag: String,
    /// Replace files that are there with other bytes.
    pub clobber: bool,
    /// Make the release page where the tag has none, with this text; it stays a draft until all files are there.
    pub create: Option<Page>,
    pub patience: Patience,
}

/// A release page to be made.
#[derive(Clone, Debug)]
pub struct Page {
    pub title: String,
    /// Markdown.
    pub text: String,
}

/// What became of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Attached,
    /// It was there with the same bytes.
    Present,
    Replaced,
}

/// One file to attach.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// 64 hexadecimal digits.
    pub sha256: &'a str,
}

/// Attaches the files in their order. `told` hears of each as it is done.
pub fn attach(
    files: &[File<'_>],
    target: &Target,
    token: &str,
    mut told: impl FnMut(&str, Outcome),
) -> Result<(), Error> {
    let api = Api::new(target, token)?;
    let (release, made) = find_or_make(&api, target)?;
    let present = api.assets(&release)?;
    let differing: Vec<&str> = files
        .iter()
        .filter(|file| named(&present, file.name).is_some_and(|asset| asset.is_whole() && !asset.is_same(file)))
        .map(|file| file.name)
        .collect();
    if !differing.is_empty() && !target.clobber {
        return Err(others(target, &differing));
    }
    for file in files {
        let outcome = attach_one(&api, target, &release, file, named(&present, file.name))?;
        told(file.name, outcome);
    }
    // A draft that someone else is preparing stays one.
    if made || release.draft && target.create.is_some() { api.publish(&release) } else { Ok(()) }
}

fn find_or_make(api: &Api<'_>, target: &Target) -> Result<(Release, bool), Error> {
    if let Some(release) = api.release()? {
        return Ok((release, false));
    }
    let Some(page) = &target.create else {
        return Err(Error::Remote {
            why: format!(
                "{} has no release for the tag {}, or the token may not see it",
                target.repository, target.tag
            ),
            hint: "make the release first, or let --create make it".to_owned(),
        });
    };
    if !api.has_tag()? {
        return Err(Error::Remote {
            why: format!("{} has no tag {}, or the token may not see the repository", target.repository, target.tag),
            hint: format!("push it first: git push origin {}", target.tag),
        });
    }
    Ok((api.make(page)?, true))
}

fn attach_one(
    api: &Api<'_>,
    target: &Target,
    release: &Release,
    file: &File<'_>,
    present: Option<&Asset>,
) -> Result<Outcome, Error> {
    let mut outcome = Outcome::Attached;
    match present {
        Some(asset) if asset.is_whole() && asset.is_same(file) => return Ok(Outcome::Present),
        Some(asset) => {
            // Either half a file of a run that broke off, or one that may be replaced: `attach` has asked.
            outcome = if asset.is_whole() { Outcome::Replaced } else { Outcome::Attached };
            api.delete(asset)?;
        }
        None => {}
    }
    let mut tries = target.patience.tries();
    loop {
        let fault = match api.upload(release, file) {
            Ok(()) => return Ok(outcome),
            Err(fault) => fault,
        };
        if !fault.may_pass && !fault.exists {
            return Err(fault.error);
        }
        let more = tries.wait(fault.wait);
        // The answer may have been lost after the file arrived, or the file have arrived in part.
        match named(&api.assets(release)?, file.name) {
            Some(asset) if asset.is_whole() && asset.is_same(file) => return Ok(outcome),
            Some(asset) if !asset.is_whole() || target.clobber => api.delete(asset)?,
            Some(_) => return Err(others(target, &[file.name])),
            None => {}
        }
        if !more {
            return Err(fault.error);
        }
    }
}

fn named<'a>(assets: &'a [Asset], name: &str) -> Option<&'a Asset> {
    assets.iter().find(|asset| asset.name == name)
}

fn others(target: &Target, names: &[&str]) -> Error {
    Error::Remote {
        why: format!("the release {} has other bytes under the same name: {}", target.tag, names.join(", ")),
        hint: "give another version and tag, or replace them with --clobber".to_owned(),
    }
}
