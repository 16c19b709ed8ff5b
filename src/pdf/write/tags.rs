//! Tree + marked content → the structure tree, by which software reads the book aloud.
//!
//! In:     the tree; for each sheet its pieces of marked content and its links.
//! Out:    elements in reading order, whatever page they stand on; the objects of `StructTreeRoot`.
//! Absent: looks and positions, but for the boxes of figures.

mod figure;
mod owner;
mod target;

use super::content::{Marked, Piece, Target};
use super::leaf::Leaf;
use super::roles::{Kind, Levels, Vocabulary, kind, shared};
use crate::asset::Pictures;
use crate::book::Matter;
use crate::layout::Content;
use crate::layout::tree::{Anchor, Detail, NodeId, SectionKind, Tree};
use crate::pdf::Place;
use crate::theme::{Role, Wording};
use std::collections::BTreeMap;

/// One structure element. Its place in the list is its name.
pub struct Element<'a> {
    pub role: &'static str,
    pub parent: Option<usize>,
    /// With the place in reading order by which they are sorted.
    pub kids: Vec<(u64, Kid)>,
    pub lang: Option<String>,
    pub alt: Option<String>,
    /// What a short form stands for.
    pub expansion: Option<&'a str>,
    pub id: Option<String>,
    /// What a formula means: a `math` element.
    pub mathml: Option<&'a str>,
    /// The elements it refers to, and those that refer to it.
    pub refs: Vec<usize>,
    pub traits: Traits,
    /// The node inside a figure's that is told by the figure's element.
    holds: Option<NodeId>,
    /// Empty elements are not written, unless they keep a table's grid whole.
    pub kept: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kid {
    Element(usize),
    Content {
        sheet: usize,
        mcid: usize,
    },
    /// A link's annotation: the sheet and its place among the sheet's links.
    Annotation {
        sheet: usize,
        link: usize,
    },
}

/// What becomes of an element's attributes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Traits {
    None,
    /// With the way its items are numbered (ISO 32000-1, table 347; ISO 32000-2, table 382).
    List(&'static str),
    /// How letters stand to those around them: key and value (ISO 32000-2, tables 379 and 380).
    Text(&'static str, &'static str),
    /// A note at the foot of the page.
    Footnote,
    /// Of the contents, with its level; no attribute.
    Entry {
        level: u8,
    },
    Cell {
        scope: Option<&'static str>,
        columns: u16,
        rows: u16,
    },
    Figure {
        bounds: [f32; 4],
        inline: bool,
    },
}

/// What an inline element stands for, so that its pieces find it again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Inline {
    Mark(u32),
    Atom(u32),
    AtomLink(u32),
    Picture(u32),
    Formula(u32),
    Label,
    LabelLink,
}

pub struct Tags<'a> {
    tree: &'a Tree,
    places: &'a BTreeMap<Anchor, Place>,
    pictures: &'a Pictures,
    wording: &'static Wording,
    pub vocabulary: Vocabulary,
    /// How deep the anchors of the outline stand.
    depths: BTreeMap<&'a Anchor, u8>,
    pub elements: Vec<Element<'a>>,
    /// By node: its element, and the one inside that takes its content.
    nodes: Vec<Option<(usize, usize)>>,
    inline: BTreeMap<(NodeId, Inline), usize>,
    leaf: Option<Leaf<'a>>,
}

impl<'a> Tags<'a> {
    /// The elements of every node, in reading order, still without content.
    pub fn plan(
        tree: &'a Tree,
        places: &'a BTreeMap<Anchor, Place>,
        pictures: &'a Pictures,
        vocabulary: Vocabulary,
    ) -> Tags<'a> {
        let mut tags = Tags {
            tree,
            places,
            pictures,
            wording: Wording::of(&tree.metadata.language),
            vocabulary,
            depths: tree.outline.iter().map(|entry| (&entry.anchor, entry.depth)).collect(),
            elements: Vec::with_capacity(tree.nodes.len() * 2),
            nodes: vec![None; tree.nodes.len()],
            inline: BTreeMap::new(),
            leaf: None,
        };
        let document = tags.element("Document", None, 0);
        let mut levels = Levels::new(vocabulary);
        // Sections stand in those of lower rank before them; a part holds the chapters after it.
        let mut open: Vec<(i32, usize)> = Vec::new();
        let mut matter = None;
        for section in &tree.sections {
            if matter.replace(section.matter) != Some(section.matter) || section.matter != Matter::Main {
                open.clear();
                levels.reset();
            }
            const PART: i32 = -1;
            let is_part = section.kind == SectionKind::Part;
            let (rank, role) = if is_part { (PART, "Part") } else { (i32::from(section.depth), "Sect") };
            while open.last().is_some_and(|(last, _)| *last >= rank) {
                open.pop();
            }
            let parent = open.last().map_or(document, |(_, element)| *element);
            let element = tags.element(role, Some(parent), u64::from(section.nodes.start) + 1);
            open.push((rank, element));
            tags.section(section.nodes.clone(), element, &mut levels);
        }
        tags
    }

    fn section(&mut self, nodes: std::ops::Range<u32>, element: usize, levels: &mut Levels) {
        let mut around: Vec<(u32, usize, Option<Role>)> = vec![(u32::MAX, element, None)];
        for id in nodes.map(NodeId) {
            while around.last().is_some_and(|(end, ..)| *end <= id.0) {
                around.pop();
            }
            let Some(&(_, parent, parent_role)) = around.last() else { continue };
            let node = self.tree.node(id);
            let Some((outer, inner)) = self.node(id, parent, parent_role, levels) else { continue };
            if let Some(lang) = &node.lang {
                self.elements[outer].lang = Some(lang.tag().to_owned());
            }
            self.nodes[id.0 as usize] = Some((outer, inner));
            around.push((node.end.0, inner, Some(node.role)));
        }
    }

    fn node(&mut self, id: NodeId, parent: usize, above: Option<Role>, levels: &mut Levels) -> Option<(usize, usize)> {
        let node = self.tree.node(id);
        let order = u64::from(id.0) + 1;
        let parent = match shared(node.role) {
            Some(role) => {
                let first = self.last_kid(parent, role).unwrap_or_else(|| self.element(role, Some(parent), order));
                self.level(id).map_or(first, |level| self.nested_contents(first, level, order))
            }
            None => parent,
        };
        let one = |tags: &mut Tags, role| {
            let element = tags.element(role, Some(parent), order);
            (element, element)
        };
        let pair = match kind(node.role, above) {
            Kind::Figure => self.figure(id, parent),
            // What a figure is one with, it has told already.
            Kind::Picture | Kind::Plain("Table") if self.elements[parent].holds == Some(id) => (parent, parent),
            Kind::Plain("Aside") if !self.may_hold_aside(parent) => one(self, "Div"),
            // A note has no headings of its own (ISO/TS 32005, table 3).
            Kind::Heading(_) if self.elements[parent].role == "FENote" => one(self, "P"),
            // A quotation that is one leaf still holds a paragraph.
            Kind::Plain(outer @ ("BlockQuote" | "Div" | "Aside")) if node.text().is_some() => {
                let outer = self.element(outer, Some(parent), order);
                (outer, self.element("P", Some(outer), order))
            }
            Kind::Plain(role) => one(self, role),
            Kind::Nested(outer, inner) => {
                let outer = self.element(outer, Some(parent), order);
                if let Some(level) = self.level(id) {
                    self.elements[outer].traits = Traits::Entry { level };
                }
                (outer, self.element(inner, Some(outer), order))
            }
            Kind::Heading(rank) => one(self, levels.next(rank)),
            Kind::List => {
                let pair = one(self, "L");
                let numbering = numbering(self.tree, id, self.vocabulary);
                self.elements[pair.0].traits = numbering.map_or(Traits::None, Traits::List);
                pair
            }
            Kind::Item => {
                let item = self.element("LI", Some(parent), order);
                (item, self.element("LBody", Some(item), order))
            }
            Kind::Term => {
                let open = self.last_kid(parent, "LI").filter(|item| self.last_kid(*item, "LBody").is_none());
                let item = open.unwrap_or_else(|| self.element("LI", Some(parent), order));
                let term = self.element("Lbl", Some(item), order);
                (term, term)
            }
            Kind::Definition => {
                let open = self.last_kid(parent, "LI");
                let item = open.unwrap_or_else(|| self.element("LI", Some(parent), order));
                let body = self.element("LBody", Some(item), order);
                (body, body)
            }
            Kind::Cell { in_head } => {
                let Detail::Cell { columns, rows, is_header, .. } = node.detail else { return Some(one(self, "TD")) };
                let header = in_head || is_header;
                let pair = one(self, if header { "TH" } else { "TD" });
                let scope = header.then_some(if in_head { "Column" } else { "Row" });
                self.elements[pair.0].traits = Traits::Cell { scope, columns, rows };
                pair
            }
            Kind::Picture => {
                let pair = one(self, "Figure");
                if let Content::Picture(picture) = &node.content {
                    self.elements[pair.0].alt = Some(self.alt(picture, Some(id)));
                }
                pair
            }
            Kind::Note => {
                let pair = match self.vocabulary {
                    Vocabulary::Pdf1 => one(self, "Note"),
                    Vocabulary::Pdf2 => one(self, "FENote"),
                };
                if self.vocabulary == Vocabulary::Pdf2 {
                    self.elements[pair.0].traits = Traits::Footnote;
                }
                if let Detail::Note(note) = node.detail {
                    self.elements[pair.0].id = Some(format!("note-{:06}", note.0));
                }
                pair
            }
            Kind::Decoration => return None,
        };
        Some(pair)
    }

    fn element(&mut self, role: &'static str, parent: Option<usize>, order: u64) -> usize {
        let index = self.elements.len();
        self.elements.push(Element {
            role,
            parent,
            kids: Vec::new(),
            lang: None,
            alt: None,
            expansion: None,
            id: None,
            mathml: None,
            refs: Vec::new(),
            traits: Traits::None,
            holds: None,
            kept: false,
        });
        if let Some(parent) = parent {
            self.elements[parent].kids.push((order, Kid::Element(index)));
        }
        index
    }

    /// The list of an entry of the contents: deeper entries stand in a list of their own, in the entry they belong to
    /// (ISO 32000-1, table 333).
    fn nested_contents(&mut self, first: usize, level: u8, order: u64) -> usize {
        let mut list = first;
        while let Some(entry) = self.last_kid(list, "TOCI") {
            let is_deeper = matches!(self.elements[entry].traits, Traits::Entry { level: own } if own < level);
            if !is_deeper {
                break;
            }
            list = self.last_kid(entry, "TOC").unwrap_or_else(|| self.element("TOC", Some(entry), order));
        }
        list
    }

    fn last_kid(&self, parent: usize, role: &str) -> Option<usize> {
        match self.elements[parent].kids.last() {
            Some((_, Kid::Element(kid))) if self.elements[*kid].role == role => Some(*kid),
            Some(_) | None => None,
        }
    }

    /// Hangs a sheet's content and links into the elements.
    pub fn take<'m>(
        &mut self,
        sheet: usize,
        marked: impl Iterator<Item = &'m Marked>,
        links: impl Iterator<Item = &'m Target>,
    ) -> Vec<Option<usize>> {
        let mut owners = Vec::new();
        for (mcid, piece) in marked.enumerate() {
            let owner = self.owner(piece.target);
            if let Some(owner) = owner {
                self.elements[owner].kids.push((u64::from(piece.order), Kid::Content { sheet, mcid }));
                if let Some(bounds) = piece.bounds {
                    let inline =
                        matches!(piece.target.piece, Piece::Figure { at: Some(_), .. } | Piece::Formula { .. });
                    self.elements[owner].traits = Traits::Figure { bounds, inline };
                }
            }
            owners.push(owner);
        }
        for (link, target) in links.enumerate() {
            if let Some(owner) = self.owner(*target) {
                // After the text on the sheet that it lies over.
                let order = self.elements[owner].kids.last().map_or(0, |(order, _)| *order);
                self.elements[owner].kids.push((order, Kid::Annotation { sheet, link }));
            }
        }
        owners
    }

    /// Sorts each element's kids as they are read, and marks what is written: elements with content, and the rows and
    /// cells of a table that has some.
    pub fn settle(&mut self) {
        for index in (0..self.elements.len()).rev() {
            let kept = self.elements[index].kids.iter().any(|(_, kid)| match kid {
                Kid::Element(kid) => self.elements[*kid].kept,
                Kid::Content { .. } | Kid::Annotation { .. } => true,
            });
            self.elements[index].kept = kept;
        }
        for index in 0..self.elements.len() {
            let element = &self.elements[index];
            let in_table = matches!(element.role, "THead" | "TBody" | "TR" | "TH" | "TD");
            if in_table && element.parent.is_some_and(|parent| self.elements[parent].kept) {
                self.elements[index].kept = true;
            }
            // Stable: what stands at one place keeps the order of its coming.
            self.elements[index].kids.sort_by_key(|(order, _)| *order);
        }
    }
}

/// How the items of a list are told apart, by the first of them.
fn numbering(tree: &Tree, list: NodeId, vocabulary: Vocabulary) -> Option<&'static str> {
    let is_new = vocabulary == Vocabulary::Pdf2;
    let first = tree.children(list).find_map(|item| match &tree.node(item).detail {
        Detail::Item { marker, task, .. } => Some((marker.as_str(), task.is_some())),
        _other => None,
    });
    match (tree.node(list).role, first) {
        // Terms and what they mean; PDF 1.7 has no word for it.
        (Role::DefinitionList, _) => is_new.then_some("Description"),
        (Role::OrderedList, _) => Some("Decimal"),
        // A box that is ticked or not is no bullet.
        (_list, Some((_box, true))) if is_new => Some("Unordered"),
        (_list, _) => Some("Disc"),
    }
}
