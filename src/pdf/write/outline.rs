//! Ways into the book: bookmarks, named destinations, page labels.
//!
//! In:     the outline, the ways to the anchors, the labels of the sheets.
//! Out:    numbers of the objects that the catalog names.

use super::metadata::text;
use super::objects::Objects;
use super::trees::{name_tree, number_tree};
use super::ways::Ways;
use crate::layout::tree::{OutlineEntry, SectionKind, Tree};
use crate::pdf::Pages;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// Every anchor of the tree by its own name.
pub fn names(ways: &Ways, objects: &mut Objects) -> ObjectId {
    let places = ways.pages.places.iter();
    let entries = places.filter_map(|(anchor, place)| Some((anchor.to_string(), ways.named(anchor, place)?))).collect();
    name_tree(objects, entries)
}

/// An entry with its place among the others, all as indexes into the shown entries.
struct Node<'a> {
    entry: &'a OutlineEntry,
    /// Key and value of the item that lead to it.
    goal: (&'static str, Object),
    parent: Option<usize>,
    kids: Vec<usize>,
}

/// The bookmarks, nested as the outline is; `None` when there is none. Parts stand open, chapters closed.
pub fn bookmarks(tree: &Tree, ways: &Ways, objects: &mut Objects) -> Option<ObjectId> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut tops: Vec<usize> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for entry in &tree.outline {
        let Some(goal) = ways.bookmark(&entry.anchor) else { continue };
        while open.last().is_some_and(|last| nodes[*last].entry.depth >= entry.depth) {
            open.pop();
        }
        let index = nodes.len();
        let parent = open.last().copied();
        match parent {
            Some(parent) => nodes[parent].kids.push(index),
            None => tops.push(index),
        }
        nodes.push(Node { entry, goal, parent, kids: Vec::new() });
        open.push(index);
    }
    if nodes.is_empty() {
        return None;
    }
    let root = objects.reserve();
    let ids: Vec<ObjectId> = nodes.iter().map(|_| objects.reserve()).collect();
    let mut shown = tops.len();
    for (index, node) in nodes.iter().enumerate() {
        let siblings = node.parent.map_or(&tops, |parent| &nodes[parent].kids);
        let at = siblings.iter().position(|sibling| *sibling == index).unwrap_or(0);
        let mut item = dictionary! {
            "Title" => text(&title(node.entry)),
            "Parent" => node.parent.map_or(root, |parent| ids[parent]),
        };
        item.set(node.goal.0, node.goal.1.clone());
        if let Some(previous) = at.checked_sub(1) {
            item.set("Prev", ids[siblings[previous]]);
        }
        if let Some(next) = siblings.get(at + 1) {
            item.set("Next", ids[*next]);
        }
        if let (Some(first), Some(last)) = (node.kids.first(), node.kids.last()) {
            item.set("First", ids[*first]);
            item.set("Last", ids[*last]);
            let count = node.kids.len() as i64;
            let is_part = tree.section(node.entry.section).kind == SectionKind::Part;
            if is_part && node.parent.is_none() {
                shown += node.kids.len();
                item.set("Count", count);
            } else {
                // Closed: the number of entries that opening it would show, negative.
                item.set("Count", -count);
            }
        }
        objects.set(ids[index], item);
    }
    let (first, last) = (tops.first().copied().unwrap_or(0), tops.last().copied().unwrap_or(0));
    objects.set(
        root,
        dictionary! {
            "Type" => "Outlines",
            "First" => ids[first],
            "Last" => ids[last],
            "Count" => shown as i64,
        },
    );
    Some(root)
}

fn title(entry: &OutlineEntry) -> String {
    if entry.label.is_empty() { entry.title.clone() } else { format!("{} {}", entry.label, entry.title) }
}

/// How a label counts.
#[derive(Clone, PartialEq, Eq)]
enum Label {
    Arabic(u32),
    Roman(u32),
    Other(String),
}

/// The folios as a viewer shows them, in ranges that count on.
pub fn page_labels(pages: &Pages, objects: &mut Objects) -> ObjectId {
    let mut ranges: Vec<(i64, Object)> = Vec::new();
    let mut expected = None;
    for (index, sheet) in pages.sheets.iter().enumerate() {
        let label = label(&sheet.label);
        if expected.as_ref() != Some(&label) {
            let mut range = Dictionary::new();
            match &label {
                Label::Arabic(number) => {
                    range.set("S", "D");
                    range.set("St", i64::from(*number));
                }
                Label::Roman(number) => {
                    range.set("S", "r");
                    range.set("St", i64::from(*number));
                }
                Label::Other(label) if label.is_empty() => {}
                Label::Other(label) => range.set("P", text(label)),
            }
            ranges.push((index as i64, range.into()));
        }
        expected = Some(match label {
            Label::Arabic(number) => Label::Arabic(number + 1),
            Label::Roman(number) => Label::Roman(number + 1),
            Label::Other(label) => Label::Other(label),
        });
    }
    number_tree(objects, ranges)
}

fn label(text: &str) -> Label {
    const LAST: u32 = 4000;
    if let Some(number) = text.parse().ok().filter(|number| (1..LAST).contains(number)) {
        return Label::Arabic(number);
    }
    match roman(text) {
        Some(number) => Label::Roman(number),
        None => Label::Other(text.to_owned()),
    }
}

/// Reads a small roman number; `None` for anything that is not one.
fn roman(text: &str) -> Option<u32> {
    let value = |letter| match letter {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        b'd' => Some(500),
        b'm' => Some(1000),
        _ => None,
    };
    const LONGEST: usize = 15;
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let digits: Vec<u32> = text.bytes().map(value).collect::<Option<_>>()?;
    let signed = digits.iter().enumerate().map(|(at, digit)| {
        let before = digits.get(at + 1).is_some_and(|next| next > digit);
        if before { -i64::from(*digit) } else { i64::from(*digit) }
    });
    u32::try_from(signed.sum::<i64>()).ok().filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_folios_are_read() {
        for (text, number) in [("i", 1), ("iv", 4), ("xii", 12), ("xlix", 49)] {
            assert_eq!(roman(text), Some(number), "{text}");
        }
        assert_eq!(roman("A-1"), None);
        assert_eq!(roman(""), None);
    }
}
