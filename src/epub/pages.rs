//! Page map → names and places of the page marks.
//!
//! In:     the starts of the printed pages; the tree's anchors, which a mark's name must not repeat.
//! Out:    [`PageNames`]; [`Places`], which move a mark out of words and links.
//! Absent: elements; `inline.rs` and `xhtml.rs` write them.

use crate::layout::tree::{ATOM, Anchor, Mark, Text, Tree};
use crate::layout::{PageMap, PageStart};
use std::collections::BTreeSet;
use std::ops::Range;

/// How far a mark may move to leave a word, in bytes. Scripts without spaces would else lose it to the paragraph's end.
const FARTHEST: usize = 80;

/// The fragment of each page mark, in the order of the page map: `page-17`.
#[derive(Debug, Default)]
pub struct PageNames(Vec<String>);

impl PageNames {
    pub fn of(tree: &Tree, pages: &PageMap) -> PageNames {
        let mut taken = BTreeSet::new();
        let names = pages.starts.iter().map(|start| {
            let label: String = start.label.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
            let mut name = format!("page-{label}");
            let is_taken = |name: &String, taken: &BTreeSet<String>| {
                taken.contains(name) || tree.anchors.contains_key(&Anchor(name.as_str().into()))
            };
            while is_taken(&name, &taken) {
                name.push_str("-mark");
            }
            taken.insert(name.clone());
            name
        });
        PageNames(names.collect())
    }

    pub fn get(&self, at: usize) -> &str {
        self.0.get(at).map_or("page", String::as_str)
    }
}

/// Where in a leaf the marks of pages stand: not within a word, so that no voice stumbles, and not within a link, whose
/// name they would become a part of.
pub struct Places<'t> {
    string: &'t str,
    /// No link stands in another; both ends rise.
    links: Vec<&'t Range<u32>>,
}

impl<'t> Places<'t> {
    pub fn of(text: &'t Text) -> Places<'t> {
        let links = text.marks.iter().filter(|mark| matches!(mark.mark, Mark::Link(_)));
        Places { string: &text.string, links: links.map(|mark| &mark.range).collect() }
    }

    /// The byte at which the mark of a page stands.
    pub fn settle(&self, start: &PageStart) -> u32 {
        let offset = (start.at.offset as usize).min(self.string.len());
        let at = word_start(self.string, offset) as u32;
        let after = self.links.partition_point(|link| link.end <= at);
        self.links.get(after).filter(|link| link.start < at).map_or(at, |link| link.end)
    }
}

/// The start of the word at or after `offset`; `offset` itself where the next one is too far.
fn word_start(string: &str, offset: usize) -> usize {
    let Some((before, after)) = string.split_at_checked(offset) else {
        return string.len();
    };
    let opens_word = |c: char| c.is_whitespace() || c == ATOM || matches!(c, '\u{2014}' | '\u{2013}' | '-' | '/');
    if before.chars().next_back().is_none_or(opens_word) {
        return offset;
    }
    let mut near = after.char_indices().take_while(|(at, _)| *at <= FARTHEST);
    let Some(space) = near.find(|(_, c)| c.is_whitespace()).map(|(at, _)| at) else {
        return if after.len() <= FARTHEST { string.len() } else { offset };
    };
    let rest = &after[space..];
    offset + space + (rest.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tree::{Link, Locus, MarkedRange, NodeId};

    fn start(offset: u32) -> PageStart {
        PageStart { at: Locus { leaf: NodeId(0), offset }, label: "7".into(), index: 6 }
    }

    #[test]
    fn a_mark_leaves_the_word_that_the_page_broke() {
        let text = Text::plain("the hyphen-ated word");
        let places = Places::of(&text);
        assert_eq!(places.settle(&start(0)), 0);
        assert_eq!(places.settle(&start(4)), 4);
        assert_eq!(places.settle(&start(7)), 16);
        assert_eq!(places.settle(&start(18)), 20);
    }

    #[test]
    fn a_mark_leaves_the_link_that_the_page_broke() {
        let mut text = Text::plain("see the long link here");
        text.marks.push(MarkedRange { range: 4..17, mark: Mark::Link(Link::Outside("https://x.test/".into())) });
        let places = Places::of(&text);
        assert_eq!(places.settle(&start(8)), 17);
        assert_eq!(places.settle(&start(4)), 4, "the page begins with the link");
        assert_eq!(places.settle(&start(18)), 18);
    }
}
