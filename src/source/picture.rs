//! Pictures: from a path as written to the bytes and facts of the file.
//!
//! In:     the folder of the text that names the picture, and the path as written.
//! Out:    [`Picture`], or the diagnostic to put at the place that names it.
//! Faults: `picture.missing`, `picture.corrupt`, `picture.outside`, `path.*`.
//! Absent: where it is shown.

use super::folder::{Folder, Refused};
use super::picture_facts::facts;
use super::text::decode_percent;
use crate::asset::Picture;
use crate::base::Diagnostic;
use std::sync::Arc;

/// The name in the book's folder of the picture that `written` names from the folder `base`: the key by which a
/// picture named twice is one.
pub fn name(folder: &Folder, base: &str, written: &str) -> Result<String, Diagnostic> {
    let bare = decode_percent(written.split(['?', '#']).next().unwrap_or(written));
    folder.name(base, &bare).map_err(|refused| refused.diagnostic("picture.missing", "picture", written, None))
}

/// Reads the picture of a [`name`].
pub fn load(folder: &Folder, base: &str, name: &str) -> Result<Picture, Diagnostic> {
    let refuse = |refused: Refused| refused.diagnostic("picture.missing", "picture", name, None);
    let place = folder.find(base, name.to_owned()).map_err(refuse)?;
    if place.is_outside {
        return Err(refuse(Refused::Outside));
    }
    let bytes: Arc<[u8]> = folder.read(&place).map_err(refuse)?.into();
    of_bytes(place.name, bytes)
}

/// A picture from bytes at hand: one drawn in the text.
pub fn of_bytes(path: String, bytes: Arc<[u8]>) -> Result<Picture, Diagnostic> {
    let facts = facts(&bytes).map_err(|why| {
        let told = Diagnostic::error("picture.corrupt", format!("the picture \"{path}\" cannot be used: {why}"));
        told.hint("open it in a picture program and save it anew, as PNG, JPEG or SVG")
    })?;
    Ok(Picture {
        path,
        bytes,
        format: facts.format,
        width: facts.width,
        height: facts.height,
        orientation: facts.orientation,
        dpi: facts.dpi,
    })
}
