//! The raw tree of a text: what Markdown events and HTML tags both grow into, before it is read as blocks and inlines.
//!
//! In:     nodes in reading order, pushed by [`grow`](super::grow).
//! Out:    [`Nodes`], which [`block`](super::block) and [`inline`](super::inline) walk.
//! Absent: recursion: the tree is a list with links, so that no depth of nesting costs stack before it is capped.

use crate::book::{Admonition, Align, Attributes};
use std::borrow::Cow;
use std::ops::Range;

#[derive(Debug)]
pub struct Node<'a> {
    pub kind: Kind<'a>,
    /// Bytes of the expanded text.
    pub range: Range<usize>,
    first: Option<Id>,
    last: Option<Id>,
    next: Option<Id>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Id(u32);

#[derive(Debug)]
pub enum Kind<'a> {
    Root,
    // Leaves.
    Text(Cow<'a, str>),
    Code(Cow<'a, str>),
    SoftBreak,
    HardBreak,
    Rule,
    NoteCall(Cow<'a, str>),
    Task(bool),
    /// A drawing in the text: the range of its `<svg>…</svg>`.
    Drawing,
    // Blocks of Markdown.
    Paragraph,
    Heading {
        level: u8,
        attributes: Attributes,
    },
    Quote(Option<Admonition>),
    /// With its info string; `None` for an indented block.
    CodeBlock(Option<Cow<'a, str>>),
    List(Option<u64>),
    Item,
    NoteBody(Cow<'a, str>),
    Definitions,
    Term,
    Definition,
    Table(Vec<Option<Align>>),
    TableHead,
    TableRow,
    TableCell,
    // Spans of Markdown.
    Emphasis,
    Strong,
    Strike,
    Superscript,
    Subscript,
    Link {
        target: Cow<'a, str>,
        title: Cow<'a, str>,
    },
    Picture {
        target: Cow<'a, str>,
        title: Cow<'a, str>,
    },
    /// Raw HTML.
    Element(Element),
}

#[derive(Debug)]
pub struct Element {
    /// In small letters.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// Its end tag was found, or it needs none.
    pub is_closed: bool,
}

impl Element {
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_whitespace().any(|c| c == class))
    }
}

#[derive(Debug)]
pub struct Nodes<'a> {
    list: Vec<Node<'a>>,
}

impl<'a> Nodes<'a> {
    pub const ROOT: Id = Id(0);

    pub fn new(length: usize) -> Nodes<'a> {
        let root = Node { kind: Kind::Root, range: 0..length, first: None, last: None, next: None };
        Nodes { list: vec![root] }
    }

    pub fn get(&self, id: Id) -> &Node<'a> {
        &self.list[id.0 as usize]
    }

    pub fn get_mut(&mut self, id: Id) -> &mut Node<'a> {
        &mut self.list[id.0 as usize]
    }

    /// Every node, parents before children.
    pub fn all(&self) -> impl Iterator<Item = &Node<'a>> {
        self.list.iter()
    }

    pub fn push(&mut self, parent: Id, kind: Kind<'a>, range: Range<usize>) -> Id {
        let id = Id(self.list.len() as u32);
        self.list.push(Node { kind, range, first: None, last: None, next: None });
        match self.get(parent).last {
            Some(last) => self.get_mut(last).next = Some(id),
            None => self.get_mut(parent).first = Some(id),
        }
        self.get_mut(parent).last = Some(id);
        id
    }

    pub fn children(&self, parent: Id) -> Children<'_, 'a> {
        Children { nodes: self, next: self.get(parent).first }
    }

    /// The element a node is, if it is one.
    pub fn element(&self, id: Id) -> Option<&Element> {
        if let Kind::Element(element) = &self.get(id).kind { Some(element) } else { None }
    }
}

pub struct Children<'n, 'a> {
    nodes: &'n Nodes<'a>,
    next: Option<Id>,
}

impl Iterator for Children<'_, '_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        let id = self.next?;
        self.next = self.nodes.get(id).next;
        Some(id)
    }
}
