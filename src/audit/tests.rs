//! A small book is laid out well; then one thing on its pages is spoilt, and the report names it with its line.

use super::*;
use crate::Settled;
use crate::base::Length;
use crate::pdf::{Furniture, Owner, Placed, RunSource, Shape};
use crate::phase::UNWATCHED;
use crate::theme::bar::FORBIDDEN;

/// A chapter over several pages: a paragraph a line, the first of them line 3.
fn chapter() -> String {
    let paragraph = "The lamp was lit at dusk, and the keeper sat by the window with the book of the tides until the wind \
                     turned to the north; then he climbed the stairs once more, looked to the oil and the wick, and wrote \
                     down the hour, the weather and the ships that had passed, as his father had done before him.";
    let mut text = "# The light\n\nA first paragraph, with a call.[^n]\n\n***\n\n".to_owned();
    for number in 0..40 {
        text.push_str(&format!("{paragraph} {number}.\n\n"));
        if number % 8 == 7 {
            text.push_str("## A new watch\n\n");
        }
    }
    text + "[^n]: The note.\n"
}

struct Book {
    settled: Settled,
    pages: Pages,
    _folder: tempfile::TempDir,
}

impl Book {
    fn new(text: &str) -> Book {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("book.md"), text).unwrap();
        let mut settled = crate::settle(&folder.path().join("book.md"), UNWATCHED).unwrap();
        let pages = settled.paginate(UNWATCHED);
        Book { settled, pages, _folder: folder }
    }

    fn audit(&self) -> Audit {
        let m = &self.settled.manuscript;
        audit(&self.settled.tree, &m.theme, &m.faces, &m.pictures, &self.pages, &m.files)
    }

    /// The lines of the manuscript in which a flaw is found.
    fn lines(&self, flaw: Flaw) -> Vec<usize> {
        let findings = self.audit().findings;
        findings.iter().filter(|f| f.flaw == flaw).filter_map(|f| f.source.map(|source| source.line)).collect()
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.audit().findings.iter().any(|finding| finding.flaw == flaw)
    }

    /// The rows of prose, as they stand.
    fn prose(&self) -> Vec<Row> {
        let m = &self.settled.manuscript;
        let proof = Proof::new(&self.settled.tree, &m.theme, &m.faces, &m.pictures, &self.pages);
        proof.rows.iter().filter(|row| proof.standing(row).stand == Stand::Prose).cloned().collect()
    }

    fn items_of(&mut self, row: &Row) -> impl Iterator<Item = &mut Placed> {
        let (leaf, baseline) = (row.leaf, row.baseline);
        let items = self.pages.sheets[row.sheet].items.iter_mut();
        items.filter(move |item| item.owner == Owner::Node(leaf) && item.at.y == baseline)
    }

    /// Takes a row to the head or the foot of another sheet.
    fn carry(&mut self, row: &Row, sheet: usize, to_head: bool) {
        let items = &mut self.pages.sheets[row.sheet].items;
        let (taken, left): (Vec<Placed>, Vec<Placed>) = std::mem::take(items)
            .into_iter()
            .partition(|item| item.owner == Owner::Node(row.leaf) && item.at.y == row.baseline);
        *items = left;
        let at = if to_head { 0 } else { self.pages.sheets[sheet].items.len() };
        self.pages.sheets[sheet].items.splice(at..at, taken);
    }
}

/// Lines of the manuscript that a paragraph over two pages has on the first and on the second.
fn over_a_page(book: &Book) -> (Vec<Row>, Vec<Row>) {
    let rows = book.prose();
    let turn = rows.windows(2).find(|pair| pair[0].leaf == pair[1].leaf && pair[0].sheet < pair[1].sheet).unwrap();
    rows.iter().filter(|row| row.leaf == turn[0].leaf).cloned().partition(|row| row.sheet == turn[0].sheet)
}

#[test]
fn a_book_well_made_has_nothing_that_is_forbidden() {
    let report = Book::new(&chapter()).audit();
    assert!(report.pages > 4 && report.justified > 100, "{} pages, {} lines", report.pages, report.justified);
    let forbidden: Vec<_> = report.findings.iter().filter(|finding| FORBIDDEN.contains(&finding.flaw)).collect();
    assert!(forbidden.is_empty(), "{forbidden:#?}");
    let characters = report.facts.iter().find(|fact| fact.name == "characters").unwrap().value;
    assert!((60.0..72.0).contains(&characters), "{characters}");
}

#[test]
fn a_line_with_wide_spaces_is_loose_and_one_without_is_tight() {
    for (spaces, flaw) in [(0.6, Flaw::Loose), (0.9, Flaw::VeryLoose), (0.12, Flaw::Tight)] {
        let mut book = Book::new(&chapter());
        let row = book.prose()[3].clone();
        for item in book.items_of(&row) {
            let Shape::Run(run) = &mut item.shape else { continue };
            let width = run.size.scale(spaces).sp() as i32;
            // The space is the glyph that the row shows most.
            let space =
                run.glyphs.iter().map(|g| g.id).max_by_key(|id| run.glyphs.iter().filter(|g| g.id == *id).count());
            run.stretch = 1.0;
            run.glyphs.iter_mut().filter(|glyph| Some(glyph.id) == space).for_each(|glyph| glyph.advance = width);
        }
        assert_eq!(book.lines(flaw), [7], "{flaw:?}");
    }
}

#[test]
fn a_line_moved_out_of_the_block_runs_over() {
    let mut book = Book::new(&chapter());
    let row = book.prose()[3].clone();
    book.items_of(&row).for_each(|item| item.at.x += Length::pt(12.0));
    assert_eq!(book.lines(Flaw::Overflow), [7]);
}

#[test]
fn a_line_moved_down_a_little_leaves_the_grid() {
    let mut book = Book::new(&chapter());
    let row = book.prose()[3].clone();
    book.items_of(&row).for_each(|item| item.at.y += Length::pt(3.0));
    assert_eq!(book.lines(Flaw::OffGrid), [7]);
}

#[test]
fn a_last_line_carried_over_is_a_widow() {
    let mut book = Book::new(&chapter());
    let (here, there) = over_a_page(&book);
    assert!(!book.has(Flaw::Widow));
    for row in &there[..there.len() - 1] {
        book.carry(row, here[0].sheet, false);
    }
    assert_eq!(book.lines(Flaw::Widow).len(), 1);
}

#[test]
fn a_first_line_left_behind_is_an_orphan() {
    let mut book = Book::new(&chapter());
    let (here, there) = over_a_page(&book);
    assert!(!book.has(Flaw::Orphan));
    for row in here[1..].iter().rev() {
        book.carry(row, there[0].sheet, true);
    }
    assert_eq!(book.lines(Flaw::Orphan).len(), 1);
}

#[test]
fn a_heading_without_its_text_is_stranded() {
    let mut book = Book::new(&chapter());
    let m = &book.settled.manuscript;
    let proof = Proof::new(&book.settled.tree, &m.theme, &m.faces, &m.pictures, &book.pages);
    let heading = proof.rows.iter().filter(|row| proof.standing(row).stand == Stand::Title).nth(1).unwrap();
    let (sheet, baseline) = (heading.sheet, heading.baseline);
    book.pages.sheets[sheet].items.retain(|item| item.at.y <= baseline);
    assert!(book.has(Flaw::Stranded));
}

#[test]
fn a_break_that_is_not_drawn_is_lost() {
    let mut book = Book::new(&chapter());
    let is_break = |item: &Placed| {
        item.owner == Owner::Furniture(Furniture::Decoration)
            && matches!(&item.shape, Shape::Run(run) if matches!(run.source, RunSource::Made(_)))
    };
    book.pages.sheets.iter_mut().for_each(|sheet| sheet.items.retain(|item| !is_break(item)));
    assert_eq!(book.lines(Flaw::LostBreak), [5]);
}

#[test]
fn a_note_on_the_next_page_is_away_from_its_call() {
    let mut book = Book::new(&chapter());
    let m = &book.settled.manuscript;
    let proof = Proof::new(&book.settled.tree, &m.theme, &m.faces, &m.pictures, &book.pages);
    let note = proof.rows.iter().find(|row| proof.standing(row).stand == Stand::Note).unwrap().clone();
    book.carry(&note, note.sheet + 1, false);
    assert_eq!(book.lines(Flaw::NoteAway), [3]);
}

#[test]
fn a_glyph_that_no_face_has_is_an_empty_box() {
    let mut book = Book::new(&chapter());
    let row = book.prose()[3].clone();
    for item in book.items_of(&row) {
        let Shape::Run(run) = &mut item.shape else { continue };
        run.glyphs[0].id = 0;
    }
    assert_eq!(book.lines(Flaw::NoGlyph), [7]);
}

#[test]
fn a_chapter_on_a_verso_and_a_blank_with_a_folio_are_found() {
    let mut book = Book::new(&chapter());
    book.pages
        .sheets
        .insert(0, crate::pdf::Sheet { label: "0".to_owned(), section: None, turned: false, items: Vec::new() });
    let report = book.audit();
    assert!(report.findings.iter().any(|finding| finding.flaw == Flaw::Opening), "{:?}", report.findings);
    assert!(report.findings.iter().any(|finding| finding.flaw == Flaw::Labels));
}

#[test]
fn a_word_three_times_at_an_edge_is_a_repeat() {
    let book = Book::new(&format!("{}{}", chapter(), "\nthat \\\nthat \\\nthat \\\nthis\n"));
    assert_eq!(book.lines(Flaw::Repeat).len(), 1);
}

#[test]
fn dashes_of_a_typewriter_are_told() {
    let book = Book::new("# One\n\nHe came with\nthe officers of the ----shire.\n");
    assert_eq!(book.lines(Flaw::Signs), [4]);
}
