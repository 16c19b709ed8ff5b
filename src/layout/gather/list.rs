//! Lists and definition lists → nodes with settled markers.
//!
//! In:     items as written.
//! Out:    `List > Item > …`, `DefinitionList > (Term | Definition)`.
//! Absent: where a marker stands.

use super::Writer;
use super::number::roman;
use crate::base::Span;
use crate::book::{Attributes, Block, Definition, Item};
use crate::layout::tree::Detail;
use crate::theme::Role;

impl Writer<'_> {
    pub(super) fn list(&mut self, start: Option<u64>, tight: bool, items: &[Item], attributes: &Attributes, at: Span) {
        if self.paragraphs == Some(Role::Bibliography) && start.is_none() {
            // The entries of a bibliography: hanging lines need no marker.
            return items.iter().for_each(|item| self.blocks(&item.body));
        }
        let ordered = start.is_some();
        let role = if ordered { Role::OrderedList } else { Role::List };
        let node = self.open(role, Detail::List { tight }, attributes, at);
        let depth = self.lists.iter().filter(|&&outer| outer == ordered).count();
        self.lists.push(ordered);
        let outer = self.paragraphs.take();
        let none = Attributes::default();
        for (nth, item) in items.iter().enumerate() {
            let value = start.map(|start| start.saturating_add(nth as u64));
            let marker = match (item.task, value) {
                (Some(true), _) => "☑".to_owned(),
                (Some(false), _) => "☐".to_owned(),
                (None, Some(value)) => format!("{}.", numeral(value, depth)),
                (None, None) => bullet(depth).to_owned(),
            };
            let detail = Detail::Item { marker, task: item.task, value };
            let item_node = self.open(Role::Item, detail, &none, item.span);
            self.body(&item.body);
            self.close(item_node, &none);
        }
        self.paragraphs = outer;
        self.lists.pop();
        self.close(node, attributes);
        self.fresh = true;
    }

    pub(super) fn definitions(&mut self, list: &[Definition], attributes: &Attributes, at: Span) {
        let node = self.open(Role::DefinitionList, Detail::None, attributes, at);
        let outer = self.paragraphs.take();
        let none = Attributes::default();
        for definition in list {
            let anchor = if self.in_note { None } else { self.next_heading() };
            self.enter(definition.attributes.lang.as_ref());
            let text = self.text(&definition.term);
            let term = self.leaf_of(Role::Term, text, &definition.attributes, definition.span);
            self.draft.nodes[term].anchor = anchor;
            self.leave(definition.attributes.lang.as_ref());
            for body in &definition.bodies {
                let node = self.open(Role::Definition, Detail::None, &none, span_of(body, definition.span));
                self.body(body);
                self.close(node, &none);
            }
        }
        self.paragraphs = outer;
        self.close(node, attributes);
        self.fresh = true;
    }
}

fn span_of(body: &[Block], otherwise: Span) -> Span {
    body.first().map_or(otherwise, |block| block.span)
}

/// Bullets by depth: each is quieter than the one it hangs under.
fn bullet(depth: usize) -> &'static str {
    match depth {
        0 => "•",
        1 => "–",
        _ => "·",
    }
}

/// 1, a, i by depth; beyond what letters can count, figures.
fn numeral(value: u64, depth: usize) -> String {
    match depth % 3 {
        1 if (1..=26).contains(&value) => char::from(b'a' + (value as u8 - 1)).to_string(),
        2 if (1..=3999).contains(&value) => roman(value as u32).to_lowercase(),
        _ => value.to_string(),
    }
}
