//! The size of an SVG picture: a door to `usvg`.
//!
//! In:     the bytes of a picture.
//! Out:    width and height in CSS pixels.
//! Faults: `Err` with what the parser says.
//! Absent: files: a picture within the picture is never read from disk.

use usvg::{ImageHrefResolver, Options, Tree};

/// The width and height of an SVG picture, in CSS pixels (96 to the inch).
pub fn size(bytes: &[u8]) -> Result<(f32, f32), String> {
    let tree = Tree::from_data(bytes, &options()).map_err(|error| error.to_string())?;
    Ok((tree.size().width(), tree.size().height()))
}

/// Options that read nothing from disk and know no fonts.
pub(super) fn options() -> Options<'static> {
    let resolver = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    Options { image_href_resolver: resolver, ..Options::default() }
}
