use super::*;
use proptest::prelude::*;

const SPACE: i64 = 250;

/// Words with the widths given; a hyphen may be put in the middle of those over 1,500.
fn paragraph(widths: &[i64]) -> Vec<Stop> {
    let mut sums = Sums::default();
    let stop = |end, start, cost, kind, hyphen| Stop { end, start, cost, kind, hyphen, words: (0, 0) };
    let mut stops = vec![stop(sums, sums, 0, Kind::Start, false)];
    for (index, width) in widths.iter().enumerate() {
        if *width > 1500 {
            let mut half = sums;
            half.width += width / 2;
            let with_hyphen = Sums { width: half.width + 300, ..half };
            stops.push(stop(with_hyphen, half, 100, Kind::Inside, true));
        }
        sums.width += width;
        let end = sums;
        sums = Sums { width: sums.width + SPACE, stretch: sums.stretch + 125, shrink: sums.shrink + 50 };
        let kind = if index + 1 == widths.len() { Kind::End } else { Kind::Open };
        stops.push(stop(end, sums, 0, kind, false));
    }
    stops
}

fn justified(measure: i64) -> Setting {
    Setting { first: measure - 1000, rest: measure, beside: 1, whole_at: None, ragged: None, scaling: 20, stub: 2500 }
}

/// The demerits of the best of all ways to break at the stops from `from` on.
fn least(stops: &[Stop], setting: &Setting, from: usize, state: State) -> Option<i64> {
    let measure = if from == 0 { setting.first } else { setting.rest };
    let mut best = None;
    for to in from + 1..stops.len() {
        let last = to + 1 == stops.len();
        let Some(ratio) = ratio(&stops[from], &stops[to], measure, setting, last, LAST_GIVE) else { continue };
        let (cost, next) = demerits(&stops[from], &stops[to], ratio, state, setting);
        let rest = if last { Some(0) } else { least(stops, setting, to, next) };
        if let Some(rest) = rest {
            best = Some(best.map_or(cost + rest, |known: i64| known.min(cost + rest)));
        }
    }
    best
}

fn total(stops: &[Stop], setting: &Setting, lines: &[Chosen]) -> i64 {
    let (mut from, mut state, mut sum) = (0, FRESH, 0);
    for line in lines {
        let measure = if from == 0 { setting.first } else { setting.rest };
        let last = line.stop + 1 == stops.len();
        let ratio = ratio(&stops[from], &stops[line.stop], measure, setting, last, LAST_GIVE).unwrap();
        let (cost, next) = demerits(&stops[from], &stops[line.stop], ratio, state, setting);
        (from, state, sum) = (line.stop, next, sum + cost);
    }
    sum
}

proptest! {
    #[test]
    fn no_way_to_break_is_better(widths in prop::collection::vec(200i64..3000, 2..11), measure in 4500i64..9000) {
        let stops = paragraph(&widths);
        let setting = justified(measure);
        let found = Search::new(&stops, &setting, Kind::Forced, i64::MAX, LAST_GIVE).run();
        let best = least(&stops, &setting, 0, FRESH);
        prop_assert_eq!(found.map(|lines| total(&stops, &setting, &lines)), best);
    }

    #[test]
    fn no_way_to_set_ragged_is_better(widths in prop::collection::vec(200i64..3000, 2..11), measure in 4500i64..9000) {
        let stops = paragraph(&widths);
        let setting = Setting { ragged: Some(2000), ..justified(measure) };
        let found = Search::new(&stops, &setting, Kind::Forced, i64::MAX, LAST_GIVE).run();
        let best = least(&stops, &setting, 0, FRESH);
        prop_assert_eq!(found.map(|lines| total(&stops, &setting, &lines)), best);
    }

    #[test]
    fn no_line_is_wider_than_its_measure(widths in prop::collection::vec(100i64..3500, 1..120), measure in 4600i64..30000) {
        let stops = paragraph(&widths);
        let setting = justified(measure);
        let lines = lines(&stops, &setting);
        prop_assert_eq!(lines.last().map(|line| line.stop), Some(stops.len() - 1));
        let mut from = 0;
        for line in &lines {
            let measure = if from == 0 { setting.first } else { setting.rest };
            let (a, b) = (stops[from].start, stops[line.stop].end);
            let width = b.width - a.width;
            let narrowest = width - (b.shrink - a.shrink) * LAST_GIVE / ONE - width * 20 / 1000;
            prop_assert!(narrowest <= measure, "{narrowest} in {measure}");
            prop_assert!(line.stop > from);
            from = line.stop;
        }
        prop_assert_eq!(&lines, &super::lines(&stops, &setting), "the same twice");
    }
}

proptest! {
    /// What the first two passes take has no fault; what the last one takes is the least of evils.
    #[test]
    fn faults_stand_only_where_all_else_is_worse(widths in prop::collection::vec(200i64..3000, 2..11), measure in 4500i64..9000) {
        let stops = paragraph(&widths);
        let setting = justified(measure);
        let lines = lines(&stops, &setting);
        let is_bad = has_fault(&stops, &lines, &setting) || lines.iter().any(|line| line.ratio > 1.5 || line.ratio < -1.0);
        if let Some(best) = least(&stops, &setting, 0, FRESH).filter(|_| is_bad && lines.len() > 1) {
            prop_assert_eq!(total(&stops, &setting, &lines), best);
        }
    }
}

/// Words of 1,000 on a measure for seven, with the stop after the seventh as told.
fn sevens(kind: Kind, cost: i32) -> (Vec<Stop>, Setting) {
    let mut stops = paragraph(&[1000, 1000, 1000, 1000, 1000, 1000, 1000, 3900, 1000, 1000, 1000, 1000]);
    // The long word, which stands eighth, has no hyphen; the line may end before it only as told.
    stops.retain(|stop| !stop.hyphen);
    stops[7].kind = kind;
    stops[7].cost = cost;
    let setting = Setting { first: 8700, rest: 8700, stub: 0, ..justified(8700) };
    (stops, setting)
}

#[test]
fn a_line_can_be_asked_to_end_without_a_hyphen() {
    let stops = paragraph(&[1000, 1000, 2400, 900, 900, 900, 2400, 700, 1000, 900, 2400, 1000, 900, 800, 900]);
    let setting = Setting { first: 5200, rest: 5200, stub: 0, ..justified(5200) };
    let plain = lines(&stops, &setting);
    let at = plain.iter().position(|line| stops[line.stop].hyphen).expect("a hyphen");
    let asked = Setting { whole_at: Some((at as u16, plain.len() as u16)), ..setting };
    if let Some(found) = whole_at(&stops, &asked) {
        assert_eq!(found.len(), plain.len());
        assert!(!stops[found[at].stop].hyphen);
        assert!(found.iter().all(|line| line.ratio <= 2.0));
    }
    let never = Setting { whole_at: Some((0, 1)), ..setting };
    assert_eq!(whole_at(&stops, &never), None, "it does not fit on one line");
}

#[test]
fn a_break_that_readers_do_not_like_is_taken_for_need_only() {
    let (stops, setting) = sevens(Kind::Rare, 400);
    let found = lines(&stops, &setting);
    assert_eq!(found[0].stop, 7, "without it the line has a hole: {found:?}");
    let (stops, _) = sevens(Kind::Rare, 3000);
    assert_ne!(lines(&stops, &setting)[0].stop, 7, "a hole is better than what is forbidden");
}

#[test]
fn lines_do_not_begin_alike_if_they_need_not() {
    let mut stops = paragraph(&[300; 70]);
    let setting = Setting { first: 9300, rest: 9300, stub: 0, ..justified(9300) };
    let plain = lines(&stops, &setting);
    assert!(plain.len() > 3);
    // The words that begin the second line and the third are the same.
    stops[plain[0].stop].words.1 = 7;
    stops[plain[1].stop].words.1 = 7;
    let changed = lines(&stops, &setting);
    let alike = changed.windows(2).any(|two| two.iter().all(|line| stops[line.stop].words.1 == 7));
    assert!(!alike, "{plain:?} {changed:?}");
}

#[test]
fn a_last_resort_shrinks_spaces_to_a_seventh_of_an_em_and_no_further() {
    for (word, fits) in [(1060, true), (1080, false)] {
        let stops = paragraph(&[1000, 1000, 1000, word, 900, 900, 900, 900, 500]);
        let measure = 4500;
        let setting = Setting { first: measure, rest: measure, scaling: 0, stub: 0, ..justified(measure) };
        let found = lines(&stops, &setting);
        assert_eq!(found[0].stop == 4, fits, "{word}: {found:?}");
    }
}

#[test]
fn a_piece_wider_than_the_line_stands_alone() {
    let stops = paragraph(&[1000, 1400, 1000]);
    let setting = justified(1200);
    assert_eq!(lines(&stops, &setting).iter().map(|line| line.stop).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn an_empty_paragraph_has_no_lines_but_one_of_no_width_has() {
    assert_eq!(lines(&[], &justified(1000)), []);
    assert_eq!(lines(&paragraph(&[0]), &justified(1000)).len(), 1);
}

#[test]
fn a_stub_at_the_end_is_avoided() {
    // Nine words fill a line: taken greedily, the nineteenth would stand alone.
    let stops = paragraph(&[400; 19]);
    let setting = Setting { first: 5600, stub: 700, ..justified(5600) };
    let lines = lines(&stops, &setting);
    let before_last = lines[lines.len() - 2].stop;
    assert!(stops.len() - 1 - before_last > 1, "{lines:?}");
}

#[test]
fn three_hyphens_in_a_row_are_avoided() {
    let stops = paragraph(&[2400; 14]);
    let setting = Setting { first: 6000, ..justified(6000) };
    let mut ladder = 0;
    for line in lines(&stops, &setting) {
        ladder = if stops[line.stop].hyphen { ladder + 1 } else { 0 };
        assert!(ladder < 3);
    }
}

#[test]
fn the_rest_of_a_word_does_not_stand_alone_on_the_last_line() {
    // The long word at the end may be divided, and its rest is no stub by its width.
    let stops = paragraph(&[vec![400; 20], vec![2400]].concat());
    let setting = Setting { first: 14_600, rest: 14_600, stub: 1000, ..justified(14_600) };
    let end = stops.len() - 1;
    let greedy = one_by_one(&stops, &setting);
    assert!(is_rest(&stops[greedy[0].stop], &stops[end]), "{greedy:?}");
    let found = lines(&stops, &setting);
    assert!(!is_rest(&stops[found[0].stop], &stops[end]), "{found:?}");
}
