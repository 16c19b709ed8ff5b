use super::*;
use crate::asset::{FaceId, PictureId};
use crate::base::Length;
use crate::book::{Matter, Metadata};
use crate::layout::tree::{ATOM, Anchor, AtomAt, Node, PlacedPicture, Section, SectionKind};
use crate::layout::{Detail, Locus, PageMap, PageStart, Text};
use crate::pdf::{Furniture, Place, Placed, Point, Run, Sheet};
use crate::theme::{Color, Role, Theme};
use std::collections::BTreeMap;
use std::ops::Range;

const ORIGIN: Point = Point { x: Length::ZERO, y: Length::ZERO };

fn node(role: Role, content: Content, end: u32) -> Node {
    let (anchor, lang, classes, at) = (None, None, Vec::new(), None);
    Node { role, end: NodeId(end), content, detail: Detail::None, anchor, lang, classes, at }
}

/// A title, a paragraph with a picture in its line, a picture of its own.
fn tree() -> Tree {
    let placed = || PlacedPicture { picture: Some(PictureId(0)), alt: String::new(), decorative: true, width: None };
    let mut body = Text::plain(format!("soft words {ATOM}"));
    body.atoms = vec![AtomAt { at: 11, atom: Atom::Picture(placed()) }];
    let anchor = Anchor("top".into());
    Tree {
        metadata: Metadata::default(),
        nodes: vec![
            node(Role::ChapterTitle, Content::Leaf(Text::plain("Title")), 1),
            node(Role::Body, Content::Leaf(body), 2),
            node(Role::Picture, Content::Picture(placed()), 3),
        ],
        sections: vec![Section {
            kind: SectionKind::Chapter,
            matter: Matter::Main,
            nodes: 0..3,
            title: "Title".into(),
            label: String::new(),
            anchor: anchor.clone(),
            depth: 0,
            file_stem: "title".into(),
            at: None,
        }],
        notes: Vec::new(),
        outline: Vec::new(),
        anchors: BTreeMap::from([(anchor, Locus { leaf: NodeId(0), offset: 0 })]),
    }
}

fn run(leaf: u32, range: Range<u32>) -> Placed {
    let source = RunSource::Leaf { leaf: NodeId(leaf), range };
    let run = Run {
        x: Length::ZERO,
        rise: Length::ZERO,
        face: FaceId(0),
        size: Length::pt(10.0),
        color: Color::BLACK,
        stretch: 1.0,
        glyphs: Vec::new(),
        source,
        strike: false,
        underline: false,
        ground: None,
    };
    Placed { at: ORIGIN, owner: Owner::Node(NodeId(leaf)), shape: Shape::Run(run) }
}

fn picture(node: u32) -> Placed {
    let shape = Shape::Picture { picture: PictureId(0), width: Length::ZERO, height: Length::ZERO };
    Placed { at: ORIGIN, owner: Owner::Node(NodeId(node)), shape }
}

/// Two pages that show the whole tree, with a head that repeats the title.
fn pages() -> Pages {
    let head = Placed { owner: Owner::Furniture(Furniture::RepeatedHead), ..run(0, 0..5) };
    let items = [vec![run(0, 0..5), run(1, 0..4)], vec![head, run(1, 5..10), picture(1), picture(2)]];
    let sheet = |items| Sheet { label: "1".into(), section: None, turned: false, items };
    let start = |leaf, offset, index| PageStart { at: Locus { leaf: NodeId(leaf), offset }, label: "1".into(), index };
    Pages {
        page: Theme::default().page,
        sheets: items.map(sheet).into(),
        places: BTreeMap::from([(Anchor("top".into()), Place { sheet: 0, at: ORIGIN })]),
        map: PageMap { starts: vec![start(0, 0, 0), start(1, 5, 1)] },
    }
}

fn faults(spoil: impl FnOnce(&mut Pages)) -> Vec<String> {
    let (mut pages, mut sink) = (pages(), Sink::new());
    spoil(&mut pages);
    editions(&tree(), &pages, &mut sink);
    sink.list().iter().map(|fault| format!("{}: {}", fault.code, fault.message)).collect()
}

#[test]
fn whole_pages_have_no_fault() {
    assert_eq!(faults(|_| {}), Vec::<String>::new());
}

#[test]
fn a_lost_word_is_told() {
    assert_eq!(
        faults(|p| p.sheets[1].items[1] = run(1, 7..10)),
        ["check.lost: `wo` is missing from the printed pages"]
    );
    assert_eq!(
        faults(|p| p.sheets[0].items.clear()),
        ["check.lost: `Title` is missing from the printed pages (and 1 more)"]
    );
}

#[test]
fn a_word_that_stands_twice_is_told() {
    assert_eq!(
        faults(|p| p.sheets[1].items.push(run(1, 5..7))),
        ["check.twice: `wo` stands twice on the printed pages"]
    );
}

#[test]
fn a_lost_picture_is_told() {
    assert_eq!(faults(|p| p.sheets[1].items.truncate(3)), ["check.lost: a picture is missing from the printed pages"]);
    assert_eq!(
        faults(|p| p.sheets[0].items.push(picture(1))),
        ["check.twice: a picture stands twice on the printed pages"]
    );
}

#[test]
fn a_link_that_leads_nowhere_is_told() {
    assert_eq!(faults(|p| p.places.clear()), ["check.place: the anchor `top` has no place on the printed pages"]);
}

#[test]
fn page_starts_that_do_not_rise_are_told() {
    assert_eq!(
        faults(|p| p.map.starts.swap(0, 1)),
        ["check.order: the start of page 1 stands out of order on the printed pages"]
    );
}
