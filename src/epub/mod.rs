//! Tree → EPUB 3.3: one reflowable e-book for every reading system.
//!
//! In:     the [`Tree`], the theme, faces, pictures, and where each printed page begins.
//! Out:    the bytes of the file; the same bytes for the same input.
//! Faults: `epub.cover`.
//! Absent: counting, naming, looking up (the tree has settled it), widths, the PDF.
//!
//! 1. `files` cuts the tree into text files and finds the file of an anchor.
//! 2. `xhtml` writes each file, all of them in parallel: blocks here, the text of leaves in `inline`.
//!    What may be broader than a telephone is fitted in `table`, `code` and `formulas`.
//! 3. `css` prints the theme as one stylesheet, `ink` its colours, to be read by day and by night; `fonts` picks the faces and cuts them to the characters in use.
//! 4. `scale` makes copies of pictures that are far too large; `cover` shows the given picture or designs a typographic one.
//! 5. `nav` writes the contents page with its lists for machines, and the NCX for readers of the second generation.
//! 6. `opf` writes the package file, `accessibility` the part of it that says what the book offers to whom.
//! 7. `package` puts all of it into the archive; `package_read` takes one apart again, to compare.

mod accessibility;
mod code;
mod cover;
mod css;
mod files;
mod fonts;
mod formulas;
mod frame;
mod groups;
mod ink;
mod inline;
mod nav;
mod notes;
mod opf;
mod package;
pub mod package_read;
mod pages;
mod resample;
mod scale;
mod semantics;
mod table;
mod xhtml;
mod xml;

#[cfg(test)]
mod tests;

pub use inline::MADE_CLASSES;

use crate::asset::obfuscate::obfuscate;
use crate::asset::{FaceId, Faces, PictureFormat, PictureId, Pictures, svg};
use crate::base::{Diagnostic, Error, Sink};
use crate::layout::{PageMap, Tree};
use crate::theme::{Theme, Wording};
use files::Plan;
use package::{Part, Store};
use pages::PageNames;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What every step of the edition reads.
struct Edition<'a> {
    tree: &'a Tree,
    theme: &'a Theme,
    pictures: &'a Pictures,
    wording: &'a Wording,
    pages: &'a PageMap,
    plan: Plan,
    /// The names of the page marks, one for each start of the page map.
    page_names: PageNames,
    /// The name of each picture in the archive, `images/map.svg`; a picture that is not shown has none.
    picture_names: BTreeMap<PictureId, String>,
}

impl<'a> Edition<'a> {
    fn new(tree: &'a Tree, theme: &'a Theme, pictures: &'a Pictures, pages: &'a PageMap) -> Edition<'a> {
        Edition {
            tree,
            theme,
            pictures,
            wording: Wording::of(&tree.metadata.language),
            pages,
            page_names: PageNames::of(tree, pages),
            picture_names: frame::picture_names(tree, theme, pictures),
            plan: Plan::of(tree),
        }
    }

    /// The families for text, for sans, for code.
    fn families(&self) -> [&'a str; 3] {
        let families = &self.theme.families;
        [&families.text, &families.sans, &families.mono]
    }
}

/// The faces that the e-book holds.
pub fn faces_of(tree: &Tree, theme: &Theme, faces: &Faces) -> Vec<FaceId> {
    fonts::wanted(tree, theme, faces).into_iter().map(|(id, _)| id).collect()
}

/// What an e-book is made of that does not hang on the printed pages, and can be gathered while they are made.
pub struct Material {
    fonts: Vec<fonts::Font>,
    cover: cover::Cover,
    pictures: Vec<Part>,
}

impl Material {
    pub fn gather(tree: &Tree, theme: &Theme, faces: &Faces, pictures: &Pictures) -> Material {
        let edition = Edition::new(tree, theme, pictures, &NO_PAGES);
        let shown = |(id, name): (&PictureId, &String)| {
            let picture = pictures.get(*id);
            let is_drawing = picture.format == PictureFormat::Svg;
            let outlined = is_drawing.then(|| svg::outlined(&picture.bytes, faces, edition.families())).flatten();
            let bytes = outlined.unwrap_or_else(|| scale::shown(picture).into_owned());
            Part::file(name.clone(), picture.format.media_type(), bytes, Store::of_picture(picture.format))
        };
        let (pictures, (fonts, cover)) = rayon::join(
            || edition.picture_names.par_iter().map(shown).collect(),
            || rayon::join(|| fonts::choose(&edition, faces), || cover::make(&edition, faces)),
        );
        Material { fonts, cover, pictures }
    }
}

/// For an e-book without a print edition.
static NO_PAGES: PageMap = PageMap { starts: Vec::new() };

/// Writes the e-book. Without `pages` there is no print edition, and nothing in the book speaks of one.
pub fn write(
    tree: &Tree,
    theme: &Theme,
    pictures: &Pictures,
    pages: Option<&PageMap>,
    material: Material,
    sink: &mut Sink,
) -> Result<Vec<u8>, Error> {
    let edition = Edition::new(tree, theme, pictures, pages.unwrap_or(&NO_PAGES));
    let Material { fonts, cover, pictures } = material;
    let files = 0..edition.plan.files.len();
    let texts: Vec<String> = files.into_par_iter().map(|file| xhtml::file(&edition, file)).collect();
    let stylesheet = css::print(&edition, &fonts);
    let mut parts = vec![
        Part::text("stylesheet.css", "text/css", stylesheet),
        Part::text(files::COVER, "application/xhtml+xml", cover.page),
    ];
    for (file, text) in edition.plan.files.iter().zip(texts) {
        if file.name != files::NAV {
            parts.push(Part::text(&file.name, "application/xhtml+xml", text));
        }
    }
    parts.extend(cover.picture);
    parts.extend(pictures);
    let identifier = opf::identifier(&tree.metadata);
    let is_obfuscated = tree.metadata.packaging.obfuscate_fonts;
    parts.extend(fonts.into_iter().map(|mut font| {
        if is_obfuscated {
            obfuscate(&mut font.bytes, &identifier);
        }
        Part { is_obfuscated, ..Part::file(font.file, font.media_type, font.bytes, Store::Deflated) }
    }));
    for part in &mut parts {
        part.is_cover = part.name == cover.name;
    }
    if cover.is_missing {
        sink.push(
            Diagnostic::warning("epub.cover", "the cover could not be drawn")
                .hint("name a picture: cover = \"cover.jpg\""),
        );
    }
    if let Some((width, height)) = cover.too_small {
        sink.push(
            Diagnostic::note("epub.cover", format!("the cover is small for shops: {width} × {height} pixels"))
                .hint("Apple asks for 1,400 pixels at the shorter side, Amazon for 1,600 × 2,560"),
        );
    }
    let (nav, ncx) = (nav::document(&edition), nav::ncx(&edition, &identifier));
    package::archive(&tree.metadata, &parts, &opf::package(&edition, &parts), &nav, &ncx)
}
