//! The conservation laws of the print edition: text(tree) = text(pages), each picture once, every place found, page
//! starts strictly rising. What the e-book shows is printed node by node from the tree; its law is proved in the tests.
//!
//! In:     `Tree`, `Pages`.
//! Out:    faults `check.lost`, `check.twice`, `check.place`, `check.order`, each kind once with its first place.
//! Absent: how anything looks.

use crate::base::{Diagnostic, Sink};
use crate::layout::{Atom, Content, NodeId, Tree};
use crate::pdf::{Owner, Pages, RunSource, Shape};
use crate::theme::Role;

/// A stretch of a leaf's string that stands on a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    leaf: NodeId,
    start: u32,
    end: u32,
}

/// Length in bytes of the character that stands for an atom.
const ATOM_LENGTH: u32 = crate::layout::tree::ATOM.len_utf8() as u32;
/// Bytes of the text quoted in a message.
const QUOTED: usize = 40;

/// Proves the pages against the tree.
pub fn editions(tree: &Tree, pages: &Pages, sink: &mut Sink) {
    let mut faults = Faults::default();
    text(tree, pages, &mut faults);
    pictures(tree, pages, &mut faults);
    places(tree, pages, &mut faults);
    order(tree, pages, &mut faults);
    faults.tell(tree, sink);
}

/// Faults of one kind: how many, and the first of them.
#[derive(Default)]
struct Faults {
    lost: Kind,
    twice: Kind,
    place: Kind,
    order: Kind,
}

#[derive(Default)]
struct Kind {
    count: usize,
    first: Option<(NodeId, String)>,
}

impl Kind {
    fn add(&mut self, node: NodeId, what: impl FnOnce() -> String) {
        self.count += 1;
        self.first.get_or_insert_with(|| (node, what()));
    }
}

impl Faults {
    fn tell(self, tree: &Tree, sink: &mut Sink) {
        let kinds = [
            ("check.lost", "is missing from the printed pages", self.lost),
            ("check.twice", "stands twice on the printed pages", self.twice),
            ("check.place", "has no place on the printed pages", self.place),
            ("check.order", "stands out of order on the printed pages", self.order),
        ];
        for (code, fault, kind) in kinds {
            let Some((node, what)) = kind.first else { continue };
            let more = if kind.count > 1 { format!(" (and {} more)", kind.count - 1) } else { String::new() };
            let at = tree.nodes.get(node.0 as usize).and_then(|node| node.at);
            let hint = "this is a fault of bifolio, not of your manuscript: please report it";
            sink.push(Diagnostic::warning(code, format!("{what} {fault}{more}")).at(at).hint(hint));
        }
    }
}

/// Every visible character of every leaf once.
fn text(tree: &Tree, pages: &Pages, faults: &mut Faults) {
    let mut shown: Vec<Shown> = Vec::new();
    for item in pages.sheets.iter().flat_map(|sheet| &sheet.items) {
        if let (Owner::Node(leaf), Shape::Formula { at, part, of, .. }) = (item.owner, &item.shape) {
            // Its pieces share the sign that stands for it as best they can: three bytes.
            let bytes = |part: u16| at + ATOM_LENGTH * u32::from(part) / u32::from((*of).max(1));
            shown.push(Shown { leaf, start: bytes(*part), end: bytes(part + 1) });
            continue;
        }
        let (Owner::Node(_) | Owner::Marker(_), Shape::Run(run)) = (item.owner, &item.shape) else { continue };
        match &run.source {
            RunSource::Leaf { leaf, range } | RunSource::Initial { leaf, range } => {
                shown.push(Shown { leaf: *leaf, start: range.start, end: range.end });
            }
            RunSource::Atom { leaf, at, .. } => shown.push(Shown { leaf: *leaf, start: *at, end: at + ATOM_LENGTH }),
            RunSource::Made(_) | RunSource::Hyphen { .. } | RunSource::WrapMark | RunSource::Leader => {}
        }
    }
    // The sort is stable and the list nearly sorted: notes alone stand elsewhere than in the tree.
    shown.sort();
    let mut rest = shown.as_slice();
    for (id, node) in tree.nodes.iter().enumerate() {
        let id = NodeId(id as u32);
        let own = rest.partition_point(|shown| shown.leaf <= id);
        let (of_node, after) = rest.split_at(own);
        rest = after;
        let Some(text) = node.text() else { continue };
        let mut reached = 0;
        for piece in of_node {
            if piece.start < reached {
                faults.twice.add(id, || quoted(&text.string, piece.start, piece.end.min(reached)));
            }
            lost(tree, id, reached, piece.start, faults);
            reached = reached.max(piece.end);
        }
        lost(tree, id, reached, text.string.len() as u32, faults);
    }
}

/// Whether anything a reader would miss stands in the bytes `from..to` of a leaf.
fn lost(tree: &Tree, leaf: NodeId, from: u32, to: u32, faults: &mut Faults) {
    let Some(text) = tree.node(leaf).text() else { return };
    let Some(gap) = text.string.get(from as usize..to as usize) else { return };
    // An index entry names a page once, and joins the pages of a run: its later numbers may be left out.
    let merges = matches!(tree.node(leaf).role, Role::IndexEntry(_)) && from > 0;
    let missed = gap.char_indices().any(|(at, c)| match text.atom_at(from + at as u32) {
        Some(Atom::PageRef { .. }) if merges => false,
        Some(Atom::NoteCall { .. } | Atom::PageRef { .. } | Atom::Formula(_)) => true,
        // Pictures are counted apart; a break is a line end.
        Some(Atom::Picture(_) | Atom::Break) => false,
        None if merges && c == ',' => false,
        None => !is_unseen(c),
    });
    if missed {
        faults.lost.add(leaf, || quoted(&text.string, from, to));
    }
}

/// Characters that show nothing: space, controls, and the default ignorable ones a manuscript may hold (Unicode 15, 5.21).
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

fn quoted(string: &str, from: u32, to: u32) -> String {
    let piece = string.get(from as usize..to as usize).unwrap_or(string).trim();
    let end = piece.char_indices().map(|(at, _)| at).find(|&at| at >= QUOTED).unwrap_or(piece.len());
    format!("`{}{}`", &piece[..end], if end < piece.len() { "…" } else { "" })
}

/// Every picture that has a file once.
fn pictures(tree: &Tree, pages: &Pages, faults: &mut Faults) {
    let mut shown: Vec<NodeId> = Vec::new();
    for item in pages.sheets.iter().flat_map(|sheet| &sheet.items) {
        if let (Owner::Node(node), Shape::Picture { .. }) = (item.owner, &item.shape) {
            shown.push(node);
        }
    }
    shown.sort();
    for (id, node) in tree.nodes.iter().enumerate() {
        let id = NodeId(id as u32);
        let is_due = |atom: &Atom| matches!(atom, Atom::Picture(placed) if placed.picture.is_some());
        let due = match &node.content {
            Content::Picture(placed) => usize::from(placed.picture.is_some()),
            Content::Leaf(text) => text.atoms.iter().filter(|atom| is_due(&atom.atom)).count(),
            Content::Group | Content::Empty => 0,
        };
        let found = shown.partition_point(|&node| node <= id) - shown.partition_point(|&node| node < id);
        let named = || "a picture".to_owned();
        match found.cmp(&due) {
            std::cmp::Ordering::Less => faults.lost.add(id, named),
            std::cmp::Ordering::Equal => {}
            std::cmp::Ordering::Greater => faults.twice.add(id, named),
        }
    }
}

/// Every anchor has a place on a page that exists, so that no link leads nowhere.
fn places(tree: &Tree, pages: &Pages, faults: &mut Faults) {
    for (anchor, locus) in &tree.anchors {
        if pages.places.get(anchor).is_none_or(|place| place.sheet >= pages.sheets.len()) {
            faults.place.add(locus.leaf, || format!("the anchor `{anchor}`"));
        }
    }
    for entry in tree.outline.iter().filter(|entry| !tree.anchors.contains_key(&entry.anchor)) {
        faults.place.add(entry.node, || format!("the heading `{}`", entry.title));
    }
}

/// Page starts and the outline rise.
fn order(tree: &Tree, pages: &Pages, faults: &mut Faults) {
    for pair in pages.map.starts.windows(2) {
        if pair[1].at <= pair[0].at || pair[1].index <= pair[0].index {
            faults.order.add(pair[1].at.leaf, || format!("the start of page {}", pair[1].label));
        }
    }
    for pair in tree.outline.windows(2) {
        if pair[1].node <= pair[0].node {
            faults.order.add(pair[1].node, || format!("the heading `{}`", pair[1].title));
        }
    }
}

#[cfg(test)]
mod tests;
