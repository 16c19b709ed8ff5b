//! The moment written into the editions: from the environment, the book or its repository, never from the clock.
//!
//! In:     whether `SOURCE_DATE_EPOCH` is set, the book's metadata, its folder.
//! Out:    the moment, and where it comes from.
//! Absent: time zones: every moment is in UTC.

use super::git;
use super::manifest::DateFrom;
use crate::book::Metadata;
use crate::source::measure::moment;
use std::path::Path;

/// The moment of a release. `source` has settled the first two; here the newest commit comes after them.
pub fn settle(metadata: &Metadata, root: &Path) -> (String, DateFrom) {
    if is_in_environment() {
        return (metadata.modified.clone(), DateFrom::Environment);
    }
    if metadata.date.is_some() {
        return (metadata.modified.clone(), DateFrom::Book);
    }
    match git::newest_commit(root) {
        Ok(seconds) => (moment(seconds), DateFrom::Commit),
        // A book outside any repository: its date stays the one that `source` falls back to.
        Err(_) => (metadata.modified.clone(), DateFrom::Nowhere),
    }
}

/// Whether `SOURCE_DATE_EPOCH` names a moment, by the rule of `source`.
fn is_in_environment() -> bool {
    crate::source::read::epoch().is_some()
}
