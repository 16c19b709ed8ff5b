//! The rectangles of links: one for each link on each line.
//!
//! In:     runs and pictures as they are drawn.
//! Out:    [`LinkArea`]s of the sheet.
//! Absent: annotations.

use super::{LinkArea, Pen, Piece, Target};
use crate::layout::tree::{Atom, NodeId};
use crate::pdf::Run;
use crate::pdf::write::fonts::Font;
use crate::pdf::write::glyphs::source;
use crate::pdf::write::leaf::{self, Goal};

impl Pen<'_> {
    /// Adds the run's rectangle to the link it stands in, if it does.
    pub(super) fn link(&mut self, target: Target, run: &Run, font: &Font, [x, y, width, size]: [i64; 4]) {
        let desk = self.desk;
        let own = |goal: Option<Goal>, contents: String| goal.map(|goal| (target, goal, contents));
        let found = match target.piece {
            Piece::Text(None) | Piece::Figure { .. } | Piece::Formula { .. } => None,
            Piece::Text(mark) => self.marked_link(target.node, mark),
            Piece::Atom { at, mark } => match self.marked_link(target.node, mark) {
                Some(link) => Some(link),
                None => self.leaf(target.node).atom(at).and_then(|atom| {
                    let words = match atom {
                        Atom::NoteCall { .. } => format!("{} {}", desk.wording.note, source(run, desk.tree)),
                        Atom::PageRef { label, .. } => label.clone(),
                        Atom::Picture(_) | Atom::Formula(_) | Atom::Break => String::new(),
                    };
                    own(leaf::atom_goal(desk.tree, atom, desk.places), words)
                }),
            },
            Piece::Marker => {
                let words = format!("{} ({})", desk.wording.back_to_text, source(run, desk.tree));
                own(leaf::way_back(desk.tree, target.node, desk.places), words)
            }
        };
        let Some((target, goal, mut contents)) = found else { return };
        if contents.is_empty() {
            // Nothing but the number of a page, as in an index.
            contents = format!("{} {}", desk.wording.page, source(run, desk.tree));
        }
        let (up, down) = (font.metrics().ascent.clamp(600, 950), font.metrics().descent.clamp(-350, -100));
        let area = [x, y + size * down / 1000, x + width, y + size * up / 1000];
        // On one line a link is one rectangle, whatever faces it is set in and leaders it spans.
        const NEAR: usize = 4;
        let links = self.drawn.links.iter_mut().rev().take(NEAR);
        let near = links.into_iter().find(|link| link.target == target && (link.baseline - y).abs() < size);
        match near {
            Some(link) => {
                let old = link.area;
                link.area = [old[0].min(area[0]), old[1].min(area[1]), old[2].max(area[2]), old[3].max(area[3])];
            }
            None => self.drawn.links.push(LinkArea { target, goal, contents, area, baseline: y }),
        }
    }

    pub(super) fn marked_link(&mut self, node: NodeId, mark: Option<u32>) -> Option<(Target, Goal, String)> {
        let leaf = self.leaf(node);
        let (mark, goal) = leaf.link(mark)?;
        let mut words = leaf.under(mark);
        if let Goal::Outside(url) = &goal
            && !words.contains(url.as_str())
        {
            words = if words.is_empty() { url.clone() } else { format!("{words} ({url})") };
        }
        Some((Target { node, piece: Piece::Text(Some(mark)) }, goal, words))
    }
}
