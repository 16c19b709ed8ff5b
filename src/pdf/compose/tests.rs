use super::*;
use crate::book::{Matter, Metadata};
use crate::layout::tree::{AtomAt, Content, Mark, MarkedRange, Node, Section, SectionKind};
use crate::theme::{Color, Token};

const PROSE: &str = "In the beginning of the year the road to the airport was closed, and whoever wanted to leave the town \
had to go on foot over the mountains, where the snow lay deep and the nights were long; nobody who was there has \
forgotten how extraordinarily quiet it was in the evenings before the bombardment began again.";

fn node(role: Role, text: Text) -> Node {
    Node {
        role,
        end: NodeId(0),
        content: Content::Leaf(text),
        detail: Detail::None,
        anchor: None,
        lang: None,
        classes: Vec::new(),
        at: None,
    }
}

fn tree_of(nodes: Vec<Node>) -> Tree {
    let count = nodes.len() as u32;
    let mut nodes = nodes;
    for (index, node) in nodes.iter_mut().enumerate() {
        node.end = NodeId(index as u32 + 1);
    }
    let section = Section {
        kind: SectionKind::Chapter,
        matter: Matter::Main,
        nodes: 0..count,
        title: String::new(),
        label: String::new(),
        anchor: Anchor("a".into()),
        depth: 0,
        file_stem: "a".to_owned(),
        at: None,
    };
    Tree {
        metadata: Metadata::default(),
        nodes,
        sections: vec![section],
        notes: Vec::new(),
        outline: Vec::new(),
        anchors: BTreeMap::new(),
    }
}

struct Set {
    lines: Vec<Line>,
    faults: Sink,
}

fn set_with(node: Node, measure: f64, numbers: &PageNumbers) -> Set {
    let role = node.role;
    let tree = tree_of(vec![node]);
    let (theme, faces, pictures) = (Theme::default(), Faces::with(Vec::new()), Pictures::default());
    let composer = Composer::new(&tree, &theme, &faces, &pictures);
    let mut faults = Sink::new();
    let style = composer.style(role).clone();
    let lines = composer.leaf(NodeId(0), &style, Length::pt(measure), numbers, &mut faults);
    composer.report(&mut faults);
    Set { lines, faults }
}

fn set(role: Role, text: Text, measure: f64) -> Set {
    set_with(node(role, text), measure, &PageNumbers::new())
}

fn drawn(line: &Line) -> Length {
    line.runs.last().map_or(Length::ZERO, |run| {
        let advance: i64 = run.glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
        run.x + Length::from_sp(advance).scale(f64::from(run.stretch))
    })
}

/// The bytes that the runs of the lines show, in order; each shown once.
fn shown(lines: &[Line]) -> Vec<Range<u32>> {
    let runs = lines.iter().flat_map(|line| &line.runs);
    runs.filter_map(|run| match &run.source {
        RunSource::Leaf { range, .. } => Some(range.clone()),
        RunSource::Atom { .. }
        | RunSource::Made(_)
        | RunSource::Initial { .. }
        | RunSource::Hyphen { .. }
        | RunSource::WrapMark
        | RunSource::Leader => None,
    })
    .collect()
}

#[test]
fn justified_lines_end_at_the_measure() {
    let lines = set(Role::Body, Text::plain(PROSE), 318.0).lines;
    assert!(lines.len() >= 4, "{}", lines.len());
    for line in &lines[..lines.len() - 1] {
        // What hangs: at most 0.18 em.
        let over = drawn(line) - Length::pt(318.0);
        assert!(over > Length::pt(-0.01) && over < Length::pt(2.0), "{over}");
        assert!(line.ratio.abs() < 2.0);
    }
    assert!(drawn(&lines[lines.len() - 1]) < Length::pt(318.0));
}

#[test]
fn every_byte_is_shown_once() {
    for role in [Role::Body, Role::Code, Role::Cell, Role::Caption, Role::ChapterTitle, Role::Verse] {
        let mut text = Text::plain(PROSE);
        text.marks =
            vec![MarkedRange { range: 7..16, mark: Mark::Emphasis }, MarkedRange { range: 20..24, mark: Mark::Code }];
        let lines = set(role, text, 200.0).lines;
        let mut at = 0;
        for range in shown(&lines) {
            assert_eq!(range.start, at, "{role:?}");
            at = range.end;
        }
        assert_eq!(at as usize, PROSE.len(), "{role:?}");
        let mut at = 0;
        for line in &lines {
            assert_eq!(line.range.start, at, "{role:?}");
            at = line.range.end;
        }
        assert_eq!(at as usize, PROSE.len(), "{role:?}");
    }
}

#[test]
fn nothing_leaves_the_measure() {
    let name = "a_very_long_identifier_that_nobody_would_write_but_somebody_did_and_then_again_and_again_without_end";
    let all = "WITHOUTANYPLACETOBREAKWITHOUTANYPLACETOBREAKWITHOUTANYPLACETOBREAKWITHOUTANYPLACETOBREAK".repeat(3);
    for role in [Role::Body, Role::Code, Role::Cell, Role::Heading(1), Role::Caption, Role::IndexEntry(0), Role::Verse]
    {
        for string in [format!("See {name} and {name}."), all.clone(), format!("    let x = {all};\n\tnext({name})")] {
            for measure in [40.0, 120.0, 318.0] {
                let mut text = Text::plain(string.clone());
                text.marks = vec![MarkedRange { range: 4..string.len() as u32, mark: Mark::Code }];
                for line in set(role, text, measure).lines {
                    assert!(drawn(&line) < Length::pt(measure + 2.0), "{role:?} {measure} {}", drawn(&line));
                }
            }
        }
    }
}

#[test]
fn a_measure_of_nothing_does_not_stop_us() {
    for role in Role::ALL {
        assert!(!set(role, Text::plain("word \u{5D0}\u{5D1} 漢字"), 0.0).lines.is_empty(), "{role:?}");
        set(role, Text::plain(""), 0.0);
    }
}

#[test]
fn a_label_stands_over_its_title() {
    let mut text = Text::plain("Chapter 3\u{2002}The Siege");
    text.marks = vec![MarkedRange { range: 0..9, mark: Mark::Label }];
    let lines = set(Role::ChapterTitle, text, 318.0).lines;
    assert_eq!(lines.len(), 2);
    assert!(lines[0].runs[0].size < lines[1].runs[0].size);
    assert_eq!(lines[1].range, 12..21);
    assert_eq!(shown(&lines), [0..9, 12..21]);
}

#[test]
fn a_note_call_stays_with_its_word_and_its_line_tells() {
    let mut text = Text::plain(format!("{}word\u{FFFC} and on", "aaaa ".repeat(11)));
    let at = text.string.find('\u{FFFC}').unwrap() as u32;
    text.atoms =
        vec![AtomAt { at, atom: Atom::NoteCall { note: crate::layout::tree::NoteId(0), anchor: Anchor("n".into()) } }];
    let mut tree = tree_of(vec![node(Role::Body, text)]);
    tree.notes.push(crate::layout::tree::Note { label: "12".to_owned(), body: NodeId(0), calls: Vec::new() });
    let (theme, faces, pictures) = (Theme::default(), Faces::with(Vec::new()), Pictures::default());
    let composer = Composer::new(&tree, &theme, &faces, &pictures);
    for measure in 60..318 {
        let style = composer.style(Role::BodyFirst);
        let lines =
            composer.leaf(NodeId(0), style, Length::pt(f64::from(measure)), &PageNumbers::new(), &mut Sink::new());
        let line = lines.iter().find(|line| !line.notes.is_empty()).unwrap();
        let call = line.runs.iter().position(|run| matches!(run.source, RunSource::Atom { .. })).unwrap();
        assert!(call > 0, "the call does not start a line");
    }
}

#[test]
fn the_page_stands_at_the_end_of_an_entry() {
    let title = "A long title that needs two lines of the contents at the measure that it is given here";
    let mut text = Text::plain(format!("{title} \u{FFFC}"));
    let to = Anchor("there".into());
    text.atoms =
        vec![AtomAt { at: title.len() as u32 + 1, atom: Atom::PageRef { to: to.clone(), label: String::new() } }];
    let numbers = PageNumbers::from([(to, "57".to_owned())]);
    let lines = set_with(node(Role::ContentsEntry(1), text), 240.0, &numbers).lines;
    assert!(lines.len() >= 2);
    let last = lines.last().unwrap();
    assert!((drawn(last) - Length::pt(240.0)).abs() < Length::pt(0.1), "{}", drawn(last));
    assert!(matches!(&last.runs.last().unwrap().source, RunSource::Atom { text, .. } if **text == *"57"));
    assert!(lines.iter().all(|line| line.runs[0].x < Length::pt(1.0)));
    let leader = last.runs.iter().find(|run| run.source == RunSource::Leader).unwrap();
    let title_end = last.runs.iter().filter(|run| matches!(run.source, RunSource::Leaf { .. })).map(|run| run.x).max();
    assert!(Some(leader.x) > title_end && leader.glyphs.len() > 3);
    let number = last.runs.last().unwrap();
    assert!(number.glyphs.iter().all(|glyph| glyph.cluster < 2), "clusters point into the shown number");
}

#[test]
fn long_code_goes_on_behind_a_mark() {
    let text =
        Text::plain("fn main() {\n    println!(\"{}\", some_function(with, several, arguments, that, run, over));\n}");
    let lines = set(Role::Code, text, 200.0).lines;
    assert!(lines.len() > 3);
    let marks = |line: &Line| line.runs.iter().filter(|run| run.source == RunSource::WrapMark).count();
    assert_eq!(marks(&lines[1]), 0);
    assert_eq!(marks(&lines[2]), 1);
    let first =
        |line: &Line| line.runs.iter().filter(|run| run.source != RunSource::WrapMark).map(|run| run.x).min().unwrap();
    assert!(first(&lines[2]) > first(&lines[1]), "the rest hangs");
}

#[test]
fn code_tokens_have_their_inks() {
    let mut text = Text::plain("let x");
    text.marks = vec![MarkedRange { range: 0..3, mark: Mark::Token(Token::Keyword) }];
    let lines = set(Role::Code, text, 200.0).lines;
    let theme = Theme::default();
    assert_eq!(lines[0].runs[0].color, theme.token(Token::Keyword).color);
    assert_eq!(lines[0].runs[1].color, Color::BLACK);
}

#[test]
fn a_missing_character_is_reported_once() {
    let faults = set(Role::Body, Text::plain("漢 and 漢 again 漢字"), 318.0).faults;
    assert_eq!(faults.list().iter().filter(|fault| fault.code == "glyph.missing").count(), 2);
}

#[test]
fn right_to_left_text_starts_at_the_right() {
    let mut hebrew = node(Role::BodyFirst, Text::plain("שלום עולם abc שלום"));
    hebrew.lang = Lang::parse("he");
    let lines = set_with(hebrew, 318.0, &PageNumbers::new()).lines;
    assert_eq!(lines.len(), 1);
    assert!((drawn(&lines[0]) - Length::pt(318.0)).abs() < Length::pt(0.1), "{}", drawn(&lines[0]));
    // The first word stands last, and its clusters fall.
    let last = lines[0].runs.last().unwrap();
    assert!(matches!(&last.source, RunSource::Leaf { range, .. } if range.start == 0));
    assert!(last.glyphs.first().unwrap().cluster > last.glyphs.last().unwrap().cluster);
}

#[test]
fn an_entry_that_runs_from_the_right_begins_at_the_right() {
    let (title, to) = ("הים \u{FFFC}", Anchor("sea".into()));
    let mut text = Text::plain(title);
    let at = title.len() as u32 - 3;
    text.atoms = vec![AtomAt { at, atom: Atom::PageRef { to: to.clone(), label: String::new() } }];
    let mut entry = node(Role::ContentsEntry(1), text);
    entry.lang = Lang::parse("he");
    let mut numbers = PageNumbers::new();
    numbers.insert(to, "7".to_owned());
    let lines = set_with(entry, 318.0, &numbers).lines;
    let right =
        |run: &Run| run.x + run.glyphs.iter().map(|glyph| Length::from_sp(glyph.advance.into())).sum::<Length>();
    let [number, title] = [lines[0].runs.first(), lines[0].runs.last()].map(Option::unwrap);
    assert_eq!(number.x, Length::ZERO);
    assert!(right(title) >= Length::pt(317.9), "{:?}", right(title));
}

#[test]
fn verse_keeps_its_lines_and_hangs_what_runs_over() {
    let mut text = Text::plain("A short line\u{FFFC}and one that is so long that it has to run over to the next");
    text.atoms = vec![AtomAt { at: 12, atom: Atom::Break }];
    let lines = set(Role::Verse, text, 150.0).lines;
    assert!(lines.len() >= 3);
    assert_eq!(lines[0].range, 0..15);
    assert_eq!(lines[1].runs[0].x, Length::ZERO);
    assert!(lines[2].runs[0].x > Length::ZERO);
}

#[test]
fn titles_are_balanced_and_not_divided() {
    let text = Text::plain("Understanding ownership and what follows from it");
    let lines = set(Role::ChapterTitle, text, 318.0).lines;
    assert!(lines.len() > 1);
    let widths: Vec<f64> = lines.iter().map(|line| drawn(line).to_pt()).collect();
    assert!(widths.iter().all(|width| *width > widths[0] * 0.6), "{widths:?}");
    assert!(lines.iter().all(|line| !line.ends_in_hyphen));
}

#[test]
fn made_text_and_widths() {
    let tree = tree_of(vec![node(Role::Cell, Text::plain("one extraordinary cell"))]);
    let (theme, faces, pictures) = (Theme::default(), Faces::with(Vec::new()), Pictures::default());
    let composer = Composer::new(&tree, &theme, &faces, &pictures);
    let style = composer.style(Role::Cell);
    let (narrow, wide) = composer.widths(NodeId(0), style, false);
    assert!(narrow < wide && narrow > Length::ZERO);
    let word = composer.made("extraordinary", style);
    assert_eq!(word.width, narrow);
    assert_eq!(word.runs[0].source, RunSource::Made("extraordinary".into()));
    let lines = composer.leaf(NodeId(0), style, wide, &PageNumbers::new(), &mut Sink::new());
    assert_eq!(lines.len(), 1, "what fits is not broken");
}

#[test]
fn a_column_may_be_as_narrow_as_the_parts_of_a_name() {
    let mut text = Text::plain("PhantomData<&'a mut T>");
    text.marks = vec![MarkedRange { range: 0..22, mark: Mark::Code }];
    let tree = tree_of(vec![node(Role::Cell, text)]);
    let (theme, faces, pictures) = (Theme::default(), Faces::with(Vec::new()), Pictures::default());
    let composer = Composer::new(&tree, &theme, &faces, &pictures);
    let style = composer.style(Role::Cell);
    let whole = composer.widths(NodeId(0), style, false).0;
    let parted = composer.widths(NodeId(0), style, true).0;
    assert!(parted < whole, "{parted} {whole}");
    let lines = composer.leaf(NodeId(0), style, parted, &PageNumbers::new(), &mut Sink::new());
    assert_eq!(lines[0].range, 0..12, "it is broken after its bracket, not between its humps");
}

#[test]
fn a_line_that_cannot_be_filled_stands_short() {
    let text =
        Text::plain("It uses the Donaudampfschifffahrtsgesellschaftskapitänspatentinhaber and more words after it");
    let mut tree = tree_of(vec![node(Role::Body, text)]);
    tree.metadata.language = Lang::parse("ja").unwrap();
    let (theme, faces, pictures) = (Theme::default(), Faces::with(Vec::new()), Pictures::default());
    let composer = Composer::new(&tree, &theme, &faces, &pictures);
    let mut sink = Sink::new();
    let lines =
        composer.leaf(NodeId(0), composer.style(Role::BodyFirst), Length::pt(318.0), &PageNumbers::new(), &mut sink);
    assert!(lines[0].width < Length::pt(150.0), "{}", lines[0].width);
    assert!(lines[0].ratio > 4.0, "what it would take is told: {}", lines[0].ratio);
}

#[test]
fn small_caps_and_tracking_are_real() {
    let mut text = Text::plain("the nato treaty");
    text.marks = vec![MarkedRange { range: 4..8, mark: Mark::SmallCaps }];
    let lines = set(Role::Body, text, 318.0).lines;
    assert_eq!(lines[0].runs[0].face, lines[0].runs[1].face);
    let plain = set(Role::Body, Text::plain("the nato treaty"), 318.0).lines;
    assert_ne!(lines[0].runs[1].glyphs[0].id, plain[0].runs[0].glyphs[4].id);
}

/// A paragraph that opens a chapter with a capital of three lines.
fn begun(string: &str, end: u32, measure: f64) -> Vec<Line> {
    let mut opening = node(Role::BodyFirst, Text::plain(string));
    opening.detail = Detail::Initial { end };
    let tree = tree_of(vec![opening]);
    let mut theme = Theme::default();
    theme.chapter_start = crate::theme::ChapterStart::DropCap { lines: 3 };
    let (faces, pictures) = (Faces::with(Vec::new()), Pictures::default());
    let composer = Composer::new(&tree, &theme, &faces, &pictures);
    let style = composer.style(Role::BodyFirst).clone();
    composer.leaf(NodeId(0), &style, Length::pt(measure), &PageNumbers::new(), &mut Sink::new())
}

#[test]
fn a_large_capital_stands_on_the_third_line_and_reaches_up_to_the_first() {
    let theme = Theme::default();
    let lines = begun(PROSE, 1, 300.0);
    let capital = &lines[0].runs[0];
    assert!(matches!(&capital.source, RunSource::Initial { range, .. } if *range == (0..1)));
    assert_eq!(capital.rise, -theme.leading * 2);
    // Literata's capitals are 0.701 em high.
    let top = capital.size.scale(0.701) + capital.rise;
    assert!((top - theme.text_size.scale(0.701)).to_pt().abs() < 0.05, "{top}");
    let start = |line: &Line| line.runs.iter().filter(|run| run.rise == Length::ZERO).map(|run| run.x).min();
    let beside = start(&lines[1]).unwrap();
    assert!(beside > Length::pt(5.0));
    let near = |line: &Line, wanted: Length| (start(line).unwrap() - wanted).to_pt().abs() < 1.5;
    assert!(near(&lines[0], beside) && near(&lines[2], beside) && near(&lines[3], Length::ZERO));
    assert!(lines.iter().all(|line| drawn(line) <= Length::pt(300.0) + Length::pt(6.0)), "it pushes nothing out");
}

#[test]
fn quotes_before_a_large_capital_stay_small_and_hang() {
    let lines = begun(&format!("“{PROSE}"), 4, 300.0);
    let [quote, capital] = &lines[0].runs[..2] else { panic!("{:?}", lines[0].runs) };
    assert!(quote.size < capital.size && quote.x < Length::ZERO && quote.rise == Length::ZERO);
    assert!(matches!(&quote.source, RunSource::Initial { range, .. } if *range == (0..3)));
    assert!(matches!(&capital.source, RunSource::Initial { range, .. } if *range == (3..4)));
}

#[test]
fn a_paragraph_shorter_than_a_large_capital_begins_like_any_other() {
    for (text, measure) in [("It was late, and he went home.", 300.0), (PROSE, 40.0)] {
        let lines = begun(text, 1, measure);
        assert!(lines.iter().flat_map(|line| &line.runs).all(|run| !matches!(run.source, RunSource::Initial { .. })));
    }
}

#[test]
fn a_theme_may_keep_letters_as_they_are_and_edges_flush() {
    let tree = tree_of(vec![node(Role::Body, Text::plain(PROSE))]);
    let (faces, pictures, measure) = (Faces::with(Vec::new()), Pictures::default(), Length::pt(318.0));
    let lines = |theme: &Theme| {
        let composer = Composer::new(&tree, theme, &faces, &pictures);
        let style = composer.style(Role::Body).clone();
        composer.leaf(NodeId(0), &style, measure, &PageNumbers::new(), &mut Sink::new())
    };
    let scaled = |lines: &[Line]| lines.iter().flat_map(|line| &line.runs).any(|run| run.stretch != 1.0);
    let hangs = |lines: &[Line]| lines.iter().any(|line| drawn(line) > measure + Length::pt(0.1));
    let own = lines(&Theme::default());
    assert!(scaled(&own) && hangs(&own));
    let mut theme = Theme::default();
    theme.glyph_scaling = false;
    theme.hanging_punctuation = false;
    let plain = lines(&theme);
    assert!(!scaled(&plain) && !hangs(&plain));
}
