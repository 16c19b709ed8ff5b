//! Finished editions → files on disk.
//!
//! In:     names and bytes.
//! Out:    the files, all of them or none.
//! Faults: [`Error::Write`](crate::base::Error::Write).
//! Absent: what the bytes mean.

pub mod place;

pub use place::place;
