//! Running heads and folios.
//!
//! In:     what a page belongs to: the titles of its book, chapter and section; its side and label.
//! Out:    furniture at the head or the foot of a page.
//! Absent: the text.
//!
//! The verso names the wider unit, the recto the narrower one. Where most chapters are divided by headings, these are
//! the chapter and its section, else the book and the chapter. The folio stands at the outer edge; on the page that
//! opens a chapter, at the foot.

use super::compose::Composer;
use super::dress;
use super::line::Line;
use super::opening::{Flow, Kind};
use super::sheet::{Furniture, Owner, Placed, Point, Shape};
use super::slab::Column;
use super::style::Resolved;
use crate::base::Length;
use crate::book::Matter;
use crate::layout::Tree;
use crate::layout::tree::{Atom, Mark, NodeId, SectionId, SectionKind};
use crate::theme::{Page, Role, Theme};

/// The head's baseline is this many lines over the first one of the text.
const HEAD_OVER: f64 = 2.0;
/// The drop folio's baseline is this many lines under the last one of the text.
const FOLIO_UNDER: f64 = 2.0;
/// Sizes of heads (small capitals) and folios, in their styles' sizes.
const HEAD_SIZE: f64 = 0.88;
const FOLIO_SIZE: f64 = 0.9;
/// Between a head and the folio on its line, in lines.
const FOLIO_GAP: f64 = 1.0;
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
    pub is_recto: bool,
    /// The page opens its flow.
    pub opens: bool,
}

impl<'a> Heads<'a> {
    pub fn new(tree: &'a Tree, flows: &[Flow], composer: &Composer) -> Heads<'a> {
        let chapters: Vec<&Flow> =
            flows.iter().filter(|flow| flow.matter == Matter::Main && flow.kind == Kind::Running).collect();
        let divided = chapters.iter().filter(|flow| section_level(tree, &flow.sections).is_some()).count();
        Heads {
            tree,
            names_sections: divided * 2 > chapters.len(),
            title: dress::scaled(composer.style(Role::BookPublisher), HEAD_SIZE),
            folio: dress::scaled(composer.style(Role::BodyFirst), FOLIO_SIZE),
        }
    }

    /// The furniture of a page; empty for a page that shows none.
    pub fn page(&self, head: &PageHead, composer: &Composer, theme: &Theme) -> Vec<Placed> {
        if head.flow.kind == Kind::Display {
            return Vec::new();
        }
        let page = &theme.page;
        let left = left_edge(page, head.is_recto);
        let right = left + theme.measure();
        let folio = composer.made(head.label, &self.folio);
        if head.opens {
            let y = (page.height - page.margins.bottom + theme.leading.scale(FOLIO_UNDER))
                .min(page.height - Length::inch(SAFE));
            let x = left + (theme.measure() - folio.width) / 2;
            return placed(folio, Point { x, y }, Furniture::Folio);
        }
        let y = (first_baseline(page, theme) - theme.leading.scale(HEAD_OVER)).max(Length::inch(SAFE));
        let room = theme.measure() - (folio.width + theme.leading.scale(FOLIO_GAP)) * 2;
        let title = self.fit(&self.text(head), room, composer);
        let folio_x = if head.is_recto { right - folio.width } else { left };
        let title_x = left + (theme.measure() - title.width) / 2;
        let mut items = placed(title, Point { x: title_x, y }, Furniture::RunningHead);
        items.extend(placed(folio, Point { x: folio_x, y }, Furniture::Folio));
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
        let text = if head.is_recto { narrow } else { wide };
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

/// The left edge of the text block.
pub fn left_edge(page: &Page, is_recto: bool) -> Length {
    if is_recto { page.margins.inner } else { page.margins.outer }
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
    let mut out = String::new();
    for (at, letter) in text.string.char_indices() {
        let at = at as u32;
        let is_label = text.marks.iter().any(|marked| marked.mark == Mark::Label && marked.range.contains(&at));
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
