//! Where two files of a release differ, in terms of the book.
//!
//! In:     the release's bytes and those made anew, the tree and the pages of the latter.
//! Out:    a sentence for each place, the first in reading order first.
//! Absent: the disk.

mod epub;
mod pdf;
mod plain;

pub use plain::{excerpt, lines};

use super::manifest::Manifest;
use crate::layout::Tree;
use crate::pdf::Pages;

/// Places told of one file; more would bury the first.
const MOST: usize = 5;

/// The book as it was made anew: by it places get their names.
#[derive(Clone, Copy)]
pub struct Anew<'a> {
    pub tree: &'a Tree,
    pub pages: &'a Pages,
}

/// Where an edition differs, by its media type.
pub fn edition(media_type: &str, theirs: &[u8], ours: &[u8], anew: Anew<'_>) -> Vec<String> {
    let places = match media_type {
        "application/epub+zip" => epub::places(theirs, ours, anew),
        "application/pdf" => pdf::places(theirs, ours, anew),
        _ => vec![format!("byte {}", first_byte(theirs, ours) + 1)],
    };
    shortened(places)
}

/// What the manifests tell of the reason: another program, another manuscript.
pub fn reasons(theirs: &Manifest, ours: &Manifest) -> Vec<String> {
    let mut out = Vec::new();
    if theirs.tool != ours.tool {
        let (was, now) = (&theirs.tool, &ours.tool);
        out.push(format!(
            "the release was made with {} {}, this is {} {}",
            was.name, was.version, now.name, now.version
        ));
    }
    let find = |list: &[super::manifest::FileFacts], path: &str| {
        list.iter().find(|file| file.path == path).map(|file| file.sha256.clone())
    };
    for was in &theirs.inputs {
        match find(&ours.inputs, &was.path) {
            None => out.push(format!("{} is no longer part of the manuscript", was.path)),
            Some(now) if now != was.sha256 => out.push(format!("{} has changed since the release", was.path)),
            Some(_) => {}
        }
    }
    for now in ours.inputs.iter().filter(|now| find(&theirs.inputs, &now.path).is_none()) {
        out.push(format!("{} is new in the manuscript", now.path));
    }
    out
}

/// The place of the first byte that differs.
fn first_byte(theirs: &[u8], ours: &[u8]) -> usize {
    theirs.iter().zip(ours).position(|(a, b)| a != b).unwrap_or(theirs.len().min(ours.len()))
}

fn shortened(mut places: Vec<String>) -> Vec<String> {
    let more = places.len().saturating_sub(MOST);
    places.truncate(MOST);
    if more > 0 {
        places.push(format!("and {more} more"));
    }
    places
}
