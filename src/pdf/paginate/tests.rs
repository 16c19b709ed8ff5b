//! Whole books through the pages: nothing is lost, nothing is shown twice.

use super::*;
use crate::asset::{Picture, PictureFormat, PictureId};
use crate::book::{Align, Metadata};
use crate::layout::tree::{
    Atom, AtomAt, Content, Detail, MarkedRange, Node, Note, NoteId, PlacedPicture, Section, SectionKind, Text,
};
use crate::pdf::line::RunSource;
use crate::pdf::sheet::{Furniture, Owner, Shape};
use crate::theme::Role;
use proptest::prelude::*;

/// A tree written by hand.
struct Hand {
    tree: Tree,
    open: Vec<usize>,
    notes: Vec<(NoteId, String)>,
}

impl Hand {
    fn new() -> Hand {
        let metadata = Metadata { title: "A Book of Some Length".to_owned(), ..Metadata::default() };
        let tree = Tree {
            metadata,
            nodes: Vec::new(),
            sections: Vec::new(),
            notes: Vec::new(),
            outline: Vec::new(),
            anchors: BTreeMap::new(),
        };
        Hand { tree, open: Vec::new(), notes: Vec::new() }
    }

    fn node(&mut self, role: Role, content: Content, detail: Detail) -> NodeId {
        let at = self.tree.nodes.len();
        let end = NodeId(at as u32 + 1);
        let node = Node { role, end, content, detail, anchor: None, lang: None, classes: Vec::new(), at: None };
        self.tree.nodes.push(node);
        NodeId(at as u32)
    }

    fn leaf(&mut self, role: Role, text: &str) -> NodeId {
        self.node(role, Content::Leaf(Text::plain(text)), Detail::None)
    }

    fn open(&mut self, role: Role, detail: Detail) {
        let id = self.node(role, Content::Group, detail);
        self.open.push(id.0 as usize);
    }

    fn close(&mut self) {
        let end = NodeId(self.tree.nodes.len() as u32);
        if let Some(at) = self.open.pop() {
            self.tree.nodes[at].end = end;
        }
    }

    fn section(&mut self, kind: SectionKind, matter: Matter, title: &str, fill: impl FnOnce(&mut Hand)) {
        let start = self.tree.nodes.len() as u32;
        fill(self);
        let notes = std::mem::take(&mut self.notes);
        if !notes.is_empty() {
            self.open(Role::Notes, Detail::None);
            for (id, text) in notes {
                self.open(Role::Note, Detail::Note(id));
                self.tree.notes[id.0 as usize].body = NodeId(self.tree.nodes.len() as u32 - 1);
                self.leaf(Role::BodyFirst, &text);
                self.close();
            }
            self.close();
        }
        let anchor = Anchor(format!("s{}", self.tree.sections.len()).into());
        self.tree.anchors.insert(anchor.clone(), Locus { leaf: NodeId(start), offset: 0 });
        let section = Section {
            kind,
            matter,
            nodes: start..self.tree.nodes.len() as u32,
            title: title.to_owned(),
            label: String::new(),
            anchor,
            depth: 0,
            file_stem: String::new(),
            at: None,
        };
        self.tree.sections.push(section);
    }

    fn noted(&mut self, text: &str, body: &str) {
        let note = NoteId(self.tree.notes.len() as u32);
        let string = format!("{text}\u{FFFC}");
        let at = text.len() as u32;
        let anchor = Anchor(format!("call{}", note.0).into());
        let atoms = vec![AtomAt { at, atom: Atom::NoteCall { note, anchor } }];
        let id = self.node(
            Role::Body,
            Content::Leaf(Text { string, marks: Vec::<MarkedRange>::new(), atoms }),
            Detail::None,
        );
        let calls = vec![Locus { leaf: id, offset: at }];
        self.tree.notes.push(Note { label: (note.0 + 1).to_string(), body: NodeId(0), calls });
        self.notes.push((note, body.to_owned()));
    }

    fn page_reference(&mut self, role: Role, text: &str, to: &str) {
        let string = format!("{text} \u{FFFC}");
        let at = text.len() as u32 + 1;
        let atom = Atom::PageRef { to: Anchor(to.into()), label: String::new() };
        let text = Text { string, marks: Vec::new(), atoms: vec![AtomAt { at, atom }] };
        self.node(role, Content::Leaf(text), Detail::None);
    }

    fn block(&mut self, kind: u8, size: usize) {
        let words = "the quick brown fox jumps over a lazy dog while nobody looks ".repeat(size.max(1));
        let words = words.trim_end();
        match kind % 12 {
            0..=2 => {
                self.leaf(Role::Body, words);
            }
            3 => {
                self.leaf(Role::Heading(1), "A heading of the text");
            }
            4 => {
                let code = "let x = 1;\n".repeat(size * 3);
                self.node(Role::Code, Content::Leaf(Text::plain(code)), Detail::Code { language: String::new() });
            }
            5 => {
                self.open(Role::List, Detail::List { tight: size.is_multiple_of(2) });
                for _ in 0..size {
                    self.open(Role::Item, Detail::Item { marker: "•".to_owned(), task: None, value: None });
                    self.leaf(Role::BodyFirst, words);
                    self.close();
                }
                self.close();
            }
            6 => self.noted(words, &words.repeat(size % 5 + 1)),
            7 => {
                self.open(Role::Figure, Detail::None);
                let picture = PlacedPicture {
                    picture: Some(PictureId((size % 2) as u32)),
                    alt: "A thing".to_owned(),
                    decorative: false,
                    width: None,
                };
                self.node(Role::Picture, Content::Picture(picture), Detail::None);
                self.leaf(Role::Caption, words);
                self.close();
            }
            8 => {
                self.open(Role::Table, Detail::Table { columns: vec![Align::Start, Align::End] });
                for row in 0..=size {
                    self.open(if row == 0 { Role::HeadRow } else { Role::Row }, Detail::None);
                    for column in 0..2 {
                        let text = if column == 0 { words } else { "12" };
                        let detail = Detail::Cell { align: Align::Start, columns: 1, rows: 1, is_header: row == 0 };
                        self.node(Role::Cell, Content::Leaf(Text::plain(text)), detail);
                    }
                    self.close();
                }
                self.close();
            }
            9 => {
                self.open(Role::Admonition, Detail::Admonition(crate::book::Admonition::Note));
                self.leaf(Role::AdmonitionTitle, "Note");
                self.leaf(Role::BodyFirst, words);
                self.close();
            }
            10 => {
                self.open(Role::Quote, Detail::None);
                self.leaf(Role::BodyFirst, words);
                self.leaf(Role::Attribution, "— A reader");
                self.close();
            }
            _ => {
                self.node(Role::Ornament, Content::Empty, Detail::None);
            }
        }
    }
}

fn pictures() -> Pictures {
    let mut pictures = Pictures::default();
    for (width, height) in [(1600, 1200), (90, 4000)] {
        pictures.add(Picture {
            path: format!("{width}.png"),
            bytes: Vec::new().into(),
            format: PictureFormat::Png,
            width,
            height,
            orientation: 1,
            dpi: None,
        });
    }
    pictures
}

fn pages_of(tree: &Tree) -> Pages {
    let mut sink = Sink::new();
    paginate(tree, &Theme::default(), &Faces::with(Vec::new()), &pictures(), &mut sink)
}

/// How often each byte of each leaf is shown, repeated heads left out.
fn shown_bytes(pages: &Pages, tree: &Tree) -> Vec<Vec<u8>> {
    let mut shown: Vec<Vec<u8>> =
        tree.nodes.iter().map(|node| vec![0; node.text().map_or(0, |text| text.string.len())]).collect();
    for item in pages.sheets.iter().flat_map(|sheet| &sheet.items) {
        if matches!(item.owner, Owner::Furniture(Furniture::RepeatedHead)) {
            continue;
        }
        if let Shape::Run(run) = &item.shape
            && let RunSource::Leaf { leaf, range } = &run.source
        {
            shown[leaf.0 as usize][range.start as usize..range.end as usize].iter_mut().for_each(|count| *count += 1);
        }
    }
    shown
}

fn check(tree: &Tree, pages: &Pages) -> Result<(), TestCaseError> {
    let shown = shown_bytes(pages, tree);
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(text) = node.text() else { continue };
        for (offset, letter) in text.string.char_indices() {
            // Space at a line's end and atoms need not be drawn as text.
            if letter.is_whitespace() || letter == '\u{FFFC}' {
                continue;
            }
            prop_assert_eq!(shown[at][offset], 1, "{} {:?} at {}", at, node.role, offset);
        }
    }
    let mut drawn: BTreeMap<NodeId, usize> = BTreeMap::new();
    for item in pages.sheets.iter().flat_map(|sheet| &sheet.items) {
        if let (Shape::Picture { width, height, .. }, Owner::Node(node)) = (&item.shape, item.owner) {
            *drawn.entry(node).or_default() += 1;
            prop_assert!(*width <= Theme::default().measure() + Length::pt(0.1));
            prop_assert!(*height <= Theme::default().page.height);
        }
    }
    for (at, node) in tree.nodes.iter().enumerate() {
        if matches!(node.content, Content::Picture(_)) {
            prop_assert_eq!(drawn.get(&NodeId(at as u32)), Some(&1));
        }
    }
    for pair in pages.map.starts.windows(2) {
        prop_assert!(pair[0].at < pair[1].at && pair[0].index < pair[1].index);
    }
    let page = &pages.page;
    for sheet in &pages.sheets {
        for item in &sheet.items {
            prop_assert!(item.at.x >= Length::ZERO && item.at.x < page.width, "{:?}", item.at);
            prop_assert!(item.at.y >= Length::ZERO && item.at.y < page.height, "{:?} {:?}", item.at, item.owner);
        }
    }
    for anchor in tree.anchors.keys() {
        prop_assert!(pages.places.contains_key(anchor));
    }
    Ok(())
}

fn small_book() -> Tree {
    let mut hand = Hand::new();
    hand.section(SectionKind::HalfTitle, Matter::Front, "", |hand| {
        hand.leaf(Role::HalfTitle, "A Book");
    });
    hand.section(SectionKind::TitlePage, Matter::Front, "", |hand| {
        hand.leaf(Role::BookTitle, "A Book");
        hand.leaf(Role::BookPublisher, "The Press");
    });
    hand.section(SectionKind::Copyright, Matter::Front, "", |hand| {
        hand.leaf(Role::Imprint, "All rights reserved.");
    });
    hand.section(SectionKind::Contents, Matter::Front, "Contents", |hand| {
        hand.leaf(Role::ListTitle, "Contents");
        hand.page_reference(Role::ContentsEntry(1), "One", "s5");
        hand.page_reference(Role::ContentsEntry(1), "Two", "s6");
    });
    hand.section(SectionKind::Part, Matter::Main, "Part", |hand| {
        hand.leaf(Role::PartTitle, "Part");
    });
    for title in ["One", "Two"] {
        hand.section(SectionKind::Chapter, Matter::Main, title, |hand| {
            hand.leaf(Role::ChapterTitle, title);
            for at in 0..30 {
                hand.block(0, 4 + at % 5);
            }
        });
    }
    hand.tree
}

#[test]
fn front_matter_stands_where_books_have_it() {
    let tree = small_book();
    let pages = pages_of(&tree);
    let kind = |index: usize| pages.sheets[index].section.map(|id| tree.section(id).kind);
    assert_eq!(kind(0), Some(SectionKind::HalfTitle));
    assert_eq!(kind(1), None);
    assert!(pages.sheets[1].items.is_empty(), "a blank page carries nothing");
    assert_eq!(kind(2), Some(SectionKind::TitlePage));
    assert_eq!(kind(3), Some(SectionKind::Copyright));
    assert_eq!(kind(4), Some(SectionKind::Contents));
    assert_eq!(kind(6), Some(SectionKind::Part));
    assert_eq!((kind(7), kind(8)), (None, Some(SectionKind::Chapter)));
    assert_eq!((pages.sheets[4].label.as_str(), pages.sheets[6].label.as_str()), ("v", "1"));
    let imprint = &pages.sheets[3].items[0];
    assert!(imprint.at.y > pages.page.height.scale(0.6), "the copyright page's text stands at the foot");
}

#[test]
fn openings_have_no_head_and_other_pages_do() {
    let tree = small_book();
    let pages = pages_of(&tree);
    let has = |index: usize, what| pages.sheets[index].items.iter().any(|item| item.owner == Owner::Furniture(what));
    assert!(!has(8, Furniture::RunningHead) && has(8, Furniture::Folio));
    assert!(has(9, Furniture::RunningHead) && has(9, Furniture::Folio));
    assert!(!has(6, Furniture::Folio) && !has(7, Furniture::Folio));
}

#[test]
fn the_contents_show_the_pages_that_are() {
    let tree = small_book();
    let pages = pages_of(&tree);
    let shown: Vec<String> = pages.sheets[4]
        .items
        .iter()
        .filter_map(|item| match &item.shape {
            Shape::Run(run) => match &run.source {
                RunSource::Atom { text, .. } => Some(text.to_string()),
                RunSource::Leaf { .. }
                | RunSource::Made(_)
                | RunSource::Initial { .. }
                | RunSource::Hyphen { .. }
                | RunSource::WrapMark
                | RunSource::Leader => None,
            },
            Shape::Picture { .. } | Shape::Formula { .. } | Shape::Fill { .. } => None,
        })
        .collect();
    let second = pages.places.get(&Anchor("s6".into())).map(|place| pages.sheets[place.sheet].label.clone());
    assert_eq!(shown.first().map(String::as_str), Some("3"));
    assert_eq!(shown.get(1).cloned(), second);
}

#[test]
fn body_lines_stand_on_the_grid() {
    let tree = small_book();
    let pages = pages_of(&tree);
    let theme = Theme::default();
    let first = heads::first_baseline(&theme.page, &theme);
    for item in pages.sheets.iter().flat_map(|sheet| &sheet.items) {
        if let Owner::Node(node) = item.owner
            && tree.node(node).role == Role::Body
        {
            let off = (item.at.y - first).sp().rem_euclid(theme.leading.sp());
            let off = off.min(theme.leading.sp() - off);
            assert!(Length::from_sp(off) < Length::pt(0.1), "{:?}", item.at);
        }
    }
}

/// Where white parts paragraphs, two that a floating figure stood between are still two.
#[test]
fn white_stays_where_a_figure_floated_away() {
    let theme = Theme::design("large-print").expect("a design");
    let mut floated = 0;
    for before in 1..12 {
        let mut hand = Hand::new();
        let mut around = (NodeId(0), NodeId(0));
        hand.section(SectionKind::Chapter, Matter::Main, "One", |hand| {
            (0..before).for_each(|_| hand.block(0, 3));
            around.0 = hand.leaf(Role::Body, "The last words over the figure.");
            hand.block(7, 1);
            around.1 = hand.leaf(Role::BodyFirst, "The first words under the figure.");
            (0..9).for_each(|_| hand.block(0, 3));
        });
        let mut sink = Sink::new();
        let pages = paginate(&hand.tree, &theme, &Faces::with(Vec::new()), &pictures(), &mut sink);
        for sheet in &pages.sheets {
            let line = |id| sheet.items.iter().find(|item| item.owner == Owner::Node(id)).map(|item| item.at.y);
            let (Some(over), Some(under)) = (line(around.0), line(around.1)) else { continue };
            let is_away = under - over < theme.leading * 4;
            assert!(under - over > theme.leading.scale(1.5), "{before}: {over:?} {under:?}");
            floated += usize::from(is_away);
        }
    }
    assert!(floated > 0);
}

#[test]
fn no_text_joins_the_folio_at_the_foot() {
    for (design, width, height) in [("large-print", 6.0, 9.0), ("literary", 5.0, 8.0), ("classic", 6.0, 9.0)] {
        let mut theme = Theme::design(design).expect("a design");
        theme.set_trim(Length::inch(width), Length::inch(height));
        for size in 1..9 {
            let mut hand = Hand::new();
            hand.section(SectionKind::Chapter, Matter::Main, "One", |hand| (0..40).for_each(|_| hand.block(0, size)));
            let pages = paginate(&hand.tree, &theme, &Faces::with(Vec::new()), &pictures(), &mut Sink::new());
            for sheet in &pages.sheets {
                let lowest = |wanted: &dyn Fn(&Owner) -> bool| {
                    sheet.items.iter().filter(|item| wanted(&item.owner)).map(|item| item.at.y).max()
                };
                let text = lowest(&|owner| matches!(owner, Owner::Node(_)));
                let folio = lowest(&|owner| *owner == Owner::Furniture(Furniture::Folio));
                let (Some(text), Some(folio)) = (text, folio) else { continue };
                assert!(
                    folio < text || folio - text >= theme.leading.scale(1.2),
                    "{design} {size}: {text:?} {folio:?}"
                );
            }
        }
    }
}

#[test]
fn a_long_table_repeats_its_head() {
    let mut hand = Hand::new();
    hand.section(SectionKind::Chapter, Matter::Main, "One", |hand| {
        hand.leaf(Role::ChapterTitle, "One");
        hand.open(Role::Table, Detail::Table { columns: vec![Align::Start] });
        for row in 0..200 {
            hand.open(if row == 0 { Role::HeadRow } else { Role::Row }, Detail::None);
            let detail = Detail::Cell { align: Align::Start, columns: 1, rows: 1, is_header: row == 0 };
            hand.node(Role::Cell, Content::Leaf(Text::plain("a cell")), detail);
            hand.close();
        }
        hand.close();
    });
    let pages = pages_of(&hand.tree);
    let again = |sheet: &Sheet| sheet.items.iter().any(|i| i.owner == Owner::Furniture(Furniture::RepeatedHead));
    assert!(pages.sheets.len() > 3 && !again(&pages.sheets[0]));
    assert!(pages.sheets[1..].iter().all(again));
}

fn every_kind(sizes: &[usize]) -> Tree {
    let mut hand = Hand::new();
    for kind in [SectionKind::Epigraph, SectionKind::Chapter, SectionKind::Subchapter, SectionKind::Appendix] {
        hand.section(kind, Matter::Main, "A Chapter with a Title too Long for any Head", |hand| {
            hand.leaf(Role::ChapterTitle, "A Chapter");
            for &size in sizes {
                for kind in 0..12 {
                    hand.block(kind, size);
                }
            }
        });
    }
    hand.tree
}

#[test]
fn threads_change_nothing() {
    let tree = every_kind(&[1, 3, 9]);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()?;
        Some(pool.install(|| crate::pdf::dump::pages(&pages_of(&tree), &tree)))
    };
    assert!(with(1).is_some());
    assert_eq!(with(1), with(4));
}

#[test]
fn a_card_is_a_page_too() {
    let tree = every_kind(&[1]);
    let mut theme = Theme::default();
    for (width, height) in [(90.0, 60.0), (30.0, 400.0), (200.0, 20.0)] {
        theme.set_trim(Length::pt(width), Length::pt(height));
        let pages = paginate(&tree, &theme, &Faces::with(Vec::new()), &pictures(), &mut Sink::new());
        assert!(pages.sheets.len() > 10);
        let shown = shown_bytes(&pages, &tree);
        assert!(shown.iter().flatten().all(|&count| count <= 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_is_lost_and_nothing_is_doubled(
        chapters in prop::collection::vec(prop::collection::vec((0u8..12, 1usize..14), 0..24), 1..5),
    ) {
        let mut hand = Hand::new();
        for (at, blocks) in chapters.iter().enumerate() {
            let kind = if at % 2 == 0 { SectionKind::Chapter } else { SectionKind::Subchapter };
            hand.section(kind, Matter::Main, "A Chapter", |hand| {
                hand.leaf(if at % 2 == 0 { Role::ChapterTitle } else { Role::Heading(1) }, "A Chapter");
                for &(kind, size) in blocks {
                    hand.block(kind, size);
                }
            });
        }
        let pages = pages_of(&hand.tree);
        check(&hand.tree, &pages)?;
    }
}
