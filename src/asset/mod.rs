//! Pictures and faces: what a book brings along that is not text.

pub mod face;
pub mod measure;
pub mod obfuscate;
pub mod picture;
pub mod raster;
pub mod sfnt;
pub mod subset;
pub mod svg;

pub use face::{Face, FaceId, Faces};
pub use picture::{Picture, PictureFormat, PictureId, Pictures};
