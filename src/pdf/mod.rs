//! Tree → print PDF.
//!
//! In:     `Tree`, `Theme`, `Faces`, `Pictures`.
//! Out:    [`Pages`] with their page map, then the bytes of the file.
//! Faults: `line.*`, `glyph.*`, `page.*`, `picture.*`.
//! Absent: Markdown, counting, naming; whatever does not depend on a width or a height.

pub mod atom;
pub mod bleed;
pub mod block;
pub mod code;
mod column;
pub mod compose;
pub mod cover;
mod draw;
mod dress;
pub mod dump;
pub mod fallback;
pub mod fit;
mod folios;
pub mod font;
pub mod formula;
pub mod hang;
mod heads;
pub mod hyphen;
mod initial;
pub mod joint;
mod labels;
pub mod line;
pub mod linebreak;
pub mod look;
mod mend;
mod missing;
mod opening;
mod pagebreak;
mod paginate;
pub mod piece;
mod places;
pub mod setting;
pub mod shape;
pub mod sheet;
mod slab;
pub mod style;
mod syllable;
pub mod write;

pub use column::grid_baseline;
pub use compose::{Composer, PageNumbers};
pub use line::{Glyph, Line, LinePicture, Run, RunSource};
pub use paginate::paginate;
pub use sheet::{Furniture, Owner, Pages, Place, Placed, Point, Shape, Sheet};
pub use style::Resolved;
pub use write::{Form, Material, read, write};
