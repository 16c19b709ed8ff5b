//! Tree + marked content → the structure tree, by which software reads the book aloud.
//!
//! In:     the tree; for each sheet its pieces of marked content and its links.
//! Out:    elements in reading order, whatever page they stand on; the objects of `StructTreeRoot`.
//! Absent: looks and positions, but for the boxes of figures.

mod owner;

use super::content::{Marked, Piece, Target};
use super::leaf::Leaf;
use super::roles::{Kind, Levels, contents_level, kind, shared};
use crate::asset::Pictures;
use crate::book::Matter;
use crate::layout::tree::{Anchor, Detail, NodeId, PlacedPicture, SectionKind, Tree};
use crate::layout::{Content, tree::ATOM};
use crate::pdf::Place;
use crate::theme::{Role, Wording};
use std::collections::BTreeMap;

/// One structure element. Its place in the list is its name.
pub struct Element {
    pub role: &'static str,
    pub parent: Option<usize>,
    /// With the place in reading order by which they are sorted.
    pub kids: Vec<(u64, Kid)>,
    pub lang: Option<String>,
    pub alt: Option<String>,
    pub id: Option<String>,
    pub traits: Traits,
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
    List {
        ordered: bool,
    },
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
    pub elements: Vec<Element>,
    /// By node: its element, and the one inside that takes its content.
    nodes: Vec<Option<(usize, usize)>>,
    inline: BTreeMap<(NodeId, Inline), usize>,
    leaf: Option<Leaf<'a>>,
}

impl<'a> Tags<'a> {
    /// The elements of every node, in reading order, still without content.
    pub fn plan(tree: &'a Tree, places: &'a BTreeMap<Anchor, Place>, pictures: &'a Pictures) -> Tags<'a> {
        let mut tags = Tags {
            tree,
            places,
            pictures,
            wording: Wording::of(&tree.metadata.language),
            elements: Vec::with_capacity(tree.nodes.len() * 2),
            nodes: vec![None; tree.nodes.len()],
            inline: BTreeMap::new(),
            leaf: None,
        };
        let document = tags.element("Document", None, 0);
        let mut levels = Levels::default();
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
            self.elements[outer].lang = node.lang.as_ref().map(|lang| lang.tag().to_owned());
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
                contents_level(node.role).map_or(first, |level| self.nested_contents(first, level, order))
            }
            None => parent,
        };
        let one = |tags: &mut Tags, role| {
            let element = tags.element(role, Some(parent), order);
            (element, element)
        };
        let pair = match kind(node.role, above) {
            // A quotation that is one leaf still holds a paragraph.
            Kind::Plain(outer @ ("BlockQuote" | "Div" | "Aside")) if node.text().is_some() => {
                let outer = self.element(outer, Some(parent), order);
                (outer, self.element("P", Some(outer), order))
            }
            Kind::Plain(role) => one(self, role),
            Kind::Nested(outer, inner) => {
                let outer = self.element(outer, Some(parent), order);
                if let Some(level) = contents_level(node.role) {
                    self.elements[outer].traits = Traits::Entry { level };
                }
                (outer, self.element(inner, Some(outer), order))
            }
            Kind::Heading(rank) => one(self, levels.next(rank)),
            Kind::List { ordered } => {
                let pair = one(self, "L");
                self.elements[pair.0].traits = Traits::List { ordered };
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
                let pair = one(self, "Note");
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
            id: None,
            traits: Traits::None,
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

    /// What a figure shows, in words. A picture without words has been reported to the author; it is then told by its
    /// caption or its name, as what it is.
    fn alt(&self, picture: &PlacedPicture, node: Option<NodeId>) -> String {
        if !picture.alt.trim().is_empty() {
            return picture.alt.clone();
        }
        let caption = node.and_then(|node| {
            let after = node.0 as usize + 1;
            let next = self.tree.nodes.get(after).filter(|next| next.role == Role::Caption)?;
            Some(next.text()?.string.replace(ATOM, " "))
        });
        caption.filter(|caption| !caption.trim().is_empty()).unwrap_or_else(|| {
            let path = picture.picture.map_or("", |id| self.pictures.get(id).path.as_str());
            format!("{}: {}", self.wording.figure, path.rsplit('/').next().unwrap_or(path))
        })
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
