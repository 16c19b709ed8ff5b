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
///
/// A path is read from the folder of its file. Where nothing stands there, it is read from the folder of the chapters, as
/// sites mean `/images/a.png`, and from the book's own folder, as pandoc does.
pub fn name(folder: &Folder, base: &str, src: &str, written: &str) -> Result<String, Diagnostic> {
    let bare = decode_percent(written.split(['?', '#']).next().unwrap_or(written));
    let named = folder.name(base, &bare);
    if named.as_ref().is_ok_and(|name| folder.has(name)) {
        return named.map_err(|refused| missing(&refused, written));
    }
    let elsewhere = [src, ""].into_iter().filter_map(|root| folder.name(root, bare.trim_start_matches('/')).ok());
    match elsewhere.into_iter().find(|name| folder.has(name)) {
        Some(name) => Ok(name),
        None => named.map_err(|refused| missing(&refused, written)),
    }
}

fn missing(refused: &Refused, written: &str) -> Diagnostic {
    refused.diagnostic("picture.missing", "picture", written, None)
}

/// Reads the picture of a [`name`].
pub fn load(folder: &Folder, base: &str, name: &str) -> Result<Picture, Diagnostic> {
    match load_near(folder, base, name)? {
        (picture, false) => Ok(picture),
        (_, true) => Err(missing(&Refused::Outside, name)),
    }
}

/// The same, also from the repository around the book's folder: whether it stands there is told.
pub fn load_near(folder: &Folder, base: &str, name: &str) -> Result<(Picture, bool), Diagnostic> {
    let refuse = |refused: Refused| missing(&refused, name);
    let place = folder.find(base, name.to_owned()).map_err(refuse)?;
    let bytes: Arc<[u8]> = folder.read(&place).map_err(refuse)?.into();
    Ok((of_bytes(place.name, bytes)?, place.is_outside))
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
