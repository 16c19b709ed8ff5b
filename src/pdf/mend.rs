//! Page ends: a paragraph that would carry a hyphen over to the next page is set anew without, where it can be.
//!
//! In:     a column cut into pages, and which of its paragraphs have lines that end in hyphens.
//! Out:    the column with other lines in those paragraphs: as many, with the same notes on each page, so that every cut
//!         stays true.
//! Absent: where pages end (`pagebreak.rs`), which prefers other ends where there are any.

use super::compose::Composer;
use super::line::Line;
use super::pagebreak::Cut;
use super::slab::{Column, Drawn};
use super::style::Resolved;
use crate::base::Length;
use crate::layout::tree::NodeId;

/// A paragraph with lines that end in hyphens.
#[derive(Debug)]
pub struct Divided {
    /// The slab of its first line; each line has one.
    pub first: usize,
    pub lines: usize,
    pub leaf: NodeId,
    pub style: Resolved,
    pub measure: Length,
}

/// Sets anew what ends a page with a hyphen.
pub fn mend(column: &mut Column, cuts: &[Cut], composer: &Composer<'_>) {
    let divided = std::mem::take(&mut column.divided);
    for cut in cuts {
        let Some(last) = cut.slabs.end.checked_sub(1).filter(|last| column.slabs.get(*last).is_some_and(|s| s.hyphen))
        else {
            continue;
        };
        let after = divided.partition_point(|paragraph| paragraph.first <= last);
        let Some(paragraph) = after.checked_sub(1).map(|at| &divided[at]) else { continue };
        let at = last - paragraph.first;
        // What stands after a figure is kept in two forms already.
        let is_kept = column.indents.iter().any(|indent| indent.first == paragraph.first);
        if at + 1 >= paragraph.lines || is_kept {
            continue;
        }
        let (Ok(line), Ok(lines)) = (u16::try_from(at), u16::try_from(paragraph.lines)) else { continue };
        let fresh = composer.leaf_whole_at(paragraph.leaf, &paragraph.style, paragraph.measure, (line, lines));
        if let Some(fresh) = fresh {
            replace(column, paragraph.first, at, fresh);
        }
    }
    column.divided = divided;
}

/// Puts other lines into the slabs from `first` on, if no note goes over the end of line `at`.
fn replace(column: &mut Column, first: usize, at: usize, fresh: Vec<Line>) {
    let Some(slabs) = column.slabs.get_mut(first..first + fresh.len()) else { return };
    let mut old = Vec::with_capacity(fresh.len());
    for slab in slabs.iter_mut() {
        let Some(Drawn::Line { line, .. }) = slab.drawn.first_mut() else { return };
        old.push(line);
    }
    let notes = |lines: &[&Line]| lines.iter().map(|line| line.notes.len()).sum::<usize>();
    let known: Vec<&Line> = old.iter().map(|line| &***line).collect();
    let wanted: Vec<&Line> = fresh.iter().collect();
    let has_pictures = |lines: &[&Line]| lines.iter().any(|line| !line.pictures.is_empty());
    if notes(&known[..=at]) != notes(&wanted[..=at]) || has_pictures(&known) {
        return;
    }
    let hyphens: Vec<bool> = fresh.iter().map(|line| line.ends_in_hyphen).collect();
    for (old, fresh) in old.into_iter().zip(fresh) {
        **old = fresh;
    }
    slabs.iter_mut().zip(hyphens).for_each(|(slab, hyphen)| slab.hyphen = hyphen);
}
