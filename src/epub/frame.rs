//! What stands round the blocks of every file: head, title, class; the names of pictures.
//!
//! In:     the edition, a section.
//! Out:    the opening of a file, appended to it.
//! Absent: blocks and their text.

use super::inline::language;
use super::{Edition, xml};
use crate::asset::{PictureId, Pictures};
use crate::layout::tree::{Atom, Content, Section, SectionKind, Tree};
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// The head of every file, up to and with the opening tag of its body.
pub fn head(edition: &Edition, out: &mut String, title: &str, matter: &str) {
    out.push_str(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"",
    );
    out.push_str(" xmlns:epub=\"http://www.idpf.org/2007/ops\"");
    language(edition, out, &edition.tree.metadata.language);
    out.push_str(">\n<head>\n<meta charset=\"utf-8\"/>\n<title>");
    xml::text(out, title);
    out.push_str("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    out.push_str("<link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/>\n</head>\n<body");
    if !matter.is_empty() {
        xml::attribute(out, "epub:type", matter);
    }
    out.push_str(">\n");
}

/// What a tab or a voice shows for a file: its title, else the book's.
pub fn title(edition: &Edition, section: &Section) -> String {
    match (section.title.as_str(), section.label.as_str()) {
        ("", "") => edition.tree.metadata.title.clone(),
        ("", label) => label.to_owned(),
        (title, "") => title.to_owned(),
        (title, label) => format!("{label} {title}"),
    }
}

/// The class of a section, for the rules that hold for a display page as a whole.
pub fn class_of(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::HalfTitle | SectionKind::TitlePage | SectionKind::Dedication | SectionKind::Epigraph => "display",
        SectionKind::Part => "part",
        SectionKind::Copyright => "copyright",
        SectionKind::Contents | SectionKind::ListOfFigures | SectionKind::ListOfTables => "contents",
        SectionKind::Index => "index",
        SectionKind::Chapter
        | SectionKind::Subchapter
        | SectionKind::Foreword
        | SectionKind::Preface
        | SectionKind::Introduction
        | SectionKind::Acknowledgments
        | SectionKind::Afterword
        | SectionKind::Appendix
        | SectionKind::Glossary
        | SectionKind::Bibliography
        | SectionKind::Chronology
        | SectionKind::Other => "text",
    }
}

/// A name in the archive for every picture that the tree shows: its file name, made safe and unique.
pub fn picture_names(tree: &Tree, theme: &Theme, pictures: &Pictures) -> BTreeMap<PictureId, String> {
    let mut shown = BTreeSet::new();
    for node in &tree.nodes {
        match &node.content {
            Content::Picture(placed) => shown.extend(placed.picture),
            Content::Leaf(text) => shown.extend(text.atoms.iter().filter_map(|atom| match &atom.atom {
                Atom::Picture(placed) => placed.picture,
                Atom::NoteCall { .. } | Atom::Formula(_) | Atom::PageRef { .. } | Atom::Break => None,
            })),
            Content::Group | Content::Empty => {}
        }
    }
    shown.extend(tree.metadata.cover);
    shown.extend(theme.own_style.iter().flat_map(|own| &own.pictures).map(|(_, picture)| *picture));
    let mut taken = BTreeSet::new();
    let named = shown.into_iter().map(|id| {
        let picture = pictures.get(id);
        let file = picture.path.rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
        let stem: String = stem.chars().map(safe).collect();
        let mut name = format!("images/{stem}.{}", picture.format.extension());
        let mut turn = 1;
        while !taken.insert(name.to_ascii_lowercase()) {
            turn += 1;
            name = format!("images/{stem}-{turn}.{}", picture.format.extension());
        }
        (id, name)
    });
    named.collect()
}
