//! Which glyphs the pages show, and which text each stands for.
//!
//! In:     the sheets and the tree.
//! Out:    [`Usage`]: by face, the glyphs with their text.
//! Absent: the subsets made from it.

use crate::asset::FaceId;
use crate::layout::tree::{NodeId, Tree};
use crate::pdf::{Glyph, Run, RunSource, Sheet};
use rayon::prelude::*;

/// Sheets that are worked on together: a fixed number, so that the bytes do not hang on the number of threads; and a
/// small one, so that their operations stay in the cache until they are serialized.
pub const CHUNK: usize = 4;

/// Sheets for which a table of glyphs pays.
const LEAST: usize = 64;

/// The glyphs in use, by face and glyph id.
#[derive(Default)]
pub struct Usage {
    faces: Vec<Vec<Seen>>,
}

/// What is known of a glyph.
#[derive(Clone, Default)]
pub struct Seen {
    pub used: bool,
    /// The text of the first cluster that this glyph shows alone.
    pub alone: Option<Box<str>>,
    /// The text of the first cluster that it shows together with others.
    pub shared: Option<Box<str>>,
}

impl Usage {
    pub fn of(sheets: &[Sheet], tree: &Tree) -> Usage {
        // Each thread keeps one table for all its sheets: a table has a row for each glyph of a face, and one for every
        // few sheets would fill some hundred megabytes. The order is kept, so the bytes do not hang on the split.
        let take = |mut usage: Usage, sheet: &Sheet| {
            for run in sheet.items.iter().flat_map(|item| item.shape.runs()) {
                usage.take(run, source(run, tree));
            }
            usage
        };
        sheets.par_iter().with_min_len(LEAST).fold(Usage::default, take).reduce(Usage::default, Usage::join)
    }

    /// The faces in use with their glyphs, in the order of their ids.
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &[Seen])> {
        let faces = self.faces.iter().enumerate().filter(|(_, glyphs)| glyphs.iter().any(|seen| seen.used));
        faces.map(|(face, glyphs)| (FaceId(face as u16), glyphs.as_slice()))
    }

    fn take(&mut self, run: &Run, source: &str) {
        for cluster in Clusters::of(run, source) {
            let text = cluster.text;
            for glyph in cluster.glyphs {
                let seen = self.slot(run.face, glyph.id);
                seen.used = true;
                let place = if cluster.glyphs.len() == 1 { &mut seen.alone } else { &mut seen.shared };
                if place.is_none() && !text.is_empty() {
                    *place = Some(text.into());
                }
            }
        }
    }

    fn slot(&mut self, face: FaceId, glyph: u16) -> &mut Seen {
        let (face, glyph) = (usize::from(face.0), usize::from(glyph));
        if self.faces.len() <= face {
            self.faces.resize_with(face + 1, Vec::new);
        }
        let glyphs = &mut self.faces[face];
        if glyphs.len() <= glyph {
            glyphs.resize_with(glyph + 1, Seen::default);
        }
        &mut glyphs[glyph]
    }

    /// What stands earlier in the book wins.
    fn join(mut self, later: Usage) -> Usage {
        for (face, glyphs) in later.faces.into_iter().enumerate() {
            for (glyph, other) in glyphs.into_iter().enumerate().filter(|(_, other)| other.used) {
                let seen = self.slot(FaceId(face as u16), glyph as u16);
                seen.used = true;
                seen.alone = seen.alone.take().or(other.alone);
                seen.shared = seen.shared.take().or(other.shared);
            }
        }
        self
    }
}

/// The text that a run shows, into which its clusters point.
pub fn source<'a>(run: &'a Run, tree: &'a Tree) -> &'a str {
    match &run.source {
        RunSource::Leaf { leaf, range } | RunSource::Initial { leaf, range } => {
            leaf_string(tree, *leaf).get(range.start as usize..range.end as usize).unwrap_or("")
        }
        RunSource::Atom { text, .. } | RunSource::Made(text) => text,
        RunSource::Hyphen { .. } => "-",
        RunSource::WrapMark => crate::pdf::code::MARK,
        RunSource::Leader => ".",
    }
}

pub fn leaf_string(tree: &Tree, leaf: NodeId) -> &str {
    tree.node(leaf).text().map_or("", |text| text.string.as_str())
}

/// Glyphs that show one piece of text together: the smallest unit that can be told from the text.
pub struct Cluster<'a> {
    pub glyphs: &'a [Glyph],
    pub text: &'a str,
}

/// Whether a run is read from the right.
pub fn falls(run: &Run) -> bool {
    run.glyphs.first().map(|glyph| glyph.cluster) > run.glyphs.last().map(|glyph| glyph.cluster)
}

/// The clusters of a run, from left to right.
pub struct Clusters<'a> {
    glyphs: &'a [Glyph],
    next: usize,
    source: &'a str,
    /// The direction: clusters rise to the right.
    rises: bool,
}

impl<'a> Clusters<'a> {
    pub fn of(run: &'a Run, source: &'a str) -> Clusters<'a> {
        Clusters { glyphs: &run.glyphs, next: 0, source, rises: !falls(run) }
    }
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    fn next(&mut self) -> Option<Cluster<'a>> {
        let glyphs = self.glyphs;
        let first = glyphs.get(self.next)?;
        let mut after = self.next + 1;
        while glyphs.get(after).is_some_and(|glyph| glyph.cluster == first.cluster) {
            after += 1;
        }
        let start = first.cluster as usize;
        // The text goes on to where the next cluster in reading order starts.
        let neighbour = if self.rises { glyphs.get(after) } else { self.next.checked_sub(1).map(|at| &glyphs[at]) };
        let end = neighbour.map_or(self.source.len(), |glyph| glyph.cluster as usize);
        let cluster = Cluster { glyphs: &glyphs[self.next..after], text: self.source.get(start..end).unwrap_or("") };
        self.next = after;
        Some(cluster)
    }
}
