//! Sections that the program makes: drafts without a manuscript behind them.
//!
//! In:     leaves, one after another.
//! Out:    a [`Draft`].
//! Absent: what is written in them (`display.rs`, `outline.rs`, `index.rs`).

use super::{Draft, Head};
use crate::base::Sink;
use crate::book::Matter;
use crate::layout::tree::{Anchor, Content, Detail, Node, NodeId, SectionKind, Text};
use crate::theme::Role;

/// A draft in the making.
pub struct Made {
    pub draft: Draft,
}

impl Made {
    /// `stem` names the file and is the anchor of the first node; the register has kept it free.
    pub fn new(kind: SectionKind, matter: Matter, stem: &str) -> Made {
        Made {
            draft: Draft {
                kind,
                matter,
                depth: 0,
                in_part: false,
                title: String::new(),
                label: String::new(),
                anchor: Anchor(stem.into()),
                stem: stem.to_owned(),
                at: None,
                nodes: Vec::new(),
                notes: Vec::new(),
                heads: Vec::new(),
                captions: Vec::new(),
                terms: Vec::new(),
                sink: Sink::new(),
            },
        }
    }

    /// A list that the program makes, with its title.
    pub fn list(kind: SectionKind, matter: Matter, stem: &str, title: &str) -> Made {
        let mut made = Made::new(kind, matter, stem);
        made.draft.title = title.to_owned();
        let (anchor, text) = (made.draft.anchor.clone(), Text::plain(title));
        let (label, node) = (String::new(), NodeId(0));
        made.draft.heads.push(Head { rank: 0, title: text.clone(), label, anchor, node, listed: true });
        made.leaf(Role::ListTitle, text);
        made
    }

    pub fn leaf(&mut self, role: Role, text: Text) -> &mut Node {
        let end = NodeId(self.draft.nodes.len() as u32 + 1);
        let anchor = self.draft.nodes.is_empty().then(|| self.draft.anchor.clone());
        self.draft.nodes.push(Node {
            role,
            end,
            content: Content::Leaf(text),
            detail: Detail::None,
            anchor,
            lang: None,
            classes: Vec::new(),
            at: None,
        });
        let last = self.draft.nodes.len() - 1;
        &mut self.draft.nodes[last]
    }
}
