//! Rule 25: the glyphs themselves.
//!
//! In:     every run of every sheet.
//! Out:    empty boxes, underlined text, bold italic; one finding for a leaf.
//! Absent: lines. Faces are never slanted or thickened by the program, so there is nothing of that kind to find.

use super::{Found, Proof};
use crate::layout::tree::{Locus, NodeId};
use crate::pdf::{Owner, Run, RunSource, Shape};
use crate::theme::bar::Flaw;

/// Weights from this on are bold (OpenType `usWeightClass`).
const BOLD: u16 = 600;

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    let mut told: Option<(Flaw, NodeId)> = None;
    for (sheet, page) in proof.pages.sheets.iter().enumerate() {
        for item in &page.items {
            let (Shape::Run(run), Owner::Node(leaf)) = (&item.shape, item.owner) else { continue };
            let Some(flaw) = flaw(proof, run) else { continue };
            if told.replace((flaw, leaf)) == Some((flaw, leaf)) {
                continue;
            }
            let (at, text) = match &run.source {
                RunSource::Leaf { leaf, range } | RunSource::Initial { leaf, range } => {
                    let string = proof.tree.node(*leaf).text().map_or("", |text| text.string.as_str());
                    let shown = string.get(range.start as usize..range.end as usize).unwrap_or_default();
                    (Locus { leaf: *leaf, offset: range.start }, shown)
                }
                RunSource::Atom { leaf, at, text } => (Locus { leaf: *leaf, offset: *at }, &**text),
                RunSource::Made(text) => (Locus { leaf, offset: 0 }, &**text),
                RunSource::Hyphen { .. } | RunSource::WrapMark | RunSource::Leader => continue,
            };
            found.sheet(flaw, sheet, Some(at), text.trim(), None);
        }
    }
}

fn flaw(proof: &Proof<'_>, run: &Run) -> Option<Flaw> {
    let face = proof.faces.get(run.face);
    if run.glyphs.iter().any(|glyph| glyph.id == 0) {
        Some(Flaw::NoGlyph)
    } else if run.underline {
        Some(Flaw::Underline)
    } else if face.weight >= BOLD && face.italic {
        Some(Flaw::BoldItalic)
    } else {
        None
    }
}
