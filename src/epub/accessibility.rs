//! Tree, pictures → what the e-book offers to whom (EPUB Accessibility 1.1; *Schema.org Accessibility Properties*).
//!
//! In:     what the book holds: pictures and their words, pages, index, tables.
//! Out:    properties and values for the package file. Nothing is claimed that was not counted here.
//! Absent: opinions on words: that a picture has alt text is checked, that the text is good is its author's word.

use super::Edition;
use crate::asset::PictureFormat;
use crate::layout::tree::{Atom, Content, PlacedPicture, SectionKind};
use crate::theme::Role;

/// What was counted.
#[derive(Default)]
struct Found {
    /// Pictures that say something.
    pictures: usize,
    /// Those of them that have no words.
    wordless: usize,
    /// A picture that may move or flash.
    moving: bool,
    formulas: bool,
    tables: bool,
    notes: bool,
}

/// The properties with their values, in the order of the package file.
pub fn facts(edition: &Edition) -> Vec<(&'static str, String)> {
    let found = count(edition);
    let mut facts: Vec<(&'static str, String)> = Vec::new();
    let mut put = |property: &'static str, value: &str| facts.push((property, value.to_owned()));
    let has_pages = !edition.pages.starts.is_empty();
    let has_index = edition.tree.sections.iter().any(|section| section.kind == SectionKind::Index);
    put("schema:accessMode", "textual");
    // The cover is a picture that every book has; it says what the title page says.
    if found.pictures > 0 {
        put("schema:accessMode", "visual");
        put("schema:accessModeSufficient", "textual,visual");
    }
    if found.wordless == 0 {
        put("schema:accessModeSufficient", "textual");
    }
    put("schema:accessibilityFeature", "tableOfContents");
    put("schema:accessibilityFeature", "structuralNavigation");
    put("schema:accessibilityFeature", "readingOrder");
    put("schema:accessibilityFeature", "displayTransformability");
    put("schema:accessibilityFeature", "unlocked");
    if found.wordless == 0 {
        put("schema:accessibilityFeature", "alternativeText");
    }
    if found.formulas {
        put("schema:accessibilityFeature", "MathML");
        put("schema:accessibilityFeature", "describedMath");
    }
    if has_index {
        put("schema:accessibilityFeature", "index");
    }
    if has_pages {
        put("schema:accessibilityFeature", "pageBreakMarkers");
        put("schema:accessibilityFeature", "pageNavigation");
    }
    put("schema:accessibilityHazard", if found.moving { "unknown" } else { "none" });
    put("schema:accessibilitySummary", &summary(&found, has_pages, has_index));
    if found.wordless == 0 && !found.moving && !edition.tree.outline.is_empty() {
        put("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA");
        put("a11y:certifiedBy", edition.tree.metadata.publisher.as_deref().unwrap_or("bifolio (checked by program)"));
    }
    facts
}

fn summary(found: &Found, has_pages: bool, has_index: bool) -> String {
    let mut text = String::from("The whole text can be read by eye, by ear and by touch; headings, lists");
    text.push_str(if found.tables { ", tables" } else { "" });
    text.push_str(if found.notes { ", notes" } else { "" });
    text.push_str(" and languages are marked up.");
    match (found.pictures, found.wordless) {
        (0, _) => {}
        (_, 0) => text.push_str(" Pictures have alternative text."),
        (_, wordless) => text.push_str(&format!(
            " {wordless} of {} pictures {} no alternative text.",
            found.pictures,
            if wordless == 1 { "has" } else { "have" }
        )),
    }
    if found.formulas {
        text.push_str(" Formulas are MathML with a text beside it.");
    }
    if has_pages {
        text.push_str(" Page numbers are those of the print edition.");
    }
    if has_index {
        text.push_str(" The index is linked.");
    }
    text
}

fn count(edition: &Edition) -> Found {
    let mut found = Found::default();
    for node in &edition.tree.nodes {
        found.tables |= node.role == Role::Table;
        found.notes |= node.role == Role::Note;
        match &node.content {
            Content::Picture(placed) => look(edition, placed, &mut found),
            Content::Leaf(text) => {
                for atom in &text.atoms {
                    match &atom.atom {
                        Atom::Picture(placed) => look(edition, placed, &mut found),
                        Atom::Formula(_) => found.formulas = true,
                        Atom::NoteCall { .. } | Atom::PageRef { .. } | Atom::Break => {}
                    }
                }
            }
            Content::Group | Content::Empty => {}
        }
    }
    found
}

fn look(edition: &Edition, placed: &PlacedPicture, found: &mut Found) {
    let Some(id) = placed.picture else { return };
    found.moving |= edition.pictures.get(id).format == PictureFormat::Gif;
    if !placed.decorative {
        found.pictures += 1;
        found.wordless += usize::from(placed.alt.trim().is_empty());
    }
}
