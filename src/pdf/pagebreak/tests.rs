//! The page breaker against what a reader would notice.

use super::*;
use crate::pdf::slab::NoteLine;
use proptest::prelude::*;

fn leading() -> Length {
    Length::pt(14.0)
}

fn limits(lines: i64) -> Limits {
    Limits { leading: leading(), lines, note_gap: leading() }
}

/// Paragraphs of some lines each.
fn paragraphs(counts: &[usize]) -> Column {
    let mut column = Column::default();
    for &count in counts {
        for at in 0..count {
            let mut slab = plain_slab(leading());
            if at == 1 || (at > 0 && at + 1 == count) {
                slab.before = FORBIDDEN;
            }
            column.slabs.push(slab);
        }
    }
    column
}

fn heading(column: &mut Column) {
    let mut slab = plain_slab(leading());
    slab.space = leading() * 2;
    slab.bare = slab.space;
    slab.give = 2;
    slab.heading = Some(crate::layout::tree::NodeId(0));
    column.slabs.push(slab);
}

fn ends(column: &Column, lines: i64) -> Vec<usize> {
    cut(column, limits(lines), true).iter().map(|cut| cut.slabs.end).collect()
}

#[test]
fn a_full_page_is_cut_where_it_is_full() {
    assert_eq!(ends(&paragraphs(&[25]), 10), [10, 20, 25]);
}

#[test]
fn no_page_begins_with_the_last_line_of_a_paragraph() {
    // 4 + 7 lines: a page of 10 would leave one line over.
    let column = paragraphs(&[4, 7, 20]);
    for cut in cut(&column, limits(10), true) {
        if let Some(slab) = column.slabs.get(cut.slabs.end) {
            assert_ne!(slab.before, FORBIDDEN, "{cut:?}");
        }
    }
}

#[test]
fn facing_pages_end_alike() {
    // The break after ten lines of the verso is a widow's: both pages of the spread are set short, or both long.
    let column = paragraphs(&[10, 4, 7, 4, 3, 12, 9, 11]);
    let cuts = cut(&column, limits(10), true);
    for pair in cuts[1..cuts.len() - 1].chunks(2) {
        if let [verso, recto] = pair {
            assert_eq!(verso.lean, recto.lean, "{cuts:#?}");
        }
    }
}

#[test]
fn white_over_a_heading_fills_the_page() {
    let mut column = paragraphs(&[5]);
    heading(&mut column);
    let from = column.slabs.len();
    column.slabs.extend(paragraphs(&[3, 9]).slabs);
    column.slabs[from].before = FORBIDDEN;
    // 5 + 2 white + heading + 3 are 11 lines of 12; the next paragraph needs two lines.
    let cuts = cut(&column, limits(12), true);
    assert_eq!((cuts[0].slabs.end, cuts[0].stretch, cuts[0].lean), (9, 1, 0), "{cuts:#?}");
    let setting = set(&column, &cuts[0], limits(12));
    assert_eq!(setting.slabs.last(), Some(&(8, leading() * 11)));
}

fn note_lines(column: &mut Column, slab: usize, of: usize) {
    let begin = column.notes.len();
    for index in 0..of {
        column.notes.push(NoteLine { index, of, height: leading(), drawn: Vec::new() });
    }
    column.slabs[slab].notes = begin..column.notes.len();
    for later in &mut column.slabs[slab + 1..] {
        later.notes = column.notes.len()..column.notes.len();
    }
}

#[test]
fn a_note_begins_on_the_page_of_its_call() {
    let mut column = paragraphs(&[30]);
    note_lines(&mut column, 8, 3);
    for cut in cut(&column, limits(10), true) {
        assert_eq!(cut.slabs.contains(&8), cut.notes.contains(&0), "{cut:?}");
    }
}

#[test]
fn a_long_note_goes_on_with_two_lines() {
    let mut column = paragraphs(&[30]);
    note_lines(&mut column, 0, 25);
    let cuts = cut(&column, limits(10), true);
    assert!(cuts[0].notes.len() >= 2);
    assert_eq!(cuts.iter().map(|cut| cut.notes.len()).sum::<usize>(), 25);
    assert!(cuts.iter().all(|cut| cut.notes.is_empty() || cut.notes.len() >= 2), "{cuts:#?}");
}

#[test]
fn a_figure_that_does_not_fit_waits_and_the_text_moves_up() {
    let mut column = paragraphs(&[8]);
    let mut figure = plain_slab(leading() * 6);
    figure.floats = true;
    column.slabs.push(figure);
    column.slabs.extend(paragraphs(&[12]).slabs);
    column.floats = vec![8];
    let cuts = cut(&column, limits(10), true);
    assert_eq!(cuts[0].slabs, 0..11, "two lines of text follow on the first page");
    assert_eq!(cuts[1].floats, 0..1);
    assert_eq!(set(&column, &cuts[1], limits(10)).slabs[0], (8, Length::ZERO));
}

#[test]
fn a_slab_larger_than_a_page_still_has_a_page() {
    let mut column = paragraphs(&[3]);
    column.slabs.push(plain_slab(leading() * 40));
    column.slabs.extend(paragraphs(&[3]).slabs);
    assert_eq!(cut(&column, limits(10), true).last().map(|cut| cut.slabs.end), Some(7));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_slab_and_note_is_on_one_page(
        counts in prop::collection::vec(1usize..14, 1..40),
        tall in prop::collection::vec((0usize..200, 1i64..30, any::<bool>()), 0..6),
        notes in prop::collection::vec((0usize..200, 1usize..20), 0..8),
        lines in 3i64..20,
        recto in any::<bool>(),
    ) {
        let mut column = paragraphs(&counts);
        for (at, height, floats) in tall {
            let at = at % column.slabs.len();
            column.slabs[at].height = leading() * height;
            column.slabs[at].floats = floats;
        }
        let mut called: Vec<usize> = notes.iter().map(|note| note.0 % column.slabs.len()).collect();
        called.sort_unstable();
        called.dedup();
        for (&at, (_, of)) in called.iter().zip(&notes) {
            if !column.slabs[at].floats {
                note_lines(&mut column, at, *of);
            }
        }
        column.floats = (0..column.slabs.len()).filter(|&at| column.slabs[at].floats).collect();
        let limits = limits(lines);
        let cuts = cut(&column, limits, recto);
        let mut shown = vec![0; column.slabs.len()];
        let mut noted = vec![0; column.notes.len()];
        for cut in &cuts {
            for (at, _) in set(&column, cut, limits).slabs {
                shown[at] += 1;
            }
            for at in cut.notes.clone() {
                noted[at] += 1;
            }
        }
        prop_assert!(shown.iter().all(|&count| count == 1), "{shown:?} {cuts:#?}");
        prop_assert!(noted.iter().all(|&count| count == 1), "{noted:?} {cuts:#?}");
    }
}
