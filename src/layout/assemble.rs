//! Drafts → the tree: every section takes its place, and local ids become those of the book.
//!
//! In:     drafts in reading order, the tokens of the code.
//! Out:    [`Tree`], its invariants kept.
//! Absent: any choice.

use super::gather::Draft;
use super::highlight::Highlights;
use super::tree::{Anchor, Atom, Content, Detail, Locus, Mark, Node, NodeId, NoteId, OutlineEntry, Section, Tree};
use crate::base::Sink;
use crate::book::Metadata;
use std::collections::BTreeMap;

pub fn assemble(
    metadata: Metadata,
    drafts: Vec<Draft>,
    mut outline: Vec<OutlineEntry>,
    highlights: &Highlights,
    sink: &mut Sink,
) -> Tree {
    let count = drafts.iter().map(|draft| draft.nodes.len()).sum();
    let mut tree = Tree {
        metadata,
        nodes: Vec::with_capacity(count),
        sections: Vec::with_capacity(drafts.len()),
        notes: Vec::new(),
        outline: Vec::new(),
        anchors: BTreeMap::new(),
    };
    let mut starts = Vec::with_capacity(drafts.len());
    for draft in drafts {
        starts.push(tree.nodes.len() as u32);
        place(draft, &mut tree, highlights, sink);
    }
    for entry in &mut outline {
        entry.node.0 += starts[entry.section.0 as usize];
    }
    tree.outline = outline;
    tree
}

fn place(draft: Draft, tree: &mut Tree, highlights: &Highlights, sink: &mut Sink) {
    let first_node = tree.nodes.len() as u32;
    let first_note = tree.notes.len() as u32;
    tree.anchors.insert(draft.anchor.clone(), Locus { leaf: NodeId(first_node), offset: 0 });
    for mut node in draft.nodes {
        let id = NodeId(tree.nodes.len() as u32);
        node.end.0 += first_node;
        if let Detail::Note(note) = &mut node.detail {
            note.0 += first_note;
        }
        color(&mut node, highlights);
        settle_ids(&mut node, id, NoteId(first_note), &mut tree.anchors);
        tree.nodes.push(node);
    }
    for mut note in draft.notes {
        note.body.0 += first_node;
        note.calls.iter_mut().for_each(|call| call.leaf.0 += first_node);
        tree.notes.push(note);
    }
    tree.sections.push(Section {
        kind: draft.kind,
        matter: draft.matter,
        nodes: first_node..tree.nodes.len() as u32,
        title: draft.title,
        label: draft.label,
        anchor: draft.anchor,
        depth: draft.depth,
        file_stem: draft.stem,
        at: draft.at,
    });
    sink.append(draft.sink);
}

fn color(node: &mut Node, highlights: &Highlights) {
    if let (Detail::Code { language }, Content::Leaf(text)) = (&node.detail, &mut node.content) {
        text.marks.extend(highlights.of(language, &text.string));
    }
}

/// Makes the note ids of a leaf those of the book, and enters every place of the node.
fn settle_ids(node: &mut Node, id: NodeId, first: NoteId, anchors: &mut BTreeMap<Anchor, Locus>) {
    let mut enter = |anchor: &Anchor, offset| {
        anchors.entry(anchor.clone()).or_insert(Locus { leaf: id, offset });
    };
    if let Some(anchor) = &node.anchor {
        enter(anchor, 0);
    }
    let Content::Leaf(text) = &mut node.content else { return };
    for mark in &text.marks {
        if let Mark::Anchor(anchor) = &mark.mark {
            enter(anchor, mark.range.start);
        }
    }
    for atom in &mut text.atoms {
        if let Atom::NoteCall { note, anchor } = &mut atom.atom {
            note.0 += first.0;
            enter(anchor, atom.at);
        }
    }
}
