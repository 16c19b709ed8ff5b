//! Cover: the picture the book gives, else the typographic one that the printed book has too.
//!
//! In:     title, subtitle, authors, publisher; what the author chose for the cover; the theme's faces.
//! Out:    the picture for shelves and stores, and the page that shows it.
//! Faults: none; a face that lacks characters leaves them to the companions.
//! Absent: the print cover.

use super::package::{Part, Store};
use super::{Edition, files, frame, xml};
use crate::asset::{Faces, PictureFormat, raster};
use crate::cover::{Palette, authors, store};

/// What Apple asks for at the shorter side (*Apple Books Asset Guide*, "Book Cover Art").
const SHORTER_SIDE: u32 = 1400;

/// The cover's two parts.
pub struct Cover {
    /// `None`: the picture is among the book's pictures already.
    pub picture: Option<Part>,
    /// The name of the cover's picture in the archive.
    pub name: String,
    pub page: String,
    /// Whether the designed cover could not be drawn.
    pub is_missing: bool,
    /// The size of the given picture, where shops would refuse it.
    pub too_small: Option<(u32, u32)>,
}

pub fn make(edition: &Edition, faces: &Faces) -> Cover {
    let metadata = &edition.tree.metadata;
    let words = cover_words(edition);
    let given = metadata.cover.and_then(|id| Some((edition.pictures.get(id), edition.picture_names.get(&id)?)));
    let (name, picture) = match given {
        // Stores refuse a drawing as cover; a picture of it is taken.
        Some((picture, _)) if picture.format == PictureFormat::Svg => {
            let (width, height) = store::fit(picture.width, picture.height);
            match raster::png(&picture.bytes, faces, edition.families(), width, height) {
                Some(bytes) => own(bytes),
                None => own(designed(edition, faces)),
            }
        }
        Some((_, name)) => (name.clone(), None),
        None => own(designed(edition, faces)),
    };
    let too_small = given
        .map(|(picture, _)| picture)
        .filter(|picture| picture.format != PictureFormat::Svg && picture.width.min(picture.height) < SHORTER_SIDE);
    let is_missing = picture.as_ref().is_some_and(|part| part.bytes.is_empty());
    Cover {
        page: page(edition, &name, &words),
        name,
        picture,
        is_missing,
        too_small: too_small.map(|picture| (picture.width, picture.height)),
    }
}

fn own(bytes: Vec<u8>) -> (String, Option<Part>) {
    let name = "images/cover-page.png".to_owned();
    (name.clone(), Some(Part::file(name, "image/png", bytes, Store::AsIs)))
}

fn cover_words(edition: &Edition) -> String {
    let metadata = &edition.tree.metadata;
    if let Some(alt) = metadata.cover_alt.as_deref().filter(|alt| !alt.trim().is_empty()) {
        return alt.to_owned();
    }
    let mut words = format!("{}: {}", edition.wording.cover, metadata.title);
    for piece in [metadata.subtitle.clone().unwrap_or_default(), authors(metadata)] {
        if !piece.is_empty() {
            words.push_str(". ");
            words.push_str(&piece);
        }
    }
    words
}

fn page(edition: &Edition, picture: &str, words: &str) -> String {
    let mut out = String::new();
    frame::head(edition, &mut out, edition.wording.cover, "frontmatter");
    out.push_str("<section class=\"cover\" epub:type=\"cover\"");
    xml::attribute(&mut out, "aria-label", edition.wording.cover);
    out.push_str(">\n<img role=\"doc-cover\"");
    xml::attribute(&mut out, "src", picture);
    xml::attribute(&mut out, "alt", words);
    out.push_str("/>\n</section>\n</body>\n</html>\n");
    debug_assert!(files::COVER.ends_with(".xhtml"));
    out
}

/// The designed cover: that of the printed book too.
fn designed(edition: &Edition, faces: &Faces) -> Vec<u8> {
    let metadata = &edition.tree.metadata;
    let palette = Palette::of(metadata);
    let svg = crate::cover::drawing(metadata, edition.theme, faces, palette);
    raster::png(svg.as_bytes(), faces, edition.families(), store::WIDTH, store::HEIGHT).unwrap_or_default()
}
