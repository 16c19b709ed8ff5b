//! Runs as they are seen → runs as they are read.
//!
//! In:     runs in the order of their places on the page.
//! Out:    the same, each line in the order of its text; whether white follows a run that no glyph shows.
//! Absent: glyphs: `show` goes through those of a run.

use super::Pen;
use crate::pdf::write::glyphs::{falls, leaf_string};
use crate::pdf::{Placed, Run, RunSource, Shape};

/// The runs line by line in the order of the text, where some are read from the right; `None` where none is.
pub fn of_reading(items: &[Placed]) -> Option<Vec<Placed>> {
    let is_read_back = |item: &Placed| matches!(&item.shape, Shape::Run(run) if falls(run));
    if !items.iter().any(is_read_back) {
        return None;
    }
    let lines = items.chunk_by(|one, two| (one.owner, one.at) == (two.owner, two.at));
    let mut read = Vec::with_capacity(items.len());
    for line in lines {
        let begin = read.len();
        read.extend_from_slice(line);
        read[begin..].sort_by_key(place);
    }
    Some(read)
}

impl Pen<'_> {
    /// Whether the text has a space or a line's end after this run that no glyph shows.
    pub(super) fn swallows_space(&self, run: &Run, next: Option<&Placed>) -> bool {
        let RunSource::Leaf { leaf, range } = &run.source else { return false };
        let string = leaf_string(self.desk.tree, *leaf);
        if !string.get(range.end as usize..).is_some_and(|rest| rest.starts_with([' ', '\u{2002}', '\n'])) {
            return false;
        }
        let follows = next.is_some_and(|next| {
            matches!(&next.shape, Shape::Run(Run { source: RunSource::Leaf { leaf: other, range: after }, .. })
                if other == leaf && after.start == range.end)
        });
        !follows
    }
}

/// Where in its leaf a run begins.
fn place(item: &Placed) -> u32 {
    match &item.shape {
        Shape::Run(Run { source: RunSource::Leaf { range, .. } | RunSource::Initial { range, .. }, .. }) => range.start,
        Shape::Run(Run { source: RunSource::Atom { at, .. }, .. }) => *at,
        // A hyphen ends its line.
        Shape::Run(Run {
            source: RunSource::Hyphen { .. } | RunSource::WrapMark | RunSource::Leader | RunSource::Made(_),
            ..
        })
        | Shape::Picture { .. }
        | Shape::Formula { .. }
        | Shape::Fill { .. } => u32::MAX,
    }
}
