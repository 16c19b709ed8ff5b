//! Book → Tree: settles every count, name, sign and reference, so that no edition has to.
//!
//! In:     [`Book`](crate::book::Book), the theme's wording and numbering, the facts of the pictures.
//! Out:    [`Tree`], whose invariants stand in `tree.rs`.
//! Faults: `ref.*`, `picture.*`, `note.*`, `index.*`.
//! Absent: widths, heights, file names.

pub mod page_map;
pub mod tree;

pub use page_map::{PageMap, PageStart};
pub use tree::{Anchor, Atom, Content, Detail, Link, Locus, Mark, NodeId, SectionId, Text, Tree};
