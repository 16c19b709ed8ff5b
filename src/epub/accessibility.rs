//! Tree, pictures → what the e-book offers to whom (EPUB Accessibility 1.1; *Schema.org Accessibility Properties*).
//!
//! In:     what the book holds: pictures and their words, pages, index, tables.
//! Out:    properties and values for the package file. Nothing is claimed that was not counted here.
//! Absent: opinions on words: that a picture has alt text is checked, that the text is good is its author's word.

use super::Edition;
use crate::asset::PictureFormat;
use crate::layout::tree::{Atom, Content, Detail, NodeId, PlacedPicture, SectionKind};
use crate::theme::{Role, Wording};

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
    /// Tables none of whose cells heads a row or a column (WCAG 2.1, 1.3.1).
    headless_tables: usize,
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
    put("schema:accessibilitySummary", &summary(&found, has_pages, edition.wording));
    let is_sound = found.wordless == 0 && !found.moving && found.headless_tables == 0;
    if is_sound && !edition.tree.outline.is_empty() && edition.theme.own_style.is_none() {
        put("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA");
        // Whoever looked: the publisher may have, but has not said so.
        put("a11y:certifiedBy", "bifolio");
    }
    facts
}

/// The same in sentences, in the book's language.
fn summary(found: &Found, has_pages: bool, wording: &Wording) -> String {
    let pictures = match (found.pictures, found.wordless) {
        (0, _) => None,
        (_, 0) => Some(wording.described),
        (_, _) => Some(wording.undescribed),
    };
    let sentences = [Some(wording.readable), pictures, has_pages.then_some(wording.same_pages)];
    let sentences: Vec<&str> = sentences.into_iter().flatten().collect();
    // Chinese and Japanese leave no space after their full stop.
    let is_wide = wording.readable.ends_with('\u{3002}');
    sentences.join(if is_wide { "" } else { " " })
}

fn count(edition: &Edition) -> Found {
    let mut found = Found::default();
    for (id, node) in edition.tree.nodes.iter().enumerate() {
        if node.role == Role::Table && node.text().is_none() {
            found.headless_tables += usize::from(!has_heads(edition, id as u32));
        }
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

/// Whether a cell of a table heads others: one marked so, or one in a row of the head, that is not empty.
fn has_heads(edition: &Edition, table: u32) -> bool {
    let node = |id: u32| edition.tree.node(NodeId(id));
    let mut head_ends = 0;
    (table + 1..node(table).end.0).any(|id| {
        let inner = node(id);
        if inner.role == Role::HeadRow {
            head_ends = inner.end.0;
        }
        let is_marked = matches!(inner.detail, Detail::Cell { is_header: true, .. });
        inner.role == Role::Cell && (is_marked || id < head_ends) && inner.text().is_none_or(|text| !text.is_empty())
    })
}

fn look(edition: &Edition, placed: &PlacedPicture, found: &mut Found) {
    let Some(id) = placed.picture else { return };
    found.moving |= edition.pictures.get(id).format == PictureFormat::Gif;
    if !placed.decorative {
        found.pictures += 1;
        found.wordless += usize::from(placed.alt.trim().is_empty());
    }
}
