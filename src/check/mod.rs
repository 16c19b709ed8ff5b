//! Both editions against the tree: nothing lost, nothing twice, nothing out of order; and [`epub`]: any e-book against
//! what EPUB asks for.
//!
//! In:     `Tree`, `Pages`; a printer's rules.
//! Out:    nothing; the editions are as they were.
//! Faults: `check.*`: each is a fault of ours, not of the manuscript, told so that no text is lost in silence; `press.*`:
//!         what a printer would send back.
//! Absent: the files; their texts are held against [`text`] by the tests, which read them with tools of others.

pub mod epub;
pub mod preflight;
mod print;
pub mod text;

pub use preflight::{Proof, preflight};
pub use print::editions;
