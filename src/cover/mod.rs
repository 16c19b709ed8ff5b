//! The design of a cover, shared by the e-book and the printed book, so that both are seen to be one.
//!
//! In:     what the book says of itself and of its cover; the theme's faces; the size of a panel.
//! Out:    [`Front`]: every line of the front at its place; [`Palette`]; [`bars`] of an ISBN; the front as a picture.
//! Faults: `cover.size`.
//! Absent: spine and back, and the file of the printed cover: `pdf/cover` lays them out.

pub mod bars;
mod front;
mod order;
mod palette;
pub mod store;
mod svg;

pub use front::{Front, FrontLine, Panel, authors};
pub use order::{Barcode, CoverInks, CoverOrder, SpineText};
pub use palette::Palette;
pub use svg::drawing;
