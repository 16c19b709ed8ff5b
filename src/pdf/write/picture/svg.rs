//! SVG → a form of vector operations.
use super::Parts;
use crate::asset::Faces;
pub fn parts(_bytes: &[u8], _faces: &Faces) -> Result<Parts, String> {
    Err("not yet".to_owned())
}
