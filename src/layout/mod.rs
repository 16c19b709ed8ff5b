//! Book → Tree: settles every count, name, sign and reference, so that no edition has to.
//!
//! In:     [`Book`], the theme's wording and numbering.
//! Out:    [`Tree`], whose invariants stand in `tree.rs`.
//! Faults: `ref.*`, `picture.alt`, `math.unread`, `note.*`, `index.see`.
//! Absent: widths, heights, file names of the e-book's folder.
//!
//! # Steps
//! 1. `gather/number.rs` plans the sections: titles, depths, numbers, file names.
//! 2. `reference.rs` walks the text once and names every place that can be linked to.
//! 3. `gather.rs` makes a draft of each section, in parallel; `typography.rs` sets the signs of each leaf.
//! 4. `outline.rs`, `index.rs` and `gather/display.rs` make the lists and the display pages.
//! 5. `highlight.rs` reads the code, each distinct block once, in parallel.
//! 6. `assemble.rs` gives every draft its place.
//!
//! # What stands in what
//! - Leaves: `HalfTitle`, `BookTitle`, `BookSubtitle`, `BookAuthor`, `BookPublisher`, `Imprint`, `PartTitle`,
//!   `ChapterTitle`, `Heading`, `ListTitle`, `Body`, `BodyFirst`, `Lead`, `Small`, `Centered`, `FlushEnd`,
//!   `Attribution`, `Verse`, `Bibliography` (one entry), `Term`, `Code`, `CodeTitle`, `Caption`, `Formula`, `Cell`,
//!   `AdmonitionTitle`, `ContentsEntry`, `ListEntry`, `IndexLetter`, `IndexEntry`. `Picture` is a picture, `Ornament` is
//!   empty; every other role is a group.
//! - `Body` and `BodyFirst` in a `Quote`, `Epigraph`, `Dedication`, `Admonition` or `Note` are that group's text, set in
//!   its style.
//! - `Table > Caption? HeadRow* Row*`, `Figure > … Caption?`, `List > Item > …`, `DefinitionList > Term | Definition`,
//!   `Admonition > AdmonitionTitle? …`, `Notes > Note > …`; `Notes` is the last root of its section.
//! - A `Formula` is one atom; where it is numbered, one en space and the number with [`Mark::Label`] follow.
//! - A shown number at the start of a leaf has `Mark::Label`, and one en space behind it that is no part of it.

mod assemble;
pub mod dump;
mod gather;
mod highlight;
mod index;
mod outline;
pub mod page_map;
mod reference;
mod slug;
pub mod tree;
mod typography;

pub use page_map::{PageMap, PageStart};
pub use tree::{Anchor, Atom, Content, Detail, Link, Locus, Mark, NodeId, SectionId, Text, Tree};

use crate::asset::Pictures;
use crate::base::Sink;
use crate::book::Book;
use crate::formula;
use crate::theme::{Theme, Wording};
use gather::caption::Counted;
use gather::number::Source;
use gather::{Draft, Given, display, number};
use rayon::prelude::*;
use reference::Register;
use tree::SectionKind;

/// Settles a book. The same book and theme make the same tree, on any number of threads.
pub fn settle(book: &Book, theme: &Theme, pictures: &Pictures, sink: &mut Sink) -> Tree {
    // The facts of a picture stay with it; only its id goes into the tree.
    let _ = pictures;
    let metadata = &book.metadata;
    let lang = &metadata.language;
    let plan = number::plan(book, theme);
    let register = Register::new(&plan, &book.redirects, lang, theme.smart_punctuation, sink);
    let given = Given { theme, wording: Wording::of(lang), lang, register: &register };
    let mut drafts: Vec<Draft> =
        plan.par_iter().enumerate().map(|(at, planned)| gather::draft(given, planned, at)).collect();

    // An index stands where the author wants it, else last.
    let terms = drafts.iter().flat_map(|draft| &draft.terms);
    let place = plan.iter().position(|planned| matches!(planned.source, Source::Index));
    let title = place.map(|at| formula::plain(plan[at].title.text));
    let index = index::index(given, terms, title.as_deref(), sink);
    match (place, index) {
        (Some(at), Some(made)) => drafts[at] = made.draft,
        (None, Some(made)) => drafts.push(made.draft),
        (Some(at), None) => drop(drafts.remove(at)),
        (None, None) => {}
    }

    let highlights = highlight::Highlights::read(drafts.iter().flat_map(codes));
    let has_code = drafts.iter().any(|draft| codes(draft).next().is_some());
    // Chicago Manual of Style, 1.4: half title, title, copyright, dedication, epigraph, contents, lists, the rest.
    let is_display = |draft: &Draft| matches!(draft.kind, SectionKind::Dedication | SectionKind::Epigraph);
    let displays = drafts.iter().take_while(|draft| is_display(draft)).count();
    let rest = drafts.split_off(displays);
    let mut front = vec![
        display::half_title(given, metadata).draft,
        display::title_page(given, metadata).draft,
        display::copyright(given, metadata, has_code).draft,
    ];
    front.append(&mut drafts);
    let mut lists = Vec::new();
    if theme.lists.figures {
        lists.extend(outline::captions(given, &rest, Counted::Figure).map(|made| made.draft));
    }
    if theme.lists.tables {
        lists.extend(outline::captions(given, &rest, Counted::Table).map(|made| made.draft));
    }
    let contents = outline::contents(given, lists.iter().chain(&rest)).draft;
    let mut all = front;
    all.push(contents);
    all.extend(lists);
    all.extend(rest);
    let outline = outline::outline(&all, theme.contents_depth);
    assemble::assemble(metadata.clone(), all, outline, &highlights, sink)
}

/// The blocks of code of a draft: language and text.
fn codes(draft: &Draft) -> impl Iterator<Item = (&str, &str)> {
    draft.nodes.iter().filter_map(|node| {
        let (Detail::Code { language }, Content::Leaf(text)) = (&node.detail, &node.content) else { return None };
        Some((language.as_str(), text.string.as_str()))
    })
}

#[cfg(test)]
mod tests;
