//! Sections → flows: which sections run on in one another, and on which side of a leaf each flow opens.
//!
//! In:     the sections of the tree, the theme's choice for chapters.
//! Out:    [`Flow`]s in reading order; what stands on a page of its own is moved to its height by [`compose_display`].
//! Absent: page numbers.
//!
//! The order and the sides follow the *Chicago Manual of Style*, 1.3 to 1.7.

use super::pagebreak::Limits;
use super::slab::{Column, Stack};
use crate::base::Length;
use crate::book::Matter;
use crate::layout::Tree;
use crate::layout::tree::{SectionId, SectionKind};
use crate::theme::{ChapterOpening, Role, Theme};

/// The page on which a flow opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Recto,
    /// Left or right.
    Next,
}

/// What kind of pages a flow makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Without head and folio.
    Display,
    /// Opens with a drop folio, then has heads.
    Running,
}

/// Sections that share pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flow {
    pub sections: Vec<SectionId>,
    pub side: Side,
    pub kind: Kind,
    pub matter: Matter,
}

/// Groups the sections of a book.
pub fn flows(tree: &Tree, theme: &Theme) -> Vec<Flow> {
    let chapters = match theme.chapter_opening {
        ChapterOpening::Recto => Side::Recto,
        ChapterOpening::Page => Side::Next,
    };
    let mut flows: Vec<Flow> = Vec::new();
    let mut last: Option<SectionKind> = None;
    for (at, section) in tree.sections.iter().enumerate() {
        let id = SectionId(at as u32);
        let opens_text = section.matter == Matter::Main && flows.iter().all(|flow| flow.matter != Matter::Main);
        let (side, kind) = match section.kind {
            SectionKind::HalfTitle | SectionKind::TitlePage | SectionKind::Dedication | SectionKind::Part => {
                (Side::Recto, Kind::Display)
            }
            SectionKind::Copyright => (Side::Next, Kind::Display),
            // An epigraph stands at the back of the dedication, facing what follows.
            SectionKind::Epigraph if last == Some(SectionKind::Dedication) => (Side::Next, Kind::Display),
            SectionKind::Epigraph => (Side::Recto, Kind::Display),
            SectionKind::Contents => (Side::Recto, Kind::Running),
            SectionKind::ListOfFigures | SectionKind::ListOfTables => (Side::Next, Kind::Running),
            SectionKind::Subchapter => {
                if let Some(flow) = flows.last_mut()
                    && flow.kind == Kind::Running
                    && flow.matter == section.matter
                {
                    flow.sections.push(id);
                    continue;
                }
                (chapters, Kind::Running)
            }
            SectionKind::Chapter
            | SectionKind::Foreword
            | SectionKind::Preface
            | SectionKind::Introduction
            | SectionKind::Acknowledgments
            | SectionKind::Afterword
            | SectionKind::Appendix
            | SectionKind::Glossary
            | SectionKind::Bibliography
            | SectionKind::Chronology
            | SectionKind::Index
            | SectionKind::Other => (chapters, Kind::Running),
        };
        // The text opens on a right-hand page, and so does what follows a part's title: its verso is blank.
        let side = if opens_text || last == Some(SectionKind::Part) { Side::Recto } else { side };
        last = Some(section.kind);
        flows.push(Flow { sections: vec![id], side, kind, matter: section.matter });
    }
    flows
}

/// Moves what stands alone on a page to its height: the copyright page's text to the foot, the publisher's name on the
/// title page likewise. A column longer than a page stays as it is.
pub fn compose_display(column: &mut Column, flow: &Flow, tree: &Tree, limits: Limits) {
    let Some(&section) = flow.sections.first() else { return };
    let mut stack = Stack::new(limits.leading);
    for slab in &column.slabs {
        stack.push(slab);
    }
    let free = limits.height() - stack.foot;
    let at = match tree.section(section).kind {
        SectionKind::Copyright => 0,
        SectionKind::TitlePage => match publisher(column, tree) {
            Some(at) => at,
            None => return,
        },
        SectionKind::HalfTitle
        | SectionKind::Dedication
        | SectionKind::Epigraph
        | SectionKind::Contents
        | SectionKind::ListOfFigures
        | SectionKind::ListOfTables
        | SectionKind::Part
        | SectionKind::Chapter
        | SectionKind::Subchapter
        | SectionKind::Foreword
        | SectionKind::Preface
        | SectionKind::Introduction
        | SectionKind::Acknowledgments
        | SectionKind::Afterword
        | SectionKind::Appendix
        | SectionKind::Glossary
        | SectionKind::Bibliography
        | SectionKind::Chronology
        | SectionKind::Index
        | SectionKind::Other => return,
    };
    if let Some(slab) = column.slabs.get_mut(at) {
        let space = if at == 0 { &mut slab.top } else { &mut slab.space };
        // Where the space is larger than the page has room for, it gives way.
        *space = (*space + free).max(Length::ZERO);
    }
}

fn publisher(column: &Column, tree: &Tree) -> Option<usize> {
    use super::sheet::Owner;
    use super::slab::Drawn;
    column.slabs.iter().position(|slab| {
        slab.drawn.iter().any(|drawn| match drawn {
            Drawn::Line { owner: Owner::Node(node), .. } => tree.node(*node).role == Role::BookPublisher,
            Drawn::Line { .. } | Drawn::Picture { .. } | Drawn::Fill { .. } | Drawn::Mark { .. } | Drawn::Turned(_) => {
                false
            }
        })
    })
}
