//! Tree → print PDF.
//!
//! In:     `Tree`, `Theme`, `Faces`, `Pictures`.
//! Out:    [`Pages`] with their page map, then the bytes of the file.
//! Faults: `line.*`, `glyph.*`, `page.*`, `picture.*`.
//! Absent: Markdown, counting, naming; whatever does not depend on a width or a height.

pub mod line;
pub mod sheet;
pub mod write;

pub use line::{Glyph, Line, LinePicture, Run, RunSource};
pub use sheet::{Furniture, Owner, Pages, Place, Placed, Point, Shape, Sheet};
pub use write::write;
