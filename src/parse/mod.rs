//! Manuscript → Book.

use crate::base::Sink;
use crate::book::Book;
use crate::source::Manuscript;

/// Reads the chapters of a manuscript.
pub fn parse(manuscript: &mut Manuscript, _sink: &mut Sink) -> Book {
    Book { metadata: manuscript.metadata.clone(), entries: Vec::new() }
}
