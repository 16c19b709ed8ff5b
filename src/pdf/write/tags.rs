//! Tree + marked content → the structure tree, by which software reads the book aloud.
//!
//! In:     the tree; for each sheet its pieces of marked content and its links.
//! Out:    elements in reading order, whatever page they stand on; the objects of `StructTreeRoot`.
//! Absent: looks and positions, but for the boxes of figures.

use super::content::{Marked, Piece, Target};
use super::leaf::{self, Goal, Leaf};
use super::roles::{Kind, Levels, kind, shared};
use crate::asset::Pictures;
use crate::book::Matter;
use crate::layout::tree::{Anchor, Atom, Detail, Mark, NodeId, PlacedPicture, SectionKind, Tree};
use crate::layout::{Content, tree::ATOM};
use crate::pdf::Place;
use crate::theme::Role;
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
    List { ordered: bool },
    Cell { scope: Option<&'static str>, columns: u16, rows: u16 },
    Figure { bounds: [f32; 4], inline: bool },
}

/// What an inline element stands for, so that its pieces find it again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Inline {
    Mark(u32),
    Atom(u32),
    AtomLink(u32),
    Picture(u32),
    Label,
    LabelLink,
}

pub struct Tags<'a> {
    tree: &'a Tree,
    places: &'a BTreeMap<Anchor, Place>,
    pictures: &'a Pictures,
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
            Some(role) => self.last_kid(parent, role).unwrap_or_else(|| self.element(role, Some(parent), order)),
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
            format!("Picture: {}", path.rsplit('/').next().unwrap_or(path))
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
                    let inline = matches!(piece.target.piece, Piece::Figure { at: Some(_), .. });
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

    /// The element that a piece of content belongs to.
    pub fn owner(&mut self, target: Target) -> Option<usize> {
        let (outer, inner) = self.nodes.get(target.node.0 as usize).copied().flatten()?;
        let owner = match target.piece {
            Piece::Text(mark) => self.marked(target.node, inner, mark),
            Piece::Figure { at: None, .. } => inner,
            Piece::Figure { at: Some(at), mark } => {
                let parent = self.marked(target.node, inner, mark);
                let alt = match self.leaf(target.node).atom(at) {
                    Some(Atom::Picture(picture)) => Some(self.alt(picture, None)),
                    Some(Atom::NoteCall { .. } | Atom::PageRef { .. } | Atom::Break) | None => None,
                };
                let figure = self.inline(target.node, Inline::Picture(at), "Figure", parent, at);
                self.elements[figure].alt = alt;
                figure
            }
            Piece::Atom { at, mark } => {
                let parent = self.marked(target.node, inner, mark);
                let (tree, places) = (self.tree, self.places);
                let leaf = self.leaf(target.node);
                let linked = leaf.link(mark).is_some();
                let Some(atom) = leaf.atom(at) else { return Some(parent) };
                let goal = leaf::atom_goal(tree, atom, places).filter(|_| !linked);
                let parent = match atom {
                    Atom::NoteCall { .. } => self.inline(target.node, Inline::Atom(at), "Reference", parent, at),
                    Atom::PageRef { .. } | Atom::Picture(_) | Atom::Break => parent,
                };
                self.linked(target.node, Inline::AtomLink(at), parent, at, goal)
            }
            Piece::Marker => {
                let label = self.inline(target.node, Inline::Label, "Lbl", outer, 0);
                let goal = leaf::way_back(self.tree, target.node, self.places);
                self.linked(target.node, Inline::LabelLink, label, 0, goal)
            }
        };
        Some(owner)
    }

    fn linked(&mut self, node: NodeId, key: Inline, parent: usize, at: u32, goal: Option<Goal>) -> usize {
        if goal.is_some() { self.inline(node, key, "Link", parent, at) } else { parent }
    }

    /// The element of a mark, in those of the marks around it.
    fn marked(&mut self, node: NodeId, inner: usize, mark: Option<u32>) -> usize {
        let Some(innermost) = mark else { return inner };
        let leaf = self.leaf(node);
        let mut chain = vec![innermost];
        while let Some(around) = chain.last().and_then(|mark| leaf.around(*mark)) {
            chain.push(around);
        }
        let known: Vec<_> = chain.iter().map(|mark| (*mark, leaf.mark(*mark), leaf.start(*mark))).collect();
        let mut parent = inner;
        for (index, mark, start) in known.into_iter().rev() {
            let (role, lang) = if let Some(Mark::Lang(lang)) = mark {
                ("Span", Some(lang.tag().to_owned()))
            } else {
                (if mark == Some(&Mark::Code) { "Code" } else { "Link" }, None)
            };
            parent = self.inline(node, Inline::Mark(index), role, parent, start);
            self.elements[parent].lang = lang;
        }
        parent
    }

    fn inline(&mut self, node: NodeId, key: Inline, role: &'static str, parent: usize, at: u32) -> usize {
        if let Some(element) = self.inline.get(&(node, key)) {
            return *element;
        }
        let element = self.element(role, Some(parent), u64::from(at));
        self.inline.insert((node, key), element);
        element
    }

    fn leaf(&mut self, id: NodeId) -> &Leaf<'a> {
        if self.leaf.as_ref().is_some_and(|leaf| leaf.id != id) {
            self.leaf = None;
        }
        let (tree, places) = (self.tree, self.places);
        self.leaf.get_or_insert_with(|| Leaf::of(tree, id, places))
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
            let in_table = matches!(element.role, "TR" | "TH" | "TD");
            if in_table && element.parent.is_some_and(|parent| self.elements[parent].kept) {
                self.elements[index].kept = true;
            }
            // Stable: what stands at one place keeps the order of its coming.
            self.elements[index].kids.sort_by_key(|(order, _)| *order);
        }
    }
}
