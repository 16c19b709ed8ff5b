//! Finished editions → files on disk.
//!
//! In:     names and bytes.
//! Out:    the files, all of them or none.
//! Faults: [`Error::Write`](crate::base::Error::Write).
//! Absent: what the bytes mean.

pub mod changes;
pub mod checksum;
pub mod folder;
pub mod git;
pub mod github;
pub mod manifest;
pub mod notes;
pub mod version;
