//! Finished editions → files on disk, a release folder, a release page.
//!
//! In:     the finished run, names and bytes.
//! Out:    the files, all of them or none; releases described, compared and attached.
//! Faults: [`Error::Write`](crate::base::Error::Write), [`Error::Release`](crate::base::Error::Release),
//!         [`Error::Remote`](crate::base::Error::Remote).
//! Absent: how an edition is made.
//!
//! 1. `version` and `date` name the release; `edition` names its files.
//! 2. `release` composes the folder in memory: `describe`, `section` and `page_table` say what the book is, `manifest`
//!    and `checksum` write it down, `changes` and `notes` compare it with an earlier release.
//! 3. `place` writes loose editions, `folder` a whole release; `github` attaches one.
//! 4. `verify` holds a release folder against one made anew; `difference` says where they differ.

pub mod changes;
pub mod checksum;
pub mod date;
pub mod describe;
pub mod difference;
pub mod edition;
pub mod folder;
pub mod git;
pub mod github;
pub mod json;
pub mod manifest;
pub mod notes;
pub mod page_table;
pub mod place;
pub mod release;
pub mod section;
pub mod verify;
pub mod version;

pub use place::place;
pub use release::Release;
