//! Pages as text, one line for each line of a page: what golden tests compare.
//!
//! In:     pages and their tree.
//! Out:    `page 17 recto (Chapter)`, then each line with its place in points, from the top left corner.
//! Absent: glyphs.

use super::line::{Run, RunSource};
use super::sheet::{Furniture, Owner, Pages, Placed, Shape};
use crate::base::Length;
use crate::layout::Tree;
use std::fmt::Write;

/// Every page.
pub fn pages(pages: &Pages, tree: &Tree) -> String {
    let mut out = String::new();
    for (index, sheet) in pages.sheets.iter().enumerate() {
        let side = if index % 2 == 0 { "recto" } else { "verso" };
        let section = sheet.section.map_or_else(|| "blank".to_owned(), |id| format!("{:?}", tree.section(id).kind));
        let turned = if sheet.turned { " turned" } else { "" };
        let _ = writeln!(out, "page {} {side} {section}{turned}", sheet.label);
        let mut next = 0;
        while next < sheet.items.len() {
            next += item(&sheet.items[next..], tree, &mut out);
        }
    }
    out
}

/// Writes an item, or the runs of one line; gives how many items it was.
fn item(items: &[Placed], tree: &Tree, out: &mut String) -> usize {
    let Some(first) = items.first() else { return 0 };
    let _ = write!(out, "  {} {} ", points(first.at.x), points(first.at.y));
    let who = match first.owner {
        Owner::Node(node) => tree.node(node).role.name().to_owned(),
        Owner::Marker(_) => "marker".to_owned(),
        Owner::Furniture(what) => match what {
            Furniture::RunningHead => "head",
            Furniture::Folio => "folio",
            Furniture::Decoration => "decoration",
            Furniture::RepeatedHead => "head-again",
        }
        .to_owned(),
    };
    match &first.shape {
        Shape::Run(_) => {
            let same = items
                .iter()
                .take_while(|item| item.at == first.at && item.owner == first.owner)
                .take_while(|item| matches!(item.shape, Shape::Run(_)))
                .count();
            let mut text = String::new();
            for item in &items[..same] {
                if let Shape::Run(run) = &item.shape {
                    push_text(run, tree, &mut text);
                }
            }
            let _ = writeln!(out, "{who} {text:?}");
            same
        }
        Shape::Picture { picture, width, height } => {
            let _ = writeln!(out, "{who} picture {} {}x{}", picture.0, points(*width), points(*height));
            1
        }
        Shape::Formula { set, .. } => {
            let _ = writeln!(out, "{who} formula {:?} {}", set.words, points(set.width));
            1
        }
        Shape::Fill { width, height, .. } => {
            let _ = writeln!(out, "{who} fill {}x{}", points(*width), points(*height));
            1
        }
    }
}

fn push_text(run: &Run, tree: &Tree, text: &mut String) {
    match &run.source {
        RunSource::Leaf { leaf, range } | RunSource::Initial { leaf, range } => {
            let string = tree.node(*leaf).text().map_or("", |text| text.string.as_str());
            text.push_str(string.get(range.start as usize..range.end as usize).unwrap_or_default());
        }
        RunSource::Atom { text: shown, .. } | RunSource::Made(shown) => text.push_str(shown),
        RunSource::Hyphen { .. } => text.push('\u{2010}'),
        RunSource::WrapMark => text.push('↪'),
        RunSource::Leader => text.push('…'),
    }
}

/// Tenths of a point: finer steps than that only make golden files restless.
fn points(length: Length) -> String {
    format!("{:.1}", length.to_pt())
}
