//! Font files of the book's own: the door to `skrifa` for their names.
//!
//! In:     `*.ttf` and `*.otf` of the folder `fonts` of the book.
//! Out:    [`Face`]s with family, weight and slope as the files say.
//! Faults: `font.broken`, `font.packed`, `font.variable`.
//! Absent: system fonts.

use super::folder::Folder;
use crate::asset::Face;
use crate::base::{Diagnostic, Sink};
use rayon::prelude::*;
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// The book's folder for fonts.
const FOLDER: &str = "fonts";

/// The faces of the book, in the order of their file names.
pub fn read_own(folder: &Folder, sink: &mut Sink) -> Vec<Face> {
    let mut names = files_in(folder, FOLDER);
    for (name, is_dir) in folder.list(FOLDER) {
        if is_dir {
            names.extend(files_in(folder, &format!("{FOLDER}/{name}")));
        }
    }
    let read: Vec<Result<Face, Diagnostic>> = names.par_iter().map(|name| read(folder, name)).collect();
    let mut faces = Vec::new();
    for face in read {
        match face {
            Ok(face) => {
                if FontRef::new(&face.bytes()).is_ok_and(|font| font.fvar().is_ok()) {
                    sink.push(variable(&face));
                }
                faces.push(face);
            }
            Err(told) => sink.push(told),
        }
    }
    faces
}

/// No weights are made of one file: neither PDF nor half of the reading systems know them.
fn variable(face: &Face) -> Diagnostic {
    let message = format!("the font file {} holds many weights: only one of them, {}, is used", face.name, face.weight);
    Diagnostic::warning("font.variable", message).hint(
        "take the static files of the family, one for each weight: its download mostly has them in a folder \"static\"",
    )
}

fn files_in(folder: &Folder, within: &str) -> Vec<String> {
    let is_font = |name: &str| {
        let name = name.to_ascii_lowercase();
        [".ttf", ".otf", ".ttc", ".woff", ".woff2"].iter().any(|end| name.ends_with(end))
    };
    let files = folder.list(within).into_iter().filter(|(name, is_dir)| !is_dir && is_font(name));
    files.map(|(name, _)| format!("{within}/{name}")).collect()
}

fn read(folder: &Folder, name: &str) -> Result<Face, Diagnostic> {
    let broken = |why: &str| {
        let told = Diagnostic::error("font.broken", format!("the font file {name} cannot be used: {why}"));
        told.hint("take it out of the folder \"fonts\", or get it anew")
    };
    let lower = name.to_ascii_lowercase();
    if !lower.ends_with(".ttf") && !lower.ends_with(".otf") {
        return Err(Diagnostic::warning("font.packed", format!("the font file {name} is not read")).hint(
            "fonts of a book are single .ttf or .otf files; of a collection (.ttc), those are what its maker offers as OTF or TTF",
        ));
    }
    let place =
        folder.locate("", name).map_err(|refused| refused.diagnostic("font.missing", "font file", name, None))?;
    let bytes = folder.read(&place).map_err(|refused| refused.diagnostic("font.missing", "font file", name, None))?;
    let font = match FileRef::new(&bytes) {
        Ok(FileRef::Font(font)) => font,
        Ok(FileRef::Collection(_)) => return Err(broken("it is a collection of fonts")),
        Err(error) => return Err(broken(&error.to_string())),
    };
    if font.head().is_err() || font.maxp().is_err() || font.cmap().is_err() {
        return Err(broken("a table it needs is missing"));
    }
    let family = family_of(&font).ok_or_else(|| broken("it has no name"))?;
    let attributes = font.attributes();
    let weight = attributes.weight.value().round().clamp(1.0, 1000.0) as u16;
    let italic = attributes.style != skrifa::attribute::Style::Normal;
    Ok(Face::new(family, weight, italic, name.to_owned(), bytes.into()))
}

/// What a font file says of itself.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Said {
    /// OpenType `name`, id 5: `Version 3.103`.
    pub version: String,
    /// OpenType `name`, id 13, else the address of the licence, id 14.
    pub licence: String,
}

/// Version and licence of a font file; empty where it does not say, or is none.
pub fn said(bytes: &[u8]) -> Said {
    let Ok(font) = FontRef::new(bytes) else { return Said::default() };
    let named = |id| {
        let name = font.localized_strings(id).english_or_first().map(|name| name.chars().collect::<String>());
        name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
    };
    let licence = named(StringId::LICENSE_DESCRIPTION).or_else(|| named(StringId::LICENSE_URL));
    Said { version: named(StringId::VERSION_STRING).unwrap_or_default(), licence: licence.unwrap_or_default() }
}

/// The typographic family name, else the family name (OpenType `name`, ids 16 and 1).
fn family_of(font: &FontRef) -> Option<String> {
    let named = |id| font.localized_strings(id).english_or_first().map(|name| name.chars().collect::<String>());
    let name = named(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| named(StringId::FAMILY_NAME))?;
    (!name.trim().is_empty()).then(|| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_of_the_book_are_named_as_they_say() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("fonts")).unwrap();
        let from = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/literata/Literata-BoldItalic.ttf");
        std::fs::copy(from, dir.path().join("fonts/a.ttf")).unwrap();
        std::fs::write(dir.path().join("fonts/b.ttf"), "no font").unwrap();
        std::fs::write(dir.path().join("fonts/c.woff2"), "").unwrap();
        let mut sink = Sink::new();
        let faces = read_own(&Folder::open(dir.path()).unwrap(), &mut sink);
        let told: Vec<(&str, u16, bool)> = faces.iter().map(|f| (f.family.as_str(), f.weight, f.italic)).collect();
        assert_eq!(told, [("Literata", 700, true)]);
        assert_eq!(sink.list().iter().map(|d| d.code).collect::<Vec<_>>(), ["font.broken", "font.packed"]);
    }
}
