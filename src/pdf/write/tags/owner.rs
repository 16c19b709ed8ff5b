//! A piece of content → the element that owns it: inline elements come into being with their first piece.
//!
//! In:     [`Target`]s.
//! Out:    places in [`Tags::elements`].

use super::{Inline, Tags, Traits};
use crate::layout::tree::{Atom, Mark, NodeId};
use crate::pdf::write::content::{Piece, Target};
use crate::pdf::write::leaf::{self, Goal, Leaf};

impl<'a> Tags<'a> {
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
                    Some(Atom::NoteCall { .. } | Atom::Formula(_) | Atom::PageRef { .. } | Atom::Break) | None => None,
                };
                let figure = self.inline(target.node, Inline::Picture(at), "Figure", parent, at);
                self.elements[figure].alt = alt;
                figure
            }
            Piece::Formula { at, mark } => {
                let parent = self.marked(target.node, inner, mark);
                let told = match self.leaf(target.node).atom(at) {
                    Some(Atom::Formula(formula)) => Some(&**formula),
                    Some(Atom::Picture(_) | Atom::NoteCall { .. } | Atom::PageRef { .. } | Atom::Break) | None => None,
                };
                let formula = self.inline(target.node, Inline::Formula(at), "Formula", parent, at);
                self.elements[formula].alt = told.map(|formula| formula.words.clone());
                self.elements[formula].mathml = told.map(|formula| formula.mathml.as_str());
                formula
            }
            Piece::Atom { at, mark } => {
                let parent = self.marked(target.node, inner, mark);
                let (tree, places) = (self.tree, self.places);
                let leaf = self.leaf(target.node);
                let linked = leaf.link(mark).is_some();
                let Some(atom) = leaf.atom(at) else { return Some(parent) };
                let goal = leaf::atom_goal(tree, atom, places).filter(|_| !linked);
                let parent = match atom {
                    Atom::NoteCall { note, .. } => {
                        let call = self.inline(target.node, Inline::Atom(at), "Reference", parent, at);
                        self.called(call, tree.note(*note).body);
                        call
                    }
                    Atom::PageRef { .. } | Atom::Picture(_) | Atom::Formula(_) | Atom::Break => parent,
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
            let role = mark.map_or("Span", role_of);
            parent = self.inline(node, Inline::Mark(index), role, parent, start);
            let element = &mut self.elements[parent];
            match mark {
                Some(Mark::Lang(lang)) => element.lang = Some(lang.tag().to_owned()),
                Some(Mark::Abbreviation(expansion)) => element.expansion = Some(expansion),
                Some(Mark::Superscript) => element.traits = Traits::Text("TextPosition", "Sup"),
                Some(Mark::Subscript) => element.traits = Traits::Text("TextPosition", "Sub"),
                Some(Mark::Strike) => element.traits = Traits::Text("TextDecorationType", "LineThrough"),
                Some(_) | None => {}
            }
        }
        parent
    }

    /// A note and its call know each other (ISO 14289-2, 8.2.5.14).
    fn called(&mut self, call: usize, body: NodeId) {
        let Some((note, _)) = self.nodes.get(body.0 as usize).copied().flatten() else { return };
        if !self.elements[call].refs.contains(&note) {
            self.elements[call].refs.push(note);
            self.elements[note].refs.push(call);
        }
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
        let (tree, places, vocabulary) = (self.tree, self.places, self.vocabulary);
        self.leaf.get_or_insert_with(|| Leaf::of(tree, id, places, vocabulary))
    }
}

/// The structure type of a mark that [`Leaf::of`] takes up.
fn role_of(mark: &Mark) -> &'static str {
    match mark {
        Mark::Link(_) => "Link",
        Mark::Code => "Code",
        Mark::Emphasis => "Em",
        Mark::Strong => "Strong",
        Mark::Label => "Lbl",
        Mark::Lang(_)
        | Mark::Abbreviation(_)
        | Mark::Strike
        | Mark::Superscript
        | Mark::Subscript
        | Mark::Underline
        | Mark::SmallCaps
        | Mark::LeadIn
        | Mark::Sans
        | Mark::Keyboard
        | Mark::Token(_)
        | Mark::Anchor(_)
        | Mark::Class(_) => "Span",
    }
}
