//! A finished run → every file of its release folder, in memory.
//!
//! In:     the manuscript, the tree, the pages, the editions; the version; the release before it.
//! Out:    [`Release`].
//! Faults: [`Error::Release`], [`Error::Package`].
//! Absent: the disk (`folder.rs` writes), the clock.

use super::checksum::{SUMS, sha256, sums};
use super::edition::Edition;
use super::manifest::{FileFacts, Judgement, MANIFEST, Manifest, ReleaseFacts, SCHEMA, Tool};
use super::notes::{NOTES, notes};
use super::page_table::{self, PAGE_MAP};
use super::{date, describe, manifest, section};
use crate::base::Error;
use crate::layout::Tree;
use crate::pdf::Pages;
use crate::source::Manuscript;

/// What a release is made from.
pub struct Draft<'a> {
    pub manuscript: &'a Manuscript,
    pub tree: &'a Tree,
    pub pages: &'a Pages,
    pub editions: Vec<Edition>,
    pub version: &'a str,
    pub date_from: manifest::DateFrom,
    pub notes: Notes<'a>,
    pub judges: Vec<Judgement>,
}

/// Where the release notes come from.
pub enum Notes<'a> {
    /// Compared with the manifest of an earlier release, when there is one.
    Since(Option<&'a Manifest>),
    /// Taken over with the version they compare with: the earlier release is not at hand.
    Kept { text: Vec<u8>, since: Option<String> },
}

/// A release before it is written.
#[derive(Debug)]
pub struct Release {
    pub manifest: Manifest,
    /// Name and bytes of every file, `SHA256SUMS` the last.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Release {
    pub fn compose(draft: Draft<'_>) -> Result<Release, Error> {
        let Draft { manuscript, tree, pages, editions, version, date_from, notes: from, judges } = draft;
        let stem = format!("{}-{version}", manuscript.name);
        let since = match &from {
            Notes::Since(earlier) => earlier.map(|earlier| earlier.release.version.clone()),
            Notes::Kept { since, .. } => since.clone(),
        };
        let mut manifest = Manifest {
            schema: SCHEMA.to_owned(),
            tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            release: ReleaseFacts {
                version: version.to_owned(),
                stem: stem.clone(),
                date: tree.metadata.modified.clone(),
                date_from,
                since,
            },
            book: describe::book(&tree.metadata, describe::words(tree)),
            editions: editions.iter().map(|edition| edition.facts(&stem)).collect(),
            files: Vec::new(),
            inputs: describe::inputs(manuscript)?,
            sections: section::facts(tree, pages, &manuscript.files),
            fonts: Vec::new(),
            judges,
        };
        manifest.fonts = describe::fonts(manuscript, tree, pages, &manifest.editions);
        let text = match from {
            Notes::Since(earlier) => notes(&manifest, earlier).into_bytes(),
            Notes::Kept { text, .. } => text,
        };
        let others = vec![(PAGE_MAP.to_owned(), page_table::table(tree, pages).into_bytes()), (NOTES.to_owned(), text)];
        let facts = |(path, bytes): &(String, Vec<u8>)| FileFacts {
            path: path.clone(),
            size: bytes.len() as u64,
            sha256: sha256(bytes),
        };
        manifest.files = others.iter().map(facts).collect();
        let mut files: Vec<(String, Vec<u8>)> =
            editions.into_iter().map(|edition| (edition.file_name(&stem), edition.bytes)).collect();
        files.extend(others);
        files.push((MANIFEST.to_owned(), manifest.to_json()?));
        let sums = sums(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        files.push((SUMS.to_owned(), sums.into_bytes()));
        Ok(Release { manifest, files })
    }

    /// The name of its folder.
    pub fn stem(&self) -> &str {
        &self.manifest.release.stem
    }
}

pub use date::settle as settle_date;
