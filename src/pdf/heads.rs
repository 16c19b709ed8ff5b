//! Running heads and folios.
//!
//! In:     what a page belongs to: the titles of its book, chapter and section; its side and label.
//! Out:    furniture at the head or the foot of a page.
//! Absent: the text.
//!
//! The verso names the wider unit, the recto the narrower one. Unless the theme says which, these are the chapter and its
//! section where most chapters are divided by headings, else the book and the chapter. The page that opens a chapter has
//! no head, and its folio at the foot.

use super::compose::Composer;
use super::line::Line;
use super::opening::{Flow, Kind};
use super::sheet::{Furniture, Owner, Placed, Point, Shape};
use super::slab::Column;
use super::style::Resolved;
use crate::base::Length;
use crate::book::Matter;
use crate::layout::Tree;
use crate::layout::tree::{Atom, Mark, NodeId, SectionId, SectionKind};
use crate::theme::{FolioPlace, HeadPlace, HeadText, Page, Role, Theme};

/// The head's baseline is this many lines over the first one of the text; where lines are far apart, so many points.
const HEAD_OVER: f64 = 2.0;
const HEAD_FARTHEST: f64 = 36.0;
/// The drop folio's baseline is this many lines under the last one of the text.
const DROP_UNDER: f64 = 2.0;
/// The same where every page has its folio at the foot: some pages run a line long, and it must not join their text.
const FOOT_UNDER: f64 = 2.5;
/// The least between the last line of a page that runs long and its folio, in lines.
const FOLIO_CLEAR: f64 = 1.25;
/// The rule's top is this many lines under the head's baseline.
const RULE_UNDER: f64 = 0.45;
/// Between a head and the folio on its line, in lines.
const FOLIO_GAP: f64 = 1.0;
/// Bytes of a title that are tried as a head: more than any page has room for.
const LONGEST_HEAD: usize = 600;
/// Furniture keeps this far from the trim, in inches: printers ask for 0.25.
const SAFE: f64 = 0.3;

/// The titles that a book's heads are made of.
pub struct Heads<'a> {
    tree: &'a Tree,
    /// Chapters are divided by headings: the heads name chapter and section.
    names_sections: bool,
    title: Resolved,
    folio: Resolved,
}

/// What a page's head may say.
pub struct PageHead<'a> {
    pub flow: &'a Flow,
    /// The heading in force, that of a section.
    pub section: Option<&'a str>,
    pub label: &'a str,
    /// Counted from 0, which is a recto.
    pub index: usize,
    /// The page opens its flow.
    pub opens: bool,
}

/// The baseline of a folio at the foot, from the top of the page.
fn foot(theme: &Theme) -> Length {
    let page = &theme.page;
    let under = match theme.furniture.folio_place {
        FolioPlace::HeadOuter | FolioPlace::None => DROP_UNDER,
        FolioPlace::FootCenter | FolioPlace::FootOuter => FOOT_UNDER,
    };
    (page.height - page.margins.bottom + theme.leading.scale(under)).min(page.height - Length::inch(SAFE))
}

/// Whether a page one line too long would reach the folio that every page has at its foot.
pub fn is_tight(theme: &Theme) -> bool {
    let last = theme.page.height - theme.page.margins.bottom + theme.leading;
    match theme.furniture.folio_place {
        FolioPlace::HeadOuter | FolioPlace::None => false,
        FolioPlace::FootCenter | FolioPlace::FootOuter => foot(theme) - last < theme.leading.scale(FOLIO_CLEAR),
    }
}

impl<'a> Heads<'a> {
    pub fn new(tree: &'a Tree, flows: &[Flow], composer: &Composer) -> Heads<'a> {
        let chapters: Vec<&Flow> =
            flows.iter().filter(|flow| flow.matter == Matter::Main && flow.kind == Kind::Running).collect();
        let divided = chapters.iter().filter(|flow| section_level(tree, &flow.sections).is_some()).count();
        let furniture = &composer.theme.furniture;
        let names_sections = match furniture.heads {
            HeadText::Auto => divided * 2 > chapters.len(),
            HeadText::ChapterAndSection => true,
            HeadText::BookAndChapter | HeadText::None => false,
        };
        let styled = |role, style| Resolved::styled(role, style, composer.theme, *composer.faces());
        Heads {
            tree,
            names_sections,
            title: styled(Role::BookPublisher, &furniture.head),
            folio: styled(Role::BodyFirst, &furniture.folio),
        }
    }

    /// The furniture of a page; empty for a page that shows none.
    pub fn page(&self, head: &PageHead, composer: &Composer, theme: &Theme) -> Vec<Placed> {
        if head.flow.kind == Kind::Display {
            return Vec::new();
        }
        let page = &theme.page;
        let furniture = &theme.furniture;
        let left = page.left_edge(head.index);
        let outer_is_right = page.bound.is_left(head.index);
        let folio = composer.made(head.label, &self.folio);
        let at_outer_edge = |width: Length| if outer_is_right { left + theme.measure() - width } else { left };
        let centered = |width: Length| left + (theme.measure() - width) / 2;
        let at_head = furniture.folio_place == FolioPlace::HeadOuter && !head.opens;
        let over = (first_baseline(page, theme) - theme.leading.scale(HEAD_OVER).min(Length::pt(HEAD_FARTHEST)))
            .max(Length::inch(SAFE));
        let mut items = Vec::new();
        if !head.opens && furniture.heads != HeadText::None {
            let beside = if at_head { folio.width + theme.leading.scale(FOLIO_GAP) } else { Length::ZERO };
            let sides = match furniture.head_place {
                HeadPlace::Center => 2,
                HeadPlace::Outer => 1,
            };
            let title = self.fit(&self.text(head), theme.measure() - beside * sides, composer);
            let x = match furniture.head_place {
                HeadPlace::Center => centered(title.width),
                HeadPlace::Outer if outer_is_right => at_outer_edge(title.width) - beside,
                HeadPlace::Outer => left + beside,
            };
            items.extend(placed(title, Point { x, y: over }, Furniture::RunningHead));
        }
        let foot = foot(theme);
        let outer = at_outer_edge(folio.width);
        let at = match (furniture.folio_place, furniture.head_place) {
            (FolioPlace::None, _) => None,
            (FolioPlace::HeadOuter, _) if at_head => Some(Point { x: outer, y: over }),
            (FolioPlace::HeadOuter, HeadPlace::Outer) | (FolioPlace::FootOuter, _) => Some(Point { x: outer, y: foot }),
            (FolioPlace::HeadOuter, HeadPlace::Center) | (FolioPlace::FootCenter, _) => {
                Some(Point { x: centered(folio.width), y: foot })
            }
        };
        items.extend(at.into_iter().flat_map(|at| placed(folio.clone(), at, Furniture::Folio)));
        if let Some(thickness) = furniture.rule.filter(|_| !head.opens && (at_head || !items.is_empty())) {
            let at = Point { x: left, y: over + theme.leading.scale(RULE_UNDER) };
            let shape =
                Shape::Fill { width: theme.measure(), height: Length::pt(thickness), color: furniture.head.color };
            items.push(Placed { at, owner: Owner::Furniture(Furniture::RunningHead), shape });
        }
        items
    }

    fn text(&self, head: &PageHead) -> String {
        let chapter = head.flow.sections.first().map_or("", |&id| self.tree.section(id).title.as_str());
        let book = self.tree.metadata.title.as_str();
        let (wide, narrow) = if self.names_sections && head.flow.matter == Matter::Main {
            (chapter, head.section.unwrap_or(chapter))
        } else {
            (book, chapter)
        };
        let text = if head.index.is_multiple_of(2) { narrow } else { wide };
        let text = &text[..text.floor_char_boundary(LONGEST_HEAD)];
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A head in one line: cut after a word where it is too long.
    fn fit(&self, text: &str, room: Length, composer: &Composer) -> Line {
        let whole = composer.made(text, &self.title);
        if whole.width <= room {
            return whole;
        }
        let words: Vec<&str> = text.split(' ').collect();
        // The most words that fit, found by halving: a title may be as long as a chapter.
        let (mut fits, mut fails) = (0, words.len());
        while fails - fits > 1 {
            let count = (fits + fails) / 2;
            let line = composer.made(&shortened(&words[..count]), &self.title);
            if line.width <= room { fits = count } else { fails = count }
        }
        if fits > 0 {
            return composer.made(&shortened(&words[..fits]), &self.title);
        }
        let first: String = words.first().map_or("", |word| word).chars().take(12).collect();
        composer.made(&format!("{first}…"), &self.title)
    }
}

/// Words of a title with a sign that more followed.
fn shortened(words: &[&str]) -> String {
    let text = words.join(" ");
    format!("{}…", text.trim_end_matches(|c: char| c.is_ascii_punctuation() || c == '—' || c == '–' || c == ' '))
}

fn placed(line: Line, at: Point, what: Furniture) -> Vec<Placed> {
    line.runs.into_iter().map(|run| Placed { at, owner: Owner::Furniture(what), shape: Shape::Run(run) }).collect()
}

/// The first baseline of a page, counted up from the last one, which stands on the bottom margin.
pub fn first_baseline(page: &Page, theme: &Theme) -> Length {
    page.height - page.margins.bottom - theme.leading * (theme.lines_per_page() - 1)
}

/// The level of the headings that divide some sections: the highest there is under the chapter's title.
pub fn section_level(tree: &Tree, sections: &[SectionId]) -> Option<u8> {
    let level = |node: u32| {
        let role = tree.node(NodeId(node)).role;
        if let Role::Heading(level) = role { Some(level) } else { None }
    };
    sections
        .iter()
        .filter(|&&id| tree.section(id).kind != SectionKind::Part)
        .flat_map(|&id| tree.section(id).nodes.clone())
        .filter_map(level)
        .min()
}

/// A heading's text without its number and without atoms, its formulas in one line of characters.
pub fn title_of(tree: &Tree, node: NodeId) -> String {
    let Some(text) = tree.node(node).text() else { return String::new() };
    let labels: Vec<_> = text.marks.iter().filter(|mark| mark.mark == Mark::Label).map(|mark| &mark.range).collect();
    let mut out = String::new();
    for (at, letter) in text.string.char_indices() {
        let at = at as u32;
        let is_label = labels.iter().any(|label| label.contains(&at));
        match text.atom_at(at) {
            Some(Atom::Formula(formula)) => out.push_str(&formula.words),
            Some(Atom::NoteCall { .. } | Atom::Picture(_) | Atom::PageRef { .. } | Atom::Break) => {}
            None if is_label => {}
            None => out.push(letter),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// For each page of a column, the title of the section in force: the first that begins on it, else the last before it.
pub fn in_force(tree: &Tree, column: &Column, pages: &[usize], count: usize, level: Option<u8>) -> Vec<Option<String>> {
    let mut titles: Vec<Option<String>> = vec![None; count];
    let Some(level) = level else { return titles };
    let mut last: Option<String> = None;
    let mut next = 0;
    for (slab, &page) in column.slabs.iter().zip(pages) {
        let Some(heading) = slab.heading.filter(|&node| tree.node(node).role == Role::Heading(level)) else { continue };
        let title = title_of(tree, heading);
        while next < page {
            titles[next] = titles[next].take().or_else(|| last.clone());
            next += 1;
        }
        if let Some(slot) = titles.get_mut(page)
            && slot.is_none()
        {
            *slot = Some(title.clone());
        }
        last = Some(title);
    }
    for slot in titles.iter_mut().skip(next) {
        *slot = slot.take().or_else(|| last.clone());
    }
    titles
}
