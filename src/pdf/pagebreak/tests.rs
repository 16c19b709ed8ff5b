//! The page breaker against what a reader would notice.

use super::fill::Search;
use super::set::Setting;
use super::*;
use crate::pdf::slab::{FORBIDDEN, Fit, Frame, NoteLine, Slab};
use proptest::prelude::*;

fn leading() -> Length {
    Length::pt(14.0)
}

fn limits(lines: i64) -> Limits {
    Limits { leading: leading(), lines, note_gap: leading(), is_tight: false }
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

/// Its notes stand at the foot however little text is over them: it has nothing to gain from being short.
#[test]
fn a_page_with_notes_is_not_cut_short_beside_a_short_one() {
    // The verso, from line 10 on, is three lines short, as what follows is high and stays whole.
    let mut column = paragraphs(&[10, 7, 1, 30]);
    column.slabs[17].height = leading() * 4;
    for (at, slab) in column.slabs.iter_mut().enumerate() {
        slab.before = if (1..10).contains(&at) { FORBIDDEN } else { 0 };
    }
    note_lines(&mut column, 17, 2);
    let cuts = cut(&column, limits(10), true);
    assert_eq!(cuts[1].slabs, 10..17, "{cuts:#?}");
    assert_eq!((cuts[2].notes.clone(), cuts[2].lean), (0..2, 0), "{cuts:#?}");
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

/// A figure that the text names, after so many lines of text; `after` lines follow it.
fn with_figure(before: usize, height: i64, after: usize) -> Column {
    let mut column = paragraphs(&[before]);
    let mut figure = plain_slab(leading() * height);
    (figure.floats, figure.in_text) = (true, 240);
    column.slabs.push(figure);
    column.slabs.extend(paragraphs(&[after]).slabs);
    column.floats = vec![before];
    column
}

#[test]
fn a_figure_that_does_not_fit_waits_and_the_text_moves_up() {
    let column = with_figure(8, 6, 12);
    // It waits for the facing page.
    let cuts = cut(&column, limits(10), false);
    assert_eq!(cuts[0].slabs, 0..11, "two lines of text follow on the first page");
    assert_eq!(cuts[1].floats, 0..1);
    assert_eq!(set(&column, &cuts[1], limits(10)).slabs[0], (8, Length::ZERO));
}

#[test]
fn a_figure_goes_to_the_foot_of_its_page_and_the_text_closes_up() {
    let column = with_figure(12, 6, 40);
    let cuts = cut(&column, limits(30), true);
    let setting = set(&column, &cuts[0], limits(30));
    assert_eq!(setting.slabs.last(), Some(&(12, leading() * 24)), "{cuts:#?}");
    let line_over = setting.slabs[setting.slabs.len() - 2];
    assert_eq!(line_over, (23, leading() * 22), "one line of white over it");
}

#[test]
fn notes_stand_under_a_figure_at_the_foot() {
    let mut column = with_figure(12, 6, 70);
    note_lines(&mut column, 3, 2);
    let cuts = cut(&column, limits(30), true);
    let setting = set(&column, &cuts[0], limits(30));
    assert_eq!(setting.notes, leading() * 28, "{cuts:#?}");
    assert_eq!(setting.slabs.last(), Some(&(12, leading() * 21)));
}

#[test]
fn a_figure_that_the_text_leads_to_stays_in_its_place() {
    let mut column = with_figure(12, 6, 40);
    column.slabs[12].in_text = 0;
    let cuts = cut(&column, limits(30), true);
    assert_eq!(set(&column, &cuts[0], limits(30)).slabs[12].0, 12, "{cuts:#?}");
}

#[test]
fn no_figure_stands_at_the_foot_under_another_heading() {
    let mut column = with_figure(6, 7, 3);
    heading(&mut column);
    column.slabs.extend(paragraphs(&[40]).slabs);
    for lines in 24..34 {
        for cut in cut(&column, limits(lines), true) {
            let is_at_foot = cut.feet < cut.waiting;
            assert!(!is_at_foot || cut.slabs.end <= 10, "{lines}: {cut:?}");
        }
    }
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
            column.slabs[at].in_text = if height % 2 == 0 { 240 } else { 0 };
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
        // Figures keep their order, and none stands before the page of its call.
        let pages = cuts.iter().flat_map(|cut| set(&column, cut, limits).slabs);
        let figures: Vec<usize> = pages.map(|(at, _)| at).filter(|&at| column.slabs[at].floats).collect();
        prop_assert_eq!(&figures, &column.floats);
        for (page, cut) in page_of_slab(&cuts, &column).iter().zip(0..).filter(|(_, at)| column.slabs[*at].floats) {
            let called = cuts.iter().position(|page| page.slabs.contains(&cut)).unwrap();
            prop_assert!(*page >= called);
        }
    }
}

/// The least cost from a place to the end, found by trying every way there is.
fn least(search: &Search, (at, float, note): (usize, usize, usize), recto: bool, verso: Option<i64>) -> i64 {
    if at == search.column.slabs.len() && search.is_end((float, note)) {
        return 0;
    }
    let opens = verso.is_none();
    let mut ends = Vec::new();
    search.ends(at, (float, note), &mut ends);
    let ways = ends.iter().flat_map(|end| end.stretches().map(move |stretch| (end, stretch)));
    let costs = ways.map(|(end, stretch)| {
        let page = end.price(recto, opens, verso.unwrap_or(0), stretch);
        let next = (end.cut.slabs.end, end.cut.waiting, end.cut.notes.end);
        page.cost + least(search, next, !recto, Some(if recto { 0 } else { page.depth }))
    });
    costs.min().unwrap()
}

/// What pages cost.
fn cost(search: &Search, cuts: &[Cut], mut recto: bool) -> i64 {
    let (mut facing, mut sum, mut place) = (0, 0, (0, 0, 0));
    for (at, cut) in cuts.iter().enumerate() {
        let mut ends = Vec::new();
        search.ends(place.0, (place.1, place.2), &mut ends);
        let end =
            ends.iter().find(|end| Cut { lean: cut.lean, stretch: cut.stretch, ..end.cut.clone() } == *cut).unwrap();
        let page = end.price(recto, at == 0, facing, cut.stretch);
        (sum, facing) = (sum + page.cost, if recto { 0 } else { page.depth });
        (place, recto) = ((end.cut.slabs.end, end.cut.waiting, end.cut.notes.end), !recto);
    }
    sum
}

/// Whether lines can be cut into pages of nearly the height `lines` without a widow or an orphan.
fn can_be_cut(column: &Column, lines: usize) -> bool {
    let slabs = &column.slabs;
    let mut reached = vec![false; slabs.len() + 1];
    reached[0] = true;
    for at in 0..slabs.len() {
        for to in (at + 1..=slabs.len()).filter(|to| to - at <= lines + 1) {
            let is_full = to == slabs.len() || to - at + 3 >= lines;
            let is_allowed = slabs.get(to).is_none_or(|slab| slab.before != FORBIDDEN);
            reached[to] |= reached[at] && is_full && is_allowed;
        }
    }
    reached[slabs.len()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn no_other_pages_cost_less(
        counts in prop::collection::vec((1usize..6, any::<bool>(), 0i64..4), 1..8),
        hyphens in prop::collection::vec(any::<bool>(), 40),
        lines in 6i64..9,
        recto in any::<bool>(),
    ) {
        let mut column = Column::default();
        for (count, is_headed, quarters) in counts {
            if is_headed {
                heading(&mut column);
            }
            let from = column.slabs.len();
            column.slabs.extend(paragraphs(&[count]).slabs);
            // A display that is no whole number of lines.
            column.slabs[from].height += leading() / 4 * quarters;
        }
        for (slab, hyphen) in column.slabs.iter_mut().zip(hyphens) {
            slab.hyphen = hyphen;
        }
        let search = Search::new(&column, limits(lines));
        let found = cost(&search, &cut(&column, limits(lines), recto), recto);
        prop_assert_eq!(found, least(&search, (0, 0, 0), recto, None));
    }

    #[test]
    fn no_widow_or_orphan_where_there_is_another_way(
        counts in prop::collection::vec(1usize..16, 1..60),
        lines in 5i64..30,
        recto in any::<bool>(),
    ) {
        let column = paragraphs(&counts);
        prop_assume!(can_be_cut(&column, lines as usize));
        for cut in cut(&column, limits(lines), recto) {
            let next = column.slabs.get(cut.slabs.end);
            prop_assert!(next.is_none_or(|slab| slab.before != FORBIDDEN), "{cut:?}");
        }
    }
}

/// Code of some lines lower than those of the text, on a ground with half a line of white over and under it.
fn code(column: &mut Column, count: usize) {
    let pad = leading() / 5;
    let frame = column.frames.len();
    column.frames.push(Frame { pad, takes_rest: true, ..Frame::bare(None, Length::ZERO, leading()) });
    let height = leading().scale(0.85);
    for at in 0..count {
        let is_first = at == 0;
        let total = height * (count as i64) + pad + leading() / 2;
        column.slabs.push(Slab {
            space: if is_first { leading() / 2 + pad } else { Length::ZERO },
            fit: if is_first { Fit::Whole { total, share: 0.5 } } else { Fit::Free },
            give: u8::from(is_first),
            top: pad,
            tail: pad,
            frame: Some(frame),
            ..plain_slab(height)
        });
    }
    let from = column.slabs.len();
    column.slabs.extend(paragraphs(&[4]).slabs);
    column.slabs[from].space = leading() / 2 + pad;
}

fn points(length: Length) -> f64 {
    (length.to_pt() * 100.0).round() / 100.0
}

#[test]
fn the_white_over_code_is_that_under_it() {
    for (count, stretch, white) in [(1, 0, 7.0), (3, 0, 7.0), (5, 0, 7.0), (7, 0, 7.0), (3, 1, 14.0)] {
        let mut column = paragraphs(&[4]);
        code(&mut column, count);
        let all = 0..column.slabs.len();
        let page = Cut { floats: 0..0, slabs: all, feet: 0, waiting: 0, notes: 0..0, lean: 0, stretch };
        let setting = set(&column, &page, limits(40));
        let (ground, slabs) = (setting.grounds[0], &setting.slabs);
        let last = slabs[3 + count].1 + column.slabs[4].height;
        let (over, under) = (ground.top - leading() * 4, slabs[4 + count].1 - ground.foot);
        assert_eq!((points(over), points(under)), (white, white), "{count} lines");
        assert_eq!(points(slabs[4].1 - ground.top), points(ground.foot - last), "{count} lines");
    }
}

#[test]
fn code_that_goes_on_reaches_the_foot_of_its_page() {
    let mut column = paragraphs(&[4]);
    code(&mut column, 12);
    let page = Cut { floats: 0..0, slabs: 0..10, feet: 0, waiting: 0, notes: 0..0, lean: 0, stretch: 0 };
    let ground = set(&column, &page, limits(10)).grounds[0];
    assert_eq!(points(ground.foot), 140.0);
    let rest = Cut { slabs: 10..column.slabs.len(), ..page };
    let setting = set(&column, &rest, limits(20));
    assert_eq!(points(setting.grounds[0].top), 0.0);
    assert_eq!(points(setting.slabs[6].1 - setting.grounds[0].foot), 7.0);
}

/// Where the last thing on a page ends, its ground included.
fn foot(column: &Column, setting: &Setting) -> f64 {
    let lowest = setting.slabs.iter().map(|&(at, top)| top + column.slabs[at].height).max().unwrap();
    let ground = setting.grounds.iter().map(|ground| ground.foot).max().unwrap_or(lowest);
    points(lowest.max(ground))
}

#[test]
fn a_page_that_ends_in_a_block_ends_on_the_foot_line() {
    for count in 1..8 {
        for stretch in 0..2 {
            let mut column = paragraphs(&[4]);
            code(&mut column, count);
            let slabs = 0..4 + count;
            let page = Cut { floats: 0..0, slabs, feet: 0, waiting: 0, notes: 0..0, lean: 0, stretch };
            let foot = foot(&column, &set(&column, &page, limits(40)));
            assert_eq!(foot % 14.0, 0.0, "code of {count} lines, stretched by {stretch}, ends at {foot}");
            // A list of lines that are no whole lines high.
            column.slabs.iter_mut().for_each(|slab| slab.frame = None);
            let setting = set(&column, &page, limits(40));
            let last = setting.slabs.last().unwrap();
            let foot = points(last.1 + column.slabs[last.0].height + column.slabs[last.0].tail);
            assert_eq!(foot % 14.0, 0.0, "a list of {count} lines, stretched by {stretch}, ends at {foot}");
        }
    }
}

#[test]
fn white_put_over_a_block_is_not_lost_between_it_and_the_next() {
    let mut column = paragraphs(&[4]);
    code(&mut column, 3);
    column.slabs.truncate(7);
    let from = column.slabs.len();
    code(&mut column, 5);
    column.slabs[from].space = leading() / 2 + leading() / 5 * 2;
    let end = |stretch| {
        let slabs = 0..column.slabs.len();
        let page = Cut { floats: 0..0, slabs, feet: 0, waiting: 0, notes: 0..0, lean: 0, stretch };
        points(set(&column, &page, limits(40)).slabs.last().unwrap().1)
    };
    assert_eq!(end(1) - end(0), 14.0);
    assert_eq!(end(2) - end(0), 28.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn pages_end_where_they_are_priced(blocks in prop::collection::vec((1usize..9, 1usize..12), 2..12), lines in 20i64..34) {
        let mut column = Column::default();
        for (text, block) in blocks {
            column.slabs.extend(paragraphs(&[text]).slabs);
            code(&mut column, block);
        }
        let limits = limits(lines);
        let cuts = cut(&column, limits, true);
        for cut in &cuts[..cuts.len() - 1] {
            let setting = set(&column, cut, limits);
            let wanted = points(limits.height() + leading() * cut.lean);
            prop_assert!((foot(&column, &setting) - wanted).abs() < 0.1, "{} {wanted} {cut:?}", foot(&column, &setting));
        }
    }
}
