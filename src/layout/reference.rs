//! The register of places: what links can lead to, under which anchor, and how a place is called.
//!
//! In:     the plan of sections with their text.
//! Out:    [`Register`]: anchors unique in the book, labels (`Figure 1`, `Chapter 3`), resolved links.
//! Faults: `ref.unknown`, `ref.fragment`, `ref.not-in-book`, `ref.duplicate`, `ref.old-id`,
//!         `ref.redirect`.
//! Absent: pages, file names of the e-book.
//!
//! Ids are local to a file in mdBook. Here every place of a file keeps its local id for links, and gets an anchor
//! that no other place in the book has.

mod link;
mod moved;
mod survey;

pub use link::Resolved;

use crate::base::{Diagnostic, Lang, Sink};
use crate::book::Redirect;
use crate::layout::gather::number::{self, Planned, Source};
use crate::layout::tree::{Anchor, SectionKind};
use crate::layout::{slug, typography};
use crate::theme::Wording;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use survey::{Found, What};

/// A place that can be linked to.
#[derive(Clone, Debug)]
pub struct Target {
    pub anchor: Anchor,
    /// How the book calls it: `Figure 1`, `Section 3.2`, `“The Siege”`.
    pub label: String,
}

/// The places of one planned section.
#[derive(Debug, Default)]
pub struct Names {
    /// Of the section as a whole.
    pub title: Option<Target>,
    /// Of headings and terms in reading order, without the title.
    pub headings: Vec<Anchor>,
    /// Of numbered figures, tables and formulas in reading order.
    pub counted: Vec<Anchor>,
    /// By local id.
    places: BTreeMap<String, Target>,
    /// By the id that mdBook 0.4 gave, where it was another one.
    old_places: BTreeMap<String, Target>,
    /// The numbers of its first figure, its first table and its first formula.
    pub first_figure: u32,
    pub first_table: u32,
    pub first_equation: u32,
    /// Relative to `src`; empty for a part.
    path: String,
}

#[derive(Debug)]
pub struct Register {
    /// In the order of the plan.
    sections: Vec<Names>,
    /// The sections by path, in the form that `link::key` gives. A single file makes many sections.
    paths: BTreeMap<String, Vec<usize>>,
    /// Ids that authors gave, with the section they stand in, where just one section has it.
    given: BTreeMap<String, Option<usize>>,
    /// Where chapters were before.
    moves: moved::Moves,
}

impl Register {
    /// Walks the whole text once and names every place in it.
    pub fn new(plan: &[Planned<'_>], redirects: &[Redirect], lang: &Lang, smart: bool, sink: &mut Sink) -> Register {
        let surveys: Vec<survey::Survey> = plan.par_iter().map(|section| survey::walk(section, lang)).collect();
        let mut taken: BTreeSet<String> = number::MADE_STEMS.iter().map(|stem| (*stem).to_owned()).collect();
        // Ids that authors gave come first: they keep their names.
        let mut anchors: Vec<Vec<Option<Anchor>>> = surveys.iter().map(|s| vec![None; s.found.len()]).collect();
        for given in [true, false] {
            for ((section, survey), anchors) in plan.iter().zip(&surveys).zip(&mut anchors) {
                for ((at, found), anchor) in survey.found.iter().enumerate().zip(anchors) {
                    if found.given == given {
                        *anchor = Some(name_place(found, at, section, &mut taken));
                    }
                }
            }
        }
        let wording = Wording::of(lang);
        let moves = moved::read(redirects);
        let mut register = Register { sections: Vec::new(), paths: BTreeMap::new(), given: BTreeMap::new(), moves };
        let (mut figures, mut tables, mut equations) = (1, 1, 1);
        for (at, ((section, survey), anchors)) in plan.iter().zip(surveys).zip(anchors).enumerate() {
            let mut names =
                Names { first_figure: figures, first_table: tables, first_equation: equations, ..Names::default() };
            if let Source::Chapter(chapter) = section.source
                && !chapter.is_draft()
            {
                names.path = chapter.path.clone();
                register.paths.entry(link::key(&chapter.path)).or_default().push(at);
            }
            let quoted = |text: &str| typography::quoted(text, lang, smart);
            // What stands under a heading and has no name of its own is called by the heading.
            let mut around = String::new();
            for (found, anchor) in survey.found.into_iter().zip(anchors) {
                let Some(anchor) = anchor else { continue };
                let label = match &found.what {
                    What::Title(text) => section_label(section, wording).unwrap_or_else(|| quoted(text)),
                    What::Heading(text) | What::Term(text) => quoted(text),
                    What::Figure => {
                        figures += 1;
                        Wording::numbered(wording.figure, &(figures - 1).to_string())
                    }
                    What::Table => {
                        tables += 1;
                        Wording::numbered(wording.table, &(tables - 1).to_string())
                    }
                    What::Equation(Some(tag)) => Wording::numbered(wording.equation, tag),
                    What::Equation(None) => {
                        equations += 1;
                        Wording::numbered(wording.equation, &(equations - 1).to_string())
                    }
                    What::Place => around.clone(),
                };
                match found.what {
                    What::Title(_) => around.clone_from(&label),
                    What::Heading(_) => {
                        around.clone_from(&label);
                        names.headings.push(anchor.clone());
                    }
                    What::Term(_) => names.headings.push(anchor.clone()),
                    What::Figure | What::Table | What::Equation(_) => names.counted.push(anchor.clone()),
                    What::Place => {}
                }
                let target = Target { anchor, label };
                if matches!(found.what, What::Title(_)) {
                    names.title = Some(target.clone());
                }
                if found.given {
                    let owner = register.given.entry(found.id.clone()).or_insert(Some(at));
                    *owner = owner.filter(|&owner| owner == at);
                }
                if let Some(old) = found.old_id {
                    names.old_places.entry(old).or_insert_with(|| target.clone());
                }
                if !found.id.is_empty() {
                    names.places.insert(found.id, target);
                }
            }
            for (id, span) in survey.duplicates {
                let message = format!("the id \"{id}\" is given twice in this file; the first one counts");
                let hint = "give each place an id of its own";
                sink.push(Diagnostic::warning("ref.duplicate", message).at(span).hint(hint));
            }
            register.sections.push(names);
        }
        register.tell_lost(redirects, sink);
        register
    }

    pub fn names(&self, section: usize) -> &Names {
        &self.sections[section]
    }

    /// The anchor of an id that stands in this section.
    pub fn place(&self, section: usize, id: &str) -> Option<&Anchor> {
        self.sections[section].places.get(id).map(|target| &target.anchor)
    }
}

/// `Chapter 3`, `Section 3.2`, `Part I`; `None` where the section shows no number.
pub fn section_label(section: &Planned<'_>, wording: &Wording) -> Option<String> {
    if section.number.is_empty() {
        return None;
    }
    let word = match section.kind {
        SectionKind::Part => wording.part,
        SectionKind::Subchapter => wording.section,
        _ => wording.chapter,
    };
    Some(Wording::numbered(word, &section.number))
}

/// An anchor for a place: from its id where that has letters we can write, else from its section and order.
fn name_place(found: &Found, at: usize, section: &Planned<'_>, taken: &mut BTreeSet<String>) -> Anchor {
    let name = slug::ascii(&found.id);
    let name = match (&found.what, name.is_empty()) {
        (What::Figure | What::Table | What::Equation(_) | What::Place | What::Heading(_) | What::Term(_), true) => {
            format!("{}-{}", section.stem, at + 1)
        }
        (What::Title(_), _) if section.kind == SectionKind::Part => section.stem.clone(),
        (What::Title(_), true) => section.stem.clone(),
        (_, false) if name.starts_with(|c: char| c.is_ascii_alphabetic()) => name,
        (_, false) => format!("s-{name}"),
    };
    if taken.insert(name.clone()) {
        return Anchor(name.into());
    }
    let name = match found.what {
        What::Title(_) => section.stem.clone(),
        What::Heading(_) | What::Term(_) | What::Figure | What::Table | What::Equation(_) | What::Place => {
            format!("{}-{name}", section.stem)
        }
    };
    Anchor(number::unique(&name, taken).into())
}
