//! What each leaf is on the page: running text, a note, a cell, a title. Rules ask for it before they look at lines.
//!
//! In:     the tree and the theme.
//! Out:    a [`Standing`] for each node.
//! Absent: pages.

use crate::layout::Tree;
use crate::layout::tree::{NodeId, SectionKind};
use crate::theme::{Role, TextAlign, Theme};

/// What a leaf is part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stand {
    /// Paragraphs that run over lines and pages.
    Prose,
    /// Lines that the author broke.
    Verse,
    Code,
    /// A cell of a table.
    Cell,
    /// At the foot of the page.
    Note,
    /// A heading, or the title of a list, a chapter, a part.
    Title,
    Caption,
    /// A line of the contents, of a list of figures, of the index.
    Entry,
    /// On a page of its own: half title, title page, copyright page, dedication.
    Display,
}

impl Stand {
    /// Whether it stands in the column of the text, and not at the foot or on a page of its own.
    pub fn is_flow(self) -> bool {
        match self {
            Stand::Prose | Stand::Verse | Stand::Code | Stand::Cell | Stand::Title | Stand::Caption | Stand::Entry => {
                true
            }
            Stand::Note | Stand::Display => false,
        }
    }
}

/// All that the rules ask of a leaf.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Standing {
    pub stand: Stand,
    /// Whether its lines are set to both edges.
    pub is_justified: bool,
    /// Whether it keeps the baseline grid.
    pub is_on_grid: bool,
    /// Whether it is the first thing in an item, a definition or a cell, where no paragraph stands before it.
    pub opens_group: bool,
}

/// What a node hands down to those in it.
#[derive(Clone, Copy)]
struct Around {
    end: u32,
    /// The stand of all leaves inside, where the group settles it.
    stand: Option<Stand>,
    /// The group whose style dresses plain paragraphs.
    dress: Option<Role>,
    /// Whether the group may stand off the grid: half a line over and under a short list, or a quotation.
    is_display: bool,
}

pub fn standings(tree: &Tree, theme: &Theme) -> Vec<Standing> {
    let mut list = Vec::with_capacity(tree.nodes.len());
    let mut groups: Vec<Around> = Vec::new();
    let mut previous_is_group = false;
    for section in &tree.sections {
        let display = is_display(section.kind).then_some(Stand::Display);
        for index in section.nodes.clone() {
            let node = tree.node(NodeId(index));
            while groups.last().is_some_and(|group| group.end <= index) {
                groups.pop();
            }
            let around =
                groups.last().copied().unwrap_or(Around { end: 0, stand: display, dress: None, is_display: false });
            let own = stand(node.role);
            let stand = around.stand.or(group_stand(node.role)).unwrap_or(own);
            let dressed = match (node.role, around.dress) {
                (Role::Body | Role::BodyFirst, Some(dress)) => dress,
                (role, _) => role,
            };
            let style = theme.style(dressed);
            list.push(Standing {
                stand,
                is_justified: theme.justify && style.align == TextAlign::Justify,
                is_on_grid: (style.leading - 1.0).abs() < f64::EPSILON && !around.is_display,
                opens_group: previous_is_group,
            });
            let is_group = node.end.0 > index + 1;
            if is_group {
                let stand = around.stand.or(group_stand(node.role));
                let dress = if dresses(node.role) { Some(node.role) } else { around.dress };
                let is_display = around.is_display || is_set_off(node.role);
                groups.push(Around { end: node.end.0, stand, dress, is_display });
            }
            previous_is_group = is_group;
        }
    }
    list
}

fn is_display(kind: SectionKind) -> bool {
    match kind {
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Copyright
        | SectionKind::Dedication
        | SectionKind::Epigraph
        | SectionKind::Part => true,
        SectionKind::Contents
        | SectionKind::ListOfFigures
        | SectionKind::ListOfTables
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
        | SectionKind::Other => false,
    }
}

/// The stand that a group gives to every leaf in it.
fn group_stand(role: Role) -> Option<Stand> {
    let settles = matches!(role, Role::Notes | Role::Note | Role::Cell | Role::Verse | Role::Code | Role::Caption);
    settles.then(|| stand(role))
}

/// Whether a group has white over and under it that is no whole number of lines.
fn is_set_off(role: Role) -> bool {
    matches!(role, Role::List | Role::OrderedList | Role::DefinitionList | Role::Quote | Role::Verse)
}

/// Whether a group's style is that of the plain paragraphs in it.
fn dresses(role: Role) -> bool {
    !matches!(role, Role::List | Role::OrderedList | Role::Item | Role::DefinitionList | Role::Definition | Role::Group)
}

fn stand(role: Role) -> Stand {
    match role {
        Role::HalfTitle
        | Role::BookTitle
        | Role::BookSubtitle
        | Role::BookAuthor
        | Role::BookPublisher
        | Role::Imprint
        | Role::Dedication
        | Role::PartTitle => Stand::Display,
        Role::ChapterTitle | Role::Heading(_) | Role::ListTitle | Role::IndexLetter => Stand::Title,
        Role::AdmonitionTitle | Role::CodeTitle => Stand::Title,
        Role::Epigraph
        | Role::Body
        | Role::BodyFirst
        | Role::Lead
        | Role::Small
        | Role::Centered
        | Role::FlushEnd
        | Role::Quote
        | Role::Attribution
        | Role::List
        | Role::OrderedList
        | Role::Item
        | Role::DefinitionList
        | Role::Term
        | Role::Definition
        | Role::Bibliography
        | Role::Group
        | Role::Admonition
        | Role::Ornament => Stand::Prose,
        // Set as large as it comes out, in the middle of the measure.
        Role::Formula => Stand::Display,
        Role::Verse => Stand::Verse,
        Role::Code => Stand::Code,
        Role::Figure | Role::Picture | Role::Caption => Stand::Caption,
        Role::Table | Role::HeadRow | Role::Row | Role::Cell => Stand::Cell,
        Role::Notes | Role::Note => Stand::Note,
        Role::ContentsEntry(_) | Role::ListEntry | Role::IndexEntry(_) => Stand::Entry,
    }
}
