//! Tree → the list of text files: which nodes stand in which file, and where an anchor is found.
//!
//! In:     the tree's sections and their file stems.
//! Out:    [`Plan`]: one file a section; a very long section is cut before headings into several.
//! Absent: what stands in the files.

use crate::layout::tree::{Anchor, Content, Node, NodeId, Section, SectionId, SectionKind, Tree};
use crate::theme::Role;
use std::collections::BTreeSet;
use std::ops::Range;

/// The name of the navigation document, which is the contents page as well.
pub const NAV: &str = "nav.xhtml";
/// The name of the page that shows the cover.
pub const COVER: &str = "cover.xhtml";

/// A file longer than this is cut: old reading systems lay out a file whole (Adobe's RMSDK gave up at 300 KB), and
/// newer ones turn the first page late.
const LONGEST: usize = 300_000;
/// What an element costs beside its text, found by measuring rust-lang/book.
const ELEMENT: usize = 48;
/// What a mark costs: `<span class="t-keyword"></span>`.
const MARK: usize = 31;

/// One text file of the e-book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextFile {
    /// Relative to the package file: `ch03-the-siege.xhtml`.
    pub name: String,
    pub section: SectionId,
    pub nodes: Range<u32>,
    /// 0 for the first file of a section.
    pub part: usize,
}

/// The text files in reading order. Together they hold every node once.
#[derive(Debug)]
pub struct Plan {
    pub files: Vec<TextFile>,
}

impl Plan {
    pub fn of(tree: &Tree) -> Plan {
        let mut taken = BTreeSet::from([NAV.to_owned(), COVER.to_owned()]);
        let mut files = Vec::with_capacity(tree.sections.len());
        for (at, section) in tree.sections.iter().enumerate() {
            let id = SectionId(at as u32);
            if section.kind == SectionKind::Contents && !files.iter().any(|file: &TextFile| file.name == NAV) {
                files.push(TextFile { name: NAV.to_owned(), section: id, nodes: section.nodes.clone(), part: 0 });
                continue;
            }
            for (part, nodes) in cut(tree, section).into_iter().enumerate() {
                let stem = match part {
                    0 => section.file_stem.clone(),
                    part => format!("{}-{}", section.file_stem, part + 1),
                };
                files.push(TextFile { name: free_name(&stem, &mut taken), section: id, nodes, part });
            }
        }
        Plan { files }
    }

    /// The file that holds a node.
    pub fn file_of(&self, node: NodeId) -> usize {
        self.files.partition_point(|file| file.nodes.start <= node.0).saturating_sub(1)
    }

    /// The link to an anchor from the file `from`; `None` when the tree has no such anchor.
    pub fn href(&self, tree: &Tree, from: Option<usize>, anchor: &Anchor) -> Option<String> {
        let file = self.file_of(tree.place_of(anchor)?.leaf);
        let name = if from == Some(file) { "" } else { &self.files.get(file)?.name };
        Some(format!("{name}#{anchor}"))
    }

    /// The contents page, when the tree has one.
    pub fn nav(&self) -> Option<usize> {
        self.files.iter().position(|file| file.name == NAV)
    }
}

/// A name nobody has yet. Stems are unique already; only our own names and the parts of cut sections can clash.
fn free_name(stem: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = format!("{stem}.xhtml");
    let mut turn = 1;
    while !taken.insert(name.clone()) {
        turn += 1;
        name = format!("{stem}.{turn}.xhtml");
    }
    name
}

/// The node ranges of a section's files.
fn cut(tree: &Tree, section: &Section) -> Vec<Range<u32>> {
    let all = section.nodes.clone();
    if (all.clone()).map(|id| weight(tree.node(NodeId(id)))).sum::<usize>() <= LONGEST {
        return vec![all];
    }
    let (mut parts, mut start, mut size) = (Vec::new(), all.start, 0);
    // Cut before the heading at which the file would grow too long: headings of the first level, each with what
    // stands under it, are gathered while they fit.
    let mut pending = 0;
    let mut heading = None;
    for root in tree.roots(section) {
        let node = tree.node(root);
        if node.role == Role::Heading(1) {
            if let Some(before) = heading.filter(|&before| size + pending > LONGEST && before > start) {
                parts.push(start..before);
                start = before;
                size = 0;
            }
            size += pending;
            pending = 0;
            heading = Some(root.0);
        }
        pending += (root.0..node.end.0).map(|id| weight(tree.node(NodeId(id)))).sum::<usize>();
    }
    if let Some(before) = heading.filter(|&before| size + pending > LONGEST && before > start) {
        parts.push(start..before);
        start = before;
    }
    parts.push(start..all.end);
    parts
}

/// About how many bytes a node takes in XHTML.
fn weight(node: &Node) -> usize {
    ELEMENT
        + match &node.content {
            Content::Leaf(text) => text.string.len() + text.marks.len() * MARK,
            Content::Group | Content::Picture(_) | Content::Empty => 0,
        }
}
