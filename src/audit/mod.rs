//! Pages → the typography report: every flaw of the laid-out book, by rule, with its page and its place in the manuscript.
//!
//! In:     the tree, the theme, faces and pictures, the [`Pages`] made of them, the manuscript's files.
//! Out:    [`Audit`]: facts and findings, each in the order of the book.
//! Absent: how lines and pages came to be; which flaws a book forbids; how the report is printed.
//!
//! 1. `proof` reads the pages back as lines of text with gaps and edges; `stand` says what each leaf is.
//! 2. One file a group of rules counts its flaws: `design` 1 to 4 and 23, `grid` 5 and 15, `breaks` 6, 7, 10 and 17,
//!    `lines` 8, 9, 11 to 13, `texture` 14, `matter` 18 to 20, `notes` 21, `signs` 22, `displays` 16 and 24,
//!    `ink` 25.
//! 3. `place` leads each finding to its line of the manuscript.
//!
//! The rules themselves stand in [`theme::bar`](crate::theme::bar). What `tests/judges/typo_audit.py` counts too is
//! counted by the same measures, so that the report can be held against a judge that sees only the PDF.

mod breaks;
mod design;
mod displays;
mod grid;
mod ink;
mod lines;
mod matter;
mod notes;
mod place;
mod proof;
mod signs;
mod stand;
mod texture;

pub use proof::{Proof, Row};
pub use stand::{Stand, Standing};

use crate::asset::{Faces, Pictures};
use crate::base::{FileId, Files};
use crate::layout::Tree;
use crate::layout::tree::Locus;
use crate::pdf::Pages;
use crate::theme::Theme;
use crate::theme::bar::Flaw;

/// The report of a book.
#[derive(Debug)]
pub struct Audit {
    pub pages: usize,
    /// Lines of running text, and how many of them are set to both edges.
    pub lines: usize,
    pub justified: usize,
    /// In the order of the rules.
    pub facts: Vec<Fact>,
    /// In the order of the pages; what concerns the whole book stands first.
    pub findings: Vec<Finding>,
}

/// Something measured, flaw or not.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fact {
    /// The number of its rule.
    pub rule: u8,
    pub name: &'static str,
    pub value: f64,
    /// `pt`, `em`, `%`; empty for a count.
    pub unit: &'static str,
}

/// One flaw.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub flaw: Flaw,
    /// The index of its sheet; `None` for the whole book.
    pub sheet: Option<usize>,
    /// The text that shows it.
    pub at: Option<Locus>,
    /// The line as printed, or what is at fault.
    pub text: String,
    /// How bad it is, in the measure of the flaw: em of word space, points of overflow, lines of a ladder.
    pub value: Option<f64>,
    /// The line in the manuscript.
    pub source: Option<Source>,
}

/// A place of the manuscript; line and column count from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Source {
    pub file: FileId,
    pub line: usize,
    pub column: usize,
}

/// What the rules write into.
#[derive(Default)]
struct Found {
    facts: Vec<Fact>,
    findings: Vec<Finding>,
    justified: usize,
}

impl Found {
    fn fact(&mut self, rule: u8, name: &'static str, value: f64, unit: &'static str) {
        self.facts.push(Fact { rule, name, value, unit });
    }

    /// A flaw of the whole book.
    fn book(&mut self, flaw: Flaw, text: impl Into<String>, value: Option<f64>) {
        self.findings.push(Finding { flaw, sheet: None, at: None, text: text.into(), value, source: None });
    }

    /// A flaw of a sheet, with or without a place in the text.
    fn sheet(&mut self, flaw: Flaw, sheet: usize, at: Option<Locus>, text: impl Into<String>, value: Option<f64>) {
        self.findings.push(Finding { flaw, sheet: Some(sheet), at, text: text.into(), value, source: None });
    }

    /// A flaw of one line.
    fn row(&mut self, proof: &Proof<'_>, flaw: Flaw, row: &Row, value: Option<f64>) {
        let at = Locus { leaf: row.leaf, offset: row.bytes.start };
        self.sheet(flaw, row.sheet, Some(at), proof.text(row).trim(), value);
    }
}

/// Counts every flaw of the pages.
pub fn audit(tree: &Tree, theme: &Theme, faces: &Faces, pictures: &Pictures, pages: &Pages, files: &Files) -> Audit {
    let proof = Proof::new(tree, theme, faces, pictures, pages);
    let mut found = Found::default();
    design::check(&proof, &mut found);
    grid::check(&proof, &mut found);
    breaks::check(&proof, &mut found);
    lines::check(&proof, &mut found);
    texture::check(&proof, &mut found);
    displays::check(&proof, &mut found);
    matter::check(&proof, &mut found);
    notes::check(&proof, &mut found);
    signs::check(&proof, &mut found);
    ink::check(&proof, &mut found);
    let Found { mut facts, mut findings, justified } = found;
    facts.sort_by_key(|fact| fact.rule);
    findings.sort_by_key(|finding| (finding.sheet, finding.at, finding.flaw));
    for finding in &mut findings {
        finding.source = finding.at.and_then(|at| place::source(tree, files, at));
    }
    let lines = proof.rows.iter().filter(|row| proof.standing(row).stand == Stand::Prose).count();
    Audit { pages: pages.sheets.len(), lines, justified, facts, findings }
}

#[cfg(test)]
mod tests;
